package retouch

import (
	"errors"
	"image"
	"math"
	"slices"

	"github.com/disintegration/imaging"
)

// Reasons why a background is not lifted to white.
var (
	// ErrFaint: the product's edges or surfaces cannot be told from the background.
	ErrFaint = errors.New("the product is nearly the colour of the background")
	// ErrNoGround: no light background reaches from the edges inward.
	ErrNoGround = errors.New("no light background along the edges")
)

// Thresholds of the ground. A near-white background has 240 to 254 in every channel
// (what background.kind goes by); the rest was set by looking at what is lifted on
// open product photographs.
const (
	// groundLight is the least value of a pixel the ground starts from at the edge.
	groundLight = 228
	// groundTint is how much more colour than the background ground may have.
	groundTint = 10
	// groundStep is the largest step from one pixel of ground to the next: edges of
	// a product are steeper, soft shadows are not.
	groundStep = 5
	// shadowFrom and shadowTo say how the lift fades: from this share of the
	// background's value it is whole, below that there is none.
	shadowFrom, shadowTo = 0.95, 0.86
	// lightFall is how far the light may fall off over the background.
	lightFall = 10
	// cells is how many cells the longer side has that the light is measured in.
	cells = 40
	// structure is how far a line stands out from both of its sides, in levels of
	// squares of a 256th of the picture: folds, seams, print and rims of a light product
	// do, grounds and their shadows do not.
	structure = 2.5
	// mostStructure is the share of the picture that may have it within the ground.
	mostStructure = 0.004
	// quiet is a mean step between neighbours above which ground is told by a smoothed
	// picture; smoothing is by how many pixels (sigma).
	quiet, smoothing = 2.5, 1.6
	// leastGround and mostGround bound the share of the picture the ground takes.
	leastGround, mostGround = 0.08, 0.985
)

// Ground is where a picture shows background: a strength from 0 to 255 a pixel.
type Ground struct {
	W, H int
	In   []uint8
}

// Whiten lifts an off-white background to white where it hangs together with the
// picture's edge. A soft shadow keeps its depth against the background; the product
// keeps its pixels. back is the background's colour. The picture is changed in
// place. The errors are ErrFaint and ErrNoGround; then nothing was changed.
func Whiten(m *image.NRGBA, back [3]uint8) (*Ground, error) {
	g := &grower{m: m, w: m.Rect.Dx(), h: m.Rect.Dy(), back: back}
	g.look = g.m
	if g.noise() > quiet {
		g.look = imaging.Blur(m, smoothing)
	}
	g.grow()
	n := 0
	for _, in := range g.in {
		if in {
			n++
		}
	}
	switch share := float64(n) / float64(len(g.in)); {
	case share < leastGround:
		return nil, ErrNoGround
	case share > mostGround, g.structured() > mostStructure:
		return nil, ErrFaint
	}
	light := g.light()
	if light == nil {
		return nil, ErrNoGround
	}
	return g.lift(light), nil
}

type grower struct {
	m    *image.NRGBA
	look *image.NRGBA // what the ground is told by: m, or m without its noise
	w, h int
	back [3]uint8
	in   []bool
}

func (g *grower) low(i int) int {
	p := g.look.Pix[i/g.w*g.look.Stride+4*(i%g.w):]
	return int(min(p[0], p[1], p[2]))
}

func (g *grower) pixel(i int) [3]int {
	p := g.look.Pix[i/g.w*g.look.Stride+4*(i%g.w):]
	return [3]int{int(p[0]), int(p[1]), int(p[2])}
}

// noise is the mean step between neighbours along the picture's edges where those are
// light, in levels.
func (g *grower) noise() float64 {
	sum, n := 0, 0
	pair := func(i, j int) {
		if p, q := g.pixel(i), g.pixel(j); min(p[0], p[1], p[2], q[0], q[1], q[2]) >= groundLight-20 {
			sum += step(p, q)
			n++
		}
	}
	for x := range g.w - 1 {
		pair(x, x+1)
		pair((g.h-1)*g.w+x, (g.h-1)*g.w+x+1)
	}
	for y := range g.h - 1 {
		pair(y*g.w, (y+1)*g.w)
		pair(y*g.w+g.w-1, (y+1)*g.w+g.w-1)
	}
	return float64(sum) / float64(max(1, n))
}

func span(p [3]int) int { return max(p[0], p[1], p[2]) - min(p[0], p[1], p[2]) }

func step(a, b [3]int) int {
	d := 0
	for c := range 3 {
		d = max(d, a[c]-b[c], b[c]-a[c])
	}
	return d
}

