package pixels

import (
	"math"
	"slices"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/raster"
)

// Thresholds of splits.
const (
	// splitMargin keeps dividing lines away from the edges.
	splitMargin = 0.15
	// maxSplit is the greatest width of a dividing line.
	maxSplit = 0.05
	// splitShare is the share of a dividing line's length along which the
	// pictures beside it must differ from it.
	splitShare = 0.80
	// jump is a step of luma between lines worth a closer look, candidateShare
	// the share of the length along which it must occur.
	jump           = 8
	candidateShare = 0.5
	// segments is in how many parts a seam between two pictures is looked at;
	// seamSegments must show it, both ends among them: a product's straight
	// edge does not reach from side to side.
	segments     = 12
	seamSegments = 10
	// seamStep and seamRatio are the mean step a seam shows, in levels and
	// relative to the steps beside it.
	seamStep  = 6
	seamRatio = 3
	// horizonRatio is how much the step of a seam must vary along it (root mean square),
	// relative to its median.
	horizonRatio = 0.35
	// mostCrossing is how far what lies before a seam may go on behind it (a correlation). Of 60
	// collages of open photographs none had more than 0.27, drawn products that stand before
	// the edge of a table 0.53 and more (November 2026).
	mostCrossing = 0.4
	// drawnDeviation is how much a line drawn on one ground may vary; joints
	// between planks and tiles vary more.
	drawnDeviation = 2.5
)

// splits finds lines that divide the picture from one side to the other: a
// thin band of one colour with other content on both sides all along, or a
// jump from one picture to another.
func splits(w *work, b facts.Border) []facts.Box {
	inset := 0
	if b.Present {
		inset = b.Width*max(w.rgb.W, w.rgb.H)/max(w.picture.FullW, w.picture.FullH) + 2
	}
	rows, columns := jumpCounts(w.luma)
	return append(w.splitsAlong('l', columns, inset), w.splitsAlong('t', rows, inset)...)
}

// jumpCounts counts, for every row and column, at how many places along it the
// luma steps from the line before it to the line behind it, as a share of its
// length. Every second place is looked at.
func jumpCounts(g *raster.Gray) (rows, columns []float64) {
	rows, columns = make([]float64, g.H), make([]float64, g.W)
	count := make([]int, g.W)
	for y := 1; y < g.H-1; y += 2 {
		row := g.Pix[y*g.W : (y+1)*g.W]
		for x := 1; x < len(row)-1; x++ {
			if d := int(row[x+1]) - int(row[x-1]); d > jump || d < -jump {
				count[x]++
			}
		}
	}
	for x, n := range count {
		columns[x] = float64(2*n) / float64(g.H)
	}
	for y := 1; y < g.H-1; y++ {
		before, behind := g.Pix[(y-1)*g.W:y*g.W], g.Pix[(y+1)*g.W:(y+2)*g.W]
		n := 0
		for x := 0; x < len(before); x += 2 {
			if d := int(behind[x]) - int(before[x]); d > jump || d < -jump {
				n++
			}
		}
		rows[y] = float64(2*n) / float64(g.W)
	}
	return rows, columns
}

func (w *work) splitsAlong(s byte, jumped []float64, inset int) []facts.Box {
	m := w.rgb
	n := depth(m, s)
	from, to := max(4, int(splitMargin*float64(n))), min(n-5, n-int(splitMargin*float64(n)))
	box := func(d, width int) facts.Box {
		if s == 'l' {
			return w.full([4]int{d, 0, width, m.H})
		}
		return w.full([4]int{0, d, m.W, width})
	}
	var out []facts.Box
	for d := from; d < to; d++ {
		if max(jumped[d-1], jumped[d], jumped[d+1]) < candidateShare {
			continue
		}
		if width := dividing(m, s, d, int(maxSplit*float64(n)), inset); width > 0 {
			out = append(out, box(d, width))
			d += width + n/20
			continue
		}
		if seam(m, s, d) {
			out = append(out, box(d, 1))
			d += n / 20
		}
	}
	return out
}

// dividing returns the width of the band of one colour that begins at line d,
// 0 where there is none that divides. inset is the width of a border around
// the picture, in which the line is lost.
func dividing(m *raster.RGB, s byte, d, limit, inset int) int {
	color := middleColor(side(m, s, d))
	off := func(d int) float64 { return differing(side(m, s, d), 0, 0, color) }
	ends := func(d int) bool { // the neighbours differ at both ends too
		l := side(m, s, d)
		part := l.n / 25
		return differing(l, inset, l.n-inset-part, color) >= splitShare && differing(l, l.n-inset-part, inset, color) >= splitShare
	}
	if off(d) > 1-bandShare || max(off(d-1), off(d-2)) < splitShare || !ends(d-1) && !ends(d-2) {
		return 0
	}
	width := 1
	for width <= limit && d+width+2 < depth(m, s) && off(d+width) <= 1-bandShare {
		width++
	}
	if width > limit || max(off(d+width), off(d+width+1)) < splitShare || !ends(d+width) && !ends(d+width+1) {
		return 0
	}
	before, behind := side(m, s, d-3), side(m, s, min(d+width+2, depth(m, s)-1))
	oneGround := share(before.n, func(i int) bool { return distance(before.at(i), behind.at(i)) <= bandTolerance }) > 0.5
	if oneGround && deviationOf(side(m, s, d+width/2)) > drawnDeviation {
		return 0
	}
	return width
}

