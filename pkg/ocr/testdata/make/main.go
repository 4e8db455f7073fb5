// Command make draws the pictures of testdata/set and their cases.json.
//
//	go run ./pkg/ocr/testdata/make -font NotoSansCJK-Regular.ttc -out pkg/ocr/testdata/set
//
// The font is Noto Sans CJK SC Regular (Adobe and Google, SIL Open Font
// License 1.1, https://github.com/notofonts/noto-cjk; Debian package
// fonts-noto-cjk). The grounds are computed; no other material is used.
package main

import (
	"encoding/json"
	"flag"
	"image"
	"image/color"
	"image/jpeg"
	"log"
	"math"
	"os"
	"path/filepath"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// mark is a text drawn over a ground.
type mark struct {
	text  string
	size  float64 // pixels
	alpha float64 // 0…1
	tilt  float64 // degrees, clockwise
	dark  bool
	x, y  float64 // of the middle, as part of the picture
}

var pictures = []struct {
	file, class, ground string
	w, h                int
	marks               []mark
}{
	{"watermark-level.jpg", "watermark", "hills", 640, 640, []mark{{"AE-4094792", 40, 0.5, 0, false, 0.5, 0.5}}},
	{"watermark-tilted.jpg", "watermark", "hills", 640, 640, []mark{{"AE-7153208", 44, 0.55, -25, false, 0.5, 0.5}}},
	{"watermark-faint.jpg", "watermark", "soft", 640, 640, []mark{{"AE-6280941", 28, 0.22, 0, false, 0.6, 0.7}}},
	{"watermark-small.jpg", "watermark", "soft", 800, 600, []mark{{"AE-3925716", 15, 0.6, 0, false, 0.85, 0.95}}},
	{"watermark-up.jpg", "watermark", "soft", 480, 640, []mark{{"AE-5817034", 30, 0.7, -90, true, 0.93, 0.5}}},
	{"watermark-corner-white.jpg", "watermark", "product", 800, 800, []mark{{"AE-2468135", 24, 0.35, 0, true, 0.85, 0.96}}},
	{"label-en.jpg", "label", "soft", 600, 600, []mark{{"AI Generated", 26, 0.9, 0, true, 0.8, 0.94}}},
	{"label-zh.jpg", "label", "hills", 600, 600, []mark{{"AI生成", 32, 0.9, 0, false, 0.88, 0.06}}},
	{"contact-zh.jpg", "contact", "product", 640, 480, []mark{{"加微信 shop8866 领优惠", 26, 1, 0, true, 0.5, 0.08}, {"电话 138-0013-8000", 24, 1, 0, true, 0.5, 0.92}}},
	{"contact-en.jpg", "contact", "soft", 640, 480, []mark{{"sales@example.com", 28, 0.9, 0, true, 0.5, 0.2}, {"www.example.com", 28, 0.9, 0, true, 0.5, 0.8}}},
	{"none-product.jpg", "none", "product", 800, 800, nil},
	{"none-hills.jpg", "none", "hills", 640, 640, nil},
	{"none-stripes.jpg", "none", "stripes", 480, 480, nil},
	{"none-white.jpg", "none", "white", 320, 320, nil},
}

func main() {
	fontFile := flag.String("font", "", "Noto Sans CJK collection")
	out := flag.String("out", "", "folder to write")
	flag.Parse()
	data, err := os.ReadFile(*fontFile)
	if err != nil {
		log.Fatal(err)
	}
	fonts, err := opentype.ParseCollection(data)
	if err != nil {
		log.Fatal(err)
	}
	// 2 is the simplified Chinese face of the collection.
	face, err := fonts.Font(2)
	if err != nil {
		log.Fatal(err)
	}
	type entry struct {
		File    string   `json:"file"`
		Class   string   `json:"class"`
		Targets []string `json:"targets,omitempty"`
		Lines   []string `json:"lines,omitempty"`
	}
	var cases []entry
	for _, p := range pictures {
		img := ground(p.ground, p.w, p.h)
		e := entry{File: p.file, Class: p.class}
		for _, m := range p.marks {
			if err := draw(img, face, m); err != nil {
				log.Fatal(err)
			}
			e.Targets, e.Lines = append(e.Targets, m.text), append(e.Lines, m.text)
		}
		f, err := os.Create(filepath.Join(*out, p.file))
		if err != nil {
			log.Fatal(err)
		}
		if err := jpeg.Encode(f, img, &jpeg.Options{Quality: 85}); err != nil {
			log.Fatal(err)
		}
		if err := f.Close(); err != nil {
			log.Fatal(err)
		}
		cases = append(cases, e)
	}
	text, err := json.MarshalIndent(cases, "", " ")
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(*out, "cases.json"), append(text, '\n'), 0o644); err != nil {
		log.Fatal(err)
	}
}

