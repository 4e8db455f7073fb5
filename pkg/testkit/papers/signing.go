package papers

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"github.com/aecheck/aecheck/pkg/raster"
)

// Signing is a made page with a place to sign: signed in many hands and inks
// beside, across or inside a seal, or not signed. It differs from Letter in
// that the lines are known as a reader would have read them, so that what stands
// after a label can be looked for.
type Signing struct {
	Name   string
	Signed bool
	Hand   string // how it was signed; what stands there instead, where unsigned
	Ink    string
	Where  string // the seal relative to the place of the signature
	Layout string
	Taken  string
	Sign   image.Rectangle // of the signature on the picture
	Seal   image.Rectangle // of the seal; empty for none
	Place  image.Rectangle // where the signature is wanted
	Lines  []SigningLine

	seed uint64
}

// SigningLine is a line of the page as it would be read.
type SigningLine struct {
	Text       string
	Box        image.Rectangle
	Confidence float64
}

// FontsEnv names a folder of font files to write by hand with as well.
const FontsEnv = "AECHECK_FONTS"

var (
	hands   = [...]string{"loops", "zigzag", "han strokes", "clear han", "initials", "font"}
	nobody  = [...]string{"nothing", "printed name", "seal only", "date in seal", "rim", "other fields", "dashes", "logo", "printed name in seal", "specks"}
	inks    = [...]string{"black", "blue", "light blue", "blue-black", "grey"}
	wheres  = [...]string{"no seal", "beside", "across", "inside", "under", "pasted over"}
	layouts = [...]string{"zh right", "zh two", "zh below", "en rule", "en by", "columns", "form"}
	takes   = [...]string{"scan", "small scan", "tilted scan", "photo", "photo in shadow", "dark photo", "grey scan"}
)

// Signings draws n pages by seed; two of three are signed.
func Signings(seed uint64, n int) []*Signing {
	out := make([]*Signing, n)
	for i := range out {
		rng := rand.New(rand.NewPCG(seed, uint64(i)))
		g := &Signing{seed: rng.Uint64(), Signed: i%3 != 2}
		g.Layout, g.Taken = layouts[rng.IntN(len(layouts))], takes[rng.IntN(len(takes))]
		if g.Taken == "grey scan" && rng.IntN(2) == 0 {
			g.Taken = "scan"
		}
		if g.Signed {
			g.Hand, g.Ink, g.Where = hands[rng.IntN(len(hands))], inks[rng.IntN(len(inks))], wheres[rng.IntN(len(wheres))]
		} else {
			g.Hand, g.Where = nobody[(i/3)%len(nobody)], wheres[rng.IntN(2)]
		}
		g.Name = fmt.Sprintf("%d/%d %s in %s, seal %s, %s, %s", seed, i, g.Hand, g.Ink, g.Where, g.Layout, g.Taken)
		out[i] = g
	}
	return out
}

// signer draws one page.
type signer struct {
	*Sheet
	g    *Signing
	size float64 // of print
	fold func(lo, hi float64) float64
	err  error
}

func (d *signer) vary(lo, hi float64) float64 { return d.fold(lo, hi) }

// han sets n made-up characters and notes them as a line that says text.
func (d *signer) han(x, y float64, text string) float64 {
	n := len([]rune(text))
	for k := range n {
		d.character(x+float64(k)*d.size*1.04, y, d.size)
	}
	return d.line(x, y, float64(n)*d.size*1.04, text)
}

// line notes what a reader reads.
func (d *signer) line(x, y, w float64, text string) float64 {
	d.g.Lines = append(d.g.Lines, SigningLine{text, image.Rect(int(x)-3, int(y-0.15*d.size), int(x+w)+3, int(y+1.15*d.size)), 0.97})
	return x + w
}

// latin prints a line.
func (d *signer) latin(x, y float64, text string, size float64) float64 {
	if err := d.Print(int(x), int(y+0.85*size), size, text); err != nil {
		d.err = err
	}
	f, err := regular()
	if err != nil {
		d.err = err
		return x
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingFull})
	if err != nil {
		d.err = err
		return x
	}
	defer face.Close()
	return d.line(x, y, float64(font.MeasureString(face, text))/64, text)
}

