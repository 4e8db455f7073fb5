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
	"strings"

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

// Find returns the signatures on the sheet of a page, best first. lines and seals may be
// nil; boxes are in pixels of the picture.
func Find(s *ink.Sheet, w, h int, lines []Line, seals []facts.Box) []facts.Signature {
	if s.W < 60 || s.H < 60 {
		return nil
	}
	var out []facts.Signature
	t := threshold(s.Dark)
	for _, level := range [...]uint8{t, max(44, t*11/20)} { // a pen may be much paler than print
		p := newPage(s, level, lines, seals)
		if p.letters < minLetters && len(lines) == 0 {
			return nil
		}
		for _, c := range p.clusters() {
			f := p.measure(c)
			conf := f.confidence()
			if conf < minConfidence {
				continue
			}
			out = append(out, facts.Signature{
				Box:        s.ToPicture([4]int{c.x0, c.y0, c.x1 - c.x0, c.y1 - c.y0}, w, h),
				Confidence: math.Round(conf*100) / 100,
				Near:       f.near,
			})
		}
		if len(out) > 0 {
			break
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Confidence > out[j].Confidence })
	return out
}

// minLetters is how many letters in rows make a page: on a product photo there
// is nothing to sign.
const minLetters = 16

// labels stand by the place of a signature (zh, en, and the languages of the
// sites, M33).
var labels = [...]string{
	"签字", "签名", "签章", "签署", "盖章", "授权人", "承诺人", "法定代表人", "负责人", "授权代表", "签 字", "簽名", "簽署",
	"signature", "signed", "sign here", "authorized by", "authorised by", "for and on behalf", "by:", "sincerely", "yours", "regards",
	"firma", "firmado", "unterschrift", "assinatura", "подпись", "handtekening", "podpis", "imza",
}

// isLabel returns the label in a text, empty for none.
func isLabel(text string) string {
	low := strings.ToLower(text)
	for _, l := range labels {
		if strings.Contains(low, l) {
			return l
		}
	}
	return ""
}
