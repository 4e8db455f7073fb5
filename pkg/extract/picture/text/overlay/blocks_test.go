package overlay

import (
	"math"
	"testing"
)

// blocksOf makes the blocks of a line over a ground that changes, with letters as
// ink says, and a little noise.
func blocksOf(n int, ground func(i int) [3]float64, ink func(g [3]float64) [3]float64) []block {
	var list []block
	for i := range n {
		g := ground(i)
		t := ink(g)
		for k := range 3 {
			t[k] += math.Sin(float64(7*i + k))
		}
		var b block
		side := 0
		if Luma(t) > Luma(g) {
			side = 1
		}
		b.text[side], b.ground[side], b.ok[side] = t, g, true
		// Seen from the other side, ground and letters change places.
		b.text[1-side], b.ground[1-side], b.ok[1-side] = g, t, true
		list = append(list, b)
	}
	return list
}

func TestInkModels(t *testing.T) {
	shaded := func(i int) [3]float64 {
		v := 60 + 12*float64(i)
		return [3]float64{v, v * 0.8, v * 0.6}
	}
	even := func(int) [3]float64 { return [3]float64{180, 170, 160} }
	over := func(c, alpha float64) func([3]float64) [3]float64 {
		return func(g [3]float64) [3]float64 {
			for k := range g {
				g[k] = alpha*c + (1-alpha)*g[k]
			}
			return g
		}
	}
	print := func(r [3]float64) func([3]float64) [3]float64 {
		return func(g [3]float64) [3]float64 {
			for k := range g {
				g[k] *= r[k]
			}
			return g
		}
	}
	for _, tt := range []struct {
		name   string
		list   []block
		want   bool
		colour float64 // −1: any
	}{
		{"white veil", blocksOf(12, shaded, over(255, 0.45)), true, 256},
		{"grey veil, lighter here and darker there", blocksOf(12, shaded, over(128, 0.5)), true, 128},
		{"dark print", blocksOf(12, shaded, print([3]float64{0.2, 0.2, 0.25})), false, -1},
		{"red print", blocksOf(12, shaded, print([3]float64{0.8, 0.2, 0.2})), false, -1},
		{"even ground says nothing", blocksOf(12, even, over(255, 0.5)), false, -1},
		{"opaque, as on screens and stickers", blocksOf(12, shaded, over(255, 1)), false, -1},
		{"too short", blocksOf(4, shaded, over(255, 0.45)), false, -1},
	} {
		m := judgeBlocks(tt.list)
		if m.Overlaid() != tt.want {
			t.Errorf("%s: %+v, want overlaid %v", tt.name, m, tt.want)
		}
		if tt.colour >= 0 && math.Abs(m.ink-tt.colour) > 24 {
			t.Errorf("%s: colour %.0f, want about %.0f", tt.name, m.ink, tt.colour)
		}
	}
}
