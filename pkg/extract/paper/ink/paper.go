package ink

import "github.com/aecheck/aecheck/pkg/raster"

// patchSide is the side of the patches of a sheet whose paper is taken as one,
// in pixels: the paper changes slowly.
const patchSide = 8

// paper is the colour of the paper over the sheet: a coarse grid, interpolated
// between the centres of its cells.
type paper struct {
	cell   int
	gw, gh int
	color  [][3]int
	across int     // patches in a row
	lumas  []uint8 // brightness of the paper of each patch
}

// shaded reports a colour that is another in shadow: darker, but not as dark as
// ink, and by about as much in every channel.
func shaded(c, lit [3]int) bool {
	const solid, tint = 45, 115 // percent
	lo, hi := 1<<30, 0
	for k := range c {
		share := 1000 * c[k] / max(lit[k], 1)
		lo, hi = min(lo, share), max(hi, share)
	}
	return lo >= 10*solid && 100*hi <= tint*lo
}

// newPaper takes the brightest quarter of each cell as paper, or where that is
// a dense block of ink the brightest cell around. Cells are 1/20 of the longer side: larger than a letter, smaller than the
// fall-off of light on a photographed page. luma is the brightness of m.
func newPaper(m *raster.RGB, luma []uint8) *paper {
	p := &paper{cell: max(8, max(m.W, m.H)/20)}
	p.gw, p.gh = (m.W+p.cell-1)/p.cell, (m.H+p.cell-1)/p.cell
	raw := make([][3]int, p.gw*p.gh)
	lumas := make([]int, p.gw*p.gh)
	var all [256]int
	for gy := range p.gh {
		for gx := range p.gw {
			c := brightest(m, luma, gx*p.cell, gy*p.cell, p.cell)
			raw[gy*p.gw+gx] = c
			l := lumaOf(c)
			lumas[gy*p.gw+gx] = l
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
					if lumas[y*p.gw+x] > lumas[best] {
						best = y*p.gw + x
					}
				}
			}
			if own := gy*p.gw + gx; shaded(raw[own], raw[best]) {
				best = own
			}
			c := raw[best]
			if l := max(lumas[best], 1); l < floor {
				for k := range c {
					c[k] = c[k] * floor / l
				}
				c[0], c[1], c[2] = max(c[0], floor), max(c[1], floor), max(c[2], floor)
			}
			p.color[gy*p.gw+gx] = [3]int{max(c[0], 1), max(c[1], 1), max(c[2], 1)}
		}
	}
	p.across = (m.W + patchSide - 1) / patchSide
	p.lumas = make([]uint8, 0, p.across*((m.H+patchSide-1)/patchSide))
	for y := 0; y < m.H; y += patchSide {
		for x := 0; x < m.W; x += patchSide {
			p.lumas = append(p.lumas, uint8(min(255, lumaOf(p.at(x+patchSide/2, y+patchSide/2)))))
		}
	}
	return p
}

// luma is the brightness of the paper at a pixel.
func (p *paper) luma(x, y int) uint8 { return p.lumas[y/patchSide*p.across+x/patchSide] }

// gains appends those of the patches along row y.
func (p *paper) gains(out []gain, y int) []gain {
	for k := range p.across {
		c := p.at(k*patchSide+patchSide/2, y/patchSide*patchSide+patchSide/2)
		var g gain
		for i, v := range c {
			// Rounded up: what is as bright as the paper becomes 255.
			g[i] = uint32((255<<16 + v - 1) / v)
		}
		out = append(out, g)
	}
	return out
}

// at is the colour of the paper at a pixel.
func (p *paper) at(x, y int) (c [3]int) {
	x0, x1, tx := between(x, p.cell, p.gw)
	y0, y1, ty := between(y, p.cell, p.gh)
	a, b := &p.color[y0*p.gw+x0], &p.color[y0*p.gw+x1]
	d, e := &p.color[y1*p.gw+x0], &p.color[y1*p.gw+x1]
	for k := range c {
		left, right := (a[k]*(256-ty)+d[k]*ty)/256, (b[k]*(256-ty)+e[k]*ty)/256
		c[k] = (left*(256-tx) + right*tx) / 256
	}
	return c
}

// between returns the two of n cells whose centres a pixel lies between, and
// how far it is from the first to the second, in 1/256.
func between(v, cell, n int) (first, second, t int) {
	if v -= cell / 2; v > 0 {
		first, t = v/cell, v%cell*256/cell
	}
	return min(first, n-1), min(first+1, n-1), t
}

// brightest is the mean colour of the brightest quarter of a cell.
func brightest(m *raster.RGB, luma []uint8, x0, y0, cell int) [3]int {
	x1, y1 := min(x0+cell, m.W), min(y0+cell, m.H)
	step := 1
	if cell >= 32 { // a quarter of the pixels of a large cell says as much
		step = 2
	}
	var hist [256]int
	n := 0
	for y := y0; y < y1; y += step {
		row := luma[y*m.W+x0 : y*m.W+x1]
		for x := 0; x < len(row); x += step {
			hist[row[x]]++
			n++
		}
	}
	t := uint8(percentile(hist[:], n, 75))
	var sum [3]int
	count := 0
	for y := y0; y < y1; y += step {
		row := luma[y*m.W+x0 : y*m.W+x1]
		for x := 0; x < len(row); x += step {
			if row[x] >= t {
				i := 3 * (y*m.W + x0 + x)
				sum[0] += int(m.Pix[i])
				sum[1] += int(m.Pix[i+1])
				sum[2] += int(m.Pix[i+2])
				count++
			}
		}
	}
	return [3]int{sum[0] / count, sum[1] / count, sum[2] / count}
}

func lumaOf(c [3]int) int { return (299*c[0] + 587*c[1] + 114*c[2]) / 1000 }

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
