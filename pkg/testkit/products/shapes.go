package products

import "math"

// The bodies stand around the origin, about one unit high, their front towards z.

func (p Product) distance(at vec) float64 {
	a, b, c, d := p.proportions[0], p.proportions[1], p.proportions[2], p.proportions[3]
	r := hypot(at.x, at.z)
	switch p.Kind {
	case "bowl":
		q := vec{at.x, at.y - 0.22*b, at.z}
		shell := math.Abs(vec{q.x, q.y * 1.15 / b, q.z}.length()-0.46*a) - 0.022
		return max(shell, q.y) * 0.8
	case "bottle":
		body := cylinder(r, at.y+0.12, 0.19*a, 0.36*b, 0.05)
		neck := cylinder(r, at.y-0.36*b, 0.065*c, 0.13, 0.01)
		lid := cylinder(r, at.y-0.36*b-0.16, 0.085*c, 0.05, 0.012)
		return min(smoothMin(body, neck, 0.09*d), lid)
	case "vase":
		w := 0.2*a + 0.09*b*math.Sin(5*at.y*c+1.2) + 0.05*d*at.y
		return max(math.Abs(r-w)-0.02, math.Abs(at.y)-0.48) * 0.6
	case "lamp":
		t := (at.y - 0.05) / 0.42
		shade := max(math.Abs(r-(0.36*a-0.18*b*t))-0.012, math.Abs(at.y-0.26)-0.21) * 0.8
		return min(shade, cylinder(r, at.y+0.15, 0.03*c, 0.3, 0.01), cylinder(r, at.y+0.46, 0.19*d, 0.03, 0.015))
	case "jar":
		return min(cylinder(r, at.y+0.08, 0.3*a, 0.3*b, 0.06), cylinder(r, at.y-0.3*b+0.02, 0.27*a*c, 0.07, 0.015))
	case "mug":
		body := math.Abs(cylinder(r, at.y, 0.29*a, 0.34*b, 0.02)) - 0.018
		body = max(body, at.y-0.33*b)
		return min(body, torus(vec{at.x - 0.32*a, at.y, at.z}, 0.17*c, 0.042*d, 2))
	case "carton":
		return box(at, 0.3*a, 0.4*b, 0.16*c, 0.012)
	case "kettle":
		body := vec{at.x, (at.y + 0.1) * 1.15 / b, at.z}.length() - 0.34*a
		spout := capsule(at, vec{0.28 * a, -0.1, 0}, vec{0.5, 0.12 * c, 0}, 0.05)
		knob := vec{at.x, at.y - 0.26*b, at.z}.length() - 0.05
		return min(smoothMin(body, spout, 0.05)*0.85, torus(vec{at.x, at.y - 0.12, at.z}, 0.3*d, 0.03, 2), knob)
	case "cushion":
		f := math.Pow(math.Abs(at.x/(0.42*a)), 4) + math.Pow(math.Abs(at.y/(0.42*b)), 4) + math.Pow(math.Abs(at.z/(0.17*c)), 2)
		return (math.Pow(f, 0.3) - 1) * 0.14
	case "bag":
		body := box(vec{at.x, at.y + 0.13, at.z}, 0.38*a-0.05*(at.y+0.13), 0.27*b, 0.13*c, 0.05) * 0.9
		return min(body, torus(vec{at.x, at.y - 0.15*b, at.z}, 0.21*d, 0.024, 2))
	case "headphones":
		band := max(torus(vec{at.x, at.y, at.z}, 0.36*a, 0.032*b, 2), -at.y-0.02)
		pad := func(x float64) float64 {
			return cylinder(hypot(at.y+0.08, at.z), at.x-x, 0.15*c, 0.06*d, 0.03)
		}
		return min(band, pad(0.36*a), pad(-0.36*a))
	default: // spool
		return min(cylinder(r, at.y, 0.17*a, 0.32*b, 0.01), cylinder(r, at.y-0.32*b, 0.33*c, 0.04, 0.015), cylinder(r, at.y+0.32*b, 0.33*c, 0.04, 0.015))
	}
}

func cylinder(r, y, radius, half, round float64) float64 {
	dx, dy := r-radius+round, math.Abs(y)-half+round
	return min(max(dx, dy), 0) + hypot(max(dx, 0), max(dy, 0)) - round
}

func box(at vec, x, y, z, round float64) float64 {
	q := vec{math.Abs(at.x) - x + round, math.Abs(at.y) - y + round, math.Abs(at.z) - z + round}
	return vec{max(q.x, 0), max(q.y, 0), max(q.z, 0)}.length() + min(max(q.x, q.y, q.z), 0) - round
}

// torus lies around the axis named: 1 is y, 2 is z.
func torus(at vec, big, small float64, axis int) float64 {
	if axis == 1 {
		return hypot(hypot(at.x, at.z)-big, at.y) - small
	}
	return hypot(hypot(at.x, at.y)-big, at.z) - small
}

