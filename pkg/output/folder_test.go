package output

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func putIn(t *testing.T, f *Folder, name, text string) {
	t.Helper()
	w, err := f.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

func namesIn(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	f, err := NewFolder(filepath.Join(dir, "a", "b"), nil)
	if err != nil {
		t.Fatal(err)
	}
	putIn(t, f, "x/y.txt", "one")
	if _, err := os.Stat(filepath.Join(dir, "a", "b")); err == nil {
		t.Error("there before it is whole")
	}
	if err := f.Keep(); err != nil {
		t.Fatal(err)
	}
	f.Discard()
	if data, err := os.ReadFile(filepath.Join(dir, "a", "b", "x", "y.txt")); err != nil || string(data) != "one" {
		t.Errorf("%q, %v", data, err)
	}
	if got := namesIn(t, filepath.Join(dir, "a")); len(got) != 1 {
		t.Errorf("left beside: %v", got)
	}
	if _, err := NewFolder(filepath.Join(dir, "a"), nil); !errors.Is(err, ErrHasContent) {
		t.Errorf("a folder with content: %v", err)
	}
	if _, err := NewFolder(filepath.Join(dir, "a", "b", "x", "y.txt"), nil); !errors.Is(err, ErrHasContent) {
		t.Errorf("a file: %v", err)
	}
	if _, err := NewFolder(filepath.Join(dir, "a", "c", "d"), []string{filepath.Join(dir, "a")}); !errors.Is(err, ErrInside) {
		t.Errorf("inside: %v", err)
	}
	if err := os.Mkdir(filepath.Join(dir, "empty"), 0o755); err != nil {
		t.Fatal(err)
	}
	if f, err = NewFolder(filepath.Join(dir, "empty"), []string{filepath.Join(dir, "a")}); err != nil {
		t.Fatal(err)
	}
	if err := f.Keep(); err != nil {
		t.Errorf("an empty folder: %v", err)
	}
}

// TestFolderOver: of an earlier run nothing is left, and nothing else gives way, whenever
// it came.
func TestFolderOver(t *testing.T) {
	ours := func(head []byte) bool { return strings.HasPrefix(string(head), "report") }
	dir := t.TempDir()
	place := filepath.Join(dir, "site")
	made := func(text string) *Folder {
		t.Helper()
		f, err := NewFolderOver(place, nil, ours)
		if err != nil {
			t.Fatal(err)
		}
		putIn(t, f, text, "report of "+text)
		return f
	}
	if err := made("one").Keep(); err != nil {
		t.Fatal(err)
	}
	f := made("two")
	if got := namesIn(t, place); !slices.Equal(got, []string{"one"}) {
		t.Errorf("before it is kept: %v", got)
	}
	f.Discard()
	if got := namesIn(t, place); !slices.Equal(got, []string{"one"}) {
		t.Errorf("discarded: %v", got)
	}
	if err := made("three").Keep(); err != nil {
		t.Fatal(err)
	}
	if got := namesIn(t, place); !slices.Equal(got, []string{"three"}) {
		t.Errorf("kept: %v", got)
	}
	f = made("four")
	if err := os.WriteFile(filepath.Join(place, "mine.txt"), []byte("notes"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := f.Keep(); !errors.Is(err, ErrHasContent) {
		t.Errorf("a file that came meanwhile: %v", err)
	}
	f.Discard()
	if _, err := NewFolderOver(place, nil, ours); !errors.Is(err, ErrHasContent) {
		t.Errorf("a file of another: %v", err)
	}
	if got := namesIn(t, place); !slices.Equal(got, []string{"mine.txt", "three"}) {
		t.Errorf("refused: %v", got)
	}
	if err := errors.Join(os.Remove(filepath.Join(place, "mine.txt")), os.Mkdir(filepath.Join(place, "deep"), 0o755)); err != nil {
		t.Fatal(err)
	}
	if _, err := NewFolderOver(place, nil, ours); !errors.Is(err, ErrHasContent) {
		t.Errorf("a folder in it: %v", err)
	}
	if got := namesIn(t, dir); !slices.Equal(got, []string{"site"}) {
		t.Errorf("left behind: %v", got)
	}
}

func TestFolderDiscarded(t *testing.T) {
	dir := t.TempDir()
	f, err := NewFolder(filepath.Join(dir, "new", "deep", "b"), nil)
	if err != nil {
		t.Fatal(err)
	}
	putIn(t, f, "x", "one")
	if _, err := f.Create("../out"); err == nil {
		t.Error("wrote outside")
	}
	f.Discard()
	if got := namesIn(t, dir); len(got) != 0 {
		t.Errorf("left behind: %v", got)
	}
}

func TestNewFile(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "x.zip")
	f, err := NewFile(name, nil)
	if err != nil {
		t.Fatal(err)
	}
	f.Discard()
	if got := namesIn(t, dir); len(got) != 0 {
		t.Errorf("left behind: %v", got)
	}
	if f, err = NewFile(name, nil); err != nil {
		t.Fatal(err)
	}
	if err := f.Keep(); err != nil {
		t.Fatal(err)
	}
	if _, err := NewFile(name, nil); !errors.Is(err, ErrExists) {
		t.Errorf("there already: %v", err)
	}
	if _, err := NewFile(filepath.Join(dir, "y.zip"), []string{dir}); !errors.Is(err, ErrInside) {
		t.Errorf("inside: %v", err)
	}
	f.Undo()
	if got := namesIn(t, dir); len(got) != 0 {
		t.Errorf("left behind: %v", got)
	}
}

func TestFolderThroughLinks(t *testing.T) {
	dir := t.TempDir()
	source := filepath.Join(dir, "case", "source")
	if err := os.MkdirAll(source, 0o755); err != nil {
		t.Fatal(err)
	}
	apart := []string{filepath.Join(dir, "case")}
	into := link(t, source, filepath.Join(dir, "into"))
	dangling := link(t, filepath.Join("case", "new"), filepath.Join(dir, "dangling"))
	for _, name := range []string{into, filepath.Join(into, "new"), filepath.Join(into, "new", "deep"), dangling, filepath.Join(dangling, "deep")} {
		if _, err := NewFolder(name, apart); !errors.Is(err, ErrInside) {
			t.Errorf("%s: %v", name, err)
		}
		if err := WriteNew(name, apart, []Named{{"a.pdf", nil}}); !errors.Is(err, ErrInside) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := NewFile(filepath.Join(into, "x.zip"), apart); !errors.Is(err, ErrInside) {
		t.Errorf("a file: %v", err)
	}
	if got := namesIn(t, source); len(got) != 0 {
		t.Errorf("written into the case: %v", got)
	}
	// A link to where nothing is yet stays a link.
	elsewhere := link(t, "elsewhere", filepath.Join(dir, "to"))
	f, err := NewFolder(elsewhere, apart)
	if err != nil {
		t.Fatal(err)
	}
	putIn(t, f, "x", "one")
	if err := f.Keep(); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(elsewhere); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link: %v, %v", info, err)
	}
	if got := namesIn(t, filepath.Join(dir, "elsewhere")); len(got) != 1 {
		t.Errorf("%v", got)
	}
}

func TestFolderKeepsFiles(t *testing.T) {
	name := filepath.Join(t.TempDir(), "out")
	f, err := NewFolder(name, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Discard()
	if err := os.WriteFile(name, []byte("came in the meantime"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := f.Keep(); !errors.Is(err, ErrHasContent) {
		t.Errorf("%v", err)
	}
	if data, err := os.ReadFile(name); err != nil || len(data) == 0 {
		t.Errorf("%q, %v", data, err)
	}
}
