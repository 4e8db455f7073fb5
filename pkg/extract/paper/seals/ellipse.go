package seals

import (
	"math"
	"math/rand/v2"
)

const bins = 72 // the outline is checked every 5°

// axes is an ellipse made ready for asking about many points.
type axes struct {
	x, y, a, b float64
	sin, cos   float64 // of the angle
	ca, sa     float64 // cos/a, sin/a
	cb, sb     float64 // cos/b, sin/b
}

func (e Ellipse) axes() *axes {
	s, c := 0.0, 1.0
	if e.Angle != 0 { // circles, which are tried by the hundred, have none
		s, c = math.Sincos(e.Angle)
	}
	return &axes{x: e.X, y: e.Y, a: e.A, b: e.B, sin: s, cos: c, ca: c / e.A, sa: s / e.A, cb: c / e.B, sb: s / e.B}
}

// local maps a point to where the ellipse is the unit circle.
func (a *axes) local(x, y float64) (u, v float64) {
	dx, dy := x-a.x, y-a.y
	return dx*a.ca + dy*a.sa, dy*a.cb - dx*a.sb
}

// radius2 is the square of the radius: 1 on the ellipse, less inside.
func (a *axes) radius2(x, y float64) float64 {
	u, v := a.local(x, y)
	return u*u + v*v
}

// at is the point at a radius and the sine and cosine of an angle (clockwise
// from the major axis).
func (a *axes) at(r, sin, cos float64) (x, y float64) {
	u, v := r*a.a*cos, r*a.b*sin
	return a.x + u*a.cos - v*a.sin, a.y + u*a.sin + v*a.cos
}

// box is the upright box around the ellipse.
func (e Ellipse) box() [4]int {
	c, s := math.Cos(e.Angle), math.Sin(e.Angle)
	w := math.Sqrt(e.A*e.A*c*c + e.B*e.B*s*s)
	h := math.Sqrt(e.A*e.A*s*s + e.B*e.B*c*c)
	x0, y0 := int(math.Floor(e.X-w)), int(math.Floor(e.Y-h))
	return [4]int{x0, y0, int(math.Ceil(e.X+w)) - x0, int(math.Ceil(e.Y+h)) - y0}
}

// fitOutline finds the ellipse whose line most of the ink's outer edge lies
// on, and the share of its directions that are covered. w, h is the size of
// the sheet: directions whose outline lies beyond it are not counted, as long
// as at least half of them lie on it.
func fitOutline(points []point, w, h int) (Ellipse, float64, bool) {
	const tries, sample = 360, 700
	rng := rand.New(rand.NewPCG(uint64(len(points)), 0x5EA1)) // the same page gives the same seals
	pts := points
	if len(pts) > sample {
		pts = make([]point, sample)
		for i := range pts {
			pts[i] = points[rng.IntN(len(points))]
		}
	}
	minX, minY, maxX, maxY := bounds(points)
	span := math.Max(maxX-minX, maxY-minY)
	o := newOutline(w, h)
	var best Ellipse
	bestScore := -1.0
	consider := func(e Ellipse) {
		if e.B < span*0.2 || e.A > span*1.2 || e.B < 0.42*e.A ||
			e.X < minX-span*0.25 || e.X > maxX+span*0.25 || e.Y < minY-span*0.25 || e.Y > maxY+span*0.25 {
			return
		}
		if sc := o.score(e, pts, bestScore); sc > bestScore {
			best, bestScore = e, sc
		}
	}
	for range tries {
		a, b, c := pts[rng.IntN(len(pts))], pts[rng.IntN(len(pts))], pts[rng.IntN(len(pts))]
		if e, ok := circle(a, b, c); ok {
			consider(e)
		}
	}
	if e, ok := conic(outer(points, (minX+maxX)/2, (minY+maxY)/2)); ok {
		consider(e)
	}
	if bestScore < 0 {
		return Ellipse{}, 0, false
	}
	// Perspective and oval seals: refine the circle to an ellipse on the ink
	// near its line, each time with a narrower band.
	for _, width := range [...]float64{0.2, 0.12, 0.08} {
		var near []point
		a := best.axes()
		for _, q := range outer(points, best.X, best.Y) {
			if math.Abs(math.Sqrt(a.radius2(q.x, q.y))-1) < width {
				near = append(near, q)
			}
		}
		if e, ok := conic(near); ok {
			consider(e)
		}
	}
	return best, o.coverage(best, points), true
}

