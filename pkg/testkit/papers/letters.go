package papers

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"github.com/aecheck/aecheck/pkg/raster"
)

// Letter is a made letter: scanned or photographed, sealed, signed, both or
// neither. What is on it is known because it was put there.
type Letter struct {
	Name   string
	Held   bool // of the half that is measured only, never looked at
	Mark   string
	Taken  string
	Seals  []Mark
	Signed bool
	Sign   Mark // where, if Signed

	index int
}

// Mark is a seal or signature on the picture.
type Mark struct {
	Color, Shape string
	X, Y         float64 // centre, pixels of the picture
	W, H         float64 // about its size there
}

// Marks and Takes are what the letters carry and how they come to be pictures;
// every letter is one of each.
var (
	Marks = [...]string{"round", "oval", "square", "faint", "over text", "over signature", "signed only", "red print", "nothing"}
	Takes = [...]string{"scan", "tilted scan", "photo", "photo in shadow"}
)

// LetterCount is how many letters there are; half of them are held.
const LetterCount = 2 * len(Marks) * len(Takes)

// Letters lists them all.
func Letters() []Letter {
	out := make([]Letter, LetterCount)
	for i := range out {
		l := &out[i]
		l.index = i
		l.Mark, l.Taken = Marks[i%len(Marks)], Takes[i/len(Marks)%len(Takes)]
		l.Held = i >= LetterCount/2
		half := "tune"
		if l.Held {
			half = "held"
		}
		l.Name = fmt.Sprintf("%s: %s, %s", half, l.Mark, l.Taken)
	}
	return out
}

// Draw makes the picture and fills in where its marks lie.
func (l *Letter) Draw() (*raster.RGB, error) {
	rng := rand.New(rand.NewPCG(uint64(l.index), 0x1E77E8))
	vary := func(lo, hi float64) float64 { return lo + (hi-lo)*rng.Float64() }
	const w, h = 1000, 1414 // A4 at 121 dpi: 4.76 pixels to the millimetre
	const mm = w / 210.0
	s := NewSheet(w, h, uint64(1000+l.index))
	if err := s.Print(int(vary(200, 320)), 130, vary(34, 44), "LETTER OF AUTHORIZATION"); err != nil {
		return nil, err
	}
	if l.index%2 == 0 {
		if err := s.Body(190, 22); err != nil {
			return nil, err
		}
	} else {
		s.Han(190, 20, vary(17, 22))
	}
	if err := s.Print(120, 1120, 20, "Authorized representative (signature and seal):"); err != nil {
		return nil, err
	}
	if err := s.Print(120, 1250, 20, "Date: 2026-01-18"); err != nil {
		return nil, err
	}
	red := color.RGBA{uint8(vary(195, 228)), uint8(vary(25, 60)), uint8(vary(30, 70)), 255}
	x, y := vary(560, 760), vary(1080, 1200)
	l.Seals, l.Signed = nil, false
	seal := func(shape string, x, y, rx, ry float64, c color.RGBA) {
		if shape == "square" {
			s.SquareChop(x, y, rx, vary(-0.12, 0.12), c)
		} else {
			s.Chop(x, y, rx, ry, 0, 360, c)
		}
		l.Seals = append(l.Seals, Mark{Color: "red", Shape: shape, X: x, Y: y, W: 2 * rx, H: 2 * ry})
	}
	sign := func(x, y float64) {
		ink := Black
		if rng.IntN(2) == 0 {
			ink = BlueInk
		}
		sw, sh := vary(170, 280), vary(60, 100)
		s.Sign(x, y, sw, sh, ink)
		l.Signed, l.Sign = true, Mark{X: x + sw/2, Y: y + sh/2, W: sw, H: sh}
	}
	r := vary(18, 21) * mm
	switch l.Mark {
	case "round":
		seal("round", x, y, r, r, red)
	case "oval":
		seal("oval", x, y, vary(19, 23)*mm, vary(12, 15)*mm, red)
	case "square":
		half := vary(9, 15) * mm
		seal("square", x, y, half, half, red)
	case "faint":
		f := vary(0.4, 0.6)
		fade := func(v uint8) uint8 { return uint8(255 - f*float64(255-v)) }
		seal("round", x, y, r, r, color.RGBA{fade(red.R), fade(red.G), fade(red.B), 255})
	case "over text":
		seal("round", vary(300, 700), vary(400, 700), r, r, red)
	case "over signature":
		sign(x-vary(100, 160), y-vary(20, 60))
		seal("round", x, y, r, r, red)
	case "signed only":
		sign(vary(560, 640), vary(1070, 1100))
	case "red print":
		if err := s.PrintIn(120, 1180, 30, "CONFIDENTIAL - ORIGINAL COPY", red); err != nil {
			return nil, err
		}
		s.Disc(820, 1150, 60, red)
		for k := range 4 {
			s.line(120, 960+float64(k)*30, 880, 960+float64(k)*30, 2, red)
		}
	}
	var place func(x, y float64) (float64, float64)
	out := s
	switch l.Taken {
	case "scan":
		place = func(x, y float64) (float64, float64) { return x, y }
		s.Grain(vary(1, 4))
	case "tilted scan":
		a := vary(1.5, 6) * math.Pi / 180
		if rng.IntN(2) == 0 {
			a = -a
		}
		sin, cos := math.Sincos(a)
		turn := func(x, y float64) [2]float64 {
			return [2]float64{w/2 + (x-w/2)*cos - (y-h/2)*sin, h/2 + (x-w/2)*sin + (y-h/2)*cos}
		}
		out, place = s.Lay(w, h, [4][2]float64{turn(0, 0), turn(w, 0), turn(w, h), turn(0, h)}, color.RGBA{250, 250, 250, 255})
		out.Grain(vary(1, 4))
	default:
		desk := [...]color.RGBA{{120, 84, 56, 255}, {70, 72, 76, 255}, {190, 180, 165, 255}}[rng.IntN(3)]
		j := func(x, y float64) [2]float64 { return [2]float64{x + vary(-50, 50), y + vary(-50, 50)} }
		out, place = s.Lay(1200, 1600, [4][2]float64{j(120, 110), j(1080, 110), j(1090, 1490), j(110, 1490)}, desk)
		out.Light(vary(0.5, 0.8))
		out.Tint(vary(0.94, 1), vary(0.88, 0.97), vary(0.75, 0.92))
		if l.Taken == "photo in shadow" {
			out.Shadow(vary(0.3, 0.7), vary(0.45, 0.65))
		}
		out.Blur(1)
		out.Grain(vary(3, 7))
	}
	for i := range l.Seals {
		l.Seals[i].X, l.Seals[i].Y = place(l.Seals[i].X, l.Seals[i].Y)
	}
	l.Sign.X, l.Sign.Y = place(l.Sign.X, l.Sign.Y)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, out.RGBA, &jpeg.Options{Quality: 65 + rng.IntN(25)}); err != nil {
		return nil, err
	}
	m, err := jpeg.Decode(&b)
	if err != nil {
		return nil, err
	}
	return FromImage(m), nil
}

