package report

import (
	"bytes"
	"encoding"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/aecheck/aecheck/pkg/terminal"
)

// jsonWriter writes JSON as a json.Encoder does with SetIndent and without HTML
// escapes. Objects (see object), structs and lists are its own: encoding/json reads what
// a MarshalJSON gave once more at every level above, which of a report of thousands of
// findings took half the time of a run that knew all its files. What is no such thing
// encoding/json writes.
//
// Characters that could steer a terminal or reorder what is seen are written as \u
// escapes: the data stays what it is, and a report printed on a terminal is harmless.
type jsonWriter struct {
	out    []byte
	to     io.Writer // where out goes whenever it is long; nil to keep all
	indent string    // of one level; empty for all on one line
	begin  []byte    // of a line: a line feed and the indentation of this level
	leaf   bytes.Buffer
	encode *json.Encoder // into leaf
	keys   map[reflect.Type][]key
}

// spillAt is how many bytes are kept before they are handed on.
const spillAt = 64 << 10

func newJSONWriter(to io.Writer, indent string) *jsonWriter {
	w := &jsonWriter{to: to, indent: indent, begin: []byte("\n"), keys: map[reflect.Type][]key{}}
	w.encode = json.NewEncoder(&w.leaf)
	w.encode.SetEscapeHTML(false)
	return w
}

// ownJSON is a pointer to an object of any T.
type ownJSON interface {
	parts() (is any, unknown map[string]json.RawMessage)
}

func (o *object[T]) parts() (any, map[string]json.RawMessage) { return &o.is, o.unknown }

// ownList is a list whose entries are made while they are written.
type ownList interface {
	len() int
	entry(i int) any // a pointer
}

// document writes a value with a line feed behind it.
func (w *jsonWriter) document(v any) error {
	if err := w.value(reflect.ValueOf(v)); err != nil {
		return fmt.Errorf("encode report: %w", err)
	}
	w.out = append(w.out, '\n')
	return nil
}

// spill hands on what was written if it is as long as that.
func (w *jsonWriter) spill(least int) error {
	if w.to == nil || len(w.out) < least {
		return nil
	}
	_, err := w.to.Write(w.out)
	w.out = w.out[:0]
	return err
}

func (w *jsonWriter) value(v reflect.Value) error {
	if v.Kind() == reflect.Struct && v.Type().Implements(reflect.TypeFor[ownList]()) {
		own, _ := v.Interface().(ownList)
		return w.list(own.len(), func(i int) reflect.Value { return reflect.ValueOf(own.entry(i)).Elem() })
	}
	if v.Kind() == reflect.Struct && reflect.PointerTo(v.Type()).Implements(reflect.TypeFor[ownJSON]()) {
		if !v.CanAddr() {
			at := reflect.New(v.Type())
			at.Elem().Set(v)
			v = at.Elem()
		}
		own, _ := v.Addr().Interface().(ownJSON)
		is, unknown := own.parts()
		return w.object(reflect.ValueOf(is).Elem(), unknown)
	}
	switch own := v.IsValid() && !v.Type().Implements(reflect.TypeFor[json.Marshaler]()); {
	case own && v.Kind() == reflect.String && v.Type() != reflect.TypeFor[json.Number]() && !v.Type().Implements(reflect.TypeFor[encoding.TextMarshaler]()):
		w.text(v.String())
		return nil
	case own && v.Kind() == reflect.Struct:
		return w.object(v, nil)
	case own && (v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface) && !v.IsNil():
		return w.value(v.Elem())
	case own && v.Kind() == reflect.Slice && !v.IsNil() && v.Type().Elem().Kind() != reflect.Uint8:
		return w.list(v.Len(), v.Index)
	case v.Kind() == reflect.Pointer && !v.IsNil() && v.Elem().Kind() == reflect.Struct:
		return w.value(v.Elem()) // its methods are those of what it points to
	}
	return w.other(v)
}

// text writes a text; nearly all of them need no escapes.
func (w *jsonWriter) text(s string) {
	for _, r := range s {
		if r < ' ' || r == '"' || r == '\\' || r == utf8.RuneError || unsafeInJSON(r) {
			w.leaf.Reset()
			_ = w.encode.Encode(s) // of a text there is no error
			w.harmless(bytes.TrimSuffix(w.leaf.Bytes(), []byte("\n")))
			return
		}
	}
	if strings.Contains(s, "##") {
		w.harmless([]byte(`"` + s + `"`))
		return
	}
	w.out = append(append(append(w.out, '"'), s...), '"')
}

