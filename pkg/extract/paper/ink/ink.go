// Package ink separates ink from paper: it evens out the light on a scanned or
// photographed page and tells dark, red and blue ink apart. Seals, signatures
// and legibility are found on its planes.
//
// It may import pkg/raster alone.
package ink

import "github.com/aecheck/aecheck/pkg/raster"

// Sheet is a page with the light evened out. Its planes have W×H values and
// run from 0 (paper) to 255 (full ink).
type Sheet struct {
	W, H  int
	Scale float64 // sheet pixels per pixel of the picture it was made from, ≤ 1
	Dark  []uint8 // darkness of any ink
	Red   []uint8 // redness of the ink, 0 below leastColor
	Blue  []uint8 // blueness of the ink, 0 below leastColor

	// Color is false where the picture carries no colour at all: a red seal
	// on it cannot be told from a black one.
	Color bool

	paper *paper
}

// leastColor is the least distance between the channels that may be coloured
// ink: below the lowest level at which anyone looks for it.
const leastColor = 10

// New makes a sheet from a picture, scaled down so that the longer side is at
// most long pixels.
func New(m *raster.RGB, long int) *Sheet {
	small, scale := shrink(m, long)
	s := &Sheet{W: small.W, H: small.H, Scale: scale}
	n := s.W * s.H
	s.Dark, s.Red, s.Blue = make([]uint8, n), make([]uint8, n), make([]uint8, n)
	if n == 0 {
		s.paper = &paper{}
		return s
	}
	tint := luma(small, s.Dark) // overwritten below, row by row
	s.paper = newPaper(small, s.Dark)
	colored := 0
	var held []gain
	for y := range s.H {
		if y%patchSide == 0 {
			held = s.paper.gains(held[:0], y)
		}
		gains := held
		row := small.Pix[3*y*s.W : 3*(y+1)*s.W]
		dark, red, blue := s.Dark[y*s.W:(y+1)*s.W], s.Red[y*s.W:(y+1)*s.W], s.Blue[y*s.W:(y+1)*s.W]
		for len(row) > 0 {
			k := min(patchSide, len(dark))
			colored += even(row[:3*k], gains[0], tint, dark[:k], red[:k], blue[:k])
			row, dark, red, blue, gains = row[3*k:], dark[k:], red[k:], blue[k:], gains[1:]
		}
	}
	// Grey scans stored as colour JPEGs have at most a few levels between
	// their channels.
	const share = 2000 // 1/2000 of all pixels
	s.Color = colored*share > n
	return s
}

// PaperAt is the brightness of the paper behind a pixel, before it was evened
// out.
func (s *Sheet) PaperAt(x, y int) uint8 { return s.paper.luma(x, y) }

// PaperMedian is the median brightness of the paper.
func (s *Sheet) PaperMedian() int {
	var hist [256]int
	for y := patchSide / 2; y < s.H; y += patchSide {
		for x := patchSide / 2; x < s.W; x += patchSide {
			hist[s.PaperAt(x, y)]++
		}
	}
	n := 0
	for _, c := range hist {
		n += c
	}
	return percentile(hist[:], n, 50)
}

// gain maps the three channels of a spot to what they would be on white
// paper, in 1/65536.
type gain [3]uint32

// even fills the planes for the pixels of a row that share a gain, and counts
// those whose colour differs from the tint of the whole sheet.
func even(pix []uint8, g gain, tint [3]int, dark, red, blue []uint8) (colored int) {
	const spread = 12 // levels between the channels of what is no grey
	for x := range dark {
		p := pix[3*x : 3*x+3 : 3*x+3]
		r := int(min(255, uint32(p[0])*g[0]>>16))
		gr := int(min(255, uint32(p[1])*g[1]>>16))
		b := int(min(255, uint32(p[2])*g[2]>>16))
		dark[x] = uint8(255 - uint32(299*r+587*gr+114*b)/1000)
		if max(r, gr, b)-min(r, gr, b) >= leastColor {
			blue[x] = blueness(r, gr, b)
			// Grey on a ground of cyan is no red ink: that is red in any
			// light.
			if p[0] > p[1] && p[0] > p[2] {
				red[x] = redness(r, gr, b)
			}
		}
		tr, tg, tb := int(p[0])-tint[0], int(p[1])-tint[1], int(p[2])-tint[2]
		if max(tr, tg, tb)-min(tr, tg, tb) > spread {
			colored++
		}
	}
	return colored
}

