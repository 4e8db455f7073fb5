package text

import (
	"testing"

	"github.com/aecheck/aecheck/pkg/ocr"
	"github.com/aecheck/aecheck/pkg/raster"
)

// TestReadCarefully: a second reading counts where it has the sign that the first cannot
// have, or bears out the digits that the first was not sure of.
func TestReadCarefully(t *testing.T) {
	read := func(text string, confidence float64) ocr.Line {
		l := ocr.Line{Text: text, Confidence: confidence, Quad: [4][2]float64{{40, 60}, {240, 60}, {240, 84}, {40, 84}}}
		for _, r := range text {
			l.Chars = append(l.Chars, ocr.Char{R: r, Confidence: confidence})
		}
		return l
	}
	m := raster.NewRGB(320, 120)
	for _, c := range []struct {
		name          string
		first, second ocr.Line
		want          string
		doubtful      bool
	}{
		{"the sign was dropped", read("2024DREAMSHOP", 0.98), read("©2024 DREAMSHOP", 0.97), "©2024 DREAMSHOP", false},
		{"there is none", read("2024DREAMSHOP", 0.98), read("2024 DREAMSHOP", 0.97), "2024DREAMSHOP", false},
		{"a size in a circle", read("2024DREAMSHOP", 0.98), read("©", 0.5), "2024DREAMSHOP", false},
		{"no year", read("DREAMSHOP 24", 0.98), read("©2024 DREAMSHOP", 0.97), "DREAMSHOP 24", false},
		{"the same digits", read("AE-1101234567", 0.6), read("AE-1101234567", 0.99), "AE-1101234567", false},
		{"a letter for a digit", read("AE-11O1234567", 0.9), read("AE-1101234567", 0.99), "AE-1101234567", false},
		{"other digits", read("AE-1101234567", 0.6), read("AE-1101234561", 0.99), "AE-1101234567", true},
		{"doubtful again", read("AE-1101234567", 0.6), read("AE-1101234567", 0.6), "AE-1101234567", true},
		{"sure at once", read("AE-1101234567", 0.99), read("AE-1101234561", 0.99), "AE-1101234567", false},
	} {
		e := extractor(t, told{careful: c.second})
		lines := []line{{Line: c.first}}
		if err := e.readCarefully(t.Context(), m, lines); err != nil {
			t.Fatal(err)
		}
		if id := e.storeID(lines[0].Line); lines[0].Text != c.want || id.Doubtful != c.doubtful {
			t.Errorf("%s: %q, doubtful %v", c.name, lines[0].Text, id.Doubtful)
		}
	}
}
