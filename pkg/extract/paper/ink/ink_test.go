package ink

import (
	"slices"
	"testing"

	"github.com/aecheck/aecheck/pkg/raster"
)

// fill paints a rectangle.
func fill(m *raster.RGB, x0, y0, x1, y1 int, r, g, b uint8) {
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			i := 3 * (y*m.W + x)
			m.Pix[i], m.Pix[i+1], m.Pix[i+2] = r, g, b
		}
	}
}

// TestPlanes has red, blue and black ink on paper lit from warm to dim: the
// planes must tell the inks and not see the light.
func TestPlanes(t *testing.T) {
	const n = 400
	m := raster.NewRGB(n, n)
	for y := range n {
		for x := range n {
			f := 255 - x*120/n
			i := 3 * (y*n + x)
			m.Pix[i], m.Pix[i+1], m.Pix[i+2] = uint8(f), uint8(f*95/100), uint8(f*85/100)
		}
	}
	for _, x := range []int{60, 200, 340} {
		light := 255 - x*120/n
		fill(m, x, 100, x+6, 106, uint8(light*85/100), uint8(light*15/100), uint8(light*15/100))
		fill(m, x, 200, x+6, 206, uint8(light*15/100), uint8(light*20/100), uint8(light*60/100))
		fill(m, x, 300, x+6, 306, uint8(light/10), uint8(light/10), uint8(light/10))
	}
	s := New(m, n)
	if !s.Color || s.Scale != 1 {
		t.Errorf("colour %v scale %v", s.Color, s.Scale)
	}
	for _, x := range []int{62, 202, 342} {
		red, blue, black, paper := 102*n+x, 202*n+x, 302*n+x, 350*n+x
		if s.Red[red] < 100 || s.Blue[red] != 0 {
			t.Errorf("x %d, red ink: red %d blue %d", x, s.Red[red], s.Blue[red])
		}
		if s.Blue[blue] < 60 || s.Red[blue] != 0 {
			t.Errorf("x %d, blue ink: red %d blue %d", x, s.Red[blue], s.Blue[blue])
		}
		if s.Dark[black] < 200 || s.Red[black] > 20 || s.Blue[black] > 20 {
			t.Errorf("x %d, black ink: dark %d red %d blue %d", x, s.Dark[black], s.Red[black], s.Blue[black])
		}
		if s.Dark[paper] > 25 || s.Red[paper] > 12 || s.Blue[paper] > 12 {
			t.Errorf("x %d, paper: dark %d red %d blue %d", x, s.Dark[paper], s.Red[paper], s.Blue[paper])
		}
	}
}

// TestColor: a grey scan has none, be its paper tinted.
func TestColor(t *testing.T) {
	m := raster.NewRGB(100, 100)
	fill(m, 0, 0, 100, 100, 240, 236, 225)
	if New(m, 100).Color {
		t.Error("tinted paper is no colour")
	}
	fill(m, 40, 40, 60, 60, 200, 40, 40)
	if !New(m, 100).Color {
		t.Error("a red square is colour")
	}
}

func TestLabel(t *testing.T) {
	rows := []string{
		"##....#",
		".#...#.",
		".....#.",
		"#.#....",
		".#.....",
	}
	mask := NewMask(7, 5)
	for y, r := range rows {
		for x, c := range r {
			if c == '#' {
				mask.Set(x, y)
			}
		}
	}
	l := Label(mask)
	if len(l.Blobs) != 3 {
		t.Fatalf("%+v", l.Blobs)
	}
	if b := l.Blobs[1]; b.X0 != 5 || b.Y0 != 0 || b.X1 != 7 || b.Y1 != 3 || b.Area != 3 {
		t.Errorf("%+v", b)
	}
	if got := l.Runs(l.Blobs[2]); !slices.Equal(got, []Run{{3, 0, 1}, {3, 2, 3}, {4, 1, 2}}) {
		t.Errorf("runs %v", got)
	}
}

// TestInRows tells letters in rows from the same patches strewn about.
func TestInRows(t *testing.T) {
	const w, h = 600, 600
	rows, strewn := NewMask(w, h), NewMask(w, h)
	put := func(mask *Mask, x, y int) {
		for dy := range 10 {
			for dx := range 7 {
				mask.Set(x+dx, y+dy)
			}
		}
	}
	for k := range 200 {
		put(rows, 20+k%20*12, 20+k/20*24)
		put(strewn, (k*173)%570, (k*k*37+k*101)%570)
	}
	height, letters := Label(rows).LetterHeight()
	if height != 10 || letters != 200 {
		t.Errorf("height %v, letters %d", height, letters)
	}
	if n := Label(rows).InRows(height); n < 180 {
		t.Errorf("%d letters in rows", n)
	}
	if n := Label(strewn).InRows(height); n > 40 {
		t.Errorf("%d strewn patches in rows", n)
	}
}
