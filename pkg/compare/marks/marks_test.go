package marks

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math"
	"math/rand"
	"path/filepath"
	"slices"
	"testing"

	"github.com/disintegration/imaging"

	"github.com/aecheck/aecheck/pkg/format"
	"github.com/aecheck/aecheck/pkg/raster"
	"github.com/aecheck/aecheck/pkg/testkit/opendata"
)

// logo draws a made-up mark, the seed decides which: a badge with strokes,
// dark on white.
func logo(seed int64) *image.NRGBA {
	const side = 240
	r := rand.New(rand.NewSource(seed))
	img := image.NewNRGBA(image.Rect(0, 0, side, side*(60+r.Intn(50))/100))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	w, h := float64(img.Rect.Dx()), float64(img.Rect.Dy())
	type stroke struct{ x0, y0, x1, y1, thick float64 }
	var strokes []stroke
	for range 5 + r.Intn(4) {
		s := stroke{w * (0.15 + 0.7*r.Float64()), h * (0.15 + 0.7*r.Float64()), 0, 0, 5 + 6*r.Float64()}
		a := r.Float64() * 2 * math.Pi
		l := 50 + 60*r.Float64()
		s.x1, s.y1 = min(w-12, max(12, s.x0+l*math.Cos(a))), min(h-12, max(12, s.y0+l*math.Sin(a)))
		strokes = append(strokes, s)
	}
	cx, cy, rad := w*(0.3+0.4*r.Float64()), h*(0.35+0.3*r.Float64()), 20+25*r.Float64()
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			px, py := float64(x), float64(y)
			on := math.Abs(math.Hypot(px-cx, py-cy)-rad) < 5
			for _, s := range strokes {
				dx, dy := s.x1-s.x0, s.y1-s.y0
				t := min(1, max(0, ((px-s.x0)*dx+(py-s.y0)*dy)/(dx*dx+dy*dy)))
				on = on || math.Hypot(px-s.x0-t*dx, py-s.y0-t*dy) < s.thick
			}
			if on {
				img.SetNRGBA(x, y, color.NRGBA{20, 20, 30, 255})
			}
		}
	}
	return img
}

// put lays a logo over a picture: its ink in a colour, opaque by alpha, its
// white left out.
func put(on image.Image, mark *image.NRGBA, at image.Point, width int, ink color.NRGBA, alpha float64) *image.NRGBA {
	out := imaging.Clone(on)
	small := imaging.Resize(mark, width, 0, imaging.Linear)
	for y := range small.Rect.Dy() {
		for x := range small.Rect.Dx() {
			p := image.Pt(x, y).Add(at)
			if !p.In(out.Rect) {
				continue
			}
			k := alpha * (1 - float64(small.NRGBAAt(x, y).G)/255)
			c := out.NRGBAAt(p.X, p.Y)
			mix := func(a, b uint8) uint8 { return uint8(float64(a)*(1-k) + float64(b)*k) }
			out.SetNRGBA(p.X, p.Y, color.NRGBA{mix(c.R, ink.R), mix(c.G, ink.G), mix(c.B, ink.B), 255})
		}
	}
	return out
}

func picture(img image.Image) *raster.Picture {
	rgb := raster.FromImage(img)
	return &raster.Picture{RGB: rgb, FullW: rgb.W, FullH: rgb.H}
}

// scene is a made ground with soft shapes and grain.
func scene(seed int64, w, h int) *image.NRGBA {
	r := rand.New(rand.NewSource(seed))
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			u, v := float64(x)/float64(w), float64(y)/float64(h)
			l := 130 + 50*math.Sin(9*u+4*v) + 40*math.Sin(14*v-5*u) + 4*r.NormFloat64()
			if (u-0.5)*(u-0.5)+(v-0.6)*(v-0.6) < 0.04 {
				l -= 70
			}
			img.SetNRGBA(x, y, color.NRGBA{uint8(max(0, min(255, l))), uint8(max(0, min(255, l))), uint8(max(0, min(255, l*0.9))), 255})
		}
	}
	return img
}

func TestFind(t *testing.T) {
	m, err := NewMark(picture(logo(1)))
	if err != nil {
		t.Fatal(err)
	}
	ground := scene(2, 900, 700)
	for _, c := range []struct {
		name  string
		width int
		ink   color.NRGBA
		alpha float64
	}{
		{"full", 300, color.NRGBA{0, 0, 0, 255}, 1},
		{"small", 90, color.NRGBA{0, 0, 0, 255}, 1},
		{"pale", 200, color.NRGBA{255, 255, 255, 255}, 0.4},
	} {
		img := put(ground, logo(1), image.Pt(420, 260), c.width, c.ink, c.alpha)
		hit, ok := NewPicture(picture(img)).Find(m)
		if !ok || hit.Confidence < Found {
			t.Errorf("%s: %v %v", c.name, hit, ok)
			continue
		}
		// The box is that of the ink, which leaves a margin of the logo.
		b, placed := hit.Box, image.Rect(415, 255, 425+c.width, 265+c.width)
		if !image.Rect(b[0], b[1], b[0]+b[2], b[1]+b[3]).In(placed) || b[2] < c.width/2 {
			t.Errorf("%s: box %v", c.name, b)
		}
	}
	if hit, ok := NewPicture(picture(ground)).Find(m); ok {
		t.Errorf("found where there is none: %v", hit)
	}
	other := put(ground, logo(5), image.Pt(300, 200), 250, color.NRGBA{A: 255}, 1)
	if hit, ok := NewPicture(picture(other)).Find(m); ok && hit.Confidence >= Found {
		t.Errorf("another mark taken for it: %v", hit)
	}
}

