package pairs

import (
	"math"
	"slices"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/raster"
)

const (
	// traceSide is the longer side traces are looked for on: strokes of a
	// watermark are a few pixels wide there.
	traceSide = 800
	// changed is a difference, in levels, that recompression does not make.
	changed = 14
	// rim is how much of the edge is not compared.
	rim = 4
	// joined is how far apart changed places may lie to belong to one mark.
	joined = 12
	// A mark changes at least leastMark and at most mostMark of the picture.
	leastMark = 0.0003
	mostMark  = 0.30
	// wide is the half width of the mean that is taken off to leave strokes.
	wide = 7
	// A trace is left where what was taken away is still there with leastGhost
	// of its strength or more, with a correlation of leastCorrelation and
	// leastLevels levels of contrast.
	leastGhost       = 0.07
	leastCorrelation = 0.25
	leastLevels      = 1.2
	// A place that changed as a whole is no mark: a product in another colour, whose
	// own edges are in both pictures. There repaintedFill of the box or more
	// changed, and the strokes hold less than leastStrokes of what changed (squares
	// of the difference). Marks on open product photos whose trace was seen: one of
	// 277 lies there (November 2026); a product in two colours had 0.53 and 0.05.
	repaintedFill = 0.40
	leastStrokes  = 0.12
	// Nor is another ground: there regroundedShare or more of what changed had the
	// colour of the first picture's rim, in a place so wide that no stroke is, of
	// which solidShare or more lies a stroke's width inside. Along the thing's outline
	// its own edge is in both pictures, and would be taken for what is left of a mark.
	regroundedShare = 0.7
	solidShare      = 0.25
	// overChance is how far that correlation must exceed what the same strokes
	// have with the picture beside them.
	overChance = 1.15
)

// Differences looks where a replacement differs from the violating picture it
// matches (see Compare), and there for what is left
// of a mark that was removed: strokes that shine through, a blurred shadow of
// them, letters left standing. marks are the boxes of marks known in the
// violating picture (from its text), in pixels of the upright original; without
// them letters left standing whole are not found. The boxes returned are in
// pixels of the replacement: every place that differs, but for what covers most
// of the picture as another background does, and those with a trace.
func (l *Laid) Differences(violating, replacement *raster.Picture, marks []facts.Box) (changed, traces []facts.Box) {
	t := newTracer(violating, replacement, l.al, l.a, l.b)
	for _, r := range t.changedRegions() {
		box := t.toReplacement(r)
		changed = append(changed, box)
		if t.ghost(r) {
			traces = append(traces, box)
		}
	}
	for _, m := range marks {
		for _, r := range t.standing(t.fromViolating(m)) {
			traces = append(traces, t.toReplacement(r))
		}
	}
	return changed, traces
}

// tracer holds both pictures in the frame of the violating one.
type tracer struct {
	v, r   *raster.Gray // violating, and replacement laid on it
	diff   []int16      // v - r without a difference of exposure
	inside region
	al     alignment // from v's frame to the replacement's copy
	bw, bh int       // of that copy
	va     *raster.Picture
	rb     *raster.Picture
	under  *colours // of the violating picture
}

func newTracer(violating, replacement *raster.Picture, al alignment, a, b *Features) *tracer {
	small := shrunk(replacement, traceSide)
	// A smaller copy has no detail to compare with that of the original, which
	// is brought to its size.
	t := &tracer{v: shrunk(violating, traceSide), va: violating, rb: replacement, under: a.colours}
	reduced := al.sx * float64(a.luma.W) / float64(t.v.W) * float64(small.W) / float64(b.luma.W)
	if reduced < 0.95 {
		t.v = shrunk(violating, max(1, int(reduced*float64(max(t.v.W, t.v.H)))))
	}
	if al.mirror {
		small = mirrored(small)
	}
	t.bw, t.bh = small.W, small.H
	al = al.onto(a.luma, b.luma, t.v, small)
	t.al = al
	t.r, t.inside = warp(t.v, small, al)
	// A copy in another size is softer, and a difference of sharpness looks
	// like strokes along every edge: both are softened.
	for range 2 {
		t.v, t.r = soften(t.v), soften(t.r)
	}
	t.diff = make([]int16, len(t.v.Pix))
	offset := t.exposure()
	// At the rim, of either picture, a border that was put around, or what lies beyond
	// a crop, shines into the softened pixels: a thin frame of differences that would
	// be taken for one changed place as large as the picture.
	for y := max(0, t.inside.y0) + rim; y < min(t.v.H, t.inside.y1)-rim; y++ {
		for x := max(0, t.inside.x0) + rim; x < min(t.v.W, t.inside.x1)-rim; x++ {
			i := y*t.v.W + x
			t.diff[i] = int16(t.v.Pix[i]) - int16(t.r.Pix[i]) - offset
		}
	}
	return t
}

