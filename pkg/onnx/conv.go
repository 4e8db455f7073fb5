package onnx

import "fmt"

// compileConv compiles Conv.
func compileConv(c *compiler, n *node, in []*value) error {
	p, err := newConvPlan(n.conv, in[0])
	if err != nil {
		return err
	}
	if p.y, err = c.fresh(1, p.out, p.oh, p.ow); err != nil {
		return err
	}
	run := p.run()
	if run == nil {
		return fmt.Errorf("method %d", p.method)
	}
	c.emit(p.y, run)
	return nil
}

// run returns what computes the whole convolution.
func (p *convPlan) run() func(*run) {
	switch p.method {
	case convPointwise:
		return p.pointwise
	case convWinograd:
		return p.winograd
	case convDirect:
		return p.direct
	case convColumns:
		return p.columns
	}
	return nil
}

// newConvPlan fixes the shapes of a convolution of x.
func newConvPlan(cw *convWeights, x *value) (*convPlan, error) {
	if err := floats(x); err != nil {
		return nil, err
	}
	if len(x.shape) != 4 || x.shape[0] != 1 || x.shape[1] != cw.in {
		return nil, fmt.Errorf("input of shape %v for %d channels", x.shape, cw.in)
	}
	h, w := x.shape[2], x.shape[3]
	p := &convPlan{convWeights: cw, x: x, h: h, w: w, padT: cw.pad[0], padL: cw.pad[1]}
	padB, padR := cw.pad[2], cw.pad[3]
	if cw.sameUpper {
		pad := cw.samePadding(h, w)
		p.padT, p.padL, padB, padR = pad[0], pad[1], pad[2], pad[3]
	}
	if h+p.padT+padB < cw.kh || w+p.padL+padR < cw.kw {
		return nil, fmt.Errorf("input of %d×%d is smaller than the kernel", w, h)
	}
	p.oh, p.ow = (h+p.padT+padB-cw.kh)/cw.sh+1, (w+p.padL+padR-cw.kw)/cw.sw+1
	return p, nil
}

// samePadding returns the padding at the top, left, bottom and right that gives a
// result of the size of the input divided by the stride; an odd one goes to the
// bottom and right (auto_pad SAME_UPPER).
func (c *convWeights) samePadding(h, w int) [4]int {
	ph := max(0, ((h+c.sh-1)/c.sh-1)*c.sh+c.kh-h)
	pw := max(0, ((w+c.sw-1)/c.sw-1)*c.sw+c.kw-w)
	return [4]int{ph / 2, pw / 2, ph - ph/2, pw - pw/2}
}

// convPlan is a convolution with its shapes fixed.
type convPlan struct {
	*convWeights
	x, y       *value
	h, w       int // input plane
	oh, ow     int // output plane
	padT, padL int
}

// blockBytes is the memory a block of packed columns should fill: it is
// written and read once for each panel of rows, so it belongs in the L2 cache.
const blockBytes = 128 << 10

// blockPanels returns how many panels of k×16 columns are packed together.
func blockPanels(k int) int {
	return min(max(blockBytes/(k*tileCols*4), 1), 16)
}

// product multiplies the packed m×k matrix a with packed columns. It writes
// width (1…16) columns of every row of dst, rows ld apart.
func (r *run) product(m, k int, a, b, dst []float32, ld, width int, bias []float32, ep *epilogue) {
	if width == tileCols {
		row := 0
		if r.k.gemmPair != nil {
			for ; m-row > tileRows; row += 2 * tileRows {
				r.k.gemmPair(k, a[row*k:], b, dst[row*ld:], ld, min(2*tileRows, m-row), bias[row:], ep)
			}
		}
		for ; row < m; row += tileRows {
			r.k.gemm(k, a[row*k:], b, dst[row*ld:], ld, min(tileRows, m-row), bias[row:], ep)
		}
		return
	}
	var tile [tileRows * tileCols]float32
	for row := 0; row < m; row += tileRows {
		rows := min(tileRows, m-row)
		r.k.gemm(k, a[row*k:], b, tile[:], tileCols, rows, bias[row:], ep)
		for i := range rows {
			copy(dst[(row+i)*ld:][:width], tile[i*tileCols:])
		}
	}
}

// productWide does what product does for two panels of 16 columns that follow one another.
func (r *run) productWide(m, k int, a, b, dst []float32, ld int, bias []float32, ep *epilogue) {
	row := 0
	for ; m-row > tileRows; row += 2 * tileRows {
		r.k.gemmWide(k, a[row*k:], b, dst[row*ld:], ld, min(2*tileRows, m-row), bias[row:], ep)
	}
	if row < m {
		for j := range 2 {
			r.k.gemm(k, a[row*k:], b[j*tileCols*k:], dst[row*ld+j*tileCols:], ld, m-row, bias[row:], ep)
		}
	}
}

// pointwise computes a 1×1 convolution: weights times the planes.
func (p *convPlan) pointwise(r *run) {
	src, dst := r.mem(p.x), r.mem(p.y)
	plane := p.oh * p.ow
	block := blockPanels(p.in) * tileCols
	r.parallel((plane+block-1)/block, func(worker, lo, hi int) {
		buf := r.temp(worker, block*p.in)
		from := lo * block
		p.points(r, dst[from:], plane, src[from:], plane, buf, min(hi*block, plane)-from)
	})
}

