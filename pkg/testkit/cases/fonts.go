package cases

import (
	_ "embed"
	"fmt"
	"image"
	"image/color"
	"math"

	"github.com/go-fonts/liberation/liberationsansregular"
	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// The Chinese letters are selections of open fonts, see font/NOTICE.
var (
	//go:embed font/sans.ttf
	sansTTF []byte
	//go:embed font/serif.ttf
	serifTTF []byte
	//go:embed font/kai.ttf
	kaiTTF []byte
)

// metrics holds the fonts: how wide text is, and its letters as pictures.
type metrics struct {
	fonts map[string]*sfnt.Font
	files map[string][]byte
	faces map[faceKey]font.Face
	buf   sfnt.Buffer
}

type faceKey struct {
	name string
	size int // 64ths of a pixel
}

func newMetrics() (*metrics, error) {
	m := &metrics{fonts: map[string]*sfnt.Font{}, faces: map[faceKey]font.Face{}, files: map[string][]byte{sans: sansTTF, serif: serifTTF, kai: kaiTTF,
		latin: liberationserifregular.TTF, latinB: liberationserifbold.TTF, plain: liberationsansregular.TTF}}
	for name, data := range m.files {
		f, err := opentype.Parse(data)
		if err != nil {
			return nil, fmt.Errorf("font %s: %w", name, err)
		}
		m.fonts[name] = f
	}
	return m, nil
}

func (m *metrics) close() {
	for _, f := range m.faces {
		_ = f.Close() // of a font in memory: nothing is left open
	}
}

// glyph is the index of a letter; an error names one that the font lacks, for
// it must not stay blank.
func (m *metrics) glyph(face string, r rune) (sfnt.GlyphIndex, error) {
	g, err := m.fonts[face].GlyphIndex(&m.buf, r)
	if err == nil && g == 0 {
		err = fmt.Errorf("font %s has no letter %q (U+%04X)", face, r, r)
	}
	return g, err
}

// advance is the width of a letter, in parts of the font's size.
func (m *metrics) advance(face string, r rune) float64 {
	g, err := m.glyph(face, r)
	if err != nil {
		return 1
	}
	a, err := m.fonts[face].GlyphAdvance(&m.buf, g, fixed.I(1000), font.HintingNone)
	if err != nil {
		return 1
	}
	return float64(a) / 64 / 1000
}

func (m *metrics) width(face, text string) float64 {
	w := 0.0
	for _, r := range text {
		w += m.advance(face, r)
	}
	return w
}

func (m *metrics) at(name string, size float64) (font.Face, error) {
	key := faceKey{name, int(size*64 + 0.5)}
	if f, ok := m.faces[key]; ok {
		return f, nil
	}
	f, err := opentype.NewFace(m.fonts[name], &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return nil, err
	}
	m.faces[key] = f
	return f, nil
}

// print sets text on a picture; x, y are its start on the baseline and size
// the font's, in pixels.
func (m *metrics) print(img *image.RGBA, x, y, size float64, face, text string, c color.Color) error {
	for _, r := range text {
		if _, err := m.glyph(face, r); err != nil {
			return err
		}
	}
	f, err := m.at(face, size)
	if err != nil {
		return err
	}
	d := font.Drawer{Dst: img, Src: image.NewUniform(c), Face: f, Dot: fixed.Point26_6{X: fixed.Int26_6(x * 64), Y: fixed.Int26_6(y * 64)}}
	d.DrawString(text)
	return nil
}

// letterMask is one letter, size pixels high, in a square of coverage 0..1 with
// the letter's middle in its middle.
func (m *metrics) letterMask(face string, r rune, size float64) (*image.Alpha, error) {
	if _, err := m.glyph(face, r); err != nil {
		return nil, err
	}
	f, err := m.at(face, size)
	if err != nil {
		return nil, err
	}
	side := int(math.Ceil(size * 1.5))
	out := image.NewAlpha(image.Rect(0, 0, side, side))
	b, _, ok := f.GlyphBounds(r)
	if !ok {
		return out, nil
	}
	mid := fixed.I(side) / 2
	d := font.Drawer{Dst: out, Src: image.Opaque, Face: f, Dot: fixed.Point26_6{X: mid - (b.Min.X+b.Max.X)/2, Y: mid - (b.Min.Y+b.Max.Y)/2}}
	d.DrawString(string(r))
	return out, nil
}