// Draw makes the picture and fills in where things lie on it.
func (g *Signing) Draw() (*raster.RGB, error) {
	rng := rand.New(rand.NewPCG(g.seed, 0x51674))
	w, h := 1000, 1414
	if g.Taken == "scan" || g.Taken == "grey scan" {
		w, h = 1240, 1754
	}
	d := &signer{Sheet: NewSheet(w, h, g.seed), g: g, size: float64(w) / 50 * (0.85 + 0.35*rng.Float64())}
	d.fold = func(lo, hi float64) float64 { return lo + (hi-lo)*rng.Float64() }
	g.Lines = nil
	zh := g.Layout[0] == 'z' || g.Layout == "columns" || g.Layout == "form"
	if zh {
		d.size *= 1.2
		d.Han(int(0.14*float64(h)), 14, d.size)
		for k := range 14 {
			y := 0.14*float64(h) + float64(k)*d.size*1.9
			d.line(float64(w)/10, y, 0.8*float64(w), "本公司就商品图片作出如下承诺并承担相应责任")
		}
		big := d.size
		d.size *= 1.8
		d.han(0.3*float64(w), 0.07*float64(h), "图片合规承诺书")
		d.size = big
	} else {
		if err := d.Body(int(0.16*float64(h)), 16); err != nil {
			return nil, err
		}
		for k := range 16 {
			d.line(float64(w)/10, 0.16*float64(h)+float64(k)*float64(w)/52*1.8-15, 0.8*float64(w), "hereby authorize Company Limited products images valid from until")
		}
		d.latin(0.2*float64(w), 0.08*float64(h), "LETTER OF AUTHORIZATION", d.size*1.9)
	}
	x, y := d.block()
	if d.err != nil {
		return nil, d.err
	}
	g.Place = image.Rect(int(x), int(y-2*d.size), int(x+13*d.size), int(y+2.2*d.size))
	d.mark(x, y)
	if d.err != nil {
		return nil, d.err
	}
	return d.take()
}

// block prints the end of the letter and returns where the signature goes: the
// left end of its base, the middle of the print's height.
func (d *signer) block() (x, y float64) {
	w, h, s := float64(d.Rect.Dx()), float64(d.Rect.Dy()), d.size
	left, top := 0.11*w, h*d.vary(0.72, 0.78)
	if d.g.Layout == "columns" {
		left = 0.52 * w
	}
	switch d.g.Layout {
	case "zh right", "form", "columns":
		words := [...]string{"承诺人（签字）：", "法定代表人（签字）：", "授权代表签名：", "签署人："}
		which := int(d.vary(0, 3.99))
		if d.g.Layout == "columns" {
			which = 3
		}
		x = d.han(left, top, words[which])
		y = top + s/2
		if d.vary(0, 1) < 0.6 {
			d.Rule(int(x), int(x+9*s), int(top+1.15*s))
		}
		top += s * 3.4
		d.han(left, top, "日期：")
		d.latin(left+3.3*s, top, "2026-11-20", s)
		if d.g.Layout == "columns" {
			d.han(0.11*w, top-s*3.4, "授权方：深圳某某公司")
		}
	case "zh two":
		x = d.han(left, top, "法定代表人（签字）：")
		y = top + s/2
		top += s * 3
		d.han(left, top, "单位（盖章）：深圳市某某贸易有限公司")
		top += s * 2.4
		d.han(left, top, "日期：")
	case "zh below":
		d.han(left, top, "授权代表（签字、盖章）：")
		x, y = left+s, top+3*s
		top += s * 5.6
		d.han(left, top, "日期：二〇二六年十一月")
	case "en rule":
		y = top - 0.2*s
		x = left + 0.5*s
		d.Rule(int(left), int(left+13*s), int(top+0.9*s))
		d.latin(left, top+1.3*s, "Authorized Signature", s)
		d.latin(left, top+3.2*s, "Date: 2026-01-18", s)
	case "en by":
		x = d.latin(left, top, [...]string{"Signed by:", "By:", "Signature:", "Sincerely,"}[int(d.vary(0, 3.99))], s)
		x += 0.5 * s
		y = top + s/2
		d.latin(left, top+3*s, "Name: Hans Meier", s)
		d.latin(left, top+4.8*s, "Title: Managing Director", s)
	}
	return x, y
}

