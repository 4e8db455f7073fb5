package papers

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"github.com/aecheck/aecheck/pkg/raster"
)

// Sheet is a page being drawn. All of it is made up: the letters, the chops,
// the hands.
type Sheet struct {
	*image.RGBA
	rng *rand.Rand
}

// Inks used on papers.
var (
	Black    = color.RGBA{25, 25, 30, 255}
	Red      = color.RGBA{214, 40, 45, 255}
	FaintRed = color.RGBA{240, 170, 172, 255}
	BlueInk  = color.RGBA{35, 60, 160, 255}
)

// NewSheet returns white paper; seed makes what is drawn on it repeatable.
func NewSheet(w, h int, seed uint64) *Sheet {
	s := &Sheet{image.NewRGBA(image.Rect(0, 0, w, h)), rand.New(rand.NewPCG(seed, 77))}
	for i := range s.Pix {
		s.Pix[i] = 255
	}
	return s
}

// regular is the typeface of the print.
var regular = sync.OnceValues(func() (*opentype.Font, error) { return opentype.Parse(goregular.TTF) })

// Print sets a line of text; size is the height of the font in pixels.
func (s *Sheet) Print(x, y int, size float64, text string) error {
	f, err := regular()
	if err != nil {
		return err
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingFull})
	if err != nil {
		return err
	}
	defer face.Close()
	d := font.Drawer{Dst: s.RGBA, Src: image.NewUniform(Black), Face: face, Dot: fixed.P(x, y)}
	d.DrawString(text)
	return nil
}

// Body fills a part of the page with lines of print from y down.
func (s *Sheet) Body(y, lines int) error {
	words := []string{"hereby", "authorize", "Company", "Limited", "products", "images", "valid", "from", "until", "territory", "online", "store", "platform", "rights", "holder"}
	size := float64(s.Rect.Dx()) / 52
	for l := range lines {
		text := ""
		for len(text) < 62 {
			text += words[s.rng.IntN(len(words))] + " "
		}
		if err := s.Print(s.Rect.Dx()/10, y+int(float64(l)*size*1.8), size, text[:62]); err != nil {
			return err
		}
	}
	return nil
}

// ink lays colour over what is there, darkening it.
func (s *Sheet) ink(x, y, radius float64, c color.RGBA) {
	for yy := int(y - radius - 1); yy <= int(y+radius+1); yy++ {
		for xx := int(x - radius - 1); xx <= int(x+radius+1); xx++ {
			if !(image.Point{xx, yy}).In(s.Rect) {
				continue
			}
			a := math.Max(0, math.Min(1, radius+0.5-math.Hypot(float64(xx)+0.5-x, float64(yy)+0.5-y)))
			if a == 0 {
				continue
			}
			o := s.RGBAAt(xx, yy)
			mix := func(old, v uint8) uint8 { return uint8(float64(old) * (1 - a + a*float64(v)/255)) }
			s.SetRGBA(xx, yy, color.RGBA{mix(o.R, c.R), mix(o.G, c.G), mix(o.B, c.B), 255})
		}
	}
}

// line draws a stroke.
func (s *Sheet) line(x0, y0, x1, y1, width float64, c color.RGBA) {
	n := int(math.Hypot(x1-x0, y1-y0)/math.Max(0.5, width/3)) + 1
	for k := range n + 1 {
		t := float64(k) / float64(n)
		x, y := x0+(x1-x0)*t, y0+(y1-y0)*t
		if o := s.at(x, y); o.R != c.R || o.G != c.G || o.B != c.B {
			s.ink(x, y, width/2, c)
		}
	}
}

func (s *Sheet) at(x, y float64) color.RGBA { return s.RGBAAt(int(x), int(y)) }

// Rule draws a level line.
func (s *Sheet) Rule(x0, x1, y int) {
	s.line(float64(x0), float64(y), float64(x1), float64(y), 2, Black)
}

// glyph draws strokes as of a Chinese character in a square that is turned.
func (s *Sheet) glyph(x, y, size, turn float64, c color.RGBA) {
	sin, cos := math.Sincos(turn)
	put := func(u0, v0, u1, v1 float64) {
		s.line(x+(u0*cos-v0*sin)*size, y+(u0*sin+v0*cos)*size, x+(u1*cos-v1*sin)*size, y+(u1*sin+v1*cos)*size, size*0.09, c)
	}
	for _, v := range []float64{-0.35, 0, 0.35} {
		put(-0.38, v, 0.38, v)
	}
	for range 2 {
		u := s.rng.Float64()*0.7 - 0.35
		put(u, -0.42, u, 0.42)
	}
	put(-0.05, 0, -0.38, 0.42)
}

