package raster

import (
	"context"
	"encoding/binary"
	"fmt"
	"image"
	"math"
)

// scaledJPEG decodes a baseline or extended sequential Huffman JPEG (ITU-T
// T.81) at 1/2, 1/4 or 1/8 of its size: of each 8×8 block only the low
// frequencies the smaller block has are transformed, the others are skipped in
// the bit stream. Unlike the decoders it replaces (jpegn's reduced transforms
// come out with an eighth of the contrast) it notices every broken code.
type scaledJPEG struct {
	frame jpegFrame
	scale int // 2, 4 or 8
	size  int // 8/scale: side of a block in the result

	comp     []scaledComponent
	hMax     int
	vMax     int
	quant    [4][64]uint16 // in zigzag order
	hasQuant [4]bool
	dc, ac   [4]*huffTable
	interval int // restart interval in MCUs
	bits     bitReader
	last     int // last zigzag index the smaller block needs
}

type scaledComponent struct {
	id         byte
	h, v       int // sampling factors
	quant      int
	dc, ac     int
	pred       int32
	pix        []uint8
	stride     int
	blocksWide int // of the component itself, without padding to MCUs
	blocksHigh int
}

// errNotScaled: the file is sound, but of a kind this decoder leaves to others.
type errNotScaled string

func (e errNotScaled) Error() string { return string(e) }

// decodeScaled decodes the picture in data at 1/scale. Damage leaves the rest
// of the picture mid-grey.
func decodeScaled(ctx context.Context, data []byte, f jpegFrame, scale int) (image.Image, *PartialError, error) {
	d := &scaledJPEG{frame: f, scale: scale, size: 8 / scale}
	d.last = map[int]int{1: 0, 2: 4, 4: 24}[d.size]
	damage, err := d.segments(ctx, data)
	if err != nil {
		return nil, nil, err
	}
	img, err := d.image()
	if err != nil {
		return nil, nil, err
	}
	return img, damage, nil
}

// segments walks the file's segments and decodes its scans.
func (d *scaledJPEG) segments(ctx context.Context, data []byte) (*PartialError, error) {
	cut := &PartialError{Truncated, "jpeg", "the file ends before the picture does"}
	seen := make(map[byte]bool) // components whose scan has been decoded
	for at := 2; ; {
		for at < len(data) && data[at] != 0xFF {
			at++
		}
		for at < len(data) && data[at] == 0xFF {
			at++
		}
		if at >= len(data) {
			return cut, nil
		}
		marker := data[at]
		at++
		if marker == 0xD9 {
			if len(seen) < len(d.comp) {
				return &PartialError{Corrupt, "jpeg", "a colour component has no data"}, nil
			}
			return nil, nil
		}
		if marker == 0 || marker == 1 || marker >= 0xD0 && marker <= 0xD8 {
			continue
		}
		if at+2 > len(data) {
			return cut, nil
		}
		length := int(binary.BigEndian.Uint16(data[at:]))
		if length < 2 || at+length > len(data) {
			return cut, nil
		}
		body := data[at+2 : at+length]
		at += length
		var err error
		switch marker {
		case 0xC0, 0xC1:
			err = d.readFrame(body)
		case 0xC4:
			err = d.readHuffman(body)
		case 0xDB:
			err = d.readQuant(body)
		case 0xDD:
			if len(body) >= 2 {
				d.interval = int(binary.BigEndian.Uint16(body))
			}
		case 0xEE:
			if len(body) >= 12 && string(body[:5]) == "Adobe" && body[11] == 0 && d.frame.components == 3 {
				return nil, errNotScaled("RGB components")
			}
		case 0xDA:
			var scan []*scaledComponent
			if scan, err = d.readScan(body); err == nil {
				for _, c := range scan {
					seen[c.id] = true
				}
				d.bits = bitReader{data: data, start: at, pos: at}
				if why := d.decodeScan(ctx, scan); why != "" {
					switch {
					case ctx.Err() != nil:
						return nil, ctx.Err()
					case d.bits.pos >= len(data):
						return cut, nil
					}
					return &PartialError{Corrupt, "jpeg", "its pixel data break off: " + why}, nil
				}
				at = d.bits.end()
			}
		}
		if err != nil {
			return nil, err
		}
	}
}

func corrupt(why string) error { return &Error{Problem: Corrupt, Format: "jpeg", Why: why} }

