// Package legibility finds what keeps a reviewer from reading a paper
// (M31): blur, glare, darkness, print too small, edges cut off.
// Each defect names the spot. The thresholds are those of reading, not of
// beauty: a grey or crooked scan that can be read has no defect.
//
// It may import pkg/extract/paper/ink, pkg/facts and pkg/raster.
package legibility

import (
	"encoding/binary"
	"math"
	"slices"

	"github.com/aecheck/aecheck/pkg/extract/paper/ink"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/raster"
)

// detail is the longer side at which a page is looked at.
const detail = 1600

const (
	// blurWidth is the width of an edge, in heights of print, beyond which
	// strokes run together; minBlur is in pixels, since in a coarse picture
	// every edge is a pixel or two wide and the print is simply small.
	blurWidth = 0.34
	minBlur   = 3.2
	// smallPrint is the height of a letter in pixels of the picture below
	// which Chinese characters cannot be told apart (12 strokes want as many
	// rows).
	smallPrint = 8.0
	// darkPaper is the brightness of the paper below which print drowns.
	darkPaper = 70
	// glarePaper: on a page whose paper is darker than this, a patch that is
	// blown out is glare and not just white paper.
	glarePaper = 225
	// whitePaper is paper about as bright as a reflection. Between the two a patch is
	// one only where print ends at it, which the caller knows: it is told with
	// spotSure.
	whitePaper = 242
	spotSure   = 0.49
	// glareShare of the page is hard to overlook; glareSpot is a spot that hides a
	// name, which says something only where print ends at it.
	glareShare = 0.008
	glareSpot  = 0.0025
	cutLetters = 6  // letters cut by one edge of the picture
	minLetters = 40 // less print than this says nothing
)

// Find returns the defects of a page m, of which s is the sheet.
func Find(s *ink.Sheet, m *raster.RGB) []facts.Defect {
	if s.W < 100 || s.H < 100 {
		return nil
	}
	labels := ink.Label(ink.Threshold(s.Dark, s.W, s.H, 80))
	height, letters := labels.LetterHeight()
	p := &page{s, m, labels, height}
	var out []facts.Defect
	if d, ok := p.dark(); ok {
		out = append(out, d)
	}
	if d, ok := p.glare(); ok {
		out = append(out, d)
	}
	if letters < minLetters {
		return out
	}
	if d, ok := p.faded(); ok && !slices.ContainsFunc(out, func(d facts.Defect) bool { return d.Confidence >= 0.5 }) {
		out = append(out, d)
	}
	if d, ok := p.small(); ok {
		out = append(out, d)
	} else if d, ok := p.blur(); ok {
		out = append(out, d)
	}
	return append(out, p.cutOff()...)
}

// RunOff counts the ruled lines, as of a form or a table, that run out of a sheet at its
// left and at its right edge but not at both, as ornaments do.
func RunOff(s *ink.Sheet) (left, right int) {
	labels := ink.Label(ink.Threshold(s.Dark, s.W, s.H, 80))
	height, _ := labels.LetterHeight()
	for _, b := range labels.Blobs {
		if float64(b.W()) >= 8*height && float64(b.H()) >= 4*height && (b.X0 <= 1) != (b.X1 >= s.W-1) {
			l, r := gridEnds(labels, b, s.W, height)
			left, right = left+l, right+r
			continue
		}
		if float64(b.W()) < 8*height || float64(b.H()) > 2*height || 8*b.Area > b.W()*int(max(8, 2*height)) {
			continue // no line, or one with print on it
		}
		switch {
		case b.X0 <= 1 && b.X1 < s.W-1:
			left++
		case b.X0 > 1 && b.X1 >= s.W-1:
			right++
		}
	}
	return left, right
}

// gridEnds counts the thin strokes of a patch, a table's grid, that end at the left and
// at the right edge of a sheet of the given width.
func gridEnds(labels *ink.Labels, b ink.Blob, width int, height float64) (left, right int) {
	const thin = 0.3 // of the height of print
	rows := [2][]int{}
	for _, r := range labels.Runs(b) {
		if int(r.X0) <= 1 {
			rows[0] = append(rows[0], int(r.Y))
		}
		if int(r.X1) >= width-1 {
			rows[1] = append(rows[1], int(r.Y))
		}
	}
	count := func(ys []int) (n int) {
		slices.Sort(ys)
		for i := 0; i < len(ys); {
			j := i + 1
			for j < len(ys) && ys[j]-ys[j-1] <= 1 {
				j++
			}
			if float64(ys[j-1]-ys[i]+1) <= math.Max(4, thin*height) {
				n++
			}
			i = j
		}
		return n
	}
	return count(rows[0]), count(rows[1])
}

