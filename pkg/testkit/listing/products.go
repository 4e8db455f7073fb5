package listing

import "math"

// The products are drawn around the origin, about one unit high, lit from the
// left.

// mug draws a coffee mug with a band of leaves. It spans −0.46..0.62 across
// and −0.5..0.5 down.
func mug(cv *canvas, p pose, body, trim rgb) {
	inner := lit(body, -0.55)
	// handle behind the body
	handle := ring(0.36, 0.02, 0.2, 0.25, 0.085)
	cv.fill(p, handle, 0, func(x, y float64) (rgb, float64) {
		a := math.Atan2(y-0.02, x-0.36)
		return lit(body, 0.18*math.Cos(a+2.4)-0.18), 1
	})
	cv.fill(p, ring(0.36, 0.02, 0.225, 0.275, 0.012), 0.008, veil(rgb{1, 1, 1}, 0.22))
	// body: a cylinder, a little narrower at the foot
	wall := polygon(0, -0.462, -0.40, 0.362, -0.40, 0.325, 0.40, -0.425, 0.40)
	bottom := ellipse(-0.05, 0.40, 0.375, 0.095)
	shade := func(x float64) float64 {
		t := (x + 0.05) / 0.41 // −1..1 across
		light := 0.30*math.Exp(-sq((t+0.52)/0.16)) + 0.10*math.Exp(-sq((t-0.62)/0.10))
		return light - 0.08 - 0.38*t*t*smooth(-0.9, 1, t) - 0.30*smooth(0.72, 1.05, t) - 0.22*smooth(-0.78, -1.05, t)
	}
	skin := func(x, y float64) (rgb, float64) {
		c := body
		if band := math.Abs(y - 0.06); band < 0.15 {
			c = mix(body, trim, leaves(x, y))
		} else if math.Abs(band-0.17) < 0.009 {
			c = trim
		}
		return lit(c, shade(x)-0.05*smooth(0.1, 0.45, y)), 1
	}
	cv.fill(p, either(wall, bottom), 0, skin)
	// rim and inside
	cv.fill(p, ellipse(-0.05, -0.40, 0.412, 0.098), 0, func(x, _ float64) (rgb, float64) { return lit(body, 0.35+0.2*shade(x)), 1 })
	cv.fill(p, ellipse(-0.05, -0.395, 0.382, 0.080), 0, func(x, y float64) (rgb, float64) {
		return mix(inner, lit(inner, 0.35), smooth(-0.5, 0.4, x)*smooth(-0.47, -0.33, y)), 1
	})
	cv.fill(p, ellipse(-0.05, -0.375, 0.33, 0.052), 0.01, func(x, y float64) (rgb, float64) {
		return mix(hex(0x2a1509), hex(0x5a3318), smooth(-0.3, 0.3, x-2*y-0.9)), 1
	})
	cv.fill(p, ring(-0.05, -0.40, 0.405, 0.094, 0.006), 0.006, veil(rgb{1, 1, 1}, 0.5))
}

// leaves is 1 on the leaves of the mug's band, which follow its roundness.
func leaves(x, y float64) float64 {
	t := math.Asin(clamp((x+0.05)/0.42*0.5+0.5)*2-1) * 3.1
	cell := math.Floor(t)
	u, v := t-cell-0.5, (y-0.06)/0.13
	if int(math.Abs(cell))%2 == 1 {
		v = -v
	}
	leaf := math.Abs(u) - 0.30*math.Cos(clamp(math.Abs(v))*math.Pi/2)
	vein := smooth(0.035, 0.015, math.Abs(u))
	return smooth(0.03, -0.03, leaf) * (1 - 0.6*vein)
}

func sq(x float64) float64 { return x * x }

