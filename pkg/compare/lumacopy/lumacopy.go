// Package lumacopy keeps of a picture what it takes to compare it with others, so
// that pictures can be compared after they were read, in any order, without
// decoding one twice.
//
// It may import pkg/extract, pkg/facts and pkg/raster.
package lumacopy

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/raster"
)

const (
	// Side is the longer side of the copy kept, the one traces of a removed
	// mark are looked for on.
	Side = 800
	// quality of the copy: its error, about a level, is well below what saving
	// a listing picture does, and it takes a fifth of the raw plane.
	quality = 95
	// ColourSide is the longer side of the copy in colour: colours of things are
	// compared, not of their details.
	ColourSide = 160
	// colourQuality of that copy.
	colourQuality = 90
)

// Extractor fills facts.Match.
type Extractor struct{}

// Name is "match".
func (Extractor) Name() string { return "match" }

// Provides names the group.
func (Extractor) Provides() []string { return []string{"match"} }

// Accepts every format that can be decoded.
func (Extractor) Accepts(format string) bool { return raster.Decodable(format) }

// Detail is enough for the copy, and what the other measures ask for too.
func (Extractor) Detail() int { return extract.Overview }

// Extract keeps the copy. A damaged picture is not kept: its missing part
// would count as a difference.
func (Extractor) Extract(ctx context.Context, in *extract.Input, out *facts.Set) error {
	p, err := in.Picture(ctx, extract.Overview)
	if err != nil {
		return fmt.Errorf("not compared: %w", err)
	}
	if out.Match, err = Of(p); err != nil {
		return err
	}
	out.SetStatus("match", facts.Status{State: facts.Present})
	return nil
}

// Of makes the copy of a picture.
func Of(p *raster.Picture) (facts.Match, error) {
	w, h := raster.Fit(p.W, p.H, Side)
	luma := p.Luma()
	if w != p.W || h != p.H {
		luma = luma.Shrink(w, h)
	}
	var b bytes.Buffer
	grey := &image.Gray{Pix: luma.Pix, Stride: luma.W, Rect: image.Rect(0, 0, luma.W, luma.H)}
	if err := jpeg.Encode(&b, grey, &jpeg.Options{Quality: quality}); err != nil {
		return facts.Match{}, fmt.Errorf("keeping a copy: %w", err)
	}
	var c bytes.Buffer
	cw, ch := raster.Fit(p.W, p.H, ColourSide)
	if err := jpeg.Encode(&c, p.RGB.Shrink(cw, ch).Image(), &jpeg.Options{Quality: colourQuality}); err != nil {
		return facts.Match{}, fmt.Errorf("keeping a copy: %w", err)
	}
	return facts.Match{JPEG: b.Bytes(), Colour: c.Bytes(), FullWidth: p.FullW, FullHeight: p.FullH}, nil
}

// Colours decodes the copy in colour. The error is that it is not what Of makes.
func Colours(m facts.Match) (*raster.RGB, error) {
	img, err := decode(m.Colour, ColourSide)
	if err != nil {
		return nil, err
	}
	return raster.FromImage(img), nil
}

// Picture makes a grey picture of the copy. The error is that the copy is not
// what Of makes, as a damaged cache entry may be.
func Picture(m facts.Match) (*raster.Picture, error) {
	if m.FullWidth <= 0 || m.FullHeight <= 0 {
		return nil, fmt.Errorf("copy: of %d×%d", m.FullWidth, m.FullHeight)
	}
	img, err := decode(m.JPEG, Side)
	if err != nil {
		return nil, err
	}
	return &raster.Picture{RGB: raster.FromImage(img), FullW: m.FullWidth, FullH: m.FullHeight}, nil
}

// decode decodes a copy whose longer side is at most side.
func decode(data []byte, side int) (image.Image, error) {
	head, err := jpeg.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("copy: %w", err)
	}
	if max(head.Width, head.Height) > side {
		return nil, fmt.Errorf("copy: %d×%d", head.Width, head.Height)
	}
	img, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("copy: %w", err)
	}
	return img, nil
}
