package archive

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"io/fs"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// packed writes an archive; add is called with its writer.
func packed(t testing.TB, add func(w *zip.Writer)) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	add(w)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func put(t testing.TB, w *zip.Writer, h *zip.FileHeader, content string) {
	t.Helper()
	f, err := w.CreateHeader(h)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(f, content); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, data []byte) *Reader {
	t.Helper()
	r, err := NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestNames(t *testing.T) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String("客户甲/原图/正面.jpg")
	if err != nil {
		t.Fatal(err)
	}
	// 乗 is 81 5c in GBK: its second byte is a backslash.
	windows, err := simplifiedchinese.GBK.NewEncoder().String(`客户\乗\a.jpg`)
	if err != nil {
		t.Fatal(err)
	}
	extra := binary.LittleEndian.AppendUint16(nil, 0x7075)
	extra = binary.LittleEndian.AppendUint16(extra, uint16(5+len("原图/b.jpg")))
	extra = binary.LittleEndian.AppendUint32(append(extra, 1), crc32.ChecksumIEEE([]byte("??/b.jpg")))
	extra = append(extra, "原图/b.jpg"...)
	for _, tt := range []struct {
		header zip.FileHeader
		want   string
	}{
		{zip.FileHeader{Name: "原图/a.jpg"}, "原图/a.jpg"},
		{zip.FileHeader{Name: "原图/mac.jpg", NonUTF8: true}, "原图/mac.jpg"},
		{zip.FileHeader{Name: gbk, NonUTF8: true}, "客户甲/原图/正面.jpg"},
		{zip.FileHeader{Name: "\xad\xec\xb9\xcf/\xb8\xd4\xb1\xa1.jpg", NonUTF8: true}, "原圖/詳情.jpg"}, // Big5
		{zip.FileHeader{Name: windows, NonUTF8: true}, "客户/乗/a.jpg"},
		{zip.FileHeader{Name: "??/b.jpg", NonUTF8: true, Extra: extra}, "原图/b.jpg"},
		{zip.FileHeader{Name: "../../etc/passwd"}, "etc/passwd"},
		{zip.FileHeader{Name: "/abs/c.jpg"}, "abs/c.jpg"},
		{zip.FileHeader{Name: `C:\Users\d.jpg`}, "Users/d.jpg"},
		{zip.FileHeader{Name: "a/./b/../e.jpg"}, "a/e.jpg"},
	} {
		r := read(t, packed(t, func(w *zip.Writer) { put(t, w, &tt.header, "x") }))
		if len(r.Entries) != 1 || r.Entries[0].Path != tt.want || r.Entries[0].Dir {
			t.Errorf("%q: %+v, want %q", tt.header.Name, r.Entries, tt.want)
		}
	}
}

func TestOpen(t *testing.T) {
	long := strings.Repeat("picture ", 1000)
	data := packed(t, func(w *zip.Writer) {
		put(t, w, &zip.FileHeader{Name: "dir/"}, "")
		put(t, w, &zip.FileHeader{Name: "stored", Method: zip.Store}, long)
		put(t, w, &zip.FileHeader{Name: "deflated", Method: zip.Deflate}, long)
		put(t, w, &zip.FileHeader{Name: "deflated", Method: zip.Deflate}, "a second of that name")
		link := &zip.FileHeader{Name: "link"}
		link.SetMode(fs.ModeSymlink | 0o777)
		put(t, w, link, "/etc/passwd")
	})
	r := read(t, data)
	if len(r.Entries) != 4 || !r.Entries[0].Dir {
		t.Fatalf("%+v", r.Entries)
	}
	for _, e := range r.Entries[1:3] {
		in, err := e.Open(int64(len(long)))
		if err != nil {
			t.Fatal(err)
		}
		got := make([]byte, len(long))
		if _, err := in.ReadAt(got, 0); err != nil || string(got) != long {
			t.Errorf("%s: other content, %v", e.Path, err)
		}
		if _, err := e.Open(int64(len(long)) - 1); !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: err = %v", e.Path, err)
		}
	}
	if _, err := r.Entries[3].Open(1 << 20); !errors.Is(err, ErrNoRegular) {
		t.Errorf("link: err = %v", err)
	}
}

