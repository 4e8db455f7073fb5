package pairs

import (
	"math"
	"slices"

	"github.com/aecheck/aecheck/pkg/raster"
)

// One exposure that was cropped, scaled, saved anew or cut out lies on itself to
// a fraction of a pixel once scale and shift are found. The same thing
// photographed again does not: the camera stood a little elsewhere, and what is
// nearer moves more than what is farther. The figures were measured on drawn
// products of testkit/products (seeds 1–2) at exposureSide: places of edited
// exposures lie off by 0.01–0.10 pixels, one in eight cut-outs by more; those of
// things photographed again by 0.3–1.7, where the camera turned by no more than
// two degrees one in ten by less than 0.14.
const (
	// exposureSide is the longer side exposures are compared on.
	exposureSide = 480
	// reach is how far a cell may lie off at first, in pixels.
	reach = 4
	// sharp is the correlation from which a cell's place counts.
	sharp = 0.95
	// leastCurve is how clearly a cell's correlation must fall to both sides for
	// its place along that axis to be known; along an edge it does not.
	leastCurve = 0.02
	// Up to surely off a place is where it was, from surelyNot off it moved.
	surely, surelyNot = 0.08, 0.20
	// leastPlaces is how many places can tell anything.
	leastPlaces = 6
	// One curve of brightness explains one exposure but for toneSurely levels;
	// what leaves toneNot was lit otherwise. Edited photographs of real products
	// leave up to 2.4, tight crops up to 3.8; drawn products under another lamp 3
	// to 10.
	toneSurely, toneNot = 2.0, 4.5
)

// Exposure tells how sure it is that both pictures are one exposure, 0..1, and
// how far apart the colours are of what both show, in levels of chroma and of
// brightness. The
// pictures are those the features are of, and must match (see Compare). One
// exposure is then laid on itself as exactly as was found, for Differences.
func (l *Laid) Exposure(a, b *raster.Picture) (sure, colour, light float64) {
	h := compareColours(l)
	off, exact, ok := l.off(a, b)
	switch {
	case ok:
		sure = 1 - ramp(off, surely, surelyNot)
	case l.g.share() >= kept:
		sure = 1 // too plain for places to tell, and alike as a whole
	}
	if h.places > 0 {
		sure *= 1 - ramp(h.tone, toneSurely, toneNot)
	}
	if ok && sure > 0.5 {
		l.al = exact
	}
	return round3(sure), math.Round(10*h.chroma) / 10, math.Round(10*h.light) / 10
}

// ramp rises from 0 at low to 1 at high.
func ramp(v, low, high float64) float64 { return min(1, max(0, (v-low)/(high-low))) }

// off is how far places lie off one scale and shift, in pixels, and exact the
// alignment with these; ok is false where too few places can be told.
func (l *Laid) off(a, b *raster.Picture) (off float64, exact alignment, ok bool) {
	ga, gb := shrunk(a, exposureSide), shrunk(b, exposureSide)
	if l.al.mirror {
		gb = mirrored(gb)
	}
	al := l.al.onto(l.a.luma, l.b.luma, ga, gb)
	// A smaller copy has no detail to compare with that of the original, which
	// is brought to its size.
	if al.sx < 0.95 {
		small := ga.Shrink(max(1, int(al.sx*float64(ga.W))), max(1, int(al.sx*float64(ga.H))))
		ga, al = small, al.onto(ga, gb, small, gb)
	}
	var list []slip
	var fx, fy [2]float64
	for range 3 {
		warped, inside := warp(ga, gb, al)
		list = slipsOf(ga, warped, inside)
		fx, fy = fit(list)
		// A place moved by the fit in the frame of a is one in the frame of b.
		al.tx, al.sx = al.tx+al.sx*fx[0], al.sx*(1+fx[1])
		al.ty, al.sy = al.ty+al.sy*fy[0], al.sy*(1+fy[1])
	}
	all := leftOver(list, fx, fy)
	if len(all) < leastPlaces {
		return 0, l.al, false
	}
	off = quantile(all, 0.6)
	// Along the outline of a cut-out another ground moves the places.
	var inner []slip
	for _, s := range list {
		if l.isThing(s, ga) {
			inner = append(inner, s)
		}
	}
	if in := leftOver(inner, fx, fy); len(in) >= 2*leastPlaces {
		off = min(off, quantile(in, 0.6))
	}
	return off, al.onto(ga, gb, l.a.luma, l.b.luma), true
}

