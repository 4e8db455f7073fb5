package codes

import (
	"context"
	"math"
	"sort"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"github.com/makiuchi-d/gozxing/qrcode/decoder"
	"github.com/makiuchi-d/gozxing/qrcode/detector"

	"github.com/aecheck/aecheck/pkg/raster"
)

// finder is a candidate for one of the three big squares of a QR code.
type finder struct {
	x, y   float64 // centre
	module float64 // size of one module, px: the mean of those along row and column
	along  float64 // along its row, px; aslant where the code is turned
	down   float64 // along its column, px
	count  int     // rows it was seen in
	light  bool    // light on dark (an inverted code)
}

// triple is three finders that may belong to one code, in the order the
// library wants: bottom left, top left, top right.
type triple struct {
	bl, tl, tr finder
	score      float64 // 0 is a perfect square seen from the front
}

const (
	// maxFinders and maxTriples bound the work on pictures full of stripes.
	maxFinders = 40
	maxTriples = 24
	// maxResampled bounds the dearer second try.
	maxResampled = 6
)

// readQR finds the QR codes of one plane, leaving out the boxes known already.
func readQR(ctx context.Context, g *raster.Gray, t *tiles, known [][4]int) []found {
	var out []found
	resampled, doubtful := 0, 0
	for _, binarize := range []func(*raster.Gray, *tiles) *bitmap{local, global} {
		if ctx.Err() != nil {
			return out
		}
		m := binarize(g, t)
		if m == nil {
			continue
		}
		dark, light := finders(m)
		for _, list := range [][]finder{dark, light} {
			for _, t := range triples(list) {
				if within(known, t) {
					continue
				}
				if right := t.rings(m); right < minRings {
					continue
				} else if right < goodRings {
					if doubtful == maxDoubtful || t.modules() > maxDoubtfulModules {
						continue
					}
					doubtful++
				}
				box := clip(t.box(), g.W, g.H)
				f, ok := attempt(func() (found, bool) { return decodeTriple(m, t) })
				if !ok && resampled < maxResampled {
					resampled++
					f, ok = attempt(func() (found, bool) { return decodeResampled(g, t) })
				}
				if ok {
					f.box = box
					out = append(out, f)
					known = append(known, box)
				}
			}
		}
	}
	return out
}

// within reports whether a finder of t lies in a code read already.
func within(known [][4]int, t triple) bool {
	for _, b := range known {
		for _, f := range []finder{t.bl, t.tl, t.tr} {
			if int(f.x) >= b[0] && int(f.x) < b[0]+b[2] && int(f.y) >= b[1] && int(f.y) < b[1]+b[3] {
				return true
			}
		}
	}
	return false
}

// finders looks for the 1:1:3:1:1 pattern along every second row, in both
// polarities, and keeps what the column through its centre confirms.
func finders(m *bitmap) (dark, light []finder) {
	ends := make([]int32, 0, m.w+1)
	for y := 1; y < m.h; y += 2 {
		var black bool // the colour of the runs from ends[i] on
		ends, black = m.changes(y, ends)
		for i := 0; i+5 < len(ends); i, black = i+1, !black {
			e := ends[i : i+6 : i+6]
			if e[3]-e[2] <= (e[5]-e[0])/8 || !finderRatio([5]int32{e[1] - e[0], e[2] - e[1], e[3] - e[2], e[4] - e[3], e[5] - e[4]}) {
				continue
			}
			cx := float64(e[2]+e[3]) / 2
			cy, vm, ok := across(m, int(cx), y, black)
			module := float64(e[5]-e[0]) / 7
			if !ok || vm > 1.7*module || module > 1.7*vm {
				continue
			}
			f := finder{x: cx, y: cy, module: (module + vm) / 2, along: module, down: vm, count: 1, light: !black}
			if black {
				dark = merge(dark, f)
			} else {
				light = merge(light, f)
			}
		}
	}
	return best(dark), best(light)
}

