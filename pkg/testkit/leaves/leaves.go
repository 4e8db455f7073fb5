// Package leaves tells which facts a value sets, by the names of the catalogue,
// so that tests can ask that every fact is set by some sample.
//
// It may import pkg/facts alone.
package leaves

import (
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/facts"
)

// Seen is the facts that are not the zero of their type, by path.
type Seen map[string]bool

// Look adds the facts of a group or a whole set; path is "" for a set, "meta.c2pa"
// for that group.
func (s Seen) Look(path string, value any) {
	s.look(reflect.Indirect(reflect.ValueOf(value)), path)
}

func (s Seen) look(v reflect.Value, path string) {
	switch {
	case v.Type() == reflect.TypeFor[time.Time]() || v.Kind() == reflect.Array:
		s.note(v, path)
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if !f.IsExported() || name == "" || name == "-" {
				continue
			}
			if path != "" {
				name = path + "." + name
			}
			s.look(v.Field(i), name)
		}
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Struct:
		s.note(v, path)
		for i := range v.Len() {
			s.look(v.Index(i), path+"[]")
		}
	default:
		s.note(v, path)
	}
}

func (s Seen) note(v reflect.Value, path string) {
	if !v.IsZero() && (v.Kind() != reflect.Slice || v.Len() > 0) {
		s[path] = true
	}
}

// Unset lists the facts of the catalogue below a path ("" for all) that were not
// seen, sorted.
func (s Seen) Unset(below string) []string {
	var out []string
	for _, e := range facts.Catalog() {
		if !s[e.Path] && (below == "" || strings.HasPrefix(e.Path, below+".")) {
			out = append(out, e.Path)
		}
	}
	slices.Sort(out)
	return out
}
