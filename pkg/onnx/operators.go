package onnx

import (
	"errors"
	"fmt"
	"math"
)

// operators is the set this package runs, by ONNX name (onnx.ai/onnx/operators).
var operators = map[string]operator{
	"Conv":               {1, compileConv},
	"ConvTranspose":      {1, compileConvTranspose},
	"MatMul":             {1, compileMatMul},
	"Add":                {2, pairwise(opAdd)},
	"Sub":                {2, pairwise(opSub)},
	"Mul":                {2, pairwise(opMul)},
	"Div":                {2, pairwise(opDiv)},
	opGate:               {2, pairwise(opGated)},
	opUpAdd:              {2, compileUpAdd},
	opSpread:             {1, compileSpread},
	opChain:              {1, compileChain},
	"Pow":                {2, compilePow},
	"Relu":               {1, unary(func(k *kernels) func(d, a []float32) { return k.relu })},
	"HardSwish":          {1, unary(func(k *kernels) func(d, a []float32) { return k.hswish })},
	"Sigmoid":            {1, unary(func(k *kernels) func(d, a []float32) { return k.sigmoid })},
	opSwish:              {1, compileSwish},
	opGelu:               {1, unary(func(k *kernels) func(d, a []float32) { return k.gelu })},
	"BatchNormalization": {5, compileBatchNormalization},
	"Sqrt":               {1, unary(func(*kernels) func(d, a []float32) { return sqrt })},
	"HardSigmoid":        {1, compileHardSigmoid},
	"Clip":               {1, compileClip},
	"GlobalAveragePool":  {1, compileGlobalAveragePool},
	"AveragePool":        {1, compilePool},
	"MaxPool":            {1, compilePool},
	"ReduceMean":         {1, compileReduceMean},
	"Softmax":            {1, compileSoftmax},
	"Resize":             {1, compileResize},
	"Concat":             {1, compileConcat},
	"Slice":              {1, compileSlice},
	"Transpose":          {1, compileTranspose},
	"Reshape":            {2, compileReshape},
	"Squeeze":            {1, compileSqueeze},
	"Unsqueeze":          {1, compileUnsqueeze},
	"Flatten":            {1, compileFlatten},
	"Shape":              {1, compileShape},
	"Cast":               {1, compileCast},
	"Identity":           {1, compileIdentity},
}

// unary compiles an elementwise function of one tensor.
func unary(pick func(*kernels) func(dst, a []float32)) func(*compiler, *node, []*value) error {
	return func(c *compiler, n *node, in []*value) error {
		return c.elementwise(in[0], pick(c.m.k))
	}
}

// elementwise emits fn over all of x, in place where x dies here.
func (c *compiler) elementwise(x *value, fn func(dst, a []float32)) error {
	if err := floats(x); err != nil {
		return err
	}
	y, err := c.inPlace(x.shape, x)
	if err != nil {
		return err
	}
	c.emit(y, func(r *run) {
		a, d := r.mem(x), r.mem(y)
		r.each(len(d), func(lo, hi int) { fn(d[lo:hi], a[lo:hi]) })
	})
	return nil
}

func sqrt(dst, a []float32) {
	for i, v := range a {
		dst[i] = float32(math.Sqrt(float64(v)))
	}
}

// compileSwish compiles x·sigmoid(x).
func compileSwish(c *compiler, n *node, in []*value) error {
	k := c.m.k
	return c.elementwise(in[0], func(dst, a []float32) {
		var s [256]float32
		for len(a) > 0 {
			m := min(len(a), len(s))
			k.sigmoid(s[:m], a[:m])
			k.mul(dst[:m], a[:m], s[:m])
			dst, a = dst[m:], a[m:]
		}
	})
}

// compilePow compiles the square; no other power is supported.
func compilePow(c *compiler, n *node, in []*value) error {
	if e, err := in[1].scalar(); err != nil || e != 2 {
		return errors.New("only the square is supported")
	}
	k := c.m.k
	return c.elementwise(in[0], func(dst, a []float32) { k.mul(dst, a, a) })
}

func compileHardSigmoid(c *compiler, n *node, in []*value) error {
	alpha, beta := n.float("alpha", 0.2), n.float("beta", 0.5)
	return c.elementwise(in[0], func(dst, a []float32) {
		for i, v := range a {
			dst[i] = min(max(alpha*v+beta, 0), 1)
		}
	})
}

func compileClip(c *compiler, n *node, in []*value) error {
	lo := n.float("min", float32(math.Inf(-1)))
	hi := n.float("max", float32(math.Inf(1)))
	for k, bound := range []*float32{&lo, &hi} {
		if k+1 < len(in) && in[k+1] != nil {
			v, err := in[k+1].scalar()
			if err != nil {
				return err
			}
			*bound = v
		}
	}
	clip := c.m.k.clip
	return c.elementwise(in[0], func(dst, a []float32) { clip(dst, a, lo, hi) })
}

// compileMatMul compiles a product with a packed constant or a batch of
// products of two tensors.
func compileMatMul(c *compiler, n *node, in []*value) error {
	a := in[0]
	if err := floats(in...); err != nil {
		return err
	}
	ra := len(a.shape)
	if ra < 2 {
		return fmt.Errorf("left side of shape %v", a.shape)
	}
	batch, m, k := 1, a.shape[ra-2], a.shape[ra-1]
	var cols int
	if n.mat != nil {
		cols = n.mat.n
		if k != n.mat.k {
			return fmt.Errorf("%v times a matrix of %d rows", a.shape, n.mat.k)
		}
		m = a.n / max(k, 1)
	} else {
		b := in[1]
		rb := len(b.shape)
		if rb != ra || b.shape[rb-2] != k {
			return fmt.Errorf("%v times %v", a.shape, b.shape)
		}
		for i := range ra - 2 {
			if a.shape[i] != b.shape[i] {
				return fmt.Errorf("%v times %v: batches differ", a.shape, b.shape)
			}
			batch *= a.shape[i]
		}
		cols = b.shape[rb-1]
	}
	shape := append(append([]int(nil), a.shape[:ra-1]...), cols)
	y, err := c.fresh(shape...)
	if err != nil {
		return err
	}
	zero := make([]float32, alignUp(m, tileRows))
	none := &epilogue{}
	c.emit(y, func(r *run) {
		src, dst := r.mem(a), r.mem(y)
		if n.mat != nil {
			left := packLeft(src, m, k)
			r.parallel((cols+tileCols-1)/tileCols, func(_, lo, hi int) {
				for p := lo; p < hi; p++ {
					r.product(m, k, left, n.mat.w[p*k*tileCols:], dst[p*tileCols:], cols, min(tileCols, cols-p*tileCols), zero, none)
				}
			})
			return
		}
		b := r.mem(in[1])
		r.parallel(batch, func(worker, lo, hi int) {
			right := r.temp(worker, alignUp(cols, tileCols)*k)
			for i := lo; i < hi; i++ {
				left := packLeft(src[i*m*k:], m, k)
				packColumns(right, b[i*k*cols:], k, cols)
				for j := 0; j < cols; j += tileCols {
					r.product(m, k, left, right[j*k:], dst[i*m*cols+j:], cols, min(tileCols, cols-j), zero, none)
				}
			}
		})
	})
	return nil
}

// packLeft packs a row-major m×k matrix in panels of rows.
func packLeft(src []float32, m, k int) []float32 {
	return packRows(m, k, func(r, c int) float32 { return src[r*k+c] })
}
