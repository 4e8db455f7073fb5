package onnx

import (
	"fmt"
	"math"
	"slices"
)

// maxValue bounds one intermediate tensor, in floats (1 GiB).
const maxValue = 1 << 28

// value is one tensor of a plan: shape known, place known once the plan is
// complete.
type value struct {
	shape []int
	n     int       // elements
	ints  []int64   // contents of an integer tensor, known at compile time
	isInt bool      //
	data  []float32 // contents of a float constant
	buf   *buffer   // memory of any other float tensor
	off   int       // offset in buf

	kind bufferKind // resolved place: memory and offset in it
	at   int
}

// step is one operation of a plan.
type step struct {
	label string
	run   func(*run)
}

// plan is a graph compiled for one input shape. It is immutable.
type plan struct {
	shape  []int
	steps  []step
	arena  int // floats
	output *value
}

// compiler builds a plan node by node.
type compiler struct {
	m      *Model
	values map[string]*value
	uses   map[string]int
	bufs   []*buffer
	all    []*value // every value that has a buffer
	steps  []step
	node   *node
}

// compile fixes every shape, step and place for one input shape.
func (m *Model) compile(shape []int) (*plan, error) {
	n, err := elements(shape, maxValue)
	if err != nil {
		return nil, err
	}
	if n == 0 {
		return nil, fmt.Errorf("empty input %v", shape)
	}
	c := &compiler{m: m, values: make(map[string]*value, len(m.g.nodes)), uses: m.uses}
	for name, t := range m.g.consts {
		c.values[name] = &value{shape: t.shape, n: len(t.f) + len(t.i), ints: t.i, data: t.f, isInt: t.isInt}
	}
	c.set(m.g.input, &value{shape: slices.Clone(shape), n: n, buf: c.newBuffer(n)})
	c.values[m.g.input].buf.kind = bufInput
	for _, nd := range m.g.nodes {
		c.node = nd
		if err := c.compileNode(nd); err != nil {
			return nil, fmt.Errorf("%s: %w", nd.label(), err)
		}
	}
	out := c.values[m.g.output]
	if out.isInt {
		return nil, fmt.Errorf("output %q holds integers", m.g.output)
	}
	if err := c.finishOutput(out); err != nil {
		return nil, err
	}
	arena, err := place(c.bufs)
	if err != nil {
		return nil, err
	}
	for _, v := range c.all {
		root, off := v.buf.root()
		v.kind, v.at = root.kind, off+v.off
		if root.kind == bufArena {
			v.at += root.off
		}
	}
	return &plan{shape: slices.Clone(shape), steps: c.steps, arena: arena, output: out}, nil
}

// finishOutput turns the memory of the output into the result buffer, or adds
// a copy when that memory is shared with something else.
func (c *compiler) finishOutput(out *value) error {
	if out.data == nil {
		root, off := out.buf.root()
		if root.kind == bufArena && off+out.off == 0 && root.size == out.n {
			root.kind = bufOutput
			return nil
		}
	}
	src := *out
	if src.buf != nil {
		src.buf.last = len(c.steps)
		c.all = append(c.all, &src)
	}
	*out = value{shape: out.shape, n: out.n, buf: c.newBuffer(out.n)}
	out.buf.kind = bufOutput
	c.all = append(c.all, out)
	c.steps = append(c.steps, step{"output", func(r *run) { copy(r.mem(out), r.mem(&src)) }})
	return nil
}

func (c *compiler) newBuffer(n int) *buffer {
	b := &buffer{size: n, first: len(c.steps), last: len(c.steps)}
	c.bufs = append(c.bufs, b)
	return b
}

// set records the value of a name.
func (c *compiler) set(name string, v *value) {
	c.values[name] = v
	if v.buf != nil {
		v.buf.pending += c.uses[name]
		c.all = append(c.all, v)
	}
}

