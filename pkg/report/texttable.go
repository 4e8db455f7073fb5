package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Columns of the table of cases.
const (
	minTable  = 76 // below it a case takes some lines instead of columns
	gap       = 2  // between two columns
	minNames  = 8  // of the client and of the case
	minOpen   = 18 // of what is left to do
	roomyOpen = 26 // from where on there is room for the day as well
)

// drawTable draws the table of cases.
func (t *textPage) drawTable() {
	p, say := t.page, &t.m.Tabling
	if len(t.rows) > 0 {
		p.heading(lang.Count(say.Head, len(t.rows)))
	} else {
		p.blank()
	}
	for _, line := range t.leftOut() {
		p.wrap(0, line, p.plain)
	}
	if len(t.rows) == 0 {
		return
	}
	draw := t.drawCard
	if p.width >= minTable {
		columns := t.columns()
		t.drawCells(columns, nil, func(c *column) (string, lipgloss.Style) { return c.head, p.bold })
		p.print(p.dim.Render(strings.Repeat("-", p.width)))
		draw = func(r *row) {
			t.drawCells(columns, r.open, func(c *column) (string, lipgloss.Style) { return c.cell(r), c.style(r) })
		}
	}
	for i := range t.rows {
		r := &t.rows[i]
		if r.over() && (i == 0 || !t.rows[i-1].over()) {
			p.blank()
			p.ruled(say.Over)
		}
		draw(r)
	}
}

// column is one of the table.
type column struct {
	head   string
	cell   func(*row) string
	style  func(*row) lipgloss.Style
	cut    func(string, int) string // nil: the text is folded
	width  int
	narrow int  // the least width
	before bool // where it is empty, what comes behind it takes its room
}

// columns lays the columns out: the names give way first, then what is left to do is
// folded. Columns that are empty in all rows are left out.
func (t *textPage) columns() []*column {
	p, say := t.page, &t.m.Tabling
	plain := func(*row) lipgloss.Style { return p.plain }
	dim := func(*row) lipgloss.Style { return p.dim }
	left := &column{head: say.Left, cell: func(r *row) string { return r.left }, style: t.urgency, cut: p.ruler.Truncate}
	due := &column{head: say.Due, cell: func(r *row) string { return r.due }, style: dim, cut: p.ruler.Truncate}
	state := &column{head: say.State, cell: t.stateWord, style: func(r *row) lipgloss.Style { return p.styleOfState(r.state) }, cut: p.ruler.Truncate}
	client := &column{head: say.Client, cell: func(r *row) string { return r.client }, style: plain, cut: p.ruler.Truncate, narrow: minNames, before: true}
	place := &column{head: say.Case, cell: func(r *row) string { return r.place }, style: plain, cut: p.ruler.TruncateMiddle, narrow: minNames}
	product := &column{head: say.Product, cell: func(r *row) string { return r.product }, style: dim, cut: p.ruler.TruncateMiddle}
	open := &column{head: say.Open, cell: t.openLine, style: plain, narrow: minOpen}
	all := slices.DeleteFunc([]*column{left, due, state, client, place, product, open}, func(c *column) bool {
		c.width = 0
		for i := range t.rows {
			c.width = max(c.width, p.ruler.Columns(c.cell(&t.rows[i])))
		}
		if c.width > 0 {
			c.width = max(c.width, p.ruler.Columns(c.head))
		}
		return c.width == 0
	})
	product.width = min(product.width, 20)
	total := func() int {
		n := -gap
		for _, c := range all {
			n += c.width + gap
		}
		return n
	}
	// The day stands there only where nothing else suffers from it.
	if slices.Contains(all, due) && total()-open.width+min(open.width, roomyOpen) > p.width {
		all = slices.DeleteFunc(all, func(c *column) bool { return c == due })
	}
	if over := total() - p.width; over > 0 && open.width > minOpen {
		open.width = max(open.width-over, minOpen)
	}
	for over := total() - p.width; over > 0; over-- {
		widest := client
		if place.width > client.width {
			widest = place
		}
		if widest.width <= widest.narrow {
			break
		}
		widest.width--
	}
	open.width += p.width - total()
	return all
}

