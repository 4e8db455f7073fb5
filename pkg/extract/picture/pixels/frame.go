package pixels

import (
	"fmt"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/raster"
)

// Thresholds of frame.
const (
	// minBorder is the least width of a drawn border in pixels of the working
	// copy; in product pictures seen, 3 px of the original.
	minBorder = 2
	// maxBorderShare is the greatest width of a border relative to the side it
	// is measured across; wider, it is a picture pasted on a ground.
	maxBorderShare = 0.15
	// maxLightBorderShare is the same for a border as light as a studio
	// background: wider, it is the ground of a rectangular product.
	maxLightBorderShare = 0.06
	// bandTolerance is how far a pixel of a border may be from its colour.
	bandTolerance = 14
	// bandShare is the share of a line that must have the border's colour.
	bandShare = 0.97
	// breakShare is the share of the line behind a border that must differ
	// from it: a subject in front of a plain background never fills a whole
	// line on every side, what is inside a frame does.
	breakShare = 0.95
	// maxCaptionShare is the greatest width of the side of a frame that holds a
	// caption, and captionInk the greatest share of one of its lines that the
	// caption's letters and logos fill: apps and phones write the camera and its
	// settings there; instant pictures have such a side and nothing on it.
	maxCaptionShare = 0.22
	captionInk      = 0.6
	// smear is over how many lines the end of a band may be spread: a block of
	// a JPEG with halved chroma, scaled.
	smear = 12
)

// frame judges borders, fill and collage.
func frame(w *work) facts.Frame {
	f := facts.Frame{Border: border(w)}
	f.Splits = splits(w, f.Border)
	f.Collage = len(f.Splits) > 0
	subject(w, &f)
	return f
}

// line is a row or column of the working copy, walked from one end.
type line struct {
	rgb    *raster.RGB
	start  int // offset of the first pixel
	stride int
	n      int
}

func (l line) at(i int) [3]uint8 {
	p := l.rgb.Pix[l.start+i*l.stride:]
	return [3]uint8{p[0], p[1], p[2]}
}

// side returns line number d counted from a side inward.
func side(m *raster.RGB, s byte, d int) line {
	row := 3 * m.W
	switch s {
	case 't':
		return line{m, d * row, 3, m.W}
	case 'b':
		return line{m, (m.H - 1 - d) * row, 3, m.W}
	case 'l':
		return line{m, 3 * d, row, m.H}
	}
	return line{m, 3 * (m.W - 1 - d), row, m.H}
}

// depth is the number of lines across a side.
func depth(m *raster.RGB, s byte) int {
	if s == 't' || s == 'b' {
		return m.H
	}
	return m.W
}

// band is a run of lines of one colour from a side inward; width 0 is none.
type band struct {
	width int
	color [3]uint8
}

// measureBand finds the band along one side, looking only at the middle part
// of each line so that the bands of the other sides do not matter.
func measureBand(m *raster.RGB, s byte) band {
	b := band{color: middleColor(side(m, s, 0))}
	limit := int(maxBorderShare * float64(depth(m, s)))
	if lowest(b.color) >= light {
		limit = int(maxLightBorderShare * float64(depth(m, s)))
	}
	for b.width <= limit {
		l := side(m, s, b.width)
		cut := l.n * 3 / 20
		if differing(l, cut, cut, b.color) > 1-bandShare {
			break
		}
		b.width++
	}
	if b.width < minBorder || b.width > limit {
		b.width = 0
	}
	return b
}

// differing is the share of a line, without so many pixels at its ends, that
// differs from a colour.
func differing(l line, skipStart, skipEnd int, color [3]uint8) float64 {
	return share(l.n-skipStart-skipEnd, func(i int) bool { return distance(l.at(skipStart+i), color) > bandTolerance })
}

// breaks reports whether the picture inside the bands begins all along a side
// at once. The edge of a frame may be smeared over a JPEG block.
func breaks(m *raster.RGB, s byte, b band, before, after int) bool {
	for d := b.width; d < min(b.width+smear, depth(m, s)); d++ {
		l := side(m, s, d)
		if before+after+20 < l.n && differing(l, before+3, after+3, b.color) >= breakShare {
			return true
		}
	}
	return false
}

