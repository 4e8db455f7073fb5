package pixels

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"math/rand"
	"testing"

	"github.com/aecheck/aecheck/pkg/raster"
	"github.com/aecheck/aecheck/pkg/testkit/opendata"
)

// scene draws made pictures whose answers are known. Everything is drawn from
// a seeded generator, so each run sees the same pictures.
type scene struct {
	*image.RGBA
	r *rand.Rand
}

func newScene(seed int64, w, h int, c color.RGBA) *scene {
	s := &scene{image.NewRGBA(image.Rect(0, 0, w, h)), rand.New(rand.NewSource(seed))}
	s.fill(s.Rect, c)
	return s
}

func (s *scene) fill(r image.Rectangle, c color.RGBA) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			s.SetRGBA(x, y, c)
		}
	}
}

// mix lays c over a pixel with weight a.
func (s *scene) mix(x, y int, c [3]float64, a float64) {
	if !(image.Point{x, y}).In(s.Rect) || a <= 0 {
		return
	}
	p := s.Pix[s.PixOffset(x, y):]
	for i := range c {
		p[i] = uint8(math.Round(float64(p[i])*(1-a) + c[i]*a))
	}
}

// product draws a shaded, textured ellipse or box with soft edges.
func (s *scene) product(cx, cy, rx, ry float64, base [3]float64) {
	angle, stripes := s.r.Float64()*math.Pi, 4+s.r.Float64()*12
	power := []float64{2, 2, 6, 20}[s.r.Intn(4)] // from ellipse to nearly a box
	for y := int(cy - ry - 2); y <= int(cy+ry+2); y++ {
		for x := int(cx - rx - 2); x <= int(cx+rx+2); x++ {
			dx, dy := (float64(x)-cx)/rx, (float64(y)-cy)/ry
			d := math.Pow(math.Pow(math.Abs(dx), power)+math.Pow(math.Abs(dy), power), 1/power)
			a := min(1, max(0, (1-d)*min(rx, ry)+0.5))
			shade := 0.75 + 0.25*math.Cos(dx*2-dy)
			shade *= 0.85 + 0.15*math.Sin(stripes*(dx*math.Cos(angle)+dy*math.Sin(angle)))
			noise := (s.r.Float64() - 0.5) * 10
			s.mix(x, y, [3]float64{base[0]*shade + noise, base[1]*shade + noise, base[2]*shade + noise}, a)
		}
	}
}

// shadow darkens a soft ellipse by at most depth levels.
func (s *scene) shadow(cx, cy, rx, ry, depth float64) {
	for y := int(cy - ry); y <= int(cy+ry); y++ {
		for x := int(cx - rx); x <= int(cx+rx); x++ {
			dx, dy := (float64(x)-cx)/rx, (float64(y)-cy)/ry
			if d := dx*dx + dy*dy; d < 1 && (image.Point{x, y}).In(s.Rect) {
				p := s.Pix[s.PixOffset(x, y):]
				for i := range 3 {
					p[i] = uint8(max(0, float64(p[i])-depth*(1-d)*(1-d)))
				}
			}
		}
	}
}

// vignette darkens towards the corners by depth levels there.
func (s *scene) vignette(depth float64) {
	w, h := float64(s.Rect.Dx()), float64(s.Rect.Dy())
	for y := range s.Rect.Dy() {
		for x := range s.Rect.Dx() {
			dx, dy := 2*float64(x)/w-1, 2*float64(y)/h-1
			d := (dx*dx + dy*dy) / 2
			p := s.Pix[s.PixOffset(x, y):]
			for i := range 3 {
				p[i] = uint8(max(0, math.Round(float64(p[i])-depth*d*d)))
			}
		}
	}
}

func (s *scene) noise(sigma float64) {
	for i := range s.Pix {
		if i%4 != 3 {
			s.Pix[i] = uint8(min(255, max(0, math.Round(float64(s.Pix[i])+s.r.NormFloat64()*sigma))))
		}
	}
}

