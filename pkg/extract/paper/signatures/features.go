package signatures

import (
	"math"

	"github.com/aecheck/aecheck/pkg/extract/paper/ink"
)

// features of a cluster.
type features struct {
	height   float64 // in heights of print
	width    float64 // in heights of print
	density  float64 // ink in the box
	stroke   float64 // mean width of the strokes in heights of print
	slant    float64 // share of edges that are neither upright nor level
	largest  float64 // share of the ink in the largest patch
	profile  float64 // how uneven the top edge is, in heights of print
	twins    int     // patches of the same height on the same base line: print
	top      float64 // where on the page, 0 top to 1 bottom
	blue     float64 // share of blue ink
	read     float64 // confidence with which print was read there
	near     string  // label it stands by
	filled   bool    // it stands behind the label of another field
	residue  float64 // share of the ink beside red ink
	most     float64 // how sure it can be at most, by its darkness
	inBounds bool    // of a size a hand writes
	strokes  float64 // mean number of strokes met by a line across and one down, together
	mirrored float64 // share of the ink that has ink opposite it, left and right exchanged, beyond chance
	walled   int     // sides on which print follows at once: on three or four it is part of a paragraph
	crowded  float64 // share of what lies around and between its strokes that is no paper
}

// measure takes the features of a cluster.
func (p *page) measure(c cluster) features {
	s := p.sheet
	area, largest := 0, 0
	for _, i := range c.parts {
		b := p.parts.Blobs[i]
		area += b.Area
		largest = max(largest, b.Area)
	}
	w, h := c.x1-c.x0, c.y1-c.y0
	f := features{
		height:  float64(h) / p.text,
		width:   float64(w) / p.text,
		density: float64(area) / float64(w*h),
		largest: float64(largest) / float64(max(area, 1)),
		top:     float64(c.y0+c.y1) / 2 / float64(s.H),
	}
	first := make([]int, w) // highest row of ink in each column, counted from 1
	t := p.trace(c.parts, func(x, y int) {
		if at := y - c.y0 + 1; first[x-c.x0] == 0 || at < first[x-c.x0] {
			first[x-c.x0] = at
		}
	})
	var tops []float64
	for _, y := range first {
		if y > 0 {
			tops = append(tops, float64(y-1))
		}
	}
	f.stroke = 2 * float64(area) / float64(max(t.perimeter, 1)) / p.text
	f.slant = float64(t.slanted) / float64(max(t.edges, 1))
	f.blue = float64(t.blue) / float64(max(area, 1))
	f.profile = deviation(tops) / p.text
	f.strokes, f.mirrored, f.crowded = p.shape(c)
	f.twins = p.twins(c)
	f.walled = p.walled(c)
	f.read = p.around(c)
	f.near, _, f.filled = p.wanted(c)
	f.residue = p.residue(c)
	f.most = 1
	if p.print.n > 0 {
		f.most = p.faint(c, p.lookOf(c.parts))
	}
	f.inBounds = f.height >= 1.5 && f.width >= 1.8 && f.height <= 18 && f.width <= 70 && (w <= s.W*13/20 || s.W < 300)
	return f
}

// traced is what the pixels of patches tell.
type traced struct {
	area, perimeter int
	blue            int // pixels of blue ink
	edges, slanted  int // pixels of clear edges, and of those more than 20° off both axes
	tones           [256]int
}