// finderRatio reports whether five runs are 1:1:3:1:1, each within half a
// module (the tolerance of ISO/IEC 18004's reference algorithm).
func finderRatio(r [5]int32) bool {
	total := r[0] + r[1] + r[2] + r[3] + r[4] // seven modules
	if total < 7 {
		return false
	}
	tol := 5 * total // in 70ths of a pixel
	if total < 14 {
		tol = 7 * total // a module of one pixel is off by its own size
	}
	near := func(run, want int32) bool {
		d := 70*run - 10*want*total
		return max(d, -d) < want*tol
	}
	return near(r[2], 3) && near(r[0], 1) && near(r[1], 1) && near(r[3], 1) && near(r[4], 1)
}

// across measures the pattern along the column x through row y: its centre and
// module size.
func across(m *bitmap, x, y int, black bool) (cy, module float64, ok bool) {
	run := func(y, step int, colour bool) (int32, int) {
		n := int32(0)
		for y >= 0 && y < m.h && m.dark(x, y) == colour {
			n++
			y += step
		}
		return n, y
	}
	up0, yu := run(y, -1, black)
	up1, yu := run(yu, -1, !black)
	up2, yu := run(yu, -1, black)
	dn0, yd := run(y+1, 1, black)
	dn1, yd := run(yd, 1, !black)
	dn2, yd := run(yd, 1, black)
	r := [5]int32{up2, up1, up0 + dn0, dn1, dn2}
	if up2 == 0 || dn2 == 0 || !finderRatio(r) {
		return 0, 0, false
	}
	top := float64(yu+1) + float64(up2+up1) - 0.5
	return top + float64(up0+dn0)/2, float64(yd-yu-1) / 7, true
}

// merge joins sightings of one pattern; the list is bounded.
func merge(list []finder, f finder) []finder {
	for i := range list {
		o := &list[i]
		if math.Abs(o.x-f.x) <= 1.5*o.module && math.Abs(o.y-f.y) <= 1.5*o.module && f.module < 1.7*o.module && o.module < 1.7*f.module {
			n := float64(o.count)
			o.x, o.y, o.module = (o.x*n+f.x)/(n+1), (o.y*n+f.y)/(n+1), (o.module*n+f.module)/(n+1)
			o.along, o.down = (o.along*n+f.along)/(n+1), (o.down*n+f.down)/(n+1)
			o.count++
			return list
		}
	}
	const most = 400
	if len(list) >= most {
		return list
	}
	return append(list, f)
}

// best keeps the patterns seen in most rows relative to their size.
func best(list []finder) []finder {
	sort.SliceStable(list, func(i, j int) bool {
		return float64(list[i].count)/list[i].module > float64(list[j].count)/list[j].module
	})
	return list[:min(len(list), maxFinders)]
}

// triples returns the plausible ones, best first.
func triples(list []finder) []triple {
	var out []triple
	for i := range list {
		for j := i + 1; j < len(list); j++ {
			for k := j + 1; k < len(list); k++ {
				if t, ok := arrange(list[i], list[j], list[k]); ok {
					out = append(out, t)
				}
			}
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].score < out[j].score })
	return out[:min(len(out), maxTriples)]
}

