package signatures

import (
	"encoding/binary"

	"github.com/aecheck/aecheck/pkg/extract/paper/ink"
)

// Seal is where a seal lies on the picture, and the colour of its ink (as in
// facts.Seal).
type Seal struct {
	Box   [4]int
	Color string
}

// sealRed is the redness from which ink is that of a seal, not of a pen.
const sealRed = 40

// penPlane is the darkness of a sheet without what red ink adds to it: what a
// filter of that colour would show. Red of hue 0° is as dark as 0.7 of its
// redness (Rec. 601 luma); around it the chroma of a JPEG is smeared over two
// pixels, so the reddest neighbour counts.
func penPlane(s *ink.Sheet) []uint8 {
	out := make([]uint8, len(s.Dark))
	copy(out, s.Dark)
	if !s.Color {
		return out
	}
	w := s.W
	near := make([]uint8, w)
	for y := range s.H {
		any := false
		for yy := max(0, y-1); yy <= min(s.H-1, y+1); yy++ {
			any = any || !empty(s.Red[yy*w:(yy+1)*w])
		}
		if !any {
			continue
		}
		clear(near)
		for yy := max(0, y-1); yy <= min(s.H-1, y+1); yy++ {
			for x, v := range s.Red[yy*w : (yy+1)*w] {
				if v == 0 {
					continue
				}
				for xx := max(0, x-1); xx <= min(w-1, x+1); xx++ {
					near[xx] = max(near[xx], v)
				}
			}
		}
		row := out[y*w : (y+1)*w]
		for x, v := range near {
			if v > 0 {
				row[x] = uint8(max(0, int(row[x])-int(v)*3/4))
			}
		}
	}
	return out
}

// empty reports a row of zeros.
func empty(row []uint8) bool {
	for len(row) >= 8 {
		if binary.LittleEndian.Uint64(row) != 0 {
			return false
		}
		row = row[8:]
	}
	for _, v := range row {
		if v != 0 {
			return false
		}
	}
	return true
}

// penMask is the ink of pens and print: darker than level, and in a seal
// darker than what is left of the seal's own ink there.
func (p *page) penMask(level uint8) *ink.Mask {
	s := p.sheet
	m := ink.Threshold(p.pen, s.W, s.H, level)
	for _, b := range p.seals {
		x0, y0, x1, y1 := max(0, b.box[0]), max(0, b.box[1]), min(s.W, b.box[0]+b.box[2]), min(s.H, b.box[1]+b.box[3])
		own := max(p.left(b, x0, y0, x1, y1), p.ink/4*3) // faint traces in a seal are the seal's
		if own <= level {
			continue
		}
		paler := ink.NewMask(s.W, s.H)
		for y := y0; y < y1; y++ {
			for x := x0; x < x1; x++ {
				if p.pen[y*s.W+x] < own || b.color == "blue" && s.Blue[y*s.W+x] >= sealRed {
					paler.Set(x, y)
				}
			}
		}
		m.AndNot(paler)
	}
	return m
}

// left is the darkness on the pen plane that the ink of a seal itself reaches.
func (p *page) left(b sealAt, x0, y0, x1, y1 int) uint8 {
	s := p.sheet
	var hist [256]int
	n := 0
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			i := y*s.W + x
			if s.Color && b.color == "red" && s.Red[i] >= sealRed || !s.Color && p.pen[i] >= 48 {
				hist[p.pen[i]]++
				n++
			}
		}
	}
	if n < 40 {
		return 0
	}
	share := 75 // the rest may be pen whose edge the seal colours
	if !s.Color { // pen and seal are counted together
		share = 60
	}
	seen := 0
	for v, c := range hist {
		if seen += c; 100*seen >= share*n {
			return uint8(min(v+20, 150))
		}
	}
	return 0
}
