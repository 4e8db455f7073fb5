package raster

import (
	"bytes"
	"image"
	"image/jpeg"
)

// orient turns the picture upright by its EXIF orientation (Exif 2.32, tag
// 0x0112).
func (p *Picture) orient(orientation int) {
	if orientation <= 1 {
		return
	}
	w, h := p.W, p.H
	p.RGB = &RGB{Pix: turn(p.Pix, w, h, 3, orientation)}
	p.W, p.H = w, h
	if p.Alpha != nil {
		p.Alpha = turn(p.Alpha, w, h, 1, orientation)
	}
	if f := p.fine; f != nil {
		p.fine = &Gray{W: f.W, H: f.H, Pix: turn(f.Pix, f.W, f.H, 1, orientation)}
		if orientation >= 5 {
			p.fine.W, p.fine.H = f.H, f.W
		}
	}
	if orientation >= 5 {
		p.W, p.H = h, w
		p.FullW, p.FullH = p.FullH, p.FullW
	}
}

// Turn returns the picture turned clockwise by 90, 180 or 270 degrees; itself for 0.
func (m *RGB) Turn(degrees int) *RGB {
	switch degrees {
	case 90:
		return &RGB{Pix: turn(m.Pix, m.W, m.H, 3, 6), W: m.H, H: m.W}
	case 180:
		return &RGB{Pix: turn(m.Pix, m.W, m.H, 3, 3), W: m.W, H: m.H}
	case 270:
		return &RGB{Pix: turn(m.Pix, m.W, m.H, 3, 8), W: m.H, H: m.W}
	}
	return m
}

// turn returns a w×h plane of ch interleaved channels turned upright.
func turn(pix []uint8, w, h, ch, orientation int) []uint8 {
	out := make([]uint8, len(pix))
	dw := w
	if orientation >= 5 {
		dw = h
	}
	for y := range h {
		for x := range w {
			dx, dy := x, y
			switch orientation {
			case 2:
				dx = w - 1 - x
			case 3:
				dx, dy = w-1-x, h-1-y
			case 4:
				dy = h - 1 - y
			case 5:
				dx, dy = y, x
			case 6:
				dx, dy = h-1-y, x
			case 7:
				dx, dy = h-1-y, w-1-x
			case 8:
				dx, dy = y, w-1-x
			}
			copy(out[(dy*dw+dx)*ch:(dy*dw+dx+1)*ch], pix[(y*w+x)*ch:])
		}
	}
	return out
}

// Crop returns the part of the picture inside b = [x, y, w, h], cut to the
// picture; nil where nothing is left.
func (m *RGB) Crop(b [4]int) *RGB {
	r := image.Rect(b[0], b[1], b[0]+b[2], b[1]+b[3]).Intersect(image.Rect(0, 0, m.W, m.H))
	if r.Empty() {
		return nil
	}
	out := NewRGB(r.Dx(), r.Dy())
	for y := range out.H {
		copy(out.Pix[3*out.W*y:3*out.W*(y+1)], m.Pix[3*(m.W*(r.Min.Y+y)+r.Min.X):])
	}
	return out
}

// Image returns the picture as an opaque image; it is a copy.
func (m *RGB) Image() *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, m.W, m.H))
	for i := range m.W * m.H {
		p := img.Pix[4*i : 4*i+4]
		p[0], p[1], p[2], p[3] = m.Pix[3*i], m.Pix[3*i+1], m.Pix[3*i+2], 255
	}
	return img
}

// FromImage flattens an image on white at its full size.
func FromImage(img image.Image) *RGB {
	b := img.Bounds()
	rgb, _ := toRGB(img, b.Dx(), b.Dy())
	return rgb
}

// previewSide is the longer side of a preview, in pixels.
const previewSide = 320

// previewQuality keeps a preview around 10–20 KB, so that a report with two
// hundred of them can still be mailed.
const previewQuality = 75

// Preview returns a JPEG of at most PreviewSide pixels on the longer side, and
// its size. Averaging areas is all it takes: a filter kernel after it cost more
// than the averaging and showed no more.
func (p *Picture) Preview() (data []byte, w, h int, err error) {
	w, h = fit(p.W, p.H, previewSide)
	img := p.RGB.Shrink(w, h).Image()
	var buf bytes.Buffer
	// Opaque, so NRGBA is RGBA; the encoder has a fast path for the latter.
	opaque := &image.RGBA{Pix: img.Pix, Stride: img.Stride, Rect: img.Rect}
	if err := jpeg.Encode(&buf, opaque, &jpeg.Options{Quality: previewQuality}); err != nil {
		return nil, 0, 0, err
	}
	return buf.Bytes(), w, h, nil
}
