package ocr

import (
	"math"
	"slices"
)

// Post-processing of the detector ("differentiable binarization", Liao et al.
// 2019, arXiv:1911.08947) with the numbers of PaddleOCR's DBPostProcess;
// maskThreshold to maxBoxes are its thresh, box_thresh, unclip_ratio, min_size
// and max_candidates.
const (
	maskThreshold = 0.3
	boxThreshold  = 0.5
	unclipRatio   = 1.6
	minSide       = 3 // of the rectangle as found, in detector pixels
	minGrownSide  = 5 // of the rectangle after growing
	maxBoxes      = 1000
)

// point is a place in a picture: x, y.
type point = [2]float64

// quad is a rectangle, possibly tilted: top left, top right, bottom right,
// bottom left. Of a line of text, "top" and "left" are meant as the text reads.
type quad [4]point

// box is a detected line.
type box struct {
	quad  quad
	score float64 // mean probability inside, 0…1
}

// span is a run of mask pixels in one row, x1 included.
type span struct{ y, x0, x1 int }

// findBoxes turns a probability map of w×h into boxes in its pixels. On a page an
// area that is no box is searched for lines that something joins to each other.
func findBoxes(prob []float32, w, h int, page bool) []box {
	var out []box
	for _, g := range components(prob, w, h) {
		if b, ok := boxOf(prob, w, h, g); ok {
			out = append(out, b)
		} else if page {
			for _, line := range bars(g) {
				if b, ok := boxOf(prob, w, h, line); ok {
					out = append(out, b)
				}
			}
		}
	}
	return out
}

// boxOf is the box of one area, if it is one.
func boxOf(prob []float32, w, h int, g []span) (box, bool) {
	pts := make([]point, 0, 2*len(g))
	for _, s := range g {
		pts = append(pts, point{float64(s.x0), float64(s.y)}, point{float64(s.x1), float64(s.y)})
	}
	q, a, b := minAreaRect(pts)
	if min(a, b) < minSide {
		return box{}, false
	}
	score := meanInside(prob, w, h, q)
	if score < boxThreshold {
		return box{}, false
	}
	d := a * b * unclipRatio / (2 * (a + b))
	if min(a, b)+2*d < minGrownSide {
		return box{}, false
	}
	q = q.grow(d)
	for i := range q {
		q[i][0] = min(max(q[i][0], 0), float64(w))
		q[i][1] = min(max(q[i][1], 0), float64(h))
	}
	return box{q.ordered(), score}, true
}

// components returns the 8-connected areas above maskThreshold as lists of
// spans, at most maxBoxes of them: the largest, in the order of their first
// pixel.
func components(prob []float32, w, h int) [][]span {
	var spans []span
	var parent []int
	find := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	above := 0 // first span of the row above
	for y := range h {
		row := prob[y*w : (y+1)*w]
		start := len(spans)
		k := above
		for x := 0; x < w; x++ {
			if !(row[x] > maskThreshold) {
				continue
			}
			s := span{y, x, x}
			for x+1 < w && row[x+1] > maskThreshold {
				x++
			}
			s.x1 = x
			id := len(spans)
			spans, parent = append(spans, s), append(parent, id)
			for k < start && spans[k].x1 < s.x0-1 {
				k++
			}
			for j := k; j < start && spans[j].x0 <= s.x1+1; j++ {
				a, b := find(j), find(id)
				parent[max(a, b)] = min(a, b)
			}
		}
		above = start
	}
	index := map[int]int{}
	var groups [][]span
	for i, s := range spans {
		root := find(i)
		g, ok := index[root]
		if !ok {
			g = len(groups)
			index[root] = g
			groups = append(groups, nil)
		}
		groups[g] = append(groups[g], s)
	}
	return largest(groups)
}

// largest keeps the maxBoxes groups with the most pixels.
func largest(groups [][]span) [][]span {
	if len(groups) <= maxBoxes {
		return groups
	}
	area := func(g []span) int {
		n := 0
		for _, s := range g {
			n += s.x1 - s.x0 + 1
		}
		return n
	}
	sizes := make([]int, len(groups))
	for i, g := range groups {
		sizes[i] = area(g)
	}
	bySize := slices.Clone(sizes)
	slices.Sort(bySize)
	least := bySize[len(bySize)-maxBoxes]
	kept := groups[:0]
	for i, g := range groups {
		if sizes[i] >= least && len(kept) < maxBoxes {
			kept = append(kept, g)
		}
	}
	return kept
}

