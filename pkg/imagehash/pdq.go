package imagehash

import (
	"fmt"
	"math"
	"math/bits"
	"sort"
	"sync"

	"github.com/aecheck/aecheck/pkg/raster"
)

// Hash256 is a PDQ hash: bit 16·i+j tells whether DCT coefficient (i, j) is
// above the median; word 0 holds the lowest bits.
type Hash256 [4]uint64

// String is the hash as 64 hex digits, highest word first, as the reference
// implementation prints it.
func (h Hash256) String() string { return fmt.Sprintf("%016x%016x%016x%016x", h[3], h[2], h[1], h[0]) }

// Distance is the number of bits in which two hashes differ, 0..256; unrelated
// pictures lie around 128.
func (h Hash256) Distance(o Hash256) int {
	d := 0
	for i := range h {
		d += bits.OnesCount64(h[i] ^ o[i])
	}
	return d
}

// pdqSide is the size of the picture the transform works on, pdqCoeffs how
// many frequencies it keeps in each direction, leaving out the constant one.
const (
	pdqSide   = 64
	pdqCoeffs = 16
)

// PDQ computes the hash of Facebook's PDQ (hashing.pdf in
// facebook/ThreatExchange): the luma smoothed by two box filters in each
// direction and sampled at 64×64, a 16×16 block of its DCT, each coefficient
// compared with their median. quality 0..100 tells how much structure the
// picture has; below 50 the hash is not reliable.
//
// The reference computes filters over the whole picture and keeps 64×64
// samples; here the two boxes are applied as one kernel at the samples alone.
func PDQ(g *raster.Gray) (hash Hash256, quality int) {
	small := sample64(g)
	block := dct16(small)
	sorted := block
	sort.Float64s(sorted[:])
	median := (sorted[len(sorted)/2-1] + sorted[len(sorted)/2]) / 2
	for i, v := range block {
		if v > median {
			hash[i>>6] |= 1 << (i & 63)
		}
	}
	return hash, pdqQuality(small)
}

// sample64 smooths and samples a plane at 64×64.
func sample64(g *raster.Gray) *[pdqSide * pdqSide]float64 {
	rows := make([]float64, pdqSide*g.W)
	for i := range pdqSide {
		out := rows[i*g.W : (i+1)*g.W]
		first, kernel := tent(g.H, i)
		for k, weight := range kernel {
			row := g.Pix[(first+k)*g.W : (first+k+1)*g.W]
			for x, v := range row {
				out[x] += weight * float64(v)
			}
		}
	}
	var small [pdqSide * pdqSide]float64
	for j := range pdqSide {
		first, kernel := tent(g.W, j)
		for i := range pdqSide {
			row := rows[i*g.W+first : i*g.W+first+len(kernel)]
			sum := 0.0
			for k, weight := range kernel {
				sum += weight * row[k]
			}
			small[i*pdqSide+j] = sum
		}
	}
	return &small
}

// tent returns the weights by which sample i of 64 is made from n pixels, and
// where they begin: two passes of a box filter of the reference's width,
// ⌈n/128⌉, with boxes cut at the edges.
func tent(n, i int) (first int, weights []float64) {
	window := (n + 2*pdqSide - 1) / (2 * pdqSide)
	half := (window + 2) / 2 // how the reference centres its window
	box := func(at int) (from, to int) { return max(0, at-window+half), min(n, at+half) }
	at := int((float64(i) + 0.5) * float64(n) / pdqSide)
	from, to := box(at)
	first, _ = box(from)
	_, last := box(to - 1)
	weights = make([]float64, last-first)
	for p := from; p < to; p++ {
		a, b := box(p)
		for q := a; q < b; q++ {
			weights[q-first] += 1 / float64((to-from)*(b-a))
		}
	}
	return first, weights
}

// dctRows are rows 1..16 of the 64-point DCT-II matrix.
var dctRows = sync.OnceValue(func() *[pdqCoeffs][pdqSide]float64 {
	var m [pdqCoeffs][pdqSide]float64
	for i := range m {
		for j := range m[i] {
			m[i][j] = math.Sqrt(2.0/pdqSide) * math.Cos(math.Pi/2/pdqSide*float64(i+1)*float64(2*j+1))
		}
	}
	return &m
})

func dct16(a *[pdqSide * pdqSide]float64) [pdqCoeffs * pdqCoeffs]float64 {
	d := dctRows()
	var half [pdqCoeffs * pdqSide]float64
	for i := range pdqCoeffs {
		for k := range pdqSide {
			f := d[i][k]
			for j := range pdqSide {
				half[i*pdqSide+j] += f * a[k*pdqSide+j]
			}
		}
	}
	var out [pdqCoeffs * pdqCoeffs]float64
	for i := range pdqCoeffs {
		for j := range pdqCoeffs {
			sum := 0.0
			for k := range pdqSide {
				sum += half[i*pdqSide+k] * d[j][k]
			}
			out[i*pdqCoeffs+j] = sum
		}
	}
	return out
}

// pdqQuality sums the gradients of the sampled picture, scaled as the
// reference does.
func pdqQuality(a *[pdqSide * pdqSide]float64) int {
	sum := 0
	for i := range pdqSide {
		for j := range pdqSide {
			v := a[i*pdqSide+j]
			if i+1 < pdqSide {
				sum += abs(int((v - a[(i+1)*pdqSide+j]) * 100 / 255))
			}
			if j+1 < pdqSide {
				sum += abs(int((v - a[i*pdqSide+j+1]) * 100 / 255))
			}
		}
	}
	return min(sum/90, 100)
}

func abs(v int) int {
	if v < 0 {
		return -v
	}
	return v
}
