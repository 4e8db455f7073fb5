package stock

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Recall is how many of the planted things of one kind were found.
type Recall struct {
	Kind    string `json:"kind"`
	Planted int    `json:"planted"`
	Found   int    `json:"found"`
}

// Count looks for every plant in what a program said of its file; said maps paths to
// that. Both are folded in one way: width and case of letters, blanks and punctuation
// do not matter, nor does how a date is written.
func Count(plants []Plant, said map[string]string) []Recall {
	folded := map[string]string{}
	var out []Recall
	for _, kind := range []string{Text, Code, Fact} {
		r := Recall{Kind: kind}
		for _, p := range plants {
			if p.Kind != kind {
				continue
			}
			r.Planted++
			text, ok := folded[p.Path]
			if !ok {
				text = fold(said[p.Path])
				folded[p.Path] = text
			}
			if strings.Contains(text, fold(p.Value)) {
				r.Found++
			}
		}
		out = append(out, r)
	}
	return out
}

var date = regexp.MustCompile(`(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?`)

func fold(s string) string {
	s = strings.Join(strings.Fields(strings.ToLower(norm.NFKC.String(s))), "")
	s = date.ReplaceAllStringFunc(s, func(d string) string {
		m := date.FindStringSubmatch(d)
		return m[1] + fmt.Sprintf("%02s%02s", m[2], m[3])
	})
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}
