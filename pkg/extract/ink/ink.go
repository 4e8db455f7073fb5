// Package ink separates ink from paper: it evens out the light on a scanned or
// photographed page and tells dark, red and blue ink apart. Seals, signatures
// and legibility are found on its planes.
package ink

import "github.com/aecheck/aecheck/pkg/raster"

// Sheet is a page with the light evened out. All planes have W×H values and
// run from 0 (paper) to 255 (full ink).
type Sheet struct {
	W, H  int
	Scale float64 // sheet pixels per pixel of the picture it was made from, ≤ 1
	Dark  []uint8 // darkness of any ink
	Red   []uint8 // redness of the ink
	Blue  []uint8 // blueness of the ink
	Paper []uint8 // brightness of the paper behind, before it was evened out

	// Color is false where the picture carries no colour at all: a red seal
	// on it cannot be told from a black one.
	Color bool
}

// New makes a sheet from a picture, scaled down so that the longer side is at
// most long pixels.
func New(m *raster.RGB, long int) *Sheet {
	small, scale := shrink(m, long)
	s := &Sheet{W: small.W, H: small.H, Scale: scale, Color: colored(small)}
	n := s.W * s.H
	s.Dark, s.Red, s.Blue, s.Paper = make([]uint8, n), make([]uint8, n), make([]uint8, n), make([]uint8, n)
	if n == 0 {
		return s
	}
	paper := newPaper(small)
	for y := range s.H {
		row := paper.row(y)
		for x := range s.W {
			i := y*s.W + x
			pr, pg, pb := row.at(x)
			r := even(small.Pix[3*i], pr)
			g := even(small.Pix[3*i+1], pg)
			b := even(small.Pix[3*i+2], pb)
			s.Dark[i] = uint8(255 - (299*r+587*g+114*b)/1000)
			s.Red[i] = redness(r, g, b)
			s.Blue[i] = blueness(r, g, b)
			s.Paper[i] = uint8(min(255, (299*pr+587*pg+114*pb)/1000))
		}
	}
	return s
}

// even maps a value to what it would be on white paper.
func even(v uint8, paper int) int {
	return min(255, int(v)*255/max(paper, 1))
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

// colored reports whether the picture has colour: grey scans stored as colour
// JPEGs have at most a few levels between their channels.
func colored(m *raster.RGB) bool {
	if m.W*m.H == 0 {
		return false
	}
	const spread, share = 12, 2000 // levels; 1/2000 of all pixels
	// A tint of the whole sheet is no colour: measure against the mean tint.
	var sr, sg, sb int
	for i := 0; i < len(m.Pix); i += 3 {
		sr += int(m.Pix[i])
		sg += int(m.Pix[i+1])
		sb += int(m.Pix[i+2])
	}
	n := m.W * m.H
	mr, mg, mb := sr/n, sg/n, sb/n
	count := 0
	for i := 0; i < len(m.Pix); i += 3 {
		r, g, b := int(m.Pix[i])-mr, int(m.Pix[i+1])-mg, int(m.Pix[i+2])-mb
		if max(r, g, b)-min(r, g, b) > spread {
			count++
		}
	}
	return count*share > n
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
	for y := range h {
		y0, y1 := y*m.H/h, max(y*m.H/h+1, (y+1)*m.H/h)
		for x := range w {
			x0, x1 := x*m.W/w, max(x*m.W/w+1, (x+1)*m.W/w)
			var r, g, b, n int
			for yy := y0; yy < y1; yy++ {
				for i := 3 * (yy*m.W + x0); i < 3*(yy*m.W+x1); i += 3 {
					r += int(m.Pix[i])
					g += int(m.Pix[i+1])
					b += int(m.Pix[i+2])
					n++
				}
			}
			o := 3 * (y*w + x)
			out.Pix[o], out.Pix[o+1], out.Pix[o+2] = uint8(r/n), uint8(g/n), uint8(b/n)
		}
	}
	return out, scale
}

// ToPicture maps a box of the sheet to pixels of the picture it was made from,
// clipped to w×h.
func (s *Sheet) ToPicture(b [4]int, w, h int) [4]int {
	x0, y0 := int(float64(b[0])/s.Scale), int(float64(b[1])/s.Scale)
	x1, y1 := int(float64(b[0]+b[2])/s.Scale+0.5), int(float64(b[1]+b[3])/s.Scale+0.5)
	x0, y0 = min(max(x0, 0), w), min(max(y0, 0), h)
	return [4]int{x0, y0, min(x1, w) - x0, min(y1, h) - y0}
}
