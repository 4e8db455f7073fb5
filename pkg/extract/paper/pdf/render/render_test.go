package render

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aecheck/aecheck/pkg/facts"
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

// Text in a Chinese font that is not in the file has no height of its own.
func TestUpright(t *testing.T) {
	if b, top := upright("授权书 ", 100, 700, 136, 700.018); b < 698 || b > 699 || top < 710 || top > 711 {
		t.Errorf("%v to %v", b, top)
	}
	for _, text := range []string{"Letter", ""} {
		if b, top := upright(text, 100, 700, 136, 710); b != 700 || top != 710 {
			t.Errorf("%q: %v to %v", text, b, top)
		}
	}
	if b, top := upright(" ", 100, 700, 136, 700); b != 700 || top != 700 {
		t.Errorf("a blank: %v to %v", b, top)
	}
}

// Two columns of running text are read as lines of their own, a label and its value as
// one, though the values of a form begin below each other as well.
func TestLinesOfTwoColumns(t *testing.T) {
	var runs []run
	var want []string
	for i := range 5 {
		y := 100 + 40*i
		runs = append(runs, run{"授权方兹授权被授权方在全球速卖通", 100, y, 480, y + 20}, run{"The grantor hereby authorizes", 500 + i%2, y, 900, y + 20})
		want = append(want, "授权方兹授权被授权方在全球速卖通", "The grantor hereby authorizes")
	}
	for i := range 5 {
		y := 400 + 40*i
		runs = append(runs, run{"授权品牌", 100, y, 180, y + 20}, run{"LANHAI", 220, y, 500, y + 20})
		want = append(want, "授权品牌 LANHAI")
	}
	var got []string
	for _, l := range lines(runs) {
		got = append(got, l.Text)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// What no reader sees is dropped, blanks of any kind are one kind.
func TestLinesClean(t *testing.T) {
	for in, want := range map[string]string{
		"a\u00a0b\tc\r\nd":           "a b c  d",
		"\ufeffa\u200bb\x07c\ufffed": "abcd",
		" \u00a0 ":                   "",
		"授\x00权":                     "授权",
	} {
		got := ""
		for _, l := range lines([]run{{in, 0, 0, 100, 20}}) {
			got += l.Text
		}
		if got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
	if got := lines([]run{{"flat", 0, 10, 50, 10}}); len(got) != 0 {
		t.Errorf("text without a height: %+v", got)
	}
}

// A line of any length is cut between letters, its box stays.
func TestLinesLong(t *testing.T) {
	got := lines([]run{{strings.Repeat("授", 2000), 0, 0, 100, 20}, {"权", 101, 0, 120, 20}})
	if len(got) != 1 || got[0].Text != strings.Repeat("授", maxLineText/len("授")) || got[0].Box != (facts.Box{0, 0, 120, 20}) {
		t.Errorf("%d lines, the first of %d bytes in %v", len(got), len(got[0].Text), got[0].Box)
	}
}

// TestLinesGaps: no blank where letters touch, one where words stand apart, a
// new line beyond six heights. Heights are 20.
func TestLinesGaps(t *testing.T) {
	for _, c := range []struct {
		first string
		gap   int
		want  []string
	}{
		{"a", -3, []string{"ab"}},
		{"a", 4, []string{"ab"}},
		{"a", 5, []string{"a b"}},
		{"a ", 5, []string{"a b"}},
		{"a", 120, []string{"a b"}},
		{"a", 121, []string{"a", "b"}},
	} {
		var got []string
		for _, l := range lines([]run{{"b", 100 + c.gap, 0, 200 + c.gap, 20}, {c.first, 0, 0, 100, 20}}) {
			got = append(got, l.Text)
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%q and a gap of %d (-want +got):\n%s", c.first, c.gap, d)
		}
	}
}
