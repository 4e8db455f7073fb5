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
		buf := r.temp(worker, block+conv.out*plane+spreadRows*w+w*q.fx)
		columns, buf := buf[:block], buf[block:]
		products, buf := buf[:conv.out*plane], buf[conv.out*plane:]
		a := spreadRow{r: r, p: p, q: q, h: h, w: w, plane: plane, products: products, rows: buf[:spreadRows*w], wide: buf[spreadRows*w:], last: last}
		end := max(0, lo-1) // of the rows whose products are held
		a.first = end
		for y := lo; y < hi; y++ {
			if y+2 > end && end < h {
				// The row above is still needed.
				from := max(0, y-1)
				kept := end - from
				for c := 0; kept > 0 && c < conv.out; c++ {
					rows := products[c*plane : (c+1)*plane]
					copy(rows[:kept*w], rows[(from-a.first)*w:])
				}
				a.first, end = from, min(from+held, h, hi+1)
				conv.points(r, products[kept*w:], plane, src[(from+kept)*w:], h*w, columns, (end-from-kept)*w)
			}
			for o := range p.out {
				a.add(dst[o*h*q.fy*w*q.fx:], o, y)
			}
		}
	})
}

// spreadRows is the number of rows that spreadRow needs.
const spreadRows = 6

// spreadRow adds what the products of a row of small planes come to.
type spreadRow struct {
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

// add adds row y of channel o to its plane: first to the topmost of the rows it becomes,
// which the row above reaches, then to those that it fills alone, then to the lowest.
func (a *spreadRow) add(dst []float32, o, y int) {
	k, w := a.r.k, a.w
	product := func(i, j, y int) []float32 {
		if y < 0 || y >= a.h {
			return nil
		}
		return a.products[((i*3+j)*a.p.out+o)*a.plane+(y-a.first)*w:][:w]
	}
	sums, sides := a.rows[:3*w], a.rows[3*w:]
	from := y * a.q.fy
	// The taps of the kernel's first or last row fall on another row of the small plane.
	for _, s := range [3]struct{ row, rows, above, below int }{
		{from, 1, y - 1, y}, {from + 1, a.q.fy - 2, y, y}, {from + a.q.fy - 1, 1, y, y + 1},
	} {
		if s.rows < 1 {
			continue
		}
		for j := range 3 {
			sum3(k, sums[j*w:(j+1)*w], product(1, j, y), product(0, j, s.above), product(2, j, s.below))
		}
		a.across(sums, sides)
		for i := range s.rows {
			row := dst[(s.row+i)*len(a.wide):][:len(a.wide)]
			k.add(row, row, a.wide)
			if a.last {
				a.p.finish(k, row)
			}
		}
	}
}

// sum3 stores a + b + c, where b or c may be nil.
func sum3(k *kernels, dst, a, b, c []float32) {
	if b == nil {
		b, c = c, nil
	}
	if b == nil {
		copy(dst, a)
		return
	}
	k.add(dst, a, b)
	if c != nil {
		k.add(dst, dst, c)
	}
}

// across does the same along a row: of the sums of the three columns of the kernel it
// makes one row of full width.
func (a *spreadRow) across(sums, sides []float32) {
	k, w, fx := a.r.k, a.w, a.q.fx
	left, middle, right := sums[:w], sums[w:2*w], sums[2*w:]
	first, inner, last := sides[:w], sides[w:2*w], sides[2*w:]
	k.add(first, middle, right)
	k.add(inner, first, left)
	k.add(first[1:], first[1:], left[:w-1])
	k.add(last, left, middle)
	k.add(last[:w-1], last[:w-1], right[1:])
	if fx == 2 {
		k.zip2(a.wide, first, last)
		return
	}
	for x, v := range inner {
		d := a.wide[x*fx:][:fx]
		for i := range d {
			d[i] = v
		}
		d[0], d[fx-1] = first[x], last[x]
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