// middleColor is the median colour of a line.
func middleColor(l line) [3]uint8 {
	var out [3]uint8
	for c := range out {
		var histogram [256]int
		for i := range l.n {
			histogram[l.at(i)[c]]++
		}
		sum := 0
		for v, k := range histogram {
			sum += k
			if sum*2 >= l.n {
				out[c] = uint8(v)
				break
			}
		}
	}
	return out
}

// border finds a frame drawn on all four sides, or bars of one colour on two
// opposite ones.
func border(w *work) facts.Border {
	m := w.rgb
	if m.W < 40 || m.H < 40 {
		return facts.Border{}
	}
	var bands [256]band
	for _, s := range []byte("trbl") {
		bands[s] = measureBand(m, s)
	}
	caption(m, &bands)
	for _, sides := range []string{"trbl", "tb", "rl"} {
		first, width, ok := bands[sides[0]], 0, true
		var inset [256]int // how far the bands of this frame reach in
		for i := range sides {
			inset[sides[i]] = bands[sides[i]].width
		}
		for i := range sides {
			s := sides[i]
			b := bands[s]
			before, after := inset['l'], inset['r']
			if s == 'l' || s == 'r' {
				before, after = inset['t'], inset['b']
			}
			ok = ok && b.width > 0 && distance(b.color, first.color) <= 2*bandTolerance && breaks(m, s, b, before, after)
			if len(sides) == 2 { // bars are drawn; planks and skies are not so even
				ok = ok && deviationOf(side(m, s, b.width/2)) <= drawnDeviation
			}
			width = max(width, b.width)
		}
		if !ok {
			continue
		}
		long := max(w.picture.FullW, w.picture.FullH)
		return facts.Border{
			Present: true, Sides: sides, Width: width * long / max(m.W, m.H),
			Color: fmt.Sprintf("#%02x%02x%02x", first.color[0], first.color[1], first.color[2]),
		}
	}
	return facts.Border{}
}

// caption widens the band above or below to the caption it holds, where the other
// three sides have bands of one width: nobody places a rectangular product so.
func caption(m *raster.RGB, bands *[256]band) {
	near := func(a, b int) bool { return abs(a-b) <= max(2, max(a, b)/5) }
	l, r := bands['l'], bands['r']
	for _, sides := range []string{"tb", "bt"} {
		thin, s := bands[sides[0]], sides[1]
		if l.width == 0 || r.width == 0 || thin.width == 0 || !near(l.width, r.width) || !near(l.width, thin.width) {
			continue
		}
		b := band{color: middleColor(side(m, s, 0))}
		clean := 0 // the last line without a letter
		for limit := int(maxCaptionShare * float64(m.H)); b.width <= limit; b.width++ {
			line := side(m, s, b.width)
			cut := line.n * 3 / 20
			away := differing(line, cut, cut, b.color)
			if away > captionInk {
				break
			}
			if away <= 1-bandShare {
				clean = b.width + 1
			}
		}
		// The picture begins right behind the last clean line.
		if b.width-clean <= smear/2 && 2*clean >= 3*thin.width && float64(b.width) <= maxCaptionShare*float64(m.H) {
			bands[s] = band{width: clean, color: b.color}
		}
	}
}

// subject measures the subject's bounding box against a plain background. In
// front of anything else the subject cannot be told from the scene: the whole
// picture counts.
func subject(w *work, f *facts.Frame) {
	m := w.subj
	if !m.plain {
		f.Fill, f.FillMost, f.FillArea, f.Subject = 1, 1, 1, facts.Box{0, 0, w.picture.FullW, w.picture.FullH}
		return
	}
	box := m.boxOf(m.subjectMask(f.Border.Present))
	if box[2] == 0 {
		return // nothing but background
	}
	f.FillArea = round4(float64(box[2]) / float64(m.small.W) * float64(box[3]) / float64(m.small.H))
	f.Fill = m.longer(box)
	f.FillMost = max(f.Fill, m.longer(m.boxOf(m.faintMask(f.Border.Present))))
	f.Subject = scaleBox(box, m.small.W, m.small.H, w.picture)
	if !f.Border.Present {
		f.TouchesEdge = w.touches()
	}
}

// boxOf is the box x, y, w, h around a mask, zero around none.
func (m *subjectMap) boxOf(mask []bool) [4]int {
	x0, y0, x1, y1 := m.small.W, m.small.H, 0, 0
	for i, in := range mask {
		if in {
			x, y := i%m.small.W, i/m.small.W
			x0, y0, x1, y1 = min(x0, x), min(y0, y), max(x1, x+1), max(y1, y+1)
		}
	}
	if x1 <= x0 || y1 <= y0 {
		return [4]int{}
	}
	return [4]int{x0, y0, x1 - x0, y1 - y0}
}

