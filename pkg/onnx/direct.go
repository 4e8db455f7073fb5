package onnx

// bandRows is the number of result rows in a unit of a dense direct
// convolution.
const bandRows = 8

// tapsOverread is how far taps may read beyond the last float it needs.
const tapsOverread = 63

// depthRows is the number of rows a depthwise kernel computes at once, depthOverread
// how far it may read beyond the last float of a row that it needs, and depthBand the
// floats of padded rows that are made at once: they stay in the L1 cache.
const depthRows, depthOverread, depthBand = 4, 15, 6 << 10

// rows are rows of planes: row y of channel c lies at data[at(c, y):].
type rows struct {
	data  []float32
	width int
	plane int // floats from channel to channel
	first int // row at the beginning of a plane
}

func (w rows) at(c, y int) int { return c*w.plane + (y-w.first)*w.width }

func (w rows) row(c, y int) []float32 { return w.data[w.at(c, y):][:w.width] }

// planes returns the whole planes of the input and of the result.
func (p *convPlan) planes(r *run) (src, dst rows) {
	return rows{r.mem(p.x), p.w, p.h * p.w, 0}, rows{r.mem(p.y), p.ow, p.oh * p.ow, 0}
}

// rowRing holds the input rows under the kernel, padded, and split by phase
// when the horizontal stride is above 1: phase f of a row holds the padded
// inputs f, f+stride, f+2·stride … so that every tap reads a plain run.
type rowRing struct {
	*convPlan
	r     *run
	buf   []float32
	phase int   // floats of one phase
	row   int   // floats of one row: all phases
	chans int   // input channels that a sum runs over
	cols  []int // offset of each column of the kernel
	offs  []int // offset of every tap …
	inner []int // … for result rows that need no padding, for each place in the ring
}

// ringSize returns the floats of a phase and of the whole ring. Behind the
// rows lies one row of zeros for what is above and below the plane.
func (p *convPlan) ringSize(chans int) (phase, size int) {
	reads := p.ow + (p.kw-1)/p.sw + tapsOverread
	holds := (p.w+p.padL)/p.sw + 1
	phase = alignUp(max(reads, holds), arenaAlign)
	return phase, phase * p.sw * (chans*p.kh + 1)
}

// load copies input row y of every channel from the first one on.
func (g *rowRing) load(src rows, first, y int) {
	for c := range g.chans {
		row := src.row(first+c, y)
		d := g.buf[(c*g.kh+y%g.kh)*g.row:][:g.row]
		switch g.sw {
		case 1:
			copy(d[g.padL:], row)
		case 2:
			// Padded position of input x is x+padL; its parity is the phase.
			even, odd := d[g.padL%2*g.phase+g.padL/2:], d[(g.padL+1)%2*g.phase+(g.padL+1)/2:]
			g.r.k.split2(even[:(g.w+1)/2], odd[:g.w/2], row)
		default:
			for x, v := range row {
				d[(x+g.padL)%g.sw*g.phase+(x+g.padL)/g.sw] = v
			}
		}
	}
}

// aim returns the offsets of the taps for the result row whose first input row
// is top.
func (g *rowRing) aim(top int) []int {
	if taps := len(g.offs); top >= 0 && top+g.kh <= g.h {
		return g.inner[top%g.kh*taps:][:taps]
	}
	g.aimAt(g.offs, top)
	return g.offs
}

// aimAt sets the offsets of the taps.
func (g *rowRing) aimAt(offs []int, top int) {
	zero := g.chans * g.kh * g.row
	t := 0
	for c := range g.chans {
		for y := top; y < top+g.kh; y++ {
			base := zero
			if y >= 0 && y < g.h {
				base = (c*g.kh + y%g.kh) * g.row
			}
			for _, col := range g.cols {
				offs[t] = base + col
				t++
			}
		}
	}
}

// newRing makes a ring in buf, which has the size that ringSize asks for.
func (p *convPlan) newRing(r *run, buf []float32, chans int) *rowRing {
	phase, _ := p.ringSize(chans)
	taps := chans * p.kh * p.kw
	g := &rowRing{
		convPlan: p, r: r, buf: buf, phase: phase, row: phase * p.sw, chans: chans,
		cols: make([]int, p.kw), offs: make([]int, taps), inner: make([]int, p.kh*taps),
	}
	for j := range g.cols {
		g.cols[j] = j%p.sw*phase + j/p.sw
	}
	for top := range p.kh {
		g.aimAt(g.inner[top*taps:], top)
	}
	clear(g.buf)
	return g
}