// Print counts the letters on a sheet that stand in level rows, and in upright
// ones as on a page that lies on its side; sharp is true where some part of the
// sheet has crisp edges.
func Print(s *ink.Sheet) (across, down int, sharp bool) {
	mask := ink.Threshold(s.Dark, s.W, s.H, 80)
	labels := ink.Label(mask)
	height, _ := labels.LetterHeight()
	across = labels.InRows(height)
	turned := ink.NewMask(s.H, s.W)
	for _, b := range labels.Blobs {
		for _, r := range labels.Runs(b) {
			for x := r.X0; x < r.X1; x++ {
				turned.Set(int(r.Y), int(x))
			}
		}
	}
	labels = ink.Label(turned)
	height, _ = labels.LetterHeight()
	down = labels.InRows(height)
	const n = 6
	for ty := range n {
		for tx := range n {
			if width, ok := edgeWidth(s, tx*s.W/n, ty*s.H/n, (tx+1)*s.W/n, (ty+1)*s.H/n); ok && width < minBlur {
				return across, down, true
			}
		}
	}
	return across, down, false
}

type page struct {
	sheet  *ink.Sheet
	m      *raster.RGB
	labels *ink.Labels
	height float64 // of a letter on the sheet
}

// at maps a box of the sheet to the picture.
func (p *page) at(x, y, w, h int) facts.Box {
	return p.sheet.ToPicture([4]int{x, y, w, h}, p.m.W, p.m.H)
}

func round(v float64) float64 { return math.Round(v*100) / 100 }

// dark reports paper too dark to read print on.
func (p *page) dark() (facts.Defect, bool) {
	v := float64(p.sheet.PaperMedian())
	if v >= darkPaper {
		return facts.Defect{}, false
	}
	return facts.Defect{Kind: "dark", Box: p.at(0, 0, p.sheet.W, p.sheet.H), Value: v, Confidence: round(math.Min(0.95, 0.6+(darkPaper-v)/80))}, true
}

// glare reports the largest blown-out patch on paper that is not white.
func (p *page) glare() (facts.Defect, bool) {
	paper := p.sheet.PaperMedian()
	if paper >= whitePaper || paper < darkPaper {
		return facts.Defect{}, false
	}
	most := 0.9
	if paper >= glarePaper {
		most = spotSure
	}
	s := p.sheet
	mask := ink.NewMask(s.W, s.H)
	for y := range s.H {
		row := p.m.Pix[3*p.m.W*min(p.m.H-1, int(float64(y)/s.Scale)):]
		for x := range s.W {
			q := row[3*min(p.m.W-1, int(float64(x)/s.Scale)):]
			if min(q[0], q[1], q[2]) >= 250 {
				mask.Set(x, y)
			}
		}
	}
	best := ink.Blob{}
	for _, b := range ink.Label(mask).Blobs {
		if b.Area > best.Area {
			best = b
		}
	}
	share := float64(best.Area) / float64(s.W*s.H)
	if share < glareSpot || 3*best.Area < best.W()*best.H() {
		return facts.Defect{}, false
	}
	return facts.Defect{Kind: "glare", Box: p.at(best.X0, best.Y0, best.W(), best.H()), Value: round(share), Confidence: round(math.Min(most, 0.5+20*(share-glareShare)))}, true
}

// small reports print too small for its strokes.
func (p *page) small() (facts.Defect, bool) {
	h := p.height / p.sheet.Scale
	if h >= smallPrint {
		return facts.Defect{}, false
	}
	return facts.Defect{Kind: "small_text", Box: p.at(0, 0, p.sheet.W, p.sheet.H), Value: round(h), Confidence: round(math.Min(0.9, 0.5+(smallPrint-h)/8))}, true
}