// longer is the longer side of a box relative to the picture's same side.
func (m *subjectMap) longer(box [4]int) float64 {
	if box[2] >= box[3] {
		return round4(float64(box[2]) / float64(m.small.W))
	}
	return round4(float64(box[3]) / float64(m.small.H))
}

// Thresholds of the subject's mask.
const (
	// subjectStep is how far a pixel is from the background's colour when it
	// is no shadow any more.
	subjectStep = 45
	// subjectTint is how much colour a pixel has more than the background.
	subjectTint = 14
	// subjectEdge is a step between neighbours that a soft shadow has not.
	subjectEdge = 10
	// minSpeck is the least share of the picture that is no speck of dust.
	minSpeck = 0.0002
	// faintStep is how far from the background's colour a pixel of the small copy
	// is no noise of its compression: that stays below 3 at quality 75 and more.
	faintStep = 4
	// minFaint is minSpeck for what is faint.
	minFaint = 0.002
)

// faintMask marks all that differs from the background, soft shadows too.
func (m *subjectMap) faintMask(framed bool) []bool {
	w, h := m.small.W, m.small.H
	mask := make([]bool, w*h)
	margin := 0
	if framed {
		margin = max(1, int(ringShare*float64(min(w, h))))
	}
	for y := margin; y < h-margin; y++ {
		for x := margin; x < w-margin; x++ {
			mask[y*w+x] = distance(m.at(y*w+x), m.back) >= faintStep
		}
	}
	dropSpecks(mask, w, max(3, int(minFaint*float64(w*h))))
	return mask
}

// subjectMask marks the subject: what is far from the background, has another
// colour, or has edges. Soft shadows are none of these.
func (m *subjectMap) subjectMask(framed bool) []bool {
	w, h := m.small.W, m.small.H
	mask := make([]bool, w*h)
	margin := 0
	if framed {
		margin = max(1, int(ringShare*float64(min(w, h))))
	}
	tint := spread(m.back)
	for y := margin; y < h-margin; y++ {
		for x := margin; x < w-margin; x++ {
			i := y*w + x
			c := m.at(i)
			d := distance(c, m.back)
			if d < subjectEdge {
				continue
			}
			mask[i] = d > subjectStep || abs(spread(c)-tint) > subjectTint ||
				x+1 < w && distance(c, m.at(i+1)) > subjectEdge || y+1 < h && distance(c, m.at(i+w)) > subjectEdge
		}
	}
	dropSpecks(mask, w, max(3, int(minSpeck*float64(w*h))))
	return mask
}

// dropSpecks clears connected parts of fewer than least pixels.
func dropSpecks(mask []bool, w, least int) {
	seen := make([]bool, len(mask))
	var part []int32
	for start, in := range mask {
		if !in || seen[start] {
			continue
		}
		part = append(part[:0], int32(start))
		seen[start] = true
		for next := 0; next < len(part); next++ {
			at := int(part[next])
			x := at % w
			for dy := -1; dy <= 1; dy++ {
				for dx := -min(1, x); dx <= min(1, w-1-x); dx++ {
					n := at + dy*w + dx
					if n >= 0 && n < len(mask) && mask[n] && !seen[n] {
						seen[n] = true
						part = append(part, int32(n))
					}
				}
			}
		}
		if len(part) < least {
			for _, at := range part {
				mask[at] = false
			}
		}
	}
}

// edgeRun is the length, relative to a side, along which a subject must lie
// at the very edge to be cut off by it.
const edgeRun = 0.012

// touches returns the sides the subject runs out of.
func (w *work) touches() string {
	m := w.subj
	out := ""
	for _, s := range []byte("trbl") {
		l, inner := side(w.rgb, s, 0), side(w.rgb, s, 1)
		need := max(3, int(edgeRun*float64(l.n)))
		run := 0
		for i := range l.n {
			if distance(l.at(i), m.back) > subjectStep && distance(inner.at(i), m.back) > subjectStep {
				if run++; run >= need {
					out += string(s)
					break
				}
			} else {
				run = 0
			}
		}
	}
	return out
}