// outline judges ellipses on a sheet of w×h.
type outline struct {
	w, h     float64
	sin, cos [bins]float64 // of the middle of each direction
}

func newOutline(w, h int) *outline {
	o := &outline{w: float64(w), h: float64(h)}
	for k := range bins {
		o.sin[k], o.cos[k] = math.Sincos((float64(k) + 0.5) * 2 * math.Pi / bins)
	}
	return o
}

// score is the coverage less a penalty for ink outside. It may stop early
// with a lower value where the score cannot be above least.
func (o *outline) score(e Ellipse, pts []point, least float64) float64 {
	a := e.axes()
	lo, hi := band(e)
	out, near := 0, 0
	for _, q := range pts {
		r2 := a.radius2(q.x, q.y)
		if r2 > 1.1*1.1 {
			out++
		}
		if r2 >= lo && r2 <= hi {
			near++
		}
	}
	small := math.Min(1, 0.4+e.B/60)
	penalty := 0.5 * float64(out) / float64(len(pts))
	// At most each point near the line covers a direction of its own.
	if most := math.Min(1, float64(near)/(bins/2)); most*small-penalty <= least {
		return math.Inf(-1)
	}
	return o.coverage(e, pts)*small - penalty
}

// band returns the squares of the radii between which a point lies on the
// line.
func band(e Ellipse) (lo, hi float64) {
	tol := 0.045 + 1.2/math.Max(e.B, 1)
	lo, hi = math.Max(0, 1-tol*1.2), 1+tol
	return lo * lo, hi * hi
}

// coverage is the share of directions in which ink lies on the line.
func (o *outline) coverage(e Ellipse, pts []point) float64 {
	var hit [bins]bool
	a := e.axes()
	lo, hi := band(e)
	for _, q := range pts {
		if u, v := a.local(q.x, q.y); u*u+v*v >= lo && u*u+v*v <= hi {
			hit[direction(u, v, bins)] = true
		}
	}
	seen, covered := 0, 0
	for k := range bins {
		if x, y := a.at(1, o.sin[k], o.cos[k]); x >= 0 && y >= 0 && x < o.w && y < o.h {
			seen++
			if hit[k] {
				covered++
			}
		}
	}
	return float64(covered) / float64(max(seen, bins/2))
}

// direction is which of n equal parts of the circle a point lies in, clockwise
// from the x axis.
func direction(u, v float64, n int) int {
	// Within an octant the arc tangent is this polynomial to 0.0015 rad
	// (0.09°), a fraction of a direction; math.Atan2 takes ten times as long.
	au, av := math.Abs(u), math.Abs(v)
	lo, hi := math.Min(au, av), math.Max(au, av)
	if hi == 0 {
		return 0
	}
	z := lo / hi
	t := z * (math.Pi/4 + (1-z)*(0.2447+0.0663*z))
	if av > au {
		t = math.Pi/2 - t
	}
	if u < 0 {
		t = math.Pi - t
	}
	if v < 0 {
		t = 2*math.Pi - t
	}
	return min(n-1, int(t*float64(n)/(2*math.Pi)))
}

// circle through three points.
func circle(a, b, c point) (Ellipse, bool) {
	d := 2 * (a.x*(b.y-c.y) + b.x*(c.y-a.y) + c.x*(a.y-b.y))
	if math.Abs(d) < 1 {
		return Ellipse{}, false
	}
	a2, b2, c2 := a.x*a.x+a.y*a.y, b.x*b.x+b.y*b.y, c.x*c.x+c.y*c.y
	x := (a2*(b.y-c.y) + b2*(c.y-a.y) + c2*(a.y-b.y)) / d
	y := (a2*(c.x-b.x) + b2*(a.x-c.x) + c2*(b.x-a.x)) / d
	r := math.Hypot(a.x-x, a.y-y)
	return Ellipse{X: x, Y: y, A: r, B: r}, r > 0
}

