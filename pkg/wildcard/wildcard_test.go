package wildcard

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestMatches(t *testing.T) {
	for _, tt := range []struct {
		pattern, name string
		want          bool
	}{
		{"*.JPG", "IMG_1.JPG", true},
		{"*.JPG", "img_1.jpg", true},
		{"*.jpg", "IMG_1.JPEG", false},
		{"*.JPG", ".JPG", false}, // hidden
		{".*", ".JPG", true},
		{"IMG_????.JPG", "IMG_2001.JPG", true},
		{"IMG_????.JPG", "IMG_201.JPG", false},
		{"?.jpg", "图.JPG", true}, // one character, however many bytes
		{"主图*", "主图 1.png", true},
		{"É*", "été.jpg", true},
		{"*", "no extension", true},
		{"*.*", "no extension", true},
		{"*a*b*", "xxaxxabxx", true},
		{"*a*b", "xxaxxabxx", false},
		{"a**", "a", true},
		{"a", "a", true},
		{"a?", "a", false},
		{"", "a", false},
		{"photo[1].*", "photo[1].jpg", true},
		{"photo[1].*", "photo1.jpg", false}, // brackets are no class
	} {
		if got := matches(tt.pattern, tt.name); got != tt.want {
			t.Errorf("%q and %q: %v", tt.pattern, tt.name, got)
		}
	}
}

func TestExpand(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{
		"a.jpg", "B.JPG", "c.png", ".hidden.jpg",
		"相册 [1]/x.jpg", "相册 [1]/y.JPG", "相册 1/z.jpg",
		"clients/甲/source/1.jpg", "clients/乙/source/2.JPG", "clients/丙/other/3.jpg", "clients/notes.txt",
	} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		args, want []string // with "/"
		noMatch    string
	}{
		{args: nil, want: nil},
		{args: []string{"none.jpg", "clients"}, want: []string{"none.jpg", "clients"}}, // no pattern: whoever opens it tells
		{args: []string{"*.jpg"}, want: []string{"B.JPG", "a.jpg"}},
		{args: []string{"*.jpg", "a.jpg", "?.JPG"}, want: []string{"B.JPG", "a.jpg"}},
		{args: []string{"c.png", "*.jpg"}, want: []string{"c.png", "B.JPG", "a.jpg"}},
		{args: []string{"相册 [1]/*.jpg"}, want: []string{"相册 [1]/x.jpg", "相册 [1]/y.JPG"}},
		{args: []string{"相册*/x.jpg"}, want: []string{"相册 [1]/x.jpg"}},
		{args: []string{"相册 [1]"}, want: []string{"相册 [1]"}},
		{args: []string{"clients/*/source/*.jpg"}, want: []string{"clients/乙/source/2.JPG", "clients/甲/source/1.jpg"}},
		{args: []string{"clients/*"}, want: []string{"clients/notes.txt", "clients/丙", "clients/乙", "clients/甲"}},
		{args: []string{"clients/../*.png"}, want: []string{"clients/../c.png"}},
		{args: []string{here + "/*.png"}, want: []string{here + "/c.png"}},
		{args: []string{"a.jpg", "*.gif"}, noMatch: "*.gif"},
		{args: []string{"none/*.jpg"}, noMatch: "none/*.jpg"},
		{args: []string{"a.jpg/*"}, noMatch: "a.jpg/*"},
		{args: []string{"*/none.jpg"}, noMatch: "*/none.jpg"},
	} {
		local := func(names []string) []string {
			out := slices.Clone(names)
			for i, n := range out {
				out[i] = filepath.FromSlash(n)
			}
			return out
		}
		got, err := Expand(local(tt.args))
		var none *NoMatch
		if errors.As(err, &none) {
			if filepath.ToSlash(none.Pattern) != filepath.ToSlash(tt.noMatch) {
				t.Errorf("%q: nothing for %q, expected %q", tt.args, none.Pattern, tt.noMatch)
			}
			continue
		}
		if err != nil || tt.noMatch != "" || !slices.Equal(got, local(tt.want)) {
			t.Errorf("%q: %q %v, expected %q", tt.args, got, err, tt.want)
		}
	}
}

// TestExpandLiteral: a file of that very name, which Windows does not allow, is
// meant itself.
func TestExpandLiteral(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"a*.jpg", "ab.jpg"} {
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Skip(err)
		}
	}
	if got, err := Expand([]string{"a*.jpg"}); err != nil || !slices.Equal(got, []string{"a*.jpg"}) {
		t.Errorf("%q %v", got, err)
	}
}
