package document

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/extract/paper/pdf/render"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/ocr"
	"github.com/aecheck/aecheck/pkg/raster"
	"github.com/aecheck/aecheck/pkg/testkit/opendata"
)

// formats by extension: the data set's names are right but for the hostile
// ones, which are PDFs here.
var formats = map[string]string{".pdf": "pdf", ".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg"}

func input(data []byte, format string) *extract.Input {
	r := bytes.NewReader(data)
	return extract.NewInput(format, int64(len(data)), data[:min(len(data), extract.HeaderSize)], r, func(ctx context.Context, detail int) (*raster.Picture, error) {
		return raster.Decode(ctx, r, int64(len(data)), raster.Options{Format: format, Detail: detail})
	})
}

// TestAccuracyDocument prints what the whole extractor says of the papers of
// the open data set; AECHECK_OCR=1 with text recognition.
func TestAccuracyDocument(t *testing.T) {
	samples := opendata.Samples(t, "letters", "seals", "hostile")
	only := os.Getenv("AECHECK_ONLY")
	var reader TextReader
	if os.Getenv("AECHECK_OCR") != "" {
		r, err := ocr.New()
		if err != nil {
			t.Fatal(err)
		}
		reader = r
	}
	engine := render.NewEngine(os.Getenv("AECHECK_PDF_CACHE"), nil)
	defer engine.Close()
	e := New(reader, engine)
	for _, s := range samples {
		format := formats[strings.ToLower(filepath.Ext(s.Path))]
		if !strings.Contains(s.Name, only) || format == "" || s.Label == "hostile" && format != "pdf" {
			continue
		}
		data := opendata.Read(t, s.Path)
		var set facts.Set
		begin := time.Now()
		ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
		err := e.Extract(ctx, input(data, format), &set)
		cancel()
		d := set.Document
		t.Logf("%-24s %-46.46s %6.2fs p%d/%d src %s kind %s lang %s seals %d sigs %d dig %v/%v col %v legib %v edited %.2f err %v", s.Kind, s.Name, time.Since(begin).Seconds(),
			d.PagesRead, d.Pages, d.TextSource, d.Kind, d.Language, len(d.Seals), len(d.Signatures), d.DigitalSignature.Present, d.DigitalSignature.Valid, d.Color, d.Legibility, d.Edited.Score, err)
		for _, x := range d.Seals {
			t.Logf("     seal %s/%s %.2f %q", x.Color, x.Shape, x.Confidence, x.Text)
		}
		if s.Kind == "pdf-digital-signature" && !d.DigitalSignature.Present {
			t.Errorf("%s: digital signature not told", s.Name)
		}
		if s.Kind == "pdf-unsigned-form" && len(d.Signatures) > 0 {
			t.Logf("%s: signature on an unsigned form: %+v", s.Name, d.Signatures)
		}
	}
}
