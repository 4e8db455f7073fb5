package raster

import (
	"bytes"
	"context"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// allowed is the mean difference, in levels of 255, to the reference decoder; halved
// allows for the chroma of half the width or size, which each decoder spreads in its
// own way: here a pixel stands for four, there they are blended.
const (
	allowed = 1.0
	halved  = 2.2
)

// TestReference decodes drawn pictures, a flat and a photographic one, and compares
// them with what the reference decoder of each format makes of the same file
// (testdata/reference/README.md).
func TestReference(t *testing.T) {
	names, err := filepath.Glob("testdata/reference/*")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, name := range names {
		base := filepath.Base(name)
		if strings.HasSuffix(base, ".md") || strings.Count(base, ".") == 2 {
			continue
		}
		n++
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		p, err := Decode(context.Background(), bytes.NewReader(data), int64(len(data)), Options{Format: sniff(data), Detail: 800})
		if err != nil {
			t.Errorf("%s: %v", base, err)
			continue
		}
		f, err := os.Open(name + ".png")
		if err != nil {
			t.Fatal(err)
		}
		want, err := png.Decode(f)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		ref := FromImage(want)
		got := p.RGB
		if got.W != ref.W || got.H != ref.H {
			t.Errorf("%s: %d×%d, want %d×%d", base, got.W, got.H, ref.W, ref.H)
			continue
		}
		sum, most := 0, 0
		for i := range ref.Pix {
			d := int(got.Pix[i]) - int(ref.Pix[i])
			d = max(d, -d)
			sum += d
			most = max(most, d)
		}
		mean := float64(sum) / float64(len(ref.Pix))
		t.Logf("%-26s mean %.2f, most %d", base, mean, most)
		limit := allowed
		if regexp.MustCompile(`-(420|422|lossy|progressive)|avif$`).MatchString(base) {
			limit = halved
		}
		if mean > limit {
			t.Errorf("%s: mean difference %.2f levels, at most %.1f", base, mean, limit)
		}
	}
	if n < 30 {
		t.Errorf("only %d pictures", n)
	}
}