// PrintIn is Print in a colour.
func (s *Sheet) PrintIn(x, y int, size float64, text string, c color.RGBA) error {
	over := &Sheet{image.NewRGBA(s.Rect), s.rng}
	if err := over.Print(x, y, size, text); err != nil {
		return err
	}
	for i := 0; i < len(s.Pix); i += 4 {
		a := int(over.Pix[i+3])
		if a == 0 {
			continue
		}
		for k, v := range [3]uint8{c.R, c.G, c.B} {
			s.Pix[i+k] = uint8((int(s.Pix[i+k])*(255-a) + int(v)*a) / 255)
		}
	}
	return nil
}

// Han fills a part of the page with lines of strokes as of Chinese characters
// from y down; size is their height in pixels.
func (s *Sheet) Han(y, lines int, size float64) {
	left, right := float64(s.Rect.Dx())/10, float64(s.Rect.Dx())*0.9
	for l := range lines {
		at := float64(y) + float64(l)*size*1.9
		for x := left; x < right; x += size * 1.08 {
			if s.rng.IntN(14) > 0 {
				s.character(x, at, size)
			}
		}
	}
}

// character draws the strokes of one character: a few level and upright ones,
// often in two parts side by side, and a falling one.
func (s *Sheet) character(x, y, size float64) {
	width := size * 0.085
	put := func(u0, v0, u1, v1 float64) { s.line(x+u0*size, y+v0*size, x+u1*size, y+v1*size, width, Black) }
	split := 0.0
	if s.rng.IntN(2) == 0 {
		split = 0.28 + 0.1*s.rng.Float64()
		put(split*0.5, 0, split*0.5, 0.9)
		put(0, 0.3, split, 0.25)
		split += 0.1
	}
	n := 2 + s.rng.IntN(3)
	for k := range n {
		v := 0.08 + 0.8*float64(k)/float64(n)
		put(split, v, 0.9, v)
	}
	u := split + (0.9-split)*(0.3+0.4*s.rng.Float64())
	put(u, 0, u, 0.9)
	if s.rng.IntN(2) == 0 {
		put(u, 0.4, split, 0.9)
		put(u, 0.4, 0.92, 0.9)
	}
}

