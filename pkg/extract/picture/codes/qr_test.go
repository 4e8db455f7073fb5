package codes

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/aecheck/aecheck/pkg/raster"
)

// oblique draws g seen at an angle: its left side is nearer than the right one
// by the share depth.
func oblique(m *raster.RGB, g *raster.Gray, x, y, side int, depth float64) {
	for py := y - side; py < y+2*side; py++ {
		for px := x - side; px < x+2*side; px++ {
			u, v := 2*float64(px-x)/float64(side)-1, 2*float64(py-y)/float64(side)-1
			w := 1 - depth*u
			u, v = (u/w+1)/2*float64(g.W), (v/w+1)/2*float64(g.H)
			if u < 0 || v < 0 || u >= float64(g.W) || v >= float64(g.H) || px < 0 || py < 0 || px >= m.W || py >= m.H {
				continue
			}
			for k := range 3 {
				m.Pix[3*(py*m.W+px)+k] = g.Pix[int(v)*g.W+int(u)]
			}
		}
	}
}

func TestReadOblique(t *testing.T) {
	e := extractor(t)
	const text = "https://u.wechat.com/MCabc123"
	for _, depth := range []float64{0.1, 0.2} {
		m := scene(700, 700, 6)
		oblique(m, qr(t, text, 33), 200, 200, 260, depth)
		if list := read(t, e, m); len(list) != 1 || list[0].Text != text {
			t.Errorf("depth %.1f: %+v", depth, list)
		}
	}
}

// TestRings: the finders of a turned code are right nearly everywhere, those
// put on noise hardly more than half.
func TestRings(t *testing.T) {
	for _, angle := range []float64{0, 20, 45, 70, 135} {
		m := raster.NewRGB(400, 400)
		for i := range m.Pix {
			m.Pix[i] = 255
		}
		put(m, qr(t, "wxid_a1b2c3", 174), 110, 110, angle, 0, 255)
		g := m.Luma()
		b := local(g, newTiles(g))
		dark, _ := finders(b)
		list := triples(dark)
		if len(list) == 0 {
			t.Fatalf("%v°: no triple among %+v", angle, dark)
		}
		if n := list[0].rings(b); n < 44 {
			t.Errorf("%v°: %d modules right", angle, n)
		}
		if n := list[0].modules(); n < 16 || n > 22 { // 21, or fewer by up to √2 where rows cross them aslant
			t.Errorf("%v°: %d modules a side", angle, n)
		}
	}
	r := rand.New(rand.NewPCG(8, 8))
	noise := &raster.Gray{W: 200, H: 200, Pix: make([]uint8, 200*200)}
	for i := range noise.Pix {
		noise.Pix[i] = uint8(r.IntN(256))
	}
	b := threshold(noise, newTiles(noise), func(int, int) int { return 127 })
	for range 200 {
		s, c := math.Sincos(r.Float64() * 2 * math.Pi)
		at := func(u, v float64) finder {
			return finder{x: 100 + 60*(c*u-s*v), y: 100 + 60*(s*u+c*v), module: 4, along: 4, down: 4}
		}
		if n := (triple{tl: at(-0.5, -0.5), tr: at(0.5, -0.5), bl: at(-0.5, 0.5)}).rings(b); n >= goodRings {
			t.Errorf("noise has %d modules right", n)
		}
	}
}
