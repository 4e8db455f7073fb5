package codes

import (
	"image"
	_ "image/jpeg"
	_ "image/png"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/raster"
	"github.com/aecheck/aecheck/pkg/testkit/opendata"
)

// TestAccuracy reads the codes and the product photos of the open data set, whose
// manifest says what they hold, and names every miss and every false alarm.
func TestAccuracy(t *testing.T) {
	samples := opendata.Samples(t, "qr", "product-white", "product-other")
	e := extractor(t)
	total, read1, seen := map[string]int{}, map[string]int{}, map[string]time.Duration{}
	for _, s := range samples {
		kind := s.Kind
		if s.Product() {
			kind = s.Label
		}
		m, ok := open(s.Path)
		if !ok {
			continue
		}
		start := time.Now()
		list := read(t, e, m)
		seen[kind] += time.Since(start)
		total[kind]++
		want := s.Want["payload"]
		hit := false
		for _, c := range list {
			hit = hit || want == "" || same(c.Text, want)
		}
		switch {
		case hit:
			read1[kind]++
			if want == "" {
				t.Logf("reads %s: %+v", s.Name, list)
			}
		case want != "":
			t.Logf("MISS %s: want %q, got %+v", s.Name, want, list)
		}
	}
	t.Logf("%-24s %6s %6s %12s", "kind", "files", "read", "ms a file")
	for k, n := range total {
		t.Logf("%-24s %6d %6d %12.1f", k, n, read1[k], float64(seen[k].Milliseconds())/float64(n))
	}
	if total["qr-photo"] >= 28 && read1["qr-photo"] < 25 {
		t.Errorf("qr-photo: %d of %d, want at least 25 of 28", read1["qr-photo"], total["qr-photo"])
	}
	if read1["CONTROL-no-qr"] > 0 {
		t.Errorf("CONTROL-no-qr: %d read", read1["CONTROL-no-qr"])
	}
}

// same compares a payload with what the manifest has of it: long ones are cut.
func same(got, want string) bool {
	const cut = 100
	got, want = flat(got), flat(want)
	return got == want || len(want) > cut && strings.HasPrefix(got, want)
}

// flat drops what a manifest cannot hold: line ends.
func flat(s string) string { return strings.Join(strings.Fields(s), " ") }

func open(path string) (*raster.RGB, bool) {
	f, err := os.Open(path)
	if err != nil {
		return nil, false
	}
	defer f.Close()
	im, _, err := image.Decode(f)
	if err != nil {
		return nil, false
	}
	b := im.Bounds()
	m := raster.NewRGB(b.Dx(), b.Dy())
	for y := range m.H {
		for x := range m.W {
			r, g, bl, a := im.At(b.Min.X+x, b.Min.Y+y).RGBA()
			for k, v := range []uint32{r, g, bl} {
				m.Pix[3*(y*m.W+x)+k] = uint8((v + 0xffff - a) >> 8)
			}
		}
	}
	return m, true
}