// photo fills a rectangle with something like a photo: smooth colours, edges
// and grain all over.
func (s *scene) photo(rect image.Rectangle) {
	type wave struct{ fx, fy, phase, amp float64 }
	var waves [3][5]wave
	for c := range waves {
		for i := range waves[c] {
			waves[c][i] = wave{s.r.NormFloat64() * 4, s.r.NormFloat64() * 4, s.r.Float64() * 7, 14 + 16*s.r.Float64()}
		}
	}
	base := [3]float64{60 + 130*s.r.Float64(), 60 + 130*s.r.Float64(), 60 + 130*s.r.Float64()}
	for y := rect.Min.Y; y < rect.Max.Y; y++ {
		for x := rect.Min.X; x < rect.Max.X; x++ {
			u, v := float64(x-rect.Min.X)/float64(rect.Dx()), float64(y-rect.Min.Y)/float64(rect.Dy())
			grain := s.r.NormFloat64() * 5
			var c [3]float64
			for k := range c {
				c[k] = base[k] + grain
				for _, w := range waves[k] {
					c[k] += w.amp * math.Sin(w.fx*u+w.fy*v+w.phase)
				}
				c[k] = min(255, max(0, c[k]))
			}
			s.mix(x, y, c, 1)
		}
	}
	clip := &scene{s.SubImage(rect).(*image.RGBA), s.r}
	for range 3 {
		w, h := float64(rect.Dx()), float64(rect.Dy())
		clip.product(float64(rect.Min.X)+w*s.r.Float64(), float64(rect.Min.Y)+h*s.r.Float64(), w*(0.08+0.15*s.r.Float64()), h*(0.08+0.15*s.r.Float64()), s.color())
	}
}

// color is a colour that no light background has.
func (s *scene) color() [3]float64 {
	return [3]float64{20 + 180*s.r.Float64(), 20 + 180*s.r.Float64(), 20 + 180*s.r.Float64()}
}

// work encodes the scene as a JPEG of some quality (0: PNG) and makes the
// working copy of it, as a scan would.
func (s *scene) work(t testing.TB, quality int) *work {
	var b bytes.Buffer
	format := "jpeg"
	var err error
	if quality == 0 {
		format = "png"
		err = png.Encode(&b, s.RGBA)
	} else {
		err = jpeg.Encode(&b, s.RGBA, &jpeg.Options{Quality: quality})
	}
	if err != nil {
		t.Fatal(err)
	}
	w := newWork(raster.Decode(context.Background(), bytes.NewReader(b.Bytes()), int64(b.Len()), raster.Options{Format: format, Detail: workSide}))
	if w.err != nil {
		t.Fatal(w.err)
	}
	return w
}

func gray(v int) color.RGBA { return color.RGBA{uint8(v), uint8(v), uint8(v), 255} }

// madeQuality cycles through what sellers save with.
func madeQuality(i int) int { return []int{0, 95, 88, 80, 70}[i%5] }

// madeCase is one made picture with the answer it was made for.
type madeCase struct {
	name, want string
	work       func(t testing.TB) *work
}

