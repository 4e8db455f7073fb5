package text

import (
	"math"
	"testing"

	"github.com/aecheck/aecheck/pkg/raster"
)

// TestStripEndsAtBareGround: beside a piece a strip goes on over gaps that a mark
// may have and ends behind a wider one of bare ground; where the ground is not bare
// it goes on.
func TestStripEndsAtBareGround(t *testing.T) {
	const (
		w, h     = 1200, 200
		y, tall  = 80, mendHeight // so that a column of the strip is one of the picture
		x0, x1   = 500, 700       // of the piece
		mostGap  = 100            // below mendGap
		wideGap  = 200            // above it
		faint    = 4              // steps: more than bareRange
		noise    = 1              // less
		endsAt   = x1 + mostGap + 20
		beginsAt = x0 - mostGap - 20
	)
	stroke := func(m *raster.RGB, from, to int, by uint8) {
		for yy := y + 10; yy < y+tall-10; yy++ {
			for x := from; x < to; x++ {
				for k := range 3 {
					m.Pix[3*(yy*w+x)+k] -= by
				}
			}
		}
	}
	for _, tt := range []struct {
		name        string
		draw        func(m *raster.RGB)
		left, right float64 // columns of the picture where the strip begins and ends
	}{
		{"alone on a page", func(*raster.RGB) {}, x0 - mendHeight, x1 + mendHeight},
		{"words with a gap, and others far away", func(m *raster.RGB) {
			stroke(m, beginsAt, x0-mostGap, 200)
			stroke(m, x1+mostGap, endsAt, 200)
			stroke(m, endsAt+wideGap, w, 200)
		}, beginsAt - mendHeight, endsAt + mendHeight},
		{"the same, faint", func(m *raster.RGB) {
			stroke(m, beginsAt, x0-mostGap, faint)
			stroke(m, x1+mostGap, endsAt, faint)
		}, beginsAt - mendHeight, endsAt + mendHeight},
		{"on a ground with structure", func(m *raster.RGB) {
			for x := 0; x < w; x += 20 {
				stroke(m, x, x+10, faint)
			}
		}, 0, w},
	} {
		m := raster.NewRGB(w, h)
		for i := range m.Pix {
			m.Pix[i] = 240 + uint8(i/7%2)*noise
		}
		stroke(m, x0, x1, 200)
		tt.draw(m)
		s := along(m, [4][2]float64{{x0, y}, {x1, y}, {x1, y + tall}, {x0, y + tall}})
		left, right := x0-s.from*float64(s.rgb.W), x1+(1-s.to)*float64(s.rgb.W)
		if math.Abs(left-tt.left) > 30 || math.Abs(right-tt.right) > 30 {
			t.Errorf("%s: the strip goes from %.0f to %.0f, want %.0f to %.0f", tt.name, left, right, tt.left, tt.right)
		}
		if from, to := int(s.from*float64(s.rgb.W)+5), int(s.to*float64(s.rgb.W)-5); s.rgb.Pix[3*(20*s.rgb.W+from)] > 60 || s.rgb.Pix[3*(20*s.rgb.W+to)] > 60 {
			t.Errorf("%s: the piece is not between %v and %v", tt.name, s.from, s.to)
		}
	}
}
