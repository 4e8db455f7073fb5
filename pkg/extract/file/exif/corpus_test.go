package exif

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bep/imagemeta"

	"github.com/aecheck/aecheck/pkg/extract/file/container"
	"github.com/aecheck/aecheck/pkg/extract/file/window"
	"github.com/aecheck/aecheck/pkg/format"
	"github.com/aecheck/aecheck/pkg/testkit/corpus"
)

func readSample(data []byte) *Result {
	return read(container.Read(format.Sniff(data[:min(len(data), 64<<10)]), window.Bytes(data)))
}

// The files that broke goexif neither break nor hang this reader.
func TestGoexifCorrupt(t *testing.T) {
	corpus.Each(t, corpus.Goexif, "exif/corrupt", func(name string, data []byte) {
		if res := readSample(data); res.Err == nil && res.Exif.Present && !res.Exif.Damaged {
			t.Errorf("%s: read without a word of its damage", name)
		}
	})
}

// goexif's own samples read as exiftool reads them, whose answers come with
// another module.
func TestGoexifSamples(t *testing.T) {
	golden := corpus.Dir(t, corpus.Imagemeta, "gen/testdata_exiftool/images/goexif")
	compared := 0
	corpus.Each(t, corpus.Goexif, "exif/samples", func(name string, data []byte) {
		text, err := os.ReadFile(filepath.Join(golden, name+".json"))
		if err != nil {
			return
		}
		var rows []struct{ EXIF map[string]any }
		if err := json.Unmarshal(text, &rows); err != nil || len(rows) != 1 {
			t.Errorf("%s: %v", name, err)
			return
		}
		compared++
		res := readSample(data)
		if res.Err != nil {
			t.Errorf("%s: %v", name, res.Err)
			return
		}
		e := res.Exif
		for tag, got := range map[string]string{"Make": e.Make, "Model": e.Model, "DateTimeOriginal": e.TakenRaw, "Software": e.Software} {
			if want, ok := rows[0].EXIF[tag].(string); ok && strings.TrimSpace(want) != got {
				t.Errorf("%s: %s is %q, want %q", name, tag, got, want)
			}
		}
	})
	if compared < 50 {
		t.Errorf("only %d files compared", compared)
	}
}

// A second reader, written independently, agrees on maker and model.
func TestAgreesWithImagemeta(t *testing.T) {
	agreed := 0
	corpus.Each(t, corpus.Imagemeta, "testdata/images", func(name string, data []byte) {
		format, ok := map[string]imagemeta.ImageFormat{
			"jpeg": imagemeta.JPEG, "png": imagemeta.PNG, "webp": imagemeta.WebP, "tiff": imagemeta.TIFF,
			"heic": imagemeta.HEIF, "avif": imagemeta.AVIF, "dng": imagemeta.DNG, "cr2": imagemeta.CR2, "nef": imagemeta.NEF, "arw": imagemeta.ARW,
		}[format.Sniff(data[:min(len(data), 64<<10)])]
		if !ok {
			return
		}
		want := map[string]string{}
		_, err := imagemeta.Decode(imagemeta.Options{
			R: bytes.NewReader(data), ImageFormat: format, Sources: imagemeta.EXIF,
			HandleTag: func(tag imagemeta.TagInfo) error {
				if s, ok := tag.Value.(string); ok && (tag.Tag == "Make" || tag.Tag == "Model") && strings.HasPrefix(tag.Namespace, "IFD0") {
					want[tag.Tag] = strings.TrimSpace(s)
				}
				return nil
			},
		})
		if err != nil || want["Make"] == "" {
			return
		}
		e := readSample(data).Exif
		if e.Make != want["Make"] || e.Model != want["Model"] {
			t.Errorf("%s: %q %q, the other reader has %q", name, e.Make, e.Model, want)
			return
		}
		agreed++
	})
	if agreed < 30 {
		t.Errorf("only %d files compared", agreed)
	}
}
