package pairs

import (
	"math"

	"github.com/aecheck/aecheck/pkg/raster"
)

const (
	// cell is the side of the squares in which aligned pictures are compared,
	// in pixels of the compared copy.
	cell = 16
	// texture is the least standard deviation of a cell that can tell
	// anything.
	texture = 5.0
	// same is the correlation from which a cell shows the same thing.
	same = 0.75
	// hopeless is a correlation no slip will mend.
	hopeless = 0.3
)

// agreement is how far two aligned pictures show the same.
type agreement struct {
	first   int     // cells both show, with texture in the first picture
	second  int     // the same, in the second
	equal   int     // cells that correlate
	overlap float64 // share of the smaller picture that lies inside the other
	framed  bool    // the pictures lie on each other frame on frame
}

// compareAligned compares cell by cell. Every cell may slip by a pixel or two,
// as the alignment is not exact.
func compareAligned(a, b *raster.Gray, al alignment) agreement {
	g := agreement{overlap: overlap(a, b, al), framed: al.framed(a, b)}
	if g.overlap < minOverlap {
		return g
	}
	warped, inside := warp(a, b, al)
	for y := 0; y+cell <= a.H; y += cell {
		for x := 0; x+cell <= a.W; x += cell {
			if !inside.has(x, y) {
				continue
			}
			da, db := deviation(a, x, y), deviation(warped, x, y)
			if da >= texture {
				g.first++
			}
			if db >= texture {
				g.second++
			}
			if da >= texture && db >= texture && bestCorrelation(a, warped, inside, x, y) >= same {
				g.equal++
			}
		}
	}
	return g
}

// minOverlap is how much of the smaller picture must lie inside the other: a
// crop lies in its original whole.
const minOverlap = 0.7

// overlap is the share of the smaller picture that the alignment lays on the
// other.
func overlap(a, b *raster.Gray, al alignment) float64 {
	x0, y0 := -al.tx/al.sx, -al.ty/al.sy // b's corners in a's frame
	x1, y1 := (float64(b.W)-al.tx)/al.sx, (float64(b.H)-al.ty)/al.sy
	w := min(x1, float64(a.W)) - max(x0, 0)
	h := min(y1, float64(a.H)) - max(y0, 0)
	if w <= 0 || h <= 0 {
		return 0
	}
	return w * h / min(float64(a.W*a.H), (x1-x0)*(y1-y0))
}

// region is the part of the first picture's copy that the second shows.
type region struct{ x0, y0, x1, y1 int }

func (r region) has(x, y int) bool {
	return x >= r.x0 && y >= r.y0 && x+cell <= r.x1 && y+cell <= r.y1
}

// warp resamples b into the frame of a.
func warp(a, b *raster.Gray, al alignment) (*raster.Gray, region) {
	out := &raster.Gray{W: a.W, H: a.H, Pix: make([]uint8, a.W*a.H)}
	r := region{x0: a.W, y0: a.H}
	// Where b is larger it is averaged down first.
	if s := min(al.sx, al.sy); s > 1.3 {
		w, h := max(1, int(float64(b.W)/al.sx)), max(1, int(float64(b.H)/al.sy))
		small := b.Shrink(w, h)
		fx, fy := float64(small.W)/float64(b.W), float64(small.H)/float64(b.H)
		al.sx, al.tx, al.sy, al.ty = al.sx*fx, al.tx*fx, al.sy*fy, al.ty*fy
		b = small
	}
	for y := range a.H {
		v := al.sy*(float64(y)+0.5) + al.ty - 0.5
		if v < 0 || v > float64(b.H-1) {
			continue
		}
		y0 := min(int(v), max(0, b.H-2))
		fy := v - float64(y0)
		y1 := min(y0+1, b.H-1)
		for x := range a.W {
			u := al.sx*(float64(x)+0.5) + al.tx - 0.5
			if u < 0 || u > float64(b.W-1) {
				continue
			}
			x0 := min(int(u), max(0, b.W-2))
			fx := u - float64(x0)
			x1 := min(x0+1, b.W-1)
			top := float64(b.Pix[y0*b.W+x0])*(1-fx) + float64(b.Pix[y0*b.W+x1])*fx
			low := float64(b.Pix[y1*b.W+x0])*(1-fx) + float64(b.Pix[y1*b.W+x1])*fx
			out.Pix[y*a.W+x] = uint8(top*(1-fy) + low*fy + 0.5)
			r.x0, r.y0, r.x1, r.y1 = min(r.x0, x), min(r.y0, y), max(r.x1, x+1), max(r.y1, y+1)
		}
	}
	return out, r
}

func deviation(g *raster.Gray, x, y int) float64 {
	var sum, sq int
	for j := y; j < y+cell; j++ {
		for _, v := range g.Pix[j*g.W+x : j*g.W+x+cell] {
			sum += int(v)
			sq += int(v) * int(v)
		}
	}
	const n = cell * cell
	return math.Sqrt(max(0, float64(sq)/n-float64(sum)/n*float64(sum)/n))
}

// bestCorrelation correlates a cell of a with b at the same place and slipped.
func bestCorrelation(a, b *raster.Gray, inside region, x, y int) float64 {
	best := correlation(a, b, x, y, x, y)
	if best < hopeless || best >= 0.95 {
		return best
	}
	for dy := -2; dy <= 2; dy++ {
		for dx := -2; dx <= 2; dx++ {
			if !inside.has(x+dx, y+dy) {
				continue
			}
			best = max(best, correlation(a, b, x, y, x+dx, y+dy))
		}
		if best > 0.95 {
			return best
		}
	}
	return best
}

func correlation(a, b *raster.Gray, ax, ay, bx, by int) float64 {
	var sa, sb, aa, bb, ab int
	for j := range cell {
		p := a.Pix[(ay+j)*a.W+ax:][:cell]
		q := b.Pix[(by+j)*b.W+bx:][:cell]
		for i, v := range p {
			u, w := int(v), int(q[i])
			sa += u
			sb += w
			aa += u * u
			bb += w * w
			ab += u * w
		}
	}
	const n = cell * cell
	va, vb := n*aa-sa*sa, n*bb-sb*sb
	if va <= 0 || vb <= 0 {
		return 0
	}
	return float64(n*ab-sa*sb) / math.Sqrt(float64(va)*float64(vb))
}
