package onnx

import (
	"fmt"
	"slices"
)

// The largest tensors of a detector are its first ones: many channels at half and at a
// quarter of the size of the picture, made by convolutions that need a few rows of the
// one before. Such convolutions are joined in chains, and where the tensors between do
// not fit a cache, all of a chain is computed a band of rows after the other: what lies
// between is never there as a whole.

// opChain is a chain of convolutions; see node.links.
const opChain = "fused.Chain"

const (
	// chainLeast is the size from which a tensor between is not made whole, in floats.
	chainLeast = 256 << 10
	// chainHolds is the size of all rows that are held at once, in floats: they stay in
	// the L2 cache.
	chainHolds = 256 << 10
	// chainRows is the number of rows of each that are reckoned with.
	chainRows = 6
	// chainUnits is the number of runs of bands a thread gets: what two runs share is
	// made twice.
	chainUnits = 2
)

// chains joins convolutions that can be made in rows with those that read them.
func (m *Model) chains() {
	by := map[string]*node{} // the chain of every link's result
	var keep []*node
	for _, n := range m.g.nodes {
		if n.op != "Conv" || n.conv.method != convDirect && n.conv.method != convPointwise {
			keep = append(keep, n)
			continue
		}
		c := by[n.in[0]]
		if c == nil {
			c = &node{op: opChain, in: n.in[:1]}
			keep = append(keep, c)
		}
		at := slices.IndexFunc(c.links, func(l *node) bool { return l.out == n.in[0] })
		c.links = slices.Insert(c.links, at+1, n)
		by[n.out] = c
	}
	for i, n := range keep {
		if n.op != opChain {
			continue
		}
		n.out = n.links[len(n.links)-1].out
		if len(n.links) == 1 {
			keep[i] = n.links[0]
		}
	}
	m.g.nodes = keep
}

// link is a convolution of a part of a chain.
type link struct {
	*convPlan
	name   string
	from   int  // link that it reads, -1 for what the part works on
	inside bool // only some rows of the result are there at a time
}

// bands is a part of a chain whose links are computed together. The first one alone
// reads what the part works on.
type bands struct {
	links []link
	step  int // rows of the input that are used up for a band
}

// compileChain compiles the links of a chain, in parts that hold no more than they should.
func compileChain(c *compiler, n *node, in []*value) error {
	results := map[string]*value{n.in[0]: in[0]}
	readers := map[string]int{}
	for _, l := range n.links {
		readers[l.in[0]]++
	}
	behind, held := map[string]*bands{}, map[*bands]int{} // behind: the part that goes on behind a result
	var parts []*bands
	for _, l := range n.links {
		p, err := newConvPlan(l.conv, results[l.in[0]])
		if err != nil {
			return fmt.Errorf("%s: %w", l.label(), err)
		}
		shape := []int{1, p.out, p.oh, p.ow}
		size, err := elements(shape, maxValue)
		if err != nil {
			return fmt.Errorf("%s: %w", l.label(), err)
		}
		p.y = &value{shape: shape, n: size}
		results[l.out] = p.y
		b, from := behind[l.in[0]], -1
		if b == nil {
			b = &bands{}
			parts = append(parts, b)
		} else {
			from = slices.IndexFunc(b.links, func(o link) bool { return o.name == l.in[0] })
		}
		hold := chainRows * p.out * p.ow
		inside := readers[l.out] > 0 && readers[l.out] == c.uses[l.out] && size >= chainLeast && held[b]+hold <= chainHolds
		if inside {
			behind[l.out] = b
			held[b] += hold
		}
		b.links = append(b.links, link{convPlan: p, name: l.out, from: from, inside: inside})
	}
	for i, b := range parts {
		if i > 0 { // what the chain works on, compileNode has noted
			c.reads(b.links[0].x)
		}
		c.emitBands(b)
	}
	return nil
}

// emitBands adds the step of a part of a chain.
func (c *compiler) emitBands(b *bands) {
	for _, l := range b.links {
		if !l.inside {
			l.y.buf = c.newBuffer(l.y.n)
			c.set(l.name, l.y)
		}
	}
	run := b.links[0].run()
	if len(b.links) > 1 {
		b.setStep()
		run = b.run
	}
	c.steps = append(c.steps, step{opChain + " " + b.links[len(b.links)-1].name, run})
}

// setStep chooses how many rows of the input a band uses up.
func (b *bands) setStep() {
	stride := make([]int, len(b.links))
	for i, l := range b.links {
		stride[i] = l.sh
		if l.from >= 0 {
			stride[i] *= stride[l.from]
		}
	}
	for b.step = slices.Max(stride); b.step < b.links[0].h; b.step *= 2 {
		wide := *b
		wide.step *= 2
		if wide.size(wide.holds(wide.unit(0, 1))) > chainHolds {
			break
		}
	}
}

// span is a range of rows, the last one excluded.
type span struct{ from, to int }

func (s span) and(o span) span {
	switch {
	case s.from == s.to:
		return o
	case o.from == o.to:
		return s
	}
	return span{min(s.from, o.from), max(s.to, o.to)}
}

// needs returns the rows of its input that rows of a convolution are made of.
func (p *convPlan) needs(s span) span {
	return span{min(max(s.from*p.sh-p.padT, 0), p.h), min(max((s.to-1)*p.sh-p.padT+p.kh, 0), p.h)}
}

// ready returns how many rows of a convolution can be made of the first n of its input.
func (p *convPlan) ready(n int) int {
	if n >= p.h {
		return p.oh
	}
	return max(0, n+p.padT-p.kh+p.sh) / p.sh
}

