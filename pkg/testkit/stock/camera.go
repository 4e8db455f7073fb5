package stock

import (
	"fmt"
	"image"
	"math"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/disintegration/imaging"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/testkit/listing"
	"github.com/aecheck/aecheck/pkg/testkit/products"
)

// scene is a photographed product, and the product alone on nothing.
type scene struct {
	photo *image.NRGBA
	alone *image.NRGBA
}

// scenesMade is how many products are photographed; all pictures are made of these,
// for marching rays to millions of pixels is slow.
const scenesMade = 20

// newScenes are the scenes, each photographed when it is first asked for.
func newScenes() []func() scene {
	out := make([]func() scene, scenesMade)
	for i := range out {
		out[i] = sync.OnceValue(func() scene { return photographed(i) })
	}
	return out
}

func photographed(i int) scene {
	shot := products.Studio(1120, 840)
	shot.Ground, shot.Seed, shot.Noise = 1+i%4, uint64(i), 1
	shot = shot.Vary(seeded(1, i), 0.4)
	p := products.New(products.Kinds[i%len(products.Kinds)], uint64(100+i)).Shoot(shot)
	alone := imaging.Clone(p.Image)
	box := image.Rectangle{}
	for k, a := range p.Alpha {
		alone.Pix[4*k+3] = a
		if a > 0 {
			x, y := k%shot.W, k/shot.W
			box = box.Union(image.Rect(x, y, x+1, y+1))
		}
	}
	return scene{p.Image, imaging.Crop(alone, box)}
}

// camera draws one camera file: a part of a scene at full size, with the noise of a
// sensor, every fifth one upright, every twentieth one progressive.
func (s *stock) camera(i int) (string, []byte, []Plant, error) {
	name := fmt.Sprintf("camera/IMG_%d.jpg", 2000+i)
	r := seeded(2, i)
	size := []image.Point{{3264, 2448}, {4000, 3000}, {3648, 2736}, {4032, 3024}}[i%4]
	if i%5 == 4 {
		size.X, size.Y = size.Y, size.X
	}
	from := s.scenes[i%scenesMade]().photo
	k := between(r, 0.7, 1)
	w, h := int(k*float64(from.Rect.Dx())), int(k*float64(from.Rect.Dy()))
	if size.X < size.Y { // as much of its height as the format leaves
		w = h * size.X / size.Y
	}
	at := image.Pt(r.IntN(from.Rect.Dx()-w+1), r.IntN(from.Rect.Dy()-h+1))
	full := imaging.Resize(imaging.Crop(from, image.Rectangle{at, at.Add(image.Pt(w, h))}), size.X, size.Y, imaging.CatmullRom)
	grain(r, full, between(r, 2.5, 5))
	shot := listing.Shot{
		Taken: time.Date(2026, 3, 2+i%25, 9+i%8, 7*i%60, 11*i%60, 0, lang.Beijing()), ISO: pick[uint16](r, 100, 200, 400), Exposure: pick[uint32](r, 60, 125, 250),
		Coarse: between(r, 1.5, 3), FullColour: i%3 == 0, Progressive: i%20 == 3,
	}
	return name, shot.JPEG(&image.RGBA{Pix: full.Pix, Stride: full.Stride, Rect: full.Rect}), nil, nil
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