// arrange checks that three finders form the corner of a square of 21 to 177
// modules, seen at most obliquely, and puts them in order.
func arrange(a, b, c finder) (triple, bool) {
	lo, hi := min(a.module, b.module, c.module), max(a.module, b.module, c.module)
	if hi > 1.8*lo {
		return triple{}, false
	}
	ab, bc, ca := dist(a, b), dist(b, c), dist(c, a)
	switch { // make b the corner: opposite the longest side
	case bc >= ab && bc >= ca:
		a, b = b, a
	case ab >= bc && ab >= ca:
		c, b = b, c
	}
	l1, l2, diag := dist(b, a), dist(b, c), dist(a, c)
	if l2 > 1.9*l1 || l1 > 1.9*l2 || l1 == 0 || l2 == 0 {
		return triple{}, false
	}
	cos := (l1*l1 + l2*l2 - diag*diag) / (2 * l1 * l2)
	modules := (l1 + l2) / 2 / ((a.module + b.module + c.module) / 3)
	if math.Abs(cos) > 0.45 || modules < 9 || modules > 190 {
		return triple{}, false
	}
	// Bottom left and top right by the sense of rotation.
	if (c.x-b.x)*(a.y-b.y)-(c.y-b.y)*(a.x-b.x) < 0 {
		a, c = c, a
	}
	score := math.Abs(cos) + math.Abs(math.Log(l1/l2)) + math.Log(hi/lo) - 0.02*float64(min(a.count, b.count, c.count))
	return triple{bl: a, tl: b, tr: c, score: score}, true
}

func dist(a, b finder) float64 { return math.Hypot(a.x-b.x, a.y-b.y) }

// box is the code's bounding box: the finders' centres lie 3.5 modules inside.
func (t triple) box() [4]int {
	m := 3.5 * (t.bl.module + t.tl.module + t.tr.module) / 3
	brx, bry := t.bl.x+t.tr.x-t.tl.x, t.bl.y+t.tr.y-t.tl.y
	x0, y0 := min(t.bl.x, t.tl.x, t.tr.x, brx)-m, min(t.bl.y, t.tl.y, t.tr.y, bry)-m
	x1, y1 := max(t.bl.x, t.tl.x, t.tr.x, brx)+m, max(t.bl.y, t.tl.y, t.tr.y, bry)+m
	return [4]int{int(math.Floor(x0)), int(math.Floor(y0)), int(math.Ceil(x1 - x0)), int(math.Ceil(y1 - y0))}
}

const (
	// goodRings is the number of the 49 modules of a finder from which on it is
	// one; where modules are hardly wider than a pixel or the code lies far
	// askew, only minRings are seen right, and textures come as far.
	goodRings = 34
	minRings  = 28
	// maxDoubtful bounds the tries of such, maxDoubtfulModules their size: a
	// code of version 10 has 57 modules a side, and what is fit for a picture
	// to be scanned off a screen has fewer.
	maxDoubtful        = 2
	maxDoubtfulModules = 57
)

// rings returns how many of the 49 modules of a finder are right, of the
// worst of the three: each is a dark square in a light one in a dark one,
// turned like the code. Textures imitate one row and one column of that, hardly
// ever the whole. Seen obliquely, the far sides of the code run in other
// directions than the near ones, so that some are tried.
func (t triple) rings(m *bitmap) int {
	u, v := towards(t.tl, t.tr), towards(t.tl, t.bl)
	tl := rings(m, t.tl, u, v)
	if tl < minRings {
		return tl
	}
	tr, bl := 0, 0
	for _, tilt := range []float64{0, -0.2, 0.2} { // radians
		tr = max(tr, rings(m, t.tr, u, v.turn(tilt)))
		bl = max(bl, rings(m, t.bl, u.turn(tilt), v))
	}
	return min(tl, tr, bl)
}

// modules is about how many the code has a side; up to √2 fewer where it is
// turned, for rows and columns cross its modules aslant.
func (t triple) modules() int {
	size := (t.tl.module + t.bl.module + t.tr.module) / 3
	return int(math.Round((dist(t.tl, t.tr)+dist(t.tl, t.bl))/2/size)) + 7
}

// direction is a vector of length 1.
type direction struct{ x, y float64 }

func towards(a, b finder) direction {
	d := dist(a, b)
	return direction{(b.x - a.x) / d, (b.y - a.y) / d}
}

func (d direction) turn(angle float64) direction {
	sin, cos := math.Sincos(angle)
	return direction{cos*d.x - sin*d.y, sin*d.x + cos*d.y}
}