// redness is high for the inks of red chops: hue within about 25° of pure red
// on the orange side and 40° on the purple side.
func redness(r, g, b int) uint8 {
	dg, db := r-g, r-b
	if dg <= 0 || db <= 0 || 100*dg < 58*db || 100*db < 33*dg {
		return 0
	}
	return uint8(min(255, (dg+db)/2))
}

// blueness is high for blue chops and blue ballpoint ink (hue about 190°–265°).
func blueness(r, g, b int) uint8 {
	dr, dg := b-r, b-g
	if dr <= 0 || dg <= 0 && 5*(-dg) > dr || 100*dg > 110*dr+200 && dr < 12 {
		return 0
	}
	if r > g && 3*(r-g) > 2*dg+10 { // purple
		return 0
	}
	return uint8(min(255, max(0, (2*dr+max(dg, 0))/3)))
}

// luma fills a plane with the brightness of m and returns its mean colour.
func luma(m *raster.RGB, plane []uint8) (mean [3]int) {
	var sr, sg, sb int
	pix := m.Pix
	for i := range plane {
		p := pix[3*i : 3*i+3 : 3*i+3]
		r, g, b := int(p[0]), int(p[1]), int(p[2])
		sr, sg, sb = sr+r, sg+g, sb+b
		plane[i] = uint8(uint32(299*r+587*g+114*b) / 1000)
	}
	n := len(plane)
	return [3]int{sr / n, sg / n, sb / n}
}

// shrink averages m down to at most long pixels on its longer side.
func shrink(m *raster.RGB, long int) (*raster.RGB, float64) {
	side := max(m.W, m.H)
	if side <= long || side == 0 {
		return m, 1
	}
	scale := float64(long) / float64(side)
	w, h := max(1, int(float64(m.W)*scale)), max(1, int(float64(m.H)*scale))
	out := raster.NewRGB(w, h)
	from := make([]int, w+1) // column of m at which each column of out begins
	for x := range from {
		from[x] = x * m.W / w
	}
	halved := m.W <= 2*w && m.H <= 2*h
	for y := range h {
		y0, y1 := y*m.H/h, max(y*m.H/h+1, (y+1)*m.H/h)
		o := out.Pix[3*y*w : 3*(y+1)*w]
		if halved {
			shrinkRow(o, m.Pix[3*y0*m.W:3*(y0+1)*m.W], m.Pix[3*(y1-1)*m.W:3*y1*m.W], from)
			continue
		}
		for x := range w {
			x0, x1 := from[x], max(from[x]+1, from[x+1])
			var r, g, b int
			for yy := y0; yy < y1; yy++ {
				row := m.Pix[3*(yy*m.W+x0) : 3*(yy*m.W+x1)]
				for ; len(row) >= 3; row = row[3:] {
					r, g, b = r+int(row[0]), g+int(row[1]), b+int(row[2])
				}
			}
			n := (x1 - x0) * (y1 - y0)
			o[3*x], o[3*x+1], o[3*x+2] = uint8(r/n), uint8(g/n), uint8(b/n)
		}
	}
	return out, scale
}

// shrinkRow averages one or two rows to one where each of its pixels comes of
// one or two columns: the first and the last of each are added, be they the
// same or not, so that there are always four.
func shrinkRow(out, upper, lower []uint8, from []int) {
	for x := range len(out) / 3 {
		a, b := 3*from[x], 3*max(from[x], from[x+1]-1)
		p, q, r, s := upper[a:a+3:a+3], upper[b:b+3:b+3], lower[a:a+3:a+3], lower[b:b+3:b+3]
		o := out[3*x : 3*x+3 : 3*x+3]
		o[0] = uint8((uint32(p[0]) + uint32(q[0]) + uint32(r[0]) + uint32(s[0])) / 4)
		o[1] = uint8((uint32(p[1]) + uint32(q[1]) + uint32(r[1]) + uint32(s[1])) / 4)
		o[2] = uint8((uint32(p[2]) + uint32(q[2]) + uint32(r[2]) + uint32(s[2])) / 4)
	}
}

// ToPicture maps a box of the sheet to pixels of the picture it was made from,
// clipped to w×h.
func (s *Sheet) ToPicture(b [4]int, w, h int) [4]int {
	x0, y0 := int(float64(b[0])/s.Scale), int(float64(b[1])/s.Scale)
	x1, y1 := int(float64(b[0]+b[2])/s.Scale+0.5), int(float64(b[1]+b[3])/s.Scale+0.5)
	x0, y0 = min(max(x0, 0), w), min(max(y0, 0), h)
	return [4]int{x0, y0, min(x1, w) - x0, min(y1, h) - y0}
}
