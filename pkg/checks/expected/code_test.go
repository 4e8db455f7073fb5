package expected

import (
	"strings"
	"testing"
)

// Codes of the registry of companies (public): Tencent, Huawei, Alibaba, Xiaomi,
// Gree.
var registered = []string{"9144030071526726XG", "914403001922038216", "91330100799655058B", "91110108551385082Q", "91440400192548256N"}

// code makes a right code of 17 characters.
func code(t *testing.T, first string) string {
	t.Helper()
	for _, c := range alphabet {
		if s := first + string(c); ValidCode(s) {
			return s
		}
	}
	t.Fatalf("no check character for %s", first)
	return ""
}

func TestValidCode(t *testing.T) {
	for _, c := range registered {
		if !ValidCode(c) {
			t.Errorf("%s is refused", c)
		}
		for i := range c {
			for _, r := range alphabet {
				if wrong := c[:i] + string(r) + c[i+1:]; wrong != c && ValidCode(wrong) {
					t.Errorf("%s passes for %s", wrong, c)
				}
			}
		}
	}
	for _, c := range []string{"", "9144030071526726X", "91440300715267260000", strings.Repeat("I", 18)} {
		if ValidCode(c) {
			t.Errorf("%q passes", c)
		}
	}
}

func TestBound(t *testing.T) {
	c := code(t, "91440300MA5EXAMP1"[:17])
	for line, want := range map[string]bool{
		"统一社会信用代码:" + c:                         true,
		"统一社会信用代码 " + c[:6] + " " + c[6:]:       true,
		"统一社会信用代码:" + strings.ToLower(c):        true,
		"代码:" + c[:17] + string(other18(c[17])): false,
		"代码:" + strings.ReplaceAll(c, "0", "O"): true,
		"电话:13800138000":                        false,
		"统一社会信用代码:" + registered[0]:             false,
	} {
		if _, got := Bound(paper(0.7, "授权书", line), c); got != want {
			t.Errorf("%q: %v", line, got)
		}
	}
	if _, ok := Bound(paper(1, c), "123"); ok {
		t.Error("a code that is none is bound")
	}
}

func other18(b byte) byte {
	if b == 'A' {
		return 'B'
	}
	return 'A'
}