// shrunk is the luma of a picture, at most side on the longer side.
func shrunk(p *raster.Picture, side int) *raster.Gray {
	w, h := raster.Fit(p.W, p.H, side)
	return p.Luma().Shrink(w, h)
}

// soften replaces every pixel by the mean of its 3×3 surroundings.
func soften(g *raster.Gray) *raster.Gray {
	out := &raster.Gray{W: g.W, H: g.H, Pix: slices.Clone(g.Pix)}
	for y := 1; y < g.H-1; y++ {
		up, row, low := g.Pix[(y-1)*g.W:y*g.W], g.Pix[y*g.W:(y+1)*g.W], g.Pix[(y+1)*g.W:(y+2)*g.W]
		dst := out.Pix[y*g.W : (y+1)*g.W]
		for x := 1; x < g.W-1; x++ {
			sum := int(up[x-1]) + int(up[x]) + int(up[x+1]) + int(row[x-1]) + int(row[x]) + int(row[x+1]) + int(low[x-1]) + int(low[x]) + int(low[x+1])
			dst[x] = uint8((sum + 4) / 9)
		}
	}
	return out
}

// exposure is the median difference of the pictures.
func (t *tracer) exposure() int16 {
	var histogram [511]int
	n := 0
	for y := t.inside.y0; y < t.inside.y1; y++ {
		for x := t.inside.x0; x < t.inside.x1; x++ {
			i := y*t.v.W + x
			histogram[int(t.v.Pix[i])-int(t.r.Pix[i])+255]++
			n++
		}
	}
	for d, sum := 0, 0; d < len(histogram); d++ {
		if sum += histogram[d]; sum*2 >= n {
			return int16(d - 255)
		}
	}
	return 0
}

// changedRegions returns boxes around what was changed from one picture to the
// other, those that lie near each other joined.
func (t *tracer) changedRegions() [][4]int {
	// On a coarse grid: a cell is changed where several of its pixels are.
	const step = 4
	w, h := t.v.W/step, t.v.H/step
	mask := make([]bool, w*h)
	for cy := range h {
		for cx := range w {
			n := 0
			for y := cy * step; y < (cy+1)*step; y++ {
				for _, d := range t.diff[y*t.v.W+cx*step : y*t.v.W+(cx+1)*step] {
					if d > changed || d < -changed {
						n++
					}
				}
			}
			mask[cy*w+cx] = n >= 3
		}
	}
	var out [][4]int
	seen := make([]bool, len(mask))
	const reach = joined / step
	for start := range mask {
		if !mask[start] || seen[start] {
			continue
		}
		x0, y0, x1, y1, cells := w, h, 0, 0, 0
		queue := []int{start}
		seen[start] = true
		for len(queue) > 0 {
			at := queue[len(queue)-1]
			queue = queue[:len(queue)-1]
			x, y := at%w, at/w
			x0, y0, x1, y1 = min(x0, x), min(y0, y), max(x1, x+1), max(y1, y+1)
			cells++
			for ny := max(0, y-reach); ny <= min(h-1, y+reach); ny++ {
				for nx := max(0, x-reach); nx <= min(w-1, x+reach); nx++ {
					if n := ny*w + nx; mask[n] && !seen[n] {
						seen[n] = true
						queue = append(queue, n)
					}
				}
			}
		}
		share := float64(cells) / float64(w*h)
		if share < leastMark || share > mostMark {
			continue
		}
		out = append(out, [4]int{x0 * step, y0 * step, (x1 - x0) * step, (y1 - y0) * step})
	}
	slices.SortFunc(out, func(p, q [4]int) int { return p[1]*t.v.W + p[0] - q[1]*t.v.W - q[0] })
	return out
}