// harmless writes JSON without what is not safe on a terminal: that can only lie in
// strings.
func (w *jsonWriter) harmless(data []byte) {
	// Old commands to a CI server, see terminal.NoCommand: no line of JSON starts with a
	// text.
	data = bytes.ReplaceAll(data, []byte("##["), []byte(`#\u0023[`))
	data = bytes.ReplaceAll(data, []byte("##vso["), []byte(`#\u0023vso[`))
	if !bytes.ContainsFunc(data, unsafeInJSON) {
		w.out = append(w.out, data...)
		return
	}
	for _, r := range string(data) {
		switch {
		case !unsafeInJSON(r):
			w.out = utf8.AppendRune(w.out, r)
		case r > 0xffff:
			hi, lo := utf16.EncodeRune(r)
			w.out = fmt.Appendf(w.out, `\u%04x\u%04x`, hi, lo)
		default:
			w.out = fmt.Appendf(w.out, `\u%04x`, r)
		}
	}
}

// unsafeInJSON is terminal.Unsafe for text that is JSON already: control
// characters inside strings are escaped by then, line feeds lie between
// values.
func unsafeInJSON(r rune) bool { return r >= 0x7f && terminal.Unsafe(r) }

// object writes the keys of a struct and then the others, sorted.
func (w *jsonWriter) object(v reflect.Value, unknown map[string]json.RawMessage) error {
	w.out = append(w.out, '{')
	first := true
	next := func(name string) {
		w.down(&first)
		w.text(name)
		w.out = append(w.out, ':')
		if w.indent != "" {
			w.out = append(w.out, ' ')
		}
	}
	for _, k := range w.keysOf(v.Type()) {
		f := v.FieldByIndex(k.field.Index)
		if k.omits(f) {
			continue
		}
		next(k.name)
		if err := w.value(f); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(unknown)) {
		next(name)
		if err := w.other(reflect.ValueOf(unknown[name])); err != nil {
			return err
		}
	}
	w.up(first)
	w.out = append(w.out, '}')
	return nil
}

func (w *jsonWriter) list(n int, at func(i int) reflect.Value) error {
	w.out = append(w.out, '[')
	first := true
	for i := range n {
		w.down(&first)
		if err := w.value(at(i)); err != nil {
			return err
		}
		if err := w.spill(spillAt); err != nil {
			return err
		}
	}
	w.up(first)
	w.out = append(w.out, ']')
	return nil
}

// down begins the next entry of an object or list.
func (w *jsonWriter) down(first *bool) {
	if *first {
		w.begin = append(w.begin, w.indent...)
	} else {
		w.out = append(w.out, ',')
	}
	*first = false
	if w.indent != "" {
		w.out = append(w.out, w.begin...)
	}
}

// up ends an object or list; empty, that it had no entry.
func (w *jsonWriter) up(empty bool) {
	if empty {
		return
	}
	w.begin = w.begin[:len(w.begin)-len(w.indent)]
	if w.indent != "" {
		w.out = append(w.out, w.begin...)
	}
}

// other writes what encoding/json writes best.
func (w *jsonWriter) other(v reflect.Value) error {
	w.leaf.Reset()
	var is any
	if v.IsValid() {
		is = v.Interface()
	}
	if err := w.encode.Encode(is); err != nil {
		return err
	}
	data := bytes.TrimSuffix(w.leaf.Bytes(), []byte("\n"))
	if w.indent == "" || data[0] != '{' && data[0] != '[' {
		w.harmless(data)
		return nil
	}
	var laid bytes.Buffer
	if err := json.Indent(&laid, data, string(w.begin[1:]), w.indent); err != nil {
		return err
	}
	w.harmless(laid.Bytes())
	return nil
}

func (w *jsonWriter) keysOf(t reflect.Type) []key {
	keys, ok := w.keys[t]
	if !ok {
		keys = keysOf(t)
		w.keys[t] = keys
	}
	return keys
}

// omits reports whether a key is left out for what its field holds.
func (k key) omits(f reflect.Value) bool {
	switch k.options {
	case "omitzero":
		return f.IsZero()
	case "omitempty":
		switch f.Kind() {
		case reflect.Slice, reflect.Map, reflect.Array, reflect.String:
			return f.Len() == 0
		case reflect.Struct:
			return false
		}
		return f.IsZero()
	}
	return false
}