func TestPlainMarks(t *testing.T) {
	bar := imaging.New(200, 100, color.White)
	draw.Draw(bar, image.Rect(20, 40, 180, 60), image.Black, image.Point{}, draw.Src)
	for name, img := range map[string]image.Image{"blank": imaging.New(300, 300, color.White), "bar": bar, "tiny": imaging.New(1, 1, color.Black)} {
		if _, err := NewMark(picture(img)); !errors.Is(err, errPlain) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSmallPictures(t *testing.T) {
	m, err := NewMark(picture(logo(1)))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range [][2]int{{1, 1}, {2, 900}, {30, 20}} {
		if hit, ok := NewPicture(picture(scene(1, s[0], s[1]))).Find(m); ok {
			t.Errorf("%v: %v", s, hit)
		}
	}
}

// TestAccuracyMarks lays made marks over the open products and looks for them
// and for others.
func TestAccuracyMarks(t *testing.T) {
	opendata.Dir(t) // no marks are drawn without the set
	const kinds = 6
	var marks []*Mark
	for i := range kinds {
		m, err := NewMark(picture(logo(int64(i))))
		if err != nil {
			t.Fatal(err)
		}
		marks = append(marks, m)
	}
	r := rand.New(rand.NewSource(3))
	found, tried := map[string]int{}, map[string]int{}
	scores := map[string][]float64{}
	var sure, doubtful, searched int
	for _, sub := range []string{"product-white", "product-other"} {
		for n, file := range opendata.Files(t, sub+"/*") {
			b := opendata.Read(t, file)
			p, err := raster.Decode(context.Background(), bytes.NewReader(b), int64(len(b)), raster.Options{Format: format.Sniff(b), Detail: fineSide})
			if err != nil {
				continue
			}
			plain := NewPicture(p)
			for k, m := range marks {
				searched++
				if hit, ok := plain.Find(m); ok {
					t.Logf("false: %.2f mark %d, %d of %d px wide, in %s", hit.Confidence, k, hit.Box[2], p.FullW, filepath.Base(file))
					if hit.Confidence >= Found {
						sure++
					} else {
						doubtful++
					}
				}
			}
			img := p.Image()
			for _, c := range []struct {
				name         string
				share, alpha float64
			}{{"large, full", 0.35, 1}, {"medium, full", 0.2, 1}, {"small, full", 0.1, 1}, {"medium, half opaque", 0.22, 0.5}, {"large, pale", 0.4, 0.3}} {
				k := (n + len(c.name)) % kinds
				width := int(c.share * float64(max(p.W, p.H)))
				mark := logo(int64(k))
				height := width * mark.Rect.Dy() / mark.Rect.Dx()
				at := image.Pt(r.Intn(max(1, p.W-width)), r.Intn(max(1, p.H-height)))
				ink := color.NRGBA{255, 255, 255, 255}
				if img.NRGBAAt(min(p.W-1, at.X+width/2), min(p.H-1, at.Y+height/2)).G > 140 {
					ink = color.NRGBA{0, 0, 0, 255}
				}
				var buf bytes.Buffer
				if err := jpeg.Encode(&buf, put(img, mark, at, width, ink, c.alpha), &jpeg.Options{Quality: 85}); err != nil {
					t.Fatal(err)
				}
				q, err := raster.Decode(context.Background(), bytes.NewReader(buf.Bytes()), int64(buf.Len()), raster.Options{Format: "jpeg", Detail: fineSide})
				if err != nil {
					t.Fatal(err)
				}
				tried[c.name]++
				hit, _ := NewPicture(q).Find(marks[k])
				scores[c.name] = append(scores[c.name], hit.Confidence)
				if hit.Confidence >= Found {
					found[c.name]++
				}
			}
		}
	}
	hits, all := 0, 0
	for name, n := range tried {
		slices.Sort(scores[name])
		at := func(share float64) float64 { return scores[name][int(share*float64(n-1))] }
		t.Logf("%-22s found %d of %d; agreement at 5, 10, 25, 50 %%: %.2f %.2f %.2f %.2f", name, found[name], n, at(0.05), at(0.1), at(0.25), at(0.5))
		hits, all = hits+found[name], all+n
	}
	t.Logf("recall %.3f of %d; without: %d sure, %d doubtful of %d searches; precision %.3f", float64(hits)/float64(all), all, sure, doubtful, searched, float64(hits)/float64(max(1, hits+sure)))
	if float64(sure) > 0.002*float64(searched) || float64(hits) < 0.7*float64(all) {
		t.Error("worse than measured before")
	}
}

func BenchmarkFind(b *testing.B) {
	m, err := NewMark(picture(logo(1)))
	if err != nil {
		b.Fatal(err)
	}
	p := NewPicture(picture(scene(3, 800, 800)))
	for range b.N {
		p.Find(m)
	}
}
