package products

import (
	"image"
	"image/color"
	"image/draw"
	"math/rand/v2"

	"github.com/disintegration/imaging"
)

// Edit is something done to a picture that stays the same photograph.
type Edit struct {
	Name string
	// Marked edits begin with the photograph as it was penalised, with its mark.
	Make func(p Photo, marked *image.NRGBA, r *rand.Rand) image.Image
}

// Edits are what is done to a penalised photograph to hand it in once more.
var Edits = []Edit{
	{"saved anew", func(_ Photo, m *image.NRGBA, _ *rand.Rand) image.Image { return m }},
	{"resized", func(_ Photo, m *image.NRGBA, r *rand.Rand) image.Image {
		return imaging.Resize(m, m.Rect.Dx()*(45+r.IntN(50))/100, 0, imaging.Linear)
	}},
	{"enlarged", func(_ Photo, m *image.NRGBA, _ *rand.Rand) image.Image {
		return imaging.Resize(m, m.Rect.Dx()*8/5, 0, imaging.CatmullRom)
	}},
	{"cropped", func(_ Photo, m *image.NRGBA, r *rand.Rand) image.Image {
		w, h := m.Rect.Dx()*(70+r.IntN(25))/100, m.Rect.Dy()*(70+r.IntN(25))/100
		at := image.Pt(r.IntN(m.Rect.Dx()-w+1), r.IntN(m.Rect.Dy()-h+1))
		return imaging.Crop(m, image.Rectangle{at, at.Add(image.Pt(w, h))})
	}},
	{"mirrored", func(_ Photo, m *image.NRGBA, _ *rand.Rand) image.Image { return imaging.FlipH(m) }},
	{"with a border", func(_ Photo, m *image.NRGBA, r *rand.Rand) image.Image {
		b := m.Rect.Dx() * (4 + r.IntN(7)) / 100
		out := imaging.New(m.Rect.Dx()+2*b, m.Rect.Dy()+2*b, color.NRGBA{uint8(r.IntN(256)), uint8(r.IntN(256)), uint8(r.IntN(256)), 255})
		return imaging.Paste(out, m, image.Pt(b, b))
	}},
	{"brighter", func(_ Photo, m *image.NRGBA, r *rand.Rand) image.Image {
		return imaging.AdjustContrast(imaging.AdjustGamma(m, 0.85+0.4*r.Float64()), 10*r.Float64())
	}},
	{"warmer", func(_ Photo, m *image.NRGBA, r *rand.Rand) image.Image {
		k := 1.03 + 0.07*r.Float64()
		return imaging.AdjustFunc(m, func(c color.NRGBA) color.NRGBA {
			c.R, c.B = uint8(min(255, k*float64(c.R))), uint8(float64(c.B)/k)
			return c
		})
	}},
	{"mark erased", func(p Photo, _ *image.NRGBA, _ *rand.Rand) image.Image { return p.Image }},
	{"mark painted over", func(_ Photo, m *image.NRGBA, _ *rand.Rand) image.Image {
		box := MarkBox(m.Rect)
		return imaging.Paste(m, imaging.Blur(imaging.Crop(m, box.Inset(-3)), 4), box.Inset(-3).Min)
	}},
	{"cut out on white", func(p Photo, _ *image.NRGBA, _ *rand.Rand) image.Image {
		return CutOut(p, imaging.New(p.Image.Rect.Dx(), p.Image.Rect.Dy(), color.White), image.Point{}, 1)
	}},
	{"cut out, moved", func(p Photo, _ *image.NRGBA, r *rand.Rand) image.Image {
		w, h := p.Image.Rect.Dx(), p.Image.Rect.Dy()
		return CutOut(p, imaging.New(w, h, color.White), image.Pt(r.IntN(w/8)-w/16, r.IntN(h/8)-h/16), 0.8+0.25*r.Float64())
	}},
	{"cut out on another ground", func(p Photo, _ *image.NRGBA, r *rand.Rand) image.Image {
		s := Studio(p.Image.Rect.Dx(), p.Image.Rect.Dy())
		s.Ground, s.Seed = 1+r.IntN(4), r.Uint64()
		return CutOut(p, Empty(s), image.Point{}, 1)
	}},
	{"cut out, mirrored", func(p Photo, _ *image.NRGBA, _ *rand.Rand) image.Image {
		return imaging.FlipH(CutOut(p, imaging.New(p.Image.Rect.Dx(), p.Image.Rect.Dy(), color.White), image.Point{}, 1))
	}},
}

// MarkBox is where Marked lays its mark.
func MarkBox(r image.Rectangle) image.Rectangle {
	w, h := r.Dx(), r.Dy()
	return image.Rect(w/5, h*11/20, w*4/5, h*11/20+h/11)
}

// Marked lays a row of letter-like strokes over a picture.
func Marked(img *image.NRGBA, r *rand.Rand) *image.NRGBA {
	out := imaging.Clone(img)
	box := MarkBox(img.Rect)
	level := uint8(255)
	if c := img.NRGBAAt(box.Min.X+box.Dx()/2, box.Min.Y+box.Dy()/2); c.G > 140 {
		level = 50
	}
	ink := &image.Uniform{color.NRGBA{level, level, level, uint8(130 + r.IntN(100))}}
	side, stroke := box.Dy(), max(2, box.Dy()/6)
	for x := box.Min.X; x+side*2/3 < box.Max.X; x += side * 5 / 6 {
		at := image.Pt(x, box.Min.Y)
		for i, bar := range []image.Rectangle{image.Rect(0, 0, stroke, side), image.Rect(stroke, 0, side/2, stroke), image.Rect(stroke, side/2, side/2, side/2+stroke), image.Rect(side/2, side/2, side/2+stroke, side)} {
			if i == 0 || r.IntN(4) > 0 {
				draw.Draw(out, bar.Add(at), ink, image.Point{}, draw.Over)
			}
		}
	}
	return out
}

// CutOut lays the product of a photograph on a ground, scaled about the middle
// and moved.
func CutOut(p Photo, ground image.Image, by image.Point, scale float64) *image.NRGBA {
	w, h := p.Image.Rect.Dx(), p.Image.Rect.Dy()
	product := imaging.Clone(p.Image)
	for i, a := range p.Alpha {
		product.Pix[4*i+3] = a
	}
	if scale != 1 {
		product = imaging.Resize(product, int(float64(w)*scale), int(float64(h)*scale), imaging.CatmullRom)
	}
	at := image.Pt((w-product.Rect.Dx())/2, (h-product.Rect.Dy())/2).Add(by)
	return imaging.Overlay(ground, product, at, 1)
}

// Empty is a shot of the ground alone.
func Empty(s Shot) *image.NRGBA {
	out := image.NewNRGBA(image.Rect(0, 0, s.W, s.H))
	for y := range s.H {
		for x := range s.W {
			c := ground(s, float64(x)/float64(s.W), float64(y)/float64(s.H))
			out.SetNRGBA(x, y, color.NRGBA{level(c[0]), level(c[1]), level(c[2]), 255})
		}
	}
	return out
}
