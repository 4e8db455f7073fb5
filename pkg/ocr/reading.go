package ocr

import (
	"context"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/aecheck/aecheck/pkg/raster"
)

const (
	// A faint box counts only if it is read at least this surely and is at
	// least this long: texture is now and then read as one or two characters.
	faintConfidence = 0.8
	faintLength     = 3
	// A doubtful line is read at least this surely and is at least this long.
	doubtfulConfidence = 0.62
	doubtfulLength     = 4
	// A reading as sure as this is not upside down.
	rightWayUp = 0.9
	// A line of one or two characters must be read at least this surely.
	shortConfidence = 0.75
	shortLength     = 2
	// charWorth is the confidence from which a character speaks for a reading.
	charWorth = 0.6
	// readingMargin is by how much another cut must beat the plain one.
	readingMargin = 0.3
	// sameText is the part of the smaller of two boxes that must overlap for
	// the two to be readings of the same line.
	sameText = 0.5
	// emptyEnd is how much of a line of a page may be empty at an end, keptEnd what is
	// kept of more, in line heights beyond its first or last character.
	emptyEnd, keptEnd = 1.5, 0.5
	// sameBox is the common part of two boxes from which one of them is enough.
	sameBox = 0.85
)

// widenings are the cuts of a line that are read besides the plain one: how
// far the box is widened at each end and at each edge, in line heights. If the
// first one reads the same the box holds the whole line, and the others are
// left out. The last one looks for characters that the detector missed.
var widenings = [][2]float64{{0.4, 0.1}, {0.15, 0.04}, {1.6, 0.05}}

// reading is one attempt to read a line.
type reading struct {
	line Line
	cut  cut
	// weight is the sum of the characters' confidences above charWorth.
	weight float64
}

// cut is what of a picture was read as one line, and what was found in it.
type cut struct {
	quad  quad    // of the line
	ends  float64 // how far the cut reaches beyond it, in line heights
	edges float64
	page  bool // of a page of print
	found found
}

func newReading(l Line, c cut) reading {
	r := reading{line: l, cut: c}
	for _, c := range l.Chars {
		p := c.Confidence
		if c.AltConfidence > p { // settled by context: both readings speak for it
			p += c.AltConfidence
		}
		r.weight += p - charWorth
	}
	return r
}

// counts reports whether a reading is kept at all: sure enough, and with a
// letter or a digit in it.
func (r reading) counts(least float64) bool {
	if len(r.line.Chars) <= shortLength {
		least = max(least, shortConfidence)
	}
	return r.line.Confidence >= least && strings.ContainsFunc(r.line.Text, func(c rune) bool {
		return unicode.IsLetter(c) || unicode.IsDigit(c)
	})
}

// isLine reports a box that surely holds a line: as long as a few words, and with a
// plain answer of the detector.
func (b box) isLine() bool {
	const score, length = 0.6, 4
	q := b.quad.directions()[0]
	return b.score >= score && distance(q[0], q[1]) >= length*distance(q[0], q[3])
}

// good reports whether a reading of a faint box counts.
func (r reading) good() bool {
	return r.line.Confidence >= faintConfidence && len(r.line.Chars) >= faintLength
}

// doubtful reports whether a reading that does not count may be of use to a caller
// who knows what to look for.
func (r reading) doubtful() bool {
	return r.line.Confidence >= doubtfulConfidence && len(r.line.Chars) >= doubtfulLength
}

