package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestWriteNew(t *testing.T) {
	dir := t.TempDir()
	kase := filepath.Join(dir, "case")
	put(t, filepath.Join(kase, "source", "a.jpg"), 0o600)
	two := []Named{{"a.docx", []byte("one")}, {"a.pdf", []byte("two")}}
	out := filepath.Join(dir, "new", "out")
	if err := WriteNew(out, []string{kase}, two); err != nil {
		t.Fatal(err)
	}
	for _, f := range two {
		if data, err := os.ReadFile(filepath.Join(out, f.Name)); err != nil || string(data) != string(f.Data) {
			t.Errorf("%s: %q, %v", f.Name, data, err)
		}
	}
	// Never over one that is there, and then none of the others either.
	if err := WriteNew(out, nil, []Named{{"b.docx", nil}, {"a.pdf", nil}}); !errors.Is(err, ErrExists) {
		t.Errorf("%v", err)
	}
	if _, err := os.Lstat(filepath.Join(out, "b.docx")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v", err)
	}
	for _, in := range []string{kase, filepath.Join(kase, "source"), filepath.Join(kase, "new", "deep")} {
		if err := WriteNew(in, []string{kase}, two); !errors.Is(err, ErrInside) {
			t.Errorf("%s: %v", in, err)
		}
	}
	if _, err := os.Lstat(filepath.Join(kase, "new")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a folder was made in the case")
	}
	if err := WriteNew(filepath.Join(link(t, filepath.Join(kase, "source"), filepath.Join(dir, "elsewhere")), "deep"), []string{kase}, two); !errors.Is(err, ErrInside) {
		t.Errorf("through a link: %v", err)
	}
	// One that cannot be written leaves nothing behind.
	if err := WriteNew(filepath.Join(dir, "x", "y"), nil, []Named{{"a.docx", nil}, {filepath.Join("missing", "a.pdf"), nil}}); err == nil {
		t.Error("written where there is no folder")
	}
	if _, err := os.Lstat(filepath.Join(dir, "x")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("left behind: %v", err)
	}
	if err := WriteNew(filepath.Join(kase, "source", "a.jpg"), nil, two); err == nil {
		t.Error("written into a file")
	}
}
