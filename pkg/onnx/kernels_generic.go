package onnx

import "math"

// portable returns the kernels in plain Go. They are the reference for the
// assembly and run on machines without it.
func portable() *kernels {
	return &kernels{
		name: "portable",
		gemm: gemmGo, taps: tapsGo, pack: packGo,
		add: addGo, mul: mulGo, affine: affineGo,
		clip: clipGo, relu: reluGo, hswish: hswishGo, sigmoid: sigmoidGo, gelu: geluGo,
		expSum: expSumGo, maximum: maximumGo, sum: sumGo,
		split2: split2Go, zip2: zip2Go,
		winoInput: winoInputGo, winoOutput: winoOutputGo,
	}
}

// apply is the epilogue for one value.
func (ep *epilogue) apply(v float32) float32 {
	switch ep.act {
	case actRelu:
		v = max(v, 0)
	case actHardSwish:
		v *= min(max(v*(1.0/6)+0.5, 0), 1)
	}
	if ep.affine != 0 {
		v = v*ep.scale + ep.shift
	}
	return v
}

func gemmGo(k int, a, b, c []float32, ldc, rows int, bias []float32, ep *epilogue) {
	// Eight columns at a time, so that the sums stay in registers.
	for r := 0; r < rows; r++ {
		for j := 0; j < tileCols; j += 8 {
			var s0, s1, s2, s3, s4, s5, s6, s7 float32
			for p := range k {
				v := a[p*tileRows+r]
				q := (*[8]float32)(b[p*tileCols+j:])
				s0 += v * q[0]
				s1 += v * q[1]
				s2 += v * q[2]
				s3 += v * q[3]
				s4 += v * q[4]
				s5 += v * q[5]
				s6 += v * q[6]
				s7 += v * q[7]
			}
			d := (*[8]float32)(c[r*ldc+j:])
			for i, s := range [8]float32{s0, s1, s2, s3, s4, s5, s6, s7} {
				d[i] = ep.apply(s + bias[r])
			}
		}
	}
}

func tapsGo(dst []float32, n int, src []float32, offs []int, w []float32, bias float32, ep *epilogue) {
	dst = dst[:n]
	for i := range dst {
		dst[i] = bias
	}
	for t, off := range offs {
		v := w[t]
		for i, x := range src[off : off+n] {
			dst[i] += v * x
		}
	}
	if ep.act != actNone || ep.affine != 0 {
		for i, v := range dst {
			dst[i] = ep.apply(v)
		}
	}
}

func packGo(dst, src []float32, ld, k, panels int) {
	for i := range k {
		row := src[i*ld:]
		for p := range panels {
			copy(dst[(p*k+i)*tileCols:][:tileCols], row[p*tileCols:])
		}
	}
}

func addGo(dst, a, b []float32) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		dst[i] = a[i] + b[i]
	}
}

func mulGo(dst, a, b []float32) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		dst[i] = a[i] * b[i]
	}
}

func affineGo(dst, a []float32, scale, shift float32) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] = a[i]*scale + shift
	}
}

func clipGo(dst, a []float32, lo, hi float32) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] = min(max(a[i], lo), hi)
	}
}

func reluGo(dst, a []float32) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] = max(a[i], 0)
	}
}

func hswishGo(dst, a []float32) {
	a = a[:len(dst)]
	for i, v := range a {
		dst[i] = v * min(max(v*(1.0/6)+0.5, 0), 1)
	}
}

func sigmoidGo(dst, a []float32) {
	a = a[:len(dst)]
	for i, v := range a {
		dst[i] = float32(1 / (1 + math.Exp(-float64(v))))
	}
}

// geluReach is from where on Φ is 0 or 1 in single precision, geluPoly the
// polynomial in x² that, times x, is the logit of Φ(x) within it, lowest first. It
// was fitted so that x·Φ(x) is right to 1e-7 everywhere (minimax by reweighted
// least squares).
const geluReach = 6

