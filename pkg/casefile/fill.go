package casefile

import (
	"fmt"
	"reflect"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/aecheck/aecheck/pkg/config"
)

// Value is something to be written to case.yaml.
type Value struct {
	// Key is the section and the key in it, "violation.id".
	Key string
	// YAML is the value as it is written, a scalar or a list in brackets; see Quote.
	YAML string
	// Note is a comment behind it: where it is from.
	Note string
	// Doubtful values are written as a comment that becomes a value when its first
	// sign is taken away.
	Doubtful bool
}

// Filled is what became of a value.
type Filled int

const (
	// Written is a key that had no value, Commented a doubtful value below it.
	Written Filled = iota
	Commented
	// Kept is a key that has a value of its own already.
	Kept
)

// Quote writes a text as a YAML scalar that is read as that text; digits alone are
// quoted.
func Quote(s string) string { return quote(s) }

// Fill returns case.yaml with values written where a key has none, and what became of
// each. Nothing that is there changes, comments and line ends neither; the result is
// read again and compared. A value that case.yaml may not hold is written as a doubtful
// one. A file in {…} gives ErrCannotEdit.
func Fill(name string, data []byte, values []Value) (out []byte, became []Filled, err error) {
	mark, data := cutBOM(data)
	if err := valid(name, string(data)); err != nil {
		return nil, nil, err
	}
	text := string(data)
	for _, v := range values {
		next, state, err := put(text, v)
		if err == nil && state == Written && valid(name, next) != nil {
			v.Doubtful = true
			next, state, err = put(text, v)
		}
		if err != nil {
			return nil, nil, err
		}
		if err := valid(name, next); err != nil {
			return nil, nil, fmt.Errorf("%w: %w", ErrCannotEdit, err)
		}
		if !sameBut(text, next, v.Key) {
			return nil, nil, ErrCannotEdit
		}
		text, became = next, append(became, state)
	}
	return append(mark, text...), became, nil
}

// Get returns the scalar that a file has for a key, as it is written; empty where it has
// none.
func Get(data []byte, key string) string {
	_, data = cutBOM(data)
	root, err := rootOf(string(data))
	section, k, _ := strings.Cut(key, ".")
	if err != nil || root == nil || root.Kind != yaml.MappingNode {
		return ""
	}
	if _, body, _ := member(root, section); body != nil && body.Kind == yaml.MappingNode {
		if _, value, _ := member(body, k); value != nil && value.Kind == yaml.ScalarNode {
			return value.Value
		}
	}
	return ""
}

func valid(name, text string) error {
	_, err := config.Decode(name, []byte(text), &File{})
	return err
}

// sameBut reports whether two files hold the same but for one key.
func sameBut(before, after, key string) bool {
	read := func(text string) map[string]any {
		out := map[string]any{}
		if yaml.Unmarshal([]byte(text), &out) != nil {
			return nil
		}
		section, k, _ := strings.Cut(key, ".")
		if m, ok := out[section].(map[string]any); ok {
			delete(m, k)
			if len(m) == 0 {
				delete(out, section)
			}
		} else if out[section] == nil {
			delete(out, section)
		}
		return out
	}
	b, a := read(before), read(after)
	return b != nil && a != nil && reflect.DeepEqual(b, a)
}

// put writes one value.
func put(text string, v Value) (string, Filled, error) {
	nl := "\n"
	if strings.Contains(text, "\r\n") {
		nl = "\r\n"
	}
	section, key, ok := strings.Cut(v.Key, ".")
	if !ok || section == "" || key == "" || strings.ContainsAny(v.Key+v.YAML+v.Note, "\r\n") {
		return "", 0, fmt.Errorf("%w: %s", ErrCannotEdit, v.Key)
	}
	root, err := rootOf(text)
	if err != nil {
		return "", 0, err
	}
	state := Written
	if v.Doubtful {
		state = Commented
		if strings.Contains(text, "# "+key+": "+v.YAML) {
			return text, state, nil
		}
	}
	if root == nil {
		return ended(text, nl) + section + ":" + nl + v.line("  ", key) + nl, state, nil
	}
	if root.Kind != yaml.MappingNode || root.Style&yaml.FlowStyle != 0 {
		return "", 0, fmt.Errorf("%w: it is written in {…}", ErrCannotEdit)
	}
	t := newText(text)
	at, body, next := member(root, section)
	margin := strings.Repeat(" ", root.Column-1)
	switch {
	case at == nil:
		if v.Doubtful { // a section of comments alone would be a null
			return ended(text, nl) + margin + "# " + section + ":" + nl + v.line(margin+"  ", key) + nl, state, nil
		}
		return ended(text, nl) + margin + section + ":" + nl + v.line(margin+"  ", key) + nl, state, nil
	case body.Kind == yaml.ScalarNode && body.Tag == "!!null" && body.Value == "":
		return t.insertAfter(at.Line, v.line(margin+"  ", key)+nl, nl), state, nil
	case body.Kind != yaml.MappingNode || body.Style&yaml.FlowStyle != 0:
		return "", 0, fmt.Errorf("%w: %s", ErrCannotEdit, section)
	}
	indent := strings.Repeat(" ", body.Column-1)
	k, value, _ := member(body, key)
	if k == nil {
		return t.insertAfter(t.lastLine(at.Line, next), v.line(indent, key)+nl, nl), state, nil
	}
	empty := value.Kind == yaml.ScalarNode && value.Tag == "!!null" && value.Value == "" || value.Kind == yaml.SequenceNode && len(value.Content) == 0
	if !empty {
		return text, Kept, nil
	}
	if v.Doubtful {
		return t.insertAfter(k.Line, v.line(indent, key)+nl, nl), state, nil
	}
	line := strings.TrimRight(t.line(k.Line), "\r\n")
	head, rest, found := strings.Cut(line, ":")
	rest = strings.TrimSpace(rest)
	if value.Kind == yaml.SequenceNode {
		rest, found = strings.CutPrefix(rest, "[]")
		rest = strings.TrimSpace(rest)
	}
	if !found || rest != "" && rest[0] != '#' {
		return "", 0, fmt.Errorf("%w: %s", ErrCannotEdit, v.Key)
	}
	written := head + ": " + v.YAML
	if rest = strings.TrimSpace(strings.TrimPrefix(rest, "#")); rest != "" {
		rest += " | "
	}
	start := t.starts[k.Line-1]
	return text[:start] + written + "  # " + rest + v.Note + text[start+len(line):], state, nil
}

// line is a value on a line of its own.
func (v Value) line(indent, key string) string {
	if v.Doubtful {
		indent += "# "
	}
	return indent + key + ": " + v.YAML + "  # " + v.Note
}

// member finds a key of a mapping, its value and the line of the key after it, 0 for
// none.
func member(m *yaml.Node, name string) (key, value *yaml.Node, next int) {
	for i := 0; i+1 < len(m.Content); i += 2 {
		if key != nil {
			return key, value, m.Content[i].Line
		}
		if m.Content[i].Value == name {
			key, value = m.Content[i], m.Content[i+1]
		}
	}
	return key, value, 0
}
