package seals

import (
	"image/color"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract/paper/ink"
	"github.com/aecheck/aecheck/pkg/raster"
	"github.com/aecheck/aecheck/pkg/testkit/papers"
)

func TestFind(t *testing.T) {
	const w, h = 850, 1200
	cases := []struct {
		name  string
		draw  func(s *papers.Sheet)
		color string // "" for none
		shape string
	}{
		{"red chop", func(s *papers.Sheet) { s.Chop(600, 900, 80, 80, 0, 360, papers.Red) }, "red", "round"},
		{"red chop over print", func(s *papers.Sheet) { s.Chop(400, 300, 80, 80, 0, 360, papers.Red) }, "red", "round"},
		{"oval", func(s *papers.Sheet) { s.Chop(600, 900, 95, 62, 0, 360, papers.Red) }, "red", "oval"},
		{"stamp of small letters", func(s *papers.Sheet) { s.Stamp(600, 900, 95, 66, papers.Red) }, "red", "oval"},
		{"name chop", func(s *papers.Sheet) { s.SquareChop(600, 900, 34, 0.08, papers.Red) }, "red", "square"},
		{"faint", func(s *papers.Sheet) { s.Chop(600, 900, 80, 80, 0, 360, papers.FaintRed) }, "red", "round"},
		{"half printed", func(s *papers.Sheet) { s.Chop(600, 900, 80, 80, 0, 190, papers.Red) }, "red", "partial"},
		{"blue", func(s *papers.Sheet) { s.Chop(600, 900, 80, 80, 0, 360, papers.BlueInk) }, "blue", "round"},
		{"black", func(s *papers.Sheet) { s.Chop(600, 900, 80, 80, 0, 360, papers.Black) }, "unknown", "round"},
		{"red chop, grey scan", func(s *papers.Sheet) { s.Chop(600, 900, 80, 80, 0, 360, papers.Red); s.Gray() }, "unknown", "round"},
		{"photo in dim light", func(s *papers.Sheet) {
			s.Chop(600, 900, 80, 80, 0, 360, papers.Red)
			s.Light(0.4)
			s.Grain(5)
		}, "red", "round"},
		{"no seal", func(*papers.Sheet) {}, "", ""},
		{"red disc", func(s *papers.Sheet) { s.Disc(600, 900, 70, papers.Red) }, "", ""},
		{"red ring without letters", func(s *papers.Sheet) { s.Circle(600, 900, 80, papers.Red) }, "", ""},
		{"red rim of a dark bowl", func(s *papers.Sheet) {
			s.Disc(600, 900, 92, papers.BlueInk)
			s.Disc(600, 900, 80, papers.Black)
			s.Chop(600, 900, 80, 80, 0, 360, papers.Red)
		}, "", ""},
		{"grey ring on cyan", func(s *papers.Sheet) {
			s.Tint(0.65, 0.91, 0.98)
			s.Chop(600, 900, 80, 80, 0, 360, color.RGBA{125, 80, 80, 255})
		}, "black", "round"},
		{"chop half in shadow", func(s *papers.Sheet) {
			s.Chop(600, 900, 80, 80, 0, 360, papers.Red)
			s.Shadow(0.62, 0.6)
		}, "red", "round"},
		{"signature in red", func(s *papers.Sheet) { s.Sign(500, 860, 220, 90, papers.Red) }, "", ""},
	}
	for i, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := papers.NewSheet(w, h, uint64(i))
			if err := s.Body(150, 22); err != nil {
				t.Fatal(err)
			}
			c.draw(s)
			found := find(s.RGB())
			if c.color == "" {
				if len(found) != 0 {
					t.Fatalf("found %+v", found)
				}
				return
			}
			if len(found) != 1 {
				t.Fatalf("found %+v", found)
			}
			f := found[0]
			if f.Color != c.color || f.Shape != c.shape {
				t.Errorf("%s %s, want %s %s", f.Color, f.Shape, c.color, c.shape)
			}
			if x, y := f.Box[0]+f.Box[2]/2, f.Box[1]+f.Box[3]/2; c.shape != "partial" && c.name != "red chop over print" && (abs(x-600) > 8 || abs(y-900) > 8) {
				t.Errorf("centre at %d, %d", x, y)
			}
		})
	}
}

