package stock

import (
	"fmt"
	"image"
	"math"
	"path/filepath"
	"sync"

	"github.com/disintegration/imaging"

	"github.com/aecheck/aecheck/pkg/testkit/corpus"
	"github.com/aecheck/aecheck/pkg/testkit/products"
)

// scene is a picture to make others of, and a thing on it cut out.
type scene struct {
	photo *image.NRGBA
	alone *image.NRGBA
}

// source makes a scene when it is first asked for.
type source func() (scene, error)

// photographs are samples of modules that this one is built with: go.sum says which
// bytes they have. They are of people's yards and tables, and of packed goods; real
// ones have more in them than drawn ones, and that is what reading them costs.
var photographs = [...]struct{ module, path string }{
	{corpus.Imagemeta, "testdata/images/hugo-issue-12669.jpg"},
	{corpus.Gozxing, "oned/testdata/ean13/8.png"},
	{corpus.Imagemeta, "testdata/images/metadata-extractor/nikonMakernoteType2b.jpg"},
	{corpus.Imaging, "testdata/flowers.png"},
	{corpus.Imagemeta, "testdata/images/hugo-issue-8996.jpg"},
	{corpus.Gozxing, "oned/testdata/ean13/6.png"},
	{corpus.Imagemeta, "testdata/images/outofbounds-issue-34.jpg"},
	{corpus.Imagemeta, "testdata/images/metadata-extractor/withUncompressedYCbCrThumbnail2.jpg"},
	{corpus.Imagemeta, "testdata/images/smoke/upstream66.jpg"},
	{corpus.Gozxing, "oned/testdata/ean13/29.png"},
	{corpus.Imagemeta, "testdata/images/metadata-extractor/nikonMakernoteType1.jpg"},
	{corpus.Imaging, "testdata/branches.jpg"},
	{corpus.Imagemeta, "testdata/images/metadata-extractor/withUncompressedYCbCrThumbnail3.jpg"},
	{corpus.Gozxing, "oned/testdata/ean13/13.png"},
	{corpus.Imagemeta, "testdata/images/metadata-extractor/withExifAndIptc.jpg"},
	{corpus.Imagemeta, "testdata/images/metadata-extractor/manuallyAddedThumbnail.jpg"},
	{corpus.Imagemeta, "testdata/images/bep/sunrise.jpg"},
}

// drawnScenes is how many products are drawn: marching rays to a million pixels is
// slow.
const drawnScenes = 20

func photoSources() []source {
	out := make([]source, len(photographs))
	for i, p := range photographs {
		out[i] = sync.OnceValues(func() (scene, error) {
			root, err := corpus.Root(p.module)
			if err != nil {
				return scene{}, err
			}
			img, err := imaging.Open(filepath.Join(root, filepath.FromSlash(p.path)))
			if err != nil {
				return scene{}, fmt.Errorf("%s: %w", p.path, err)
			}
			photo := imaging.Clone(img)
			return scene{photo, rounded(photo, i%2 == 1)}, nil
		})
	}
	return out
}

// rounded cuts the middle of a picture out, a square of up to 800 pixels with round
// corners or an ellipse.
func rounded(img *image.NRGBA, ellipse bool) *image.NRGBA {
	side := min(800, img.Rect.Dx(), img.Rect.Dy())
	out := imaging.CropCenter(img, side, side)
	half, radius := float64(side)/2, float64(side)/9
	if ellipse {
		radius = half
	}
	for y := range side {
		for x := range side {
			dx := math.Max(0, math.Abs(float64(x)+0.5-half)-half+radius)
			dy := math.Max(0, math.Abs(float64(y)+0.5-half)-half+radius)
			edge := math.Hypot(dx, dy) - radius
			out.Pix[out.PixOffset(x, y)+3] = uint8(255 * math.Min(1, math.Max(0, 0.5-edge)))
		}
	}
	return out
}

func drawnSources() []source {
	out := make([]source, drawnScenes)
	for i := range out {
		out[i] = sync.OnceValues(func() (scene, error) { return drawn(i), nil })
	}
	return out
}

// drawn is a drawn product on a table, a cloth or a card.
func drawn(i int) scene {
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
