package casefile

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/lang"
)

// ErrCannotEdit says that the list could not be added to without risk for the
// rest of the file; the person has to write the entry.
var ErrCannotEdit = errors.New("case.yaml cannot be edited safely")

// Add returns case.yaml with confirmations added at the end of their list.
// Only that list changes: everything else keeps its bytes, comments, order and
// line ends. The result is read again and compared before it is returned. An
// empty file becomes a case.yaml with nothing but the list.
func Add(name string, data []byte, add []Confirmation) ([]byte, error) {
	return addTo(name, data, "confirmations", entries(add), func(before, after *File) bool { return onlyAdded(before, after, add) })
}

// Place is Add for files: what kind files are, behind what is said of them before.
func Place(name string, data []byte, add []Placing) ([]byte, error) {
	written := make([]string, len(add))
	for i, p := range add {
		written[i] = "{file: " + quote(p.File) + ", kind: " + p.Kind
		if p.Slot != "" {
			written[i] += ", slot: " + p.Slot
		}
		written[i] += "}"
	}
	return addTo(name, data, "files", written, func(before, after *File) bool {
		want, b, a := slices.Concat(before.Files, add), *before, *after
		b.Files, a.Files = nil, nil
		return slices.Equal(after.Files, want) && reflect.DeepEqual(&b, &a)
	})
}

// addTo adds entries to a list at the top of case.yaml; only compares what was read
// before and after.
func addTo(name string, data []byte, key string, entries []string, only func(before, after *File) bool) ([]byte, error) {
	if len(entries) == 0 {
		return data, nil
	}
	mark, data := cutBOM(data)
	before := &File{}
	if _, err := config.Decode(name, data, before); err != nil {
		return nil, err
	}
	out, err := edit(string(data), list{key: key}, entries)
	if err != nil {
		return nil, err
	}
	after := &File{}
	if _, err := config.Decode(name, []byte(out), after); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCannotEdit, err)
	}
	if !only(before, after) {
		return nil, ErrCannotEdit
	}
	return append(mark, out...), nil
}

// cutBOM divides a file from the byte order mark it may begin with. One that is in
// another encoding becomes UTF-8 with a mark: programs that wrote the one know the other.
func cutBOM(data []byte) (mark, rest []byte) {
	const size = 3
	if bytes.HasPrefix(data, []byte("\ufeff")) {
		return slices.Clone(data[:size]), data[size:]
	}
	if text, converted := config.UTF8(data); converted {
		return []byte("\ufeff"), text
	}
	return nil, data
}

// onlyAdded reports whether the files differ by the added entries alone.
func onlyAdded(before, after *File, add []Confirmation) bool {
	if len(after.Confirmations) != len(before.Confirmations)+len(add) {
		return false
	}
	for i, want := range slices.Concat(before.Confirmations, add) {
		k := after.Confirmations[i]
		if k.Rule != want.Rule || k.Says != want.Says || k.File != want.File || k.SHA256 != want.SHA256 || k.Cause != want.Cause || k.Facts != want.Facts || k.By != want.By || k.Note != want.Note ||
			k.At.Unix() != want.At.Unix() {
			return false
		}
	}
	b, a := *before, *after
	b.Confirmations, a.Confirmations = nil, nil
	return reflect.DeepEqual(&b, &a)
}

// list is a list of case.yaml: its key, in a section or at the top.
type list struct{ section, key string }

