package material

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestSettings asks that what settings leave out is not there, whether a folder was
// named or files, and that what they say of a path stands.
func TestSettings(t *testing.T) {
	dir := lay(t, map[string]string{".git/": "", "a.jpg": "a", "drafts/b.jpg": "b", "c_2.jpg": "c", "sub/drafts/d.jpg": "d"})
	t.Chdir(dir)
	opt := testOptions()
	opt.Excluded = func(p string) bool { return filepath.Base(p) == "drafts" || filepath.Base(filepath.Dir(p)) == "drafts" }
	opt.Placed = func(p string) (kind, slot string) {
		if strings.HasSuffix(p, "_2.jpg") {
			return "", "detail"
		}
		return "source", ""
	}
	want := map[string]string{".": "a.jpg c_2.jpg"}
	same(t, "a folder", walked(t, []string{"."}, opt), want)
	same(t, "files", walked(t, []string{"a.jpg", "drafts/b.jpg", "c_2.jpg"}, opt), want)
	same(t, "nothing left", walked(t, []string{"drafts/b.jpg"}, opt), map[string]string{})
	cases, _, err := Walk(t.Context(), []string{"."}, opt)
	if err != nil {
		t.Fatal(err)
	}
	a, c := cases[0].Assets[0], cases[0].Assets[1]
	if a.Kind != "source" || a.Placed != BySettings || a.Slot != "" || c.Kind != "replacement" || c.Slot != "detail" || c.SlotBy != BySettings {
		t.Errorf("%+v %+v", a, c)
	}
	opt.As = "reference"
	if cases, _, err = Walk(t.Context(), []string{"."}, opt); err != nil || cases[0].Assets[0].Kind != "reference" {
		t.Errorf("--as does not stand: %v", err)
	}
}