// Chop draws a round or oval seal: a ring, letters along it, a star. rx, ry
// are its half axes; from and to bound the part of the ring that printed, in
// degrees (0 to 360 for all of it).
func (s *Sheet) Chop(cx, cy, rx, ry, from, to float64, c color.RGBA) {
	inside := func(t float64) bool { d := t * 180 / math.Pi; return d >= from && d <= to }
	width := math.Max(2, rx*0.055)
	n := int(2 * math.Pi * rx)
	for k := range n {
		t := 2 * math.Pi * float64(k) / float64(n)
		if inside(t) {
			s.line(cx+rx*math.Cos(t), cy+ry*math.Sin(t), cx+rx*math.Cos(t+0.01), cy+ry*math.Sin(t+0.01), width, c)
		}
	}
	const letters = 12
	for k := range letters {
		t := math.Pi*0.72 + float64(k)*math.Pi*1.56/(letters-1)
		if tt := math.Mod(t, 2*math.Pi); inside(tt) {
			s.glyph(cx+0.76*rx*math.Cos(t), cy+0.76*ry*math.Sin(t), rx*0.25, t+math.Pi/2, c)
		}
	}
	for k := range 5 {
		a, b := -math.Pi/2+float64(k)*2*math.Pi*2/5, -math.Pi/2+float64(k+1)*2*math.Pi*2/5
		if inside(math.Mod(a+4*math.Pi, 2*math.Pi)) {
			s.line(cx+0.28*rx*math.Cos(a), cy+0.28*ry*math.Sin(a), cx+0.28*rx*math.Cos(b), cy+0.28*ry*math.Sin(b), rx*0.07, c)
		}
	}
}

// Stamp draws a stamp as companies abroad have them: a ring, and along a part of
// it one line of small letters.
func (s *Sheet) Stamp(cx, cy, rx, ry float64, c color.RGBA) {
	n := int(2 * math.Pi * rx)
	for k := range n {
		t := 2 * math.Pi * float64(k) / float64(n)
		s.line(cx+rx*math.Cos(t), cy+ry*math.Sin(t), cx+rx*math.Cos(t+0.01), cy+ry*math.Sin(t+0.01), math.Max(2, rx*0.035), c)
	}
	const letters = 16
	for k := range letters {
		t := math.Pi*0.95 + float64(k)*math.Pi*1.1/(letters-1)
		s.glyph(cx+0.8*rx*math.Cos(t), cy+0.8*ry*math.Sin(t), rx*0.06, t+math.Pi/2, c)
	}
}

// SquareChop draws a name chop of four characters, turned a little.
func (s *Sheet) SquareChop(cx, cy, half, turn float64, c color.RGBA) {
	sin, cos := math.Sincos(turn)
	at := func(u, v float64) (float64, float64) { return cx + u*cos - v*sin, cy + u*sin + v*cos }
	corners := [][2]float64{{-1, -1}, {1, -1}, {1, 1}, {-1, 1}}
	for i, a := range corners {
		b := corners[(i+1)%4]
		x0, y0 := at(a[0]*half, a[1]*half)
		x1, y1 := at(b[0]*half, b[1]*half)
		s.line(x0, y0, x1, y1, half*0.09, c)
	}
	for _, u := range []float64{-0.45, 0.45} {
		for _, v := range []float64{-0.45, 0.45} {
			x, y := at(u*half, v*half)
			s.glyph(x, y, half*0.75, turn, c)
		}
	}
}

// Disc draws a plain filled circle: no seal.
func (s *Sheet) Disc(cx, cy, r float64, c color.RGBA) { s.ink(cx, cy, r, c) }

// Circle draws a plain ring without letters: no seal.
func (s *Sheet) Circle(cx, cy, r float64, c color.RGBA) {
	n := int(2 * math.Pi * r)
	for k := range n {
		t := 2 * math.Pi * float64(k) / float64(n)
		s.line(cx+r*math.Cos(t), cy+r*math.Sin(t), cx+r*math.Cos(t+0.02), cy+r*math.Sin(t+0.02), 3, c)
	}
}

