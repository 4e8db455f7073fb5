package raster

import "image"

// nativeSide is the longest side of the part of a picture kept at its full
// resolution.
const nativeSide = 1024

// nativeWindow is the luma of the middle of a picture at full resolution,
// beginning at a multiple of 8 from its origin.
type nativeWindow struct {
	x0, y0 int
	luma   *Gray
}

// newNativeWindow returns the window of a w×h picture.
func newNativeWindow(w, h int) *nativeWindow {
	n := &nativeWindow{x0: max(0, w-nativeSide) / 2 &^ 7, y0: max(0, h-nativeSide) / 2 &^ 7}
	n.luma = &Gray{W: min(nativeSide, w), H: min(nativeSide, h)}
	n.luma.Pix = make([]uint8, n.luma.W*n.luma.H)
	return n
}

// row takes row y of the whole picture's luma.
func (n *nativeWindow) row(y int, row []uint8) {
	if y -= n.y0; y >= 0 && y < n.luma.H {
		copy(n.luma.Pix[y*n.luma.W:(y+1)*n.luma.W], row[n.x0:])
	}
}

// covers reports whether the window has pixels of the block in column x, row y
// of 8×8 blocks.
func (n *nativeWindow) covers(x, y int) bool {
	x, y = 8*x-n.x0, 8*y-n.y0
	return x >= 0 && y >= 0 && x < n.luma.W && y < n.luma.H
}

// block takes a block that the window covers.
func (n *nativeWindow) block(x, y int, block *[64]uint8) {
	x, y = 8*x-n.x0, 8*y-n.y0
	for i := range min(8, n.luma.H-y) {
		copy(n.luma.Pix[(y+i)*n.luma.W+x:(y+i+1)*n.luma.W], block[8*i:8*i+8])
	}
}

// nativeOf returns the window of a decoded image.
func nativeOf(img image.Image) *Gray {
	b := img.Bounds()
	n := newNativeWindow(b.Dx(), b.Dy())
	switch m := img.(type) {
	case *image.YCbCr:
		for y := range b.Dy() {
			n.row(y, m.Y[y*m.YStride:y*m.YStride+b.Dx()])
		}
		return n.luma
	case *image.Gray:
		for y := range b.Dy() {
			n.row(y, m.Pix[y*m.Stride:y*m.Stride+b.Dx()])
		}
		return n.luma
	}
	src := sourceOf(img)
	rgb, alpha := make([]uint8, 3*src.w), []uint8(nil)
	if src.hasAlpha {
		alpha = make([]uint8, src.w)
	}
	w := n.luma.W
	for y := range n.luma.H {
		src.row(n.y0+y, rgb, alpha)
		lumaRow(n.luma.Pix[y*w:(y+1)*w], rgb[3*n.x0:])
	}
	return n.luma
}
