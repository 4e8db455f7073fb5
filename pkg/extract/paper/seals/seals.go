// Package seals finds company chops and stamps on a page: round, oval, square
// and partial ones in red or blue ink, and round ones in black. What makes a
// seal is its shape (a thin closed outline) together with what stands inside
// (characters along the outline); colour alone never does.
//
// It may import pkg/extract/paper/ink, pkg/facts and pkg/raster.
package seals

import (
	"math"
	"slices"
	"sort"

	"github.com/aecheck/aecheck/pkg/extract/paper/ink"
	"github.com/aecheck/aecheck/pkg/facts"
)

// Detail is the longer side, in pixels, at which seals are looked for: a chop
// of 40 mm on an A4 page is then 215 px wide, a name chop of 10 mm 54.
const Detail = 1600

// minConfidence is the least confidence at which something is called a seal.
const minConfidence = 0.55

// Found is a seal on a picture.
type Found struct {
	facts.Seal         // Page is left to the caller; Box in pixels of the picture
	Outline    Ellipse // outer edge of a round or oval seal in pixels of the picture; zero for others
}

// Ellipse is an ellipse with half axes A ≥ B; Angle is that of A, in radians
// clockwise from the x axis.
type Ellipse struct {
	X, Y, A, B, Angle float64
}

// Find returns the seals on the sheet of a page, best first.
func Find(s *ink.Sheet, w, h int) []Found {
	if s.W < minSide || s.H < minSide {
		return nil
	}
	var out []candidate
	if s.Color {
		out = append(out, colored(s, s.Red, "red")...)
		out = append(out, colored(s, s.Blue, "blue")...)
	}
	out = append(out, dark(s)...)
	sort.SliceStable(out, func(i, j int) bool { return out[i].confidence > out[j].confidence })
	var kept []candidate
next:
	for _, c := range out {
		if c.confidence < minConfidence {
			continue
		}
		for _, k := range kept {
			if overlap(c.box, k.box) > 0.4 {
				continue next
			}
		}
		kept = append(kept, c)
	}
	found := make([]Found, 0, len(kept))
	for _, c := range kept {
		f := Found{Seal: facts.Seal{
			Box:        s.ToPicture(c.box, w, h),
			Color:      c.color,
			Shape:      c.shape,
			Confidence: math.Round(c.confidence*100) / 100,
		}}
		if !s.Color {
			f.Color = "unknown"
		}
		if c.shape == "round" || c.shape == "oval" {
			e := c.outline
			f.Outline = Ellipse{X: e.X / s.Scale, Y: e.Y / s.Scale, A: e.A / s.Scale, B: e.B / s.Scale, Angle: e.Angle}
		}
		found = append(found, f)
	}
	return found
}

// minSide is the least width of a seal on the sheet: smaller ones have no
// legible structure to tell them by.
const minSide = 32

// inkLevels are the thresholds of colour tried in turn: a fresh chop first, a
// faint or washed-out one only where nothing was found, so that the grain of a
// photograph does not melt into the seal.
var inkLevels = [...]uint8{48, 26, 14}

// maxShare is the largest share of the sheet (1/n) that ink may cover at each
// level: a page with several fresh chops has up to a tenth, while at the low
// levels the grain of a photograph would soon cover everything.
var maxShare = [...]int{4, 8, 16}

// closeUp is the longer side up to which a picture may be a crop of a seal
// alone, where shares of the sheet mean nothing.
const closeUp = 400

// candidate is a possible seal on the sheet.
type candidate struct {
	box        [4]int
	color      string
	shape      string
	confidence float64
	outline    Ellipse
	bare       bool // a ring with nothing along it
	lettered   bool // there is much more ink along it than around it
}