// edit puts entries (flow mappings, one each) into the text, at the end of a list.
func edit(text string, l list, entries []string) (string, error) {
	nl := "\n"
	if strings.Contains(text, "\r\n") {
		nl = "\r\n"
	}
	root, err := rootOf(text)
	if err != nil {
		return "", err
	}
	if root == nil {
		return ended(text, nl) + l.block("", entries, nl), nil
	}
	if root.Kind != yaml.MappingNode || root.Style&yaml.FlowStyle != 0 {
		return "", fmt.Errorf("%w: it is written in {…}", ErrCannotEdit)
	}
	if l.section == "" {
		return editIn(text, root, 0, l.key, entries, nl, func() string {
			return ended(text, nl) + l.block(strings.Repeat(" ", root.Column-1), entries, nl)
		})
	}
	margin := strings.Repeat(" ", root.Column-1)
	at, body, next := member(root, l.section)
	switch {
	case at == nil:
		return ended(text, nl) + l.block(margin, entries, nl), nil
	case body.Kind == yaml.ScalarNode && body.Tag == "!!null" && body.Value == "":
		return newText(text).insertAfter(at.Line, list{key: l.key}.block(margin+"  ", entries, nl), nl), nil
	case body.Kind != yaml.MappingNode || body.Style&yaml.FlowStyle != 0:
		return "", fmt.Errorf("%w: %s is written in {…}", ErrCannotEdit, l.section)
	}
	return editIn(text, body, next, l.key, entries, nl, func() string {
		t := newText(text)
		return t.insertAfter(t.lastLine(at.Line, next), list{key: l.key}.block(strings.Repeat(" ", body.Column-1), entries, nl), nl)
	})
}

// editIn puts entries at the end of a list of a mapping; behind is the line of the key
// that follows the mapping, 0 for none, and fresh writes a list where there is none.
func editIn(text string, in *yaml.Node, behind int, name string, entries []string, nl string, fresh func() string) (string, error) {
	t := newText(text)
	key, value, next := member(in, name)
	if next == 0 {
		next = behind
	}
	switch {
	case key == nil:
		return fresh(), nil
	case value.Kind == yaml.SequenceNode && value.Style&yaml.FlowStyle == 0:
		indent := strings.Repeat(" ", value.Column-1)
		at := t.lastLine(key.Line, next)
		return t.insertAfter(at, lines(indent, entries, nl), nl), nil
	case value.Kind == yaml.SequenceNode && len(value.Content) > 0:
		start := t.offset(value.Line, value.Column)
		end := closing(text, start)
		if end < 0 {
			return "", ErrCannotEdit
		}
		body := strings.TrimRight(text[start:end], " \t\r\n")
		sep := ", "
		if strings.HasSuffix(body, ",") {
			sep = " "
		}
		return text[:start] + body + sep + strings.Join(entries, ", ") + text[end:], nil
	}
	// [] or nothing at all: the value goes, a list takes its place.
	line := t.line(key.Line)
	if value.Line == key.Line && value.Value != "" || value.Kind == yaml.SequenceNode {
		if value.Line != key.Line {
			return "", ErrCannotEdit
		}
		start := t.offset(value.Line, value.Column)
		end := start + len(value.Value)
		if value.Kind == yaml.SequenceNode {
			if end = closing(text, start) + 1; end <= 0 || strings.Contains(text[start:end], "\n") {
				return "", ErrCannotEdit
			}
		}
		text = text[:start] + text[end:]
		t = newText(text)
		line = t.line(key.Line)
	}
	if !strings.Contains(line, ":") {
		return "", ErrCannotEdit
	}
	indent := strings.Repeat(" ", key.Column-1) + "  "
	return t.insertAfter(key.Line, lines(indent, entries, nl), nl), nil
}

// rootOf parses the text; nil for an empty file.
func rootOf(text string) (*yaml.Node, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCannotEdit, err)
	}
	if doc.Kind == 0 || len(doc.Content) == 0 {
		return nil, nil
	}
	root := doc.Content[0]
	if root.Kind == yaml.ScalarNode && root.Tag == "!!null" {
		return nil, nil
	}
	return root, nil
}

// block writes a list with its key, and that of its section.
func (l list) block(indent string, entries []string, nl string) string {
	head := ""
	if l.section != "" {
		head = indent + l.section + ":" + nl
		indent += "  "
	}
	return head + indent + l.key + ":" + nl + lines(indent+"  ", entries, nl)
}

// lines writes the entries of a block list.
func lines(indent string, entries []string, nl string) string {
	var b strings.Builder
	for _, e := range entries {
		b.WriteString(indent + "- " + e + nl)
	}
	return b.String()
}

func ended(text, nl string) string {
	if text == "" || strings.HasSuffix(text, "\n") {
		return text
	}
	return text + nl
}

