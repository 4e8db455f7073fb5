package ink

import (
	"math"
	"sort"
)

// Blob is a connected patch of ink (8-neighbourhood).
type Blob struct {
	Label          int32 // its value in Labels.At, from 1
	X0, Y0, X1, Y1 int   // bounds, X1 and Y1 exclusive
	Area           int   // pixels
}

// W is the width of the blob's bounds.
func (b Blob) W() int { return b.X1 - b.X0 }

// H is the height of the blob's bounds.
func (b Blob) H() int { return b.Y1 - b.Y0 }

// Labels says which blob each pixel belongs to; 0 is paper.
type Labels struct {
	W, H  int
	At    []int32
	Blobs []Blob // Blobs[i].Label == i+1
}

// Threshold returns the mask of values ≥ t.
func Threshold(plane []uint8, t uint8) []bool {
	m := make([]bool, len(plane))
	for i, v := range plane {
		m[i] = v >= t
	}
	return m
}

// Label finds the blobs of a mask in two passes with a union-find table.
func Label(mask []bool, w, h int) *Labels {
	l := &Labels{W: w, H: h, At: make([]int32, w*h)}
	parent := []int32{0}
	find := func(a int32) int32 {
		for parent[a] != a {
			parent[a] = parent[parent[a]]
			a = parent[a]
		}
		return a
	}
	for y := range h {
		for x := range w {
			i := y*w + x
			if !mask[i] {
				continue
			}
			var lab int32
			join := func(j int) {
				o := l.At[j]
				if o == 0 {
					return
				}
				o = find(o)
				switch {
				case lab == 0:
					lab = o
				case o < lab:
					parent[lab], lab = o, o
				case o > lab:
					parent[o] = lab
				}
			}
			if x > 0 {
				join(i - 1)
			}
			if y > 0 {
				join(i - w)
				if x > 0 {
					join(i - w - 1)
				}
				if x+1 < w {
					join(i - w + 1)
				}
			}
			if lab == 0 {
				lab = int32(len(parent))
				parent = append(parent, lab)
			}
			l.At[i] = lab
		}
	}
	final := make([]int32, len(parent))
	for y := range h {
		for x := range w {
			i := y*w + x
			if l.At[i] == 0 {
				continue
			}
			root := find(l.At[i])
			if final[root] == 0 {
				l.Blobs = append(l.Blobs, Blob{Label: int32(len(l.Blobs) + 1), X0: x, Y0: y, X1: x + 1, Y1: y + 1})
				final[root] = int32(len(l.Blobs))
			}
			n := final[root]
			l.At[i] = n
			b := &l.Blobs[n-1]
			b.X0, b.X1 = min(b.X0, x), max(b.X1, x+1)
			b.Y1 = max(b.Y1, y+1)
			b.Area++
		}
	}
	return l
}

// Grow dilates a mask by a square of side 2r+1.
func Grow(mask []bool, w, h, r int) []bool {
	tmp := make([]bool, w*h)
	for y := range h {
		last := -1 << 30 // last set pixel at or left of x
		row := mask[y*w : (y+1)*w]
		for x := range w {
			if row[x] {
				last = x
			}
			if x-last <= r {
				tmp[y*w+x] = true
			}
		}
		next := 1 << 30
		for x := w - 1; x >= 0; x-- {
			if row[x] {
				next = x
			}
			if next-x <= r {
				tmp[y*w+x] = true
			}
		}
	}
	out := make([]bool, w*h)
	for x := range w {
		last := -1 << 30
		for y := range h {
			if tmp[y*w+x] {
				last = y
			}
			if y-last <= r {
				out[y*w+x] = true
			}
		}
		next := 1 << 30
		for y := h - 1; y >= 0; y-- {
			if tmp[y*w+x] {
				next = y
			}
			if next-y <= r {
				out[y*w+x] = true
			}
		}
	}
	return out
}

// LetterHeight is the median height of the blobs that look like letters, in
// pixels, and how many blobs are about that size. On a sheet without print it
// is the height of 10 pt on A4, and few.
func (l *Labels) LetterHeight() (height float64, letters int) {
	long := max(l.W, l.H)
	var hs []int
	for _, b := range l.Blobs {
		if b.H() >= 4 && b.H() <= long/18 && b.Area >= 6 && b.W() <= 3*b.H() {
			hs = append(hs, b.H())
		}
	}
	height = float64(long) / 90
	if len(hs) >= 12 {
		sort.Ints(hs)
		height = math.Max(float64(hs[len(hs)/2]), float64(long)/140)
	}
	for _, b := range l.Blobs {
		if h := float64(b.H()); h >= 0.5*height && h <= 1.4*height && b.W() <= 3*b.H() && b.Area >= 6 {
			letters++
		}
	}
	return height, letters
}

// InRows counts the blobs of about the height of print that stand in a row
// with another: two or more on one base line, close by. Print does; the
// texture of a photograph does so only by chance.
func (l *Labels) InRows(height float64) int {
	type cell struct{ x, y int }
	side := max(4, int(2.5*height))
	near := map[cell][]int{}
	var letters []int
	for i, b := range l.Blobs {
		if h := float64(b.H()); h < 0.5*height || h > 1.5*height || b.W() > 6*b.H() || b.Area < 6 {
			continue
		}
		letters = append(letters, i)
		c := cell{b.X0 / side, b.Y1 / side}
		if len(near[c]) < 64 { // a cell holds a few letters; more is texture
			near[c] = append(near[c], i)
		}
	}
	count := 0
	for _, i := range letters {
		b := l.Blobs[i]
		tolerance := max(1, int(height/6))
		mates := 0
		for dx := -3; dx <= 3; dx++ {
			for dy := -1; dy <= 1; dy++ {
				for _, j := range near[cell{b.X0/side + dx, b.Y1/side + dy}] {
					o := l.Blobs[j]
					gap := max(b.X0, o.X0) - min(b.X1, o.X1)
					if j != i && gap >= 0 && float64(gap) < 1.2*height && o.Y1-b.Y1 <= tolerance && b.Y1-o.Y1 <= tolerance {
						mates++
					}
				}
			}
		}
		if mates >= 2 {
			count++
		}
	}
	return count
}