// backgrounds are pictures whose background steps through the thresholds, with
// shadows and vignettes. The answers follow from how each is drawn:
// 250 and up white, 240–249 near-white, below or tinted uniform.
func backgrounds() []madeCase {
	var out []madeCase
	add := func(name, want string, draw func(i int64) *scene) {
		i := int64(len(out))
		out = append(out, madeCase{name, want, func(t testing.TB) *work { return draw(i).work(t, madeQuality(int(i))) }})
	}
	kindOf := func(v int) string {
		switch {
		case v >= white:
			return "white"
		case v >= nearWhite:
			return "near_white"
		}
		return "uniform"
	}
	item := func(s *scene) {
		w, h := float64(s.Rect.Dx()), float64(s.Rect.Dy())
		s.product(w/2, h/2, w*(0.25+0.15*s.r.Float64()), h*(0.25+0.15*s.r.Float64()), s.color())
	}
	for v := 255; v >= 226; v-- { // plain steps
		if v == white || v == white-1 || v == nearWhite || v == nearWhite-1 {
			continue // a level on the threshold itself is rounding's to decide
		}
		for range 2 {
			add(fmt.Sprintf("plain %d", v), kindOf(v), func(i int64) *scene {
				s := newScene(i, 640, 640, gray(v))
				item(s)
				return s
			})
		}
	}
	for _, v := range []int{255, 255, 253, 252, 246, 245, 244} { // camera noise
		for range 5 {
			add(fmt.Sprintf("noise %d", v), kindOf(v), func(i int64) *scene {
				s := newScene(i, 600, 800, gray(v))
				item(s)
				s.noise(1.5)
				return s
			})
		}
	}
	for _, v := range []int{255, 255, 255, 254, 246} { // shadow under the product, some reaching the edge
		for k := range 8 {
			add(fmt.Sprintf("shadow %d %d", v, k), kindOf(v), func(i int64) *scene {
				s := newScene(i, 800, 600, gray(v))
				s.shadow(400, 470+12*float64(k), 260, 60+4*float64(k), 70)
				s.product(400, 280, 200, 180, s.color())
				return s
			})
		}
	}
	for k := range 20 { // vignettes: strong ones make the corners visibly grey
		depth := float64(12 + 2*k)
		add(fmt.Sprintf("vignette %.0f", depth), "not white", func(i int64) *scene {
			s := newScene(i, 640, 640, gray(255))
			item(s)
			s.vignette(depth)
			return s
		})
	}
	for k := range 10 { // too weak to leave white
		add("faint vignette", "white", func(i int64) *scene {
			s := newScene(i, 640, 640, gray(255))
			item(s)
			s.vignette(float64(k) * 0.5)
			return s
		})
	}
	tints := [][3]int{{255, 250, 238}, {252, 246, 235}, {245, 240, 228}, {250, 252, 238}, {236, 244, 255}, {255, 240, 240}, {230, 230, 245}, {220, 235, 220}}
	for _, c := range tints { // tinted: never white nor near-white
		for range 4 {
			add(fmt.Sprintf("tint %v", c), "tinted", func(i int64) *scene {
				s := newScene(i, 640, 640, color.RGBA{uint8(c[0]), uint8(c[1]), uint8(c[2]), 255})
				item(s)
				return s
			})
		}
	}
	for k := range 20 { // cut off by one edge, still white
		add("cut off", "white", func(i int64) *scene {
			s := newScene(i, 640, 800, gray(255))
			s.product(320, 780, 120+5*float64(k), 500, s.color())
			return s
		})
	}
	for range 20 { // a scene, no background
		add("scene", "other", func(i int64) *scene {
			s := newScene(i, 640, 640, gray(255))
			s.photo(s.Rect)
			return s
		})
	}
	return out
}

func judged(want, got string) bool {
	switch want {
	case "not white":
		return got != "white"
	case "tinted":
		return got == "uniform" || got == "other"
	}
	return want == got
}

// TestAccuracyNearWhite holds: ≥ 200 made pictures, ≥ 95 % right.
func TestAccuracyNearWhite(t *testing.T) {
	opendata.Dir(t) // opt-in: drawing takes a while
	cases := backgrounds()
	right := 0
	for _, c := range cases {
		w := c.work(t)
		b := background(w)
		if judged(c.want, b.Kind) {
			right++
		} else {
			t.Logf("%s: want %s, got %s (ring %.3f, deviation %.2f, %s)", c.name, c.want, b.Kind, b.RingWhiteShare, b.Deviation, b.Color)
		}
	}
	t.Logf("background kind: %d of %d right (%.1f %%)", right, len(cases), 100*float64(right)/float64(len(cases)))
	if len(cases) < 200 || float64(right) < 0.95*float64(len(cases)) {
		t.Errorf("%d of %d right", right, len(cases))
	}
}

