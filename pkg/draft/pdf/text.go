package pdf

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

// Names of the fonts in the pages.
const (
	latin     = "F1"
	latinBold = "F2"
	chinese   = "F3"
)

// run is text of one font.
type run struct {
	font string
	bold bool
	text string
}

// bothWays are marks that Latin and Chinese fonts have alike: in a Chinese paper they
// are Chinese ones.
const bothWays = "“”‘’…—·×"

// ofSTSong are the widths of what else is set in the Chinese font, in thousandths of the
// size: those of STSong-Light.
var ofSTSong = map[rune]int{' ': 207, '-': 375, '.': 238, '/': 334, '_': 500,
	'0': 462, '1': 462, '2': 462, '3': 462, '4': 462, '5': 462, '6': 462, '7': 462, '8': 462, '9': 462}

// fontOf is the font a character is set in.
func (l *layout) fontOf(r rune, bold bool) string {
	_, is := charmap.Windows1252.EncodeRune(r)
	if !is || l.paper.Lang == "zh" && strings.ContainsRune(bothWays, r) {
		return chinese
	}
	if bold {
		return latinBold
	}
	return latin
}

// runs takes a text apart by font. Characters beyond the first plane, of which no
// viewer has a face, become a mark for a missing one.
func (l *layout) runs(s string, bold bool) []run {
	var out []run
	all := []rune(s)
	for i, r := range all {
		if r > 0xFFFF || unicode.IsControl(r) || r == unicode.ReplacementChar {
			r = '□'
		}
		font := l.fontOf(r, bold)
		if font != chinese && l.amongChinese(all, i) {
			font = chinese
		}
		if n := len(out); n > 0 && out[n-1].font == font {
			out[n-1].text += string(r)
			continue
		}
		out = append(out, run{font, bold, string(r)})
	}
	return out
}

// amongChinese reports a number or a blank that touches Chinese characters: 2026年1月.
// PDFium, which has no face for them, loses Chinese characters that stand alone
// between pieces of another font.
func (l *layout) amongChinese(all []rune, i int) bool {
	number := func(r rune) bool { _, ok := ofSTSong[r]; return ok }
	han := func(k int) bool {
		return k >= 0 && k < len(all) && all[k] != 0 && l.fontOf(all[k], false) == chinese
	}
	if !number(all[i]) {
		return false
	}
	from, to := i, i
	for from > 0 && number(all[from-1]) {
		from--
	}
	for to+1 < len(all) && number(all[to+1]) {
		to++
	}
	return han(from-1) || han(to+1)
}

// Missing lists the characters of a text that may not show: those that neither the
// Latin font has nor the collection Adobe-GB1 of the Chinese one is known to.
func Missing(s string) []rune {
	var out []rune
	for _, r := range s {
		_, is := charmap.Windows1252.EncodeRune(r)
		switch {
		case is, r >= 0x3000 && r <= 0x30FF, r >= 0x4E00 && r <= 0x9FA5, r >= 0xFF01 && r <= 0xFF5E, r >= 0x391 && r <= 0x3C9, r >= 0x401 && r <= 0x451,
			strings.ContainsRune("\n\t№①②③④⑤⑥⑦⑧⑨⑩□■○●◎△▲☆★→←↑↓≈≠≤≥", r):
		default:
			if !strings.ContainsRune(string(out), r) {
				out = append(out, r)
			}
		}
	}
	return out
}

// advance is the width of a character at a size of one point.
func advance(r rune, font string) float64 {
	if font == chinese {
		if w, ok := ofSTSong[r]; ok {
			return float64(w) / 1000
		}
		return 1
	}
	code, _ := charmap.Windows1252.EncodeRune(r)
	if code < firstCode {
		return 0
	}
	table := &timesRoman
	if font == latinBold {
		table = &timesBold
	}
	return float64(table[code-firstCode]) / 1000
}

// width of a line in points.
func width(line []run, size float64) float64 {
	w := 0.0
	for _, r := range line {
		for _, c := range r.text {
			w += advance(c, r.font) * size
		}
	}
	return w
}

// encoded is a run as a string of its font's codes.
func encoded(r run) string {
	var b strings.Builder
	b.WriteByte('<')
	for _, c := range r.text {
		if r.font == chinese {
			fmt.Fprintf(&b, "%04X", c)
			continue
		}
		code, _ := charmap.Windows1252.EncodeRune(c)
		fmt.Fprintf(&b, "%02X", code)
	}
	b.WriteByte('>')
	return b.String()
}

// utf16String is a text of the file's properties.
func utf16String(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	b.WriteByte('>')
	return b.String()
}

// Marks that do not begin a line, and such that do not end one.
const (
	notFirst = "，。；：、！？）》」』】〉”’…—·,.;:!?)]}%"
	notLast  = "（《「『【〈“‘([{"
)

// glyph is a character with its font.
type glyph struct {
	r    rune
	font string
	bold bool
}

// broken breaks a text into lines of a width, the first one indented: Chinese between
// any two characters, other scripts at blanks, and where a word is too long within it.
func broken(text []run, wide, indent, size float64) [][]run {
	var all []glyph
	for _, r := range text {
		for _, c := range r.text {
			all = append(all, glyph{c, r.font, r.bold})
		}
	}
	var out [][]run
	for len(all) > 0 {
		avail := wide
		if len(out) == 0 {
			avail -= indent
		}
		n, w := 0, 0.0
		for n < len(all) && w+advance(all[n].r, all[n].font)*size <= avail {
			w += advance(all[n].r, all[n].font) * size
			n++
		}
		n = max(n, 1)
		if n < len(all) {
			n = breakBefore(all, n)
		}
		out = append(out, joined(all[:n]))
		all = all[n:]
		for len(all) > 0 && all[0].r == ' ' {
			all = all[1:]
		}
	}
	return out
}

// breakBefore is where to end a line that has room for n characters.
func breakBefore(all []glyph, n int) int {
	for at := n; at > 0; at-- {
		before, after := all[at-1], all[at]
		switch {
		case strings.ContainsRune(notFirst, after.r) || strings.ContainsRune(notLast, before.r):
		case before.r == ' ' || after.r == ' ' || before.font == chinese || after.font == chinese:
			return at
		}
	}
	return n
}

// joined is a line as runs, without blanks at its end.
func joined(line []glyph) []run {
	for len(line) > 0 && line[len(line)-1].r == ' ' {
		line = line[:len(line)-1]
	}
	var out []run
	for _, g := range line {
		if n := len(out); n > 0 && out[n-1].font == g.font {
			out[n-1].text += string(g.r)
			continue
		}
		out = append(out, run{g.font, g.bold, string(g.r)})
	}
	return out
}
