package ocr

import (
	"context"
	"fmt"
	"math"

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

// recognize reads one line picture.
func (r *Reader) recognize(ctx context.Context, img *raster.RGB, threads int) ([]Char, error) {
	model, err := r.recognizer()
	if err != nil {
		return nil, err
	}
	dict, err := r.dictionary()
	if err != nil {
		return nil, err
	}
	w := int(math.Ceil(lineHeight * float64(img.W) / float64(img.H)))
	w = min(max(w, minLineWidth), maxLineWidth)
	in := planes(img, w, lineHeight, [3]float32{127.5, 127.5, 127.5}, [3]float32{127.5, 127.5, 127.5})
	out, err := model.Run(ctx, onnx.Tensor{Shape: []int{1, 3, lineHeight, w}, Data: in}, onnx.Options{Threads: threads})
	if err != nil {
		return nil, err
	}
	if len(out.Shape) != 3 || out.Shape[2] != len(dict) {
		return nil, fmt.Errorf("ocr: the recogniser gives %v for %d characters", out.Shape, len(dict))
	}
	return decode(out.Data, dict), nil
}

// decode is greedy CTC decoding: the best class of every step, repeats merged,
// blanks dropped. rows holds one probability a class for each step. Of a
// repeated character the surest step counts.
func decode(rows []float32, dict []rune) []Char {
	var chars []Char
	classes := len(dict)
	last := 0
	for ; len(rows) >= classes; rows = rows[classes:] {
		row := rows[:classes]
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
			chars = append(chars, Char{})
		}
		last = best
		c := &chars[len(chars)-1]
		if p := float64(row[best]); p > c.Confidence {
			*c = Char{R: dict[best], Confidence: p}
			alt := 0
			for i, v := range row {
				if i != 0 && i != best && (alt == 0 || v > row[alt]) {
					alt = i
				}
			}
			if alt != 0 {
				c.Alt, c.AltConfidence = dict[alt], float64(row[alt])
			}
		}
	}
	return chars
}

// newLine puts a line together. turn is added to the angle of the upper edge.
func newLine(chars []Char, q quad, turn float64, w, h int) Line {
	l := Line{Chars: chars, Quad: q, Box: q.bounds(w, h)}
	var text []rune
	for _, c := range chars {
		text = append(text, c.R)
		l.Confidence += c.Confidence
	}
	if len(chars) > 0 {
		l.Confidence = min(l.Confidence/float64(len(chars)), 1)
	}
	l.Text = string(text)
	l.Angle = turn + math.Atan2(q[1][1]-q[0][1], q[1][0]-q[0][0])*180/math.Pi
	return l
}

// readBox cuts a box out and reads it.
func (r *Reader) readBox(ctx context.Context, img *raster.RGB, b box, threads int) (Line, error) {
	cut, turned := crop(img, b.quad)
	if cut == nil {
		return Line{}, nil
	}
	chars, err := r.recognize(ctx, cut, threads)
	if err != nil {
		return Line{}, err
	}
	turn := 0.0
	if turned {
		turn = 90
	}
	return newLine(chars, b.quad, turn, img.W, img.H), nil
}
