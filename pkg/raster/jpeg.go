package raster

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	stdjpeg "image/jpeg"

	"github.com/aecheck/aecheck/pkg/format"
)

// nativeMaxPixels is the size up to which the luma of the middle of a picture
// is decoded at full resolution whatever the detail: it shows compression
// blocks and enlargement. Larger ones are camera files, of which nobody asks.
const nativeMaxPixels = 4_200_000

// jpegCodec decodes at the smallest scale that keeps the detail, with our own
// decoder; what it leaves (CMYK) with image/jpeg.
type jpegCodec struct{}

func (jpegCodec) sandboxed() bool     { return false }
func (jpegCodec) smallest(Header) int { return 8 }

// perPixel is that of a CMYK picture, measured on some of 6 to 35 megapixels.
func (jpegCodec) perPixel(h Header) int64 {
	if h.PixelBytes > 3 { // four components
		return 16
	}
	return 0
}

func (jpegCodec) header(f file, h *Header) error {
	frame, err := readFrame(f, f.size)
	if err != nil {
		return err
	}
	h.Width, h.Height, h.Progressive = frame.width, frame.height, frame.progressive()
	h.PixelBytes = float64(frame.samples) / 100
	return nil
}

// scale returns the denominator 1, 2, 4 or 8 that leaves the longer side at
// least detail. Small pictures, whose sharpness is judged, are scaled only where
// that gives what averaging the whole would: exactly to half.
func (jpegCodec) scale(h Header, detail int) int {
	if h.Width*h.Height <= nativeMaxPixels {
		if max(h.Width, h.Height) == 2*detail && h.Width%2 == 0 && h.Height%2 == 0 {
			return 2
		}
		return 1
	}
	scale := 1
	for s := 2; s <= 8; s *= 2 {
		if (max(h.Width, h.Height)+s-1)/s >= detail {
			scale = s
		}
	}
	return scale
}

func (c jpegCodec) decode(ctx context.Context, in file, h Header, o Options) (*Picture, error) {
	f, err := readFrame(in, in.size)
	if err != nil {
		return nil, err
	}
	if why := f.unsupported(); why != "" {
		return nil, &Error{Problem: Unsupported, Format: format.JPEG, Why: why}
	}
	data, err := in.all(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the picture: %w", err)
	}
	scale := c.scale(h, o.Detail)
	for scale < c.smallest(h) && h.memory(o.Detail, scale) > o.MaxBytes {
		scale *= 2
	}
	m, damage, err := decodeJPEGPlanes(ctx, data, f, jpegWish{
		scale:  scale,
		wanted: func(w, h int) (int, int) { return fit(w, h, o.Detail) },
		fine:   c.newFineLuma(h, o, scale),
		direct: true,
	})
	if errors.As(err, new(errOther)) {
		return decodeOtherJPEG(data, h, o)
	}
	if err != nil {
		return nil, err
	}
	p := &Picture{RGB: m.toRGB(), FullW: f.width, FullH: f.height, native: m.native, fine: m.fine}
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
		return nil, &Error{Problem: TooLarge, Format: format.JPEG, Why: fmt.Sprintf("%d×%d pixels that cannot be decoded scaled", h.Width, h.Height)}
	}
	img, err := stdjpeg.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, classify(format.JPEG, err)
	}
	return assemble(img, h, o), nil
}
