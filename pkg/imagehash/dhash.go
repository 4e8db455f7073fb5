// Package imagehash computes hashes of how a picture looks: pictures that
// look alike have hashes that differ in few bits.
//
// It may import pkg/raster alone.
package imagehash

import "github.com/aecheck/aecheck/pkg/raster"

// DHash is the 64-bit difference hash: the luma reduced to 9×8 by area
// averaging, a bit for every pixel darker than its right neighbour, top row in
// the highest byte (N. Krawetz, "Kind of Like That", 2013).
func DHash(g *raster.Gray) uint64 {
	s := g.Shrink(9, 8)
	if s.W < 9 || s.H < 8 {
		return 0 // smaller than the hash itself: nothing to compare
	}
	var h uint64
	for y := range 8 {
		for x := range 8 {
			h <<= 1
			if s.Pix[9*y+x] < s.Pix[9*y+x+1] {
				h |= 1
			}
		}
	}
	return h
}
