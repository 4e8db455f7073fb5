package shown

import (
	"slices"

	"github.com/aecheck/aecheck/pkg/raster"
)

const (
	// groundSide is the longer side of the copy on which the ground is looked for.
	groundSide = 256
	// groundLevels is how far from the ground's colour, in any channel, a pixel
	// may be and still belong to it: JPEG and a soft shadow make less.
	groundLevels = 24
	// groundShare of the border must be ground. A product may run out of one side.
	groundShare = 0.8
	// leastThing is the smallest side of a thing, px of the copy.
	leastThing = 8
	// room is left about the thing, relative to its longer side.
	room = 0.04
)

// alone returns the box of the thing in a picture where one thing stands on a
// plain ground, and whether it is one: the border is of one colour nearly
// everywhere, and what differs from it does not run out of three sides.
func alone(p *raster.RGB) ([4]int, bool) {
	if p.W < leastThing || p.H < leastThing {
		return [4]int{}, false
	}
	w, h := raster.Fit(p.W, p.H, groundSide)
	s := p.Shrink(w, h)
	edge := max(2, min(s.W, s.H)/50)
	at := func(x, y int) []uint8 { return s.Pix[3*(y*s.W+x):][:3] }
	var border [][]uint8
	for y := range s.H {
		for x := range s.W {
			if x < edge || y < edge || x >= s.W-edge || y >= s.H-edge {
				border = append(border, at(x, y))
			}
		}
	}
	ground := median(border)
	differs := func(c []uint8) bool {
		for i, v := range c {
			if d := int(v) - int(ground[i]); d > groundLevels || d < -groundLevels {
				return true
			}
		}
		return false
	}
	other := 0
	for _, c := range border {
		if differs(c) {
			other++
		}
	}
	if float64(other) > (1-groundShare)*float64(len(border)) {
		return [4]int{}, false
	}
	rows, cols := make([]int, s.H), make([]int, s.W)
	for y := range s.H {
		for x := range s.W {
			if differs(at(x, y)) {
				rows[y]++
				cols[x]++
			}
		}
	}
	// Specks of dust take less than a hundredth of a line.
	x0, x1 := span(cols, max(1, s.H/100))
	y0, y1 := span(rows, max(1, s.W/100))
	if x1-x0 < leastThing || y1-y0 < leastThing || outOf(x0, y0, x1, y1, s.W, s.H) >= 3 {
		return [4]int{}, false
	}
	left, right := x0*p.W/s.W, x1*p.W/s.W
	top, bottom := y0*p.H/s.H, y1*p.H/s.H
	pad := int(room * float64(max(right-left, bottom-top)))
	left, top = max(0, left-pad), max(0, top-pad)
	return [4]int{left, top, min(p.W, right+pad) - left, min(p.H, bottom+pad) - top}, true
}

// median is that of each channel.
func median(colours [][]uint8) [3]uint8 {
	var out [3]uint8
	values := make([]uint8, len(colours))
	for c := range out {
		for i, v := range colours {
			values[i] = v[c]
		}
		slices.Sort(values)
		out[c] = values[len(values)/2]
	}
	return out
}

// span is where counts first and last exceed least.
func span(counts []int, least int) (from, to int) {
	more := func(n int) bool { return n > least }
	from = slices.IndexFunc(counts, more)
	if from < 0 {
		return 0, 0
	}
	for to = len(counts); !more(counts[to-1]); to-- {
	}
	return from, to
}

// outOf is the number of sides of a w×h picture that a box reaches.
func outOf(x0, y0, x1, y1, w, h int) int {
	n := 0
	for _, reached := range []bool{x0 == 0, y0 == 0, x1 == w, y1 == h} {
		if reached {
			n++
		}
	}
	return n
}
