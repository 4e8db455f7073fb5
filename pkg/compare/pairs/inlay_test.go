package pairs

import (
	"image"
	"image/color"
	"testing"

	"github.com/disintegration/imaging"

	"github.com/aecheck/aecheck/pkg/raster"
)

// TestInlay: a crop lies best where it was cut out, plain and mirrored, and better on its
// own picture than on another one.
func TestInlay(t *testing.T) {
	const w, h = 400, 300
	own, other := shot(5), shot(9)
	cells := func(m image.Image) *Cells { return NewCells(raster.FromImage(imaging.Resize(m, 48, 36, imaging.Box))) }
	laid := func(in *Inlay, c *Cells) Inlaid { return in.Fine(c, in.Settle(c, in.Search(c), nil)) }
	for name, cut := range map[string]image.Rectangle{
		"a corner": image.Rect(0, 0, 280, 210), "the middle": image.Rect(60, 40, 340, 250), "the right": image.Rect(120, 20, 400, 290), "all": image.Rect(0, 0, w, h),
	} {
		crop := imaging.Fit(imaging.Crop(own, cut), 160, 160, imaging.Linear)
		for _, mirrored := range []bool{false, true} {
			m := image.Image(crop)
			if mirrored {
				m = imaging.FlipH(crop)
			}
			in := NewInlay(raster.FromImage(m))
			got := laid(in, cells(own))
			share := float64(cut.Dx()*cut.Dy()) / (w * h)
			if got.Agree < 0.97 || got.Mirror != mirrored || got.Inside < 0.9 || got.Share < share-0.12 || got.Share > share+0.12 {
				t.Errorf("%s, mirrored %v: %+v of %.2f", name, mirrored, got, share)
			}
			if wrong := laid(in, cells(other)); wrong.Agree > got.Agree-0.03 {
				t.Errorf("%s, mirrored %v: %+v on another picture, %+v on its own", name, mirrored, wrong, got)
			}
		}
	}
	// Nothing to go by is no error.
	nothing := NewInlay(raster.FromImage(imaging.New(160, 120, color.White)))
	if got := nothing.Settle(cells(own), nothing.Search(cells(own)), nil); got.Agree != -1 {
		t.Errorf("nothing lies at %+v", got)
	}
	for _, c := range []*Cells{NewCells(&raster.RGB{}), NewCells(raster.NewRGB(1, 1)), NewCells(raster.NewRGB(48, 2))} {
		in := NewInlay(raster.FromImage(own))
		laid(in, c)
	}
}
