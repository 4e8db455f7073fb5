package raster

import "sync"

// Picture is a decoded picture, perhaps at a fraction of its full size.
type Picture struct {
	*RGB // upright, alpha flattened on white

	// FullW, FullH are the size of the upright original; a point (x, y) here
	// is (x·FullW/W, y·FullH/H) there.
	FullW, FullH int
	// Alpha is the opacity plane where the original has one that is not
	// opaque everywhere, else nil. len == W*H.
	Alpha []uint8

	lumaOnce sync.Once
	luma     *Gray

	native, fine *Gray
}

// Native returns the luma of the middle of the original as stored: not scaled,
// not turned upright, at most NativeSide pixels wide and high, beginning at a
// multiple of 8 from the stored origin. It shows what scaling hides:
// compression blocks, traces of enlargement. It is nil where the original is
// too large for these to matter.
func (p *Picture) Native() *Gray { return p.native }

// Fine returns the luma at the detail Options.Fine, upright. It is nil where none
// was asked for, the picture has no more pixels than that, or it is not a JPEG of
// the usual kind, whose decoder alone has both in one go.
func (p *Picture) Fine() *Gray { return p.fine }

// Luma returns the luma plane, computed once.
func (p *Picture) Luma() *Gray {
	p.lumaOnce.Do(func() { p.luma = p.RGB.Luma() })
	return p.luma
}

// Luma returns the BT.601 luma of the picture.
func (m *RGB) Luma() *Gray {
	g := &Gray{W: m.W, H: m.H, Pix: make([]uint8, m.W*m.H)}
	lumaRow(g.Pix, m.Pix)
	return g
}

// ToFull maps a box [x, y, w, h] of the decoded picture to pixels of the
// upright original.
func (p *Picture) ToFull(b [4]int) [4]int {
	if p.W == 0 || p.H == 0 {
		return b
	}
	x0, y0 := b[0]*p.FullW/p.W, b[1]*p.FullH/p.H
	x1, y1 := ((b[0]+b[2])*p.FullW+p.W-1)/p.W, ((b[1]+b[3])*p.FullH+p.H-1)/p.H
	return [4]int{x0, y0, min(x1, p.FullW) - x0, min(y1, p.FullH) - y0}
}
