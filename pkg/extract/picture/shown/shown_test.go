package shown

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/raster"
	"github.com/aecheck/aecheck/pkg/testkit/products"
)

// rgbOf copies an image.
func rgbOf(m image.Image) *raster.RGB {
	b := m.Bounds()
	out := raster.NewRGB(b.Dx(), b.Dy())
	for y := range out.H {
		for x := range out.W {
			c := color.NRGBAModel.Convert(m.At(b.Min.X+x, b.Min.Y+y)).(color.NRGBA)
			copy(out.Pix[3*(y*out.W+x):], []uint8{c.R, c.G, c.B})
		}
	}
	return out
}

// plain is a w×h picture of one colour with a box of another.
func plain(w, h int, ground, thing uint8, box [4]int) *raster.RGB {
	m := raster.NewRGB(w, h)
	for i := range m.Pix {
		m.Pix[i] = ground
	}
	for y := box[1]; y < box[1]+box[3]; y++ {
		for x := 3 * box[0]; x < 3*(box[0]+box[2]); x++ {
			m.Pix[3*w*y+x] = thing
		}
	}
	return m
}

func TestAlone(t *testing.T) {
	noisy := plain(300, 300, 240, 60, [4]int{100, 100, 80, 120})
	r := rand.New(rand.NewPCG(1, 2))
	for i := range noisy.Pix {
		noisy.Pix[i] = uint8(min(255, max(0, float64(noisy.Pix[i])+4*r.NormFloat64())))
	}
	scene := raster.NewRGB(300, 300)
	for i := range scene.Pix {
		scene.Pix[i] = uint8(r.IntN(256))
	}
	for _, c := range []struct {
		name string
		m    *raster.RGB
		box  [4]int // of the thing
		want bool
	}{
		{"on white", plain(800, 800, 255, 30, [4]int{200, 300, 400, 200}), [4]int{200, 300, 400, 200}, true},
		{"white on grey", plain(800, 600, 128, 255, [4]int{200, 300, 400, 200}), [4]int{200, 300, 400, 200}, true},
		{"with noise", noisy, [4]int{100, 100, 80, 120}, true},
		{"small", plain(800, 800, 255, 30, [4]int{380, 380, 60, 60}), [4]int{380, 380, 60, 60}, true},
		{"out of the bottom", plain(800, 800, 255, 30, [4]int{300, 300, 200, 500}), [4]int{300, 300, 200, 500}, true},
		{"a small picture", plain(40, 40, 255, 30, [4]int{10, 10, 20, 20}), [4]int{10, 10, 20, 20}, true},
		{"out of three sides", plain(800, 800, 255, 30, [4]int{0, 640, 800, 160}), [4]int{}, false},
		{"a speck", plain(800, 800, 255, 30, [4]int{400, 400, 6, 6}), [4]int{}, false},
		{"nothing", plain(800, 800, 255, 30, [4]int{}), [4]int{}, false},
		{"a scene", scene, [4]int{}, false},
		{"two colours meet", plain(800, 800, 255, 30, [4]int{0, 0, 400, 800}), [4]int{}, false},
		{"a line", raster.NewRGB(1000, 1), [4]int{}, false},
	} {
		box, got := alone(c.m)
		if got != c.want {
			t.Errorf("%s: alone %v", c.name, got)
			continue
		}
		// The box is somewhat larger: room, and a pixel of the small copy.
		for i, d := range []int{c.box[0] - box[0], c.box[1] - box[1], box[2] - c.box[2], box[3] - c.box[3]} {
			if d < -4 || d > max(c.box[2], c.box[3])/8+8 {
				t.Errorf("%s: box %v, side %d", c.name, box, i)
			}
		}
	}
}

