package pixels

import (
	"image"
	"image/color"
	"image/draw"
	"math/rand/v2"
	"testing"

	"github.com/disintegration/imaging"

	"github.com/aecheck/aecheck/pkg/raster"
)

// TestUpscaled: an enlarged photograph is told, a photograph is not, and neither is a
// drawn table of sizes, whose rules repeat by themselves.
func TestUpscaled(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	shot := image.NewNRGBA(image.Rect(0, 0, 500, 500))
	for i := 0; i < len(shot.Pix); i += 4 {
		v := uint8(120 + 60*(i/2000/50%2) + rng.IntN(40))
		copy(shot.Pix[i:], []byte{v, v, v, 255})
	}
	table := imaging.New(790, 700, color.White)
	gray := image.NewUniform(color.Gray{120})
	for row := range 5 {
		y := 120 + 110*row
		draw.Draw(table, image.Rect(40, y, 741, y+1), gray, image.Point{}, draw.Src)
		for col := range 5 {
			x := 40 + 175*col
			draw.Draw(table, image.Rect(x, 120, x+1, 561), gray, image.Point{}, draw.Src)
			if row < 4 && col < 4 {
				draw.Draw(table, image.Rect(x+20, y+35, x+60, y+60), gray, image.Point{}, draw.Src)
			}
		}
	}
	for _, c := range []struct {
		name string
		m    image.Image
		want bool
	}{
		{"a photograph", shot, false},
		{"enlarged", imaging.Resize(shot, 900, 900, imaging.Linear), true},
		{"made smaller", imaging.Resize(shot, 360, 360, imaging.Lanczos), false},
		{"a drawn table", table, false},
	} {
		if got := upscaled(raster.FromImage(c.m).Luma()); got >= 0.6 != c.want {
			t.Errorf("%s: %.2f", c.name, got)
		}
	}
}