// ground computes a picture without text.
func ground(kind string, w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	seed := uint32(7)
	for y := range h {
		for x := range w {
			seed = seed*1664525 + 1013904223
			grain := float64(seed>>24)/255 - 0.5
			u, v := float64(x)/float64(w), float64(y)/float64(h)
			var c [3]float64
			switch kind {
			case "hills":
				s := math.Sin(9*u+3*math.Sin(5*v)) + math.Cos(11*v+2*u)
				c = [3]float64{110 + 40*s + 14*grain, 130 + 30*s + 14*grain, 90 + 50*s*u + 14*grain}
			case "soft":
				c = [3]float64{150 + 70*u + 5*grain, 140 + 60*v + 5*grain, 120 + 50*u*v + 5*grain}
			case "stripes":
				s := math.Copysign(1, math.Sin(60*u+20*v))
				c = [3]float64{140 + 60*s + 8*grain, 120 + 50*s + 8*grain, 110 + 8*grain}
			case "product":
				c = [3]float64{255, 255, 255}
				if d := math.Hypot((u-0.5)/0.3, (v-0.5)/0.32); d < 1 {
					s := 90 + 110*(1-d*d)*(0.6+0.4*u)
					c = [3]float64{s + 6*grain, s*0.7 + 6*grain, s*0.5 + 6*grain}
				}
			default:
				c = [3]float64{255, 255, 255}
			}
			img.SetRGBA(x, y, color.RGBA{level(c[0]), level(c[1]), level(c[2]), 255})
		}
	}
	return img
}

func level(v float64) uint8 { return uint8(math.Min(math.Max(v, 0), 255)) }

// draw blends a mark over the picture.
func draw(img *image.RGBA, f *opentype.Font, m mark) error {
	// Drawn at four times the size and sampled down.
	const over = 4
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: m.size * over, DPI: 72})
	if err != nil {
		return err
	}
	width := font.MeasureString(face, m.text).Ceil()
	height := int(m.size * over * 1.5)
	mask := image.NewAlpha(image.Rect(0, 0, width, height))
	d := font.Drawer{Dst: mask, Src: image.Opaque, Face: face, Dot: fixed.P(0, int(m.size*over*1.1))}
	d.DrawString(m.text)
	ink := 255.0
	if m.dark {
		ink = 20
	}
	b := img.Bounds()
	cx, cy := m.x*float64(b.Dx()), m.y*float64(b.Dy())
	// Keep level text inside the picture.
	if m.tilt == 0 {
		half := float64(width)/over/2 + 4
		cx = math.Min(math.Max(cx, half), float64(b.Dx())-half)
	}
	sin, cos := math.Sincos(m.tilt * math.Pi / 180)
	for y := range b.Dy() {
		for x := range b.Dx() {
			var cover float64
			for i := range over * over {
				px := float64(x) + (float64(i%over)+0.5)/over - cx
				py := float64(y) + (float64(i/over)+0.5)/over - cy
				tx := int((px*cos+py*sin)*over + float64(width)/2)
				ty := int((py*cos-px*sin)*over + float64(height)/2)
				if image.Pt(tx, ty).In(mask.Rect) {
					cover += float64(mask.AlphaAt(tx, ty).A)
				}
			}
			a := m.alpha * cover / (over * over * 255)
			if a == 0 {
				continue
			}
			c := img.RGBAAt(x, y)
			blend := func(v uint8) uint8 { return level(float64(v)*(1-a) + ink*a) }
			img.SetRGBA(x, y, color.RGBA{blend(c.R), blend(c.G), blend(c.B), 255})
		}
	}
	return nil
}
