package codes

import (
	"encoding/binary"
	"math/bits"

	"github.com/makiuchi-d/gozxing"

	"github.com/aecheck/aecheck/pkg/raster"
)

// tiles are the grey levels of a plane's squares of block×block pixels, row by
// row from the top left. The last column and row reach back over their
// neighbours where the sides are no multiples of block.
type tiles struct {
	w, h   int // in tiles
	lo, hi []uint8
	mean   []uint8
}

// newTiles measures a plane of at least block×block pixels, eight pixels at a
// time: the bytes of a word are compared and summed in 16-bit lanes.
func newTiles(g *raster.Gray) *tiles {
	w, h := (g.W+block-1)/block, (g.H+block-1)/block
	t := &tiles{w: w, h: h, lo: make([]uint8, w*h), hi: make([]uint8, w*h), mean: make([]uint8, w*h)}
	for ty := range h {
		y0 := min(ty*block, g.H-block)
		for tx := range w {
			at := y0*g.W + min(tx*block, g.W-block)
			i := ty*w + tx
			t.lo[i], t.hi[i], t.mean[i] = measure(g.Pix[at:at+7*g.W+block], g.W)
		}
	}
	return t
}

// Lanes: the even bytes of a word, one in each 16 bits.
const (
	lanes = 0x00ff00ff00ff00ff
	ninth = 0x0100010001000100 // the bit above each lane's byte
)

// measure returns the least, greatest and mean level of a tile.
func measure(p []uint8, stride int) (lo, hi, mean uint8) {
	w := binary.LittleEndian.Uint64(p)
	loE, loO := w&lanes, w>>8&lanes
	hiE, hiO := loE, loO
	sum := loE + loO
	for last, at := w, stride; at < len(p); at += stride {
		w = binary.LittleEndian.Uint64(p[at:])
		e, o := w&lanes, w>>8&lanes
		sum += e + o
		if w == last { // plain grounds are many
			continue
		}
		last = w
		loE, loO = lesser(loE, e), lesser(loO, o)
		hiE, hiO = greater(hiE, e), greater(hiO, o)
	}
	l, g := lesser(loE, loO), greater(hiE, hiO)
	l, g = lesser(l, l>>32), greater(g, g>>32)
	l, g = lesser(l, l>>16), greater(g, g>>16)
	sum = sum&0x0000ffff0000ffff + sum>>16&0x0000ffff0000ffff
	return uint8(l), uint8(g), uint8((sum&0xffffffff + sum>>32) >> 6)
}

// lesser and greater compare the four lanes of two words.
func lesser(a, b uint64) uint64 {
	m := ((a | ninth) - b) >> 8 & (ninth >> 8) // 1 where a ≥ b
	m = m<<8 - m
	return a ^ (a^b)&m
}

func greater(a, b uint64) uint64 {
	m := ((a | ninth) - b) >> 8 & (ninth >> 8)
	m = m<<8 - m
	return b ^ (a^b)&m
}

// bitmap is a black-and-white plane, a bit a pixel, the least significant
// leftmost; 1 is dark. Rows begin at multiples of stride bytes, itself a
// multiple of 8.
type bitmap struct {
	w, h, stride int
	bits         []uint8
}

func (m *bitmap) dark(x, y int) bool { return m.bits[y*m.stride+x>>3]>>(x&7)&1 != 0 }

// threshold makes a bitmap of what is at or below its tile's level; a level
// below 0 makes no pixel dark. Tiles wholly on one side are not read again.
func threshold(g *raster.Gray, t *tiles, level func(tx, ty int) int) *bitmap {
	m := &bitmap{w: g.W, h: g.H, stride: (g.W + 63) / 64 * 8}
	m.bits = make([]uint8, m.stride*m.h)
	for ty := range t.h {
		y0, y1 := ty*block, min((ty+1)*block, g.H)
		for tx := range t.w {
			l, i := level(tx, ty), ty*t.w+tx
			switch {
			case int(t.lo[i]) > l:
				continue
			case int(t.hi[i]) <= l:
				for y := y0; y < y1; y++ {
					m.bits[y*m.stride+tx] = 0xff
				}
				continue
			}
			x0 := tx * block
			if x0+block > g.W {
				for y := y0; y < y1; y++ {
					for x := x0; x < g.W; x++ {
						if int(g.Pix[y*g.W+x]) <= l {
							m.bits[y*m.stride+tx] |= 1 << (x - x0)
						}
					}
				}
				continue
			}
			all := uint64(l)*(ninth>>8) | ninth
			for y := y0; y < y1; y++ {
				w := binary.LittleEndian.Uint64(g.Pix[y*g.W+x0:])
				e, o := all-w&lanes, all-w>>8&lanes // the ninth bit is left where w ≤ l
				m.bits[y*m.stride+tx] = uint8(((e&ninth)>>8 | o&ninth) * 0x0102040810204080 >> 56)
			}
		}
	}
	return m
}

