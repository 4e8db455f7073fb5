//go:build unix

package material

import (
	"encoding/base64"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"unicode/utf8"
)

func TestWalkTellsWhatItWillNotRead(t *testing.T) {
	outside := names(t, "secret.jpg")
	dir := names(t, "a/notice/n.png", "a/evidence/e.png", "b/notice/n.png", "b/evidence/e.png")
	link := func(target, at string) {
		t.Helper()
		if err := os.Symlink(target, filepath.Join(dir, at)); err != nil {
			t.Fatal(err)
		}
	}
	link("e.png", "a/evidence/same.png")
	link(filepath.Join(outside, "secret.jpg"), "a/evidence/abs.jpg")
	link("../../b/evidence/e.png", "a/evidence/other-case.png")
	link("nowhere.png", "a/evidence/broken.png")
	link("loop.png", "a/evidence/loop.png")
	link("../notice", "a/evidence/folder")
	link(outside, "a/outside")
	if err := syscall.Mkfifo(filepath.Join(dir, "a/evidence/fifo.jpg"), 0o644); err != nil {
		t.Fatal(err)
	}
	want := `case a
  evidence/abs.jpg evidence/ folder unread=link_outside
  evidence/broken.png evidence/ folder unread=link_broken
  evidence/e.png evidence/ folder
  evidence/fifo.jpg evidence/ folder unread=not_regular
  evidence/folder evidence/ folder unread=link_folder
  evidence/loop.png evidence/ folder unread=link_broken
  evidence/other-case.png evidence/ folder unread=link_outside
  evidence/same.png evidence/ folder
  notice/n.png notice/ folder
  outside unsorted/ nothing unread=link_outside
  ! link_outside evidence/abs.jpg
  ! link_broken evidence/broken.png
  ! not_regular evidence/fifo.jpg
  ! link_folder evidence/folder
  ! link_broken evidence/loop.png
  ! link_outside evidence/other-case.png
  ! link_outside outside
  ! unplaced outside
case b
  evidence/e.png evidence/ folder
  notice/n.png notice/ folder
`
	cases, beside := walk(t, testOptions(), dir)
	if got := shape(cases, beside); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	for _, tr := range cases[0].Problems {
		if strings.Contains(tr.Detail, outside) || strings.Contains(tr.Detail, dir) {
			t.Errorf("detail of %s names a folder of this machine: %q", tr.Path, tr.Detail)
		}
	}
}

func TestOpen(t *testing.T) {
	dir := lay(t, map[string]string{"notice/n.png": "hello", "evidence/e.png": "x", "evidence/f.png": "x", "evidence/g.png": "x"})
	cases, _ := walk(t, testOptions(), dir)
	assets := map[string]*Asset{}
	for _, a := range cases[0].Assets {
		assets[a.Path] = a
	}
	f, err := Open(assets["notice/n.png"])
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if b, _ := io.ReadAll(io.NewSectionReader(f, 0, 10)); string(b) != "hello" {
		t.Errorf("read %q", b)
	}
	if w, ok := f.(io.Writer); ok {
		if _, err := w.Write([]byte("y")); err == nil {
			t.Error("a seller's file was opened for writing")
		}
	}

	// What changed after the walk is refused, and never blocks.
	swap := func(name string, make func(path string) error) {
		p := filepath.Join(dir, "evidence", name)
		if err := errors.Join(os.Remove(p), make(p)); err != nil {
			t.Fatal(err)
		}
	}
	swap("e.png", func(p string) error { return syscall.Mkfifo(p, 0o644) })
	swap("f.png", func(p string) error { return os.WriteFile(p, []byte("longer"), 0o644) })
	swap("g.png", func(p string) error { return os.Symlink("/etc/hostname", p) })
	for name, code := range map[string]Code{"evidence/e.png": NotRegular, "evidence/f.png": Changed, "evidence/g.png": LinkOutside} {
		f, err := Open(assets[name])
		var oe *OpenError
		if !errors.As(err, &oe) || oe.Code != code {
			t.Errorf("%s: %v, want %s", name, err, code)
		}
		if err == nil {
			f.Close()
		}
	}
}

func TestUnreadable(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root reads everything")
	}
	dir := names(t, "notice/n.png", "evidence/e.png", "source/s.jpg")
	for _, p := range []string{"notice/n.png", "source"} {
		if err := os.Chmod(filepath.Join(dir, p), 0); err != nil {
			t.Fatal(err)
		}
	}
	defer os.Chmod(filepath.Join(dir, "source"), 0o755)
	want := `case .
  evidence/e.png evidence/ folder
  notice/n.png notice/ folder unread=unreadable
  ! unreadable notice/n.png
  ! unreadable source
`
	if got := shape(walk(t, testOptions(), dir)); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestWalkGBKNames(t *testing.T) {
	if runtime.GOOS == "darwin" {
		t.Skip("the file system takes UTF-8 only")
	}
	const folder = "\xcc\xe6\xbb\xbb\xcd\xbc" // 替换图 in GBK
	const file = "\xb3\xd0\xc5\xb5\xca\xe9"   // 承诺书 in GBK
	dir := names(t, folder+"/a.jpg", file+".pdf")
	cases, _ := walk(t, testOptions(), dir)
	c := cases[0]
	if len(c.Assets) != 2 || c.Assets[0].Kind != "commitment" || c.Assets[1].Kind != "replacement" {
		t.Fatalf("placed wrongly:\n%s", shape(cases, nil))
	}
	var told []string
	for _, tr := range c.Problems {
		raw, err := base64.StdEncoding.DecodeString(tr.RawBase64)
		if err != nil || tr.Code != NameEncoding || !utf8.ValidString(tr.Path) {
			t.Errorf("%+v, %v", tr, err)
		}
		told = append(told, string(raw)+"="+tr.Detail)
	}
	if want := []string{file + ".pdf=承诺书.pdf", folder + "=替换图"}; !slices.Equal(told, want) {
		t.Errorf("told %q, want %q", told, want)
	}
	f, err := Open(c.Assets[0])
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
}
