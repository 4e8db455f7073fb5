package ink

import "github.com/aecheck/aecheck/pkg/raster"

// paper is the colour of the paper over the sheet: a coarse grid, interpolated
// between the centres of its cells.
type paper struct {
	w, h, cell int
	gw, gh     int
	color      [][3]int
}

// newPaper takes the brightest quarter of each cell as paper, then the
// brightest cell around, so that a dense block of ink does not count as paper.
// Cells are 1/20 of the longer side: larger than a letter, smaller than the
// fall-off of light on a photographed page.
func newPaper(m *raster.RGB) *paper {
	p := &paper{w: m.W, h: m.H, cell: max(8, max(m.W, m.H)/20)}
	p.gw, p.gh = (m.W+p.cell-1)/p.cell, (m.H+p.cell-1)/p.cell
	raw := make([][3]int, p.gw*p.gh)
	luma := make([]int, p.gw*p.gh)
	var all [256]int
	for gy := range p.gh {
		for gx := range p.gw {
			c := brightest(m, gx*p.cell, gy*p.cell, p.cell)
			raw[gy*p.gw+gx] = c
			l := (299*c[0] + 587*c[1] + 114*c[2]) / 1000
			luma[gy*p.gw+gx] = l
			all[l]++
		}
	}
	floor := percentile(all[:], p.gw*p.gh, 90) * 45 / 100 // darker than this is no paper in shadow, it is ink
	p.color = make([][3]int, p.gw*p.gh)
	for gy := range p.gh {
		for gx := range p.gw {
			best := gy*p.gw + gx
			for dy := -1; dy <= 1; dy++ {
				for dx := -1; dx <= 1; dx++ {
					x, y := gx+dx, gy+dy
					if x < 0 || y < 0 || x >= p.gw || y >= p.gh {
						continue
					}
					if luma[y*p.gw+x] > luma[best] {
						best = y*p.gw + x
					}
				}
			}
			c := raw[best]
			if l := max(luma[best], 1); l < floor {
				for k := range c {
					c[k] = c[k] * floor / l
				}
				c[0], c[1], c[2] = max(c[0], floor), max(c[1], floor), max(c[2], floor)
			}
			p.color[gy*p.gw+gx] = [3]int{max(c[0], 1), max(c[1], 1), max(c[2], 1)}
		}
	}
	return p
}

// brightest is the mean colour of the brightest quarter of a cell.
func brightest(m *raster.RGB, x0, y0, cell int) [3]int {
	x1, y1 := min(x0+cell, m.W), min(y0+cell, m.H)
	var hist [256]int
	n := 0
	for y := y0; y < y1; y++ {
		for i := 3 * (y*m.W + x0); i < 3*(y*m.W+x1); i += 3 {
			hist[lumaOf(m.Pix[i:i+3])]++
			n++
		}
	}
	t := percentile(hist[:], n, 75)
	var sum [3]int
	count := 0
	for y := y0; y < y1; y++ {
		for i := 3 * (y*m.W + x0); i < 3*(y*m.W+x1); i += 3 {
			if lumaOf(m.Pix[i:i+3]) >= t {
				sum[0] += int(m.Pix[i])
				sum[1] += int(m.Pix[i+1])
				sum[2] += int(m.Pix[i+2])
				count++
			}
		}
	}
	return [3]int{sum[0] / count, sum[1] / count, sum[2] / count}
}

func lumaOf(p []uint8) int {
	return (299*int(p[0]) + 587*int(p[1]) + 114*int(p[2])) / 1000
}

// percentile returns the smallest value at or below which p percent of n
// counted values lie.
func percentile(hist []int, n, p int) int {
	need := (n*p + 99) / 100
	seen := 0
	for v, c := range hist {
		seen += c
		if seen >= max(need, 1) {
			return v
		}
	}
	return len(hist) - 1
}

// paperRow is the paper along one row of the sheet.
type paperRow struct {
	p    *paper
	cols [][3]int // interpolated vertically, one per grid column
}

func (p *paper) row(y int) paperRow {
	fy := y - p.cell/2
	g0 := max(0, fy/p.cell)
	t := 0
	if fy > 0 {
		t = (fy % p.cell) * 256 / p.cell
	}
	g1 := min(g0+1, p.gh-1)
	g0 = min(g0, p.gh-1)
	r := paperRow{p: p, cols: make([][3]int, p.gw)}
	for x := range p.gw {
		a, b := p.color[g0*p.gw+x], p.color[g1*p.gw+x]
		for k := range 3 {
			r.cols[x][k] = (a[k]*(256-t) + b[k]*t) / 256
		}
	}
	return r
}

func (r paperRow) at(x int) (red, green, blue int) {
	fx := x - r.p.cell/2
	g0 := max(0, fx/r.p.cell)
	t := 0
	if fx > 0 {
		t = (fx % r.p.cell) * 256 / r.p.cell
	}
	g1 := min(g0+1, r.p.gw-1)
	g0 = min(g0, r.p.gw-1)
	a, b := r.cols[g0], r.cols[g1]
	return (a[0]*(256-t) + b[0]*t) / 256, (a[1]*(256-t) + b[1]*t) / 256, (a[2]*(256-t) + b[2]*t) / 256
}
