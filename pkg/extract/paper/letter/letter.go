// Package letter reads what a paper says from its lines: who grants what to
// whom, for what and until when; which violation a notice is about; whether a
// statement is made of stock phrases. It works on the lines of a text layer
// and on recognised ones alike, in Chinese, English and the languages of the
// sites (M33), and never guesses silently: every statement keeps the
// line it was read from and that line's confidence.
//
// It may import pkg/extract/paper/letter/columns, pkg/extract/paper/letter/parties,
// pkg/facts and pkg/lang.
package letter

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/aecheck/aecheck/pkg/extract/paper/letter/columns"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
)

// Limits: a letter has a few hundred lines, a contract of sixty pages some 150,000
// characters; a book passed off as one is read no further. Every character costs
// some ten microseconds.
const (
	maxLines = 4000
	maxText  = 240_000 // bytes of UTF-8, as many Latin letters or 80,000 Han characters
	maxLine  = 20_000  // bytes; text that no line break divides is read in pieces
)

// Read fills in what the lines of d.Text say, and reports whether it read all of
// them. Everything about the pages themselves (seals, signatures, colour) is left
// alone.
func Read(d *facts.Document) (all bool) {
	t := newText(d.Text)
	d.Length = t.length
	d.Confidence = t.confidence
	d.Language, d.Languages = languages(t)
	d.Title = t.title()
	d.Kind = kind(t, d.Title)
	r := &reader{text: t, doc: d}
	d.CertificatePages = r.certificatePages()
	r.dates()
	r.parties()
	r.terms()
	r.notice()
	r.findBlanks()
	r.pageOf()
	d.Boilerplate = boilerplate(t)
	return !t.cut
}

// reader collects facts with the place each was read.
type reader struct {
	text *text
	doc  *facts.Document
}

// found records where a statement was read.
func (r *reader) found(field, value string, s span) {
	const most = 200
	if len(r.doc.Found) >= most {
		return
	}
	l := r.text.at(s)
	r.doc.Found = append(r.doc.Found, facts.DocFound{
		Field: field, Value: value, Text: clip(r.text.flow[s.from:s.to], 200),
		Page: l.Page, Box: l.Box, Confidence: l.Confidence,
	})
}

// text is a paper as one string, so that sentences broken over lines can be
// read, together with the way back to the lines.
type text struct {
	lines      []facts.DocLine
	norm       []string // each line, normalised
	flow       string   // normalised lines, joined
	starts     []int    // offset in flow of each line
	length     int
	confidence float64
	cut        bool // there was more of it
}

// span is a range of bytes of the flow.
type span struct{ from, to int }

// pieces are the lines, those without an end in pieces.
func pieces(lines []facts.DocLine) iter.Seq[facts.DocLine] {
	return func(yield func(facts.DocLine) bool) {
		for _, l := range lines {
			rest := l.Text
			for len(rest) > maxLine {
				at := maxLine
				for !utf8.RuneStart(rest[at]) {
					at--
				}
				l.Text, rest = rest[:at], rest[at:]
				if !yield(l) {
					return
				}
			}
			l.Text = rest
			if !yield(l) {
				return
			}
		}
	}
}

// sideBySide puts the lines of a paper in two columns, those of two languages or of one
// text that goes on in the second, in reading order: the left side, then the right.
// Labels and values side by side are written alike on both sides and stay as they are.
func sideBySide(lines []facts.DocLine) []facts.DocLine {
	order, side := columns.Order(lines[:min(len(lines), maxLines)])
	if len(side) == 0 {
		return lines
	}
	var all, han [columns.Right + 1]int
	for i, s := range side {
		all[s]++
		if hasHan(lines[i].Text) {
			han[s]++
		}
	}
	mostly := func(s int) bool { return 4*han[s] >= 3*all[s] }
	hardly := func(s int) bool { return 4*han[s] <= all[s] }
	two := mostly(columns.Left) && hardly(columns.Right) || hardly(columns.Left) && mostly(columns.Right)
	if !two && !(running(lines, side, columns.Left) && running(lines, side, columns.Right)) {
		return lines
	}
	out := make([]facts.DocLine, 0, len(lines))
	for _, i := range order {
		out = append(out, lines[i])
	}
	return append(out, lines[len(order):]...)
}

// running reports a side whose lines are broken where the column ends, as running text
// is: labels are short, and values beside them end anywhere.
func running(lines []facts.DocLine, side map[int]int, s int) bool {
	const (
		least = 4  // such lines
		short = 12 // characters that a label may have
	)
	widest, n, full := 0, 0, 0
	for i, on := range side {
		if on == s {
			n++
			widest = max(widest, lines[i].Box[2])
		}
	}
	for i, on := range side {
		if t := lines[i].Text; on == s && 100*lines[i].Box[2] >= 88*widest && utf8.RuneCountInString(t) > short && !strings.HasSuffix(t, ":") && !strings.HasSuffix(t, "：") {
			full++
		}
	}
	return full >= least && 3*full >= n
}

