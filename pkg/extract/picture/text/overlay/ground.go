package overlay

import (
	"math"
	"slices"

	"github.com/aecheck/aecheck/pkg/raster"
)

// Ground marks what belongs to the picture's own flat background: areas of one
// colour that run along the picture's edges (a white or plain backdrop). No product
// is there for text to be printed on.
type Ground struct {
	w, h   int
	sx, sy float64 // samples a pixel
	flat   []bool
	// aside are those of another colour than the area that runs along most of the edges:
	// a table below a wall, or a thing that reaches out of a close-up.
	aside []bool
}

func NewGround(m *raster.RGB) *Ground {
	s := math.Min(1, groundSide/float64(max(m.W, m.H)))
	g := &Ground{w: max(1, int(float64(m.W)*s)), h: max(1, int(float64(m.H)*s))}
	g.sx, g.sy = float64(g.w)/float64(m.W), float64(g.h)/float64(m.H)
	g.flat, g.aside = make([]bool, g.w*g.h), make([]bool, g.w*g.h)
	px := make([][3]int, g.w*g.h)
	for y := range g.h {
		for x := range g.w {
			i := 3 * ((y*m.H/g.h+(m.H/g.h)/2)*m.W + x*m.W/g.w + (m.W/g.w)/2)
			px[y*g.w+x] = [3]int{int(m.Pix[i]), int(m.Pix[i+1]), int(m.Pix[i+2])}
		}
	}
	seen := make([]bool, len(px))
	outline := 2 * (g.w + g.h)
	type flat struct {
		edge int // places on the outline
		area []int
		mean [3]int
	}
	var flats []flat
	var largest flat
	var area []int
	for start := range px {
		x, y := start%g.w, start/g.w
		if seen[start] || x > 0 && y > 0 && x < g.w-1 && y < g.h-1 {
			continue
		}
		area = append(area[:0], start)
		seen[start] = true
		edge := 0
		for k := 0; k < len(area); k++ {
			i := area[k]
			x, y := i%g.w, i/g.w
			if x == 0 || y == 0 || x == g.w-1 || y == g.h-1 {
				edge++
			}
			for _, d := range [4][2]int{{1, 0}, {-1, 0}, {0, 1}, {0, -1}} {
				nx, ny := x+d[0], y+d[1]
				if nx < 0 || ny < 0 || nx >= g.w || ny >= g.h {
					continue
				}
				j := ny*g.w + nx
				if !seen[j] && near(px[i], px[j], groundStep) && near(px[start], px[j], groundRange) {
					seen[j] = true
					area = append(area, j)
				}
			}
		}
		if float64(edge) >= minRun*float64(outline) {
			f := flat{edge: edge, area: slices.Clone(area)}
			for _, i := range area {
				for k, v := range px[i] {
					f.mean[k] += v
				}
			}
			for k := range f.mean {
				f.mean[k] /= len(area)
			}
			if flats = append(flats, f); edge > largest.edge {
				largest = f
			}
		}
	}
	for _, f := range flats {
		aside := !near(f.mean, largest.mean, sameGround)
		for _, i := range f.area {
			g.flat[i], g.aside[i] = true, aside
		}
	}
	return g
}

func near(a, b [3]int, d int) bool {
	for k := range 3 {
		if a[k]-b[k] > d || b[k]-a[k] > d {
			return false
		}
	}
	return true
}

// InBand reports whether a level line stands in a band drawn across the picture:
// above and below it, within twice its height, a straight step of brightness runs
// through the whole width (or the picture ends). Edges of things seldom do that
// twice.
func InBand(m *raster.RGB, b [4]int) bool {
	reach := 2*b[3] + 4
	above, below := b[1]+b[3]/4, b[1]+b[3]*3/4
	top, bottom := false, false
	for y := min(above, m.H-3); y >= max(2, above-reach) && !top; y-- {
		top = stepAt(m, y)
	}
	for y := max(below, 2); y <= min(m.H-3, below+reach) && !bottom; y++ {
		bottom = stepAt(m, y)
	}
	return top && (bottom || below+reach >= m.H-1) || bottom && above-reach <= 0
}

// stepAt reports whether the picture changes between the rows around y in nearly
// all columns, and much more than between the rows a little above and below.
func stepAt(m *raster.RGB, y int) bool {
	const share, more, aside = 0.8, 0.4, 7
	here := changes(m, y)
	if here < share {
		return false
	}
	for _, o := range []int{y - aside, y + aside} {
		if o >= 2 && o <= m.H-3 && here-changes(m, o) >= more {
			return true
		}
	}
	return false
}

// changes is the share of columns in which the rows around y differ.
func changes(m *raster.RGB, y int) float64 {
	const columns, least = 96, 10 // sampled; steps of a channel
	n := 0
	for i := range columns {
		x := (2*i + 1) * m.W / (2 * columns)
		a, b := 3*((y-2)*m.W+x), 3*((y+1)*m.W+x)
		for k := range 3 {
			if d := int(m.Pix[b+k]) - int(m.Pix[a+k]); d >= least || d <= -least {
				n++
				break
			}
		}
	}
	return float64(n) / columns
}

