// Package srgb takes pictures from the colours of their own profile to sRGB, the
// only ones the web can be trusted with.
//
// It imports nothing of ours.
package srgb

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"math"

	"github.com/kovidgoyal/imaging/prism/meta/icc"
)

// maxProfile bounds an ICC profile: the largest in use, of presses with several
// tables of 33⁴ colours, have some 3 MB.
const maxProfile = 16 << 20

// Errors of New.
var (
	ErrTooLarge = errors.New("the colour profile is larger than what is read of one")
	ErrSpace    = errors.New("the colour profile is for other colours than the picture has")
)

// Transform takes colours to sRGB. It is not safe for concurrent use: it remembers
// colours it has seen.
type Transform struct {
	pipeline *icc.Pipeline
	channels int
	seen     []memo
}

// memo is a colour and what became of it. Neighbouring pixels repeat colours, and a
// pipeline takes some hundred times as long as looking one up.
type memo struct {
	from, to uint32
	full     bool
}

const memos = 1 << 16

// New reads a profile for pictures of 1 (grey), 3 (RGB) or 4 (CMYK) channels. Nil
// without an error: the profile is sRGB already. Colours are taken over
// perceptually where the profile has a table for that, else relative to white;
// black becomes black.
func New(profile []byte, channels int) (t *Transform, err error) {
	if len(profile) > maxProfile {
		return nil, ErrTooLarge
	}
	if err := sound(profile); err != nil {
		return nil, err
	}
	// The library indexes tables by numbers of the file.
	defer func() {
		if r := recover(); r != nil {
			t, err = nil, fmt.Errorf("the colour profile cannot be read: %v", r)
		}
	}()
	p, err := icc.DecodeProfile(bytes.NewReader(profile))
	if err != nil {
		return nil, fmt.Errorf("the colour profile cannot be read: %w", err)
	}
	if p.IsSRGB() {
		return nil, nil
	}
	want := map[int]icc.ColorSpace{1: icc.ColorSpaceGray, 3: icc.ColorSpaceRGB, 4: icc.ColorSpaceCMYK}[channels]
	if p.Header.DataColorSpace != want {
		return nil, ErrSpace
	}
	pipe, err := p.CreateTransformerToSRGB(icc.PerceptualRenderingIntent, true, channels, true, false, true)
	if err != nil {
		return nil, fmt.Errorf("the colour profile cannot be used: %w", err)
	}
	return &Transform{pipeline: pipe, channels: channels, seen: make([]memo, memos)}, nil
}

// at takes one colour over; key holds its channels, the first in the highest byte
// that is used.
func (t *Transform) at(key uint32) [3]uint8 {
	slot := &t.seen[(key*2654435761)>>16]
	if !slot.full || slot.from != key {
		var in [4]float64
		for i := range t.channels {
			in[i] = float64(uint8(key>>(8*(t.channels-1-i)))) / 255
		}
		var out [4]float64 // stages of a pipeline before the last write as many as come in
		if t.channels == 3 {
			out[0], out[1], out[2] = t.pipeline.Transform(in[0], in[1], in[2])
		} else {
			t.pipeline.TransformGeneral(out[:], in[:t.channels])
		}
		to := uint32(0)
		for _, v := range out[:3] {
			to = to<<8 | uint32(math.Round(255*min(1, max(0, v))))
		}
		*slot = memo{from: key, to: to, full: true}
	}
	return [3]uint8{uint8(slot.to >> 16), uint8(slot.to >> 8), uint8(slot.to)}
}

// RGB takes an RGB or grey picture over in place; opacity stays.
func (t *Transform) RGB(m *image.NRGBA) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the colour profile cannot be used: %v", r)
		}
	}()
	for i := 0; i+3 < len(m.Pix); i += 4 {
		key := uint32(m.Pix[i])
		if t.channels == 3 {
			key = key<<16 | uint32(m.Pix[i+1])<<8 | uint32(m.Pix[i+2])
		}
		to := t.at(key)
		m.Pix[i], m.Pix[i+1], m.Pix[i+2] = to[0], to[1], to[2]
	}
	return nil
}

// CMYK makes an sRGB picture of a CMYK one. A nil transform goes by the plain
// formula, as programs do where a file says nothing of its inks.
func (t *Transform) CMYK(m *image.CMYK) (out *image.NRGBA, err error) {
	defer func() {
		if r := recover(); r != nil {
			out, err = nil, fmt.Errorf("the colour profile cannot be used: %v", r)
		}
	}()
	b := m.Bounds()
	out = image.NewNRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	for y := range b.Dy() {
		row := m.Pix[m.PixOffset(b.Min.X, b.Min.Y+y):][:4*b.Dx()]
		to := out.Pix[y*out.Stride:][:4*b.Dx()]
		for x := 0; x < len(row); x += 4 {
			var c [3]uint8
			if t == nil {
				k := 255 - uint32(row[x+3])
				for i := range 3 {
					c[i] = uint8((255 - uint32(row[x+i])) * k / 255)
				}
			} else {
				c = t.at(uint32(row[x])<<24 | uint32(row[x+1])<<16 | uint32(row[x+2])<<8 | uint32(row[x+3]))
			}
			to[x], to[x+1], to[x+2], to[x+3] = c[0], c[1], c[2], 255
		}
	}
	return out, nil
}
