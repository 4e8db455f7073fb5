package text

import (
	"context"
	"math"
	"strings"

	"github.com/aecheck/aecheck/pkg/edits"
	"github.com/aecheck/aecheck/pkg/extract/picture/text/overlay"
	"github.com/aecheck/aecheck/pkg/extract/picture/text/words"
	"github.com/aecheck/aecheck/pkg/ocr"
	"github.com/aecheck/aecheck/pkg/raster"
)

// mend reads marks again that fall into pieces where they cross the edges of a
// product. A faint or slanted line is followed in its own direction to both
// sides, and the strip is read as one line; where that says what the line says
// and more, it takes its place, and that of the pieces it covers.
func (e *Extractor) mend(ctx context.Context, m *raster.RGB, g *overlay.Ground, lines []line) ([]line, error) {
	gone := make([]bool, len(lines))
	out := lines[:0:0]
	mends := 0
	tiles := 0
	page := isPage(lines)
	for i := range lines {
		l := &lines[i]
		if page && l.level() {
			continue // nothing runs through the print of a page
		}
		if gone[i] || mends >= maxMends || !l.mayBePiece() && !e.saysPiece(l) || e.saysWhole(l) {
			continue
		}
		if l.repeats >= 3 {
			if tiles >= maxTileMends {
				continue
			}
			tiles++
		}
		mends++
		read, err := e.readAlong(ctx, m, l)
		if err != nil {
			return nil, err
		}
		if read.Text == "" {
			continue
		}
		k := []rune(words.Key(read.Text))
		quad := l.Quad
		for j := range lines {
			o := &lines[j]
			if j == i || gone[j] || !collinear(l, o) {
				continue
			}
			if p := []rune(words.Key(o.Text)); len(p) > 0 && edits.Inside(words.Cut(p), words.Cut(k)) <= len(p)/3 {
				gone[j] = true
				quad = spanning(quad, o.Quad, l.tilt)
			}
		}
		whole := l.Line
		whole.Text, whole.Confidence, whole.Chars = read.Text, read.Confidence, read.Chars
		whole.Quad, whole.Box = quad, bounds(quad)
		lines[i] = measure(m, g, whole)
	}
	for i := range lines {
		if !gone[i] {
			out = append(out, lines[i])
		}
	}
	return out, nil
}

// isPage reports the lines of a page of print, such as a capture.
func isPage(lines []line) bool {
	n := 0
	for i := range lines {
		if lines[i].level() && lines[i].Confidence >= pageSure {
			n++
		}
	}
	return n >= pageLines
}

// readAlong reads a line with what lies before and after it. Short pieces are
// measured a degree or three wrong, which leads the strip astray, so one that says
// a piece of something is followed in two more directions unless the first shows
// the whole.
func (e *Extractor) readAlong(ctx context.Context, m *raster.RGB, l *line) (ocr.Line, error) {
	const astray = 8.0 // degrees, times the line's height relative to its width
	var best ocr.Line
	width := math.Hypot(l.Quad[1][0]-l.Quad[0][0], l.Quad[1][1]-l.Quad[0][1])
	delta := math.Min(3, astray*l.height/math.Max(width, 1))
	for _, turn := range []float64{0, -delta, delta} {
		s := along(m, turned(l.Quad, turn))
		if s.rgb == nil {
			return best, nil
		}
		read, err := e.readStrip(ctx, s, []rune(words.Key(l.Text)), e.saysPiece(l))
		if err != nil {
			return best, err
		}
		if worth(read) > worth(best) {
			best = read
		}
		if !e.saysPiece(l) || e.saysWhole(&line{Line: best}) {
			break
		}
	}
	return best, nil
}

// turned turns a quad about its centre, clockwise.
func turned(q [4][2]float64, degrees float64) [4][2]float64 {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	x, y := (q[0][0]+q[2][0])/2, (q[0][1]+q[2][1])/2
	for i, p := range q {
		dx, dy := p[0]-x, p[1]-y
		q[i] = [2]float64{x + cos*dx - sin*dy, y + sin*dx + cos*dy}
	}
	return q
}

