package onnx

import "math"

// Operators that fuse introduces; no ONNX operator has these names.
const (
	opSwish = "fused.Swish" // x·sigmoid(x)
	opGelu  = "fused.Gelu"  // x·Φ(x), Φ the distribution function of the normal distribution
	opGate  = "fused.Gate"  // a + a·b, the residual squeeze-and-excitation
	opUpAdd = "fused.UpAdd" // a + nearest-neighbour upsampling of b
)

// fuser rewrites a graph. Nodes are only ever merged into a later node, which
// keeps its output name, so the order stays valid.
type fuser struct {
	g    *graph
	uses map[string]int
	by   map[string]*node // producer of a name
	dead map[*node]bool
}

// uses counts the reads of every name, the graph output once more.
func (g *graph) uses() map[string]int {
	u := map[string]int{g.output: 1}
	for _, n := range g.nodes {
		for _, s := range n.in {
			u[s]++
		}
	}
	return u
}

// dropUnread forgets constants that no node reads.
func (g *graph) dropUnread(uses map[string]int) {
	for s := range g.consts {
		if uses[s] == 0 {
			delete(g.consts, s)
		}
	}
}

// fuse merges what one kernel can do in one pass. It never fails: a pattern
// that does not match exactly is left alone.
func fuse(g *graph) {
	f := &fuser{g: g, uses: g.uses(), by: map[string]*node{}, dead: map[*node]bool{}}
	for _, n := range g.nodes {
		f.by[n.out] = n
	}
	for _, rewrite := range []func(*node) bool{
		f.identity, f.multiplyByOne, f.hardSwish, f.swish, f.gelu, f.gate, f.upAdd,
		f.foldAffine, f.foldActivation, f.foldShift,
	} {
		for _, n := range g.nodes {
			for !f.dead[n] && rewrite(n) {
			}
		}
	}
	f.pyramid()
	keep := g.nodes[:0]
	for _, n := range g.nodes {
		if !f.dead[n] {
			keep = append(keep, n)
		}
	}
	g.nodes = keep
}

// producer returns the living node that writes s if n is its only reader.
func (f *fuser) producer(s, op string) *node {
	p := f.by[s]
	if p == nil || p.op != op || f.dead[p] || f.uses[s] != 1 {
		return nil
	}
	return p
}

// number returns a constant of one float.
func (f *fuser) number(s string) (float32, bool) {
	t := f.g.consts[s]
	if t == nil || len(t.f) != 1 {
		return 0, false
	}
	return t.f[0], true
}

// isNumber reports whether s is the constant v.
func (f *fuser) isNumber(s string, v float32) bool {
	got, ok := f.number(s)
	return ok && got == v
}

// bypass drops n by letting the readers of its result read x, which n reads once.
func (f *fuser) bypass(n *node, x string) {
	f.dead[n] = true
	for _, r := range f.g.nodes {
		for i, s := range r.in {
			if s == n.out {
				r.in[i] = x
				f.uses[x]++
			}
		}
	}
	f.uses[x]--
}

// identity drops Identity.
func (f *fuser) identity(n *node) bool {
	if n.op != "Identity" || len(n.in) != 1 || n.out == f.g.output {
		return false
	}
	f.bypass(n, n.in[0])
	return true
}

// multiplyByOne drops Mul(x, 1) by letting the readers read x.
func (f *fuser) multiplyByOne(n *node) bool {
	if n.op != "Mul" || len(n.in) != 2 || n.out == f.g.output {
		return false
	}
	for k := range 2 {
		t := f.g.consts[n.in[k]]
		if !f.isNumber(n.in[k], 1) || len(t.shape) > 1 || f.g.consts[n.in[1-k]] != nil {
			continue
		}
		f.bypass(n, n.in[1-k])
		return true
	}
	return false
}

// hardSwish finds x·clip(x+3, 0, 6)/6.
func (f *fuser) hardSwish(n *node) bool {
	if n.op != "Div" || len(n.in) != 2 || !f.isNumber(n.in[1], 6) {
		return false
	}
	mul := f.producer(n.in[0], "Mul")
	if mul == nil || len(mul.in) != 2 {
		return false
	}
	for k := range 2 {
		x := mul.in[1-k]
		clip := f.producer(mul.in[k], "Clip")
		if clip == nil || !f.clipsTo(clip, 0, 6) {
			continue
		}
		add := f.producer(clip.in[0], "Add")
		if add == nil || len(add.in) != 2 {
			continue
		}
		if (add.in[0] == x && f.isNumber(add.in[1], 3)) || (add.in[1] == x && f.isNumber(add.in[0], 3)) {
			f.dead[mul], f.dead[clip], f.dead[add] = true, true, true
			f.uses[x]--
			n.op, n.in = "HardSwish", []string{x}
			return true
		}
	}
	return false
}

