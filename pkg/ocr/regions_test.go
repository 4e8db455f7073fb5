package ocr

import (
	"testing"

	"github.com/aecheck/aecheck/pkg/raster"
)

// sheet returns a plain picture.
func sheet(w, h int, v uint8) *raster.RGB {
	img := raster.NewRGB(w, h)
	for i := range img.Pix {
		img.Pix[i] = v
	}
	return img
}

// blot sets a square of n pixels.
func blot(img *raster.RGB, x, y, n int, v uint8) {
	for j := y; j < y+n; j++ {
		for i := x; i < x+n; i++ {
			img.Pix[3*(j*img.W+i)+1] = v
		}
	}
}

func TestContentRegions(t *testing.T) {
	all := func(img *raster.RGB) []region { return contentRegions(img, region{0, 0, img.W, img.H}) }
	if got := all(sheet(500, 400, 255)); len(got) != 0 {
		t.Errorf("white: %v", got)
	}
	noisy := sheet(500, 400, 253)
	for i := range noisy.Pix {
		noisy.Pix[i] += uint8(i * 7 % 3)
	}
	if got := all(noisy); len(got) != 0 {
		t.Errorf("noise of 2 steps: %v", got)
	}
	// The faintest mark that must not be lost: 3 steps in one channel.
	img := sheet(640, 640, 255)
	blot(img, 300, 310, 2, 252)
	got := all(img)
	if len(got) != 1 || got[0] != (region{240, 256, 352, 368}) {
		t.Errorf("faint mark: %v", got)
	}
	// Two marks far apart are looked at separately, near ones together.
	blot(img, 10, 10, 4, 0)
	if got := all(img); len(got) != 2 {
		t.Errorf("far apart: %v", got)
	}
	blot(img, 360, 310, 4, 0)
	if got := all(img); len(got) != 2 {
		t.Errorf("three, two near: %v", got)
	}
	// Busy nearly everywhere: one region.
	for i := range 30 {
		blot(img, 20*i, 20*i, 10, 0)
	}
	if got := all(img); len(got) != 1 {
		t.Errorf("diagonal: %v", got)
	}
	// An edge exactly between two squares.
	edge := sheet(64, 64, 255)
	for y := range 64 {
		for x := 32; x < 64; x++ {
			edge.Pix[3*(y*64+x)] = 200
		}
	}
	if got := all(edge); len(got) != 1 {
		t.Errorf("edge: %v", got)
	}
	if got := all(sheet(1, 1, 9)); len(got) != 0 {
		t.Errorf("one pixel: %v", got)
	}
}

func TestTiles(t *testing.T) {
	if got := tiles(region{5, 5, 105, 105}, 100); got != nil {
		t.Errorf("small: %v", got)
	}
	for _, reg := range []region{{0, 0, 300, 100}, {10, 20, 1310, 911}, {0, 0, 321, 4000}, {0, 0, 1, 20000}} {
		covered := map[int]bool{}
		for _, tile := range tiles(reg, 320) {
			if tile.x0 < reg.x0 || tile.y0 < reg.y0 || tile.x1 > reg.x1 || tile.y1 > reg.y1 || tile.x1-tile.x0 > 320 || tile.y1-tile.y0 > 320 {
				t.Errorf("%v: tile %v", reg, tile)
			}
			for y := tile.y0; y < tile.y1; y++ {
				for x := tile.x0; x < tile.x1; x++ {
					covered[y<<20|x] = true
				}
			}
		}
		if max(reg.x1-reg.x0, reg.y1-reg.y0) > 320 && len(covered) != reg.area() {
			t.Errorf("%v: %d of %d pixels covered", reg, len(covered), reg.area())
		}
	}
}

func TestEnhance(t *testing.T) {
	const w, h = 101, 67
	src, dst := make([]float32, w*h), make([]float32, w*h)
	for i := range src {
		src[i] = 90
	}
	enhance(dst, src, w, h)
	for i, v := range dst {
		if v != enhanceMiddle {
			t.Fatalf("plain ground: %v at %d", v, i)
		}
	}
	// A faint dot comes out, a slope does not.
	for i := range src {
		src[i] = 60 + float32(i%w)
	}
	src[30*w+50] += 8
	enhance(dst, src, w, h)
	if d := dst[30*w+50] - dst[30*w+20]; d < 16 {
		t.Errorf("the dot stands out by %v, want twice its 8 at least", d)
	}
	for _, size := range [][2]int{{1, 1}, {1, 50}, {50, 1}, {4, 4}, {5, 3}} {
		enhance(make([]float32, size[0]*size[1]), make([]float32, size[0]*size[1]), size[0], size[1])
	}
}

func TestCounts(t *testing.T) {
	for _, c := range []struct {
		text string
		conf float64
		want bool
	}{
		{"", 0, false}, {"AE-1", 0.6, true}, {"AE-1", 0.4, false}, {"福", 0.9, true}, {"福", 0.7, false}, {"97", 0.7, false}, {":—:", 0.9, false},
	} {
		rd := reading{line: Line{Text: c.text, Confidence: c.conf, Chars: make([]Char, len([]rune(c.text)))}}
		if got := rd.counts(0.5); got != c.want {
			t.Errorf("%q at %v: %v", c.text, c.conf, got)
		}
	}
}

func TestAlike(t *testing.T) {
	a := [4]int{10, 10, 100, 20}
	for _, c := range []struct {
		b    [4]int
		want bool
	}{
		{a, true}, {[4]int{12, 11, 98, 19}, true}, {[4]int{10, 10, 60, 20}, false}, {[4]int{10, 10, 100, 200}, false}, {[4]int{300, 10, 100, 20}, false}, {[4]int{}, false},
	} {
		if got := alike(a, c.b); got != c.want {
			t.Errorf("%v: %v", c.b, got)
		}
	}
}

func TestSettle(t *testing.T) {
	line := func(text string, conf float64, box [4]int) reading {
		var chars []Char
		for _, r := range text {
			chars = append(chars, Char{R: r, Confidence: conf})
		}
		rd := newReading(newLine(chars, quad{}, 1, 1), cut{})
		rd.line.Box = box
		return rd
	}
	base := []reading{line("AE-12", 0.9, [4]int{0, 0, 50, 10}), line("other", 0.9, [4]int{0, 50, 50, 10})}
	for _, c := range []struct {
		name string
		rd   reading
		want string
	}{
		{"elsewhere", line("new", 0.9, [4]int{100, 0, 50, 10}), "AE-12 other new"},
		{"longer", line("AE-123", 0.95, [4]int{0, 0, 60, 10}), "AE-123 other"},
		{"hardly better", line("AE-12", 0.92, [4]int{0, 0, 50, 10}), "AE-12 other"},
		{"over two lines", line("AE-12 other", 0.9, [4]int{0, 0, 50, 60}), "AE-12 other"},
		{"over two lines, which it reads as one", line("AE-1234 another", 0.99, [4]int{0, 0, 50, 60}), "AE-1234 another"},
	} {
		got := ""
		for _, rd := range settle(append([]reading(nil), base...), c.rd) {
			got += rd.line.Text + " "
		}
		if got != c.want+" " {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
