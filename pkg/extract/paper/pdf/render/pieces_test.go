package render

import (
	"strings"
	"testing"

	"github.com/klippa-app/go-pdfium/responses"
)

// TestPieces: of kerned letters, each set by itself as browsers do, no rectangle has the
// other's, and those of one word are glued.
func TestPieces(t *testing.T) {
	at := func(left, right float64) responses.CharPosition {
		return responses.CharPosition{Left: left, Right: right, Bottom: 700, Top: 710}
	}
	char := func(s string, left, right float64) *responses.GetPageTextStructuredChar {
		return &responses.GetPageTextStructuredChar{Text: s, PointPosition: at(left, right)}
	}
	rect := func(s string, left, right float64) *responses.GetPageTextStructuredRect {
		return &responses.GetPageTextStructuredRect{Text: s, PointPosition: at(left, right)}
	}
	// "ng Tech Co" with T and e overlapping; PDFium gives both letters to both.
	chars := []*responses.GetPageTextStructuredChar{
		char("n", 0, 5), char("g", 5, 10), char(" ", 10, 13), char("T", 13, 19), char("e", 18, 23), char("c", 23, 28), char("h", 28, 33), char("\r", 33, 33), char("\n", 33, 33), char("C", 50, 56), char("o", 56, 61),
	}
	rects := []*responses.GetPageTextStructuredRect{rect("ng", 0, 10), rect("Te", 13, 19), rect("Tech", 18, 33), rect("Co", 50, 61)}
	want := []piece{{"ng", false}, {"T", false}, {"ech", true}, {"Co", false}}
	for i, got := range pieces(rects, chars) {
		if strings.TrimSpace(got.text) != want[i].text || got.glued != want[i].glued {
			t.Errorf("%d: %+v, want %+v", i, got, want[i])
		}
	}
	// A rectangle whose characters lie elsewhere keeps its text, and the next is found.
	lost := []*responses.GetPageTextStructuredRect{rect("ng", 0, 10), rect("lost", 200, 240), rect("Co", 50, 61)}
	for i, want := range []string{"ng", "lost", "Co"} {
		if got := pieces(lost, chars)[i]; strings.TrimSpace(got.text) != want || i == 2 && got.glued {
			t.Errorf("%d: %+v, want %q", i, got, want)
		}
	}
	if got := pieces(rects, nil); got[0].text != "ng" || got[1].text != "Te" {
		t.Errorf("without characters: %+v", got)
	}
}

// TestGoesOn: a full stop is low and belongs to its row, a cell of a table farther off
// does not.
func TestGoesOn(t *testing.T) {
	a := run{"42", 100, 100, 124, 120}
	for _, c := range []struct {
		b    run
		want bool
	}{{run{".", 130, 116, 133, 119}, true}, {run{"48", 120, 100, 144, 120}, true}, {run{"48", 150, 100, 170, 120}, false}, {run{"48", 124, 130, 144, 150}, false}} {
		if got := goesOn(a, c.b); got != c.want {
			t.Errorf("%+v: %t", c.b, got)
		}
	}
	if got := joined(a, run{".", 130, 116, 133, 119}); got != (run{"42.", 100, 100, 133, 120}) {
		t.Errorf("%+v", got)
	}
}

func TestDivided(t *testing.T) {
	rect := func(s string, left, right, bottom float64) *responses.GetPageTextStructuredRect {
		return &responses.GetPageTextStructuredRect{Text: s, PointPosition: responses.CharPosition{Left: left, Right: right, Bottom: bottom, Top: bottom + 10}}
	}
	type rects = []*responses.GetPageTextStructuredRect
	for name, c := range map[string]struct {
		rects rects
		want  bool
	}{
		"none":                 {nil, false},
		"whole lines":          {rects{rect("one", 0, 100, 700), rect("two", 0, 100, 680)}, false},
		"a label, a value":     {rects{rect("Date:", 0, 40, 700), rect("2026", 60, 90, 700)}, false},
		"a word divided":       {rects{rect("T", 0, 6, 700), rect("echnology", 5, 60, 700)}, true},
		"more than any letter": {rects{rect(strings.Repeat("T", maxChars), 0, 6, 700), rect("echnology", 5, 60, 700)}, false},
	} {
		if got := divided(c.rects); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
