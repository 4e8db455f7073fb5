package seals

import (
	"math"
	"sort"

	"github.com/aecheck/aecheck/pkg/extract/paper/ink"
)

// point is a pixel of ink.
type point struct{ x, y float64 }

// grainy is how much more ink there is along an outline than around it where it is
// that of letters, and not the grain of the paper.
const grainy = 4

// patch is one patch of ink with the page around it.
type patch struct {
	sheet  *ink.Sheet
	mask   *ink.Mask // ink of the seal's colour, the whole sheet
	blob   ink.Blob
	points []point // ink of the patch
}

// cut collects the ink that belongs to a grown blob.
func cut(s *ink.Sheet, mask *ink.Mask, labels *ink.Labels, b ink.Blob) *patch {
	p := &patch{sheet: s, mask: mask, blob: b}
	x0, y0, x1, y1 := b.X1, b.Y1, b.X0, b.Y0
	for _, r := range labels.Runs(b) {
		y := int(r.Y)
		for x := int(r.X0); x < int(r.X1); x++ {
			if mask.At(x, y) {
				p.points = append(p.points, point{float64(x) + 0.5, float64(y) + 0.5})
				x0, y0, x1, y1 = min(x0, x), min(y0, y), max(x1, x+1), max(y1, y+1)
			}
		}
	}
	p.blob.X0, p.blob.Y0, p.blob.X1, p.blob.Y1 = x0, y0, x1, y1
	return p
}

// inkAt reports ink of the seal's colour at a place.
func (p *patch) inkAt(x, y float64) bool {
	xi, yi := int(x), int(y)
	return xi >= 0 && yi >= 0 && xi < p.sheet.W && yi < p.sheet.H && p.mask.At(xi, yi)
}

// clean reports paper without ink of any kind.
func (p *patch) clean(x, y int) bool {
	i := y*p.sheet.W + x
	return p.sheet.Dark[i] < 60 && max(p.sheet.Red[i], p.sheet.Blue[i]) < 20 && !p.mask.At(x, y) && p.sheet.PaperAt(x, y) > 60
}

// paperIn is the share of clean paper in a box.
func (p *patch) paperIn(box [4]int) float64 {
	b := clip(box, p.sheet.W, p.sheet.H)
	n := 0
	for y := b[1]; y < b[1]+b[3]; y++ {
		for x := b[0]; x < b[0]+b[2]; x++ {
			if p.clean(x, y) {
				n++
			}
		}
	}
	return float64(n) / float64(max(1, b[2]*b[3]))
}

// surround is the share of clean paper in the zone just around an outline, and
// how many pixels of that zone lie on the sheet. dist tells the zone: 1 is the
// square of the outline's own distance.
func (p *patch) surround(box [4]int, dist2 func(x, y float64) float64) (share float64, n int) {
	b := clip(pad(box, max(box[2], box[3])/5), p.sheet.W, p.sheet.H)
	free := 0
	for y := b[1]; y < b[1]+b[3]; y++ {
		for x := b[0]; x < b[0]+b[2]; x++ {
			if d := dist2(float64(x)+0.5, float64(y)+0.5); d < 1.1*1.1 || d > 1.35*1.35 {
				continue
			}
			n++
			i := y*p.sheet.W + x
			// Print of another colour around a seal is usual.
			if p.clean(x, y) || p.sheet.Dark[i] >= 60 && max(p.sheet.Red[i], p.sheet.Blue[i]) < 14 && p.sheet.PaperAt(x, y) > 60 {
				free++
			}
		}
	}
	return float64(free) / float64(max(n, 1)), n
}

// inkAround is the share of ink of the seal's colour in the zone just around an
// outline (see surround): the grain of a photograph, which is inside as well.
func (p *patch) inkAround(box [4]int, dist2 func(x, y float64) float64) float64 {
	b := clip(pad(box, max(box[2], box[3])/5), p.sheet.W, p.sheet.H)
	n, inked := 0, 0
	for y := b[1]; y < b[1]+b[3]; y++ {
		for x := b[0]; x < b[0]+b[2]; x++ {
			if d := dist2(float64(x)+0.5, float64(y)+0.5); d < 1.1*1.1 || d > 1.35*1.35 {
				continue
			}
			n++
			if p.mask.At(x, y) {
				inked++
			}
		}
	}
	return float64(inked) / float64(max(n, 1))
}

