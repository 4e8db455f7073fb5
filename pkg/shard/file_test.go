package shard

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
)

func header() Header {
	return Header{
		Part: Part{2, 3}, Version: "v1", Facts: "f", Rules: "r", Settings: "s", Flags: map[string]string{"--as": "source"},
		Input: Input{Digest: "d", Cases: 1, Files: 2, Bytes: 3}, Roots: map[string][]byte{".": []byte("客户\xff")}, Whole: [][]byte{[]byte(".")},
	}
}

type record struct {
	kind byte
	data string
}

func written(t testing.TB, h Header, records ...record) []byte {
	t.Helper()
	var buf bytes.Buffer
	w, err := NewWriter(&buf, h)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range records {
		if err := w.Record(r.kind, []byte(r.data)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// read returns all records of a file.
func read(data []byte) (Header, []record, error) {
	r, err := NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return Header{}, nil, err
	}
	records, err := rest(r)
	return r.Header, records, err
}

func rest(r *Reader) (out []record, err error) {
	for {
		kind, data, err := r.Next()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		out = append(out, record{kind, string(data)})
	}
}

func TestFilesTravel(t *testing.T) {
	records := []record{{'a', "one"}, {'b', ""}, {'c', strings.Repeat("long", 1<<16)}}
	data := written(t, header(), records...)
	if !Is(data) || !Is(data[:20]) || Is([]byte("aecheck v1")) {
		t.Error("a file is not told by its start")
	}
	h, got, err := read(data)
	if err != nil || !slices.Equal(got, records) {
		t.Errorf("%d records, %v", len(got), err)
	}
	if string(h.Roots["."]) != "客户\xff" || h.Part != (Part{2, 3}) || h.Flags["--as"] != "source" {
		t.Errorf("%+v", h)
	}
	if again := written(t, header(), records...); !bytes.Equal(again, data) {
		t.Error("other bytes the second time")
	}
}

// TestFilesAreChecked cuts a file everywhere, and changes each of its bytes.
func TestFilesAreChecked(t *testing.T) {
	data := written(t, header(), record{'a', "one"}, record{'b', "two"})
	for i := range data {
		if _, _, err := read(data[:i]); err == nil {
			t.Fatalf("read when cut off at %d of %d", i, len(data))
		} else if want := ErrDamaged; i >= len(first) && !errors.Is(err, want) {
			t.Fatalf("cut off at %d: %v", i, err)
		}
		changed := slices.Clone(data)
		changed[i] ^= 0x10
		if _, _, err := read(changed); err == nil {
			t.Fatalf("read with byte %d changed", i)
		}
	}
	if _, _, err := read(append(slices.Clone(data), 'x')); !errors.Is(err, ErrDamaged) {
		t.Errorf("longer than it was: %v", err)
	}
	for text, want := range map[string]error{
		"": ErrForeign, "{}": ErrForeign, "aecheck v1 text": ErrForeign, "aecheck shard 2\nwhatever": ErrSchema, "aecheck shard 2": ErrDamaged,
		"aecheck shard 1\n": ErrDamaged, "aecheck shard x\n": ErrDamaged, "aecheck shard 1": ErrDamaged,
	} {
		if _, _, err := read([]byte(text)); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", text, err, want)
		}
	}
}

// packed is a gzip of bytes that no Writer writes.
func packed(t testing.TB, data []byte) []byte {
	t.Helper()
	var buf bytes.Buffer
	z, err := gzip.NewWriterLevel(&buf, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := z.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// TestRecordsAreBounded gives a reader what would take memory without end.
func TestRecordsAreBounded(t *testing.T) {
	head := func(kind byte, n uint64) []byte { return binary.AppendUvarint([]byte{kind}, n) }
	start := slices.Concat(head(recordHeader, 34), []byte(`{"part":{"index":1,"count":1}}    `))
	end := []byte{recordEnd, 0}
	bomb := slices.Concat(start, head('a', 60<<20), bytes.Repeat([]byte("{},"), 20<<20))
	for name, c := range map[string]struct {
		data []byte
		ok   bool
	}{
		"one that is fine":            {slices.Concat(start, end), true},
		"a length and nothing behind": {slices.Concat(start, head('a', 50<<20)), false},
		"a length beyond all":         {slices.Concat(start, head('a', 1<<63)), false},
		"objects out of nothing":      {slices.Concat(bomb, end), false},
		"no end":                      {start, false},
		"more behind the end":         {slices.Concat(start, end, end), false},
		"an end with something in it": {slices.Concat(start, []byte{recordEnd, 1, 'x'}), false},
		"no header":                   {end, false},
		"a part that is none":         {slices.Concat(head(recordHeader, 30), []byte(`{"part":{"index":2,"count":1}}`), end), false},
		"a header of later":           {slices.Concat(head(recordHeader, 11), []byte(`{"later":1}`), end), false},
	} {
		z := packed(t, c.data)
		r, err := newReader(bytes.NewReader(z), int64(len(z)))
		if err == nil {
			_, err = rest(r)
		}
		if (err == nil) != c.ok || err != nil && !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzRead reads anything as a file, and as what lies behind a sum that holds.
func FuzzRead(f *testing.F) {
	f.Add(written(f, header(), record{'a', "one"}))
	f.Add([]byte("aecheck shard 1\n"))
	f.Add(packed(f, []byte("h\x1e"+`{"part":{"index":1,"count":1}}`+"a\x03one.\x00")))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, _, _ = read(data)
		for _, z := range [][]byte{data, packed(t, data)} {
			if r, err := newReader(bytes.NewReader(z), int64(len(z))); err == nil {
				if _, err := rest(r); err != nil && !errors.Is(err, ErrDamaged) {
					t.Fatal(err)
				}
			}
		}
	})
}
