package pixels

import (
	"math"
	"slices"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/raster"
)

// quality measures what the pixels are worth.
func quality(w *work) facts.Quality {
	var q facts.Quality
	var sum, histogram = 0, [256]int{}
	for _, v := range w.luma.Pix {
		sum += int(v)
		histogram[v]++
	}
	n := len(w.luma.Pix)
	q.Brightness = round2(float64(sum) / float64(n))
	q.Blank = blank(w)
	q.Glare = round4(glare(w, histogram))
	q.Sharpness, q.BlurBox = w.sharpness()
	q.Blocking, q.Upscaled = 1, 0
	if native := w.picture.Native(); native != nil {
		turned := transposed(native)
		q.Blocking = round2(blocking(native, turned))
		q.Upscaled = round4(upscaled(native, turned))
	}
	return q
}

// blankRange is how much the pixels of an empty picture may differ, in levels;
// a scanner's or camera's noise on a white sheet stays inside.
const blankRange = 8

// blank reports whether all but a few of the small copy's pixels have one
// colour.
func blank(w *work) bool {
	small := w.subj.small
	for c := range 3 {
		var histogram [256]int
		for i := c; i < len(small.Pix); i += 3 {
			histogram[small.Pix[i]]++
		}
		if quantile(histogram, 0.9995)-quantile(histogram, 0.0005) > blankRange {
			return false
		}
	}
	return true
}

func quantile(histogram [256]int, q float64) int {
	total := 0
	for _, n := range histogram {
		total += n
	}
	sum := 0
	for v, n := range histogram {
		if sum += n; float64(sum) > q*float64(total) {
			return v
		}
	}
	return 255
}

// glare is the share of blown-out area inside the content: pixels at the very
// top of the scale that the background does not reach from the edge.
func glare(w *work, histogram [256]int) float64 {
	const blown = 253
	m := w.subj
	if m.plain && lowest(m.back) >= NearWhite {
		return 0 // white on white is no glare
	}
	top := 0
	for _, n := range histogram[blown:] {
		top += n
	}
	return float64(top) / float64(len(w.luma.Pix))
}

// tiles is how many parts each side is divided in to find sharp and blurred
// places.
const tiles = 8

// sharpness is the mean, over the sharpest eighth of the tiles, of the variance
// of the Laplacian; a blurred background does not make a sharp subject blurred.
// The box is the least sharp tile that has content.
func (w *work) sharpness() (float64, facts.Box) {
	g := w.luma
	if g.W < 2*tiles || g.H < 2*tiles {
		return 0, facts.Box{}
	}
	type tile struct {
		variance, contrast float64
		box                [4]int
	}
	all := make([]tile, 0, tiles*tiles)
	for ty := range tiles {
		for tx := range tiles {
			x0, x1 := max(1, tx*g.W/tiles), min(g.W-1, (tx+1)*g.W/tiles)
			y0, y1 := max(1, ty*g.H/tiles), min(g.H-1, (ty+1)*g.H/tiles)
			var sum, sq, s1, s2 int
			for y := y0; y < y1; y++ {
				up, row, down := g.Pix[(y-1)*g.W:y*g.W], g.Pix[y*g.W:(y+1)*g.W], g.Pix[(y+1)*g.W:(y+2)*g.W]
				for x := x0; x < x1; x++ {
					v := int(row[x])
					l := 4*v - int(row[x-1]) - int(row[x+1]) - int(up[x]) - int(down[x])
					sum += l
					sq += l * l
					s1 += v
					s2 += v * v
				}
			}
			n := float64((x1 - x0) * (y1 - y0))
			variance := func(sum, sq int) float64 { return float64(sq)/n - float64(sum)/n*float64(sum)/n }
			all = append(all, tile{variance(sum, sq), variance(s1, s2), [4]int{x0, y0, x1 - x0, y1 - y0}})
		}
	}
	slices.SortFunc(all, func(a, b tile) int {
		switch {
		case a.variance > b.variance:
			return -1
		case a.variance < b.variance:
			return 1
		}
		return 0
	})
	best := len(all) / 8
	mean := 0.0
	for _, t := range all[:best] {
		mean += t.variance
	}
	const content = 36 // a variance of luma that plain ground does not reach
	box := facts.Box{}
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].contrast >= content {
			box = w.full(all[i].box)
			break
		}
	}
	return round2(mean / float64(best)), box
}

// blocking is the mean step of luma across the borders of the 8×8 blocks of
// JPEG relative to the mean step elsewhere, the stronger direction: 1 without
// blocks, above 1.3 where they are seen. Plain areas (no step at all) tell
// nothing and are left out.
func blocking(g, turned *raster.Gray) float64 {
	return max(blockingAlong(g), blockingAlong(turned))
}

// blockingAlong takes the steps along x of every second row.
func blockingAlong(g *raster.Gray) float64 {
	var at, count [8]float64
	for y := 0; y < g.H; y += 2 {
		row := g.Pix[y*g.W : (y+1)*g.W]
		var sum [8]int
		for i := 1; i < len(row); i++ {
			d := int(row[i]) - int(row[i-1])
			if d < 0 {
				d = -d
			}
			if d < 40 { // a real edge says nothing about blocks
				sum[i&7] += d
			}
		}
		for i := range sum {
			at[i] += float64(sum[i])
			count[i] += float64(g.W / 8)
		}
	}
	inside := 0.0
	for i := 1; i < 8; i++ {
		inside += at[i] / max(1, count[i])
	}
	inside /= 7
	if inside < 0.02 {
		return 1
	}
	return (at[0] / max(1, count[0])) / inside
}

