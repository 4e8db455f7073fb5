package legibility

import (
	"testing"

	"github.com/aecheck/aecheck/pkg/raster"
)

// TestOutside: a light sheet on a dark ground, of which the sides named lie outside
// of the picture.
func TestOutside(t *testing.T) {
	for _, c := range []struct {
		name                     string
		left, top, right, bottom int // how much ground is seen
		ground                   uint8
		want                     int
	}{
		{"all seen", 40, 40, 40, 40, 60, 0},
		{"right outside", 40, 40, 0, 40, 60, 1},
		{"right and bottom outside", 40, 40, 0, 0, 60, 2},
		{"a scan", 0, 0, 0, 0, 60, 0},
		{"one edge in a scan", 40, 0, 0, 0, 60, 0},
		{"a light ground", 40, 40, 0, 40, 200, 0},
		{"a ground of wood", 40, 40, 0, 40, 140, 1},
	} {
		m := raster.NewRGB(600, 800)
		for y := range m.H {
			for x := range m.W {
				v := uint8(230 - x/12) // a shadow to the right
				if x < c.left || y < c.top || x >= m.W-c.right || y >= m.H-c.bottom {
					v = c.ground
				}
				p := m.Pix[3*(y*m.W+x):]
				p[0], p[1], p[2] = v, v, v
			}
		}
		if got := Outside(m); len(got) != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
