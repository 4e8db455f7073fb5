package casefile

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/lang"
)

// Pending is the result of an attempt that is not answered yet.
const Pending = "pending"

// NoteAttempt returns case.yaml with an attempt noted in appeal.attempts. Where the last
// attempt there waits for its answer and is not another one by its ID, that one gets the
// result, and the ID where it has none (updated); else the attempt is added at the end.
// Nothing else changes, comments, order and line ends neither; the result is read again
// and compared before it is returned. The error is that of an invalid file, or wraps
// ErrCannotEdit.
func NoteAttempt(name string, data []byte, a Attempt) (out []byte, updated bool, err error) {
	mark, data := cutBOM(data)
	before := &File{}
	if _, err := config.Decode(name, data, before); err != nil {
		return nil, false, err
	}
	want := slices.Clone(before.Appeal.Attempts)
	text := string(data)
	if n := len(want) - 1; n >= 0 && (answers(a, want[n]) || again(a, want[n])) {
		updated = true
		if text, err = setLast(text, "result", a.Result); err == nil && want[n].ID == "" && a.ID != "" {
			want[n].ID = a.ID
			text, err = setLast(text, "id", quote(a.ID))
		}
		want[n].Result = a.Result
	} else {
		want = append(want, a)
		text, err = edit(text, list{section: "appeal", key: "attempts"}, []string{a.YAML()})
	}
	if err != nil {
		return nil, false, err
	}
	after := &File{}
	if _, err := config.Decode(name, []byte(text), after); err != nil {
		return nil, false, fmt.Errorf("%w: %w", ErrCannotEdit, err)
	}
	if !onlyAttempts(before, after, want) {
		return nil, false, ErrCannotEdit
	}
	return append(mark, text...), updated, nil
}

// answers reports whether an attempt is the answer to one that waits for it.
func answers(a, waiting Attempt) bool {
	return (waiting.Result == "" || waiting.Result == Pending) && (a.ID == "" || waiting.ID == "" || a.ID == waiting.ID)
}

// again reports whether an answer is the one noted last, told once more: the same of the
// same day.
func again(a, last Attempt) bool {
	day := func(t time.Time) string { return t.In(lang.Beijing()).Format(time.DateOnly) }
	return a.Result == last.Result && (a.ID == "" || last.ID == "" || a.ID == last.ID) && !last.At.IsZero() && day(a.At) == day(last.At)
}

// YAML is an attempt as an entry of appeal.attempts.
func (a Attempt) YAML() string {
	var parts []string
	if a.ID != "" {
		parts = append(parts, "id: "+quote(a.ID))
	}
	if !a.At.IsZero() {
		parts = append(parts, "at: "+a.At.In(lang.Beijing()).Format("2006-01-02 15:04:05"))
	}
	return "{" + strings.Join(append(parts, "result: "+a.Result), ", ") + "}"
}

// onlyAttempts reports whether the files differ by their attempts alone, which are as
// wanted.
func onlyAttempts(before, after *File, want []Attempt) bool {
	if !slices.EqualFunc(after.Appeal.Attempts, want, func(a, b Attempt) bool {
		return a.ID == b.ID && a.Result == b.Result && a.At.Unix() == b.At.Unix()
	}) {
		return false
	}
	b, a := *before, *after
	b.Appeal.Attempts, a.Appeal.Attempts = nil, nil
	// What was left out and what stands there with its default value read alike.
	return reflect.DeepEqual(&b, &a)
}

// setLast gives a key of the last attempt a value, written as it is.
func setLast(text, key, value string) (string, error) {
	root, err := rootOf(text)
	if err != nil {
		return "", err
	}
	entry := root
	for _, name := range []string{"appeal", "attempts"} {
		if entry == nil || entry.Kind != yaml.MappingNode {
			return "", ErrCannotEdit
		}
		_, entry, _ = member(entry, name)
	}
	if entry == nil || entry.Kind != yaml.SequenceNode || len(entry.Content) == 0 {
		return "", ErrCannotEdit
	}
	entry = entry.Content[len(entry.Content)-1]
	if entry.Kind != yaml.MappingNode || len(entry.Content) == 0 {
		return "", ErrCannotEdit
	}
	t := newText(text)
	_, old, _ := member(entry, key)
	if old != nil {
		start, end, ok := t.scalar(old)
		if !ok {
			return "", ErrCannotEdit
		}
		return text[:start] + value + text[end:], nil
	}
	if entry.Style&yaml.FlowStyle != 0 {
		end := closing(text, t.offset(entry.Line, entry.Column))
		if end < 0 {
			return "", ErrCannotEdit
		}
		return strings.TrimRight(text[:end], " \t\r\n,") + ", " + key + ": " + value + text[end:], nil
	}
	first, its := entry.Content[0], entry.Content[1]
	if its.Kind != yaml.ScalarNode || its.Line != first.Line || its.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return "", ErrCannotEdit
	}
	nl := "\n"
	if strings.Contains(text, "\r\n") {
		nl = "\r\n"
	}
	return t.insertAfter(first.Line, strings.Repeat(" ", first.Column-1)+key+": "+value+nl, nl), nil
}

// scalar finds where a scalar is written; not ok where it is not written as it reads.
func (t *text) scalar(n *yaml.Node) (start, end int, ok bool) {
	if n.Kind != yaml.ScalarNode || n.Value == "" {
		return 0, 0, false
	}
	raw := n.Value
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		raw = `"` + raw + `"`
	case n.Style&yaml.SingleQuotedStyle != 0:
		raw = "'" + raw + "'"
	}
	start = t.offset(n.Line, n.Column)
	return start, start + len(raw), strings.HasPrefix(t.all[start:], raw)
}
