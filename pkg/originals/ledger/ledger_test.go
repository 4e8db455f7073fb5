package ledger

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// note is a handler that writes down what it is told.
func note(into *[]string) Handler {
	say := func(format string, args ...any) error {
		*into = append(*into, fmt.Sprintf(format, args...))
		return nil
	}
	return Handler{
		Root: func(r Root) error { return say("root %+v", r) },
		Entry: func(e *Entry) error {
			f, err := e.Facts()
			if err != nil {
				return err
			}
			return say("entry %d %x %q %+v", e.Number, e.SHA256[:2], e.Look, f)
		},
		Place: func(p Place) error { return say("place %+v", p) },
		Stamp: func(s Stamp) error { return say("stamp %+v", s) },
	}
}

// written makes an index with something of every kind, and returns what it holds and
// how long it was after each record but the last.
func written(t testing.TB, index string) (said []string, ends []int64) {
	t.Helper()
	var opened []string
	w, err := Open(index, note(&opened))
	if err != nil {
		t.Fatal(err)
	}
	if len(opened) > 0 {
		t.Fatalf("a new index holds %v", opened)
	}
	check := func(n, want int, err error) {
		t.Helper()
		if err != nil || n != want {
			t.Fatalf("number %d, want %d (%v)", n, want, err)
		}
		ends = append(ends, w.Size().Sound)
	}
	n, err := w.Root(Root{Path: "/照片", Volume: "4F-1", Label: "移动硬盘", Below: "照片"})
	check(n, 0, err)
	for i := range 3 {
		f := Facts{Format: "jpeg", Bytes: int64(100 + i), Width: 60, Height: 40, Exif: true, Taken: "2026-03-01 09:00:00", Model: "R6", Added: 1_700_000_000}
		n, err := w.Entry([32]byte{byte(i), 7}, []byte(strings.Repeat("look", i)), f, Place{Path: fmt.Sprintf("新品/%d.jpg", i), Size: int64(100 + i), Changed: -5, Seen: 1_700_000_000})
		check(n, i, err)
	}
	check(0, 0, w.Place(Place{Entry: 1, Path: "moved.jpg", Size: 101}))
	check(0, 0, w.Stamp(Stamp{Entries: 3, Digest: []byte{1}, Token: []byte("token"), From: "https://tsa.example"}))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	size, err := Read(index, note(&said))
	if want := (Size{Roots: 1, Entries: 3, Places: 4, Sound: ends[len(ends)-1]}); err != nil || size != want {
		t.Fatalf("size %+v, want %+v (%v)", size, want, err)
	}
	return said, ends
}

