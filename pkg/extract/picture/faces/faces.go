// Package faces finds human faces, upright ones, from about a twelfth of the
// picture's shorter side up.
//
// It may import pkg/extract, pkg/facts and pkg/raster.
package faces

import (
	"cmp"
	"context"
	_ "embed"
	"fmt"
	"math"
	"slices"
	"sync"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/raster"
)

// The cascade of decision trees of N. Markuš et al., "Object Detection with
// Pixel Intensity Comparisons Organized in Decision Trees" (2013), as
// distributed with pigo v1.4.6 (MIT, cascade/LICENSE.pigo).
//
//go:embed cascade/facefinder
var cascade []byte

// trees parses the cascade once.
var trees = sync.OnceValues(func() (*forest, error) { return parseForest(cascade) })

const (
	// side is the longer side of the copy searched.
	side = 480
	// minShare is the smallest face looked for, relative to the shorter side:
	// a smaller one is nobody a release would be asked of.
	minShare = 1.0 / 12
	// shift and grow are how far the search window moves and how much it grows
	// from pass to pass; a coarser shift loses faces.
	shift = 0.1
	grow  = 1.1
	// sameFace is the overlap (intersection over union) from which two windows
	// have found one face.
	sameFace = 0.2
	// sure is the confidence from which a face is counted, Doubtful the one
	// from which it is worth a look: statues, toys and faces in black and
	// white stay below Sure.
	sure     = 0.5
	Doubtful = 0.2
)

// New returns the extractor of facts.Faces.
func New() extract.Extractor { return extractor{} }

type extractor struct{}

func (extractor) Name() string               { return "faces" }
func (extractor) Provides() []string         { return []string{"faces"} }
func (extractor) Accepts(format string) bool { return raster.Decodable(format) }
func (extractor) Detail() int                { return extract.Overview }

func (extractor) Extract(ctx context.Context, in *extract.Input, out *facts.Set) error {
	p, err := in.Picture(ctx, extract.Overview)
	if err != nil {
		return fmt.Errorf("not looked for: %w", err)
	}
	list, err := find(p)
	if err != nil {
		return err
	}
	out.Faces.Boxes = list
	for _, f := range list {
		if f.Confidence >= sure {
			out.Faces.Count++
		}
	}
	state := facts.Absent
	if len(list) > 0 {
		state = facts.Present
	}
	out.SetStatus("faces", facts.Status{State: state})
	return nil
}

// find returns the faces of a picture, the surest first, boxes in pixels of the
// upright original.
func find(p *raster.Picture) ([]facts.Face, error) {
	forest, err := trees()
	if err != nil {
		return nil, err
	}
	w, h := raster.Fit(p.W, p.H, side)
	luma := p.Luma()
	if w != p.W || h != p.H {
		luma = luma.Shrink(w, h)
	}
	short := min(w, h)
	windows := forest.find(luma, max(20, int(minShare*float64(short))), short, shift, grow)
	slices.SortStableFunc(windows, func(a, b window) int { return cmp.Compare(a.score, b.score) })
	var out []facts.Face
	for _, f := range group(windows, sameFace) {
		box := [4]int{max(0, f.col-f.side/2), max(0, f.row-f.side/2), f.side, f.side}
		box[2], box[3] = min(box[2], w-box[0]), min(box[3], h-box[1])
		if c := confidence(f.score, skin(p.RGB, w, h, box)); c >= Doubtful {
			out = append(out, facts.Face{Box: toFull(box, w, h, p), Confidence: c})
		}
	}
	slices.SortStableFunc(out, func(a, b facts.Face) int { return cmp.Compare(b.Confidence, a.Confidence) })
	return out, nil
}

func toFull(b [4]int, w, h int, p *raster.Picture) facts.Box {
	x0, y0 := b[0]*p.FullW/w, b[1]*p.FullH/h
	return facts.Box{x0, y0, min(p.FullW, (b[0]+b[2])*p.FullW/w) - x0, min(p.FullH, (b[1]+b[3])*p.FullH/h) - y0}
}

// confidence joins the summed score of the cascade's windows with the share of
// the face that has the colour of skin. On real faces of the open photos that
// share is above 0.8, on statues and fruit below 0.4.
func confidence(quality, skin float64) float64 {
	shape := 1 / (1 + math.Exp(-(quality-25)/8))
	colour := 0.3 + 0.7*min(1, max(0, (skin-0.3)/0.5))
	return math.Round(1000*shape*colour) / 1000
}

// skin is the share of a box's inner part with the chroma of human skin of any
// tone (D. Chai, K. N. Ngan, "Face segmentation using skin-color map", 1999:
// Cb 77..127, Cr 133..173; of the blue only from 95, below which is fruit, of the red
// only from 136: whites and greys under warm light, such as the dial of a clock, lie
// below, and no face of the open photos does).
// The picture is looked at where the pixels of its copy of w×h lie.
func skin(m *raster.RGB, w, h int, b [4]int) float64 {
	n, hits := 0, 0
	for y := b[1] + b[3]/5; y < b[1]+b[3]*4/5; y++ {
		row := m.Pix[3*m.W*((2*y+1)*m.H/(2*h)):]
		for x := b[0] + b[2]/5; x < b[0]+b[2]*4/5; x++ {
			p := row[3*((2*x+1)*m.W/(2*w)):]
			r, g, bl := int(p[0]), int(p[1]), int(p[2])
			cb := 128 + (-11059*r-21709*g+32768*bl)>>16
			cr := 128 + (32768*r-27439*g-5329*bl)>>16
			if cb >= 95 && cb <= 127 && cr >= 136 && cr <= 173 {
				hits++
			}
			n++
		}
	}
	return float64(hits) / float64(max(1, n))
}