// Lay puts the sheet on a ground of w×h so that its corners (clockwise from
// the upper left) come to lie where to says, and returns the picture with a
// function that maps points of the sheet to it.
func (s *Sheet) Lay(w, h int, to [4][2]float64, ground color.RGBA) (*Sheet, func(x, y float64) (float64, float64)) {
	out := NewSheet(w, h, s.rng.Uint64())
	sw, sh := float64(s.Rect.Dx()), float64(s.Rect.Dy())
	there := projection([4][2]float64{{0, 0}, {sw, 0}, {sw, sh}, {0, sh}}, to)
	back := projection(to, [4][2]float64{{0, 0}, {sw, 0}, {sw, sh}, {0, sh}})
	for y := range h {
		for x := range w {
			i := out.PixOffset(x, y)
			u, v := back(float64(x)+0.5, float64(y)+0.5)
			if u < 0.5 || v < 0.5 || u >= sw-0.5 || v >= sh-0.5 {
				out.Pix[i], out.Pix[i+1], out.Pix[i+2] = ground.R, ground.G, ground.B
				continue
			}
			x0, y0 := int(u-0.5), int(v-0.5)
			fx, fy := u-0.5-float64(x0), v-0.5-float64(y0)
			x1, y1 := min(x0+1, s.Rect.Dx()-1), min(y0+1, s.Rect.Dy()-1)
			for k := range 3 {
				p := func(x, y int) float64 { return float64(s.Pix[s.PixOffset(x, y)+k]) }
				out.Pix[i+k] = uint8((p(x0, y0)*(1-fx)+p(x1, y0)*fx)*(1-fy) + (p(x0, y1)*(1-fx)+p(x1, y1)*fx)*fy)
			}
		}
	}
	return out, there
}

// projection is the perspective map that takes four points to four others.
func projection(from, to [4][2]float64) func(x, y float64) (float64, float64) {
	var m [8][9]float64
	for i := range 4 {
		x, y, u, v := from[i][0], from[i][1], to[i][0], to[i][1]
		m[2*i] = [9]float64{x, y, 1, 0, 0, 0, -u * x, -u * y, u}
		m[2*i+1] = [9]float64{0, 0, 0, x, y, 1, -v * x, -v * y, v}
	}
	for i := range 8 { // elimination with pivoting
		p := i
		for r := i + 1; r < 8; r++ {
			if math.Abs(m[r][i]) > math.Abs(m[p][i]) {
				p = r
			}
		}
		m[i], m[p] = m[p], m[i]
		for r := range 8 {
			if r == i {
				continue
			}
			f := m[r][i] / m[i][i]
			for k := i; k < 9; k++ {
				m[r][k] -= f * m[i][k]
			}
		}
	}
	var c [8]float64
	for i := range 8 {
		c[i] = m[i][8] / m[i][i]
	}
	return func(x, y float64) (float64, float64) {
		d := c[6]*x + c[7]*y + 1
		return (c[0]*x + c[1]*y + c[2]) / d, (c[3]*x + c[4]*y + c[5]) / d
	}
}

// Tint multiplies the channels, as lamps do.
func (s *Sheet) Tint(r, g, b float64) {
	for i := 0; i < len(s.Pix); i += 4 {
		for k, f := range [3]float64{r, g, b} {
			s.Pix[i+k] = uint8(float64(s.Pix[i+k]) * f)
		}
	}
}

// Shadow darkens what lies beyond a slanted soft line, at a share of the width
// from the left, to low of its brightness.
func (s *Sheet) Shadow(at, low float64) {
	b := s.Rect
	for y := range b.Dy() {
		for x := range b.Dx() {
			edge := at*float64(b.Dx()) + 0.25*float64(y-b.Dy()/2)
			t := math.Max(0, math.Min(1, (float64(x)-edge)/60+0.5))
			i := s.PixOffset(x, y)
			for k := range 3 {
				s.Pix[i+k] = uint8(float64(s.Pix[i+k]) * (1 - (1-low)*t))
			}
		}
	}
}

// Fade whitens an ellipse, most in its middle, as a reflection takes print
// away.
func (s *Sheet) Fade(cx, cy, rx, ry float64) {
	for y := range s.Rect.Dy() {
		for x := range s.Rect.Dx() {
			d := math.Hypot((float64(x)-cx)/rx, (float64(y)-cy)/ry)
			if d >= 1 {
				continue
			}
			a := math.Min(1, 2.2*(1-d))
			i := s.PixOffset(x, y)
			for k := range 3 {
				s.Pix[i+k] = uint8(float64(s.Pix[i+k])*(1-a) + 255*a)
			}
		}
	}
}

// FullEnv set to anything has the whole set of made letters measured.
const FullEnv = "AECHECK_FULL"

// Save writes the picture below a folder, for the eye.
func (l *Letter) Save(dir string, m *raster.RGB) error {
	img := image.NewRGBA(image.Rect(0, 0, m.W, m.H))
	for i := range m.W * m.H {
		copy(img.Pix[4*i:], m.Pix[3*i:3*i+3])
		img.Pix[4*i+3] = 255
	}
	f, err := os.Create(filepath.Join(dir, strings.NewReplacer(": ", "-", ", ", "-", " ", "_").Replace(l.Name)+".jpg"))
	if err != nil {
		return err
	}
	defer f.Close()
	return jpeg.Encode(f, img, &jpeg.Options{Quality: 90})
}
