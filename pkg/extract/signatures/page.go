package signatures

import (
	"math"
	"sort"

	"github.com/aecheck/aecheck/pkg/extract/ink"
	"github.com/aecheck/aecheck/pkg/facts"
)

// page is a sheet with its ink taken apart.
type page struct {
	sheet   *ink.Sheet
	mask    []bool // ink without ruled lines and seals
	parts   *ink.Labels
	text    float64 // height of the print: the median over what looks like letters
	lines   []Line  // in sheet pixels
	letters int     // patches of the size of print
	seals   [][4]int
}

// cluster is a group of patches that may be one signature.
type cluster struct {
	x0, y0, x1, y1 int
	parts          []int // indices into page.parts.Blobs
}

func newPage(s *ink.Sheet, level uint8, lines []Line, seals []facts.Box) *page {
	p := &page{sheet: s}
	for _, l := range lines {
		l.Box = scaleBox(l.Box, s.Scale)
		p.lines = append(p.lines, l)
	}
	for _, b := range seals {
		p.seals = append(p.seals, scaleBox(b, s.Scale))
	}
	p.mask = make([]bool, len(s.Dark))
	for i, v := range s.Dark {
		p.mask[i] = v >= level && s.Red[i] < 40
	}
	eraseRules(p.mask, s.W, s.H)
	p.parts = ink.Label(p.mask, s.W, s.H)
	p.text, _ = p.parts.LetterHeight()
	p.letters = p.parts.InRows(p.text)
	return p
}

func scaleBox(b [4]int, scale float64) [4]int {
	f := func(v int) int { return int(float64(v)*scale + 0.5) }
	return [4]int{f(b[0]), f(b[1]), f(b[2]), f(b[3])}
}

// threshold separates ink from paper (Otsu's method over what is not blank
// paper), kept between the grain of a scan and the grey of a faint pen.
func threshold(dark []uint8) uint8 {
	var hist [256]float64
	total, sum := 0.0, 0.0
	for _, v := range dark {
		if v >= 20 {
			hist[v]++
			total++
			sum += float64(v)
		}
	}
	if total == 0 {
		return 90
	}
	best, bestAt := -1.0, 90
	var n, s float64
	for t := 20; t < 255; t++ {
		n += hist[t]
		s += hist[t] * float64(t)
		if n == 0 || n == total {
			continue
		}
		m0, m1 := s/n, (sum-s)/(total-n)
		if v := n * (total - n) * (m0 - m1) * (m0 - m1); v > best {
			best, bestAt = v, t
		}
	}
	return uint8(min(max(bestAt, 64), 120))
}

// eraseRules removes ruled lines and the frames of tables and scans: long
// straight runs that are thin across.
func eraseRules(mask []bool, w, h int) {
	long, thin := max(36, max(w, h)/18), max(3, max(w, h)/220)
	var gone []int
	for y := range h {
		for x := 0; x < w; x++ {
			if !mask[y*w+x] {
				continue
			}
			end := x
			for end < w && mask[y*w+end] {
				end++
			}
			if end-x >= long {
				for k := x; k < end; k++ {
					if runAcross(mask, w, h, k, y, 0, 1, thin) <= thin {
						gone = append(gone, y*w+k)
					}
				}
			}
			x = end
		}
	}
	for x := range w {
		for y := 0; y < h; y++ {
			if !mask[y*w+x] {
				continue
			}
			end := y
			for end < h && mask[end*w+x] {
				end++
			}
			if end-y >= long {
				for k := y; k < end; k++ {
					if runAcross(mask, w, h, x, k, 1, 0, thin) <= thin {
						gone = append(gone, k*w+x)
					}
				}
			}
			y = end
		}
	}
	for _, i := range gone {
		mask[i] = false
	}
}

// runAcross is the length of the run through a pixel along (dx, dy), counted
// no further than just beyond enough.
func runAcross(mask []bool, w, h, x, y, dx, dy, enough int) int {
	n := 1
	for k := 1; n <= enough; k++ {
		xx, yy := x+k*dx, y+k*dy
		if xx >= w || yy >= h || !mask[yy*w+xx] {
			break
		}
		n++
	}
	for k := 1; n <= enough; k++ {
		xx, yy := x-k*dx, y-k*dy
		if xx < 0 || yy < 0 || !mask[yy*w+xx] {
			break
		}
		n++
	}
	return n
}

// clusters groups large patches with what lies close to them.
func (p *page) clusters() []cluster {
	blobs := p.parts.Blobs
	var seeds []int
	for i, b := range blobs {
		if p.isSeed(b) {
			seeds = append(seeds, i)
		}
	}
	const maxSeeds = 400 // a picture, not a page: the largest patches suffice
	if len(seeds) > maxSeeds {
		sort.SliceStable(seeds, func(i, j int) bool { return blobs[seeds[i]].Area > blobs[seeds[j]].Area })
		seeds = seeds[:maxSeeds]
		sort.Ints(seeds)
	}
	var out []cluster
	for _, i := range seeds {
		b := blobs[i]
		out = append(out, cluster{b.X0, b.Y0, b.X1, b.Y1, []int{i}})
	}
	reach := int(p.text * 1.2)
	for merged := true; merged; {
		merged = false
		for i := 0; i < len(out); i++ {
			for j := i + 1; j < len(out); j++ {
				if apart(out[i], out[j]) <= reach {
					out[i] = join(out[i], out[j])
					out = append(out[:j], out[j+1:]...)
					merged = true
					j--
				}
			}
		}
	}
	return out
}

// isSeed reports a patch too tall for the print, and not a block or a frame.
func (p *page) isSeed(b ink.Blob) bool {
	w, h := float64(b.W()), float64(b.H())
	long := float64(max(p.sheet.W, p.sheet.H))
	switch {
	case h < 1.45*p.text || w < 0.9*p.text,
		w > 0.6*float64(p.sheet.W) && p.sheet.W > 300,
		h > 0.3*float64(p.sheet.H) && p.sheet.H > 300,
		float64(b.Area) > 0.5*w*h,
		float64(b.Area) < 0.012*w*h,
		b.X0 <= 1 || b.Y0 <= 1 || b.X1 >= p.sheet.W-1 || b.Y1 >= p.sheet.H-1,
		math.Max(w, h) < long/60:
		return false
	}
	for _, s := range p.seals {
		if inside([4]int{b.X0, b.Y0, b.W(), b.H()}, s) > 0.75 {
			return false
		}
	}
	return true
}

// inside is the share of a that lies in b.
func inside(a, b [4]int) float64 {
	w := min(a[0]+a[2], b[0]+b[2]) - max(a[0], b[0])
	h := min(a[1]+a[3], b[1]+b[3]) - max(a[1], b[1])
	if w <= 0 || h <= 0 {
		return 0
	}
	return float64(w*h) / float64(max(1, a[2]*a[3]))
}

// apart is the gap between two clusters, 0 where they overlap.
func apart(a, b cluster) int {
	dx := max(a.x0, b.x0) - min(a.x1, b.x1)
	dy := max(a.y0, b.y0) - min(a.y1, b.y1)
	return max(dx, dy, 0)
}

func join(a, b cluster) cluster {
	return cluster{min(a.x0, b.x0), min(a.y0, b.y0), max(a.x1, b.x1), max(a.y1, b.y1), append(a.parts, b.parts...)}
}
