// Package retouch changes pixels: it takes a frame off, crops to the subject, brings
// a picture into the proportions of its slot, lifts an off-white background to
// white, and writes a shop's mark or an AI label. It takes and gives upright
// pictures in sRGB and knows no rule.
//
// It imports nothing of ours.
package retouch

import (
	"image"
	"image/color"
	"math"

	"github.com/disintegration/imaging"
)

// Aspect is what proportions (width / height) are wanted, from Min to Max.
type Aspect struct{ Min, Max float64 }

// Fits reports whether a size has them.
func (a Aspect) Fits(w, h int) bool {
	r := float64(w) / float64(h)
	return a.Max == 0 || r >= a.Min && r <= a.Max
}

// Around is the size around w×h that has the proportions and is as small as can be.
func (a Aspect) Around(w, h int) (int, int) {
	r := float64(w) / float64(h)
	switch {
	case r < a.Min:
		w = int(math.Ceil(float64(h) * a.Min))
	case r > a.Max:
		h = int(math.Ceil(float64(w) / a.Max))
	}
	return w, h
}

// Inside is the largest size within w×h that has the proportions.
func (a Aspect) Inside(w, h int) (int, int) {
	r := float64(w) / float64(h)
	switch {
	case r < a.Min:
		h = int(float64(w) / a.Min)
	case r > a.Max:
		w = int(float64(h) * a.Max)
	}
	return w, h
}

// Pad lays a picture in the middle of one of the proportions wanted, on a colour.
func Pad(m *image.NRGBA, a Aspect, on color.NRGBA) (*image.NRGBA, image.Point) {
	w, h := a.Around(m.Rect.Dx(), m.Rect.Dy())
	at := image.Pt((w-m.Rect.Dx())/2, (h-m.Rect.Dy())/2)
	return imaging.Paste(imaging.New(w, h, on), m, at), at
}

// Window is the part of a w×h picture that has the proportions wanted, holds the
// subject and shows as much as can be; false where the subject does not fit into
// any.
func Window(w, h int, subject image.Rectangle, a Aspect) (image.Rectangle, bool) {
	ww, wh := a.Inside(w, h)
	if subject.Dx() > ww || subject.Dy() > wh {
		return image.Rectangle{}, false
	}
	return Around(image.Rect(0, 0, w, h), subject, ww, wh), true
}

// Closer is the part of a picture in which the longer side of the subject takes a
// share (0..1) of the same side; its proportions are those of the picture, as near
// as those wanted allow.
func Closer(w, h int, subject image.Rectangle, a Aspect, share float64) image.Rectangle {
	scale := max(float64(subject.Dx())/float64(w), float64(subject.Dy())/float64(h)) / share
	ww, wh := int(math.Round(float64(w)*scale)), int(math.Round(float64(h)*scale))
	if a.Max > 0 {
		ww, wh = a.Around(ww, wh)
	}
	return Around(image.Rect(0, 0, w, h), subject, min(w, ww), min(h, wh))
}

// Around is a rectangle of a size with the subject in its middle, moved into bounds.
func Around(bounds, subject image.Rectangle, w, h int) image.Rectangle {
	x := subject.Min.X + (subject.Dx()-w)/2
	y := subject.Min.Y + (subject.Dy()-h)/2
	x = max(0, min(x, bounds.Dx()-w))
	y = max(0, min(y, bounds.Dy()-h))
	return image.Rect(x, y, x+w, y+h)
}

// frame thresholds.
const (
	// frameTolerance is how far a pixel of a frame may be from its colour: what
	// borders are found by, and a few levels for compression at full size.
	frameTolerance = 22
	// frameShare is the share of a line that must have it.
	frameShare = 0.95
	// frameLetters is the least share where a caption stands in it.
	frameLetters = 0.4
	// frameBlur is how many lines behind it are still blended with it: the block of
	// a JPEG with halved chroma, scaled.
	frameBlur = 12
	// frameEven is how much two lines of what lies behind a frame may differ, on
	// average and in levels; the blend with the frame is a steeper step.
	frameEven = 6.0
)