// trace walks over the ink of patches; visit, if any, is called for each pixel.
func (p *page) trace(parts []int, visit func(x, y int)) (t traced) {
	s := p.sheet
	for _, part := range parts {
		for _, r := range p.parts.Runs(p.parts.Blobs[part]) {
			y := int(r.Y)
			for x := int(r.X0); x < int(r.X1); x++ {
				i := y*s.W + x
				if visit != nil {
					visit(x, y)
				}
				t.area++
				t.tones[p.pen[i]]++
				if s.Blue[i] > 40 {
					t.blue++
				}
				if x == 0 || y == 0 || x == s.W-1 || y == s.H-1 {
					continue
				}
				if p.mask.At(x-1, y) && p.mask.At(x+1, y) && p.mask.At(x, y-1) && p.mask.At(x, y+1) {
					continue
				}
				t.perimeter++
				gx := int(s.Dark[i+1]) - int(s.Dark[i-1]) + (int(s.Dark[i+1-s.W])-int(s.Dark[i-1-s.W])+int(s.Dark[i+1+s.W])-int(s.Dark[i-1+s.W]))/2
				gy := int(s.Dark[i+s.W]) - int(s.Dark[i-s.W]) + (int(s.Dark[i+s.W-1])-int(s.Dark[i-s.W-1])+int(s.Dark[i+s.W+1])-int(s.Dark[i-s.W+1]))/2
				if gx*gx+gy*gy < 60*60 {
					continue
				}
				t.edges++
				if ax, ay := abs(gx), abs(gy); 100*min(ax, ay) > 36*max(ax, ay) {
					t.slanted++
				}
			}
		}
	}
	return t
}

// shape tells pen strokes on paper from drawn signs and from the texture of
// photographs.
func (p *page) shape(c cluster) (strokes, mirrored, crowded float64) {
	s := p.sheet
	margin := int(1.5 * p.text)
	x0, y0 := max(0, c.x0-margin), max(0, c.y0-margin)
	w, h := min(s.W, c.x1+margin)-x0, min(s.H, c.y1+margin)-y0
	own := ink.NewMask(w, h)
	across, down, area := 0, 0, 0
	for _, i := range c.parts {
		for _, r := range p.parts.Runs(p.parts.Blobs[i]) {
			across++
			area += int(r.X1 - r.X0)
			for x := int(r.X0); x < int(r.X1); x++ {
				own.Set(x-x0, int(r.Y)-y0)
			}
		}
	}
	near := own.Grow(max(1, int(p.text/8))) // the soft edge of the strokes, and a hand's idea of symmetry
	opposite, other, around := 0, 0, 0
	for y := range h {
		for x := range w {
			switch {
			case own.At(x, y):
				if y == 0 || !own.At(x, y-1) {
					down++
				}
				if m := c.x0 + c.x1 - 1 - 2*x0 - x; near.At(m, y) {
					opposite++
				}
			case !near.At(x, y):
				around++
				if i := (y+y0)*s.W + x + x0; p.mask.At(x+x0, y+y0) || (s.Dark[i] >= inkDark || max(s.Red[i], s.Blue[i]) >= sealRed) && !p.inSeal(x+x0, y+y0) {
					other++
				}
			}
		}
	}
	// Dense strokes lie opposite each other by chance.
	chance := math.Min(0.95, float64(w*h-around)/float64((c.x1-c.x0)*(c.y1-c.y0)))
	mirrored = math.Max(0, (float64(opposite)/float64(max(area, 1))-chance)/(1-chance))
	return float64(across)/float64(c.y1-c.y0) + float64(down)/float64(c.x1-c.x0), mirrored, float64(other) / float64(max(around, 1))
}

// inkDark is the darkness from which something is no paper.
const inkDark = 64

// deviation is the standard deviation.
func deviation(v []float64) float64 {
	if len(v) == 0 {
		return 0
	}
	var sum, sq float64
	for _, x := range v {
		sum += x
	}
	mean := sum / float64(len(v))
	for _, x := range v {
		sq += (x - mean) * (x - mean)
	}
	return math.Sqrt(sq / float64(len(v)))
}

