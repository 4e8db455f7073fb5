package originals

import (
	"testing"

	"github.com/aecheck/aecheck/pkg/originals/look"
)

// TestRivals: of originals that look alike none is surely the one.
func TestRivals(t *testing.T) {
	at := func(d float64) Hit { return Hit{Candidate: look.Candidate{Distance: d}} }
	camera := func(d float64) Hit {
		h := at(d)
		h.Exif = true
		return h
	}
	for _, tt := range []struct {
		hits []Hit
		sure []bool
		most float64 // confidence of the first
	}{
		{[]Hit{at(0.01)}, []bool{true}, 1},
		{[]Hit{at(0.01), at(look.Sure + 0.1)}, []bool{true, false}, 1},
		{[]Hit{at(0.01), at(0.015)}, []bool{false, false}, 0.5},
		{[]Hit{camera(0.01), camera(0.015), at(0.01)}, []bool{false, false, false}, 0.5},
		{[]Hit{camera(0.01), at(0.01)}, []bool{true, false}, 1},
		{[]Hit{{Same: true}, at(0.01)}, []bool{true, false}, 1},
	} {
		rivals(tt.hits)
		for i, h := range tt.hits {
			if h.Sure() != tt.sure[i] {
				t.Errorf("%+v: sure %v", h, h.Sure())
			}
		}
		if c := tt.hits[0].Confidence(); c > tt.most {
			t.Errorf("%+v: confidence %.2f", tt.hits, c)
		}
	}
}
