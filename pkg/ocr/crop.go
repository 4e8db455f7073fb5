package ocr

import "github.com/aecheck/aecheck/pkg/raster"

// maxCropSide bounds the side of a line picture.
const maxCropSide = 1 << 16

// crop cuts a rectangle out, straightened by bilinear sampling so that the text
// in it runs left to right. It returns nil for a rectangle without pixels or
// one larger than a picture can hold.
func crop(src *raster.RGB, q quad) *raster.RGB {
	w := int(max(distance(q[0], q[1]), distance(q[2], q[3])))
	h := int(max(distance(q[0], q[3]), distance(q[1], q[2])))
	if w < 1 || h < 1 || w > maxCropSide || h > maxCropSide {
		return nil
	}
	u := point{(q[1][0] - q[0][0]) / float64(w), (q[1][1] - q[0][1]) / float64(w)}
	v := point{(q[3][0] - q[0][0]) / float64(h), (q[3][1] - q[0][1]) / float64(h)}
	out := raster.NewRGB(w, h)
	for y := range h {
		for x := range w {
			fx := q[0][0] + u[0]*float64(x) + v[0]*float64(y)
			fy := q[0][1] + u[1]*float64(x) + v[1]*float64(y)
			sample(src, fx, fy, out.Pix[3*(y*w+x):])
		}
	}
	return out
}

// sample writes the bilinear interpolation at (x, y), clamped to the picture.
func sample(src *raster.RGB, x, y float64, dst []uint8) {
	x = min(max(x, 0), float64(src.W-1))
	y = min(max(y, 0), float64(src.H-1))
	x0, y0 := int(x), int(y)
	ax, ay := float32(x-float64(x0)), float32(y-float64(y0))
	right, below := 3*min(1, src.W-1-x0), 3*src.W*min(1, src.H-1-y0)
	at := 3 * (y0*src.W + x0)
	p := src.Pix[at : at+below+right+3]
	for k := range 3 {
		top := float32(p[k])*(1-ax) + float32(p[right+k])*ax
		bottom := float32(p[below+k])*(1-ax) + float32(p[below+right+k])*ax
		dst[k] = uint8(top*(1-ay) + bottom*ay + 0.5)
	}
}
