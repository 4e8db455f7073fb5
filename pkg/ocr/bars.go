package ocr

import (
	"math"
	"slices"
)

const (
	// barLength is how many times as long as high a line must be that is taken out of
	// what it runs together with, barSteep how steep it may be, and barGap how wide a
	// gap in it, in heights.
	barLength, barSteep, barGap = 5, 0.25, 2
	// barPasses bounds how often one area is parted: a seal may touch two lines.
	barPasses = 3
)

// bars returns the nearly level lines of an area that a seal or a pen joins to each
// other and to other things.
func bars(area []span) [][]span {
	var out [][]span
	rest := [][]span{area}
	for range barPasses {
		var next [][]span
		for _, g := range rest {
			if line, left := bar(g); line != nil {
				out, next = append(out, line), append(next, left...)
			}
		}
		rest = next
	}
	return out
}

// patch is the area of a component, x0 and y0 its corner.
type patch struct {
	x0, y0, w, h int
	mask         []bool
}

func newPatch(g []span) patch {
	p := patch{x0: math.MaxInt, y0: math.MaxInt}
	x1, y1 := 0, 0
	for _, s := range g {
		p.x0, p.y0, x1, y1 = min(p.x0, s.x0), min(p.y0, s.y), max(x1, s.x1), max(y1, s.y)
	}
	p.w, p.h = x1-p.x0+1, y1-p.y0+1
	p.mask = make([]bool, p.w*p.h)
	for _, s := range g {
		for x := s.x0; x <= s.x1; x++ {
			p.mask[(s.y-p.y0)*p.w+x-p.x0] = true
		}
	}
	return p
}

// column is a run of an area's pixels in one column of it.
type column struct {
	x, length int
	centre    float64
}

// columns returns the runs, left to right.
func (p patch) columns() []column {
	var out []column
	for x := range p.w {
		for y := 0; y < p.h; y++ {
			start := y
			for y < p.h && p.mask[y*p.w+x] {
				y++
			}
			if y > start {
				out = append(out, column{x, y - start, float64(start+y-1) / 2})
			}
		}
	}
	return out
}

// axis returns the straight line y = at + slope·x along which most columns of about
// the given height have their middle, and how many they are.
func (p patch) axis(columns []column, height int) (at, slope float64, n int) {
	const step = 0.01
	reach := max(1, height/2)
	for k := -int(barSteep / step); k <= int(barSteep/step); k++ {
		s := float64(k) * step
		low := math.Min(0, -s*float64(p.w))
		counts := make([]int, p.h+int(barSteep*float64(p.w))+2)
		for _, c := range columns {
			if c.length <= 2*height {
				counts[int(c.centre-s*float64(c.x)-low)]++
			}
		}
		sum := 0
		for i, v := range counts {
			sum += v
			if i >= reach {
				sum -= counts[i-reach]
			}
			if sum > n {
				at, slope, n = low+float64(i)-float64(min(i, reach-1))/2+0.5, s, sum
			}
		}
	}
	return at, slope, n
}

// bar parts an area into the longest nearly level line in it and the rest; nil where
// there is none.
func bar(g []span) (line []span, rest [][]span) {
	p := newPatch(g)
	if p.w < barLength*minSide || p.w > maxLineWidth || p.h > maxLineWidth {
		return nil, nil
	}
	columns := p.columns()
	lengths := make([]int, len(columns))
	for i, c := range columns {
		lengths[i] = c.length
	}
	slices.Sort(lengths)
	height := lengths[len(lengths)/2]
	at, slope, n := p.axis(columns, height)
	if n < barLength*height {
		return nil, nil
	}
	on := func(x, y int) bool {
		return p.mask[y*p.w+x] && math.Abs(float64(y)-at-slope*float64(x)) <= 0.5*float64(height)
	}
	from, to := p.stretch(on, barGap*height)
	if to-from < barLength*height {
		return nil, nil
	}
	left := make([]float32, p.w*p.h)
	for y := range p.h {
		for x := range p.w {
			switch i := y*p.w + x; {
			case !p.mask[i]:
			case x >= from && x < to && on(x, y):
				line = append(line, span{y + p.y0, x + p.x0, x + p.x0})
			default:
				left[i] = 1
			}
		}
	}
	rest = components(left, p.w, p.h)
	for _, r := range rest {
		for i := range r {
			r[i] = span{r[i].y + p.y0, r[i].x0 + p.x0, r[i].x1 + p.x0}
		}
	}
	return line, rest
}

// stretch returns the longest run of columns with pixels for which on holds, without
// gaps wider than gap.
func (p patch) stretch(on func(x, y int) bool, gap int) (from, to int) {
	start, last := -1, -1
	for x := range p.w {
		met := false
		for y := 0; y < p.h && !met; y++ {
			met = on(x, y)
		}
		if !met {
			continue
		}
		if start < 0 || x-last > gap {
			start = x
		}
		last = x
		if last+1-start > to-from {
			from, to = start, last+1
		}
	}
	return from, to
}
