package onnx

import (
	"errors"
	"fmt"
	"math"
)

// image checks that x is one picture: [1, channels, height, width].
func image(x *value) error {
	if err := floats(x); err != nil {
		return err
	}
	if len(x.shape) != 4 || x.shape[0] != 1 {
		return fmt.Errorf("input of shape %v, want one picture", x.shape)
	}
	return nil
}

// sumRun is the piece of a plane summed in single precision before the sums
// are added in double precision.
const sumRun = 4096

// mean returns the mean of a.
func mean(k *kernels, a []float32) float32 {
	var s float64
	n := len(a)
	for len(a) > 0 {
		m := min(len(a), sumRun)
		s += float64(k.sum(a[:m]))
		a = a[m:]
	}
	return float32(s / float64(n))
}

func compileGlobalAveragePool(c *compiler, n *node, in []*value) error {
	x := in[0]
	if err := image(x); err != nil {
		return err
	}
	y, err := c.fresh(1, x.shape[1], 1, 1)
	if err != nil {
		return err
	}
	plane := x.shape[2] * x.shape[3]
	c.emit(y, func(r *run) {
		s, d := r.mem(x), r.mem(y)
		r.parallel(len(d), func(_, lo, hi int) {
			for i := lo; i < hi; i++ {
				d[i] = mean(r.k, s[i*plane:(i+1)*plane])
			}
		})
	})
	return nil
}

// compilePool compiles AveragePool (padding not counted) and MaxPool.
func compilePool(c *compiler, n *node, in []*value) error {
	x := in[0]
	if err := image(x); err != nil {
		return err
	}
	if n.int("ceil_mode", 0) != 0 || n.int("count_include_pad", 0) != 0 || n.int("storage_order", 0) != 0 {
		return errors.New("ceil_mode, count_include_pad and storage_order are not supported")
	}
	k, err := n.sizes("kernel_shape", 1, 0, 0)
	if err != nil {
		return err
	}
	cw := convWeights{kh: k[0], kw: k[1]}
	if k[0] < 1 || k[1] < 1 || k[0] > maxKernel || k[1] > maxKernel {
		return fmt.Errorf("kernel %v", k)
	}
	if err := cw.geometry(n); err != nil {
		return err
	}
	h, w := x.shape[2], x.shape[3]
	if cw.sameUpper {
		cw.pad = cw.samePadding(h, w)
	}
	if cw.pad[0] >= cw.kh || cw.pad[1] >= cw.kw || cw.pad[2] >= cw.kh || cw.pad[3] >= cw.kw {
		return errors.New("this padding is not supported")
	}
	if h+cw.pad[0]+cw.pad[2] < cw.kh || w+cw.pad[1]+cw.pad[3] < cw.kw {
		return fmt.Errorf("input of %d×%d is smaller than the kernel", w, h)
	}
	oh, ow := (h+cw.pad[0]+cw.pad[2]-cw.kh)/cw.sh+1, (w+cw.pad[1]+cw.pad[3]-cw.kw)/cw.sw+1
	y, err := c.fresh(1, x.shape[1], oh, ow)
	if err != nil {
		return err
	}
	largest := n.op == "MaxPool"
	c.emit(y, func(r *run) {
		src, dst := r.mem(x), r.mem(y)
		r.parallel(x.shape[1]*oh, func(_, lo, hi int) {
			for u := lo; u < hi; u++ {
				plane, oy := src[u/oh*h*w:][:h*w], u%oh
				y0, y1 := max(0, oy*cw.sh-cw.pad[0]), min(h, oy*cw.sh-cw.pad[0]+cw.kh)
				for ox := range ow {
					x0, x1 := max(0, ox*cw.sw-cw.pad[1]), min(w, ox*cw.sw-cw.pad[1]+cw.kw)
					top, sum := float32(math.Inf(-1)), float32(0)
					for iy := y0; iy < y1; iy++ {
						for _, v := range plane[iy*w+x0 : iy*w+x1] {
							top = max(top, v)
							sum += v
						}
					}
					if !largest {
						top = sum / float32(max(1, (y1-y0)*(x1-x0)))
					}
					dst[u*ow+ox] = top
				}
			}
		})
	})
	return nil
}

