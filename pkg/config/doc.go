// Package config reads the two YAML files people write by hand, rules.yaml and
// case.yaml: strictly, into structs described by their tags, with an error
// that shows the line, a caret and the nearest known key. Scalars going into
// text fields are taken as written (0012 stays "0012"); times without an
// offset are Beijing time; aliases, anchors, merge keys, tags and further
// documents are refused.
//
// Struct tags read: json (the key), enum ("a,b": allowed words), names ("x|y,z":
// what people call them, in the same order), pattern (a
// regular expression for texts), list:"one" (a single value is a list of one),
// shape ("map" or "list": what a Raw must be), default (value of a key that
// was not given), zh and en (descriptions).
//
// It may import pkg/edits and pkg/lang.
package config

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/aecheck/aecheck/pkg/lang"
)

// Limits of a file. A case.yaml is a few KiB and rules.yaml some hundred;
// everything beyond is a mistake or an attack.
const (
	MaxBytes  = 1 << 20 // size of a file
	maxDepth  = 32      // nesting of mappings and lists
	MaxErrors = 20      // errors reported at once
	maxMarks  = 200_000 // structural characters; bounds the number of nodes
	maxKey    = 200     // bytes of a key
)

// Doc is a file that was read, with the position of everything in it.
type Doc struct {
	Name string

	lines []string // without line ends
	root  *yaml.Node
	keys  map[string]bool
}

// Pos is a place in a file; both count from 1, columns in characters.
type Pos struct{ Line, Col int }

// Parse reads the structure of a file and refuses what no file of ours may
// have. The error is Errors.
func Parse(name string, data []byte) (*Doc, error) {
	d := &Doc{Name: name, keys: map[string]bool{}}
	text, bad := readable(data)
	if bad != nil {
		bad.File = name
		return nil, Errors{bad}
	}
	d.lines = splitLines(text)
	if marks := countMarks(text); marks > maxMarks {
		return nil, Errors{d.at(Pos{1, 1}, 0, lang.T("内容过多（{marks} 个标点，最多 {maxmarks}）", "too many entries ({marks} marks, at most {maxmarks})", "marks", marks, "maxmarks", maxMarks))}
	}
	root, err := d.parseYAML(text)
	if err != nil {
		return nil, Errors{err}
	}
	d.root = root
	if root == nil {
		return d, nil
	}
	c := collector{doc: d}
	c.structure(root, 1)
	if len(c.errs) > 0 {
		return nil, c.errs
	}
	return d, nil
}

// parseYAML returns the root node, nil for an empty file.
func (d *Doc) parseYAML(text string) (root *yaml.Node, bad *Error) {
	defer func() {
		// yaml.v3 panics on some hostile input that its own recover does not
		// know; for the reader it is one more syntax error.
		if r := recover(); r != nil {
			root, bad = nil, d.syntaxError(fmt.Errorf("yaml: %v", r))
		}
	}()
	dec := yaml.NewDecoder(strings.NewReader(text))
	var first, second yaml.Node
	if err := dec.Decode(&first); errors.Is(err, io.EOF) {
		return nil, nil
	} else if err != nil {
		return nil, d.syntaxError(err)
	}
	switch err := dec.Decode(&second); {
	case errors.Is(err, io.EOF):
	case err != nil:
		return nil, d.syntaxError(err)
	default:
		return nil, d.at(Pos{second.Line, second.Column}, 0, lang.T("文件中只能有一份文档，请去掉这里的 ---", "only one document is allowed; remove the --- here"))
	}
	if first.Kind != yaml.DocumentNode || len(first.Content) == 0 {
		return nil, nil
	}
	return first.Content[0], nil
}

// Pos returns where the value of a path such as "letters[0].id" stands, or the
// nearest place above it that exists.
func (d *Doc) Pos(path string) Pos {
	n, _ := d.find(path)
	return posOf(n)
}