// TestViews: however a picture is made, its views have the right number and size.
func TestViews(t *testing.T) {
	for _, c := range []struct {
		m     *raster.RGB
		alone bool
		views int
	}{
		{plain(400, 300, 255, 30, [4]int{100, 100, 100, 100}), true, 1},
		{plain(400, 300, 255, 30, [4]int{0, 0, 200, 300}), false, 11},
		{plain(1, 1, 255, 30, [4]int{}), false, 11},
		{plain(3, 2000, 0, 255, [4]int{}), false, 11},
	} {
		got, err := Of(context.Background(), c.m, 1)
		if err != nil {
			t.Fatal(err)
		}
		if got.Alone != c.alone || len(got.Views) != c.views {
			t.Errorf("%d×%d: alone %v, %d views", c.m.W, c.m.H, got.Alone, len(got.Views))
		}
		for _, v := range got.Views {
			b, err := base64.StdEncoding.DecodeString(v)
			if err != nil || len(b) != Numbers {
				t.Errorf("%d×%d: a view of %d bytes, %v", c.m.W, c.m.H, len(b), err)
			}
		}
	}
	if _, err := Of(context.Background(), raster.NewRGB(0, 0), 1); err == nil {
		t.Error("an empty picture")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Of(ctx, plain(40, 40, 255, 30, [4]int{10, 10, 20, 20}), 1); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestPlanes(t *testing.T) {
	m := plain(2, 2, 0, 255, [4]int{1, 0, 1, 2}) // black left, white right
	p := planes(m, 4)
	for y := range 4 {
		row := p[y*4 : y*4+4]
		want := []float32{-127. / 128, (255*.25 - 127) / 128, (255*.75 - 127) / 128, 1}
		for x := range 4 {
			if math.Abs(float64(row[x]-want[x])) > 1e-5 {
				t.Fatalf("row %d: %v, want %v", y, row, want)
			}
		}
	}
	same := plain(4, 4, 10, 200, [4]int{1, 2, 1, 1})
	p = planes(same, 4)
	for i := range 16 {
		if want := (float32(same.Pix[3*i]) - 127) / 128; p[i] != want || p[16+i] != want || p[32+i] != want {
			t.Fatalf("pixel %d: %v", i, p[i])
		}
	}
}

func TestExtract(t *testing.T) {
	m := plain(200, 200, 255, 30, [4]int{50, 50, 100, 100})
	run := func(err error) (*facts.Set, error) {
		in := extract.NewInput("png", 0, nil, bytes.NewReader(nil), func(context.Context, int) (*raster.Picture, error) {
			return &raster.Picture{RGB: m, FullW: 200, FullH: 200}, err
		})
		out := &facts.Set{}
		return out, New().Extract(context.Background(), in, out)
	}
	out, err := run(nil)
	if err != nil || out.Status("shown").State != facts.Present || !out.Shown.Alone {
		t.Errorf("%v %+v", err, out.Status("shown"))
	}
	damaged := &raster.PartialError{Problem: raster.Truncated, Format: "jpeg", Why: "cut"}
	if _, err := run(damaged); !errors.Is(err, damaged) {
		t.Errorf("a damaged picture: %v", err)
	}
}

// like is the greatest cosine between the whole of one picture and the views of
// another.
func like(t *testing.T, a, b facts.Shown) float64 {
	t.Helper()
	numbers := func(s string) []float64 {
		data, err := base64.StdEncoding.DecodeString(s)
		if err != nil {
			t.Fatal(err)
		}
		out, square := make([]float64, len(data)), 0.0
		for i, b := range data {
			out[i] = float64(int8(b))
			square += out[i] * out[i]
		}
		for i := range out {
			out[i] /= math.Sqrt(square)
		}
		return out
	}
	whole, best := numbers(a.Views[0]), -1.0
	for _, s := range b.Views {
		sum := 0.0
		for i, v := range numbers(s) {
			sum += v * whole[i]
		}
		best = max(best, sum)
	}
	return best
}

// TestTellsKindsApart photographs invented products: another view of one, in
// another colour and on another ground, is more like it than most other kinds are.
func TestTellsKindsApart(t *testing.T) {
	shoot := func(p products.Product, yaw float64, ground int) facts.Shown {
		s := products.Studio(320, 320)
		s.Yaw, s.Ground, s.Seed = yaw, ground, 3
		out, err := Of(context.Background(), rgbOf(p.Shoot(s).Image), 2)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	kinds := []string{"bottle", "mug", "cushion", "headphones", "bag", "kettle"}
	var white, table []facts.Shown
	for i, kind := range kinds {
		p := products.New(kind, uint64(40+i))
		white = append(white, shoot(p, 0.3, 0))
		table = append(table, shoot(p.InColour(1), 0.7, 2))
	}
	higher, others := 0, 0
	for i := range kinds {
		own := like(t, white[i], table[i])
		if own < 0.32 {
			t.Errorf("%s: another view of it is only %.2f alike", kinds[i], own)
		}
		for j := range kinds {
			if i != j {
				others++
				if like(t, white[i], table[j]) < own {
					higher++
				}
			}
		}
	}
	t.Logf("of %d other products %d are less alike", others, higher)
	if float64(higher) < 0.8*float64(others) {
		t.Errorf("of %d other products only %d are less alike", others, higher)
	}
}
