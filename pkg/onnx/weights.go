package onnx

import (
	"errors"
	"fmt"
)

// convMethod is the way a convolution is computed.
type convMethod uint8

const (
	convPointwise convMethod = iota // 1×1, stride 1: a matrix product on the planes
	convWinograd                    // 3×3, stride 1, padding 1: F(4×4, 3×3)
	convDirect                      // depthwise, or few taps: sums of shifted rows
	convColumns                     // anything else: matrix product on gathered columns
	convTwice                       // transposed 2×2, stride 2: matrix product, then interleaving
)

// directTaps is the largest number of weights per output channel for which
// summing shifted rows beats gathering columns. Where there is nothing to gather it
// never does.
const directTaps = 32

// winoMinChannels is the number of input and output channels from which the
// Winograd transforms pay.
const winoMinChannels = 8

// convWeights is a convolution prepared for one of the methods.
type convWeights struct {
	method    convMethod
	in, out   int // channels
	kh, kw    int
	sh, sw    int
	pad       [4]int // top, left, bottom, right
	sameUpper bool   // padding follows from the input size
	depthwise bool
	bias      []float32 // padded with zeros to whole tiles
	weights   []float32 // packed for the method
	ep        epilogue
}

// packRows packs an m×k matrix in panels of tileRows rows: for each panel, for
// each k, the tileRows values of a column. Missing rows are zero.
func packRows(m, k int, at func(r, c int) float32) []float32 {
	out := make([]float32, alignUp(m, tileRows)*k)
	for r := range m {
		panel := out[r/tileRows*tileRows*k:]
		for c := range k {
			panel[c*tileRows+r%tileRows] = at(r, c)
		}
	}
	return out
}

// packedColumns is a constant k×n matrix in panels of tileCols columns.
type packedColumns struct {
	k, n int
	w    []float32
}

// packColumns packs a row-major k×n matrix in panels of tileCols columns.
// Missing columns are zero.
func packColumns(dst, src []float32, k, n int) {
	for p := 0; p*tileCols < n; p++ {
		width := min(tileCols, n-p*tileCols)
		for i := range k {
			d := dst[(p*k+i)*tileCols:][:tileCols]
			clear(d[copy(d, src[i*n+p*tileCols:][:width]):])
		}
	}
}

// pack prepares the constant weights of a node.
func (m *Model) pack(n *node) error {
	switch n.op {
	case "Conv", "ConvTranspose":
		cw, err := m.packConv(n)
		if err != nil {
			return err
		}
		n.conv = cw
		m.unbind(n, 1, 2)
	case opSpread:
		n.spread.prepare()
	case "MatMul":
		if len(n.in) != 2 {
			return errors.New("MatMul wants two inputs")
		}
		w := m.g.consts[n.in[1]]
		if w == nil || len(w.shape) != 2 || w.isInt || len(w.f) == 0 {
			return nil
		}
		k, cols := w.shape[0], w.shape[1]
		n.mat = &packedColumns{k: k, n: cols, w: make([]float32, alignUp(cols, tileCols)*k)}
		packColumns(n.mat.w, w.f, k, cols)
		m.unbind(n, 1)
	}
	return nil
}

// unbind drops inputs whose constants live on in packed form.
func (m *Model) unbind(n *node, inputs ...int) {
	n.in = append([]string(nil), n.in...)
	for _, k := range inputs {
		if k < len(n.in) {
			m.uses[n.in[k]]--
			n.in[k] = ""
		}
	}
}

