package sysmem

import "testing"

func TestMemoryGrowsInPlace(t *testing.T) {
	m := New(4*page, nil)
	defer m.Free()
	if b := m.Reallocate(0); len(b) != 0 {
		t.Fatalf("an empty memory has %d bytes", len(b))
	}
	first := m.Reallocate(page)
	if len(first) != page {
		t.Fatalf("%d bytes, want %d", len(first), page)
	}
	first[page-1] = 7
	grown := m.Reallocate(3 * page)
	if len(grown) != 3*page || &grown[0] != &first[0] || grown[page-1] != 7 {
		t.Error("growing moved or lost what was written")
	}
	for i, v := range grown[page:] {
		if v != 0 {
			t.Fatalf("byte %d of fresh memory is %d", page+i, v)
		}
	}
	grown[3*page-1] = 1
	if m.Refused() {
		t.Error("refused what is within the limit")
	}
	if b := m.Reallocate(4*page + 1); b != nil {
		t.Error("grew beyond the limit")
	}
	if !m.Refused() {
		t.Error("does not say that it refused")
	}
	if b := m.Reallocate(4 * page); len(b) != 4*page || b[page-1] != 7 {
		t.Error("a refused growth spoilt the memory")
	}
}

func TestMemoryOfNoUse(t *testing.T) {
	m := New(page, nil)
	m.Free() // never used
	if b := m.Reallocate(page); len(b) != page {
		t.Fatal("no memory")
	}
	m.Free()
	m.Free()
	if m.all != nil {
		t.Error("kept after Free")
	}
}

// What it is told adds up to what is held, and to nothing at the end.
func TestMemoryIsCounted(t *testing.T) {
	var held, most int64
	m := New(8*page, func(n int64) {
		held += n
		most = max(most, held)
	})
	for _, size := range []uint64{page, page + 1, 5*page - 1, 9 * page, 2 * page} {
		m.Reallocate(size)
	}
	if held != 5*page || most != held {
		t.Errorf("%d bytes, %d at most, want %d", held, most, 5*page)
	}
	m.Free()
	if held != 0 {
		t.Errorf("%d bytes after all was freed", held)
	}
}
