package facts

import (
	"encoding"
	"encoding/json"
	"reflect"
	"strings"
)

// Sparse writes a value of a set as JSON and leaves out the fields that are zero: of a
// picture without metadata that is nearly all of them. Reading it with encoding/json
// into a value that is zero gives the same back; a list that is empty stays one and
// does not become nil. The error is that of a number that is none.
func Sparse(v any) ([]byte, error) { return appendSparse(nil, reflect.ValueOf(v)) }

func appendSparse(out []byte, v reflect.Value) ([]byte, error) {
	if v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Struct && !v.IsNil() {
		return appendSparseList(out, v)
	}
	if v.Kind() != reflect.Struct || writesItself(v.Type()) {
		plain, err := json.Marshal(v.Interface())
		return append(out, plain...), err
	}
	out = append(out, '{')
	for i, first := 0, true; i < v.NumField(); i++ {
		name := jsonName(v.Type().Field(i))
		if name == "" || v.Field(i).IsZero() {
			continue
		}
		if !first {
			out = append(out, ',')
		}
		first = false
		out = append(append(append(out, '"'), name...), `":`...)
		var err error
		if out, err = appendSparse(out, v.Field(i)); err != nil {
			return nil, err
		}
	}
	return append(out, '}'), nil
}

func appendSparseList(out []byte, v reflect.Value) ([]byte, error) {
	out = append(out, '[')
	for i := range v.Len() {
		if i > 0 {
			out = append(out, ',')
		}
		var err error
		if out, err = appendSparse(out, v.Index(i)); err != nil {
			return nil, err
		}
	}
	return append(out, ']'), nil
}

// writesItself reports whether a type has a JSON of its own.
func writesItself(t reflect.Type) bool {
	return t.Implements(reflect.TypeFor[json.Marshaler]()) || t.Implements(reflect.TypeFor[encoding.TextMarshaler]())
}

// jsonName is the key of a field, empty for one that is not written.
func jsonName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	if name == "-" || !f.IsExported() {
		return ""
	}
	if name == "" {
		return f.Name
	}
	return name
}
