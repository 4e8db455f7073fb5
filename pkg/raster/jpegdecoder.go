package raster

import (
	"context"
	"encoding/binary"
	"image"
	"math"
	"math/bits"
	"slices"

	"github.com/aecheck/aecheck/pkg/format"
)

// jpegDecoder decodes a sequential or progressive Huffman JPEG (ITU-T T.81) of
// up to three components, whole or at 1/2, 1/4 or 1/8 of its size: of each 8×8
// block only the frequencies the smaller block has are transformed, the others
// are passed over in the bit stream. It notices every broken code. What it
// decodes goes row by row of blocks to planes of the size wanted; the picture
// is never whole in memory at the decoded size.
type jpegDecoder struct {
	frame jpegFrame
	size  int // 8/scale: side of a block in the result

	comp     []jpegComponent
	hMax     int
	vMax     int
	mcusWide int
	mcusHigh int
	quant    [4][64]int32 // in zigzag order
	hasQuant [4]bool
	dc, ac   [4]*huffTable
	interval int // restart interval in MCUs
	bits     bitReader
	rgb      bool // the components are red, green, blue
	emitted  bool // the planes are complete
	scans    int
	eobRun   int       // progressive: blocks to come without further coefficients
	block    [64]int32 // dequantized coefficients in natural order, zero between blocks
	out      *planes
	native   *nativeWindow
	jpegWish
	// lastTwice is the last zigzag index of a luma block that native or fine need
	// besides the planes.
	lastTwice int
}

type jpegComponent struct {
	id     byte
	h, v   int // sampling factors
	quant  int
	dc, ac *huffTable
	pred   int32
	last   int // last zigzag index the result needs
	seen   bool
	exact  uint64 // progressive: the zigzag indices read to their last bit

	pix        []uint8 // one row of MCUs, or the whole component
	kept       bool    // pix is the whole component
	stride     int
	wide, high int // size in the result
	blocksWide int // of the component itself, without padding to MCUs
	blocksHigh int

	// Progressive: coefficients 0..last of each block, and which of all 64 are
	// not zero (by zigzag index).
	coeff []int16
	some  []uint64
}

// jpegWish is what a decode is to give.
type jpegWish struct {
	scale  int                       // 1, 2, 4 or 8
	wanted func(w, h int) (int, int) // the size a w×h picture is reduced to further
	fine   *fineLuma                 // gathered too where the file is of the usual kind; may be nil
	direct bool                      // RGB rather than planes, where these would be of the size decoded
}

// errOther: the file is sound, but of a kind this decoder leaves to others.
type errOther string

func (e errOther) Error() string { return string(e) }

// Bounds of the scans of a progressive picture: encoders write about ten (some
// twenty where they search for the smallest file), and each costs a pass over all
// blocks however little data it has. A picture of 150 megapixels may have twenty.
const (
	maxScans      = 100
	maxScanPixels = 3e9 // pixels times scans
)

// decodeJPEGPlanes decodes the picture in data, with the native luma of one small
// enough. Damage leaves the rest of the planes mid-grey.
func decodeJPEGPlanes(ctx context.Context, data []byte, f jpegFrame, w jpegWish) (m *planes, damage *PartialError, err error) {
	d := &jpegDecoder{frame: f, size: 8 / w.scale, jpegWish: w}
	damage, err = d.segments(ctx, data)
	if err != nil {
		return nil, nil, err
	}
	if !d.emitted {
		d.reconstruct()
	}
	d.out.rgb = d.rgb
	if d.native != nil {
		d.out.native = d.native.luma
	}
	if d.fine != nil && !d.rgb {
		d.out.fine = d.fine.luma
	}
	return d.out, damage, nil
}