// twins counts patches beside the cluster's own that share their height and
// base line: the other letters of a heading.
func (p *page) twins(c cluster) int {
	most := 0
	for _, i := range c.parts {
		b := p.parts.Blobs[i]
		n := 0
		for _, o := range p.parts.Blobs {
			if o.Label == b.Label || o.H() < 4 {
				continue
			}
			gap := max(b.X0, o.X0) - min(b.X1, o.X1)
			if gap > 2*b.H() {
				continue
			}
			tol := max(1, b.H()/10)
			if abs(o.H()-b.H()) <= tol && abs(o.Y1-b.Y1) <= tol {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}

func abs(v int) int {
	if v < 0 {
		return -v
	}
	return v
}

// walled counts the sides of a cluster along most of which other patches of
// the size of print stand no farther off than a line.
func (p *page) walled(c cluster) int {
	reach := int(1.5 * p.text)
	own := make(map[int32]bool, len(c.parts))
	for _, i := range c.parts {
		own[p.parts.Blobs[i].Label] = true
	}
	w, h := c.x1-c.x0, c.y1-c.y0
	above, below, left, right := make([]bool, w), make([]bool, w), make([]bool, h), make([]bool, h)
	for _, b := range p.parts.Blobs {
		if b.X1 < c.x0-reach || b.X0 > c.x1+reach || b.Y1 < c.y0-reach || b.Y0 > c.y1+reach ||
			float64(b.H()) < 0.4*p.text || own[b.Label] {
			continue
		}
		switch {
		case b.Y1 <= c.y0:
			fill(above, b.X0-c.x0, b.X1-c.x0, reach/2)
		case b.Y0 >= c.y1:
			fill(below, b.X0-c.x0, b.X1-c.x0, reach/2)
		case b.X1 <= c.x0:
			fill(left, b.Y0-c.y0, b.Y1-c.y0, reach/2)
		case b.X0 >= c.x1:
			fill(right, b.Y0-c.y0, b.Y1-c.y0, reach/2)
		}
	}
	n := 0
	for _, side := range [...][]bool{above, below, left, right} {
		covered := 0
		for _, v := range side {
			if v {
				covered++
			}
		}
		if 10*covered > 6*len(side) {
			n++
		}
	}
	return n
}

// fill marks a stretch and as much as gap on both sides of it.
func fill(side []bool, from, to, gap int) {
	for i := max(0, from-gap); i < min(len(side), to+gap); i++ {
		side[i] = true
	}
}

// around returns how well print was read where the cluster lies.
func (p *page) around(c cluster) (read float64) {
	box := [4]int{c.x0, c.y0, c.x1 - c.x0, c.y1 - c.y0}
	for _, l := range p.lines {
		if l.Confidence > read && inside(box, l.Box) > 0.6 && float64(box[3]) < 1.6*float64(l.Box[3]) {
			read = l.Confidence
		}
	}
	return read
}

// confidence that the features are those of a signature.
func (f features) confidence() float64 {
	if !f.inBounds || f.density > 0.42 || f.filled || f.residue > mostResidue {
		return 0
	}
	c := 0.26*ramp(f.slant, 0.28, 0.5) +
		0.2*ramp(f.height, 1.5, 3) +
		0.14*ramp(f.width, 2, 5) +
		0.14*ramp(f.density, 0.4, 0.15) +
		0.12*ramp(f.stroke, 0.45, 0.2) +
		0.14*ramp(f.profile, 0.25, 0.8)
	c += 0.12 * ramp(f.blue, 0.2, 0.7)
	if f.near != "" {
		c += 0.12
	}
	c -= 0.12 * float64(min(f.twins, 4))
	if f.top < 0.14 {
		c -= 0.2 // letterhead
	}
	// One arc or bar is the edge of something, an even sign about as wide as
	// high is a drawing, and what lies among as much other darkness as paper
	// is part of a photograph.
	c -= 0.6 * ramp(f.strokes, 2.6, 2.1)
	c -= 0.7 * ramp(f.mirrored, 0.35, 0.55) * ramp(f.width/f.height, 2.1, 1.6)
	c -= 0.7 * ramp(f.crowded, 0.3, 0.45)
	if f.walled >= 3 {
		c -= 0.4
	}
	if f.read > 0.85 {
		c -= 0.5 * (f.read - 0.6)
	}
	return math.Max(0, math.Min(0.97, math.Min(c, f.most)))
}

// ramp rises from 0 at lo to 1 at hi (or falls, where lo > hi).
func ramp(v, lo, hi float64) float64 {
	return math.Max(0, math.Min(1, (v-lo)/(hi-lo)))
}
