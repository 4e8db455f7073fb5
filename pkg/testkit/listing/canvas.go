package listing

import (
	"image"
	"math"
)

// canvas is a picture being painted: three floats 0..1 a pixel, sRGB.
type canvas struct {
	w, h int
	pix  []float32
}

func newCanvas(w, h int, c rgb) *canvas {
	cv := &canvas{w: w, h: h, pix: make([]float32, 3*w*h)}
	for i := 0; i < len(cv.pix); i += 3 {
		cv.pix[i], cv.pix[i+1], cv.pix[i+2] = float32(c.r), float32(c.g), float32(c.b)
	}
	return cv
}

// rgb is a colour, 0..1 each.
type rgb struct{ r, g, b float64 }

func hex(v uint32) rgb {
	return rgb{float64(v>>16&255) / 255, float64(v>>8&255) / 255, float64(v&255) / 255}
}

// mix goes from a (t = 0) to b (t = 1).
func mix(a, b rgb, t float64) rgb {
	t = clamp(t)
	return rgb{a.r + (b.r-a.r)*t, a.g + (b.g-a.g)*t, a.b + (b.b-a.b)*t}
}

// lit makes a colour lighter (f > 0) or darker (f < 0).
func lit(c rgb, f float64) rgb {
	if f >= 0 {
		return mix(c, rgb{1, 1, 1}, f)
	}
	return mix(c, rgb{}, -f)
}

func clamp(t float64) float64 { return min(max(t, 0), 1) }

// smooth is 0 below a, 1 above b, and a soft step between.
func smooth(a, b, x float64) float64 {
	t := clamp((x - a) / (b - a))
	return t * t * (3 - 2*t)
}

// pose puts drawings made around the origin onto a canvas: size pixels a unit,
// turned, and the origin at x, y.
type pose struct {
	x, y, size, turn float64
}

// shape gives the distance of a point to an outline, in units, negative
// inside; left, top, right, bottom bound it.
type shape struct {
	left, top, right, bottom float64
	dist                     func(x, y float64) float64
}

// paint gives colour and opacity of a point, in units.
type paint func(x, y float64) (rgb, float64)

func flat(c rgb) paint { return func(_, _ float64) (rgb, float64) { return c, 1 } }

// veil is a colour of some opacity.
func veil(c rgb, alpha float64) paint { return func(_, _ float64) (rgb, float64) { return c, alpha } }

// fill paints a shape with an edge that is soft over so many units.
func (cv *canvas) fill(p pose, s shape, soft float64, col paint) {
	sin, cos := math.Sincos(p.turn)
	pad := soft + 1.5/p.size
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, c := range [][2]float64{{s.left, s.top}, {s.right, s.top}, {s.left, s.bottom}, {s.right, s.bottom}} {
		ux, uy := c[0], c[1]
		px, py := p.x+p.size*(cos*ux-sin*uy), p.y+p.size*(sin*ux+cos*uy)
		x0, y0, x1, y1 = min(x0, px), min(y0, py), max(x1, px), max(y1, py)
	}
	ax, ay := max(int(x0-pad*p.size), 0), max(int(y0-pad*p.size), 0)
	bx, by := min(int(x1+pad*p.size)+1, cv.w), min(int(y1+pad*p.size)+1, cv.h)
	edge := max(soft, 0.6/p.size)
	for y := ay; y < by; y++ {
		for x := ax; x < bx; x++ {
			dx, dy := (float64(x)+0.5-p.x)/p.size, (float64(y)+0.5-p.y)/p.size
			ux, uy := cos*dx+sin*dy, cos*dy-sin*dx
			d := s.dist(ux, uy)
			if d >= edge {
				continue
			}
			c, alpha := col(ux, uy)
			cv.blend(x, y, c, alpha*smooth(edge, -edge, d))
		}
	}
}

func (cv *canvas) blend(x, y int, c rgb, alpha float64) {
	if alpha <= 0 {
		return
	}
	i, a := 3*(y*cv.w+x), float32(alpha)
	cv.pix[i] += (float32(c.r) - cv.pix[i]) * a
	cv.pix[i+1] += (float32(c.g) - cv.pix[i+1]) * a
	cv.pix[i+2] += (float32(c.b) - cv.pix[i+2]) * a
}

// wash paints every pixel; x and y are 0..1 over the canvas.
func (cv *canvas) wash(col paint) {
	for y := range cv.h {
		for x := range cv.w {
			c, alpha := col((float64(x)+0.5)/float64(cv.w), (float64(y)+0.5)/float64(cv.h))
			cv.blend(x, y, c, alpha)
		}
	}
}

// grain adds sensor noise of about so many of 255 steps, the same every time.
func (cv *canvas) grain(steps float64, seed uint32) {
	state := seed*2654435761 + 12345
	for i := 0; i < len(cv.pix); i += 3 {
		n := 0.0
		for range 2 { // the sum of two even noises is a triangle: close to a sensor's
			state ^= state << 13
			state ^= state >> 17
			state ^= state << 5
			n += float64(state>>8)/(1<<24) - 0.5
		}
		for k := range 3 {
			cv.pix[i+k] += float32(n * steps / 255)
		}
	}
}

// image rounds to 8 bits.
func (cv *canvas) image() *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, cv.w, cv.h))
	for i, j := 0, 0; i < len(cv.pix); i, j = i+3, j+4 {
		for k := range 3 {
			img.Pix[j+k] = uint8(clamp(float64(cv.pix[i+k]))*255 + 0.5)
		}
		img.Pix[j+3] = 255
	}
	return img
}

// resized is a smaller copy: every new pixel is the mean of those it covers.
func (cv *canvas) resized(w, h int) *canvas {
	out := newCanvas(w, h, rgb{})
	for y := range h {
		y0, y1 := y*cv.h/h, max((y+1)*cv.h/h, y*cv.h/h+1)
		for x := range w {
			x0, x1 := x*cv.w/w, max((x+1)*cv.w/w, x*cv.w/w+1)
			var sum [3]float64
			for sy := y0; sy < y1; sy++ {
				for sx := x0; sx < x1; sx++ {
					for k := range 3 {
						sum[k] += float64(cv.pix[3*(sy*cv.w+sx)+k])
					}
				}
			}
			for k := range 3 {
				out.pix[3*(y*w+x)+k] = float32(sum[k] / float64((y1-y0)*(x1-x0)))
			}
		}
	}
	return out
}

// cropped is a copy of a part.
func (cv *canvas) cropped(x, y, w, h int) *canvas {
	out := newCanvas(w, h, rgb{})
	for row := range h {
		from := 3 * ((y+row)*cv.w + x)
		copy(out.pix[3*row*w:3*(row+1)*w], cv.pix[from:from+3*w])
	}
	return out
}

// paste lays a picture on the canvas with its corner at x, y.
func (cv *canvas) paste(src *canvas, x, y int) {
	for row := range src.h {
		copy(cv.pix[3*((y+row)*cv.w+x):], src.pix[3*row*src.w:3*(row+1)*src.w])
	}
}