// colored finds seals in one colour plane. What was found is taken off the sheet
// before it is looked at again: of two chops that touch only one makes a clean
// outline at first, and one in shadow is paler than the one beside it.
func colored(s *ink.Sheet, plane []uint8, color string) []candidate {
	var bare [][4]int
	var all []candidate
	for level, t := range inkLevels {
		for {
			mask := ink.Threshold(plane, s.W, s.H, t)
			count := mask.Count()
			if max(s.W, s.H) > closeUp && count > s.W*s.H/maxShare[level] {
				break // a coloured picture, not a page with a seal on it
			}
			// A ring of the least size, two pixels wide.
			if len(all) > 0 && (count < 2*3*minWidth(s) || max(s.W, s.H) <= closeUp) {
				break
			}
			found, empty := atLevel(s, mask, level)
			bare = append(bare, empty...)
			least := minConfidence
			if len(all) > 0 {
				least = secondConfidence
			}
			good := slices.DeleteFunc(found, func(c candidate) bool {
				// What fresh ink shows to be an empty ring does not get letters
				// from the grain of the paper, only from paler ink.
				return c.confidence < least || !c.lettered && slices.ContainsFunc(bare, func(b [4]int) bool { return overlap(c.box, b) > 0.7 })
			})
			if len(good) == 0 {
				break
			}
			plane = without(s, plane, good)
			for _, c := range good {
				c.color = color
				all = append(all, c)
			}
		}
	}
	return all
}

// secondConfidence is the least confidence at which something beside a seal is
// called another one.
const secondConfidence = 0.65

// minWidth is the least width of a seal on a sheet, in pixels: a name chop is
// 8 mm wide at least, 1/37 of an A4 page.
func minWidth(s *ink.Sheet) int { return max(minSide, max(s.W, s.H)/38) }

// atLevel judges the patches of ink of a mask; bare are the boxes of rings with
// nothing along them.
func atLevel(s *ink.Sheet, mask *ink.Mask, level int) (found []candidate, bare [][4]int) {
	judged := map[[5]int]bool{} // a patch that stands free is the same at both reaches
	for _, reach := range [...]int{max(2, max(s.W, s.H)/300), max(3, max(s.W, s.H)/110)} {
		labels := ink.Label(mask.Grow(reach))
		for _, b := range labels.Blobs {
			if min(b.W(), b.H()) < minWidth(s) || max(b.W(), b.H()) < max(s.W, s.H)/30 || tooLarge(s, b) {
				continue
			}
			p := cut(s, mask, labels, b)
			key := [5]int{p.blob.X0, p.blob.Y0, p.blob.X1, p.blob.Y1, len(p.points)}
			if judged[key] {
				continue
			}
			judged[key] = true
			if c, ok := p.judge(); ok {
				c.confidence *= 1 - 0.08*float64(level)
				found = append(found, c)
				if c.bare {
					bare = append(bare, c.box)
				}
			}
		}
	}
	return found, bare
}

// without is a plane on which there is no ink where seals were found.
func without(s *ink.Sheet, plane []uint8, found []candidate) []uint8 {
	plane = slices.Clone(plane)
	for _, c := range found {
		e := c.outline.axes()
		b := clip(pad(c.box, max(c.box[2], c.box[3])/16), s.W, s.H)
		for y := b[1]; y < b[1]+b[3]; y++ {
			for x := b[0]; x < b[0]+b[2]; x++ {
				if c.outline.B == 0 || e.radius2(float64(x)+0.5, float64(y)+0.5) < rim*rim {
					plane[y*s.W+x] = 0
				}
			}
		}
	}
	return plane
}

// rim is how far beyond its outline the ink of a seal may reach.
const rim = 1.06

// judge decides whether a patch of coloured ink is a seal.
func (p *patch) judge() (candidate, bool) {
	box := [4]int{p.blob.X0, p.blob.Y0, p.blob.W(), p.blob.H()}
	if len(p.points) < 40 || 10*len(p.points) > 8*box[2]*box[3] || p.paperIn(box) < 0.15 {
		return candidate{}, false
	}
	best := candidate{}
	if c, ok := p.round(); ok {
		best = c
	}
	if c, ok := p.square(); ok && c.confidence > best.confidence {
		best = c
	}
	return best, best.confidence > 0
}

// tooLarge reports a patch that covers most of a page: no chop does.
func tooLarge(s *ink.Sheet, b ink.Blob) bool {
	return max(s.W, s.H) > closeUp && max(b.W(), b.H()) > min(s.W, s.H)*7/10
}

// overlap is the share of the smaller box that lies in the other.
func overlap(a, b [4]int) float64 {
	w := min(a[0]+a[2], b[0]+b[2]) - max(a[0], b[0])
	h := min(a[1]+a[3], b[1]+b[3]) - max(a[1], b[1])
	if w <= 0 || h <= 0 {
		return 0
	}
	return float64(w*h) / float64(max(1, min(a[2]*a[3], b[2]*b[3])))
}
