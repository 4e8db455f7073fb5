package ocr

import (
	"bytes"

	"github.com/aecheck/aecheck/pkg/raster"
)

const (
	// flatCell is the side of the squares that are judged flat or not, in
	// pixels of the picture.
	flatCell = 16
	// flatRange is the greatest difference of any channel within a flat square.
	// It is the noise that JPEG leaves on a plain ground; a mark that differs by
	// no more is not legible.
	flatRange = 2
	// flatMargin is the number of flat squares kept around what is not flat: the
	// models need some ground around a line, and a faint stroke may reach into a
	// square without leaving flatRange.
	flatMargin = 3
	// maxRegions is the number of regions from which one around all is cheaper
	// to look at than each with its seams.
	maxRegions = 6
	// regionGain is the part of the area that separate regions may have at most;
	// above it the one region around them is taken.
	regionGain = 0.8
)

// region is a part of a picture, x1 and y1 excluded.
type region struct{ x0, y0, x1, y1 int }

func (r region) area() int { return (r.x1 - r.x0) * (r.y1 - r.y0) }

func (r region) union(s region) region {
	return region{min(r.x0, s.x0), min(r.y0, s.y0), max(r.x1, s.x1), max(r.y1, s.y1)}
}

func (r region) meets(s region) bool {
	return r.x0 < s.x1 && s.x0 < r.x1 && r.y0 < s.y1 && s.y0 < r.y1
}

// grow widens a region by n on every side, within w×h.
func (r region) grow(n, w, h int) region {
	return region{max(r.x0-n, 0), max(r.y0-n, 0), min(r.x1+n, w), min(r.y1+n, h)}
}

// cells is a region divided in squares of flatCell; those at the right and the
// bottom may be smaller.
type cells struct {
	region
	w, h int
}

// at returns the part of the picture that a cell covers.
func (c cells) at(cx, cy int) region {
	x, y := c.x0+cx*flatCell, c.y0+cy*flatCell
	return region{x, y, min(x+flatCell, c.x1), min(y+flatCell, c.y1)}
}

// contentRegions returns the parts of a region of the picture that are not
// flat, with a margin, top to bottom. A plain region has none.
func contentRegions(img *raster.RGB, reg region) []region {
	c := cells{reg, (reg.x1 - reg.x0 + flatCell - 1) / flatCell, (reg.y1 - reg.y0 + flatCell - 1) / flatCell}
	busy := make([]bool, c.w*c.h)
	for cy := range c.h {
		for cx := range c.w {
			busy[cy*c.w+cx] = !flat(img, c.at(cx, cy))
		}
	}
	markSteps(img, c, busy)
	found := merge(groups(busy, c.w, c.h))
	for i, r := range found {
		first, last := c.at(r.x0, r.y0), c.at(r.x1-1, r.y1-1)
		found[i] = first.union(last)
	}
	if len(found) < 2 {
		return found
	}
	all, sum := found[0], 0
	for _, r := range found {
		all, sum = all.union(r), sum+r.area()
	}
	if len(found) > maxRegions || float64(sum) > regionGain*float64(all.area()) {
		return []region{all}
	}
	return found
}

// flat reports whether no channel varies by more than flatRange.
func flat(img *raster.RGB, r region) bool {
	p := img.Pix[3*(r.y0*img.W+r.x0):]
	lo, hi := [3]uint8{p[0], p[1], p[2]}, [3]uint8{p[0], p[1], p[2]}
	var above []uint8
	for y := r.y0; y < r.y1; y++ {
		row := img.Pix[3*(y*img.W+r.x0) : 3*(y*img.W+r.x1)]
		if bytes.Equal(row, above) {
			continue
		}
		above = row
		for ; len(row) >= 3; row = row[3:] {
			for k := range 3 {
				lo[k], hi[k] = min(lo[k], row[k]), max(hi[k], row[k])
			}
		}
		for k := range 3 {
			if hi[k]-lo[k] > flatRange {
				return false
			}
		}
	}
	return true
}

// markSteps marks flat cells whose first pixel differs from that of the cell
// to the left or above by more than twice flatRange: an edge that runs exactly
// between two cells.
func markSteps(img *raster.RGB, c cells, busy []bool) {
	first := func(cx, cy int) []uint8 {
		r := c.at(cx, cy)
		return img.Pix[3*(r.y0*img.W+r.x0):][:3]
	}
	differ := func(a, b []uint8) bool {
		for k := range 3 {
			if int(a[k])-int(b[k]) > 2*flatRange || int(b[k])-int(a[k]) > 2*flatRange {
				return true
			}
		}
		return false
	}
	for cy := range c.h {
		for cx := range c.w {
			if cx > 0 && differ(first(cx-1, cy), first(cx, cy)) || cy > 0 && differ(first(cx, cy-1), first(cx, cy)) {
				busy[cy*c.w+cx] = true
			}
		}
	}
}

// groups returns the bounds, in cells and with flatMargin around, of the
// 8-connected groups of busy cells.
func groups(busy []bool, w, h int) []region {
	var out []region
	var stack []int
	for start := range busy {
		if !busy[start] {
			continue
		}
		r := region{w, h, 0, 0}
		busy[start] = false
		for stack = append(stack[:0], start); len(stack) > 0; {
			i := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			x, y := i%w, i/w
			r = r.union(region{x, y, x + 1, y + 1})
			for ny := max(y-1, 0); ny <= min(y+1, h-1); ny++ {
				for nx := max(x-1, 0); nx <= min(x+1, w-1); nx++ {
					if busy[ny*w+nx] {
						busy[ny*w+nx] = false
						stack = append(stack, ny*w+nx)
					}
				}
			}
		}
		out = append(out, r.grow(flatMargin, w, h))
	}
	return out
}

// merge joins regions that overlap until none do.
func merge(in []region) []region {
	var out []region
	for _, r := range in {
		for i := 0; i < len(out); {
			if !out[i].meets(r) {
				i++
				continue
			}
			// The union may reach what came before: start over.
			r = r.union(out[i])
			out = append(out[:i], out[i+1:]...)
			i = 0
		}
		out = append(out, r)
	}
	return out
}
