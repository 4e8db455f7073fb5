// Package marks looks for a known mark, a logo, in a picture: at several sizes,
// fully or partly opaque, dark on light or light on dark. Turned, slanted and
// bent marks are not found, nor such as are redrawn.
//
// A mark is known by the places and directions of its edges (C. Steger,
// "Similarity Measures for Occlusion, Clutter, and Illumination Invariant
// Object Recognition", 2001): the strength of an edge does not count, so that
// a pale mark is found like a full one. Candidates come from a coarse map of
// directions spread over their neighbourhood (S. Hinterstoisser et al.,
// "Gradient Response Maps for Real-Time Detection of Texture-Less Objects",
// 2012), which many positions can be asked of cheaply.
//
// It may import pkg/raster alone.
package marks

import (
	"cmp"
	"errors"
	"math"
	"math/bits"
	"slices"

	"github.com/aecheck/aecheck/pkg/raster"
)

const (
	// searchSide is the longer side of the copy candidates are looked for on,
	// fineSide that of the one they are verified on.
	searchSide = 400
	fineSide   = 800
	// smallest and largest width of a mark, relative to the picture's longer
	// side, and the step between sizes.
	smallest = 0.06
	largest  = 0.7
	step     = 1.15
	// leastWidth of a mark, in pixels of the fine copy: all that was taken for
	// a mark by mistake was smaller, where few edges are left to compare.
	leastWidth = 36
	// edge is the least gradient, in levels over two pixels, that is an edge.
	edge = 8
	// coarsePoints and finePoints are how many edge points of the mark are
	// compared.
	coarsePoints = 64
	finePoints   = 240
	// leastPoints is how many a mark must have, with a twentieth of them or
	// more in leastDirections of the eight directions: too much looks like a
	// bar.
	leastPoints     = 80
	leastDirections = 4
	// coarse is the share of points whose direction is near a candidate's.
	coarse = 0.78
	// candidates are verified, the best first.
	candidates = 40
	// Found is the share of agreement from which a mark is there, Doubtful the
	// one from which somebody should look.
	Found    = 0.62
	doubtful = 0.52
)

// errPlain is the error of a mark with too few edges to be told from others: a
// bar, a white mark on transparent ground.
var errPlain = errors.New("too plain to be looked for")

// Hit is a mark found.
type Hit struct {
	Box        [4]int  // in pixels of the upright original
	Confidence float64 // agreement, 0..1; from Found on the mark is there
}

// Mark is a mark made ready to be looked for.
type Mark struct {
	plane *raster.Gray // cut to the mark itself
}

// NewMark takes a picture of the mark, on any plain ground. The error is
// ErrPlain.
func NewMark(p *raster.Picture) (*Mark, error) {
	g := p.Luma()
	if w, h := raster.Fit(g.W, g.H, fineSide); w != g.W || h != g.H {
		g = g.Shrink(w, h)
	}
	m := &Mark{plane: trim(g)}
	if m.plane == nil {
		return nil, errPlain
	}
	points := m.points(min(160, m.plane.W), finePoints)
	var directions [8]int
	for _, p := range points {
		directions[p.bin]++
	}
	several := 0
	for _, n := range directions {
		if n*20 >= len(points) {
			several++
		}
	}
	if len(points) < leastPoints || several < leastDirections {
		return nil, errPlain
	}
	return m, nil
}

// trim cuts a plane to what differs from its plain ground, the colour most of
// its edge has; nil where nothing does.
func trim(g *raster.Gray) *raster.Gray {
	var histogram [256]int
	for x := range g.W {
		histogram[g.Pix[x]]++
		histogram[g.Pix[(g.H-1)*g.W+x]]++
	}
	for y := range g.H {
		histogram[g.Pix[y*g.W]]++
		histogram[g.Pix[y*g.W+g.W-1]]++
	}
	ground := 0
	for v, n := range histogram {
		if n > histogram[ground] {
			ground = v
		}
	}
	x0, y0, x1, y1 := g.W, g.H, 0, 0
	for y := range g.H {
		for x, v := range g.Pix[y*g.W : (y+1)*g.W] {
			if d := int(v) - ground; d > 24 || d < -24 {
				x0, y0, x1, y1 = min(x0, x), min(y0, y), max(x1, x+1), max(y1, y+1)
			}
		}
	}
	if x1-x0 < 12 || y1-y0 < 12 {
		return nil
	}
	// Two pixels of ground keep the outer edges.
	const margin = 2
	out := &raster.Gray{W: x1 - x0 + 2*margin, H: y1 - y0 + 2*margin}
	out.Pix = make([]uint8, out.W*out.H)
	for i := range out.Pix {
		out.Pix[i] = uint8(ground)
	}
	for y := y0; y < y1; y++ {
		copy(out.Pix[(y-y0+margin)*out.W+margin:], g.Pix[y*g.W+x0:y*g.W+x1])
	}
	return out
}

