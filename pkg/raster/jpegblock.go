package raster

import (
	"encoding/binary"
	"math"
)

// unzig gives the place of each zigzag index in a block, row by row (T.81
// figure A.6).
var unzig = [64]uint8{
	0, 1, 8, 16, 9, 2, 3, 10,
	17, 24, 32, 25, 18, 11, 4, 5,
	12, 19, 26, 33, 40, 48, 41, 34,
	27, 20, 13, 6, 7, 14, 21, 28,
	35, 42, 49, 56, 57, 50, 43, 36,
	29, 22, 15, 23, 30, 37, 44, 51,
	58, 59, 52, 45, 38, 31, 39, 46,
	53, 60, 61, 54, 47, 55, 62, 63,
}

// mean decodes a block's DC coefficient into the component's prediction.
func (d *jpegDecoder) mean(c *jpegComponent) bool {
	r := &d.bits
	if r.n < 32 {
		r.fill()
	}
	e := c.dc.look(r.acc)
	if e == 0 || e.symbol() > 11 {
		return false
	}
	r.drop(e.length())
	if size := e.size(); size > 0 {
		c.pred += r.value(size)
	}
	return true
}

// sequentialBlock decodes the block at column x, row y of a component into its
// plane at offset at; twice says that it is transformed at another size as well.
func (d *jpegDecoder) sequentialBlock(c *jpegComponent, at int, twice bool, x, y int) bool {
	if !d.mean(c) {
		return false
	}
	last := c.last
	if twice {
		last = d.lastTwice
	}
	top, ok := d.sequentialAC(c, last)
	if ok {
		d.block[0] = c.pred * d.quant[c.quant][0]
	}
	d.transform(c, c.pix[at:], top, twice, x, y)
	return ok
}

// sequentialAC decodes a block's coefficients up to zigzag index last, passes
// over the others, and returns the last one that is not zero. This loop is the
// cost of most decodes; it runs on local copies of the reader's state.
func (d *jpegDecoder) sequentialAC(c *jpegComponent, last int) (top int, ok bool) {
	r := &d.bits
	data, pos, acc, n := r.data, r.pos, r.acc, r.n
	table, q, block := c.ac, &d.quant[c.quant], &d.block
	k := 1
	ac := table.ac
	ok = true
	for k <= last {
		if n < 32 {
			if pos+8 <= len(data) {
				if w := binary.BigEndian.Uint64(data[pos:]); plainBytes(w) {
					acc |= w >> n
					pos += (63 - n) >> 3
					n |= 56
					goto filled
				}
			}
			r.pos, r.acc, r.n = pos, acc, n
			r.fill()
			pos, acc, n = r.pos, r.acc, r.n
		}
	filled:
		e := ac.one[acc>>(64-fastBits)]
		if e != 0 {
			acc <<= e & 31
			n -= int(e & 31)
			if e&acEnd != 0 {
				k = 64
				break
			}
			k += int(e >> 5 & 15)
			if k > last {
				ok = k < 64
				k++
				break
			}
			block[unzig[k&63]&63] = int32(e) >> 16 * q[k&63]
			top = k
			k++
			continue
		}
		h := table.look(acc)
		size := h.size()
		v := acc << h.length() >> 1 >> (63 - size)
		acc <<= h.length() + size
		n -= int(h.length() + size)
		if size == 0 {
			if h.run() != 15 {
				ok = h != 0
				k = 64
				break
			}
			k += 16
			continue
		}
		k += h.run()
		if k > last {
			ok = k < 64
			k++
			break
		}
		block[unzig[k&63]&63] = extend(v, size) * q[k&63]
		top = k
		k++
	}
	for k < 64 && ok {
		if n < 32 {
			if pos+8 <= len(data) {
				if w := binary.BigEndian.Uint64(data[pos:]); plainBytes(w) {
					acc |= w >> n
					pos += (63 - n) >> 3
					n |= 56
					goto refilled
				}
			}
			r.pos, r.acc, r.n = pos, acc, n
			r.fill()
			pos, acc, n = r.pos, r.acc, r.n
		}
	refilled:
		if e := ac.skip[acc>>(64-skipBits)]; e != 0 && k+int(e>>16) < 64 {
			k += int(e >> 16)
			acc <<= e & 31
			n -= int(e & 31)
			if e&acEnd != 0 {
				break
			}
			continue
		}
		h := table.look(acc)
		acc <<= h.length() + h.size()
		n -= int(h.length() + h.size())
		if h.size() == 0 {
			if h.run() != 15 {
				ok = h != 0
				break
			}
			k += 16
			continue
		}
		k += h.run()
		ok = k < 64
		k++
	}
	r.pos, r.acc, r.n = pos, acc, n
	return top, ok
}

