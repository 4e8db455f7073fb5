package text

import (
	_ "embed"
	"fmt"
	"image"
	"image/draw"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/go-fonts/dejavu/dejavusans"
	"github.com/go-fonts/dejavu/dejavusansbold"
	"github.com/go-fonts/dejavu/dejavusanscondensed"
	"github.com/go-fonts/dejavu/dejavusanscondensedbold"
	"github.com/go-fonts/dejavu/dejavusansmono"
	"github.com/go-fonts/dejavu/dejavusansoblique"
	"github.com/go-fonts/dejavu/dejavuserif"
	"github.com/go-fonts/dejavu/dejavuserifcondensed"
	"github.com/go-fonts/liberation/liberationmonobold"
	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansitalic"
	"github.com/go-fonts/liberation/liberationsansregular"
	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifitalic"
	"github.com/go-fonts/liberation/liberationserifregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gobolditalic"
	"golang.org/x/image/font/gofont/goitalic"
	"golang.org/x/image/font/gofont/gomedium"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"github.com/aecheck/aecheck/pkg/raster"
)

// hanTTF holds the Chinese letters of the recipes and no others; its NOTICE says
// how it was made.
//
//go:embed testdata/font/wqy-microhei-subset.ttf
var hanTTF []byte

// face is a Latin font, with a Chinese one for what it lacks: WenQuanYi Micro
// Hei (Apache-2.0 or GPL-3.0 with font exception). Bold and slanted versions of
// it stand in for a second one.
type face struct {
	name  string
	latin *opentype.Font
	han   *opentype.Font
	bold  bool
	slant float64
}

func fontsOf(half string) ([]face, error) {
	han, err := opentype.Parse(hanTTF)
	if err != nil {
		return nil, err
	}
	type entry struct {
		name  string
		ttf   []byte
		bold  bool
		slant float64
	}
	list := []entry{ // tune
		{"go", goregular.TTF, false, 0}, {"go-bold", gobold.TTF, true, 0},
		{"liberation-sans", liberationsansregular.TTF, false, 0}, {"liberation-serif", liberationserifregular.TTF, false, 0},
		{"dejavu-sans", dejavusans.TTF, false, 0},
	}
	switch half {
	case "held":
		list = []entry{
			{"go-medium", gomedium.TTF, false, 0.15}, {"go-italic", goitalic.TTF, false, 0},
			{"liberation-sans-bold", liberationsansbold.TTF, true, 0}, {"dejavu-serif", dejavuserif.TTF, true, 0},
			{"dejavu-sans-bold", dejavusansbold.TTF, true, 0.1},
		}
	case "fresh":
		list = []entry{
			{"liberation-sans-italic", liberationsansitalic.TTF, false, 0.12}, {"dejavu-sans-condensed-bold", dejavusanscondensedbold.TTF, true, 0},
			{"go-mono", gomono.TTF, false, 0}, {"liberation-serif-bold", liberationserifbold.TTF, true, 0},
			{"dejavu-sans-condensed", dejavusanscondensed.TTF, false, 0},
		}
	case "wide":
		list = []entry{
			{"go-bold", gobold.TTF, true, 0.1}, {"liberation-serif-bold", liberationserifbold.TTF, true, 0},
			{"go-mono", gomono.TTF, false, 0}, {"dejavu-sans", dejavusans.TTF, false, 0.12},
			{"liberation-sans", liberationsansregular.TTF, false, 0}, {"go-italic", goitalic.TTF, false, 0},
		}
	case "unseen":
		list = []entry{
			{"dejavu-sans-oblique", dejavusansoblique.TTF, false, 0.15}, {"liberation-serif-italic", liberationserifitalic.TTF, false, 0.1},
			{"liberation-mono-bold", liberationmonobold.TTF, true, 0}, {"go-bold-italic", gobolditalic.TTF, true, 0.12},
			{"dejavu-serif-condensed", dejavuserifcondensed.TTF, false, 0}, {"dejavu-sans-mono", dejavusansmono.TTF, false, 0},
		}
	}
	var out []face
	for _, e := range list {
		f, err := opentype.Parse(e.ttf)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.name, err)
		}
		out = append(out, face{name: e.name, latin: f, han: han, bold: e.bold, slant: e.slant})
	}
	return out, nil
}

// has reports whether a font has a letter.
func has(f *opentype.Font, r rune) bool {
	i, err := f.GlyphIndex(nil, r)
	return err == nil && i != 0
}