// drawCells draws one row. The last column, whose parts are open, is folded and goes on
// below itself.
func (t *textPage) drawCells(columns []*column, open []string, cell func(*column) (string, lipgloss.Style)) {
	p := t.page
	var line strings.Builder
	pad, indent, borrowed := 0, 0, 0 // borrowed are columns of a client that there is none of
	var more []string
	var folded lipgloss.Style
	for i, c := range columns {
		text, style := cell(c)
		if c.before && text == "" && i+1 < len(columns) {
			borrowed = c.width + gap
			continue
		}
		width := c.width + borrowed
		borrowed = 0
		if c.cut != nil {
			text = c.cut(text, width)
			indent += width + gap
		} else if lines := t.folded(open, width); len(lines) > 1 {
			text, more, folded = lines[0], lines[1:], style
		}
		if text != "" {
			line.WriteString(strings.Repeat(" ", pad) + style.Render(text))
			pad = 0
		}
		pad += width - p.ruler.Columns(text) + gap
	}
	p.print(line.String())
	for _, text := range more {
		p.print(strings.Repeat(" ", indent) + folded.Render(text))
	}
}

// folded puts parts into lines of a width, whole ones where they fit.
func (t *textPage) folded(parts []string, width int) []string {
	p := t.page
	stop := strings.TrimRight(t.words.Semicolon, " ")
	space := strings.TrimPrefix(t.words.Semicolon, stop)
	var lines []string
	for i, part := range parts {
		if i < len(parts)-1 {
			part += stop
		}
		if last := len(lines) - 1; last >= 0 {
			if longer := lines[last] + space + part; p.ruler.Columns(longer) <= width {
				lines[last] = longer
				continue
			}
		}
		lines = append(lines, p.ruler.Wrap(part, width)...)
	}
	return lines
}

// drawCard draws a case where there is no room for columns.
func (t *textPage) drawCard(r *row) {
	p := t.page
	p.wrap(0, strings.TrimRight(r.left+"  "+t.stateWord(r)+"  "+t.openLine(r), " "), t.urgency(r))
	names := []string{r.place}
	if r.client != "" {
		names = []string{r.client, r.place}
	}
	if r.product != "" {
		names = append(names, lang.Fill(t.m.Tabling.ProductShort, "id", r.product))
	}
	p.wrap(2, strings.Join(names, " · "), p.plain)
}

// urgency is how the time left is shown.
func (t *textPage) urgency(r *row) lipgloss.Style {
	switch {
	case r.over():
		return t.page.dim
	case r.urgent:
		return t.page.bad
	case r.c.Deadline == nil && !r.c.plain:
		return t.page.warn
	}
	return t.page.plain
}

// styleOfState is how a state is shown.
func (p *page) styleOfState(s verdict.State) lipgloss.Style {
	switch s {
	case verdict.StateReady:
		return p.good
	case verdict.StateMend:
		return p.bad
	case verdict.StateLook, verdict.StateUnchecked, verdict.StatePart:
		return p.warn
	}
	return p.dim
}

// drawBetween draws what is between the cases: in full, or the titles where the details
// of cases are left out too.
func (t *textPage) drawBetween() {
	p := t.page
	if len(t.outer) == 0 {
		return
	}
	p.heading(t.words.Batch)
	if !t.abridged() {
		t.drawSubjects(nil, t.outer)
		return
	}
	for _, g := range t.outer {
		for _, s := range g.subjects {
			for i := range s.findings {
				f := &s.findings[i]
				symbol, _ := t.mark(f)
				p.wrap(2, symbol+" "+t.label(f)+"  "+clean(f.Rule)+" "+clean(f.Title), p.styleOf(f))
			}
		}
	}
	p.wrap(2, t.m.Tabling.Between, p.dim)
}

// drawHow says how to get what the table leaves out.
func (t *textPage) drawHow() {
	p, say := t.page, &t.m.Tabling
	first := t.rows[0]
	name := cmp.Or(first.client, first.place)
	if t.o.Only == nil {
		p.wrap(0, lang.Fill(say.Details, "case", quoted(name)), p.plain)
	}
	p.wrap(0, say.Texts, p.plain)
	if !t.o.HasPage {
		p.wrap(0, say.Pages, p.dim)
	}
}
