package facts

import (
	"reflect"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/format"
)

func TestCatalog(t *testing.T) {
	got := map[string]Entry{}
	for _, e := range Catalog() {
		if _, twice := got[e.Path]; twice {
			t.Errorf("%s is listed twice", e.Path)
		}
		if e.Doc == "" {
			t.Errorf("%s has no doc tag", e.Path)
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
	} {
		if e := got[path]; e.Type != want.Type || e.Unit != want.Unit {
			t.Errorf("%s: %+v, want type %s unit %s", path, e, want.Type, want.Unit)
		}
	}
}

// The documentation of a format names those there are.
func TestFormatsAreDocumented(t *testing.T) {
	for _, e := range Catalog() {
		switch e.Path {
		case "file.format":
			if !strings.HasSuffix(e.Doc, ": "+format.Names()) {
				t.Errorf("%q lists other formats than %q", e.Doc, format.Names())
			}
		case "file.class":
			for _, f := range format.All() {
				if !strings.Contains(e.Doc+" ", " "+string(f.Class)+" ") {
					t.Errorf("%q does not name class %s", e.Doc, f.Class)
				}
			}
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
