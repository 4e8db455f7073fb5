package document

import (
	"context"
	"slices"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract/paper/ink"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/ocr"
	"github.com/aecheck/aecheck/pkg/raster"
	"github.com/aecheck/aecheck/pkg/testkit/papers"
)

// reads is a reader that gives its lines for a page of this way up, and none
// for another.
type reads struct {
	TextReader
	lines []ocr.Line
}

func (r reads) Read(context.Context, *raster.RGB, ocr.Options) ([]ocr.Line, error) {
	return r.lines, nil
}

// rows are lines of text down a page, read with this confidence at this angle.
func rows(n int, confidence, angle float64) []ocr.Line {
	var out []ocr.Line
	for k := range n {
		out = append(out, ocr.Line{Text: "hereby authorize the Company to use images", Confidence: confidence, Angle: angle, Box: [4]int{100, 160 + 36*k, 780, 30}})
	}
	return out
}

func TestUnread(t *testing.T) {
	const w, h = 1000, 1400
	cases := []struct {
		name    string
		draw    func(s *papers.Sheet) *raster.RGB
		read    []ocr.Line
		flipped []ocr.Line // what is read the other way up
		want    string
	}{
		{"read well", (*papers.Sheet).RGB, rows(20, 0.98, 0), nil, ""},
		{"few words read well", (*papers.Sheet).RGB, rows(8, 0.98, 0), nil, ""},
		{"upside down", (*papers.Sheet).RGB, nil, rows(20, 0.97, 0), upsideDown},
		{"on its side, read", (*papers.Sheet).RGB, rows(20, 0.98, 90), nil, sideways},
		{"on its side, unread", func(s *papers.Sheet) *raster.RGB { return quarter(s.RGB()) }, nil, nil, sideways},
		{"blurred, hardly read", func(s *papers.Sheet) *raster.RGB { s.Blur(5); return s.RGB() }, rows(1, 0.6, 0), rows(1, 0.6, 0), "blur"},
		{"smeared, read with doubt", func(s *papers.Sheet) *raster.RGB { s.Blur(3); return s.RGB() }, rows(12, 0.7, 0), nil, "blur"},
		{"print that nobody reads", (*papers.Sheet).RGB, nil, nil, noText},
	}
	for i, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := papers.NewSheet(w, h, uint64(500+i))
			if err := s.Body(180, 28); err != nil {
				t.Fatal(err)
			}
			m := c.draw(s)
			e := &Extractor{reader: reads{lines: c.flipped}}
			got, err := e.unread(context.Background(), paper{number: 1, m: m}, ink.New(m, sheetDetail), c.read)
			if err != nil {
				t.Fatal(err)
			}
			if got != c.want {
				t.Errorf("unread %q, want %q", got, c.want)
			}
		})
	}
}

// quarter turns a picture by 90°.
func quarter(m *raster.RGB) *raster.RGB {
	out := raster.NewRGB(m.H, m.W)
	for y := range m.H {
		for x := range m.W {
			copy(out.Pix[3*(x*out.W+out.W-1-y):][:3], m.Pix[3*(y*m.W+x):][:3])
		}
	}
	return out
}

