package codes

import (
	"errors"
	"math"

	"github.com/makiuchi-d/gozxing"

	"github.com/aecheck/aecheck/pkg/raster"
)

// luma lets the library read a plane of ours without copying it.
type luma struct{ *raster.Gray }

func (l luma) GetWidth() int     { return l.W }
func (l luma) GetHeight() int    { return l.H }
func (l luma) GetMatrix() []byte { return l.Pix }

func (l luma) GetRow(y int, row []byte) ([]byte, error) {
	if y < 0 || y >= l.H {
		return nil, errors.New("row outside the picture")
	}
	return append(row[:0], l.Pix[y*l.W:(y+1)*l.W]...), nil
}

func (l luma) IsCropSupported() bool   { return false }
func (l luma) IsRotateSupported() bool { return false }
func (l luma) Crop(int, int, int, int) (gozxing.LuminanceSource, error) {
	return nil, errors.New("cropping is not supported")
}
func (l luma) RotateCounterClockwise() (gozxing.LuminanceSource, error) {
	return nil, errors.New("rotation is not supported")
}
func (l luma) RotateCounterClockwise45() (gozxing.LuminanceSource, error) {
	return nil, errors.New("rotation is not supported")
}
func (l luma) Invert() gozxing.LuminanceSource { return luma{inverted(l.Gray)} }
func (l luma) String() string                  { return "plane" }

func inverted(g *raster.Gray) *raster.Gray {
	out := &raster.Gray{W: g.W, H: g.H, Pix: make([]uint8, len(g.Pix))}
	for i, v := range g.Pix {
		out.Pix[i] = 255 - v
	}
	return out
}

// shrink returns g with a longest side of at most long.
func shrink(g *raster.Gray, long int) *raster.Gray {
	if m := max(g.W, g.H); m > long {
		return resize(g, float64(long)/float64(m))
	}
	return g
}

// resize scales by s: area average downwards, bilinear upwards.
func resize(g *raster.Gray, s float64) *raster.Gray {
	w, h := max(1, int(float64(g.W)*s+0.5)), max(1, int(float64(g.H)*s+0.5))
	switch {
	case s == 0.5:
		return halve(g)
	case s < 1:
		return g.Shrink(w, h)
	}
	return warp(g, w, h, affine{1 / s, 0, 0.5/s - 0.5, 0, 1 / s, 0.5/s - 0.5})
}

// affine maps (x, y) to (a·x+b·y+c, d·x+e·y+f).
type affine struct{ a, b, c, d, e, f float64 }

// warp samples g bilinearly; outside it is white, like a quiet zone.
func warp(g *raster.Gray, w, h int, m affine) *raster.Gray {
	out := &raster.Gray{W: w, H: h, Pix: make([]uint8, w*h)}
	for y := range h {
		for x := range w {
			sx := m.a*float64(x) + m.b*float64(y) + m.c
			sy := m.d*float64(x) + m.e*float64(y) + m.f
			if sx < -1 || sy < -1 || sx > float64(g.W) || sy > float64(g.H) {
				out.Pix[y*w+x] = 255
				continue
			}
			sx, sy = max(0, min(sx, float64(g.W-1))), max(0, min(sy, float64(g.H-1)))
			x0, y0 := int(sx), int(sy)
			x1, y1 := min(x0+1, g.W-1), min(y0+1, g.H-1)
			ax, ay := sx-float64(x0), sy-float64(y0)
			top := float64(g.Pix[y0*g.W+x0])*(1-ax) + float64(g.Pix[y0*g.W+x1])*ax
			bot := float64(g.Pix[y1*g.W+x0])*(1-ax) + float64(g.Pix[y1*g.W+x1])*ax
			out.Pix[y*w+x] = uint8(top*(1-ay) + bot*ay + 0.5)
		}
	}
	return out
}

// crop copies a box, clipped to the plane.
func crop(g *raster.Gray, b [4]int) *raster.Gray {
	b = clip(b, g.W, g.H)
	out := &raster.Gray{W: b[2], H: b[3], Pix: make([]uint8, b[2]*b[3])}
	for y := range b[3] {
		copy(out.Pix[y*b[2]:(y+1)*b[2]], g.Pix[(b[1]+y)*g.W+b[0]:])
	}
	return out
}

// binarizers returns the two black-and-white versions: a local threshold for
// uneven light, and a global one for blurred or low-contrast codes.
func binarizers(g *raster.Gray) []gozxing.Binarizer {
	return []gozxing.Binarizer{gozxing.NewHybridBinarizer(luma{g}), gozxing.NewGlobalHistgramBinarizer(luma{g})}
}

func scaleBox(b [4]int, fx, fy float64) [4]int {
	x0, y0 := math.Floor(float64(b[0])*fx), math.Floor(float64(b[1])*fy)
	x1, y1 := math.Ceil(float64(b[0]+b[2])*fx), math.Ceil(float64(b[1]+b[3])*fy)
	return [4]int{int(x0), int(y0), int(x1 - x0), int(y1 - y0)}
}

func clip(b [4]int, w, h int) [4]int {
	x0, y0 := min(max(b[0], 0), w), min(max(b[1], 0), h)
	x1, y1 := min(max(b[0]+b[2], x0), w), min(max(b[1]+b[3], y0), h)
	return [4]int{x0, y0, x1 - x0, y1 - y0}
}