// transform turns the block of coefficients into pixels of the size decoded
// to, and zeroes it for the next one. top is the last zigzag index that is not
// zero.
func (d *jpegDecoder) transform(c *jpegComponent, out []uint8, top int, twice bool, x, y int) {
	b := &d.block
	switch {
	case twice && d.native == nil:
		d.fine.block(b, top, x, y)
	case twice && d.size < 8:
		var whole [64]uint8
		inverse8(b, top, whole[:], 8)
		d.native.block(x, y, &whole)
	}
	if d.size == 4 && d.native != nil && c == &d.comp[0] && top >= 10 {
		fold4(b)
	}
	pixels(b, top, d.size, out, c.stride)
	if top >= 16 {
		*b = [64]int32{}
		return
	}
	for _, at := range unzig[:top+1] {
		b[at&63] = 0
	}
}

// pixels turns a block of coefficients into size×size pixels.
func pixels(b *[64]int32, top, size int, out []uint8, stride int) {
	switch {
	case top == 0 || size == 1:
		flat(clamp8((b[0]+4)>>3+128), out, stride, size)
	case size == 2:
		reduce2(b, out, stride)
	case size == 4:
		reduce4(b, out, stride)
	default:
		inverse8(b, top, out, stride)
	}
}

// flat fills a block with one level.
func flat(v uint8, out []uint8, stride, size int) {
	switch size {
	case 1:
		out[0] = v
	case 2:
		out[0], out[1], out[stride], out[stride+1] = v, v, v, v
	case 4:
		for y := range 4 {
			binary.LittleEndian.PutUint32(out[y*stride:], uint32(v)*0x01010101)
		}
	default:
		for y := range 8 {
			binary.LittleEndian.PutUint64(out[y*stride:], uint64(v)*0x0101010101010101)
		}
	}
}

// A smaller transform gives the mean of the pixels it stands for: what the
// whole decode and averaging would give, but for the frequencies left out
// (where they are not, see fold4).
// Averaging 2 pixels takes cos(uπ/16) of frequency u, averaging 4 that and
// cos(uπ/8). An n-point block has n/8 of the amplitude of an 8-point one.

// mean4 is what averaging over 4 leaves of the first frequency, in 1/4096.
var mean4 = int32(math.Round(4096 * math.Cos(math.Pi/16) * math.Cos(math.Pi/8)))

// reduce2 transforms the four lowest frequencies to 2×2 pixels.
func reduce2(b *[64]int32, out []uint8, stride int) {
	c00, c01, c10, c11 := b[0]<<12+4<<12, b[1]*mean4, b[8]*mean4, b[9]*mean4>>12*mean4
	out[0] = clamp8((c00+c01+c10+c11)>>15 + 128)
	out[1] = clamp8((c00-c01+c10-c11)>>15 + 128)
	out[stride] = clamp8((c00+c01-c10-c11)>>15 + 128)
	out[stride+1] = clamp8((c00-c01-c10+c11)>>15 + 128)
}

// Weights of the 4-point inverse DCT of averages, in 1/2048: the odd
// frequencies with cos(π/8)·√½ and sin(π/8)·√½, and each frequency u with
// cos(uπ/16).
var (
	cos1, sin1 = weight4(1, math.Cos), weight4(1, math.Sin)
	cos3, sin3 = weight4(3, math.Cos), weight4(3, math.Sin)
	mean2      = int32(math.Round(1024 * math.Cos(2*math.Pi/16)))
)

func weight4(u float64, of func(float64) float64) int32 {
	return int32(math.Round(2048 * of(math.Pi/8) * math.Sqrt2 / 2 * math.Cos(u*math.Pi/16)))
}

// tangents of π/16, 2π/16 and 3π/16, in 1/4096.
const (
	tan1 = 815
	tan2 = 1697
	tan3 = 2737
)

