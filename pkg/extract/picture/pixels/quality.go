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
		q.Blocking = round2(blocking(native))
		q.Upscaled = round4(upscaled(native))
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
	if m.plain && lowest(m.back) >= nearWhite {
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
				up, down := g.Pix[(y-1)*g.W+x0:(y-1)*g.W+x1], g.Pix[(y+1)*g.W+x0:(y+1)*g.W+x1]
				row := g.Pix[y*g.W+x0 : y*g.W+x1]
				right := g.Pix[y*g.W+x0+1 : y*g.W+x1+1]
				up, down, right = up[:len(row)], down[:len(row)], right[:len(row)]
				left := int(g.Pix[y*g.W+x0-1])
				for i, c := range row {
					v := int(c)
					l := 4*v - left - int(right[i]) - int(up[i]) - int(down[i])
					left = v
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

// maxStep is a step of luma that is a real edge, and says nothing about blocks.
const maxStep = 40

// blocking is the mean step of luma across the borders of the 8×8 blocks of
// JPEG relative to the mean step elsewhere, the stronger direction: 1 without
// blocks, above 1.3 where they are seen. Plain areas (no step at all) tell
// nothing and are left out. Steps along x are taken of every second row, and
// along y of every second column.
func blocking(g *raster.Gray) float64 {
	var along, down [8]int // sums of steps by their place in the block
	for y := 0; y < g.H; y += 2 {
		row := g.Pix[y*g.W : (y+1)*g.W]
		before := int(row[0])
		for i, v := range row {
			d := abs(int(v) - before)
			before = int(v)
			if d < maxStep {
				along[i&7] += d
			}
		}
	}
	for y := 1; y < g.H; y++ {
		row, above := g.Pix[y*g.W:(y+1)*g.W], g.Pix[(y-1)*g.W:y*g.W]
		sum := 0
		for x := 0; x < len(row) && x < len(above); x += 2 {
			if d := abs(int(row[x]) - int(above[x])); d < maxStep {
				sum += d
			}
		}
		down[y&7] += sum
	}
	return max(blockRatio(along, (g.H+1)/2*(g.W/8)), blockRatio(down, (g.W+1)/2*(g.H/8)))
}

// blockRatio relates the steps at the block's border to the mean of the
// others, each summed over count places.
func blockRatio(steps [8]int, count int) float64 {
	n := max(1, float64(count))
	inside := 0.0
	for _, v := range steps[1:] {
		inside += float64(v) / n
	}
	inside /= 7
	if inside < 0.02 {
		return 1
	}
	return float64(steps[0]) / n / inside
}

// upscaled is the likelihood that the picture was enlarged, by the periodic
// trace interpolation leaves in the second derivative (A. C. Gallagher,
// "Detection of Linear and Cubic Interpolation in JPEG Compressed Images", CRV
// 2005). A picture is enlarged both ways alike, so only a frequency that stands
// out both along x and along y counts: patterns of the subject, and the
// blocks of a JPEG saved before, do so in one direction or at other places. An
// exact doubling leaves no such trace (both phases are mirror images of each
// other); it shows in the sharpness.
//
// Of a drawn table or chart nothing is told: its rules and rows of letters repeat by
// themselves.
func upscaled(g *raster.Gray) float64 {
	along, upright := secondAlong(g), secondDown(g)
	if ruled(along) || ruled(upright) {
		return 0
	}
	across, down := peaks(along), peaks(upright)
	best := 0.0
	for k := range across {
		// The neighbours too: the two sides may have different lengths.
		best = max(best, min(across[k], max(down[max(0, k-1)], down[k], down[min(len(down)-1, k+1)])))
	}
	// Three times the median occurs by chance in a hundredth of pictures (a
	// Rayleigh distribution, both ways, at 180 frequencies).
	likely := min(1, max(0, (best-3)/1.5))
	if likely > 0 && finest(g) > mostFinest {
		return 0
	}
	return likely
}

// mostFinest is the share of detail at the scale of single pixels above which a picture
// was not enlarged: making it smaller leaves the same periodic traces, and all of its
// detail. Of 40 open photographs enlarged 1.5 times or more by three filters 95 % and
// more had less, of the same made smaller one in eight (November 2026).
const mostFinest = 0.56

// finest relates the detail of a picture, its second derivative, to that of a copy of half
// the size, where that has some.
func finest(g *raster.Gray) float64 {
	const (
		few  = 6  // a second derivative of the copy that is detail
		most = 64 // one hard edge must not drown the rest
	)
	half := func(x, y int) int { // four times the copy's value
		i := 2*y*g.W + 2*x
		return int(g.Pix[i]) + int(g.Pix[i+1]) + int(g.Pix[i+g.W]) + int(g.Pix[i+g.W+1])
	}
	fine := func(x, y int) int {
		i := y*g.W + x
		return min(abs(4*int(g.Pix[i])-int(g.Pix[i-1])-int(g.Pix[i+1])-int(g.Pix[i-g.W])-int(g.Pix[i+g.W])), most)
	}
	var of, whole float64
	for y := 1; y < g.H/2-1; y += max(1, g.H/2/256) {
		for x := 1; x < g.W/2-1; x++ {
			coarse := min(float64(abs(4*half(x, y)-half(x-1, y)-half(x+1, y)-half(x, y-1)-half(x, y+1)))/4, most)
			if coarse <= few {
				continue
			}
			whole += coarse
			of += float64(fine(2*x, 2*y)+fine(2*x+1, 2*y)+fine(2*x, 2*y+1)+fine(2*x+1, 2*y+1)) / 4
		}
	}
	if whole == 0 {
		return 0
	}
	return of / whole
}

// ruled reports that a summed second derivative is mostly that of a few places, as of a
// drawing's lines. Of open product photos enlarged by us the most had 0.25 there, of drawn
// tables of sizes the least 0.43 in one of the directions (November 2026).
func ruled(sums []int) bool {
	const few, most = 25, 0.35 // one place of so many; share of all
	sorted := slices.Sorted(slices.Values(sums))
	all, top := 0, 0
	for i, v := range sorted {
		all += v
		if i >= len(sorted)-len(sorted)/few {
			top += v
		}
	}
	return float64(top) > most*float64(all)
}

// hardEdge caps a second derivative: one hard edge must not drown the rest.
const hardEdge = 32

// secondAlong sums the second derivative along x over at most some 256 rows,
// at whole blocks, so that these keep to their frequencies. It is nil where the
// picture is too small.
func secondAlong(g *raster.Gray) []int {
	n := (g.W - 2) &^ 7
	if n < 64 || g.H < 16 {
		return nil
	}
	sums := make([]int, n)
	for y := 0; y < g.H; y += max(1, g.H/256) {
		a := g.Pix[y*g.W : y*g.W+n]
		b, c := g.Pix[y*g.W+1:y*g.W+1+n], g.Pix[y*g.W+2:y*g.W+2+n]
		a, b, c = a[:len(sums)], b[:len(sums)], c[:len(sums)]
		for i := range sums {
			sums[i] += min(abs(2*int(b[i])-int(a[i])-int(c[i])), hardEdge)
		}
	}
	return sums
}

// secondDown is secondAlong along y.
func secondDown(g *raster.Gray) []int {
	n := (g.H - 2) &^ 7
	if n < 64 || g.W < 16 {
		return nil
	}
	sums := make([]int, n)
	step := max(1, g.W/256)
	for i := range sums {
		a := g.Pix[i*g.W : (i+1)*g.W]
		b, c := g.Pix[(i+1)*g.W:(i+2)*g.W], g.Pix[(i+2)*g.W:(i+3)*g.W]
		b, c = b[:len(a)], c[:len(a)]
		sum := 0
		for x := 0; x < len(a); x += step {
			sum += min(abs(2*int(b[x])-int(a[x])-int(c[x])), hardEdge)
		}
		sums[i] = sum
	}
	return sums
}

// around is how many frequencies on both sides a peak is compared with.
const around = 24

// peaks returns how far the spectrum of a summed second derivative stands out
// from its surroundings at each frequency, as the ratio to the local median;
// frequencies of compression blocks and slow ones are 0.
func peaks(sums []int) [bins + 1]float64 {
	var out [bins + 1]float64
	n := len(sums)
	if n == 0 {
		return out
	}
	// Against the mean around, so that the subject's outline is no signal.
	const beside = 8
	prefix := make([]int, n+1)
	for i, v := range sums {
		prefix[i+1] = prefix[i] + v
	}
	trace := make([]float64, n)
	for i, v := range sums {
		from, to := max(0, i-beside), min(n, i+beside+1)
		mean := float64(prefix[to]-prefix[from]) / float64(to-from)
		trace[i] = (float64(v) - mean) / (mean + 16)
	}
	slowest := 0
	for float64(slowest)/float64(n) < 0.15 {
		slowest++
	}
	var asked []int // frequencies looked at, ascending
	for k := max(0, slowest-around); k <= n/2; k++ {
		if !blockFrequency(k, n) {
			asked = append(asked, k)
		}
	}
	spectrum := magnitudes(trace, asked)
	// The window's values, ascending, as it moves along.
	window := make([]float64, 0, 2*around+2)
	from, to := 0, 0
	for i, k := range asked {
		if k < slowest {
			continue
		}
		for ; to < len(asked) && asked[to] <= k+around; to++ {
			at, _ := slices.BinarySearch(window, spectrum[to])
			window = slices.Insert(window, at, spectrum[to])
		}
		for ; asked[from] < k-around; from++ {
			at, _ := slices.BinarySearch(window, spectrum[from])
			window = slices.Delete(window, at, at+1)
		}
		if base := window[len(window)/2]; base > 0 {
			at := int(math.Round(float64(k) / float64(n) * 2 * bins))
			out[at] = max(out[at], spectrum[i]/base)
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

// magnitudes returns those of the discrete Fourier transform of v at the
// frequencies asked for (Goertzel: a pass for each, no tables). Each step waits
// for the one before, so four passes go side by side.
func magnitudes(v []float64, asked []int) []float64 {
	out := make([]float64, len(asked)+3)
	var c, s, coeff [4]float64
	for i := 0; i < len(asked); i += 4 {
		for j := range 4 {
			k := asked[min(i+j, len(asked)-1)]
			s[j], c[j] = math.Sincos(2 * math.Pi * float64(k) / float64(len(v)))
			coeff[j] = 2 * c[j]
		}
		c0, c1, c2, c3 := coeff[0], coeff[1], coeff[2], coeff[3]
		var a0, a1, a2, a3, b0, b1, b2, b3 float64
		for _, x := range v {
			a0, b0 = x+c0*a0-b0, a0
			a1, b1 = x+c1*a1-b1, a1
			a2, b2 = x+c2*a2-b2, a2
			a3, b3 = x+c3*a3-b3, a3
		}
		for j, p := range [4][2]float64{{a0, b0}, {a1, b1}, {a2, b2}, {a3, b3}} {
			re, im := p[0]-p[1]*c[j], p[1]*s[j]
			out[i+j] = math.Sqrt(re*re + im*im)
		}
	}
	return out[:len(asked)]
}

// bins is the resolution of the spectrum: frequencies of 0..½ per pixel.
const bins = 256