// deviationOf is the standard deviation of the green channel along a line,
// without the ends.
func deviationOf(l line) float64 {
	var sum, sq float64
	n := 0
	for i := l.n / 20; i < l.n-l.n/20; i++ {
		v := float64(l.at(i)[1])
		sum += v
		sq += v * v
		n++
	}
	mean := sum / float64(max(1, n))
	return math.Sqrt(max(0, sq/float64(max(1, n))-mean*mean))
}

// seam reports whether two pictures meet between line d-1 and line d: the step
// there is far above the steps beside it, nearly all along, it is not the same step all
// along, as it is between a wall and a table, and nothing stands before it.
func seam(m *raster.RGB, s byte, d int) bool {
	n := side(m, s, d).n
	end := n / 25
	shown := 0
	var steps [segments][3]float64
	for k := range segments {
		from, to := k*n/segments, (k+1)*n/segments
		switch k { // the very ends must show it too
		case 0:
			to = end
		case segments - 1:
			from = n - end
		}
		// Scaling may spread the seam over two steps.
		here := max(meanStep(m, s, d, from, to), (meanStep(m, s, d, from, to)+meanStep(m, s, d+1, from, to))/2)
		beside := (meanStep(m, s, d-3, from, to) + meanStep(m, s, d-2, from, to) + meanStep(m, s, d+3, from, to) + meanStep(m, s, d+4, from, to)) / 4
		if here >= seamStep && here >= seamRatio*beside {
			shown++
		} else if k == 0 || k == segments-1 {
			return false
		}
		steps[k] = signedStep(m, s, d, from, to)
	}
	return shown >= seamSegments && !oneStep(steps[:]) && crossing(m, s, d) <= mostCrossing
}

// oneStep reports whether a step of colour is much the same all along, as where a wall
// meets a table.
func oneStep(steps [][3]float64) bool {
	middle := [3]float64{}
	for c := range middle {
		of := make([]float64, len(steps))
		for k := range steps {
			of[k] = steps[k][c]
		}
		slices.Sort(of)
		middle[c] = (of[(len(of)-1)/2] + of[len(of)/2]) / 2
	}
	sum := 0.0
	for _, s := range steps {
		sum += square(s[0]-middle[0]) + square(s[1]-middle[1]) + square(s[2]-middle[2])
	}
	return sum/float64(len(steps)) < horizonRatio*horizonRatio*(square(middle[0])+square(middle[1])+square(middle[2]))
}

// crossing is how far the edges that lie across a seam go on behind it: the correlation
// of the steps along the lines on either side, 0 between two pictures, up to 1 where the
// product stands before the line of a wall and a table.
func crossing(m *raster.RGB, s byte, d int) float64 {
	const reach, lines = 8, 2 // a step is taken over 2·reach (edges slant), of the mean of so many lines
	before, behind := means(m, s, d-1-lines, lines), means(m, s, d+1, lines)
	var ab, aa, bb float64
	for i := reach; i < len(before)-reach; i++ {
		a, b := before[i+reach]-before[i-reach], behind[i+reach]-behind[i-reach]
		ab, aa, bb = ab+a*b, aa+a*a, bb+b*b
	}
	if aa == 0 || bb == 0 {
		return 0
	}
	return ab / math.Sqrt(aa*bb)
}

// means are the mean values, of all channels together, across a few lines from line d on.
func means(m *raster.RGB, s byte, d, lines int) []float64 {
	out := make([]float64, side(m, s, 0).n)
	for k := range lines {
		l := side(m, s, d+k)
		for i := range out {
			v := l.at(i)
			out[i] += float64(int(v[0])+int(v[1])+int(v[2])) / float64(3*lines)
		}
	}
	return out
}

func square(v float64) float64 { return v * v }

// meanStep is the mean difference between line d-1 and line d.
func meanStep(m *raster.RGB, s byte, d, from, to int) float64 {
	a, b := side(m, s, d-1), side(m, s, d)
	sum := 0
	for i := from; i < to; i++ {
		sum += distance(a.at(i), b.at(i))
	}
	return float64(sum) / float64(max(1, to-from))
}

// signedStep is the mean step of each channel over the seam.
func signedStep(m *raster.RGB, s byte, d, from, to int) (out [3]float64) {
	a, b := side(m, s, d-2), side(m, s, d+1)
	var sum [3]int
	for i := from; i < to; i++ {
		for c, v := range b.at(i) {
			sum[c] += int(v) - int(a.at(i)[c])
		}
	}
	for c, v := range sum {
		out[c] = float64(v) / float64(max(1, to-from))
	}
	return out
}