// fold4 adds to the four lowest frequencies what the means of two pixels have
// of the higher ones: frequency 8-u there looks like -u, with cos((8-u)π/16)
// for cos(uπ/16). Means of fine detail would otherwise be too smooth beside
// those of pictures decoded whole.
func fold4(b *[64]int32) {
	for y := 0; y < 64; y += 8 {
		r := b[y : y+8 : y+8]
		r[1] -= (r[7]*tan1 + 2048) >> 12
		r[2] -= (r[6]*tan2 + 2048) >> 12
		r[3] -= (r[5]*tan3 + 2048) >> 12
	}
	for x := range 4 {
		b[8+x] -= (b[56+x]*tan1 + 2048) >> 12
		b[16+x] -= (b[48+x]*tan2 + 2048) >> 12
		b[24+x] -= (b[40+x]*tan3 + 2048) >> 12
	}
}

// reduce4 transforms the sixteen lowest frequencies to 4×4 pixels.
func reduce4(b *[64]int32, out []uint8, stride int) {
	var t [16]int32
	for u := range 4 { // columns of coefficients
		a, c1, c2, c3 := b[u]<<10, b[8+u], b[16+u]*mean2, b[24+u]
		even0, even1 := a+c2, a-c2
		odd0, odd1 := cos1*c1+sin3*c3, sin1*c1-cos3*c3
		t[u], t[4+u], t[8+u], t[12+u] = (even0+odd0)>>7, (even1+odd1)>>7, (even1-odd1)>>7, (even0-odd0)>>7
	}
	for y := range 4 {
		r := t[4*y : 4*y+4]
		const shift = 10 + 10 - 7 + 3 // two weights of 1/1024, the shift above, n/8 of both ways and 1/8
		a, c1, c2, c3 := int64(r[0])<<10+1<<(shift-1), int64(r[1]), int64(r[2])*int64(mean2), int64(r[3])
		even0, even1 := a+c2, a-c2
		odd0, odd1 := int64(cos1)*c1+int64(sin3)*c3, int64(sin1)*c1-int64(cos3)*c3
		row := out[y*stride : y*stride+4]
		row[0] = clamp8(int32((even0+odd0)>>shift) + 128)
		row[1] = clamp8(int32((even1+odd1)>>shift) + 128)
		row[2] = clamp8(int32((even1-odd1)>>shift) + 128)
		row[3] = clamp8(int32((even0-odd0)>>shift) + 128)
	}
}

// The 8-point inverse DCT is that of C. Loeffler, A. Ligtenberg and G. S.
// Moschytz, "Practical Fast 1-D DCT Algorithms with 11 Multiplications" (ICASSP
// 1989), in the fixed point of the Independent JPEG Group's slow integer
// transform: constants in 1/8192, two more bits between the passes.
const (
	idctBits = 13
	passBits = 2

	fix0298 = 2446  // 0.298631336
	fix0390 = 3196  // 0.390180644
	fix0541 = 4433  // 0.541196100
	fix0765 = 6270  // 0.765366865
	fix0899 = 7373  // 0.899976223
	fix1175 = 9633  // 1.175875602
	fix1501 = 12299 // 1.501321110
	fix1847 = 15137 // 1.847759065
	fix1961 = 16069 // 1.961570560
	fix2053 = 16819 // 2.053119869
	fix2562 = 20995 // 2.562915447
	fix3072 = 25172 // 3.072711026

	// For blocks of four frequencies each way: √2·cos(nπ/16) and 1.306562965.
	fixCos1 = 11363
	fixCos5 = 6436
	fixCos7 = 2260
	fix1306 = 10703
)