// points computes the first n pixels of a 1×1 convolution. Channels are dstPlane floats
// apart in dst and srcPlane in src. buf holds a block of packed columns.
func (p *convPlan) points(r *run, dst []float32, dstPlane int, src []float32, srcPlane int, buf []float32, n int) {
	block := blockPanels(p.in) * tileCols
	for at := 0; at < n; at += block {
		width := min(block, n-at)
		full := width / tileCols
		r.k.pack(buf, src[at:], srcPlane, p.in, full)
		if rest := width % tileCols; rest > 0 {
			d := buf[full*tileCols*p.in:]
			for i := range p.in {
				e := d[i*tileCols:][:tileCols]
				clear(e[copy(e, src[i*srcPlane+at+full*tileCols:][:rest]):])
			}
		}
		j := 0
		for ; r.k.gemmWide != nil && p.out > tileRows && width-j >= 2*tileCols; j += 2 * tileCols {
			r.productWide(p.out, p.in, p.weights, buf[j*p.in:], dst[at+j:], dstPlane, p.bias, &p.ep)
		}
		for ; j < width; j += tileCols {
			r.product(p.out, p.in, p.weights, buf[j*p.in:], dst[at+j:], dstPlane, min(tileCols, width-j), p.bias, &p.ep)
		}
	}
}

// columns computes any convolution by gathering, for 16 results at a time,
// the inputs of every tap.
func (p *convPlan) columns(r *run) {
	src, dst := r.mem(p.x), r.mem(p.y)
	plane, k := p.oh*p.ow, p.in*p.kh*p.kw
	r.parallel((plane+tileCols-1)/tileCols, func(worker, lo, hi int) {
		buf := r.temp(worker, k*tileCols)
		for u := lo; u < hi; u++ {
			at := u * tileCols
			width := min(tileCols, plane-at)
			p.gather(buf, src, at, width)
			r.product(p.out, k, p.weights, buf, dst[at:], plane, width, p.bias, &p.ep)
		}
	})
}

// gather writes the panel of columns for the results at … at+width-1.
func (p *convPlan) gather(dst, src []float32, at, width int) {
	for c := range p.in {
		plane := src[c*p.h*p.w : (c+1)*p.h*p.w]
		for i := range p.kh {
			for j := range p.kw {
				d := dst[((c*p.kh+i)*p.kw+j)*tileCols:][:tileCols]
				clear(d)
				y, x := at/p.ow, at%p.ow
				for t := 0; t < width; {
					n := min(width-t, p.ow-x)
					if iy := y*p.sh + i - p.padT; iy >= 0 && iy < p.h {
						row := plane[iy*p.w : (iy+1)*p.w]
						for u := range n {
							if ix := (x+u)*p.sw + j - p.padL; ix >= 0 && ix < p.w {
								d[t+u] = row[ix]
							}
						}
					}
					t, x, y = t+n, 0, y+1
				}
			}
		}
	}
}

// winograd computes a 3×3 convolution in tiles of 4×4 results: transform the
// 6×6 inputs of 16 tiles, 36 small matrix products, transform back.
func (p *convPlan) winograd(r *run) {
	src, dst := r.mem(p.x), r.mem(p.y)
	strips, blocks := (p.oh+winoOut-1)/winoOut, (p.ow+winoWidth-1)/winoWidth
	rows := alignUp(p.out, tileRows)
	inStride, outStride := p.in*tileCols, rows*tileCols
	zero := make([]float32, rows)
	none := &epilogue{}
	r.parallel(strips*blocks, func(worker, lo, hi int) {
		buf := r.temp(worker, winoPoints*(inStride+outStride)+winoIn*winoSource+winoOut*winoWidth)
		v, buf := buf[:winoPoints*inStride], buf[winoPoints*inStride:]
		m, buf := buf[:winoPoints*outStride], buf[winoPoints*outStride:]
		patch, tile := buf[:winoIn*winoSource], buf[winoIn*winoSource:]
		for u := lo; u < hi; u++ {
			y0, x0 := u/blocks*winoOut, u%blocks*winoWidth
			for c := range p.in {
				plane := src[c*p.h*p.w : (c+1)*p.h*p.w]
				if y0 > 0 && x0 > 0 && y0+winoIn-1 < p.h && x0-1+winoSource <= p.w {
					r.k.winoInput(v[c*tileCols:], inStride, plane[(y0-1)*p.w+x0-1:], p.w)
					continue
				}
				p.patch(patch, plane, y0-1, x0-1)
				r.k.winoInput(v[c*tileCols:], inStride, patch, winoSource)
			}
			for q := range winoPoints {
				r.product(p.out, p.in, p.weights[q*rows*p.in:], v[q*inStride:], m[q*outStride:], tileCols, tileCols, zero, none)
			}
			h, w := min(winoOut, p.oh-y0), min(winoWidth, p.ow-x0)
			for c := range p.out {
				out := dst[c*p.oh*p.ow+y0*p.ow+x0:]
				if h == winoOut && w == winoWidth {
					r.k.winoOutput(out, p.ow, m[c*tileCols:], outStride, p.bias[c], &p.ep)
					continue
				}
				r.k.winoOutput(tile, winoWidth, m[c*tileCols:], outStride, p.bias[c], &p.ep)
				for i := range h {
					copy(out[i*p.ow:][:w], tile[i*winoWidth:])
				}
			}
		}
	})
}

// patch copies the 6 rows of winoSource inputs that start at (y0, x0), zero
// outside the plane.
func (p *convPlan) patch(dst, plane []float32, y0, x0 int) {
	lead := max(0, -x0)
	n := min(winoSource-lead, p.w-max(0, x0))
	for i := range winoIn {
		d := dst[i*winoSource:][:winoSource]
		y := y0 + i
		if y < 0 || y >= p.h || n <= 0 {
			clear(d)
			continue
		}
		clear(d[:lead])
		copy(d[lead:], plane[y*p.w+max(0, x0):][:n])
		clear(d[lead+n:])
	}
}