// grow marks the ground: light pixels of the edge and what hangs together with them
// without an edge between.
func (g *grower) grow() {
	g.in = make([]bool, g.w*g.h)
	back := [3]int{int(g.back[0]), int(g.back[1]), int(g.back[2])}
	floor, tint := int(shadowTo*float64(min(back[0], back[1], back[2]))), span(back)+groundTint
	var queue []int32
	start := func(i int) {
		p := g.pixel(i)
		if !g.in[i] && min(p[0], p[1], p[2]) >= groundLight && span(p) <= tint {
			g.in[i] = true
			queue = append(queue, int32(i))
		}
	}
	for x := range g.w {
		start(x)
		start((g.h-1)*g.w + x)
	}
	for y := range g.h {
		start(y * g.w)
		start(y*g.w + g.w - 1)
	}
	for len(queue) > 0 {
		at := int(queue[len(queue)-1])
		queue = queue[:len(queue)-1]
		p, x, y := g.pixel(at), at%g.w, at/g.w
		for _, d := range [4][2]int{{1, 0}, {-1, 0}, {0, 1}, {0, -1}} {
			nx, ny := x+d[0], y+d[1]
			if nx < 0 || ny < 0 || nx >= g.w || ny >= g.h {
				continue
			}
			n := ny*g.w + nx
			if g.in[n] {
				continue
			}
			q := g.pixel(n)
			if min(q[0], q[1], q[2]) < floor || span(q) > tint {
				continue
			}
			// Noise of light ground is no edge.
			if step(p, q) > groundStep && (step(q, back) > groundStep || step(p, back) > 2*groundStep) {
				continue
			}
			g.in[n] = true
			queue = append(queue, int32(n))
		}
	}
}

// small averages the picture's least channel and the ground over squares of a 256th
// of the longer side.
func (g *grower) small() (values []float64, inside []bool, w, h int) {
	cell := max(1, max(g.w, g.h)/256)
	w, h = g.w/cell, g.h/cell
	values, inside = make([]float64, w*h), make([]bool, w*h)
	for y := range h {
		for x := range w {
			sum, n := 0, 0
			for dy := range cell {
				for dx := range cell {
					i := (y*cell+dy)*g.w + x*cell + dx
					sum += g.low(i)
					if g.in[i] {
						n++
					}
				}
			}
			values[y*w+x], inside[y*w+x] = float64(sum)/float64(cell*cell), n == cell*cell
		}
	}
	return values, inside, w, h
}

// structured is the share of the picture where the ground, away from its border,
// has steps that lie within a product: folds, seams, print, rims.
func (g *grower) structured() float64 {
	values, inside, w, h := g.small()
	n := 0
	const most = 4
	for y := most; y < h-most; y++ {
		for x := most; x < w-most; x++ {
			if lined(values, inside, w, x, y, 2) || lined(values, inside, w, x, y, most) {
				n++
			}
		}
	}
	return float64(n) / float64(w*h)
}

// lined reports whether a square and what lies around it is ground, and it differs
// from both of its sides at a distance.
func lined(values []float64, inside []bool, w, x, y, away int) bool {
	if !deep(inside, w, x, y, away) {
		return false
	}
	i := y*w + x
	// Only a line between lighter sides, or a light one between darker: the slope of a
	// shadow is neither.
	across, down := line(values[i-away], values[i], values[i+away]), line(values[i-away*w], values[i], values[i+away*w])
	return math.Max(across, down) > structure
}

// line is how far a value lies below or above both of its sides.
func line(before, at, after float64) float64 {
	return math.Max(math.Min(before-at, after-at), math.Min(at-before, at-after))
}

func deep(inside []bool, w, x, y, away int) bool {
	for dy := -away; dy <= away; dy++ {
		for dx := -away; dx <= away; dx++ {
			if !inside[(y+dy)*w+x+dx] {
				return false
			}
		}
	}
	return true
}

// field is the light of the background in cells over the picture, by channel.
type field struct {
	w, h int
	side float64 // of a cell, px
	at   [][3]float64
}

