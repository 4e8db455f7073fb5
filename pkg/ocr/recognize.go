package ocr

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/onnx"
	"github.com/aecheck/aecheck/pkg/raster"
)

// Input of the recogniser: lines of 48 pixels height, the width as the picture
// asks within these bounds, values x/127.5-1 in the order blue, green, red
// (PaddleOCR, rec_image_shape 3,48,320 without its padding).
const (
	lineHeight                 = 48
	minLineWidth, maxLineWidth = 8, 3200
)

// found is what the recogniser sees in a line picture.
type found struct {
	chars    []Char
	from, to float64 // centres of the first and the last one, 0…1 of the width
}

// recognizer is a model that reads lines.
type recognizer struct {
	model      *onnx.Model
	dictionary []rune // the character of every class
}

// recognize reads one line picture, of a page quickly.
func (r *Reader) recognize(ctx context.Context, img *raster.RGB, o Options) (found, error) {
	load := r.marks
	if o.Page {
		load = r.quick
	}
	m, err := load()
	if err != nil {
		return found{}, err
	}
	return m.read(ctx, img, o.Threads)
}

const (
	// carefulDoubt is the confidence of a line's least sure character below which the
	// line is read once more, carefulLength and carefulLeast what there must be of it
	// before that pays: texture is read as a few unsure characters.
	carefulDoubt, carefulLength, carefulLeast = 0.6, 2, 0.5
)

// doubtful reports whether a second reading may find more in the line.
func (f found) doubtful() bool {
	sum, weakest := 0.0, 1.0
	for _, c := range f.chars {
		sum, weakest = sum+c.Confidence, min(weakest, c.Confidence)
	}
	return len(f.chars) >= carefulLength && weakest < carefulDoubt && sum >= carefulLeast*float64(len(f.chars))
}

// recognizeAgain reads a line picture of a page carefully if the quick reading leaves
// doubts.
func (r *Reader) recognizeAgain(ctx context.Context, img *raster.RGB, before found, o Options) (found, error) {
	if !o.Page || !before.doubtful() {
		return before, nil
	}
	careful, err := r.careful()
	if err != nil {
		return found{}, err
	}
	f, err := careful.read(ctx, img, o.Threads)
	if err != nil || len(f.chars) == 0 {
		return before, err
	}
	f.weigh(before)
	return f, nil
}

// weigh makes what another reading of the same picture saw in the place of a
// character its runner-up, where that is surer than its own, and settles
// look-alikes once more.
func (f found) weigh(other found) {
	for i := range f.chars {
		c := &f.chars[i]
		for _, o := range other.chars {
			if math.Abs(o.At-c.At)*float64(len(f.chars)) > samePlace {
				continue
			}
			alt, confidence := o.R, o.Confidence
			if alt == c.R {
				alt, confidence = o.Alt, o.AltConfidence
			}
			if alt != noChar && alt != c.R && confidence > c.AltConfidence {
				c.Alt, c.AltConfidence = alt, confidence
			}
		}
	}
	settleLookalikes(f.chars)
}

// samePlace is how far two readings of one character may lie apart, in characters.
const samePlace = 0.4

// read reads one line picture.
func (m *recognizer) read(ctx context.Context, img *raster.RGB, threads int) (found, error) {
	rows, err := m.classes(ctx, img, threads)
	if err != nil {
		return found{}, err
	}
	return decode(rows, m.dictionary), nil
}

// classes runs the recogniser on a line picture and returns the probabilities of
// all characters, one row for each step along the line.
func (m *recognizer) classes(ctx context.Context, img *raster.RGB, threads int) ([]float32, error) {
	w := int(math.Ceil(lineHeight * float64(img.W) / float64(img.H)))
	w = min(max(w, minLineWidth), maxLineWidth)
	in := make([]float32, 3*w*lineHeight)
	planes(in, img, region{0, 0, img.W, img.H}, w, lineHeight)
	normalize(in, in, 127.5, 127.5)
	out, err := m.model.Run(ctx, onnx.Tensor{Shape: []int{1, 3, lineHeight, w}, Data: in}, onnx.Options{Threads: threads})
	if err != nil {
		return nil, err
	}
	if len(out.Shape) != 3 || out.Shape[2] != len(m.dictionary) {
		return nil, fmt.Errorf("ocr: the recogniser gives %v for %d characters", out.Shape, len(m.dictionary))
	}
	return out.Data, nil
}

