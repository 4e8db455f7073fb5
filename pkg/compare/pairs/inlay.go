package pairs

import (
	"cmp"
	"math"
	"slices"

	"github.com/aecheck/aecheck/pkg/raster"
)

// An Inlay is a picture that is looked for inside others, of which there are only small
// copies: it is laid on them wherever it fits, and moved until it agrees best. That tells
// the original of a crop from pictures of things that look alike, which agree nearly as
// well where a few corners put them.
type Inlay struct {
	plain, mirrored *table
	templates       [2][]template // plain, mirrored
}

// NewInlay makes a picture ready; its longer side is best some three times that of the
// small copies.
func NewInlay(p *raster.RGB) *Inlay {
	if p.W == 0 || p.H == 0 {
		p = raster.NewRGB(1, 1)
	}
	in := &Inlay{plain: newTable(p, false), mirrored: newTable(p, true)}
	for i, t := range []*table{in.plain, in.mirrored} {
		for w := leastTemplate; w <= mostTemplate; w++ {
			if m, ok := t.template(w); ok {
				in.templates[i] = append(in.templates[i], m)
			}
		}
	}
	return in
}

const (
	// Templates are laid on copies of half the size, of 24 cells: a crop of a third of
	// both sides is the least that is found.
	leastTemplate, mostTemplate = 8, 24
	// settled is how many of the places found for a small copy are moved about.
	settled = 2
	// leastContrast is the variance, in squared levels, below which there is nothing to
	// agree in.
	leastContrast = 4
)

// Cells are a small copy of a picture: the means of luma and of two differences of
// colours, and the same at half the size.
type Cells struct{ full, half *cells }

// NewCells makes them of a small picture.
func NewCells(p *raster.RGB) *Cells {
	c := cellsOf(p)
	return &Cells{c, c.halved()}
}

type cells struct {
	w, h  int
	plane [3][]float32 // rows without padding
}

func cellsOf(p *raster.RGB) *cells {
	c := &cells{w: p.W, h: p.H}
	for k := range c.plane {
		c.plane[k] = make([]float32, p.W*p.H)
	}
	for i := range p.W * p.H { // ITU-R BT.601
		r, g, b := float32(p.Pix[3*i]), float32(p.Pix[3*i+1]), float32(p.Pix[3*i+2])
		c.plane[0][i] = 0.299*r + 0.587*g + 0.114*b
		c.plane[1][i] = -0.169*r - 0.331*g + 0.5*b
		c.plane[2][i] = 0.5*r - 0.419*g - 0.081*b
	}
	return c
}

func (c *cells) halved() *cells {
	out := &cells{w: (c.w + 1) / 2, h: (c.h + 1) / 2}
	for k := range out.plane {
		out.plane[k] = make([]float32, out.w*out.h)
		for y := range out.h {
			for x := range out.w {
				y1, x1 := min(2*y+1, c.h-1), min(2*x+1, c.w-1)
				out.plane[k][y*out.w+x] = (c.plane[k][2*y*c.w+2*x] + c.plane[k][2*y*c.w+x1] + c.plane[k][y1*c.w+2*x] + c.plane[k][y1*c.w+x1]) / 4
			}
		}
	}
	return out
}

// table is a picture summed up from its corner, so that the mean of any rectangle is
// known by four places.
type table struct {
	w, h int
	sum  [3][]float64 // (w+1)·(h+1)
}

func newTable(p *raster.RGB, mirror bool) *table {
	c := cellsOf(p)
	t := &table{w: c.w, h: c.h}
	for k := range t.sum {
		s := make([]float64, (c.w+1)*(c.h+1))
		for y := range c.h {
			row := 0.0
			for x := range c.w {
				at := x
				if mirror {
					at = c.w - 1 - x
				}
				row += float64(c.plane[k][y*c.w+at])
				s[(y+1)*(c.w+1)+x+1] = s[y*(c.w+1)+x+1] + row
			}
		}
		t.sum[k] = s
	}
	return t
}

// at are the sums from the corner to a place between pixels.
func (t *table) at(x, y float64) (out [3]float64) {
	x, y = min(max(x, 0), float64(t.w)), min(max(y, 0), float64(t.h))
	x0, y0 := min(int(x), t.w-1), min(int(y), t.h-1)
	fx, fy := x-float64(x0), y-float64(y0)
	i, j := y0*(t.w+1)+x0, (y0+1)*(t.w+1)+x0
	for k, s := range t.sum {
		out[k] = (1-fy)*((1-fx)*s[i]+fx*s[i+1]) + fy*((1-fx)*s[j]+fx*s[j+1])
	}
	return out
}

// lay is how a small copy lies on a picture: its place (x, y) on (s·x + tx, s·y + ty).
type lay struct{ s, tx, ty float64 }

// Inlaid is how well an inlay and a small copy agree where it lies best.
type Inlaid struct {
	Mirror bool
	Agree  float64 // correlation of luma, -1 to 1, without the fifth of the places that agree least
	Chroma float64 // mean difference of colour there, levels
	Inside float64 // share of the inlay that lies on the copy, 0 to 1
	Share  float64 // share of the copy that the inlay covers, 0 to 1
}

