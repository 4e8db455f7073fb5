package render

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLinesReadingOrder(t *testing.T) {
	got := lines([]run{
		{"value", 140, 100, 190, 120},
		{"second line", 10, 140, 120, 160},
		{"Label:", 10, 101, 80, 121},
		{"far away", 900, 100, 990, 120},
		{"\u200b", 0, 0, 10, 10},
		{"授权方:", 10, 180, 80, 200}, {"甲公司", 81, 180, 140, 200},
	})
	var text []string
	for _, l := range got {
		text = append(text, l.Text)
	}
	want := []string{"Label: value", "far away", "second line", "授权方:甲公司"}
	if d := cmp.Diff(want, text); d != "" {
		t.Error(d)
	}
	if b := got[0].Box; b != [4]int{10, 100, 180, 21} {
		t.Errorf("box of the first line: %v", b)
	}
}
