package tiffdir

import (
	"errors"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract/file/window"
)

// block is a big-endian structure of one directory.
func block(entries string, count byte) []byte {
	return []byte("MM\x00*\x00\x00\x00\x08\x00" + string(count) + entries + "\x00\x00\x00\x00")
}

func TestDir(t *testing.T) {
	for name, c := range map[string]struct {
		data    []byte
		entries int
		damage  bool
	}{
		"inline short":        {block("\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00", 1), 1, false},
		"empty":               {block("", 0), 0, false},
		"value beyond":        {block("\x01\x00\x00\x04\x00\x00\x00\x02\x00\x00\xff\x00", 1), 0, true},
		"count overflows":     {block("\x01\x00\x00\x05\x20\x00\x00\x01\x00\x00\x00\x08", 1), 0, true},
		"text cut off":        {block("\x01\x0f\x00\x02\x00\x00\x00\x40\x00\x00\x00\x08", 1), 1, true},
		"unknown type":        {block("\x01\x00\x00\x63\x00\x00\x00\x01\x00\x00\x00\x00", 1), 0, false},
		"no value":            {block("\x01\x00\x00\x03\x00\x00\x00\x00\x00\x00\x00\x00", 1), 0, false},
		"ends in an entry":    {block("\x01\x12\x00\x03\x00\x00\x00\x01", 1)[:16], 0, true},
		"more than there are": {block("\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00", 9), 1, true},
	} {
		r, err := Open(window.Bytes(c.data))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		d, err := r.Dir(r.First)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if len(d.Entries) != c.entries || (d.Damage != "") != c.damage {
			t.Errorf("%s: %d entries, damage %q", name, len(d.Entries), d.Damage)
		}
	}
}

func TestUint(t *testing.T) {
	r, err := Open(window.Bytes(block("\x01\x12\x00\x03\x00\x00\x00\x02\x00\x06\x00\x07", 1)))
	if err != nil {
		t.Fatal(err)
	}
	d, err := r.Dir(r.First)
	if err != nil {
		t.Fatal(err)
	}
	e, ok := d.Find(0x0112)
	if !ok {
		t.Fatal("not found")
	}
	for i, want := range []int64{6, 7} {
		if got, ok := r.Uint(e, i); !ok || got != want {
			t.Errorf("value %d is %d, want %d", i, got, want)
		}
	}
	if _, ok := r.Uint(e, 2); ok {
		t.Error("a third value of two")
	}
	if r.UintOf(&d, 0x0112) != 6 || r.UintOf(&d, 1) != 0 {
		t.Error("UintOf")
	}
}

func TestNoTIFF(t *testing.T) {
	for _, s := range []string{"", "II*", "II+\x00\x08\x00\x00\x00", "Exif\x00\x00II*\x00"} {
		if _, err := Open(window.Bytes([]byte(s))); !errors.Is(err, ErrNotTIFF) {
			t.Errorf("%q: %v", s, err)
		}
	}
}

func FuzzDir(f *testing.F) {
	f.Add(block("\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00", 1))
	f.Add([]byte("II*\x00\x08\x00\x00\x00\xff\xff"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := Open(window.Bytes(data))
		if err != nil {
			return
		}
		d, err := r.Dir(r.First)
		if err != nil {
			return
		}
		for _, e := range d.Entries {
			if e.Off < 0 || e.Size <= 0 || e.Off+e.Size > int64(len(data)) {
				t.Fatalf("entry outside the data: %+v", e)
			}
			if v, err := r.Value(e); err != nil || int64(len(v)) != e.Size {
				t.Fatalf("value of %+v: %d bytes, %v", e, len(v), err)
			}
			r.Uint(e, 0)
		}
	})
}