// point is an edge point of a mark of a certain size.
type point struct {
	x, y   int
	dx, dy float32 // unit gradient
	bin    uint8   // its direction without sign, one of eight
}

// points returns the edge points of the mark at a width, spread over it, at
// most n.
func (m *Mark) points(width, n int) []point {
	h := max(1, m.plane.H*width/m.plane.W)
	g := m.plane
	if width < g.W {
		g = g.Shrink(width, h)
	}
	fx, fy := float64(width)/float64(g.W), float64(h)/float64(g.H)
	f := gradients(g)
	type strong struct {
		point
		magnitude float32
	}
	var all []strong
	for y := 1; y < g.H-1; y++ {
		for x := 1; x < g.W-1; x++ {
			i := y*g.W + x
			if f.magnitude[i] < 3*edge || !f.ridge(i, g.W) {
				continue
			}
			all = append(all, strong{point{int(float64(x) * fx), int(float64(y) * fy), f.dx[i], f.dy[i], f.bin(i)}, f.magnitude[i]})
		}
	}
	slices.SortStableFunc(all, func(a, b strong) int { return cmp.Compare(b.magnitude, a.magnitude) })
	// The strongest first, but none near one taken; the distance shrinks until
	// there are enough.
	for apart := max(1, width/10); ; apart /= 2 {
		var out []point
		for _, p := range all {
			if !slices.ContainsFunc(out, func(q point) bool { return max(abs(p.x-q.x), abs(p.y-q.y)) < apart }) {
				if out = append(out, p.point); len(out) == n {
					return out
				}
			}
		}
		if apart <= 1 {
			return out
		}
	}
}

func abs(v int) int { return max(v, -v) }

// field is the gradient of a plane: unit vectors, 0 where there is no edge.
type field struct {
	w, h      int
	dx, dy    []float32
	magnitude []float32
}

func gradients(g *raster.Gray) *field {
	n := g.W * g.H
	f := &field{g.W, g.H, make([]float32, n), make([]float32, n), make([]float32, n)}
	for y := 1; y < g.H-1; y++ {
		for x := 1; x < g.W-1; x++ {
			i := y*g.W + x
			// Sobel, divided to levels over two pixels.
			p := func(at int) int { return int(g.Pix[at]) }
			dx := p(i-g.W+1) + 2*p(i+1) + p(i+g.W+1) - p(i-g.W-1) - 2*p(i-1) - p(i+g.W-1)
			dy := p(i+g.W-1) + 2*p(i+g.W) + p(i+g.W+1) - p(i-g.W-1) - 2*p(i-g.W) - p(i-g.W+1)
			m := float32(math.Sqrt(float64(dx*dx+dy*dy))) / 4
			if m < edge {
				continue
			}
			f.magnitude[i] = m
			f.dx[i], f.dy[i] = float32(dx)/4/m, float32(dy)/4/m
		}
	}
	return f
}

// ridge reports whether the gradient at i is not weaker than on both sides
// across the edge.
func (f *field) ridge(i, w int) bool {
	sx, sy := sign(f.dx[i]), sign(f.dy[i])
	if math.Abs(float64(f.dx[i])) > 2*math.Abs(float64(f.dy[i])) {
		sy = 0
	} else if math.Abs(float64(f.dy[i])) > 2*math.Abs(float64(f.dx[i])) {
		sx = 0
	}
	d := sy*w + sx
	return f.magnitude[i] >= f.magnitude[i+d] && f.magnitude[i] > f.magnitude[i-d]
}

func sign(v float32) int {
	if v < 0 {
		return -1
	}
	return 1
}

// bin is the direction at i without its sign, in eighths of a half turn.
func (f *field) bin(i int) uint8 {
	a := math.Atan2(float64(f.dy[i]), float64(f.dx[i]))
	return uint8(int(math.Floor(a/(math.Pi/8)+0.5)+16) % 8)
}

// Picture is a picture made ready to be searched.
type Picture struct {
	fullW, fullH int
	coarse       *field
	spread       []uint8 // bit b of a place: an edge of direction b is near
	fine         *field
}

