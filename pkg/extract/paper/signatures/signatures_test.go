package signatures

import (
	"slices"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract/paper/ink"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/raster"
	"github.com/aecheck/aecheck/pkg/testkit/papers"
)

func TestFind(t *testing.T) {
	const w, h = 1000, 1400
	lines := []Line{{Text: "授权代表签字:", Box: facts.Box{100, 1080, 180, 30}, Confidence: 0.95}}
	var read []Line // of the ink, beside the labels
	cases := []struct {
		name string
		draw func(s *papers.Sheet) error
		want bool
	}{
		{"signed in black", func(s *papers.Sheet) error { s.Sign(300, 1040, 240, 90, papers.Black); return nil }, true},
		{"signed in blue", func(s *papers.Sheet) error { s.Sign(300, 1040, 240, 90, papers.BlueInk); return nil }, true},
		{"signed on a line", func(s *papers.Sheet) error {
			s.Rule(280, 620, 1120)
			s.Sign(300, 1040, 240, 90, papers.Black)
			return nil
		}, true},
		{"signed, scanned", func(s *papers.Sheet) error { s.Sign(300, 1040, 240, 90, papers.Black); s.Grain(6); return nil }, true},
		{"signed in blue so clearly that it was read", func(s *papers.Sheet) error {
			read = append(read, Line{Text: "Hans Meier", Box: facts.Box{290, 1030, 260, 110}, Confidence: 0.99})
			s.Sign(300, 1040, 240, 90, papers.BlueInk)
			return nil
		}, true},
		{"unsigned", func(*papers.Sheet) error { return nil }, false},
		{"empty line", func(s *papers.Sheet) error { s.Rule(280, 620, 1120); return nil }, false},
		{"printed name", func(s *papers.Sheet) error { return s.Print(300, 1110, 40, "Hans Meier") }, false},
		{"large heading", func(s *papers.Sheet) error { return s.Print(200, 110, 52, "LETTER OF AUTHORIZATION") }, false},
		{"table", func(s *papers.Sheet) error {
			for y := 1000; y <= 1200; y += 50 {
				s.Rule(100, 900, y)
			}
			return nil
		}, false},
		{"round sign", func(s *papers.Sheet) error { s.Circle(500, 1120, 45, papers.Black); return nil }, false},
		{"corner of a frame", func(s *papers.Sheet) error { s.Arc(500, 1120, 60, 180, 270, papers.Black); return nil }, false},
		{"woven cloth", func(s *papers.Sheet) error { s.Weave(300, 1020, 320, 180, papers.BlueInk); return nil }, false},
		{"red chop only", func(s *papers.Sheet) error { s.Chop(500, 1120, 90, 90, 0, 360, papers.Red); return nil }, false},
	}
	for i, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := papers.NewSheet(w, h, uint64(100+i))
			if err := s.Body(180, 20); err != nil {
				t.Fatal(err)
			}
			read = nil
			if err := c.draw(s); err != nil {
				t.Fatal(err)
			}
			for asks, labels := range [][]Line{read, append(slices.Clone(read), lines...)} {
				found := find(s.RGB(), labels, nil)
				if got := len(found) > 0; got != c.want {
					t.Errorf("labels %d: found %+v", len(labels), found)
				}
				if c.want && len(found) > 0 {
					b := found[0].Box
					if b[0] > 420 || b[0]+b[2] < 420 || b[1] > 1085 || b[1]+b[3] < 1085 {
						t.Errorf("box %v", b)
					}
					if asks == 1 && found[0].Near != "签字" {
						t.Errorf("near %q", found[0].Near)
					}
				}
			}
		})
	}
}

// find looks at a picture of a page.
func find(m *raster.RGB, lines []Line, seals []Seal) []facts.Signature {
	return Find(ink.New(m, Detail), m.W, m.H, lines, seals).Signatures
}