// draw sets a text in letters whose capitals are about size px high, and
// returns its coverage, cut to the ink.
func (f face) draw(text string, size float64) (*image.Alpha, error) {
	points := size / 0.72 // capitals are 0.72 em high in these fonts
	opt := &opentype.FaceOptions{Size: points, DPI: 72, Hinting: font.HintingNone}
	latin, err := opentype.NewFace(f.latin, opt)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.name, err)
	}
	han, err := opentype.NewFace(f.han, opt)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.name, err)
	}
	wide := int(points*1.3)*len([]rune(text)) + 40
	m := image.NewAlpha(image.Rect(0, 0, wide, int(points*2)))
	d := font.Drawer{Dst: m, Src: image.Opaque, Dot: fixed.P(20, int(points*1.4))}
	for _, r := range text {
		if has(f.latin, r) {
			d.Face = latin
			d.DrawString(string(r))
			continue
		}
		if !has(f.han, r) {
			return nil, fmt.Errorf("%s: no glyph for %q", f.name, r)
		}
		d.Face = han
		x := d.Dot
		d.DrawString(string(r))
		if f.bold {
			d2 := d
			d2.Dot = fixed.Point26_6{X: x.X + fixed.I(max(1, int(size/18))), Y: x.Y}
			d2.DrawString(string(r))
		}
	}
	if f.slant != 0 {
		s := image.NewAlpha(m.Rect)
		for y := range m.Rect.Dy() {
			shift := int(f.slant * (points*1.4 - float64(y)))
			draw.Draw(s, image.Rect(0, y, wide, y+1), m, image.Pt(-shift, y), draw.Src)
		}
		m = s
	}
	return inked(m), nil
}

