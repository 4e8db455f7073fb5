package raster

import (
	"encoding/binary"
	"image"
	"image/color"
)

// rowSource yields the rows of an image as RGB flattened on white, and its
// opacity where it has any.
type rowSource struct {
	w, h     int
	hasAlpha bool // the type can be transparent
	// row fills rgb (3·w) and, where hasAlpha, alpha (w) with row y.
	row func(y int, rgb, alpha []uint8)
}

// toRGB converts an image to w×h pixels (not more than it has) by area
// averaging, flattened on white. The alpha plane is nil where every pixel is
// opaque.
func toRGB(img image.Image, w, h int) (*RGB, []uint8) {
	if m, ok := img.(*image.YCbCr); ok {
		return planesOf(m, w, h).toRGB(), nil
	}
	src := sourceOf(img)
	out := NewRGB(w, h)
	rgb := make([]uint8, 3*src.w)
	var alpha, rowAlpha []uint8
	var shrinkAlpha *shrinker
	if src.hasAlpha {
		alpha, rowAlpha = make([]uint8, w*h), make([]uint8, src.w)
		shrinkAlpha = newShrinker(src.w, src.h, w, h, 1, alpha)
	}
	shrink := newShrinker(src.w, src.h, w, h, 3, out.Pix)
	for y := range src.h {
		src.row(y, rgb, rowAlpha)
		shrink.add(y, rgb)
		if src.hasAlpha {
			shrinkAlpha.add(y, rowAlpha)
		}
	}
	if opaque(alpha) {
		alpha = nil
	}
	return out, alpha
}

func opaque(alpha []uint8) bool {
	for _, a := range alpha {
		if a != 255 {
			return false
		}
	}
	return true
}

func clamp8(v int32) uint8 {
	if uint32(v) > 255 {
		return uint8(^(v >> 31))
	}
	return uint8(v)
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

func sourceOf(img image.Image) rowSource {
	b := img.Bounds()
	s := rowSource{w: b.Dx(), h: b.Dy()}
	switch m := img.(type) {
	case *image.Gray:
		s.row = func(y int, rgb, _ []uint8) {
			for x, v := range m.Pix[y*m.Stride : y*m.Stride+s.w] {
				rgb[3*x], rgb[3*x+1], rgb[3*x+2] = v, v, v
			}
		}
	case *image.Gray16:
		s.row = func(y int, rgb, _ []uint8) {
			row := m.Pix[y*m.Stride:]
			for x := range s.w {
				v := row[2*x]
				rgb[3*x], rgb[3*x+1], rgb[3*x+2] = v, v, v
			}
		}
	case *image.RGBA:
		s.hasAlpha = !m.Opaque()
		s.row = func(y int, rgb, alpha []uint8) {
			row := m.Pix[y*m.Stride : y*m.Stride+4*s.w]
			for x := range s.w {
				p, q := row[4*x:4*x+4], rgb[3*x:3*x+3]
				a := 255 - p[3]
				q[0], q[1], q[2] = p[0]+a, p[1]+a, p[2]+a
				if alpha != nil {
					alpha[x] = p[3]
				}
			}
		}
	case *image.NRGBA:
		s.hasAlpha = !m.Opaque()
		s.row = func(y int, rgb, alpha []uint8) {
			row := m.Pix[y*m.Stride : y*m.Stride+4*s.w]
			for x := range s.w {
				p, q := row[4*x:4*x+4], rgb[3*x:3*x+3]
				if alpha == nil || p[3] == 255 {
					q[0], q[1], q[2] = p[0], p[1], p[2]
				} else {
					q[0], q[1], q[2] = onWhite(p[0], p[3]), onWhite(p[1], p[3]), onWhite(p[2], p[3])
				}
				if alpha != nil {
					alpha[x] = p[3]
				}
			}
		}
	case *image.Paletted:
		palette := make([]color.NRGBA, 256)
		for i, c := range m.Palette {
			palette[i] = color.NRGBAModel.Convert(c).(color.NRGBA)
		}
		s.hasAlpha = !m.Opaque()
		s.row = func(y int, rgb, alpha []uint8) {
			for x, i := range m.Pix[y*m.Stride : y*m.Stride+s.w] {
				c, q := palette[i], rgb[3*x:3*x+3]
				q[0], q[1], q[2] = onWhite(c.R, c.A), onWhite(c.G, c.A), onWhite(c.B, c.A)
				if alpha != nil {
					alpha[x] = c.A
				}
			}
		}
	default:
		o, ok := img.(interface{ Opaque() bool })
		s.hasAlpha = !ok || !o.Opaque()
		s.row = func(y int, rgb, alpha []uint8) {
			for x := range s.w {
				c := color.NRGBAModel.Convert(img.At(b.Min.X+x, b.Min.Y+y)).(color.NRGBA)
				q := rgb[3*x : 3*x+3]
				q[0], q[1], q[2] = onWhite(c.R, c.A), onWhite(c.G, c.A), onWhite(c.B, c.A)
				if alpha != nil {
					alpha[x] = c.A
				}
			}
		}
	}
	return s
}

// onWhite blends one channel over white.
func onWhite(c, a uint8) uint8 {
	return uint8((int(c)*int(a) + 255*(255-int(a)) + 127) / 255)
}

// lumaRow converts a row of RGB to BT.601 luma. Eight pixels like those before, as
// plain grounds have them, are not converted again.
func lumaRow(out, rgb []uint8) {
	var last0, last1, last2, luma uint64 // black is 0
	for len(out) >= 8 && len(rgb) >= 24 {
		p, q := rgb[:24:24], out[:8:8]
		w0, w1, w2 := binary.LittleEndian.Uint64(p), binary.LittleEndian.Uint64(p[8:]), binary.LittleEndian.Uint64(p[16:])
		if w0 == last0 && w1 == last1 && w2 == last2 {
			binary.LittleEndian.PutUint64(q, luma)
		} else {
			for i := range q {
				q[i] = luma601(p[3*i], p[3*i+1], p[3*i+2])
			}
			last0, last1, last2, luma = w0, w1, w2, binary.LittleEndian.Uint64(q)
		}
		out, rgb = out[8:], rgb[24:]
	}
	for i := range out {
		out[i] = luma601(rgb[3*i], rgb[3*i+1], rgb[3*i+2])
	}
}

func luma601(r, g, b uint8) uint8 {
	return uint8((19595*uint32(r) + 38470*uint32(g) + 7471*uint32(b) + 1<<15) >> 16)
}