// rings counts the modules of the 7×7 of a finder with sides along u and v that
// have the right colour.
func rings(m *bitmap, f finder, u, v direction) int {
	// One step along the row is a·u + b·v, one along the column c·u + d·v; the
	// larger part says which sides the row and the column leave the square by,
	// and so how long that axis is.
	det := u.x*v.y - u.y*v.x
	a, b, c, d := math.Abs(v.y/det), math.Abs(u.y/det), math.Abs(v.x/det), math.Abs(u.x/det)
	mu, mv := 0.0, 0.0
	if a >= b {
		mu = f.along * a
	} else {
		mv = f.along * b
	}
	if d >= c {
		mv = f.down * d
	} else {
		mu = f.down * c
	}
	if mu == 0 || mv == 0 { // both left by the same sides: take it for a square
		mu = max(mu, mv)
		mv = mu
	}
	u, v = direction{mu * u.x, mu * u.y}, direction{mv * v.x, mv * v.y}
	n := 0
	for j := -3; j <= 3; j++ {
		for i := -3; i <= 3; i++ {
			x, y := int(f.x+float64(i)*u.x+float64(j)*v.x), int(f.y+float64(i)*u.y+float64(j)*v.y+0.5)
			if x < 0 || y < 0 || x >= m.w || y >= m.h {
				continue
			}
			ring := max(i, -i, j, -j)
			if m.dark(x, y) == (ring != 2) != f.light {
				n++
			}
		}
	}
	return n
}

// decodeTriple samples the code straight from the black-and-white plane.
func decodeTriple(m *bitmap, t triple) (found, bool) {
	b := t.box()
	margin := max(b[2], b[3]) / 2 // seen obliquely, the fourth corner lies outside the box
	b = clip([4]int{b[0] - margin, b[1] - margin, b[2] + 2*margin, b[3] + 2*margin}, m.w, m.h)
	bits, err := m.cut(b, t.tl.light)
	if err != nil {
		return found{}, false
	}
	p := func(f finder) *detector.FinderPattern {
		return detector.NewFinderPattern1(f.x-float64(b[0]), f.y-float64(b[1]), f.module)
	}
	res, err := detector.NewDetector(bits).ProcessFinderPatternInfo(detector.NewFinderPatternInfo(p(t.bl), p(t.tl), p(t.tr)))
	if err != nil {
		return found{}, false
	}
	dec, err := decoder.NewDecoder().Decode(res.GetBits(), nil)
	if err != nil {
		return found{}, false
	}
	return found{kind: "qr", text: dec.GetText()}, true
}

// decodeResampled straightens the code to about five pixels a module and reads
// it with both binarizers: what is small, tilted or unevenly lit.
func decodeResampled(g *raster.Gray, t triple) (found, bool) {
	const module, margin = 5.0, 4.0 + 3.5 // quiet zone and half a finder, modules
	legs := float64(t.modules() - 7)
	side := int((legs + 2*margin) * module)
	if side < minSide || side > 1200 {
		return found{}, false
	}
	ux, uy := (t.tr.x-t.tl.x)/(legs*module), (t.tr.y-t.tl.y)/(legs*module)
	vx, vy := (t.bl.x-t.tl.x)/(legs*module), (t.bl.y-t.tl.y)/(legs*module)
	o := margin * module
	p := warp(g, side, side, affine{ux, vx, t.tl.x - o*(ux+vx), uy, vy, t.tl.y - o*(uy+vy)})
	if t.tl.light {
		p = inverted(p)
	}
	for _, b := range binarizers(p) {
		bmp, err := gozxing.NewBinaryBitmap(b)
		if err != nil {
			continue
		}
		if r, err := qrcode.NewQRCodeReader().Decode(bmp, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true}); err == nil {
			return found{kind: "qr", text: r.GetText()}, true
		}
	}
	return found{}, false
}
