package raster

import (
	"encoding/binary"
	"image"
)

// planes are the colour components of a picture, each reduced to the size of
// the result, or kept at its own where that is smaller (coarser chroma).
// Averaging before converting is the same as behind it, but for clamping, and
// several times cheaper.
type planes struct {
	w, h  int  // of the result
	rgb   bool // red, green, blue rather than luma and two chromas
	plane []*plane
	// The luma at other sizes, see Picture.Native and Picture.Fine; nil for none.
	native, fine *Gray
	// whole is the picture converted already; the planes are empty then.
	whole *RGB
}

// plane gathers the rows of one component.
type plane struct {
	Gray               // made for the first row
	from   image.Point // size of the component
	shrink *shrinker
}

func (p *plane) add(y int, row []uint8) {
	if p.shrink == nil {
		p.Pix = make([]uint8, p.W*p.H)
		p.shrink = newShrinker(p.from.X, p.from.Y, p.W, p.H, 1, p.Pix)
	}
	p.shrink.add(y, row)
}

// newPlanes returns planes for components of the sizes given, to make a w×h
// picture of.
func newPlanes(w, h int, sizes ...image.Point) *planes {
	out := &planes{w: w, h: h, plane: make([]*plane, len(sizes))}
	for i, c := range sizes {
		out.plane[i] = &plane{Gray: Gray{W: min(c.X, w), H: min(c.Y, h)}, from: c}
	}
	return out
}

// planesOf returns an image's planes reduced to w×h.
func planesOf(m *image.YCbCr, w, h int) *planes {
	luma := m.Rect.Size()
	chroma := image.Pt((luma.X+subX(m)-1)/subX(m), (luma.Y+subY(m)-1)/subY(m))
	out := newPlanes(w, h, luma, chroma, chroma)
	for y := range luma.Y {
		out.plane[0].add(y, m.Y[y*m.YStride:y*m.YStride+luma.X])
	}
	for y := range chroma.Y {
		out.plane[1].add(y, m.Cb[y*m.CStride:y*m.CStride+chroma.X])
		out.plane[2].add(y, m.Cr[y*m.CStride:y*m.CStride+chroma.X])
	}
	return out
}

// toRGB converts the planes; coarser ones are repeated.
func (m *planes) toRGB() *RGB {
	if m.whole != nil {
		return m.whole
	}
	out := NewRGB(m.w, m.h)
	if len(m.plane) == 1 {
		for i, v := range m.plane[0].Pix {
			p := out.Pix[3*i : 3*i+3]
			p[0], p[1], p[2] = v, v, v
		}
		return out
	}
	var rows [3]func(y int) []uint8
	for i, p := range m.plane {
		rows[i] = p.stretched(m.w, m.h)
	}
	if m.halved() {
		cb, cr := m.plane[1], m.plane[2]
		for y := range m.h {
			at := y * cb.H / m.h * cb.W
			rowHalved(out.Pix[3*m.w*y:3*m.w*(y+1)], rows[0](y), cb.Pix[at:at+cb.W], cr.Pix[at:at+cb.W])
		}
		return out
	}
	for y := range m.h {
		a, b, c := rows[0](y), rows[1](y), rows[2](y)
		row := out.Pix[3*m.w*y : 3*m.w*(y+1)]
		if m.rgb {
			for x := range a {
				q := row[3*x : 3*x+3]
				q[0], q[1], q[2] = a[x], b[x], c[x]
			}
			continue
		}
		rowYCbCr(row, a, b, c)
	}
	return out
}

// stretched returns the rows of a plane repeated to w×h pixels; a row is valid
// until the next is asked for.
func (p *plane) stretched(w, h int) func(y int) []uint8 {
	if p.W == w {
		return func(y int) []uint8 { y = y * p.H / h; return p.Pix[y*w : (y+1)*w] }
	}
	row, last := make([]uint8, w), -1
	from := make([]int32, w)
	for x := range from {
		from[x] = int32(x * p.W / w)
	}
	return func(y int) []uint8 {
		if y = y * p.H / h; y != last {
			src := p.Pix[y*p.W : (y+1)*p.W]
			for x, at := range from {
				row[x] = src[at]
			}
			last = y
		}
		return row
	}
}

// halved reports whether luma is whole and chroma has half its width, as most
// cameras and programs write it.
func (m *planes) halved() bool {
	cb, cr := m.plane[1], m.plane[2]
	return !m.rgb && m.plane[0].W == m.w && cb.W == (m.w+1)/2 && cr.W == cb.W && cr.H == cb.H
}

// rowYCbCr converts a row by JFIF's equations in 16.16 fixed point.
func rowYCbCr(out, y, cb, cr []uint8) {
	cb, cr = cb[:len(y)], cr[:len(y)]
	out = out[:3*len(y)]
	for x, v := range y {
		l := int32(v) << 16
		r, g, b := chroma(cb[x], cr[x])
		r, g, b = (l+r)>>16, (l+g)>>16, (l+b)>>16
		if uint32(r|g|b) > 255 {
			r, g, b = clamped(r, g, b)
		}
		q := out[3*x : 3*x+3 : 3*x+3]
		q[0], q[1], q[2] = uint8(r), uint8(g), uint8(b)
	}
}

// rowHalved is rowYCbCr with chroma for two pixels each. Eight pixels like those
// before, as plain grounds have them, are not converted again.
func rowHalved(out, y, cb, cr []uint8) {
	var lastY, lastC uint64
	at := 0
	for ; at+8 <= len(y); at += 8 {
		u, v := cb[at/2:at/2+4], cr[at/2:at/2+4]
		l, c := binary.LittleEndian.Uint64(y[at:]), uint64(binary.LittleEndian.Uint32(u))<<32|uint64(binary.LittleEndian.Uint32(v))
		if at > 0 && l == lastY && c == lastC {
			copy(out[3*at:3*at+24], out[3*at-24:3*at])
			continue
		}
		lastY, lastC = l, c
		pairsYCbCr(out[3*at:3*at+24], y[at:at+8], u, v)
	}
	pairsYCbCr(out[3*at:], y[at:], cb[at/2:], cr[at/2:])
}

func pairsYCbCr(out, y, cb, cr []uint8) {
	cr = cr[:len(cb)]
	for x, u := range cb {
		r, g, b := chroma(u, cr[x])
		if len(y) < 2 || len(out) < 6 {
			rowYCbCr(out, y, cb[x:], cr[x:])
			return
		}
		l := int32(y[0]) << 16
		r0, g0, b0 := (l+r)>>16, (l+g)>>16, (l+b)>>16
		if uint32(r0|g0|b0) > 255 {
			r0, g0, b0 = clamped(r0, g0, b0)
		}
		l = int32(y[1]) << 16
		r, g, b = (l+r)>>16, (l+g)>>16, (l+b)>>16
		if uint32(r|g|b) > 255 {
			r, g, b = clamped(r, g, b)
		}
		q := out[:6:6]
		q[0], q[1], q[2], q[3], q[4], q[5] = uint8(r0), uint8(g0), uint8(b0), uint8(r), uint8(g), uint8(b)
		y, out = y[2:], out[6:]
	}
}

func clamped(r, g, b int32) (int32, int32, int32) {
	return int32(clamp8(r)), int32(clamp8(g)), int32(clamp8(b))
}

// chroma returns what the colour differences add to red, green and blue, with
// half a level for rounding.
func chroma(cb, cr uint8) (r, g, b int32) {
	u, v := int32(cb)-128, int32(cr)-128
	return 91881*v + 1<<15, -22554*u - 46802*v + 1<<15, 116130*u + 1<<15
}
