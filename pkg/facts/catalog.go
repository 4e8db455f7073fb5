package facts

import (
	"reflect"
	"strings"
	"time"
)

// Entry describes one fact of an asset.
type Entry struct {
	Path string // "exif.make"; elements of a list as "text.lines[].box"
	Type string // text, integer, number, true/false, time, box, list, table, bytes
	Unit string // "" for none
	Doc  string
}

// Catalog lists every fact of an asset in the order of Set, from the struct
// tags.
func Catalog() []Entry {
	var out []Entry
	set := reflect.TypeFor[Set]()
	for i := range set.NumField() {
		out = describe(out, "", set.Field(i))
	}
	return out
}

func describe(out []Entry, prefix string, f reflect.StructField) []Entry {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	if !f.IsExported() || name == "" || name == "-" {
		return out
	}
	path := prefix + name
	t := f.Type
	entry := Entry{Path: path, Type: typeName(t), Unit: f.Tag.Get("unit"), Doc: f.Tag.Get("doc")}
	elem := t
	if t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Struct {
		elem, path = t.Elem(), path+"[]"
	}
	if elem.Kind() != reflect.Struct || elem == reflect.TypeFor[time.Time]() {
		return append(out, entry)
	}
	if t.Kind() == reflect.Slice {
		out = append(out, entry)
	}
	for i := range elem.NumField() {
		out = describe(out, path+".", elem.Field(i))
	}
	return out
}

func typeName(t reflect.Type) string {
	switch {
	case t == reflect.TypeFor[time.Time]():
		return "time"
	case t == reflect.TypeFor[Box]():
		return "box"
	case t == reflect.TypeFor[[]byte]():
		return "bytes"
	}
	switch t.Kind() {
	case reflect.String:
		return "text"
	case reflect.Bool:
		return "true/false"
	case reflect.Float64, reflect.Float32:
		return "number"
	case reflect.Slice, reflect.Array:
		return "list"
	case reflect.Map:
		return "table"
	}
	return "integer"
}
