package text

import (
	"context"
	"math"

	"github.com/aecheck/aecheck/pkg/extract/picture/text/words"
	"github.com/aecheck/aecheck/pkg/ocr"
	"github.com/aecheck/aecheck/pkg/raster"
)

// Marks are often laid on a slant, faintly, from corner to corner. The detector,
// trained on level text, misses a third of those that cross a product. So the
// picture is looked at twice more, turned so that a slant either way is level.
// readSlanted adds the slanted lines that the first look missed or read in
// pieces.
func (e *Extractor) readSlanted(ctx context.Context, m *raster.RGB, lines []ocr.Line, threads int) ([]ocr.Line, error) {
	if max(m.W, m.H) < leastSlanted {
		return lines, nil
	}
	seen, told := 0, false
	for _, l := range lines {
		if a := math.Abs(l.Angle); a > slantLevel && a < 60 {
			seen++
			told = told || e.saysSomething(l)
		}
	}
	if seen >= enoughSlanted && told || seen < enoughSlanted && len(lines) >= enoughLines {
		return lines, nil
	}
	small, factor := shrunk(m)
	for _, degrees := range []float64{slantOf(lines, -1), slantOf(lines, 1)} {
		t := newRotation(small, degrees)
		o := ocr.Options{Limit: slantSide, Fast: true, Level: slantLevel, Threads: threads}
		found, err := e.reader.Read(ctx, t.picture(small), o)
		if err != nil {
			return nil, err
		}
		for _, l := range found {
			if math.Abs(l.Angle) > slantLevel || len([]rune(words.Key(l.Text))) < 2 {
				continue
			}
			for i, p := range l.Quad {
				p = t.back(p)
				l.Quad[i] = [2]float64{p[0] * factor, p[1] * factor}
			}
			l.Box, l.Angle = bounds(l.Quad), l.Angle+degrees
			if l, err = e.sharper(ctx, m, l); err != nil {
				return nil, err
			}
			if l.Confidence >= slantSure {
				lines = e.addSlanted(lines, l)
			} else if l.Confidence >= slantDoubt && e.saysSomething(l) {
				l.Doubtful = true
				lines = append(lines, l)
			}
		}
	}
	return lines, nil
}

// slantOf is the direction in which to look for slanted lines on one side of the level
// (-1 or 1), degrees: that of the pieces of such seen already, by their length, within
// what the other lines of that side can bear.
func slantOf(lines []ocr.Line, side float64) float64 {
	length, sum := 0.0, 0.0
	for _, l := range lines {
		if a := l.Angle * side; a >= leastSlant && a <= mostSlant {
			w := math.Hypot(l.Quad[1][0]-l.Quad[0][0], l.Quad[1][1]-l.Quad[0][1])
			length, sum = length+w, sum+w*a
		}
	}
	if length == 0 {
		return slant * side
	}
	return side * math.Max(slant-slantRoom, math.Min(slant+slantRoom, sum/length))
}

// sharper reads a line found in a turned picture once more, from all the pixels
// of the original, and returns the better reading.
func (e *Extractor) sharper(ctx context.Context, m *raster.RGB, l ocr.Line) (ocr.Line, error) {
	s := cutOut(m, l.Quad)
	if s == nil {
		return l, nil
	}
	views, err := e.reader.RecognizeViews(ctx, []*raster.RGB{s})
	if err != nil || len(views) == 0 {
		return l, err
	}
	if again := views[0]; worth(again) > worth(l) && len(again.Chars) >= len(l.Chars)-1 {
		l.Text, l.Confidence, l.Chars = again.Text, again.Confidence, again.Chars
	}
	return l, nil
}

// worth is what a reading is worth: sure characters count, doubtful ones cost.
func worth(l ocr.Line) float64 {
	sum := 0.0
	for _, c := range l.Chars {
		sum += c.Confidence - sureChar
	}
	return sum
}

// shrunk makes a picture smaller by a whole factor, so that turning it samples
// neighbouring pixels, and returns the factor.
func shrunk(m *raster.RGB) (*raster.RGB, float64) {
	f := int(math.Hypot(float64(m.W), float64(m.H)) / slantSide)
	if f < 2 {
		return m, 1
	}
	out := raster.NewRGB(m.W/f, m.H/f)
	sum := make([]int, 3*out.W)
	for y := range out.H {
		clear(sum)
		for j := range f {
			row := m.Pix[3*(y*f+j)*m.W:]
			for x := range out.W {
				var r, g, b int
				for p := row[3*x*f : 3*(x+1)*f]; len(p) >= 3; p = p[3:] {
					r, g, b = r+int(p[0]), g+int(p[1]), b+int(p[2])
				}
				sum[3*x] += r
				sum[3*x+1] += g
				sum[3*x+2] += b
			}
		}
		row := out.Pix[3*y*out.W : 3*(y+1)*out.W]
		for i, v := range sum {
			row[i] = uint8((v + f*f/2) / (f * f))
		}
	}
	return out, float64(f)
}

