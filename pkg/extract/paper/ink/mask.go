package ink

import (
	"encoding/binary"
	"math/bits"
)

// Mask is a set of pixels, 64 to a word: on a page most words are empty, and
// growing or opening a mask takes a few operations a word.
type Mask struct {
	W, H  int
	words int      // per row
	bits  []uint64 // row by row; bit x%64 of word x/64, none set beyond W
}

// NewMask returns an empty mask.
func NewMask(w, h int) *Mask {
	n := (w + 63) / 64
	return &Mask{W: w, H: h, words: n, bits: make([]uint64, n*h)}
}

// At reports whether a pixel is set; x and y must lie in the mask.
func (m *Mask) At(x, y int) bool {
	return m.bits[y*m.words+x>>6]>>(x&63)&1 != 0
}

// Set adds a pixel.
func (m *Mask) Set(x, y int) { m.bits[y*m.words+x>>6] |= 1 << (x & 63) }

// Count returns how many pixels are set.
func (m *Mask) Count() int {
	n := 0
	for _, v := range m.bits {
		n += bits.OnesCount64(v)
	}
	return n
}

// row is the words of a row.
func (m *Mask) row(y int) []uint64 { return m.bits[y*m.words : (y+1)*m.words] }

// AndNot removes the pixels of o, a mask of the same size.
func (m *Mask) AndNot(o *Mask) {
	for i, v := range o.bits {
		m.bits[i] &^= v
	}
}

// Threshold returns the mask of values ≥ t ≥ 1 of a plane of w×h values.
func Threshold(plane []uint8, w, h int, t uint8) *Mask {
	m := NewMask(w, h)
	for y := range h {
		row, out := plane[y*w:(y+1)*w], m.row(y)
		for k := range out {
			if len(row) >= 64 {
				out[k] = atLeast64(row[:64], t)
				row = row[64:]
				continue
			}
			for x, v := range row {
				if v >= t {
					out[k] |= 1 << x
				}
			}
		}
	}
	return m
}

// atLeast64 compares 64 values with t ≥ 1, eight at a time. In each byte,
// 0x80 + (v & 0x7F) - (t & 0x7F) keeps its top bit where the low seven bits
// of v are not below those of t, and never borrows from its neighbour; the
// top bits of v and t decide the rest.
func atLeast64(v []uint8, t uint8) uint64 {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	low := uint64(t&0x7F) * ones
	var out uint64
	for k := 0; k < 64; k += 8 {
		x := binary.LittleEndian.Uint64(v[k : k+8])
		if x == 0 {
			continue
		}
		c := (x&^tops | tops) - low
		if t < 0x80 {
			c |= x
		} else {
			c &= x
		}
		c &= tops
		if c == 0 {
			continue
		}
		// Multiplying gathers the eight top bits in the highest byte, the
		// first of them lowest.
		out |= (c >> 7 * 0x0102040810204080 >> 56) << k
	}
	return out
}

// Grow dilates by a square of side 2r+1.
func (m *Mask) Grow(r int) *Mask {
	row := make([]uint64, m.words)
	tail := ^uint64(0)
	if n := m.W & 63; n != 0 {
		tail = 1<<n - 1
	}
	out := NewMask(m.W, m.H)
	for y := range m.H {
		copy(row, m.row(y))
		if !spread(row, r) {
			continue
		}
		row[len(row)-1] &= tail
		for yy := max(0, y-r); yy <= min(m.H-1, y+r); yy++ {
			for k, v := range row {
				out.bits[yy*out.words+k] |= v
			}
		}
	}
	return out
}

// spread sets the r pixels on both sides of every set one; false for a row
// without any.
func spread(row []uint64, r int) bool {
	var any uint64
	for _, v := range row {
		any |= v
	}
	if any == 0 {
		return false
	}
	// Steps of 1, 2, 4 … reach r in few passes.
	for done := 0; done < r; {
		step := min(done+1, r-done, 63)
		var before uint64 // the word to the left as it was
		for k, v := range row {
			var after uint64
			if k+1 < len(row) {
				after = row[k+1]
			}
			row[k] = v | v<<step | v>>step | before>>(64-step) | after<<(64-step)
			before = v
		}
		done += step
	}
	return true
}

