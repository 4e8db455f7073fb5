package ocr

import "math"

// Local contrast: every value becomes its difference from the mean around it,
// times a gain that falls with the spread around it. Faint overlays on smooth
// ground come out, texture is held back.
const (
	enhanceCell   = 4    // detector pixels a side over which means are taken first
	enhanceMean   = 3    // radius of the mean, in cells
	enhanceSpread = 6    // radius of the spread, in cells
	enhanceGain   = 5.0  // greatest gain
	enhanceTarget = 45.0 // spread aimed at, in 8-bit steps
	enhanceMiddle = 128.0
)

// enhance writes the local contrast of a w×h plane of values 0…255 to dst, in
// the same range.
func enhance(dst, src []float32, w, h int) {
	cw, ch := (w+enhanceCell-1)/enhanceCell, (h+enhanceCell-1)/enhanceCell
	mean, square := make([]float32, cw*ch), make([]float32, cw*ch)
	for cy := range ch {
		for cx := range cw {
			var s, q float32
			y1, x1 := min((cy+1)*enhanceCell, h), min((cx+1)*enhanceCell, w)
			for y := cy * enhanceCell; y < y1; y++ {
				for _, v := range src[y*w+cx*enhanceCell : y*w+x1] {
					s += v
					q += v * v
				}
			}
			n := float32((y1 - cy*enhanceCell) * (x1 - cx*enhanceCell))
			mean[cy*cw+cx], square[cy*cw+cx] = s/n, q/n
		}
	}
	near, wide := boxMean(mean, cw, ch, enhanceMean), boxMean(mean, cw, ch, enhanceSpread)
	gain := boxMean(square, cw, ch, enhanceSpread)
	for i, m := range wide {
		spread := math.Sqrt(max(0, float64(gain[i])-float64(m)*float64(m)))
		gain[i] = float32(min(enhanceGain, enhanceTarget/(spread+1)))
	}
	rowMean, rowGain := make([]float32, cw+1), make([]float32, cw+1)
	for y := range h {
		lerpRows(rowMean, near, cw, ch, y)
		lerpRows(rowGain, gain, cw, ch, y)
		enhanceRow(dst[y*w:(y+1)*w], src[y*w:(y+1)*w], rowMean, rowGain)
	}
}

// enhanceRow does one row, from the means and gains at the centres of its cells;
// behind the last one stands its repetition. From centre to centre both run straight.
func enhanceRow(dst, src, mean, gain []float32) {
	cells := len(mean) - 1
	for x := 0; x < len(src); {
		c, f := cellAt(x, cells)
		end, step := enhanceCell/2, float32(0) // before the first centre nothing changes
		if x >= enhanceCell/2 {
			end, step = end+enhanceCell*(c+1), 1.0/enhanceCell
		}
		end = min(end, len(src))
		m0, m1, g0, g1 := mean[c], mean[c+1]-mean[c], gain[c], gain[c+1]-gain[c]
		for ; x < end; x++ {
			v := enhanceMiddle + (g0+f*g1)*(src[x]-(m0+f*m1))
			switch {
			case v < 0:
				v = 0
			case v > 255:
				v = 255
			}
			dst[x] = v
			f += step
		}
	}
}

// cellAt returns the cell whose centre lies left of (above) position x and the
// part of the way to the next centre.
func cellAt(x, cells int) (int, float32) {
	p := (float32(x)+0.5)/enhanceCell - 0.5
	if p <= 0 {
		return 0, 0
	}
	c := min(int(p), cells-1)
	return c, min(p-float32(c), 1)
}

// lerpRows interpolates between rows of cells; the last value is repeated.
func lerpRows(dst, cells []float32, cw, ch, y int) {
	c, f := cellAt(y, ch)
	a, b := cells[c*cw:][:cw], cells[min(c+1, ch-1)*cw:][:cw]
	for x, v := range a {
		dst[x] = v + f*(b[x]-v)
	}
	dst[cw] = dst[cw-1]
}

// boxMean returns the means over squares of 2·radius+1 cells, cut at the edges.
func boxMean(src []float32, w, h, radius int) []float32 {
	across := make([]float32, w*h)
	for y := range h {
		slidingMean(across[y*w:], src[y*w:], w, 1, radius)
	}
	out := make([]float32, w*h)
	for x := range w {
		slidingMean(out[x:], across[x:], h, w, radius)
	}
	return out
}

// slidingMean writes the running mean of n values, step apart.
func slidingMean(dst, src []float32, n, step, radius int) {
	var sum float64
	for i := -radius; i < n; i++ {
		if i+radius < n {
			sum += float64(src[(i+radius)*step])
		}
		if i-radius-1 >= 0 {
			sum -= float64(src[(i-radius-1)*step])
		}
		if i >= 0 {
			count := min(i+radius, n-1) - max(i-radius, 0) + 1
			dst[i*step] = float32(sum / float64(count))
		}
	}
}