// emit adds a step that writes v, the result of the current node.
func (c *compiler) emit(v *value, run func(*run)) {
	c.set(c.node.out, v)
	c.steps = append(c.steps, step{c.node.label(), run})
}

// fresh returns a new float value with memory of its own.
func (c *compiler) fresh(shape ...int) (*value, error) {
	n, err := elements(shape, maxValue)
	if err != nil {
		return nil, err
	}
	if n == 0 {
		return nil, fmt.Errorf("empty result %v", shape)
	}
	return &value{shape: shape, n: n, buf: c.newBuffer(n)}, nil
}

// inPlace returns a value of the given shape for an elementwise result: over
// one of the candidates if it dies at this node, in new memory otherwise.
func (c *compiler) inPlace(shape []int, candidates ...*value) (*value, error) {
	n, err := elements(shape, maxValue)
	if err != nil {
		return nil, err
	}
	for _, v := range candidates {
		if v.buf != nil && v.n == n && v.off == 0 && v.buf.kind == bufArena && v.buf.parent == nil && v.buf.size == n && v.buf.pending == 0 {
			return &value{shape: shape, n: n, buf: v.buf}, nil
		}
	}
	return c.fresh(shape...)
}

// view returns v under another shape with the same elements.
func (v *value) view(shape []int) *value {
	w := *v
	w.shape = shape
	return &w
}

// compileNode reads the inputs of n, marks what dies here, and compiles it.
func (c *compiler) compileNode(n *node) error {
	in := make([]*value, len(n.in))
	for i, s := range n.in {
		if s == "" {
			continue
		}
		v := c.values[s]
		if v == nil {
			return fmt.Errorf("input %q has no value", s)
		}
		in[i] = v
		c.reads(v)
	}
	op, ok := operators[n.op]
	if !ok {
		return fmt.Errorf("operator %q is not supported", n.op)
	}
	if len(in) < op.inputs {
		return fmt.Errorf("%d inputs, want %d", len(in), op.inputs)
	}
	for i := range op.inputs {
		if in[i] == nil {
			return fmt.Errorf("input %d is missing", i)
		}
	}
	return op.compile(c, n, in)
}

// reads notes that the step being compiled is one of those that read v.
func (c *compiler) reads(v *value) {
	if v.buf != nil {
		v.buf.pending--
		c.touch(v.buf)
	}
}

// touch notes that the step being compiled reads b.
func (c *compiler) touch(b *buffer) {
	for ; b != nil; b = b.parent {
		b.last = max(b.last, len(c.steps))
	}
}

// operator is the compile function of an operator and its least input count.
type operator struct {
	inputs  int
	compile func(c *compiler, n *node, in []*value) error
}

// floats returns an error unless every value holds floats.
func floats(in ...*value) error {
	for _, v := range in {
		if v != nil && v.isInt {
			return fmt.Errorf("integers where floats belong")
		}
	}
	return nil
}

// scalar returns the value of a one-element float constant.
func (v *value) scalar() (float32, error) {
	if v == nil || v.isInt || len(v.data) != 1 {
		return 0, fmt.Errorf("not a constant number")
	}
	return v.data[0], nil
}

// axis turns a possibly negative axis into an index below rank.
func axis(a int64, rank int) (int, error) {
	if a < 0 {
		a += int64(rank)
	}
	if a < 0 || a >= int64(rank) {
		return 0, fmt.Errorf("axis %d of a tensor with %d dimensions", a, rank)
	}
	return int(a), nil
}

// split returns the product of the dimensions before and after axis k.
func split(shape []int, k int) (outer, inner int) {
	outer, inner = 1, 1
	for i, d := range shape {
		if i < k {
			outer *= d
		} else if i > k {
			inner *= d
		}
	}
	return outer, inner
}

// clampInt narrows an ONNX integer; the exporters write huge values for "end".
func clampInt(v int64) int {
	return int(min(max(v, math.MinInt32), math.MaxInt32))
}