// text gives access by line and column, both from 1, columns in characters.
type text struct {
	all    string
	starts []int // byte offset of each line
}

func newText(s string) *text {
	t := &text{all: s, starts: []int{0}}
	for i := range len(s) {
		if s[i] == '\n' {
			t.starts = append(t.starts, i+1)
		}
	}
	return t
}

// line returns a line with its end, empty where there is none.
func (t *text) line(n int) string {
	if n < 1 || n > len(t.starts) {
		return ""
	}
	if n == len(t.starts) {
		return t.all[t.starts[n-1]:]
	}
	return t.all[t.starts[n-1]:t.starts[n]]
}

func (t *text) offset(line, col int) int {
	rest := t.line(line)
	at := t.starts[min(line, len(t.starts))-1]
	for range col - 1 {
		_, n := utf8.DecodeRuneInString(rest)
		rest, at = rest[n:], at+n
	}
	return at
}

// lastLine is the last line of the value that begins after line from and ends
// before line next (0: the end of the file): comments in column 1 and blank
// lines above the next key are that key's.
func (t *text) lastLine(from, next int) int {
	if next == 0 {
		next = len(t.starts) + 1
	}
	for n := next - 1; n > from; n-- {
		l := t.line(n)
		if strings.TrimSpace(l) != "" && l[0] != '#' && !strings.HasPrefix(l, "...") {
			return n
		}
	}
	return from
}

func (t *text) insertAfter(line int, s, nl string) string {
	head := t.all
	tail := ""
	if line < len(t.starts) {
		head, tail = t.all[:t.starts[line]], t.all[t.starts[line]:]
	}
	return ended(head, nl) + s + tail
}

// closing returns the offset of the bracket that closes the one at start, -1
// where there is none.
func closing(s string, start int) int {
	depth := 0
	for i := start; i < len(s); i++ {
		switch s[i] {
		case '[', '{':
			depth++
		case ']', '}':
			if depth--; depth == 0 {
				return i
			}
		case '"':
			for i++; i < len(s) && s[i] != '"'; i++ {
				if s[i] == '\\' {
					i++
				}
			}
		case '\'':
			if strings.ContainsRune(" \t\r\n,[{:", rune(s[i-1])) {
				for i++; i < len(s) && s[i] != '\''; i++ {
				}
			}
		case '#':
			if i > 0 && strings.ContainsRune(" \t\r\n", rune(s[i-1])) {
				for i < len(s) && s[i] != '\n' {
					i++
				}
			}
		}
	}
	return -1
}

// entries writes confirmations as flow mappings.
func entries(ks []Confirmation) []string {
	out := make([]string, len(ks))
	for i, k := range ks {
		parts := []string{"rule: " + k.Rule}
		say := func(key, value string) {
			if value != "" {
				parts = append(parts, key+": "+value)
			}
		}
		say("says", k.Says)
		if k.File != "" {
			say("file", quote(k.File))
		}
		say("sha256", k.SHA256)
		say("cause", k.Cause)
		if k.Facts != "" {
			say("facts", quote(k.Facts))
		}
		if k.By != "" {
			say("by", quote(k.By))
		}
		if !k.At.IsZero() {
			say("at", k.At.In(lang.Beijing()).Format("2006-01-02 15:04:05"))
		}
		if k.Note != "" {
			say("note", quote(k.Note))
		}
		out[i] = "{" + strings.Join(parts, ", ") + "}"
	}
	return out
}

// quote writes a text as a double-quoted YAML scalar, plain where it is a
// simple path or name.
func quote(s string) string {
	simple := !slices.Contains([]string{"null", "true", "false", "yes", "no", "on", "off"}, strings.ToLower(s))
	for i, r := range s {
		if !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r) && !strings.ContainsRune("/._-", r)) {
			simple = false
		}
	}
	if simple {
		return s
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r == '\ufeff' || unicode.Is(unicode.Cf, r):
			if r > 0xffff {
				fmt.Fprintf(&b, `\U%08x`, r)
			} else {
				fmt.Fprintf(&b, `\u%04x`, r)
			}
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
