// Package overlay looks at the pixels of a line of text for how the line came onto
// the picture: laid over it (opaque, see-through, on the picture's own flat ground,
// in a band across it), or printed on what is shown and shaded with it. It knows no
// words and no case.
//
// It may import pkg/raster alone.
package overlay

import (
	"math"
	"sort"

	"github.com/aecheck/aecheck/pkg/raster"
)

// Ink is what the pixels of a line say about how it came onto the picture.
//
// Ink printed on a surface takes part in its light: where the surface is half as
// bright, so is the ink, in each channel by its own reflectance. Colour laid over a
// picture with opacity α is α·colour + (1−α)·ground: it keeps its colour (α = 1) or
// follows the ground by the same share in all channels. So the letters' colour is
// compared with that of the ground next to them, along the line, under both models.
type Ink struct {
	OK     bool    // letters and ground could be told apart
	Glyph  float64 // height of the letters, px of the decoded picture
	Vary   float64 // how much the ground's luma changes along the line (standard deviation)
	Slope  float64 // colour of the letters per colour of the ground
	Fit    float64 // share of the letters' variation the regression explains, 0..1
	Print  float64 // share that print explains: each channel shaded by its own reflectance
	Spread float64 // standard deviation of the letters' luma
	Open   float64 // share of the line's length that lies on the picture's own flat background
	Aside  bool    // that is of another colour than most of the background: a thing, perhaps
	Cross  bool    // it runs from there onto something of another colour, or off it
	Model  Model
}

const (
	maxInkHeight = 48  // rows a line is sampled at; letters of the recogniser's size
	maxInkWidth  = 900 // columns
)

// Inspect samples the line's quad, with a margin, and measures its ink.
func Inspect(m *raster.RGB, g *Ground, q [4][2]float64) Ink {
	p := straighten(m, q)
	if p.w < 8 || p.h < 8 {
		return Ink{}
	}
	var out Ink
	out.Open, out.Aside = g.share(q), g.isAside(q)
	out.Cross = out.Open > 0 && out.Open < 1 && g.crosses(m, q)
	out.Model = judgeBlocks(p.inBlocks())
	letters, light := p.segment()
	if letters == nil {
		return out
	}
	out.Glyph = p.glyphHeight(letters) * p.scale
	if out.Glyph == 0 {
		return out
	}
	p.regress(letters, light, &out)
	return out
}

// Shade says what the regression of letters on ground tells: opaque,
// transparent, shaded (print), or "" where it tells nothing: the ground is too
// even, or changes by reflections the letters have no part in.
func (k Ink) Shade() string {
	switch {
	case k.OK && k.Model.Overlaid():
		return "transparent"
	case !k.OK || k.Vary < evenGround:
		return ""
	case k.Vary >= 2*evenGround && k.Spread <= evenGround && math.Abs(k.Slope) <= 0.15:
		return "opaque"
	case k.Print >= 0.6 && k.Print > k.Fit-0.05 && !k.Cross:
		return "shaded"
	case k.Vary >= 1.5*evenGround && k.Fit >= certainFit && k.Fit > k.Print && k.Slope >= 0.3 && k.Slope <= 0.97:
		// A share of the ground shows through. Ink this faint is rare in print.
		return "transparent"
	}
	return ""
}

// patch is a line made level: RGB planes of w×h samples; the text is in the
// middle, margin rows above and below.
type patch struct {
	w, h, margin int
	scale        float64 // px of the decoded picture a sample
	rgb          [3][]float64
	luma         []float64
}

func straighten(m *raster.RGB, q [4][2]float64) patch {
	lw := math.Hypot(q[1][0]-q[0][0], q[1][1]-q[0][1])
	lh := math.Hypot(q[3][0]-q[0][0], q[3][1]-q[0][1])
	ux, uy := [2]float64{q[1][0] - q[0][0], q[1][1] - q[0][1]}, [2]float64{q[3][0] - q[0][0], q[3][1] - q[0][1]}
	o := q[0]
	if lh > lw { // upright text: read along its length
		ux, uy, lw, lh = uy, ux, lh, lw
	}
	if lw < 4 || lh < 4 {
		return patch{}
	}
	scale := math.Max(1, math.Max(lh/maxInkHeight, lw/maxInkWidth))
	h, w := int(lh/scale), int(lw/scale)
	margin := h / 4
	p := patch{w: w, h: h + 2*margin, margin: margin, scale: scale}
	n := p.w * p.h
	for k := range p.rgb {
		p.rgb[k] = make([]float64, n)
	}
	p.luma = make([]float64, n)
	for y := range p.h {
		v := (float64(y-margin) + 0.5) / float64(h)
		for x := range p.w {
			u := (float64(x) + 0.5) / float64(w)
			px := min(max(int(o[0]+u*ux[0]+v*uy[0]), 0), m.W-1)
			py := min(max(int(o[1]+u*ux[1]+v*uy[1]), 0), m.H-1)
			i := 3 * (py*m.W + px)
			j := y*p.w + x
			for k := range 3 {
				p.rgb[k][j] = float64(m.Pix[i+k])
			}
			p.luma[j] = 0.299*p.rgb[0][j] + 0.587*p.rgb[1][j] + 0.114*p.rgb[2][j]
		}
	}
	return p
}

