package format

import (
	"reflect"
	"slices"
	"testing"
)

func TestTable(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range All() {
		if f.Name == "" || f.Class == "" || seen[f.Name] {
			t.Errorf("%+v: no name, no class, or named twice", f)
		}
		seen[f.Name] = true
		if got := Of(f.Name); got.Name != f.Name || !reflect.DeepEqual(got.Extensions, f.Extensions) {
			t.Errorf("Of(%q) is %+v", f.Name, got)
		}
		for _, m := range f.MIME {
			if ByMIME(m) != f.Name {
				t.Errorf("%s is taken for %q", m, ByMIME(m))
			}
		}
	}
	if f := Of("pcx"); f.Name != Unknown || f.Class != Other {
		t.Errorf("a format nobody knows: %+v", f)
	}
	all := All()
	all[0].Name = "changed"
	if slices.ContainsFunc(All(), func(f Format) bool { return f.Name == "changed" }) {
		t.Error("All hands out the table itself")
	}
}

func TestNamesOfFiles(t *testing.T) {
	for ext, want := range map[string]struct{ never, photo bool }{
		"jpg": {false, true}, "png": {false, false}, "heic": {false, true}, "raf": {false, true}, "tif": {false, true},
		"pdf": {true, false}, "csv": {true, false}, "mov": {true, false}, "exe": {true, false}, "svg": {false, false}, "": {false, false}, "abc": {false, false},
	} {
		if NeverPicture(ext) != want.never || PhotoName(ext) != want.photo {
			t.Errorf("%q: never a picture %t, photo %t", ext, NeverPicture(ext), PhotoName(ext))
		}
	}
}
