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

// Pointer returns a pointer to the named group or field, for storing its value and
// reading it back.
func (s *Set) Pointer(name string) any {
	return field(reflect.ValueOf(s).Elem(), name).Addr().Interface()
}

// Covers reports whether providing name gives the wanted fact or part of it:
// "exif" covers "exif.make", and "image.decodable" is part of "image".
func Covers(name, wanted string) bool {
	return name == wanted || within(wanted, name) || within(name, wanted)
}

// within reports whether a name is of something in a group. Without putting the two
// together, for it is asked thousands of times for every file.
func within(name, group string) bool {
	return len(name) > len(group) && name[len(group)] == '.' && name[:len(group)] == group
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
