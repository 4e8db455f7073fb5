package imageinfo_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/extract/file/container"
	"github.com/aecheck/aecheck/pkg/extract/file/imageinfo"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/format"
	"github.com/aecheck/aecheck/pkg/raster"
)

func input(data []byte) *extract.Input {
	return extract.NewInput(format.Sniff(data), int64(len(data)), data, bytes.NewReader(data), func(ctx context.Context, detail int) (*raster.Picture, error) {
		return raster.Decode(ctx, bytes.NewReader(data), int64(len(data)), raster.Options{Format: format.Sniff(data), Detail: detail})
	})
}

// photo is a JPEG of 40 × 20 with an EXIF orientation.
func photo(t *testing.T, orientation byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewRGBA(image.Rect(0, 0, 40, 20)), nil); err != nil {
		t.Fatal(err)
	}
	tiff := append([]byte("MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00"), orientation, 0, 0, 0, 0, 0, 0)
	segment := append([]byte{0xFF, 0xE1, 0, byte(len(tiff) + 8)}, append([]byte("Exif\x00\x00"), tiff...)...)
	return bytes.Join([][]byte{b.Bytes()[:2], segment, b.Bytes()[2:]}, nil)
}

func TestOrientation(t *testing.T) {
	for _, c := range []struct {
		tag, orientation byte
		width, height    int
	}{{1, 1, 40, 20}, {3, 3, 40, 20}, {6, 6, 20, 40}, {8, 8, 20, 40}, {0, 1, 40, 20}, {9, 1, 40, 20}} {
		var out facts.Set
		if err := (imageinfo.Extractor{}).Extract(context.Background(), input(photo(t, c.tag)), &out); err != nil {
			t.Fatal(err)
		}
		im := out.Image
		if im.Width != c.width || im.Height != c.height || im.Orientation != int(c.orientation) || im.ShortSide != 20 || im.LongSide != 40 {
			t.Errorf("tag %d: %+v", c.tag, im)
		}
	}
}

// What only the pixels can say is left open.
func TestAlphaIsLeftToPixels(t *testing.T) {
	encode := func(m image.Image) []byte {
		var b bytes.Buffer
		if err := png.Encode(&b, m); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	clear := image.NewNRGBA(image.Rect(0, 0, 8, 8))
	solid := image.NewGray(image.Rect(0, 0, 8, 8))
	solid.Set(1, 1, color.Gray{9})
	for name, c := range map[string]struct {
		data  []byte
		model string
		state facts.State
	}{"with alpha": {encode(clear), "rgb", facts.NotExtracted}, "without": {encode(solid), "gray", facts.Present}} {
		var out facts.Set
		if err := (imageinfo.Extractor{}).Extract(context.Background(), input(c.data), &out); err != nil {
			t.Fatal(err)
		}
		if got := out.Status("image.has_alpha").State; got != c.state || out.Image.ColorModel != c.model {
			t.Errorf("%s: state %s, %+v", name, got, out.Image)
		}
		if got := out.Status("image.decodable").State; got != facts.NotExtracted {
			t.Errorf("%s: decodable is %s before anything was decoded", name, got)
		}
		if got := out.Status("image.width").State; got != facts.Present {
			t.Errorf("%s: width is %s", name, got)
		}
	}
}

func TestNoHeader(t *testing.T) {
	var out facts.Set
	err := (imageinfo.Extractor{}).Extract(context.Background(), input([]byte("\xFF\xD8\xFF\xE0\x00\x04ab")), &out)
	if !errors.Is(err, container.ErrNoHeader) {
		t.Errorf("%v", err)
	}
	if diff := cmp.Diff(facts.Image{}, out.Image); diff != "" {
		t.Error(diff)
	}
}

// TestTruncatedPNG: without its last chunk a PNG is whole, without pixels it is not.
func TestTruncatedPNG(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 80, 80))); err != nil {
		t.Fatal(err)
	}
	whole := b.Bytes()
	for name, c := range map[string]struct {
		data []byte
		want bool
	}{"whole": {whole, false}, "without IEND": {whole[:len(whole)-12], false}, "half of IEND": {whole[:len(whole)-6], false}, "in the pixels": {whole[:len(whole)-20], true}} {
		var out facts.Set
		if err := (imageinfo.Integrity{}).Extract(context.Background(), input(c.data), &out); err != nil {
			t.Fatal(err)
		}
		if out.File.Truncated != c.want {
			t.Errorf("%s: truncated %v", name, out.File.Truncated)
		}
	}
}

func TestTruncated(t *testing.T) {
	whole := photo(t, 1)
	for name, c := range map[string]struct {
		data []byte
		want bool
	}{
		"whole":              {whole, false},
		"bytes after it":     {append(bytes.Clone(whole), "trailing film"...), false},
		"without its end":    {whole[:len(whole)-2], false}, // every viewer shows it whole
		"a few bytes less":   {whole[:len(whole)-6], true},
		"half of the pixels": {whole[:len(whole)-30], true},
		"in the header":      {whole[:100], true},
	} {
		var out facts.Set
		if err := (imageinfo.Integrity{}).Extract(context.Background(), input(c.data), &out); err != nil {
			t.Fatal(err)
		}
		if out.File.Truncated != c.want {
			t.Errorf("%s: truncated %v", name, out.File.Truncated)
		}
	}
}
