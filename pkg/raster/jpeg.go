package raster

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	stdjpeg "image/jpeg"
	"io"

	"github.com/gen2brain/jpegn"
)

// nativeMaxPixels is the size up to which a picture is decoded whole whatever
// the detail: the decode is then a few milliseconds anyway, and the luma at
// full resolution shows compression blocks and enlargement.
const nativeMaxPixels = 4_200_000

// tailMCUs is how many flat MCUs at the end of a picture make its coded end
// worth checking; fewer would be no visible damage.
const tailMCUs = 8

// decodeJPEG decodes at the smallest scale that keeps the detail: scaled by our
// own decoder, whole by jpegn, and by image/jpeg what neither reads (CMYK,
// progressive).
func decodeJPEG(ctx context.Context, r io.ReaderAt, size int64, h Header, o Options) (*Picture, error) {
	f, err := readFrame(r, size)
	if err != nil {
		return nil, err
	}
	if why := f.unsupported(); why != "" {
		return nil, &Error{Problem: Unsupported, Format: "jpeg", Why: why}
	}
	data := make([]byte, size)
	if _, err := io.ReadFull(&ctxReader{ctx, io.NewSectionReader(r, 0, size)}, data); err != nil {
		return nil, fmt.Errorf("reading the picture: %w", err)
	}
	scale := chooseScale(h, o.Detail)
	for scale < smallestScale(h) && h.memory(o.Detail, scale) > o.MaxBytes {
		scale *= 2
	}
	var img image.Image
	var damage *PartialError
	if scale > 1 {
		img, damage, err = decodeScaled(ctx, data, f, scale)
		if errors.As(err, new(errNotScaled)) {
			if need := h.memory(o.Detail, 1); need > o.MaxBytes {
				return nil, &Error{Problem: TooLarge, Format: "jpeg", Why: fmt.Sprintf("%d×%d pixels that cannot be decoded scaled", f.width, f.height)}
			}
			scale = 1
		}
	}
	if scale == 1 {
		img, damage, err = wholeJPEG(data, f)
	}
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	p := assemble(img, h, o)
	p.FullW, p.FullH = f.width, f.height
	if o.Orientation >= 5 {
		p.FullW, p.FullH = f.height, f.width
	}
	if scale > 1 {
		p.native = nil
	}
	if damage != nil {
		return p, damage
	}
	return p, nil
}

// wholeJPEG decodes as much as there is and says what is wrong with it. jpegn is
// the fastest, but lenient: it returns a grey or black rest without a word.
func wholeJPEG(data []byte, f jpegFrame) (img image.Image, damage *PartialError, err error) {
	s := scanJPEG(data)
	if s.scans == 0 {
		return nil, nil, &Error{Problem: Truncated, Format: "jpeg", Why: "the file ends before the pixels"}
	}
	strict := func() (image.Image, error) { return stdjpeg.Decode(bytes.NewReader(data)) }
	if f.components == 4 || f.marker == 0xC1 || f.progressive() {
		// jpegn mixes up the sampling of CMYK, refuses extended sequential
		// files, and cannot save work on progressive ones.
		img, err := strict()
		if err == nil {
			return img, s.damage(f), nil
		}
		if f.components == 4 {
			return nil, nil, classify("jpeg", err)
		}
	}
	img, err = jpegn.Decode(bytes.NewReader(data), &jpegn.Options{})
	if err != nil {
		if img, err2 := strict(); err2 == nil {
			return img, s.damage(f), nil
		}
		return nil, nil, classify("jpeg", err)
	}
	if damage := s.damage(f); damage != nil {
		return img, damage, nil
	}
	if f.progressive() || suspicious(img, f, s) {
		if _, err := strict(); err != nil {
			var e *Error
			if errors.As(classify("jpeg", err), &e) && e.Problem != Unsupported {
				return img, &PartialError{Corrupt, "jpeg", "its pixel data break off: " + e.Why}, nil
			}
		}
	}
	return img, nil, nil
}

// damage says what the marker structure alone shows to be wrong.
func (s *jpegScan) damage(f jpegFrame) *PartialError {
	if !s.ended {
		return &PartialError{Truncated, "jpeg", "the file ends before the picture does"}
	}
	if s.disorder != "" {
		return &PartialError{Corrupt, "jpeg", s.disorder}
	}
	if missing := s.missingRestarts(f); missing != 0 && !f.progressive() {
		return &PartialError{Corrupt, "jpeg", fmt.Sprintf("%d of its restart markers are missing", missing)}
	}
	return nil
}

// missingRestarts compares the restart markers of a baseline scan with what
// its size asks for.
func (s *jpegScan) missingRestarts(f jpegFrame) int {
	if s.interval == 0 || s.scans != 1 {
		return 0
	}
	w, h := s.mcu(f.components)
	mcus := ((f.width + w - 1) / w) * ((f.height + h - 1) / h)
	return (mcus-1)/s.interval - s.restarts
}

