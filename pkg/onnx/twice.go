package onnx

import "fmt"

// A detector ends in two transposed convolutions, each of which doubles the sides. The
// planes between them would be its largest; every number of them is read once, so they
// are made 16 pixels at a time.

// pairTwice joins transposed convolutions with those that alone read them.
func (m *Model) pairTwice() {
	by := map[string]*node{}
	for _, n := range m.g.nodes {
		by[n.out] = n
	}
	joined := map[*node]bool{}
	for _, n := range m.g.nodes {
		if n.op != "ConvTranspose" {
			continue
		}
		p := by[n.in[0]]
		if p == nil || p.op != "ConvTranspose" || p.point != nil || m.uses[p.out] != 1 || p.conv.out != n.conv.in {
			continue
		}
		p.conv.byPlace()
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

// byPlace sorts the rows of a transposed convolution's product, which go by channel and
// place in the 2×2, by place and channel: 16 columns of a place are then a panel of packed
// columns.
func (c *convWeights) byPlace() {
	rows, old := c.out*twicePlaces, c.weights
	place := func(r int) int { return r%c.out*twicePlaces + r/c.out }
	c.weights = packRows(rows, c.in, func(r, k int) float32 {
		r = place(r)
		return old[r/tileRows*tileRows*c.in+k*tileRows+r%tileRows]
	})
	bias := make([]float32, len(c.bias))
	for r := range rows {
		bias[r] = c.bias[place(r)]
	}
	c.bias = bias
}

// twicePlaces is the number of results a transposed convolution makes of a pixel.
const twicePlaces = 4

// compileConvTranspose compiles ConvTranspose with a 2×2 kernel and stride 2, or two of
// them.
func compileConvTranspose(c *compiler, n *node, in []*value) error {
	x, cw := in[0], n.conv
	first := cw
	if n.point != nil {
		first = n.point.conv
	}
	if err := floats(x); err != nil {
		return err
	}
	if len(x.shape) != 4 || x.shape[0] != 1 || x.shape[1] != first.in || cw.method != convTwice {
		return fmt.Errorf("input of shape %v for %d channels", x.shape, first.in)
	}
	h, w := x.shape[2], x.shape[3]
	times := 2
	if n.point != nil {
		times = 4
	}
	y, err := c.fresh(1, cw.out, times*h, times*w)
	if err != nil {
		return err
	}
	p := &convPlan{convWeights: cw, x: x, y: y, h: h, w: w, oh: times * h, ow: times * w}
	if n.point != nil {
		c.emit(y, func(r *run) { p.twiceAgain(r, first) })
		return nil
	}
	c.emit(y, p.twice)
	return nil
}

// packRow packs row y of the input, filled up with zeros to whole panels.
func (p *convPlan) packRow(r *run, cols, src []float32, in, y int) {
	plane, full := p.h*p.w, p.w/tileCols
	r.k.pack(cols, src[y*p.w:], plane, in, full)
	if rest := p.w % tileCols; rest > 0 {
		d := cols[full*tileCols*in:]
		for i := range in {
			e := d[i*tileCols:][:tileCols]
			clear(e[copy(e, src[i*plane+y*p.w+full*tileCols:][:rest]):])
		}
	}
}

// twice computes a transposed convolution whose 2×2 results do not overlap:
// each input pixel gives 4 results a channel. A unit is one input row.
func (p *convPlan) twice(r *run) {
	src, dst := r.mem(p.x), r.mem(p.y)
	m := p.out * twicePlaces
	wide := alignUp(p.w, tileCols)
	r.parallel(p.h, func(worker, lo, hi int) {
		buf := r.temp(worker, p.in*wide+m*wide)
		cols, rows := buf[:p.in*wide], buf[p.in*wide:]
		for y := lo; y < hi; y++ {
			p.packRow(r, cols, src, p.in, y)
			for j := 0; j < wide; j += tileCols {
				r.product(m, p.in, p.weights, cols[j*p.in:], rows[j:], wide, tileCols, p.bias, &p.ep)
			}
			for c := range p.out {
				for i := range 2 {
					d := dst[(c*p.oh+2*y+i)*p.ow:][:p.ow]
					a := rows[(c*4+2*i)*wide:]
					r.k.zip2(d, a[:p.w], a[wide:][:p.w])
				}
			}
		}
	})
}

// twiceAgain computes a transposed convolution of the transposed convolution first:
// 16 results of an input pixel and channel. A unit is one input row.
func (p *convPlan) twiceAgain(r *run, first *convWeights) {
	src, dst := r.mem(p.x), r.mem(p.y)
	m, again := first.out*twicePlaces, p.out*twicePlaces
	wide := alignUp(p.w, tileCols)
	r.parallel(p.h, func(worker, lo, hi int) {
		buf := r.temp(worker, first.in*wide+m*tileCols+twicePlaces*again*wide+4*p.w)
		cols, buf := buf[:first.in*wide], buf[first.in*wide:]
		between, buf := buf[:m*tileCols], buf[m*tileCols:]
		rows, halves := buf[:twicePlaces*again*wide], buf[twicePlaces*again*wide:]
		for y := lo; y < hi; y++ {
			p.packRow(r, cols, src, first.in, y)
			for j := 0; j < wide; j += tileCols {
				r.product(m, first.in, first.weights, cols[j*first.in:], between, tileCols, tileCols, first.bias, &first.ep)
				for place := range twicePlaces {
					r.product(again, p.in, p.weights, between[place*p.in*tileCols:], rows[place*again*wide+j:], wide, tileCols, p.bias, &p.ep)
				}
			}
			row := func(c, i, j, k, l int) []float32 { // of place i, j in the first and k, l in the second 2×2
				return rows[(((2*i+j)*p.out+c)*twicePlaces+2*k+l)*wide:][:p.w]
			}
			even, odd := halves[:2*p.w], halves[2*p.w:4*p.w]
			for c := range p.out {
				for i := range 2 {
					for k := range 2 {
						r.k.zip2(even, row(c, i, 0, k, 0), row(c, i, 1, k, 0))
						r.k.zip2(odd, row(c, i, 0, k, 1), row(c, i, 1, k, 1))
						r.k.zip2(dst[(c*p.oh+4*y+2*i+k)*p.ow:][:p.ow], even, odd)
					}
				}
			}
		}
	})
}
