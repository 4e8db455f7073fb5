package config

import (
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// Field is one key of an entry to be written.
type Field struct{ Key, Value string }

// AppendEntry adds an entry to the list under a top-level key and returns the
// new text; comments, order and line ends of the rest stay byte for byte. The
// list is made when there is none. The result is read again before it is
// returned: where it does not hold what was there plus the entry (a shape this
// editor does not know), the error says so and nothing is lost.
func AppendEntry(name string, data []byte, list string, entry []Field) ([]byte, error) {
	doc, err := Parse(name, data)
	if err != nil {
		return nil, err
	}
	before, err := doc.topLevel()
	if err != nil {
		return nil, err
	}
	text, newline := string(data), "\n"
	if strings.Contains(text, "\r\n") {
		newline = "\r\n"
	}
	edited, ok := doc.insert(text, list, flow(entry), newline)
	if ok {
		if after, err := Parse(name, []byte(edited)); err == nil && grewBy(before, after, list, entry) {
			return []byte(edited), nil
		}
	}
	n, _ := doc.find(list)
	return nil, Errors{doc.atNode(n, Message{
		fmt.Sprintf("无法自动写入 %s,请手工加上:- %s", list, flow(entry)),
		fmt.Sprintf("%s cannot be added to automatically; add by hand: - %s", list, flow(entry))})}
}

// insert puts "- item" at the end of a list; false where it does not know how.
func (d *Doc) insert(text, list, item, newline string) (string, bool) {
	section := list + ":" + newline + "  - " + item + newline
	if d.root == nil || isNull(d.root) {
		return ended(text, newline) + section, true
	}
	if d.root.Kind != yaml.MappingNode || d.root.Style&yaml.FlowStyle != 0 {
		return "", false
	}
	at := -1
	for i := 0; i+1 < len(d.root.Content); i += 2 {
		if d.root.Content[i].Value == list {
			at = i
		}
	}
	if at < 0 {
		return ended(text, newline) + section, true
	}
	key, value := d.root.Content[at], d.root.Content[at+1]
	switch {
	case isNull(value) || value.Kind == yaml.SequenceNode && len(value.Content) == 0:
		return d.replaceEmpty(text, key, value, item, newline)
	case value.Kind != yaml.SequenceNode:
		return "", false
	case value.Style&yaml.FlowStyle != 0:
		end, ok := closing(text, d.offset(posOf(value)))
		if !ok {
			return "", false
		}
		return text[:end] + ", " + item + text[end:], true
	}
	last := len(d.lines)
	if at+2 < len(d.root.Content) {
		last = d.root.Content[at+2].Line - 1
	}
	indent := value.Column - 1
	for last > value.Line {
		line := d.line(last)
		trimmed := strings.TrimLeft(line, " ")
		comment := strings.HasPrefix(trimmed, "#") && len(line)-len(trimmed) < max(indent, 1)
		if strings.TrimSpace(trimmed) != "" && !comment && trimmed != "..." {
			break
		}
		last--
	}
	at = d.offset(Pos{last + 1, 1})
	return ended(text[:at], newline) + strings.Repeat(" ", indent) + "- " + item + newline + text[at:], true
}

// replaceEmpty writes the first entry where the list is null or [].
func (d *Doc) replaceEmpty(text string, key, value *yaml.Node, item, newline string) (string, bool) {
	after := d.offset(Pos{key.Line, key.Column}) + len(key.Value)
	colon := strings.IndexByte(text[after:], ':')
	if colon < 0 {
		return "", false
	}
	from := after + colon + 1
	if value.Value != "" || value.Kind == yaml.SequenceNode {
		start := d.offset(posOf(value))
		end := start + len(value.Value)
		if value.Kind == yaml.SequenceNode {
			var ok bool
			if end, ok = closing(text, start); !ok {
				return "", false
			}
			end++
		}
		text = strings.TrimRight(text[:start], " ") + text[end:]
		from = min(from, len(text))
	}
	lineEnd := strings.IndexByte(text[from:], '\n')
	if lineEnd < 0 {
		return ended(text, newline) + "  - " + item + newline, true
	}
	at := from + lineEnd + 1
	return text[:at] + "  - " + item + newline + text[at:], true
}

// ended makes sure that a text ends its last line.
func ended(text, newline string) string {
	if text == "" || strings.HasSuffix(text, "\n") {
		return text
	}
	return text + newline
}

// offset is the byte at a position.
func (d *Doc) offset(p Pos) int {
	at := 0
	for i := 1; i < p.Line && i <= len(d.ends); i++ {
		at = d.ends[i-1]
	}
	for _, r := range []rune(d.line(p.Line))[:min(p.Col-1, utf8.RuneCountInString(d.line(p.Line)))] {
		at += utf8.RuneLen(r)
	}
	return at
}

// closing finds the bracket that closes the flow list beginning at start.
func closing(text string, start int) (int, bool) {
	depth := 0
	fresh := true // a quote here begins a quoted text
	for i := start; i < len(text); i++ {
		switch c := text[i]; {
		case (c == '"' || c == '\'') && fresh:
			end, ok := quoteEnd(text, i)
			if !ok {
				return 0, false
			}
			i, fresh = end, false
		case c == '#' && i > 0 && strings.ContainsRune(" \t\n\r", rune(text[i-1])):
			for i+1 < len(text) && text[i+1] != '\n' {
				i++
			}
		case c == '[' || c == '{':
			depth++
			fresh = true
		case c == ']' || c == '}':
			if depth--; depth == 0 {
				return i, true
			}
			fresh = false
		case c == ',' || c == ':':
			fresh = true
		case c == ' ' || c == '\n' || c == '\r' || c == '\t':
		default:
			fresh = false
		}
	}
	return 0, false
}

func quoteEnd(text string, start int) (int, bool) {
	quote := text[start]
	for i := start + 1; i < len(text); i++ {
		switch {
		case quote == '"' && text[i] == '\\':
			i++
		case text[i] == quote && quote == '\'' && i+1 < len(text) && text[i+1] == quote:
			i++
		case text[i] == quote:
			return i, true
		}
	}
	return 0, false
}

// flow writes an entry as {key: value, …}.
func flow(entry []Field) string {
	parts := make([]string, len(entry))
	for i, f := range entry {
		parts[i] = f.Key + ": " + Quote(f.Value)
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// Quote writes a text so that YAML reads it back as it is, with quotes only
// where they are needed.
func Quote(s string) string {
	safe := regexp.MustCompile(`^[\p{Han}A-Za-z0-9_][\p{Han}\w./+() -]*$`)
	date := regexp.MustCompile(`^\d{4}-\d\d-\d\d( \d\d:\d\d)?$`)
	n := &yaml.Node{Kind: yaml.ScalarNode, Value: s}
	if date.MatchString(s) {
		return s
	}
	if text, ok := native(n).(string); ok && text == s && safe.MatchString(s) && !strings.HasSuffix(s, " ") && !strings.EqualFold(s, "null") {
		return s
	}
	return strconv.Quote(s)
}

// topLevel is the whole document as plain values.
func (d *Doc) topLevel() (map[string]any, error) {
	m := map[string]any{}
	if d.root == nil || isNull(d.root) {
		return m, nil
	}
	return m, d.Root().Decode(&m)
}

// grewBy reports whether a document is what it was plus one entry.
func grewBy(before map[string]any, doc *Doc, list string, entry []Field) bool {
	after, err := doc.topLevel()
	if err != nil {
		return false
	}
	items, _ := after[list].([]any)
	if len(items) == 0 {
		return false
	}
	last, _ := items[len(items)-1].(map[string]any)
	if len(last) != len(entry) {
		return false
	}
	for _, f := range entry {
		if got, ok := last[f.Key]; !ok || fmt.Sprint(got) != f.Value {
			return false
		}
	}
	had, _ := before[list].([]any)
	if len(items) != len(had)+1 || len(had) > 0 && !reflect.DeepEqual(had, items[:len(had)]) {
		return false
	}
	rest, old := maps.Clone(after), maps.Clone(before)
	delete(rest, list)
	delete(old, list)
	return reflect.DeepEqual(old, rest)
}
