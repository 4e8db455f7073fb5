package retouch_test

import (
	"bytes"
	"context"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/fix/retouch"
	"github.com/aecheck/aecheck/pkg/raster"
	"github.com/aecheck/aecheck/pkg/testkit/opendata"
)

// TestAccuracyWhiten makes the white product pictures of the open data set off-white,
// as a lamp and a camera would (a tint, light that falls off, noise), lifts them again
// and counts grounds that are white then and products whose pixels changed. What is
// darker than any shadow on the ground that is followed, or coloured, is product.
func TestAccuracyWhiten(t *testing.T) {
	lifted, refused, white, touched := 0, 0, 0, 0
	for k, name := range opendata.Files(t, "product-white/*") {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		format := map[string]string{".jpg": "jpeg", ".jpeg": "jpeg", ".png": "png"}[strings.ToLower(filepath.Ext(name))]
		p, err := raster.Decode(context.Background(), bytes.NewReader(data), int64(len(data)), raster.Options{Format: format})
		if err != nil {
			t.Logf("%s: %v", name, err)
			continue
		}
		m := p.Image()
		r := rand.New(rand.NewPCG(uint64(k), 7))
		base, fall := 0.957+0.02*r.Float64(), 0.01*r.Float64()
		tint := [3]float64{0.004 * (r.Float64() - 0.5), 0.004 * (r.Float64() - 0.5), 0.004 * (r.Float64() - 0.5)}
		w, h := m.Rect.Dx(), m.Rect.Dy()
		var back [3]uint8
		for c := range back {
			back[c] = uint8(255 * (base + tint[c] - fall/2))
		}
		for y := range h {
			for x := range w {
				light := base - fall*math.Hypot(float64(x)/float64(w)-0.5, float64(y)/float64(h)-0.5)/0.71
				px := m.Pix[m.PixOffset(x, y):]
				for c := range 3 {
					px[c] = uint8(math.Round(max(0, min(255, float64(px[c])*(light+tint[c])+0.7*r.NormFloat64()))))
				}
			}
		}
		before := append([]uint8{}, m.Pix...)
		if _, err := retouch.Whiten(m, back); err != nil {
			refused++
			t.Logf("%s: %v", name, err)
			continue
		}
		lifted++
		ring, bright, product, changed := 0, 0, 0, 0
		edge := max(4, min(w, h)/25)
		for i := 0; i < len(m.Pix); i += 4 {
			x, y := i/4%w, i/4/w
			was, is := before[i:i+3], m.Pix[i:i+3]
			low, high := min(was[0], was[1], was[2]), max(was[0], was[1], was[2])
			if low < 200 || high-low > 30 {
				product++
				for c := range 3 {
					if int(is[c])-int(was[c]) > 2 {
						changed++
						break
					}
				}
			} else if (x < edge || y < edge || x >= w-edge || y >= h-edge) && low >= 235 {
				ring++
				if min(is[0], is[1], is[2]) >= 250 {
					bright++
				}
			}
		}
		if bright*100 >= 95*ring {
			white++
		} else {
			t.Logf("%s: %d of %d pixels at the edge are white", name, bright, ring)
		}
		if changed*1000 > product {
			touched++
			t.Logf("%s: %.2f %% of the product changed", name, 100*float64(changed)/float64(product))
		}
	}
	t.Logf("%d lifted, %d refused; white then: %d; product changed in %d", lifted, refused, white, touched)
	if lifted+refused > 0 && (white < lifted || touched*20 > lifted || refused*10 > lifted+refused) {
		t.Error("worse than it was")
	}
}