// clipsTo reports whether a Clip node has the constant bounds lo and hi.
func (f *fuser) clipsTo(n *node, lo, hi float32) bool {
	if len(n.in) == 1 {
		a, okA := n.attrs["min"]
		b, okB := n.attrs["max"]
		return okA && okB && a.f == lo && b.f == hi
	}
	return len(n.in) == 3 && f.isNumber(n.in[1], lo) && f.isNumber(n.in[2], hi)
}

// swish finds x·sigmoid(x).
func (f *fuser) swish(n *node) bool {
	if n.op != "Mul" || len(n.in) != 2 {
		return false
	}
	for k := range 2 {
		s := f.producer(n.in[k], "Sigmoid")
		if s != nil && len(s.in) == 1 && s.in[0] == n.in[1-k] {
			f.dead[s] = true
			f.uses[n.in[1-k]]--
			n.op, n.in = opSwish, []string{n.in[1-k]}
			return true
		}
	}
	return false
}

// gelu finds x·(1+erf(x/√2))·½, as exporters write it.
func (f *fuser) gelu(n *node) bool {
	if n.op != "Mul" || len(n.in) != 2 || !f.isNumber(n.in[1], 0.5) {
		return false
	}
	mul := f.producer(n.in[0], "Mul")
	if mul == nil || len(mul.in) != 2 {
		return false
	}
	for k := range 2 {
		x := mul.in[1-k]
		add := f.producer(mul.in[k], "Add")
		if add == nil || len(add.in) != 2 || !f.isNumber(add.in[1], 1) {
			continue
		}
		erf := f.producer(add.in[0], "Erf")
		if erf == nil || len(erf.in) != 1 {
			continue
		}
		div := f.producer(erf.in[0], "Div")
		if div == nil || len(div.in) != 2 || div.in[0] != x || !f.isNumber(div.in[1], math.Sqrt2) {
			continue
		}
		f.dead[mul], f.dead[add], f.dead[erf], f.dead[div] = true, true, true, true
		f.uses[x]--
		n.op, n.in = opGelu, []string{x}
		return true
	}
	return false
}

// gate finds a + a·b where b is the output of a HardSigmoid.
func (f *fuser) gate(n *node) bool {
	if n.op != "Add" || len(n.in) != 2 {
		return false
	}
	for k := range 2 {
		a, mul := n.in[1-k], f.producer(n.in[k], "Mul")
		if mul == nil || len(mul.in) != 2 {
			continue
		}
		for j := range 2 {
			b := f.by[mul.in[1-j]]
			if mul.in[j] == a && b != nil && b.op == "HardSigmoid" {
				f.dead[mul] = true
				f.uses[a]--
				n.op, n.in = opGate, []string{a, mul.in[1-j]}
				return true
			}
		}
	}
	return false
}

// upAdd finds a + Resize(b).
func (f *fuser) upAdd(n *node) bool {
	if n.op != "Add" || len(n.in) != 2 {
		return false
	}
	for k := range 2 {
		up := f.producer(n.in[k], "Resize")
		if up == nil || f.by[n.in[1-k]] == nil {
			continue
		}
		f.dead[up] = true
		n.op, n.attrs = opUpAdd, up.attrs
		n.in = append([]string{n.in[1-k]}, up.in...)
		return true
	}
	return false
}

// convBefore returns the convolution that feeds input k of n alone and still
// has nothing after its sum, or nil.
func (f *fuser) convBefore(n *node, k int) *node {
	if k >= len(n.in) {
		return nil
	}
	c := f.producer(n.in[k], "Conv")
	if c == nil {
		c = f.producer(n.in[k], "ConvTranspose")
	}
	if c == nil || len(c.in) < 2 {
		return nil
	}
	w := f.g.consts[c.in[1]]
	if w == nil || len(w.shape) != 4 || len(w.f) == 0 {
		return nil
	}
	if b := c.input(2); b != "" && f.g.consts[b] == nil {
		return nil
	}
	if _, ok := c.attrs["group"]; ok && c.op == "ConvTranspose" && c.int("group", 1) != 1 {
		return nil
	}
	return c
}

// outChannels returns the number of channels a convolution writes.
func outChannels(c *node, w *tensor) int {
	if c.op == "ConvTranspose" {
		return w.shape[1]
	}
	return w.shape[0]
}

// foldAffine merges a Mul or Add with a number or one value a channel, or a
// BatchNormalization, into the weights of the convolution before it.
func (f *fuser) foldAffine(n *node) bool {
	if n.op != "Mul" && n.op != "Add" && n.op != "BatchNormalization" {
		return false
	}
	for k := range min(2, len(n.in)) {
		c := f.convBefore(n, k)
		if c == nil || c.int(attrAct, actNone) != actNone {
			continue
		}
		w := f.g.consts[c.in[1]]
		ch := outChannels(c, w)
		scale, shift := make([]float32, ch), make([]float32, ch)
		if n.op == "BatchNormalization" {
			if k != 0 || !f.normalisation(n, scale, shift) {
				return false
			}
		} else if !f.perChannel(n, n.in[1-k], scale, shift) {
			continue
		}
		f.applyAffine(c, w, scale, shift)
		f.moveInto(n, c)
		return true
	}
	return false
}

