package text

import (
	"math"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/ocr"
)

// TestSlantOf wants the look to turn towards the pieces already seen, by their length,
// and no further than lines of another slant bear.
func TestSlantOf(t *testing.T) {
	for _, tt := range []struct {
		name  string
		lines []ocr.Line
		side  float64
		want  float64
	}{
		{"nothing seen", nil, 1, 30},
		{"level lines", []ocr.Line{at("Black", 0, 0, 100, 20, 3)}, 1, 30},
		{"the other side", []ocr.Line{at("Black", 0, 0, 100, 20, 25)}, -1, -30},
		{"one piece", []ocr.Line{at("Black", 0, 0, 100, 20, -25)}, -1, -25},
		{"two pieces", []ocr.Line{at("VX", 0, 0, 50, 20, 18), at("ols_2025", 0, 0, 150, 20, 26)}, 1, 24},
		{"hardly slanted", []ocr.Line{at("Black", 0, 0, 100, 20, 14)}, 1, 20},
		{"steep", []ocr.Line{at("Black", 0, 0, 100, 20, 52)}, 1, 40},
		{"upright", []ocr.Line{at("Black", 0, 0, 100, 20, 88)}, 1, 30},
	} {
		if got := slantOf(tt.lines, tt.side); math.Abs(got-tt.want) > 0.01 {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

// TestAddSlanted wants of two readings of one place the one that says something, else
// the longer one.
func TestAddSlanted(t *testing.T) {
	e := extractor(t, told{})
	number, run, word := "+493012345678", "98012345678301245", "KAZUMI"
	for _, tt := range []struct{ known, found, want string }{
		{run, number, number}, {number, run, number}, {"KAZU", word, word}, {word, "KAZU", word},
	} {
		got := e.addSlanted([]ocr.Line{at(tt.known, 100, 100, 200, 30, -30)}, at(tt.found, 102, 101, 200, 30, -31))
		if len(got) != 1 || got[0].Text != tt.want {
			t.Errorf("%s, then %s: %+v", tt.known, tt.found, got)
		}
	}
}

// TestTilesThatSayNothing wants the looks for slanted marks left out only where the
// tiles seen say what the mark says.
func TestTilesThatSayNothing(t *testing.T) {
	tiles := func(text string) (reads int) {
		var lines []ocr.Line
		for i := range enoughSlanted {
			lines = append(lines, at(text, 20+(i%4)*190, 60+(i/4)*180, 120, 24, -35))
		}
		e := extractor(t, told{lines: lines, reads: &reads})
		if _, err := e.Read(t.Context(), backdrop(800, 600)); err != nil {
			t.Fatal(err)
		}
		return reads
	}
	if n := tiles("微信:abc12345"); n != 1 {
		t.Errorf("whole tiles: %d looks", n)
	}
	if n := tiles("12345"); n != 3 {
		t.Errorf("pieces of tiles: %d looks", n)
	}
}

// TestWordsOfMarksASlant wants a wording of marks laid a little aslant for review, and
// four letters a hair off the level, whose direction nobody knows so well, too.
func TestWordsOfMarksASlant(t *testing.T) {
	for name, l := range map[string]ocr.Line{
		"15 degrees":           at("晨曦家纺旗舰店", 200, 250, 300, 40, 15),
		"four letters at 1.5°": at("侵权必究", 200, 250, 260, 72, 1.5),
	} {
		got := read(t, backdrop(800, 600), l).Watermarks
		if len(got) != 1 || got[0].Confidence > mostReview {
			t.Errorf("%s: %+v, want one for review", name, got)
		}
	}
	if o := read(t, backdrop(800, 600), at("侵权必究", 200, 250, 260, 72, 1.5), at("PREMIUM QUALITY", 100, 400, 400, 30, 4)).Lines[1].Overlay; o >= 0.35 {
		t.Errorf("a long line 4° askew: %v", o)
	}
}

// TestLabelAndRest wants the name of a messenger and what stands below it, or behind it
// across a gap in the product, read as one; what is only guessed at is for review.
func TestLabelAndRest(t *testing.T) {
	sin, cos := math.Sincos(-20 * math.Pi / 180)
	behind := func(by float64) ocr.Line {
		return at("tools 2025", 100+int(by*cos), 400+int(by*sin), 260, 40, -20)
	}
	for _, tt := range []struct {
		name  string
		lines []ocr.Line
		want  string
	}{
		{"below", []ocr.Line{at("WeChat ID", 100, 100, 150, 30, 0), at("abclamp66", 100, 135, 160, 30, 0)}, "wechat=abclamp66"},
		{"below, no digit", []ocr.Line{at("VX", 100, 100, 50, 30, 0), at("abclamp", 100, 135, 160, 30, 0)}, "wechat=abclamp"},
		{"beyond a gap", []ocr.Line{at("VX", 100, 400, 70, 40, -14), behind(230)}, "wechat=tools 2025"},
		{"too far", []ocr.Line{at("VX", 100, 400, 70, 40, -14), behind(560)}, ""},
		{"beside it on the level", []ocr.Line{at("VX", 100, 400, 70, 40, 0), at("tools 2025", 330, 400, 260, 40, 0)}, ""},
		{"another word", []ocr.Line{at("XL", 100, 400, 70, 40, -20), behind(230)}, ""},
	} {
		var got []string
		for _, c := range read(t, backdrop(800, 600), tt.lines...).Contacts {
			got = append(got, c.Kind+"="+c.Value)
			if tt.name == "beyond a gap" && c.Overlay > mostReview {
				t.Errorf("%s: overlay %v is not for review", tt.name, c.Overlay)
			}
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, s, tt.want)
		}
	}
}
