package material

import (
	"os"
	"path/filepath"
	"testing"
)

// TestPlaceholder: what stands in place of a file that is not here is told as that file.
func TestPlaceholder(t *testing.T) {
	for name, want := range map[string]string{
		".b.jpg.icloud":                "b.jpg",
		"b.jpg.icloud":                 "",
		".icloud":                      "",
		"a.jpg.crdownload":             "a.jpg",
		"b.jpg.part":                   "b.jpg",
		"原图.jpg.downloading":           "原图.jpg",
		"d.jpg.baiduyun.p.downloading": "d.jpg",
		"e.jpg.!qB":                    "e.jpg",
		"授权书.gdoc":                     "授权书.gdoc",
		"part":                         "",
		".part":                        "",
		"a.jpg":                        "",
		"spare part.jpg":               "",
	} {
		got, ok := placeholder(name)
		if !ok {
			got = ""
		}
		if got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

// TestIsPointer: what Git LFS and git-annex leave of a file, however it was saved.
func TestIsPointer(t *testing.T) {
	const lfs = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
	const key = "SHA256E-s31390--f50d7ac4c6b9031379986bc362fcefb65f1e52621ce1708d537e740fefc59cc0.jpg"
	for name, c := range map[string]struct {
		text string
		want bool
	}{
		"LFS":                   {lfs, true},
		"with a mark":           {"\ufeff" + lfs, true},
		"its first name":        {"version https://hawser.github.com/spec/v1\noid sha256:0\nsize 1\n", true},
		"annex":                 {"/annex/objects/" + key + "\n", true},
		"link into the annex":   {"../.git/annex/objects/Jx/2q/" + key + "/" + key, true},
		"a text about it":       {"Our files: version https://git-lfs.github.com/spec/v1\n", false},
		"a text about annex":    {"../ see .git/annex/objects/\nand more\n", false},
		"a picture's beginning": {"\xff\xd8\xff\xe1", false},
		"nothing":               {"", false},
	} {
		file := filepath.Join(t.TempDir(), "f")
		if err := os.WriteFile(file, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		if got := isPointer(f, int64(len(c.text))); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
		f.Close()
	}
}