func (d *scaledJPEG) readFrame(b []byte) error {
	if d.comp != nil {
		return corrupt("two frame headers")
	}
	if len(b) < 6+3*int(b[5]) {
		return corrupt("the frame header is cut short")
	}
	n := int(b[5])
	if n != 1 && n != 3 {
		return errNotScaled("colour components")
	}
	d.comp = make([]scaledComponent, n)
	d.hMax, d.vMax = 1, 1
	for i := range d.comp {
		e := b[6+3*i:]
		c := scaledComponent{id: e[0], h: int(e[1] >> 4), v: int(e[1] & 15), quant: int(e[2])}
		if c.h < 1 || c.h > 4 || c.v < 1 || c.v > 4 || c.quant > 3 {
			return corrupt("impossible sampling factors")
		}
		if n == 1 {
			c.h, c.v = 1, 1 // a single component is never interleaved: T.81 A.2.2
		}
		d.comp[i] = c
		d.hMax, d.vMax = max(d.hMax, c.h), max(d.vMax, c.v)
	}
	if n == 3 && d.comp[0].id == 'R' && d.comp[1].id == 'G' && d.comp[2].id == 'B' {
		return errNotScaled("RGB components")
	}
	if _, ok := d.ratio(); n == 3 && !ok {
		return errNotScaled("chroma sampling")
	}
	mcusWide := (d.frame.width + 8*d.hMax - 1) / (8 * d.hMax)
	mcusHigh := (d.frame.height + 8*d.vMax - 1) / (8 * d.vMax)
	for i := range d.comp {
		c := &d.comp[i]
		c.stride = mcusWide * c.h * d.size
		c.pix = make([]uint8, c.stride*mcusHigh*c.v*d.size)
		for j := range c.pix {
			c.pix[j] = 128
		}
		c.blocksWide = ((d.frame.width*c.h+d.hMax-1)/d.hMax + 7) / 8
		c.blocksHigh = ((d.frame.height*c.v+d.vMax-1)/d.vMax + 7) / 8
	}
	return nil
}

// ratio returns how image.YCbCr names the chroma sampling.
func (d *scaledJPEG) ratio() (image.YCbCrSubsampleRatio, bool) {
	y, cb, cr := d.comp[0], d.comp[len(d.comp)/2], d.comp[len(d.comp)-1]
	if cb.h != cr.h || cb.v != cr.v || y.h != d.hMax || y.v != d.vMax || y.h%cb.h != 0 || y.v%cb.v != 0 {
		return 0, false
	}
	switch [2]int{y.h / cb.h, y.v / cb.v} {
	case [2]int{1, 1}:
		return image.YCbCrSubsampleRatio444, true
	case [2]int{2, 1}:
		return image.YCbCrSubsampleRatio422, true
	case [2]int{2, 2}:
		return image.YCbCrSubsampleRatio420, true
	case [2]int{1, 2}:
		return image.YCbCrSubsampleRatio440, true
	case [2]int{4, 1}:
		return image.YCbCrSubsampleRatio411, true
	case [2]int{4, 2}:
		return image.YCbCrSubsampleRatio410, true
	}
	return 0, false
}

func (d *scaledJPEG) image() (image.Image, error) {
	if d.comp == nil {
		return nil, corrupt("no frame header before the pixels")
	}
	w, h := (d.frame.width+d.scale-1)/d.scale, (d.frame.height+d.scale-1)/d.scale
	if len(d.comp) == 1 {
		return &image.Gray{Pix: d.comp[0].pix, Stride: d.comp[0].stride, Rect: image.Rect(0, 0, w, h)}, nil
	}
	ratio, _ := d.ratio()
	return &image.YCbCr{
		Y: d.comp[0].pix, Cb: d.comp[1].pix, Cr: d.comp[2].pix,
		YStride: d.comp[0].stride, CStride: d.comp[1].stride,
		SubsampleRatio: ratio, Rect: image.Rect(0, 0, w, h),
	}, nil
}

func (d *scaledJPEG) readQuant(b []byte) error {
	for len(b) > 0 {
		wide, dest := b[0]>>4 != 0, int(b[0]&15)
		n := 64
		if wide {
			n = 128
		}
		if dest > 3 || len(b) < 1+n {
			return corrupt("a quantization table is cut short")
		}
		for i := range 64 {
			if wide {
				d.quant[dest][i] = binary.BigEndian.Uint16(b[1+2*i:])
			} else {
				d.quant[dest][i] = uint16(b[1+i])
			}
		}
		d.hasQuant[dest] = true
		b = b[1+n:]
	}
	return nil
}

