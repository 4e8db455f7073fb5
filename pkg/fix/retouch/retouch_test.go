package retouch_test

import (
	"errors"
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/aecheck/aecheck/pkg/fix/retouch"
)

// scene is a ground with light that falls off, a round product and its soft shadow.
type scene struct {
	w, h    int
	back    [3]float64
	fall    float64 // how far the light falls off to the corners, levels
	noise   float64
	product func(x, y float64) (color.NRGBA, bool) // x, y in 0..1
}

func disc(c color.NRGBA) func(x, y float64) (color.NRGBA, bool) {
	return func(x, y float64) (color.NRGBA, bool) { return c, math.Hypot(x-0.5, y-0.45) < 0.28 }
}

func (s scene) draw() (*image.NRGBA, []bool) {
	m := image.NewNRGBA(image.Rect(0, 0, s.w, s.h))
	in := make([]bool, s.w*s.h)
	r := rand.New(rand.NewPCG(1, 2))
	for py := range s.h {
		for px := range s.w {
			x, y := (float64(px)+0.5)/float64(s.w), (float64(py)+0.5)/float64(s.h)
			p := m.Pix[m.PixOffset(px, py):]
			p[3] = 255
			if c, ok := s.product(x, y); ok {
				p[0], p[1], p[2] = c.R, c.G, c.B
				in[py*s.w+px] = true
				continue
			}
			// A shadow below the product, dark where they touch.
			d := math.Hypot((x-0.5)/0.34, (y-0.76)/0.07)
			dark := 0.45 * math.Exp(-d*d)
			for c := range 3 {
				v := (s.back[c]-s.fall*math.Hypot(x-0.5, y-0.5)/0.71)*(1-dark) + s.noise*r.NormFloat64()
				p[c] = uint8(math.Round(max(0, min(255, v))))
			}
		}
	}
	return m, in
}

func TestWhiten(t *testing.T) {
	tests := []struct {
		name string
		s    scene
	}{
		{"even", scene{w: 500, h: 400, back: [3]float64{246, 245, 241}, product: disc(color.NRGBA{120, 40, 30, 255})}},
		{"light falls off", scene{w: 400, h: 500, back: [3]float64{252, 252, 252}, fall: 9, product: disc(color.NRGBA{30, 30, 40, 255})}},
		{"noise", scene{w: 400, h: 400, back: [3]float64{245, 245, 245}, noise: 2, product: disc(color.NRGBA{90, 120, 200, 255})}},
		{"light grey product", scene{w: 400, h: 400, back: [3]float64{247, 247, 247}, noise: 0.6, product: disc(color.NRGBA{205, 205, 205, 255})}},
	}
	for _, test := range tests {
		m, in := test.s.draw()
		before := append([]uint8{}, m.Pix...)
		back := [3]uint8{uint8(test.s.back[0] - test.s.fall/2), uint8(test.s.back[1] - test.s.fall/2), uint8(test.s.back[2] - test.s.fall/2)}
		if _, err := retouch.Whiten(m, back); err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		touched, ring, white := 0, 0, 0
		for i, product := range in {
			x, y := i%test.s.w, i/test.s.w
			p, b := m.Pix[4*i:4*i+3], before[4*i:4*i+3]
			if product && (p[0] != b[0] || p[1] != b[1] || p[2] != b[2]) {
				touched++
			}
			if x < 12 || y < 12 || x >= test.s.w-12 || y >= test.s.h-12 {
				ring++
				if min(p[0], p[1], p[2]) >= 250 {
					white++
				}
			}
		}
		if touched > 0 {
			t.Errorf("%s: %d pixels of the product changed", test.name, touched)
		}
		if white*100 < 95*ring {
			t.Errorf("%s: %d of %d pixels of the edge are white", test.name, white, ring)
		}
		// The core of the shadow stays a shadow.
		core := m.Pix[m.PixOffset(test.s.w/2, test.s.h*79/100):]
		if core[0] > 200 {
			t.Errorf("%s: the shadow was lifted to %d", test.name, core[0])
		}
	}
}

func TestWhitenLeavesWhatItCannotTell(t *testing.T) {
	// A white shirt: no edge against the ground, folds in it.
	shirt := scene{w: 500, h: 500, back: [3]float64{244, 244, 244}, product: func(x, y float64) (color.NRGBA, bool) {
		v := uint8(244 - 7*(0.5+0.5*math.Sin(200*x)))
		return color.NRGBA{v, v, v, 255}, math.Abs(x-0.5) < 0.3 && math.Abs(y-0.45) < 0.28
	}}
	m, _ := shirt.draw()
	before := append([]uint8{}, m.Pix...)
	if _, err := retouch.Whiten(m, [3]uint8{244, 244, 244}); !errors.Is(err, retouch.ErrFaint) {
		t.Errorf("a white shirt on a white ground: %v", err)
	}
	dark := image.NewNRGBA(image.Rect(0, 0, 100, 100))
	if _, err := retouch.Whiten(dark, [3]uint8{245, 245, 245}); !errors.Is(err, retouch.ErrNoGround) {
		t.Errorf("a dark picture: %v", err)
	}
	for i := range before {
		if before[i] != m.Pix[i] {
			t.Fatal("pixels changed in spite of the error")
		}
	}
}

