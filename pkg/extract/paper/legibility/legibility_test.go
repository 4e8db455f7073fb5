package legibility

import (
	"image"
	"image/color"
	"image/draw"
	"slices"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract/paper/ink"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/raster"
	"github.com/aecheck/aecheck/pkg/testkit/papers"
)

func TestFind(t *testing.T) {
	const w, h = 1000, 1400
	cases := []struct {
		name string
		draw func(s *papers.Sheet) *papers.Sheet
		want string // kind of the first defect, "" for none
	}{
		{"clean", func(s *papers.Sheet) *papers.Sheet { return s }, ""},
		{"scan with grain", func(s *papers.Sheet) *papers.Sheet { s.Grain(6); return s }, ""},
		{"photo in half light", func(s *papers.Sheet) *papers.Sheet { s.Light(0.5); return s }, ""},
		{"blurred", func(s *papers.Sheet) *papers.Sheet { s.Blur(2); return s }, "blur"},
		{"dark", func(s *papers.Sheet) *papers.Sheet {
			for i := range s.Pix {
				if i%4 < 3 {
					s.Pix[i] /= 5
				}
			}
			return s
		}, "dark"},
		{"glare", func(s *papers.Sheet) *papers.Sheet {
			s.Light(0.6)
			draw.Draw(s, image.Rect(300, 500, 620, 760), image.White, image.Point{}, draw.Src)
			return s
		}, "glare"},
		{"print that fades in a reflection", func(s *papers.Sheet) *papers.Sheet {
			s.Fade(430, 700, 260, 180)
			s.Light(0.6)
			return s
		}, "glare"},
		{"pale print in rows of its own", func(s *papers.Sheet) *papers.Sheet {
			for y := 1180; y < 1300; y += 40 {
				if err := s.PrintIn(100, y, 20, "pale words at the foot of the page of a letter", color.RGBA{190, 190, 190, 255}); err != nil {
					panic(err)
				}
			}
			return s
		}, ""},
		{"right side cut off", func(s *papers.Sheet) *papers.Sheet {
			cut := papers.NewSheet(w/2, h, 0)
			draw.Draw(cut, cut.Rect, s, image.Point{}, draw.Src)
			return cut
		}, "cut_off"},
		{"small picture", func(s *papers.Sheet) *papers.Sheet {
			small := papers.NewSheet(w/4, h/4, 0)
			m := s.RGB().Shrink(w/4, h/4)
			for i := range m.W * m.H {
				copy(small.Pix[4*i:4*i+3], m.Pix[3*i:3*i+3])
			}
			return small
		}, "small_text"},
	}
	for i, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := papers.NewSheet(w, h, uint64(200+i))
			if err := s.Body(180, 28); err != nil {
				t.Fatal(err)
			}
			got := ""
			found := slices.DeleteFunc(find(c.draw(s).RGB()), func(d facts.Defect) bool { return d.Confidence < 0.5 }) // spots say something only beside print
			if len(found) > 0 {
				got = found[0].Kind
			}
			if got != c.want {
				t.Errorf("found %+v, want %q", found, c.want)
			}
		})
	}
}

// find looks at a picture of a page.
func find(m *raster.RGB) []facts.Defect { return Find(ink.New(m, detail), m) }

// TestRunOff counts the rules of a form that are cut at one side, not ornaments that
// run through.
func TestRunOff(t *testing.T) {
	const w, h = 1000, 1400
	s := papers.NewSheet(w, h, 1)
	if err := s.Body(180, 20); err != nil {
		t.Fatal(err)
	}
	for i := range 4 {
		s.Rule(400, w+20, 1000+40*i) // off at the right
	}
	s.Rule(-20, w+20, 1250)
	s.Rule(300, 700, 1300)
	m := s.RGB()
	if left, right := RunOff(ink.New(m, detail)); left != 0 || right != 4 {
		t.Errorf("%d and %d, want 0 and 4", left, right)
	}
}

// On bright paper a blown-out patch is too unsure to be told by itself; print that ends
// at it makes the difference, and nobody sees one on paper as white as itself.
func TestGlareOnBrightPaper(t *testing.T) {
	for _, c := range []struct {
		paper uint8
		want  float64
	}{{200, 0.9}, {232, spotSure}, {250, 0}} {
		s := papers.NewSheet(1000, 1400, 3)
		if err := s.Body(180, 20); err != nil {
			t.Fatal(err)
		}
		for i := range s.Pix {
			if i%4 < 3 {
				s.Pix[i] = uint8(int(s.Pix[i]) * int(c.paper) / 255)
			}
		}
		draw.Draw(s, image.Rect(300, 500, 620, 760), image.White, image.Point{}, draw.Src)
		got := 0.0
		m := s.RGB()
		for _, d := range Find(ink.New(m, detail), m) {
			if d.Kind == "glare" {
				got = max(got, d.Confidence)
			}
		}
		if got != c.want {
			t.Errorf("paper of %d: glare with %v, want %v", c.paper, got, c.want)
		}
	}
}