// round judges the patch as a round or oval seal.
func (p *patch) round() (candidate, bool) {
	e, cov, ok := fitOutline(p.points, p.sheet.W, p.sheet.H)
	if !ok || e.B < minSide/2 {
		return candidate{}, false
	}
	w, h := p.blob.W(), p.blob.H()
	if 2*e.A > 1.6*float64(max(w, h))+4 {
		cov *= 0.7 // most of the outline lies where there is no ink: an arc at best
	}
	if cov < 0.34 {
		return candidate{}, false
	}
	inner, band := p.inside(e)
	changes := p.changes(e)
	peak, dip := p.profile(e)
	// Stamps abroad have one line of small letters in a large ring: little ink, but
	// the ring is whole and stands alone.
	least := 0.04
	if cov > 0.9 && peak-dip > 0.8 && changes >= 16 {
		least = 0.015
	}
	if inner < least || inner > 0.72 {
		return candidate{}, false
	}
	box := e.box()
	paper := p.paperIn(box)
	thick := p.thickness(e)
	around, seen := p.surround(box, e.axes().radius2)
	if paper < 0.2 || thick > 0.3 || seen > box[2]*box[3]/8 && around < 0.5 {
		return candidate{}, false
	}
	confidence := 0.25*ramp(cov, 0.4, 0.85) + 0.25*ramp(peak-dip, 0.2, 0.55) + 0.2*ramp(float64(changes), 8, 22) + 0.15*ramp(paper, 0.2, 0.5) + 0.15*ramp(thick, 0.25, 0.12)
	if seen > box[2]*box[3]/8 {
		confidence -= 0.4 * ramp(around, 0.9, 0.5)
	}
	confidence -= 0.6 * ramp(p.blank(e), 0.62, 0.42)
	// Letters and rags may lie on a circle; only a line stands out against
	// what is just inside it, the more so the more of it there is.
	if peak-dip < 0.35*cov || band < 0.02 {
		confidence = math.Min(confidence, 0.4)
	}
	bare := cov > 0.8 && thick < 0.2 && band < 0.02
	lettered := band > grainy*p.inkAround(box, e.axes().radius2)
	if changes < 8 {
		confidence = math.Min(confidence, 0.4)
	}
	shape := "round"
	switch {
	case cov < 0.6:
		shape = "partial"
		confidence = math.Min(confidence, 0.68)
	case e.B < 0.8*e.A:
		shape = "oval"
	}
	return candidate{box: clip(box, p.sheet.W, p.sheet.H), shape: shape, confidence: confidence, outline: e, bare: bare, lettered: lettered}, true
}

// inside returns the share of ink within the outline, and within the band
// where the name stands.
func (p *patch) inside(e Ellipse) (all, band float64) {
	var ink, n, bandInk, bandN int
	a := e.axes()
	b := clip(e.box(), p.sheet.W, p.sheet.H)
	for y := b[1]; y < b[1]+b[3]; y++ {
		for x := b[0]; x < b[0]+b[2]; x++ {
			r2 := a.radius2(float64(x)+0.5, float64(y)+0.5)
			if r2 > 0.9*0.9 {
				continue
			}
			set := p.mask.At(x, y)
			n++
			if set {
				ink++
			}
			if r2 > 0.55*0.55 && r2 < 0.86*0.86 {
				bandN++
				if set {
					bandInk++
				}
			}
		}
	}
	if n == 0 || bandN == 0 {
		return 0, 0
	}
	return float64(ink) / float64(n), float64(bandInk) / float64(bandN)
}