// segment tells letters (1) from ground (0); what lies between is −1. It reports
// whether the letters are lighter than the ground. nil where neither is plain.
func (p *patch) segment() (mask []int8, light bool) {
	// Deviation from the neighbourhood: letters stand out, shading does not.
	local := BoxMean(p.luma, p.w, p.h, max(3, p.h/2))
	dev := make([]float64, len(p.luma))
	var up, down []float64
	for i := range dev {
		dev[i] = p.luma[i] - local[i]
		if y := i / p.w; y >= p.margin && y < p.h-p.margin {
			if dev[i] > 0 {
				up = append(up, dev[i])
			} else {
				down = append(down, -dev[i])
			}
		}
	}
	if len(up) == 0 || len(down) == 0 {
		return nil, false
	}
	// Strokes are the narrower side, so they deviate further.
	hi, lo := upper(up), upper(down)
	light = hi > lo
	sign, peak := 1.0, hi
	if !light {
		sign, peak = -1, lo
	}
	const least = 6 // luma steps; below that it is noise
	if peak < least {
		return nil, light
	}
	mask = make([]int8, len(dev))
	for i, d := range dev {
		switch d *= sign; {
		case d > 0.55*peak:
			mask[i] = 1
		case d < 0.15*peak:
		default:
			mask[i] = -1
		}
	}
	return mask, light
}

// upper is the 90th percentile.
func upper(v []float64) float64 { return upperAt(v, 0.9) }

// upperAt is the value that a share of v, which it sorts, does not exceed.
func upperAt(v []float64, share float64) float64 {
	sort.Float64s(v)
	return v[min(len(v)-1, int(share*float64(len(v))))]
}

// glyphHeight is the extent of the rows the letters take, in samples.
func (p *patch) glyphHeight(mask []int8) float64 {
	rows := make([]int, p.h)
	most := 0
	for y := range p.h {
		for _, v := range mask[y*p.w : (y+1)*p.w] {
			if v == 1 {
				rows[y]++
			}
		}
		most = max(most, rows[y])
	}
	first, last := -1, -1
	for y, n := range rows {
		if n > 0 && 8*n >= most {
			if first < 0 {
				first = y
			}
			last = y
		}
	}
	if first < 0 {
		return 0
	}
	return float64(last - first + 1)
}

// regress compares the letters with the ground next to them.
func (p *patch) regress(mask []int8, light bool, out *Ink) {
	n := len(mask)
	is := make([]float64, n)
	for i, v := range mask {
		if v == 0 {
			is[i] = 1
		}
	}
	r := max(4, (p.h-2*p.margin)*2/3)
	weight := BoxMean(is, p.w, p.h, r)
	var near [3][]float64
	for k := range 3 {
		g := make([]float64, n)
		for i := range g {
			g[i] = p.rgb[k][i] * is[i]
		}
		near[k] = BoxMean(g, p.w, p.h, r)
	}
	core := p.core(mask)
	if len(core) < 20 {
		return
	}
	var tm, gm [3]float64
	used := core[:0]
	for _, i := range core {
		if weight[i] < 0.08 {
			continue
		}
		used = append(used, i)
		for k := range 3 {
			tm[k] += p.rgb[k][i]
			gm[k] += near[k][i] / weight[i]
		}
	}
	if len(used) < 20 {
		return
	}
	for k := range 3 {
		tm[k] /= float64(len(used))
		gm[k] /= float64(len(used))
	}
	var sgg, sgt, stt, miss, lum, lumT float64
	for _, i := range used {
		var dl, dt float64
		for k, c := range [3]float64{0.299, 0.587, 0.114} {
			g, t := near[k][i]/weight[i]-gm[k], p.rgb[k][i]-tm[k]
			sgg += g * g
			sgt += g * t
			stt += t * t
			d := t - tm[k]/math.Max(gm[k], 8)*g
			miss += d * d
			dl += c * g
			dt += c * t
		}
		lum += dl * dl
		lumT += dt * dt
	}
	out.OK = true
	out.Vary = math.Sqrt(lum / float64(len(used)))
	out.Spread = math.Sqrt(lumT / float64(len(used)))
	if sgg > 0 {
		out.Slope = sgt / sgg
	}
	if sgg > 0 && stt > 0 {
		out.Print = 1 - miss/stt
		out.Fit = sgt * sgt / (sgg * stt)
	}
}

// core returns the samples inside strokes: letters whose four neighbours are
// letters too where the strokes are thick enough for that, else all letters.
func (p *patch) core(mask []int8) []int {
	var all, inner []int
	for y := 1; y < p.h-1; y++ {
		for x := 1; x < p.w-1; x++ {
			i := y*p.w + x
			if mask[i] != 1 {
				continue
			}
			all = append(all, i)
			if mask[i-1] == 1 && mask[i+1] == 1 && mask[i-p.w] == 1 && mask[i+p.w] == 1 {
				inner = append(inner, i)
			}
		}
	}
	if len(inner) >= 60 && 6*len(inner) >= len(all) {
		return inner
	}
	return all
}

// BoxMean is the mean over (2r+1)² samples, cut at the edges.
func BoxMean(v []float64, w, h, r int) []float64 {
	sum := make([]float64, (w+1)*(h+1))
	for y := range h {
		row := 0.0
		for x := range w {
			row += v[y*w+x]
			sum[(y+1)*(w+1)+x+1] = sum[y*(w+1)+x+1] + row
		}
	}
	out := make([]float64, len(v))
	for y := range h {
		y0, y1 := max(0, y-r), min(h, y+r+1)
		for x := range w {
			x0, x1 := max(0, x-r), min(w, x+r+1)
			s := sum[y1*(w+1)+x1] - sum[y0*(w+1)+x1] - sum[y1*(w+1)+x0] + sum[y0*(w+1)+x0]
			out[y*w+x] = s / float64((y1-y0)*(x1-x0))
		}
	}
	return out
}
