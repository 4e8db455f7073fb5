package raster

import (
	"context"

	"github.com/aecheck/aecheck/pkg/format"
	"github.com/aecheck/aecheck/pkg/raster/heif"
)

// heifCodec decodes HEIC and AVIF in sandboxes.
type heifCodec struct{ whole }

// perPixel was measured on pictures of 6 to 35 megapixels: the sandbox with the
// copy of its result.
func (heifCodec) perPixel(h Header) int64 {
	if h.Format == format.AVIF {
		return 30
	}
	return 14
}

func (heifCodec) sandboxed() bool { return true }

func (heifCodec) header(f file, h *Header) error {
	p, err := heif.Read(f, f.size)
	if err != nil {
		return err
	}
	h.Width, h.Height, h.PixelBytes, h.heifTurn = p.Width, p.Height, 4, p.Orientation
	if !p.Decodable() {
		return &Error{Problem: Unsupported, Format: h.Format, Why: "its pixels are coded as " + printable(p.Coding)}
	}
	return nil
}

func (heifCodec) decode(ctx context.Context, f file, h Header, o Options) (*Picture, error) {
	// libheif turns the picture itself, libavif leaves it to us.
	o.Orientation = 1
	if o.Format == format.AVIF {
		o.Orientation = h.heifTurn
	}
	data, err := f.all(ctx)
	if err != nil {
		return finish(ctx, nil, err, h, o)
	}
	img, err := heif.Decode(ctx, o.Format, data, o.Outside)
	return finish(ctx, img, err, h, o)
}

// printable replaces what is no plain letter or digit in a four-letter code.
func printable(code string) string {
	b := []byte(code)
	for i, c := range b {
		if c < '0' || c > 'z' {
			b[i] = '?'
		}
	}
	return string(b)
}