// packConv checks a convolution and chooses its method.
func (m *Model) packConv(n *node) (*convWeights, error) {
	if len(n.in) < 2 {
		return nil, fmt.Errorf("%d inputs", len(n.in))
	}
	w := m.g.consts[n.in[1]]
	if w == nil || w.isInt {
		return nil, errors.New("weights are not a float constant")
	}
	if len(w.shape) != 4 || len(w.f) == 0 {
		return nil, fmt.Errorf("weights of shape %v", w.shape)
	}
	c := &convWeights{out: w.shape[0], in: w.shape[1], kh: w.shape[2], kw: w.shape[3]}
	if c.kh > maxKernel || c.kw > maxKernel {
		return nil, fmt.Errorf("kernel of %d×%d", c.kh, c.kw)
	}
	if err := c.geometry(n); err != nil {
		return nil, err
	}
	transposed := n.op == "ConvTranspose"
	if transposed {
		c.in, c.out = c.out, c.in
	}
	group := n.int("group", 1)
	switch {
	case group == 1:
	case !transposed && group == int64(c.out) && c.in == 1:
		c.depthwise, c.in = true, c.out
	default:
		return nil, fmt.Errorf("group %d of %v is not supported", group, w.shape)
	}
	c.bias = make([]float32, alignUp(c.out, tileRows))
	if b := n.input(2); b != "" {
		t := m.g.consts[b]
		if t == nil || t.isInt || len(t.f) != c.out {
			return nil, errors.New("bias is not one constant a channel")
		}
		copy(c.bias, t.f)
	}
	c.ep = epilogue{act: n.int(attrAct, actNone), scale: n.float(attrScale, 1), shift: n.float(attrShift, 0)}
	if c.ep.scale != 1 || c.ep.shift != 0 {
		c.ep.affine = 1
	}
	taps := c.kh * c.kw
	plain := c.sh == 1 && c.sw == 1 && !c.sameUpper
	switch {
	case transposed:
		if c.kh != 2 || c.kw != 2 || c.sh != 2 || c.sw != 2 || c.pad != [4]int{} {
			return nil, errors.New("only 2×2 with stride 2 is supported")
		}
		c.method = convTwice
		// One row of the product for each channel and place in the 2×2.
		c.weights = packRows(c.out*4, c.in, func(r, k int) float32 { return w.f[k*c.out*4+r] })
		b := make([]float32, alignUp(c.out*4, tileRows))
		for r := range c.out * 4 {
			b[r] = c.bias[r/4]
		}
		c.bias = b
	case c.depthwise || taps > 1 && c.in*taps <= directTaps:
		c.method, c.weights = convDirect, w.f
	case plain && taps == 1 && c.pad == [4]int{}:
		c.method = convPointwise
		c.weights = packRows(c.out, c.in, func(r, k int) float32 { return w.f[r*c.in+k] })
	case plain && c.kh == 3 && c.kw == 3 && c.pad == [4]int{1, 1, 1, 1} && c.in >= winoMinChannels && c.out >= winoMinChannels:
		c.method, c.weights = convWinograd, winoWeights(w.f, c.out, c.in)
	default:
		c.method = convColumns
		c.weights = packRows(c.out, c.in*taps, func(r, k int) float32 { return w.f[r*c.in*taps+k] })
	}
	return c, nil
}

// maxKernel bounds the sides of a convolution or pooling kernel.
const maxKernel = 64

// geometry reads strides and padding.
func (c *convWeights) geometry(n *node) error {
	st, err := n.sizes("strides", 1, 1, 1)
	if err != nil {
		return err
	}
	dl, err := n.sizes("dilations", 1, 1, 1)
	if err != nil {
		return err
	}
	if dl[0] != 1 || dl[1] != 1 {
		return errors.New("dilation is not supported")
	}
	pd, err := n.sizes("pads", 0, 0, 0, 0, 0)
	if err != nil {
		return err
	}
	if n.attrs["output_padding"].ints != nil || n.attrs["output_shape"].ints != nil {
		return errors.New("output padding is not supported")
	}
	c.sh, c.sw = st[0], st[1]
	switch mode := n.attrs["auto_pad"].s; mode {
	case "", "NOTSET":
		c.pad = [4]int(pd)
	case "VALID":
	case "SAME_UPPER":
		c.sameUpper = true
	default:
		return fmt.Errorf("auto_pad %s is not supported", mode)
	}
	for _, v := range append(st, pd...) {
		if v > maxKernel {
			return fmt.Errorf("stride or padding %d", v)
		}
	}
	return nil
}

// winoWeights computes U = G·g·Gᵀ for every filter and packs, for each of the
// 36 points, the out×in matrix in panels.
func winoWeights(w []float32, out, in int) []float32 {
	// G of F(4,3) for the points 0, ±1, ±2, ∞ (Lavin & Gray 2015, §4).
	g := [winoIn][3]float64{
		{1.0 / 4, 0, 0},
		{-1.0 / 6, -1.0 / 6, -1.0 / 6},
		{-1.0 / 6, 1.0 / 6, -1.0 / 6},
		{1.0 / 24, 1.0 / 12, 1.0 / 6},
		{1.0 / 24, -1.0 / 12, 1.0 / 6},
		{0, 0, 1},
	}
	panel := alignUp(out, tileRows) * in
	u := make([]float32, winoPoints*panel)
	for o := range out {
		for i := range in {
			f := w[(o*in+i)*9:][:9]
			for y := range winoIn {
				for x := range winoIn {
					var s float64
					for a := range 3 {
						for b := range 3 {
							s += g[y][a] * float64(f[a*3+b]) * g[x][b]
						}
					}
					u[(y*winoIn+x)*panel+(o/tileRows*in+i)*tileRows+o%tileRows] = float32(s)
				}
			}
		}
	}
	return u
}