// Unframe is the part of a picture within a frame on some sides (letters of t r b l)
// that is at most about width thick; the frame's blend with the picture goes too.
func Unframe(m *image.NRGBA, sides string, width int) image.Rectangle {
	r := m.Rect
	limit := width + width/3 + 4
	for _, s := range sides {
		c, n := median(m, s), 0
		for n < limit && n < depth(m, s)/3 && share(m, s, n, c) >= frameShare {
			n++
		}
		n = captioned(m, s, c, n, min(limit, depth(m, s)/3))
		if n == 0 {
			continue
		}
		for blur := 0; blur < min(frameBlur, 2+n/4) && steep(m, s, n); blur++ {
			n++
		}
		switch s {
		case 't':
			r.Min.Y += n
		case 'b':
			r.Max.Y -= n
		case 'l':
			r.Min.X += n
		case 'r':
			r.Max.X -= n
		}
	}
	return r
}

// captioned is where a side of a frame ends that reaches n lines in, or holds a caption
// there and goes on behind it, before limit: letters and logos leave part of each line.
func captioned(m *image.NRGBA, side rune, c color.NRGBA, n, limit int) int {
	if n == 0 {
		return 0
	}
	for d := n; d < limit; d++ {
		switch s := share(m, side, d, c); {
		case s >= frameShare:
			n = d + 1
		case s < frameLetters:
			return n
		}
	}
	return n
}

func depth(m *image.NRGBA, side rune) int {
	if side == 't' || side == 'b' {
		return m.Rect.Dy()
	}
	return m.Rect.Dx()
}

// along gives the pixels of line n from a side inward, without the ends that other
// sides of a frame cross.
func along(m *image.NRGBA, side rune, n int, do func(i int)) {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	cut := func(n int) int { return n * 3 / 20 }
	switch side {
	case 't', 'b':
		y := n
		if side == 'b' {
			y = h - 1 - n
		}
		for x := cut(w); x < w-cut(w); x++ {
			do(y*m.Stride + 4*x)
		}
	default:
		x := n
		if side == 'r' {
			x = w - 1 - n
		}
		for y := cut(h); y < h-cut(h); y++ {
			do(y*m.Stride + 4*x)
		}
	}
}

// median is the median colour of the outermost line of a side.
func median(m *image.NRGBA, side rune) color.NRGBA {
	var hist [3][256]int
	n := 0
	along(m, side, 0, func(i int) {
		for c := range hist {
			hist[c][m.Pix[i+c]]++
		}
		n++
	})
	return color.NRGBA{uint8(quantile(&hist[0], n, 0.5)), uint8(quantile(&hist[1], n, 0.5)), uint8(quantile(&hist[2], n, 0.5)), 255}
}

// share is how much of a line has a colour.
func share(m *image.NRGBA, side rune, n int, c color.NRGBA) float64 {
	in, all := 0, 0
	along(m, side, n, func(i int) {
		all++
		if far(m.Pix[i], c.R) <= frameTolerance && far(m.Pix[i+1], c.G) <= frameTolerance && far(m.Pix[i+2], c.B) <= frameTolerance {
			in++
		}
	})
	return float64(in) / float64(max(1, all))
}

// steep reports whether a line differs from the next one inward as the edge of a
// frame does, all along.
func steep(m *image.NRGBA, side rune, n int) bool {
	if n+1 >= depth(m, side) {
		return false
	}
	var here []int
	along(m, side, n, func(i int) { here = append(here, i) })
	sum, k := 0.0, 0
	along(m, side, n+1, func(i int) {
		for c := range 3 {
			sum += math.Abs(float64(m.Pix[i+c]) - float64(m.Pix[here[k]+c]))
		}
		k++
	})
	return sum/float64(3*max(1, k)) > frameEven
}

func far(a, b uint8) int {
	if a > b {
		return int(a - b)
	}
	return int(b - a)
}

// Crop cuts a part out of a picture.
func Crop(m *image.NRGBA, r image.Rectangle) *image.NRGBA { return imaging.Crop(m, r) }

// Resize brings a picture to a size.
func Resize(m *image.NRGBA, w, h int) *image.NRGBA { return imaging.Resize(m, w, h, imaging.Lanczos) }

// Upright turns a picture as EXIF's orientation 1..8 asks for.
func Upright(m *image.NRGBA, orientation int) *image.NRGBA {
	switch orientation {
	case 2:
		return imaging.FlipH(m)
	case 3:
		return imaging.Rotate180(m)
	case 4:
		return imaging.FlipV(m)
	case 5:
		return imaging.Transpose(m)
	case 6:
		return imaging.Rotate270(m) // counter-clockwise: a quarter turn clockwise
	case 7:
		return imaging.Transverse(m)
	case 8:
		return imaging.Rotate90(m)
	}
	return m
}
