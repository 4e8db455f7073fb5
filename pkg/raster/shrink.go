package raster

// shrinker reduces a picture by area averaging, row by row: every output pixel
// is the mean of the input area it covers, parts of pixels counted as parts.
// It never enlarges.
type shrinker struct {
	sw, sh, dw, dh, ch int
	dst                []uint8

	acc  []uint32 // weighted sum of the input rows of the current output row
	next []uint32 // part of the current input row that belongs to the next
	row  int      // output row being summed
}

func newShrinker(sw, sh, dw, dh, channels int, dst []uint8) *shrinker {
	return &shrinker{
		sw: sw, sh: sh, dw: dw, dh: dh, ch: channels, dst: dst,
		acc: make([]uint32, sw*channels), next: make([]uint32, sw*channels),
	}
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
		for i, v := range row {
			s.acc[i] += whole * uint32(v)
		}
		if (y+1)*s.dh == end {
			s.flush()
		}
		return
	}
	part := uint32(end - y*s.dh)
	rest := uint32(s.dh) - part
	for i, v := range row {
		s.acc[i] += part * uint32(v)
		s.next[i] = rest * uint32(v)
	}
	s.flush()
	s.acc, s.next = s.next, s.acc
}

// flush averages the summed rows horizontally into the output row.
func (s *shrinker) flush() {
	const fraction = 48 // bits; 255·2⁴⁸ leaves room in 64
	total := uint64(s.sw) * uint64(s.sh)
	scale := (uint64(1)<<fraction + total/2) / total
	out := s.dst[s.row*s.dw*s.ch : (s.row+1)*s.dw*s.ch]
	for c := range s.ch {
		at := 0 // in units of 1/dw input pixels
		for x := range s.dw {
			end := at + s.sw
			i := at / s.dw
			var sum uint64
			for at < end {
				stop := min((i+1)*s.dw, end)
				sum += uint64(stop-at) * uint64(s.acc[i*s.ch+c])
				at = stop
				i++
			}
			out[x*s.ch+c] = uint8(min(255, (sum*scale+1<<(fraction-1))>>fraction))
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
