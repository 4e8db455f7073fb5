// Package signatures finds handwriting where a signature belongs: strokes of
// ink that are larger than the print around them, run in all directions,
// hang together and do not fill their box. Printed names, logos, ruled lines
// and seals are told apart by the same features.
//
// It may import pkg/extract/paper/ink and pkg/facts.
package signatures

import (
	"math"
	"sort"
	"unicode/utf8"

	"github.com/aecheck/aecheck/pkg/extract/paper/ink"
	"github.com/aecheck/aecheck/pkg/facts"
)

// Detail is the longer side, in pixels, at which handwriting is looked for: a
// pen stroke of 0.4 mm on an A4 page is then two pixels wide.
const Detail = 1600

// minConfidence is the least confidence at which something is called a
// signature.
const minConfidence = 0.5

// Line is printed text on the page, in pixels of the picture: labels such as
// "签字:" draw attention to what stands beside them, and text that was read
// well is not handwriting.
type Line struct {
	Text       string
	Box        facts.Box
	Confidence float64
}

// Found is what pens and stamps left on a page, and where it asks for them.
type Found struct {
	Signatures []facts.Signature // best first; Page is left to the caller
	SealPlaces []facts.SealPlace // labels such as "（盖章）"
	SignPlaces []facts.SealPlace // labels such as "签字："
	PrintOnly  bool              // no ink but that of the lines, of ruled lines and of specks
}

// Find looks for signatures on the sheet of a page of w×h pixels. lines and
// seals may be nil; boxes are in pixels of the picture.
func Find(s *ink.Sheet, w, h int, lines []Line, seals []Seal) Found {
	if s.W < 60 || s.H < 60 {
		return Found{}
	}
	pen := penPlane(s)
	t := threshold(s.Dark)
	lines = withoutPen(s, t, lines)
	var best []scored
	var found Found
	for i, level := range [...]uint8{t, uint8(max(44, int(t)*11/20))} { // a pen may be much paler than print
		p := newPage(s, pen, t, level, lines, seals)
		if p.letters < minLetters && len(lines) == 0 {
			return Found{}
		}
		if i == 0 {
			found.SealPlaces, found.SignPlaces, found.PrintOnly = p.sealPlaces(lines), p.signPlaces(lines), p.printOnly()
		}
		for _, c := range p.clusters() {
			f := p.measure(c)
			if conf := f.confidence(); conf >= minConfidence {
				best = add(best, scored{c, conf, f.near})
			}
		}
		for _, c := range p.placed() {
			if c.confidence >= minConfidence {
				best = add(best, c)
			}
		}
		if len(best) > 0 && best[0].confidence >= clearly {
			break
		}
	}
	for _, c := range best {
		found.Signatures = append(found.Signatures, facts.Signature{
			Box:        s.ToPicture([4]int{c.x0, c.y0, c.x1 - c.x0, c.y1 - c.y0}, w, h),
			Confidence: math.Round(c.confidence*100) / 100,
			Near:       c.near,
		})
	}
	return found
}

const (
	// penBlue is the blueness from which ink is a pen's on a page printed in black.
	penBlue = 25
	// mostlyBlue is the share of a line's ink that is so.
	mostlyBlue = 0.6
	// penLine is how many characters a name has at most.
	penLine = 40
)

// withoutPen leaves out the lines that a pen wrote: a name signed in clear letters is
// read as well as print, but it is blue where all print is black.
func withoutPen(s *ink.Sheet, dark uint8, lines []Line) []Line {
	if !s.Color {
		return lines
	}
	blue, all := 0, 0
	var out []Line
	for _, l := range lines {
		b := scaleBox(l.Box, s.Scale)
		n, of := 0, 0
		for y := max(0, b[1]); y < min(s.H, b[1]+b[3]); y++ {
			for x := max(0, b[0]); x < min(s.W, b[0]+b[2]); x++ {
				if i := y*s.W + x; s.Dark[i] >= dark {
					of++
					if s.Blue[i] >= penBlue {
						n++
					}
				}
			}
		}
		if of > 0 && float64(n) >= mostlyBlue*float64(of) && 3*b[1] >= s.H && utf8.RuneCountInString(l.Text) <= penLine {
			continue
		}
		blue, all = blue+n, all+of
		out = append(out, l)
	}
	if 5*blue > all {
		return lines // printed in blue
	}
	return out
}

// clearly is the confidence from which a paler pen need not be looked for.
const clearly = 0.65

// add keeps the list best first, of clusters that overlap the better one.
func add(list []scored, c scored) []scored {
	for i, o := range list {
		w := min(c.x1, o.x1) - max(c.x0, o.x0)
		h := min(c.y1, o.y1) - max(c.y0, o.y0)
		if w > 0 && h > 0 && 2*w*h > min((c.x1-c.x0)*(c.y1-c.y0), (o.x1-o.x0)*(o.y1-o.y0)) {
			if c.confidence <= o.confidence {
				return list
			}
			list = append(list[:i], list[i+1:]...)
			break
		}
	}
	i := sort.Search(len(list), func(i int) bool { return list[i].confidence < c.confidence })
	list = append(list, scored{})
	copy(list[i+1:], list[i:])
	list[i] = c
	return list
}

// minLetters is how many letters in rows make a page: on a product photo there
// is nothing to sign.
const minLetters = 16