func newText(lines []facts.DocLine) *text {
	t := &text{}
	var b strings.Builder
	var conf, weight float64
	for l := range pieces(sideBySide(lines)) {
		if len(t.lines) >= maxLines || b.Len()+len(l.Text) > maxText {
			t.cut = true
			break
		}
		n := strings.Map(lang.Simplified, normal(l.Text)) // papers from Hong Kong and Taiwan
		if n == "" {
			continue
		}
		chars := 0
		for _, c := range n {
			if unicode.IsLetter(c) {
				chars++
			}
		}
		t.length += chars
		w := float64(len([]rune(n)))
		conf += w * l.Confidence
		weight += w
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		t.starts = append(t.starts, b.Len())
		b.WriteString(n)
		t.lines = append(t.lines, l)
		t.norm = append(t.norm, n)
	}
	t.flow = b.String()
	if weight > 0 {
		t.confidence = conf / weight
	}
	return t
}

// at is the line a span begins in, its box widened over all its lines on the
// same page.
func (t *text) at(s span) facts.DocLine {
	if len(t.lines) == 0 {
		return facts.DocLine{}
	}
	i := t.index(s.from)
	out := t.lines[i]
	for j := i + 1; j < len(t.lines) && t.starts[j] < s.to && t.lines[j].Page == out.Page; j++ {
		o := t.lines[j]
		x0, y0 := min(out.Box[0], o.Box[0]), min(out.Box[1], o.Box[1])
		x1, y1 := max(out.Box[0]+out.Box[2], o.Box[0]+o.Box[2]), max(out.Box[1]+out.Box[3], o.Box[1]+o.Box[3])
		out.Box = facts.Box{x0, y0, x1 - x0, y1 - y0}
		out.Confidence = min(out.Confidence, o.Confidence)
	}
	return out
}

// index is the line that holds an offset of the flow.
func (t *text) index(offset int) int {
	lo, hi := 0, len(t.starts)-1
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if t.starts[mid] <= offset {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return lo
}

// near returns up to n bytes of the flow before and after a span, cut at
// whole characters.
func (t *text) near(s span, n int) (before, after string) {
	return strings.ToValidUTF8(t.flow[max(0, s.from-n):s.from], ""), strings.ToValidUTF8(t.flow[s.to:min(len(t.flow), s.to+n)], "")
}

// title is the first line that names a paper, with the Chinese line below it where a
// paper in two languages names itself in both; else the tallest line of the first page's
// top third.
func (t *text) title() string {
	for i, n := range t.norm {
		if i >= 12 || t.lines[i].Page > 1 {
			break
		}
		if len([]rune(n)) <= 60 && titleWords.MatchString(n) && !strings.HasSuffix(n, "。") {
			return tidyTitle(n) + t.titleBelow(i)
		}
	}
	bottom := 0
	for _, l := range t.lines {
		if l.Page <= 1 {
			bottom = max(bottom, l.Box[1]+l.Box[3])
		}
	}
	best := -1
	for i, l := range t.lines {
		if l.Page > 1 || 3*l.Box[1] > bottom || len([]rune(t.norm[i])) > 60 || strings.ContainsAny(t.norm[i], ":。") || t.numbersPage(i) {
			continue // no title, but a label and its value, a clause, a page's number
		}
		if best < 0 || 10*l.Box[3] > 12*t.lines[best].Box[3] {
			best = i
		}
	}
	if best < 0 {
		return ""
	}
	return strings.TrimSpace(t.lines[best].Text)
}

// titleBelow is the title in Chinese below line i, a title without any; empty for none.
func (t *text) titleBelow(i int) string {
	const most, near = 20, 2 // characters, lines
	han := func(s string) bool {
		return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	}
	if han(t.norm[i]) {
		return ""
	}
	for k := i + 1; k <= i+near && k < len(t.norm) && t.lines[k].Page <= 1; k++ {
		if n := t.norm[k]; han(n) && len([]rune(n)) <= most && titleWords.MatchString(n) && !strings.ContainsAny(n, ":。,;") {
			return " " + tidyTitle(n)
		}
	}
	return ""
}

func tidyTitle(n string) string { return strings.Trim(strings.Join(strings.Fields(n), " "), "《》 ") }

// normal maps the many ways of writing the same characters to one: full-width
// forms, typographic quotes and dashes, runs of blanks; blanks between Han
// characters vanish, as recognition and justified setting put them in.
func normal(s string) string {
	rs := make([]rune, 0, len(s))
	for _, c := range s {
		switch {
		case c >= '！' && c <= '～':
			c -= '！' - '!'
		case c == '　' || c == '\t' || c == '\u00a0' || c == '\u2002' || c == '\u2003' || c == '\n' || c == '\r':
			c = ' '
		case c == '“' || c == '”' || c == '„' || c == '«' || c == '»':
			c = '"'
		case c == '‘' || c == '’':
			c = '\''
		case c == '–' || c == '—' || c == '―' || c == '−':
			c = '-'
		case c == '﹕' || c == '∶' || c == '︰':
			c = ':'
		}
		if c == ' ' && (len(rs) == 0 || rs[len(rs)-1] == ' ') {
			continue
		}
		rs = append(rs, c)
	}
	out := rs[:0]
	for i, c := range rs {
		if c == ' ' && i > 0 && i+1 < len(rs) && isHan(out[len(out)-1]) && isHan(rs[i+1]) {
			continue
		}
		out = append(out, c)
	}
	return strings.TrimSpace(string(out))
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// clip cuts a string to n bytes at a whole character.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}
