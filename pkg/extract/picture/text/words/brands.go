package words

import (
	"strings"
	"unicode"

	"github.com/aecheck/aecheck/pkg/facts"
)

// MatchBrands returns the lines that hold one of the words: as a word of its own,
// spaces, case, full-width forms and the letters recognisers mix up apart. Words
// of less than three letters must be the whole line.
func MatchBrands(lines []facts.TextLine, brands []string) []facts.TextHit {
	var out []facts.TextHit
	for _, l := range lines {
		text := Key(l.Text)
		for _, b := range brands {
			k := Key(b)
			if k == "" || !holds(l.Text, text, b, k) {
				continue
			}
			out = append(out, facts.TextHit{Text: l.Text, Value: b, Confidence: l.Confidence, Overlay: l.Overlay, Box: l.Box})
		}
	}
	return out
}

// holds reports whether a line holds a brand. Latin brands must begin and end at
// the border of a word, unless the recogniser dropped the spaces of a long one.
func holds(line, lineKey, brand, brandKey string) bool {
	const long = 6 // letters from which a run-together match is no accident
	if lineKey == brandKey {
		return true
	}
	n := len([]rune(brandKey))
	if n < 3 && Han(brand) == "" {
		return false
	}
	if !strings.Contains(lineKey, brandKey) {
		return false
	}
	if Han(brand) != "" || n >= long {
		return true
	}
	words := strings.FieldsFunc(Plain(line), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i := range words {
		joined := ""
		for j := i; j < len(words) && len(joined) < len(brandKey); j++ {
			joined += Key(words[j])
			if joined == brandKey {
				return true
			}
		}
	}
	return false
}
