package raster

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"strings"

	"github.com/aecheck/aecheck/pkg/raster/heif"
)

// Defaults of Options. Phones write photos of up to 200 megapixels, which a
// scaled JPEG decode takes in a few megabytes; what really limits is memory.
const (
	DefaultMaxPixels = 250_000_000
	DefaultMaxBytes  = 352 << 20
	FullDetail       = 1 << 30
)

// Options of a decode.
type Options struct {
	// Format is the format by content, one that is Decodable.
	Format string
	// Orientation is the EXIF orientation 1..8; 0 is 1. Ignored for HEIC
	// and AVIF, whose containers carry their own rotation.
	Orientation int
	// Detail is the longer side wanted, in pixels: a larger picture comes
	// scaled down to it. 0 and FullDetail ask for all pixels.
	Detail int
	// Fine, where it is more than Detail, asks for Picture.Fine as well: the luma
	// with a longer side of so many pixels, or up to 1.3 times as many where it is
	// decoded at such a size.
	Fine int
	// MaxPixels caps width × height as the header gives it; 0 is
	// DefaultMaxPixels.
	MaxPixels int64
	// MaxBytes caps the file's size and, separately, the memory decoding is
	// estimated to need; 0 is DefaultMaxBytes. A baseline JPEG that would
	// not fit is decoded at a smaller scale instead of being refused.
	MaxBytes int64
	// Outside is told of memory that decoders take outside of Go's heap: so many
	// bytes more, or less. May be nil.
	Outside func(bytes int64)
}

func (o *Options) fill() {
	if o.Orientation < 1 || o.Orientation > 8 {
		o.Orientation = 1
	}
	if o.Detail <= 0 {
		o.Detail = FullDetail
	}
	if o.MaxPixels <= 0 {
		o.MaxPixels = DefaultMaxPixels
	}
	if o.MaxBytes <= 0 {
		o.MaxBytes = DefaultMaxBytes
	}
}

// Decode decodes a picture, upright and flattened on white. Sizes are checked
// against the caps from the header before anything is decoded, and a panic in
// a decoder comes back as an error. The error is an *Error (no picture), a
// *PartialError (a picture, but the file is damaged), or ctx's.
func Decode(ctx context.Context, r io.ReaderAt, size int64, o Options) (p *Picture, err error) {
	o.fill()
	defer func() {
		if e := recover(); e != nil {
			p, err = nil, &Error{Problem: Corrupt, Format: o.Format, Why: fmt.Sprintf("the decoder gave up: %v", e)}
		}
	}()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if size > o.MaxBytes {
		return nil, &Error{Problem: TooLarge, Format: o.Format, Why: fmt.Sprintf("the file has %d bytes, at most %d are decoded", size, o.MaxBytes)}
	}
	h, err := ReadHeader(r, size, o.Format)
	if err != nil {
		return nil, err
	}
	if px := int64(h.Width) * int64(h.Height); px > o.MaxPixels {
		return nil, &Error{Problem: TooLarge, Format: o.Format, Why: fmt.Sprintf("%d×%d pixels, at most %d million are decoded", h.Width, h.Height, o.MaxPixels/1_000_000)}
	}
	if need := h.memory(o.Detail, codecs(o.Format).smallest(h)); need > o.MaxBytes {
		return nil, &Error{Problem: TooLarge, Format: o.Format, Why: fmt.Sprintf("decoding %d×%d pixels would need about %d MiB, at most %d are allowed", h.Width, h.Height, need>>20, o.MaxBytes>>20)}
	}
	return codecs(o.Format).decode(ctx, file{r, size}, h, o)
}

// assemble turns a decoded image into a Picture.
func assemble(img image.Image, h Header, o Options) *Picture {
	b := img.Bounds()
	full := image.Pt(b.Dx(), b.Dy())
	w, ht := fit(full.X, full.Y, o.Detail)
	rgb, alpha := toRGB(img, w, ht)
	p := &Picture{RGB: rgb, Alpha: alpha, FullW: full.X, FullH: full.Y}
	if full.X*full.Y <= nativeMaxPixels {
		p.native = nativeOf(img)
	}
	p.orient(o.Orientation)
	return p
}

// fit returns the size of a w×h picture whose longer side is at most detail.
func fit(w, h, detail int) (int, int) {
	long := max(w, h)
	if long <= detail {
		return w, h
	}
	scale := func(v int) int { return max(1, (v*detail+long/2)/long) }
	return scale(w), scale(h)
}

// classify turns a decoder's error into a typed one.
func classify(format string, err error) error {
	var own *Error
	if errors.As(err, &own) {
		return own
	}
	e := &Error{Problem: Corrupt, Format: format, Why: err.Error(), Err: err}
	text := strings.ToLower(err.Error())
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), strings.Contains(text, "unexpected eof"):
		e.Problem, e.Why = Truncated, "the file ends before the picture does"
	case strings.Contains(text, "unsupported"), strings.Contains(text, "not supported"), strings.Contains(text, "not implemented"):
		e.Problem = Unsupported
	case errors.Is(err, heif.ErrMemory):
		e.Problem = TooLarge
	}
	return e
}

// ctxReader stops a decoder at its next read once ctx has ended.
type ctxReader struct {
	ctx context.Context
	io.Reader
}

func (r *ctxReader) Read(b []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(b)
}

// ctxReaderAt is a ctxReader for decoders that jump about.
type ctxReaderAt struct {
	ctxReader
	at io.ReaderAt
}

func (r *ctxReaderAt) ReadAt(b []byte, off int64) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.at.ReadAt(b, off)
}
