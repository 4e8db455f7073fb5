package onnx

import (
	"errors"
	"fmt"
)

// A feature pyramid adds planes to others of half their size, enlarged, or stacks
// enlarged ones, and convolves what comes of it: most of the work is done on planes that
// hold each number four, sixteen or 64 times. A convolution of a sum is the sum of the
// convolutions of its parts, and that of an enlarged plane can be made while it is small:
// every tap is multiplied there, and the nine products are added where they fall. Where a
// part is itself a 1×1 convolution of a few channels, gated, both are one convolution of
// those channels, with weights that the gate decides.

// opSpread is a 3×3 convolution of a sum of parts; see spread.
const opSpread = "fused.Spread"

// taps3 is the number of taps of a 3×3 convolution.
const taps3 = 9

// spread is what a node of opSpread adds up: the first part is of full size. The node
// reads two inputs for each part, what is convolved and the gate.
type spread struct {
	out   int
	bias  []float32
	parts []part
}

// part is one summand of a spread.
type part struct {
	x, gate string
	fy, fx  int       // by how much x is enlarged
	point   []float32 // weights of the 1×1 convolution, C×in; nil without one
	in, c   int       // channels of x, and those that the 3×3 convolution is of
	taps    []float32 // its weights, out×c×9
	packed  []float32 // prepared: of every point of the Winograd transform, or every tap
}

// rows is the number of rows of the packed weights.
func (p *part) rows(out int) int {
	if p.full() {
		return winoPoints * alignUp(out, tileRows)
	}
	return taps3 * out
}

func (p *part) full() bool { return p.fy == 1 && p.fx == 1 }

// prepare packs the weights of all parts.
func (s *spread) prepare() {
	for i := range s.parts {
		p := &s.parts[i]
		if p.full() {
			p.packed = winoWeights(p.taps, s.out, p.c)
		} else {
			p.packed = packRows(p.rows(s.out), p.c, func(r, k int) float32 { return p.taps[(r%s.out*p.c+k)*taps3+r/s.out] })
		}
		p.taps = nil
	}
}

// mix computes the weights of a gated part: packed·(1+gate)·point, packed for in
// channels in place of c.
func (p *part) mix(r *run, dst, gate []float32) {
	var none epilogue
	var zero [tileRows]float32
	var tile [tileRows * tileCols]float32
	columns := make([]float32, p.c*tileCols)
	for at := 0; at < p.in; at += tileCols {
		width := min(tileCols, p.in-at)
		for c := range p.c {
			d := columns[c*tileCols:][:width]
			for i, w := range p.point[c*p.in+at:][:width] {
				d[i] = w * (1 + gate[c])
			}
		}
		for row := 0; row*p.c < len(p.packed); row += tileRows {
			r.k.gemm(p.c, p.packed[row*p.c:], columns, tile[:], tileCols, tileRows, zero[:], &none)
			panel := dst[row*p.in:]
			for i := range width {
				for k := range tileRows {
					panel[(at+i)*tileRows+k] = tile[k*tileCols+i]
				}
			}
		}
	}
}

// spreadPlan is a spread with its shapes fixed.
type spreadPlan struct {
	*spread
	y     *value
	parts []partPlan
	ep    epilogue
}

// partPlan is a part with its shapes fixed: the convolution that works on x, of full
// size or 1×1 with all taps as results, and where the weights of a gated one go.
type partPlan struct {
	*part
	conv          *convPlan
	gate, weights *value
}

