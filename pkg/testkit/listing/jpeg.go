package listing

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
	"math"
)

// A JPEG encoder like a camera's: image/jpeg only knows the quantization
// tables of the IJG library, which tell a re-encoded file from a camera's own,
// and writes no APP1.

// jpegOptions say how to encode.
type jpegOptions struct {
	luma, chroma [64]byte // quantization steps, row by row
	segments     [][]byte // whole marker segments to put after SOI, e.g. exifSegment
	full         bool     // colour at full resolution; else halved both ways
	progressive  bool     // from coarse to fine, in four scans; else all at once
}

// cameraTables are quantization steps that grow with the frequency like those
// of many cameras, but as no scale of the IJG tables does.
func cameraTables(strength float64) (luma, chroma [64]byte) {
	for v := range 8 {
		for u := range 8 {
			f := float64(u) + 1.15*float64(v)
			luma[8*v+u] = byte(min(1+math.Floor(strength*(1+0.42*f+0.035*f*f)), 255))
			chroma[8*v+u] = byte(min(1+math.Floor(strength*(1.3+1.1*f)), 255))
		}
	}
	return luma, chroma
}

// encodeCamera writes a picture as a camera does.
func encodeCamera(img *image.RGBA, strength float64, segments ...[]byte) []byte {
	o := jpegOptions{segments: segments}
	o.luma, o.chroma = cameraTables(strength)
	return encodeJPEG(img, o)
}

// encodePlain writes a picture as picture software does: JFIF, IJG tables, no
// metadata.
func encodePlain(img image.Image, quality int) ([]byte, error) {
	var buf bytes.Buffer
	err := jpeg.Encode(&buf, img, &jpeg.Options{Quality: quality})
	return buf.Bytes(), err
}

// zigzag gives the row-by-row place of each coefficient in stream order.
func zigzag() [64]int {
	var order [64]int
	x, y, i := 0, 0, 0
	for i = range 64 {
		order[i] = 8*y + x
		switch {
		case (x+y)%2 == 0 && x == 7:
			y++
		case (x+y)%2 == 0 && y == 0:
			x++
		case (x+y)%2 == 0:
			x, y = x+1, y-1
		case y == 7:
			x++
		case x == 0:
			y++
		default:
			x, y = x-1, y+1
		}
	}
	return order
}

// plane is one colour component padded to whole blocks.
type plane struct {
	w, h int
	pix  []float32
}

type jpegWriter struct {
	out    bytes.Buffer
	bits   uint32
	nbits  uint
	order  [64]int
	cosine [64]float64
	codes  [4][256]huffman // DC luma, AC luma, DC chroma, AC chroma
}

// huffman is one code word.
type huffman struct {
	word uint32
	len  uint
}

// encodeJPEG writes a baseline or progressive JPEG (ITU-T T.81) with the example
// Huffman tables of its annex K.
func encodeJPEG(img *image.RGBA, o jpegOptions) []byte {
	w := &jpegWriter{order: zigzag()}
	for u := range 8 {
		for x := range 8 {
			scale := 0.5
			if u == 0 {
				scale = math.Sqrt(0.125)
			}
			w.cosine[8*u+x] = scale * math.Cos(float64(2*x+1)*float64(u)*math.Pi/16)
		}
	}
	b := img.Bounds()
	y, cb, cr := planes(img)
	step := 1
	if !o.full {
		step = 2
		cb, cr = cb.halved(), cr.halved()
	}
	w.out.Write([]byte{0xff, 0xd8})
	for _, s := range o.segments {
		w.out.Write(s)
	}
	for id, table := range [][64]byte{o.luma, o.chroma} {
		body := []byte{byte(id)}
		for _, at := range w.order {
			body = append(body, table[at])
		}
		w.segment(0xdb, body)
	}
	frame := byte(0xc0)
	if o.progressive {
		frame = 0xc2
	}
	w.segment(frame, []byte{8, byte(b.Dy() >> 8), byte(b.Dy()), byte(b.Dx() >> 8), byte(b.Dx()), 3,
		1, byte(step<<4 | step), 0, 2, 0x11, 1, 3, 0x11, 1})
	for i, table := range huffmanTables() {
		w.codes[i] = table.codes()
		w.segment(0xc4, append([]byte{byte(i%2<<4 | i/2)}, append(table.counts[:], table.values...)...))
	}
	parts := [3]component{
		{y, step, b.Dx(), b.Dy(), &o.luma, 0},
		{cb, 1, (b.Dx() + step - 1) / step, (b.Dy() + step - 1) / step, &o.chroma, 2},
		{cr, 1, (b.Dx() + step - 1) / step, (b.Dy() + step - 1) / step, &o.chroma, 2},
	}
	if o.progressive {
		w.together(&parts, b.Dx(), b.Dy(), 0)
		w.alone(&parts[0], 1, 1, 5)
		w.alone(&parts[1], 2, 1, 63)
		w.alone(&parts[2], 3, 1, 63)
		w.alone(&parts[0], 1, 6, 63)
	} else {
		w.together(&parts, b.Dx(), b.Dy(), 63)
	}
	w.out.Write([]byte{0xff, 0xd9})
	return w.out.Bytes()
}

