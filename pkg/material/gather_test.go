package material

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestGather(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"b.jpg", "a/c.jpg", "a/Thumbs.db", ".hidden/d.jpg", "a/.e.jpg", "z/f.jpg"} {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(dir, "b.jpg"), filepath.Join(dir, "link.jpg")); err != nil {
		t.Log("no links here:", err)
	}
	files, unread, err := Gather(context.Background(), dir, []string{"thumbs.db"}, 10)
	if err != nil || len(unread) > 0 {
		t.Fatal(unread, err)
	}
	var names []string
	for _, f := range files {
		names = append(names, f.Path)
		if f.Size != int64(len(f.Path)) || f.Changed.IsZero() {
			t.Errorf("%+v", f)
		}
		if now, err := Standing(dir, f.Path); err != nil || !now.Changed.Equal(f.Changed) || now.Size != f.Size {
			t.Errorf("%+v is %+v now (%v)", f, now, err)
		}
	}
	if d := cmp.Diff([]string{"a/c.jpg", "b.jpg", "z/f.jpg"}, names); d != "" {
		t.Error(d)
	}
	if _, _, err := Gather(context.Background(), dir, nil, 2); !errors.Is(err, ErrTooMany) {
		t.Error(err)
	}
	if _, _, err := Gather(context.Background(), filepath.Join(dir, "none"), nil, 2); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, _, err := Gather(ctx, dir, nil, 10); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := Standing(dir, "none.jpg"); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	for _, name := range []string{"a", "../x"} {
		if _, err := Standing(dir, name); err == nil {
			t.Error(name, "is a file in the folder")
		}
	}
	if !IsFolder(dir) || IsFolder(filepath.Join(dir, "b.jpg")) || IsFolder(filepath.Join(dir, "none")) {
		t.Error("folders are not told from files")
	}
}

// TestVolumeOf: where the system names a volume, it is found again by its ID, and the
// path on it leads to the folder.
func TestVolumeOf(t *testing.T) {
	dir := RealFolder(t.TempDir())
	v, ok := VolumeOf(dir)
	if !ok {
		t.Skip("the system does not say")
	}
	at, ok := Mounted(v.ID)
	if !ok || !IsFolder(filepath.Join(at, filepath.FromSlash(v.Below))) {
		t.Errorf("%+v is at %q", v, at)
	}
	if _, ok := Mounted("no such volume"); ok {
		t.Error("a volume that does not exist is mounted")
	}
}
