package ocr

import (
	"math"
	"testing"

	"github.com/aecheck/aecheck/pkg/raster"
)

func TestWhiteShare(t *testing.T) {
	for _, tt := range []struct {
		name string
		w, h int
		fill func(x, y int) uint8
		want float64
	}{
		{"black", 300, 200, func(int, int) uint8 { return 0 }, 0},
		{"white", 300, 200, func(int, int) uint8 { return 255 }, 1},
		{"left quarter", 1280, 960, func(x, _ int) uint8 { return map[bool]uint8{true: 255}[x < 320] }, 0.25},
		{"even columns", 1024, 1024, func(x, _ int) uint8 { return map[bool]uint8{true: 255}[x%2 == 0] }, 0.5},
		{"one pixel", 1, 1, func(int, int) uint8 { return 255 }, 1},
	} {
		m := raster.NewRGB(tt.w, tt.h)
		for i := range m.Pix {
			m.Pix[i] = tt.fill(i/3%tt.w, i/3/tt.w)
		}
		if got := whiteShare(m); math.Abs(got-tt.want) > 0.02 {
			t.Errorf("%s: %.3f, want %.2f", tt.name, got, tt.want)
		}
	}
}