// isThing reports whether a cell shows mostly the thing in the first picture, not
// the ground.
func (l *Laid) isThing(s slip, g *raster.Gray) bool {
	c := l.a.colours
	n, thing := 0, 0
	for y := s.y; y < s.y+cell; y += 3 {
		for x := s.x; x < s.x+cell; x += 3 {
			n++
			if !c.ground[y*c.H/g.H*c.W+x*c.W/g.W] {
				thing++
			}
		}
	}
	return thing*10 >= n*9
}

// slip is a cell both pictures show and how far it lies off, where an axis tells.
type slip struct {
	x, y       int
	dx, dy     float64
	hasX, hasY bool
	sharp      bool // the cell is the same but for noise
}

// slipsOf looks for every cell of a near its place in b.
func slipsOf(a, b *raster.Gray, inside region) []slip {
	var out []slip
	for y := reach + 1; y+cell+reach < a.H; y += cell {
		for x := reach + 1; x+cell+reach < a.W; x += cell {
			if !inside.has(x-reach-1, y-reach-1) || !inside.has(x+reach+1, y+reach+1) {
				continue
			}
			if deviation(a, x, y) < texture || deviation(b, x, y) < texture {
				continue
			}
			best, bx, by := 0.0, 0, 0
			for dy := -reach; dy <= reach; dy++ {
				for dx := -reach; dx <= reach; dx++ {
					if c := correlation(a, b, x, y, x+dx, y+dy); c > best {
						best, bx, by = c, dx, dy
					}
				}
			}
			if best < same || max(abs(bx), abs(by)) == reach {
				continue
			}
			s := slip{x: x, y: y, sharp: best >= sharp}
			s.dx, s.hasX = peak(correlation(a, b, x, y, x+bx-1, y+by), best, correlation(a, b, x, y, x+bx+1, y+by))
			s.dy, s.hasY = peak(correlation(a, b, x, y, x+bx, y+by-1), best, correlation(a, b, x, y, x+bx, y+by+1))
			s.dx, s.dy = s.dx+float64(bx), s.dy+float64(by)
			out = append(out, s)
		}
	}
	return out
}

func abs(v int) int { return max(v, -v) }

// peak is where a parabola through three neighbours has its top, from the
// middle one.
func peak(left, middle, right float64) (float64, bool) {
	curve := 2*middle - left - right
	if curve < leastCurve {
		return 0, false
	}
	return (right - left) / (2 * curve), true
}

// fit finds what shift and scale the slips of each axis share: offset and slope.
func fit(list []slip) (fx, fy [2]float64) {
	var px, dx, py, dy []float64
	for _, s := range list {
		if s.hasX {
			px, dx = append(px, float64(s.x)), append(dx, s.dx)
		}
		if s.hasY {
			py, dy = append(py, float64(s.y)), append(dy, s.dy)
		}
	}
	return line(px, dx), line(py, dy)
}

// line fits offset and slope by least squares, without those that lie far off.
func line(p, d []float64) (f [2]float64) {
	if len(p) < 2 {
		return f
	}
	const (
		rounds = 4
		never  = 0.15 // pixels off that are left out in no round
		near   = 20   // spread of places, in pixels, that tells no scale
	)
	off := make([]float64, len(p))
	limit := math.Inf(1)
	for range rounds {
		var n, sp, sd, spp, spd float64
		for i := range p {
			if off[i] <= limit {
				n++
				sp, sd = sp+p[i], sd+d[i]
				spp, spd = spp+p[i]*p[i], spd+p[i]*d[i]
			}
		}
		f = [2]float64{sd / n, 0}
		if spread := n*spp - sp*sp; spread > near*near*n*n {
			f[1] = (n*spd - sp*sd) / spread
			f[0] = (sd - f[1]*sp) / n
		}
		for i := range p {
			off[i] = math.Abs(d[i] - f[0] - f[1]*p[i])
		}
		limit = max(never, 1.5*quantile(off, 0.6))
	}
	return f
}

// leftOver is how far each place lies off what all share.
func leftOver(list []slip, fx, fy [2]float64) []float64 {
	var off []float64
	for _, s := range list {
		if !s.sharp {
			continue
		}
		if s.hasX {
			off = append(off, math.Abs(s.dx-fx[0]-fx[1]*float64(s.x)))
		}
		if s.hasY {
			off = append(off, math.Abs(s.dy-fy[0]-fy[1]*float64(s.y)))
		}
	}
	return off
}

// quantile of values; 0 for none.
func quantile(v []float64, q float64) float64 {
	if len(v) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(v))
	return s[min(len(s)-1, int(q*float64(len(s))))]
}
