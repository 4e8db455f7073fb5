package listing

import "math"

func ellipse(cx, cy, rx, ry float64) shape {
	return shape{cx - rx, cy - ry, cx + rx, cy + ry, func(x, y float64) float64 {
		dx, dy := (x-cx)/rx, (y-cy)/ry
		k := math.Sqrt(dx*dx + dy*dy)
		if k == 0 {
			return -min(rx, ry)
		}
		// The implicit distance over its gradient: exact on the outline,
		// close to it near by, which is all an edge needs.
		return k * (k - 1) / math.Sqrt(sq(dx/rx)+sq(dy/ry))
	}}
}

// ring is the outline of an ellipse drawn with a pen of this width.
func ring(cx, cy, rx, ry, width float64) shape {
	e := ellipse(cx, cy, rx, ry)
	w := width / 2
	return shape{e.left - w, e.top - w, e.right + w, e.bottom + w, func(x, y float64) float64 {
		return math.Abs(e.dist(x, y)) - w
	}}
}

// box is a rectangle with round corners.
func box(left, top, right, bottom, radius float64) shape {
	cx, cy, hw, hh := (left+right)/2, (top+bottom)/2, (right-left)/2-radius, (bottom-top)/2-radius
	return shape{left, top, right, bottom, func(x, y float64) float64 {
		dx, dy := math.Abs(x-cx)-hw, math.Abs(y-cy)-hh
		return math.Sqrt(sq(max(dx, 0))+sq(max(dy, 0))) + min(max(dx, dy), 0) - radius
	}}
}

// polygon is a closed outline of points x, y, x, y …, its corners rounded.
func polygon(radius float64, points ...float64) shape {
	n := len(points) / 2
	s := bounds(points)
	s.left, s.top, s.right, s.bottom = s.left-radius, s.top-radius, s.right+radius, s.bottom+radius
	s.dist = func(x, y float64) float64 {
		best, inside := math.Inf(1), false
		for i, j := 0, n-1; i < n; j, i = i, i+1 {
			ax, ay, bx, by := points[2*i], points[2*i+1], points[2*j], points[2*j+1]
			best = min(best, segment(x, y, ax, ay, bx, by))
			if (ay > y) != (by > y) && x < (bx-ax)*(y-ay)/(by-ay)+ax {
				inside = !inside
			}
		}
		if inside {
			return -math.Sqrt(best) - radius
		}
		return math.Sqrt(best) - radius
	}
	return s
}

// stroke is a line through points x, y, x, y …, drawn with a pen that presses
// harder in the middle of each stretch.
func stroke(width float64, points ...float64) shape {
	s := bounds(points)
	s.left, s.top, s.right, s.bottom = s.left-width, s.top-width, s.right+width, s.bottom+width
	s.dist = func(x, y float64) float64 {
		best := math.Inf(1)
		for i := 0; i+3 < len(points); i += 2 {
			best = min(best, segment(x, y, points[i], points[i+1], points[i+2], points[i+3]))
		}
		return math.Sqrt(best) - width/2
	}
	return s
}

// curve turns corner points into a smooth line of small steps (Catmull-Rom).
func curve(points ...float64) []float64 {
	n := len(points) / 2
	at := func(i int) (float64, float64) {
		i = min(max(i, 0), n-1)
		return points[2*i], points[2*i+1]
	}
	out := []float64{points[0], points[1]}
	for i := range n - 1 {
		x0, y0 := at(i - 1)
		x1, y1 := at(i)
		x2, y2 := at(i + 1)
		x3, y3 := at(i + 2)
		const steps = 10
		for k := 1; k <= steps; k++ {
			t := float64(k) / steps
			f := func(a, b, c, d float64) float64 {
				return 0.5 * (2*b + (c-a)*t + (2*a-5*b+4*c-d)*t*t + (3*b-a-3*c+d)*t*t*t)
			}
			out = append(out, f(x0, x1, x2, x3), f(y0, y1, y2, y3))
		}
	}
	return out
}

func bounds(points []float64) shape {
	s := shape{left: points[0], right: points[0], top: points[1], bottom: points[1]}
	for i := 0; i+1 < len(points); i += 2 {
		s.left, s.right = min(s.left, points[i]), max(s.right, points[i])
		s.top, s.bottom = min(s.top, points[i+1]), max(s.bottom, points[i+1])
	}
	return s
}

// segment is the squared distance of a point to a line between two others.
func segment(x, y, ax, ay, bx, by float64) float64 {
	dx, dy := bx-ax, by-ay
	t := 0.0
	if l := dx*dx + dy*dy; l > 0 {
		t = clamp(((x-ax)*dx + (y-ay)*dy) / l)
	}
	return sq(x-ax-t*dx) + sq(y-ay-t*dy)
}

// both is the part two shapes share.
func both(a, b shape) shape {
	return shape{max(a.left, b.left), max(a.top, b.top), min(a.right, b.right), min(a.bottom, b.bottom),
		func(x, y float64) float64 { return max(a.dist(x, y), b.dist(x, y)) }}
}

// either is both shapes together.
func either(a, b shape) shape {
	return shape{min(a.left, b.left), min(a.top, b.top), max(a.right, b.right), max(a.bottom, b.bottom),
		func(x, y float64) float64 { return min(a.dist(x, y), b.dist(x, y)) }}
}