// readStrip reads a strip, as it is and, where a piece of something is known, with
// raised contrast in two ways. It returns the best text that grows from the known
// piece if that is sure and more than what is known, else nothing.
func (e *Extractor) readStrip(ctx context.Context, s strip, known []rune, piece bool) (ocr.Line, error) {
	sure, more, looks := sureMend, 2, []*raster.RGB{s.rgb}
	if piece {
		sure, more, looks = surePiece, 1, append(looks, raised(s.rgb, false), raised(s.rgb, true))
	}
	views, err := e.reader.RecognizeViews(ctx, looks)
	if err != nil {
		return ocr.Line{}, err
	}
	var best ocr.Line
	most := 0.0
	for _, read := range views {
		read = trim(s.grown(read))
		k := []rune(words.Key(read.Text))
		if read.Confidence < sure || len(k) < len(known)+more || edits.Inside(words.Cut(known), words.Cut(k)) > max(len(known)/4, min(1, len(known)/3)) {
			continue
		}
		if w := worth(read); w > most {
			best, most = read, w
		}
	}
	return best, nil
}

// grown cuts what was read in a strip to the text the known piece is part of: from
// there on, to both sides, up to a gap or characters that are hardly read.
func (s strip) grown(l ocr.Line) ocr.Line {
	gap := mendGap * mendHeight / float64(s.rgb.W)
	first, last := -1, -1
	for i, c := range l.Chars {
		if c.At >= s.from && c.At <= s.to {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 {
		return ocr.Line{}
	}
	readable := func(i, step int) bool {
		next := i + step
		return l.Chars[i].Confidence >= doubtfulChar || next >= 0 && next < len(l.Chars) && l.Chars[next].Confidence >= sureMend
	}
	for first > 0 && l.Chars[first].At-l.Chars[first-1].At <= gap && readable(first-1, -1) {
		first--
	}
	for last < len(l.Chars)-1 && l.Chars[last+1].At-l.Chars[last].At <= gap && readable(last+1, 1) {
		last++
	}
	l.Chars = l.Chars[first : last+1]
	return l
}

// raised is a line with its local contrast raised: every sample becomes its
// difference from the mean around it, in units of the spread there, so that a mark
// looks alike on the product and beside it. In grey, what differs by more than a
// faint mark does is cut off too: edges of the product.
func raised(m *raster.RGB, grey bool) *raster.RGB {
	const (
		radius, wide = mendHeight / 4, mendHeight / 2 // samples
		gain         = 5.0                            // greatest
		target       = 45.0                           // spread aimed at
		faint        = 40.0                           // luma steps
	)
	n := m.W * m.H
	out := raster.NewRGB(m.W, m.H)
	v, square := make([]float64, n), make([]float64, n)
	for k := range 3 {
		for i := range v {
			v[i] = float64(m.Pix[3*i+k])
			if grey {
				v[i] = overlay.Luma([3]float64{float64(m.Pix[3*i]), float64(m.Pix[3*i+1]), float64(m.Pix[3*i+2])})
			}
		}
		mean := overlay.BoxMean(v, m.W, m.H, radius)
		for i := range v {
			v[i] -= mean[i]
			if grey {
				v[i] = math.Max(-faint, math.Min(faint, v[i]))
			}
			square[i] = v[i] * v[i]
		}
		spread := overlay.BoxMean(square, m.W, m.H, wide)
		for i := range v {
			g := math.Min(gain, target/(math.Sqrt(spread[i])+1))
			out.Pix[3*i+k] = uint8(math.Max(0, math.Min(255, 128+g*v[i])))
		}
		if grey {
			for i := range v {
				out.Pix[3*i+1], out.Pix[3*i+2] = out.Pix[3*i], out.Pix[3*i]
			}
			break
		}
	}
	return out
}

// saysPiece reports a line that says a part of a contact detail or of a wording of
// marks.
func (e *Extractor) saysPiece(l *line) bool {
	return l.heightRatio >= tinyRatio && math.Abs(l.tilt) < 60 && e.words.IsPiece(l.Text)
}

// saysWhole reports a line that says a whole contact detail or ID already, to
// which a longer strip could only add what is not part of it.
func (e *Extractor) saysWhole(l *line) bool {
	id := e.words.StoreID(l.Text)
	return id.Found && !id.Cut || len(e.words.Contacts(l.Text)) > 0
}

// mayBePiece reports a line that looks like a mark laid across the picture: on a
// slant, see-through, or large and partly off the product.
func (l *line) mayBePiece() bool {
	return l.heightRatio >= tinyRatio && l.han+l.latin+digitsIn(l.Text) >= 2 &&
		(l.slanted() || math.Abs(l.tilt) < 15 && (l.ink.Shade() == "transparent" || l.ink.Open > 0.15 && l.heightRatio >= largeRatio))
}

func digitsIn(s string) int {
	n := 0
	for _, r := range s {
		if r >= '0' && r <= '9' {
			n++
		}
	}
	return n
}

// trim drops what was made of texture before and after the text.
func trim(l ocr.Line) ocr.Line {
	first, last := 0, len(l.Chars)
	for first < last && l.Chars[first].Confidence < sureChar {
		first++
	}
	for last > first && l.Chars[last-1].Confidence < sureChar {
		last--
	}
	l.Chars = l.Chars[first:last]
	var b strings.Builder
	sum := 0.0
	for _, c := range l.Chars {
		b.WriteRune(c.R)
		sum += c.Confidence
	}
	l.Text, l.Confidence = strings.TrimSpace(b.String()), sum/float64(max(1, len(l.Chars)))
	return l
}

// collinear reports whether two lines lie on one straight.
func collinear(a, b *line) bool {
	if math.Abs(a.tilt-b.tilt) > 20 || !similar(a.height, b.height) {
		return false
	}
	sin, cos := math.Sincos(a.tilt * math.Pi / 180)
	_, av0, _, av1 := extent(a.Quad, cos, sin)
	_, bv0, _, bv1 := extent(b.Quad, cos, sin)
	return math.Abs((av0+av1)-(bv0+bv1))/2 < 0.9*math.Max(a.height, b.height)
}

// strip is a line made level with what lies before and after it; from and to are
// where the known piece begins and ends, 0…1 of its width.
type strip struct {
	rgb      *raster.RGB
	from, to float64
}

// along cuts the strip in the direction of a quad (tl tr br bl), through the whole
// picture but at most three lengths to each side, and makes it level. It is empty
// where the quad is too small or the strip no longer than it.
func along(m *raster.RGB, q [4][2]float64) strip {
	ux, uy := q[1][0]-q[0][0], q[1][1]-q[0][1]
	vx, vy := q[3][0]-q[0][0], q[3][1]-q[0][1]
	w, h := math.Hypot(ux, uy), math.Hypot(vx, vy)
	if w < 4 || h < 4 {
		return strip{}
	}
	ux, uy, vx, vy = ux/w, uy/w, vx/h, vy/h
	cx, cy := (q[0][0]+q[3][0])/2, (q[0][1]+q[3][1])/2
	inside := func(t float64) bool {
		x, y := cx+t*ux, cy+t*uy
		return x >= 0 && y >= 0 && x < float64(m.W) && y < float64(m.H)
	}
	from, to := 0.0, w
	for from > -3*w && inside(from-h/2) {
		from -= h / 2
	}
	for to < 4*w && inside(to+h/2) {
		to += h / 2
	}
	if to-from < 1.2*w {
		return strip{}
	}
	scale := h / mendHeight
	cols := min(int((to-from)/scale), maxMendWidth)
	out := raster.NewRGB(cols, mendHeight)
	for y := range mendHeight {
		b := ((float64(y)+0.5)/mendHeight - 0.5) * h
		for x := range cols {
			a := from + (float64(x)+0.5)*scale
			bilinear(m, cx+a*ux+b*vx, cy+a*uy+b*vy, out.Pix[3*(y*cols+x):])
		}
	}
	return strip{rgb: out, from: -from / (to - from), to: (w - from) / (to - from)}.cut()
}

// cut leaves off what lies beyond bare ground wider than any gap in a mark: grown
// would drop it, after it was read several times. Beside a line on a page that is
// most of the strip.
func (s strip) cut() strip {
	const (
		gap    = mendGap * mendHeight // columns
		margin = mendHeight           // of the bare ground, for the recogniser
	)
	w := s.rgb.W
	end := func(at, step int) int { // the first column beyond, seen from the known piece
		bare := 0
		for ; at >= 0 && at < w; at += step {
			if bare++; !s.bare(at) {
				bare = 0
			}
			if float64(bare) > gap {
				return at - step*(bare-margin-1)
			}
		}
		return at
	}
	left := end(int(s.from*float64(w))-1, -1) + 1
	right := end(int(math.Ceil(s.to*float64(w))), 1)
	if left == 0 && right == w {
		return s
	}
	out := raster.NewRGB(right-left, s.rgb.H)
	for y := range out.H {
		copy(out.Pix[3*y*out.W:3*(y+1)*out.W], s.rgb.Pix[3*(y*w+left):])
	}
	scale, off := float64(w)/float64(out.W), float64(left)/float64(out.W)
	return strip{rgb: out, from: s.from*scale - off, to: s.to*scale - off}
}

// bare reports whether a column and the next show nothing that could be read.
func (s strip) bare(x int) bool {
	next := 3 * min(1, s.rgb.W-1-x)
	var lo, hi [3]uint8
	for y := range s.rgb.H {
		p := s.rgb.Pix[3*(y*s.rgb.W+x):]
		for k := range 3 {
			a, b := min(p[k], p[next+k]), max(p[k], p[next+k])
			if y == 0 {
				lo[k], hi[k] = a, b
			}
			lo[k], hi[k] = min(lo[k], a), max(hi[k], b)
			if hi[k]-lo[k] > bareRange {
				return false
			}
		}
	}
	return true
}

// cutOut makes the text in a quad (tl tr br bl) level, at the recogniser's height;
// nil where it is too small.
func cutOut(m *raster.RGB, q [4][2]float64) *raster.RGB {
	ux, uy := q[1][0]-q[0][0], q[1][1]-q[0][1]
	vx, vy := q[3][0]-q[0][0], q[3][1]-q[0][1]
	w, h := math.Hypot(ux, uy), math.Hypot(vx, vy)
	if w < 4 || h < 4 {
		return nil
	}
	cols := max(8, min(int(w/h*mendHeight), maxMendWidth))
	out := raster.NewRGB(cols, mendHeight)
	for y := range mendHeight {
		b := (float64(y) + 0.5) / mendHeight
		for x := range cols {
			a := (float64(x) + 0.5) / float64(cols)
			bilinear(m, q[0][0]+a*ux+b*vx, q[0][1]+a*uy+b*vy, out.Pix[3*(y*cols+x):])
		}
	}
	return out
}

// bilinear samples m at (x, y), clamped to the picture.
func bilinear(m *raster.RGB, x, y float64, dst []uint8) {
	x, y = math.Max(0, math.Min(x-0.5, float64(m.W-1))), math.Max(0, math.Min(y-0.5, float64(m.H-1)))
	x0, y0 := int(x), int(y)
	x1, y1 := min(x0+1, m.W-1), min(y0+1, m.H-1)
	ax, ay := x-float64(x0), y-float64(y0)
	for k := range 3 {
		top := float64(m.Pix[3*(y0*m.W+x0)+k])*(1-ax) + float64(m.Pix[3*(y0*m.W+x1)+k])*ax
		bot := float64(m.Pix[3*(y1*m.W+x0)+k])*(1-ax) + float64(m.Pix[3*(y1*m.W+x1)+k])*ax
		dst[k] = uint8(top*(1-ay) + bot*ay + 0.5)
	}
}

// spanning is the rectangle in direction tilt that holds both quads.
func spanning(a, b [4][2]float64, tilt float64) [4][2]float64 {
	sin, cos := math.Sincos(tilt * math.Pi / 180)
	au0, av0, au1, av1 := extent(a, cos, sin)
	bu0, bv0, bu1, bv1 := extent(b, cos, sin)
	u0, v0, u1, v1 := math.Min(au0, bu0), math.Min(av0, bv0), math.Max(au1, bu1), math.Max(av1, bv1)
	at := func(u, v float64) [2]float64 { return [2]float64{u*cos - v*sin, u*sin + v*cos} }
	return [4][2]float64{at(u0, v0), at(u1, v0), at(u1, v1), at(u0, v1)}
}

// bounds is the upright box of a quad.
func bounds(q [4][2]float64) [4]int {
	u0, v0, u1, v1 := extent(q, 1, 0)
	return [4]int{int(math.Floor(u0)), int(math.Floor(v0)), int(math.Ceil(u1) - math.Floor(u0)), int(math.Ceil(v1) - math.Floor(v0))}
}
