package pathglob

import (
	"errors"
	"strings"
	"testing"
)

func TestMatch(t *testing.T) {
	for _, c := range []struct{ pattern, yes, no string }{
		{"*.psd", "a.psd photos/B.PSD x/y.psd/z", "a.psdx psd"},
		{"drafts", "drafts drafts/a.jpg x/drafts/b/c.jpg", "drafts2/a.jpg a/draft"},
		{"drafts/", "drafts/a.jpg x/drafts/b.jpg", "x/draft.jpg"},
		{"/drafts", "drafts/a.jpg", "x/drafts/b.jpg"},
		{"./photos/*.jpg", "photos/a.jpg", "photos/x/a.jpg a.jpg"},
		{"photos/**", "photos/a.jpg photos/x/y.jpg", "photo/a.jpg other/photos/a.jpg"},
		{"photos/**/main/*.jpg", "photos/main/a.jpg photos/x/y/main/a.jpg", "photos/main/x/a.jpg/b photos/a.jpg"},
		{"**/main", "main/a.jpg x/main x/main/a.jpg", "x/mains/a.jpg"},
		{"*MAIN*", "B00.main.jpg x/A_MAIN_1.jpg", "x/m.jpg"},
		{"?.jpg", "a.jpg 图.jpg", "ab.jpg"},
		{"替换图/主图", "替换图/主图/a.jpg", "替换图/详情/a.jpg"},
		{`photos\main`, "photos/main/a.jpg", "photos/a.jpg"},
		{"photos-[1]/*", "photos-[1]/a.jpg", "photos-1/a.jpg"},
		{"caf\u00e9", "cafe\u0301/a.jpg", "cafe"},
		{"**", "a a/b", ""},
		{"a*b*c*d", "axxbxxcxxd", "axxbxxdxxc"},
	} {
		p, err := Compile(c.pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range strings.Fields(c.yes) {
			if !p.Match(path) {
				t.Errorf("%s does not mean %s", c.pattern, path)
			}
		}
		for _, path := range strings.Fields(c.no) {
			if p.Match(path) {
				t.Errorf("%s means %s", c.pattern, path)
			}
		}
		if p.Match("") || p.Match(".") {
			t.Errorf("%s means its own folder", c.pattern)
		}
	}
}

func TestCompile(t *testing.T) {
	for pattern, want := range map[string]error{"": ErrEmpty, "/": ErrEmpty, "./": ErrEmpty, "!a": ErrException, "../a": ErrOutside, "a/../b": ErrOutside, strings.Repeat("a", 5000): ErrLong} {
		if _, err := Compile(pattern); !errors.Is(err, want) {
			t.Errorf("%.20q: %v, want %v", pattern, err, want)
		}
	}
}

// FuzzMatch asks that a pattern that means a folder means what lies in it, and that
// a path without wildcards means itself.
func FuzzMatch(f *testing.F) {
	f.Add("a*/**/b?", "ax/y/bz")
	f.Fuzz(func(t *testing.T, pattern, path string) {
		p, err := Compile(pattern)
		if err == nil && p.Match(path) && !strings.HasSuffix(path, "/") && !p.Match(path+"/below") {
			if !strings.HasSuffix(strings.TrimRight(pattern, "/"), "**") {
				t.Fatalf("%q means %q and not what lies in it", pattern, path)
			}
		}
		if p, err := Compile("/" + path); err == nil && !strings.ContainsAny(path, "*?") && !p.Match(strings.ReplaceAll(path, `\`, "/")) {
			t.Fatalf("%q does not mean itself", path)
		}
	})
}
