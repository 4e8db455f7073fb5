// Package shown tells in numbers what a picture shows, so that pictures of one
// thing can be told from pictures of another kind of thing: another view,
// another colour or another ground changes the numbers little. It cannot tell
// two models of one kind of product apart.
//
// It may import pkg/extract, pkg/facts, pkg/onnx and pkg/raster.
package shown

import (
	"context"
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"math"
	"sync"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/onnx"
	"github.com/aecheck/aecheck/pkg/raster"
)

// EfficientNet-Lite0 without its last layer, see models/NOTICE.
//
//go:embed models/efficientnet-lite0.onnx
var network []byte

// What the features of product pictures are on the average, and the directions in
// which products differ more from each other than pictures of one do, see
// models/NOTICE.
//
//go:embed models/product-space.onnx
var space []byte

const (
	// Numbers is how many a view has.
	Numbers = 256
	// features is how many the network gives for each place of its map.
	features = 1280
	// cell is how many pixels of the network's input one place of its last map
	// stands for, along and down.
	cell = 32
	// aloneCells is the side of the map for a thing alone: 224 pixels, which the
	// network was trained with.
	aloneCells = 7
	// sceneCells is that for a picture with more in it: there the thing may be
	// small, and parts are looked at too.
	sceneCells = 10
	// mean and spread of the network's input, in levels.
	mean, spread = 127, 128
	// memory is what a run on sceneCells takes at most, and the weights.
	memory = 64 << 20
)

// part is a square of the map, in cells.
type part struct{ x, y, side int }

// parts of a picture that is not of one thing alone: all of it, its middle, and
// nine that overlap. With 4 of 10 cells a product that takes two fifths of the
// picture's sides is found again; smaller parts are like too many other things.
func parts() []part {
	out := []part{{0, 0, sceneCells}, {2, 2, 6}}
	for y := 0; y <= 6; y += 3 {
		for x := 0; x <= 6; x += 3 {
			out = append(out, part{x, y, 4})
		}
	}
	return out
}

// models are the network and what makes numbers of its features.
type models struct{ network, space *onnx.Model }

// ready makes the models ready once, and only when a picture asks for them.
var ready = sync.OnceValues(func() (out models, err error) {
	if out.network, err = onnx.Load(network); err != nil {
		return out, err
	}
	out.space, err = onnx.Load(space)
	return out, err
})

// New returns the extractor of facts.Shown.
func New() extract.Extractor { return extractor{} }

type extractor struct{}

func (extractor) Name() string                { return "shown" }
func (extractor) Provides() []string          { return []string{"shown"} }
func (extractor) Accepts(format string) bool  { return raster.Decodable(format) }
func (extractor) Detail() int                 { return extract.Overview }
func (extractor) Memory(*extract.Input) int64 { return memory }

// Extract looks at the picture. A damaged one is not looked at: what is missing
// would count as a difference.
func (extractor) Extract(ctx context.Context, in *extract.Input, out *facts.Set) error {
	p, err := in.Picture(ctx, extract.Overview)
	if err != nil {
		return fmt.Errorf("not looked at: %w", err)
	}
	if out.Shown, err = Of(ctx, p.RGB, in.Threads); err != nil {
		return err
	}
	out.SetStatus("shown", facts.Status{State: facts.Present})
	return nil
}

// Of looks at a picture with so many threads, 0 for as many as there are
// processors. The error is that of ctx, or says that something built into the
// program is broken.
func Of(ctx context.Context, p *raster.RGB, threads int) (facts.Shown, error) {
	thing, alone := alone(p)
	cells, list := sceneCells, parts()
	if alone {
		p, cells, list = p.Crop(thing), aloneCells, []part{{0, 0, aloneCells}}
	}
	if p == nil || p.W == 0 || p.H == 0 {
		return facts.Shown{}, errors.New("an empty picture")
	}
	m, err := ready()
	if err != nil {
		return facts.Shown{}, err
	}
	side := cells * cell
	t, err := m.network.Run(ctx, onnx.Tensor{Shape: []int{1, 3, side, side}, Data: planes(p, side)}, onnx.Options{Threads: threads})
	if err != nil {
		return facts.Shown{}, err
	}
	if len(t.Data) != features*cells*cells {
		return facts.Shown{}, fmt.Errorf("the network gives %d numbers", len(t.Data))
	}
	var pooled []float32
	for _, q := range list {
		pooled = append(pooled, roots(t.Data, cells, q)...)
	}
	if t, err = m.space.Run(ctx, onnx.Tensor{Shape: []int{len(list), features}, Data: pooled}, onnx.Options{Threads: threads}); err != nil {
		return facts.Shown{}, err
	}
	if len(t.Data) != Numbers*len(list) {
		return facts.Shown{}, fmt.Errorf("the space has %d dimensions", len(t.Data)/len(list))
	}
	out := facts.Shown{Alone: alone}
	for v := t.Data; len(v) > 0; v = v[Numbers:] {
		out.Views = append(out.Views, base64.StdEncoding.EncodeToString(bytesOf(v[:Numbers])))
	}
	return out, nil
}

// planes scales a picture to a square, whatever its shape, and returns its red,
// green and blue planes as the network wants them.
func planes(p *raster.RGB, side int) []float32 {
	p = p.Shrink(side, side)
	out := make([]float32, 3*side*side)
	for y := range side {
		y0, y1, fy := between(y, side, p.H)
		for x := range side {
			x0, x1, fx := between(x, side, p.W)
			for c := range 3 {
				at := func(x, y int) float32 { return float32(p.Pix[3*(y*p.W+x)+c]) }
				above := at(x0, y0)*(1-fx) + at(x1, y0)*fx
				below := at(x0, y1)*(1-fx) + at(x1, y1)*fx
				out[(c*side+y)*side+x] = (above*(1-fy) + below*fy - mean) / spread
			}
		}
	}
	return out
}

// between returns the two of n pixels that pixel i of side lies between, and how
// near to the second: bilinear enlargement. With n = side it is pixel i.
func between(i, side, n int) (int, int, float32) {
	at := (float64(i)+0.5)*float64(n)/float64(side) - 0.5
	at = min(max(at, 0), float64(n-1))
	first := int(at)
	return first, min(first+1, n-1), float32(at - float64(first))
}

// roots are square roots of the averages of a part of the map: they keep a few
// strong features from outweighing all others.
func roots(data []float32, cells int, q part) []float32 {
	out := make([]float32, features)
	for c := range out {
		sum := 0.0
		for y := q.y; y < q.y+q.side; y++ {
			for _, f := range data[(c*cells+y)*cells+q.x:][:q.side] {
				sum += float64(f)
			}
		}
		out[c] = float32(math.Sqrt(max(0, sum) / float64(q.side*q.side)))
	}
	return out
}

// bytesOf rounds numbers to signed bytes of which the greatest is 127: their
// length says nothing.
func bytesOf(v []float32) []byte {
	most := 1e-9
	for _, n := range v {
		most = max(most, math.Abs(float64(n)))
	}
	out := make([]byte, len(v))
	for i, n := range v {
		out[i] = byte(int8(math.Round(127 * float64(n) / most)))
	}
	return out
}
