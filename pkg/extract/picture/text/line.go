package text

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/aecheck/aecheck/pkg/edits"
	"github.com/aecheck/aecheck/pkg/extract/picture/text/overlay"
	"github.com/aecheck/aecheck/pkg/extract/picture/text/words"
	"github.com/aecheck/aecheck/pkg/ocr"
	"github.com/aecheck/aecheck/pkg/raster"
)

// line is one line with all that was measured of it.
type line struct {
	ocr.Line
	box         [4]int // in the original
	corner      string
	heightRatio float64 // glyph height / shorter side
	tilt        float64 // degrees from level, −90…90
	height      float64 // of the quad, px of the decoded picture
	han, latin  int     // letters

	ink     overlay.Ink // what the pixels say
	band    bool        // stands in a band across the picture
	repeats int         // lines of the picture that say the same, itself included
	tile    int         // number of the slanted tiling the line is a cut of, 0 for none
	numbers bool        // half the lines of that slant hold digits
	company bool        // lines that say something else run in the same slant, as on a pack
	print   bool        // one line of a paragraph that lies on what is shown
	overlay float64

	words.Meaning
	stock    bool  // the name of a picture library, or its number at the edge
	platform bool  // names a platform, as pictures saved from it do
	camera   bool  // says how a camera was set, or whose it is beside such a line, at the edge
	part     *line // a line with a meaning that this one is a piece or a tile of
	joined   bool  // read together with another line it is a contact detail
	pieced   bool  // a store ID put together from two lines
}

// measure looks at a line's pixels and place.
func measure(m *raster.RGB, g *overlay.Ground, l ocr.Line) line {
	out := line{Line: l}
	q := l.Quad
	w := math.Hypot(q[1][0]-q[0][0], q[1][1]-q[0][1])
	h := math.Hypot(q[3][0]-q[0][0], q[3][1]-q[0][1])
	out.height = math.Min(w, h)
	out.tilt = l.Angle
	out.corner = corner(l.Box, m.W, m.H)
	out.ink = overlay.Inspect(m, g, q)
	out.band = math.Abs(l.Angle) < 3 && overlay.InBand(m, l.Box)
	glyph := out.ink.Glyph
	if glyph == 0 {
		glyph = out.height * 0.75 // the detector's boxes leave a margin of that size
	}
	out.heightRatio = round4(glyph / float64(max(1, min(m.W, m.H))))
	for _, r := range l.Text {
		switch {
		case unicode.Is(unicode.Han, r):
			out.han++
		case unicode.IsLetter(r):
			out.latin++
		}
	}
	return out
}

func round4(v float64) float64 { return math.Round(v*1e4) / 1e4 }

// corner names where a box lies: within a tenth of the picture's width or height
// of its edges (facts.TextLine.Corner).
func corner(b [4]int, w, h int) string {
	const near = 0.1
	mx, my := int(near*float64(w)), int(near*float64(h))
	l, r := b[0] <= mx, b[0]+b[2] >= w-mx
	t, bt := b[1] <= my, b[1]+b[3] >= h-my
	v, hz := "", ""
	switch {
	case t && !bt:
		v = "t"
	case bt && !t:
		v = "b"
	}
	switch {
	case l && !r:
		hz = "l"
	case r && !l:
		hz = "r"
	}
	return v + hz
}

// countRepeats counts lines that say the same: tiles of one mark. Several units of a
// product beside each other say the same too, so level lines count as tiles only
// where there are four or more and they stand both beside and below each other, of one
// slant and one size: a program lays tiles, while the camera sees each cap on a shelf
// from another side.
func countRepeats(lines []line) {
	const apart, level = 3, 4 // line heights; tiles
	keys := make([]string, len(lines))
	for i := range lines {
		keys[i] = words.Key(lines[i].Text)
	}
	for i := range lines {
		l := &lines[i]
		x0, y0, x1, y1 := l.Quad[0][0], l.Quad[0][1], l.Quad[0][0], l.Quad[0][1]
		l.repeats = 1
		slants, heights := []float64{l.tilt}, []float64{l.height}
		for j := range lines {
			if i != j && words.SameMark(keys[i], keys[j]) && similar(l.height, lines[j].height) {
				l.repeats++
				slants, heights = append(slants, lines[j].tilt), append(heights, lines[j].height)
				p := lines[j].Quad[0]
				x0, y0, x1, y1 = math.Min(x0, p[0]), math.Min(y0, p[1]), math.Max(x1, p[0]), math.Max(y1, p[1])
			}
		}
		if !l.tilted() && (l.repeats < level || math.Min(x1-x0, y1-y0) < apart*l.height || !laid(slants, heights)) {
			l.repeats = min(l.repeats, 2)
		}
	}
	groupTiles(lines, keys)
}