// inked cuts a mask to what is drawn.
func inked(m *image.Alpha) *image.Alpha {
	b := image.Rectangle{Min: m.Rect.Max, Max: m.Rect.Min}
	for y := m.Rect.Min.Y; y < m.Rect.Max.Y; y++ {
		for x := m.Rect.Min.X; x < m.Rect.Max.X; x++ {
			if m.AlphaAt(x, y).A > 8 {
				b.Min.X, b.Min.Y = min(b.Min.X, x), min(b.Min.Y, y)
				b.Max.X, b.Max.Y = max(b.Max.X, x+1), max(b.Max.Y, y+1)
			}
		}
	}
	if b.Empty() {
		return image.NewAlpha(image.Rect(0, 0, 1, 1))
	}
	out := image.NewAlpha(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(out, out.Rect, m, b.Min, draw.Src)
	return out
}

// sample reads a mask bilinearly, 0 outside.
func sample(m *image.Alpha, x, y float64) float64 {
	x0, y0 := math.Floor(x), math.Floor(y)
	ax, ay := x-x0, y-y0
	at := func(i, j int) float64 { return float64(m.AlphaAt(i, j).A) / 255 }
	i, j := int(x0), int(y0)
	return (at(i, j)*(1-ax)+at(i+1, j)*ax)*(1-ay) + (at(i, j+1)*(1-ax)+at(i+1, j+1)*ax)*ay
}

// turn rotates a mask anticlockwise.
func turn(m *image.Alpha, degrees float64) *image.Alpha {
	if degrees == 0 {
		return m
	}
	s, c := math.Sincos(-degrees * math.Pi / 180)
	w, h := float64(m.Rect.Dx()), float64(m.Rect.Dy())
	ow, oh := int(math.Abs(w*c)+math.Abs(h*s))+2, int(math.Abs(w*s)+math.Abs(h*c))+2
	out := image.NewAlpha(image.Rect(0, 0, ow, oh))
	for y := range oh {
		for x := range ow {
			dx, dy := float64(x)-float64(ow)/2, float64(y)-float64(oh)/2
			out.Pix[y*out.Stride+x] = uint8(255 * sample(m, c*dx+s*dy+w/2, -s*dx+c*dy+h/2))
		}
	}
	return out
}

// blend lays colour through a mask at (x0, y0).
func blend(m *raster.RGB, mask *image.Alpha, x0, y0 int, colour [3]float64, alpha float64) {
	for y := range mask.Rect.Dy() {
		for x := range mask.Rect.Dx() {
			px, py := x0+x, y0+y
			if px < 0 || py < 0 || px >= m.W || py >= m.H {
				continue
			}
			a := alpha * float64(mask.Pix[y*mask.Stride+x]) / 255
			for k := range 3 {
				p := &m.Pix[3*(py*m.W+px)+k]
				*p = uint8(float64(*p)*(1-a) + colour[k]*a + 0.5)
			}
		}
	}
}

func fill(m *raster.RGB, b [4]int, colour [3]float64, alpha float64) {
	mask := image.NewAlpha(image.Rect(0, 0, b[2], b[3]))
	for i := range mask.Pix {
		mask.Pix[i] = 255
	}
	blend(m, mask, b[0], b[1], colour, alpha)
}

// imprint multiplies the surface by the ink's reflectance through the mask,
// stretched to quad (tl tr br bl), softened by the lens and with grain.
func imprint(m *raster.RGB, mask *image.Alpha, quad [4][2]float64, ink [3]float64, r *rand.Rand) [4]int {
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, p := range quad {
		x0, y0, x1, y1 = math.Min(x0, p[0]), math.Min(y0, p[1]), math.Max(x1, p[0]), math.Max(y1, p[1])
	}
	b := [4]int{int(x0), int(y0), int(x1-x0) + 1, int(y1-y0) + 1}
	h := homography(quad)
	w, hh := float64(mask.Rect.Dx()), float64(mask.Rect.Dy())
	cover := func(x, y float64) float64 {
		d := h[6]*x + h[7]*y + 1
		u, v := (h[0]*x+h[1]*y+h[2])/d, (h[3]*x+h[4]*y+h[5])/d
		return sample(mask, u*w, v*hh)
	}
	for y := max(0, b[1]); y < min(m.H, b[1]+b[3]); y++ {
		for x := max(0, b[0]); x < min(m.W, b[0]+b[2]); x++ {
			a := 0.0 // the lens: mean over a disc of about 1.2 px
			for _, o := range [][2]float64{{0, 0}, {0.9, 0}, {-0.9, 0}, {0, 0.9}, {0, -0.9}, {0.6, 0.6}, {-0.6, 0.6}, {0.6, -0.6}, {-0.6, -0.6}} {
				a += cover(float64(x)+o[0], float64(y)+o[1]) / 9
			}
			if a == 0 {
				continue
			}
			grain := 2.5 * r.NormFloat64()
			for k := range 3 {
				p := &m.Pix[3*(y*m.W+x)+k]
				v := float64(*p) * (1 - a*(1-ink[k]))
				*p = uint8(math.Max(0, math.Min(255, v+a*grain)))
			}
		}
	}
	return b
}

// homography maps the quad to the unit square.
func homography(q [4][2]float64) [8]float64 {
	var a [8][9]float64
	for i, uv := range [4][2]float64{{0, 0}, {1, 0}, {1, 1}, {0, 1}} {
		x, y := q[i][0], q[i][1]
		a[2*i] = [9]float64{x, y, 1, 0, 0, 0, -uv[0] * x, -uv[0] * y, uv[0]}
		a[2*i+1] = [9]float64{0, 0, 0, x, y, 1, -uv[1] * x, -uv[1] * y, uv[1]}
	}
	for c := range 8 {
		p := c
		for r := c + 1; r < 8; r++ {
			if math.Abs(a[r][c]) > math.Abs(a[p][c]) {
				p = r
			}
		}
		a[c], a[p] = a[p], a[c]
		for r := range 8 {
			if r != c && a[c][c] != 0 {
				f := a[r][c] / a[c][c]
				for k := c; k < 9; k++ {
					a[r][k] -= f * a[c][k]
				}
			}
		}
	}
	var h [8]float64
	for i := range h {
		h[i] = a[i][8] / a[i][i]
	}
	return h
}

// drawn makes photos of our own: a shaded backdrop and a box with a label, seen
// at an angle, in soft light with grain.
func drawn(n, side int) []photo { return drawnFrom(77, n, side) }

// drawnFrom is drawn with a seed.
func drawnFrom(seed uint64, n, side int) []photo {
	var out []photo
	for i := range n {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		m := raster.NewRGB(side, side)
		white := i%3 == 0
		base := [3]float64{120 + 110*r.Float64(), 120 + 110*r.Float64(), 120 + 110*r.Float64()}
		body := [3]float64{90 + 140*r.Float64(), 90 + 140*r.Float64(), 90 + 140*r.Float64()}
		s := float64(side)
		skew := (r.Float64() - 0.5) * 0.2 * s
		q := [4][2]float64{{0.2 * s, 0.18*s + skew/2}, {0.8 * s, 0.2*s - skew/3}, {0.78 * s, 0.85*s + skew/4}, {0.23 * s, 0.82*s - skew/2}}
		h := homography(q)
		for y := range side {
			for x := range side {
				d := h[6]*float64(x) + h[7]*float64(y) + 1
				u, v := (h[0]*float64(x)+h[1]*float64(y)+h[2])/d, (h[3]*float64(x)+h[4]*float64(y)+h[5])/d
				light := 0.85 + 0.25*float64(x)/s - 0.15*float64(y)/s
				grain := 2.5 * r.NormFloat64()
				for k := range 3 {
					c := base[k]*light + 6*math.Sin(float64(x+3*y)/37) + grain
					if white {
						c = 255
					}
					if u >= 0 && u < 1 && v >= 0 && v < 1 {
						c = body[k]*(light-0.15*u*u) + 10*math.Sin(v*9) + grain
						if v < 0.12 || v > 0.93 {
							c *= 0.7
						}
					}
					m.Pix[3*(y*side+x)+k] = uint8(math.Max(0, math.Min(255, c)))
				}
			}
		}
		out = append(out, photo{name: fmt.Sprintf("drawn-%d", i), rgb: m, face: q})
	}
	return out
}

// TestLettersOfRecipes wants a glyph for every letter of every recipe: the subset
// of the Chinese font is no larger than they need.
func TestLettersOfRecipes(t *testing.T) {
	for _, half := range []string{"tune", "held", "wide", "fresh", "unseen"} {
		faces, err := fontsOf(half)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range faces {
			for _, s := range append(sayings(half), prints(half)...) {
				for _, r := range s.text {
					if !has(f.latin, r) && !has(f.han, r) {
						t.Errorf("%s, %s: no glyph for %q of %q; testdata/font/NOTICE says how to make the subset anew", half, f.name, r, s.text)
					}
				}
			}
		}
	}
}
