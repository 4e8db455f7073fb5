package raster

import (
	"encoding/binary"
	"math/bits"
)

// inflater decompresses a zlib stream (RFC 1950, RFC 1951) that lies whole in
// memory, a piece at a time. It only says whether the stream is sound.
type inflater struct {
	in   []byte
	pos  int
	acc  uint64 // bits taken in, the next one lowest
	n    int
	made int // zero bits made up behind the end of in

	out   []byte // the last 32 KiB of what has come before, then the new piece
	w     int    // end of what has been written to out
	state inflateState
	final bool
	left  int // bytes left of a stored block
	lit   inflateTable
	dist  inflateTable
	sum   uint32 // Adler-32 of what has come
}

type inflateState byte

const (
	atHeader inflateState = iota
	inStored
	inCodes
	atEnd
)

const (
	inflateWindow = 32 << 10
	inflatePiece  = 64 << 10
	inflateSlack  = 258 + 8 // the longest match, and what copying in words overruns
)

// newInflater starts a stream; false where its header is not zlib's.
func newInflater(in []byte) (*inflater, bool) {
	if len(in) < 6 || in[0]&15 != 8 || in[0]>>4 > 7 || binary.BigEndian.Uint16(in)%31 != 0 || in[1]&32 != 0 {
		return nil, false
	}
	return &inflater{in: in, pos: 2, out: make([]byte, inflateWindow+inflatePiece+inflateSlack), sum: 1}, true
}

// next decompresses a piece; it is valid until the next call. Nothing more
// comes behind an empty piece; then whole tells whether the stream was sound.
func (f *inflater) next() (piece []byte, whole bool) {
	if f.w > inflateWindow {
		f.w = copy(f.out, f.out[f.w-inflateWindow:f.w])
	}
	from := f.w
	for f.w < from+inflatePiece && f.state != atEnd {
		ok := true
		switch f.state {
		case atHeader:
			ok = f.header()
		case inStored:
			ok = f.stored(from + inflatePiece)
		case inCodes:
			ok = f.codes(from + inflatePiece)
		}
		if !ok || f.n < f.made {
			return nil, false
		}
	}
	f.sum = adlerAdd(f.sum, f.out[from:f.w])
	if f.w > from {
		return f.out[from:f.w], true
	}
	f.take(f.n & 7)
	var want uint32
	for range 4 {
		want = want<<8 | f.take(8)
	}
	return nil, f.n >= f.made && want == f.sum
}

// adlerAdd goes on with an Adler-32 checksum: RFC 1950 §9.
func adlerAdd(sum uint32, b []byte) uint32 {
	const (
		prime = 65521
		most  = 5552 // bytes before the sums can overflow
	)
	lo, hi := sum&0xFFFF, sum>>16
	for len(b) > 0 {
		part := b[:min(len(b), most)]
		b = b[len(part):]
		for len(part) >= 4 {
			a, b, c, d := uint32(part[0]), uint32(part[1]), uint32(part[2]), uint32(part[3])
			hi += 4*lo + 4*a + 3*b + 2*c + d
			lo += a + b + c + d
			part = part[4:]
		}
		for _, c := range part {
			lo += uint32(c)
			hi += lo
		}
		lo, hi = lo%prime, hi%prime
	}
	return hi<<16 | lo
}

// fill brings at least 56 bits.
func (f *inflater) fill() {
	if f.pos+8 <= len(f.in) {
		f.acc |= binary.LittleEndian.Uint64(f.in[f.pos:]) << f.n
		f.pos += (63 - f.n) >> 3
		f.n |= 56
		return
	}
	for f.n < 56 {
		if f.pos < len(f.in) {
			f.acc |= uint64(f.in[f.pos]) << f.n
			f.pos++
		} else {
			f.made += 8
		}
		f.n += 8
	}
}

// take takes up to 32 bits.
func (f *inflater) take(n int) uint32 {
	if f.n < 32 {
		f.fill()
	}
	v := uint32(f.acc & (1<<n - 1))
	f.acc >>= n
	f.n -= n
	return v
}

// header reads a block's header: RFC 1951 §3.2.3.
func (f *inflater) header() bool {
	if f.final {
		f.state = atEnd
		return true
	}
	f.final = f.take(1) == 1
	switch f.take(2) {
	case 0:
		f.take(f.n & 7)
		length, inverse := f.take(16), f.take(16)
		f.left, f.state = int(length), inStored
		if f.n < f.made {
			return false
		}
		// What has been taken in beyond goes back.
		f.pos -= (f.n - f.made) / 8
		f.acc, f.n, f.made = 0, 0, 0
		return length == inverse^0xFFFF
	case 1:
		var lengths [288 + 32]uint8
		for i := range lengths {
			switch {
			case i < 144:
				lengths[i] = 8
			case i < 256:
				lengths[i] = 9
			case i < 280:
				lengths[i] = 7
			case i < 288:
				lengths[i] = 8
			default:
				lengths[i] = 5
			}
		}
		f.state = inCodes
		return f.lit.build(lengths[:288], true) && f.dist.build(lengths[288:], false)
	case 2:
		f.state = inCodes
		return f.dynamic()
	}
	return false
}