func capsule(at, a, b vec, radius float64) float64 {
	ab := b.add(a.mul(-1))
	pa := at.add(a.mul(-1))
	t := clamp(pa.dot(ab)/ab.dot(ab), 0, 1)
	return pa.add(ab.mul(-t)).length() - radius
}

func smoothMin(a, b, k float64) float64 {
	h := max(k-math.Abs(a-b), 0) / k
	return min(a, b) - h*h*k/4
}

// surface is the colour at a place.
func (p Product) surface(at vec) [3]float64 {
	u := math.Atan2(at.x, at.z) * 0.4
	if p.Kind == "carton" || p.Kind == "cushion" || p.Kind == "bag" {
		u = at.x
	}
	v := at.y
	c := p.Body
	mix := func(k float64) {
		for i := range c {
			c[i] += (p.Trim[i] - c[i]) * clamp(k, 0, 1)
		}
	}
	switch p.Print {
	case 1:
		mix(8 * (math.Sin(v*26+p.phase) - 0.2))
	case 2:
		x, y := u*11+p.phase, v*11
		mix(14 * (0.32 - hypot(x-math.Round(x), y-math.Round(y))))
	case 3:
		if math.Abs(u) < 0.2 && math.Abs(v+0.05) < 0.16 {
			c = [3]float64{0.85, 0.84, 0.8}
			// Rows of strokes, as letters are from afar.
			row, col := math.Floor((v+0.05+0.16)*22), math.Floor((u+0.2)*46)
			if int(row)%2 == 1 && noise(p.Seed, int(col), int(row)) > 0.35 && math.Abs(u) < 0.17 {
				mix(1)
			}
		}
	case 4:
		k := 0.06 * math.Sin(v*160) * math.Sin(u*170)
		for i := range c {
			c[i] *= 1 + 2*k
		}
	}
	// No surface is quite even.
	stain := 0.03 * (smoothNoise(p.Seed, u*23, v*23) - 0.5)
	for i := range c {
		c[i] *= 1 + stain
	}
	return c
}

// noise is a number in 0..1 for a place of a grid.
func noise(seed uint64, x, y int) float64 {
	h := seed*0x9e3779b97f4a7c15 + uint64(int64(x))*0xbf58476d1ce4e5b9 + uint64(int64(y))*0x94d049bb133111eb
	h ^= h >> 31
	h *= 0xd6e8feb86659fd93
	h ^= h >> 29
	h *= 0xd6e8feb86659fd93
	return float64(h>>11) / (1 << 53)
}

func smoothNoise(seed uint64, x, y float64) float64 {
	fx, fy := math.Floor(x), math.Floor(y)
	u, v := x-fx, y-fy
	u, v = u*u*(3-2*u), v*v*(3-2*v)
	ix, iy := int(fx), int(fy)
	top := noise(seed, ix, iy)*(1-u) + noise(seed, ix+1, iy)*u
	low := noise(seed, ix, iy+1)*(1-u) + noise(seed, ix+1, iy+1)*u
	return top*(1-v) + low*v
}

// ground is what stands behind and below, with a soft shadow under the product.
func ground(s Shot, x, y float64) [3]float64 {
	var c [3]float64
	shadow := 0.0
	sx, sy := (x-0.5-s.Dx-0.06*math.Sin(-s.Light+s.Yaw))/(0.42*s.Zoom), (y-0.5-s.Dy-0.37*s.Zoom)/(0.07*s.Zoom)
	if d := sx*sx + sy*sy; d < 1 {
		shadow = 0.5 * (1 - d) * (1 - d)
	}
	switch s.Ground {
	case 0:
		return [3]float64{1, 1, 1}
	case 1:
		g := 0.62 - 0.25*y + 0.1*math.Exp(-8*((x-0.4)*(x-0.4)+(y-0.4)*(y-0.4)))
		c = [3]float64{g, g * 0.99, g * 0.97}
	case 2:
		if y < 0.45 {
			g := 0.35 + 0.25*smoothNoise(s.Seed, x*3, y*3)
			c = [3]float64{g, g * 0.95, g * 0.85}
		} else {
			depth := 1 / (y - 0.2)
			k := 0.75 + 0.25*math.Sin(40*(x-0.5)*depth+3*smoothNoise(s.Seed, x*4, y*30)) + 0.2*smoothNoise(s.Seed, x*90*depth, y*20)
			c = [3]float64{0.36 * k, 0.21 * k, 0.1 * k}
		}
	case 3:
		k := 0.6 + 0.5*smoothNoise(s.Seed, x*5, y*7) + 0.2*smoothNoise(s.Seed+1, x*60, y*60)
		t := tone(float64(s.Seed%97)/97, 0.35, 0.5)
		c = [3]float64{t[0] * k, t[1] * k, t[2] * k}
	default:
		k := 0.9 + 0.2*(0.5-y)
		t := tone(float64(s.Seed%89)/89, 0.5, 0.6)
		c = [3]float64{t[0] * k, t[1] * k, t[2] * k}
	}
	for i := range c {
		c[i] *= 1 - shadow
	}
	return c
}