func TestRoundTrip(t *testing.T) {
	index := filepath.Join(t.TempDir(), "new", "folder", "index")
	said, _ := written(t, index)
	if len(said) != 9 {
		t.Fatalf("read %d records: %v", len(said), said)
	}
	// What is added later comes after it.
	w, err := Open(index, Handler{})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := w.Entry([32]byte{9}, nil, Facts{Format: "raw"}, Place{Path: "x"}); n != 3 || err != nil {
		t.Fatal(n, err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	var again []string
	if _, err := Read(index, note(&again)); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(said, again[:len(said)]); d != "" || len(again) != len(said)+2 {
		t.Error(d, again)
	}
	info, err := os.Stat(index)
	if err != nil || info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
		t.Error("others may read the index", info.Mode(), err)
	}
}

// TestCut cuts an index at every byte: what was written whole before is read, and
// adding goes on from there.
func TestCut(t *testing.T) {
	dir := t.TempDir()
	index := filepath.Join(dir, "index")
	said, ends := written(t, index)
	whole, err := os.ReadFile(index)
	if err != nil {
		t.Fatal(err)
	}
	cut := filepath.Join(dir, "cut")
	for n := range whole {
		if err := os.WriteFile(cut, whole[:n], 0o600); err != nil {
			t.Fatal(err)
		}
		var got []string
		size, err := Read(cut, note(&got))
		if err != nil || size.Sound+size.Torn != int64(n) {
			t.Fatalf("cut at %d: %+v %v", n, size, err)
		}
		if d := cmp.Diff(said[:len(got)], got, cmpopts.EquateEmpty()); d != "" {
			t.Fatalf("cut at %d: %s", n, d)
		}
		for i, end := range ends { // an entry and its place are two records
			if int64(n) >= end && len(got) < []int{1, 3, 5, 7, 8, 9}[i] {
				t.Fatalf("cut at %d: only %d records", n, len(got))
			}
		}
		if n%41 != 0 {
			continue
		}
		w, err := Open(cut, Handler{})
		if err != nil {
			t.Fatal(err)
		}
		if w.Size().Torn != 0 {
			t.Error("still torn")
		}
		if _, err := w.Root(Root{Path: "/after"}); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		var then []string
		if size, err := Read(cut, note(&then)); err != nil || size.Torn != 0 || len(then) != len(got)+1 {
			t.Fatalf("cut at %d and added to: %+v %v", n, size, err)
		}
	}
}

// TestBlankEnd: a cut of power may leave zeros behind the last record.
func TestBlankEnd(t *testing.T) {
	index := filepath.Join(t.TempDir(), "index")
	said, ends := written(t, index)
	f, err := os.OpenFile(index, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(ends[len(ends)-1] + 5000); err != nil {
		t.Fatal(err)
	}
	f.Close()
	var got []string
	size, err := Read(index, note(&got))
	if err != nil || size.Torn != 5000 || len(got) != len(said) {
		t.Fatal(size, err)
	}
}

// TestDamaged changes every byte in turn: that is told with its place, or what is
// read is the beginning of what was written.
func TestDamaged(t *testing.T) {
	dir := t.TempDir()
	index := filepath.Join(dir, "index")
	said, _ := written(t, index)
	whole, err := os.ReadFile(index)
	if err != nil {
		t.Fatal(err)
	}
	bad := filepath.Join(dir, "bad")
	for n := range whole {
		changed := bytes.Clone(whole)
		changed[n] ^= 0x41
		if err := os.WriteFile(bad, changed, 0o600); err != nil {
			t.Fatal(err)
		}
		var got []string
		_, err := Read(bad, note(&got))
		if d := cmp.Diff(said[:len(got)], got, cmpopts.EquateEmpty()); d != "" {
			t.Fatalf("byte %d: something else was read: %s", n, d)
		}
		var damaged *DamagedError
		switch {
		case errors.As(err, &damaged):
			if damaged.Offset > int64(n) || damaged.Error() == "" {
				t.Fatalf("byte %d: told as %v", n, err)
			}
		case !errors.Is(err, ErrNotIndex):
			t.Fatalf("byte %d: %v", n, err)
		}
		if w, err := Open(bad, Handler{}); err == nil {
			t.Errorf("byte %d: open for adding (%v)", n, w.Close())
		}
	}
}

func TestNoIndex(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{"text": "these are my photos, all of them", "short": "AECHECX", "": ""} {
		path := filepath.Join(dir, name) // the last is the folder
		if name != "" {
			if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := Read(path, Handler{}); !errors.Is(err, ErrNotIndex) {
			t.Errorf("%q read: %v", name, err)
		}
		if _, err := Open(path, Handler{}); err == nil {
			t.Errorf("%q opened", name)
		}
		if name == "" {
			continue
		}
		if data, err := os.ReadFile(path); err != nil || string(data) != content {
			t.Errorf("%q was written to", name)
		}
	}
	if _, err := Read(filepath.Join(dir, "none"), Handler{}); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	empty := filepath.Join(dir, "empty")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if size, err := Read(empty, Handler{}); err != nil || size != (Size{}) {
		t.Error(size, err)
	}
}

func TestBusy(t *testing.T) {
	index := filepath.Join(t.TempDir(), "index")
	w, err := Open(index, Handler{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(index, Handler{}); !errors.Is(err, ErrBusy) {
		t.Error("two may write:", err)
	}
	if _, err := w.Root(Root{Path: "/a"}); err != nil {
		t.Fatal(err)
	}
	if size, err := Read(index, Handler{}); err != nil || size.Roots != 1 {
		t.Error("nobody may read meanwhile:", size, err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if w, err = Open(index, Handler{}); err != nil {
		t.Fatal("still busy:", err)
	}
	w.Close()
}

// TestLongRecord: a record longer than what is read at once is read whole.
func TestLongRecord(t *testing.T) {
	index := filepath.Join(t.TempDir(), "index")
	w, err := Open(index, Handler{})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{chunk - 100, 3 * chunk, 10, maxPayload - 100} {
		if err := w.Stamp(Stamp{Token: make([]byte, n)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Stamp(Stamp{Token: make([]byte, maxPayload)}); err == nil {
		t.Error("a record that cannot be read was written")
	}
	if err := w.Close(); err == nil {
		t.Error("the first error was forgotten")
	}
	var got []int
	if _, err := Read(index, Handler{Stamp: func(s Stamp) error { got = append(got, len(s.Token)); return nil }}); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]int{chunk - 100, 3 * chunk, 10, maxPayload - 100}, got); d != "" {
		t.Error(d)
	}
}

func TestHandlersError(t *testing.T) {
	index := filepath.Join(t.TempDir(), "index")
	written(t, index)
	own := errors.New("own")
	for _, h := range []Handler{
		{Root: func(Root) error { return own }}, {Entry: func(*Entry) error { return own }},
		{Place: func(Place) error { return own }}, {Stamp: func(Stamp) error { return own }},
	} {
		if _, err := Read(index, h); err != own { //nolint:errorlint // itself is meant
			t.Error(err)
		}
	}
}

// framed is a record with sums that are right.
func framed(kind byte, data []byte) []byte {
	n, u := len(data), binary.LittleEndian
	head := []byte{kind, byte(n), byte(n >> 8), byte(n >> 16)}
	head = u.AppendUint32(head, crc32.Checksum(data, castagnoli))
	return append(u.AppendUint32(head, crc32.Checksum(head, castagnoli)), data...)
}

// FuzzRead reads what somebody else wrote, as it is and as records with right sums: it
// ends in an error or with as many bytes as there are.
func FuzzRead(f *testing.F) {
	index := filepath.Join(f.TempDir(), "index")
	written(f, index)
	whole, err := os.ReadFile(index)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole, byte(kindEntry))
	f.Add([]byte("\xa2\x01a/\x02aV"), byte(kindRoot))
	f.Add(make([]byte, 60), byte(kindPlace))
	f.Add([]byte("\xa1\x01\x03"), byte(kindStamp))
	f.Fuzz(func(t *testing.T, data []byte, kind byte) {
		own := append(append([]byte(magic), framed(kindRoot, []byte("\xa1\x01a/"))...), framed(kindEntry, make([]byte, 40))...)
		files := [][]byte{data, append([]byte(magic), data...)}
		if len(data) <= maxPayload {
			files = append(files, append(own, framed(kind, data)...))
		}
		for _, file := range files {
			var said []string
			size, err := read(bytes.NewReader(file), "index", int64(len(file)), note(&said))
			if err == nil && size.Sound+size.Torn != int64(len(file)) {
				t.Errorf("%+v of %d bytes", size, len(file))
			}
		}
	})
}