// ghost reports whether the strokes taken away in a box are still there,
// weaker or blurred: what was removed then correlates with what is left, there
// and nowhere beside it. What is left of a clean removal has no reason to.
func (t *tracer) ghost(box [4]int) bool {
	const beside = 20 // how far the strokes are shifted for comparison
	x0, y0 := max(wide+beside, box[0]-4), max(wide+beside, box[1]-4)
	x1, y1 := min(t.v.W-wide-beside, box[0]+box[2]+4), min(t.v.H-wide-beside, box[1]+box[3]+4)
	if x1-x0 < 8 || y1-y0 < 6 {
		return false
	}
	left := newPlane(x0-beside, y0-beside, x1+beside, y1+beside, func(x, y int) float64 {
		return t.strokes(x, y, func(i int) float64 { return float64(t.r.Pix[i]) })
	})
	type stroke struct {
		x, y int
		d    float64
	}
	var taken []stroke
	dd := 0.0
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			if d := t.strokes(x, y, func(i int) float64 { return float64(t.diff[i]) }); math.Abs(d) >= changed/2 {
				taken = append(taken, stroke{x, y, d})
				dd += d * d
			}
		}
	}
	if len(taken) < 40 {
		return false
	}
	measure := func(dx, dy int) (slope, correlation float64) {
		var rr, dr float64
		n, dd := 0, 0.0
		for _, s := range taken {
			r := left.at(s.x+dx, s.y+dy)
			if math.Abs(r) > math.Abs(s.d) {
				continue // stronger than what was taken away: the picture's own
			}
			dd += s.d * s.d
			rr += r * r
			dr += s.d * r
			n++
		}
		if rr == 0 || n < len(taken)/4 {
			return 0, 0
		}
		return dr / dd, dr / math.Sqrt(dd*rr)
	}
	if t.repainted(x0, y0, x1, y1, dd) || t.regrounded(x0, y0, x1, y1) {
		return false
	}
	slope, correlation := measure(0, 0)
	if slope < leastGhost || correlation < leastCorrelation || slope*math.Sqrt(dd/float64(len(taken))) < leastLevels {
		return false
	}
	chance := 0.0
	for _, at := range [...][2]int{{beside, 0}, {-beside, 0}, {0, beside}, {0, -beside}, {14, 14}, {-14, 14}, {14, -14}, {-14, -14}, {12, 5}, {-12, -5}, {5, -12}, {-5, 12}} {
		_, c := measure(at[0], at[1])
		chance = max(chance, math.Abs(c))
	}
	return correlation >= overChance*chance
}

// repainted reports a box that changed as a whole and not in strokes, whose squares
// sum up to strokes.
func (t *tracer) repainted(x0, y0, x1, y1 int, strokes float64) bool {
	sum, n := 0.0, 0
	for y := y0; y < y1; y++ {
		for _, d := range t.diff[y*t.v.W+x0 : y*t.v.W+x1] {
			if d >= changed || d <= -changed {
				sum += float64(d) * float64(d)
				n++
			}
		}
	}
	return float64(n) >= repaintedFill*float64((x1-x0)*(y1-y0)) && strokes < leastStrokes*sum
}

// regrounded reports a box in which the thing was put on another ground, or taken off
// one: nothing stood there that could have been removed.
func (t *tracer) regrounded(x0, y0, x1, y1 int) bool {
	isChanged := func(x, y int) bool {
		if x < 0 || y < 0 || x >= t.v.W || y >= t.v.H {
			return true // the ground goes on
		}
		d := t.diff[y*t.v.W+x]
		return d >= changed || d <= -changed
	}
	all, ground, solid := 0, 0, 0
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			if !isChanged(x, y) {
				continue
			}
			all++
			if t.under.ground[y*t.under.H/t.v.H*t.under.W+x*t.under.W/t.v.W] {
				ground++
			}
			if isChanged(x-wide, y) && isChanged(x+wide, y) && isChanged(x, y-wide) && isChanged(x, y+wide) {
				solid++
			}
		}
	}
	return float64(ground) >= regroundedShare*float64(all) && float64(solid) >= solidShare*float64(all)
}

// plane is a part of a picture computed once.
type plane struct {
	x0, y0, w int
	v         []float64
}

