package signatures

import (
	"math"
	"sort"

	"github.com/aecheck/aecheck/pkg/extract/paper/ink"
)

// page is a sheet with its ink taken apart.
type page struct {
	sheet   *ink.Sheet
	mask    *ink.Mask // ink without ruled lines and seals
	parts   *ink.Labels
	text    float64 // height of the print: the median over what looks like letters
	lines   []Line  // in sheet pixels
	letters int     // patches of the size of print
	seals   []sealAt
	pen     []uint8 // darkness without red ink
	ink     uint8   // darkness that parts the page's ink from its paper
	labels  []label
	inLine  [][]int // patches of each line
	print   look    // of the page; n 0 where too little was read
	printed []bool  // patches that are print
}

// sealAt is a seal in sheet pixels.
type sealAt struct {
	box   [4]int
	color string
}

// cluster is a group of patches that may be one signature.
type cluster struct {
	x0, y0, x1, y1 int
	parts          []int // indices into page.parts.Blobs
}

func newPage(s *ink.Sheet, pen []uint8, parts, level uint8, lines []Line, seals []Seal) *page {
	p := &page{sheet: s, pen: pen, ink: parts}
	for _, l := range lines {
		l.Box = scaleBox(l.Box, s.Scale)
		p.lines = append(p.lines, l)
	}
	for _, b := range seals {
		p.seals = append(p.seals, sealAt{scaleBox(b.Box, s.Scale), b.Color})
	}
	p.mask = p.penMask(level)
	p.mask.EraseRules(max(36, max(s.W, s.H)/18), max(3, max(s.W, s.H)/220))
	p.parts = ink.Label(p.mask)
	p.text, _ = p.parts.LetterHeight()
	p.letters = p.parts.InRows(p.text)
	p.labels = readLabels(p.lines)
	p.findPrint()
	return p
}

func scaleBox(b [4]int, scale float64) [4]int {
	f := func(v int) int { return int(float64(v)*scale + 0.5) }
	return [4]int{f(b[0]), f(b[1]), f(b[2]), f(b[3])}
}

// threshold separates ink from paper (Otsu's method over what is not blank
// paper), kept between the grain of a scan and the grey of a faint pen.
func threshold(dark []uint8) uint8 {
	const blank = 20 // darkness below which there is nothing but paper
	var counts [256]int
	for _, v := range dark {
		counts[v]++
	}
	var hist [256]float64
	total, sum := 0.0, 0.0
	for v := blank; v < 256; v++ {
		hist[v] = float64(counts[v])
		total += hist[v]
		sum += hist[v] * float64(v)
	}
	if total == 0 {
		return 90
	}
	best, bestAt := -1.0, 90
	var n, s float64
	for t := blank; t < 255; t++ {
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

// clusters groups large patches with what lies close to them.
func (p *page) clusters() []cluster {
	blobs := p.parts.Blobs
	var seeds []int
	for i, b := range blobs {
		if p.isSeed(b) && !p.printed[i] {
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
	return p.merge(out)
}

// merge joins clusters that lie close to each other.
func (p *page) merge(out []cluster) []cluster {
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