var geluPoly = [...]float32{1.59576845, 7.26685673e-2, -6.62598322e-5, -1.1048036e-4, 7.93822437e-6, -2.66893096e-7, 3.61123864e-9}

// geluGo computes x·Φ(x), Φ the distribution function of the normal distribution
// (Hendrycks & Gimpel 2016, arXiv:1606.08415).
func geluGo(dst, a []float32) {
	a = a[:len(dst)]
	for i, x := range a {
		x = max(x, -geluReach)
		v := min(x, geluReach)
		var p float32
		for k := len(geluPoly) - 1; k >= 0; k-- {
			p = p*v*v + geluPoly[k]
		}
		dst[i] = x * float32(1/(1+math.Exp(-float64(p*v))))
	}
}

func expSumGo(dst, a []float32, top float32) float32 {
	a = a[:len(dst)]
	var s float64
	for i, v := range a {
		e := float32(math.Exp(float64(v - top)))
		dst[i] = e
		s += float64(e)
	}
	return float32(s)
}

func maximumGo(a []float32) float32 {
	m := a[0]
	for _, v := range a[1:] {
		m = max(m, v)
	}
	return m
}

func sumGo(a []float32) float32 {
	var s float64
	for _, v := range a {
		s += float64(v)
	}
	return float32(s)
}

func split2Go(even, odd, src []float32) {
	for i := range odd {
		even[i], odd[i] = src[2*i], src[2*i+1]
	}
	if len(src)%2 == 1 {
		even[len(src)/2] = src[len(src)-1]
	}
}

func zip2Go(dst, a, b []float32) {
	for i, v := range a {
		dst[2*i], dst[2*i+1] = v, b[i]
	}
}

// winoForward is the input transform Bᵀ of F(4,3) with the points 0, ±1, ±2, ∞
// (Lavin & Gray 2015, arXiv:1509.09308, §4).
func winoForward(d0, d1, d2, d3, d4, d5 float32) [winoIn]float32 {
	a, b := d4-4*d2, d3-4*d1
	c, e := d4-d2, 2*(d3-d1)
	return [winoIn]float32{4*d0 - 5*d2 + d4, a + b, a - b, c + e, c - e, 4*d1 - 5*d3 + d5}
}

func winoInputGo(dst []float32, stride int, src []float32, ld int) {
	var cols [winoIn][winoWidth + 2]float32
	for x := range winoWidth + 2 {
		v := winoForward(src[x], src[ld+x], src[2*ld+x], src[3*ld+x], src[4*ld+x], src[5*ld+x])
		for i := range v {
			cols[i][x] = v[i]
		}
	}
	for i := range cols {
		for t := range winoBlock {
			d := cols[i][winoOut*t:]
			for j, v := range winoForward(d[0], d[1], d[2], d[3], d[4], d[5]) {
				dst[(i*winoIn+j)*stride+t] = v
			}
		}
	}
}

// winoBack is the output transform Aᵀ of F(4,3).
func winoBack(m0, m1, m2, m3, m4, m5 float32) [winoOut]float32 {
	p, q := m1+m2, m3+m4
	s, t := m1-m2, m3-m4
	return [winoOut]float32{m0 + p + q, s + 2*t, p + 4*q, s + 8*t + m5}
}

func winoOutputGo(dst []float32, ld int, src []float32, stride int, bias float32, ep *epilogue) {
	for t := range winoBlock {
		var rows [winoOut][winoIn]float32
		for j := range winoIn {
			at := func(i int) float32 { return src[(i*winoIn+j)*stride+t] }
			for i, v := range winoBack(at(0), at(1), at(2), at(3), at(4), at(5)) {
				rows[i][j] = v
			}
		}
		for i := range rows {
			r := &rows[i]
			for j, v := range winoBack(r[0], r[1], r[2], r[3], r[4], r[5]) {
				dst[i*ld+winoOut*t+j] = ep.apply(v + bias)
			}
		}
	}
}
