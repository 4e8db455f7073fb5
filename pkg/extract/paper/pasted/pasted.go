// Package pasted finds patches on a scanned or photographed paper that lack
// the grain of the sheet around them: what a picture editor painted or pasted
// over a line (M23). It can only be a hint. Scanners that clean the
// background, and compression, take the grain away everywhere; on such pages
// nothing is said.
//
// It may import pkg/extract/paper/ink, pkg/facts and pkg/raster.
package pasted

import (
	"slices"

	"github.com/aecheck/aecheck/pkg/extract/paper/ink"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/raster"
)

const (
	block    = 12   // side of the blocks in which grain is measured, px
	minGrain = 1.5  // mean absolute Laplacian / 4 of the paper, levels: below, there is no grain to miss
	flat     = 0.22 // of the page's grain: a block without grain
	normal   = 0.6  // of the page's grain: a block with it
	spread   = 0.02 // share of blocks without grain outside the patch above which the page lost its grain by other means
	clipped  = 250  // brightness at which paper is blown out and has no grain for that reason
	plain    = 40   // levels between darkest and brightest pixel of a block without ink
)

// kinds of blocks.
const (
	inked = iota
	blown
	grainy
	smooth
	between
)

// most is how many patches of a page are told.
const most = 5

// Find returns the patches without grain, in pixels of the picture, at most a
// handful; nil on a page that has no grain to compare with.
func Find(m *raster.RGB) []facts.Box {
	luma := m.Luma()
	if found := ungrained(m, luma); len(found) > 0 {
		return found
	}
	return constant(luma)
}

// ungrained finds patches with far less grain than the page.
func ungrained(m *raster.RGB, luma *raster.Gray) []facts.Box {
	gw, gh := m.W/block, m.H/block
	if gw < 20 || gh < 20 {
		return nil
	}
	grain := make([]float64, gw*gh)
	kind := make([]int, gw*gh)
	var paper []float64
	for by := range gh {
		for bx := range gw {
			i := by*gw + bx
			var k int
			grain[i], k = measure(luma, bx*block, by*block)
			kind[i] = k
			if k == between {
				paper = append(paper, grain[i])
			}
		}
	}
	if 4*len(paper) < gw*gh {
		return nil
	}
	slices.Sort(paper)
	typical := paper[len(paper)/2]
	// The sheet as a whole must be grainy, not just half of it.
	if typical < minGrain || paper[len(paper)/8] < normal/2*typical {
		return nil
	}
	mask := ink.NewMask(gw, gh)
	smoothCount := 0
	for i := range kind {
		if kind[i] != between {
			continue
		}
		switch {
		case grain[i] < flat*typical:
			kind[i] = smooth
			mask.Set(i%gw, i/gw)
			smoothCount++
		case grain[i] >= normal*typical:
			kind[i] = grainy
		}
	}
	var out []facts.Box
	for _, b := range ink.Label(mask).Blobs {
		if !isPatch(b, kind, gw, gh) || float64(smoothCount-b.Area) > spread*float64(gw*gh) {
			continue
		}
		out = append(out, facts.Box{b.X0 * block, b.Y0 * block, b.W() * block, b.H() * block})
		if len(out) == most {
			break
		}
	}
	return out
}

// measure returns the grain of a block and whether it can be judged.
func measure(g *raster.Gray, x0, y0 int) (float64, int) {
	lo, hi := uint8(255), uint8(0)
	bright := 0
	x0, y0, x1, y1 := max(1, x0), max(1, y0), min(g.W-1, x0+block), min(g.H-1, y0+block)
	for y := y0; y < y1; y++ {
		for _, v := range g.Pix[y*g.W+x0 : y*g.W+x1] {
			lo, hi = min(lo, v), max(hi, v)
			if v >= clipped {
				bright++
			}
		}
	}
	count := (x1 - x0) * (y1 - y0)
	switch {
	case count <= 0 || hi-lo > plain:
		return 0, inked
	case 3*bright > count:
		return 0, blown
	}
	sum := 0
	for y := y0; y < y1; y++ {
		at := y*g.W + x0
		n := x1 - x0
		row, above, below := g.Pix[at-1:at+n+1], g.Pix[at-g.W:at-g.W+n], g.Pix[at+g.W:at+g.W+n]
		left := int(row[0])
		v := int(row[1])
		for k, right := range row[2:] {
			d := 4*v - left - int(right) - int(above[k]) - int(below[k])
			sum += max(d, -d)
			left, v = v, int(right)
		}
	}
	return float64(sum) / float64(4*count), between
}

const (
	cell      = 6     // side of the blocks that are looked at for one colour, px
	white     = 244   // brightness from which a page is a clean scan, whose patches no highlight looks like
	lossless  = 0.004 // share of blocks of one colour up to which a page has kept its noise
	evenCells = 24    // blocks of one colour in a patch
)