// unit returns the rows of every link that unit u of n makes.
func (b *bands) unit(u, n int) []span {
	out := make([]span, len(b.links))
	for i, l := range slices.Backward(b.links) {
		if !l.inside {
			out[i] = span{l.oh * u / n, l.oh * (u + 1) / n}
		}
		if l.from >= 0 && out[i].from < out[i].to {
			out[l.from] = out[l.from].and(l.needs(out[i]))
		}
	}
	return out
}

// walk calls visit for the rows of every link, in an order in which all that they are
// made of has been visited; from is the first row of the link that is still needed, s
// the rows that are visited now.
func (b *bands) walk(unit []span, visit func(link, from int, s span)) {
	done := make([]int, len(b.links))
	for i, s := range unit {
		done[i] = s.from
	}
	all := b.links[0].needs(unit[0])
	for in := all.from; in < all.to; {
		in = min(in+b.step, all.to)
		for i, l := range b.links {
			n := in
			if l.from >= 0 {
				n = done[l.from]
			}
			to := min(l.ready(n), unit[i].to)
			if to <= done[i] {
				continue
			}
			from := done[i]
			for j, o := range b.links {
				if o.from == i && done[j] < unit[j].to {
					from = min(from, o.needs(span{done[j], done[j] + 1}).from)
				}
			}
			visit(i, from, span{done[i], to})
			done[i] = to
		}
	}
}

// holds returns how many rows of every link must be held at a time.
func (b *bands) holds(unit []span) []int {
	hold := make([]int, len(b.links))
	b.walk(unit, func(i, from int, s span) { hold[i] = max(hold[i], s.to-from) })
	return hold
}

// size is how much memory these rows take.
func (b *bands) size(hold []int) int {
	n := 0
	for i, l := range b.links {
		if l.inside {
			n += l.out * hold[i] * l.ow
		}
	}
	return n
}

// run computes a part of a chain. A unit of work is a run of bands, one after another.
func (b *bands) run(r *run) {
	units := 1
	if r.threads > 1 {
		units = min(r.threads*chainUnits, b.links[0].oh)
	}
	r.parallel(units, func(worker, lo, hi int) {
		for u := lo; u < hi; u++ {
			b.runUnit(r, worker, b.unit(u, units))
		}
	})
}

// stage is a link at work: where its result goes and what it needs besides.
type stage struct {
	dst, src rows
	buf      []float32
	kernel   depthKernel
	ring     *rowRing
}

func (b *bands) runUnit(r *run, worker int, unit []span) {
	hold := b.holds(unit)
	need := b.size(hold)
	scratch := make([]int, len(b.links))
	for i, l := range b.links {
		scratch[i] = l.scratch(r.k)
		need += scratch[i]
	}
	buf := r.temp(worker, need)
	take := func(n int) []float32 {
		out := buf[:n:n]
		buf = buf[n:]
		return out
	}
	stages := make([]stage, len(b.links))
	for i, l := range b.links {
		s := &stages[i]
		if l.inside {
			s.dst = rows{take(l.out * hold[i] * l.ow), l.ow, hold[i] * l.ow, unit[i].from}
		} else {
			s.dst = rows{r.mem(l.y), l.ow, l.oh * l.ow, 0}
		}
		if l.from < 0 {
			s.src = rows{r.mem(l.x), l.w, l.h * l.w, 0}
		}
		s.buf = take(scratch[i])
		if l.method == convPointwise {
			continue
		}
		clear(s.buf)
		if s.kernel = l.depthKernel(r.k); s.kernel == nil {
			s.ring = l.newRing(r, s.buf, l.sums())
		}
	}
	b.walk(unit, func(i, from int, made span) {
		l, s := b.links[i], &stages[i]
		if l.from >= 0 {
			s.src = stages[l.from].dst
		}
		if l.inside && made.to-s.dst.first > hold[i] {
			s.dst.keep(l.out, from, made.from)
		}
		l.make(r, s, made)
	})
}

// keep moves the rows from … to-1 of every channel to the beginning of its plane.
func (w *rows) keep(channels, from, to int) {
	for c := 0; c < channels && from < to; c++ {
		plane := w.data[c*w.plane:]
		copy(plane[:(to-from)*w.width], plane[(from-w.first)*w.width:])
	}
	w.first = from
}

// sums is the number of input channels that a direct convolution sums over.
func (p *convPlan) sums() int {
	if p.depthwise {
		return 1
	}
	return p.in
}

// scratch is how many floats make needs in stage.buf.
func (p *convPlan) scratch(k *kernels) int {
	size := 0
	switch {
	case p.method == convPointwise:
		size = blockPanels(p.in) * tileCols * p.in
	case p.depthKernel(k) != nil:
		_, _, size = p.depthSize()
	default:
		_, size = p.ringSize(p.sums())
	}
	return alignUp(size, arenaAlign)
}

// make computes rows of a link.
func (p *convPlan) make(r *run, s *stage, made span) {
	switch {
	case p.method == convPointwise:
		p.points(r, s.dst.data[s.dst.at(0, made.from):], s.dst.plane, s.src.data[s.src.at(0, made.from):], s.src.plane, s.buf, (made.to-made.from)*p.w)
	case s.kernel != nil:
		for c := range p.out {
			p.depthPlane(s.kernel, s.dst, s.src, s.buf, c, made.from, made.to)
		}
	case p.depthwise:
		for c := range p.out {
			s.ring.rows(s.dst, s.src, c, c, c+1, made.from, made.to)
		}
	default:
		s.ring.rows(s.dst, s.src, 0, 0, p.out, made.from, made.to)
	}
}
