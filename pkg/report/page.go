package report

import (
	"io"
	"strings"

	"github.com/charmbracelet/lipgloss"

	"github.com/aecheck/aecheck/pkg/terminal"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// page is paper of a fixed number of columns: it folds, indents and colours.
// No line is wider (unless a single character is) and none ends in a space.
type page struct {
	w     io.Writer
	err   error // the first error of w; nothing is written after it
	width int
	ruler terminal.Ruler

	plain, bold, dim, good, warn, bad lipgloss.Style
}

func newPage(w io.Writer, o Options) *page {
	width := o.Width
	if width <= 0 {
		width = terminal.DefaultWidth
	}
	style := terminal.NewRenderer(w, o.Color).NewStyle()
	return &page{
		w: w, width: width, ruler: o.Ruler,
		plain: style,
		bold:  style.Bold(true),
		dim:   style.Faint(true),
		good:  style.Foreground(lipgloss.Color("2")),
		warn:  style.Foreground(lipgloss.Color("3")),
		bad:   style.Bold(true).Foreground(lipgloss.Color("1")),
	}
}

func (p *page) styleOf(f *finding) lipgloss.Style {
	switch weight(f) {
	case 0:
		return p.good
	case 1:
		return p.dim
	case 2, 3:
		return p.warn
	}
	return p.bad
}

func (p *page) styleOfItem(it *item) lipgloss.Style {
	switch it.State {
	case verdict.ItemReady:
		return p.good
	case verdict.ItemProblem:
		if !it.warned() {
			break
		}
		return p.warn
	case verdict.ItemReview:
		return p.warn
	case verdict.ItemRecommended, verdict.ItemNotNeeded:
		return p.dim
	}
	return p.bad
}

// print writes one finished line: where it was folded it may start with what was in
// the middle of a text.
func (p *page) print(line string) {
	if p.err == nil {
		_, p.err = io.WriteString(p.w, terminal.NoCommand(line)+"\n")
	}
}

func (p *page) blank() { p.print("") }

// hang writes text folded after a prefix; following lines stand below the
// text, not below the prefix.
func (p *page) hang(indent int, prefix, text string, style lipgloss.Style) {
	column := indent + p.ruler.Columns(prefix)
	for i, line := range p.ruler.Wrap(text, p.width-column) {
		switch {
		case i == 0:
			p.print(strings.Repeat(" ", indent) + style.Render(strings.TrimRight(prefix+line, " ")))
		case line == "":
			p.blank()
		default:
			p.print(strings.Repeat(" ", column) + style.Render(line))
		}
	}
}

// wrap writes text folded at an indent.
func (p *page) wrap(indent int, text string, style lipgloss.Style) { p.hang(indent, "", text, style) }

// labelled writes a label, padded to width columns, and text beside it.
func (p *page) labelled(indent int, label string, width int, text string, style lipgloss.Style) {
	p.hang(indent, p.ruler.Pad(label, width)+"  ", text, style)
}

// widest is the number of columns of the widest text.
func (p *page) widest(texts ...string) int {
	n := 0
	for _, t := range texts {
		n = max(n, p.ruler.Columns(t))
	}
	return n
}

// heading writes a title with a double line below.
func (p *page) heading(title string) {
	p.blank()
	p.wrap(0, title, p.bold)
	p.print(p.dim.Render(strings.Repeat("=", p.width)))
}

// ruled writes a title with a line below. The lines are ASCII: a dash of the
// box-drawing block takes one column or two, depending on the terminal.
func (p *page) ruled(title string) {
	p.wrap(0, title, p.bold)
	p.print(p.dim.Render(strings.Repeat("-", p.width)))
}
