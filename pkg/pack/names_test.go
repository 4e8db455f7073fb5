package pack

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestSafeName(t *testing.T) {
	tests := map[string]string{
		"IMG_2001.JPG": "IMG_2001.JPG", "原图（正面）.jpg": "原图（正面）.jpg", `a<b>c:d"e/f\g|h?i*j.png`: "a_b_c_d_e_f_g_h_i_j.png",
		"con": "_con", "CON.jpg": "_CON.jpg", "com1.tar.gz": "_com1.tar.gz", "COM¹.txt": "_COM¹.txt", "lpt0": "_lpt0", "com10.jpg": "com10.jpg", "console.jpg": "console.jpg",
		"a. . ": "a", "...": "file", "": "file", " x.jpg": "x.jpg", "x .jpg": "x.jpg", "cafe\u0301.jpg": "café.jpg", "a\u202egpj.exe": "a_gpj.exe", "a\x00b": "a_b", "\xff.jpg": "_.jpg",
		".jpg": ".jpg",
	}
	for in, want := range tests {
		if got := SafeName(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
	long := SafeName(strings.Repeat("长", 100) + ".jpeg")
	if len(long) > maxName || !strings.HasSuffix(long, "长.jpeg") {
		t.Errorf("%d bytes: %s", len(long), long)
	}
}

func TestFreeNames(t *testing.T) {
	used := taken{}
	var got []string
	for _, name := range []string{"a.jpg", "A.JPG", "a-2.jpg", strings.Repeat("x", 200) + ".jpg", strings.Repeat("X", 200) + ".jpg"} {
		got = append(got, used.free("d", name))
	}
	if got[0] != "d/a.jpg" || got[1] != "d/A-2.JPG" || got[2] != "d/a-2-2.jpg" || got[3] == got[4] || len(got[4]) > maxName+2 {
		t.Error(got)
	}
}

func FuzzSafeName(f *testing.F) {
	for _, s := range []string{"a.jpg", "CON", "长\u0301.", "\xff\xfe", "nul .txt", "a.b.c.", strings.Repeat("é", 200)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := SafeName(s)
		switch {
		case got == "" || len(got) > maxName || !utf8.ValidString(got) || strings.ContainsAny(got, `<>:"/\|?*`):
			t.Errorf("%q became %q", s, got)
		case strings.HasSuffix(got, ".") || strings.HasSuffix(got, " ") || device(got):
			t.Errorf("%q became %q", s, got)
		case SafeName(got) != got || !norm.NFC.IsNormalString(got):
			t.Errorf("%q became %q, then %q", s, got, SafeName(got))
		}
	})
}