// value is what is made as large as may be.
func (f Inlaid) value() float64 {
	return f.Agree - 0.002*f.Chroma - 0.3*(1-min(1, f.Inside))
}

// samples are the pairs of values of the places that both show.
type samples struct{ a, b [3][]float64 }

// agreeing tells how well a copy agrees with the picture that it is laid on.
func (t *table) agreeing(c *cells, l lay, s *samples) Inlaid {
	const (
		slack = 0.3  // of a cell that may lie outside
		least = 0.15 // of the copy
	)
	f := Inlaid{}
	w := min(float64(t.w), l.s*float64(c.w)+l.tx) - max(0, l.tx)
	h := min(float64(t.h), l.s*float64(c.h)+l.ty) - max(0, l.ty)
	if w <= 0 || h <= 0 || c.w*c.h == 0 {
		return f
	}
	f.Inside = w * h / float64(t.w*t.h)
	x0, x1 := max(0, int(math.Ceil(-slack-l.tx/l.s))), min(c.w, int(math.Floor((float64(t.w)-l.tx)/l.s+slack)))
	y0, y1 := max(0, int(math.Ceil(-slack-l.ty/l.s))), min(c.h, int(math.Floor((float64(t.h)-l.ty)/l.s+slack)))
	n := max(0, x1-x0) * max(0, y1-y0)
	f.Share = float64(n) / float64(c.w*c.h)
	if f.Share < least {
		return f
	}
	for k := range s.a {
		s.a[k], s.b[k] = s.a[k][:0], s.b[k][:0]
	}
	for y := y0; y < y1; y++ {
		top, low := max(0, l.s*float64(y)+l.ty), min(float64(t.h), l.s*float64(y+1)+l.ty)
		left := max(0, l.s*float64(x0)+l.tx)
		above, below := t.at(left, top), t.at(left, low)
		for x := x0; x < x1; x++ {
			right := min(float64(t.w), l.s*float64(x+1)+l.tx)
			nextAbove, nextBelow := t.at(right, top), t.at(right, low)
			area := (right - left) * (low - top)
			for k := range s.a {
				s.a[k] = append(s.a[k], float64(c.plane[k][y*c.w+x]))
				s.b[k] = append(s.b[k], (nextBelow[k]-nextAbove[k]-below[k]+above[k])/area)
			}
			left, above, below = right, nextAbove, nextBelow
		}
	}
	s.measure(&f)
	return f
}

// measure fills in how well the samples agree, without those that agree least:
// something may be laid over them.
func (s *samples) measure(f *Inlaid) {
	slope, shift, _ := fitted(s.a[0], s.b[0])
	off := 0.0
	for i := range s.a[0] {
		d := s.b[0][i] - slope*s.a[0][i] - shift
		off += d * d
	}
	most := 1.28 * 1.28 * off / float64(len(s.a[0])) // a fifth of a normal distribution lies beyond
	n := 0
	for i := range s.a[0] {
		if d := s.b[0][i] - slope*s.a[0][i] - shift; d*d <= most {
			for k := range s.a {
				s.a[k][n], s.b[k][n] = s.a[k][i], s.b[k][i]
			}
			n++
		}
	}
	_, _, f.Agree = fitted(s.a[0][:n], s.b[0][:n])
	var shifts [3]float64 // the white may have been set anew
	for i := range n {
		for k := 1; k < 3; k++ {
			shifts[k] += (s.b[k][i] - s.a[k][i]) / float64(n)
		}
	}
	for i := range n {
		f.Chroma += math.Hypot(s.b[1][i]-s.a[1][i]-shifts[1], s.b[2][i]-s.a[2][i]-shifts[2]) / float64(n)
	}
}

// moved moves a small copy about until it agrees best; from is the first step, in cells.
func (t *table) moved(c *cells, l lay, from, until float64, s *samples) (lay, Inlaid) {
	const rounds = 3 // with each step
	best := t.agreeing(c, l, s)
	for d := from; d >= until; d /= 2 {
		for range rounds {
			better := false
			for _, m := range [...][3]float64{{d, 0, 0}, {-d, 0, 0}, {0, d, 0}, {0, -d, 0}, {0, 0, d}, {0, 0, -d}} {
				// Larger or smaller about the middle of the picture, by that much at its edges.
				k := 1 + m[2]*2/float64(max(c.w, c.h))
				cx, cy := float64(t.w)/2, float64(t.h)/2
				n := lay{l.s * k, cx - (cx-l.tx)*k + m[0]*l.s, cy - (cy-l.ty)*k + m[1]*l.s}
				if f := t.agreeing(c, n, s); f.value() > best.value() {
					l, best, better = n, f, true
				}
			}
			if !better {
				break
			}
		}
	}
	return l, best
}

// template is a picture at a size, to be laid on small copies: its luma, of mean 0 and
// length 1.
type template struct {
	w, h int
	pix  []float32
}