// decode is greedy CTC decoding: the best class of every step, repeats merged,
// blanks dropped. rows holds one probability a class for each step. Of a
// repeated character the surest step counts. Spaces at the ends are left out, and
// look-alikes are settled.
func decode(rows []float32, dict []rune) found {
	var chars []Char
	var steps []int
	classes := len(dict)
	last := 0
	for t := 0; (t+1)*classes <= len(rows); t++ {
		row := rows[t*classes : (t+1)*classes]
		best := 0
		for i, v := range row {
			if v > row[best] {
				best = i
			}
		}
		if best == 0 {
			last = 0
			continue
		}
		if best != last {
			chars, steps = append(chars, Char{}), append(steps, t)
		}
		last = best
		if p := float64(row[best]); p > chars[len(chars)-1].Confidence {
			c := Char{R: dict[best], Confidence: min(p, 1)}
			if alt := second(row, best); alt != 0 {
				c.Alt, c.AltConfidence = dict[alt], float64(row[alt])
			}
			chars[len(chars)-1], steps[len(steps)-1] = c, t
		}
	}
	for len(chars) > 0 && chars[0].R == ' ' {
		chars, steps = chars[1:], steps[1:]
	}
	for len(chars) > 0 && chars[len(chars)-1].R == ' ' {
		chars, steps = chars[:len(chars)-1], steps[:len(steps)-1]
	}
	if len(chars) == 0 {
		return found{}
	}
	chars, steps = hiddenHyphen(chars, steps, rows, dict)
	n := float64(len(rows) / classes)
	for i := range chars {
		chars[i].At = (float64(steps[i]) + 0.5) / n
	}
	settleLookalikes(chars)
	return found{chars, (float64(steps[0]) + 0.5) / n, (float64(steps[len(steps)-1]) + 0.5) / n}
}

// hiddenHyphen puts back the hyphen of a mark AE-digits (MISSION M21) that pale print
// loses or leaves as a space: where a step between the E and six digits or more gives
// it some probability.
func hiddenHyphen(chars []Char, steps []int, rows []float32, dict []rune) ([]Char, []int) {
	const digits = 6
	hyphen := slices.Index(dict, '-')
	for i := 1; i < len(chars) && hyphen > 0; i++ {
		if chars[i-1].R != 'A' || chars[i].R != 'E' {
			continue
		}
		next := i + 1
		if next < len(chars) && chars[next].R == ' ' {
			next++
		}
		end := next
		for end < len(chars) && isDigit(chars[end].R) {
			end++
		}
		if end-next < digits {
			continue
		}
		at, best := 0, float32(hiddenDoubt)
		for t := steps[i] + 1; t < steps[next]; t++ {
			if p := rows[t*len(dict)+hyphen]; p >= best {
				at, best = t, p
			}
		}
		if at > 0 {
			chars = slices.Replace(chars, i+1, next, Char{R: '-', Confidence: float64(best)})
			steps = slices.Replace(steps, i+1, next, at)
		}
		break
	}
	return chars, steps
}

// second returns the second-best class of a step, the blank excepted.
func second(row []float32, best int) int {
	alt := 0
	for i := 1; i < len(row); i++ {
		if i != best && (alt == 0 || row[i] > row[alt]) {
			alt = i
		}
	}
	return alt
}

const (
	// capitalIDoubt is the probability of I from which an l between capitals is
	// taken for one. In most fonts the two look alike; the models lean to l.
	capitalIDoubt = 0.01
	// hyphenDoubt is the probability of a hyphen from which a dot or colon
	// between a capital and a digit is taken for one ("AE-123").
	hyphenDoubt = 0.25
	// zeroDoubt is the probability of 0 from which an O between a digit and a percent
	// sign is taken for one ("50%").
	zeroDoubt = 0.05
	// hiddenDoubt is the probability of a hyphen that was read as nothing, or as a space,
	// from which it is put back between AE and a shop's number.
	hiddenDoubt = 0.01
)

// settleLookalikes exchanges a character with its runner-up where the two look
// alike and the neighbours speak for the runner-up. Both stay in Char with
// their confidences. Digits are never touched.
func settleLookalikes(chars []Char) {
	for i := 1; i < len(chars); i++ {
		c, before, after := &chars[i], chars[i-1].R, noChar
		if i+1 < len(chars) {
			after = chars[i+1].R
		}
		capital := before >= 'A' && before <= 'Z'
		swap := false
		switch {
		case c.R == 'l' && c.Alt == 'I':
			swap = capital && !(after >= 'a' && after <= 'z') && c.AltConfidence >= capitalIDoubt
		case strings.ContainsRune(":：·.", c.R) && c.Alt == '-':
			swap = capital && isDigit(after) && c.AltConfidence >= hyphenDoubt
		case c.R == 'O' && c.Alt == '0':
			swap = isDigit(before) && after == '%' && c.AltConfidence >= zeroDoubt
		}
		if swap {
			c.R, c.Alt = c.Alt, c.R
			c.Confidence, c.AltConfidence = c.AltConfidence, c.Confidence
		}
	}
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// newLine puts a line together. q is the rectangle as the text reads.
func newLine(chars []Char, q quad, w, h int) Line {
	l := Line{Chars: chars, Quad: q, Box: q.bounds(w, h)}
	var text []rune
	for _, c := range chars {
		text = append(text, c.R)
		l.Confidence += c.Confidence / float64(len(chars))
	}
	l.Confidence = min(l.Confidence, 1)
	l.Text = string(text)
	l.Angle = math.Atan2(q[1][1]-q[0][1], q[1][0]-q[0][0]) * 180 / math.Pi
	return l
}
