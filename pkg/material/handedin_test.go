package material

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// TestHandedIn: a package made to be handed in, as a folder or as a zip file, is no
// second copy of the materials beside it; named itself it is looked into.
func TestHandedIn(t *testing.T) {
	own := func(_ fs.FileInfo, head []byte) bool { return bytes.HasPrefix(head, []byte("ours")) }
	dir := t.TempDir()
	for name, content := range map[string]string{
		"原图/a.jpg": "A", "授权书/b.pdf": "B",
		"handin/manifest.json": "ours", "handin/03_原图/a.jpg": "A",
		"theirs/manifest.json": "{}", "theirs/原图/c.jpg": "C",
		"handin.zip": zipped(t, map[string]string{"manifest.json": "ours", "03_原图/a.jpg": "A"}),
	} {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	opt := Options{Vocabulary: testVocabulary(), Own: own}
	const want = ". packed=false file=false\n  theirs/manifest.json unsorted  \n  theirs/原图/c.jpg source  \n  原图/a.jpg source  \n  授权书/b.pdf authorization  \n" +
		"  ! theirs/manifest.json unplaced\n  - handin\n  - handin.zip\n"
	if got := described(walk(t, opt, dir)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for _, named := range []string{"handin", "handin.zip"} {
		cases, _ := walk(t, opt, filepath.Join(dir, named))
		if len(cases) != 1 || len(cases[0].Assets) == 0 {
			t.Errorf("%s: %d cases", named, len(cases))
		}
	}
}