// template is not ok where there is nothing to agree in.
func (t *table) template(w int) (template, bool) {
	const least = 3 // cells high
	out := template{w: w, h: int(math.Round(float64(w) * float64(t.h) / float64(t.w)))}
	if out.h < least {
		return out, false
	}
	out.pix = make([]float32, w*out.h)
	mean, sx, sy := float32(0), float64(t.w)/float64(w), float64(t.h)/float64(out.h)
	for y := range out.h {
		for x := range w {
			x0, y0, x1, y1 := float64(x)*sx, float64(y)*sy, float64(x+1)*sx, float64(y+1)*sy
			v := float32((t.at(x1, y1)[0] - t.at(x1, y0)[0] - t.at(x0, y1)[0] + t.at(x0, y0)[0]) / (sx * sy))
			out.pix[y*w+x] = v
			mean += v / float32(w*out.h)
		}
	}
	sq := float32(0)
	for i := range out.pix {
		out.pix[i] -= mean
		sq += out.pix[i] * out.pix[i]
	}
	if sq < leastContrast*float32(len(out.pix)) {
		return out, false
	}
	for i := range out.pix {
		out.pix[i] /= float32(math.Sqrt(float64(sq)))
	}
	return out, true
}

// best is where templates agree best with a small copy, and the correlation; -1 where
// none fits on it.
func (t *table) best(c *cells, list []template) (at lay, agree float64) {
	agree = -1
	for _, p := range list {
		n := float32(p.w * p.h)
		for y := 0; y+p.h <= c.h; y++ {
			for x := 0; x+p.w <= c.w; x++ {
				var dot, sum, sq float32
				for j := range p.h {
					row := c.plane[0][(y+j)*c.w+x:][:p.w]
					for i, m := range p.pix[j*p.w:][:p.w] {
						v := row[i]
						dot += v * m
						sum += v
						sq += v * v
					}
				}
				varied := sq - sum*sum/n
				if varied < leastContrast*n {
					continue
				}
				if v := float64(dot) / math.Sqrt(float64(varied)); v > agree {
					s := float64(t.w) / float64(p.w)
					at, agree = lay{s, -s * float64(x), -s * float64(y)}, v
				}
			}
		}
	}
	return at, agree
}

// Placed is a place at which a small copy may lie on the inlay, and how well it agrees
// there as far as is known.
type Placed struct {
	lay lay // of the copy at half its size
	Inlaid
}

// table of the picture, or of its mirror image.
func (in *Inlay) table(mirror bool) *table {
	if mirror {
		return in.mirrored
	}
	return in.plain
}

// Search lays templates on a small copy at half its size. It returns the best place of
// the picture and of its mirror image; of how well they agree, Agree alone is known.
func (in *Inlay) Search(c *Cells) []Placed {
	var out []Placed
	for i, list := range in.templates {
		if l, agree := in.table(i == 1).best(c.half, list); agree > 0 {
			out = append(out, Placed{l, Inlaid{Mirror: i == 1, Agree: agree}})
		}
	}
	return out
}

// Settle moves a small copy about at half its size from each of the places found by
// Search or by corners, and returns the best; one of Agree -1 for none.
func (in *Inlay) Settle(c *Cells, found []Placed, ways []Way) Placed {
	for _, w := range ways {
		x, y := float64(in.plain.w)/float64(w.onW), float64(in.plain.h)/float64(w.onH)
		sx, sy := w.at.sx*float64(w.w)/float64(c.half.w)*x, w.at.sy*float64(w.h)/float64(c.half.h)*y
		found = append(found, Placed{lay{(sx + sy) / 2, w.at.tx * x, w.at.ty * y}, Inlaid{Mirror: w.at.mirror}})
	}
	var s samples
	for i := range found {
		p := &found[i]
		mirror := p.Mirror
		p.Inlaid = in.table(mirror).agreeing(c.half, p.lay, &s)
		p.Mirror = mirror
	}
	slices.SortStableFunc(found, func(a, b Placed) int { return cmp.Compare(b.value(), a.value()) })
	best := Placed{Inlaid: Inlaid{Agree: -1}}
	for _, p := range found[:min(len(found), settled)] {
		l, f := in.table(p.Mirror).moved(c.half, p.lay, 0.5, 0.2, &s)
		f.Mirror = p.Mirror
		if f.value() > best.value() {
			best = Placed{l, f}
		}
	}
	return best
}

// Fine moves a place about on the small copy at its full size.
func (in *Inlay) Fine(c *Cells, p Placed) Inlaid {
	k := float64(c.half.w) / float64(c.full.w)
	_, f := in.table(p.Mirror).moved(c.full, lay{p.lay.s * k, p.lay.tx, p.lay.ty}, 0.5, 0.06, &samples{})
	f.Mirror = p.Mirror
	return f
}

// Way is an alignment by corners, with the sizes of the copies it is on.
type Way struct {
	at             alignment
	w, h, onW, onH int
}
