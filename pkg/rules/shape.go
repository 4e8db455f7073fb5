package rules

import (
	"reflect"
	"strings"
	"time"

	"github.com/expr-lang/expr/types"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/facts"
)

// shape is the type of a name an expression can say: a group with fields, a
// list, a dictionary, or a leaf.
type shape struct {
	fields map[string]*shape // group
	elem   *shape            // list
	dict   bool              // map[string]string
	leaf   types.Type        // leaf
	unit   string            // of the facts catalog
}

var (
	timeType  = reflect.TypeFor[time.Time]()
	bytesType = reflect.TypeFor[[]byte]()
)

// shapeOf describes a Go type by its json tags. Bytes are left out: rules
// judge facts, not files.
func shapeOf(t reflect.Type) *shape {
	switch {
	case t == timeType:
		return &shape{leaf: types.TypeOf(time.Time{})}
	case t == bytesType:
		return nil
	}
	switch t.Kind() {
	case reflect.Struct:
		s := &shape{fields: map[string]*shape{}}
		for i := range t.NumField() {
			f := t.Field(i)
			name := jsonName(f)
			if name == "" {
				continue
			}
			if inner := shapeOf(f.Type); inner != nil {
				inner.unit = f.Tag.Get("unit")
				s.fields[name] = inner
			}
		}
		return s
	case reflect.Slice, reflect.Array:
		return &shape{elem: shapeOf(t.Elem())}
	case reflect.Map:
		return &shape{dict: true}
	case reflect.Bool:
		return &shape{leaf: types.Bool}
	case reflect.Int, reflect.Int32, reflect.Int64:
		return &shape{leaf: types.Int}
	case reflect.Float64:
		return &shape{leaf: types.Float64}
	case reflect.String:
		return &shape{leaf: types.String}
	}
	return nil
}

func jsonName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	if !f.IsExported() || name == "-" {
		return ""
	}
	return name
}

// exprType is the shape as expr's type checker wants it.
func (s *shape) exprType() types.Type {
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
func (s *shape) at(path []string) (found *shape, rest []string) {
	for i, name := range path {
		next := s.fields[name]
		if next == nil {
			return s, path[i:]
		}
		s = next
	}
	return s, nil
}

// lookup finds a dotted path, nil where there is none.
func (s *shape) lookup(path string) *shape {
	found, rest := s.at(strings.Split(path, "."))
	if len(rest) > 0 {
		return nil
	}
	return found
}

// valueOf turns a Go value into what the shape's expression type promises.
func valueOf(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == timeType {
			return v.Interface()
		}
		m := make(map[string]any, v.NumField())
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if name := jsonName(f); name != "" && f.Type != bytesType {
				m[name] = valueOf(v.Field(i))
			}
		}
		return m
	case reflect.Slice, reflect.Array:
		list := make([]any, v.Len())
		for i := range list {
			list[i] = valueOf(v.Index(i))
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

// scope is what a rule judges; it decides which names its expressions know.
type scope string

const (
	scopeAsset scope = "asset"
	scopeCase  scope = "case"
	scopeBatch scope = "batch"
)

// vocabulary is every name expressions may use, by scope.
type vocabulary struct {
	asset, kase, batch *shape
}

// hiddenGroups of facts.Set no rule can read.
const hiddenGroup = "preview"

func newVocabulary(params *shape) vocabulary {
	kase := &shape{fields: map[string]*shape{
		"case":      shapeOf(reflect.TypeFor[casefile.File]()),
		"clock":     shapeOf(reflect.TypeFor[facts.Clock]()),
		"materials": shapeOf(reflect.TypeFor[facts.Materials]()),
		"params":    params,
	}}
	asset := shapeOf(reflect.TypeFor[facts.Set]())
	delete(asset.fields, hiddenGroup)
	for name, s := range kase.fields {
		asset.fields[name] = s
	}
	text := func() *shape { return &shape{leaf: types.String} }
	asset.fields["asset"] = &shape{fields: map[string]*shape{"path": text(), "kind": text(), "slot": text()}}
	batch := &shape{fields: map[string]*shape{"clock": kase.fields["clock"], "params": params}}
	return vocabulary{asset: asset, kase: kase, batch: batch}
}

func (v vocabulary) of(s scope) *shape {
	switch s {
	case scopeAsset:
		return v.asset
	case scopeCase:
		return v.kase
	}
	return v.batch
}

// isFact reports whether a path belongs to facts of an asset, whose state has
// to be looked up before they are judged.
func isFact(path string) bool {
	group, _, _ := strings.Cut(path, ".")
	switch group {
	case "case", "clock", "materials", "params", "asset":
		return false
	}
	return true
}
