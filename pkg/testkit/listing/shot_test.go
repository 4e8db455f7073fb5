package listing

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"testing"
	"time"
)

// TestShot wants the same pixels from the progressive file as from the baseline one,
// with sides that are no multiple of a block, and Exif in both.
func TestShot(t *testing.T) {
	scene := image.NewRGBA(image.Rect(0, 0, 333, 251))
	for y := range 251 {
		for x := range 333 {
			scene.SetRGBA(x, y, color.RGBA{uint8(x * y / 50), uint8(3*x + y), uint8(x ^ y), 255})
		}
	}
	for _, full := range []bool{false, true} {
		s := Shot{Taken: time.Date(2026, 3, 14, 15, 8, 55, 0, time.UTC), ISO: 200, Exposure: 160, Coarse: 1.5, FullColour: full}
		var pictures []image.Image
		for _, s.Progressive = range []bool{false, true} {
			data := s.JPEG(scene)
			img, err := jpeg.Decode(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Contains(data[:200], []byte("LUMORA S1")) {
				t.Error("no Exif at the head of the file")
			}
			pictures = append(pictures, img)
		}
		a, b := pictures[0].(*image.YCbCr), pictures[1].(*image.YCbCr)
		for y := range 251 {
			for x := range 333 {
				if a.YCbCrAt(x, y) != b.YCbCrAt(x, y) {
					t.Fatalf("full colour %v: (%d,%d) is %v in the baseline file, %v in the progressive one", full, x, y, a.YCbCrAt(x, y), b.YCbCrAt(x, y))
				}
			}
		}
	}
}
