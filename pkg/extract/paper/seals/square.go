package seals

import "math"

// square judges the patch as a square or rectangular seal: name chops, and
// stamps in a frame.
func (p *patch) square() (candidate, bool) {
	r, ok := frame(p.sample(700))
	if !ok || r.h < minSide || r.w > 4.5*r.h {
		return candidate{}, false
	}
	sides, worst := r.sides(p.points)
	if sides < 0.7 || worst < 0.4 {
		return candidate{}, false
	}
	fill := float64(len(p.points)) / (r.w * r.h)
	if fill < 0.08 || fill > 0.85 {
		return candidate{}, false
	}
	box := clip(r.box(), p.sheet.W, p.sheet.H)
	paper := p.paperIn(box)
	around, seen := p.surround(r.box(), func(x, y float64) float64 {
		u, v := r.local(point{x, y})
		d := math.Max(math.Abs(u), math.Abs(v))
		return d * d
	})
	if paper < 0.2 || around < 0.7 || seen < box[2]*box[3]/8 {
		return candidate{}, false
	}
	changes := p.crossings(r)
	confidence := 0.3*ramp(sides, 0.7, 0.95) + 0.34*ramp(changes, 2.5, 6) + 0.16*ramp(paper, 0.2, 0.5) + 0.2*ramp(worst, 0.4, 0.8) - 0.4*ramp(around, 0.9, 0.5)
	if changes < 2.5 {
		confidence = math.Min(confidence, 0.4)
	}
	shape := "square"
	if r.w > 1.5*r.h {
		shape = "rectangle"
	}
	// Frames drawn by software are level to the pixel and without a gap;
	// stamps are neither. Only small squares may be level: name chops are.
	if level := math.Abs(math.Sin(2*r.angle)) < 0.025; level && (shape == "rectangle" || sides > 0.985) {
		confidence = math.Min(confidence, 0.45)
	}
	return candidate{box: box, shape: shape, confidence: confidence}, true
}

// sample returns at least n points spread evenly over those of the patch, or
// all where there are fewer.
func (p *patch) sample(n int) []point {
	step := len(p.points) / n
	if step < 2 {
		return p.points
	}
	out := make([]point, 0, len(p.points)/step+1)
	for i := 0; i < len(p.points); i += step {
		out = append(out, p.points[i])
	}
	return out
}

// rect is a rectangle with sides w ≥ h, the long side at angle (radians).
type rect struct {
	cx, cy, w, h, angle float64
}

// frame is the rectangle of least area around the points, a few stray points
// left out.
func frame(points []point) (rect, bool) {
	best := rect{}
	area := math.Inf(1)
	us, vs := make([]float64, len(points)), make([]float64, len(points))
	for k := range 45 {
		t := float64(k) * 2 * math.Pi / 180
		c, s := math.Cos(t), math.Sin(t)
		for i, q := range points {
			us[i], vs[i] = q.x*c+q.y*s, -q.x*s+q.y*c
		}
		u0, u1 := spread(us)
		v0, v1 := spread(vs)
		if a := (u1 - u0) * (v1 - v0); a < area*0.995 {
			area = a
			cu, cv := (u0+u1)/2, (v0+v1)/2
			best = rect{cx: cu*c - cv*s, cy: cu*s + cv*c, w: u1 - u0, h: v1 - v0, angle: t}
		}
	}
	if best.w < best.h {
		best.w, best.h = best.h, best.w
		best.angle += math.Pi / 2
	}
	return best, best.h > 0
}

// spread returns the range of values without the outermost 0.5 % at each end.
func spread(v []float64) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, x := range v {
		lo, hi = math.Min(lo, x), math.Max(hi, x)
	}
	const n = 256
	if hi-lo < 1 {
		return lo, hi
	}
	var hist [n]int
	for _, x := range v {
		hist[min(n-1, int((x-lo)/(hi-lo)*n))]++
	}
	cutoff := len(v) / 200
	a, b := 0, n-1
	for seen := hist[0]; seen <= cutoff && a < n-1; seen += hist[a] {
		a++
	}
	for seen := hist[n-1]; seen <= cutoff && b > a; seen += hist[b] {
		b--
	}
	step := (hi - lo) / n
	return lo + float64(a)*step, lo + float64(b+1)*step
}

// local maps a point to the rectangle's own axes, −1..1 inside.
func (r rect) local(q point) (u, v float64) {
	c, s := math.Cos(r.angle), math.Sin(r.angle)
	dx, dy := q.x-r.cx, q.y-r.cy
	return (dx*c + dy*s) * 2 / r.w, (-dx*s + dy*c) * 2 / r.h
}

// sides is the share of the four sides covered by ink, and that of the worst.
func (r rect) sides(points []point) (mean, worst float64) {
	const n = 24
	var hit [4][n]bool
	tu, tv := math.Max(0.1, 6/r.w), math.Max(0.1, 6/r.h)
	for _, q := range points {
		u, v := r.local(q)
		if math.Abs(u) > 1+tu || math.Abs(v) > 1+tv {
			continue
		}
		ku := min(n-1, max(0, int((u+1)/2*n)))
		kv := min(n-1, max(0, int((v+1)/2*n)))
		if v < -1+tv {
			hit[0][ku] = true
		}
		if v > 1-tv {
			hit[1][ku] = true
		}
		if u < -1+tu {
			hit[2][kv] = true
		}
		if u > 1-tu {
			hit[3][kv] = true
		}
	}
	worst = 1
	for _, side := range hit {
		c := 0
		for _, h := range side {
			if h {
				c++
			}
		}
		share := float64(c) / n
		mean += share / 4
		worst = math.Min(worst, share)
	}
	return mean, worst
}

// crossings is how often ink begins or ends on lines through the rectangle,
// half of them along each axis, without the frame itself; the mean per line.
func (p *patch) crossings(r rect) float64 {
	c, s := math.Cos(r.angle), math.Sin(r.angle)
	total, lines := 0, 0
	for _, across := range [...]float64{-0.6, -0.35, -0.1, 0.1, 0.35, 0.6} {
		for axis := range 2 {
			n, last := 0, false
			const steps = 90
			for k := range steps {
				along := -0.82 + 1.64*float64(k)/(steps-1)
				u, v := along, across
				if axis == 1 {
					u, v = across, along
				}
				u, v = u*r.w/2, v*r.h/2
				set := p.inkAt(r.cx+u*c-v*s, r.cy+u*s+v*c)
				if k > 0 && set != last {
					n++
				}
				last = set
			}
			total += n
			lines++
		}
	}
	return float64(total) / float64(lines)
}

// box is the upright box around the rectangle.
func (r rect) box() [4]int {
	c, s := math.Abs(math.Cos(r.angle)), math.Abs(math.Sin(r.angle))
	w, h := (r.w*c+r.h*s)/2, (r.w*s+r.h*c)/2
	x0, y0 := int(math.Floor(r.cx-w)), int(math.Floor(r.cy-h))
	return [4]int{x0, y0, int(math.Ceil(r.cx+w)) - x0, int(math.Ceil(r.cy+h)) - y0}
}

// pad widens a box by n on every side.
func pad(b [4]int, n int) [4]int {
	return [4]int{b[0] - n, b[1] - n, b[2] + 2*n, b[3] + 2*n}
}
