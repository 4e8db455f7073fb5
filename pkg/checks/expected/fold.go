package expected

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/aecheck/aecheck/pkg/lang"
)

// confused are characters that recognition takes for one another; each group
// stands for its first.
var confused = [...]string{
	"0o〇", "1li|丨", "5s", "8b", "2z", "9qg", "己已巳", "未末", "土士", "日曰", "人入", "千干于", "天夭", "戌戍戊",
	"行科枓", "技枝", "限很", "公分", "司可", "贸贺", "深琛", "圳训", "商啇", "市巾", "牛午", "口囗", "微徽", "鸟乌", "折拆", "侯候",
	"问间", "治冶", "东柬", "庄压", "服眼", "饰蚀", "贝见", "设没", "宁亍", "州洲",
}

// letter is a folded character with what stood before it.
type letter struct {
	r     rune
	gap   bool // a blank or mark stood before it
	upper bool // written as a capital
}

// folder holds the confusions as a map, built once a search.
type folder struct {
	class map[rune]rune
}

func newFolder() *folder {
	f := &folder{class: map[rune]rune{}}
	for _, group := range confused {
		first := rune(0)
		for _, r := range group {
			if first == 0 {
				first = r
				if c, ok := f.class[r]; ok {
					first = c
				}
			}
			f.class[r] = first
		}
	}
	return f
}

// fold brings a text to letters and digits alone: compatibility forms, case,
// traditional characters and marks make no difference.
func (f *folder) fold(s string) []letter {
	out := make([]letter, 0, len(s)/2)
	gap := true
	for _, r := range norm.NFKC.String(strings.ToValidUTF8(s, "")) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '〇':
			out = append(out, letter{r: lang.Simplified(unicode.ToLower(r)), gap: gap, upper: unicode.IsUpper(r)})
			gap = false
		case unicode.IsMark(r):
		default:
			gap = true
		}
	}
	return out
}

func text(ls []letter) string {
	var b strings.Builder
	for _, l := range ls {
		b.WriteRune(l.r)
	}
	return b.String()
}

func (f *folder) classOf(r rune) rune {
	if c, ok := f.class[r]; ok {
		return c
	}
	return r
}

// alike reports whether recognition may have read one character for another.
func (f *folder) alike(a, b rune) bool { return a == b || f.classOf(a) == f.classOf(b) }

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

func hasHan(s string) bool { return strings.ContainsFunc(s, isHan) }
