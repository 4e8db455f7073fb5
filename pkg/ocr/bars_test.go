package ocr

import (
	"bytes"
	"math"
	"slices"
	"testing"
)

// A map of the probability of a level line that the ring of a seal touches at its end,
// and of a second line below that the same ring runs through.
func TestBars(t *testing.T) {
	const w, h = 300, 120
	draw := func(slope float64, lines ...int) []float32 {
		prob := make([]float32, w*h)
		for _, top := range lines {
			for x := 10; x < 230; x++ {
				for k := range 8 {
					prob[(top+k+int(slope*float64(x)))*w+x] = 0.9
				}
			}
		}
		for a := 0.0; a < 2*math.Pi; a += 0.01 {
			for r := 40; r < 48; r++ {
				prob[(60+int(float64(r)*math.Sin(a)))*w+240+int(float64(r)*math.Cos(a))] = 0.9
			}
		}
		return prob
	}
	for _, c := range []struct {
		name  string
		slope float64
		lines []int
		found int
	}{
		{"one line", 0, []int{50}, 1},
		{"two lines", 0, []int{40, 70}, 2},
		{"tilted", 0.12, []int{30}, 1},
		{"ring alone", 0, nil, 0},
	} {
		prob := draw(c.slope, c.lines...)
		if plain := findBoxes(prob, w, h, false); len(plain) > 0 && c.found > 0 {
			t.Fatalf("%s: %d boxes without looking for lines: the drawing shows nothing", c.name, len(plain))
		}
		found := findBoxes(prob, w, h, true)
		if len(found) != c.found {
			t.Fatalf("%s: %d lines, want %d: %v", c.name, len(found), c.found, found)
		}
		slices.SortFunc(found, func(a, b box) int { return sign(a.quad[0][1] - b.quad[0][1]) })
		for i, b := range found {
			at := b.quad.limits()
			top := c.lines[i] + int(c.slope*120)
			if at[0] > 12 || at[0]+at[2] < 200 || at[3] > 24+int(c.slope*300) || at[1] > top+4 || at[1]+at[3] < top+4 {
				t.Errorf("%s: line %d is at %v", c.name, i, at)
			}
		}
	}
}

// Any map of probabilities gives boxes within it.
func FuzzBars(f *testing.F) {
	f.Add([]byte{1, 1, 1, 0, 0, 1}, 3)
	f.Add(bytes.Repeat([]byte{1, 1, 1, 1, 0}, 200), 50)
	f.Fuzz(func(t *testing.T, data []byte, w int) {
		if w < 1 || w > 400 || len(data) < w || len(data) > 40_000 {
			return
		}
		h := len(data) / w
		prob := make([]float32, w*h)
		for i := range prob {
			prob[i] = float32(data[i]%2) * 0.9
		}
		for _, b := range findBoxes(prob, w, h, true) {
			for _, p := range b.quad {
				if p[0] < 0 || p[1] < 0 || p[0] > float64(w) || p[1] > float64(h) || math.IsNaN(p[0]+p[1]) {
					t.Errorf("%v is outside of %d×%d", b.quad, w, h)
				}
			}
		}
	})
}
