// Package papers serves the tests of the rooms that read papers: pictures
// of a labelled data set that lies outside the project, and letters drawn by
// us.
//
// It may import pkg/raster alone.
package papers

import (
	"bufio"
	"image"
	"image/draw"
	_ "image/jpeg" // the formats of the data set
	_ "image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/raster"
)

// OpenEnv names the folder of the data set; tests that need it skip without.
const OpenEnv = "AECHECK_OPEN_DATA"

// Sample is one row of the data set's MANIFEST.tsv.
type Sample struct {
	Path  string // absolute
	Name  string // path in the set
	Group string // its folder
	Kind  string // kind= of the expected column
	Want  map[string]string
}

// Open returns the samples whose group is one of groups (all for none), or
// skips the test.
func Open(t *testing.T, groups ...string) []Sample {
	t.Helper()
	root := os.Getenv(OpenEnv)
	if root == "" {
		t.Skipf("%s is not set", OpenEnv)
	}
	f, err := os.Open(filepath.Join(root, "MANIFEST.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []Sample
	for sc := bufio.NewScanner(f); sc.Scan(); {
		cols := strings.Split(sc.Text(), "\t")
		if len(cols) < 3 || cols[0] == "path" {
			continue
		}
		if len(groups) > 0 {
			in := false
			for _, g := range groups {
				in = in || g == cols[1]
			}
			if !in {
				continue
			}
		}
		s := Sample{Path: filepath.Join(root, cols[0]), Name: cols[0], Group: cols[1], Want: map[string]string{}}
		for _, kv := range strings.Split(cols[2], "; ") {
			if k, v, ok := strings.Cut(kv, "="); ok {
				s.Want[k] = v
			}
		}
		s.Kind = s.Want["kind"]
		out = append(out, s)
	}
	return out
}

// Decode reads a picture with the standard library and flattens it on white.
func Decode(path string) (*raster.RGB, error) {
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
