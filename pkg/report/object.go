package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// object is an object of the JSON contract: the keys of T, which the json tags
// of its fields name, and those that a reader found beside them. They are kept,
// so that a report which passes through this program keeps what a later version
// or another program put into it.
type object[T any] struct {
	is      T
	unknown map[string]json.RawMessage
}

// objects makes a list of objects, which is never nil.
func objects[T, From any](list []From, convert func(From) T) []object[T] {
	out := make([]object[T], len(list))
	for i := range list {
		out[i].is = convert(list[i])
	}
	return out
}

// made is a list of objects that are made while they are written, one at a time: all
// findings of ten thousand files take more memory than all else. What was read is there.
type made[T any] struct {
	objects []object[T] // that were read
	n       int
	at      func(i int) T
}

// madeOf is the list of what convert makes of each.
func madeOf[T, From any](list []From, convert func(From) T) made[T] {
	return made[T]{n: len(list), at: func(i int) T { return convert(list[i]) }}
}

func (m made[T]) len() int { return len(m.objects) + m.n }

func (m made[T]) entry(i int) any {
	if i < len(m.objects) {
		return &m.objects[i]
	}
	return &object[T]{is: m.at(i - len(m.objects))}
}

// MarshalJSON writes all.
func (m made[T]) MarshalJSON() ([]byte, error) {
	w := newJSONWriter(nil, "")
	err := w.value(reflect.ValueOf(m))
	return w.out, err
}

// UnmarshalJSON reads all.
func (m *made[T]) UnmarshalJSON(data []byte) error {
	*m = made[T]{}
	return json.Unmarshal(data, &m.objects)
}

// each converts a list of objects back.
func each[T, To any](list []object[T], convert func(T) To) []To {
	out := make([]To, len(list))
	for i := range list {
		out[i] = convert(list[i].is)
	}
	return out
}

// MarshalJSON writes the keys of T and then the others, sorted.
func (o object[T]) MarshalJSON() ([]byte, error) {
	w := newJSONWriter(nil, "")
	err := w.object(reflect.ValueOf(o.is), o.unknown)
	return w.out, err
}

// UnmarshalJSON reads an object. Keys are those of T letter by letter.
func (o *object[T]) UnmarshalJSON(data []byte) error {
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(data, &keys); err != nil {
		return err
	}
	if keys == nil {
		return errors.New("null where an object is wanted")
	}
	*o = object[T]{}
	v := reflect.ValueOf(&o.is).Elem()
	for _, f := range keysOf(v.Type()) {
		raw, ok := keys[f.name]
		if !ok {
			continue
		}
		delete(keys, f.name)
		if err := readKey(raw, v.FieldByIndex(f.field.Index)); err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
	}
	if len(keys) > 0 {
		o.unknown = keys
	}
	return nil
}

// key is a key of an object and the field that holds it.
type key struct {
	name    string
	field   reflect.StructField
	options string // behind the name in the tag: when it is left out
}

// optional reports whether it may be left out.
func (k key) optional() bool { return strings.Contains(k.options, "omit") }

func keysOf(t reflect.Type) []key {
	var out []key
	for _, f := range reflect.VisibleFields(t) {
		if name, options, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" {
			out = append(out, key{name, f, options})
		}
	}
	return out
}

func readKey(raw json.RawMessage, into reflect.Value) error {
	if into.Kind() != reflect.Interface {
		return json.Unmarshal(raw, into.Addr().Interface())
	}
	v, err := readPlain(raw)
	if err == nil && v != nil {
		into.Set(reflect.ValueOf(v))
	}
	return err
}

// readPlain reads any value; whole numbers come as int, other ones as float64.
func readPlain(raw []byte) (any, error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return nil, err
	}
	return numbers(v)
}

func numbers(v any) (any, error) {
	var err error
	switch x := v.(type) {
	case json.Number:
		if i, bad := strconv.Atoi(x.String()); bad == nil && x != "-0" {
			return i, nil
		}
		return x.Float64()
	case []any:
		for i := range x {
			if x[i], err = numbers(x[i]); err != nil {
				return nil, err
			}
		}
	case map[string]any:
		for k := range x {
			if x[k], err = numbers(x[k]); err != nil {
				return nil, err
			}
		}
	}
	return v, nil
}