func compileSpread(c *compiler, n *node, in []*value) error {
	s := n.spread
	if len(in) != 2*len(s.parts) {
		return errors.New("parts are missing")
	}
	p := spreadPlan{spread: s, ep: epilogue{act: n.int(attrAct, actNone)}}
	for i := range s.parts {
		q := partPlan{part: &s.parts[i], gate: in[2*i+1]}
		x := in[2*i]
		if err := image(x); err != nil {
			return err
		}
		h, w := x.shape[2], x.shape[3]
		if i == 0 {
			y, err := c.fresh(1, s.out, h, w)
			if err != nil {
				return err
			}
			p.y = y
		}
		if x.shape[1] != q.in || h*q.fy != p.y.shape[2] || w*q.fx != p.y.shape[3] {
			return fmt.Errorf("a part of shape %v enlarged by %d and %d for %v", x.shape, q.fy, q.fx, p.y.shape)
		}
		if (q.gate != nil) != (q.point != nil) || q.gate != nil && (q.gate.isInt || q.gate.n != q.c) {
			return errors.New("a gate does not suit its part")
		}
		cw := &convWeights{in: q.in, out: s.out, kh: 3, kw: 3, sh: 1, sw: 1, bias: s.bias, weights: q.packed}
		q.conv = &convPlan{convWeights: cw, x: x, y: p.y, h: h, w: w, oh: h, ow: w, padT: 1, padL: 1}
		if !q.full() {
			cw.out, cw.kh, cw.kw = q.rows(s.out), 1, 1
			cw.bias = make([]float32, alignUp(cw.out, tileRows))
			q.conv.padT, q.conv.padL = 0, 0
		}
		if q.gate != nil {
			weights, err := c.fresh(alignUp(q.rows(s.out), tileRows), q.in)
			if err != nil {
				return err
			}
			c.all = append(c.all, weights)
			q.weights = weights
		}
		p.parts = append(p.parts, q)
	}
	c.emit(p.y, p.run)
	return nil
}

func (p *spreadPlan) run(r *run) {
	for i, q := range p.parts {
		conv := q.conv
		if q.gate != nil {
			mixed := *conv.convWeights
			mixed.weights = r.mem(q.weights)
			q.mix(r, mixed.weights, r.mem(q.gate))
			conv = &convPlan{convWeights: &mixed, x: conv.x, y: conv.y, h: conv.h, w: conv.w, oh: conv.oh, ow: conv.ow, padT: conv.padT, padL: conv.padL}
		}
		if i == 0 {
			conv.winograd(r)
			continue
		}
		p.add(r, q.part, conv, i == len(p.parts)-1)
	}
}

// spreadBand is the size of the products that are held at once, in floats: they stay in
// the L2 cache.
const spreadBand = 128 << 10

// add adds an enlarged part to the sum. A unit is a row of the small planes.
func (p *spreadPlan) add(r *run, q *part, conv *convPlan, last bool) {
	src, dst := r.mem(conv.x), r.mem(p.y)
	h, w := conv.h, conv.w
	held := min(max(spreadBand/(conv.out*w), 3), h+2)
	plane := held * w
	block := blockPanels(conv.in) * tileCols * conv.in
	r.parallel(h, func(worker, lo, hi int) {
		buf := r.temp(worker, block+conv.out*plane+(spreadRows+spreadWide*q.fx)*plane)
		columns, buf := buf[:block], buf[block:]
		products, buf := buf[:conv.out*plane], buf[conv.out*plane:]
		a := spreadRun{r: r, p: p, q: q, h: h, w: w, plane: plane, products: products, rows: buf[:spreadRows*plane], wide: buf[spreadRows*plane:], last: last}
		end := max(0, lo-1) // of the rows whose products are held
		a.first = end
		for y := lo; y < hi; {
			from := max(0, y-1) // the row above is still needed
			kept := end - from
			for c := 0; kept > 0 && c < conv.out; c++ {
				rows := products[c*plane : (c+1)*plane]
				copy(rows[:kept*w], rows[(from-a.first)*w:])
			}
			a.first, end = from, min(from+held, h, hi+1)
			conv.points(r, products[kept*w:], plane, src[(from+kept)*w:], h*w, columns, (end-from-kept)*w)
			next := hi
			if end < h {
				next = min(hi, end-1) // the row below must be there
			}
			for o := range p.out {
				a.add(dst[o*h*q.fy*w*q.fx:], o, y, next)
			}
			y = next
		}
	})
}

const (
	// spreadRows is the number of rows of the small planes that spreadRun needs for each
	// that is held, spreadWide that of enlarged ones.
	spreadRows, spreadWide = 6, 3
)