// laid reports whether lines have the one slant, degrees, and the one height that tiles
// have but for one of them in six, which was measured wrong or cut.
func laid(slants, heights []float64) bool {
	const wide, high = 3.0, 1.45
	slices.Sort(slants)
	slices.Sort(heights)
	from, to := len(slants)/6, len(slants)-1-len(slants)/6
	return slants[to]-slants[from] <= wide && heights[to] <= high*heights[from]
}

// findPrint marks lines of a paragraph: five or more of one height and slant, one under
// the other, most of which nothing sets off from what is shown. A mark comes alone or
// tiled; one line of a list of ingredients that looks see-through is print like the rest.
func findPrint(lines []line) {
	const parallel, pitch, least = 3.0, 2.2, 5 // degrees; line heights; lines
	block := make([]int, len(lines))
	for i := range block {
		block[i] = i
	}
	for i := range lines {
		for j := range i {
			a, b := &lines[i], &lines[j]
			if block[i] == block[j] || math.Abs(a.tilt-b.tilt) > parallel || !similar(a.height, b.height) {
				continue
			}
			sin, cos := math.Sincos(a.tilt * math.Pi / 180)
			au0, av0, au1, av1 := extent(a.Quad, cos, sin)
			bu0, bv0, bu1, bv1 := extent(b.Quad, cos, sin)
			together := math.Min(au1, bu1) - math.Max(au0, bu0)
			if math.Abs((av0+av1)-(bv0+bv1))/2 > pitch*math.Max(a.height, b.height) || 2*together < math.Min(au1-au0, bu1-bu0) {
				continue
			}
			from, to := block[i], block[j]
			for k := range block {
				if block[k] == from {
					block[k] = to
				}
			}
		}
	}
	size, over := make([]int, len(lines)), make([]int, len(lines))
	for i, b := range block {
		size[b]++
		if lines[i].overlay >= minMark {
			over[b]++
		}
	}
	for i, b := range block {
		lines[i].print = size[b] >= least && 3*over[b] <= size[b]
	}
}

// groupTiles finds the cuts of one slanted tiling: where the tiles of a mark run on
// without a gap, or are cut by the product, each line begins and ends elsewhere in
// "KAZUMI KAZUMI". Lines of one slant and height belong together where the shorter
// is read, but for a letter in four, somewhere in the longer one said twice; from
// three lines on they are tiles.
func groupTiles(lines []line, keys []string) {
	const parallel, least, shortest = 6.0, 3, 3 // degrees; lines; letters
	group := make([]int, len(lines))
	for i := range group {
		group[i] = i
		lines[i].tile, lines[i].numbers = 0, false
	}
	for i := range lines {
		for j := range i {
			a, b := &lines[i], &lines[j]
			if group[i] == group[j] || !a.tilted() || !b.tilted() || math.Abs(a.tilt-b.tilt) > parallel || !similar(a.height, b.height) {
				continue
			}
			short, long := words.Cut([]rune(keys[i])), words.Cut([]rune(keys[j]))
			if len(short) > len(long) {
				short, long = long, short
			}
			if len(short) < shortest || edits.Inside(short, slices.Concat(long, long)) > max(1, len(short)/4) {
				continue
			}
			from, to := group[i], group[j]
			for k := range group {
				if group[k] == from {
					group[k] = to
				}
			}
		}
	}
	size := make(map[int]int, len(group))
	for _, g := range group {
		size[g]++
	}
	for i, g := range group {
		if size[g] >= least {
			lines[i].tile, lines[i].repeats = g+1, max(lines[i].repeats, size[g])
		}
		lines[i].numbers = amongNumbers(lines, i, parallel, least)
	}
}

// amongNumbers reports whether half the lines of a slanted line's slant and height hold
// digits, itself included: tiled product data, whose cuts without digits name nobody.
func amongNumbers(lines []line, i int, parallel float64, least int) bool {
	if !lines[i].tilted() {
		return false
	}
	all, digits := 0, 0
	for j := range lines {
		if a, b := &lines[i], &lines[j]; b.tilted() && math.Abs(a.tilt-b.tilt) <= parallel && similar(a.height, b.height) {
			all++
			digits += min(1, digitsIn(b.Text))
		}
	}
	return all >= least && 2*digits >= all
}

// halfLabels takes what is left of an AI label for the label where it stands as one
// does: laid over the picture at its edge.
func halfLabels(lines []line) {
	for i := range lines {
		if l := &lines[i]; l.Label == "" && l.LabelPart != "" && l.corner != "" && l.overlay >= minMark {
			l.Label = l.LabelPart
		}
	}
}

