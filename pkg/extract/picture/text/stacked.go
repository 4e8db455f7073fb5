package text

import (
	"math"
	"slices"
	"unicode"

	"github.com/aecheck/aecheck/pkg/extract/picture/text/overlay"
	"github.com/aecheck/aecheck/pkg/ocr"
	"github.com/aecheck/aecheck/pkg/raster"
)

// joinStacks makes one line of upright letters that stand below each other, as Chinese
// is set in columns: each was read as a line of its own. Digits alone are the scale of
// a ruler or a column of keys.
func joinStacks(m *raster.RGB, g *overlay.Ground, lines []line) []line {
	order := make([]int, 0, len(lines))
	for i := range lines {
		if a := math.Abs(lines[i].tilt); len([]rune(lines[i].Text)) == 1 && (a < leastSlant || a > 90-leastSlant) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return lines[a].Box[1] - lines[b].Box[1] })
	gone := make([]bool, len(lines))
	var out []line
	for k, i := range order {
		if gone[i] {
			continue
		}
		column := []int{i}
		for _, j := range order[k+1:] {
			if !gone[j] && below(&lines[column[len(column)-1]], &lines[j]) {
				column = append(column, j)
			}
		}
		whole, ok := stacked(lines, column)
		if !ok {
			continue
		}
		for _, j := range column {
			gone[j] = true
		}
		out = append(out, measure(m, g, whole))
	}
	if out == nil {
		return lines
	}
	for i := range lines {
		if !gone[i] {
			out = append(out, lines[i])
		}
	}
	return out
}

// below reports whether b is the next letter of a column after a.
func below(a, b *line) bool {
	const aside, least, most = 0.5, 0.5, 2.2 // of the letters' side
	ax, ay := float64(a.Box[0])+float64(a.Box[2])/2, float64(a.Box[1])+float64(a.Box[3])/2
	bx, by := float64(b.Box[0])+float64(b.Box[2])/2, float64(b.Box[1])+float64(b.Box[3])/2
	side := math.Max(float64(max(a.Box[2], a.Box[3])), float64(max(b.Box[2], b.Box[3])))
	return math.Abs(ax-bx) <= aside*side && by-ay >= least*side && by-ay <= most*side
}

// stacked is the line that a column of letters says.
func stacked(lines []line, column []int) (whole ocr.Line, ok bool) {
	const least, letters = 4, 2
	n := 0
	box := lines[column[0]].Box
	whole.Confidence = 1
	for _, i := range column {
		l := &lines[i]
		whole.Text += l.Text
		whole.Chars = append(whole.Chars, l.Chars...)
		whole.Confidence = math.Min(whole.Confidence, l.Confidence)
		box = union(box, l.Box)
		for _, r := range l.Text {
			if unicode.IsLetter(r) {
				n++
			}
		}
	}
	x0, y0, x1, y1 := float64(box[0]), float64(box[1]), float64(box[0]+box[2]), float64(box[1]+box[3])
	whole.Box, whole.Angle = box, 90
	whole.Quad = [4][2]float64{{x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}}
	return whole, len(column) >= least && n >= letters
}
