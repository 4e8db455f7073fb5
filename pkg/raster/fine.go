package raster

// fineLuma is the luma of a JPEG at a finer scale than its colours, gathered in
// the same pass: most of a decode is reading the codes of the file, and a second
// one at the finer scale would read them again.
type fineLuma struct {
	scale  int // 1, 2, 4 or 8, at most that of the colours
	detail int // the longer side wanted, px
	luma   *Gray
	shrink *shrinker

	// One row of MCUs where the scale is not that of the colours, whose blocks do
	// not serve then.
	pix              []uint8
	size             int // side of a block
	stride           int
	wide, high, rows int // size at the scale, rows of an MCU
}

// newFineLuma returns what the luma of a picture decoded at a scale is gathered
// in; nil where none is wanted, or what is kept for it would take too much.
func (c jpegCodec) newFineLuma(h Header, o Options, scale int) *fineLuma {
	if o.Fine <= o.Detail || max(h.Width, h.Height) <= o.Fine {
		return nil
	}
	f := &fineLuma{scale: min(c.scale(h, o.Fine), scale), detail: o.Fine}
	if h.memory(o.Fine, f.scale) > o.MaxBytes {
		return nil
	}
	return f
}

// open makes room for the picture of a decoder that has read the frame header;
// nil where its first component is no luma of the whole size, or serves for a
// native one already.
func (f *fineLuma) open(d *jpegDecoder) *fineLuma {
	c := &d.comp[0]
	if f == nil || c.h != d.hMax || c.v != d.vMax || d.native != nil && f.scale != d.scale {
		return nil
	}
	f.wide, f.high = (d.frame.width+f.scale-1)/f.scale, (d.frame.height+f.scale-1)/f.scale
	w, h := f.wide, f.high
	if 10*max(w, h) > 13*f.detail { // averaging hardly more than a pixel blurs for little
		w, h = fit(w, h, f.detail)
	}
	f.luma = &Gray{W: w, H: h, Pix: make([]uint8, w*h)}
	f.shrink = newShrinker(f.wide, f.high, w, h, 1, f.luma.Pix)
	f.size = 8 / f.scale
	f.rows = c.v * f.size
	if f.scale != d.scale {
		f.stride = d.mcusWide * c.h * f.size
		f.pix = make([]uint8, f.stride*f.rows)
	}
	return f
}

// block takes the block at column x, row y.
func (f *fineLuma) block(b *[64]int32, top, x, y int) {
	pixels(b, top, f.size, f.pix[y*f.size%f.rows*f.stride+x*f.size:], f.stride)
}

// emit passes row my of MCUs on.
func (f *fineLuma) emit(my int) {
	for y := range min(f.rows, f.high-my*f.rows) {
		f.shrink.add(my*f.rows+y, f.pix[y*f.stride:][:f.wide])
	}
}
