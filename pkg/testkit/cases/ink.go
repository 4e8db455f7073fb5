package cases

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"

	"github.com/aecheck/aecheck/pkg/testkit/papers"
)

// inkDPI is the resolution seals and signatures are made in.
const inkDPI = 220

func inkPixels(mm float64) float64 { return mm / 25.4 * inkDPI }

// tile is ink on white paper, to be multiplied onto a page. w, h in
// millimetres.
type tile struct {
	img  *image.RGBA
	w, h float64
	ink  color.RGBA // its colour, for PDFs
}

func newTile(w, h float64, ink color.RGBA) *tile {
	t := &tile{img: image.NewRGBA(image.Rect(0, 0, int(inkPixels(w)), int(inkPixels(h)))), w: w, h: h, ink: ink}
	for i := range t.img.Pix {
		t.img.Pix[i] = 255
	}
	return t
}

// lay darkens a point by the tile's ink, cover 0..1.
func (t *tile) lay(x, y int, cover float64) {
	if !(image.Point{x, y}).In(t.img.Rect) || cover <= 0 {
		return
	}
	i := t.img.PixOffset(x, y)
	for k, c := range [3]uint8{t.ink.R, t.ink.G, t.ink.B} {
		v := uint8(255 - cover*float64(255-c))
		t.img.Pix[i+k] = min(t.img.Pix[i+k], v)
	}
}

// dot lays a round spot.
func (t *tile) dot(x, y, radius, cover float64) {
	for yy := int(y - radius - 1); yy <= int(y+radius+1); yy++ {
		for xx := int(x - radius - 1); xx <= int(x+radius+1); xx++ {
			t.lay(xx, yy, cover*max(0, min(1, radius+0.5-math.Hypot(float64(xx)+0.5-x, float64(yy)+0.5-y))))
		}
	}
}

// stroke draws a line whose pressure swells from its ends to its middle.
func (t *tile) stroke(points [][2]float64, width, cover float64) {
	total := 0.0
	for i := 1; i < len(points); i++ {
		total += math.Hypot(points[i][0]-points[i-1][0], points[i][1]-points[i-1][1])
	}
	gone := 0.0
	for i := 1; i < len(points); i++ {
		a, b := points[i-1], points[i]
		l := math.Hypot(b[0]-a[0], b[1]-a[1])
		n := int(l/1.2) + 1
		for k := range n {
			f := float64(k) / float64(n)
			share := (gone + l*f) / max(total, 1)
			press := 0.62 + 0.38*math.Sin(math.Pi*share)
			t.dot(a[0]+(b[0]-a[0])*f, a[1]+(b[1]-a[1])*f, width/2*press, cover)
		}
		gone += l
	}
}

// curve smooths corner points (Catmull-Rom).
func curve(points [][2]float64) [][2]float64 {
	at := func(i int) [2]float64 { return points[min(max(i, 0), len(points)-1)] }
	var out [][2]float64
	for i := range len(points) - 1 {
		p0, p1, p2, p3 := at(i-1), at(i), at(i+1), at(i+2)
		const steps = 12
		for k := range steps {
			t := float64(k) / steps
			f := func(a, b, c, d float64) float64 {
				return 0.5 * (2*b + (c-a)*t + (2*a-5*b+4*c-d)*t*t + (3*b-a-3*c+d)*t*t*t)
			}
			out = append(out, [2]float64{f(p0[0], p1[0], p2[0], p3[0]), f(p0[1], p1[1], p2[1], p3[1])})
		}
	}
	return append(out, points[len(points)-1])
}

// letter stamps a letter turned around its middle.
func (t *tile) letter(m *metrics, face string, r rune, cx, cy, size, turn, cover float64) error {
	const fine = 1.0
	mask, err := m.letterMask(face, r, size*fine)
	if err != nil {
		return err
	}
	sin, cos := math.Sincos(turn)
	half := float64(mask.Rect.Dx()) / 2
	for y := int(cy - half*1.2); y <= int(cy+half*1.2); y++ {
		for x := int(cx - half*1.2); x <= int(cx+half*1.2); x++ {
			dx, dy := float64(x)+0.5-cx, float64(y)+0.5-cy
			u, v := (cos*dx+sin*dy)+half-0.5, (cos*dy-sin*dx)+half-0.5
			x0, y0 := int(math.Floor(u)), int(math.Floor(v))
			fx, fy := u-float64(x0), v-float64(y0)
			at := func(x, y int) float64 { return float64(mask.AlphaAt(x, y).A) / 255 }
			c := (at(x0, y0)*(1-fx)+at(x0+1, y0)*fx)*(1-fy) + (at(x0, y0+1)*(1-fx)+at(x0+1, y0+1)*fx)*fy
			t.lay(x, y, cover*c)
		}
	}
	return nil
}

