package config

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/aecheck/aecheck/pkg/lang"
)

// Raw is a part of a file kept for later: a field of this type takes whatever
// stands there (see the shape tag) and is decoded by who knows its type.
type Raw struct {
	doc  *Doc
	node *yaml.Node
	path string
}

// IsZero reports that nothing was given.
func (r Raw) IsZero() bool { return isNull(r.node) }

// Errorf makes an error about it.
func (r Raw) Errorf(msg lang.Text) *Error {
	if r.doc == nil {
		return &Error{Line: 1, Col: 1, Msg: msg}
	}
	return r.doc.atNode(r.node, msg)
}

// Decode reads it into the value into points to, as the function Decode does.
func (r Raw) Decode(into any) error {
	_, err := r.DecodeKeys(into)
	return err
}

// DecodeKeys is Decode that also tells which keys were given, as Doc.Keys does,
// counted from here.
func (r Raw) DecodeKeys(into any) (map[string]bool, error) {
	v := reflect.ValueOf(into)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		return nil, fmt.Errorf("config: decode into %T, which is no pointer", into)
	}
	SetDefaults(into)
	d := decoder{collector: collector{doc: r.doc}, keys: map[string]bool{}, from: r.path}
	if r.node != nil {
		d.value(r.node, v.Elem(), r.path, "")
	}
	return d.keys, d.errs.orNil()
}

// Entry is one key of a mapping. Key is an error position of its own.
type Entry struct {
	Key   string
	Value Raw
	KeyAt Raw
}

// Entries lists the keys of a mapping in file order, nil for anything else.
func (r Raw) Entries() []Entry {
	if r.node == nil || r.node.Kind != yaml.MappingNode {
		return nil
	}
	out := make([]Entry, 0, len(r.node.Content)/2)
	for i := 0; i+1 < len(r.node.Content); i += 2 {
		key, value := r.node.Content[i], r.node.Content[i+1]
		path := join(r.path, key.Value)
		out = append(out, Entry{key.Value, Raw{r.doc, value, path}, Raw{r.doc, key, path}})
	}
	return out
}

// Items lists the entries of a list, nil for anything else.
func (r Raw) Items() []Raw {
	if r.node == nil || r.node.Kind != yaml.SequenceNode {
		return nil
	}
	out := make([]Raw, len(r.node.Content))
	for i, n := range r.node.Content {
		out[i] = Raw{r.doc, n, r.path + "[" + strconv.Itoa(i) + "]"}
	}
	return out
}

// Get returns the value of a key of a mapping, the zero Raw where there is
// none.
func (r Raw) Get(key string) Raw {
	for _, e := range r.Entries() {
		if e.Key == key {
			return e.Value
		}
	}
	return Raw{}
}

// HasComment reports that a comment stands on the same line behind it.
func (r Raw) HasComment() bool { return r.node != nil && r.node.LineComment != "" }

// maxNested bounds the keys that Nested takes apart.
const maxNested = 500

// Nested returns the mapping with dotted keys taken apart ("image.width: 3"
// means "image: {width: 3}"); positions stay those of the file.
func (r Raw) Nested() (Raw, error) {
	if r.node == nil || r.node.Kind != yaml.MappingNode {
		return r, nil
	}
	if len(r.node.Content)/2 > maxNested {
		return r, Errors{r.Errorf(lang.T("键太多", "too many keys"))}
	}
	root := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: r.node.Line, Column: r.node.Column}
	var errs Errors
	for i := 0; i+1 < len(r.node.Content); i += 2 {
		key, value := r.node.Content[i], r.node.Content[i+1]
		if !graft(root, key, strings.Split(key.Value, "."), value) {
			errs = append(errs, r.doc.atNode(key, lang.T("键 {value} 与前面的键冲突", "key {value} clashes with an earlier one", "value", key.Value)))
		}
	}
	return Raw{doc: r.doc, node: root, path: r.path}, errs.orNil()
}

// Partition splits a mapping by its keys.
func (r Raw) Partition(in func(key string) bool) (yes, no Raw) {
	yes, no = r, r
	if r.node == nil || r.node.Kind != yaml.MappingNode {
		return Raw{}, r
	}
	halves := [2]yaml.Node{*r.node, *r.node}
	halves[0].Content, halves[1].Content = nil, nil
	for i := 0; i+1 < len(r.node.Content); i += 2 {
		half := &halves[1]
		if in(r.node.Content[i].Value) {
			half = &halves[0]
		}
		half.Content = append(half.Content, r.node.Content[i], r.node.Content[i+1])
	}
	yes.node, no.node = &halves[0], &halves[1]
	return yes, no
}

// graft puts value below root at a path, making mappings on the way. Mappings
// of the file are copied before they are added to.
func graft(root, key *yaml.Node, path []string, value *yaml.Node) bool {
	for i := 0; i+1 < len(root.Content); i += 2 {
		if root.Content[i].Value != path[0] {
			continue
		}
		child := root.Content[i+1]
		if len(path) == 1 || child.Kind != yaml.MappingNode {
			return false
		}
		grown := *child
		grown.Content = append([]*yaml.Node(nil), child.Content...)
		root.Content[i+1] = &grown
		return graft(&grown, key, path[1:], value)
	}
	name := *key
	name.Value = path[0]
	if len(path) > 1 {
		child := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: key.Line, Column: key.Column}
		if !graft(child, key, path[1:], value) {
			return false
		}
		value = child
	}
	root.Content = append(root.Content, &name, value)
	return true
}
