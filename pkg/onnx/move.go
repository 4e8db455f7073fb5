package onnx

import (
	"errors"
	"fmt"
	"slices"
)

// factors returns by how much Resize enlarges a picture. Only nearest
// neighbour by whole numbers is supported; sizes or scales come as constants.
func factors(n *node, x *value, in []*value) (fy, fx int, err error) {
	if err := image(x); err != nil {
		return 0, 0, err
	}
	if m := n.attrs["mode"].s; m != "" && m != "nearest" {
		return 0, 0, fmt.Errorf("mode %s is not supported", m)
	}
	if m := n.attrs["coordinate_transformation_mode"].s; m != "asymmetric" {
		return 0, 0, fmt.Errorf("coordinates %q are not supported", m)
	}
	if m := n.attrs["nearest_mode"].s; m != "floor" {
		return 0, 0, fmt.Errorf("rounding %q is not supported", m)
	}
	var f [2]float64
	switch {
	case len(in) > 3 && in[3] != nil && len(in[3].ints) == 4:
		s := in[3].ints
		if s[0] != int64(x.shape[0]) || s[1] != int64(x.shape[1]) {
			return 0, 0, errors.New("resizes more than height and width")
		}
		f = [2]float64{float64(s[2]) / float64(x.shape[2]), float64(s[3]) / float64(x.shape[3])}
	case len(in) > 2 && in[2] != nil && len(in[2].data) == 4:
		s := in[2].data
		if s[0] != 1 || s[1] != 1 {
			return 0, 0, errors.New("resizes more than height and width")
		}
		f = [2]float64{float64(s[2]), float64(s[3])}
	default:
		return 0, 0, errors.New("neither constant scales nor sizes")
	}
	for _, v := range f {
		if !(v >= 1 && v <= 64) || v != float64(int(v)) {
			return 0, 0, fmt.Errorf("factor %v is not supported", v)
		}
	}
	return int(f[0]), int(f[1]), nil
}

// widen repeats every float of a row f times.
func widen(k *kernels, dst, src []float32, f int) {
	switch f {
	case 1:
		copy(dst, src)
	case 2:
		k.zip2(dst, src, src)
	default:
		for i, v := range src {
			for j := range f {
				dst[i*f+j] = v
			}
		}
	}
}

func compileResize(c *compiler, n *node, in []*value) error {
	x := in[0]
	fy, fx, err := factors(n, x, in)
	if err != nil {
		return err
	}
	h, w := x.shape[2], x.shape[3]
	y, err := c.fresh(1, x.shape[1], h*fy, w*fx)
	if err != nil {
		return err
	}
	c.emit(y, func(r *run) {
		src, dst := r.mem(x), r.mem(y)
		r.parallel(x.shape[1]*h, func(_, lo, hi int) {
			for u := lo; u < hi; u++ {
				d := dst[u*fy*w*fx:]
				widen(r.k, d[:w*fx], src[u*w:(u+1)*w], fx)
				for i := 1; i < fy; i++ {
					copy(d[i*w*fx:(i+1)*w*fx], d[:w*fx])
				}
			}
		})
	})
	return nil
}

// compileUpAdd compiles a + Resize(b).
func compileUpAdd(c *compiler, n *node, in []*value) error {
	a, b := in[0], in[1]
	fy, fx, err := factors(n, b, in[1:])
	if err != nil {
		return err
	}
	h, w := b.shape[2], b.shape[3]
	shape := []int{1, b.shape[1], h * fy, w * fx}
	if a.isInt || !slices.Equal(a.shape, shape) {
		return fmt.Errorf("shapes %v and %v do not match", a.shape, shape)
	}
	y, err := c.inPlace(shape, a)
	if err != nil {
		return err
	}
	c.emit(y, func(r *run) {
		dst, src, low := r.mem(y), r.mem(a), r.mem(b)
		wide := w * fx
		r.parallel(b.shape[1]*h, func(worker, lo, hi int) {
			row := r.temp(worker, wide)
			for u := lo; u < hi; u++ {
				widen(r.k, row, low[u*w:(u+1)*w], fx)
				for i := u * fy; i < (u+1)*fy; i++ {
					r.k.add(dst[i*wide:(i+1)*wide], src[i*wide:(i+1)*wide], row)
				}
			}
		})
	})
	return nil
}