// mark signs and seals, or does what only looks like it.
func (d *signer) mark(x, y float64) {
	s := d.size
	w := float64(d.Rect.Dx())
	mm := w / 210
	x += d.vary(0, 1.5) * s
	var pen *layer
	if d.g.Signed {
		pen = d.pen(x, y)
		d.g.Sign = pen.bounds()
	} else {
		d.unsigned(x, y)
	}
	r := d.vary(18, 21) * mm
	place := d.g.Sign
	if place.Empty() {
		place = image.Rect(int(x), int(y-s), int(x+8*s), int(y+s))
	}
	cx, cy := float64(place.Min.X+place.Max.X)/2, float64(place.Min.Y+place.Max.Y)/2
	where := d.g.Where
	switch {
	case where == "no seal":
		if pen != nil {
			d.lay(pen, d.inkColor(), 0.95, true)
		}
		return
	case where == "beside":
		cx = math.Min(w-1.1*r, float64(place.Max.X)+1.25*r)
		cy += d.vary(-0.5, 0.5) * r
		if cx-r < float64(place.Max.X) {
			cy -= 2.1 * r
		}
	case where == "across":
		cx += d.vary(0.5, 0.9) * r * float64(1-2*int(d.vary(0, 1.99)))
		cy += d.vary(-0.6, 0.6) * r
	default:
		cx += d.vary(-0.15, 0.15) * r
		cy += d.vary(-0.2, 0.2) * r
		r = math.Max(r, 0.62*float64(place.Dx()))
	}
	cx, cy = math.Min(math.Max(cx, 1.05*r), w-1.05*r), math.Min(cy, float64(d.Rect.Dy())-1.05*r)
	ry := r
	if d.vary(0, 1) < 0.15 {
		ry = 0.68 * r
	}
	d.g.Seal = image.Rect(int(cx-r), int(cy-ry), int(cx+r), int(cy+ry))
	seal := d.blank()
	seal.Chop(cx, cy, r, ry, 0, 360, color.RGBA{0, 0, 0, 255})
	for k := range 6 {
		seal.glyph(cx+(float64(k)-2.5)*0.17*r, cy+0.45*ry, 0.15*r, 0, color.RGBA{0, 0, 0, 255})
	}
	stamp := of(seal)
	red := color.RGBA{uint8(d.vary(180, 228)), uint8(d.vary(20, 60)), uint8(d.vary(25, 75)), 255}
	alpha := d.vary(0.6, 0.97)
	switch {
	case pen == nil:
		d.lay(stamp, red, alpha, d.vary(0, 1) < 0.6)
	case where == "under": // the seal over the pen
		d.lay(pen, d.inkColor(), 0.95, true)
		d.lay(stamp, red, alpha, true)
	case where == "pasted over":
		d.lay(pen, d.inkColor(), 0.95, true)
		d.lay(stamp, red, math.Min(alpha, 0.85), false)
	default:
		d.lay(stamp, red, alpha, true)
		d.lay(pen, d.inkColor(), 0.95, d.vary(0, 1) < 0.6)
	}
}

func (d *signer) inkColor() color.RGBA {
	switch d.g.Ink {
	case "blue":
		return color.RGBA{35, 60, uint8(d.vary(140, 190)), 255}
	case "light blue":
		return color.RGBA{80, 110, 205, 255}
	case "blue-black":
		return color.RGBA{27, 42, 99, 255}
	case "grey":
		v := uint8(d.vary(70, 110))
		return color.RGBA{v, v, v + 6, 255}
	}
	return color.RGBA{30, 30, 36, 255}
}

