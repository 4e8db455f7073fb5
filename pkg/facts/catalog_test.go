package facts

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/aecheck/aecheck/pkg/format"
	"github.com/aecheck/aecheck/pkg/lang"
)

func TestCatalog(t *testing.T) {
	got := map[string]Entry{}
	for _, e := range slices.Concat(Catalog(), Describe("clock.", reflect.TypeFor[Clock]()), Describe("materials.", reflect.TypeFor[Materials]()),
		Describe("pair.", reflect.TypeFor[Pair]()), Describe("mark.", reflect.TypeFor[Mark]())) {
		if _, twice := got[e.Path]; twice {
			t.Errorf("%s is listed twice", e.Path)
		}
		if wrong := wrongWith(e.Doc); wrong != "" {
			t.Errorf("%s: %s", e.Path, wrong)
		}
		got[e.Path] = e
	}
	for path, want := range map[string]Entry{
		"image.short_side":       {Type: "integer", Unit: "px"},
		"exif.taken_at":          {Type: "time"},
		"origin.camera.verdict":  {Type: "text"},
		"text.lines":             {Type: "list"},
		"text.lines[].box":       {Type: "box", Unit: "px"},
		"meta.xmp":               {Type: "table"},
		"document.grantor.name":  {Type: "text"},
		"frame.border.present":   {Type: "true/false"},
		"document.seals[].shape": {Type: "text"},

		"clock.deadline":          {Type: "time"},
		"clock.remaining_seconds": {Type: "integer", Unit: "s"},
		"clock.calendar_missing":  {Type: "list"},
		"materials.missing":       {Type: "list"},
		"pair.distance":           {Type: "number", Unit: "0..1"},
		"mark.box":                {Type: "box", Unit: "px"},
	} {
		if e := got[path]; e.Type != want.Type || e.Unit != want.Unit {
			t.Errorf("%s: %+v, want type %s unit %s", path, e, want.Type, want.Unit)
		}
	}
}

// wrongWith says what a description lacks, "" for nothing.
func wrongWith(doc lang.Text) string {
	han := func(s string) bool {
		return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	}
	switch {
	case doc.EN == "":
		return "no English description"
	case doc.ZH == "":
		return "no Chinese description"
	case han(doc.EN):
		return "Chinese in the English description"
	case !han(doc.ZH):
		return "no Chinese in the Chinese description"
	}
	return ""
}

// The catalogue does not list groups, but they are described like all else.
func TestEveryFieldIsDescribed(t *testing.T) {
	fields := 0
	seen := map[reflect.Type]bool{}
	var walk func(reflect.Type)
	walk = func(typ reflect.Type) {
		if typ.Kind() == reflect.Slice {
			typ = typ.Elem()
		}
		if typ.Kind() != reflect.Struct || typ == reflect.TypeFor[time.Time]() || seen[typ] {
			return
		}
		seen[typ] = true
		for i := range typ.NumField() {
			f := typ.Field(i)
			if tag := f.Tag.Get("json"); !f.IsExported() || tag == "-" {
				continue
			} else if tag == "" {
				t.Errorf("%s.%s has no json tag", typ, f.Name)
			}
			if wrong := wrongWith(lang.Text{ZH: f.Tag.Get("zh"), EN: f.Tag.Get("en")}); wrong != "" {
				t.Errorf("%s.%s: %s", typ, f.Name, wrong)
			}
			fields++
			walk(f.Type)
		}
	}
	for _, typ := range []reflect.Type{reflect.TypeFor[Set](), reflect.TypeFor[Clock](), reflect.TypeFor[Materials](), reflect.TypeFor[Pair](), reflect.TypeFor[Mark]()} {
		walk(typ)
	}
	if fields < 300 {
		t.Errorf("only %d fields were looked at", fields)
	}
}

// What a format may be is said by pkg/format.
func TestFormatsAreListed(t *testing.T) {
	values := map[string][]string{}
	for _, e := range Catalog() {
		values[e.Path] = e.Values
	}
	if got := strings.Join(values["file.format"], " "); got != format.Names() {
		t.Errorf("file.format may be %q, formats are %q", got, format.Names())
	}
	for _, f := range format.All() {
		if !slices.Contains(values["file.class"], string(f.Class)) {
			t.Errorf("file.class may be %q, not %s", values["file.class"], f.Class)
		}
	}
}

// Every field of a document says what it depends on: one that did not would be
// judged empty where nothing was read.
func TestDocumentFieldsSayWhatTheyComeFrom(t *testing.T) {
	all := DocumentFields("text", "page", "file")
	if n := reflect.TypeFor[Document]().NumField(); len(all) != n {
		t.Errorf("%d of %d fields have a from tag of text, page or file", len(all), n)
	}
}
