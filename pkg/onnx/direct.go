package onnx

// bandRows is the number of result rows in a unit of a dense direct
// convolution.
const bandRows = 8

// tapsOverread is how far taps may read beyond the last float it needs.
const tapsOverread = 31

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
	offs  []int // offset of every tap
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
func (g *rowRing) load(src []float32, first, y int) {
	for c := range g.chans {
		row := src[((first+c)*g.h+y)*g.w:][:g.w]
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

// aim sets the offsets of the taps for the result row whose first input row
// is top.
func (g *rowRing) aim(top int) {
	zero := g.chans * g.kh * g.row
	t := 0
	for c := range g.chans {
		for y := top; y < top+g.kh; y++ {
			base := zero
			if y >= 0 && y < g.h {
				base = (c*g.kh + y%g.kh) * g.row
			}
			for _, col := range g.cols {
				g.offs[t] = base + col
				t++
			}
		}
	}
}

// direct computes a convolution as sums of shifted rows. For a depthwise one
// a unit of work is a channel, otherwise a band of rows.
func (p *convPlan) direct(r *run) {
	src, dst := r.mem(p.x), r.mem(p.y)
	chans, units := p.in, (p.oh+bandRows-1)/bandRows
	if p.depthwise {
		chans, units = 1, p.out
	}
	taps := chans * p.kh * p.kw
	phase, size := p.ringSize(chans)
	r.parallel(units, func(worker, lo, hi int) {
		g := &rowRing{
			convPlan: p, r: r, buf: r.temp(worker, size),
			phase: phase, row: phase * p.sw, chans: chans,
			cols: make([]int, p.kw), offs: make([]int, taps),
		}
		for j := range g.cols {
			g.cols[j] = j%p.sw*phase + j/p.sw
		}
		clear(g.buf)
		for u := lo; u < hi; u++ {
			first, last, y0, y1 := 0, p.out, u*bandRows, min(p.oh, (u+1)*bandRows)
			from := 0
			if p.depthwise {
				first, last, y0, y1 = u, u+1, 0, p.oh
				from = u
			}
			next := 0
			for y := y0; y < y1; y++ {
				top := y*p.sh - p.padT
				for next = max(next, top); next < min(top+p.kh, p.h); next++ {
					g.load(src, from, next)
				}
				g.aim(top)
				for o := first; o < last; o++ {
					out := dst[(o*p.oh+y)*p.ow:][:p.ow]
					r.k.taps(out, p.ow, g.buf, g.offs, p.weights[o*taps:][:taps], p.bias[o], &p.ep)
				}
			}
		}
	})
}
