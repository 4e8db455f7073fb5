package facts

import (
	"fmt"
	"reflect"
	"strings"
)

// Merge copies the named groups ("exif") or fields ("image.decodable") and
// their states from another set. It panics on a name that is not in the
// catalog: names come from extractors, not from users.
func (s *Set) Merge(from *Set, names []string) {
	for _, name := range names {
		dst, src := field(reflect.ValueOf(s).Elem(), name), field(reflect.ValueOf(from).Elem(), name)
		dst.Set(src)
		for _, n := range from.status {
			if n.name == name || strings.HasPrefix(n.name, name+".") {
				s.SetStatus(n.name, n.status())
			}
		}
	}
}

// Pick returns the named groups or fields as a map by name, for storing.
func (s *Set) Pick(names []string) map[string]any {
	out := make(map[string]any, len(names))
	for _, name := range names {
		out[name] = field(reflect.ValueOf(s).Elem(), name).Interface()
	}
	return out
}

// Pointer returns a pointer to the named group or field, for reading a stored
// value back into it.
func (s *Set) Pointer(name string) any {
	return field(reflect.ValueOf(s).Elem(), name).Addr().Interface()
}

// Covers reports whether providing name gives the wanted fact or part of it:
// "exif" covers "exif.make", and "image.decodable" is part of "image".
func Covers(name, wanted string) bool {
	return name == wanted || strings.HasPrefix(wanted, name+".") || strings.HasPrefix(name, wanted+".")
}

func field(v reflect.Value, path string) reflect.Value {
	for _, part := range strings.Split(path, ".") {
		v = fieldByTag(v, part)
		if !v.IsValid() {
			//nolint:forbidigo // a fault of ours that any file shows
			panic(fmt.Sprintf("facts: no fact named %q", path))
		}
	}
	return v
}

func fieldByTag(v reflect.Value, name string) reflect.Value {
	t := v.Type()
	for i := range t.NumField() {
		tag, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if tag == name {
			return v.Field(i)
		}
	}
	return reflect.Value{}
}