// framed are pictures with and without a drawn border or a collage.
func framed() []madeCase {
	var out []madeCase
	add := func(name, want string, draw func(s *scene)) {
		i := int64(len(out))
		out = append(out, madeCase{name, want, func(t testing.TB) *work {
			sizes := [][2]int{{800, 800}, {1000, 1000}, {900, 1200}, {1200, 900}}[i%4]
			s := newScene(1000+i, sizes[0], sizes[1], gray(255))
			draw(s)
			return s.work(t, madeQuality(int(i)))
		}})
	}
	studio := func(s *scene) {
		w, h := float64(s.Rect.Dx()), float64(s.Rect.Dy())
		s.shadow(w/2, h*0.8, w*0.3, h*0.05, 60)
		s.product(w/2, h/2, w*0.3, h*0.3, s.color())
	}
	outline := func(s *scene, inset, width int, c color.RGBA) {
		r := s.Rect.Inset(inset)
		s.fill(image.Rect(r.Min.X, r.Min.Y, r.Max.X, r.Min.Y+width), c)
		s.fill(image.Rect(r.Min.X, r.Max.Y-width, r.Max.X, r.Max.Y), c)
		s.fill(image.Rect(r.Min.X, r.Min.Y, r.Min.X+width, r.Max.Y), c)
		s.fill(image.Rect(r.Max.X-width, r.Min.Y, r.Max.X, r.Max.Y), c)
	}
	colors := []color.RGBA{{20, 20, 20, 255}, {200, 20, 30, 255}, {240, 200, 40, 255}, {40, 90, 200, 255}, {255, 255, 255, 255}}
	for _, c := range colors {
		for _, width := range []int{4, 8, 14, 24, 40} {
			add(fmt.Sprintf("border %d of a photo", width), "border", func(s *scene) { s.photo(s.Rect); outline(s, 0, width, c) })
			if c.R != 255 || c.G != 255 {
				add(fmt.Sprintf("border %d in the studio", width), "border", func(s *scene) { studio(s); outline(s, 0, width, c) })
			}
		}
	}
	for _, c := range colors[:4] {
		add("line inside a margin", "border", func(s *scene) { studio(s); outline(s, 12, 5, c) })
		add("bars above and below", "border", func(s *scene) {
			s.photo(s.Rect)
			s.fill(image.Rect(0, 0, s.Rect.Dx(), 60), c)
			s.fill(image.Rect(0, s.Rect.Dy()-60, s.Rect.Dx(), s.Rect.Dy()), c)
		})
	}
	for i := range 12 {
		gap, c := []int{0, 4, 8, 12}[i%4], []color.RGBA{gray(255), gray(0), {220, 220, 220, 255}}[i%3]
		add(fmt.Sprintf("two photos, gap %d", gap), "collage", func(s *scene) {
			m := s.Rect.Dx() * (40 + 5*(i%5)) / 100
			s.fill(s.Rect, c)
			s.photo(image.Rect(0, 0, m, s.Rect.Dy()))
			s.photo(image.Rect(m+gap, 0, s.Rect.Dx(), s.Rect.Dy()))
		})
		add(fmt.Sprintf("four photos, gap %d", gap), "collage", func(s *scene) {
			mx, my := s.Rect.Dx()/2, s.Rect.Dy()/2
			s.fill(s.Rect, c)
			for _, r := range []image.Rectangle{{image.Pt(0, 0), image.Pt(mx, my)}, {image.Pt(mx+gap, 0), image.Pt(s.Rect.Dx(), my)}, {image.Pt(0, my+gap), image.Pt(mx, s.Rect.Dy())}, {image.Pt(mx+gap, my+gap), s.Rect.Max}} {
				s.photo(r)
			}
		})
		add("studio pictures with a line between", "collage", func(s *scene) {
			w, h := float64(s.Rect.Dx()), float64(s.Rect.Dy())
			s.product(w/4, h/2, w*0.18, h*0.3, s.color())
			s.product(w*3/4, h/2, w*0.18, h*0.3, s.color())
			s.fill(image.Rect(s.Rect.Dx()/2-2, 0, s.Rect.Dx()/2+3, s.Rect.Dy()), gray(90))
		})
	}
	for range 12 {
		add("studio", "", studio)
		add("photo", "", func(s *scene) { s.photo(s.Rect) })
		add("two products", "", func(s *scene) {
			w, h := float64(s.Rect.Dx()), float64(s.Rect.Dy())
			s.product(w*0.27, h/2, w*0.2, h*0.35, s.color())
			s.product(w*0.73, h/2, w*0.2, h*0.35, s.color())
		})
		add("box-shaped product", "", func(s *scene) {
			w, h := s.Rect.Dx(), s.Rect.Dy()
			s.photo(image.Rect(w/9, h/8, w-w/9, h-h/7))
		})
		add("product on a horizon", "", func(s *scene) {
			w, h := s.Rect.Dx(), s.Rect.Dy()
			s.fill(s.Rect, color.RGBA{225, 224, 222, 255})
			s.fill(image.Rect(0, h*7/10, w*94/100, h), color.RGBA{150, 120, 90, 255})
			s.product(float64(w)/2, float64(h)/2, float64(w)/5, float64(h)/4, s.color())
			s.noise(3)
		})
	}
	for i := range 12 {
		add("product before the edge of a table", "", func(s *scene) { s.tableEdge(0.08+0.01*float64(i), 0.22) })
	}
	for i, c := range []color.RGBA{gray(255), gray(250), gray(10), {245, 240, 225, 255}} {
		for _, words := range []bool{true, false} {
			add("frame with a caption", "border", func(s *scene) { s.captioned(c, 10+4*i, 90+10*i, words) })
		}
	}
	for range 6 {
		add("box-shaped product that stands high", "", func(s *scene) {
			w, h := s.Rect.Dx(), s.Rect.Dy()
			s.photo(image.Rect(w/20, h/9, w-w/20, h-h/5))
		})
		add("product with a headline above", "", func(s *scene) {
			w, h := float64(s.Rect.Dx()), float64(s.Rect.Dy())
			s.letters(s.Rect.Dx()/5, s.Rect.Dy()/20, s.Rect.Dx()*3/5, s.Rect.Dy()/16)
			s.product(w/2, h*0.57, w*0.45, h*0.38, s.color())
		})
	}
	return out
}