// pen writes a signature, of which x, y is the left end and the middle.
func (d *signer) pen(x, y float64) *layer {
	s := d.size
	mm := float64(d.Rect.Dx()) / 210
	width := math.Max(1.1, d.vary(0.25, 1)*mm)
	l := newLayer(d.Rect.Dx(), d.Rect.Dy())
	high := s * d.vary(1.5, 3)
	switch d.g.Hand {
	case "loops":
		n := int(d.vary(5, 9))
		var p [][2]float64
		phase := d.vary(0, 6)
		for k := range 6 * n {
			t := float64(k) / 6
			swing := 0.25 + 0.75*math.Abs(math.Sin(0.9*t+phase))
			p = append(p, [2]float64{x + high*(0.33*t+0.28*math.Sin(2*math.Pi*t+0.7)), y - high*0.5*swing*math.Cos(2*math.Pi*t) + high*0.05*math.Sin(t)})
		}
		l.curve(p, width)
	case "zigzag":
		var p [][2]float64
		at := x
		for k := range int(d.vary(7, 14)) {
			p = append(p, [2]float64{at, y + high*d.vary(0.1, 0.55)*float64(1-2*(k%2))})
			at += high * d.vary(0.12, 0.4)
		}
		p = append(p, [2]float64{at + high, y + high*0.2}, [2]float64{x + high*0.3, y + high*0.45})
		l.curve(p, width)
	case "initials":
		for k := range 2 {
			cx := x + high*(0.5+0.9*float64(k))
			var p [][2]float64
			turn, to := d.vary(0, 6), d.vary(4.2, 6)
			for a := 0.0; a < to; a += 0.4 {
				p = append(p, [2]float64{cx + high*0.45*math.Cos(a+turn), y + high*0.5*math.Sin(a+turn)})
			}
			p = append(p, [2]float64{cx + high*d.vary(-0.4, 0.4), y + high*0.6})
			l.curve(p, width)
		}
		l.curve([][2]float64{{x - high*0.2, y + high*0.5}, {x + high, y + high*0.3}, {x + 2.4*high, y + high*0.42}}, width)
	case "han strokes", "clear han":
		clear := d.g.Hand == "clear han"
		if clear {
			high = s * d.vary(1.2, 1.8)
		}
		n := 2 + int(d.vary(0, 1.99))
		at := x
		for range n {
			d.written(l, at, y-high/2+d.vary(-0.1, 0.1)*high, high*d.vary(0.85, 1.1), width, clear)
			at += high * d.vary(0.85, 1.1)
		}
		if clear {
			d.line(x, y-high/2, at-x, "张小明"[:3*n])
		}
	case "font":
		if !d.written2(l, x, y, high) {
			return d.penAs("loops", x, y)
		}
		return d.warped(l, x, y)
	}
	return d.warped(l, x, y)
}

func (d *signer) penAs(hand string, x, y float64) *layer {
	d.g.Hand = hand
	return d.pen(x, y)
}

func (d *signer) warped(l *layer, _, y float64) *layer {
	return l.warp(y, d.vary(-0.1, 0.3), d.vary(0, 0.1)*d.size, 2.5*d.size, d.vary(0, 6))
}

// written is one character by hand: strokes that rise to the right, curve a
// little, and where it is no clear hand run on into each other.
func (d *signer) written(l *layer, x, y, size, width float64, clear bool) {
	j := 0.03
	if !clear {
		j = 0.09
	}
	at := func(u, v float64) [2]float64 {
		return [2]float64{x + size*(u+d.vary(-j, j)), y + size*(v-0.12*u+d.vary(-j, j))}
	}
	var ends [][2]float64
	put := func(u0, v0, u1, v1, bend float64) {
		a, b := at(u0, v0), at(u1, v1)
		m := at((u0+u1)/2+bend*(v1-v0), (v0+v1)/2-bend*(u1-u0))
		l.curve([][2]float64{a, m, b}, width)
		ends = append(ends, a, b)
	}
	n := 1 + int(d.vary(1, 3))
	for k := range n {
		v := 0.12 + 0.6*float64(k)/float64(n)
		put(0.12, v, 0.82, v, 0.04)
	}
	put(0.5, 0, 0.46, 0.95, 0.06)
	put(0.5, 0.35, 0.08, 0.92, 0.12)
	put(0.5, 0.4, 0.95, 0.9, -0.12)
	if d.vary(0, 1) < 0.5 {
		put(0.2, 0.05, 0.1, 0.5, 0.1)
	}
	if clear {
		return
	}
	for k := 1; k+1 < len(ends); k += 2 {
		if d.vary(0, 1) < 0.55 {
			l.curve([][2]float64{ends[k], ends[k+1]}, width*0.7)
		}
	}
}

