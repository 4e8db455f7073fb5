package pairs

import (
	"image"
	"image/color"
	"math/rand/v2"
	"testing"

	"github.com/disintegration/imaging"

	"github.com/aecheck/aecheck/pkg/raster"
	"github.com/aecheck/aecheck/pkg/testkit/products"
)

func featuresOf(m image.Image) *Features {
	p := raster.FromImage(m)
	return Compute(&raster.Picture{RGB: p, FullW: p.W, FullH: p.H}, p)
}

func shot(seed uint64) *image.NRGBA {
	s := products.Studio(400, 300)
	s.Ground, s.Seed = 2, seed
	p := products.New("bag", seed)
	p.Print = 3
	return p.Shoot(s).Image
}

// TestIn: a sketch leads from copies of a picture to it, and tells how they lie.
func TestIn(t *testing.T) {
	m := shot(5)
	own := featuresOf(m)
	sketch := own.Sketch()
	if n := sketch.Corners(); n < 12 || n > sketchPoints || len(sketch) != SketchLen(n) {
		t.Fatalf("%d corners in %d bytes", n, len(sketch))
	}
	small := func() *raster.Gray { return raster.FromImage(imaging.Resize(m, 24, 18, imaging.Box)).Luma() }
	for _, tt := range []struct {
		name   string
		copied image.Image
		whole  bool
		turns  int
		mirror bool
		share  float64
	}{
		{name: "itself", copied: m, whole: true, share: 1},
		{name: "cropped", copied: imaging.Crop(m, image.Rect(40, 30, 340, 280)), share: 0.6},
		{name: "mirrored", copied: imaging.FlipH(m), whole: true, mirror: true, share: 1},
		{name: "marked, smaller", copied: imaging.Resize(products.Marked(m, rand.New(rand.NewPCG(1, 2))), 240, 0, imaging.Linear), share: 1},
		{name: "turned", copied: imaging.Rotate90(m), turns: 1, share: 1}, // counter-clockwise
	} {
		f := featuresOf(tt.copied)
		for range tt.turns {
			f = f.Turned()
		}
		got := f.In(sketch, 400, 300, tt.whole, small)
		if got.Agree < 0.85 || got.Mirror != tt.mirror || got.Share < tt.share-0.1 || got.Share > tt.share+0.15 {
			t.Errorf("%s: %+v", tt.name, got)
		}
	}
	if got := featuresOf(shot(9)).In(sketch, 400, 300, false, small); got.Places > 4 {
		t.Errorf("another one: %+v", got)
	}
	// Nothing to go by is no error.
	if got := featuresOf(imaging.New(300, 300, color.White)).In(Sketch{}, 400, 300, true, func() *raster.Gray { return &raster.Gray{} }); got.Places != 0 || got.Agree != 0 {
		t.Errorf("nothing in nothing: %+v", got)
	}
}

// TestPDQTurns: the hashes are those of the picture turned and mirrored.
func TestPDQTurns(t *testing.T) {
	m := shot(5)
	own, quality := featuresOf(m).PDQ()
	if quality < 20 {
		t.Fatal("nothing to tell by:", quality)
	}
	for name, tt := range map[string]struct {
		copied image.Image
		at     int
	}{"as it is": {m, 0}, "turned": {imaging.Rotate90(m), 1}, "upside down": {imaging.Rotate180(m), 2}, "mirrored": {imaging.FlipH(m), 4}} {
		theirs, _ := featuresOf(tt.copied).PDQ()
		if d := own[0].Distance(theirs[tt.at]); d > 30 {
			t.Errorf("%s: %d bits", name, d)
		}
	}
}