// mcu returns the size of an MCU in pixels of the full picture.
func (s *jpegScan) mcu(components int) (w, h int) {
	w, h = 8, 8
	if components == 1 {
		return w, h
	}
	for _, f := range s.sampling[:components] {
		w, h = max(w, 8*int(f>>4)), max(h, 8*int(f&15))
	}
	return w, h
}

// suspicious reports whether a picture looks as jpegn leaves it when its data
// break off: blocks never written (all planes 0, which is no colour), or a
// flat end that the coded data do not end with. A suspicion costs a second,
// strict decode.
func suspicious(img image.Image, f jpegFrame, s jpegScan) bool {
	mw, mh := s.mcu(f.components)
	switch m := img.(type) {
	case *image.YCbCr:
		if unwritten(m) {
			return true
		}
		if s.interval != 0 {
			return false // the restart markers have been counted
		}
		n := flatUnits(m.Rect, mw, mh, func(r image.Rectangle) bool {
			return flatRect(m.Y, m.YStride, r) && m.Y[m.YOffset(r.Min.X, r.Min.Y)] == lastOf(m.Y, m.YStride, m.Rect) && flatChroma(m, r)
		})
		return n >= tailMCUs && !s.flatTail(n, 3)
	case *image.Gray:
		if s.interval != 0 {
			return false // the restart markers have been counted
		}
		n := flatUnits(m.Rect, mw, mh, func(r image.Rectangle) bool {
			return flatRect(m.Pix, m.Stride, r) && m.Pix[m.PixOffset(r.Min.X, r.Min.Y)] == lastOf(m.Pix, m.Stride, m.Rect)
		})
		return n >= tailMCUs && !s.flatTail(n, 1)
	}
	return true
}

// lastOf returns the bottom right value of a plane.
func lastOf(pix []uint8, stride int, r image.Rectangle) uint8 {
	return pix[(r.Dy()-1)*stride+r.Dx()-1]
}

// unwritten looks for chroma no encoder writes: both differences at their
// minimum where the luma is black.
func unwritten(m *image.YCbCr) bool {
	h := (m.Rect.Dy()-1)/max(1, subY(m)) + 1
	w := (m.Rect.Dx()-1)/max(1, subX(m)) + 1
	for y := range h {
		cb, cr := m.Cb[y*m.CStride:][:w], m.Cr[y*m.CStride:][:w]
		for x := range cb {
			if cb[x]|cr[x] == 0 && m.Y[m.YOffset(x*subX(m), y*subY(m))] == 0 {
				return true
			}
		}
	}
	return false
}

func flatChroma(m *image.YCbCr, r image.Rectangle) bool {
	c := image.Rect(r.Min.X/subX(m), r.Min.Y/subY(m), (r.Max.X-1)/subX(m)+1, (r.Max.Y-1)/subY(m)+1)
	last := m.COffset(m.Rect.Max.X-1, m.Rect.Max.Y-1)
	at := m.COffset(r.Min.X, r.Min.Y)
	return flatRect(m.Cb, m.CStride, c) && flatRect(m.Cr, m.CStride, c) && m.Cb[at] == m.Cb[last] && m.Cr[at] == m.Cr[last]
}

func flatRect(pix []uint8, stride int, r image.Rectangle) bool {
	first := pix[r.Min.Y*stride+r.Min.X]
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for _, v := range pix[y*stride+r.Min.X : y*stride+r.Max.X] {
			if v != first {
				return false
			}
		}
	}
	return true
}

// flatUnits counts how many units at the end of a picture, in coding order,
// are flat; at most 64, which is enough to tell.
func flatUnits(b image.Rectangle, w, h int, flat func(image.Rectangle) bool) int {
	if w < 1 || h < 1 {
		return 0
	}
	const enough = 64
	nx, ny := (b.Dx()+w-1)/w, (b.Dy()+h-1)/h
	for i := 0; i < min(enough, nx*ny); i++ {
		at := nx*ny - 1 - i
		x, y := at%nx*w, at/nx*h
		if !flat(image.Rect(x, y, x+w, y+h).Intersect(b)) {
			return i
		}
	}
	return min(enough, nx*ny)
}

// subX and subY are the chroma subsampling factors.
func subX(m *image.YCbCr) int {
	switch m.SubsampleRatio {
	case image.YCbCrSubsampleRatio422, image.YCbCrSubsampleRatio420:
		return 2
	case image.YCbCrSubsampleRatio411, image.YCbCrSubsampleRatio410:
		return 4
	}
	return 1
}

func subY(m *image.YCbCr) int {
	switch m.SubsampleRatio {
	case image.YCbCrSubsampleRatio420, image.YCbCrSubsampleRatio440, image.YCbCrSubsampleRatio410:
		return 2
	}
	return 1
}
