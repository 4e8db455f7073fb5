package codes

import (
	"math/rand/v2"
	"testing"

	"github.com/makiuchi-d/gozxing"

	"github.com/aecheck/aecheck/pkg/raster"
)

// patches is a plane of plain, noisy and striped squares of all levels.
func patches(w, h int, seed uint64) *raster.Gray {
	r := rand.New(rand.NewPCG(seed, 3))
	g := &raster.Gray{W: w, H: h, Pix: make([]uint8, w*h)}
	for y0 := 0; y0 < h; y0 += 20 {
		for x0 := 0; x0 < w; x0 += 20 {
			level, spread := r.IntN(256), []int{1, 10, 60, 256}[r.IntN(4)]
			for y := y0; y < min(y0+20, h); y++ {
				for x := x0; x < min(x0+20, w); x++ {
					g.Pix[y*w+x] = uint8(min(255, max(0, level+r.IntN(spread)-spread/2)))
				}
			}
		}
	}
	return g
}

func TestTiles(t *testing.T) {
	for _, size := range [][2]int{{8, 8}, {64, 48}, {61, 83}, {9, 200}} {
		g := patches(size[0], size[1], 1)
		tl := newTiles(g)
		for ty := range tl.h {
			for tx := range tl.w {
				x0, y0 := min(tx*block, g.W-block), min(ty*block, g.H-block)
				lo, hi, sum := uint8(255), uint8(0), 0
				for y := y0; y < y0+block; y++ {
					for _, v := range g.Pix[y*g.W+x0 : y*g.W+x0+block] {
						lo, hi, sum = min(lo, v), max(hi, v), sum+int(v)
					}
				}
				if i := ty*tl.w + tx; tl.lo[i] != lo || tl.hi[i] != hi || int(tl.mean[i]) != sum/(block*block) {
					t.Fatalf("%v tile %d, %d: %d %d %d, want %d %d %d", size, tx, ty, tl.lo[i], tl.hi[i], tl.mean[i], lo, hi, sum/(block*block))
				}
			}
		}
	}
}

// TestThresholds compares the planes with those of the library whose recipes
// they follow; it reads tiles that reach back over their neighbours twice, so
// that the local one is compared on whole tiles.
func TestThresholds(t *testing.T) {
	compare := func(name string, got *bitmap, want gozxing.Binarizer) {
		t.Helper()
		m, err := want.GetBlackMatrix()
		if err != nil || got == nil {
			t.Fatalf("%s: %v, %v", name, got, err)
		}
		for y := range got.h {
			for x := range got.w {
				if got.dark(x, y) != m.Get(x, y) {
					t.Fatalf("%s: pixel %d, %d is %v", name, x, y, got.dark(x, y))
				}
			}
		}
	}
	for seed := range uint64(5) {
		g := patches(160, 120, seed)
		compare("local", local(g, newTiles(g)), gozxing.NewHybridBinarizer(luma{g}))
		g = patches(157, 123, seed)
		compare("global", global(g, newTiles(g)), gozxing.NewGlobalHistgramBinarizer(luma{g}))
	}
	plain := &raster.Gray{W: 80, H: 80, Pix: make([]uint8, 80*80)}
	if global(plain, newTiles(plain)) != nil {
		t.Error("a plain plane has a global threshold")
	}
	if small := patches(39, 80, 1); local(small, newTiles(small)) == nil {
		t.Error("39 px are 5 tiles")
	}
	if small := patches(32, 80, 1); local(small, newTiles(small)) != nil {
		t.Error("32 px are too few for a local threshold")
	}
}

// TestBlackRow compares rows with those of the library, whose recipe they follow.
func TestBlackRow(t *testing.T) {
	for _, w := range []int{21, 64, 65, 200} {
		g := patches(w, 60, uint64(w))
		library, bits := gozxing.NewGlobalHistgramBinarizer(luma{g}), make([]uint32, (w+31)/32)
		for y := range g.H {
			want, err := library.GetBlackRow(y, nil)
			got := blackRow(g.Pix[y*w:(y+1)*w], bits)
			if err != nil {
				if got != 0 {
					t.Errorf("%d px, row %d: %d changes on one ground", w, y, got)
				}
				continue
			}
			changes := 0
			for x := range w {
				if bits[x/32]>>(x%32)&1 != 0 != want.Get(x) {
					t.Fatalf("%d px, row %d: pixel %d", w, y, x)
				}
				if x > 0 && want.Get(x) != want.Get(x-1) {
					changes++
				}
			}
			if got != changes {
				t.Errorf("%d px, row %d: %d changes, want %d", w, y, got, changes)
			}
		}
	}
}

func TestChanges(t *testing.T) {
	for _, w := range []int{21, 64, 65, 200} {
		g := patches(w, 24, uint64(w))
		m := threshold(g, newTiles(g), func(int, int) int { return 127 })
		var ends []int32
		for y := range m.h {
			var dark bool
			ends, dark = m.changes(y, ends)
			for i := 0; i+1 < len(ends); i, dark = i+1, !dark {
				if ends[i] >= ends[i+1] {
					t.Fatalf("row %d: ends %v", y, ends)
				}
				for x := ends[i]; x < ends[i+1]; x++ {
					if m.dark(int(x), y) != dark {
						t.Fatalf("row %d, column %d: ends %v", y, x, ends)
					}
				}
			}
			if ends[0] != 0 || int(ends[len(ends)-1]) != w {
				t.Fatalf("row %d of %d: ends %v", y, w, ends)
			}
		}
	}
}

func TestHalve(t *testing.T) {
	for _, size := range [][2]int{{64, 10}, {61, 83}, {3, 3}, {7, 2}} {
		g := patches(size[0], size[1], 4)
		half := halve(g)
		if half.W != g.W/2 || half.H != g.H/2 {
			t.Fatalf("%v: %d×%d", size, half.W, half.H)
		}
		for y := range half.H {
			for x := range half.W {
				p := func(dx, dy int) int { return int(g.Pix[(2*y+dy)*g.W+2*x+dx]) }
				if want := (p(0, 0) + p(1, 0) + p(0, 1) + p(1, 1) + 2) / 4; int(half.Pix[y*half.W+x]) != want {
					t.Fatalf("%v: pixel %d, %d is %d, want %d", size, x, y, half.Pix[y*half.W+x], want)
				}
			}
		}
	}
}
