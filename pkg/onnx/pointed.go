package onnx

// Between a 1×1 convolution and the depthwise one behind it lie the largest tensors of
// a detector: twice the channels at half the size of the picture. Where such a tensor
// would not fit a cache it is made in bands of rows, each used up before the next.

const (
	// pointedLeast is the size from which the tensor between is not made whole, and
	// pointedBand that of a band of it, in floats: it stays in the L2 cache.
	pointedLeast, pointedBand = 256 << 10, 128 << 10
	// pointedRows is the least number of result rows of a band: what bands share is moved.
	pointedRows = 4
	// pointedUnits is the number of runs of bands a thread gets: what two runs share is
	// made twice.
	pointedUnits = 2
)

// pairPointed joins 1×1 convolutions with the depthwise ones that alone read them.
func (m *Model) pairPointed() {
	by := map[string]*node{}
	for _, n := range m.g.nodes {
		by[n.out] = n
	}
	joined := map[*node]bool{}
	for _, n := range m.g.nodes {
		if n.op != "Conv" || !n.conv.depthwise || n.conv.method != convDirect {
			continue
		}
		p := by[n.in[0]]
		if p == nil || p.op != "Conv" || p.conv.method != convPointwise || m.uses[p.out] != 1 || p.conv.out != n.conv.in {
			continue
		}
		n.point, n.in[0] = p, p.in[0]
		joined[p] = true
	}
	keep := m.g.nodes[:0]
	for _, n := range m.g.nodes {
		if !joined[n] {
			keep = append(keep, n)
		}
	}
	m.g.nodes = keep
}

// pointed is a depthwise convolution of a 1×1 convolution.
type pointed struct{ point, depth *convPlan }

// compilePointed compiles a depthwise convolution and the 1×1 convolution before it.
func (c *compiler) compilePointed(n *node, x *value) error {
	point, err := newConvPlan(n.point.conv, x)
	if err != nil {
		return err
	}
	between := []int{1, point.out, point.oh, point.ow}
	size, err := elements(between, maxValue)
	if err != nil {
		return err
	}
	depth, err := newConvPlan(n.conv, &value{shape: between, n: size})
	if err != nil {
		return err
	}
	if size >= pointedLeast {
		y, err := c.fresh(1, depth.out, depth.oh, depth.ow)
		if err != nil {
			return err
		}
		point.x, depth.y = x, y
		c.emit(y, pointed{point, depth}.run)
		return nil
	}
	mid, err := c.fresh(between...)
	if err != nil {
		return err
	}
	point.y, depth.x = mid, mid
	c.set(n.point.out, mid)
	c.steps = append(c.steps, step{n.point.label(), point.pointwise})
	mid.buf.pending--
	c.touch(mid.buf)
	return c.emitConv(depth)
}

// band returns the number of result rows that are made at a time, and how many rows of
// the tensor between they need.
func (p pointed) band() (rows, between int) {
	d := p.depth
	fit := pointedBand / (d.in * d.w)
	rows = min(max((fit-d.kh)/d.sh+1, pointedRows), d.oh)
	return rows, (rows-1)*d.sh + d.kh
}

// run computes both. A unit of work is a run of bands, one after another: what a band
// shares with the one before is kept.
func (p pointed) run(r *run) {
	point, d := p.point, p.depth
	src, dst := r.mem(point.x), r.mem(d.y)
	rows, between := p.band()
	plane := between * d.w
	kernel := d.depthKernel(r.k)
	_, size := d.ringSize(1)
	if kernel != nil {
		_, _, size = d.depthSize()
	}
	block := blockPanels(point.in) * tileCols * point.in
	bands := (d.oh + rows - 1) / rows
	units := min(bands, r.threads*pointedUnits)
	if r.threads <= 1 {
		units = 1
	}
	r.parallel(units, func(worker, lo, hi int) {
		buf := r.temp(worker, size+block+d.in*plane)
		ring, columns, mid := buf[:size], buf[size:size+block], buf[size+block:]
		clear(ring)
		var g *rowRing
		if kernel == nil {
			g = d.newRing(r, ring, 1)
		}
		first, end := 0, 0 // rows of the tensor between that mid holds
		for u := bands * lo / units; u < bands*hi/units; u++ {
			y0, y1 := u*rows, min(d.oh, (u+1)*rows)
			top := max(0, y0*d.sh-d.padT)
			bottom := max(top, min(d.h, (y1-1)*d.sh-d.padT+d.kh))
			kept := max(0, end-top)
			for c := 0; kept > 0 && c < d.in; c++ {
				held := mid[c*plane : (c+1)*plane]
				copy(held[:kept*d.w], held[(top-first)*d.w:])
			}
			point.points(r, mid[kept*d.w:], src, columns, (top+kept)*d.w, bottom*d.w, plane)
			first, end = top, bottom
			for c := range d.out {
				if kernel != nil {
					d.depthPlane(kernel, dst, ring, mid[c*plane:], top, c, y0, y1)
					continue
				}
				g.from, g.held = top, between
				g.rows(dst, mid, c, c, c+1, y0, y1)
			}
		}
	})
}
