package expr

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/expr-lang/expr/types"

	"github.com/aecheck/aecheck/pkg/verdict"
)

// Shape is the type of a name an expression can say: a group with fields, a
// list, a dictionary, or a leaf.
type Shape struct {
	fields map[string]*Shape // group
	elem   *Shape            // list
	dict   bool              // map[string]string
	leaf   types.Type        // leaf
	unit   string            // of the facts catalog

	privacy verdict.Privacy // of the value, as its field says
}

// Group makes the shape of a group of names.
func Group(fields map[string]*Shape) *Shape { return &Shape{fields: fields} }

// Text and Whole are the shapes of a text that so many may see and of a whole
// number.
func Text(p verdict.Privacy) *Shape { return &Shape{leaf: types.String, privacy: p} }
func YesNo() *Shape                 { return &Shape{leaf: types.Bool} }
func Whole() *Shape                 { return &Shape{leaf: types.Int} }

// Field is a name of a group, nil where there is none.
func (s *Shape) Field(name string) *Shape { return s.fields[name] }

// Names lists the names of a group, sorted; none for anything else.
func (s *Shape) Names() []string { return slices.Sorted(maps.Keys(s.fields)) }

// IsList tells a list.
func (s *Shape) IsList() bool { return s.elem != nil }

var (
	timeType  = reflect.TypeFor[time.Time]()
	bytesType = reflect.TypeFor[[]byte]()
)

// ShapeOf describes a Go type by its json tags. Bytes are left out: rules
// judge facts, not files.
func ShapeOf(t reflect.Type) *Shape {
	switch {
	case t == timeType:
		return &Shape{leaf: types.TypeOf(time.Time{})}
	case t == bytesType:
		return nil
	}
	switch t.Kind() {
	case reflect.Struct:
		s := &Shape{fields: map[string]*Shape{}}
		for i := range t.NumField() {
			f := t.Field(i)
			name := JSONName(f)
			if name == "" {
				continue
			}
			if inner := ShapeOf(f.Type); inner != nil {
				inner.unit, inner.privacy = f.Tag.Get("unit"), verdict.PrivacyOf(f.Tag)
				s.fields[name] = inner
			}
		}
		return s
	case reflect.Slice, reflect.Array:
		return &Shape{elem: ShapeOf(t.Elem())}
	case reflect.Map:
		return &Shape{dict: true}
	case reflect.Bool:
		return &Shape{leaf: types.Bool}
	case reflect.Int, reflect.Int32, reflect.Int64:
		return &Shape{leaf: types.Int}
	case reflect.Float64:
		return &Shape{leaf: types.Float64}
	case reflect.String:
		return &Shape{leaf: types.String}
	}
	return nil
}

// JSONName is the name of a field in files and expressions, "" for none.
func JSONName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	if !f.IsExported() || name == "-" {
		return ""
	}
	return name
}

// privacyOf says who may see the value of a name: what the rules themselves
// say, anybody.
func privacyOf(path string, s *Shape) verdict.Privacy {
	switch {
	case isParam(path):
		return verdict.Public
	case s == nil:
		return verdict.ByType
	}
	return s.privacy
}

// isParam tells the parameters of the rules from facts.
func isParam(path string) bool { return strings.HasPrefix(path, "params.") }

// exprType is the shape as expr's type checker wants it.
func (s *Shape) exprType() types.Type {
	switch {
	case s.fields != nil:
		m := types.Map{}
		for name, f := range s.fields {
			m[name] = f.exprType()
		}
		return m
	case s.elem != nil:
		return types.Array(s.elem.exprType())
	case s.dict:
		return types.TypeOf(map[string]string{})
	}
	return s.leaf
}

// at follows a path as far as it goes. rest is what could not be followed; a
// list, dictionary or leaf ends the path.
func (s *Shape) at(path []string) (found *Shape, rest []string) {
	for i, name := range path {
		next := s.fields[name]
		if next == nil {
			return s, path[i:]
		}
		s = next
	}
	return s, nil
}

// Lookup finds a dotted path, nil where there is none.
func (s *Shape) Lookup(path string) *Shape {
	found, rest := s.at(strings.Split(path, "."))
	if len(rest) > 0 {
		return nil
	}
	return found
}

// ValueOf turns a Go value into what the shape's expression type promises.
func ValueOf(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == timeType {
			return v.Interface()
		}
		m := make(map[string]any, v.NumField())
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if name := JSONName(f); name != "" && f.Type != bytesType {
				m[name] = ValueOf(v.Field(i))
			}
		}
		return m
	case reflect.Slice, reflect.Array:
		list := make([]any, v.Len())
		for i := range list {
			list[i] = ValueOf(v.Index(i))
		}
		return list
	case reflect.Map:
		m := make(map[string]string, v.Len())
		for it := v.MapRange(); it.Next(); {
			m[it.Key().String()] = it.Value().String()
		}
		return m
	case reflect.Int, reflect.Int32, reflect.Int64:
		return int(v.Int())
	case reflect.Float64:
		return v.Float()
	case reflect.Bool:
		return v.Bool()
	}
	return v.String()
}
