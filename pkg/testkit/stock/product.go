package stock

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math"
	"math/rand/v2"

	"github.com/disintegration/imaging"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"github.com/aecheck/aecheck/pkg/testkit/cases"
)

// product draws one product picture: a PNG every fourth time, else a JPEG; the last
// sixth are near duplicates of earlier ones, made smaller.
func (s *stock) product(d *cases.Drawer, i int) (string, []byte, []Plant, error) {
	name := fmt.Sprintf(Product+"/P%03d.jpg", i)
	if i%4 == 3 {
		name = fmt.Sprintf(Product+"/P%03d.png", i)
	}
	r := seeded(3, i)
	first := i
	if firsts := s.size.Product - s.size.Product/6; i >= firsts {
		first = 4 * (i - firsts)
	}
	img, plants, err := s.listed(d, first)
	if err != nil {
		return name, nil, nil, err
	}
	if first != i {
		img = imaging.Resize(img, int(between(r, 0.6, 0.95)*float64(img.Rect.Dx())), 0, imaging.Lanczos)
	}
	for k := range plants {
		plants[k].Path = name
	}
	var b bytes.Buffer
	if i%4 == 3 {
		err = png.Encode(&b, img)
	} else {
		err = jpeg.Encode(&b, img, &jpeg.Options{Quality: pick(r, 80, 85, 90, 95)})
	}
	return name, b.Bytes(), plants, err
}

// listed is a picture as listings show it: a product with a shadow, most on white,
// and what is not allowed on it.
func (s *stock) listed(d *cases.Drawer, i int) (*image.NRGBA, []Plant, error) {
	r := seeded(4, i)
	w := pick(r, 1000, 1200, 1500, 1600, 2000)
	h := w
	if i%3 == 0 {
		h = pick(r, 1000, 1250, 1500, 2000)
	}
	img, err := s.ground(i, w, h)
	if err != nil {
		return nil, nil, err
	}
	from := pick(r, s.drawn...)
	if i%2 == 1 {
		from = pick(r, s.photos...)
	}
	sc, err := from()
	if err != nil {
		return nil, nil, err
	}
	thing := sc.alone
	k := math.Min(between(r, 0.45, 0.8)*float64(w)/float64(thing.Rect.Dx()), 0.75*float64(h)/float64(thing.Rect.Dy()))
	thing = imaging.Resize(thing, int(k*float64(thing.Rect.Dx())), 0, imaging.CatmullRom)
	at := image.Pt((w-thing.Rect.Dx())/2, (h-thing.Rect.Dy())/2)
	foot := at.Y + thing.Rect.Dy()
	shadow(img, image.Rect(at.X, foot-h/40, at.X+thing.Rect.Dx(), foot+h/40))
	draw.Draw(img, thing.Rect.Add(at), thing, image.Point{}, draw.Over)
	if i%12 == 5 {
		border(img, w/60)
	}
	plants, err := s.planted(d, r, img, i)
	return img, plants, err
}

// ground is white six times of ten, then nearly white, grey, coloured, and once a
// blurred photograph.
func (s *stock) ground(i, w, h int) (*image.NRGBA, error) {
	grounds := []color.NRGBA{{248, 248, 246, 255}, {225, 226, 228, 255}, {200, 120, 60, 255}}
	switch n := i % 10; {
	case n < 6:
		return imaging.New(w, h, color.White), nil
	case n < 9:
		return imaging.New(w, h, grounds[n-6]), nil
	}
	sc, err := s.photos[i%len(s.photos)]()
	if err != nil {
		return nil, err
	}
	return imaging.Blur(imaging.Fill(sc.photo, w, h, imaging.Center, imaging.Linear), 4), nil
}

// shadow darkens an ellipse softly.
func shadow(img *image.NRGBA, box image.Rectangle) {
	cx, cy := float64(box.Min.X+box.Max.X)/2, float64(box.Min.Y+box.Max.Y)/2
	for y := box.Min.Y; y < min(box.Max.Y, img.Rect.Max.Y); y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			u, v := 2*(float64(x)-cx)/float64(box.Dx()), 2*(float64(y)-cy)/float64(box.Dy())
			dark := 0.35 * math.Max(0, 1-u*u-v*v)
			p := img.Pix[img.PixOffset(x, y):]
			for k := range 3 {
				p[k] = uint8(float64(p[k]) * (1 - dark))
			}
		}
	}
}

func border(img *image.NRGBA, width int) {
	inner := img.Rect.Inset(width)
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			if !(image.Point{x, y}).In(inner) {
				img.SetNRGBA(x, y, color.NRGBA{20, 20, 20, 255})
			}
		}
	}
}

// planted puts on a picture what its number says: of ten one has contacts, one an
// address, one words of a sale, one a QR code.
func (s *stock) planted(d *cases.Drawer, r *rand.Rand, img *image.NRGBA, i int) ([]Plant, error) {
	w, h := float64(img.Rect.Dx()), float64(img.Rect.Dy())
	// An opaque NRGBA is an RGBA.
	canvas := &image.RGBA{Pix: img.Pix, Stride: img.Stride, Rect: img.Rect}
	var words []string
	var err error
	switch i % 10 {
	case 1:
		words = []string{fmt.Sprintf("abc%05d", i), fmt.Sprintf("138%08d", i*7919)}
		err = d.Print(canvas, w/20, h*11/12, w/28, "微信:"+words[0]+" 电话 "+words[1], color.RGBA{40, 40, 40, 255})
	case 4: // over the product's middle, with a light rim that shows it on any
		words = []string{fmt.Sprintf("www.shop%d.example", i)}
		text, size := words[0]+" 版权所有", w/32
		x, y := (w-d.Width(text, size))/2, h/2
		for rim := size / 16; rim >= 0 && err == nil; rim -= size / 16 {
			c := color.RGBA{245, 245, 245, 255}
			if rim == 0 {
				c = color.RGBA{40, 40, 40, 255}
			}
			for _, by := range [][2]float64{{-rim, 0}, {rim, 0}, {0, -rim}, {0, rim}} {
				err = errors.Join(err, d.Print(canvas, x+by[0], y+by[1], size, text, c))
			}
		}
	case 7:
		words = []string{"50% OFF", "厂家直销", "限时特价"}
		err = d.Print(canvas, w/20, h/20+w/24, w/24, "HOT SALE 50% OFF 厂家直销 限时特价", color.RGBA{220, 20, 20, 255})
	case 2:
		payload := fmt.Sprintf("https://example.com/p/%d?u=wx%d", i, i*31+r.IntN(31))
		return []Plant{{Kind: Code, Value: payload}}, qr(img, payload)
	}
	var out []Plant
	for _, v := range words {
		out = append(out, Plant{Kind: Text, Value: v})
	}
	return out, err
}

// qr puts a code in the lower right corner, a fifth of the picture wide.
func qr(img *image.NRGBA, payload string) error {
	side := img.Rect.Dx() / 5
	m, err := qrcode.NewQRCodeWriter().Encode(payload, gozxing.BarcodeFormat_QR_CODE, side, side, map[gozxing.EncodeHintType]any{gozxing.EncodeHintType_MARGIN: 2})
	if err != nil {
		return err
	}
	at := image.Pt(img.Rect.Dx()-side-20, img.Rect.Dy()-side-20)
	for y := range side {
		for x := range side {
			c := color.NRGBA{255, 255, 255, 255}
			if m.Get(x, y) {
				c = color.NRGBA{0, 0, 0, 255}
			}
			img.SetNRGBA(at.X+x, at.Y+y, c)
		}
	}
	return nil
}