func TestUnframe(t *testing.T) {
	for _, test := range []struct {
		sides string
		want  image.Rectangle
	}{{"trbl", image.Rect(12, 12, 288, 188)}, {"tb", image.Rect(0, 12, 300, 188)}, {"rl", image.Rect(12, 0, 288, 200)}} {
		m := image.NewNRGBA(image.Rect(0, 0, 300, 200))
		for y := range 200 {
			for x := range 300 {
				c := color.NRGBA{uint8(100 + x/4), uint8(90 + y/3), 140, 255}
				if !image.Pt(x, y).In(test.want) {
					c = color.NRGBA{200, 20, 20, 255}
				}
				m.SetNRGBA(x, y, c)
			}
		}
		if got := retouch.Unframe(m, test.sides, 12); got != test.want {
			t.Errorf("%s: %v, want %v", test.sides, got, test.want)
		}
	}
}

// TestUnframeCaption: the wide side of a frame goes whole, with the letters in it.
func TestUnframeCaption(t *testing.T) {
	inside := image.Rect(12, 12, 288, 150)
	m := image.NewNRGBA(image.Rect(0, 0, 300, 200))
	for y := range 200 {
		for x := range 300 {
			c := color.NRGBA{255, 255, 255, 255}
			switch {
			case image.Pt(x, y).In(inside):
				c = color.NRGBA{uint8(100 + x/4), uint8(90 + y/3), 140, 255}
			case y >= 168 && y < 182 && x > 60 && x < 240 && x%6 < 2:
				c = color.NRGBA{30, 30, 30, 255}
			}
			m.SetNRGBA(x, y, c)
		}
	}
	if got := retouch.Unframe(m, "trbl", 50); got != inside {
		t.Errorf("%v, want %v", got, inside)
	}
}

func TestShapes(t *testing.T) {
	square := retouch.Aspect{Min: 1, Max: 1}
	if w, h := square.Around(300, 200); w != 300 || h != 300 {
		t.Errorf("around 300×200: %d×%d", w, h)
	}
	if w, h := square.Inside(300, 200); w != 200 || h != 200 {
		t.Errorf("inside 300×200: %d×%d", w, h)
	}
	if r, ok := retouch.Window(300, 200, image.Rect(200, 20, 290, 180), square); !ok || r != image.Rect(100, 0, 300, 200) {
		t.Errorf("window: %v %v", r, ok)
	}
	if _, ok := retouch.Window(300, 200, image.Rect(0, 0, 250, 100), square); ok {
		t.Error("a subject wider than the window fitted")
	}
	if r := retouch.Closer(1000, 1000, image.Rect(400, 300, 600, 700), square, 0.8); r != image.Rect(250, 250, 750, 750) {
		t.Errorf("closer: %v", r)
	}
	m := image.NewNRGBA(image.Rect(0, 0, 30, 20))
	padded, at := retouch.Pad(m, square, color.NRGBA{255, 255, 255, 255})
	if padded.Rect.Dx() != 30 || padded.Rect.Dy() != 30 || at != image.Pt(0, 5) {
		t.Errorf("padded to %v at %v", padded.Rect, at)
	}
}

// TestUpright turns a picture whose first pixel is red as each orientation asks for;
// the values are where that pixel belongs (EXIF 2.32, 4.6.4).
func TestUpright(t *testing.T) {
	want := map[int]image.Point{1: {0, 0}, 2: {2, 0}, 3: {2, 1}, 4: {0, 1}, 5: {0, 0}, 6: {1, 0}, 7: {1, 2}, 8: {0, 2}}
	for o, at := range want {
		m := image.NewNRGBA(image.Rect(0, 0, 3, 2))
		m.SetNRGBA(0, 0, color.NRGBA{255, 0, 0, 255})
		got := retouch.Upright(m, o)
		if got.NRGBAAt(at.X, at.Y).R != 255 {
			t.Errorf("orientation %d: the first pixel is not at %v", o, at)
		}
	}
}

func TestWrite(t *testing.T) {
	for _, ground := range []uint8{255, 20} {
		m := image.NewNRGBA(image.Rect(0, 0, 800, 800))
		for i := range m.Pix {
			m.Pix[i] = ground
			if i%4 == 3 {
				m.Pix[i] = 255
			}
		}
		if err := retouch.Write(m, "AE-1101234567", retouch.BottomRight, 0.03); err != nil {
			t.Fatal(err)
		}
		changed := image.Rectangle{}
		for y := range 800 {
			for x := range 800 {
				if m.NRGBAAt(x, y).R != ground {
					changed = changed.Union(image.Rect(x, y, x+1, y+1))
				}
			}
		}
		if changed.Empty() || changed.Min.X < 400 || changed.Min.Y < 700 || changed.Max.X >= 795 || changed.Max.Y >= 795 {
			t.Errorf("on %d the letters lie in %v", ground, changed)
		}
	}
}
