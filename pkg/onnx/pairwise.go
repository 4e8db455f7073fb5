package onnx

import "fmt"

// binaryOp is an elementwise function of two tensors.
type binaryOp uint8

const (
	opAdd binaryOp = iota
	opSub
	opMul
	opDiv
	opGated // a + a·b
)

// at computes one result.
func (op binaryOp) at(a, b float32) float32 {
	switch op {
	case opAdd:
		return a + b
	case opSub:
		return a - b
	case opMul:
		return a * b
	case opDiv:
		return a / b
	default:
		return a * (1 + b)
	}
}

// rows computes dst = a op b for runs of equal length.
func (op binaryOp) rows(k *kernels, dst, a, b []float32) {
	switch op {
	case opAdd:
		k.add(dst, a, b)
	case opMul:
		k.mul(dst, a, b)
	default:
		for i := range dst {
			dst[i] = op.at(a[i], b[i])
		}
	}
}

// constant computes dst = a op b for one number b.
func (op binaryOp) constant(k *kernels, dst, a []float32, b float32) {
	switch op {
	case opAdd:
		k.affine(dst, a, 1, b)
	case opSub:
		k.affine(dst, a, 1, -b)
	case opMul:
		k.affine(dst, a, b, 0)
	case opGated:
		k.affine(dst, a, 1+b, 0)
	default:
		for i := range dst {
			dst[i] = a[i] / b
		}
	}
}

// pairwise compiles an elementwise operator of two tensors with broadcasting.
func pairwise(op binaryOp) func(*compiler, *node, []*value) error {
	return func(c *compiler, n *node, in []*value) error {
		a, b := in[0], in[1]
		if a.isInt || b.isInt {
			return c.integerBinary(op, a, b)
		}
		shape, err := broadcast(a.shape, b.shape)
		if err != nil {
			return err
		}
		if (op == opAdd || op == opMul) && a.n < b.n {
			a, b = b, a
		}
		y, err := c.inPlace(shape, a, b)
		if err != nil {
			return err
		}
		switch inner := constantRun(shape, b.shape); {
		case a.n == y.n && b.n == y.n:
			c.emit(y, func(r *run) {
				d, s, t := r.mem(y), r.mem(a), r.mem(b)
				r.each(len(d), func(lo, hi int) { op.rows(r.k, d[lo:hi], s[lo:hi], t[lo:hi]) })
			})
		case a.n == y.n && b.n*inner == y.n:
			// One number of b for each run of a.
			c.emit(y, func(r *run) {
				d, s, t := r.mem(y), r.mem(a), r.mem(b)
				r.parallel(len(t), func(_, lo, hi int) {
					for i := lo; i < hi; i++ {
						op.constant(r.k, d[i*inner:(i+1)*inner], s[i*inner:(i+1)*inner], t[i])
					}
				})
			})
		case a.n == y.n && trailing(shape, b.shape):
			// b repeats along a.
			c.emit(y, func(r *run) {
				d, s, t := r.mem(y), r.mem(a), r.mem(b)
				m := len(t)
				r.parallel(len(d)/m, func(_, lo, hi int) {
					for i := lo; i < hi; i++ {
						op.rows(r.k, d[i*m:(i+1)*m], s[i*m:(i+1)*m], t)
					}
				})
			})
		default:
			sa, sb := steps(shape, a.shape), steps(shape, b.shape)
			if y.buf == a.buf || y.buf == b.buf {
				if y, err = c.fresh(shape...); err != nil {
					return err
				}
			}
			c.emit(y, func(r *run) {
				d, s, t := r.mem(y), r.mem(a), r.mem(b)
				walk(shape, func(i, pos []int) { d[i[0]] = op.at(s[pos[0]], t[pos[1]]) }, sa, sb)
			})
		}
		return nil
	}
}

// broadcast returns the common shape of two shapes (the rules of ONNX, which
// are those of NumPy).
func broadcast(a, b []int) ([]int, error) {
	r := max(len(a), len(b))
	out := make([]int, r)
	for i := range out {
		da, db := 1, 1
		if k := i - r + len(a); k >= 0 {
			da = a[k]
		}
		if k := i - r + len(b); k >= 0 {
			db = b[k]
		}
		if da == 0 || db == 0 || da != db && da != 1 && db != 1 { // nothing is not repeated either
			return nil, fmt.Errorf("shapes %v and %v do not go together", a, b)
		}
		out[i] = max(da, db)
	}
	return out, nil
}

// constantRun returns the length of the runs of shape over which a tensor
// that broadcasts to it stays constant, if it varies everywhere else.
func constantRun(shape, b []int) int {
	inner := 1
	for i := 1; i <= len(shape); i++ {
		if i <= len(b) && b[len(b)-i] != 1 {
			break
		}
		inner *= shape[len(shape)-i]
	}
	return inner
}

// trailing reports whether b, without leading ones, equals the end of shape.
func trailing(shape, b []int) bool {
	for len(b) > 0 && b[0] == 1 {
		b = b[1:]
	}
	if len(b) > len(shape) {
		return false
	}
	for i := 1; i <= len(b); i++ {
		if b[len(b)-i] != shape[len(shape)-i] {
			return false
		}
	}
	return true
}

// steps returns, for each dimension of shape, how far a broadcast tensor moves.
func steps(shape, b []int) []int {
	out := make([]int, len(shape))
	step := 1
	for i := 1; i <= len(b); i++ {
		if d := b[len(b)-i]; d != 1 {
			out[len(shape)-i] = step
			step *= d
		}
	}
	return out
}

// walk visits every element of shape in row-major order. fn gets the running
// index and, for each list of steps, the position it leads to.
func walk(shape []int, fn func(i, pos []int), strides ...[]int) {
	idx := make([]int, len(shape))
	pos := make([]int, len(strides))
	n := 1
	for _, d := range shape {
		n *= d
	}
	i := []int{0}
	for ; i[0] < n; i[0]++ {
		fn(i, pos)
		for k := len(shape) - 1; k >= 0; k-- {
			idx[k]++
			for s := range pos {
				pos[s] += strides[s][k]
			}
			if idx[k] < shape[k] {
				break
			}
			for s := range pos {
				pos[s] -= strides[s][k] * shape[k]
			}
			idx[k] = 0
		}
	}
}

// integerBinary computes shape arithmetic at compile time.
func (c *compiler) integerBinary(op binaryOp, a, b *value) error {
	if !a.isInt || !b.isInt {
		return fmt.Errorf("integers and floats together")
	}
	if len(a.ints) == 0 || len(b.ints) == 0 || len(a.ints) != len(b.ints) && len(a.ints) != 1 && len(b.ints) != 1 {
		return fmt.Errorf("shapes %v and %v do not go together", a.shape, b.shape)
	}
	shape := a.shape
	if len(b.ints) > len(a.ints) {
		shape = b.shape
	}
	out := make([]int64, max(len(a.ints), len(b.ints)))
	for i := range out {
		x, y := a.ints[i%len(a.ints)], b.ints[i%len(b.ints)]
		switch op {
		case opAdd:
			out[i] = x + y
		case opSub:
			out[i] = x - y
		case opMul:
			out[i] = x * y
		case opDiv:
			if y == 0 {
				return fmt.Errorf("integer division by zero")
			}
			out[i] = x / y
		default:
			return fmt.Errorf("integers where floats belong")
		}
	}
	c.set(c.node.out, intValue(shape, out))
	return nil
}

// intValue returns an integer tensor known at compile time.
func intValue(shape []int, v []int64) *value {
	return &value{shape: shape, n: len(v), ints: v, isInt: true}
}