// segments walks the file's segments and decodes its scans.
func (d *jpegDecoder) segments(ctx context.Context, data []byte) (*PartialError, error) {
	cut := &PartialError{Truncated, format.JPEG, "the file ends before the picture does"}
	for at := 2; ; {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		for at < len(data) && data[at] != 0xFF {
			at++
		}
		for at < len(data) && data[at] == 0xFF {
			at++
		}
		if at >= len(data) {
			if d.whole() {
				return nil, nil // only the end marker is missing, as some cameras and programs leave it
			}
			return d.cutShort(cut)
		}
		marker := data[at]
		at++
		if marker == 0xD9 {
			if d.scans == 0 {
				return d.cutShort(&PartialError{Corrupt, format.JPEG, "there are no pixel data"})
			}
			if !d.allSeen() {
				return &PartialError{Corrupt, format.JPEG, "a colour component has no data"}, nil
			}
			return nil, nil
		}
		if marker == 0 || marker == 1 || marker >= 0xD0 && marker <= 0xD8 {
			continue
		}
		if at+2 > len(data) {
			return d.cutShort(cut)
		}
		length := int(binary.BigEndian.Uint16(data[at:]))
		if length < 2 || at+length > len(data) {
			return d.cutShort(cut)
		}
		body := data[at+2 : at+length]
		at += length
		var err error
		switch marker {
		case 0xC0, 0xC1, 0xC2:
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
			if len(body) >= 12 && string(body[:5]) == "Adobe" && body[11] == 0 {
				d.rgb = true
			}
		case 0xDA:
			var s *jpegScan
			if s, err = d.readScan(body); err != nil {
				break
			}
			if d.emitted {
				return &PartialError{Corrupt, format.JPEG, "there are more scans than the picture has"}, nil
			}
			if d.scans++; d.scans > maxScans || d.scans*d.frame.width*d.frame.height > maxScanPixels {
				return &PartialError{Corrupt, format.JPEG, "there are too many scans"}, nil
			}
			d.bits = bitReader{data: data, start: at, pos: at}
			if why := d.decodeScan(ctx, s); why != "" {
				switch {
				case ctx.Err() != nil:
					return nil, ctx.Err()
				case d.bits.pos >= len(data):
					return cut, nil
				}
				return &PartialError{Corrupt, format.JPEG, "its pixel data break off: " + why}, nil
			}
			at = d.bits.end()
		}
		if err != nil {
			return nil, err
		}
	}
}

// allSeen reports whether every colour component has data.
func (d *jpegDecoder) allSeen() bool {
	return !slices.ContainsFunc(d.comp, func(c jpegComponent) bool { return !c.seen })
}

// whole reports whether the scans read are the picture: sequential ones have each
// component once, progressive ones each frequency of each down to its last bit.
func (d *jpegDecoder) whole() bool {
	if d.frame.progressive() && slices.ContainsFunc(d.comp, func(c jpegComponent) bool { return c.exact != math.MaxUint64 }) {
		return false
	}
	return d.scans > 0 && d.allSeen()
}

// cutShort is damage where some pixels were read, an error where none were.
func (d *jpegDecoder) cutShort(damage *PartialError) (*PartialError, error) {
	if d.scans == 0 {
		return nil, &Error{Problem: Truncated, Format: format.JPEG, Why: "the file ends before the pixels"}
	}
	return damage, nil
}

func corrupt(why string) error { return &Error{Problem: Corrupt, Format: format.JPEG, Why: why} }

