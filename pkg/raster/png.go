package raster

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image/color"
	"image/png"
	"io"
)

// pngFile is a PNG of the usual kind: eight bits a channel or a palette of
// eight bits, not interlaced, no transparent colour.
type pngFile struct {
	w, h    int
	palette []color.NRGBA
	kind    int
	alpha   bool // pixels can be transparent
	data    []byte
}

// Colour types of PNG (ISO/IEC 15948 §11.2.2).
const (
	pngGrey      = 0
	pngRGB       = 2
	pngPalette   = 3
	pngGreyAlpha = 4
	pngRGBA      = 6
)

// pngMaxFile is the largest file taken into memory whole; image/png streams
// larger ones.
const pngMaxFile = 32 << 20

type pngCodec struct{ whole }

func (pngCodec) header(f file, h *Header) error {
	c, err := png.DecodeConfig(f.reader())
	h.fill(c)
	const interlace = 28 // where IHDR says whether it is (ISO/IEC 15948 §11.2.2)
	var how [1]byte
	if _, rerr := f.ReadAt(how[:], interlace); rerr == nil && how[0] != 0 {
		h.PixelBytes *= 1.75 // the last two passes are decoded beside the whole
	}
	return err
}

// decode decodes the usual kind row by row, and leaves other kinds and files
// that are not sound to image/png.
func (pngCodec) decode(ctx context.Context, in file, h Header, o Options) (*Picture, error) {
	if in.size <= pngMaxFile {
		data, err := in.all(ctx)
		if err != nil {
			return nil, fmt.Errorf("reading the picture: %w", err)
		}
		if p, err := decodePNG(ctx, data, o); p != nil || err != nil {
			return p, err
		}
	}
	img, err := png.Decode(in.under(ctx))
	return finish(ctx, img, err, h, o)
}

// decodePNG decodes a PNG of the usual kind. It returns nil, nil where the file
// is of another, or not sound.
func decodePNG(ctx context.Context, data []byte, o Options) (*Picture, error) {
	f := readPNG(data)
	if f == nil {
		return nil, nil
	}
	p, err := f.decode(ctx, o.Detail)
	if p != nil {
		p.orient(o.Orientation)
	}
	return p, err
}

// readPNG walks a file's chunks and checks every checksum. It is nil where the
// file is of another kind or not sound: image/png then decodes it, or says
// what is wrong with it.
func readPNG(file []byte) *pngFile {
	if len(file) < 8 || string(file[:8]) != "\x89PNG\r\n\x1a\n" {
		return nil
	}
	p := &pngFile{kind: -1}
	var parts [][]byte
	ended := false // the run of pixel data
	for at := 8; ; {
		if at+12 > len(file) {
			if len(parts) == 0 {
				return nil
			}
			return p.usable(parts) // the end chunk alone is missing; the pixel data have a checksum
		}
		n := int(binary.BigEndian.Uint32(file[at:]))
		if n < 0 || n > len(file)-at-12 {
			return nil
		}
		name, body := string(file[at+4:at+8]), file[at+8:at+8+n]
		if crc32.ChecksumIEEE(file[at+4:at+8+n]) != binary.BigEndian.Uint32(file[at+8+n:]) {
			return nil
		}
		if (p.kind < 0) != (name == "IHDR") {
			return nil
		}
		switch name {
		case "IHDR":
			if n != 13 || body[8] != 8 || body[10] != 0 || body[11] != 0 || body[12] != 0 {
				return nil
			}
			p.w, p.h, p.kind = int(binary.BigEndian.Uint32(body)), int(binary.BigEndian.Uint32(body[4:])), int(body[9])
			if p.w <= 0 || p.h <= 0 || p.w > maxSide || p.h > maxSide {
				return nil
			}
		case "PLTE":
			if len(parts) > 0 || p.palette != nil || n == 0 || n%3 != 0 || n > 3*256 || p.kind == pngGrey || p.kind == pngGreyAlpha {
				return nil
			}
			p.palette = make([]color.NRGBA, n/3)
			for i := range p.palette {
				p.palette[i] = color.NRGBA{body[3*i], body[3*i+1], body[3*i+2], 255}
			}
		case "tRNS":
			if len(parts) > 0 || p.kind != pngPalette || n > len(p.palette) {
				return nil
			}
			for i, a := range body {
				p.palette[i].A = a
				p.alpha = p.alpha || a != 255
			}
		case "IDAT":
			if ended {
				return nil
			}
			parts = append(parts, body)
		case "IEND":
			return p.usable(parts)
		}
		ended = len(parts) > 0 && name != "IDAT"
		at += n + 12
	}
}

