package pairs

import (
	"cmp"
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
	"sync"

	"github.com/aecheck/aecheck/pkg/raster"
)

// point is a corner with a description of its surroundings (M. Calonder et
// al., "BRIEF", ECCV 2010), found on one level of an image pyramid.
type point struct {
	x, y  float32 // on the compared copy
	level int8
	desc  [4]uint64
}

const (
	// levels of the pyramid, each levelStep smaller than the one before: a
	// crop to 60 % shows its content 1.67 times larger, five steps of 1.2
	// reach 2.07.
	levels    = 6
	levelStep = 1.2
	// maxPoints is how many corners are kept, the strongest of each cell of a
	// grid first, so that one textured spot does not take all.
	maxPoints = 400
	grid      = 8
	// patch is how far from a corner its description reaches.
	patch = 13
)

// pattern are the 256 pairs of places compared, drawn once from a normal
// distribution as the paper advises (G II, σ = patch·2/5).
var pattern = sync.OnceValue(func() *[256][4]int8 {
	r := rand.New(rand.NewPCG(1, 2))
	draw := func() int8 {
		for {
			if v := r.NormFloat64() * patch * 2 / 5; v >= -patch && v <= patch {
				return int8(math.Round(v))
			}
		}
	}
	var p [256][4]int8
	for i := range p {
		p[i] = [4]int8{draw(), draw(), draw(), draw()}
	}
	return &p
})

// detect finds corners on all levels and describes them, as they are and as
// they are in the mirror image.
func detect(g *raster.Gray) (plain, flipped []point) {
	scale := 1.0
	for level := range levels {
		w, h := int(float64(g.W)/scale), int(float64(g.H)/scale)
		if min(w, h) < 4*patch {
			break
		}
		small := g.Shrink(w, h)
		smooth := box5(small)
		sx, sy := float64(g.W)/float64(w), float64(g.H)/float64(h)
		for _, c := range strongest(harris(small), small) {
			p := point{
				x: float32((float64(c.x) + 0.5) * sx), y: float32((float64(c.y) + 0.5) * sy),
				level: int8(level), desc: describe(smooth, c.x, c.y, 1),
			}
			plain = append(plain, p)
			p.x, p.desc = float32(g.W)-p.x, describe(smooth, c.x, c.y, -1)
			flipped = append(flipped, p)
		}
		scale *= levelStep
	}
	return plain, flipped
}

type corner struct {
	x, y     int
	strength int32
}

// harris returns the corner response (C. Harris, M. Stephens, 1988; k = 1/16)
// of every pixel at least patch+1 from the edge, 0 elsewhere, scaled to fit.
func harris(g *raster.Gray) []int32 {
	w, h := g.W, g.H
	xx, yy, xy := make([]int32, w*h), make([]int32, w*h), make([]int32, w*h)
	for y := 1; y < h-1; y++ {
		for x := 1; x < w-1; x++ {
			i := y*w + x
			dx := int32(g.Pix[i+1]) - int32(g.Pix[i-1])
			dy := int32(g.Pix[i+w]) - int32(g.Pix[i-w])
			xx[i], yy[i], xy[i] = dx*dx, dy*dy, dx*dy
		}
	}
	for _, m := range [][]int32{xx, yy, xy} {
		sum5(m, w, h)
	}
	out := make([]int32, w*h)
	for y := patch + 1; y < h-patch-1; y++ {
		for x := patch + 1; x < w-patch-1; x++ {
			i := y*w + x
			a, b, c := float64(xx[i]), float64(yy[i]), float64(xy[i])
			r := (a*b - c*c - (a+b)*(a+b)/16) / 65536
			if r > 0 {
				out[i] = int32(min(r, math.MaxInt32))
			}
		}
	}
	return out
}

// sum5 replaces each value by the sum over a 5×5 window, edges left out.
func sum5(m []int32, w, h int) {
	row := make([]int32, w)
	for y := range h {
		line := m[y*w : (y+1)*w]
		copy(row, line)
		for x := 2; x < w-2; x++ {
			line[x] = row[x-2] + row[x-1] + row[x] + row[x+1] + row[x+2]
		}
	}
	col := slices.Clone(m)
	for y := 2; y < h-2; y++ {
		for x := range w {
			i := y*w + x
			m[i] = col[i-2*w] + col[i-w] + col[i] + col[i+w] + col[i+2*w]
		}
	}
}

// minStrength is a corner response noise does not reach.
const minStrength = 40

// strongest keeps local maxima, the best of each grid cell.
func strongest(response []int32, g *raster.Gray) []corner {
	w, h := g.W, g.H
	cells := make([][]corner, grid*grid)
	for y := patch + 1; y < h-patch-1; y++ {
		for x := patch + 1; x < w-patch-1; x++ {
			i := y*w + x
			s := response[i]
			if s < minStrength || s < response[i-1] || s <= response[i+1] || s < response[i-w] || s <= response[i+w] ||
				s < response[i-w-1] || s < response[i-w+1] || s <= response[i+w-1] || s <= response[i+w+1] {
				continue
			}
			c := y*grid/h*grid + x*grid/w
			cells[c] = append(cells[c], corner{x, y, s})
		}
	}
	var out []corner
	quota := max(4, maxPoints*2/levels/len(cells)*2)
	for _, c := range cells {
		slices.SortFunc(c, func(a, b corner) int {
			return cmp.Or(cmp.Compare(b.strength, a.strength), cmp.Compare(a.y, b.y), cmp.Compare(a.x, b.x))
		})
		out = append(out, c[:min(len(c), quota)]...)
	}
	slices.SortStableFunc(out, func(a, b corner) int { return cmp.Compare(b.strength, a.strength) })
	return out[:min(len(out), maxPoints/levels)]
}

// box5 smooths by a 5×5 mean, as the description compares single pixels.
func box5(g *raster.Gray) *raster.Gray {
	w, h := g.W, g.H
	m := make([]int32, w*h)
	for i, v := range g.Pix {
		m[i] = int32(v)
	}
	sum5(m, w, h)
	out := &raster.Gray{W: w, H: h, Pix: make([]uint8, w*h)}
	for y := 2; y < h-2; y++ {
		for x := 2; x < w-2; x++ {
			out.Pix[y*w+x] = uint8(m[y*w+x] / 25)
		}
	}
	return out
}

// describe compares the pattern's places around a corner; direction -1 reads
// them in the mirror.
func describe(g *raster.Gray, x, y, direction int) (d [4]uint64) {
	at := y*g.W + x
	for i, p := range pattern() {
		if g.Pix[at+int(p[1])*g.W+direction*int(p[0])] < g.Pix[at+int(p[3])*g.W+direction*int(p[2])] {
			d[i>>6] |= 1 << (i & 63)
		}
	}
	return d
}

func hamming(a, b *[4]uint64) int {
	return bits.OnesCount64(a[0]^b[0]) + bits.OnesCount64(a[1]^b[1]) + bits.OnesCount64(a[2]^b[2]) + bits.OnesCount64(a[3]^b[3])
}