// Keys returns the paths of struct fields that were given and are not null,
// each with its indices ("letters[0].id") and without ("letters.id"). It is
// set by Decode.
func (d *Doc) Keys() map[string]bool { return d.keys }

func posOf(n *yaml.Node) Pos {
	if n == nil || n.Line == 0 {
		return Pos{1, 1}
	}
	return Pos{n.Line, n.Column}
}

// find walks a path. A key may itself hold dots ("image.short_side"), so every
// key that the rest of the path begins with is tried.
func (d *Doc) find(path string) (*yaml.Node, bool) {
	if d.root == nil {
		return nil, false
	}
	return findFrom(d.root, path)
}

func findFrom(n *yaml.Node, rest string) (*yaml.Node, bool) {
	if rest == "" {
		return n, true
	}
	best := n
	switch n.Kind {
	case yaml.MappingNode:
		rest = strings.TrimPrefix(rest, ".")
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := n.Content[i].Value
			if !strings.HasPrefix(rest, key) || key == "" {
				continue
			}
			if tail := rest[len(key):]; tail == "" || tail[0] == '.' || tail[0] == '[' {
				found, ok := findFrom(n.Content[i+1], tail)
				if ok {
					return found, true
				}
				best = found
			}
		}
	case yaml.SequenceNode:
		end := strings.IndexByte(rest, ']')
		if rest[0] != '[' || end < 0 {
			return n, false
		}
		i, err := strconv.Atoi(rest[1:end])
		if err != nil || i < 0 || i >= len(n.Content) {
			return n, false
		}
		return findFrom(n.Content[i], rest[end+1:])
	}
	return best, false
}

// collector gathers errors up to MaxErrors.
type collector struct {
	doc  *Doc
	errs Errors
}

func (c *collector) add(e *Error) {
	if len(c.errs) < MaxErrors {
		c.errs = append(c.errs, e)
	}
}

func (c *collector) full() bool { return len(c.errs) >= MaxErrors }

// structure refuses, everywhere in the document, what the files may not have.
func (c *collector) structure(n *yaml.Node, depth int) {
	if c.full() {
		return
	}
	switch {
	case depth > maxDepth:
		c.add(c.doc.atNode(n, lang.T("嵌套过深（最多 {maxdepth} 层）", "nested too deeply (at most {maxdepth} levels)", "maxdepth", maxDepth)))
		return
	case n.Kind == yaml.AliasNode:
		c.add(c.doc.atNode(n, lang.T("不支持引用(*{value})，请把内容写全", "aliases (*{value}) are not allowed; write the value out", "value", n.Value)))
		return
	case n.Anchor != "":
		c.add(c.doc.atNode(n, lang.T("不支持锚点(&{anchor})", "anchors (&{anchor}) are not allowed", "anchor", n.Anchor)))
		return
	case n.Style&yaml.TaggedStyle != 0:
		c.add(c.doc.atNode(n, lang.T("不支持类型标记 {tag}", "tags ({tag}) are not allowed", "tag", n.Tag)))
		return
	}
	if n.Kind != yaml.MappingNode {
		for _, item := range n.Content {
			c.structure(item, depth+1)
		}
		return
	}
	seen := make(map[string]int, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content) && !c.full(); i += 2 {
		key := n.Content[i]
		switch line, twice := seen[key.Value]; {
		case key.Kind != yaml.ScalarNode:
			c.structure(key, depth+1)
			c.add(c.doc.atNode(key, lang.T("键必须是一个词", "a key must be a plain word")))
		case key.Tag == "!!merge":
			c.add(c.doc.atNode(key, lang.T("不支持合并键 <<", "merge keys (<<) are not allowed")))
		case key.Anchor != "" || key.Style&yaml.TaggedStyle != 0:
			c.structure(key, depth+1)
		case len(key.Value) > maxKey:
			c.add(c.doc.atNode(key, lang.T("键太长", "the key is too long")))
		case twice:
			c.add(c.doc.atNode(key, lang.T("键 {value} 重复，第 {line} 行已写过", "duplicate key {value}, already given on line {line}", "value", strconv.Quote(key.Value), "line", line)))
		default:
			seen[key.Value] = key.Line
		}
		c.structure(n.Content[i+1], depth+1)
	}
}

