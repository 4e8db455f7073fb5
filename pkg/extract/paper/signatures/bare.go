package signatures

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/aecheck/aecheck/pkg/extract/paper/ink"
	"github.com/aecheck/aecheck/pkg/facts"
)

const (
	// faintInk is the darkness and the colour from which there may be faint ink.
	faintInk = 30
	// crumbs is how much ink besides the lines may be specks and the tails of
	// letters, in squares of the height of print.
	crumbs = 1.5
)

// printOnly reports a page on which nothing was seen but its lines, ruled lines
// and specks.
func (p *page) printOnly() bool {
	if len(p.lines) == 0 {
		return false
	}
	s := p.sheet
	m := ink.Threshold(s.Dark, s.W, s.H, 64)
	m.EraseRules(max(36, max(s.W, s.H)/18), max(3, max(s.W, s.H)/220))
	rest := 0.0
	edge := max(s.W, s.H) / 50 // the shadow of the sheet's edge in the scanner
	for _, b := range ink.Label(m).Blobs {
		if b.Area < 6 || b.X1 <= edge || b.Y1 <= edge || b.X0 >= s.W-edge || b.Y0 >= s.H-edge || p.inLines(b) {
			continue
		}
		rest += float64(b.Area)
	}
	return rest < crumbs*p.text*p.text
}

// inLines reports a patch that belongs to a line that was read.
func (p *page) inLines(b ink.Blob) bool {
	for _, l := range p.lines {
		slack := l.Box[3] / 3
		if b.X0 >= l.Box[0]-2*slack && b.Y0 >= l.Box[1]-slack && b.X1 <= l.Box[0]+l.Box[2]+2*slack && b.Y1 <= l.Box[1]+l.Box[3]+slack {
			return true
		}
	}
	return false
}

// sealPlaces lists the labels that ask for a seal; lines are in pixels of the
// picture.
func (p *page) sealPlaces(lines []Line) []facts.SealPlace {
	var out []facts.SealPlace
	office := officeForm(lines)
	for i, l := range lines {
		if l.Box[1] > office {
			continue
		}
		text := strings.ToLower(strings.NewReplacer("（", "(", "）", ")", "：", ":").Replace(l.Text))
		if width(text) > longLabel+12 || !asksSeal(text) {
			continue
		}
		out = append(out, facts.SealPlace{Label: l.Text, Box: l.Box, Blank: p.sheet.Color && p.bare(p.lines[i].Box)})
	}
	return out
}

// ofOffice are the titles of what a notary or an authority fills in below or behind
// a letter: an apostille (Hague Convention of 5 October 1961, whose item 9 is
// "Seal/stamp"), a notarial act.
var ofOffice = regexp.MustCompile(`(?i)^\W*(?:apostille|\(?convention\s*de\s*la\s*haye.*|notarial\s*(?:certificate|act|acknowledg\w+)|(?:certificate\s*of\s*)?acknowledg\w+|公证书|公證書|acta\s*notarial|acte\s*notari[eé])\W*$`)

// officeForm is how far down the page the form of a notary or an authority begins,
// whose places for seals are not the grantor's; beyond every page where there is none.
func officeForm(lines []Line) int {
	top := math.MaxInt
	for _, l := range lines {
		if ofOffice.MatchString(l.Text) {
			top = min(top, l.Box[1])
		}
	}
	return top
}

// asksSeal reports words of a place for a seal, not a sentence about seals.
func asksSeal(text string) bool {
	compact := strings.Join(strings.Fields(text), "")
	for _, w := range [...]string{"。", "之日", "生效", "有效", "无效", "复印件"} {
		if strings.Contains(compact, w) {
			return false
		}
	}
	for _, w := range [...]string{"(盖章)", "(公章)", "(签章)", "(蓋章)", "盖章:", "公章:", "签章:", "盖章处", "盖公章处", "签字盖章", "签字、盖章", "签名盖章", "(加盖公章)", "(印章)", "(seal)", "seal:", "companyseal", "companychop", "companystamp", "stamp:", "chop:", "(stamp)", "(companychop)", "sealandsignature", "signatureandseal", "signature&seal"} {
		if strings.Contains(compact, w) {
			return true
		}
	}
	return false
}

// bare reports that around the label of a seal there is no coloured ink, and no
// dark ink but print.
func (p *page) bare(b facts.Box) bool {
	s := p.sheet
	x0, x1 := max(0, b[0]-3*b[3]), min(s.W, b[0]+max(b[2], 8*b[3])+8*b[3])
	y0, y1 := max(0, b[1]-5*b[3]), min(s.H, b[1]+7*b[3])
	colored := 0
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			if i := y*s.W + x; s.Red[i] >= faintInk || s.Blue[i] >= faintInk {
				colored++
			}
		}
	}
	return 4*colored < b[3]*b[3]
}