// hull returns the convex hull of points (Andrew's monotone chain).
func hull(p []point) []point {
	slices.SortFunc(p, func(a, b point) int {
		if a[0] != b[0] {
			return sign(a[0] - b[0])
		}
		return sign(a[1] - b[1])
	})
	p = slices.Compact(p)
	if len(p) < 3 {
		return p
	}
	right := func(o, a, b point) bool {
		return (a[0]-o[0])*(b[1]-o[1])-(a[1]-o[1])*(b[0]-o[0]) <= 0
	}
	var out []point
	for pass := range 2 {
		least := len(out) + 1
		if pass == 0 {
			least = 2
		}
		for i := range p {
			q := p[i]
			if pass == 1 {
				q = p[len(p)-1-i]
				if i == 0 {
					continue
				}
			}
			for len(out) >= least && right(out[len(out)-2], out[len(out)-1], q) {
				out = out[:len(out)-1]
			}
			out = append(out, q)
		}
	}
	return out[:len(out)-1]
}

func sign(v float64) int {
	switch {
	case v < 0:
		return -1
	case v > 0:
		return 1
	}
	return 0
}

// minAreaRect returns the smallest rectangle around points and the lengths of
// its two pairs of sides. One side of it lies on the hull, so every hull edge
// is tried. Points on one line give an empty rectangle.
func minAreaRect(p []point) (q quad, a, b float64) {
	hl := hull(p)
	if len(hl) < 3 {
		return q, 0, 0
	}
	best := math.Inf(1)
	for i := range hl {
		u := direction(hl[i], hl[(i+1)%len(hl)])
		if u == (point{}) {
			continue
		}
		lo, hi := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
		for _, c := range hl {
			along := point{c[0]*u[0] + c[1]*u[1], c[1]*u[0] - c[0]*u[1]}
			for k := range 2 {
				lo[k], hi[k] = min(lo[k], along[k]), max(hi[k], along[k])
			}
		}
		if area := (hi[0] - lo[0]) * (hi[1] - lo[1]); area < best {
			best, a, b = area, hi[0]-lo[0], hi[1]-lo[1]
			back := func(s, t float64) point { return point{s*u[0] - t*u[1], s*u[1] + t*u[0]} }
			q = quad{back(lo[0], lo[1]), back(hi[0], lo[1]), back(hi[0], hi[1]), back(lo[0], hi[1])}
		}
	}
	return q, a, b
}

func distance(a, b point) float64 { return math.Hypot(b[0]-a[0], b[1]-a[1]) }

// direction returns the unit vector from a to b, or zero if they coincide.
func direction(a, b point) point {
	l := distance(a, b)
	if l == 0 {
		return point{}
	}
	return point{(b[0] - a[0]) / l, (b[1] - a[1]) / l}
}

// grow moves every side of a rectangle outwards by d.
func (q quad) grow(d float64) quad {
	u, v := direction(q[0], q[1]), direction(q[0], q[3])
	signs := [4]point{{-1, -1}, {1, -1}, {1, 1}, {-1, 1}}
	for i, s := range signs {
		q[i][0] += d * (s[0]*u[0] + s[1]*v[0])
		q[i][1] += d * (s[0]*u[1] + s[1]*v[1])
	}
	return q
}

// ordered returns the corners as top left, top right, bottom right, bottom
// left: of the two left ones the upper comes first (get_mini_boxes of
// PaddleOCR).
func (q quad) ordered() quad {
	p := q[:]
	slices.SortStableFunc(p, func(a, b point) int { return sign(a[0] - b[0]) })
	var o quad
	o[0], o[3] = p[0], p[1]
	if p[0][1] > p[1][1] {
		o[0], o[3] = p[1], p[0]
	}
	o[1], o[2] = p[2], p[3]
	if p[2][1] > p[3][1] {
		o[1], o[2] = p[3], p[2]
	}
	return o
}

// turnRatio is the height-to-width ratio from which a box is taken for text
// that runs down or up (get_rotate_crop_image of PaddleOCR).
const turnRatio = 1.5

// directions returns the ways in which text may run in a box, the likeliest
// first: left to right, or in a tall box downwards and upwards.
func (q quad) directions() []quad {
	if distance(q[0], q[3]) < turnRatio*distance(q[0], q[1]) {
		return []quad{q}
	}
	return []quad{{q[1], q[2], q[3], q[0]}, {q[3], q[0], q[1], q[2]}}
}

