package onnx

import "slices"

// fewChannels is by how many times a 1×1 convolution must widen its input for what
// follows to work on its input in its place.
const fewChannels = 4

// pyramid rewrites 3×3 convolutions of sums and stacks of enlarged planes (see spread),
// and drops what is not read any more.
func (f *fuser) pyramid() {
	for _, n := range slices.Clone(f.g.nodes) {
		if !f.dead[n] {
			f.poolFirst(n)
		}
	}
	for _, n := range f.g.nodes {
		if !f.dead[n] {
			f.spread(n)
		}
	}
	f.uses = map[string]int{f.g.output: 1}
	for _, n := range slices.Backward(f.g.nodes) {
		if f.uses[n.out] == 0 {
			f.dead[n] = true
		}
		if !f.dead[n] {
			for _, s := range n.in {
				f.uses[s]++
			}
		}
	}
}

// poolFirst takes the mean of a plane before a 1×1 convolution of it, not after: both
// are sums.
func (f *fuser) poolFirst(n *node) {
	if n.op != "GlobalAveragePool" || len(n.in) != 1 {
		return
	}
	c, _ := f.widening(n.in[0])
	if c == nil {
		return
	}
	pool := &node{op: n.op, in: []string{c.in[0]}, out: n.out + "\x00p", attrs: n.attrs}
	f.g.nodes = slices.Insert(f.g.nodes, slices.Index(f.g.nodes, n), pool)
	f.by[pool.out] = pool
	n.op, n.in, n.attrs = c.op, slices.Clone(c.in), c.attrs
	n.in[0] = pool.out
}

// widening returns the 1×1 convolution that writes s, if it makes many channels of few
// and does nothing else, and its weights.
func (f *fuser) widening(s string) (*node, *tensor) {
	c := f.by[s]
	if c == nil || f.dead[c] || c.op != "Conv" || len(c.in) < 2 || c.int(attrAct, actNone) != actNone || c.int("group", 1) != 1 {
		return nil, nil
	}
	w := f.weights(c, 1)
	if w == nil || w.shape[1]*fewChannels > w.shape[0] {
		return nil, nil
	}
	if b := c.input(2); b != "" {
		t := f.g.consts[b]
		if t == nil || slices.ContainsFunc(t.f, func(v float32) bool { return v != 0 }) {
			return nil, nil
		}
	}
	return c, w
}

// weights returns the weights of a convolution with a kernel of side×side, stride 1 and
// padding that keeps the size, or nil.
func (f *fuser) weights(c *node, side int) *tensor {
	w := f.g.consts[c.in[1]]
	if w == nil || w.isInt || len(w.shape) != 4 || w.shape[2] != side || w.shape[3] != side || len(w.f) == 0 {
		return nil
	}
	var g convWeights
	pad := side / 2
	if g.geometry(c) != nil || g.sh != 1 || g.sw != 1 || g.sameUpper || g.pad != [4]int{pad, pad, pad, pad} {
		return nil
	}
	return w
}

// spread rewrites n if it is a 3×3 convolution whose input is a sum or a stack of parts.
func (f *fuser) spread(n *node) {
	if n.op != "Conv" || len(n.in) < 2 || n.int("group", 1) != 1 || n.float(attrScale, 1) != 1 || n.float(attrShift, 0) != 0 {
		return
	}
	w, from := f.weights(n, 3), f.by[n.in[0]]
	if w == nil || from == nil || w.shape[0] < winoMinChannels || n.input(2) != "" && f.g.consts[n.input(2)] == nil {
		return
	}
	s := &spread{out: w.shape[0], bias: make([]float32, alignUp(w.shape[0], tileRows))}
	if b := f.g.consts[n.input(2)]; b != nil {
		if len(b.f) != s.out {
			return
		}
		copy(s.bias, b.f)
	}
	switch from.op {
	case opUpAdd:
		s.parts = f.sum(from.out, part{fy: 1, fx: 1, c: w.shape[1], taps: w.f})
		if s.parts == nil || s.parts[0].point == nil {
			return // nothing is gained: the sum is of planes as wide as itself
		}
	case "Concat":
		s.parts = f.stack(from, w)
	}
	if len(s.parts) < 2 || !s.parts[0].full() || s.parts[0].in < winoMinChannels {
		return
	}
	for _, p := range s.parts[1:] {
		if p.fy < 2 || p.fx < 2 {
			return
		}
	}
	n.op, n.spread, n.in = opSpread, s, nil
	for _, p := range s.parts {
		n.in = append(n.in, p.x, p.gate)
	}
}