// Of two chops that touch, or that lie in different light, both are found.
func TestFindTwo(t *testing.T) {
	for i, c := range []struct {
		name string
		x, y float64 // of the second
		draw func(s *papers.Sheet)
	}{
		{"apart", 600, 560, func(*papers.Sheet) {}},
		{"touching", 588, 742, func(*papers.Sheet) {}},
		{"overlapping a little", 588, 752, func(*papers.Sheet) {}},
		{"touching, in shadow", 588, 742, func(s *papers.Sheet) { s.Shadow(0.62, 0.6) }},
		{"one pale", 600, 640, func(s *papers.Sheet) { s.Chop(250, 900, 80, 80, 0, 360, papers.FaintRed) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := papers.NewSheet(850, 1200, uint64(i))
			if err := s.Body(150, 10); err != nil {
				t.Fatal(err)
			}
			s.Chop(600, 900, 80, 80, 0, 360, papers.Red)
			want := 2
			s.Chop(c.x, c.y, 80, 80, 0, 360, papers.Red)
			if c.name == "one pale" {
				want = 3
			}
			c.draw(s)
			if found := find(s.RGB()); len(found) != want {
				t.Errorf("found %+v", found)
			}
		})
	}
}

func TestUnroll(t *testing.T) {
	s := papers.NewSheet(400, 400, 1)
	s.Chop(200, 200, 150, 150, 0, 360, papers.Red)
	found := find(s.RGB())
	if len(found) != 1 {
		t.Fatalf("found %+v", found)
	}
	for _, how := range Cuts {
		strip := Unroll(s.RGB(), found[0], how)
		if strip == nil {
			t.Fatal("no strip")
		}
		// The twelve letters stand side by side: between them the columns are
		// white, and the ends of the strip lie in the gap.
		columns, last := 0, false
		for x := range strip.W {
			dark := false
			for y := strip.H / 4; y < 3*strip.H/4; y++ {
				dark = dark || strip.Pix[3*(y*strip.W+x)] < 140
			}
			if dark && !last {
				columns++
			}
			last = dark
		}
		if columns < 8 || columns > 26 {
			t.Errorf("%+v: %d groups of columns", how, columns)
		}
		if strip.Pix[0] < 200 || last {
			t.Errorf("%+v: cut through a letter", how)
		}
	}
	if Unroll(s.RGB(), Found{}, Cuts[0]) != nil {
		t.Error("a seal without an outline was unrolled")
	}
}

func TestFindSmall(t *testing.T) {
	for _, m := range []*raster.RGB{raster.NewRGB(0, 0), raster.NewRGB(1, 1), raster.NewRGB(5000, 3)} {
		if found := find(m); len(found) != 0 {
			t.Errorf("%d×%d: %+v", m.W, m.H, found)
		}
	}
}

func abs(v int) int {
	if v < 0 {
		return -v
	}
	return v
}

// TestBareRingOnGrain: an empty ring stays no seal on paper full of colour
// noise.
func TestBareRingOnGrain(t *testing.T) {
	s := papers.NewSheet(827, 1169, 3)
	s.Circle(500, 600, 65, papers.Red)
	s.Grain(14)
	if found := find(s.RGB()); len(found) != 0 {
		t.Errorf("found %+v", found)
	}
}

// TestPaleLetters: letters paler than their ring, as of a worn chop, make it no empty
// one.
func TestPaleLetters(t *testing.T) {
	for _, pale := range []uint8{214, 206, 198, 190} {
		s := papers.NewSheet(827, 1169, 3)
		s.Chop(500, 600, 80, 80, 0, 360, color.RGBA{250, pale, pale, 255})
		s.Circle(500, 600, 80, papers.Red)
		s.Disc(500, 600, 18, papers.Red) // for the star
		if found := find(s.RGB()); len(found) != 1 || found[0].Shape != "round" {
			t.Errorf("letters of %d: found %+v", pale, found)
		}
	}
}

// find looks at a picture of a page.
func find(m *raster.RGB) []Found { return Find(ink.New(m, Detail), m.W, m.H) }