// signing are the words of labels that ask for a hand; the others may stand before a
// printed name as well.
var signing = [...]string{"签字", "签名", "签章", "签署", "簽名", "簽署", "簽字", "signature", "signed", "sign here", "firma", "unterschrift", "assinatura", "подпись", "handtekening", "podpis", "imza"}

// ofDate is a label for the day of signing, not for a hand.
var ofDate = regexp.MustCompile(`(?i)(?:签字|签名|签章|签署|簽署|簽名)(?:的)?(?:日期|时间)|sign(?:ed|ature|ing) ?(?:date|on ?[:：])|date of sign(?:ature|ing)`)

// signPlaces lists the labels that ask for a signature, those that say so or else
// those of whoever gives the paper; lines are in pixels of the picture.
func (p *page) signPlaces(lines []Line) []facts.SealPlace {
	var plain, all []facts.SealPlace
	for _, l := range p.labels {
		if !l.sign || ofDate.MatchString(lines[l.line].Text) {
			continue
		}
		place := facts.SealPlace{Label: lines[l.line].Text, Box: lines[l.line].Box, Blank: p.signBare(l)}
		all = append(all, place)
		if slices.Contains(signing[:], l.text) {
			plain = append(plain, place)
		}
	}
	if len(plain) > 0 {
		return plain
	}
	return all
}

// signBare reports that on the row of a label, behind it, there is no ink of a pen's
// colours but specks and other fields, and around it none but the lines. What was read
// on the row counts as ink: a name written clearly is read as well as a printed one.
func (p *page) signBare(l label) bool {
	if p.strayInk(l) {
		return false
	}
	region := [4]int{int(l.end + 0.3*l.h), int(l.top - 1.2*l.h), int(min(14*l.h, p.next(l)-l.end)), int(3.2 * l.h)}
	var other [][4]int
	for i, x := range p.lines {
		mid := float64(x.Box[1]) + float64(x.Box[3])/2
		onRow := mid > l.top-0.2*l.h && mid < l.top+1.2*l.h
		field := strings.ContainsAny(x.Text, ":：") || strings.ContainsFunc(x.Text, unicode.IsDigit)
		if i != l.line && (!onRow && x.Confidence >= 0.8 && float64(x.Box[3]) < 1.6*l.h || onRow && field) {
			slack := x.Box[3] / 4
			other = append(other, [4]int{x.Box[0] - slack, x.Box[1] - slack, x.Box[2] + 2*slack, x.Box[3] + 2*slack})
		}
	}
	rest := 0.0
	for _, b := range p.parts.Blobs {
		box := [4]int{b.X0, b.Y0, b.W(), b.H()}
		if b.Area < 6 || inside(box, region) < 0.5 || slices.ContainsFunc(other, func(o [4]int) bool { return inside(box, o) > 0.5 }) {
			continue
		}
		rest += float64(b.Area)
	}
	return rest < crumbs*p.text*p.text
}

// strayInk reports ink around a label that no line, rule or seal explains: people sign
// above and below the place, and across what is printed there.
func (p *page) strayInk(l label) bool {
	region := [4]int{int(l.x - l.h), int(l.top - 3*l.h), int(min(l.end+22*l.h, p.next(l)) - l.x + l.h), int(9 * l.h)}
	rest := 0.0
	for _, b := range p.parts.Blobs {
		box := [4]int{b.X0, b.Y0, b.W(), b.H()}
		if b.Area < 6 || inside(box, region) < 0.5 || p.inLines(b) || p.touchesSeal(box) {
			continue
		}
		rest += float64(b.Area)
	}
	return rest >= p.text*p.text
}

// next is where, right of a label, that of another field on its row begins: in a form of
// two columns the ink behind that one is the other party's.
func (p *page) next(l label) float64 {
	at := float64(p.sheet.W)
	for _, o := range p.labels {
		if o.x > l.end+l.h && math.Abs(o.top-l.top) < 2*l.h {
			at = min(at, o.x-0.5*l.h)
		}
	}
	return at
}

// touchesSeal reports a box that reaches into that of a seal, or up to its edge: what is
// left of red strokes.
func (p *page) touchesSeal(box [4]int) bool {
	for _, s := range p.seals {
		slack := max(s.box[2], s.box[3]) / 20
		around := [4]int{s.box[0] - slack, s.box[1] - slack, s.box[2] + 2*slack, s.box[3] + 2*slack}
		if inside(box, around) > 0 {
			return true
		}
	}
	return false
}
