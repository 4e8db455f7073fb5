package parties

import (
	"slices"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/facts"
)

// page makes lines of a text: one below the other, as wide as they are long.
func page(text string) []facts.DocLine {
	var out []facts.DocLine
	for i, l := range strings.Split(text, "\n") {
		n := 0
		for _, r := range l {
			n++
			if isHan(r) {
				n++
			}
		}
		out = append(out, facts.DocLine{Page: 1, Text: l, Confidence: 1, Box: facts.Box{100, 100 + 60*i, 12 * n, 30}})
	}
	return out
}

// TestWords runs the examples of every language: pages for the labels, texts
// for each sentence.
func TestWords(t *testing.T) {
	for _, table := range words().tables {
		for text, want := range table.Examples {
			got := told(Find(page(text), "brand"), 0.8)
			if !slices.Equal(got, sorted(want)) {
				t.Errorf("%s: %q gives %q, want %q", table.Language, text, got, want)
			}
		}
		for i := range table.Sentences {
			s := &table.Sentences[i]
			if len(s.Positive) == 0 {
				t.Errorf("%s has no example", s.Name)
			}
			kind := "brand"
			if len(s.Only) > 0 {
				kind = s.Only[0]
			}
			read := func(text string) []string {
				f := &finder{v: words(), lines: page(text), kind: kind}
				f.sentence(f.prose(), s)
				return told(f.out, 0)
			}
			for text, want := range s.Positive {
				if got := read(text); !slices.Equal(got, sorted(want)) {
					t.Errorf("%s: %q gives %q, want %q", s.Name, text, got, want)
				}
			}
			for _, text := range s.Negative {
				if got := read(text); len(got) > 0 {
					t.Errorf("%s: %q gives %q", s.Name, text, got)
				}
			}
		}
	}
}

// told lists "role=name" of weight and more, sorted, each once.
func told(list []Candidate, weight float64) []string {
	var out []string
	for _, c := range list {
		if c.Weight >= weight {
			out = append(out, c.Role+"="+c.Name)
		}
	}
	return sorted(out)
}

func sorted(list []string) []string {
	out := slices.Clone(list)
	slices.Sort(out)
	return slices.Compact(out)
}
