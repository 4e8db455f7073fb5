// Package edits counts how far two words are apart.
//
// It imports nothing of ours.
package edits

// Distance is the least number of characters to insert, delete or replace
// (Levenshtein 1965).
func Distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	fill(row, a, b)
	return row[len(b)]
}

// Inside is the least distance of a to any part of b.
func Inside(a, b []rune) int {
	row := make([]int, len(b)+1) // a part may begin anywhere, at no cost
	fill(row, a, b)
	least := row[0]
	for _, d := range row {
		least = min(least, d)
	}
	return least
}

// fill works out the last row of distances from the first.
func fill(row []int, a, b []rune) {
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j+1]+1, row[j]+1)
		}
	}
}

// WithSwaps is Distance where a swap of neighbours counts as one, as slips of
// the finger are (optimal string alignment).
func WithSwaps(a, b []rune) int {
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

// Common is how many characters of a come in b in the same order (longest
// common subsequence).
func Common(a, b []rune) int {
	row := make([]int, len(b)+1)
	for _, x := range a {
		diagonal := 0
		for j, y := range b {
			above := row[j+1]
			if x == y {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(row[j+1], row[j])
			}
			diagonal = above
		}
	}
	return row[len(b)]
}