// isAside reports whether most of what is right above and below a line is such an area.
func (g *Ground) isAside(q [4][2]float64) bool {
	const steps = 24
	n := 0
	for i := range steps {
		t := (float64(i) + 0.5) / steps
		for _, v := range [...]float64{-1.0 / 6, 7.0 / 6} {
			x := q[0][0] + t*(q[1][0]-q[0][0]) + v*(q[3][0]-q[0][0])
			y := q[0][1] + t*(q[1][1]-q[0][1]) + v*(q[3][1]-q[0][1])
			if gx, gy := int(x*g.sx), int(y*g.sy); x >= 0 && y >= 0 && gx < g.w && gy < g.h && g.aside[gy*g.w+gx] {
				n++
			}
		}
	}
	return n > steps
}

// share is the share of a line's length that lies on flat background: a little
// above it and a little below it both are. Print near the edge of a product has
// background on one side only. Outside the picture counts as background.
func (g *Ground) share(q [4][2]float64) float64 {
	ux, uy := q[1][0]-q[0][0], q[1][1]-q[0][1]
	vx, vy := q[3][0]-q[0][0], q[3][1]-q[0][1]
	o := q[0]
	if math.Hypot(vx, vy) > math.Hypot(ux, uy) { // upright text: along its length
		ux, uy, vx, vy = vx, vy, ux, uy
	}
	const steps, out = 24, 1.0 / 6 // of the line's height
	hit := 0
	for i := range steps {
		t := (float64(i) + 0.5) / steps
		x, y := o[0]+t*ux, o[1]+t*uy
		if g.at(x-out*vx, y-out*vy) && g.at(x+(1+out)*vx, y+(1+out)*vy) {
			hit++
		}
	}
	return float64(hit) / steps
}

// crosses reports whether a line runs from flat background onto something of another
// colour, or off it: at least a letter lies on either. No print does.
func (g *Ground) crosses(m *raster.RGB, q [4][2]float64) bool {
	const (
		steps, out = 24, 1.0 / 6
		letters    = 1.0 // line heights
		other      = 40  // steps of a channel
	)
	ux, uy := q[1][0]-q[0][0], q[1][1]-q[0][1]
	vx, vy := q[3][0]-q[0][0], q[3][1]-q[0][1]
	o := q[0]
	if math.Hypot(vx, vy) > math.Hypot(ux, uy) {
		ux, uy, vx, vy = vx, vy, ux, uy
	}
	least := int(math.Ceil(letters * steps * math.Hypot(vx, vy) / math.Hypot(ux, uy)))
	var on [steps]int // 1 on the background, −1 on something else
	var back [3]int
	colour := func(x, y float64) [3]int {
		i := 3 * (min(max(int(y), 0), m.H-1)*m.W + min(max(int(x), 0), m.W-1))
		return [3]int{int(m.Pix[i]), int(m.Pix[i+1]), int(m.Pix[i+2])}
	}
	open := 0
	for i := range on {
		t := (float64(i) + 0.5) / steps
		x, y := o[0]+t*ux, o[1]+t*uy
		if g.at(x-out*vx, y-out*vy) && g.at(x+(1+out)*vx, y+(1+out)*vy) {
			on[i], open = 1, open+1
			back = colour(x-out*vx, y-out*vy)
		}
	}
	if open < least || steps-open < least {
		return false
	}
	for i := range on {
		t := (float64(i) + 0.5) / steps
		x, y := o[0]+t*ux, o[1]+t*uy
		if on[i] == 0 && !near(colour(x-out*vx, y-out*vy), back, other) && !near(colour(x+(1+out)*vx, y+(1+out)*vy), back, other) {
			on[i] = -1
		}
	}
	// The longest runs of both, side by side but for a step.
	for i := 1; i < steps; i++ {
		if run(on[:], i, -1)*on[i-1] >= least && -run(on[:], min(i+1, steps-1), 1)*on[min(i+1, steps-1)] >= least ||
			-run(on[:], i, -1)*on[i-1] >= least && run(on[:], min(i+1, steps-1), 1)*on[min(i+1, steps-1)] >= least {
			return true
		}
	}
	return false
}

// run is how many steps before i (by = −1), or from i on (by = 1), are alike.
func run(on []int, i, by int) int {
	if by < 0 {
		i--
	}
	n := 0
	for k := i; k >= 0 && k < len(on) && on[k] == on[i]; k += by {
		n++
	}
	return n
}

// at reports whether a point of the picture is flat background.
func (g *Ground) at(x, y float64) bool {
	gx, gy := int(x*g.sx), int(y*g.sy)
	return x < 0 || y < 0 || gx >= g.w || gy >= g.h || g.flat[gy*g.w+gx]
}