// compileConcat compiles Concat. Where the parts lie one behind the other in
// the result, they are computed right there and nothing is copied.
func compileConcat(c *compiler, n *node, in []*value) error {
	if slices.Contains(in, nil) {
		return errors.New("an input is missing")
	}
	if in[0].isInt {
		var out []int64
		for _, v := range in {
			if !v.isInt || len(v.shape) != 1 {
				return errors.New("only lists of integers can be joined")
			}
			out = append(out, v.ints...)
		}
		if len(out) > maxArity {
			return fmt.Errorf("%d integers", len(out))
		}
		c.set(n.out, intValue([]int{len(out)}, out))
		return nil
	}
	if err := floats(in...); err != nil {
		return err
	}
	ax, err := axis(n.int("axis", 0), len(in[0].shape))
	if err != nil {
		return err
	}
	shape := append([]int(nil), in[0].shape...)
	shape[ax] = 0
	for _, v := range in {
		if len(v.shape) != len(shape) {
			return fmt.Errorf("shapes %v and %v do not go together", in[0].shape, v.shape)
		}
		for i, d := range v.shape {
			if i == ax {
				shape[ax] += d
			} else if d != shape[i] {
				return fmt.Errorf("shapes %v and %v do not go together", in[0].shape, v.shape)
			}
		}
	}
	outer, inner := split(shape, ax)
	y, err := c.fresh(shape...)
	if err != nil {
		return err
	}
	type part struct {
		v   *value
		off int
		run int
	}
	var copies []part
	off := 0
	for _, v := range in {
		m := v.shape[ax] * inner
		if outer != 1 || !c.adopt(y.buf, v, off) {
			copies = append(copies, part{v, off, m})
		}
		off += m
	}
	total := off
	c.emit(y, func(r *run) {
		dst := r.mem(y)
		for _, p := range copies {
			src := r.mem(p.v)
			for q := range outer {
				copy(dst[q*total+p.off:][:p.run], src[q*p.run:])
			}
		}
	})
	return nil
}

// hasty reports whether a part of a large b is made while something is still in use that
// is let go before b is whole, and larger than the part: to have b's memory by then would
// cost more than to copy the part later. The peak of a detector is a third less so.
func (c *compiler) hasty(b *buffer, v *value) bool {
	const large = 256 << 10 // floats
	return b.size >= large && slices.ContainsFunc(c.bufs, func(o *buffer) bool {
		return o.kind == bufArena && o.parent == nil && o.size > v.n &&
			o.first <= v.buf.first && o.last >= v.buf.first && o.last < len(c.steps)
	})
}

// adopt makes the memory of v part of b if nothing else needs it where it is.
func (c *compiler) adopt(b *buffer, v *value, off int) bool {
	if v.buf == nil || v.buf.kind != bufArena || v.buf.parent != nil || v.buf.pending != 0 || v.off != 0 || v.buf.size != v.n || v.buf == b {
		return false
	}
	if c.hasty(b, v) {
		return false
	}
	v.buf.parent, v.buf.off = b, off
	b.first = min(b.first, v.buf.first)
	return true
}

// compileSlice compiles a slice along one axis with step 1.
func compileSlice(c *compiler, n *node, in []*value) error {
	x := in[0]
	list := func(k int, name string) []int64 {
		if k < len(in) && in[k] != nil {
			return in[k].ints
		}
		return n.attrs[name].ints
	}
	starts, ends, axes := list(1, "starts"), list(2, "ends"), list(3, "axes")
	if len(starts) != 1 || len(ends) != 1 || len(axes) > 1 {
		return errors.New("only slices along one axis are supported")
	}
	if st := list(4, "steps"); len(st) > 1 || len(st) == 1 && st[0] != 1 {
		return fmt.Errorf("steps %v are not supported", st)
	}
	ax := 0
	if len(axes) == 1 {
		var err error
		if ax, err = axis(axes[0], len(x.shape)); err != nil {
			return err
		}
	}
	if ax >= len(x.shape) {
		return fmt.Errorf("slice of a tensor of shape %v", x.shape)
	}
	size := x.shape[ax]
	bound := func(v int64) int {
		i := clampInt(v)
		if i < 0 {
			i += size
		}
		return min(max(i, 0), size)
	}
	lo, hi := bound(starts[0]), bound(ends[0])
	if hi <= lo {
		return fmt.Errorf("empty slice %d:%d of %d", starts[0], ends[0], size)
	}
	if x.isInt {
		if len(x.shape) != 1 {
			return fmt.Errorf("slice of integers of shape %v", x.shape)
		}
		c.set(n.out, intValue([]int{hi - lo}, x.ints[lo:hi]))
		return nil
	}
	shape := append([]int(nil), x.shape...)
	shape[ax] = hi - lo
	outer, inner := split(x.shape, ax)
	if outer == 1 {
		y := x.view(shape)
		y.n = (hi - lo) * inner
		if y.data != nil {
			y.data = y.data[lo*inner : hi*inner]
		}
		y.off += lo * inner
		c.set(n.out, y)
		return nil
	}
	y, err := c.fresh(shape...)
	if err != nil {
		return err
	}
	c.emit(y, func(r *run) {
		s, d := r.mem(x), r.mem(y)
		m := (hi - lo) * inner
		for q := range outer {
			copy(d[q*m:(q+1)*m], s[(q*size+lo)*inner:])
		}
	})
	return nil
}