// transposed returns the plane with rows and columns exchanged, in tiles so
// that the cache holds them.
func transposed(g *raster.Gray) *raster.Gray {
	out := &raster.Gray{W: g.H, H: g.W, Pix: make([]uint8, len(g.Pix))}
	const tile = 32
	for y0 := 0; y0 < g.H; y0 += tile {
		for x0 := 0; x0 < g.W; x0 += tile {
			for y := y0; y < min(y0+tile, g.H); y++ {
				for x := x0; x < min(x0+tile, g.W); x++ {
					out.Pix[x*g.H+y] = g.Pix[y*g.W+x]
				}
			}
		}
	}
	return out
}

// upscaled is the likelihood that the picture was enlarged, by the periodic
// trace interpolation leaves in the second derivative (A. C. Gallagher,
// "Detection of Linear and Cubic Interpolation in JPEG Compressed Images", CRV
// 2005). A picture is enlarged both ways alike, so only a frequency that stands
// out both along x and along y counts: patterns of the subject, and the
// blocks of a JPEG saved before, do so in one direction or at other places. An
// exact doubling leaves no such trace (both phases are mirror images of each
// other); it shows in the sharpness.
func upscaled(g, turned *raster.Gray) float64 {
	across, down := peaks(g), peaks(turned)
	best := 0.0
	for k := range across {
		// The neighbours too: the two sides may have different lengths.
		best = max(best, min(across[k], max(down[max(0, k-1)], down[k], down[min(len(down)-1, k+1)])))
	}
	// Three times the median occurs by chance in a hundredth of pictures (a
	// Rayleigh distribution, both ways, at 180 frequencies).
	return min(1, max(0, (best-3)/1.5))
}

// bins is the resolution of the spectrum: frequencies of 0..½ per pixel.
const bins = 256

// peaks returns how far the spectrum of the second derivative along x stands
// out from its surroundings at each frequency, as the ratio to the local
// median; frequencies of compression blocks and slow ones are 0.
func peaks(g *raster.Gray) [bins + 1]float64 {
	var out [bins + 1]float64
	n := (g.W - 2) &^ 7 // whole blocks, so that these keep to their frequencies
	if n < 64 || g.H < 16 {
		return out
	}
	sums := make([]int, n)
	for y := 0; y < g.H; y += max(1, g.H/256) {
		row := g.Pix[y*g.W : y*g.W+n+2]
		for i := range sums {
			d := 2*int(row[i+1]) - int(row[i]) - int(row[i+2])
			if d < 0 {
				d = -d
			}
			sums[i] += min(d, 32) // one hard edge must not drown the rest
		}
	}
	// Against the mean around, so that the subject's outline is no signal.
	const around = 8
	prefix := make([]int, n+1)
	for i, v := range sums {
		prefix[i+1] = prefix[i] + v
	}
	trace := make([]float64, n)
	for i, v := range sums {
		from, to := max(0, i-around), min(n, i+around+1)
		mean := float64(prefix[to]-prefix[from]) / float64(to-from)
		trace[i] = (float64(v) - mean) / (mean + 16)
	}
	spectrum := spectrumOf(trace)
	window := make([]float64, 0, 64)
	for k, v := range spectrum {
		f := float64(k) / float64(n)
		if f < 0.15 || blockFrequency(k, n) {
			continue
		}
		window = window[:0]
		for j := max(0, k-24); j <= min(len(spectrum)-1, k+24); j++ {
			if !blockFrequency(j, n) {
				window = append(window, spectrum[j])
			}
		}
		slices.Sort(window)
		if base := window[len(window)/2]; base > 0 {
			at := int(math.Round(f * 2 * bins))
			out[at] = max(out[at], v/base)
		}
	}
	return out
}

// blockFrequency reports whether frequency k of n is that of blocks of 8 (JPEG)
// or 16 pixels (WebP), or so near that their uneven strength spills over to it.
// Half the sampling frequency is kept, where doubling shows.
func blockFrequency(k, n int) bool {
	const spill = 0.006
	f := 16 * float64(k) / float64(n)
	return math.Abs(f-math.Round(f)) <= 16*spill && 2*k != n
}

// spectrumOf returns the magnitudes of the discrete Fourier transform up to
// half the sampling frequency (Goertzel: a pass a frequency, no tables).
func spectrumOf(v []float64) []float64 {
	n := len(v)
	out := make([]float64, n/2+1)
	for k := range out {
		s, c := math.Sincos(2 * math.Pi * float64(k) / float64(n))
		coeff, s1, s2 := 2*c, 0.0, 0.0
		for _, x := range v {
			s1, s2 = x+coeff*s1-s2, s1
		}
		re, im := s1-s2*c, s2*s
		out[k] = math.Sqrt(re*re + im*im)
	}
	return out
}
