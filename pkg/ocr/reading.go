package ocr

import (
	"context"
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
	// weight is the sum of the characters' confidences above charWorth.
	weight float64
}

func newReading(l Line) reading {
	r := reading{line: l}
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
	boxes := append([]box(nil), sure...)
	for _, f := range faint {
		if !slices.ContainsFunc(boxes, func(b box) bool { return alike(b.quad.limits(), f.quad.limits()) }) {
			boxes = append(boxes, f)
		}
	}
	readings := make([]reading, len(boxes))
	err := forEach(ctx, len(boxes), o.Threads, func(i, threads int) error {
		var err error
		if o.Fast || len(sure) > fewBoxes && i < len(sure) {
			readings[i], err = r.readBox(ctx, img, boxes[i], threads)
		} else {
			readings[i], err = r.readWell(ctx, img, boxes, i, threads)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	var kept, doubtful []reading
	for i, rd := range readings {
		if !rd.counts(o.MinConfidence) {
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
func (r *Reader) readWell(ctx context.Context, img *raster.RGB, boxes []box, i, threads int) (reading, error) {
	var best reading
	for _, q := range boxes[i].quad.directions() {
		rd, err := r.readCut(ctx, img, q, 0, 0, threads)
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
	for k, w := range widenings {
		if w[0] > 1 && !free(boxes, i, w[0]) {
			continue
		}
		rd, err := r.readCut(ctx, img, plain.line.Quad, w[0], w[1], threads)
		if err != nil {
			return best, err
		}
		if rd.line.Confidence >= defaultMinConfidence && rd.weight > max(best.weight, plain.weight+readingMargin) {
			best = rd
		}
		if k == 0 && rd.line.Text == plain.line.Text {
			break
		}
	}
	return best, nil
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

// readBox reads a box in one cut, in the likeliest direction.
func (r *Reader) readBox(ctx context.Context, img *raster.RGB, b box, threads int) (reading, error) {
	return r.readCut(ctx, img, b.quad.directions()[0], 0, 0, threads)
}

// readCut reads a rectangle widened by the given numbers of line heights. The
// line's own rectangle reaches half a line height beyond the centres of the
// first and the last character, but is not smaller than q.
func (r *Reader) readCut(ctx context.Context, img *raster.RGB, q quad, ends, edges float64, threads int) (reading, error) {
	wide := q.widen(ends, edges)
	cut := crop(img, wide)
	if cut == nil {
		return reading{}, nil
	}
	found, err := r.recognize(ctx, cut, threads)
	if err != nil {
		return reading{}, err
	}
	if len(found.chars) > 0 && ends > 0 {
		h, length := distance(q[0], q[3]), distance(wide[0], wide[1])
		left := found.from*length - ends*h - h/2
		right := found.to*length - ends*h + h/2
		q = q.stretch(max(0, -left), max(0, right-distance(q[0], q[1])))
	}
	return newReading(newLine(found.chars, q, img.W, img.H)), nil
}