// usable completes a file read to its end; nil where it is of another kind.
func (p *pngFile) usable(parts [][]byte) *pngFile {
	switch p.kind {
	case pngGrey, pngRGB:
	case pngGreyAlpha, pngRGBA:
		p.alpha = true
	case pngPalette:
		if p.palette == nil {
			return nil
		}
		for len(p.palette) < 256 { // what has no entry is black, as in image/png
			p.palette = append(p.palette, color.NRGBA{A: 255})
		}
	default:
		return nil
	}
	if len(parts) == 1 {
		p.data = parts[0]
	} else {
		p.data = bytes.Join(parts, nil)
	}
	return p
}

// bytesPerPixel of the stored rows.
func (p *pngFile) bytesPerPixel() int {
	switch p.kind {
	case pngRGB:
		return 3
	case pngGreyAlpha:
		return 2
	case pngRGBA:
		return 4
	}
	return 1
}

// decode decodes row by row, reduced to a longer side of at most detail. It is
// nil where the pixel data are not sound.
func (p *pngFile) decode(ctx context.Context, detail int) (*Picture, error) {
	in, err := zlib.NewReader(bytes.NewReader(p.data))
	if err != nil {
		return nil, nil
	}
	w, h := fit(p.w, p.h, detail)
	out := &Picture{RGB: NewRGB(w, h), FullW: p.w, FullH: p.h}
	rows := &pngRows{pngFile: p, rgb: newShrinker(p.w, p.h, w, h, 3, out.Pix)}
	if p.alpha {
		out.Alpha = make([]uint8, w*h)
		rows.alpha, rows.opacity = newShrinker(p.w, p.h, w, h, 1, out.Alpha), make([]uint8, p.w)
	}
	if p.w*p.h <= nativeMaxPixels {
		rows.native = newNativeWindow(p.w, p.h)
		out.native = rows.native.luma
	}
	if p.kind != pngRGB {
		rows.colors = make([]uint8, 3*p.w)
	}
	bpp := p.bytesPerPixel()
	size := p.w * bpp
	row, above, stored := make([]uint8, size), make([]uint8, size), make([]uint8, size+1)
	for y := range p.h {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if _, err := io.ReadFull(in, stored); err != nil || !unfilter(stored[0], row, above, stored[1:], bpp) {
			return nil, nil
		}
		rows.add(y, row)
		row, above = above, row
	}
	// Behind the last row come the checksum and nothing more.
	if _, err := io.ReadFull(in, stored[:1]); err != io.EOF {
		return nil, nil
	}
	if opaque(out.Alpha) {
		out.Alpha = nil
	}
	return out, nil
}

// pngRows passes rows on: flattened to the picture, their opacity, and the
// native luma.
type pngRows struct {
	*pngFile
	rgb, alpha *shrinker
	native     *nativeWindow
	colors     []uint8 // a row flattened on white
	opacity    []uint8
}

func (r *pngRows) add(y int, row []uint8) {
	colors := r.colors
	switch r.kind {
	case pngRGB:
		colors = row
	case pngGrey:
		for x, v := range row {
			q := colors[3*x : 3*x+3 : 3*x+3]
			q[0], q[1], q[2] = v, v, v
		}
	case pngGreyAlpha:
		for x := range r.w {
			v := onWhite(row[2*x], row[2*x+1])
			q := colors[3*x : 3*x+3 : 3*x+3]
			q[0], q[1], q[2] = v, v, v
			r.opacity[x] = row[2*x+1]
		}
	case pngPalette:
		for x, i := range row {
			c := r.palette[i]
			q := colors[3*x : 3*x+3 : 3*x+3]
			q[0], q[1], q[2] = onWhite(c.R, c.A), onWhite(c.G, c.A), onWhite(c.B, c.A)
			if r.alpha != nil {
				r.opacity[x] = c.A
			}
		}
	case pngRGBA:
		for x := range r.w {
			c, q := row[4*x:4*x+4:4*x+4], colors[3*x:3*x+3:3*x+3]
			if c[3] == 255 {
				q[0], q[1], q[2] = c[0], c[1], c[2]
			} else {
				q[0], q[1], q[2] = onWhite(c[0], c[3]), onWhite(c[1], c[3]), onWhite(c[2], c[3])
			}
			r.opacity[x] = c[3]
		}
	}
	r.rgb.add(y, colors)
	if r.alpha != nil {
		r.alpha.add(y, r.opacity)
	}
	if n := r.native; n != nil && y >= n.y0 && y < n.y0+n.luma.H {
		at := (y - n.y0) * n.luma.W
		lumaRow(n.luma.Pix[at:at+n.luma.W], colors[3*n.x0:])
	}
}

