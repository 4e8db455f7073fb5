// Package papers serves the tests of the rooms that read papers: pictures and
// PDFs of the open data set, and letters drawn by us.
//
// It may import pkg/raster and pkg/testkit/opendata.
package papers

import (
	"image"
	"image/draw"
	_ "image/jpeg" // the formats of the data set
	_ "image/png"
	"iter"
	"os"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/raster"
	"github.com/aecheck/aecheck/pkg/testkit/opendata"
)

// Pictures gives the samples of the open data set with one of the labels that
// decode, with their pictures; the test is skipped where no set is named.
func Pictures(t testing.TB, labels ...string) iter.Seq2[opendata.Sample, *raster.RGB] {
	t.Helper()
	samples := opendata.Samples(t, labels...)
	return func(yield func(opendata.Sample, *raster.RGB) bool) {
		for _, s := range samples {
			if m, err := decode(s.Path); err == nil && !yield(s, m) {
				return
			}
		}
	}
}

// PDFs gives the PDFs of the open data set, sound and hostile ones, with their
// content; the test is skipped where no set is named.
func PDFs(t testing.TB) iter.Seq2[opendata.Sample, []byte] {
	t.Helper()
	samples := opendata.Samples(t, "letters", "hostile")
	return func(yield func(opendata.Sample, []byte) bool) {
		for _, s := range samples {
			if strings.HasSuffix(s.Path, ".pdf") && !yield(s, opendata.Read(t, s.Path)) {
				return
			}
		}
	}
}

// decode reads a picture with the standard library and flattens it on white.
func decode(path string) (*raster.RGB, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	m, _, err := image.Decode(f)
	if err != nil {
		return nil, err
	}
	return FromImage(m), nil
}

// FromImage flattens a picture on white.
func FromImage(m image.Image) *raster.RGB {
	b := m.Bounds()
	flat := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(flat, flat.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(flat, flat.Bounds(), m, b.Min, draw.Over)
	out := raster.NewRGB(b.Dx(), b.Dy())
	for i := range out.W * out.H {
		copy(out.Pix[3*i:3*i+3], flat.Pix[4*i:4*i+3])
	}
	return out
}
