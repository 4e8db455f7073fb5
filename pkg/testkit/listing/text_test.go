package listing

import (
	"strings"
	"testing"
)

// TestMissingLetter wants a letter that no font has refused by name.
func TestMissingLetter(t *testing.T) {
	g, err := newGlyphs()
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{"包囧": "囧", "水～": "～", "bag ก": "ก"} {
		if _, err := g.line(text, 24); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: want an error that names %q, got %v", text, want, err)
		}
	}
}

// TestParseBitmaps reads a letter as it must be written, and slips.
func TestParseBitmaps(t *testing.T) {
	row := "#...........\n"
	rows := strings.Repeat(row, bitmapHeight)
	good := "// comment\n\nU+4E2D 中\n" + rows
	got, err := parseBitmaps(strings.ReplaceAll(good, "\n", "\r\n")) // as git may check it out
	if err != nil || len(got) != 1 || !got['中'][12][0] || got['中'][12][1] {
		t.Errorf("got %v, %v", got, err)
	}
	for name, text := range map[string]string{
		"another number": "U+4E2E 中\n" + rows,
		"no letter":      "U+4E2D\n" + rows,
		"twice":          good + good,
		"too long":       good + row,
		"short":          "U+4E2D 中\n" + row + good,
		"short at last":  "U+4E2D 中\n" + row,
		"narrow":         "U+4E2D 中\n###\n" + rows,
		"other marks":    "U+4E2D 中\nxxxxxxxxxxxx\n" + rows,
		"no heading":     rows,
	} {
		if got, err := parseBitmaps(text); err == nil {
			t.Errorf("%s: taken as %v", name, got)
		}
	}
}