// stretch moves the left end by left and the right end by right outwards.
func (q quad) stretch(left, right float64) quad {
	u := direction(q[0], q[1])
	for i, d := range [4]float64{-left, right, right, -left} {
		q[i][0] += d * u[0]
		q[i][1] += d * u[1]
	}
	return q
}

// widen moves both ends and both edges outwards, in line heights.
func (q quad) widen(ends, edges float64) quad {
	h := distance(q[0], q[3])
	q = q.stretch(ends*h, ends*h)
	v := direction(q[0], q[3])
	for i, d := range [4]float64{-edges, -edges, edges, edges} {
		q[i][0] += d * h * v[0]
		q[i][1] += d * h * v[1]
	}
	return q
}

func (q *quad) move(dx, dy float64) {
	for i := range q {
		q[i][0] += dx
		q[i][1] += dy
	}
}

func (q *quad) scale(sx, sy float64) {
	for i := range q {
		q[i][0] *= sx
		q[i][1] *= sy
	}
}

// limits returns the axis-aligned box x, y, w, h around q.
func (q quad) limits() [4]int { return q.bounds(math.MaxInt32, math.MaxInt32) }

// bounds returns the axis-aligned box x, y, w, h around q within a w×h picture.
func (q quad) bounds(w, h int) [4]int {
	lo, hi := q[0], q[0]
	for _, p := range q[1:] {
		for k := range 2 {
			lo[k], hi[k] = min(lo[k], p[k]), max(hi[k], p[k])
		}
	}
	x0, y0 := min(max(int(math.Floor(lo[0])), 0), w), min(max(int(math.Floor(lo[1])), 0), h)
	x1, y1 := min(max(int(math.Ceil(hi[0])), x0), w), min(max(int(math.Ceil(hi[1])), y0), h)
	return [4]int{x0, y0, x1 - x0, y1 - y0}
}

// meanInside returns the mean probability of the pixels whose centre lies in q
// or within half a pixel of it.
func meanInside(prob []float32, w, h int, q quad) float64 {
	b := q.bounds(w, h)
	var sum float64
	n := 0
	for y := b[1]; y <= min(b[1]+b[3], h-1); y++ {
		// Each side cuts the row; what is left of it is a run.
		lo, hi := float64(b[0]), math.Min(float64(b[0]+b[2]), float64(w-1))
		for i := range q {
			u := direction(q[i], q[(i+1)%4])
			// Inside: u×(p-q) ≥ -0.5, linear in x with slope -u.y.
			rest := u[0]*(float64(y)-q[i][1]) + u[1]*q[i][0] + 0.5
			switch {
			case u[1] > 1e-9:
				hi = min(hi, math.Floor(rest/u[1]+1e-9))
			case u[1] < -1e-9:
				lo = max(lo, math.Ceil(rest/u[1]-1e-9))
			case rest < 0:
				hi = lo - 1
			}
		}
		for x := int(lo); x <= int(hi); x++ {
			sum += float64(prob[y*w+x])
			n++
		}
	}
	if n == 0 {
		return 0
	}
	return sum / float64(n)
}

// strongest keeps the n boxes with the greatest scores, in their order.
func strongest(b []box, n int) []box {
	if len(b) <= n {
		return b
	}
	scores := make([]float64, len(b))
	for i := range b {
		scores[i] = b[i].score
	}
	slices.Sort(scores)
	least := scores[len(scores)-n]
	kept := b[:0]
	for _, x := range b {
		if x.score >= least && len(kept) < n {
			kept = append(kept, x)
		}
	}
	return kept
}

// sameRow is the distance of upper edges up to which two boxes count as one
// row, in pixels of the picture (sorted_boxes of PaddleOCR).
const sameRow = 10

// sortLines puts lines in reading order: by upper edge, within a row by x.
func sortLines(l []Line) {
	slices.SortStableFunc(l, func(a, b Line) int { return sign(a.Quad[0][1] - b.Quad[0][1]) })
	for i := 1; i < len(l); i++ {
		for j := i; j > 0; j-- {
			p, q := l[j-1].Quad[0], l[j].Quad[0]
			if math.Abs(q[1]-p[1]) >= sameRow || q[0] >= p[0] {
				break
			}
			l[j-1], l[j] = l[j], l[j-1]
		}
	}
}
