package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// put writes a file of the test.
func put(t *testing.T, name string, mode fs.FileMode) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(name, mode); err != nil {
		t.Fatal(err)
	}
	return name
}

func target(t *testing.T, name string) Target {
	t.Helper()
	got, err := New(name)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func link(t *testing.T, to, name string) string {
	t.Helper()
	if err := os.Symlink(to, name); err != nil {
		t.Skip(err) // Windows needs a privilege for it
	}
	return name
}

func TestWrite(t *testing.T) {
	for _, tt := range []struct {
		name  string
		there func(t *testing.T, dir string) (typed, file string) // what is typed, and where it must go
		mode  fs.FileMode
	}{
		{"nothing", func(t *testing.T, dir string) (string, string) {
			return filepath.Join(dir, "r.html"), filepath.Join(dir, "r.html")
		}, 0},
		{"a file", func(t *testing.T, dir string) (string, string) {
			n := put(t, filepath.Join(dir, "r.html"), 0o640)
			return n, n
		}, 0o640},
		{"a link to a file", func(t *testing.T, dir string) (string, string) {
			n := put(t, filepath.Join(dir, "real", "r.html"), 0o604)
			return link(t, filepath.Join("real", "r.html"), filepath.Join(dir, "l.html")), n
		}, 0o604},
		{"a link to a file that is not there yet", func(t *testing.T, dir string) (string, string) {
			return link(t, "new.html", filepath.Join(dir, "l.html")), filepath.Join(dir, "new.html")
		}, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			typed, file := tt.there(t, dir)
			if err := target(t, typed).Write([]byte("new")); err != nil {
				t.Fatal(err)
			}
			info, err := os.Lstat(file)
			if err != nil || !info.Mode().IsRegular() {
				t.Fatalf("%v %v", info, err)
			}
			if data, err := os.ReadFile(file); err != nil || string(data) != "new" {
				t.Errorf("%q %v", data, err)
			}
			if tt.mode != 0 && info.Mode().Perm() != tt.mode && os.PathSeparator == '/' {
				t.Errorf("mode %v, want %v", info.Mode().Perm(), tt.mode)
			}
			if typed != file {
				if info, err := os.Lstat(typed); err != nil || info.Mode()&fs.ModeSymlink == 0 {
					t.Error("the link was replaced")
				}
			}
			left, err := filepath.Glob(filepath.Join(dir, ".aecheck*"))
			if err != nil || len(left) > 0 {
				t.Errorf("left behind: %v %v", left, err)
			}
		})
	}
}

func TestNewRefuses(t *testing.T) {
	dir := t.TempDir()
	for name, typed := range map[string]string{
		"a folder":       dir,
		"no such folder": filepath.Join(dir, "none", "r.html"),
		"below a file":   filepath.Join(put(t, filepath.Join(dir, "file"), 0o600), "r.html"),
		"nothing at all": "",
		"a link to itself": func() string {
			n := filepath.Join(dir, "loop")
			_ = os.Symlink("loop", n)
			return filepath.Join(n, "x")
		}(),
	} {
		if _, err := New(typed); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// TestFailedWrite: a file that cannot be replaced stays as it was.
func TestFailedWrite(t *testing.T) {
	dir := t.TempDir()
	name := put(t, filepath.Join(dir, "sub", "r.html"), 0o600)
	to := target(t, name)
	if err := os.RemoveAll(filepath.Dir(name)); err != nil {
		t.Fatal(err)
	}
	if err := to.Write([]byte("new")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("err = %v", err)
	}
}

func TestSame(t *testing.T) {
	dir := t.TempDir()
	a := put(t, filepath.Join(dir, "a.jpg"), 0o600)
	b := put(t, filepath.Join(dir, "b.jpg"), 0o600)
	hard := filepath.Join(dir, "hard.jpg")
	if err := os.Link(a, hard); err != nil {
		t.Fatal(err)
	}
	soft := link(t, "a.jpg", filepath.Join(dir, "soft.jpg"))
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{a, a, true}, {a, b, false}, {a, soft, true}, {a, hard, true},
		{a, dir + string(filepath.Separator) + "." + string(filepath.Separator) + "a.jpg", true},
		{Stdout, Stdout, true}, {Stdout, a, false},
		{filepath.Join(dir, "new.html"), filepath.Join(dir, "NEW.html"), true},
		{filepath.Join(dir, "new.html"), a, false},
		{filepath.Join(dir, "new.html"), filepath.Join(dir, "other.html"), false},
	} {
		if got := target(t, tt.a).Same(target(t, tt.b)); got != tt.want {
			t.Errorf("%s and %s: %v", filepath.Base(tt.a), filepath.Base(tt.b), got)
		}
	}
}

func TestLinkedFrom(t *testing.T) {
	dir := t.TempDir()
	scanned := put(t, filepath.Join(dir, "case", "source", "a.jpg"), 0o600)
	hard := filepath.Join(dir, "hard.jpg")
	if err := os.Link(scanned, hard); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		target, dir string
		want        bool
	}{
		{hard, filepath.Join(dir, "case"), true},
		{hard, scanned, true},
		{hard, link(t, "case", filepath.Join(dir, "folder")), true},
		{link(t, "hard.jpg", filepath.Join(dir, "soft.jpg")), filepath.Join(dir, "case"), true},
		{put(t, filepath.Join(dir, "same size.jpg"), 0o600), filepath.Join(dir, "case"), false},
		{filepath.Join(dir, "new.jpg"), filepath.Join(dir, "case"), false},
		{hard, filepath.Join(dir, "none"), false},
		{Stdout, dir, false},
	} {
		if got := target(t, tt.target).LinkedFrom(tt.dir); got != tt.want {
			t.Errorf("%s in %s: %v", tt.target, tt.dir, got)
		}
	}
}

func TestWithin(t *testing.T) {
	dir := t.TempDir()
	inside := put(t, filepath.Join(dir, "case", "source", "a.jpg"), 0o600)
	outside := put(t, filepath.Join(dir, "other", "b.jpg"), 0o600)
	alias := link(t, filepath.Join("..", "case", "source", "a.jpg"), filepath.Join(dir, "other", "alias.jpg"))
	folder := link(t, "case", filepath.Join(dir, "folder"))
	for _, tt := range []struct {
		target, dir string
		want        bool
	}{
		{inside, filepath.Join(dir, "case"), true},
		{inside, folder, true},
		{alias, filepath.Join(dir, "case"), true},
		{filepath.Join(dir, "case", "new.html"), filepath.Join(dir, "case"), true},
		{outside, filepath.Join(dir, "case"), false},
		{outside, outside, true},
		{alias, inside, true},
		{inside, filepath.Join(dir, "none"), false},
		{Stdout, filepath.Join(dir, "case"), false},
	} {
		if got := target(t, tt.target).Within(tt.dir); got != tt.want {
			t.Errorf("%s in %s: %v", tt.target, tt.dir, got)
		}
	}
}
