package material

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

func TestList(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"b/x.txt": "abc", "a.txt": "", ".hidden/y": "1", "Thumbs.db": "1", "b/.DS_Store": "1"} {
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	ctx, ignore := context.Background(), []string{"thumbs.db"}
	want := []Listed{{"a.txt", 0, true}, {"b/x.txt", 3, true}}
	if os.Symlink(filepath.Join(t.TempDir(), "elsewhere"), filepath.Join(dir, "c")) == nil {
		want = append(want, Listed{"c", 0, false})
	}
	got, err := List(ctx, dir, ignore, 10)
	if err != nil {
		t.Fatal(err)
	}
	for i := range got {
		if !got[i].Regular {
			got[i].Size = 0 // of a link, the length of its target
		}
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if _, err := List(ctx, dir, ignore, 1); !errors.Is(err, ErrTooMany) {
		t.Errorf("too many: %v", err)
	}
	f, size, err := OpenListed(dir, "b/x.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if data, err := io.ReadAll(f); err != nil || string(data) != "abc" || size != 3 {
		t.Errorf("%q of %d bytes, %v", data, size, err)
	}
	for _, name := range []string{"c", "b", "../x", "missing"} {
		if f, _, err := OpenListed(dir, name); err == nil {
			f.Close()
			t.Errorf("%s was opened", name)
		}
	}
}