// columns returns the mask of the pixels that lie in a vertical run of at
// least n set ones.
func (m *Mask) columns(n int) *Mask {
	// First the upper ends of n pixels in a row, by runs of 1, 2, 4 …
	ends := NewMask(m.W, m.H)
	copy(ends.bits, m.bits)
	shiftAnd := func(by int) {
		for i := range ends.bits {
			if j := i + by*m.words; j < len(ends.bits) {
				ends.bits[i] &= ends.bits[j]
			} else {
				ends.bits[i] = 0
			}
		}
	}
	for have := 1; have < n; {
		step := min(have, n-have)
		shiftAnd(step)
		have += step
	}
	// Then the n pixels below each.
	for have := 1; have < n; {
		step := min(have, n-have)
		for i := len(ends.bits) - 1; i >= step*m.words; i-- {
			ends.bits[i] |= ends.bits[i-step*m.words]
		}
		have += step
	}
	return ends
}

// Run is a stretch of set pixels of one row.
type Run struct {
	Y, X0, X1 int32 // X1 exclusive
}

// rowRuns appends the runs of row y.
func (m *Mask) rowRuns(out []Run, y int) []Run {
	open := int32(-1) // where a run began that reached the end of the word before
	for k, v := range m.row(y) {
		base := int32(k * 64)
		if open >= 0 {
			n := bits.TrailingZeros64(^v)
			if n == 64 {
				continue
			}
			out = append(out, Run{int32(y), open, base + int32(n)})
			open = -1
			v &= v + 1 // without the ones at its foot
		}
		for v != 0 {
			from := bits.TrailingZeros64(v)
			n := bits.TrailingZeros64(^(v >> from))
			if from+n >= 64 {
				open = base + int32(from)
				break
			}
			out = append(out, Run{int32(y), base + int32(from), base + int32(from+n)})
			v &^= (1<<n - 1) << from
		}
	}
	if open >= 0 {
		out = append(out, Run{int32(y), open, int32(m.W)})
	}
	return out
}

// EraseRules removes ruled lines and the frames of tables and scans: straight
// level or upright runs of at least long pixels, where they are no more than
// thin pixels across.
func (m *Mask) EraseRules(long, thin int) {
	gone := NewMask(m.W, m.H)
	var runs []Run
	for y := range m.H {
		runs = m.rowRuns(runs[:0], y)
		for _, r := range runs {
			if int(r.X1-r.X0) < long {
				continue
			}
			for x := int(r.X0); x < int(r.X1); x++ {
				if m.across(x, y, 0, 1, thin) <= thin {
					gone.Set(x, y)
				}
			}
		}
	}
	upright := m.columns(long)
	for y := range m.H {
		runs = upright.rowRuns(runs[:0], y)
		for _, r := range runs {
			for x := int(r.X0); x < int(r.X1); x++ {
				if m.across(x, y, 1, 0, thin) <= thin {
					gone.Set(x, y)
				}
			}
		}
	}
	m.AndNot(gone)
}

// across is the length of the run through a pixel along (dx, dy), counted no
// further than just beyond enough.
func (m *Mask) across(x, y, dx, dy, enough int) int {
	n := 1
	for k := 1; n <= enough; k++ {
		xx, yy := x+k*dx, y+k*dy
		if xx >= m.W || yy >= m.H || !m.At(xx, yy) {
			break
		}
		n++
	}
	for k := 1; n <= enough; k++ {
		xx, yy := x-k*dx, y-k*dy
		if xx < 0 || yy < 0 || !m.At(xx, yy) {
			break
		}
		n++
	}
	return n
}
