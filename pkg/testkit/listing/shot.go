package listing

import (
	"image"
	"time"

	"golang.org/x/image/draw"
)

// Shot is how the invented camera photographs and saves a scene.
type Shot struct {
	Taken       time.Time
	ISO         uint16
	Exposure    uint32  // one part in so many of a second
	Coarse      float64 // of the quantization: 1.5 is the camera's fine setting
	FullColour  bool    // colour at full resolution
	Progressive bool
}

// JPEG is the file the camera writes, with all it says of a picture and a thumbnail.
func (s Shot) JPEG(scene *image.RGBA) []byte {
	b := scene.Bounds()
	small := image.NewRGBA(image.Rect(0, 0, 160, 160*b.Dy()/b.Dx()))
	draw.ApproxBiLinear.Scale(small, small.Rect, scene, b, draw.Src, nil)
	p := camera(s.Taken, s.Taken.Format("05"), s.ISO, s.Exposure)
	p.width, p.height = b.Dx(), b.Dy()
	p.thumbnail = encodeCamera(small, 2.5)
	o := jpegOptions{segments: [][]byte{exifSegment(p)}, full: s.FullColour, progressive: s.Progressive}
	o.luma, o.chroma = cameraTables(s.Coarse)
	return encodeJPEG(scene, o)
}