func compileTranspose(c *compiler, n *node, in []*value) error {
	x := in[0]
	if err := floats(x); err != nil {
		return err
	}
	perm := n.attrs["perm"].ints
	r := len(x.shape)
	if len(perm) != r {
		return fmt.Errorf("perm %v for shape %v", perm, x.shape)
	}
	from := make([]int, r) // how far one step of each input axis moves
	step := 1
	for i := r - 1; i >= 0; i-- {
		from[i] = step
		step *= x.shape[i]
	}
	shape, move, seen := make([]int, r), make([]int, r), make([]bool, r)
	for i, p := range perm {
		if p < 0 || p >= int64(r) || seen[p] {
			return fmt.Errorf("perm %v for shape %v", perm, x.shape)
		}
		seen[p] = true
		shape[i], move[i] = x.shape[p], from[p]
	}
	y, err := c.fresh(shape...)
	if err != nil {
		return err
	}
	if r == 0 {
		return errors.New("transposition of a number")
	}
	last, jump := shape[r-1], move[r-1]
	c.emit(y, func(r *run) {
		s, d := r.mem(x), r.mem(y)
		walk(shape[:len(shape)-1], func(i, pos []int) {
			row, p := d[i[0]*last:][:last], pos[0]
			for j := range row {
				row[j] = s[p]
				p += jump
			}
		}, move)
	})
	return nil
}

func compileReshape(c *compiler, n *node, in []*value) error {
	x, to := in[0], in[1]
	if !to.isInt || len(to.ints) > maxRank {
		return fmt.Errorf("target shape of %d values", to.n)
	}
	shape := make([]int, len(to.ints))
	open := -1
	for i, v := range to.ints {
		switch {
		case v == -1 && open < 0:
			open, shape[i] = i, 1
		case v == 0 && i < len(x.shape):
			shape[i] = x.shape[i]
		case v > 0 && v <= maxValue:
			shape[i] = int(v)
		default:
			return fmt.Errorf("target shape %v", to.ints)
		}
	}
	known, err := elements(shape, maxValue)
	if err != nil {
		return err
	}
	if open >= 0 && known > 0 {
		shape[open] = x.n / known
		known *= shape[open]
	}
	if known != x.n {
		return fmt.Errorf("%v does not fit %v", x.shape, to.ints)
	}
	c.set(n.out, x.view(shape))
	return nil
}

// compileFlatten compiles Flatten: a matrix of what lies before an axis and from it on.
func compileFlatten(c *compiler, n *node, in []*value) error {
	x := in[0]
	rank := len(x.shape)
	a := n.int("axis", 1)
	if a < 0 {
		a += int64(rank)
	}
	if a < 0 || a > int64(rank) {
		return fmt.Errorf("axis %d of a tensor with %d dimensions", a, rank)
	}
	before, after := 1, 1
	for i, d := range x.shape {
		if int64(i) < a {
			before *= d
		} else {
			after *= d
		}
	}
	c.set(n.out, x.view([]int{before, after}))
	return nil
}

func compileSqueeze(c *compiler, n *node, in []*value) error {
	x := in[0]
	axes := n.attrs["axes"].ints
	if len(in) > 1 && in[1] != nil {
		axes = in[1].ints
	}
	drop := make([]bool, len(x.shape))
	for _, a := range axes {
		k, err := axis(a, len(x.shape))
		if err != nil {
			return err
		}
		if x.shape[k] != 1 {
			return fmt.Errorf("axis %d of %v is not 1", a, x.shape)
		}
		drop[k] = true
	}
	var shape []int
	for i, d := range x.shape {
		if !drop[i] && (d != 1 || axes != nil) {
			shape = append(shape, d)
		}
	}
	c.set(n.out, x.view(shape))
	return nil
}

// compileUnsqueeze compiles Unsqueeze; a number of integers becomes a list.
func compileUnsqueeze(c *compiler, n *node, in []*value) error {
	x := in[0]
	axes := n.attrs["axes"].ints
	if len(in) > 1 && in[1] != nil {
		axes = in[1].ints
	}
	rank := len(x.shape) + len(axes)
	if len(axes) == 0 || rank > maxRank {
		return fmt.Errorf("axes %v for shape %v", axes, x.shape)
	}
	shape := make([]int, rank)
	for _, a := range axes {
		k, err := axis(a, rank)
		if err != nil {
			return err
		}
		if shape[k] != 0 {
			return fmt.Errorf("axis %d twice", a)
		}
		shape[k] = 1
	}
	rest := x.shape
	for i := range shape {
		if shape[i] == 0 {
			shape[i], rest = rest[0], rest[1:]
		}
	}
	c.set(n.out, x.view(shape))
	return nil
}

func compileShape(c *compiler, n *node, in []*value) error {
	out := make([]int64, len(in[0].shape))
	for i, d := range in[0].shape {
		out[i] = int64(d)
	}
	c.set(n.out, intValue([]int{len(out)}, out))
	return nil
}

// compileCast compiles casts that change nothing here: between the integer
// types of shapes, and from float to float.
func compileCast(c *compiler, n *node, in []*value) error {
	to := n.int("to", 0)
	if in[0].isInt != (to == typeInt32 || to == typeInt64) || !in[0].isInt && to != typeFloat {
		return fmt.Errorf("cast to type %d is not supported", to)
	}
	return compileIdentity(c, n, in)
}

func compileIdentity(c *compiler, n *node, in []*value) error {
	c.set(n.out, in[0].view(in[0].shape))
	return nil
}
