package raster

import (
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"io"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"

	"github.com/aecheck/aecheck/pkg/raster/heif"
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

	heifTurn int // EXIF orientation equal to the container's own rotation
}

// ReadHeader reads the size of a picture without decoding it.
func ReadHeader(r io.ReaderAt, size int64, format string) (Header, error) {
	h := Header{Format: format, PixelBytes: 4}
	in := io.NewSectionReader(r, 0, size)
	var cfg image.Config
	var err error
	switch format {
	case "jpeg":
		var f jpegFrame
		f, err = readFrame(r, size)
		if err != nil {
			return h, err
		}
		h.Width, h.Height, h.Progressive = f.width, f.height, f.progressive()
		h.PixelBytes = float64(f.samples) / 100
	case "png":
		cfg, err = png.DecodeConfig(in)
	case "gif":
		cfg, err = gif.DecodeConfig(in)
	case "bmp":
		cfg, err = bmp.DecodeConfig(in)
	case "tiff":
		cfg, err = tiff.DecodeConfig(in)
	case "webp":
		cfg, err = webpConfig(in, size)
	case "heic", "avif":
		var p heif.Properties
		p, err = heif.Read(r, size)
		cfg = image.Config{Width: p.Width, Height: p.Height, ColorModel: color.NRGBAModel}
		h.heifTurn = p.Orientation
		if err == nil && !p.Decodable() {
			return h, &Error{Problem: Unsupported, Format: format, Why: "its pixels are coded as " + printable(p.Coding)}
		}
	default:
		return h, &Error{Problem: Unsupported, Format: format, Why: "no decoder for this format"}
	}
	if err != nil {
		return h, classify(format, err)
	}
	if format != "jpeg" {
		h.Width, h.Height = cfg.Width, cfg.Height
		h.PixelBytes = pixelBytes(cfg.ColorModel)
	}
	if h.Width > maxSide || h.Height > maxSide {
		return h, &Error{Problem: TooLarge, Format: format, Why: fmt.Sprintf("%d×%d pixels", h.Width, h.Height)}
	}
	if h.Width <= 0 || h.Height <= 0 {
		return h, &Error{Problem: Corrupt, Format: format, Why: "the header gives no size"}
	}
	return h, nil
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
// weight a scheduler should give the picture. What a CMYK JPEG takes, and the
// sandboxes of HEIC and AVIF with the copy of their result, was measured on
// pictures of 6 to 35 megapixels.
func (h Header) Memory(detail int) int64 {
	px := int64(h.Width) * int64(h.Height)
	switch {
	case h.Format == "heic":
		return 14 * px
	case h.Format == "avif":
		return 30 * px
	case h.Format == "jpeg" && h.PixelBytes > 3: // four components
		return 16 * px
	}
	if detail <= 0 {
		detail = FullDetail
	}
	return h.memory(detail, chooseScale(h, detail))
}

func (h Header) memory(detail, scale int) int64 {
	sw, sh := int64((h.Width+scale-1)/scale), int64((h.Height+scale-1)/scale)
	planes := int64(float64(sw*sh) * h.PixelBytes)
	if h.Format == "heic" || h.Format == "avif" {
		// The decoder's own frames lie in its sandbox beside the result.
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
	return planes + 3*int64(w)*int64(ht)
}

// smallestScale is the strongest reduction a decoder of h can do.
func smallestScale(h Header) int {
	if h.Format == "jpeg" {
		return 8
	}
	return 1
}

// chooseScale returns the JPEG scaling denominator 1, 2, 4 or 8 that leaves
// the longer side at least detail. Small pictures, whose sharpness is judged,
// are scaled only where that gives what averaging the whole would: exactly to
// half.
func chooseScale(h Header, detail int) int {
	if h.Format != "jpeg" {
		return 1
	}
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
