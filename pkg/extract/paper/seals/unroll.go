package seals

import (
	"math"

	"github.com/aecheck/aecheck/pkg/raster"
)

const (
	stripHeight = 64   // pixels; what text recognition likes
	bandOuter   = 0.93 // outer end of the band in which the name stands, in radii
)

// Cut says how a ring is cut open.
type Cut struct {
	Inner float64 // inner end of the band, in radii
	Foot  bool    // cut at the foot of the seal, else at the longest stretch without ink
}

// Cuts are the ways worth trying: the standard 40 mm chop has its letters
// between 10.5 and 18 mm from the centre, others have smaller ones, and the
// gap between end and beginning lies at the foot of a chop set upright.
var Cuts = [...]Cut{{Inner: 0.54}, {Inner: 0.62}, {Inner: 0.54, Foot: true}, {Inner: 0.62, Foot: true}}

// Unroll cuts the ring of a round or oval seal open and lays it flat, black on
// white, the letters upright: the name can then be read as a line. Nil for
// seals without an outline.
func Unroll(m *raster.RGB, f Found, how Cut) *raster.RGB {
	e := f.Outline
	if e.A <= 0 || e.B <= 0 {
		return nil
	}
	bandInner := how.Inner
	mid := (bandInner + bandOuter) / 2
	scale := stripHeight / ((bandOuter - bandInner) * math.Sqrt(e.A*e.B))
	w := int(2 * math.Pi * mid * math.Sqrt(e.A*e.B) * scale)
	if w < 4*stripHeight || w > 40*stripHeight {
		return nil
	}
	cut := math.Pi / 2 // a quarter turn clockwise from the right is the foot
	if !how.Foot {
		cut = cutAngle(m, e, bandInner, f.Color)
	}
	out := raster.NewRGB(w, stripHeight)
	for x := range w {
		t := cut + 2*math.Pi*float64(x)/float64(w)
		for y := range stripHeight {
			r := bandOuter - (bandOuter-bandInner)*(float64(y)+0.5)/stripHeight
			px, py := e.ray(r, t)
			v := inkAt(m, px, py, f.Color)
			o := 3 * (y*w + x)
			out.Pix[o], out.Pix[o+1], out.Pix[o+2] = v, v, v
		}
	}
	return out
}

// ray is the point in the direction t as seen on the page (clockwise from the
// right), at r times the distance of the outline.
func (e Ellipse) ray(r, t float64) (x, y float64) {
	c, s := math.Cos(t-e.Angle), math.Sin(t-e.Angle)
	d := r / math.Sqrt(c*c/(e.A*e.A)+s*s/(e.B*e.B))
	return e.X + d*math.Cos(t), e.Y + d*math.Sin(t)
}

// cutAngle is the middle of the longest stretch of the band without letters;
// the foot of the seal where there is none to speak of.
func cutAngle(m *raster.RGB, e Ellipse, bandInner float64, color string) float64 {
	const n = 180
	var filled [n]float64
	for k := range n {
		t := 2 * math.Pi * float64(k) / n
		dark := 0.0
		for r := bandInner + 0.08; r < bandOuter-0.06; r += 0.03 {
			x, y := e.ray(r, t)
			dark += 255 - float64(inkAt(m, x, y, color))
		}
		filled[k] = dark
	}
	var mean float64
	for _, v := range filled {
		mean += v / n
	}
	best, bestLen := n/4, 0 // a quarter turn clockwise from the right is the foot
	for k := range n {
		length := 0
		for length < n && filled[(k+length)%n] < 0.35*mean {
			length++
		}
		if length > bestLen {
			best, bestLen = (k+length/2)%n, length
		}
	}
	if bestLen < n/24 {
		best = n / 4
	}
	return 2 * math.Pi * float64(best) / n
}

// inkAt is the seal's ink at a place, as dark on white; other ink is faded.
func inkAt(m *raster.RGB, x, y float64, color string) uint8 {
	x0, y0 := int(math.Floor(x-0.5)), int(math.Floor(y-0.5))
	fx, fy := x-0.5-float64(x0), y-0.5-float64(y0)
	var c [3]float64
	for dy := range 2 {
		for dx := range 2 {
			xx, yy := min(max(x0+dx, 0), m.W-1), min(max(y0+dy, 0), m.H-1)
			wx, wy := fx, fy
			if dx == 0 {
				wx = 1 - fx
			}
			if dy == 0 {
				wy = 1 - fy
			}
			i := 3 * (yy*m.W + xx)
			for k := range 3 {
				c[k] += wx * wy * float64(m.Pix[i+k])
			}
		}
	}
	var v float64
	switch color {
	case "red":
		v = 255 - 1.7*math.Max(0, c[0]-(c[1]+c[2])/2)
	case "blue":
		v = 255 - 1.7*math.Max(0, c[2]-(c[0]+c[1])/2)
	default:
		v = 0.299*c[0] + 0.587*c[1] + 0.114*c[2]
	}
	return uint8(math.Max(0, math.Min(255, v)))
}