// moveInto makes n the convolution c, keeping the output name of n.
func (f *fuser) moveInto(n, c *node) {
	f.dead[c] = true
	n.op, n.in, n.attrs = c.op, c.in, c.attrs
}

// perChannel fills scale and shift from the constant side of a Mul or Add.
func (f *fuser) perChannel(n *node, s string, scale, shift []float32) bool {
	t := f.g.consts[s]
	if t == nil || t.isInt {
		return false
	}
	ch, r := len(scale), len(t.shape)
	switch {
	case len(t.f) == 1 && r <= 4:
	case len(t.f) == ch && (r == 3 && t.shape[0] == ch || r == 4 && t.shape[1] == ch):
	default:
		return false
	}
	for i := range scale {
		v := t.f[i%len(t.f)]
		if n.op == "Mul" {
			scale[i] = v
		} else {
			scale[i], shift[i] = 1, v
		}
	}
	return true
}

// normalisation fills scale and shift from a BatchNormalization.
func (f *fuser) normalisation(n *node, scale, shift []float32) bool {
	if len(n.in) != 5 {
		return false
	}
	var p [4][]float32 // gamma, beta, mean, variance
	for i := range p {
		t := f.g.consts[n.in[i+1]]
		if t == nil || len(t.f) != len(scale) {
			return false
		}
		p[i] = t.f
	}
	a, b := normalisation(p[0], p[1], p[2], p[3], n.float("epsilon", 1e-5))
	copy(scale, a)
	copy(shift, b)
	return true
}

// applyAffine gives c new weights and bias: scale·(w∗x + b) + shift.
func (f *fuser) applyAffine(c *node, w *tensor, scale, shift []float32) {
	ch := len(scale)
	nw := &tensor{shape: w.shape, f: make([]float32, len(w.f))}
	plane := w.shape[2] * w.shape[3]
	for i, v := range w.f {
		o := i / (len(w.f) / ch)
		if c.op == "ConvTranspose" {
			o = i / plane % ch
		}
		nw.f[i] = v * scale[o]
	}
	nb := &tensor{shape: []int{ch}, f: make([]float32, ch)}
	old := f.g.consts[c.input(2)]
	for i := range nb.f {
		if old != nil && i < len(old.f) {
			nb.f[i] = old.f[i] * scale[i]
		}
		nb.f[i] += shift[i]
	}
	// The names cannot clash: a node's output is not a constant's name, and
	// NUL is in no exporter's names.
	wn, bn := c.out+"\x00w", c.out+"\x00b"
	f.g.consts[wn], f.g.consts[bn] = nw, nb
	c.in = []string{c.in[0], wn, bn}
}

// Attributes that fuse adds to convolutions. The activation works on the sum
// with the bias; scale and shift, when present, on its result.
const (
	attrAct   = "fused.act"
	attrScale = "fused.scale"
	attrShift = "fused.shift"
)

// with returns a copy of the attributes with one more.
func with(attrs map[string]attribute, name string, a attribute) map[string]attribute {
	out := make(map[string]attribute, len(attrs)+1)
	for k, v := range attrs {
		out[k] = v
	}
	out[name] = a
	return out
}

// foldActivation merges Relu and HardSwish into the convolution before them.
func (f *fuser) foldActivation(n *node) bool {
	var act int64
	switch n.op {
	case "Relu":
		act = actRelu
	case "HardSwish":
		act = actHardSwish
	default:
		return false
	}
	c := f.convBefore(n, 0)
	if c == nil || c.int(attrAct, actNone) != actNone {
		return false
	}
	f.moveInto(n, c)
	n.attrs = with(n.attrs, attrAct, attribute{i: act})
	return true
}

// foldShift merges Mul and Add with a number after the activation.
func (f *fuser) foldShift(n *node) bool {
	if n.op != "Mul" && n.op != "Add" || len(n.in) != 2 {
		return false
	}
	for k := range 2 {
		c := f.convBefore(n, k)
		v, ok := f.number(n.in[1-k])
		if c == nil || !ok || len(f.g.consts[n.in[1-k]].shape) > 4 || c.int(attrAct, actNone) == actNone {
			continue
		}
		scale, shift := c.float(attrScale, 1), c.float(attrShift, 0)
		if n.op == "Mul" {
			scale, shift = scale*v, shift*v
		} else {
			shift += v
		}
		f.moveInto(n, c)
		n.attrs = with(with(n.attrs, attrScale, attribute{f: scale}), attrShift, attribute{f: shift})
		return true
	}
	return false
}