// worn takes ink away unevenly, as stamps print; from 0 (none) to 1.
func (t *tile) worn(rng *rand.Rand, much float64) {
	a, b, c := 3+2*rng.Float64(), rng.Float64()*6, rng.Float64()*6
	byColumn := make([]float64, t.img.Rect.Dx())
	for x := range byColumn {
		byColumn[x] = 2 * math.Sin(a*inkShare(x)+c)
	}
	for y := range t.img.Rect.Dy() {
		v := inkShare(y)
		byRow := 3 * math.Sin(a*v+b)
		for x := range t.img.Rect.Dx() {
			i := t.img.PixOffset(x, y)
			if t.img.Pix[i+1] == 255 && t.img.Pix[i+2] == 255 {
				continue // no ink
			}
			n := math.Sin(a*inkShare(x)+byRow) * math.Sin(1.3*a*v+byColumn[x])
			f := 1 - much*(0.25+0.75*max(0, n)) - 0.12*rng.Float64()
			for k := range 3 {
				t.img.Pix[i+k] = uint8(255 - f*float64(255-t.img.Pix[i+k]))
			}
		}
	}
}

func inkShare(p int) float64 { return float64(p) / inkDPI * 5 }

// colours of seals and pens.
func inkColor(rng *rand.Rand, name string) color.RGBA {
	v := func(lo, hi int) uint8 { return uint8(lo + rng.IntN(hi-lo+1)) }
	switch name {
	case "red":
		return color.RGBA{v(196, 226), v(24, 56), v(30, 62), 255}
	case "faint":
		return color.RGBA{v(226, 236), v(118, 150), v(120, 152), 255}
	case "blue":
		return color.RGBA{v(22, 48), v(44, 76), v(138, 178), 255}
	}
	return color.RGBA{v(16, 44), v(16, 42), v(20, 48), 255}
}

// drawSeal makes the tile of a seal.
func drawSeal(m *metrics, rng *rand.Rand, s sealMark) (*tile, error) {
	ink := inkColor(rng, s.ink)
	switch {
	case s.shape == "square":
		return squareSeal(m, rng, s, ink)
	case s.shape == "oval":
		return roundSeal(m, rng, s, ink, between(rng, 21, 23), between(rng, 14, 15.5))
	}
	r := between(rng, 19, 21)
	return roundSeal(m, rng, s, ink, r, r)
}

// roundSeal has the name along its ring, a star in it (as a company's has) and
// a number or word below. rx, ry are half axes in millimetres.
func roundSeal(m *metrics, rng *rand.Rand, s sealMark, ink color.RGBA, rx, ry float64) (*tile, error) {
	t := newTile(2*rx+3, 2*ry+3, ink)
	cx, cy := float64(t.img.Rect.Dx())/2, float64(t.img.Rect.Dy())/2
	px, py := inkPixels(rx), inkPixels(ry)
	width := inkPixels(between(rng, 0.9, 1.3))
	for k := range int(3 * px) {
		a := 2 * math.Pi * float64(k) / (3 * px)
		t.dot(cx+(px-width/2)*math.Cos(a), cy+(py-width/2)*math.Sin(a), width/2, 0.95)
	}
	name := []rune(s.name)
	latinName := len(name) > 0 && !isHan(name[0])
	face, size := pick(rng, []string{serif, sans}), inkPixels(min(5.2, 62/float64(len(name)+2)))
	span := math.Min(1.55*math.Pi, 0.34*float64(len(name))+0.5)
	if latinName {
		face, size = plain, inkPixels(min(4, 60/float64(len(name))))
		span = math.Min(1.5*math.Pi, 0.17*float64(len(name)))
	}
	turn := between(rng, -0.14, 0.14)
	for i, r := range name {
		if r == ' ' {
			continue
		}
		a := turn
		if len(name) > 1 {
			a += (float64(i)/float64(len(name)-1) - 0.5) * span
		}
		x, y := cx+(px-width-size*0.72)*math.Sin(a), cy-(py-width-size*0.72)*math.Cos(a)
		tilt := math.Atan2(math.Sin(a)*ry, math.Cos(a)*rx)
		if err := t.letter(m, face, r, x, y, size, tilt, 0.95); err != nil {
			return nil, err
		}
	}
	if !latinName && rx == ry {
		t.star(cx, cy, inkPixels(5), turn)
	}
	below := s.number
	if below == "" && chance(rng, 40) && !latinName {
		below = pick(rng, []string{"合同专用章", "业务专用章", "公章"})
	}
	small := inkPixels(2.6)
	for i, r := range []rune(below) {
		x := cx + (float64(i)-float64(len([]rune(below))-1)/2)*small*1.02*lengthOf(r)
		if err := t.letter(m, sans, r, x, cy+py*0.55, small, turn, 0.9); err != nil {
			return nil, err
		}
	}
	t.worn(rng, between(rng, 0.05, 0.3))
	return t, nil
}