// rows computes the rows y0 … y1-1 of the results first … last-1, from the channels
// that begin with channel from of src.
func (g *rowRing) rows(dst, src rows, from, first, last, y0, y1 int) {
	next, taps := 0, len(g.offs)
	for y := y0; y < y1; y++ {
		top := y*g.sh - g.padT
		for next = max(next, top); next < min(top+g.kh, g.h); next++ {
			g.load(src, from, next)
		}
		offs := g.aim(top)
		for o := first; o < last; o++ {
			g.r.k.taps(dst.row(o, y), g.ow, g.buf, offs, g.weights[o*taps:][:taps], g.bias[o], &g.ep)
		}
	}
}

// direct computes a convolution as sums of shifted rows. For a depthwise one
// a unit of work is a channel, otherwise a band of rows.
func (p *convPlan) direct(r *run) {
	if kernel := p.depthKernel(r.k); kernel != nil {
		p.depth(r, kernel)
		return
	}
	src, dst := p.planes(r)
	chans, units := p.in, (p.oh+bandRows-1)/bandRows
	if p.depthwise {
		chans, units = 1, p.out
	}
	_, size := p.ringSize(chans)
	r.parallel(units, func(worker, lo, hi int) {
		g := p.newRing(r, r.temp(worker, size), chans)
		for u := lo; u < hi; u++ {
			if p.depthwise {
				g.rows(dst, src, u, u, u+1, 0, p.oh)
			} else {
				g.rows(dst, src, 0, 0, p.out, u*bandRows, min(p.oh, (u+1)*bandRows))
			}
		}
	})
}

// depthKernel is what computes a depthwise convolution several rows at once, nil
// where nothing does.
func (p *convPlan) depthKernel(k *kernels) depthKernel {
	switch {
	case !p.depthwise || p.sh != 1 || p.sw != 1 || p.kh != p.kw:
		return nil
	case p.kh == 3:
		return k.depth3
	case p.kh == 5:
		return k.depth5
	}
	return nil
}

// depthSize returns the distance of padded rows, how many results' rows are made from
// one copy of them, and the floats of that.
func (p *convPlan) depthSize() (lds, band, size int) {
	lds = alignUp(max(p.ow+p.kw-1, p.padL+p.w)+depthOverread, arenaAlign)
	band = min(max(depthBand/lds/depthRows, 1)*depthRows, alignUp(p.oh, depthRows))
	return lds, band, (band + p.kh - 1) * lds
}

// depth computes a depthwise convolution of stride 1. A unit is a channel.
func (p *convPlan) depth(r *run, kernel depthKernel) {
	src, dst := p.planes(r)
	_, _, size := p.depthSize()
	r.parallel(p.out, func(worker, lo, hi int) {
		buf := r.temp(worker, size)
		clear(buf)
		for c := lo; c < hi; c++ {
			p.depthPlane(kernel, dst, src, buf, c, 0, p.oh)
		}
	})
}

// depthPlane computes the rows from … to-1 of channel c. buf was cleared when it held
// other rows than this convolution's.
func (p *convPlan) depthPlane(kernel depthKernel, dst, src rows, buf []float32, c, from, to int) {
	lds, band, _ := p.depthSize()
	for y0 := from; y0 < to; y0 += band {
		rows := min(band, to-y0)
		for i := range rows + p.kh - 1 {
			row := buf[i*lds+p.padL:][:p.w]
			if y := y0 + i - p.padT; y >= 0 && y < p.h {
				copy(row, src.row(c, y))
			} else {
				clear(row)
			}
		}
		for i := 0; i < rows; i += depthRows {
			kernel(dst.data[dst.at(c, y0+i):], p.ow, p.ow, min(depthRows, rows-i), buf[i*lds:], lds, p.weights[c*p.kh*p.kw:], p.bias[c], &p.ep)
		}
	}
}
