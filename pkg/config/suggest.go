package config

import "strings"

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
		if cost := edits([]rune(folded), []rune(fold(c))); cost < bestCost {
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

// edits is the optimal string alignment distance.
func edits(a, b []rune) int {
	prev2, prev, cur := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], prev2[j-2]+1)
			}
		}
		prev2, prev, cur = prev, cur, prev2
	}
	return prev[len(b)]
}
