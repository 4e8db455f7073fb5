package ocr

import "testing"

// TestInputs: a piece that is large enough is lent again, and of those that come back
// the largest are kept.
func TestInputs(t *testing.T) {
	var p inputs
	a, b, c := p.take(10), p.take(100), p.take(50)
	p.put(a)
	p.put(c)
	p.put(b) // in the place of a
	if got := p.take(60); cap(got) != 100 || len(got) != 60 {
		t.Errorf("%d of %d floats, want 60 of 100", len(got), cap(got))
	}
	if got := p.take(20); cap(got) != 50 {
		t.Errorf("%d floats, want the piece of 50", cap(got))
	}
	p.put(b)
	p.rest()
	if len(p.free) > 0 {
		t.Error("something is kept")
	}
}
