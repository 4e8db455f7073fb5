package window

import (
	"bytes"
	"errors"
	"io"
	"testing"
)

func TestReader(t *testing.T) {
	data := make([]byte, 20000)
	for i := range data {
		data[i] = byte(i * 7)
	}
	w := New(data[:100], int64(len(data)), bytes.NewReader(data))
	for _, c := range []struct {
		off int64
		n   int
	}{{0, 10}, {95, 10}, {150, 4}, {4200, 9000}, {152, 4}, {19990, 10}, {20000, 0}} {
		for name, get := range map[string]func(int64, int) ([]byte, error){"Peek": w.Peek, "Read": w.Read} {
			got, err := get(c.off, c.n)
			if err != nil || !bytes.Equal(got, data[c.off:c.off+int64(c.n)]) {
				t.Errorf("%s(%d, %d): %v", name, c.off, c.n, err)
			}
		}
	}
	for _, c := range []struct {
		off int64
		n   int
	}{{-1, 1}, {0, -1}, {19995, 10}, {20001, 0}, {1 << 60, 1}} {
		if _, err := w.Peek(c.off, c.n); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("Peek(%d, %d): %v", c.off, c.n, err)
		}
		if _, err := w.Read(c.off, c.n); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("Read(%d, %d): %v", c.off, c.n, err)
		}
	}
	got, short, err := w.UpTo(19995, 10)
	if err != nil || !short || len(got) != 5 {
		t.Errorf("UpTo: %d bytes, short %v, %v", len(got), short, err)
	}
}

// What Read returned stays as it was, whatever is read after it.
func TestReadStays(t *testing.T) {
	data := bytes.Repeat([]byte("abcdefgh"), 4000)
	w := New(nil, int64(len(data)), bytes.NewReader(data))
	first, err := w.Read(8, 4)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 100 {
		if _, err := w.Peek(int64(i*113), 7); err != nil {
			t.Fatal(err)
		}
	}
	if string(first) != "abcd" {
		t.Errorf("now %q", first)
	}
}

type zeros struct{}

func (zeros) ReadAt(p []byte, _ int64) (int, error) { return len(p), nil }

func TestBudget(t *testing.T) {
	w := New(nil, 4*budget, zeros{})
	for range 4 {
		if _, err := w.Read(0, budget/4); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Read(0, 1); !errors.Is(err, ErrBudget) {
		t.Errorf("beyond the budget: %v", err)
	}
}
