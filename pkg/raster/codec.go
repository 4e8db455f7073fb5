package raster

import (
	"context"
	"image"
	"io"

	"github.com/aecheck/aecheck/pkg/format"
)

// codec reads the pictures of a format. A new one is a file of its own with its
// codec, and a line in codecs.
type codec interface {
	// header fills in what the file says of its picture: sizes, PixelBytes.
	header(f file, h *Header) error
	// decode gives the picture, turned upright and reduced to o.Detail. The caps
	// of o were checked against h.
	decode(ctx context.Context, f file, h Header, o Options) (*Picture, error)
	// scale is the reduction 1, 2, 4 or 8 at which a picture is decoded for a
	// detail, and smallest the strongest there is.
	scale(h Header, detail int) int
	smallest(h Header) int
	// perPixel is how many bytes a pixel takes while it is decoded, all in all;
	// 0 where that follows from PixelBytes and the scale.
	perPixel(h Header) int64
	// sandboxed: the decoder keeps frames of its own beside the result.
	sandboxed() bool
}

// codecs lists the formats that are decoded.
func codecs(name string) codec {
	switch name {
	case format.JPEG:
		return jpegCodec{}
	case format.PNG:
		return pngCodec{}
	case format.GIF:
		return gifCodec{}
	case format.BMP:
		return bmpCodec{}
	case format.TIFF:
		return tiffCodec{}
	case format.WebP:
		return webpCodec{}
	case format.HEIC, format.AVIF:
		return heifCodec{}
	}
	return nil
}

// Decodable reports whether Decode knows a format.
func Decodable(name string) bool { return codecs(name) != nil }

// file is a picture's bytes.
type file struct {
	io.ReaderAt
	size int64
}

// reader reads from the start.
func (f file) reader() *io.SectionReader { return io.NewSectionReader(f, 0, f.size) }

// under reads from the start until ctx ends.
func (f file) under(ctx context.Context) *ctxReader { return &ctxReader{ctx, f.reader()} }

// all returns the whole file, which is not to be changed: what a reader that has
// it in memory gives, as extract.Input does.
func (f file) all(ctx context.Context) ([]byte, error) {
	if m, ok := f.ReaderAt.(interface{ Bytes() ([]byte, error) }); ok {
		return m.Bytes()
	}
	data := make([]byte, f.size)
	_, err := io.ReadFull(f.under(ctx), data)
	return data, err
}

// whole is what codecs have in common that decode a picture at full size.
type whole struct{}

func (whole) scale(Header, int) int { return 1 }
func (whole) smallest(Header) int   { return 1 }
func (whole) perPixel(Header) int64 { return 0 }
func (whole) sandboxed() bool       { return false }
func (h *Header) fill(c image.Config) {
	h.Width, h.Height, h.PixelBytes = c.Width, c.Height, pixelBytes(c.ColorModel)
}

// finish makes a Picture of what a decoder of whole pictures gave.
func finish(ctx context.Context, img image.Image, err error, h Header, o Options) (*Picture, error) {
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, classify(o.Format, err)
	}
	return assemble(img, h, o), nil
}