// readBoxes reads the boxes. The lines come in the order of the boxes, sure
// ones first.
func (r *Reader) readBoxes(ctx context.Context, img *raster.RGB, sure, faint []box, o Options) ([]Line, error) {
	if o.Level > 0 {
		aslant := func(b box) bool {
			q := b.quad.directions()[0]
			return math.Abs(math.Atan2(q[1][1]-q[0][1], q[1][0]-q[0][0]))*180/math.Pi >= o.Level
		}
		sure, faint = slices.DeleteFunc(slices.Clone(sure), aslant), slices.DeleteFunc(slices.Clone(faint), aslant)
	}
	boxes := append([]box(nil), sure...)
	for _, f := range faint {
		if !slices.ContainsFunc(boxes, func(b box) bool { return alike(b.quad.limits(), f.quad.limits()) }) {
			boxes = append(boxes, f)
		}
	}
	readings := make([]reading, len(boxes))
	err := forEach(ctx, len(boxes), o.Threads, func(i, threads int) error {
		var err error
		o := o
		o.Threads = threads
		if o.Fast || len(sure) > fewBoxes && i < len(sure) {
			readings[i], err = r.readBox(ctx, img, boxes[i], o)
		} else {
			readings[i], err = r.readWell(ctx, img, boxes, i, o)
		}
		if err == nil {
			readings[i], err = r.readAgain(ctx, img, readings[i], o)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	var kept, doubtful []reading
	for i, rd := range readings {
		if !rd.counts(o.MinConfidence) {
			if o.Missed && i < len(sure) && sure[i].isLine() {
				kept = append(kept, newReading(newLine(nil, sure[i].quad.directions()[0], img.W, img.H), cut{}))
			}
			continue
		}
		if i < len(sure) {
			kept = append(kept, rd)
			continue
		}
		if rd.good() {
			kept = settle(kept, rd)
		} else if o.Doubtful && rd.doubtful() {
			rd.line.Doubtful = true
			doubtful = append(doubtful, rd)
		}
	}
	kept = append(kept, doubtful...)
	lines := make([]Line, len(kept))
	for i, rd := range kept {
		lines[i] = rd.line
	}
	return lines, nil
}

// settle adds the reading of a faint box, or puts it in the place of the lines
// that it reads better.
func settle(kept []reading, rd reading) []reading {
	at, weight := -1, 0.0
	var rest []reading
	for _, k := range kept {
		if overlap(k.line.Box, rd.line.Box) < sameText {
			rest = append(rest, k)
			continue
		}
		if at < 0 {
			at = len(rest)
		}
		weight += max(0, k.weight)
	}
	switch {
	case at < 0:
		return append(kept, rd)
	case rd.weight > weight+readingMargin:
		return slices.Insert(rest, at, rd)
	}
	return kept
}

// overlap returns the part of the smaller box that lies in the other.
func overlap(a, b [4]int) float64 {
	w := min(a[0]+a[2], b[0]+b[2]) - max(a[0], b[0])
	h := min(a[1]+a[3], b[1]+b[3]) - max(a[1], b[1])
	if w <= 0 || h <= 0 {
		return 0
	}
	return float64(w*h) / float64(min(a[2]*a[3], b[2]*b[3]))
}

// alike reports whether two boxes are the same but for a few pixels: their
// common part is at least sameBox of what they cover together.
func alike(a, b [4]int) bool {
	common := overlap(a, b) * float64(min(a[2]*a[3], b[2]*b[3]))
	return common >= sameBox*(float64(a[2]*a[3]+b[2]*b[3])-common)
}

// readWell reads box i in several cuts and directions and returns the best.
// If the plain cut shows nothing like text, that is the answer.
func (r *Reader) readWell(ctx context.Context, img *raster.RGB, boxes []box, i int, o Options) (reading, error) {
	var best reading
	for _, q := range boxes[i].quad.directions() {
		rd, err := r.readCut(ctx, img, q, 0, 0, o)
		if err != nil {
			return best, err
		}
		if rd.line.Text != "" && (best.line.Text == "" || rd.weight > best.weight) {
			best = rd
		}
	}
	if best.line.Confidence < defaultMinConfidence || len(best.line.Chars) < 2 {
		return best, nil
	}
	plain := best
	digits, whole := mayEndShopID(plain.line.Text), false
	for k, w := range widenings {
		open := w[0] <= 1 || free(boxes, i, w[0])
		if !digits && !open || whole && w[0] <= 1 {
			continue
		}
		rd, err := r.readCut(ctx, img, plain.line.Quad, w[0], w[1], o)
		if err != nil {
			return best, err
		}
		switch {
		case rd.line.Confidence < defaultMinConfidence:
		case endsShopID(rd.line.Text, plain.line.Text):
			rd.weight = max(rd.weight, best.weight)
			return rd, nil
		case open && !whole && rd.weight > max(best.weight, plain.weight+readingMargin):
			best = rd
		}
		if k == 0 && rd.line.Text == plain.line.Text {
			if whole = true; !digits {
				break
			}
		}
	}
	return best, nil
}

// shopDigits are the lengths of numbers that shops' marks bear, AE-digits (MISSION M21).
var shopDigits = [2]int{6, 12}

// mayEndShopID reports digits alone: the AE before them is what pale print loses first.
func mayEndShopID(text string) bool {
	return len(text) >= shopDigits[0] && len(text) <= shopDigits[1] && !strings.ContainsFunc(text, func(r rune) bool { return !isDigit(r) })
}

// endsShopID reports whether a wider cut shows the AE of a shop's mark before the digits
// that were read: surer than by its letters' own confidence.
func endsShopID(wide, digits string) bool {
	head, ok := strings.CutSuffix(wide, digits)
	return ok && mayEndShopID(digits) && slices.Contains([]string{"AE", "AE-", "AE -", "AE- ", "AE:", "AE：", "AE."}, head)
}

// free reports whether no other box lies within reach line heights of the ends
// of box i, boxes of the same line excepted.
func free(boxes []box, i int, reach float64) bool {
	q := boxes[i].quad.directions()[0]
	mine, wide := q.limits(), q.widen(reach, 0).limits()
	for j := range boxes {
		other := boxes[j].quad.limits()
		if j != i && overlap(wide, other) > 0 && overlap(mine, other) < sameText {
			return false
		}
	}
	return true
}

// readBox reads a box in one cut, in the likeliest direction, and in the other one
// where that shows nothing like text.
func (r *Reader) readBox(ctx context.Context, img *raster.RGB, b box, o Options) (reading, error) {
	var best reading
	for _, q := range b.quad.directions() {
		rd, err := r.readCut(ctx, img, q, 0, 0, o)
		if err != nil {
			return best, err
		}
		if best.line.Text == "" || rd.weight > best.weight {
			best = rd
		}
		if best.line.Confidence >= rightWayUp {
			break
		}
	}
	return best, nil
}

// readCut reads a rectangle widened by the given numbers of line heights.
func (r *Reader) readCut(ctx context.Context, img *raster.RGB, q quad, ends, edges float64, o Options) (reading, error) {
	picture := crop(img, q.widen(ends, edges))
	if picture == nil {
		return reading{}, nil
	}
	f, err := r.recognize(ctx, picture, o)
	if err != nil {
		return reading{}, err
	}
	return cut{q, ends, edges, o.Page, f}.reading(img), nil
}

// readAgain reads the cut of a doubtful reading once more.
func (r *Reader) readAgain(ctx context.Context, img *raster.RGB, rd reading, o Options) (reading, error) {
	c := rd.cut
	if !o.Page || !c.found.doubtful() {
		return rd, nil
	}
	f, err := r.recognizeAgain(ctx, crop(img, c.quad.widen(c.ends, c.edges)), c.found, o)
	if err != nil {
		return rd, err
	}
	c.found = f
	return c.reading(img), nil
}

// reach is by how much a line must be longer at an end, h being its height, where its
// text ends short of it by the given length.
func (c cut) reach(short, h float64) float64 {
	if c.page && short > emptyEnd*h {
		return keptEnd*h - short
	}
	if c.ends == 0 {
		return 0
	}
	return max(0, -short)
}

// reading makes a line of a cut of img. The line's own rectangle reaches half a line
// height beyond the centres of the first and the last character, but is not smaller
// than the rectangle that was widened; only on a page what lies far beyond its text is
// left off: handwriting that stands close to its label.
func (c cut) reading(img *raster.RGB) reading {
	q := c.quad
	if len(c.found.chars) > 0 && (c.ends > 0 || c.page) {
		wide := q.widen(c.ends, c.edges)
		h, length := distance(q[0], q[3]), distance(wide[0], wide[1])
		left := c.found.from*length - c.ends*h - h/2
		right := distance(q[0], q[1]) - (c.found.to*length - c.ends*h + h/2)
		q = q.stretch(c.reach(left, h), c.reach(right, h))
	}
	return newReading(newLine(c.found.chars, q, img.W, img.H), c)
}