// written2 writes a name in one of the fonts of FontsEnv; false without any.
func (d *signer) written2(l *layer, x, y, high float64) bool {
	files, _ := filepath.Glob(filepath.Join(os.Getenv(FontsEnv), "*"))
	if os.Getenv(FontsEnv) == "" || len(files) == 0 {
		return false
	}
	sort.Strings(files)
	b, err := os.ReadFile(files[int(d.vary(0, float64(len(files))-0.01))])
	if err != nil {
		d.err = err
		return false
	}
	c, err := opentype.ParseCollection(b)
	if err != nil {
		return false
	}
	f, err := c.Font(0)
	if err != nil {
		return false
	}
	name := [...]string{"李建国", "王芳", "张伟明", "陈静"}[int(d.vary(0, 3.99))]
	if i, err := f.GlyphIndex(nil, '李'); err != nil || i == 0 {
		name = [...]string{"Hans Meier", "J. Smith", "Anna Rossi"}[int(d.vary(0, 2.99))]
	}
	size := high * 1.1
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72})
	if err != nil {
		return false
	}
	defer face.Close()
	over := d.blank()
	p := font.Drawer{Dst: over.RGBA, Src: image.Black, Face: face, Dot: fixed.P(int(x), int(y+0.35*size))}
	p.DrawString(name)
	*l = *of(over)
	if b := l.bounds(); d.vary(0, 1) < 0.7 {
		d.g.Lines = append(d.g.Lines, SigningLine{name, b, d.vary(0.7, 0.99)})
	}
	return true
}

// unsigned puts there what is no signature.
func (d *signer) unsigned(x, y float64) {
	s := d.size
	switch d.g.Hand {
	case "printed name":
		k := d.vary(1, 1.25)
		if d.g.Layout[0] == 'e' {
			d.latin(x, y-s/2, "Hans Meier", s*k)
			return
		}
		d.size *= k
		d.han(x, y-d.size/2, "张小明")
		d.size = s
	case "seal only":
		d.g.Where = wheres[2+int(d.vary(0, 1.99))]
	case "printed name in seal":
		d.han(x, y-s/2, "深圳市某某")
		d.g.Where = "inside"
	case "date in seal":
		d.g.Where = "inside"
		if err := d.PrintIn(int(x), int(y+s/3), s, "2026.11.20", Red); err != nil {
			d.err = err
		}
	case "rim":
		r := float64(d.Rect.Dx()) / 11
		from := d.vary(0, 200)
		d.Chop(x+3*s, y, r, r, from, from+d.vary(70, 130), Red)
		d.g.Where = "no seal"
	case "other fields":
		// Filled in by hand far from where one signs.
		l := newLayer(d.Rect.Dx(), d.Rect.Dy())
		top := 0.56 * float64(d.Rect.Dy())
		after := d.han(0.11*float64(d.Rect.Dx()), top, "联系电话：")
		for k := range 5 {
			d.written(l, after+s*float64(k)*1.2, top-0.3*s, s*1.4, s*0.1, true)
		}
		top += 2.6 * s
		after = d.han(0.11*float64(d.Rect.Dx()), top, "联系地址：")
		for k := range 7 {
			d.written(l, after+s*float64(k)*1.2, top-0.3*s, s*1.4, s*0.1, k%2 == 0)
		}
		d.lay(d.warped(l, x, top), BlueInk, 0.95, true)
	case "dashes":
		for k := range 12 {
			d.Rule(int(x+float64(k)*s*0.7), int(x+float64(k)*s*0.7+s*0.4), int(y+0.8*s))
		}
	case "logo":
		d.Disc(0.12*float64(d.Rect.Dx()), 0.05*float64(d.Rect.Dy()), 1.6*s, BlueInk)
		d.Circle(0.2*float64(d.Rect.Dx()), 0.05*float64(d.Rect.Dy()), 1.4*s, Black)
	case "specks":
		for range 60 {
			d.ink(d.vary(0, float64(d.Rect.Dx())), d.vary(0, float64(d.Rect.Dy())), d.vary(0.5, 2.2), Black)
		}
	}
}

