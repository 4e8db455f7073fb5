package listing

import (
	"bufio"
	_ "embed"
	"fmt"
	"image"
	"image/draw"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// glyphs draws text: Latin with the Go font (BSD licence), Chinese with the
// 12-pixel letters of font/bitmap-12.txt (OFL, see font/NOTICE), which are
// enlarged with rounded edges.
type glyphs struct {
	latin *opentype.Font
	han   map[rune]bitmap
}

func newGlyphs() (*glyphs, error) {
	f, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return nil, err
	}
	han, err := parseBitmaps(bitmaps)
	if err != nil {
		return nil, fmt.Errorf("font/bitmap-12.txt: %w", err)
	}
	return &glyphs{latin: f, han: han}, nil
}

//go:embed font/bitmap-12.txt
var bitmaps string

const (
	bitmapWidth  = 12
	bitmapHeight = 13
)

// bitmap is the ink of a letter; the baseline is below its 11th row.
type bitmap [bitmapHeight][bitmapWidth]bool

// parseBitmaps reads letters, each a heading as "U+4E2D 中" and its rows below,
// ink as #. It is strict, so that a slip of who adds one does not go unseen.
func parseBitmaps(text string) (map[rune]bitmap, error) {
	all := map[rune]bitmap{}
	var letter rune
	var b bitmap
	rows := bitmapHeight // of the letter so far; at the start there is none to end
	lines := bufio.NewScanner(strings.NewReader(text))
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		switch {
		case line == "" || strings.HasPrefix(line, "//"):
		case strings.HasPrefix(line, "U+"):
			if rows != bitmapHeight {
				return nil, fmt.Errorf("line %d: the letter above, %c, has %d rows", n, letter, rows)
			}
			number, itself, _ := strings.Cut(line, " ")
			letter, _ = utf8.DecodeRuneInString(itself)
			if itself != string(letter) || number != fmt.Sprintf("U+%04X", letter) {
				return nil, fmt.Errorf("line %d: want the number of a letter and itself, got %q", n, line)
			}
			if _, twice := all[letter]; twice {
				return nil, fmt.Errorf("line %d: %c is there twice", n, letter)
			}
			b, rows = bitmap{}, 0
		case len(line) != bitmapWidth || strings.Trim(line, ".#") != "" || rows == bitmapHeight:
			return nil, fmt.Errorf("line %d: %q is no row of a letter, or one too many", n, line)
		default:
			for x := range bitmapWidth {
				b[rows][x] = line[x] == '#'
			}
			if rows++; rows == bitmapHeight {
				all[letter] = b
			}
		}
	}
	if rows != bitmapHeight {
		return nil, fmt.Errorf("the last letter, %c, has %d rows", letter, rows)
	}
	return all, lines.Err()
}

// chinese reports which runes the bitmap font draws.
func chinese(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r < 0x3040 || r >= 0xff00 && r < 0xfff0
}

// mask is a picture of letters: coverage 0..1 at one pixel a unit.
type mask struct {
	w, h int
	pix  []float32
}

func (m *mask) at(x, y int) float64 {
	if x < 0 || y < 0 || x >= m.w || y >= m.h {
		return 0
	}
	return float64(m.pix[y*m.w+x])
}

// between reads the mask between its pixels.
func (m *mask) between(x, y float64) float64 {
	x, y = x-0.5, y-0.5
	x0, y0 := math.Floor(x), math.Floor(y)
	fx, fy := x-x0, y-y0
	i, j := int(x0), int(y0)
	top := m.at(i, j)*(1-fx) + m.at(i+1, j)*fx
	bottom := m.at(i, j+1)*(1-fx) + m.at(i+1, j+1)*fx
	return top*(1-fy) + bottom*fy
}

// has returns an error for a rune neither font has: it must not stay blank.
func (g *glyphs) has(r rune) error {
	if chinese(r) {
		if _, ok := g.han[r]; !ok {
			return fmt.Errorf("font/bitmap-12.txt has no letter %q (U+%04X)", r, r)
		}
		return nil
	}
	if i, err := g.latin.GlyphIndex(nil, r); err != nil || i == 0 {
		return fmt.Errorf("the Go font has no letter %q (U+%04X)", r, r)
	}
	return nil
}

// line draws one line of text size pixels high and returns its mask; the
// baseline lies at 0.8 of the height.
func (g *glyphs) line(s string, size float64) (*mask, error) {
	face, err := opentype.NewFace(g.latin, &opentype.FaceOptions{Size: size * 0.86, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return nil, err
	}
	defer face.Close()
	width := 0.0
	for _, r := range s {
		if err := g.has(r); err != nil {
			return nil, err
		}
		if chinese(r) {
			width += size
		} else if a, ok := face.GlyphAdvance(r); ok {
			width += float64(a) / 64
		}
	}
	m := &mask{w: int(math.Ceil(width)) + 2, h: int(math.Ceil(size * 1.25))}
	m.pix = make([]float32, m.w*m.h)
	x, baseline := 1.0, size*0.9
	for _, r := range s {
		if chinese(r) {
			m.pixel(g.han[r], x, baseline, size)
			x += size
			continue
		}
		dot := fixed.Point26_6{X: fixed.Int26_6(x * 64), Y: fixed.Int26_6(baseline * 64)}
		dr, src, at, advance, ok := face.Glyph(dot, r)
		if !ok {
			continue
		}
		glyph := image.NewAlpha(image.Rect(0, 0, dr.Dx(), dr.Dy()))
		draw.Draw(glyph, glyph.Bounds(), src, at, draw.Src)
		for gy := range dr.Dy() {
			for gx := range dr.Dx() {
				m.raise(dr.Min.X+gx, dr.Min.Y+gy, float64(glyph.AlphaAt(gx, gy).A)/255)
			}
		}
		x += float64(advance) / 64
	}
	return m, nil
}

func (m *mask) raise(x, y int, v float64) {
	if x >= 0 && y >= 0 && x < m.w && y < m.h && v > float64(m.pix[y*m.w+x]) {
		m.pix[y*m.w+x] = float32(v)
	}
}

// pixel enlarges a letter of the bitmap font to size.
func (m *mask) pixel(b bitmap, left, baseline, size float64) {
	const cell = 12
	small := &mask{w: cell + 4, h: cell + 4, pix: make([]float32, (cell+4)*(cell+4))}
	for y, row := range b {
		for x, ink := range row {
			if ink {
				small.raise(2+x, 1+y, 1)
			}
		}
	}
	k := size / (cell + 0.5)
	top := baseline - 10*k
	for y := range int(math.Ceil(k*(cell+2))) + 1 {
		for x := range int(math.Ceil(k*(cell+2))) + 1 {
			v := small.between(2+(float64(x)+0.5)/k, 2+(float64(y)+0.5)/k)
			m.raise(int(left)+x, int(top)+y, smooth(0.28, 0.62, v))
		}
	}
}

// write draws text with its left top corner at x, y.
func (cv *canvas) write(g *glyphs, s string, x, y, size float64, c rgb, alpha float64) error {
	m, err := g.line(s, size)
	if err != nil {
		return err
	}
	cv.stamp(m, pose{x: x, y: y, size: 1}, c, alpha)
	return nil
}

// stamp lays a mask on the canvas; the pose's origin is the mask's corner.
func (cv *canvas) stamp(m *mask, p pose, c rgb, alpha float64) {
	s := box(0, 0, float64(m.w), float64(m.h), 0)
	cv.fill(p, s, 0, func(x, y float64) (rgb, float64) { return c, alpha * m.between(x, y) })
}
