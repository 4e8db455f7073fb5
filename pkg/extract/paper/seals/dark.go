package seals

import (
	"math"

	"github.com/aecheck/aecheck/pkg/extract/paper/ink"
)

// darkLevels are the thresholds of darkness tried: print-black rings, and grey
// ones as a scanner leaves of a red or worn chop.
var darkLevels = [...]uint8{110, 50}

// dark finds round and oval seals in ink without colour. Their outline must
// hang together as one patch, since here colour does not lift the seal off the
// print around it.
func dark(s *ink.Sheet) []candidate {
	var out []candidate
	for _, t := range darkLevels {
		mask := ink.Threshold(s.Dark, s.W, s.H, t)
		labels := ink.Label(mask)
		for _, b := range labels.Blobs {
			if b.W() < 2*minSide || b.H() < 2*minSide || b.W() > 3*b.H() || b.H() > 3*b.W() {
				continue
			}
			if 100*b.Area > 45*b.W()*b.H() {
				continue
			}
			if side := min(s.W, s.H); max(s.W, s.H) > closeUp && max(b.W(), b.H()) > side*2/5 {
				continue // no stamp covers two fifths of a page
			}
			p := cut(s, mask, labels, b)
			if p.colored() {
				continue // judged in its own plane
			}
			c, ok := p.darkRing()
			if ok {
				out = append(out, c)
			}
		}
	}
	return out
}

// darkRing judges a patch of dark ink as the outline of a round seal.
func (p *patch) darkRing() (candidate, bool) {
	e, cov, ok := fitOutline(p.points, p.sheet.W, p.sheet.H)
	if !ok || e.B < minSide || cov < 0.8 {
		return candidate{}, false
	}
	if p.colorShare(e) > 0.3 {
		return candidate{}, false // coloured ink is judged in its own plane
	}
	inner, band := p.inside(e)
	if inner < 0.05 || inner > 0.55 {
		return candidate{}, false
	}
	if peak, dip := p.profile(e); peak-dip < 0.3 {
		return candidate{}, false
	}
	changes := p.changes(e)
	box := clip(e.box(), p.sheet.W, p.sheet.H)
	paper := p.paperIn(box)
	if p.thickness(e) > 0.25 {
		return candidate{}, false
	}
	confidence := 0.3*ramp(cov, 0.75, 0.97) + 0.3*ramp(float64(changes), 14, 34) + 0.14*ramp(paper, 0.3, 0.6) + 0.1*ramp(band, 0.06, 0.25) - 0.2*ramp(p.outside(e), 0.1, 0.5)
	if changes < 14 {
		confidence = math.Min(confidence, 0.4)
	}
	shape := "round"
	if e.B < 0.8*e.A {
		shape = "oval"
	}
	return candidate{box: box, color: "black", shape: shape, confidence: confidence, outline: e}, true
}

// colored reports a patch all of coloured ink.
func (p *patch) colored() bool {
	c := 0
	for _, q := range p.points {
		i := int(q.y)*p.sheet.W + int(q.x)
		if max(p.sheet.Red[i], p.sheet.Blue[i]) > colorful {
			c++
		}
	}
	return 10*c > 9*len(p.points)
}

// colorful is the redness or blueness from which ink has a colour.
const colorful = 26

// colorShare is the share of the outline's ink that is coloured.
func (p *patch) colorShare(e Ellipse) float64 {
	n, c := 0, 0
	a := e.axes()
	for _, q := range p.points {
		if r2 := a.radius2(q.x, q.y); r2 < 0.9*0.9 || r2 > 1.1*1.1 {
			continue
		}
		i := int(q.y)*p.sheet.W + int(q.x)
		n++
		if max(p.sheet.Red[i], p.sheet.Blue[i]) > colorful {
			c++
		}
	}
	return float64(c) / float64(max(n, 1))
}