// local thresholds a plane by its surroundings, for uneven light: with the mean
// of 5×5 tiles, where those without contrast count as background. It is the
// hybrid binarizer of ZXing (S. Owen), whose constants these are. nil where the
// plane is too small for that.
func local(g *raster.Gray, t *tiles) *bitmap {
	const contrast = 24 // levels; less is noise on one ground
	if t.w < 5 || t.h < 5 {
		return nil
	}
	points := make([]int, t.w*t.h)
	for i := range points {
		points[i] = int(t.mean[i])
		if t.hi[i]-t.lo[i] > contrast {
			continue
		}
		points[i] = int(t.lo[i]) / 2
		if i >= t.w && i%t.w > 0 {
			// Inside a dark module: what was found dark beside it is.
			if near := (points[i-t.w] + 2*points[i-1] + points[i-t.w-1]) / 4; int(t.lo[i]) < near {
				points[i] = near
			}
		}
	}
	columns := make([]int, t.w) // sums over the five rows of tiles in use
	row := -1
	return threshold(g, t, func(tx, ty int) int {
		if ty != row {
			row = ty
			top := min(max(ty, 2), t.h-3) - 2
			for x := range columns {
				columns[x] = points[top*t.w+x] + points[(top+1)*t.w+x] + points[(top+2)*t.w+x] + points[(top+3)*t.w+x] + points[(top+4)*t.w+x]
			}
		}
		c := columns[min(max(tx, 2), t.w-3)-2:]
		return (c[0] + c[1] + c[2] + c[3] + c[4]) / 25
	})
}

// global thresholds a plane by one level, the valley of the histogram of four
// rows, for blurred and faint codes: ZXing's global histogram binarizer. nil
// where the histogram has one peak only.
func global(g *raster.Gray, t *tiles) *bitmap {
	var histogram [buckets]int
	for k := 1; k < 5; k++ {
		row := g.Pix[g.H*k/5*g.W:]
		for _, v := range row[g.W/5 : g.W*4/5] {
			histogram[v/(256/buckets)]++
		}
	}
	level, ok := valley(&histogram)
	if !ok {
		return nil
	}
	return threshold(g, t, func(int, int) int { return level - 1 })
}

const buckets = 32

// valley returns the level below which is dark: between the highest peak and
// the one both high and far from it, near the lighter of them.
func valley(histogram *[buckets]int) (int, bool) {
	first, most := 0, 0
	for i, n := range histogram {
		if n > most {
			first, most = i, n
		}
	}
	second, best := 0, 0
	for i, n := range histogram {
		if score := n * (i - first) * (i - first); score > best {
			second, best = i, score
		}
	}
	first, second = min(first, second), max(first, second)
	if second-first <= buckets/16 {
		return 0, false
	}
	at, top := second-1, -1
	for i := second - 1; i > first; i-- {
		if score := (i - first) * (i - first) * (second - i) * (most - histogram[i]); score > top {
			at, top = i, score
		}
	}
	return at * (256 / buckets), true
}

// changes appends to ends the columns in which row y changes colour, between 0
// and w, the ends of the row, and says whether it begins dark.
func (m *bitmap) changes(y int, ends []int32) ([]int32, bool) {
	row := m.bits[y*m.stride : (y+1)*m.stride]
	carry := uint64(row[0] & 1)
	ends = append(ends[:0], 0)
	for at := 0; at < len(row); at += 8 {
		w := binary.LittleEndian.Uint64(row[at:])
		for t := w ^ (w<<1 | carry); t != 0; t &= t - 1 {
			if x := at*8 + bits.TrailingZeros64(t); x < m.w {
				ends = append(ends, int32(x))
			}
		}
		carry = w >> 63
	}
	return append(ends, int32(m.w)), row[0]&1 != 0
}

// cut copies a box into a matrix of the library, clipped to the plane; light
// makes what is light dark.
func (m *bitmap) cut(b [4]int, light bool) (*gozxing.BitMatrix, error) {
	out, err := gozxing.NewBitMatrix(b[2], b[3])
	if err != nil {
		return nil, err
	}
	for y := range b[3] {
		for x := range b[2] {
			if m.dark(b[0]+x, b[1]+y) != light {
				out.Set(x, y)
			}
		}
	}
	return out, nil
}

// halve returns the plane at half its size, the means of squares of four
// pixels; an odd last column or row is left out.
func halve(g *raster.Gray) *raster.Gray {
	out := &raster.Gray{W: g.W / 2, H: g.H / 2}
	out.Pix = make([]uint8, out.W*out.H)
	for y := range out.H {
		a, b := g.Pix[2*y*g.W:][:g.W], g.Pix[(2*y+1)*g.W:][:g.W]
		row := out.Pix[y*out.W:][:out.W]
		x := 0
		for ; x+4 <= len(row); x += 4 {
			u, v := binary.LittleEndian.Uint64(a[2*x:]), binary.LittleEndian.Uint64(b[2*x:])
			s := (u&lanes + u>>8&lanes + v&lanes + v>>8&lanes + 2*(ninth>>8)) >> 2 & lanes
			s |= s >> 8
			s = s&0xffff | s>>16&0xffff0000
			binary.LittleEndian.PutUint32(row[x:], uint32(s))
		}
		for ; x < len(row); x++ {
			row[x] = uint8((int(a[2*x]) + int(a[2*x+1]) + int(b[2*x]) + int(b[2*x+1]) + 2) / 4)
		}
	}
	return out
}
