package raster

import (
	"fmt"
	"image/color"
	"io"
)

// maxSide keeps products of sides within int64.
const maxSide = 1 << 26

// Header is what a picture says of itself before its pixels.
type Header struct {
	Format        string
	Width, Height int // as stored, not turned upright
	// PixelBytes is how much one pixel takes in the decoder's output, 1.5 for
	// a JPEG with 4:2:0 chroma.
	PixelBytes float64
	// Progressive JPEGs keep coefficients in memory: all, or those the scale
	// decoded at needs.
	Progressive bool
	// Extra is what decoding takes besides pixels, in bytes.
	Extra int64

	heifTurn int // EXIF orientation equal to the container's own rotation
}

// ReadHeader reads the size of a picture without decoding it.
func ReadHeader(r io.ReaderAt, size int64, name string) (Header, error) {
	h := Header{Format: name, PixelBytes: 4}
	c := codecs(name)
	if c == nil {
		return h, &Error{Problem: Unsupported, Format: name, Why: "no decoder for this format"}
	}
	if err := c.header(file{r, size}, &h); err != nil {
		return h, classify(name, err)
	}
	if h.Width > maxSide || h.Height > maxSide {
		return h, &Error{Problem: TooLarge, Format: name, Why: fmt.Sprintf("%d×%d pixels", h.Width, h.Height)}
	}
	if h.Width <= 0 || h.Height <= 0 {
		return h, &Error{Problem: Corrupt, Format: name, Why: "the header gives no size"}
	}
	return h, nil
}

func pixelBytes(m color.Model) float64 {
	switch m {
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	case color.Gray16Model:
		return 2
	case color.GrayModel:
		return 1
	}
	if _, ok := m.(color.Palette); ok {
		return 1
	}
	return 4
}

// Memory estimates the bytes decoding takes at a detail, output included: the
// weight a scheduler should give the picture; 0 for a format that is not
// decoded.
func (h Header) Memory(detail int) int64 {
	c := codecs(h.Format)
	if c == nil {
		return 0
	}
	if n := c.perPixel(h); n > 0 {
		return n * int64(h.Width) * int64(h.Height)
	}
	if detail <= 0 {
		detail = FullDetail
	}
	return h.memory(detail, c.scale(h, detail))
}

// Result is how many bytes the decoded picture has at a detail.
func (h Header) Result(detail int) int64 {
	w, ht := fit(h.Width, h.Height, detail)
	return 3 * int64(w) * int64(ht)
}

func (h Header) memory(detail, scale int) int64 {
	sw, sh := int64((h.Width+scale-1)/scale), int64((h.Height+scale-1)/scale)
	planes := int64(float64(sw*sh) * h.PixelBytes)
	if codecs(h.Format).sandboxed() {
		planes *= 3
	}
	if h.Progressive { // two bytes for each coefficient kept, eight for each block
		kept := lastOfSize[8/scale] + 1
		if h.Width*h.Height <= nativeMaxPixels {
			kept = 64
		}
		planes = int64(float64(h.Width) * float64(h.Height) * h.PixelBytes * float64(2*kept+8) / 64)
	}
	w, ht := fit(int(sw), int(sh), detail)
	return planes + h.Extra + 3*int64(w)*int64(ht)
}
