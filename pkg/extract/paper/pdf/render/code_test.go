package render

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// keptIn reads all files below a folder.
func keptIn(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		out[name] = string(data)
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return out
}

func put(t *testing.T, name, data string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestCodeIsTakenAsItWasSealed: whatever byte of kept code or of its sum has another
// bit, and wherever either is cut, both go.
func TestCodeIsTakenAsItWasSealed(t *testing.T) {
	dir := t.TempDir()
	code := filepath.Join(dir, "wazero", "1")
	put(t, code, "machine code")
	codeDir(dir).seal()
	sealed := keptIn(t, dir)
	if len(sealed) != 2 {
		t.Fatalf("%d files", len(sealed))
	}
	if kept, ok := codeDir(dir).ready(); !kept || !ok {
		t.Fatalf("sealed code: kept %v, usable %v", kept, ok)
	}
	for name, right := range sealed {
		var damaged []string
		for i := range right {
			damaged = append(damaged, right[:i])
			b := []byte(right)
			b[i] ^= 1 << (i % 8)
			damaged = append(damaged, string(b))
		}
		for _, d := range append(damaged, right+"\n") {
			for name, data := range sealed {
				put(t, name, data)
			}
			put(t, name, d)
			if kept, ok := codeDir(dir).ready(); kept || !ok {
				t.Fatalf("%s is %q: kept %v, usable %v", filepath.Base(name), d, kept, ok)
			}
			if left := keptIn(t, dir); len(left) != 0 {
				t.Fatalf("%s is %q: left %v", filepath.Base(name), d, left)
			}
		}
	}
}

// What a run was writing stays for an hour; then the run is no more.
func TestCodeBeingWritten(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "wazero", "1.12.tmp"), "half")
	for later, want := range map[time.Duration]int{0: 1, 2 * leftBehind: 0} {
		put(t, filepath.Join(dir, "wazero", "1.12.tmp"), "half")
		if kept, ok := codeDir(dir).readyAt(time.Now().Add(later)); kept || !ok {
			t.Errorf("kept %v, usable %v", kept, ok)
		}
		if left := keptIn(t, dir); len(left) != want {
			t.Errorf("after %v: %v", later, left)
		}
	}
}

// A folder that cannot be made is not used.
func TestCodeNowhere(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	put(t, file, "")
	for _, dir := range []string{"", file, filepath.Join(file, "below")} {
		if kept, ok := codeDir(dir).ready(); kept || ok {
			t.Errorf("%q: kept %v, usable %v", dir, kept, ok)
		}
	}
	if n, err := CodeSize(filepath.Join(t.TempDir(), "none")); n != 0 || err != nil {
		t.Errorf("no folder has %d bytes, %v", n, err)
	}
}

// TestDamagedCodeHeals: with a bit flipped where wazero does not look, and with
// code of no use under a right sum, a document is read as ever, and the next run
// finds sound code.
func TestDamagedCodeHeals(t *testing.T) {
	data := pdfOf(sheet{a4, show(72, 700, 20, "Hello")})
	openDoc(t, data) // engine has its code
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(engine.cacheDir)); err != nil {
		t.Fatal(err)
	}
	right := keptIn(t, dir)
	read := func(what string) {
		t.Helper()
		e := NewEngine(dir, nil)
		defer e.Close()
		d, err := e.Open(working(t), data, MaxMemory)
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		defer d.Close()
		if p := textOf(t, d, 0); len(p.Lines) != 1 || p.Lines[0].Text != "Hello" {
			t.Errorf("%s: read %+v", what, p)
		}
	}
	code := slices.MaxFunc(slices.Collect(maps.Keys(right)), func(a, b string) int { return len(right[a]) - len(right[b]) })
	flipped := []byte(right[code])
	flipped[40] ^= 4 // the place of a function in the code
	put(t, code, string(flipped))
	read("a flipped bit")
	if got := keptIn(t, dir); !maps.Equal(got, right) {
		t.Errorf("not healed: %d files", len(got))
	}
	read("healed")

	// wazero takes nothing of this, and must not be asked to again.
	put(t, code, strings.Repeat("no code", 1000))
	if err := os.Remove(code + sumSuffix); err != nil {
		t.Fatal(err)
	}
	codeDir(dir).seal()
	read("no code under a right sum")
	if got := keptIn(t, dir); len(got) != 0 {
		t.Errorf("%d files left", len(got))
	}
}
