package ocr

import (
	"fmt"
	"image"
	"image/draw"
	"math"
	"path/filepath"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"github.com/aecheck/aecheck/pkg/raster"
)

// TestReach: on a page a line ends with its text, elsewhere with its box.
func TestReach(t *testing.T) {
	img := raster.NewRGB(1000, 100)
	q := quad{{100, 20}, {900, 20}, {900, 60}, {100, 60}}
	text := found{chars: []Char{{R: 'a', Confidence: 1}, {R: 'b', Confidence: 1}}, from: 0.05, to: 0.25}
	for _, c := range []struct {
		name        string
		cut         cut
		left, right float64
	}{
		{"a picture", cut{quad: q, found: text}, 100, 900},
		{"a page", cut{quad: q, page: true, found: text}, 100, 340},
		{"a page, text to its ends", cut{quad: q, page: true, found: found{chars: text.chars, from: 0.01, to: 0.99}}, 100, 900},
		{"a page, nothing read", cut{quad: q, page: true}, 100, 900},
		{"a widened cut", cut{quad: q, ends: 1, found: found{chars: text.chars, from: 0.01, to: 0.99}}, 49, 951},
	} {
		got := c.cut.reading(img).line.Quad
		if d := got[0][0] - c.left; d > 1 || d < -1 {
			t.Errorf("%s: from %v, want %v", c.name, got[0][0], c.left)
		}
		if d := got[1][0] - c.right; d > 1 || d < -1 {
			t.Errorf("%s: to %v, want %v", c.name, got[1][0], c.right)
		}
	}
}

// TestLevel: lines aslant are left out before they are read.
func TestLevel(t *testing.T) {
	r := newReader(t)
	img := loadPicture(t, filepath.Join("testdata", "set", "watermark-tilted.jpg"))
	all, err := r.Read(t.Context(), img, Options{Fast: true})
	if err != nil || len(all) == 0 {
		t.Fatalf("%v, %v", all, err)
	}
	level, err := r.Read(t.Context(), img, Options{Fast: true, Level: 10})
	if err != nil || len(level) != 0 {
		t.Errorf("%v, %v", level, err)
	}
}

// TestPage: a page of print is read in full.
func TestPage(t *testing.T) {
	r := newReader(t)
	lines, err := r.Read(t.Context(), printed(t, 16, 32), Options{Page: true})
	if err != nil || len(lines) != 16 {
		t.Fatalf("%d lines, %v", len(lines), err)
	}
	for i, l := range lines {
		if want := sentence(i); l.Text != want {
			t.Errorf("%q, want %q", l.Text, want)
		}
	}
}

// TestUprightAmongMany wants lines that stand on either side read the right way up on a
// picture with so many lines that each is read once.
func TestUprightAmongMany(t *testing.T) {
	if testing.Short() {
		t.Skip("takes two seconds")
	}
	page := printed(t, 14, 32)
	last := region{150, 1545, 750, 1595} // the 14th line, of which two upright copies are made
	for y := last.y0; y < last.y1; y++ {
		for x := last.x0; x < last.x1; x++ {
			src := page.Pix[3*(y*page.W+x):][:3]
			across, along := y-last.y0, x-last.x0
			copy(page.Pix[3*((900-along)*page.W+1000+across):], src) // runs upwards
			copy(page.Pix[3*((200+along)*page.W+1300-across):], src) // runs downwards
		}
	}
	r := newReader(t)
	lines, err := r.Read(t.Context(), page, Options{})
	if err != nil || len(lines) != 16 {
		t.Fatalf("%d lines, %v", len(lines), err)
	}
	ways := map[int]int{}
	for _, l := range lines {
		if l.Text == sentence(13) {
			ways[int(math.Round(l.Angle/90))]++
		}
	}
	if ways[0] != 1 || ways[1] != 1 || ways[-1] != 1 {
		t.Errorf("the last line was read in these quarter turns: %v, want one in each of 0, 1, -1", ways)
	}
}

func sentence(i int) string { return fmt.Sprintf("Line %d of a letter in plain words", i+1) }

// printed is a page of lines.
func printed(t *testing.T, lines int, size float64) *raster.RGB {
	t.Helper()
	f, err := opentype.Parse(goregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72})
	if err != nil {
		t.Fatal(err)
	}
	defer face.Close()
	page := image.NewRGBA(image.Rect(0, 0, 1400, 2000))
	draw.Draw(page, page.Rect, image.White, image.Point{}, draw.Src)
	d := font.Drawer{Dst: page, Src: image.Black, Face: face}
	for i := range lines {
		d.Dot = fixed.P(150, 150+110*i)
		d.DrawString(sentence(i))
	}
	out := raster.NewRGB(1400, 2000)
	for i := range 1400 * 2000 {
		copy(out.Pix[3*i:3*i+3], page.Pix[4*i:])
	}
	return out
}
