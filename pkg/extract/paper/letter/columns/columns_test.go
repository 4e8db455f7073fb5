package columns

import (
	"slices"
	"testing"

	"github.com/aecheck/aecheck/pkg/facts"
)

// lines are places on a page of 1000 px.
func lines(boxes ...facts.Box) []facts.DocLine {
	out := make([]facts.DocLine, len(boxes))
	for i, b := range boxes {
		out[i] = facts.DocLine{Page: 1, Box: b}
	}
	return out
}

func TestOrder(t *testing.T) {
	two := []facts.Box{{300, 50, 400, 30}} // the title
	for y := 100; y < 400; y += 60 {
		two = append(two, facts.Box{50, y, 400, 30}, facts.Box{530, y + 5, 420, 30})
	}
	two = append(two, facts.Box{100, 500, 800, 30})
	var table []facts.Box
	for y := 100; y < 500; y += 60 {
		table = append(table, facts.Box{50, y, 120, 30}, facts.Box{400, y, 500, 30})
	}
	for _, c := range []struct {
		name  string
		lines []facts.DocLine
		want  []int
		left  int // lines on the left side
	}{
		{"two columns", lines(two...), []int{0, 1, 3, 5, 7, 9, 2, 4, 6, 8, 10, 11}, 5},
		{"a table", lines(table...), []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 0},
		{"a line without a place", lines(append(two[:4:4], append([]facts.Box{{}}, two[4:]...)...)...), []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 0},
		{"nothing", nil, nil, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			order, side := Order(c.lines)
			if !slices.Equal(order, c.want) {
				t.Errorf("order %v, want %v", order, c.want)
			}
			left := 0
			for _, s := range side {
				if s == Left {
					left++
				}
			}
			if left != c.left {
				t.Errorf("%d lines on the left, want %d", left, c.left)
			}
		})
	}
}
