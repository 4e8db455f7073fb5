package material

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestAdopt(t *testing.T) {
	dir, elsewhere := t.TempDir(), filepath.Join(t.TempDir(), "shot.png")
	write := func(path, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(elsewhere, "a")
	for i, want := range []bool{true, false} { // a second time it is there
		name, copied, err := Adopt(dir, "notice", elsewhere)
		if err != nil || name != filepath.Join("notice", "shot.png") || copied != want {
			t.Errorf("%d: %s %v %v", i, name, copied, err)
		}
	}
	write(elsewhere, "b")
	if _, copied, err := Adopt(dir, "notice", elsewhere); copied || err != nil {
		t.Errorf("another of the name: %v %v", copied, err)
	}
	if data, err := os.ReadFile(filepath.Join(dir, "notice", "shot.png")); err != nil || string(data) != "a" {
		t.Errorf("%q %v", data, err)
	}
	own := filepath.Join(dir, "deep", "own.png")
	write(own, "c")
	if name, copied, err := Adopt(dir, "notice", own); err != nil || copied || name != filepath.Join("deep", "own.png") {
		t.Errorf("in the case already: %s %v %v", name, copied, err)
	}
	if _, _, err := Adopt(dir, "notice", filepath.Join(dir, "..", "missing.png")); err == nil {
		t.Error("a file that is missing was adopted")
	}
	if _, _, err := Adopt(dir, "notice", filepath.Dir(elsewhere)); err == nil {
		t.Error("a folder was adopted")
	}
	write(filepath.Join(dir, "notice", ".hidden"), "")
	files, err := FilesIn(dir, "notice", 5)
	if err != nil || !slices.Equal(files, []string{filepath.Join("notice", "shot.png")}) {
		t.Errorf("%v %v", files, err)
	}
	folders, err := KindFolders(dir, []Names{{ID: "notice", Aliases: []string{"违规通知"}}, {ID: "source", Aliases: []string{"原图"}}})
	if err != nil || folders["notice"] != "notice" || folders["source"] != "" {
		t.Errorf("%v %v", folders, err)
	}
}