func lengthOf(r rune) float64 {
	if isHan(r) {
		return 1
	}
	return 0.62
}

func (t *tile) star(cx, cy, r, turn float64) {
	var corners [10][2]float64
	for i := range corners {
		l := r
		if i%2 == 1 {
			l = r * 0.38
		}
		sin, cos := math.Sincos(float64(i)*math.Pi/5 - math.Pi/2 + turn)
		corners[i] = [2]float64{cx + l*cos, cy + l*sin}
	}
	for y := int(cy - r - 1); y <= int(cy+r+1); y++ {
		for x := int(cx - r - 1); x <= int(cx+r+1); x++ {
			inside, j := false, 9
			for i := range 10 {
				a, b := corners[i], corners[j]
				if (a[1] > float64(y)) != (b[1] > float64(y)) && float64(x) < (b[0]-a[0])*(float64(y)-a[1])/(b[1]-a[1])+a[0] {
					inside = !inside
				}
				j = i
			}
			if inside {
				t.lay(x, y, 0.95)
			}
		}
	}
}

// squareSeal holds the name in columns from the right, as such seals do.
func squareSeal(m *metrics, rng *rand.Rand, s sealMark, ink color.RGBA) (*tile, error) {
	half := between(rng, 14, 17)
	name := []rune(s.name)
	if s.person {
		half = between(rng, 7, 9)
	} else {
		name = append(name, '印')
	}
	t := newTile(2*half+3, 2*half+3, ink)
	cx, cy, h := float64(t.img.Rect.Dx())/2, float64(t.img.Rect.Dy())/2, inkPixels(half)
	turn := between(rng, -0.08, 0.08)
	sin, cos := math.Sincos(turn)
	at := func(u, v float64) [2]float64 { return [2]float64{cx + (u*cos-v*sin)*h, cy + (u*sin+v*cos)*h} }
	for i, c := range [][2]float64{{-1, -1}, {1, -1}, {1, 1}, {-1, 1}} {
		d := [][2]float64{{1, -1}, {1, 1}, {-1, 1}, {-1, -1}}[i]
		a, b := at(c[0], c[1]), at(d[0], d[1])
		t.stroke([][2]float64{a, b}, inkPixels(1.2), 0.95)
	}
	side := int(math.Ceil(math.Sqrt(float64(len(name)))))
	cell := 1.78 / float64(side)
	for i, r := range name {
		u, v := 0.89-cell*(float64(i/side)+0.5), -0.89+cell*(float64(i%side)+0.5)
		p := at(u, v)
		if err := t.letter(m, serif, r, p[0], p[1], cell*h*0.9, turn, 0.95); err != nil {
			return nil, err
		}
	}
	t.worn(rng, between(rng, 0.05, 0.25))
	return t, nil
}

// drawSign makes the tile of a signature. Three hands: a scrawl, the name in a
// hand's letters, and strokes that run on from one character to the next.
func drawSign(m *metrics, rng *rand.Rand, s signMark) (*tile, error) {
	ink := inkColor(rng, s.ink)
	w, h := between(rng, 30, 44), between(rng, 11, 16)
	switch s.style {
	case 0:
		sh := papers.NewSheet(int(inkPixels(w)), int(inkPixels(h)), rng.Uint64())
		sh.Sign(inkPixels(2), inkPixels(1.5), inkPixels(w-4.5), inkPixels(h-3), ink)
		return &tile{img: sh.RGBA, w: w, h: h, ink: ink}, nil
	case 1:
		return namedSign(m, rng, s, ink)
	}
	t := newTile(w, h, ink)
	x := inkPixels(2)
	n := max(2, len([]rune(s.who)))
	size := (inkPixels(w) - 2*x) / float64(min(n, 4))
	last := [2]float64{-1, -1}
	for range min(n, 4) {
		last = t.character(rng, x, inkPixels(1.2), size, inkPixels(h-2.4), last)
		x += size * between(rng, 0.85, 1)
	}
	return t, nil
}

