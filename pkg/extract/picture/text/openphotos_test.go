package text

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/raster"
	"github.com/aecheck/aecheck/pkg/testkit/opendata"
)

// openPhotos reads the product photos of the open data set, at most long px on
// the longer side, and skips the test without it.
func openPhotos(t testing.TB, long int) []photo {
	t.Helper()
	var out []photo
	for _, p := range opendata.Files(t, "product-other/*", "product-white/*") {
		pic := openPicture(t, p, long)
		if pic == nil || min(pic.W, pic.H) < 400 {
			continue
		}
		out = append(out, photo{name: filepath.Base(p), rgb: pic.RGB})
	}
	return out
}

// openPicture decodes one file; nil where it is no picture.
func openPicture(t testing.TB, path string, long int) *raster.Picture {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	format := strings.TrimPrefix(strings.ToLower(filepath.Ext(path)), ".")
	format = map[string]string{"jpg": "jpeg", "tif": "tiff"}[format] + map[bool]string{true: format}[format != "jpg" && format != "tif"]
	pic, err := raster.Decode(context.Background(), f, st.Size(), raster.Options{Format: format, Detail: long})
	if err != nil {
		return nil
	}
	if m := max(pic.W, pic.H); m > long {
		t.Logf("%s: %d px although %d were asked for", path, m, long)
	}
	return pic
}
