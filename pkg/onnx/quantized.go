package onnx

import (
	"errors"
	"fmt"
)

// opDequantize gives floats back for constants kept as 8-bit integers.
const opDequantize = "DequantizeLinear"

// opCast gives floats of 32 bits for constants kept in 16.
const opCast = "Cast"

// dequantize replaces constants kept as 8-bit integers by the floats that their
// DequantizeLinear nodes say: (q - zero point) · scale, with one scale and zero
// point, or one for each slice along an axis; and those kept as 16-bit floats by what
// their Cast says. Nothing else may read them.
func (g *graph) dequantize() error {
	keep := g.nodes[:0]
	for _, n := range g.nodes {
		var t *tensor
		switch in := g.consts[n.input(0)]; {
		case n.op == opDequantize:
			var err error
			if t, err = g.dequantized(n); err != nil {
				return fmt.Errorf("%s: %w", n.label(), err)
			}
		case n.op == opCast && in != nil && in.half && n.int("to", 0) == typeFloat:
			t = &tensor{shape: in.shape, f: in.f}
		default:
			keep = append(keep, n)
			continue
		}
		if err := g.addConst(n.out, t); err != nil {
			return err
		}
	}
	g.nodes = keep
	for _, n := range g.nodes {
		for _, s := range n.in {
			if t := g.consts[s]; t != nil && (t.q != nil || t.half) {
				return fmt.Errorf("%s reads the packed constant %q", n.label(), s)
			}
		}
	}
	for s, t := range g.consts {
		if t.q == nil && !t.half {
			continue
		}
		if s == g.output {
			return errors.New("the output is a packed constant")
		}
		delete(g.consts, s)
	}
	return nil
}

// dequantized computes the floats of one DequantizeLinear node.
func (g *graph) dequantized(n *node) (*tensor, error) {
	x, scale := g.consts[n.input(0)], g.consts[n.input(1)]
	if x == nil || x.q == nil || scale == nil || len(scale.f) == 0 {
		return nil, errors.New("only constants of 8-bit integers with a constant scale are supported")
	}
	slices, inner := 1, len(x.q) // of one scale each; values in a row that share it
	if len(scale.shape) > 0 {
		axis := n.int("axis", 1)
		if axis < 0 {
			axis += int64(len(x.shape))
		}
		if axis < 0 || axis >= int64(len(x.shape)) {
			return nil, fmt.Errorf("axis %d of shape %v", n.int("axis", 1), x.shape)
		}
		slices, inner = x.shape[axis], 1
		for _, d := range x.shape[axis+1:] {
			inner *= d
		}
	}
	if len(scale.shape) > 1 || len(scale.f) != slices {
		return nil, fmt.Errorf("scales of shape %v for %d slices", scale.shape, slices)
	}
	zero := make([]int8, slices)
	if s := n.input(2); s != "" {
		z := g.consts[s]
		if z == nil || len(z.q) != slices {
			return nil, fmt.Errorf("zero points are not %d 8-bit integers", slices)
		}
		zero = z.q
	}
	t := &tensor{shape: x.shape, f: make([]float32, len(x.q))}
	for i, q := range x.q {
		c := i / max(1, inner) % max(1, slices)
		t.f[i] = float32(int(q)-int(zero[c])) * scale.f[c]
	}
	return t, nil
}