// findCompany marks slanted lines beside which others run in the same direction
// and say something else: print on a pack that lies aslant. Marks come alone, or
// as tiles.
func findCompany(lines []line) {
	const parallel, apart = 9.0, 1.2 // degrees; line heights across
	for i := range lines {
		a := &lines[i]
		a.company = false
		for j := range lines {
			b := &lines[j]
			if i == j || !b.tilted() || math.Abs(a.tilt-b.tilt) > parallel || b.repeats >= 3 || b.han+b.latin < 3 || a.tile > 0 && a.tile == b.tile ||
				words.SameMark(words.Key(a.Text), words.Key(b.Text)) {
				continue
			}
			sin, cos := math.Sincos(a.tilt * math.Pi / 180)
			_, av0, _, av1 := extent(a.Quad, cos, sin)
			_, bv0, _, bv1 := extent(b.Quad, cos, sin)
			if math.Abs((av0+av1)-(bv0+bv1))/2 > apart*math.Max(a.height, b.height) {
				a.company = true
			}
		}
	}
}

func similar(a, b float64) bool { return a < 1.5*b && b < 1.5*a }

// mean finds what the words of each line say.
func (e *Extractor) mean(lines []line) {
	for i := range lines {
		l := &lines[i]
		l.Meaning = e.words.Mean(l.Text)
		l.Store = e.storeID(l.Line)
		onSide := math.Abs(l.tilt) > 80 && math.Abs(l.tilt) < 100
		l.platform = l.Platform || l.PlatformWord && l.corner != ""
		l.camera = l.Settings && l.corner != ""
		l.stock = l.Stock || l.corner != "" && (onSide || strings.HasPrefix(words.Plain(l.Text), "#")) && l.StockNumber
	}
}

// findCameras marks the names of makers that stand beside the settings of a camera, in
// the bar that phones and apps put under a photograph.
func findCameras(lines []line) {
	const apart = 3 // line heights
	for i := range lines {
		for j := range lines {
			a, b := &lines[i], &lines[j]
			if a.Maker && a.corner != "" && b.Settings && b.camera && math.Abs(float64(2*a.Box[1]+a.Box[3]-2*b.Box[1]-b.Box[3]))/2 <= apart*b.height {
				a.camera = true
			}
		}
	}
}

// link finds the pieces: a tile cut by the picture's edge or by the product says
// a part of what another one says, often with a letter misread, and means the
// same. Of several the one that means something is taken.
func link(lines []line) {
	keys := make([][]rune, len(lines))
	for i := range lines {
		keys[i] = []rune(words.Key(lines[i].Text))
	}
	for i := range lines {
		for j := range lines {
			a, b := &lines[i], &lines[j]
			n := len(keys[i])
			if i == j || n < 2 || len(keys[j]) < n-1 && !words.HoldsTile(keys[i], keys[j]) || !b.said() ||
				math.Abs(a.tilt-b.tilt) > 12 || !similar(a.height, b.height) {
				continue
			}
			allowed := n / 4
			if a.repeats >= 3 && b.repeats >= 3 { // tiles: a letter may be lost in a short one
				allowed = max(1, allowed)
			}
			if edits.Inside(words.Cut(keys[i]), words.Cut(keys[j])) <= allowed || words.HoldsTile(keys[i], keys[j]) {
				a.part = b
				break
			}
		}
	}
}

// chineseShare is the share of Han characters among all letters.
func chineseShare(lines []line) float64 {
	han, all := 0, 0
	for _, l := range lines {
		han += l.han
		all += l.han + l.latin
	}
	if all == 0 {
		return 0
	}
	return round4(float64(han) / float64(all))
}

// overlayShare is the area of the lines that lie over the picture, relative to
// the picture; overlapping boxes count once, on a grid of 8 px. Text laid over a
// picture is drawn to be read: a word or two read badly are the ribs of a handle or a
// weave, and a letter or digit alone is a ring, a rim or a band of them.
func overlayShare(lines []line, w, h int) float64 {
	const cell = 8
	const legible, enough = 0.8, 6 // of the reading; letters and digits from which less will do
	gw, gh := (w+cell-1)/cell, (h+cell-1)/cell
	grid := make([]bool, gw*gh)
	n := 0
	for _, l := range lines {
		if l.overlay < 0.5 || l.han == 0 && l.latin+digitsIn(l.Text) < 2 || l.Confidence < legible && l.han*2+l.latin+digitsIn(l.Text) < enough {
			continue
		}
		b := clip(l.Box, w, h)
		for y := b[1] / cell; y <= (b[1]+b[3]-1)/cell && y < gh; y++ {
			for x := b[0] / cell; x <= (b[0]+b[2]-1)/cell && x < gw; x++ {
				if !grid[y*gw+x] {
					grid[y*gw+x] = true
					n++
				}
			}
		}
	}
	return round4(float64(n) / float64(max(1, gw*gh)))
}

func clip(b [4]int, w, h int) [4]int {
	x0, y0 := min(max(b[0], 0), w), min(max(b[1], 0), h)
	x1, y1 := min(max(b[0]+b[2], x0), w), min(max(b[1]+b[3], y0), h)
	return [4]int{x0, y0, x1 - x0, y1 - y0}
}