func newPlane(x0, y0, x1, y1 int, at func(x, y int) float64) plane {
	p := plane{x0, y0, x1 - x0, make([]float64, 0, (x1-x0)*(y1-y0))}
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			p.v = append(p.v, at(x, y))
		}
	}
	return p
}

func (p plane) at(x, y int) float64 { return p.v[(y-p.y0)*p.w+x-p.x0] }

// strokes is a value without the mean around it, sampled at every third place.
func (t *tracer) strokes(x, y int, at func(int) float64) float64 {
	sum, n := 0.0, 0
	for dy := -wide + 1; dy < wide; dy += 3 {
		for dx := -wide + 1; dx < wide; dx += 3 {
			sum += at((y+dy)*t.v.W + x + dx)
			n++
		}
	}
	return at(y*t.v.W+x) - sum/float64(n)
}

// standing finds the parts of a known mark that were left as they were while
// other parts of it were removed.
func (t *tracer) standing(mark [4]int) [][4]int {
	mark = [4]int{max(0, mark[0]), max(0, mark[1]), min(mark[2], t.v.W-max(0, mark[0])), min(mark[3], t.v.H-max(0, mark[1]))}
	if mark[2] < 8 || mark[3] < 6 {
		return nil
	}
	letter := max(6, mark[3]*3/4)
	type part struct {
		box             [4]int
		removed, stands bool
	}
	var parts []part
	for x := mark[0]; x+letter/2 < mark[0]+mark[2]; x += letter {
		box := [4]int{x, mark[1], min(letter, mark[0]+mark[2]-x), mark[3]}
		diff, steps := t.busy(box)
		// Texture of the picture itself goes on above and below the mark.
		_, above := t.busy([4]int{box[0], box[1] - box[3], box[2], box[3]})
		_, below := t.busy([4]int{box[0], box[1] + box[3], box[2], box[3]})
		parts = append(parts, part{box, diff > 0.08, diff < 0.02 && steps > 0.04 && steps > 1.6*(above+below)/2})
	}
	removed := 0
	for _, p := range parts {
		if p.removed {
			removed++
		}
	}
	var out [][4]int
	for _, p := range parts {
		if p.stands && removed > 0 {
			out = append(out, p.box)
		}
	}
	return out
}

// busy returns the shares of a box that were changed, and where the
// replacement steps from pixel to pixel as strokes do.
func (t *tracer) busy(box [4]int) (diff, steps float64) {
	n := 0
	for y := max(0, box[1]); y < min(t.v.H, box[1]+box[3]); y++ {
		for x := max(1, box[0]); x < min(t.v.W, box[0]+box[2]); x++ {
			i := y*t.v.W + x
			if d := t.diff[i]; d > changed || d < -changed {
				diff++
			}
			if math.Abs(float64(t.r.Pix[i])-float64(t.r.Pix[i-1])) > changed/2 {
				steps++
			}
			n++
		}
	}
	return diff / float64(max(1, n)), steps / float64(max(1, n))
}

// fromViolating maps a box of the violating original to the compared frame.
func (t *tracer) fromViolating(b facts.Box) [4]int {
	x0, y0 := b[0]*t.v.W/t.va.FullW, b[1]*t.v.H/t.va.FullH
	return [4]int{x0, y0, (b[0]+b[2])*t.v.W/t.va.FullW - x0, (b[1]+b[3])*t.v.H/t.va.FullH - y0}
}

// toReplacement maps a box of the compared frame to the replacement's original.
func (t *tracer) toReplacement(b [4]int) facts.Box {
	x0, x1 := t.al.sx*float64(b[0])+t.al.tx, t.al.sx*float64(b[0]+b[2])+t.al.tx
	y0, y1 := t.al.sy*float64(b[1])+t.al.ty, t.al.sy*float64(b[1]+b[3])+t.al.ty
	if t.al.mirror {
		x0, x1 = float64(t.bw)-x1, float64(t.bw)-x0
	}
	fx, fy := float64(t.rb.FullW)/float64(t.bw), float64(t.rb.FullH)/float64(t.bh)
	left, top := max(0, int(x0*fx)), max(0, int(y0*fy))
	return facts.Box{left, top, min(t.rb.FullW, int(math.Ceil(x1*fx))) - left, min(t.rb.FullH, int(math.Ceil(y1*fy))) - top}
}