// sum returns the parts of what s names, p being the part that it is as a whole.
func (f *fuser) sum(s string, p part) []part {
	p.x, p.in = s, p.c
	n := f.by[s]
	switch {
	case n == nil || f.dead[n]:
	case n.op == opUpAdd:
		fy, fx, ok := f.factors(n, n.in[1:])
		if !ok {
			break
		}
		up := p
		up.fy, up.fx = p.fy*fy, p.fx*fx
		return append(f.sum(n.in[0], p), f.sum(n.in[1], up)...)
	case n.op == opGate:
		c, w := f.widening(n.in[0])
		if c != nil && w.shape[0] == p.c {
			p.x, p.gate, p.in, p.point = c.in[0], n.in[1], w.shape[1], w.f
		}
	}
	return []part{p}
}

// stack returns the parts of a stack of planes along the channels, those of full size
// first; nil unless one of them is enlarged.
func (f *fuser) stack(n *node, w *tensor) []part {
	if n.int("axis", 0) != 1 {
		return nil
	}
	var full, small []part
	at := 0
	for _, s := range n.in {
		p := part{x: s, fy: 1, fx: 1}
		if up := f.by[s]; up != nil && up.op == "Resize" && !f.dead[up] {
			var ok bool
			if p.fy, p.fx, ok = f.factors(up, up.in); !ok {
				return nil
			}
			p.x = up.in[0]
		}
		// How many channels a part has is known of those that a gate or a
		// convolution makes.
		p.c = f.channels(p.x)
		if p.c == 0 || at+p.c > w.shape[1] {
			return nil
		}
		p.in = p.c
		p.taps = make([]float32, w.shape[0]*p.c*taps3)
		for o := range w.shape[0] {
			copy(p.taps[o*p.c*taps3:][:p.c*taps3], w.f[(o*w.shape[1]+at)*taps3:])
		}
		at += p.c
		if p.full() {
			full = append(full, p)
		} else {
			small = append(small, p)
		}
	}
	if at != w.shape[1] || len(full) != 1 {
		return nil
	}
	return append(full, small...)
}

// channels returns the number of channels of s if a convolution, gated or not, writes
// it; 0 otherwise.
func (f *fuser) channels(s string) int {
	n := f.by[s]
	for n != nil && n.op == opGate {
		n = f.by[n.in[0]]
	}
	switch {
	case n == nil:
	case n.op == opSpread:
		return n.spread.out
	case n.op == "Conv" && len(n.in) > 1:
		if w := f.g.consts[n.in[1]]; w != nil && len(w.shape) == 4 {
			return w.shape[0]
		}
	}
	return 0
}

// factors returns by how much a Resize with the given inputs enlarges, if constant
// scales say so.
func (f *fuser) factors(n *node, in []string) (fy, fx int, ok bool) {
	values := make([]*value, len(in))
	for i, s := range in {
		if t := f.g.consts[s]; t != nil && i > 0 {
			values[i] = &value{shape: t.shape, data: t.f, ints: t.i, isInt: t.isInt}
		}
	}
	if len(values) > 3 && values[3] != nil {
		return 0, 0, false // sizes hold for one size of the input
	}
	fy, fx, err := factors(n, &value{shape: []int{1, 1, 1, 1}}, values)
	return fy, fx, err == nil
}