// dynamic reads a block's own codes: RFC 1951 §3.2.7.
func (f *inflater) dynamic() bool {
	nlit, ndist, n := int(f.take(5))+257, int(f.take(5))+1, int(f.take(4))+4
	if nlit > 286 || ndist > 30 {
		return false
	}
	var lengths [286 + 30]uint8
	order := [19]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}
	for _, i := range order[:n] {
		lengths[i] = uint8(f.take(3))
	}
	if !f.dist.build(lengths[:19], false) { // for now the code of the code lengths
		return false
	}
	lengths = [286 + 30]uint8{}
	for i := 0; i < nlit+ndist; {
		if f.n < 32 {
			f.fill()
		}
		symbol, length := f.dist.symbol(f.acc)
		if length == 0 {
			return false
		}
		f.take(length)
		repeat, value := 1, uint8(symbol)
		switch symbol {
		case 16:
			if i == 0 {
				return false
			}
			repeat, value = 3+int(f.take(2)), lengths[i-1]
		case 17:
			repeat, value = 3+int(f.take(3)), 0
		case 18:
			repeat, value = 11+int(f.take(7)), 0
		}
		if i+repeat > nlit+ndist {
			return false
		}
		for range repeat {
			lengths[i] = value
			i++
		}
	}
	return lengths[256] != 0 && f.lit.build(lengths[:nlit], true) && f.dist.build(lengths[nlit:nlit+ndist], false)
}

// stored copies bytes that are not compressed.
func (f *inflater) stored(limit int) bool {
	n := copy(f.out[f.w:limit], f.in[f.pos:min(len(f.in), f.pos+f.left)])
	f.w, f.pos, f.left = f.w+n, f.pos+n, f.left-n
	if f.left == 0 {
		f.state = atHeader
		return true
	}
	return n > 0
}

// Lengths and distances of RFC 1951 §3.2.5: the first of each symbol, and how
// many bits follow it.
var (
	lengthBase = [32]uint16{
		3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
	}
	lengthBits   = [32]uint8{8: 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5}
	distanceBase = [32]uint16{
		1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577,
	}
	distanceBits = [32]uint8{4: 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13}
)

// codes decompresses up to the end of the block, or until the output reaches
// limit.
func (f *inflater) codes(limit int) bool {
	in, pos, acc, n := f.in, f.pos, f.acc, f.n
	out, w := f.out, f.w
	const mask = 1<<inflateRoot - 1
	ok := true
	for w < limit {
		if pos+8 <= len(in) {
			acc |= binary.LittleEndian.Uint64(in[pos:]) << n
			pos += (63 - n) >> 3
			n |= 56
		} else {
			f.pos, f.acc, f.n = pos, acc, n
			f.fill()
			pos, acc, n = f.pos, f.acc, f.n
			if n < f.made {
				break
			}
		}
		e := f.lit.fast[acc&mask]
		if e&oneByte != 0 { // up to six bytes by three look-ups
			binary.LittleEndian.PutUint16(out[w:], uint16(e>>16))
			w += int(e >> 9 & 3)
			acc >>= e & 31
			n -= int(e & 31)
			if e = f.lit.fast[acc&mask]; e&oneByte != 0 {
				binary.LittleEndian.PutUint16(out[w:], uint16(e>>16))
				w += int(e >> 9 & 3)
				acc >>= e & 31
				n -= int(e & 31)
				if e = f.lit.fast[acc&mask]; e&oneByte != 0 {
					binary.LittleEndian.PutUint16(out[w:], uint16(e>>16))
					w += int(e >> 9 & 3)
					acc >>= e & 31
					n -= int(e & 31)
				}
			}
			continue
		}
		symbol, length := int(e>>16), int(e&31)
		if e == 0 {
			if symbol, length = f.lit.slow(acc); length == 0 {
				ok = false
				break
			}
		}
		acc >>= length & 63
		n -= length
		if symbol < 256 {
			out[w] = byte(symbol)
			w++
			continue
		}
		if symbol == 256 {
			f.state = atHeader
			break
		}
		symbol -= 257
		extra := lengthBits[symbol&31]
		size := int(lengthBase[symbol&31]) + int(acc&(1<<extra-1))
		acc >>= extra & 63
		n -= int(extra)
		d := f.dist.fast[acc&mask]
		symbol, length = int(d>>16), int(d&31)
		if d == 0 {
			symbol, length = f.dist.slow(acc)
		}
		acc >>= length & 63
		extra = distanceBits[symbol&31]
		back := int(distanceBase[symbol&31]) + int(acc&(1<<extra-1))
		acc >>= extra & 63
		n -= length + int(extra)
		if size == 0 || length == 0 || symbol >= 30 || back > w {
			ok = false
			break
		}
		repeat(out, w, back, size)
		w += size
	}
	f.pos, f.acc, f.n, f.w = pos, acc, n, w
	return ok
}