// component is a plane and how it is written: step blocks each way a unit of the
// picture, right×bottom pixels without padding.
type component struct {
	plane
	step, right, bottom int
	quant               *[64]byte
	tables              int // 0 luma, 2 chroma
}

// together writes a scan of all components, of each block its first coefficient and
// those up to end.
func (w *jpegWriter) together(parts *[3]component, width, height, end int) {
	w.segment(0xda, []byte{3, 1, 0x00, 2, 0x11, 3, 0x11, 0, byte(end), 0})
	var dc [3]int
	unit := 8 * parts[0].step
	for by := 0; by < height; by += unit {
		for bx := 0; bx < width; bx += unit {
			for i := range parts {
				c := &parts[i]
				for sy := range c.step {
					for sx := range c.step {
						q := w.block(c.plane, bx*c.step/parts[0].step+8*sx, by*c.step/parts[0].step+8*sy, c.quant)
						w.coefficient(&w.codes[c.tables], 0, q[0]-dc[i])
						dc[i] = q[0]
						if end > 0 {
							w.rest(&w.codes[c.tables+1], q[1:end+1])
						}
					}
				}
			}
		}
	}
	w.flush()
}

// alone writes a progressive scan of one component: of each block that has a pixel
// of the picture, coefficients from to end.
func (w *jpegWriter) alone(c *component, id byte, from, end int) {
	w.segment(0xda, []byte{1, id, byte(c.tables/2<<4 | c.tables/2), byte(from), byte(end), 0})
	for y := 0; y < c.bottom; y += 8 {
		for x := 0; x < c.right; x += 8 {
			q := w.block(c.plane, x, y, c.quant)
			w.rest(&w.codes[c.tables+1], q[from:end+1])
		}
	}
	w.flush()
}

// flush fills the last byte of a scan with ones.
func (w *jpegWriter) flush() {
	w.put(0x7f, 7)
	w.nbits = 0
}

func (w *jpegWriter) segment(marker byte, body []byte) {
	w.out.Write([]byte{0xff, marker})
	var n [2]byte
	binary.BigEndian.PutUint16(n[:], uint16(len(body)+2))
	w.out.Write(n[:])
	w.out.Write(body)
}

func planes(img *image.RGBA) (y, cb, cr plane) {
	b := img.Bounds()
	y.w, y.h = (b.Dx()+15)/16*16, (b.Dy()+15)/16*16
	y.pix = make([]float32, y.w*y.h)
	cb, cr = y, y
	cb.pix, cr.pix = make([]float32, len(y.pix)), make([]float32, len(y.pix))
	for py := range y.h {
		for px := range y.w {
			c := img.RGBAAt(b.Min.X+min(px, b.Dx()-1), b.Min.Y+min(py, b.Dy()-1))
			r, g, bl := float64(c.R), float64(c.G), float64(c.B)
			i := py*y.w + px
			y.pix[i] = float32(0.299*r + 0.587*g + 0.114*bl - 128)
			cb.pix[i] = float32(-0.168736*r - 0.331264*g + 0.5*bl)
			cr.pix[i] = float32(0.5*r - 0.418688*g - 0.081312*bl)
		}
	}
	return y, cb, cr
}

func (p plane) halved() plane {
	out := plane{w: p.w / 2, h: p.h / 2, pix: make([]float32, p.w*p.h/4)}
	for y := range out.h {
		for x := range out.w {
			i := 2*y*p.w + 2*x
			out.pix[y*out.w+x] = (p.pix[i] + p.pix[i+1] + p.pix[i+p.w] + p.pix[i+p.w+1]) / 4
		}
	}
	return out
}

