package text

import (
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/ocr"
)

// column sets the letters of a text below each other, pitch pixels apart.
func column(text string, x, y, side, pitch int) []ocr.Line {
	var lines []ocr.Line
	for i, r := range []rune(text) {
		lines = append(lines, at(string(r), x, y+i*pitch, side, side, 0))
	}
	return lines
}

// TestStackedLetters wants a column of upright letters read as one line, and no others.
func TestStackedLetters(t *testing.T) {
	for _, tt := range []struct {
		name, want string
		lines      []ocr.Line
	}{
		{"a column", "加微信abc12345", column("加微信abc12345", 40, 20, 34, 44)},
		{"a scale", "1|2|3|4|5|6", column("123456", 40, 20, 34, 44)},
		{"sizes apart", "S|M|L|X", column("SMLX", 40, 20, 34, 120)},
		{"three letters", "原|创|店", column("原创店", 40, 20, 34, 44)},
		{"a row", "加|微|信|号", []ocr.Line{at("加", 40, 20, 34, 34, 0), at("微", 90, 20, 34, 34, 0), at("信", 140, 20, 34, 34, 0), at("号", 190, 20, 34, 34, 0)}},
	} {
		text := read(t, backdrop(800, 600), tt.lines...)
		var got []string
		for _, l := range text.Lines {
			got = append(got, l.Text)
		}
		if s := strings.Join(got, "|"); s != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, s, tt.want)
		}
	}
	got := read(t, backdrop(800, 600), column("加微信abc12345", 40, 20, 34, 44)...).Contacts
	if len(got) != 1 || got[0].Kind != "wechat" || got[0].Value != "abc12345" || got[0].Box != [4]int{40, 20, 34, 474} {
		t.Errorf("%+v", got)
	}
}