// light measures the background's light in cells: where ground is seen by what most
// of it has, elsewhere by its neighbours. What is darker than light falls off over a
// background is shadow and not counted. Nil where nothing is seen.
func (g *grower) light() *field {
	side := max(8, (max(g.w, g.h)+cells-1)/cells)
	f := &field{w: (g.w + side - 1) / side, h: (g.h + side - 1) / side, side: float64(side)}
	f.at = make([][3]float64, f.w*f.h)
	known := make([]bool, len(f.at))
	found := false
	for cy := range f.h {
		for cx := range f.w {
			var hist [3][256]int
			n, all := 0, 0
			for y := cy * side; y < min(g.h, (cy+1)*side); y++ {
				for x := cx * side; x < min(g.w, (cx+1)*side); x++ {
					i := y*g.w + x
					all++
					if g.in[i] {
						n++
						for c, v := range g.pixel(i) {
							hist[c][v]++
						}
					}
				}
			}
			if n*4 < all {
				continue
			}
			i := cy*f.w + cx
			ok := true
			for c := range 3 {
				// A value that a fifth of the ground is below: noise must come out
				// white as well.
				f.at[i][c] = float64(quantile(&hist[c], n, 0.2))
				ok = ok && f.at[i][c] >= float64(g.back[c])-lightFall
			}
			known[i] = ok
			found = found || ok
		}
	}
	if !found {
		return nil
	}
	f.spread(known)
	return f
}

func quantile(hist *[256]int, n int, q float64) int {
	sum := 0
	for v, k := range hist {
		sum += k
		if float64(sum) >= q*float64(n) {
			return v
		}
	}
	return 255
}

// spread gives cells in which no light was seen the mean of their neighbours.
func (f *field) spread(known []bool) {
	for slices.Contains(known, false) {
		next := slices.Clone(known)
		for i := range f.at {
			if known[i] {
				continue
			}
			var sum [3]float64
			n := 0
			x, y := i%f.w, i/f.w
			for dy := -1; dy <= 1; dy++ {
				for dx := -1; dx <= 1; dx++ {
					if nx, ny := x+dx, y+dy; nx >= 0 && ny >= 0 && nx < f.w && ny < f.h && known[ny*f.w+nx] {
						for c := range 3 {
							sum[c] += f.at[ny*f.w+nx][c]
						}
						n++
					}
				}
			}
			if n > 0 {
				for c := range 3 {
					f.at[i][c] = sum[c] / float64(n)
				}
				next[i] = true
			}
		}
		copy(known, next)
	}
}

// of is the light at a pixel, between the cells around it.
func (f *field) of(x, y int) [3]float64 {
	fx := max(0, min(float64(f.w-1), (float64(x)+0.5)/f.side-0.5))
	fy := max(0, min(float64(f.h-1), (float64(y)+0.5)/f.side-0.5))
	x0, y0 := int(fx), int(fy)
	x1, y1 := min(f.w-1, x0+1), min(f.h-1, y0+1)
	tx, ty := fx-float64(x0), fy-float64(y0)
	var out [3]float64
	for c := range 3 {
		top := f.at[y0*f.w+x0][c]*(1-tx) + f.at[y0*f.w+x1][c]*tx
		low := f.at[y1*f.w+x0][c]*(1-tx) + f.at[y1*f.w+x1][c]*tx
		out[c] = top*(1-ty) + low*ty
	}
	return out
}

// lift brings the light to 255. The lift fades with the depth of a shadow, so that
// no line shows where the ground ends in one, and over two pixels beyond the ground,
// so that no seam of the old background stays along the product.
func (g *grower) lift(light *field) *Ground {
	out := &Ground{W: g.w, H: g.h, In: g.strength()}
	for i, strength := range out.In {
		if strength == 0 {
			continue
		}
		x, y := i%g.w, i/g.w
		b := light.of(x, y)
		p := g.m.Pix[y*g.m.Stride+4*x:][:3]
		r := float64(min(p[0], p[1], p[2])) / min(b[0], b[1], b[2])
		t := max(0, min(1, (r-shadowTo)/(shadowFrom-shadowTo)))
		a := t * t * (3 - 2*t) * float64(strength) / 255
		for c := range 3 {
			gain := 255/max(1, b[c]-1) - 1
			p[c] = uint8(min(255, math.Round(float64(p[c])*(1+gain*a))))
		}
	}
	return out
}

// strength is 255 on the ground and falls to 0 over two pixels beyond it.
func (g *grower) strength() []uint8 {
	out := make([]uint8, len(g.in))
	for i, in := range g.in {
		if in {
			out[i] = 255
		}
	}
	for _, pass := range []struct{ from, to uint8 }{{255, 170}, {170, 85}} {
		for i, v := range out {
			if v != pass.from {
				continue
			}
			x, y := i%g.w, i/g.w
			for _, d := range [4][2]int{{1, 0}, {-1, 0}, {0, 1}, {0, -1}} {
				if nx, ny := x+d[0], y+d[1]; nx >= 0 && ny >= 0 && nx < g.w && ny < g.h && out[ny*g.w+nx] == 0 {
					out[ny*g.w+nx] = pass.to
				}
			}
		}
	}
	return out
}
