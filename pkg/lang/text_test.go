package lang

import "testing"

func TestFill(t *testing.T) {
	if got := Fill("{a} and {b}", "a", "{b}", "b", 2); got != "{b} and 2" {
		t.Errorf("got %q", got)
	}
	if got := Fill("{kept}"); got != "{kept}" {
		t.Errorf("got %q", got)
	}
}

func TestCount(t *testing.T) {
	for n, want := range map[int]string{0: "0 files", 1: "1 file", 2: "2 files"} {
		if got := Count("{n} file|{n} files", n); got != want {
			t.Errorf("%d: got %q, want %q", n, got, want)
		}
	}
	if got := Count("{n} 个文件", 2); got != "2 个文件" {
		t.Errorf("got %q", got)
	}
}