// repeat copies size bytes from back before w to w; up to eight bytes behind
// them may be written too.
func repeat(out []byte, w, back, size int) {
	if back >= 8 && size <= 32 {
		from, to := out[w-back:], out[w:w+size+8]
		for i := 0; i < size; i += 8 {
			binary.LittleEndian.PutUint64(to[i:], binary.LittleEndian.Uint64(from[i:]))
		}
		return
	}
	for done := 0; done < size; { // what has been copied may be copied again
		done += copy(out[w+done:w+size], out[w-back:w+done])
	}
}

// inflateRoot is how many bits the first look-up of a code takes.
const inflateRoot = 10

// oneByte marks entries of inflateTable that give bytes.
const oneByte = 1 << 8

// inflateTable is a Huffman code of DEFLATE: RFC 1951 §3.2.2.
type inflateTable struct {
	// fast gives the bits to drop (5) and the symbol in the upper half; of
	// bytes, with oneByte, how many there are (at bit 9) and the bytes
	// themselves. 0 where the code is longer, or none.
	fast [1 << inflateRoot]uint32
	// For longer codes of each length: the first code behind those of this
	// length (left-aligned to 16 bits), and where its symbols start.
	limit   [16]uint32
	offset  [16]int
	symbols [288]uint16
}

// build makes the table of the code with these lengths; false where there is
// none. literals are given out one and two at a time.
func (t *inflateTable) build(lengths []uint8, literals bool) bool {
	var count, first [16]int
	for _, l := range lengths {
		count[l]++
	}
	count[0] = 0
	code, used, longest := 0, 0, 0
	var next [16]int // index of the next symbol of each length
	for l := 1; l < 16; l++ {
		code <<= 1
		first[l], next[l] = code, used
		t.offset[l] = used - code
		code += count[l]
		used += count[l]
		if code > 1<<l {
			return false
		}
		t.limit[l] = uint32(code) << (16 - l)
		if count[l] > 0 {
			longest = l
		}
	}
	// A code may be incomplete only where it has one symbol, or none.
	if used > 1 && code<<1 != 1<<16 || used == 1 && longest != 1 {
		return false
	}
	t.fast = [1 << inflateRoot]uint32{}
	for symbol, l := range lengths {
		if l == 0 {
			continue
		}
		i := next[l]
		next[l]++
		t.symbols[i] = uint16(symbol)
		if l > inflateRoot {
			continue
		}
		e := uint32(l) | uint32(symbol)<<16
		if literals && symbol < 256 {
			e |= oneByte | 1<<9
		}
		c := i - t.offset[l]
		for at := int(bits.Reverse16(uint16(c)) >> (16 - l)); at < len(t.fast); at += 1 << l {
			t.fast[at] = e
		}
	}
	if !literals {
		return true
	}
	// Two bytes where both fit; from above, so that what follows is single.
	for at := len(t.fast) - 1; at > 0; at-- {
		e := t.fast[at]
		l := e & 31
		if e&oneByte == 0 {
			continue
		}
		if e2 := t.fast[at>>l]; e2&oneByte != 0 && l+e2&31 <= inflateRoot {
			t.fast[at] = e&^(31|3<<9|0xFF<<24) | (l + e2&31) | 2<<9 | e2>>16&0xFF<<24
		}
	}
	return true
}

// slow finds a code longer than inflateRoot; length 0 is none.
func (t *inflateTable) slow(acc uint64) (symbol, length int) {
	peek := uint32(bits.Reverse16(uint16(acc)))
	for l := inflateRoot + 1; l < 16; l++ {
		if peek < t.limit[l] {
			return int(t.symbols[t.offset[l]+int(peek>>(16-l))]), l
		}
	}
	return 0, 0
}

// symbol finds any code of a table without literals.
func (t *inflateTable) symbol(acc uint64) (symbol, length int) {
	if e := t.fast[acc&(1<<inflateRoot-1)]; e != 0 {
		return int(e >> 16), int(e & 31)
	}
	return t.slow(acc)
}
