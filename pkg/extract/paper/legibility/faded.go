package legibility

import (
	"github.com/aecheck/aecheck/pkg/extract/paper/ink"
	"github.com/aecheck/aecheck/pkg/facts"
)

const (
	paleInk      = 36   // darkness from which there is ink at all
	fadedShare   = 0.5  // of the darkness of print: letters that vanish
	fullShare    = 0.85 // of the darkness of print: letters beside them that do not
	fadedLetters = 5
	fadedRows    = 2
)

// faded reports print that fades out in the middle of its rows, as under a
// lamp's reflection that is not white itself. Pale print and a pale pen begin
// and end; only light takes a line away letter by letter, and in more than one
// row.
func (p *page) faded() (facts.Defect, bool) {
	s := p.sheet
	labels := ink.Label(ink.Threshold(s.Dark, s.W, s.H, paleInk))
	type letter struct {
		b    ink.Blob
		peak int
	}
	var letters []letter
	var hist [256]int
	for _, b := range labels.Blobs {
		if h := float64(b.H()); h < 0.55*p.height || h > 1.7*p.height || b.W() > 6*b.H() || b.Area < 8 {
			continue
		}
		peak, red := 0, false
		for _, r := range labels.Runs(b) {
			for x := int(r.X0); x < int(r.X1); x++ {
				i := int(r.Y)*s.W + x
				red = red || s.Red[i] >= paleInk
				peak = max(peak, int(s.Dark[i]))
			}
		}
		if !red {
			letters = append(letters, letter{b, peak})
			hist[peak]++
		}
	}
	if len(letters) < minLetters {
		return facts.Defect{}, false
	}
	seen, full := 0, 0
	for v := 255; v > 0 && 2*seen < len(letters); v-- { // the median
		seen, full = seen+hist[v], v
	}
	if full < 90 {
		return facts.Defect{}, false
	}
	rows := map[int]int{}
	n, x0, y0, x1, y1 := 0, s.W, s.H, 0, 0
	for _, l := range letters {
		if float64(l.peak) > fadedShare*float64(full) {
			continue
		}
		dark, between := false, false
		for _, o := range letters {
			dx := max(o.b.X0, l.b.X0) - min(o.b.X1, l.b.X1)
			if dy := o.b.Y0 + o.b.Y1 - l.b.Y0 - l.b.Y1; o.b.Label == l.b.Label || max(dy, -dy) > int(p.height) || float64(dx) > 14*p.height {
				continue
			}
			dark = dark || float64(o.peak) >= fullShare*float64(full)
			between = between || float64(o.peak) > fadedShare*float64(full) && float64(o.peak) < fullShare*float64(full) && float64(dx) < 4*p.height
		}
		if dark && between {
			n++
			rows[int(float64(l.b.Y0+l.b.Y1)/2/(1.6*p.height))]++
			x0, y0, x1, y1 = min(x0, l.b.X0), min(y0, l.b.Y0), max(x1, l.b.X1), max(y1, l.b.Y1)
		}
	}
	if n < fadedLetters || len(rows) < fadedRows || x1-x0 > s.W*2/3 || y1-y0 > s.H/2 {
		return facts.Defect{}, false
	}
	return facts.Defect{Kind: "glare", Box: p.at(x0, y0, x1-x0, y1-y0), Value: float64(n), Confidence: 0.7}, true
}
