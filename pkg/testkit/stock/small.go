package stock

import (
	"bytes"
	"fmt"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"

	"github.com/disintegration/imaging"
)

// Small makes n pictures quickly, a hundred to a folder, no two alike: what a
// program does for a file beyond its pixels is measured by these.
func Small(dir string, n int) error {
	for i := range n {
		folder := filepath.Join(dir, fmt.Sprintf("%03d", i/100))
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		r := seeded(5, i)
		shade := func() color.Color {
			return color.NRGBA{uint8(r.IntN(256)), uint8(r.IntN(256)), uint8(r.IntN(256)), 255}
		}
		img := imaging.New(8, 8, shade())
		for y := range 8 {
			for x := range 8 {
				img.Set(x, y, shade())
			}
		}
		img = imaging.Resize(img, 160, 160, imaging.Linear)
		var b bytes.Buffer
		if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 80}); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%05d.jpg", i)), b.Bytes(), 0o600); err != nil {
			return err
		}
	}
	return nil
}