// constant finds patches of one colour, to the last level, on a clean white scan that
// has kept its noise: too little for grain, but paint has none at all. A scan saved as
// JPEG has many even blocks, but few of the very white that was painted.
func constant(g *raster.Gray) []facts.Box {
	gw, gh := g.W/cell, g.H/cell
	if gw < 40 || gh < 40 {
		return nil
	}
	kind := make([]int, gw*gh)
	level := make([]uint8, gw*gh) // of even blocks
	var even [256]int
	noisy, bright := 0, 0
	for by := range gh {
		for bx := range gw {
			lo, hi := uint8(255), uint8(0)
			for y := by * cell; y < (by+1)*cell; y++ {
				for _, v := range g.Pix[y*g.W+bx*cell : y*g.W+(bx+1)*cell] {
					lo, hi = min(lo, v), max(hi, v)
				}
			}
			i := by*gw + bx
			if hi-lo > plain {
				kind[i] = inked
				continue
			}
			kind[i] = grainy
			if hi == lo && lo >= white {
				level[i] = lo
				even[lo]++
			} else {
				noisy++
			}
			if hi >= white {
				bright++
			}
		}
	}
	if 2*noisy < gw*gh || 10*bright < 9*(gw*gh-inkedBlocks(kind)) {
		return nil
	}
	var out []facts.Box
	for v := 255; v >= white && len(out) < most; v-- {
		if even[v] >= evenCells {
			out = append(out, patchesOf(uint8(v), level, kind, even[v], gw, gh)...)
		}
	}
	return out[:min(len(out), most)]
}

func inkedBlocks(kind []int) int {
	n := 0
	for _, k := range kind {
		if k == inked {
			n++
		}
	}
	return n
}

// patchesOf finds the patches of one level; even is how many blocks are of it.
func patchesOf(v uint8, level []uint8, kind []int, even, gw, gh int) []facts.Box {
	mask := ink.NewMask(gw, gh)
	own := slices.Clone(kind)
	for i, l := range level {
		if l == v {
			own[i] = smooth
			mask.Set(i%gw, i/gw)
		}
	}
	var out []facts.Box
	for _, b := range ink.Label(mask.Grow(1)).Blobs {
		inside := 0
		for y := b.Y0; y < b.Y1; y++ {
			for x := b.X0; x < b.X1; x++ {
				if mask.At(x, y) {
					inside++
				}
			}
		}
		if inside < evenCells || float64(even-inside) > lossless*float64(gw*gh) {
			continue
		}
		// Growing has added a block at each side.
		b.X0, b.Y0, b.X1, b.Y1 = b.X0+1, b.Y0+1, b.X1-1, b.Y1-1
		b.Area = inside
		b = trimmed(b, own, gw)
		if isPatch(b, own, gw, gh) {
			out = append(out, facts.Box{b.X0 * cell, b.Y0 * cell, b.W() * cell, b.H() * cell})
		}
	}
	return out
}

// trimmed leaves off the rows and columns at the edges of a group in which there is
// little of it: single even blocks beside a patch.
func trimmed(b ink.Blob, kind []int, gw int) ink.Blob {
	little := func(x0, y0, x1, y1 int) bool {
		n := 0
		for y := y0; y < y1; y++ {
			for x := x0; x < x1; x++ {
				if kind[y*gw+x] != grainy {
					n++
				}
			}
		}
		return 10*n < 3*(x1-x0)*(y1-y0)
	}
	drop := func(x0, y0, x1, y1 int) {
		for y := y0; y < y1; y++ {
			for x := x0; x < x1; x++ {
				if kind[y*gw+x] == smooth {
					b.Area--
				}
			}
		}
	}
	for b.H() > 2 && b.W() > 2 {
		switch {
		case little(b.X0, b.Y0, b.X1, b.Y0+1):
			drop(b.X0, b.Y0, b.X1, b.Y0+1)
			b.Y0++
		case little(b.X0, b.Y1-1, b.X1, b.Y1):
			drop(b.X0, b.Y1-1, b.X1, b.Y1)
			b.Y1--
		case little(b.X0, b.Y0, b.X0+1, b.Y1):
			drop(b.X0, b.Y0, b.X0+1, b.Y1)
			b.X0++
		case little(b.X1-1, b.Y0, b.X1, b.Y1):
			drop(b.X1-1, b.Y0, b.X1, b.Y1)
			b.X1--
		default:
			return b
		}
	}
	return b
}

// isPatch reports a group of blocks of the shape of something laid over the
// page, with grain around it.
func isPatch(b ink.Blob, kind []int, gw, gh int) bool {
	if b.W() < 4 || b.H() < 2 || b.Area < 10 || 5*b.Area > gw*gh || b.X0 == 0 || b.Y0 == 0 || b.X1 == gw || b.Y1 == gh {
		return false
	}
	// Ink inside the patch is part of it, and what compression makes around ink.
	full := b.Area
	for y := b.Y0; y < b.Y1; y++ {
		for x := b.X0; x < b.X1; x++ {
			switch kind[y*gw+x] {
			case inked:
				full++
			case grainy:
				if byInk(kind, gw, gh, x, y) {
					full++
				}
			}
		}
	}
	if 10*full < 8*b.W()*b.H() {
		return false
	}
	around, grainyAround := 0, 0
	for y := b.Y0 - 1; y <= b.Y1; y++ {
		for x := b.X0 - 1; x <= b.X1; x++ {
			if y >= b.Y0 && y < b.Y1 && x >= b.X0 && x < b.X1 {
				continue
			}
			switch kind[y*gw+x] {
			case grainy:
				grainyAround++
				around++
			case smooth, blown:
				around++
			}
		}
	}
	return around >= 8 && 10*grainyAround >= 8*around
}

// byInk reports a block next to one with ink.
func byInk(kind []int, gw, gh, x, y int) bool {
	for v := max(0, y-1); v <= min(gh-1, y+1); v++ {
		for u := max(0, x-1); u <= min(gw-1, x+1); u++ {
			if kind[v*gw+u] == inked {
				return true
			}
		}
	}
	return false
}
