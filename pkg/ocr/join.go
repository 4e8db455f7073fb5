package ocr

import (
	"math"
	"slices"
)

const (
	// joinGap is the widest gap between two parts of one line and joinInto how far
	// they may overlap, joinShift how far their axes may lie apart, all in line
	// heights: an edge of a product that runs through a mark hides a letter or two.
	joinGap, joinInto, joinShift = 2.6, 0.6, 0.4
	// joinHeights is the greatest ratio of their heights and joinTurn the greatest
	// angle between them, degrees; boxes shorter than joinLength heights have no
	// direction to speak of.
	joinHeights, joinTurn, joinLength = 2.2, 10, 1.8
	// mostJoined bounds the lines put together.
	mostJoined = 12
)

// part is a box as a stretch of a line.
type part struct {
	centre, u      point // u: unit vector along the line
	length, height float64
	score          float64
}

func newPart(b box) part {
	q := b.quad.directions()[0]
	p := part{length: distance(q[0], q[1]), height: distance(q[0], q[3]), u: direction(q[0], q[1]), score: b.score}
	for _, c := range q {
		p.centre[0] += c[0] / 4
		p.centre[1] += c[1] / 4
	}
	return p
}

// joined returns boxes around those that may be parts of one line which something
// runs through: in a row, of one height and direction.
func joined(boxes []box) []box {
	parts := make([]part, len(boxes))
	for i, b := range boxes {
		parts[i] = newPart(b)
	}
	next := make([]int, len(parts))
	first := make([]bool, len(parts))
	for i := range first {
		first[i] = true
	}
	for i, a := range parts {
		next[i] = -1
		nearest := math.Inf(1)
		for j, b := range parts {
			if gap, ok := a.before(b); i != j && ok && gap < nearest {
				nearest, next[i] = gap, j
			}
		}
	}
	for _, j := range next {
		if j >= 0 {
			first[j] = false
		}
	}
	var out []box
	for i := range parts {
		if !first[i] || next[i] < 0 {
			continue
		}
		chain := []part{parts[i]}
		seen := []int{i}
		for j := next[i]; j >= 0 && !slices.Contains(seen, j); j = next[j] {
			chain, seen = append(chain, parts[j]), append(seen, j)
		}
		out = append(out, around(chain))
	}
	return strongest(out, mostJoined)
}

// before reports whether b may follow a on one line, and the gap between them.
func (a part) before(b part) (gap float64, ok bool) {
	long := a
	if b.length > a.length {
		long = b
	}
	if a.height > joinHeights*b.height || b.height > joinHeights*a.height {
		return 0, false
	}
	if a.length > joinLength*a.height && b.length > joinLength*b.height {
		turn := math.Abs(math.Atan2(a.u[0]*b.u[1]-a.u[1]*b.u[0], a.u[0]*b.u[0]+a.u[1]*b.u[1])) * 180 / math.Pi
		if turn > joinTurn {
			return 0, false
		}
	}
	dx, dy := b.centre[0]-a.centre[0], b.centre[1]-a.centre[1]
	h := (a.height + b.height) / 2
	along, across := dx*long.u[0]+dy*long.u[1], dy*long.u[0]-dx*long.u[1]
	gap = along - (a.length+b.length)/2
	return gap, along > 0 && gap <= joinGap*h && gap >= -joinInto*h && math.Abs(across) <= joinShift*h+0.06*along
}

// around returns the box around parts that follow each other.
func around(chain []part) box {
	a, b := chain[0], chain[len(chain)-1]
	u := direction(a.centre, b.centre)
	var length, height, score, shift float64
	for _, p := range chain {
		length += p.length
		height += p.length * p.height
		score += p.length * p.score
		shift += p.length * ((p.centre[1]-a.centre[1])*u[0] - (p.centre[0]-a.centre[0])*u[1])
	}
	height, score, shift = height/length, score/length, shift/length
	v := point{-u[1], u[0]}
	from, to := -a.length/2, distance(a.centre, b.centre)+b.length/2
	at := func(s, t float64) point {
		return point{a.centre[0] + s*u[0] + t*v[0], a.centre[1] + s*u[1] + t*v[1]}
	}
	top, bottom := shift-height/2, shift+height/2
	return box{quad{at(from, top), at(to, top), at(to, bottom), at(from, bottom)}, score}
}