// outer returns, for each direction from a centre, the farthest ink.
func outer(points []point, cx, cy float64) []point {
	const n = 2 * bins
	var far [n]float64
	var at [n]point
	for _, q := range points {
		dx, dy := q.x-cx, q.y-cy
		k := direction(dx, dy, n)
		if d := dx*dx + dy*dy; d > far[k] {
			far[k], at[k] = d, q
		}
	}
	var out []point
	for k := range n {
		if far[k] > 0 {
			out = append(out, at[k])
		}
	}
	return out
}

// bounds of points.
func bounds(points []point) (minX, minY, maxX, maxY float64) {
	minX, minY, maxX, maxY = math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, q := range points {
		minX, maxX = math.Min(minX, q.x), math.Max(maxX, q.x)
		minY, maxY = math.Min(minY, q.y), math.Max(maxY, q.y)
	}
	return
}

// conic fits A x² + B xy + C y² + D x + E y = 1 by least squares, twice, the
// second time without the points that lie far off, and returns it if it is an
// ellipse.
func conic(pts []point) (Ellipse, bool) {
	e, ok := conicOnce(pts)
	if !ok {
		return e, false
	}
	var near []point
	a := e.axes()
	for _, q := range pts {
		if math.Abs(math.Sqrt(a.radius2(q.x, q.y))-1) < 0.08 {
			near = append(near, q)
		}
	}
	if f, ok := conicOnce(near); ok {
		return f, true
	}
	return e, true
}

func conicOnce(pts []point) (Ellipse, bool) {
	if len(pts) < 12 {
		return Ellipse{}, false
	}
	minX, minY, maxX, maxY := bounds(pts)
	cx, cy := (minX+maxX)/2, (minY+maxY)/2
	scale := math.Max(maxX-minX, maxY-minY) / 2
	if scale < 1 {
		return Ellipse{}, false
	}
	var m [5][6]float64
	for _, q := range pts {
		x, y := (q.x-cx)/scale, (q.y-cy)/scale
		row := [5]float64{x * x, x * y, y * y, x, y}
		for i := range 5 {
			for j := range 5 {
				m[i][j] += row[i] * row[j]
			}
			m[i][5] += row[i]
		}
	}
	v, ok := solve(m)
	if !ok {
		return Ellipse{}, false
	}
	a, b, c, d, f := v[0], v[1], v[2], v[3], v[4]
	det := 4*a*c - b*b
	if det <= 1e-9 || a <= 0 {
		return Ellipse{}, false
	}
	x0, y0 := (b*f-2*c*d)/det, (b*d-2*a*f)/det
	k := 1 + a*x0*x0 + b*x0*y0 + c*y0*y0 // value at the centre, moved
	half := math.Hypot(a-c, b) / 2
	l1, l2 := (a+c)/2-half, (a+c)/2+half // eigenvalues, small first = long axis
	if k <= 0 || l1 <= 0 {
		return Ellipse{}, false
	}
	e := Ellipse{X: cx + x0*scale, Y: cy + y0*scale, A: scale * math.Sqrt(k/l1), B: scale * math.Sqrt(k/l2)}
	e.Angle = 0.5 * math.Atan2(-b, c-a)
	if math.IsNaN(e.A) || math.IsNaN(e.B) || math.IsInf(e.A, 0) {
		return Ellipse{}, false
	}
	return e, true
}

// solve a 5×5 system by elimination with pivoting.
func solve(m [5][6]float64) ([5]float64, bool) {
	for i := range 5 {
		p := i
		for r := i + 1; r < 5; r++ {
			if math.Abs(m[r][i]) > math.Abs(m[p][i]) {
				p = r
			}
		}
		if math.Abs(m[p][i]) < 1e-12 {
			return [5]float64{}, false
		}
		m[i], m[p] = m[p], m[i]
		for r := range 5 {
			if r == i {
				continue
			}
			f := m[r][i] / m[i][i]
			for k := i; k < 6; k++ {
				m[r][k] -= f * m[i][k]
			}
		}
	}
	var v [5]float64
	for i := range 5 {
		v[i] = m[i][5] / m[i][i]
	}
	return v, true
}
