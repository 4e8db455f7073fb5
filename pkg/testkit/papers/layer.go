package papers

import (
	"image"
	"image/color"
	"image/draw"
	"math"
)

// layer is ink of one pen or stamp before it is on the paper: how much of it
// covers each pixel, 0 to 1.
type layer struct {
	w, h  int
	cover []float32
}

func newLayer(w, h int) *layer { return &layer{w, h, make([]float32, w*h)} }

// stroke adds a line of a pen of this width.
func (l *layer) stroke(x0, y0, x1, y1, width float64) {
	r := width / 2
	dx, dy := x1-x0, y1-y0
	long := dx*dx + dy*dy
	for y := max(0, int(math.Min(y0, y1)-r-1)); y <= min(l.h-1, int(math.Max(y0, y1)+r+1)); y++ {
		for x := max(0, int(math.Min(x0, x1)-r-1)); x <= min(l.w-1, int(math.Max(x0, x1)+r+1)); x++ {
			px, py := float64(x)+0.5, float64(y)+0.5
			t := 0.0
			if long > 0 {
				t = math.Max(0, math.Min(1, ((px-x0)*dx+(py-y0)*dy)/long))
			}
			a := float32(math.Max(0, math.Min(1, r+0.5-math.Hypot(px-x0-t*dx, py-y0-t*dy))))
			// A pen thinner than a pixel leaves less ink, not none.
			if i := y*l.w + x; a > l.cover[i] {
				l.cover[i] = a
			}
		}
	}
}

// curve draws a smooth line through points (Catmull-Rom), pressed harder in
// its middle.
func (l *layer) curve(points [][2]float64, width float64) {
	at := func(i int) [2]float64 { return points[min(max(i, 0), len(points)-1)] }
	const steps = 12
	for i := range len(points) - 1 {
		p, q, r, s := at(i-1), at(i), at(i+1), at(i+2)
		last := q
		for k := 1; k <= steps; k++ {
			t := float64(k) / steps
			var now [2]float64
			for d := range 2 {
				a, b, c, e := p[d], q[d], r[d], s[d]
				now[d] = 0.5 * (2*b + (c-a)*t + (2*a-5*b+4*c-e)*t*t + (3*b-a-3*c+e)*t*t*t)
			}
			press := 0.8 + 0.35*math.Sin(math.Pi*(float64(i)+t)/float64(len(points)-1))
			l.stroke(last[0], last[1], now[0], now[1], width*press)
			last = now
		}
	}
}

// of takes what a drawing in black left on white paper as a layer.
func of(s *Sheet) *layer {
	l := newLayer(s.Rect.Dx(), s.Rect.Dy())
	for i := range l.cover {
		l.cover[i] = 1 - float32(s.Pix[4*i])/255
	}
	return l
}

// warp shears a layer around y by slant and bends it in a wave, as a hand does
// not write like a press.
func (l *layer) warp(y, slant, wave, length, phase float64) *layer {
	out := newLayer(l.w, l.h)
	for v := range l.h {
		for u := range l.w {
			fx := float64(u) + slant*(float64(v)-y) + wave*math.Sin(float64(v)/length*5+phase)
			fy := float64(v) + wave*1.6*math.Sin(float64(u)/length+phase)
			x0, y0 := int(math.Floor(fx)), int(math.Floor(fy))
			if x0 < 0 || y0 < 0 || x0+1 >= l.w || y0+1 >= l.h {
				continue
			}
			a, b := float32(fx-float64(x0)), float32(fy-float64(y0))
			i := y0*l.w + x0
			out.cover[v*l.w+u] = (l.cover[i]*(1-a)+l.cover[i+1]*a)*(1-b) + (l.cover[i+l.w]*(1-a)+l.cover[i+l.w+1]*a)*b
		}
	}
	return out
}

// bounds is the box of what is covered.
func (l *layer) bounds() image.Rectangle {
	r := image.Rectangle{}
	for y := range l.h {
		for x := range l.w {
			if l.cover[y*l.w+x] > 0.3 {
				r = r.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return r
}

// lay puts a layer on the sheet. See-through ink darkens what is below it, as
// on real paper; other ink hides as much as alpha of it, as programs paste.
func (s *Sheet) lay(l *layer, c color.RGBA, alpha float64, seeThrough bool) {
	for i, a := range l.cover {
		if a == 0 {
			continue
		}
		a := float64(a) * alpha
		for k, v := range [3]uint8{c.R, c.G, c.B} {
			old := float64(s.Pix[4*i+k])
			on := float64(v)
			if seeThrough {
				on = old * float64(v) / 255
			}
			s.Pix[4*i+k] = uint8(old*(1-a) + on*a)
		}
	}
}

// blank is a white sheet of the same size to draw a layer on.
func (s *Sheet) blank() *Sheet {
	out := &Sheet{image.NewRGBA(s.Rect), s.rng}
	draw.Draw(out.RGBA, out.Rect, image.White, image.Point{}, draw.Src)
	return out
}