// compileReduceMean compiles the mean over the last axes.
func compileReduceMean(c *compiler, n *node, in []*value) error {
	x := in[0]
	if err := floats(x); err != nil {
		return err
	}
	axes := n.attrs["axes"].ints
	if len(in) > 1 && in[1] != nil {
		axes = in[1].ints
	}
	first := len(x.shape) - len(axes)
	seen := make([]bool, len(x.shape))
	for _, a := range axes {
		k, err := axis(a, len(x.shape))
		if err != nil {
			return err
		}
		if k < first || seen[k] {
			return fmt.Errorf("axes %v: only the last ones are supported", axes)
		}
		seen[k] = true
	}
	if len(axes) == 0 {
		return errors.New("the axes are missing")
	}
	shape := append([]int(nil), x.shape[:first]...)
	m := 1
	for _, d := range x.shape[first:] {
		m *= d
		if n.int("keepdims", 1) != 0 {
			shape = append(shape, 1)
		}
	}
	y, err := c.fresh(shape...)
	if err != nil {
		return err
	}
	c.emit(y, func(r *run) {
		s, d := r.mem(x), r.mem(y)
		r.parallel(len(d), func(_, lo, hi int) {
			for i := lo; i < hi; i++ {
				d[i] = mean(r.k, s[i*m:(i+1)*m])
			}
		})
	})
	return nil
}

// compileBatchNormalization compiles a normalisation that no convolution took in:
// one constant scale and shift a channel, axis 1.
func compileBatchNormalization(c *compiler, n *node, in []*value) error {
	x := in[0]
	if err := floats(in...); err != nil {
		return err
	}
	if len(x.shape) < 2 || x.shape[0] != 1 {
		return fmt.Errorf("input of shape %v", x.shape)
	}
	ch := x.shape[1]
	for _, v := range in[1:5] {
		if len(v.data) != ch {
			return fmt.Errorf("not %d constant numbers", ch)
		}
	}
	scale, shift := normalisation(in[1].data, in[2].data, in[3].data, in[4].data, n.float("epsilon", 1e-5))
	y, err := c.inPlace(x.shape, x)
	if err != nil {
		return err
	}
	_, plane := split(x.shape, 1)
	c.emit(y, func(r *run) {
		s, d := r.mem(x), r.mem(y)
		r.parallel(ch, func(_, lo, hi int) {
			for i := lo; i < hi; i++ {
				r.k.affine(d[i*plane:(i+1)*plane], s[i*plane:(i+1)*plane], scale[i], shift[i])
			}
		})
	})
	return nil
}

// normalisation returns the scale and the shift of each channel of a
// BatchNormalization.
func normalisation(gamma, beta, mean, variance []float32, epsilon float32) (scale, shift []float32) {
	scale, shift = make([]float32, len(gamma)), make([]float32, len(gamma))
	for i := range gamma {
		s := float64(gamma[i]) / math.Sqrt(float64(variance[i])+float64(epsilon))
		scale[i] = float32(s)
		shift[i] = float32(float64(beta[i]) - float64(mean[i])*s)
	}
	return scale, shift
}

// compileSoftmax compiles the softmax over the last axis.
func compileSoftmax(c *compiler, n *node, in []*value) error {
	x := in[0]
	if err := floats(x); err != nil {
		return err
	}
	r := len(x.shape)
	if a, err := axis(n.int("axis", -1), r); err != nil || a != r-1 {
		return errors.New("only the last axis is supported")
	}
	y, err := c.inPlace(x.shape, x)
	if err != nil {
		return err
	}
	m := x.shape[r-1]
	c.emit(y, func(r *run) {
		s, d := r.mem(x), r.mem(y)
		r.parallel(len(d)/m, func(_, lo, hi int) {
			for i := lo; i < hi; i++ {
				a, b := s[i*m:(i+1)*m], d[i*m:(i+1)*m]
				total := r.k.expSum(b, a, r.k.maximum(a))
				r.k.affine(b, b, 1/total, 0)
			}
		})
	})
	return nil
}
