package overlay

import "math"

// Model compares how letters and ground change along a line with two ways in
// which letters come onto a picture: a neutral colour laid over it, c·(1−s) + s·ground
// in every channel (s = 0: opaque), and ink on the surface, which takes part in its
// light: a share of the ground in each channel.
//
// The line is judged in blocks of half its height. A mark's letters may be lighter
// than the ground in one place and darker in another: which side they are on
// follows from c.
type Model struct {
	n       int     // blocks in which letters and ground could be told apart
	Slope   float64 // s of the overlay
	ink     float64 // c of the overlay, luma
	overlay float64 // root mean square error of the overlay, steps of a channel
	print   float64 // that of print
}

// Overlaid reports whether the overlay explains the line well and much better
// than print does. Screens that are photographed or drawn into a picture show
// such letters too; of print hardly any does.
func (m Model) Overlaid() bool {
	return m.n >= modelBlocks && m.overlay <= modelGood && m.print >= modelBetter*m.overlay
}

// block is one step of a line: the means of letters and ground if the letters are
// darker (0) or lighter (1) than the ground.
type block struct {
	text, ground [2][3]float64
	ok           [2]bool
}

// inBlocks cuts a levelled line in blocks.
func (p *patch) inBlocks() []block {
	rows := p.h - 2*p.margin
	if rows < 6 {
		return nil
	}
	step := max(4, rows/2)
	n := p.w / step
	if n < leastBlocks {
		return nil
	}
	local := BoxMean(p.luma, p.w, p.h, max(3, p.h/2))
	peaks := make([][2]float64, n)
	top := 0.0
	var up, down []float64
	for b := range n {
		up, down = up[:0], down[:0]
		x0, x1 := max(0, b*step-step/2), min(p.w, (b+1)*step+step/2)
		for y := p.margin; y < p.h-p.margin; y++ {
			for x := x0; x < x1; x++ {
				if d := p.luma[y*p.w+x] - local[y*p.w+x]; d > 0 {
					up = append(up, d)
				} else {
					down = append(down, -d)
				}
			}
		}
		if len(up) > 0 && len(down) > 0 {
			peaks[b] = [2]float64{upper(down), upper(up)}
			top = math.Max(top, math.Max(peaks[b][0], peaks[b][1]))
		}
	}
	var list []block
	for b, peak := range peaks {
		if math.Max(peak[0], peak[1]) < math.Max(blockPeak, blockFloor*top) {
			continue
		}
		var k block
		for side, v := range peak {
			k.text[side], k.ground[side], k.ok[side] = p.means(local, b*step, min(p.w, (b+1)*step), side, v)
		}
		if k.ok[0] || k.ok[1] {
			list = append(list, k)
		}
	}
	return list
}

// means are the mean colours of letters and ground in the columns x0 to x1, for
// letters on one side of the ground that deviate by peak.
func (p *patch) means(local []float64, x0, x1, side int, peak float64) (text, ground [3]float64, ok bool) {
	if peak < blockPeak {
		return text, ground, false
	}
	var nt, ng float64
	for y := p.margin / 2; y < p.h-p.margin/2; y++ {
		for x := x0; x < x1; x++ {
			i := y*p.w + x
			d := p.luma[i] - local[i]
			if side == 0 {
				d = -d
			}
			switch {
			case d > 0.6*peak:
				nt++
				for c := range 3 {
					text[c] += p.rgb[c][i]
				}
			case d < 0.1*peak:
				ng++
				for c := range 3 {
					ground[c] += p.rgb[c][i]
				}
			}
		}
	}
	if nt < 6 || ng < 12 {
		return text, ground, false
	}
	for c := range 3 {
		text[c] /= nt
		ground[c] /= ng
	}
	return text, ground, true
}

func Luma(c [3]float64) float64 { return 0.299*c[0] + 0.587*c[1] + 0.114*c[2] }

// judgeBlocks fits both models.
func judgeBlocks(list []block) Model {
	out := Model{n: len(list)}
	if len(list) < leastBlocks {
		return out
	}
	out.overlay, out.print = math.Inf(1), math.Inf(1)
	const step = 8
	for c := 0.0; c <= 256; c += step {
		out.tryOverlay(list, c)
	}
	for side := range 2 {
		out.tryPrint(list, side)
	}
	return out
}

// pair is what a model has to explain of a block.
type pair struct {
	text, ground [3]float64
	err          float64
}

// tryOverlay fits a neutral colour c laid over the picture.
func (m *Model) tryOverlay(list []block, c float64) {
	pairs := make([]pair, 0, len(list))
	for _, b := range list {
		// Letters move from the ground towards c. Where that fits neither side, the
		// model pays for it.
		side := 0
		if c > Luma(b.ground[1]) && b.ok[1] && (!b.ok[0] || c > Luma(b.ground[0]) || c-Luma(b.ground[1]) > Luma(b.ground[0])-c) {
			side = 1
		} else if !b.ok[0] {
			side = 1
		}
		pairs = append(pairs, pair{text: b.text[side], ground: b.ground[side]})
	}
	slope := 0.0
	pairs = fitKept(pairs, func(list []pair) {
		var gg, gt float64
		for _, p := range list {
			for k := range 3 {
				gg += (p.ground[k] - c) * (p.ground[k] - c)
				gt += (p.ground[k] - c) * (p.text[k] - c)
			}
		}
		slope = 0
		if gg > 0 {
			slope = gt / gg
		}
	}, func(p pair, k int) float64 { return c + slope*(p.ground[k]-c) })
	err := rms(pairs)
	if slope < minSlope || slope > maxSlope || err >= m.overlay {
		return
	}
	m.overlay, m.Slope, m.ink = err, slope, c
}

// tryPrint fits ink on the surface, darker (side 0) or lighter than it.
func (m *Model) tryPrint(list []block, side int) {
	pairs := make([]pair, 0, len(list))
	for _, b := range list {
		at := side
		if !b.ok[at] {
			at = 1 - side
		}
		pairs = append(pairs, pair{text: b.text[at], ground: b.ground[at]})
	}
	var share [3]float64
	pairs = fitKept(pairs, func(list []pair) {
		for k := range 3 {
			var gg, gt float64
			for _, p := range list {
				gg += p.ground[k] * p.ground[k]
				gt += p.ground[k] * p.text[k]
			}
			share[k] = gt / math.Max(gg, 1)
		}
	}, func(p pair, k int) float64 { return share[k] * p.ground[k] })
	m.print = math.Min(m.print, rms(pairs))
}

// fitKept fits a model twice, the second time without the pairs it explains worst,
// and returns the pairs that were kept with their squared errors.
func fitKept(pairs []pair, fit func([]pair), predict func(pair, int) float64) []pair {
	errors := func(list []pair) {
		for i := range list {
			list[i].err = 0
			for k := range 3 {
				d := list[i].text[k] - predict(list[i], k)
				list[i].err += d * d / 3
			}
		}
	}
	fit(pairs)
	errors(pairs)
	sorted := make([]float64, len(pairs))
	for i, p := range pairs {
		sorted[i] = p.err
	}
	limit := upperAt(sorted, keptBlocks)
	kept := pairs[:0:0]
	for _, p := range pairs {
		if p.err <= limit {
			kept = append(kept, p)
		}
	}
	fit(kept)
	errors(kept)
	return kept
}

// rms is the root mean square error of the pairs, that of rounding and JPEG at
// least.
func rms(pairs []pair) float64 {
	const noise = 1.5
	sum := noise * noise
	for _, p := range pairs {
		sum += p.err / float64(len(pairs))
	}
	return math.Sqrt(sum)
}