// addSlanted adds a line unless it is known; it takes the place of shorter readings it
// covers, and of longer ones that say nothing where it says something: cuts of two
// tiles read as one.
func (e *Extractor) addSlanted(lines []ocr.Line, l ocr.Line) []ocr.Line {
	n := len([]rune(words.Key(l.Text)))
	says := e.saysSomething(l)
	out := lines[:0:0]
	for _, o := range lines {
		if !covers(l.Quad, l.Angle, o.Quad) && !covers(o.Quad, o.Angle, l.Quad) {
			out = append(out, o)
			continue
		}
		if known := e.saysSomething(o); known && !says || known == says && len([]rune(words.Key(o.Text))) >= n {
			return lines
		}
	}
	return append(out, l)
}

// covers reports whether the centre of b lies in the quad a of direction tilt.
func covers(a [4][2]float64, tilt float64, b [4][2]float64) bool {
	sin, cos := math.Sincos(tilt * math.Pi / 180)
	u0, v0, u1, v1 := extent(a, cos, sin)
	x, y := 0.0, 0.0
	for _, p := range b {
		x += p[0] / 4
		y += p[1] / 4
	}
	u, v := x*cos+y*sin, -x*sin+y*cos
	return u >= u0 && u <= u1 && v >= v0 && v <= v1
}

// rotation is a turn about the centre, with a scale: a line at angle degrees
// (clockwise) is level in the turned picture.
type rotation struct {
	sin, cos, scale float64 // scale: px of the original a px of the turned one
	w, h            int     // of the turned picture
	cx, cy          float64 // centre of the original
}

func newRotation(m *raster.RGB, degrees float64) rotation {
	s, c := math.Sincos(degrees * math.Pi / 180)
	w := float64(m.W)*math.Abs(c) + float64(m.H)*math.Abs(s)
	h := float64(m.W)*math.Abs(s) + float64(m.H)*math.Abs(c)
	scale := math.Max(1, math.Max(w, h)/slantSide)
	return rotation{sin: s, cos: c, scale: scale, w: max(1, int(w/scale)), h: max(1, int(h/scale)), cx: float64(m.W) / 2, cy: float64(m.H) / 2}
}

// back maps a point of the turned picture to the original.
func (t rotation) back(p [2]float64) [2]float64 {
	x, y := (p[0]-float64(t.w)/2)*t.scale, (p[1]-float64(t.h)/2)*t.scale
	return [2]float64{t.cos*x - t.sin*y + t.cx, t.sin*x + t.cos*y + t.cy}
}

// picture draws the turned picture, bilinear in fixed point; outside the original
// it repeats the nearest pixel's colour, so that no edge appears there.
func (t rotation) picture(m *raster.RGB) *raster.RGB {
	out := raster.NewRGB(t.w, t.h)
	const bits = 12
	const one = 1 << bits
	dx, dy := int(t.cos*t.scale*one), int(t.sin*t.scale*one)
	maxX, maxY := (m.W-1)*one, (m.H-1)*one
	for y := range t.h {
		p := t.back([2]float64{0.5, float64(y) + 0.5})
		sx, sy := int((p[0]-0.5)*one), int((p[1]-0.5)*one)
		row := out.Pix[3*y*t.w : 3*(y+1)*t.w]
		for x := 0; x < len(row); x += 3 {
			fx, fy := min(max(sx, 0), maxX), min(max(sy, 0), maxY)
			sx, sy = sx+dx, sy+dy
			x0, y0, ax, ay := fx>>bits, fy>>bits, fx&(one-1), fy&(one-1) // none is negative
			i := 3 * (y0*m.W + x0)
			right, down := 0, 0
			if ax > 0 {
				right = 3
			}
			if ay > 0 {
				down = 3 * m.W
			}
			p, q := m.Pix[i:i+right+3], m.Pix[i+down:i+down+right+3]
			for k := range 3 {
				a := int(p[k])*(one-ax) + int(p[right+k])*ax
				b := int(q[k])*(one-ax) + int(q[right+k])*ax
				row[x+k] = uint8((a*(one-ay)>>bits + b*ay>>bits + one/2) >> bits)
			}
		}
	}
	return out
}