// unfilter undoes a row's filter (ISO/IEC 15948 §9): row from what is stored
// and the row above. It is false for a filter that does not exist.
func unfilter(filter uint8, row, above, stored []uint8, bpp int) bool {
	row, above = row[:len(stored)], above[:len(stored)]
	switch filter {
	case 0:
		copy(row, stored)
	case 1:
		copy(row[:bpp], stored)
		for i := bpp; i < len(row); i++ {
			row[i] = stored[i] + row[i-bpp]
		}
	case 2:
		unfilterUp(row, above, stored)
	case 3:
		for i := range bpp {
			row[i] = stored[i] + above[i]/2
		}
		for i := bpp; i < len(row); i++ {
			row[i] = stored[i] + uint8((int(row[i-bpp])+int(above[i]))/2)
		}
	case 4:
		switch bpp {
		case 3:
			unfilterPaeth3(row, above, stored)
		case 4:
			unfilterPaeth4(row, above, stored)
		default:
			unfilterUp(row[:bpp], above, stored)
			for i := bpp; i < len(row); i++ {
				row[i] = stored[i] + uint8(paeth(int32(row[i-bpp]), int32(above[i]), int32(above[i-bpp])))
			}
		}
	default:
		return false
	}
	return true
}

// unfilterUp adds the row above, eight bytes at a time without carries between
// them.
func unfilterUp(row, above, stored []uint8) {
	const low = 0x7F7F7F7F7F7F7F7F
	for len(row) >= 8 && len(above) >= 8 && len(stored) >= 8 {
		a, b := binary.LittleEndian.Uint64(above), binary.LittleEndian.Uint64(stored)
		binary.LittleEndian.PutUint64(row, (a&low+b&low)^(a^b)&^low)
		row, above, stored = row[8:], above[8:], stored[8:]
	}
	for i := range row {
		row[i] = stored[i] + above[i]
	}
}

// unfilterPaeth3 does three channels side by side: each is a chain of its own.
func unfilterPaeth3(row, above, stored []uint8) {
	var a0, a1, a2, c0, c1, c2 int32
	for i := 0; i+3 <= len(stored); i += 3 {
		row, above, stored := row[i:i+3:i+3], above[i:i+3:i+3], stored[i:i+3:i+3]
		b0, b1, b2 := int32(above[0]), int32(above[1]), int32(above[2])
		a0 = (paeth(a0, b0, c0) + int32(stored[0])) & 255
		a1 = (paeth(a1, b1, c1) + int32(stored[1])) & 255
		a2 = (paeth(a2, b2, c2) + int32(stored[2])) & 255
		row[0], row[1], row[2] = uint8(a0), uint8(a1), uint8(a2)
		c0, c1, c2 = b0, b1, b2
	}
}

func unfilterPaeth4(row, above, stored []uint8) {
	var a0, a1, a2, a3, c0, c1, c2, c3 int32
	for i := 0; i+4 <= len(stored); i += 4 {
		row, above, stored := row[i:i+4:i+4], above[i:i+4:i+4], stored[i:i+4:i+4]
		b0, b1, b2, b3 := int32(above[0]), int32(above[1]), int32(above[2]), int32(above[3])
		a0 = (paeth(a0, b0, c0) + int32(stored[0])) & 255
		a1 = (paeth(a1, b1, c1) + int32(stored[1])) & 255
		a2 = (paeth(a2, b2, c2) + int32(stored[2])) & 255
		a3 = (paeth(a3, b3, c3) + int32(stored[3])) & 255
		row[0], row[1], row[2], row[3] = uint8(a0), uint8(a1), uint8(a2), uint8(a3)
		c0, c1, c2, c3 = b0, b1, b2, b3
	}
}

// paeth chooses whichever of left, above and above left is nearest to left +
// above - above left, in this order. Nearest is, without the distances: the
// lesser of the first two where that lies below both, the greater where it
// lies above both, else the third.
func paeth(a, b, c int32) int32 {
	third := 3*c - a - b
	lo, hi := min(a, b), max(a, b)
	if hi <= third {
		c = lo
	}
	if third <= lo {
		c = hi
	}
	return c
}