// TestBad: what a stranger may send.
func TestBad(t *testing.T) {
	one := func(content string) []byte {
		return packed(t, func(w *zip.Writer) { put(t, w, &zip.FileHeader{Name: "a.txt", Method: zip.Deflate}, content) })
	}
	central := func(data []byte) int { return bytes.Index(data, []byte("PK\x01\x02")) }
	changed := func(at int, value ...byte) []byte {
		data := one("some text")
		copy(data[central(data)+at:], value)
		return data
	}
	for _, tt := range []struct {
		name  string
		data  []byte
		whole error // of the archive
		entry error
	}{
		{"no archive", []byte("hello"), ErrNotZip, nil},
		{"cut", one("text")[:40], ErrNotZip, nil},
		{"a bomb", one(strings.Repeat("\x00", 80<<20)), ErrBomb, nil},
		{"encrypted", changed(8, 1), nil, ErrPassword},
		{"LZMA", changed(10, 14), nil, ErrMethod},
		{"says it is larger", changed(24, 200), nil, ErrDamaged},
		{"says it is smaller", changed(24, 2), nil, ErrDamaged},
		{"another checksum", changed(16, 1, 2, 3, 4), nil, ErrDamaged},
		{"entries over each other", func() []byte {
			data := packed(t, func(w *zip.Writer) {
				put(t, w, &zip.FileHeader{Name: "a.txt", Method: zip.Store}, "0123456789")
				put(t, w, &zip.FileHeader{Name: "b.txt", Method: zip.Store}, "0123456789")
			})
			second := bytes.LastIndex(data, []byte("PK\x01\x02"))
			copy(data[second+42:], []byte{0, 0, 0, 0}) // where its header lies
			return data
		}(), ErrOverlap, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, err := NewReader(bytes.NewReader(tt.data), int64(len(tt.data)))
			if !errors.Is(err, tt.whole) || tt.whole == nil && err != nil {
				t.Fatalf("err = %v, want %v", err, tt.whole)
			}
			if tt.whole != nil {
				return
			}
			if _, err := r.Entries[0].Open(1 << 20); !errors.Is(err, tt.entry) {
				t.Errorf("err = %v, want %v", err, tt.entry)
			}
		})
	}
}

func FuzzReader(f *testing.F) {
	f.Add(packed(f, func(w *zip.Writer) {
		put(f, w, &zip.FileHeader{Name: "a/b.jpg", Method: zip.Deflate}, "text")
		put(f, w, &zip.FileHeader{Name: "\xd4\xad\xcd\xbc/c.jpg", NonUTF8: true}, "text")
	}))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return
		}
		for _, e := range r.Entries {
			if e.Path == "" || e.Path[0] == '/' || strings.HasPrefix(e.Path, "../") || e.Path == ".." {
				t.Fatalf("path %q", e.Path)
			}
			if in, err := e.Open(1 << 20); err == nil {
				if _, err := in.ReadAt(make([]byte, e.Size), 0); err != nil && e.Size > 0 {
					t.Fatal(err)
				}
			}
		}
	})
}

// A file that is read as it comes is whole or an error, whatever the archive says.
func TestStream(t *testing.T) {
	data := packed(t, func(w *zip.Writer) {
		put(t, w, &zip.FileHeader{Name: "a.txt", Method: zip.Deflate}, strings.Repeat("abc", 100))
	})
	e := read(t, data).Entries[0]
	in, err := e.Stream()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if got, err := io.ReadAll(in); err != nil || len(got) != 300 {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	for _, size := range []int64{299, 301} {
		e.Size = size
		in, err := e.Stream()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadAll(in); !errors.Is(err, ErrDamaged) {
			t.Errorf("a size of %d: %v", size, err)
		}
		in.Close()
	}
	e.Err = ErrPassword
	if _, err := e.Stream(); !errors.Is(err, ErrPassword) {
		t.Errorf("encrypted: %v", err)
	}
}
