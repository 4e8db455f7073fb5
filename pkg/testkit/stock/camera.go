package stock

import (
	"fmt"
	"image"
	"math"
	"math/rand/v2"
	"time"

	"github.com/disintegration/imaging"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/testkit/listing"
)

// camera draws one camera file: a part of a photograph, or every third time of a
// drawn scene, at full size with the noise of a sensor; every fifth one is upright,
// every twentieth progressive.
func (s *stock) camera(i int) (string, []byte, []Plant, error) {
	name := fmt.Sprintf(Camera+"/IMG_%d.jpg", 2000+i)
	r := seeded(2, i)
	size := []image.Point{{3264, 2448}, {4000, 3000}, {3648, 2736}, {4032, 3024}}[i%4]
	if i%5 == 4 {
		size.X, size.Y = size.Y, size.X
	}
	from := s.photos[i%len(s.photos)]
	if i%3 == 2 {
		from = s.drawn[i%len(s.drawn)]
	}
	sc, err := from()
	if err != nil {
		return name, nil, nil, err
	}
	part := cropped(r, sc.photo, size, between(r, 0.7, 1))
	if part.Rect.Dx() < size.X/2 { // else it would be softer than any camera's
		part = imaging.Sharpen(part, 1)
	}
	full := imaging.Resize(part, size.X, size.Y, imaging.CatmullRom)
	grain(r, full, between(r, 2.5, 5))
	shot := listing.Shot{
		Taken: time.Date(2026, 3, 2+i%25, 9+i%8, 7*i%60, 11*i%60, 0, lang.Beijing()), ISO: pick[uint16](r, 100, 200, 400), Exposure: pick[uint32](r, 60, 125, 250),
		Coarse: between(r, 0.9, 1.8), FullColour: i%3 == 0, Progressive: i%20 == 3,
	}
	return name, shot.JPEG(&image.RGBA{Pix: full.Pix, Stride: full.Stride, Rect: full.Rect}), nil, nil
}

// cropped is a part somewhere in a picture, with the sides of size and share of what
// fits of these.
func cropped(r *rand.Rand, img *image.NRGBA, size image.Point, share float64) *image.NRGBA {
	k := share * math.Min(float64(img.Rect.Dx())/float64(size.X), float64(img.Rect.Dy())/float64(size.Y))
	w, h := int(k*float64(size.X)), int(k*float64(size.Y))
	at := image.Pt(r.IntN(img.Rect.Dx()-w+1), r.IntN(img.Rect.Dy()-h+1))
	return imaging.Crop(img, image.Rectangle{at, at.Add(image.Pt(w, h))})
}

// grain adds the noise of a sensor, sigma in levels, alike in all colours. It is made
// of a strip that every row enters at a place of its own: a tenth of the time.
func grain(r *rand.Rand, img *image.NRGBA, sigma float64) {
	strip := make([]int16, 1<<15)
	for i := range strip {
		strip[i] = int16(math.Round(r.NormFloat64() * sigma))
	}
	for y := range img.Rect.Dy() {
		row, at := img.Pix[y*img.Stride:][:4*img.Rect.Dx()], r.IntN(len(strip))
		for i := 0; i < len(row); i += 4 {
			at = (at + 1) % len(strip)
			for k := range 3 {
				row[i+k] = uint8(max(0, min(255, int16(row[i+k])+strip[at])))
			}
		}
	}
}