// TestEchoes: a piece of a line that was read a second time is no line.
func TestEchoes(t *testing.T) {
	line := ocr.Line{Text: "Changsha Yuyang Network Technology Co.,Ltd.", Box: [4]int{601, 560, 647, 35}}
	for _, c := range []struct {
		name string
		l    ocr.Line
		want bool
	}{
		{"its beginning", ocr.Line{Text: "Chang", Box: [4]int{578, 538, 143, 66}}, true},
		{"its beginning, misread", ocr.Line{Text: "CHAN6", Box: [4]int{578, 538, 143, 66}}, true},
		{"the row above", ocr.Line{Text: "Chang", Box: [4]int{601, 500, 143, 35}}, false},
		{"another word over it", ocr.Line{Text: "VOID", Box: [4]int{601, 550, 143, 50}}, false},
		{"itself", line, false},
	} {
		if got := echoes(c.l, line); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// TestEndsAt: print that ends at glare goes on under it.
func TestEndsAt(t *testing.T) {
	patch := facts.Box{400, 1000, 500, 120}
	for _, c := range []struct {
		name string
		line facts.Box
		want bool
	}{
		{"a label before it", facts.Box{300, 1030, 110, 40}, true},
		{"the end of a name behind it", facts.Box{890, 1030, 200, 40}, true},
		{"far before it", facts.Box{100, 1030, 200, 40}, false},
		{"the row above", facts.Box{300, 930, 110, 40}, false},
		{"a line through it", facts.Box{300, 1030, 900, 40}, false},
		{"within it", facts.Box{500, 1030, 100, 40}, false},
	} {
		if got := endsAt(c.line, patch); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// TestInkAtEdge: the box of a line may reach the edge of a screen that its letters do not.
func TestInkAtEdge(t *testing.T) {
	for _, c := range []struct {
		name  string
		below int // rows of paper below the line
		want  bool
	}{{"a clock at the edge of a screen", 4, false}, {"letters cut by the edge", 0, true}} {
		m := raster.NewRGB(400, 300)
		for i := range m.Pix {
			m.Pix[i] = 250
		}
		for y := 270; y < m.H-c.below; y++ {
			for x := 300; x < 380; x++ {
				if x%8 < 3 {
					copy(m.Pix[3*(y*m.W+x):], []byte{20, 20, 20})
				}
			}
		}
		inked := inkAtEdge(ink.New(m, 1600))
		if got := inked(facts.Box{296, 266, 90, 33}, true); got != c.want {
			t.Errorf("%s: %t", c.name, got)
		}
		if inked(facts.Box{296, 2, 90, 33}, false) || inked(facts.Box{20, 266, 90, 33}, true) {
			t.Errorf("%s: ink where there is none", c.name)
		}
	}
}

func TestEdges(t *testing.T) {
	const w, h = 1000, 1400
	texture := []facts.Defect{{Kind: "cut_off", Box: facts.Box{0, 300, 12, 600}, Value: 20, Confidence: 0.9}, {Kind: "blur", Confidence: 0.7}}
	last := func(b [4]int) []ocr.Line {
		return append(rows(12, 0.98, 0), ocr.Line{Text: "Date: 2026-01-18", Confidence: 0.98, Box: b})
	}
	wide := rows(12, 0.98, 0)
	for i := range wide {
		wide[i].Box[2] = 897
	}
	three := rows(16, 0.98, 0)
	for _, i := range []int{2, 5, 9} {
		three[i].Box[2] = w - 1 - three[i].Box[0]
	}
	cases := []struct {
		name    string
		defects []facts.Defect
		read    []ocr.Line
		seals   []facts.Box
		want    []string
		rules   [2]int
	}{
		{"whole page", nil, rows(12, 0.98, 0), []facts.Box{{400, 1000, 200, 200}}, nil, [2]int{}},
		{"texture of the desk", texture, rows(12, 0.98, 0), nil, []string{"blur"}, [2]int{}},
		{"last line cut by the lower edge", nil, last([4]int{100, 1370, 300, 30}), nil, []string{"cut_off"}, [2]int{}},
		{"a clock close to the lower edge of a screen", nil, last([4]int{100, 1364, 300, 30}), nil, nil, [2]int{}},
		{"last line near the lower edge", nil, last([4]int{100, 1320, 300, 30}), nil, nil, [2]int{}},
		{"lines run into the right edge", nil, wide, nil, []string{"cut_off"}, [2]int{}},
		{"half a seal", nil, rows(12, 0.98, 0), []facts.Box{{400, 1290, 200, 110}}, []string{"cut_off"}, [2]int{}},
		{"print within the light", []facts.Defect{{Kind: "glare", Box: facts.Box{0, 0, 500, 900}, Confidence: 0.8}}, rows(12, 0.98, 0), nil, nil, [2]int{}},
		{"glare on no print", []facts.Defect{{Kind: "glare", Box: facts.Box{700, 1000, 200, 200}, Confidence: 0.8}}, rows(12, 0.98, 0), nil, []string{"glare"}, [2]int{}},
		{"light print on a dark screen", []facts.Defect{{Kind: "dark", Confidence: 0.9}}, rows(12, 0.98, 0), nil, nil, [2]int{}},
		{"a dark page hardly read", []facts.Defect{{Kind: "dark", Confidence: 0.9}}, rows(12, 0.6, 0), nil, []string{"dark"}, [2]int{}},
		{"a table whose rules run off and whose longest entry ends at the edge", nil, last([4]int{500, 900, 494, 30}), nil, []string{"cut_off"}, [2]int{0, 8}},
		{"a form whose rules and longest line run off", nil, last([4]int{100, 1200, 898, 30}), nil, []string{"cut_off"}, [2]int{0, 6}},
		{"a long line alone", nil, last([4]int{100, 1200, 898, 30}), nil, nil, [2]int{0, 2}},
		{"three long lines of a letter of short ones", nil, three, nil, []string{"cut_off"}, [2]int{}},
		{"half a seal of a page cut to its upper part", nil, rows(12, 0.98, 0), []facts.Box{{400, 1150, 240, 250}}, []string{"cut_off"}, [2]int{}},
		{"the table the sheet lies on", nil, rows(12, 0.98, 0), []facts.Box{{0, 1000, 300, 300}}, nil, [2]int{}},
		{"rules alone, as of a screen", nil, rows(12, 0.98, 0), nil, nil, [2]int{0, 6}},
		{"too few lines to judge by", nil, rows(2, 0.98, 0), []facts.Box{{400, 1290, 200, 110}}, nil, [2]int{}},
	}
	yes := func(facts.Box, bool) bool { return true }
	touch := []facts.Defect{{Kind: "cut_off", Box: facts.Box{w - 20, 100, 20, 600}, Confidence: 0.53}}
	two := append(rows(12, 0.98, 0), ocr.Line{Text: "Grantor: ACME Trading Co", Confidence: 0.98, Box: [4]int{300, 100, 698, 30}}, ocr.Line{Text: "between the parties to", Confidence: 0.98, Box: [4]int{300, 60, 697, 30}})
	if got := edges(touch, [2]int{}, w, h, two, nil, yes); len(got) != 1 || got[0].Confidence < 0.7 {
		t.Errorf("letters and two lines at an edge: %+v", got)
	}
	below := []facts.Defect{{Kind: "cut_off", Box: facts.Box{200, h - 20, 600, 20}, Confidence: 0.57}}
	if got := edges(below, [2]int{}, w, h, last([4]int{100, 1330, 300, 30}), []facts.Box{{400, 1290, 200, 110}}, yes); len(got) != 1 || got[0].Confidence < 0.7 {
		t.Errorf("letters and a seal at the lower edge: %+v", got)
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, d := range edges(c.defects, c.rules, w, h, c.read, c.seals, yes) {
				got = append(got, d.Kind)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}