func (d *jpegDecoder) readFrame(b []byte) error {
	if d.comp != nil {
		return corrupt("two frame headers")
	}
	if len(b) < 6+3*int(b[5]) {
		return corrupt("the frame header is cut short")
	}
	n := int(b[5])
	if n != 1 && n != 3 {
		return errOther("colour components")
	}
	d.comp = make([]jpegComponent, n)
	d.hMax, d.vMax = 1, 1
	for i := range d.comp {
		e := b[6+3*i:]
		c := jpegComponent{id: e[0], h: int(e[1] >> 4), v: int(e[1] & 15), quant: int(e[2])}
		if c.h < 1 || c.h > 4 || c.v < 1 || c.v > 4 || c.quant > 3 {
			return corrupt("impossible sampling factors")
		}
		if n == 1 {
			c.h, c.v = 1, 1 // a single component is never interleaved: T.81 A.2.2
		}
		for _, other := range d.comp[:i] {
			if other.id == c.id {
				return corrupt("two colour components of one name")
			}
		}
		d.comp[i] = c
		d.hMax, d.vMax = max(d.hMax, c.h), max(d.vMax, c.v)
	}
	if n == 3 && d.comp[0].id == 'R' && d.comp[1].id == 'G' && d.comp[2].id == 'B' {
		d.rgb = true
	}
	d.mcusWide = (d.frame.width + 8*d.hMax - 1) / (8 * d.hMax)
	d.mcusHigh = (d.frame.height + 8*d.vMax - 1) / (8 * d.vMax)
	w, h := (d.frame.width+d.scale-1)/d.scale, (d.frame.height+d.scale-1)/d.scale
	if d.frame.width*d.frame.height <= nativeMaxPixels {
		d.native = newNativeWindow(d.frame.width, d.frame.height)
	}
	for i := range d.comp {
		c := &d.comp[i]
		c.wide, c.high = (w*c.h+d.hMax-1)/d.hMax, (h*c.v+d.vMax-1)/d.vMax
		c.blocksWide = ((d.frame.width*c.h+d.hMax-1)/d.hMax + 7) / 8
		c.blocksHigh = ((d.frame.height*c.v+d.vMax-1)/d.vMax + 7) / 8
		c.stride = d.mcusWide * c.h * d.size
		c.last = lastOfSize[d.size]
		// Half a small picture is to be the mean of the whole, see fold4; the
		// native luma of a progressive one needs all that was kept.
		if i == 0 && d.native != nil && (d.size == 4 || d.frame.progressive()) {
			c.last = 63
		}
	}
	d.lastTwice = 63
	if d.fine = d.fine.open(d); d.fine != nil && d.fine.pix != nil {
		d.lastTwice = lastOfSize[d.fine.size]
		if d.frame.progressive() {
			d.comp[0].last = d.lastTwice
		}
	}
	sizes := make([]image.Point, n)
	for i, c := range d.comp {
		sizes[i] = image.Pt(c.wide, c.high)
	}
	w, h = d.wanted(w, h)
	d.out = newPlanes(w, h, sizes...)
	return nil
}

// lastOfSize gives the last zigzag index a block of 1, 2, 4 or 8 pixels needs.
var lastOfSize = [9]int{1: 0, 2: 4, 4: 24, 8: 63}

func (d *jpegDecoder) readQuant(b []byte) error {
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
				d.quant[dest][i] = int32(binary.BigEndian.Uint16(b[1+2*i:]))
			} else {
				d.quant[dest][i] = int32(b[1+i])
			}
		}
		d.hasQuant[dest] = true
		b = b[1+n:]
	}
	return nil
}

