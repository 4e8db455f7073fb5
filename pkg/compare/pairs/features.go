// Package pairs tells whether two pictures show the same photograph: resized,
// recompressed, cropped, mirrored, with a mark laid over it or with another
// background; and whether what looks so is one exposure, or the same thing
// photographed again or in another colour. It looks at no file, only at decoded
// pictures.
//
// It may import pkg/facts, pkg/imagehash and pkg/raster.
package pairs

import (
	"github.com/aecheck/aecheck/pkg/imagehash"
	"github.com/aecheck/aecheck/pkg/raster"
)

// side is the longer side of the copy pictures are compared on.
const side = 320

// Features is what is kept of a picture for comparing: two hashes, a small
// luma plane, a smaller copy in colour and some hundred local features, about
// 170 KB.
type Features struct {
	FullW, FullH int // of the upright original

	luma      *raster.Gray // at most Side on the longer side
	flipped   *raster.Gray // its mirror image
	dhash     uint64
	dhashFlip uint64
	pdq       imagehash.Hash256
	pdqFlip   imagehash.Hash256
	quality   int // of the PDQ hash, 0..100
	points    []point
	flips     []point // of the mirror image
	colours   *colours
}

// Compute takes the features of a picture; its colours are taken from inColour,
// the same picture at any size.
func Compute(p *raster.Picture, inColour *raster.RGB) *Features {
	w, h := raster.Fit(p.W, p.H, side)
	f := &Features{FullW: p.FullW, FullH: p.FullH, luma: p.Luma().Shrink(w, h)}
	f.flipped = mirrored(f.luma)
	f.dhash, f.dhashFlip = imagehash.DHash(f.luma), imagehash.DHash(f.flipped)
	f.pdq, f.quality = imagehash.PDQ(f.luma)
	f.pdqFlip, _ = imagehash.PDQ(f.flipped)
	f.points, f.flips = detect(f.luma)
	f.colours = coloursOf(inColour)
	return f
}

func mirrored(g *raster.Gray) *raster.Gray {
	out := &raster.Gray{W: g.W, H: g.H, Pix: make([]uint8, len(g.Pix))}
	for y := range g.H {
		row, dst := g.Pix[y*g.W:(y+1)*g.W], out.Pix[y*g.W:(y+1)*g.W]
		for x, v := range row {
			dst[g.W-1-x] = v
		}
	}
	return out
}