// blur looks at the page in tiles, so that a page sharp in one half and
// smeared in the other is caught, and reports the blurred part.
func (p *page) blur() (facts.Defect, bool) {
	const n = 4
	s := p.sheet
	x0, y0, x1, y1, worst := s.W, s.H, 0, 0, 0.0
	tiles, blurred := 0, 0
	for ty := range n {
		for tx := range n {
			ax, ay, bx, by := tx*s.W/n, ty*s.H/n, (tx+1)*s.W/n, (ty+1)*s.H/n
			width, ok := edgeWidth(s, ax, ay, bx, by)
			if !ok {
				continue
			}
			tiles++
			if width < minBlur || width < blurWidth*p.height {
				continue
			}
			blurred++
			worst = math.Max(worst, width)
			x0, y0, x1, y1 = min(x0, ax), min(y0, ay), max(x1, bx), max(y1, by)
		}
	}
	if blurred == 0 || 4*blurred < tiles {
		return facts.Defect{}, false
	}
	return facts.Defect{Kind: "blur", Box: p.at(x0, y0, x1-x0, y1-y0), Value: round(worst / p.height), Confidence: round(math.Min(0.9, 0.4+worst/p.height/2+0.2*float64(blurred)/float64(tiles)))}, true
}

// edgeWidth is how many pixels the sharpest edges of a tile take from paper to
// ink; false where there is too little ink to tell.
func edgeWidth(s *ink.Sheet, x0, y0, x1, y1 int) (float64, bool) {
	const (
		dark = 70 // darkness of ink
		step = 24 // change over two pixels below which there is no edge
	)
	var steps [256]int
	count, inked, darkest := 0, 0, uint8(0)
	x0, x1 = max(1, x0), min(s.W-1, x1)
	for y := max(1, y0); y < min(s.H-1, y1); y++ {
		above, row, below := s.Dark[(y-1)*s.W:y*s.W], s.Dark[y*s.W:(y+1)*s.W], s.Dark[(y+1)*s.W:(y+2)*s.W]
		for x := x0; x < x1; x++ {
			// Most of a page is blank, where neither eight pixels nor what
			// they border on can make a step.
			if x+9 < x1 && blank8(row[x-1:]) && blank8(row[x+1:]) && blank8(above[x:]) && blank8(below[x:]) {
				x += 7
				continue
			}
			if row[x] > dark {
				inked++
			}
			darkest = max(darkest, row[x])
			g := max(abs(int(row[x+1])-int(row[x-1])), abs(int(below[x])-int(above[x])))
			if g > step {
				steps[g]++
				count++
			}
		}
	}
	if inked < 200 || count < 200 {
		return 0, false
	}
	// The step that 95 % of all are below.
	g := 0
	for seen := steps[0]; seen <= count*95/100; seen += steps[g] {
		g++
	}
	steep := float64(g) / 2 // per pixel
	return float64(darkest) * 0.85 / steep, true
}

// blank8 reports that the first eight values are below 16.
func blank8(v []uint8) bool {
	return binary.LittleEndian.Uint64(v)&0xF0F0F0F0F0F0F0F0 == 0
}

// cutOff reports edges of the picture that run through letters.
func (p *page) cutOff() []facts.Defect {
	s := p.sheet
	edges := [4]struct {
		n              int
		x0, y0, x1, y1 int
	}{}
	for i := range edges {
		edges[i].x0, edges[i].y0 = s.W, s.H
	}
	for _, b := range p.labels.Blobs {
		w, h := float64(b.W()), float64(b.H())
		if w > 2*p.height || h > 2*p.height || math.Max(w, h) < 0.35*p.height || b.Area < 4 {
			continue
		}
		for i, touches := range [4]bool{b.X0 == 0, b.Y0 == 0, b.X1 == s.W, b.Y1 == s.H} {
			if touches {
				e := &edges[i]
				e.n++
				e.x0, e.y0, e.x1, e.y1 = min(e.x0, b.X0), min(e.y0, b.Y0), max(e.x1, b.X1), max(e.y1, b.Y1)
			}
		}
	}
	var out []facts.Defect
	for _, e := range edges {
		if e.n >= cutLetters {
			out = append(out, facts.Defect{Kind: "cut_off", Box: p.at(e.x0, e.y0, e.x1-e.x0, e.y1-e.y0), Value: float64(e.n), Confidence: round(math.Min(0.9, 0.5+float64(e.n-cutLetters)/30))})
		}
	}
	return out
}

func abs(v int) int {
	if v < 0 {
		return -v
	}
	return v
}