// Arc draws a part of a ring, from and to in degrees.
func (s *Sheet) Arc(cx, cy, r, from, to float64, c color.RGBA) {
	for a := from; a < to; a++ {
		t, u := a*math.Pi/180, (a+1)*math.Pi/180
		s.line(cx+r*math.Cos(t), cy+r*math.Sin(t), cx+r*math.Cos(u), cy+r*math.Sin(u), 3, c)
	}
}

// Weave fills a box with the texture of coarse cloth: short slanted threads of
// many shades, close together.
func (s *Sheet) Weave(x, y, w, h float64, c color.RGBA) {
	for v := 0.0; v < h; v += 6 {
		for u := 0.0; u < w; u += 9 {
			f := 0.3 + 0.7*s.rng.Float64()
			shade := func(v uint8) uint8 { return uint8(255 - f*float64(255-v)) }
			s.line(x+u, y+v, x+u+6+3*s.rng.Float64(), y+v+4*s.rng.Float64(), 2+2*s.rng.Float64(), color.RGBA{shade(c.R), shade(c.G), shade(c.B), 255})
		}
	}
}

// Sign scrawls a signature into a box.
func (s *Sheet) Sign(x, y, w, h float64, c color.RGBA) {
	px, py := x, y+h*0.6
	const n = 260
	freq, phase := 4.5+2*s.rng.Float64(), s.rng.Float64()*6
	for k := 1; k <= n; k++ {
		t := float64(k) / n
		swing := 0.35 + 0.65*math.Abs(math.Sin(2.1*math.Pi*t+phase))
		nx := x + w*(t+0.05*math.Sin(2*math.Pi*freq*1.3*t))
		ny := y + h*(0.5+0.45*swing*math.Sin(2*math.Pi*freq*t+phase)+0.08*math.Sin(17*t))
		s.line(px, py, nx, ny, math.Max(1.6, h/40), c)
		px, py = nx, ny
	}
}

// Grain adds the noise of a scanner, sigma in levels.
func (s *Sheet) Grain(sigma float64) {
	for i := 0; i < len(s.Pix); i += 4 {
		for k := range 3 {
			s.Pix[i+k] = uint8(math.Max(0, math.Min(255, float64(s.Pix[i+k])+s.rng.NormFloat64()*sigma)))
		}
	}
}

// Light dims the page from one corner to the other, as a lamp does, to low of
// its brightness.
func (s *Sheet) Light(low float64) {
	b := s.Rect
	for y := range b.Dy() {
		for x := range b.Dx() {
			f := 1 - (1-low)*(float64(x)/float64(b.Dx())+float64(y)/float64(b.Dy()))/2
			i := s.PixOffset(x, y)
			for k := range 3 {
				s.Pix[i+k] = uint8(float64(s.Pix[i+k]) * f)
			}
		}
	}
}

// Blur smears the page by a box of side 2r+1, twice.
func (s *Sheet) Blur(r int) {
	w, h := s.Rect.Dx(), s.Rect.Dy()
	sums := make([]int, len(s.Pix)) // over the rows around, per pixel and channel
	for range 2 {
		clear(sums)
		for y := range h {
			for yy := max(0, y-r); yy <= min(h-1, y+r); yy++ {
				for x, v := range s.Pix[yy*s.Stride : yy*s.Stride+4*w] {
					sums[y*s.Stride+x] += int(v)
				}
			}
		}
		for y := range h {
			rows := min(h-1, y+r) - max(0, y-r) + 1
			for x := range w {
				x0, x1 := max(0, x-r), min(w-1, x+r)
				for k := range 3 {
					sum := 0
					for xx := x0; xx <= x1; xx++ {
						sum += sums[y*s.Stride+4*xx+k]
					}
					s.Pix[y*s.Stride+4*x+k] = uint8(sum / (rows * (x1 - x0 + 1)))
				}
			}
		}
	}
}

// Gray takes the colour out, as a black-and-white scanner does.
func (s *Sheet) Gray() {
	for i := 0; i < len(s.Pix); i += 4 {
		v := uint8((299*int(s.Pix[i]) + 587*int(s.Pix[i+1]) + 114*int(s.Pix[i+2])) / 1000)
		s.Pix[i], s.Pix[i+1], s.Pix[i+2] = v, v, v
	}
}

// RGB is the page as extractors get it.
func (s *Sheet) RGB() *raster.RGB { return FromImage(s.RGBA) }
