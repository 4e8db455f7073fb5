package signatures

import (
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract/paper/ink"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/testkit/papers"
)

// TestSealPlaces wants the labels that ask for a seal, and to know whether
// something coloured stands there.
func TestSealPlaces(t *testing.T) {
	const w, h = 1000, 1400
	body := Line{"hereby authorize the Company to use the images", facts.Box{100, 160, 700, 640}, 0.97}
	cases := []struct {
		name, label  string
		draw         func(s *papers.Sheet)
		place, blank bool
	}{
		{"nothing there", "授权方（盖章）：", func(s *papers.Sheet) { s.Disc(900, 60, 24, papers.Red) }, true, true},
		{"a seal", "授权方（盖章）：", func(s *papers.Sheet) { s.Chop(320, 1120, 90, 90, 0, 360, papers.Red) }, true, false},
		{"a rim of a faint one", "Company chop:", func(s *papers.Sheet) { s.Chop(320, 1120, 90, 90, 30, 190, papers.FaintRed) }, true, false},
		{"without colour nobody knows", "单位（公章）", func(*papers.Sheet) {}, true, false},
		{"item 9 of an apostille", "9. Seal/stamp:", func(s *papers.Sheet) { s.Disc(900, 60, 24, papers.Red) }, false, false},
		{"a sentence about seals", "本协议自双方签字盖章之日起生效。", func(s *papers.Sheet) { s.Disc(900, 60, 24, papers.Red) }, false, false},
		{"another field", "联系电话：", func(s *papers.Sheet) { s.Disc(900, 60, 24, papers.Red) }, false, false},
	}
	for i, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := papers.NewSheet(w, h, uint64(300+i))
			if err := s.Body(180, 20); err != nil {
				t.Fatal(err)
			}
			if err := s.Print(100, 1105, 24, "Grantor seal"); err != nil {
				t.Fatal(err)
			}
			c.draw(s)
			lines := []Line{body}
			if strings.HasPrefix(c.name, "item 9") {
				lines = append(lines, Line{"APOSTILLE", facts.Box{400, 820, 200, 34}, 0.97})
			}
			m := s.RGB()
			got := Find(ink.New(m, Detail), m.W, m.H, append(lines, Line{c.label, facts.Box{100, 1082, 170, 30}, 0.97}), nil).SealPlaces
			if len(got) > 0 != c.place {
				t.Fatalf("places %+v", got)
			}
			if c.place && got[0].Blank != c.blank {
				t.Errorf("blank %v, want %v", got[0].Blank, c.blank)
			}
		})
	}
}

// TestPrintOnly wants a page of print told from one with any mark besides.
func TestPrintOnly(t *testing.T) {
	const w, h = 1000, 1400
	cases := []struct {
		name string
		draw func(s *papers.Sheet)
		want bool
	}{
		{"print alone", func(*papers.Sheet) {}, true},
		{"an empty line to sign on", func(s *papers.Sheet) { s.Rule(280, 620, 1120) }, true},
		{"a signature", func(s *papers.Sheet) { s.Sign(300, 1040, 240, 90, papers.Black) }, false},
		{"a seal", func(s *papers.Sheet) { s.Chop(500, 1120, 90, 90, 0, 360, papers.Black) }, false},
		{"a quarter of a faint seal", func(s *papers.Sheet) { s.Chop(500, 1120, 90, 90, 20, 110, papers.FaintRed) }, false},
	}
	for i, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := papers.NewSheet(w, h, uint64(400+i))
			if err := s.Body(180, 20); err != nil {
				t.Fatal(err)
			}
			c.draw(s)
			s.Gray()
			m := s.RGB()
			body := Line{"hereby authorize the Company to use the images", facts.Box{90, 150, 800, 700}, 0.97}
			if got := Find(ink.New(m, Detail), m.W, m.H, []Line{body}, nil).PrintOnly; got != c.want {
				t.Errorf("print only %v, want %v", got, c.want)
			}
		})
	}
}

// TestSignPlaces wants a place for a hand to be blank only where nobody has put a pen to
// the paper around it.
func TestSignPlaces(t *testing.T) {
	const w, h = 1000, 1400
	cases := []struct {
		name  string
		draw  func(s *papers.Sheet)
		blank bool
	}{
		{"nothing there", func(*papers.Sheet) {}, true},
		{"a rule to sign on", func(s *papers.Sheet) { s.Rule(280, 620, 1120) }, true},
		{"a seal beside it", func(s *papers.Sheet) { s.Chop(640, 1180, 90, 90, 0, 360, papers.Red) }, true},
		{"on the place", func(s *papers.Sheet) { s.Sign(300, 1070, 240, 60, papers.Black) }, false},
		{"below it, across the next line", func(s *papers.Sheet) { s.Sign(330, 1150, 240, 90, papers.Black) }, false},
	}
	for i, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := papers.NewSheet(w, h, uint64(500+i))
			if err := s.Body(180, 20); err != nil {
				t.Fatal(err)
			}
			for y, text := range map[int]string{1105: "Signature", 1190: "Company name and address"} {
				if err := s.Print(100, y, 24, text); err != nil {
					t.Fatal(err)
				}
			}
			c.draw(s)
			lines := []Line{
				{"hereby authorize the Company to use the images", facts.Box{90, 150, 800, 700}, 0.97},
				{"Signature:", facts.Box{98, 1080, 150, 32}, 0.97}, {"Company name and address", facts.Box{98, 1164, 330, 34}, 0.97},
			}
			m := s.RGB()
			seals := []Seal{}
			if strings.Contains(c.name, "seal") {
				seals = append(seals, Seal{Box: facts.Box{550, 1090, 180, 180}, Color: "red"})
			}
			got := Find(ink.New(m, Detail), m.W, m.H, lines, seals).SignPlaces
			if len(got) != 1 || got[0].Blank != c.blank {
				t.Errorf("places %+v, blank wanted %v", got, c.blank)
			}
		})
	}
}