// NewPicture makes a picture ready.
func NewPicture(p *raster.Picture) *Picture {
	out := &Picture{fullW: p.FullW, fullH: p.FullH}
	at := func(side int) *raster.Gray {
		if w, h := raster.Fit(p.W, p.H, side); w != p.W || h != p.H {
			return p.Luma().Shrink(w, h)
		}
		return p.Luma()
	}
	out.coarse, out.fine = gradients(at(searchSide)), gradients(at(fineSide))
	f := out.coarse
	out.spread = make([]uint8, f.w*f.h)
	for y := 1; y < f.h-1; y++ {
		for x := 1; x < f.w-1; x++ {
			if i := y*f.w + x; f.magnitude[i] > 0 {
				bit := uint8(1) << f.bin(i)
				for _, d := range [...]int{0, -1, 1, -f.w, f.w} {
					out.spread[i+d] |= bit
				}
			}
		}
	}
	return out
}

// Find returns the best place of a mark in the picture; ok is false where
// nothing resembles it.
func (p *Picture) Find(m *Mark) (hit Hit, ok bool) {
	list := p.candidates(m)
	slices.SortStableFunc(list, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	best := 0.0
	for _, c := range list[:min(len(list), candidates)] {
		if h, score := p.verify(m, c); score > best {
			hit, best = h, score
		}
	}
	hit.Confidence = math.Round(best*1000) / 1000
	return hit, best >= doubtful
}

// candidate is a place of the coarse copy where a mark of a width may be.
type candidate struct {
	x, y, width int
	score       float64
}

// candidates asks every second place at every size.
func (p *Picture) candidates(m *Mark) []candidate {
	var out []candidate
	f := p.coarse
	long := float64(max(f.w, f.h))
	for share := smallest; share <= largest; share *= step {
		width := int(share * long)
		height := m.plane.H * width / m.plane.W
		if width*p.fine.w < leastWidth*f.w || height < 8 || width > f.w || height > f.h {
			continue
		}
		points := m.points(width, coarsePoints)
		if len(points) < coarsePoints/2 {
			continue
		}
		offset := make([]int, len(points))
		near := make([]uint8, len(points))
		for i, q := range points {
			offset[i] = q.y*f.w + q.x
			// The neighbouring directions count as near.
			near[i] = bits.RotateLeft8(1, int(q.bin)) | bits.RotateLeft8(1, int(q.bin)+1) | bits.RotateLeft8(1, int(q.bin)-1)
		}
		may := int(float64(len(points))*(1-coarse)) + 1 // points that may miss
		var here []candidate
		for y := 0; y+height < f.h; y += 2 {
			for x := 0; x+width < f.w; x += 2 {
				missed := 0
				at := y*f.w + x
				for i, o := range offset {
					if p.spread[at+o]&near[i] == 0 {
						if missed++; missed >= may {
							break
						}
					}
				}
				if missed < may {
					here = append(here, candidate{x, y, width, 1 - float64(missed)/float64(len(points))})
				}
			}
		}
		slices.SortStableFunc(here, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
		// Neighbours of one place are verified together.
		kept := len(out)
		for _, c := range here {
			if len(out)-kept == candidates/4 {
				break
			}
			if !slices.ContainsFunc(out[kept:], func(d candidate) bool { return max(abs(c.x-d.x), abs(c.y-d.y)) < 6 }) {
				out = append(out, c)
			}
		}
	}
	return out
}

// verify measures how well the mark's edges agree with the picture's near a
// candidate, on the fine copy.
func (p *Picture) verify(m *Mark, c candidate) (Hit, float64) {
	f := p.fine
	scale := float64(f.w) / float64(p.coarse.w)
	var hit Hit
	best := 0.0
	for _, grow := range [...]float64{0.94, 0.97, 1, 1.03, 1.06} {
		width := int(float64(c.width) * scale * grow)
		height := m.plane.H * width / m.plane.W
		points := m.points(width, finePoints)
		if len(points) < leastPoints/2 {
			continue
		}
		reach := int(3*scale) + 1
		cx, cy := int(float64(c.x)*scale-float64(width)*(grow-1)/2), int(float64(c.y)*scale-float64(height)*(grow-1)/2)
		for y := max(0, cy-reach); y <= cy+reach && y+height <= f.h; y++ {
			for x := max(0, cx-reach); x <= cx+reach && x+width <= f.w; x++ {
				if s := f.agreement(points, x, y); s > best {
					best = s
					hit.Box = [4]int{x * p.fullW / f.w, y * p.fullH / f.h, width * p.fullW / f.w, height * p.fullH / f.h}
				}
			}
		}
	}
	return hit, best
}

// agreement is the mean cosine between the mark's edges and the picture's, the
// mark taken as dark on light or light on dark as fits.
func (f *field) agreement(points []point, x, y int) float64 {
	sum := float32(0)
	at := y*f.w + x
	for _, q := range points {
		i := at + q.y*f.w + q.x
		sum += q.dx*f.dx[i] + q.dy*f.dy[i]
	}
	return math.Abs(float64(sum)) / float64(len(points))
}