// bag draws a leather handbag. It spans −0.5..0.5 across and −0.5..0.5 down.
func bag(cv *canvas, p pose, leather, metal rgb) {
	dark := lit(leather, -0.35)
	// strap
	cv.fill(p, stroke(0.05, curve(-0.27, -0.12, -0.24, -0.36, -0.13, -0.46, 0, -0.475, 0.13, -0.46, 0.24, -0.36, 0.27, -0.12)...), 0,
		func(x, y float64) (rgb, float64) {
			return lit(leather, 0.12-0.5*smooth(-0.2, 0.35, x)+0.2*smooth(-0.3, -0.5, y)), 1
		})
	cv.fill(p, stroke(0.006, curve(-0.27, -0.12, -0.24, -0.35, -0.13, -0.445, 0, -0.46, 0.13, -0.445, 0.24, -0.35, 0.27, -0.12)...), 0.004, veil(rgb{1, 1, 1}, 0.25))
	grainAt := func(x, y float64) float64 {
		return 0.02 * math.Sin(61*x+9*math.Sin(47*y)) * math.Sin(67*y+8*math.Sin(53*x))
	}
	hide := func(x, y float64) (rgb, float64) {
		f := 0.22*math.Exp(-sq((x+0.2)/0.2)) - 0.30*smooth(0.1, 0.5, x) - 0.16*smooth(0.15, 0.5, y) + grainAt(x, y)
		return lit(leather, f), 1
	}
	body := polygon(0.06, -0.36, -0.10, 0.36, -0.10, 0.44, 0.42, -0.44, 0.42)
	cv.fill(p, body, 0, hide)
	// flap with its shadow
	flap := polygon(0.05, -0.37, -0.13, 0.37, -0.13, 0.33, 0.10, 0.0, 0.21, -0.33, 0.10)
	shadow := p
	shadow.y += 0.022 * p.size
	cv.fill(shadow, both(flap, body), 0.025, veil(lit(leather, -0.85), 0.55))
	cv.fill(p, flap, 0, func(x, y float64) (rgb, float64) {
		f := 0.28*math.Exp(-sq((x+0.22)/0.22)) - 0.26*smooth(0.05, 0.45, x) + 0.10*smooth(0.05, -0.15, y) + grainAt(x, y)
		return lit(leather, f), 1
	})
	// stitches along flap and body
	for i := range 40 {
		t := float64(i)/39*2 - 1
		y := 0.10 + 0.11*(1-math.Abs(t)) + 0.018
		if math.Abs(t) < 0.93 {
			cv.fill(p, stroke(0.006, 0.35*t, y-0.005, 0.35*t+0.010, y-0.005-0.004*math.Copysign(1, t)), 0.002, veil(lit(leather, 0.45), 0.8))
		}
		cv.fill(p, stroke(0.006, 0.42*t, 0.435, 0.42*t+0.011, 0.435), 0.002, veil(lit(leather, 0.4), 0.7))
	}
	// clasp and rings
	gold := func(x, y float64) (rgb, float64) {
		return lit(metal, 0.55*math.Sin(38*(x-y))*smooth(0, 0.05, 0.05)-0.1), 1
	}
	cv.fill(p, box(-0.062, 0.145, 0.062, 0.245, 0.018), 0, gold)
	cv.fill(p, box(-0.040, 0.165, 0.040, 0.225, 0.010), 0, flat(dark))
	cv.fill(p, stroke(0.02, 0, 0.17, 0, 0.22), 0, gold)
	for _, x := range []float64{-0.27, 0.27} {
		cv.fill(p, ring(x, -0.13, 0.032, 0.036, 0.014), 0, gold)
	}
}

// shadowUnder darkens the ground below a product: its middle, half its width,
// how much. It fades to nothing, so a white background stays white around it.
func shadowUnder(cv *canvas, p pose, cx, cy, half, strength float64) {
	rx, ry := half*1.12, half*0.17
	cv.fill(p, ellipse(cx+0.03, cy, rx, ry), 0, func(x, y float64) (rgb, float64) {
		r := sq((x-cx-0.03)/rx) + sq((y-cy)/ry)
		return hex(0x1a1410), strength * sq(max(1-r, 0))
	})
}

// desk paints a wooden table before a wall, out of focus.
func desk(cv *canvas, wall, wood rgb, horizon float64) {
	ratio := float64(cv.w) / float64(cv.h)
	cv.wash(func(x, y float64) (rgb, float64) {
		light := 0.16 * math.Exp(-sq((x-0.25)/0.35)-sq((y-0.15)/0.4))
		c := lit(wall, light-0.22*smooth(0.2, 1, x))
		if t := smooth(horizon-0.03, horizon+0.03, y); t > 0 {
			depth := (y - horizon + 0.06) / (1.06 - horizon)
			u := (x - 0.5) * ratio / (0.35 + depth)
			fibre := 0.045*math.Sin(46*u+3*math.Sin(2.2*y*9+u)) + 0.03*math.Sin(131*u+5*math.Sin(7*y)) + 0.02*math.Sin(17*u)
			plank := 0.16 * smooth(0.02, 0.0, math.Abs(u*2.2-math.Round(u*2.2)))
			table := lit(wood, fibre*smooth(0, 0.5, depth)-plank*smooth(0.05, 0.4, depth)+0.14*math.Exp(-sq((x-0.35)/0.3))-0.15*smooth(0.6, 1, x))
			c = mix(c, table, t)
		}
		edge := sq(x-0.5) + sq(y-0.5)
		return lit(c, -0.35*edge), 1
	})
}
