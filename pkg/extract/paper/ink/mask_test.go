package ink

import (
	"math/rand/v2"
	"testing"
)

// speckled returns a mask, and the same as plain values: sparse, dense, full
// and with long lines, so that runs cross the words of a row.
func speckled(rng *rand.Rand, w, h, kind int) (*Mask, [][]bool) {
	m, plain := NewMask(w, h), make([][]bool, h)
	for y := range h {
		plain[y] = make([]bool, w)
		for x := range w {
			set := rng.IntN(10) < 3*kind+1
			if kind == 2 {
				set = rng.IntN(60) > 0
			}
			if set {
				m.Set(x, y)
				plain[y][x] = true
			}
		}
	}
	return m, plain
}

// TestMaskAgainstPlain compares every operation on packed pixels with the same
// done one by one.
func TestMaskAgainstPlain(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 4))
	for _, size := range [...][2]int{{1, 1}, {7, 5}, {63, 9}, {64, 20}, {65, 33}, {190, 40}, {128, 70}} {
		for kind := range 3 {
			w, h := size[0], size[1]
			m, plain := speckled(rng, w, h, kind)
			set := func(x, y int) bool { return x >= 0 && y >= 0 && x < w && y < h && plain[y][x] }
			for _, r := range [...]int{1, 3, 10, 70} {
				compare(t, "grow", m.Grow(r), func(x, y int) bool {
					for dy := -r; dy <= r; dy++ {
						for dx := -r; dx <= r; dx++ {
							if set(x+dx, y+dy) {
								return true
							}
						}
					}
					return false
				})
			}
			for _, n := range [...]int{1, 2, 5, 17} {
				compare(t, "columns", m.columns(n), func(x, y int) bool {
					return set(x, y) && stretch(set, x, y, 0, 1) >= n
				})
			}
			erased := NewMask(w, h)
			copy(erased.bits, m.bits)
			erased.EraseRules(9, 2)
			compare(t, "erase", erased, func(x, y int) bool {
				across, up := stretch(set, x, y, 1, 0), stretch(set, x, y, 0, 1)
				return set(x, y) && !(across >= 9 && up <= 2) && !(up >= 9 && across <= 2)
			})
			n := 0
			for y := range h {
				for _, r := range m.rowRuns(nil, y) {
					if set(int(r.X0)-1, y) || set(int(r.X1), y) || r.X0 >= r.X1 || int(r.X1) > w {
						t.Fatalf("run %v of row %d of %d×%d", r, y, w, h)
					}
					for x := r.X0; x < r.X1; x++ {
						n++
						if !set(int(x), y) {
							t.Fatalf("run %v holds a gap", r)
						}
					}
				}
			}
			if n != m.Count() {
				t.Errorf("%d×%d: runs of %d pixels, count %d", w, h, n, m.Count())
			}
		}
	}
}

// stretch is the length of the run through a pixel.
func stretch(set func(x, y int) bool, x, y, dx, dy int) int {
	n := 1
	for k := 1; set(x+k*dx, y+k*dy); k++ {
		n++
	}
	for k := 1; set(x-k*dx, y-k*dy); k++ {
		n++
	}
	return n
}

func compare(t *testing.T, what string, m *Mask, want func(x, y int) bool) {
	t.Helper()
	for y := range m.H {
		for x := range m.W {
			if m.At(x, y) != want(x, y) {
				t.Fatalf("%s %d×%d: %d, %d is %v", what, m.W, m.H, x, y, m.At(x, y))
			}
		}
	}
}

func TestThreshold(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	const w, h = 143, 6
	plane := make([]uint8, w*h)
	for i := range plane {
		plane[i] = uint8(rng.IntN(256))
	}
	for level := 1; level < 256; level++ {
		compare(t, "threshold", Threshold(plane, w, h, uint8(level)), func(x, y int) bool { return int(plane[y*w+x]) >= level })
	}
}

// TestLabelAgainstFill compares the blobs with those a flood fill finds.
func TestLabelAgainstFill(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 6))
	for range 30 {
		w, h := 1+rng.IntN(150), 1+rng.IntN(60)
		m, plain := speckled(rng, w, h, rng.IntN(2))
		var want []Blob
		for y := range h {
			for x := range w {
				if plain[y][x] {
					b := Blob{Label: int32(len(want) + 1), X0: x, Y0: y, X1: x, Y1: y}
					fill8(plain, x, y, &b)
					want = append(want, b)
				}
			}
		}
		l := Label(m)
		if len(l.Blobs) != len(want) {
			t.Fatalf("%d blobs, want %d", len(l.Blobs), len(want))
		}
		for i, b := range l.Blobs {
			if b != want[i] {
				t.Errorf("blob %+v, want %+v", b, want[i])
			}
			area := 0
			for _, r := range l.Runs(b) {
				area += int(r.X1 - r.X0)
			}
			if area != b.Area {
				t.Errorf("runs of %d pixels, area %d", area, b.Area)
			}
		}
	}
}

func fill8(plain [][]bool, x, y int, b *Blob) {
	if y < 0 || y >= len(plain) || x < 0 || x >= len(plain[0]) || !plain[y][x] {
		return
	}
	plain[y][x] = false
	b.X0, b.Y0, b.X1, b.Y1 = min(b.X0, x), min(b.Y0, y), max(b.X1, x+1), max(b.Y1, y+1)
	b.Area++
	for dy := -1; dy <= 1; dy++ {
		for dx := -1; dx <= 1; dx++ {
			fill8(plain, x+dx, y+dy, b)
		}
	}
}

// TestShrinkRow compares the mean over one or two columns and rows with that of
// the general way.
func TestShrinkRow(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	upper, lower := make([]uint8, 3*10), make([]uint8, 3*10)
	for i := range upper {
		upper[i], lower[i] = uint8(rng.IntN(256)), uint8(rng.IntN(256))
	}
	from := []int{0, 1, 3, 5, 6, 8, 10}
	out := make([]uint8, 3*6)
	shrinkRow(out, upper, lower, from)
	for x := range 6 {
		for k := range 3 {
			sum, n := 0, 0
			for c := from[x]; c < from[x+1]; c++ {
				sum += int(upper[3*c+k]) + int(lower[3*c+k])
				n += 2
			}
			if int(out[3*x+k]) != sum/n {
				t.Errorf("column %d channel %d: %d, want %d", x, k, out[3*x+k], sum/n)
			}
		}
	}
}
