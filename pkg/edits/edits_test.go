package edits

import "testing"

func TestDistances(t *testing.T) {
	for _, tt := range []struct {
		a, b                            string
		distance, inside, swaps, common int
	}{
		{"", "", 0, 0, 0, 0},
		{"", "abc", 3, 0, 3, 0},
		{"abc", "", 3, 3, 3, 0},
		{"abc", "abc", 0, 0, 0, 3},
		{"kitten", "sitting", 3, 2, 3, 4},
		{"nmae", "name", 2, 2, 1, 3},
		{"abcd", "acbd", 2, 2, 1, 3},
		{"示例科技", "深圳示列科技公司", 5, 1, 5, 3},
		{"tile", "tiletiletile", 8, 0, 8, 4},
	} {
		a, b := []rune(tt.a), []rune(tt.b)
		if d, i, s, c := Distance(a, b), Inside(a, b), WithSwaps(a, b), Common(a, b); d != tt.distance || i != tt.inside || s != tt.swaps || c != tt.common {
			t.Errorf("%q %q: distance %d inside %d swaps %d common %d, want %+v", tt.a, tt.b, d, i, s, c, tt)
		}
	}
}
