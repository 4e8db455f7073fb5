package pairs

import (
	"cmp"
	"math"
	"slices"

	"github.com/aecheck/aecheck/pkg/raster"
)

// coloursSide is the longer side colours are compared on.
const coloursSide = 160

// colours is a small copy in colour, and what of it is ground.
type colours struct {
	*raster.RGB
	ground []bool // by pixel
}

func coloursOf(m *raster.RGB) *colours {
	w, h := raster.Fit(m.W, m.H, coloursSide)
	c := &colours{RGB: m.Shrink(w, h)}
	c.ground = groundOf(c.RGB)
	return c
}

// bins of each sample in which colours of the rim are counted.
const bins = 16

// groundOf tells what has a colour of the picture's rim: those at least a
// hundredth of the rim has, and their neighbours.
func groundOf(m *raster.RGB) []bool {
	var rim [bins * bins * bins]int
	at := func(i int) int {
		return (int(m.Pix[i])*bins/256*bins+int(m.Pix[i+1])*bins/256)*bins + int(m.Pix[i+2])*bins/256
	}
	band := max(1, max(m.W, m.H)/25)
	total := 0
	for y := range m.H {
		for x := range m.W {
			if x < band || y < band || x >= m.W-band || y >= m.H-band {
				rim[at(3*(y*m.W+x))]++
				total++
			}
		}
	}
	var near [bins * bins * bins]bool
	for i, n := range rim {
		if n*100 < total {
			continue
		}
		r, g, b := i/(bins*bins), i/bins%bins, i%bins
		for _, d := range [...][3]int{{0, 0, 0}, {1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}, {0, 0, 1}, {0, 0, -1}, {1, 1, 1}, {-1, -1, -1}} {
			x, y, z := r+d[0], g+d[1], b+d[2]
			if min(x, y, z) >= 0 && max(x, y, z) < bins {
				near[(x*bins+y)*bins+z] = true
			}
		}
	}
	out := make([]bool, m.W*m.H)
	for i := range out {
		out[i] = near[at(3*i)]
	}
	return out
}

// ycc is a pixel's luma and chroma, BT.601.
func (c *colours) ycc(i int) (y, cb, cr float64) {
	r, g, b := float64(c.Pix[3*i]), float64(c.Pix[3*i+1]), float64(c.Pix[3*i+2])
	y = 0.299*r + 0.587*g + 0.114*b
	return y, 0.564 * (b - y), 0.713 * (r - y)
}

// between is a pixel between four, or none where one of them is ground.
func (c *colours) between(u, v float64) (y, cb, cr float64, ok bool) {
	x0, y0 := int(math.Floor(u)), int(math.Floor(v))
	if x0 < 0 || y0 < 0 || x0+1 >= c.W || y0+1 >= c.H {
		return 0, 0, 0, false
	}
	fx, fy := u-float64(x0), v-float64(y0)
	i := y0*c.W + x0
	for _, p := range [...]struct {
		at int
		w  float64
	}{{i, (1 - fx) * (1 - fy)}, {i + 1, fx * (1 - fy)}, {i + c.W, (1 - fx) * fy}, {i + c.W + 1, fx * fy}} {
		if c.ground[p.at] {
			return 0, 0, 0, false
		}
		l, b, r := c.ycc(p.at)
		y, cb, cr = y+p.w*l, cb+p.w*b, cr+p.w*r
	}
	return y, cb, cr, true
}

// hues is how the colours differ of what both pictures show, their grounds left
// out.
type hues struct {
	places int     // compared
	chroma float64 // distance of chroma, in levels: 60 % of the places lie nearer
	light  float64 // the same of luma
	tone   float64 // what one curve of brightness leaves, in levels
}

// most is the share of places that a colour or a curve must be right for: some
// show a mark, a reflection or the ground after all.
const most = 0.6

func compareColours(l *Laid) hues {
	a, b := l.a.colours, l.b.colours
	ax, ay := float64(l.a.luma.W)/float64(a.W), float64(l.a.luma.H)/float64(a.H)
	bx, by := float64(b.W)/float64(l.b.luma.W), float64(b.H)/float64(l.b.luma.H)
	var chroma, light []float64
	under := make([]tone, len(a.ground)) // of each place of a; none where ground is
	for y := range a.H {
		for x := range a.W {
			i := y*a.W + x
			under[i].a = math.NaN()
			if a.ground[i] {
				continue
			}
			u := (l.al.sx*(float64(x)+0.5)*ax+l.al.tx)*bx - 0.5
			v := (l.al.sy*(float64(y)+0.5)*ay+l.al.ty)*by - 0.5
			if l.al.mirror {
				u = float64(b.W-1) - u
			}
			y2, cb2, cr2, ok := b.between(u, v)
			if !ok {
				continue
			}
			y1, cb1, cr1 := a.ycc(i)
			chroma = append(chroma, math.Hypot(cb1-cb2, cr1-cr2))
			light = append(light, math.Abs(y1-y2))
			under[i] = tone{y1, y2}
		}
	}
	return hues{len(chroma), quantile(chroma, most), quantile(light, most), toneLeft(patches(under, a.W))}
}

// square is the side of the squares brightness is compared in: light changes
// slowly over a thing, its texture does not and hangs on how sharp a copy is.
const square = 5

// patches are the means of squares that show the thing in both pictures.
func patches(under []tone, w int) []tone {
	var out []tone
	for y := 0; (y+square)*w <= len(under); y += 2 {
		for x := 0; x+square <= w; x += 2 {
			var sum tone
			n := 0.0
			for j := y; j < y+square; j++ {
				for _, t := range under[j*w+x : j*w+x+square] {
					if !math.IsNaN(t.a) {
						sum.a, sum.b, n = sum.a+t.a, sum.b+t.b, n+1
					}
				}
			}
			if n == square*square {
				out = append(out, tone{sum.a / n, sum.b / n})
			}
		}
	}
	return out
}

// tone is the luma of one place in both pictures.
type tone struct{ a, b float64 }

// toneLeft lays one curve of brightness through the places, steps of medians,
// and returns what it leaves, in levels.
func toneLeft(all []tone) float64 {
	slices.SortFunc(all, func(p, q tone) int { return cmp.Or(cmp.Compare(p.a, q.a), cmp.Compare(p.b, q.b)) })
	const steps = 24
	var off []float64
	for i := range steps {
		var part []float64
		for _, t := range all[i*len(all)/steps : (i+1)*len(all)/steps] {
			part = append(part, t.b)
		}
		middle := quantile(part, 0.5)
		for _, v := range part {
			off = append(off, math.Abs(v-middle))
		}
	}
	return quantile(off, most)
}
