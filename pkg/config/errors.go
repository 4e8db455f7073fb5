package config

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
	"gopkg.in/yaml.v3"

	"github.com/aecheck/aecheck/pkg/lang"
)

// Error is one thing wrong in a file.
type Error struct {
	File    string
	Line    int // from 1
	Col     int // from 1, in characters
	Msg     lang.Text
	Hint    lang.Text // what to do, may be empty
	Snippet string    // the line and a caret below it, may be empty
}

// Error gives "case.yaml:12:3: message" in English.
func (e *Error) Error() string { return e.Text(lang.EN) }

// Text gives "case.yaml:12:3: message" in a language.
func (e *Error) Text(l lang.Lang) string {
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Col, e.Msg.In(l))
}

// Detail gives the message, the line with a caret, and the hint.
func (e *Error) Detail(l lang.Lang) string {
	var b strings.Builder
	b.WriteString(e.Text(l))
	if e.Snippet != "" {
		b.WriteString("\n" + e.Snippet)
	}
	if !e.Hint.IsZero() {
		b.WriteString("\n  " + lang.T("提示：{hint}", "hint: {hint}", "hint", e.Hint).In(l))
	}
	return b.String()
}

// Errors are all things found wrong, at most MaxErrors a file.
type Errors []*Error

// Error gives one line for each.
func (es Errors) Error() string {
	lines := make([]string, len(es))
	for i, e := range es {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap lets errors.As find the first.
func (es Errors) Unwrap() []error {
	out := make([]error, len(es))
	for i, e := range es {
		out[i] = e
	}
	return out
}

// orNil avoids a non-nil interface around an empty list.
func (es Errors) orNil() error {
	if len(es) == 0 {
		return nil
	}
	return es
}

// All returns the file errors inside err, nil where there is none.
func All(err error) Errors {
	var list Errors
	var one *Error
	switch {
	case errors.As(err, &list):
		return list
	case errors.As(err, &one):
		return Errors{one}
	}
	return nil
}

// Errorf makes an error about the value at a path.
func (d *Doc) Errorf(path string, msg lang.Text) *Error {
	n, _ := d.find(path)
	return d.atNode(n, msg)
}

// atNode makes an error about a node, underlining it where it is one line.
func (d *Doc) atNode(n *yaml.Node, msg lang.Text) *Error {
	width := 0
	if n != nil && n.Kind == yaml.ScalarNode && n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0 && !strings.Contains(n.Value, "\n") {
		width = utf8.RuneCountInString(n.Value)
		if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
			width += 2
		}
	}
	return d.at(posOf(n), width, msg)
}

func (d *Doc) at(p Pos, width int, msg lang.Text) *Error {
	return &Error{File: d.Name, Line: p.Line, Col: p.Col, Msg: msg, Snippet: d.snippet(p, width)}
}

// snippetRunes is how much of a long line is shown around the caret.
const snippetRunes = 72

// snippet shows a line with a caret under the column; wide characters push the
// caret two cells.
func (d *Doc) snippet(p Pos, width int) string {
	line := []rune(clean(d.line(p.Line)))
	if len(line) == 0 {
		return ""
	}
	col := min(max(p.Col-1, 0), len(line))
	from := 0
	if col > snippetRunes*3/4 {
		from = col - snippetRunes/2
	}
	to := min(len(line), from+snippetRunes)
	width = min(max(width, 1), max(to-col, 1))
	cells := func(rs []rune) int {
		cond := runewidth.Condition{}
		return cond.StringWidth(string(rs))
	}
	shown, before := string(line[from:to]), ""
	if from > 0 {
		before = "…"
	}
	if to < len(line) {
		shown += "…"
	}
	marked := 1
	if col < to {
		marked = max(1, cells(line[col:min(col+width, to)]))
	}
	pad := cells(line[from:col]) + len([]rune(before))
	number := fmt.Sprintf("%5d", p.Line)
	return fmt.Sprintf("%s | %s%s\n%s | %s^%s", number, before, shown,
		strings.Repeat(" ", len(number)), strings.Repeat(" ", pad), strings.Repeat("~", marked-1))
}
