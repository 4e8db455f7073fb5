// Package roff writes a manual page: text of any kind, safe in any place of it, for
// groff's man(7) and mandoc.
//
// It imports nothing of ours.
package roff

import (
	"strings"
	"unicode"
)

// Page is a manual page being written, in UTF-8. The zero value is ready; Title
// comes first.
type Page struct {
	b      strings.Builder
	headed bool // a section was headed and has nothing in it yet
}

// String is the page so far.
func (p *Page) String() string { return p.b.String() }

// Title heads the page. The date, 2006-01-02, may be empty; section is that of the
// manual, "1" for commands; source is the program with its version, manual the name of
// the book.
func (p *Page) Title(name, section, date, source, manual string) {
	var title Page
	title.macro("TH", name, section, date, source, manual)
	// Dates are read by programs; and Chinese has no spaces that could be stretched.
	p.b.WriteString(strings.ReplaceAll(title.String(), `\-`, "-") + ".ad l\n")
}

// Section begins a section.
func (p *Page) Section(heading string) {
	p.macro("SH", heading)
	p.headed = true
}

// paragraph begins one; a section does so itself.
func (p *Page) paragraph() {
	if !p.headed {
		p.b.WriteString(".PP\n")
	}
}

// Names is the line that apropos and whatis look for.
func (p *Page) Names(name, about string) {
	p.line(escapes.Replace(name) + ` \- ` + escapes.Replace(about)) // as they read it
}

// Text writes paragraphs, an empty line between them.
func (p *Page) Text(text string) {
	for para := range strings.SplitSeq(text, "\n\n") {
		p.paragraph()
		p.lines(para, escape)
	}
}

// Strong writes lines that are typed as they stand.
func (p *Page) Strong(text string) {
	p.b.WriteString(".nf\n")
	p.lines(text, func(s string) string { return `\fB` + escape(s) + `\fR` })
	p.b.WriteString(".fi\n")
}

// Item writes what something is called, with the value it takes where that is not
// empty, and what it is.
func (p *Page) Item(name, value, about string) {
	p.b.WriteString(".TP\n")
	head := `\fB` + escape(name) + `\fR`
	if value != "" {
		head += ` \fI` + escape(value) + `\fR`
	}
	p.line(head)
	p.lines(about, escape)
}

// Example writes lines as they are, set apart.
func (p *Page) Example(text string) {
	p.paragraph()
	p.b.WriteString(".nf\n.RS 4\n")
	p.lines(text, escape)
	p.b.WriteString(".RE\n.fi\n")
}

func (p *Page) lines(text string, as func(string) string) {
	for s := range strings.SplitSeq(strings.Trim(text, "\n"), "\n") {
		if s != "" { // an empty line has a meaning of its own
			p.line(as(s))
		}
	}
}

// line writes what is escaped: a line of text, never one of orders. (Those that begin
// with a quote mark it would be, were it not escaped.)
func (p *Page) line(s string) {
	if strings.HasPrefix(s, ".") {
		s = `\&` + s
	}
	p.b.WriteString(s + "\n")
	p.headed = false
}

func (p *Page) macro(name string, args ...string) {
	p.b.WriteString("." + name)
	for _, arg := range args {
		p.b.WriteString(` "` + escapes.Replace(arg) + `"`)
	}
	p.b.WriteString("\n")
}

// escapes keep what a terminal is to show as it is: a hyphen that can be copied into
// a command, quotes and accents that are no typographer's. A line break is a space.
var escapes = strings.NewReplacer(`\`, `\e`, "-", `\-`, `"`, `\(dq`, "'", `\(aq`, "`", `\(ga`, "^", `\(ha`, "~", `\(ti`, "\r", "", "\n", " ")

// escape is that of running text: Chinese, which groff takes for one long word, can be
// broken where its rules let it.
func escape(s string) string {
	s = escapes.Replace(s)
	var b strings.Builder
	last := ' '
	for _, r := range s {
		if wide(last) && wide(r) && !strings.ContainsRune(opening, last) && !strings.ContainsRune(closing, r) {
			b.WriteString(`\:`)
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

// What no line ends with, and what none begins with.
const (
	opening = "（《〈「『【〔“"
	closing = "）》〉」』】〕”，。、；：？！…"
)

func wide(r rune) bool {
	return unicode.Is(unicode.Han, r) || strings.ContainsRune(opening, r) || strings.ContainsRune(closing, r)
}