func (d *scaledJPEG) readHuffman(b []byte) error {
	for len(b) > 0 {
		if len(b) < 17 || b[0]&15 > 3 || b[0]>>4 > 1 {
			return corrupt("a Huffman table is cut short")
		}
		n := 0
		for _, c := range b[1:17] {
			n += int(c)
		}
		if n > 256 || len(b) < 17+n {
			return corrupt("a Huffman table is cut short")
		}
		t, ok := newHuffTable(b[1:17], b[17:17+n])
		if !ok {
			return corrupt("an impossible Huffman table")
		}
		if b[0]>>4 == 0 {
			d.dc[b[0]&15] = t
		} else {
			d.ac[b[0]&15] = t
		}
		b = b[17+n:]
	}
	return nil
}

func (d *scaledJPEG) readScan(b []byte) ([]*scaledComponent, error) {
	if d.comp == nil {
		return nil, corrupt("no frame header before the pixels")
	}
	if len(b) < 1 || len(b) < 4+2*int(b[0]) {
		return nil, corrupt("a scan header is cut short")
	}
	var scan []*scaledComponent
	blocks := 0
	for i := range int(b[0]) {
		for j := range d.comp {
			c := &d.comp[j]
			if c.id != b[1+2*i] {
				continue
			}
			c.dc, c.ac = int(b[2+2*i]>>4), int(b[2+2*i]&15)
			if c.dc > 3 || c.ac > 3 || !d.hasQuant[c.quant] {
				return nil, corrupt("a scan names tables that are not there")
			}
			if d.dc[c.dc] == nil || d.ac[c.ac] == nil {
				return nil, errNotScaled("tables left to the decoder")
			}
			scan = append(scan, c)
			blocks += c.h * c.v
			break
		}
	}
	if len(scan) != int(b[0]) || len(scan) == 0 || len(scan) > 1 && blocks > 10 {
		return nil, corrupt("a scan of components that are not there")
	}
	return scan, nil
}

// decodeScan decodes the entropy-coded data of a scan and says why it had to
// stop, "" where it did not.
func (d *scaledJPEG) decodeScan(ctx context.Context, scan []*scaledComponent) string {
	wide := (d.frame.width + 8*d.hMax - 1) / (8 * d.hMax)
	high := (d.frame.height + 8*d.vMax - 1) / (8 * d.vMax)
	alone := len(scan) == 1
	if alone {
		wide, high = scan[0].blocksWide, scan[0].blocksHigh
	}
	for _, c := range scan {
		c.pred = 0
	}
	left, expected := d.interval, byte(0)
	for my := range high {
		if ctx.Err() != nil {
			return "cancelled"
		}
		for mx := range wide {
			if d.interval > 0 && left == 0 {
				if why := d.bits.restart(expected); why != "" {
					return why
				}
				expected = (expected + 1) & 7
				left = d.interval
				for _, c := range scan {
					c.pred = 0
				}
			}
			left--
			for _, c := range scan {
				h, v := c.h, c.v
				if alone {
					h, v = 1, 1
				}
				for by := range v {
					for bx := range h {
						at := ((my*v+by)*c.stride + mx*h + bx) * d.size
						if !d.block(c, at) {
							return "a code that does not exist"
						}
					}
				}
			}
			if d.bits.overrun() {
				return "they end too early"
			}
		}
	}
	return ""
}

// block decodes one block into the component's plane at offset at.
func (d *scaledJPEG) block(c *scaledComponent, at int) bool {
	r := &d.bits
	if r.n < 32 {
		r.fill()
	}
	e := d.dc[c.dc].look(r.acc)
	size := e.size()
	if e == 0 || size > 11 {
		return false
	}
	r.drop(e.length())
	if size > 0 {
		c.pred += r.value(size)
	}
	q := &d.quant[c.quant]
	var block [25]int32 // coefficients in zigzag order, as far as needed
	block[0] = c.pred * int32(q[0])

	// The rest runs on local copies: this loop is the cost of the decode.
	acc, n := r.acc, r.n
	table := d.ac[c.ac]
	last := d.last
	for k := 1; k < 64; {
		if n < 32 {
			r.acc, r.n = acc, n
			r.fill()
			acc, n = r.acc, r.n
		}
		e := table.fast[acc>>(64-fastBits)]
		if e == 0 {
			if e = table.slow(acc); e == 0 {
				r.acc, r.n = acc, n
				return false
			}
		}
		size := e.size()
		if size == 0 {
			acc <<= e.length()
			n -= int(e.length())
			if e.run() != 15 {
				break // end of block
			}
			k += 16
			continue
		}
		k += e.run()
		if k <= last {
			v := acc << e.length() >> (64 - size)
			block[k] = extend(v, size) * int32(q[k])
		} else if k > 63 {
			r.acc, r.n = acc, n
			return false
		}
		bits := e.length() + size
		acc <<= bits
		n -= int(bits)
		k++
	}
	r.acc, r.n = acc, n
	switch d.size {
	case 1:
		c.pix[at] = clamp8((block[0]+4)>>3 + 128)
	case 2:
		reduce2(&block, c.pix[at:], c.stride)
	default:
		reduce4(&block, c.pix[at:], c.stride)
	}
	return true
}