// blank is the share of paper within the outline where there is no ink of the
// seal: a chop is put on paper, at most over print. What fills a ring in a
// photograph is something else.
func (p *patch) blank(e Ellipse) float64 {
	a := e.axes()
	b := clip(e.box(), p.sheet.W, p.sheet.H)
	near := p.mask.Grow(1) // the soft edge of ink is neither
	free, n := 0, 0
	for y := b[1]; y < b[1]+b[3]; y++ {
		for x := b[0]; x < b[0]+b[2]; x++ {
			if near.At(x, y) || a.radius2(float64(x)+0.5, float64(y)+0.5) > 0.85*0.85 {
				continue
			}
			n++
			if p.clean(x, y) {
				free++
			}
		}
	}
	if 50*n < b[2]*b[3] { // next to nothing is left between the strokes
		return 1
	}
	return float64(free) / float64(n)
}

// changes counts how often ink begins or ends on a walk round the band where
// the name stands: characters change it often, a plain disc or ring never.
func (p *patch) changes(e Ellipse) int {
	best := 0
	a := e.axes()
	for _, r := range [...]float64{0.64, 0.7, 0.76, 0.82} {
		n, last := 0, false
		steps := max(72, int(2*math.Pi*e.A*r))
		for k := range steps {
			sin, cos := math.Sincos(2 * math.Pi * float64(k) / float64(steps))
			x, y := a.at(r, sin, cos)
			set := p.inkAt(x, y)
			if k > 0 && set != last {
				n++
			}
			last = set
		}
		best = max(best, n)
	}
	return best
}

// profile is the share of directions with ink on the outline, and the least
// such share just inside it: the name never touches the outline everywhere.
func (p *patch) profile(e Ellipse) (peak, dip float64) {
	dip = 1
	step := 1 / e.B
	a := e.axes()
	var sin, cos [2 * bins]float64
	for k := range 2 * bins {
		sin[k], cos[k] = math.Sincos((float64(k) + 0.5) * math.Pi / bins)
	}
	for r := 1.05; r > 0.74; r -= step {
		n := 0
		for k := range 2 * bins {
			if x, y := a.at(r, sin[k], cos[k]); p.inkAt(x, y) {
				n++
			}
		}
		share := float64(n) / (2 * bins)
		if r > 0.92 {
			peak = math.Max(peak, share)
		}
		if r < 0.97 {
			dip = math.Min(dip, share)
		}
	}
	return peak, dip
}

// thickness is the median width of the outline relative to the shorter half
// axis: a seal has a thin one, a coloured disc or fruit is all outline.
func (p *patch) thickness(e Ellipse) float64 {
	var widths []float64
	a := e.axes()
	for k := range bins {
		sin, cos := math.Sincos((float64(k) + 0.5) * 2 * math.Pi / bins)
		step := 0.5 / e.B
		for r := 1.08; r > 0.88; r -= step {
			if x, y := a.at(r, sin, cos); !p.inkAt(x, y) {
				continue
			}
			begin := r
			for r > 0.2 {
				if x, y := a.at(r, sin, cos); !p.inkAt(x, y) {
					break
				}
				r -= step
			}
			widths = append(widths, begin-r)
			break
		}
	}
	if len(widths) == 0 {
		return 1
	}
	sort.Float64s(widths)
	// Half a pixel at each edge is blur.
	return math.Max(0, widths[len(widths)/2]-1.5/e.B)
}

// outside is the share of the patch's ink beyond the outline.
func (p *patch) outside(e Ellipse) float64 {
	n := 0
	a := e.axes()
	for _, q := range p.points {
		if a.radius2(q.x, q.y) > 1.12*1.12 {
			n++
		}
	}
	return float64(n) / float64(len(p.points))
}

// ramp rises from 0 at lo to 1 at hi.
func ramp(v, lo, hi float64) float64 {
	return math.Max(0, math.Min(1, (v-lo)/(hi-lo)))
}

// clip cuts a box to w×h.
func clip(b [4]int, w, h int) [4]int {
	x0, y0 := min(max(b[0], 0), w), min(max(b[1], 0), h)
	x1, y1 := min(max(b[0]+b[2], 0), w), min(max(b[1]+b[3], 0), h)
	return [4]int{x0, y0, x1 - x0, y1 - y0}
}
