package retouch

import (
	"fmt"
	"image"
	"image/color"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// letterMargin is the room between letters and the edges, in heights of a capital.
const letterMargin = 0.9

// Corner is where letters go.
type Corner int

// The corners letters are written into.
const (
	BottomRight Corner = iota
	BottomLeft
)

// Write writes a line of Latin letters into a corner in place, its capitals a share
// of the picture's shorter side high; dark on a light ground and light on a dark
// one, with a thin rim of the other so that they can be read on both.
func Write(m *image.NRGBA, text string, at Corner, share float64) error {
	parsed, err := opentype.Parse(gobold.TTF)
	if err != nil {
		return fmt.Errorf("lettering: %w", err)
	}
	short := min(m.Rect.Dx(), m.Rect.Dy())
	// A capital of this font takes 0.723 of its size.
	size := share * float64(short) / 0.723
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: size, DPI: 72})
	if err != nil {
		return fmt.Errorf("lettering: %w", err)
	}
	defer face.Close()
	width := font.MeasureString(face, text).Ceil()
	if room := m.Rect.Dx() * 9 / 10; width > room {
		return Write(m, text, at, share*float64(room)/float64(width)*0.99)
	}
	capital := int(math.Round(size * 0.723))
	margin := int(letterMargin * float64(capital))
	x, y := m.Rect.Dx()-margin-width, m.Rect.Dy()-margin
	if at == BottomLeft {
		x = margin
	}
	ink, rim := color.NRGBA{70, 70, 70, 255}, color.NRGBA{255, 255, 255, 255}
	if luminance(m, image.Rect(x, y-capital, x+width, y)) < 120 {
		ink, rim = rim, ink
	}
	d := font.Drawer{Dst: m, Face: face}
	edge := max(1, capital/14)
	d.Src = image.NewUniform(rim)
	for dy := -edge; dy <= edge; dy++ {
		for dx := -edge; dx <= edge; dx++ {
			if dx*dx+dy*dy <= edge*edge {
				d.Dot = fixed.P(x+dx, y+dy)
				d.DrawString(text)
			}
		}
	}
	d.Src, d.Dot = image.NewUniform(ink), fixed.P(x, y)
	d.DrawString(text)
	return nil
}

// luminance is the mean BT.601 luma of a part of a picture.
func luminance(m *image.NRGBA, r image.Rectangle) float64 {
	r = r.Intersect(m.Rect)
	sum := 0.0
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			p := m.Pix[m.PixOffset(x, y):]
			sum += 0.299*float64(p[0]) + 0.587*float64(p[1]) + 0.114*float64(p[2])
		}
	}
	return sum / float64(max(1, r.Dx()*r.Dy()))
}