// extend is EXTEND of T.81 F.2.2.1: the signed value of size bits.
func extend(v uint64, size uint) int32 {
	if v < 1<<(size-1) {
		return int32(v) - (1<<size - 1)
	}
	return int32(v)
}

// reduce2 transforms the four lowest frequencies to 2×2 pixels. An n-point
// block takes n/8 of the amplitude of an 8-point one.
func reduce2(b *[25]int32, out []uint8, stride int) {
	c00, c01, c10, c11 := b[0]+4, b[1], b[2], b[4]
	out[0] = clamp8((c00+c01+c10+c11)>>3 + 128)
	out[1] = clamp8((c00-c01+c10-c11)>>3 + 128)
	out[stride] = clamp8((c00+c01-c10-c11)>>3 + 128)
	out[stride+1] = clamp8((c00-c01-c10+c11)>>3 + 128)
}

// natural4 are the zigzag indices of the lowest 4×4 frequencies, row by row.
var natural4 = [16]int{0, 1, 5, 6, 2, 4, 7, 13, 3, 8, 12, 17, 9, 11, 18, 24}

// Weights of the 4-point inverse DCT in 1/2048: cos(π/8)·√½, sin(π/8)·√½.
var (
	cos8 = int32(math.Round(2048 * math.Cos(math.Pi/8) * math.Sqrt2 / 2))
	sin8 = int32(math.Round(2048 * math.Sin(math.Pi/8) * math.Sqrt2 / 2))
)

// reduce4 transforms the sixteen lowest frequencies to 4×4 pixels.
func reduce4(b *[25]int32, out []uint8, stride int) {
	var t [16]int32
	for u := range 4 { // columns of coefficients
		a, c1, c2, c3 := b[natural4[u]]<<10, b[natural4[4+u]], b[natural4[8+u]]<<10, b[natural4[12+u]]
		even0, even1 := a+c2, a-c2
		odd0, odd1 := cos8*c1+sin8*c3, sin8*c1-cos8*c3
		t[u], t[4+u], t[8+u], t[12+u] = (even0+odd0)>>7, (even1+odd1)>>7, (even1-odd1)>>7, (even0-odd0)>>7
	}
	for y := range 4 {
		r := t[4*y : 4*y+4]
		a, c1, c2, c3 := int64(r[0])<<10, int64(r[1]), int64(r[2])<<10, int64(r[3])
		even0, even1 := a+c2, a-c2
		odd0, odd1 := int64(cos8)*c1+int64(sin8)*c3, int64(sin8)*c1-int64(cos8)*c3
		row := out[y*stride : y*stride+4]
		const shift = 11 + 11 - 7 + 1 // two weights of 1/2048, the shift above, n/8 = 1/2
		level := func(v int64) uint8 { return clamp8(int32((v+1<<(shift-1))>>shift) + 128) }
		row[0], row[1], row[2], row[3] = level(even0+odd0), level(even1+odd1), level(even1-odd1), level(even0-odd0)
	}
}

// fastBits is how many bits the first look-up takes; longer codes are rare.
const fastBits = 10

// huffEntry is what a code stands for: its length, the run of zeros before the
// value (upper half of the symbol) and the value's size (lower half). 0 is no
// code.
type huffEntry uint16

func (e huffEntry) length() uint { return uint(e >> 8) }
func (e huffEntry) run() int     { return int(e >> 4 & 15) }
func (e huffEntry) size() uint   { return uint(e & 15) }

type huffTable struct {
	fast [1 << fastBits]huffEntry
	// For longer codes of each length: the first code behind those of this
	// length (left-aligned to 16 bits), and where its symbols start.
	limit  [17]uint32
	offset [17]int
	values []byte
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
	if r.pos+8 <= len(r.data) && !r.marker {
		w := binary.BigEndian.Uint64(r.data[r.pos:])
		inverse := ^w
		if (inverse-0x0101010101010101)&^inverse&0x8080808080808080 == 0 { // no byte is 0xFF
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
