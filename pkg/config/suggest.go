package config

import (
	"strings"

	"github.com/aecheck/aecheck/pkg/edits"
)

// Nearest returns the candidate most like a misspelt word, "" where none is
// close: equal but for case and -_ , or within a third of its length in edits
// (a swap of neighbours counts as one).
func Nearest(word string, candidates []string) string {
	best, bestCost := "", 1+max(1, len([]rune(word))/3)
	if len(word) > maxKey {
		return ""
	}
	folded := fold(word)
	for _, c := range candidates {
		if len(c) > maxKey {
			continue
		}
		if cost := edits.WithSwaps([]rune(folded), []rune(fold(c))); cost < bestCost {
			best, bestCost = c, cost
		}
	}
	if best != "" || len(folded) < 4 {
		return best
	}
	// A word cut short or grown ("min" for "min_side" is too little to go by).
	for _, c := range candidates {
		if f := fold(c); strings.HasPrefix(f, folded) || len(f) >= 4 && strings.HasPrefix(folded, f) {
			return c
		}
	}
	return ""
}

func fold(s string) string {
	return strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(s))
}
