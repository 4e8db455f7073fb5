package raster

import "image"

// shrinker reduces a picture by area averaging, row by row: every output pixel
// is the mean of the input area it covers, parts of pixels counted as parts.
// It never enlarges.
type shrinker struct {
	sw, sh, dw, dh, ch int
	dst                []uint8

	acc   []uint32 // weighted sum of the input rows of the current output row
	next  []uint32 // part of the current input row that belongs to the next
	spans []span   // input pixels of each output column
	row   int      // output row being summed
}

// span is the run of input pixels an output pixel is made of: the first and
// the last count in part, those between with the full weight dw.
type span struct {
	first, last         int32
	firstPart, lastPart uint32
}

func newShrinker(sw, sh, dw, dh, channels int, dst []uint8) *shrinker {
	s := &shrinker{
		sw: sw, sh: sh, dw: dw, dh: dh, ch: channels, dst: dst,
		acc: make([]uint32, sw*channels), next: make([]uint32, sw*channels),
		spans: make([]span, dw),
	}
	// Output pixel x covers [x·sw, (x+1)·sw), input pixel i [i·dw, (i+1)·dw).
	for x := range s.spans {
		from, to := x*sw, (x+1)*sw
		first, last := from/dw, (to-1)/dw
		s.spans[x] = span{int32(first), int32(last), uint32((first+1)*dw - from), uint32(to - last*dw)}
		if first == last {
			s.spans[x].firstPart, s.spans[x].lastPart = uint32(sw), 0
		}
	}
	return s
}

// add takes input row y; rows come in order. Input row y covers
// [y·dh, (y+1)·dh) of sh·dh, output row r [r·sh, (r+1)·sh): the weights are
// exact and add up to sh, so white stays white.
func (s *shrinker) add(y int, row []uint8) {
	if s.sh == s.dh && s.sw == s.dw {
		copy(s.dst[y*s.dw*s.ch:(y+1)*s.dw*s.ch], row)
		return
	}
	end := (s.row + 1) * s.sh
	if whole := uint32(s.dh); (y+1)*s.dh <= end {
		acc := s.acc[:len(row)]
		for i, v := range row {
			acc[i] += whole * uint32(v)
		}
		if (y+1)*s.dh == end {
			s.flush()
		}
		return
	}
	part := uint32(end - y*s.dh)
	rest := uint32(s.dh) - part
	acc, next := s.acc[:len(row)], s.next[:len(row)]
	for i, v := range row {
		acc[i] += part * uint32(v)
		next[i] = rest * uint32(v)
	}
	s.flush()
	s.acc, s.next = s.next, s.acc
}

// flush averages the summed rows horizontally into the output row.
func (s *shrinker) flush() {
	const fraction = 48 // bits; 255·2⁴⁸ leaves room in 64
	total := uint64(s.sw) * uint64(s.sh)
	scale, half := (uint64(1)<<fraction+total/2)/total, uint64(1)<<(fraction-1)
	level := func(sum uint64) uint8 { return uint8(min(255, (sum*scale+half)>>fraction)) }
	out := s.dst[s.row*s.dw*s.ch : (s.row+1)*s.dw*s.ch]
	whole := uint64(s.dw)
	if s.ch == 1 {
		for x, p := range s.spans {
			cells := s.acc[p.first : p.last+1]
			n := len(cells) - 1
			sum := uint64(cells[0])*uint64(p.firstPart) + uint64(cells[n])*uint64(p.lastPart)
			if n > 1 {
				var inner uint64
				for _, v := range cells[1:n] {
					inner += uint64(v)
				}
				sum += inner * whole
			}
			out[x] = level(sum)
		}
	} else {
		for x, p := range s.spans {
			cells := s.acc[3*p.first : 3*p.last+3]
			n := len(cells) - 3
			f, l := uint64(p.firstPart), uint64(p.lastPart)
			r := uint64(cells[0])*f + uint64(cells[n])*l
			g := uint64(cells[1])*f + uint64(cells[n+1])*l
			b := uint64(cells[2])*f + uint64(cells[n+2])*l
			for i := 3; i < n; i += 3 {
				r += uint64(cells[i]) * whole
				g += uint64(cells[i+1]) * whole
				b += uint64(cells[i+2]) * whole
			}
			q := out[3*x : 3*x+3]
			q[0], q[1], q[2] = level(r), level(g), level(b)
		}
	}
	clear(s.acc)
	s.row++
}

// Shrink returns the picture reduced to w×h by area averaging; sides that are
// not smaller keep their size.
func (m *RGB) Shrink(w, h int) *RGB {
	w, h = max(1, min(w, m.W)), max(1, min(h, m.H))
	out := NewRGB(w, h)
	s := newShrinker(m.W, m.H, w, h, 3, out.Pix)
	for y := range m.H {
		s.add(y, m.Pix[3*m.W*y:3*m.W*(y+1)])
	}
	return out
}

// Crop returns the part of the plane inside a rectangle, cut to the plane.
func (g *Gray) Crop(r image.Rectangle) *Gray {
	r = r.Intersect(image.Rect(0, 0, g.W, g.H))
	out := &Gray{W: r.Dx(), H: r.Dy(), Pix: make([]uint8, r.Dx()*r.Dy())}
	for y := range out.H {
		copy(out.Pix[y*out.W:][:out.W], g.Pix[(r.Min.Y+y)*g.W+r.Min.X:])
	}
	return out
}

// Shrink returns the plane reduced to w×h by area averaging; sides that are
// not smaller keep their size.
func (g *Gray) Shrink(w, h int) *Gray {
	w, h = max(1, min(w, g.W)), max(1, min(h, g.H))
	out := &Gray{W: w, H: h, Pix: make([]uint8, w*h)}
	s := newShrinker(g.W, g.H, w, h, 1, out.Pix)
	for y := range g.H {
		s.add(y, g.Pix[g.W*y:g.W*(y+1)])
	}
	return out
}

// Fit returns the size of a w×h picture scaled so that its longer side is at
// most long; it never enlarges.
func Fit(w, h, long int) (int, int) { return fit(w, h, long) }