func (d *jpegDecoder) readHuffman(b []byte) error {
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

// jpegScan is a scan header: T.81 B.2.3.
type jpegScan struct {
	comp      []*jpegComponent
	from, to  int // zigzag indices coded
	high, low int // successive approximation: bits before and after
}

func (d *jpegDecoder) readScan(b []byte) (*jpegScan, error) {
	if d.comp == nil {
		return nil, corrupt("no frame header before the pixels")
	}
	if len(b) < 1 || len(b) < 4+2*int(b[0]) {
		return nil, corrupt("a scan header is cut short")
	}
	n := int(b[0])
	s := &jpegScan{to: 63}
	if d.frame.progressive() {
		e := b[1+2*n:]
		s.from, s.to, s.high, s.low = int(e[0]), int(e[1]), int(e[2]>>4), int(e[2]&15)
		if s.from > s.to || s.to > 63 || s.from == 0 && s.to != 0 || s.from > 0 && n != 1 {
			return nil, corrupt("a scan of impossible frequencies")
		}
		if s.low > 13 || s.high != 0 && s.high != s.low+1 {
			return nil, corrupt("a scan of impossible precision")
		}
	}
	blocks := 0
	for i := range n {
		for j := range d.comp {
			c := &d.comp[j]
			if c.id != b[1+2*i] {
				continue
			}
			dc, ac := int(b[2+2*i]>>4), int(b[2+2*i]&15)
			if dc > 3 || ac > 3 || !d.hasQuant[c.quant] {
				return nil, corrupt("a scan names tables that are not there")
			}
			c.dc, c.ac = d.table(0, dc), d.table(1, ac)
			if c.dc == nil && s.from == 0 && s.high == 0 || c.ac == nil && s.to > 0 {
				return nil, corrupt("a scan names tables that are not there")
			}
			for _, other := range s.comp {
				if other == c {
					return nil, corrupt("a scan names a component twice")
				}
			}
			s.comp = append(s.comp, c)
			blocks += c.h * c.v
			break
		}
	}
	if len(s.comp) != n || n == 0 || n > 1 && blocks > 10 {
		return nil, corrupt("a scan of components that are not there")
	}
	return s, nil
}

// table returns a Huffman table of the file, or the standard one for files
// that carry none (abbreviated streams, as Motion JPEG writes them).
func (d *jpegDecoder) table(class, dest int) *huffTable {
	tables := &d.dc
	if class == 1 {
		tables = &d.ac
	}
	if tables[dest] == nil && dest < 2 {
		tables[dest] = standardTable(class, dest)
	}
	return tables[dest]
}

// decodeScan decodes the entropy-coded data of a scan and says why it had to
// stop, "" where it did not.
func (d *jpegDecoder) decodeScan(ctx context.Context, s *jpegScan) string {
	d.eobRun = 0
	for _, c := range s.comp {
		c.pred = 0
		c.seen = c.seen || s.from == 0
	}
	if !d.frame.progressive() {
		return d.sequentialScan(ctx, s)
	}
	why := d.progressiveScan(ctx, s)
	if why == "" && s.low == 0 {
		for _, c := range s.comp {
			c.exact |= math.MaxUint64 << s.from & (math.MaxUint64 >> (63 - s.to))
		}
	}
	return why
}

// grid returns how many MCUs a scan has each way, and whether they are single
// blocks of one component (T.81 A.2).
func (d *jpegDecoder) grid(s *jpegScan) (wide, high int, alone bool) {
	if len(s.comp) == 1 {
		return s.comp[0].blocksWide, s.comp[0].blocksHigh, true
	}
	return d.mcusWide, d.mcusHigh, false
}

// sequentialScan decodes a scan of blocks coded whole. A scan of all
// components is passed on row by row; others are kept until all are there.
func (d *jpegDecoder) sequentialScan(ctx context.Context, s *jpegScan) string {
	wide, high, alone := d.grid(s)
	stream := len(s.comp) == len(d.comp)
	if !stream {
		d.fine = nil // its rows are not kept
	} else if d.direct && d.usual() {
		d.out.whole = NewRGB(d.out.w, d.out.h)
	}
	for i := range d.comp {
		c := &d.comp[i]
		if c.pix != nil {
			continue
		}
		rows := c.v
		if !stream {
			rows *= d.mcusHigh
		}
		c.pix, c.kept = make([]uint8, c.stride*rows*d.size), !stream
		grey(c.pix)
	}
	for _, c := range s.comp {
		c.ac.sequential()
	}
	left, expected := d.interval, byte(0)
	for my := range high {
		if ctx.Err() != nil {
			return "cancelled"
		}
		row := my
		if stream {
			row = 0
		}
		why, mx := "", 0
		for ; mx < wide; mx++ {
			if d.interval > 0 && left == 0 {
				if why = d.nextInterval(s, &expected); why != "" {
					break
				}
				left = d.interval
			}
			left--
			for i, c := range s.comp {
				h, v := c.h, c.v
				if alone {
					h, v = 1, 1
				}
				luma := c == &d.comp[0]
				for by := range v {
					for bx := range h {
						x, y := mx*h+bx, my*v+by
						at := (row*v+by)*c.stride*d.size + x*d.size
						if !d.sequentialBlock(s.comp[i], at, luma && d.twice(x, y), x, y) {
							why = "a code that does not exist"
						}
					}
				}
			}
			if why == "" && d.bits.overrun() {
				why = "they end too early"
			}
			if why != "" {
				break
			}
		}
		if stream {
			if why != "" {
				d.greyFrom(mx)
			}
			d.emit(my)
			if why != "" {
				d.greyFrom(0)
				for y := my + 1; y < high; y++ {
					d.emit(y)
				}
			}
			d.emitted = why != "" || my == high-1
		}
		if why != "" {
			return why
		}
	}
	return ""
}

// nextInterval moves on to the next restart interval.
func (d *jpegDecoder) nextInterval(s *jpegScan, expected *byte) string {
	if why := d.bits.restart(*expected); why != "" {
		return why
	}
	*expected = (*expected + 1) & 7
	d.eobRun = 0
	for _, c := range s.comp {
		c.pred = 0
	}
	return ""
}

func grey(pix []uint8) {
	for i := range pix {
		pix[i] = 128
	}
}

// greyFrom greys what of the current row of MCUs comes at and behind MCU mx.
func (d *jpegDecoder) greyFrom(mx int) {
	for i := range d.comp {
		c := &d.comp[i]
		h, v := c.h, c.v
		for y := range v * d.size {
			grey(c.pix[y*c.stride+mx*h*d.size : (y+1)*c.stride])
		}
	}
}

// twice reports whether the luma block at column x, row y is wanted at another
// size besides that of the planes.
func (d *jpegDecoder) twice(x, y int) bool {
	return d.fine != nil && d.fine.pix != nil || d.native != nil && d.native.covers(x, y)
}

// emit passes the row of MCUs in the components' strips on to the planes.
func (d *jpegDecoder) emit(my int) {
	for i := range d.comp {
		d.emitStrip(i, my)
	}
	if d.out.whole != nil {
		d.convert(my)
	}
}

// usual reports whether the picture is not reduced further, and of luma and two
// chromas that are as large or half as large either way.
func (d *jpegDecoder) usual() bool {
	if len(d.comp) != 3 || d.rgb {
		return false
	}
	y, cb, cr := &d.comp[0], &d.comp[1], &d.comp[2]
	return y.wide == d.out.w && y.high == d.out.h && cb.h == cr.h && cb.v == cr.v &&
		(y.h == cb.h || y.h == 2*cb.h) && (y.v == cb.v || y.v == 2*cb.v)
}

// convert makes colours of row my of MCUs while it is at hand.
func (d *jpegDecoder) convert(my int) {
	y, cb, cr, m := &d.comp[0], &d.comp[1], &d.comp[2], d.out.whole
	rows := y.v * d.size
	row := rowYCbCr
	if y.h == 2*cb.h {
		row = rowHalved
	}
	for r := range min(rows, m.H-my*rows) {
		at := r * cb.v / y.v * cb.stride
		row(m.Pix[3*m.W*(my*rows+r):][:3*m.W], y.pix[r*y.stride:][:m.W], cb.pix[at:][:cb.wide], cr.pix[at:][:cr.wide])
	}
}

func (d *jpegDecoder) emitStrip(i, my int) {
	if i == 0 && d.fine != nil && d.fine.pix != nil {
		d.fine.emit(my)
	}
	c := &d.comp[i]
	rows := c.v * d.size
	for y := range min(rows, c.high-my*rows) {
		d.pass(i, my*rows+y, c.pix[y*c.stride:])
	}
}

// pass passes row y of component i on.
func (d *jpegDecoder) pass(i, y int, row []uint8) {
	row = row[:d.comp[i].wide]
	if d.out.whole == nil {
		d.out.plane[i].add(y, row)
	}
	if i == 0 && d.native != nil && d.scale == 1 {
		d.native.row(y, row)
	}
	if i == 0 && d.fine != nil && d.fine.pix == nil {
		d.fine.shrink.add(y, row)
	}
}

// reconstruct passes on what was kept until the last scan: the planes of
// separate scans, or the blocks of progressive ones.
func (d *jpegDecoder) reconstruct() {
	for i := range d.comp {
		c := &d.comp[i]
		if c.kept {
			for y := range c.high {
				d.pass(i, y, c.pix[y*c.stride:])
			}
			continue
		}
		c.pix = make([]uint8, c.stride*c.v*d.size)
		grey(c.pix) // where no scan had this component
		for my := range d.mcusHigh {
			if c.coeff != nil {
				for by := range c.v {
					d.reconstructRow(i, my*c.v+by, c.pix[by*c.stride*d.size:])
				}
			}
			d.emitStrip(i, my)
		}
	}
	d.emitted = true
}

// reconstructRow transforms one row of a progressive component's blocks.
func (d *jpegDecoder) reconstructRow(i, by int, out []uint8) {
	c := &d.comp[i]
	q := &d.quant[c.quant]
	n := c.last + 1
	blocks := d.mcusWide * c.h
	for bx := range blocks {
		at := by*blocks + bx
		coeff := c.coeff[at*n : (at+1)*n]
		d.block[0] = int32(coeff[0]) * q[0]
		top := 0
		for some := c.some[at] & (1<<n - 1) &^ 1; some != 0; some &= some - 1 {
			top = bits.TrailingZeros64(some)
			d.block[unzig[top&63]] = int32(coeff[top]) * q[top]
		}
		d.transform(c, out[bx*d.size:], top, i == 0 && d.twice(bx, by), bx, by)
	}
}
