package raster

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	stdjpeg "image/jpeg"
	"io"
)

// nativeMaxPixels is the size up to which the luma of the middle of a picture
// is decoded at full resolution whatever the detail: it shows compression
// blocks and enlargement. Larger ones are camera files, of which nobody asks.
const nativeMaxPixels = 4_200_000

// decodeJPEG decodes at the smallest scale that keeps the detail, with our own
// decoder; what it leaves (CMYK) with image/jpeg.
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
	m, native, damage, err := decodeJPEGPlanes(ctx, data, f, scale, func(w, h int) (int, int) { return fit(w, h, o.Detail) })
	if errors.As(err, new(errOther)) {
		return decodeOtherJPEG(data, h, o)
	}
	if err != nil {
		return nil, err
	}
	p := &Picture{RGB: m.toRGB(), FullW: f.width, FullH: f.height, native: native}
	p.orient(o.Orientation)
	if damage != nil {
		return p, damage
	}
	return p, nil
}

// decodeOtherJPEG decodes whole, and only sound files.
func decodeOtherJPEG(data []byte, h Header, o Options) (*Picture, error) {
	need := int64(float64(h.Width) * float64(h.Height) * h.PixelBytes)
	if h.Progressive {
		need *= 5 // all coefficients, four bytes each
	}
	if need > o.MaxBytes {
		return nil, &Error{Problem: TooLarge, Format: "jpeg", Why: fmt.Sprintf("%d×%d pixels that cannot be decoded scaled", h.Width, h.Height)}
	}
	img, err := stdjpeg.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, classify("jpeg", err)
	}
	return assemble(img, h, o), nil
}
