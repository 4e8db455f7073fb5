package terminal

import (
	"reflect"
	"strings"
	"testing"
)

func TestColumns(t *testing.T) {
	tests := []struct {
		in   string
		want int
		wide int // with ambiguous characters wide
	}{
		{"abc", 3, 3},
		{"原图", 4, 4},
		{"申诉,3 处", 9, 9},
		{"…", 1, 2},
		{"─×≥", 3, 6},
		{"e\u0301", 1, 1},
		{"😀", 2, 2},
		{"", 0, 0},
	}
	for _, tt := range tests {
		if got := (Ruler{}).Columns(tt.in); got != tt.want {
			t.Errorf("Columns(%q) = %d, want %d", tt.in, got, tt.want)
		}
		if got := (Ruler{AmbiguousWide: true}).Columns(tt.in); got != tt.wide {
			t.Errorf("wide Columns(%q) = %d, want %d", tt.in, got, tt.wide)
		}
	}
}

func TestWrap(t *testing.T) {
	tests := []struct {
		name string
		in   string
		n    int
		want []string
	}{
		{"empty", "", 10, []string{""}},
		{"fits", "one two", 10, []string{"one two"}},
		{"at a space, without it", "one two three", 7, []string{"one two", "three"}},
		{"between Chinese characters", "请上传原始文件", 6, []string{"请上传", "原始文", "件"}},
		{"no line starts with a full stop", "请上传原图。好", 10, []string{"请上传原", "图。好"}},
		{"no line ends with an opening bracket", "一二三《承诺书》", 8, []string{"一二三", "《承诺", "书》"}},
		{"mixed", "至少 800px,实际 640px", 12, []string{"至少 800px,", "实际 640px"}},
		{"line feeds kept", "a\nb", 10, []string{"a", "b"}},
		{"no place to break", "abcdefghij", 4, []string{"abcd", "efgh", "ij"}},
		{"path breaks after a slash", "source/photos/IMG.JPG", 15, []string{"source/photos/", "IMG.JPG"}},
		{"too narrow for anything", "原图", 1, []string{"原", "图"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := (Ruler{}).Wrap(tt.in, tt.n); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestTruncate(t *testing.T) {
	var r Ruler
	tests := []struct {
		got, want string
	}{
		{r.Truncate("原图文件夹", 10), "原图文件夹"},
		{r.Truncate("原图文件夹", 9), "原图文件…"},
		{r.Truncate("原图文件夹", 8), "原图文…"},
		{r.Truncate("abc", 0), ""},
		{r.TruncateMiddle("source/IMG_2001.JPG", 12), "sou…2001.JPG"},
		{r.TruncateMiddle("原图/商品正面照片.jpg", 14), "原图…照片.jpg"},
		{r.TruncateMiddle("short", 12), "short"},
		{r.TruncateMiddle("abcdef", 2), "a…"},
	}
	for i, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%d: got %q, want %q", i, tt.got, tt.want)
		}
	}
}

func FuzzWrap(f *testing.F) {
	f.Add("请上传《图片合规承诺书》。 over at https://example.org/a/b?c=d", uint8(20))
	f.Add("👩👩 e\u0301\u0301 한글 ไทย", uint8(3))
	f.Add("\n\n  x", uint8(0))
	f.Fuzz(func(t *testing.T, s string, n uint8) {
		s = CleanText(s)
		var r Ruler
		width := max(int(n), 2)
		lines := r.Wrap(s, int(n))
		for _, line := range lines {
			if strings.HasSuffix(line, " ") {
				t.Fatalf("line ends in a space: %q", line)
			}
			if r.Columns(line) > width && len([]rune(line)) > 1 && r.Columns(firstGrapheme(line)) <= width {
				t.Fatalf("line of %d columns, want ≤ %d: %q", r.Columns(line), width, line)
			}
		}
		squeeze := strings.NewReplacer(" ", "", "\n", "")
		if squeeze.Replace(strings.Join(lines, "")) != squeeze.Replace(s) {
			t.Fatalf("text lost: %q from %q", lines, s)
		}
		if cut := r.TruncateMiddle(Clean(s), width); r.Columns(cut) > width {
			t.Fatalf("TruncateMiddle(%q, %d) = %q", s, width, cut)
		}
	})
}

func firstGrapheme(s string) string {
	for i := range s {
		if i > 0 {
			return s[:i]
		}
	}
	return s
}