// syntaxError turns an error of yaml.v3, which knows the line at best, into
// one of ours.
func (d *Doc) syntaxError(err error) *Error {
	msg := strings.TrimPrefix(err.Error(), "yaml: ")
	line := 1
	if m := regexp.MustCompile(`^line (\d+): `).FindStringSubmatch(msg); m != nil {
		line, _ = strconv.Atoi(m[1])
		msg = strings.TrimPrefix(msg, m[0])
		// Errors of yaml.v3's parser, unlike those of its scanner, count lines
		// from 0.
		if regexp.MustCompile(`^did not find expected (',|key|'-'|node content|<)`).MatchString(msg) {
			line++
		}
	}
	line = min(max(line, 1), max(len(d.lines), 1))
	text := lang.T("YAML 写法有误：{clean}", "not valid YAML: {clean}", "clean", clean(msg))
	if strings.HasSuffix(msg, "expected key") {
		if p, ok := d.afterQuote(line); ok {
			e := d.at(p, 0, text)
			e.Hint = lang.T("以引号开头的值到下一个引号就结束了；请给整个值再加一层引号", "a value that begins with a quote ends at the next one; put quotes around the whole value")
			return e
		}
	}
	s := d.line(line)
	e := d.at(Pos{line, 1 + len(s) - len(strings.TrimLeft(s, " \t"))}, 0, text)
	e.Hint = d.syntaxHint(line)
	return e
}

// afterQuote finds, from a line on, a value like `"a" in list`: YAML reads "a"
// and stumbles over the rest, which it reports at the start of the mapping.
func (d *Doc) afterQuote(line int) (Pos, bool) {
	slip := regexp.MustCompile(`^\s*(?:- )?[\w.-]+:\s+(?:"(?:[^"\\]|\\.)*"|'[^']*')\s*[^\s#'"]`)
	for l := line; l <= len(d.lines); l++ {
		if m := slip.FindString(d.line(l)); m != "" {
			return Pos{l, len([]rune(m))}, true
		}
	}
	return Pos{}, false
}

// syntaxHint looks around a broken line for the usual slips.
func (d *Doc) syntaxHint(line int) lang.Text {
	noSpace := regexp.MustCompile(`^\s*(?:- )?[\w-]+:[^\s/]`)
	for l := line; l >= max(1, line-1); l-- {
		s := d.line(l)
		switch trimmed := strings.TrimLeft(s, " "); {
		case strings.HasPrefix(trimmed, "\t"):
			return lang.T("缩进请用空格，不能用 Tab", "indent with spaces, not tabs")
		case strings.ContainsRune(s, '\uff1a') && !strings.Contains(s, ": "), noSpace.MatchString(s):
			return lang.T("冒号请用英文半角「:」，后面加一个空格", "use an ASCII colon followed by a space")
		case strings.Count(s, `"`)%2 == 1:
			return lang.T("引号没有成对", "a quote is not closed")
		case strings.ContainsRune(s, '\uff0c') && strings.ContainsAny(s, "{["):
			return lang.T("{ } 和 [ ] 里的逗号请用英文半角「,」，后面加一个空格", "inside { } and [ ] use an ASCII comma followed by a space")
		case strings.Count(s, "{") > 1:
			return lang.T("写在 { } 之内、本身含有花括号或逗号的文字请加引号", "inside { } quote a text that holds braces or commas itself")
		case strings.Count(s, ": ") > 1 && !strings.ContainsAny(s, "{"):
			return lang.T("值中含有冒号时请加引号", "quote a value that holds a colon")
		}
	}
	return lang.T("检查缩进是否对齐、冒号后是否有空格", "check that the indentation lines up and that every colon is followed by a space")
}
