package cases

import (
	"strings"
	"unicode"
)

// Papers are set on A4 in millimetres, y downward.
const (
	pageWidth  = 210.0
	pageHeight = 297.0
	pointSize  = 0.3528 // millimetres
)

// run is a piece of text on a line; x, y are its start on the baseline.
type run struct {
	x, y float64
	size float64 // points
	face string
	ink  string // black, blue (written by hand), red (printed), gray
	text string
}

// rule is a printed line.
type rule struct{ x0, y0, x1, y1 float64 }

// stamp is a seal or signature on a page, a tile laid over it around x, y.
type stamp struct {
	x, y  float64
	tile  *tile
	isTop bool // laid last
}

// sheet is a page that has been set.
type sheet struct {
	runs   []run
	rules  []rule
	stamps []stamp
	seal   [4]float64 // where the seal lies, or would: x, y, w, h
	date   [4]float64 // where its date stands
	name   [4]float64 // where the name of who grants or pledges stands
}

// faces of the print.
const (
	sans   = "sans"
	serif  = "serif"
	kai    = "kai"
	latin  = "latin"  // Liberation Serif
	latinB = "latinB" // its bold
	plain  = "plain"  // Liberation Sans
)

// setter sets text on pages from top to bottom.
type setter struct {
	m           *metrics
	pages       []*sheet
	left, right float64
	y           float64
	size, lead  float64
	face        string
	ink         string
	pen         string // of what is written by hand: blue or black
}

func newSetter(m *metrics, face string, size float64) *setter {
	s := &setter{m: m, left: 25, right: pageWidth - 25, size: size, lead: 1.75, face: face, ink: "black", pen: "blue"}
	s.newPage()
	return s
}

func (s *setter) newPage() {
	s.pages = append(s.pages, &sheet{})
	s.y = 32
}

func (s *setter) page() *sheet { return s.pages[len(s.pages)-1] }

func (s *setter) step() float64 { return s.size * pointSize * s.lead }

// width of text in millimetres.
func (s *setter) width(text string, size float64) float64 {
	return s.m.width(s.face, text) * size * pointSize
}

// put sets text at a place.
func (s *setter) put(x, y float64, text string) {
	if text != "" {
		s.page().runs = append(s.page().runs, run{x, y, s.size, s.face, s.ink, text})
	}
}

// centred sets a line in the middle.
func (s *setter) centred(text string, size float64) {
	old := s.size
	s.size = size
	s.put((pageWidth-s.width(text, size))/2, s.y, text)
	s.y += size * pointSize * 1.5
	s.size = old
}

// gap leaves room, in lines.
func (s *setter) gap(lines float64) { s.y += lines * s.step() }

// para sets a paragraph, broken to lines between left and right; the first
// line is indented by two characters where the text is Chinese.
func (s *setter) para(text string) {
	indent := 0.0
	if strings.ContainsFunc(text, isHan) {
		indent = 2 * s.size * pointSize
	}
	s.flow(text, s.left, s.right, indent)
}

// line sets a paragraph without an indent.
func (s *setter) line(text string) { s.flow(text, s.left, s.right, 0) }

func (s *setter) flow(text string, left, right, indent float64) {
	for i, l := range s.broken(text, right-left, indent) {
		x := left
		if i == 0 {
			x += indent
		}
		if s.y > pageHeight-28 {
			s.newPage()
		}
		s.put(x, s.y, l)
		s.y += s.step()
	}
}

// broken breaks text to lines: between Han characters anywhere but before
// closing marks, else at blanks.
func (s *setter) broken(text string, width, indent float64) []string {
	var lines []string
	line, room := "", width-indent
	for _, w := range atoms(text) {
		if line != "" && s.width(line+strings.TrimRight(w, " "), s.size) > room && !strings.ContainsAny(w[:min(len(w), 3)], "，。、；：）》”") {
			lines, line, room = append(lines, strings.TrimRight(line, " ")), "", width
			w = strings.TrimLeft(w, " ")
		}
		line += w
	}
	return append(lines, strings.TrimRight(line, " "))
}

// atoms are what a line is not broken inside of.
func atoms(text string) []string {
	var out []string
	word := ""
	for _, r := range text {
		switch {
		case isHan(r) || r >= 0x3000 && r < 0x3040 || r >= 0xff00:
			if word != "" {
				out = append(out, word)
			}
			out, word = append(out, string(r)), ""
		case r == ' ':
			out, word = append(out, word+" "), ""
		default:
			word += string(r)
		}
	}
	if word != "" {
		out = append(out, word)
	}
	return out
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// row sets label and value in two columns and returns how deep it was. With
// lines it is a row of a table with borders.
func (s *setter) row(label, value string, column float64, lines bool) {
	pad := 0.0
	if lines {
		pad = 2
	}
	top := s.y
	valueLines := s.broken(value, s.right-s.left-column-2*pad, 0)
	labelLines := s.broken(label, column-2*pad-1, 0)
	if s.y+float64(max(len(valueLines), len(labelLines)))*s.step() > pageHeight-25 {
		s.newPage()
		top = s.y
	}
	for i, l := range labelLines {
		s.put(s.left+pad, top+float64(i)*s.step(), l)
	}
	for i, l := range valueLines {
		s.put(s.left+column+pad, top+float64(i)*s.step(), l)
	}
	s.y = top + float64(max(len(valueLines), len(labelLines)))*s.step()
	if lines {
		up := s.size * pointSize * 1.25
		y0, y1 := top-up, s.y-up+pad*0.4
		s.y += pad * 0.4
		s.page().rules = append(s.page().rules, rule{s.left, y0, s.right, y0}, rule{s.left, y1, s.right, y1},
			rule{s.left, y0, s.left, y1}, rule{s.left + column, y0, s.left + column, y1}, rule{s.right, y0, s.right, y1})
	}
}

// written sets a printed label and what was written behind it by hand, on a
// printed line.
func (s *setter) written(label, value string) {
	s.put(s.left, s.y, label)
	x := s.left + s.width(label, s.size) + 1
	face, ink, size := s.face, s.ink, s.size
	s.face, s.ink, s.size = kai, s.pen, size*1.12
	lines := s.broken(value, s.right-x-1, 0)
	for i, l := range lines {
		s.put(x+1, s.y-0.4, l)
		s.page().rules = append(s.page().rules, rule{x, s.y + 1.1, s.right, s.y + 1.1})
		if i < len(lines)-1 {
			s.y += s.step()
		}
	}
	s.face, s.ink, s.size = face, ink, size
	s.y += s.step() * 1.1
}

// columns sets two texts side by side.
func (s *setter) columns(a, b, faceB string) {
	top, gutter := s.y, 6.0
	mid := (s.left + s.right) / 2
	face, size := s.face, s.size
	s.flow(a, s.left, mid-gutter/2, 0)
	endA := s.y
	s.y, s.face, s.size = top, faceB, size*0.95
	s.flow(b, mid+gutter/2, s.right, 0)
	s.face, s.size = face, size
	s.y = max(s.y, endA) + s.step()*0.3
}
