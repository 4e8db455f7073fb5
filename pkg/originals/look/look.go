// Package look is how a picture looks, in less than a kilobyte: what an archive keeps
// of each original, so that a copy that was cropped, resized, saved again, marked,
// mirrored or turned leads back to it without opening it.
//
// It may import pkg/compare/lumacopy, pkg/compare/pairs, pkg/extract/picture/shown,
// pkg/facts, pkg/imagehash and pkg/raster.
package look

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"github.com/aecheck/aecheck/pkg/compare/lumacopy"
	"github.com/aecheck/aecheck/pkg/compare/pairs"
	"github.com/aecheck/aecheck/pkg/extract/picture/shown"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/imagehash"
	"github.com/aecheck/aecheck/pkg/raster"
)

// Facts are what a look is made of.
func Facts() []string { return []string{"match", "shown"} }

// Numbers is how many of what a picture shows (see shown.Numbers) are kept: the first
// are those in which products differ most.
const Numbers = 128

// length is that of the numbers of a picture together: with as many as there are, few
// are beyond a signed byte, and rounding is below a hundredth.
const length = 300

// Look is what is kept of a picture.
type Look struct {
	Width, Height int // of the upright picture
	PDQ           imagehash.Hash256
	Numbers       [Numbers]int8
	Sketch        pairs.Sketch
	Thumb         Thumb

	seen *raster.RGB // the thumbnail, once it was asked for
}

// picture is the thumbnail. One at a time may ask for it.
func (l *Look) picture() *raster.RGB {
	if l.seen == nil {
		l.seen = l.Thumb.picture()
	}
	return l.seen
}

// luma is the thumbnail in grey at half its size.
func (l *Look) luma() *raster.Gray {
	g := l.picture().Luma()
	return g.Shrink(max(1, g.W/2), max(1, g.H/2))
}

// ErrNoLook says that a picture could not be decoded whole, so that nothing is known
// of how it looks.
var ErrNoLook = errors.New("the picture could not be looked at")

var errBad = errors.New("a look that is none")

// Of takes the look of a picture from its facts. The error is ErrNoLook, or that the
// facts are damaged.
func Of(set *facts.Set) (*Look, error) {
	f, views, _, err := read(set)
	if err != nil {
		return nil, err
	}
	hashes, _ := f.PDQ()
	l := &Look{Width: f.FullW, Height: f.FullH, PDQ: hashes[0], Numbers: views[0], Sketch: f.Sketch()}
	l.Thumb, err = newThumb(set.Match)
	return l, err
}

// read makes features of the copies that facts hold, and numbers of the views; the copy
// in colour comes as it is.
func read(set *facts.Set) (*pairs.Features, [][Numbers]int8, *raster.RGB, error) {
	if set.Status("match").State != facts.Present || set.Status("shown").State != facts.Present || len(set.Shown.Views) == 0 {
		return nil, nil, nil, ErrNoLook
	}
	p, err := lumacopy.Picture(set.Match)
	if err != nil {
		return nil, nil, nil, err
	}
	colours, err := lumacopy.Colours(set.Match)
	if err != nil {
		return nil, nil, nil, err
	}
	views := make([][Numbers]int8, len(set.Shown.Views))
	for i, view := range set.Shown.Views {
		raw, err := base64.StdEncoding.DecodeString(view)
		if err != nil || len(raw) != shown.Numbers {
			return nil, nil, nil, fmt.Errorf("a view of %d numbers: %w", len(raw), errBad)
		}
		sum := 0.0
		for _, b := range raw[:Numbers] {
			sum += float64(int8(b)) * float64(int8(b))
		}
		for j := range views[i] {
			v := math.Round(float64(int8(raw[j])) * length / math.Sqrt(max(1, sum)))
			views[i][j] = int8(min(127, max(-127, v)))
		}
	}
	return pairs.Compute(p, colours), views, colours, nil
}

// A look is written as: width and height (4 bytes each, little-endian), PDQ, numbers,
// number of corners of the sketch (1 byte), sketch, width and height of the thumbnail
// (1 byte each), thumbnail.
const (
	pdqAt     = 8
	numbersAt = pdqAt + 32
	sketchAt  = numbersAt + Numbers
)

// Bytes writes a look.
func (l *Look) Bytes() []byte {
	u := binary.LittleEndian
	b := u.AppendUint32(nil, uint32(l.Width))
	b = u.AppendUint32(b, uint32(l.Height))
	for _, w := range l.PDQ {
		b = u.AppendUint64(b, w)
	}
	for _, n := range l.Numbers {
		b = append(b, byte(n))
	}
	b = append(b, byte(l.Sketch.Corners()))
	b = append(b, l.Sketch...)
	b = append(b, l.Thumb.Width, l.Thumb.Height)
	return append(b, l.Thumb.Data...)
}

// Parse reads a look. The error is that it is none.
func Parse(b []byte) (*Look, error) {
	if len(b) <= sketchAt {
		return nil, errBad
	}
	u := binary.LittleEndian
	l := &Look{Width: int(u.Uint32(b)), Height: int(u.Uint32(b[4:])), PDQ: hashOf(b)}
	for i := range l.Numbers {
		l.Numbers[i] = int8(b[numbersAt+i])
	}
	end := sketchAt + 1 + pairs.SketchLen(int(b[sketchAt]))
	if len(b) < end+2 || l.Width < 1 || l.Height < 1 {
		return nil, errBad
	}
	l.Sketch = append(l.Sketch, b[sketchAt+1:end]...)
	l.Thumb = Thumb{Width: b[end], Height: b[end+1], Data: append([]byte(nil), b[end+2:]...)}
	return l, nil
}

// hashOf is the hash of a written look.
func hashOf(b []byte) (h imagehash.Hash256) {
	for i := range h {
		h[i] = binary.LittleEndian.Uint64(b[pdqAt+8*i:])
	}
	return h
}
