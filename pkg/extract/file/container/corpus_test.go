package container

import (
	"bytes"
	"image"
	_ "image/gif"
	_ "image/jpeg"
	_ "image/png"
	"path"
	"strings"
	"testing"

	_ "golang.org/x/image/bmp"
	_ "golang.org/x/image/tiff"
	_ "golang.org/x/image/webp"

	"github.com/aecheck/aecheck/pkg/extract/file/window"
	"github.com/aecheck/aecheck/pkg/format"
	"github.com/aecheck/aecheck/pkg/testkit/corpus"
)

// Sizes agree with Go's own decoders wherever those can read a header.
func TestSizesAgreeWithDecoders(t *testing.T) {
	agreed := 0
	for _, c := range []struct{ module, folder string }{
		{corpus.XImage, "testdata"}, {corpus.Goexif, "exif"}, {corpus.Imagemeta, "testdata/images"},
	} {
		corpus.Each(t, c.module, c.folder, func(name string, data []byte) {
			kind := format.Sniff(data[:min(len(data), 64<<10)])
			if !Known(kind) {
				return
			}
			h := Read(kind, window.Bytes(data)).Header
			want, _, err := image.DecodeConfig(bytes.NewReader(data))
			switch kind {
			case "jpeg", "png", "gif", "bmp", "webp", "tiff":
			default:
				return // RAW: the decoder would read the preview
			}
			if err != nil || want.Width == 0 {
				return
			}
			agreed++
			if h.Width != want.Width || h.Height != want.Height {
				t.Errorf("%s: %d × %d, the decoder says %d × %d", name, h.Width, h.Height, want.Width, want.Height)
			}
		})
	}
	if agreed < 100 {
		t.Errorf("only %d files compared", agreed)
	}
}

// What a file is by content is what its extension says, for honest files.
func TestSniffAgreesWithExtensions(t *testing.T) {
	known := map[string]string{".jpg": "jpeg", ".jpeg": "jpeg", ".png": "png", ".gif": "gif", ".bmp": "bmp", ".webp": "webp", ".tif": "tiff", ".tiff": "tiff", ".heic": "heic", ".heif": "heic", ".avif": "avif", ".dng": "dng", ".cr2": "cr2", ".nef": "nef", ".arw": "arw"}
	n := 0
	for _, c := range []struct{ module, folder string }{{corpus.XImage, "testdata"}, {corpus.Imagemeta, "testdata/images"}} {
		corpus.Each(t, c.module, c.folder, func(name string, data []byte) {
			want, ok := known[strings.ToLower(path.Ext(name))]
			if !ok || name == "largeexif.png" { // which is none: it starts with a bare chunk
				return
			}
			n++
			if got := format.Sniff(data[:min(len(data), 64<<10)]); got != want {
				t.Errorf("%s: %s, want %s", name, got, want)
			}
		})
	}
	if n < 50 {
		t.Errorf("only %d files", n)
	}
}

// Golden facts of a few samples.
func TestGoldenSamples(t *testing.T) {
	golden := map[string]func(t *testing.T, f *File){
		"iphone.heic": func(t *testing.T, f *File) {
			if !f.Exif.Exist() || f.Header.Width == 0 {
				t.Errorf("header %+v", f.Header)
			}
		},
		"sample.cr2": func(t *testing.T, f *File) {
			if f.Format != "cr2" || !f.Exif.Exist() {
				t.Errorf("format %s", f.Format)
			}
		},
		"metadata-extractor/withIptcPhotoshop6.jpg": func(t *testing.T, f *File) {
			if !f.Photoshop || len(f.IPTC) == 0 {
				t.Error("no IPTC block")
			}
		},
		"metadata-extractor/withXmp.jpg": func(t *testing.T, f *File) {
			if len(f.XMP) == 0 || !bytes.Contains(f.XMP[0], []byte("rdf:RDF")) {
				t.Error("no XMP packet")
			}
		},
		"metadata-extractor/adobeJpeg1.jpg": func(t *testing.T, f *File) {
			if !f.Adobe {
				t.Error("APP14 not seen")
			}
		},
		"bep/sunrise.webp": func(t *testing.T, f *File) {
			if !f.Exif.Exist() || len(f.XMP) == 0 {
				t.Error("EXIF or XMP missing")
			}
		},
		"bep/sunrise.png": func(t *testing.T, f *File) {
			if !f.Exif.Exist() || len(f.IPTC) == 0 {
				t.Error("EXIF or IPTC missing")
			}
		},
		"bep/sunrise.avif": func(t *testing.T, f *File) {
			if !f.Exif.Exist() || len(f.XMP) == 0 || f.Header.Width == 0 {
				t.Errorf("EXIF, XMP or size missing: %+v", f.Header)
			}
		},
	}
	corpus.Each(t, corpus.Imagemeta, "testdata/images", func(name string, data []byte) {
		if check, ok := golden[name]; ok {
			delete(golden, name)
			t.Run(name, func(t *testing.T) {
				check(t, Read(format.Sniff(data[:min(len(data), 64<<10)]), window.Bytes(data)))
			})
		}
	})
	for name := range golden {
		t.Errorf("%s is not among the samples", name)
	}
}
