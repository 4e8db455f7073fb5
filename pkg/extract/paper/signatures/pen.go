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
// filter of that colour would show, in the light of the spot. Red of hue 0° is as
// dark as 0.7 of its redness (Rec. 601 luma); around it the chroma of a JPEG is
// smeared over two pixels, so the reddest neighbour counts.
func penPlane(s *ink.Sheet) []uint8 {
	out := make([]uint8, len(s.Dark))
	w := s.W
	light := newLight(s)
	near := make([]uint8, w)
	for y := range s.H {
		any := false
		for yy := max(0, y-1); s.Color && yy <= min(s.H-1, y+1); yy++ {
			any = any || !empty(s.Red[yy*w:(yy+1)*w])
		}
		clear(near)
		for yy := max(0, y-1); any && yy <= min(s.H-1, y+1); yy++ {
			for x, v := range s.Red[yy*w : (yy+1)*w] {
				if v == 0 {
					continue
				}
				for xx := max(0, x-1); xx <= min(w-1, x+1); xx++ {
					near[xx] = max(near[xx], v)
				}
			}
		}
		dark, row := s.Dark[y*w:(y+1)*w], out[y*w:(y+1)*w]
		for x0 := 0; x0 < w; x0 += lightStep {
			shade := light.at(x0+lightStep/2, y)
			for x := x0; x < min(w, x0+lightStep); x++ {
				v := int(dark[x]) - int(near[x])*3/4
				if shade > 0 {
					v = (v - shade) * 255 / (255 - shade)
				}
				row[x] = uint8(min(255, max(0, v)))
			}
		}
	}
	return out
}

// shadeSide is the side of the squares in which the light is taken as one, in
// pixels of the sheet: larger than a stroke is wide, smaller than the soft edge of
// a shadow, which the paper of the sheet is too coarse for.
const shadeSide = 24

// lightStep is how many pixels of a row share a shade.
const lightStep = 4

// light is how dark the bare paper of each square is on the sheet, where it
// should be 0.
type light struct {
	across int
	shade  []uint8
}

func newLight(s *ink.Sheet) light {
	l := light{across: (s.W + shadeSide - 1) / shadeSide}
	down := (s.H + shadeSide - 1) / shadeSide
	raw := make([]uint8, l.across*down)
	for gy := range down {
		for gx := range l.across {
			var hist [256]int
			n := 0
			for y := gy * shadeSide; y < min(s.H, (gy+1)*shadeSide); y += 2 {
				for x := gx * shadeSide; x < min(s.W, (gx+1)*shadeSide); x += 2 {
					hist[s.Dark[y*s.W+x]]++
					n++
				}
			}
			seen, v := 0, 0
			for seen += hist[0]; 4*seen < n; seen += hist[v] {
				v++
			}
			raw[gy*l.across+gx] = uint8(v)
		}
	}
	l.shade = make([]uint8, len(raw))
	for gy := range down {
		for gx := range l.across {
			v := uint8(255)
			for y := max(0, gy-1); y <= min(down-1, gy+1); y++ {
				for x := max(0, gx-1); x <= min(l.across-1, gx+1); x++ {
					v = min(v, raw[y*l.across+x])
				}
			}
			// A block of ink is no shadow, and where all around is dark there is
			// no paper.
			if own := raw[gy*l.across+gx]; own < v+inkDark {
				v = own
			}
			if v < 8 || v > 150 {
				v = 0
			}
			l.shade[gy*l.across+gx] = v
		}
	}
	return l
}

// at is the shade of a pixel, between the middles of the squares around it.
func (l light) at(x, y int) int {
	fx, fy := max(0, x-shadeSide/2), max(0, y-shadeSide/2)
	gx, gy := min(fx/shadeSide, l.across-1), min(fy/shadeSide, len(l.shade)/l.across-1)
	hx, hy := min(gx+1, l.across-1), min(gy+1, len(l.shade)/l.across-1)
	tx, ty := fx%shadeSide, fy%shadeSide
	a, b := int(l.shade[gy*l.across+gx]), int(l.shade[gy*l.across+hx])
	c, d := int(l.shade[hy*l.across+gx]), int(l.shade[hy*l.across+hx])
	if a|b|c|d == 0 {
		return 0
	}
	return ((a*(shadeSide-tx)+b*tx)*(shadeSide-ty) + (c*(shadeSide-tx)+d*tx)*ty) / (shadeSide * shadeSide)
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
	share := 75   // the rest may be pen whose edge the seal colours
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
