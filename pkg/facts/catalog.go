package facts

import (
	"reflect"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/format"
	"github.com/aecheck/aecheck/pkg/lang"
)

// Entry describes one fact.
type Entry struct {
	Path   string    // "exif.make"; elements of a list as "text.lines[].box"
	Type   string    // text, integer, number, true/false, time, box, list, table, bytes
	Unit   string    // "" for none
	Doc    lang.Text // what it is
	Values []string  // what it may be, where that is a fixed list
}

// Catalog lists every fact of an asset in the order of Set.
func Catalog() []Entry { return Describe("", reflect.TypeFor[Set]()) }

// Describe lists the facts of a struct in its order, from the struct tags. The
// prefix stands before every path: "clock." gives "clock.deadline" of Clock. A
// group is not listed, only what is in it; a list of groups is, and what is in
// them. Fields without a json name are left out, and so Materials.Counts, whose
// keys are the kinds and slots of rules.yaml.
func Describe(prefix string, t reflect.Type) []Entry {
	var out []Entry
	for i := range t.NumField() {
		out = describe(out, prefix, t.Field(i))
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
	entry := Entry{Path: path, Type: typeName(t), Unit: f.Tag.Get("unit"), Doc: lang.Text{ZH: f.Tag.Get("zh"), EN: f.Tag.Get("en")}}
	entry.Values = valuesOf(f.Tag)
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
	return append(out, Describe(path+".", elem)...)
}

// valuesOf is what a field may be: the list of its enum tag, or the one that its
// oneof tag names, where it is known here.
func valuesOf(tag reflect.StructTag) []string {
	if values := tag.Get("enum"); values != "" {
		return strings.Split(values, ",")
	}
	switch tag.Get("oneof") {
	case "formats":
		return strings.Fields(format.Names())
	case "classes":
		return format.Classes()
	}
	return nil
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
