package bombs

import (
	"path"
	"testing"

	"github.com/aecheck/aecheck/pkg/format"
)

// Every bomb is small, and is taken for what it says it is.
func TestBombs(t *testing.T) {
	for _, b := range All() {
		data := b.Data()
		if len(data) > 10<<20 {
			t.Errorf("%s has %d bytes", b.Name, len(data))
		}
		want := map[string]string{".pdf": format.PDF, ".tif": format.TIFF, ".png": format.PNG, ".webp": format.WebP, ".gif": format.GIF,
			".bmp": format.BMP, ".docx": format.DOCX, ".xlsx": format.XLSX, ".txt": format.Text, ".csv": format.CSV}[path.Ext(b.Name)]
		if got := format.Sniff(data[:min(len(data), 64<<10)]); got != want && !(want == format.CSV && got == format.Text) {
			t.Errorf("%s is taken for %s", b.Name, got)
		}
	}
}
