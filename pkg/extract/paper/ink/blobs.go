package ink

import (
	"math"
	"sort"
)

// Blob is a connected patch of ink (8-neighbourhood).
type Blob struct {
	Label          int32 // its number, from 1
	X0, Y0, X1, Y1 int   // bounds, X1 and Y1 exclusive
	Area           int   // pixels
}

// W is the width of the blob's bounds.
func (b Blob) W() int { return b.X1 - b.X0 }

// H is the height of the blob's bounds.
func (b Blob) H() int { return b.Y1 - b.Y0 }

// Labels are the blobs of a mask, in the order of their first pixels.
type Labels struct {
	W, H  int
	Blobs []Blob // Blobs[i].Label == i+1
	runs  []Run  // of blob 1, then of blob 2 …, each from top to bottom
	first []int  // where in runs those of each blob begin; one more at the end
}

// Runs are the pixels of a blob of l, from top to bottom and left to right.
func (l *Labels) Runs(b Blob) []Run { return l.runs[l.first[b.Label-1]:l.first[b.Label]] }

// Label finds the blobs of a mask: the runs of neighbouring rows are joined
// where they touch.
func Label(m *Mask) *Labels {
	var runs []Run
	var parent []int32
	find := func(a int32) int32 {
		for parent[a] != a {
			parent[a] = parent[parent[a]]
			a = parent[a]
		}
		return a
	}
	above, begin := 0, 0 // first runs of the row above and of this row
	for y := range m.H {
		above, begin = begin, len(runs)
		runs = m.rowRuns(runs, y)
		for i := begin; i < len(runs); i++ {
			parent = append(parent, int32(i))
		}
		k := above
		for i := begin; i < len(runs) && k < begin; i++ {
			r := runs[i]
			for k < begin && runs[k].X1 < r.X0 {
				k++
			}
			for j := k; j < begin && runs[j].X0 <= r.X1; j++ {
				a, b := find(int32(j)), find(int32(i))
				// The earlier one is the root: blobs come in the order of
				// their first pixels.
				if a < b {
					parent[b] = a
				} else {
					parent[a] = b
				}
			}
		}
	}
	l := &Labels{W: m.W, H: m.H}
	final := make([]int32, len(runs))
	for i, r := range runs {
		root := find(int32(i))
		if final[root] == 0 {
			l.Blobs = append(l.Blobs, Blob{Label: int32(len(l.Blobs) + 1), X0: int(r.X0), Y0: int(r.Y), X1: int(r.X1), Y1: int(r.Y) + 1})
			final[root] = int32(len(l.Blobs))
			l.first = append(l.first, 0)
		}
		n := final[root]
		final[i] = n
		b := &l.Blobs[n-1]
		b.X0, b.X1, b.Y1 = min(b.X0, int(r.X0)), max(b.X1, int(r.X1)), int(r.Y)+1
		b.Area += int(r.X1 - r.X0)
		l.first[n-1]++
	}
	l.first = append(l.first, 0)
	at := 0
	for i, n := range l.first {
		l.first[i] = at
		at += n
	}
	l.runs = make([]Run, len(runs))
	next := append([]int(nil), l.first...)
	for i, r := range runs {
		n := final[i] - 1
		l.runs[next[n]] = r
		next[n]++
	}
	return l
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
	side := max(4, int(2.5*height))
	cols, rows := l.W/side+1, l.H/side+1
	// Letters by cell of a grid: the last of each, and the one before it.
	last, before, filled := make([]int32, cols*rows), make([]int32, len(l.Blobs)+1), make([]uint8, cols*rows)
	var letters []int
	for i, b := range l.Blobs {
		if h := float64(b.H()); h < 0.5*height || h > 1.5*height || b.W() > 6*b.H() || b.Area < 6 {
			continue
		}
		letters = append(letters, i)
		if c := b.Y1/side*cols + b.X0/side; filled[c] < 64 { // a cell holds a few letters; more is texture
			filled[c]++
			before[b.Label], last[c] = last[c], b.Label
		}
	}
	count := 0
	for _, i := range letters {
		b := l.Blobs[i]
		tolerance := max(1, int(height/6))
		mates := 0
		cx, cy := b.X0/side, b.Y1/side
		for y := max(0, cy-1); y <= min(rows-1, cy+1); y++ {
			for x := max(0, cx-3); x <= min(cols-1, cx+3); x++ {
				for n := last[y*cols+x]; n != 0 && mates < 2; n = before[n] {
					o := &l.Blobs[n-1]
					gap := max(b.X0, o.X0) - min(b.X1, o.X1)
					if n != b.Label && gap >= 0 && float64(gap) < 1.2*height && o.Y1-b.Y1 <= tolerance && b.Y1-o.Y1 <= tolerance {
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
