package raster

import (
	"encoding/binary"
	"fmt"
)

// fastBits is how many bits the first look-up takes; longer codes are rare.
const fastBits = 10

// huffEntry is what a code stands for: its length, the run of zeros before the
// value (upper half of the symbol) and the value's size (lower half). 0 is no
// code.
type huffEntry uint16

func (e huffEntry) length() uint { return uint(e >> 8) }
func (e huffEntry) symbol() uint { return uint(e & 255) }
func (e huffEntry) run() int     { return int(e >> 4 & 15) }
func (e huffEntry) size() uint   { return uint(e & 15) }

type huffTable struct {
	fast [1 << fastBits]huffEntry
	// For longer codes of each length: the first code behind those of this
	// length (left-aligned to 16 bits), and where its symbols start.
	limit  [17]uint32
	offset [17]int
	values []byte
	ac     *acTables // made when a sequential scan first needs them
}

// newHuffTable builds the canonical code of T.81 C.2.
func newHuffTable(counts, values []byte) (*huffTable, bool) {
	t := &huffTable{values: values}
	code, used := uint32(0), 0
	for i, n := range counts {
		length := i + 1
		t.offset[length] = used - int(code)
		for range int(n) {
			if code >= 1<<length {
				return nil, false
			}
			if length <= fastBits {
				e := huffEntry(length<<8) | huffEntry(values[used])
				first := code << (fastBits - length)
				for j := range uint32(1) << (fastBits - length) {
					t.fast[first+j] = e
				}
			}
			code++
			used++
		}
		t.limit[length] = code << (16 - length)
		code <<= 1
	}
	return t, true
}

func (t *huffTable) look(acc uint64) huffEntry {
	if e := t.fast[acc>>(64-fastBits)]; e != 0 {
		return e
	}
	return t.slow(acc)
}

func (t *huffTable) slow(acc uint64) huffEntry {
	peek := uint32(acc >> 48)
	for length := fastBits + 1; length <= 16; length++ {
		if peek < t.limit[length] {
			i := t.offset[length] + int(peek>>(16-length))
			if i < 0 || i >= len(t.values) {
				return 0
			}
			return huffEntry(length<<8) | huffEntry(t.values[i])
		}
	}
	return 0
}

// acTables look up what follows in a block's AC coefficients, several fields
// at a time.
type acTables struct {
	// one gives the next coefficient: bits to drop (5), run (4), acValue, and
	// the value in the upper half; or acEnd with the bits to drop. 0 where
	// code and value are longer than fastBits.
	one [1 << fastBits]uint32
	// skip passes over as many coefficients as skipBits hold: bits to drop
	// (5), acValue unused, acEnd where the block ends with them, and how far
	// they lead in the upper half. 0 where not even one fits.
	skip [1 << skipBits]uint32
}

const (
	skipBits = 11
	acValue  = 1 << 9
	acEnd    = 1 << 10
)

// sequential returns the table's look-ups for sequential AC coefficients.
func (t *huffTable) sequential() *acTables {
	if t.ac != nil {
		return t.ac
	}
	a := &acTables{}
	for i := range a.one {
		acc := uint64(i) << (64 - fastBits)
		e := t.fast[i]
		switch bits := e.length() + e.size(); {
		case e == 0 || bits > fastBits:
		case e.symbol() == 0:
			a.one[i] = uint32(bits) | acEnd
		case e.size() > 0:
			v := extend(acc<<e.length()>>(64-e.size()), e.size())
			a.one[i] = uint32(bits) | uint32(e.run())<<5 | acValue | uint32(uint16(int16(v)))<<16
		}
	}
	for i := range a.skip {
		acc, used, ahead, end := uint64(i)<<(64-skipBits), uint(0), 0, uint32(0)
		for end == 0 {
			e := t.fast[acc>>(64-fastBits)]
			bits := e.length() + e.size()
			if e == 0 || used+bits > skipBits {
				break
			}
			used += bits
			acc <<= bits
			switch {
			case e.symbol() == 0:
				end = acEnd
			case e.size() == 0 && e.run() != 15:
				end = acEnd // as the slow path has it
			case e.size() == 0:
				ahead += 16
			default:
				ahead += e.run() + 1
			}
		}
		a.skip[i] = uint32(used) | end | uint32(ahead)<<16
	}
	t.ac = a
	return a
}

// extend is EXTEND of T.81 F.2.2.1: the signed value of size bits.
func extend(v uint64, size uint) int32 {
	if v < 1<<(size-1) {
		return int32(v) - (1<<size - 1)
	}
	return int32(v)
}

// bitReader reads entropy-coded data: bits left-aligned in acc, n of them.
// Past the end of the data it supplies zeros and counts them.
type bitReader struct {
	data   []byte
	start  int // where this run of data begins
	pos    int
	acc    uint64
	n      int
	made   int // zero bits made up behind the end
	marker bool
}

// fill brings at least 32 bits, as a rule 56.
func (r *bitReader) fill() {
	if r.pos+8 <= len(r.data) {
		w := binary.BigEndian.Uint64(r.data[r.pos:])
		if plainBytes(w) {
			r.acc |= w >> r.n
			r.pos += (63 - r.n) >> 3
			r.n |= 56
			return
		}
	}
	for r.n <= 56 {
		c := byte(0)
		switch {
		case r.marker || r.pos >= len(r.data):
			r.made += 8
		case r.data[r.pos] != 0xFF:
			c = r.data[r.pos]
			r.pos++
		case r.pos+1 < len(r.data) && r.data[r.pos+1] == 0:
			c = 0xFF
			r.pos += 2
		default:
			r.marker = true
			r.made += 8
		}
		r.acc |= uint64(c) << (56 - r.n)
		r.n += 8
	}
}

// plainBytes reports whether none of eight bytes is 0xFF, which may begin a
// marker: where the reader stands at one, its bytes are never plain.
func plainBytes(w uint64) bool {
	inverse := ^w
	return (inverse-0x0101010101010101)&^inverse&0x8080808080808080 == 0
}

func (r *bitReader) drop(n uint) {
	r.acc <<= n
	r.n -= int(n)
}

// value takes size bits as a signed value.
func (r *bitReader) value(size uint) int32 {
	v := r.acc >> (64 - size)
	r.drop(size)
	return extend(v, size)
}

// take takes size bits, at most 32, as they are.
func (r *bitReader) take(size uint) uint64 {
	if r.n < 32 {
		r.fill()
	}
	v := r.acc >> 1 >> (63 - size)
	r.drop(size)
	return v
}

// overrun reports whether bits behind the end have been used.
func (r *bitReader) overrun() bool { return r.n < r.made }

// restart moves behind the restart marker that is due.
func (r *bitReader) restart(expected byte) string {
	if r.n-r.made >= 8 {
		return "data are left over before a restart marker"
	}
	at := r.pos
	for at+1 < len(r.data) && r.data[at] == 0xFF && r.data[at+1] == 0xFF {
		at++ // fill bytes
	}
	if at+1 >= len(r.data) {
		return "they end too early"
	}
	if r.data[at] != 0xFF || r.data[at+1] != 0xD0+expected {
		return fmt.Sprintf("restart marker %d is not where it is due", expected)
	}
	*r = bitReader{data: r.data, start: at + 2, pos: at + 2}
	return ""
}

// end returns where the marker behind the entropy-coded data is; up to eight
// bytes may have been taken in and not used.
func (r *bitReader) end() int {
	at := max(r.start, r.pos-8)
	for at+1 < len(r.data) && (r.data[at] != 0xFF || r.data[at+1] == 0 || r.data[at+1] == 0xFF) {
		at++
	}
	return at
}