// take scans or photographs the sheet.
func (d *signer) take() (*raster.RGB, error) {
	w, h := float64(d.Rect.Dx()), float64(d.Rect.Dy())
	place := func(x, y float64) (float64, float64) { return x, y }
	out := d.Sheet
	switch d.g.Taken {
	case "scan", "small scan":
		out.Grain(d.vary(1, 4))
	case "grey scan":
		out.Gray()
		out.Grain(d.vary(1, 4))
		out.Gray()
	case "tilted scan":
		a := d.vary(-5, 5) * math.Pi / 180
		sin, cos := math.Sincos(a)
		turn := func(x, y float64) [2]float64 {
			return [2]float64{w/2 + (x-w/2)*cos - (y-h/2)*sin, h/2 + (x-w/2)*sin + (y-h/2)*cos}
		}
		out, place = d.Lay(int(w), int(h), [4][2]float64{turn(0, 0), turn(w, 0), turn(w, h), turn(0, h)}, color.RGBA{250, 250, 250, 255})
		out.Grain(d.vary(1, 4))
	default:
		desk := [...]color.RGBA{{120, 84, 56, 255}, {70, 72, 76, 255}, {190, 180, 165, 255}}[int(d.vary(0, 2.99))]
		j := func(x, y float64) [2]float64 { return [2]float64{x + d.vary(-50, 50), y + d.vary(-50, 50)} }
		out, place = d.Lay(1200, 1600, [4][2]float64{j(120, 110), j(1080, 110), j(1090, 1490), j(110, 1490)}, desk)
		out.Light(d.vary(0.5, 0.8))
		out.Tint(d.vary(0.94, 1), d.vary(0.88, 0.97), d.vary(0.75, 0.92))
		switch d.g.Taken {
		case "photo in shadow":
			out.Shadow(d.vary(0.3, 0.7), d.vary(0.45, 0.65))
		case "dark photo":
			k := d.vary(0.35, 0.55)
			out.Tint(k, k, k)
		}
		out.Blur(1)
		out.Grain(d.vary(3, 6))
	}
	at := func(r image.Rectangle) image.Rectangle {
		if r.Empty() {
			return r
		}
		out := image.Rectangle{}
		for k, p := range [...]image.Point{r.Min, {r.Max.X, r.Min.Y}, r.Max, {r.Min.X, r.Max.Y}} {
			x, y := place(float64(p.X), float64(p.Y))
			q := image.Rect(int(x), int(y), int(x)+1, int(y)+1)
			if k == 0 {
				out = q
			}
			out = out.Union(q)
		}
		return out
	}
	d.g.Sign, d.g.Seal, d.g.Place = at(d.g.Sign), at(d.g.Seal), at(d.g.Place)
	for i := range d.g.Lines {
		d.g.Lines[i].Box = at(d.g.Lines[i].Box)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, out.RGBA, &jpeg.Options{Quality: int(d.vary(60, 92))}); err != nil {
		return nil, err
	}
	m, err := jpeg.Decode(&b)
	if err != nil {
		return nil, err
	}
	if d.g.Taken == "grey scan" {
		grey := image.NewGray(m.Bounds())
		draw.Draw(grey, grey.Bounds(), m, m.Bounds().Min, draw.Src)
		m = grey
	}
	return FromImage(m), nil
}

// Save writes the picture below a folder, for the eye.
func (g *Signing) Save(dir string, m *raster.RGB) error {
	img := image.NewRGBA(image.Rect(0, 0, m.W, m.H))
	for i := range m.W * m.H {
		copy(img.Pix[4*i:], m.Pix[3*i:3*i+3])
		img.Pix[4*i+3] = 255
	}
	f, err := os.Create(filepath.Join(dir, strings.NewReplacer("/", "-", ", ", "-", " ", "_").Replace(g.Name)+".png"))
	if err != nil {
		return err
	}
	defer f.Close()
	return png.Encode(f, img)
}
