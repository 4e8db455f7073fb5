package pdf

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/aecheck/aecheck/pkg/draft"
)

// A4 in points, and where the text stands on it. The left margin leaves room for
// binding.
const (
	pageWidth, pageHeight = 595.28, 841.89
	left, right           = 85.0, pageWidth - 71
	top, bottom           = 78.0, pageHeight - 71
	size                  = 12.0
	titleSize             = 18.0
	footSize              = 9.0
	leading               = 18.0 // from line to line
	labelWidth            = 152.0
	cell                  = 5.0  // from a rule of the table to its text
	signLeading           = 36.0 // room for a hand and a seal
	rise                  = 0.3  // of the size: from the middle of a line down to its baseline
)

// layout sets a paper on pages, from top to bottom.
type layout struct {
	paper *draft.Paper
	pages []*strings.Builder
	y     float64 // where the next line begins, from the top
	used  map[string]map[rune]bool
}

func newLayout(p *draft.Paper) *layout {
	l := &layout{paper: p, used: map[string]map[rune]bool{latin: {}, latinBold: {}, chinese: {}}}
	l.newPage()
	for _, line := range broken(l.runs(p.Title, true), right-left, 0, titleSize) {
		l.put((pageWidth-width(line, titleSize))/2, l.y+titleSize, line, titleSize)
		l.y += titleSize * 1.6
	}
	l.y += leading / 2
	return l
}

func (l *layout) newPage() {
	l.pages = append(l.pages, &strings.Builder{})
	l.y = top
}

// room begins a new page where less than so much is left of this one.
func (l *layout) room(height float64) {
	if l.y+height > bottom && l.y > top {
		l.newPage()
	}
}

// block sets a block; next, where it is the place for hand and seal, does not come to
// stand alone on a page.
func (l *layout) block(b, next draft.Block) {
	if len(next.Sign) > 0 && b.Para != "" {
		lines := len(broken(l.runs(b.Para, false), right-left, l.indent(), size))
		l.room(float64(lines+1)*leading + float64(len(next.Sign))*signLeading)
	}
	switch {
	case b.Line != "":
		l.text(b.Line, 0)
	case b.Para != "":
		l.text(b.Para, l.indent())
	case len(b.Rows) > 0:
		l.table(b.Rows)
	case len(b.Sign) > 0:
		l.sign(b.Sign)
	}
}

// indent is that of a paragraph's first line.
func (l *layout) indent() float64 {
	if l.paper.Lang == "zh" {
		return 2 * size
	}
	return 0
}

// text sets a paragraph.
func (l *layout) text(s string, indent float64) {
	for i, line := range broken(l.runs(s, false), right-left, indent, size) {
		l.room(leading)
		x := left
		if i == 0 {
			x += indent
		}
		l.put(x, l.y+leading/2+rise*size, line, size)
		l.y += leading
	}
	l.y += leading / 4
}

// table sets rows of a label and a value, with rules around.
func (l *layout) table(rows []draft.Row) {
	l.y += leading / 4
	for _, r := range rows {
		labels := broken(l.runs(r.Label, false), labelWidth-2*cell, 0, size)
		values := broken(l.runs(r.Value, false), right-left-labelWidth-2*cell, 0, size)
		height := float64(max(len(labels), len(values)))*leading + cell
		l.room(height)
		for k, lines := range [2][][]run{labels, values} {
			x := left + cell + float64(k)*labelWidth
			for i, line := range lines {
				l.put(x, l.y+cell/2+float64(i)*leading+leading/2+rise*size, line, size)
			}
		}
		for _, box := range [2][2]float64{{left, labelWidth}, {left + labelWidth, right - left - labelWidth}} {
			fmt.Fprintf(l.page(), "0.5 w %s %s %s %s re S\n", number(box[0]), number(pageHeight-l.y-height), number(box[1]), number(height))
		}
		l.y += height
	}
	l.y += leading / 2
}

// sign sets the place for hand and seal, all on one page.
func (l *layout) sign(lines []string) {
	l.room(float64(len(lines)) * signLeading)
	for _, s := range lines {
		for i, line := range broken(l.runs(s, false), right-left, 0, size) {
			if i > 0 {
				l.y += leading
			}
			l.put(left, l.y+signLeading/2+rise*size, line, size)
		}
		l.y += signLeading
	}
}

// numberPages puts the numbers at the foot where there are several pages.
func (l *layout) numberPages() {
	if len(l.pages) < 2 || l.paper.PageOf == "" {
		return
	}
	n := strconv.Itoa(len(l.pages))
	for i, page := range l.pages {
		line := l.runs(strings.NewReplacer("{page}", strconv.Itoa(i+1), "{pages}", n).Replace(l.paper.PageOf), false)
		l.putOn(page, (pageWidth-width(line, footSize))/2, pageHeight-40, line, footSize)
	}
}

func (l *layout) page() *strings.Builder { return l.pages[len(l.pages)-1] }

// put sets a line on the page at hand, y down from the top to its baseline.
func (l *layout) put(x, y float64, line []run, size float64) { l.putOn(l.page(), x, y, line, size) }

func (l *layout) putOn(page *strings.Builder, x, y float64, line []run, size float64) {
	if len(line) == 0 {
		return
	}
	fmt.Fprintf(page, "BT %s %s Td\n", number(x), number(pageHeight-y))
	for _, r := range line {
		// There is no bold face of the Chinese one: its outline is drawn as well.
		mode := "0 Tr"
		if r.bold && r.font == chinese {
			mode = "2 Tr 0.4 w"
		}
		fmt.Fprintf(page, "%s /%s %s Tf %s Tj\n", mode, r.font, number(size), encoded(r))
		for _, c := range r.text {
			l.used[r.font][c] = true
		}
	}
	page.WriteString("ET\n")
}

// number is a number as PDFs write it, to a hundredth.
func number(f float64) string { return strconv.FormatFloat(float64(int(f*100+0.5))/100, 'f', -1, 64) }