// inverse8 transforms a block whole. The first ten coefficients (top < 10) are
// of four frequencies each way.
func inverse8(b *[64]int32, top int, out []uint8, stride int) {
	if top == 0 {
		flat(clamp8((b[0]+4)>>3+128), out, stride, 8)
		return
	}
	var t [64]int32
	if top < 10 {
		for x := range 4 {
			t0, t1, t2, t3, o0, o1, o2, o3 := low4(b[x], b[8+x], b[16+x], b[24+x])
			const shift, half = idctBits - passBits, 1 << (idctBits - passBits - 1)
			t[x], t[56+x] = (t0+o3+half)>>shift, (t0-o3+half)>>shift
			t[8+x], t[48+x] = (t1+o2+half)>>shift, (t1-o2+half)>>shift
			t[16+x], t[40+x] = (t2+o1+half)>>shift, (t2-o1+half)>>shift
			t[24+x], t[32+x] = (t3+o0+half)>>shift, (t3-o0+half)>>shift
		}
		for y := range 8 {
			r := t[8*y : 8*y+8 : 8*y+8]
			t0, t1, t2, t3, o0, o1, o2, o3 := low4(r[0]+levelBias, r[1], r[2], r[3])
			putRow(out[y*stride:], t0, t1, t2, t3, o0, o1, o2, o3)
		}
		return
	}
	for x := range 8 {
		c1, c2, c3, c4, c5, c6, c7 := b[8+x], b[16+x], b[24+x], b[32+x], b[40+x], b[48+x], b[56+x]
		if c1|c2|c3|c4|c5|c6|c7 == 0 {
			v := b[x] << passBits
			t[x], t[8+x], t[16+x], t[24+x], t[32+x], t[40+x], t[48+x], t[56+x] = v, v, v, v, v, v, v, v
			continue
		}
		t0, t1, t2, t3, o0, o1, o2, o3 := inverse1(b[x], c1, c2, c3, c4, c5, c6, c7)
		const shift, half = idctBits - passBits, 1 << (idctBits - passBits - 1)
		t[x], t[56+x] = (t0+o3+half)>>shift, (t0-o3+half)>>shift
		t[8+x], t[48+x] = (t1+o2+half)>>shift, (t1-o2+half)>>shift
		t[16+x], t[40+x] = (t2+o1+half)>>shift, (t2-o1+half)>>shift
		t[24+x], t[32+x] = (t3+o0+half)>>shift, (t3-o0+half)>>shift
	}
	for y := range 8 {
		r := t[8*y : 8*y+8 : 8*y+8]
		t0, t1, t2, t3, o0, o1, o2, o3 := inverse1(r[0]+levelBias, r[1], r[2], r[3], r[4], r[5], r[6], r[7])
		putRow(out[y*stride:], t0, t1, t2, t3, o0, o1, o2, o3)
	}
}

const (
	lastShift = idctBits + passBits + 3
	// levelBias is the level shift of 128 and half a unit for rounding, as the
	// second pass's first coefficient.
	levelBias = 128<<(passBits+3) + 1<<(passBits+2)
)

// low4 is inverse1 of four coefficients.
func low4(c0, c1, c2, c3 int32) (t0, t1, t2, t3, o0, o1, o2, o3 int32) {
	c0 <<= idctBits
	e0, e1 := c2*fix1306, c2*fix0541
	return c0 + e0, c0 + e1, c0 - e1, c0 - e0,
		c1*fixCos7 - c3*fixCos5, c1*fixCos5 - c3*fixCos1, c1*fix1175 - c3*fixCos7, c1*fixCos1 + c3*fix1175
}

// inverse1 is the one-dimensional transform: results x and 7-x are the sum and
// the difference of t(x) and o(3-x).
func inverse1(c0, c1, c2, c3, c4, c5, c6, c7 int32) (t0, t1, t2, t3, o0, o1, o2, o3 int32) {
	z := (c2 + c6) * fix0541
	e2, e3 := z-c6*fix1847, z+c2*fix0765
	e0, e1 := (c0+c4)<<idctBits, (c0-c4)<<idctBits
	z1, z2, z3, z4 := -(c7+c1)*fix0899, -(c5+c3)*fix2562, c7+c3, c5+c1
	z5 := (z3 + z4) * fix1175
	z3, z4 = z5-z3*fix1961, z5-z4*fix0390
	return e0 + e3, e1 + e2, e1 - e2, e0 - e3,
		c7*fix0298 + z1 + z3, c5*fix2053 + z2 + z4, c3*fix3072 + z2 + z3, c1*fix1501 + z1 + z4
}

// putRow writes a row of eight pixels.
func putRow(out []uint8, t0, t1, t2, t3, o0, o1, o2, o3 int32) {
	v0, v7 := (t0+o3)>>lastShift, (t0-o3)>>lastShift
	v1, v6 := (t1+o2)>>lastShift, (t1-o2)>>lastShift
	v2, v5 := (t2+o1)>>lastShift, (t2-o1)>>lastShift
	v3, v4 := (t3+o0)>>lastShift, (t3-o0)>>lastShift
	if uint32(v0|v1|v2|v3|v4|v5|v6|v7) > 255 {
		v0, v1, v2, v3 = int32(clamp8(v0)), int32(clamp8(v1)), int32(clamp8(v2)), int32(clamp8(v3))
		v4, v5, v6, v7 = int32(clamp8(v4)), int32(clamp8(v5)), int32(clamp8(v6)), int32(clamp8(v7))
	}
	binary.LittleEndian.PutUint64(out, uint64(v0)|uint64(v1)<<8|uint64(v2)<<16|uint64(v3)<<24|
		uint64(v4)<<32|uint64(v5)<<40|uint64(v6)<<48|uint64(v7)<<56)
}
