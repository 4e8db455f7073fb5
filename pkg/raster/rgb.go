// Package raster decodes pictures safely and hands every user the same plane.
//
// It may import pkg/extract/file/tiffdir, pkg/extract/file/window, pkg/format,
// pkg/lang and pkg/raster/heif.
package raster

// RGB is an upright picture (EXIF orientation applied, alpha flattened on
// white): 8-bit R, G, B interleaved, rows without padding, top row first.
type RGB struct {
	W, H int
	Pix  []uint8 // len == 3*W*H
}

// NewRGB returns a black picture of w×h pixels.
func NewRGB(w, h int) *RGB {
	return &RGB{W: w, H: h, Pix: make([]uint8, 3*w*h)}
}

// Gray is an 8-bit luma plane (ITU-R BT.601 weights), rows without padding.
type Gray struct {
	W, H int
	Pix  []uint8 // len == W*H
}
