package codes

import (
	"context"
	"sort"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/aztec"
	"github.com/makiuchi-d/gozxing/datamatrix"

	"github.com/aecheck/aecheck/pkg/raster"
)

const (
	// block is the side of the squares whose texture is judged, px.
	block = 8
	// maxRegions bounds the places tried for Data Matrix and Aztec.
	maxRegions = 6
	// maxRegionSide is what a region is shrunk to, px.
	maxRegionSide = 400
)

// readMatrix reads Data Matrix and Aztec codes. The library looks for them at
// the centre of what it is given, so every square patch of dense black-and-white
// texture is given to it on its own.
func readMatrix(ctx context.Context, g *raster.Gray, t *tiles, known []found) []found {
	var out []found
	for _, box := range regions(g, t) {
		if ctx.Err() != nil {
			return out
		}
		taken := false
		for _, k := range known {
			taken = taken || overlap(k.box, box) > 0.5
		}
		if taken {
			continue
		}
		p := shrink(crop(g, box), maxRegionSide)
		for _, r := range []struct {
			kind string
			gozxing.Reader
		}{{"data_matrix", datamatrix.NewDataMatrixReader()}, {"aztec", aztec.NewAztecReader()}} {
			f, ok := attempt(func() (found, bool) {
				for _, b := range binarizers(p) {
					bmp, err := gozxing.NewBinaryBitmap(b)
					if err != nil {
						continue
					}
					if res, err := r.Decode(bmp, nil); err == nil && len(res.GetText()) > 1 {
						return found{kind: r.kind, text: res.GetText()}, true
					}
				}
				return found{}, false
			})
			if ok {
				f.box = clip(box, g.W, g.H)
				out = append(out, f)
				break
			}
		}
	}
	return out
}

// regions returns the square-ish patches of dense texture, largest first, each
// with a margin for the quiet zone.
func regions(g *raster.Gray, t *tiles) [][4]int {
	bw, bh := g.W/block, g.H/block
	if bw < 2 || bh < 2 {
		return [][4]int{{0, 0, g.W, g.H}}
	}
	dense := make([]bool, bw*bh)
	for by := range bh {
		for bx := range bw {
			if i := by*t.w + bx; t.hi[i]-t.lo[i] >= printed {
				dense[by*bw+bx] = textured(g, bx*block, by*block)
			}
		}
	}
	var out [][4]int
	stack := make([]int, 0, 64)
	for i := range dense {
		if !dense[i] {
			continue
		}
		x0, y0, x1, y1, n := bw, bh, 0, 0, 0
		stack = append(stack[:0], i)
		dense[i] = false
		for len(stack) > 0 {
			j := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			x, y := j%bw, j/bw
			x0, y0, x1, y1, n = min(x0, x), min(y0, y), max(x1, x), max(y1, y), n+1
			for dy := -1; dy <= 1; dy++ {
				for dx := -1; dx <= 1; dx++ {
					nx, ny := x+dx, y+dy
					if nx >= 0 && ny >= 0 && nx < bw && ny < bh && dense[ny*bw+nx] {
						dense[ny*bw+nx] = false
						stack = append(stack, ny*bw+nx)
					}
				}
			}
		}
		w, h := x1-x0+1, y1-y0+1
		if w < 2 || h < 2 || w > 2*h || h > 2*w || 2*n < w*h {
			continue
		}
		m := max(block, w*block/8)
		out = append(out, [4]int{x0*block - m, y0*block - m, w*block + 2*m, h*block + 2*m})
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i][2]*out[i][3] > out[j][2]*out[j][3] })
	return out[:min(len(out), maxRegions)]
}

// printed is the least difference between a tile's darkest and lightest pixel
// that can be printed modules, in levels.
const printed = 90

// textured reports whether a tile has changes both along rows and along
// columns, as printed modules do, also blurred ones.
func textured(g *raster.Gray, x0, y0 int) bool {
	const variation = 8 * block * block // sum of the changes between neighbours
	tx, ty := 0, 0
	for y := y0; y < y0+block; y++ {
		row := g.Pix[y*g.W+x0:][:block]
		if x0+block < g.W {
			row = row[:block+1]
		}
		for x, v := range row[1:] {
			tx += abs(int(v) - int(row[x]))
		}
		if y+1 < g.H {
			below := g.Pix[(y+1)*g.W+x0:][:block]
			for x, v := range below {
				ty += abs(int(v) - int(row[x]))
			}
		}
	}
	return tx >= variation && ty >= variation
}

func abs(v int) int { return max(v, -v) }