// spreadRun adds what the products of some rows of small planes come to.
type spreadRun struct {
	r        *run
	p        *spreadPlan
	q        *part
	h, w     int
	plane    int
	first    int       // first row that products hold …
	products []float32 // … of every tap and channel
	rows     []float32
	wide     []float32
	last     bool
}

// add adds the rows from y to end-1 of channel o to its plane: first to the topmost of the
// rows each becomes, which the row above reaches, then to those that it fills alone, then
// to the lowest.
func (a *spreadRun) add(dst []float32, o, y, end int) {
	k, w, n := a.r.k, a.w, end-y
	product := func(i, j, from, to int) []float32 {
		return a.products[((i*3+j)*a.p.out+o)*a.plane+(from-a.first)*w:][:(to-from)*w]
	}
	sums, width := a.rows[:3*n*w], w*a.q.fx
	// The taps of the kernel's first or last row fall on another row of the small plane.
	for _, s := range [3]struct{ row, rows, above, below int }{
		{0, 1, 1, 0}, {1, a.q.fy - 2, 0, 0}, {a.q.fy - 1, 1, 0, 1},
	} {
		if s.rows < 1 {
			continue
		}
		lo, hi := max(y, s.above), min(end, a.h-s.below) // rows that have one above, below
		for j := range 3 {
			sum, middle := sums[j*n*w:][:n*w], product(1, j, y, end)
			copy(sum, middle[:(lo-y)*w])
			if lo < end {
				k.add(sum[(lo-y)*w:], middle[(lo-y)*w:], product(0, j, lo-s.above, end-s.above))
			}
			if y < hi {
				k.add(sum[:(hi-y)*w], sum[:(hi-y)*w], product(2, j, y+s.below, hi+s.below))
			}
		}
		a.across(sums, n)
		for i := range n {
			for line := range s.rows {
				row := dst[((y+i)*a.q.fy+s.row+line)*width:][:width]
				k.add(row, row, a.wide[i*width:][:width])
				if a.last {
					a.p.finish(k, row)
				}
			}
		}
	}
}

// across does the same along n rows: of the sums of the three columns of the kernel it
// makes rows of full width, in wide.
func (a *spreadRun) across(sums []float32, n int) {
	k, w, fx := a.r.k, a.w, a.q.fx
	size := n * w
	left, middle, right := sums[:size], sums[size:2*size], sums[2*size:]
	sides := a.rows[3*size:]
	first, inner, last := sides[:size], sides[size:2*size], sides[2*size:3*size]
	k.add(first, middle, right)
	if fx > 2 {
		k.add(inner, first, left)
	}
	k.add(last, left, middle)
	if size > 1 {
		k.add(first[1:], first[1:], left[:size-1])
		k.add(last[:size-1], last[:size-1], right[1:])
	}
	for at := w; at < size; at += w { // nothing comes from the row before or behind
		first[at] = middle[at] + right[at]
		last[at-1] = left[at-1] + middle[at-1]
	}
	enlarge(k, a.wide[:size*fx], a.wide[size*fx:], first, inner, last, fx)
}

// enlarge writes fx numbers for each place: first, inner as often as it takes, last. It
// needs room for twice as many in buf.
func enlarge(k *kernels, dst, buf, first, inner, last []float32, fx int) {
	switch {
	case fx == 2:
		k.zip2(dst, first, last)
	case fx%2 == 0:
		half := len(dst) / 2
		even, odd := buf[:half], buf[half:2*half]
		enlarge(k, even, buf[2*half:], first, inner, inner, fx/2)
		enlarge(k, odd, buf[2*half:], inner, inner, last, fx/2)
		k.zip2(dst, even, odd)
	default:
		for x, v := range inner {
			d := dst[x*fx:][:fx]
			for i := range d {
				d[i] = v
			}
			d[0], d[fx-1] = first[x], last[x]
		}
	}
}

// finish applies the activation.
func (p *spreadPlan) finish(k *kernels, row []float32) {
	switch p.ep.act {
	case actRelu:
		k.relu(row, row)
	case actHardSwish:
		k.hswish(row, row)
	}
}