// captioned draws a photograph in a frame of which the lower side is wider, as apps
// that write the camera's settings under a picture make it.
func (s *scene) captioned(c color.RGBA, width, bar int, words bool) {
	w, h := s.Rect.Dx(), s.Rect.Dy()
	s.fill(s.Rect, c)
	s.photo(image.Rect(width, width, w-width, h-bar))
	if words {
		s.letters(w/12, h-bar*2/3, w/5, bar/4)
		s.letters(w*7/10, h-bar*2/3, w/4, bar/4)
		s.fill(image.Rect(w*6/10, h-bar*3/4, w*6/10+bar/2, h-bar/4), color.RGBA{240, 200, 20, 255})
	}
}

// letters draws strokes as letters have.
func (s *scene) letters(x, y, w, h int) {
	for at := x; at < x+w; at += max(4, h/3) {
		s.fill(image.Rect(at, y, at+max(2, h/8), y+h), gray(90))
	}
}

// TestCaptionedFrame: one side of a frame may hold a caption; a rectangular product
// that stands high or a headline makes none.
func TestCaptionedFrame(t *testing.T) {
	for i := range int64(4) {
		s := newScene(i, 1280, 960, gray(255))
		s.captioned(gray(255), 16, 112, i%2 == 0)
		if b := frame(s.work(t, 92)).Border; !b.Present || b.Sides != "trbl" || b.Width < 104 || b.Width > 116 {
			t.Errorf("%d: %+v", i, b)
		}
		s = newScene(i, 1280, 960, gray(255))
		s.photo(image.Rect(60, 100, 1220, 800))
		if b := frame(s.work(t, 92)).Border; b.Present {
			t.Errorf("box-shaped product: %+v", b)
		}
	}
}

// tableEdge draws a wall that gets lighter, a table and a product before the edge
// between them, of which it hides a share; top is where the product ends, a share of the
// height.
func (s *scene) tableEdge(rx, top float64) {
	w, h := s.Rect.Dx(), s.Rect.Dy()
	edge := h * 68 / 100
	for x := range w {
		light := uint8(40 * x / w)
		s.fill(image.Rect(x, 0, x+1, edge), color.RGBA{150 + light, 120 + light/2, 140, 255})
	}
	s.fill(image.Rect(0, edge, w, h), color.RGBA{90, 128, 50, 255})
	s.shadow(float64(w)/2, float64(h)*0.7, float64(w)*rx, float64(h)*0.08, 70)
	s.product(float64(w)/2, float64(h)*(0.95+top)/2, float64(w)*rx/2, float64(h)*(0.95-top)/2, s.color())
	s.noise(3)
}

// TestTableEdge: nothing goes on behind the seam of two pictures, so a product that
// stands before one tells that it is none.
func TestTableEdge(t *testing.T) {
	for i := range int64(6) {
		s := newScene(i, 900, 1200, gray(255))
		s.tableEdge(0.08+0.02*float64(i), 0.2)
		if f := frame(s.work(t, 92)); f.Collage {
			t.Errorf("%d: %v", i, f.Splits)
		}
	}
}

// TestAccuracyFrame holds: ≥ 100 made pictures, ≥ 97 % right.
func TestAccuracyFrame(t *testing.T) {
	opendata.Dir(t) // opt-in: drawing takes a while
	cases := framed()
	right := 0
	for _, c := range cases {
		f := frame(c.work(t))
		if f.Border.Present == (c.want == "border") && f.Collage == (c.want == "collage") {
			right++
		} else {
			t.Logf("%s: want %q, got border %v splits %v", c.name, c.want, f.Border, f.Splits)
		}
	}
	t.Logf("border and collage: %d of %d right (%.1f %%)", right, len(cases), 100*float64(right)/float64(len(cases)))
	if len(cases) < 100 || float64(right) < 0.97*float64(len(cases)) {
		t.Errorf("%d of %d right", right, len(cases))
	}
}
