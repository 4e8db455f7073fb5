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
	"encoding/binary"
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

// What the numbers of product pictures are on the average, see models/NOTICE:
// Features 32-bit floats, little-endian.
//
//go:embed models/mean.f32
var average []byte

const (
	// Features is how many numbers a view has.
	Features = 1280
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

// model is the network, made ready once and only when a picture asks for it.
var model = sync.OnceValues(func() (*onnx.Model, error) { return onnx.Load(network) })

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
	m, err := model()
	if err != nil {
		return facts.Shown{}, err
	}
	side := cells * cell
	t, err := m.Run(ctx, onnx.Tensor{Shape: []int{1, 3, side, side}, Data: planes(p, side)}, onnx.Options{Threads: threads})
	if err != nil {
		return facts.Shown{}, err
	}
	if len(t.Data) != Features*cells*cells || len(average) != 4*Features {
		return facts.Shown{}, fmt.Errorf("the network gives %d numbers", len(t.Data))
	}
	out := facts.Shown{Alone: alone}
	for _, q := range list {
		out.Views = append(out.Views, base64.StdEncoding.EncodeToString(view(t.Data, cells, q)))
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

// view makes the numbers of a part of the map: square roots of the averages, less
// what they are for any product, as signed bytes of which the greatest is 127.
// Roots keep a few strong features from outweighing all others.
func view(data []float32, cells int, q part) []byte {
	var v [Features]float64
	most := 1e-9
	for c := range v {
		sum := 0.0
		for y := q.y; y < q.y+q.side; y++ {
			for _, f := range data[(c*cells+y)*cells+q.x:][:q.side] {
				sum += float64(f)
			}
		}
		usual := math.Float32frombits(binary.LittleEndian.Uint32(average[4*c:]))
		v[c] = math.Sqrt(max(0, sum)/float64(q.side*q.side)) - float64(usual)
		most = max(most, math.Abs(v[c]))
	}
	out := make([]byte, Features)
	for c := range v {
		out[c] = byte(int8(math.Round(127 * v[c] / most)))
	}
	return out
}
