package terminal

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestClean(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "IMG_2001.JPG", "IMG_2001.JPG"},
		{"chinese", "原图/红色 S 正面(1)。jpg", "原图/红色 S 正面(1)。jpg"},
		{"ideographic space stays", "红色 蓝色", "红色 蓝色"},
		{"accents and emoji", "café ❤️ ✅ ñ", "café ❤️ ✅ ñ"},
		{"escape sequence", "a\x1b[31mred\x1b[0m", `a\x1b[31mred\x1b[0m`},
		{"window title", "\x1b]0;x\x07", `\x1b]0;x\x07`},
		{"eight-bit CSI", "a\u009b2J", `a\u009b2J`},
		{"line break, tab, return", "a\nb\tc\rd", `a\nb\tc\rd`},
		{"NUL and DEL", "a\x00b\x7f", `a\x00b\x7f`},
		{"right-to-left override", "photo\u202egpj.exe", `photo\u202egpj.exe`},
		{"isolates", "\u2066a\u2069", `\u2066a\u2069`},
		{"zero width", "a\u200bb\u200dc\ufeff", `a\u200bb\u200dc\ufeff`},
		{"separators", "a\u2028b\u2029", `a\u2028b\u2029`},
		{"not UTF-8 (GBK 产品)", "\xb2\xfa\xc6\xb7.jpg", `\xb2\xfaƷ.jpg`},
		{"replacement character given as such", "\ufffd", "\ufffd"},
		{"tag characters", "a\U000e0041", `a\U000e0041`},
		{"variation selector", "a\U000e0100\ufe01", `a\U000e0100\ufe01`},
		{"hangul filler", "\u3164", `\u3164`},
		{"noncharacter", "\uffff\U0001fffe", `\uffff\U0001fffe`},
		{"marks heaped up", "e" + strings.Repeat("\u0301", 8), "e" + strings.Repeat("\u0301", 6) + `\u0301\u0301`},
		{"a workflow command", "::stop-commands::x", `\x3a:stop-commands::x`},
		{"behind blanks", "  ::add-mask::x", `  \x3a:add-mask::x`},
		{"no command", "a ::b C++::c :d", "a ::b C++::c :d"},
		{"old commands", "a ##[error]b ##vso[task.x]c ###[d", `a #\x23[error]b #\x23vso[task.x]c ##\x23[d`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Clean(tt.in); got != tt.want {
				t.Errorf("Clean(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestCleanTextKeepsLines(t *testing.T) {
	if got, want := CleanText("a\r\nb\n\x1bc\rd\n::x"), "a\nb\n\\x1bc\\rd\n\\x3a:x"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{
		"", "原图.jpg", "\x1b[2J\x1b]8;;x\x07", "\u202e\u2066", "\xff\xfe", "a\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
		"👩\u200d👩\u200d👧", "\U000e0001\U000e0041", "\r\n\t\v\f", "\u009b\u0085", "\ufffd", "ᅟ가", "\u2028",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Clean(s)
		if !utf8.ValidString(got) {
			t.Fatalf("Clean(%q) is not UTF-8: %q", s, got)
		}
		for _, r := range got {
			if Unsafe(r) {
				t.Fatalf("Clean(%q) lets %U through", s, r)
			}
		}
		if again := Clean(got); again != got {
			t.Fatalf("not idempotent: %q then %q", got, again)
		}
		if len(got) > 10*len(s)+1 {
			t.Fatalf("grew from %d to %d bytes", len(s), len(got))
		}
		for _, r := range CleanText(s) {
			if r != '\n' && Unsafe(r) {
				t.Fatalf("CleanText(%q) lets %U through", s, r)
			}
		}
	})
}
