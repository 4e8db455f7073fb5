package words

import (
	"strings"

	"github.com/aecheck/aecheck/pkg/edits"
)

// SameMark reports whether two folded texts are readings of one mark: equal, one
// inside the other (a tile cut by the picture's edge), or a few letters apart.
func SameMark(a, b string) bool {
	if len(a) < 3 || len(b) < 3 {
		return a == b && a != ""
	}
	if strings.Contains(a, b) || strings.Contains(b, a) {
		return 2*min(len(a), len(b)) >= max(len(a), len(b))
	}
	ra, rb := []rune(a), []rune(b)
	return edits.Distance(Cut(ra), Cut(rb)) <= max(len(ra), len(rb))/4
}

// longest is how many characters of a line are compared with others.
const longest = 64

// Cut is the part of a line that is compared.
func Cut(text []rune) []rune { return text[:min(len(text), longest)] }

// HoldsTile reports whether a line holds another one whole, but for a letter in
// five: tiles that were read as one line.
func HoldsTile(long, tile []rune) bool {
	const least = 6 // letters of a tile
	return len(tile) >= least && len(long) > len(tile) && edits.Inside(Cut(tile), Cut(long)) <= len(tile)/5
}
