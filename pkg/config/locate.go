package config

import (
	"unicode"

	"gopkg.in/yaml.v3"

	"github.com/aecheck/aecheck/pkg/lang"
)

// ErrorWithin makes an error about a part of a text value: from and to count
// characters of the value, and are led back to the place in the file through
// quotes, escapes, folding and indentation.
func (r Raw) ErrorWithin(from, to int, msg lang.Text) *Error {
	if r.doc == nil || r.node == nil || r.node.Kind != yaml.ScalarNode {
		return r.Errorf(msg)
	}
	places := r.doc.places(r.node)
	if len(places) == 0 {
		return r.Errorf(msg)
	}
	at := func(i int) Pos {
		if i < len(places) {
			return places[max(i, 0)]
		}
		last := places[len(places)-1]
		return Pos{last.Line, last.Col + 1}
	}
	start, width := at(from), 1
	if end := at(max(to-1, from)); end.Line == start.Line {
		width = max(1, end.Col-start.Col+1)
	}
	return r.doc.at(start, width, msg)
}

// places gives the position of every character of a scalar's value. The value
// is laid against the source: white space matches any white space, escapes the
// character they stand for.
func (d *Doc) places(n *yaml.Node) []Pos {
	src := &reader{lines: d.lines, line: n.Line, col: n.Column}
	switch {
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		src.line, src.col = src.line+1, 1 // the value begins below | or >
	case n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0:
		src.next()
	}
	double, single := n.Style&yaml.DoubleQuotedStyle != 0, n.Style&yaml.SingleQuotedStyle != 0
	out := make([]Pos, 0, len(n.Value))
	for _, r := range n.Value {
		if unicode.IsSpace(r) && src.atSpace() {
			out = append(out, src.pos())
			src.next()
			continue
		}
		for src.atSpace() && !unicode.IsSpace(r) && src.next() {
		}
		out = append(out, src.pos())
		switch c := src.peek(); {
		case double && c == '\\':
			src.escape()
		case single && c == '\'':
			src.next()
			src.next()
		default:
			src.next()
		}
	}
	return out
}

// reader walks the characters of the source, a line end being one.
type reader struct {
	lines     []string
	line, col int

	runes   []rune // of the line last looked at
	runesOf int
}

func (r *reader) pos() Pos { return Pos{r.line, r.col} }

func (r *reader) current() []rune {
	if r.runesOf != r.line && r.line >= 1 && r.line <= len(r.lines) {
		r.runes, r.runesOf = []rune(r.lines[r.line-1]), r.line
	}
	if r.runesOf != r.line {
		return nil
	}
	return r.runes
}

func (r *reader) peek() rune {
	if line := r.current(); r.col <= len(line) {
		return line[r.col-1]
	}
	return '\n'
}

// next steps on; false at the end of the file.
func (r *reader) next() bool {
	if r.line > len(r.lines) {
		return false
	}
	if r.col > len(r.current()) {
		r.line, r.col = r.line+1, 1
	} else {
		r.col++
	}
	return r.line <= len(r.lines)
}

func (r *reader) atSpace() bool { return unicode.IsSpace(r.peek()) }

// escape steps over one escape of a double-quoted text.
func (r *reader) escape() {
	r.next()
	more := map[rune]int{'x': 2, 'u': 4, 'U': 8}[r.peek()]
	for range more + 1 {
		r.next()
	}
}