// block is one block of 8×8, its coefficients quantized and in stream order.
func (w *jpegWriter) block(p plane, x, y int, quant *[64]byte) [64]int {
	var rows, freq [64]float64
	for v := range 8 {
		row := p.pix[(y+v)*p.w+x:]
		for u := range 8 {
			sum := 0.0
			for k := range 8 {
				sum += float64(row[k]) * w.cosine[8*u+k]
			}
			rows[8*v+u] = sum
		}
	}
	for v := range 8 {
		for u := range 8 {
			sum := 0.0
			for k := range 8 {
				sum += rows[8*k+u] * w.cosine[8*v+k]
			}
			freq[8*v+u] = sum
		}
	}
	var q [64]int
	for i, at := range w.order {
		q[i] = int(math.Round(freq[at] / float64(quant[at])))
	}
	return q
}

// rest writes coefficients after the first one: runs of zeros and values.
func (w *jpegWriter) rest(codes *[256]huffman, q []int) {
	run := 0
	for _, v := range q {
		if v == 0 {
			run++
			continue
		}
		for ; run > 15; run -= 16 {
			w.code(codes, 0xf0)
		}
		w.coefficient(codes, run, v)
		run = 0
	}
	if run > 0 {
		w.code(codes, 0)
	}
}

// coefficient writes a value after a run of zeros: its size, then its bits.
func (w *jpegWriter) coefficient(codes *[256]huffman, run, v int) {
	size := uint(0)
	for a := max(v, -v); a > 0; a >>= 1 {
		size++
	}
	w.code(codes, byte(run<<4)|byte(size))
	if v < 0 {
		v += 1<<size - 1
	}
	w.put(uint32(v), size)
}

func (w *jpegWriter) code(codes *[256]huffman, symbol byte) {
	w.put(codes[symbol].word, codes[symbol].len)
}

// put writes n bits; a byte 0xff is followed by a zero byte.
func (w *jpegWriter) put(v uint32, n uint) {
	w.bits = w.bits<<n | v&(1<<n-1)
	for w.nbits += n; w.nbits >= 8; w.nbits -= 8 {
		c := byte(w.bits >> (w.nbits - 8))
		w.out.WriteByte(c)
		if c == 0xff {
			w.out.WriteByte(0)
		}
	}
}

// huffmanTable is a table as a DHT segment holds it.
type huffmanTable struct {
	counts [16]byte
	values []byte
}

func (t huffmanTable) codes() [256]huffman {
	var out [256]huffman
	word, i := uint32(0), 0
	for length, n := range t.counts {
		for range n {
			out[t.values[i]] = huffman{word, uint(length + 1)}
			word++
			i++
		}
		word <<= 1
	}
	return out
}

// huffmanTables are tables K.3, K.5, K.4 and K.6 of ITU-T T.81.
func huffmanTables() [4]huffmanTable {
	dc := []byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}
	return [4]huffmanTable{
		{[16]byte{0, 1, 5, 1, 1, 1, 1, 1, 1}, dc},
		{[16]byte{0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125}, []byte{
			0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51, 0x61, 0x07,
			0x22, 0x71, 0x14, 0x32, 0x81, 0x91, 0xa1, 0x08, 0x23, 0x42, 0xb1, 0xc1, 0x15, 0x52, 0xd1, 0xf0,
			0x24, 0x33, 0x62, 0x72, 0x82, 0x09, 0x0a, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x25, 0x26, 0x27, 0x28,
			0x29, 0x2a, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49,
			0x4a, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69,
			0x6a, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89,
			0x8a, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7,
			0xa8, 0xa9, 0xaa, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xc2, 0xc3, 0xc4, 0xc5,
			0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xda, 0xe1, 0xe2,
			0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8,
			0xf9, 0xfa}},
		{[16]byte{0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1}, dc},
		{[16]byte{0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 119}, []byte{
			0x00, 0x01, 0x02, 0x03, 0x11, 0x04, 0x05, 0x21, 0x31, 0x06, 0x12, 0x41, 0x51, 0x07, 0x61, 0x71,
			0x13, 0x22, 0x32, 0x81, 0x08, 0x14, 0x42, 0x91, 0xa1, 0xb1, 0xc1, 0x09, 0x23, 0x33, 0x52, 0xf0,
			0x15, 0x62, 0x72, 0xd1, 0x0a, 0x16, 0x24, 0x34, 0xe1, 0x25, 0xf1, 0x17, 0x18, 0x19, 0x1a, 0x26,
			0x27, 0x28, 0x29, 0x2a, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48,
			0x49, 0x4a, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68,
			0x69, 0x6a, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87,
			0x88, 0x89, 0x8a, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0xa2, 0xa3, 0xa4, 0xa5,
			0xa6, 0xa7, 0xa8, 0xa9, 0xaa, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xc2, 0xc3,
			0xc4, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xda,
			0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8,
			0xf9, 0xfa}},
	}
}