// character writes strokes as of one Chinese character in running hand: some
// level ones, a falling one, a turn, a dot; it begins where the last one ended.
func (t *tile) character(rng *rand.Rand, x, y, w, h float64, from [2]float64) [2]float64 {
	p := func(u, v float64) [2]float64 {
		return [2]float64{x + w*(u+between(rng, -0.07, 0.07)), y + h*(v+between(rng, -0.07, 0.07))}
	}
	pen := inkPixels(between(rng, 0.42, 0.62))
	end := from
	draw := func(width float64, points ...[2]float64) {
		if end[0] >= 0 && chance(rng, 45) { // the pen does not leave the paper
			t.stroke(curve([][2]float64{end, {(end[0] + points[0][0]) / 2, (end[1]+points[0][1])/2 - h*0.06}, points[0]}), pen*0.5, 0.85)
		}
		t.stroke(curve(points), width, 0.92)
		end = points[len(points)-1]
	}
	strokes := []func(){
		func() { draw(pen, p(0.1, 0.25), p(0.45, 0.18), p(0.85, 0.15)) },
		func() { draw(pen, p(0.5, 0.02), p(0.46, 0.5), p(0.2, 0.9)) },
		func() { draw(pen, p(0.2, 0.5), p(0.75, 0.42), p(0.6, 0.62), p(0.25, 0.72)) },
		func() { draw(pen, p(0.42, 0.4), p(0.62, 0.66), p(0.95, 0.8)) },
		func() { draw(pen*0.8, p(0.3, 0.8), p(0.6, 0.75), p(0.5, 0.95), p(0.9, 0.95)) },
		func() { draw(pen, p(0.15, 0.1), p(0.12, 0.55), p(0.18, 0.85)) },
		func() { draw(pen, p(0.2, 0.2), p(0.8, 0.2), p(0.82, 0.6), p(0.7, 0.9), p(0.6, 0.8)) },
		func() { draw(pen*1.2, p(0.75, 0.05), p(0.82, 0.14)) },
		func() { draw(pen, p(0.25, 0.55), p(0.5, 0.5), p(0.78, 0.52)) },
	}
	rng.Shuffle(len(strokes), func(i, j int) { strokes[i], strokes[j] = strokes[j], strokes[i] })
	for _, s := range strokes[:4+rng.IntN(3)] {
		s()
	}
	return end
}

// namedSign writes the name so that it can be read: letters of a hand, each
// sheared, turned and set off its own way.
func namedSign(m *metrics, rng *rand.Rand, s signMark, ink color.RGBA) (*tile, error) {
	name := []rune(s.who)
	size := between(rng, 10, 13)
	t := newTile(float64(len(name))*size*0.9+5, size*1.5, ink)
	slope := between(rng, -0.06, 0.1)
	x := inkPixels(size*0.5 + 1.5)
	for _, r := range name {
		y := inkPixels(size*0.75) + inkPixels(between(rng, -1, 1)) - slope*x
		if err := t.letter(m, kai, r, x, y, inkPixels(size*between(rng, 0.85, 1.1)), between(rng, -0.16, 0.1), 0.92); err != nil {
			return nil, err
		}
		x += inkPixels(size * between(rng, 0.78, 0.9))
	}
	out := newTile(t.w, t.h, ink)
	a, b := between(rng, 0, 6), between(rng, 0.2, 0.34)
	for y := range out.img.Rect.Dy() {
		for x := range out.img.Rect.Dx() {
			v := inkPixels(1)
			sx := float64(x) + b*(float64(y)-inkPixels(t.h)/2) + v*0.5*math.Sin(float64(y)/v/2.1+a)
			sy := float64(y) + v*0.6*math.Sin(float64(x)/v/2.7+a*2)
			copy(out.img.Pix[out.img.PixOffset(x, y):][:4], pixelOr(t.img, int(sx), int(sy)))
		}
	}
	return out, nil
}

// pixelOr is a pixel, white outside.
func pixelOr(img *image.RGBA, x, y int) []uint8 {
	if !(image.Point{x, y}).In(img.Rect) {
		return []uint8{255, 255, 255, 255}
	}
	i := img.PixOffset(x, y)
	return img.Pix[i : i+4]
}
