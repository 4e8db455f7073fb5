// Package codes reads QR codes, Data Matrix, Aztec and retail barcodes in
// pictures and says what their payload is. Several codes in one picture, small,
// tilted, rotated and inverted ones are found: finder patterns are looked for in
// both polarities at several scales and with two thresholds, and every plausible
// triple of them is tried on its own. The search is ours and costs a few
// milliseconds a picture; decoding is gozxing's.
//
// PDF417, Code 39, ITF and Codabar are not read: they do not occur as contact
// details, gozxing has no reader of the first, and the others misread textures.
//
// It may import pkg/contacts, pkg/extract, pkg/facts and pkg/raster.
package codes

import (
	"context"
	"fmt"
	"sort"
	"strings"

	"github.com/aecheck/aecheck/pkg/contacts"
	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/raster"
)

// Extractor fills facts.Codes.
type Extractor struct {
	detector *contacts.Detector
}

// New returns an extractor that classifies payloads with the detector.
func New(d *contacts.Detector) *Extractor { return &Extractor{detector: d} }

var _ extract.Extractor = (*Extractor)(nil)

const (
	// maxCodes bounds the codes of one picture: sheets of labels need no more.
	maxCodes = 32
	// maxPayload bounds a payload in bytes; the largest QR code holds 7089 digits.
	maxPayload = 8 << 10
)

// Name implements extract.Extractor.
func (*Extractor) Name() string { return "codes" }

// Provides implements extract.Extractor.
func (*Extractor) Provides() []string { return []string{"codes"} }

// Detail implements extract.Extractor.
func (*Extractor) Detail() int { return extract.Fine }

// Accepts implements extract.Extractor: every format that decodes to pixels.
func (*Extractor) Accepts(format string) bool { return raster.Decodable(format) }

// Extract implements extract.Extractor.
func (e *Extractor) Extract(ctx context.Context, in *extract.Input, out *facts.Set) error {
	g, w, h, err := in.Luma(ctx)
	if err != nil {
		return fmt.Errorf("codes: %w", err)
	}
	list, err := e.Read(ctx, g, w, h)
	if err != nil {
		return fmt.Errorf("codes: %w", err)
	}
	out.Codes = facts.Codes{List: list}
	state := facts.Present
	if len(list) == 0 {
		state = facts.Absent
	}
	out.SetStatus("codes", facts.Status{State: state})
	return nil
}

// found is one code in pixels of the plane [0..W)×[0..H) it was asked in.
type found struct {
	kind, text string
	box        [4]int
}

// Read returns the codes of a picture by its luma, top to bottom, boxes in pixels
// of the original of w×h pixels. It fails only when ctx ends.
func (e *Extractor) Read(ctx context.Context, base *raster.Gray, w, h int) ([]facts.Code, error) {
	all, err := readAll(ctx, base)
	if err != nil {
		return nil, err
	}
	fx, fy := float64(w)/float64(max(base.W, 1)), float64(h)/float64(max(base.H, 1))
	list := make([]facts.Code, 0, len(all))
	for _, f := range all {
		c := e.classify(f)
		c.Box = clip(scaleBox(f.box, fx, fy), w, h)
		list = append(list, c)
	}
	sort.SliceStable(list, func(i, j int) bool {
		a, b := list[i].Box, list[j].Box
		if a[1] != b[1] {
			return a[1] < b[1]
		}
		return a[0] < b[0]
	})
	return list, nil
}

// readAll runs the readers from cheap and certain to dear and rare.
func readAll(ctx context.Context, base *raster.Gray) ([]found, error) {
	var all []found
	if base.W < minSide || base.H < minSide {
		return nil, nil
	}
	baseTiles := newTiles(base)
	for _, s := range scales(base) {
		plane, t := base, baseTiles
		if s != 1 {
			plane = resize(base, s)
			if plane.W < minSide || plane.H < minSide {
				continue
			}
			t = newTiles(plane)
		}
		for _, f := range readQR(ctx, plane, t, scaled(all, s)) {
			f.box = scaleBox(f.box, 1/s, 1/s)
			all = add(all, f)
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	for _, f := range readLinear(ctx, base) {
		all = add(all, f)
	}
	for _, f := range readMatrix(ctx, base, baseTiles, all) {
		all = add(all, f)
	}
	return all, ctx.Err()
}

// minSide is the least side of a picture looked at: a version 1 QR code has 21
// modules.
const minSide = 21

// scales returns the enlargements tried. Small pictures are enlarged because
// modules of one pixel leave the binarizers nothing to average; half size joins
// modules drawn as dots and averages out noise.
func scales(g *raster.Gray) []float64 {
	switch long := max(g.W, g.H); {
	case long <= 160:
		return []float64{3, 2, 1}
	case long <= 320:
		return []float64{1, 2, 0.5}
	case long <= 800:
		return []float64{1, 1.5, 0.5}
	}
	return []float64{1, 0.5}
}

func scaled(all []found, s float64) [][4]int {
	out := make([][4]int, len(all))
	for i, f := range all {
		out[i] = scaleBox(f.box, s, s)
	}
	return out
}

// add appends a code unless the same one is there already.
func add(all []found, f found) []found {
	f.text = strings.ToValidUTF8(f.text, "\uFFFD")
	if strings.TrimSpace(f.text) == "" || len(f.text) > maxPayload || len(all) >= maxCodes {
		return all
	}
	for _, o := range all {
		if o.text == f.text && overlap(o.box, f.box) > 0.2 {
			return all
		}
	}
	return append(all, f)
}

// overlap is the common area of two boxes relative to the smaller one.
func overlap(a, b [4]int) float64 {
	w := min(a[0]+a[2], b[0]+b[2]) - max(a[0], b[0])
	h := min(a[1]+a[3], b[1]+b[3]) - max(a[1], b[1])
	least := min(a[2]*a[3], b[2]*b[3])
	if w <= 0 || h <= 0 || least <= 0 {
		return 0
	}
	return float64(w*h) / float64(least)
}

// attempt runs a decoder of the library and treats a panic in it as "no code
// here": what it is given are guesses about textures, and its decoders index
// without checking what a damaged symbol tells them.
func attempt(f func() (found, bool)) (out found, ok bool) {
	defer func() {
		if recover() != nil {
			out, ok = found{}, false
		}
	}()
	return f()
}
