// Package ocr reads printed Chinese and Latin text in pictures.
//
// It runs PP-OCR models (see models/NOTICE): a detector finds lines, each line is
// cut out and straightened, and a recogniser reads it: on pages of print one that
// knows the languages of Latin letters, elsewhere one that is better at a few faint
// words. All is pure Go and offline; the models are part of the binary.
//
// A reading holds Memory bytes at the default limit, besides the picture; the
// memory of up to two readings is kept for the next ones, until Rest.
//
// It may import pkg/onnx and pkg/raster.
package ocr

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"github.com/aecheck/aecheck/pkg/onnx"
	"github.com/aecheck/aecheck/pkg/raster"
)

// Memory is what one reading takes at most at the default limit, in bytes: 108 MiB
// were measured for a square picture, 77 for a page of A4, when the detector's arena
// was 62 MiB for the former. It is 33 now; the rest is kept as room.
const Memory = 110 << 20

// Line is one line of text.
type Line struct {
	Text string
	// Confidence is the mean of the confidences of Chars, 0…1.
	Confidence float64
	// Box is the axis-aligned bounds x, y, w, h in pixels of the given picture.
	Box [4]int
	// Quad holds the corners of the line: top left, top right, bottom right,
	// bottom left as the text reads, in pixels of the given picture. They may lie
	// outside it by a little.
	Quad [4][2]float64
	// Angle is the direction of reading in degrees, clockwise positive: 0 for
	// level text, 90 for text that runs downwards, -90 for upwards.
	Angle float64
	Chars []Char
	// Doubtful lines are read too badly to stand for themselves; they come only
	// with Options.Doubtful.
	Doubtful bool
}

// Char is one character of a line and its runner-up.
//
// Where two characters look alike and the neighbours settle which is meant (the
// I of "AI"), R is that one although Alt has the greater confidence.
type Char struct {
	R          rune
	Confidence float64 // 0…1
	// Alt is the other reading, 0 if there is none.
	Alt           rune
	AltConfidence float64 // 0…1
	// At is the place of the character along the picture of its line, 0…1, as the
	// recogniser saw it. A line that was widened for reading has wider margins
	// than Quad.
	At float64
}

// Options are the settings of one reading. The zero value is the default.
type Options struct {
	// Limit is the longest side of the picture as the detector sees it, in
	// pixels; larger pictures are scaled down. Default 1280, from 32 to 4096.
	Limit int
	// Page says that the picture is a page of print: it is read by the models that
	// know more languages. Without it the picture may show anything, with a few words
	// laid over it.
	Page bool
	// Tiles makes the detector look at pictures larger than Limit once more, in
	// tiles at full size, for marks that scaling down loses. A picture of 12
	// megapixels takes 12 tiles, each as long as a picture without the option.
	Tiles bool
	// Fast leaves out the second look for faint marks, with raised contrast, and
	// the repeated readings of a line in several cuts. It saves half the time of
	// pictures with little text.
	Fast bool
	// Level leaves out lines that stand this many degrees or more aslant, before they
	// are read. 0 reads all.
	Level float64
	// Doubtful also returns lines that were read badly or only with raised
	// contrast, for a caller who knows what to look for in them. They may lie over
	// other lines.
	Doubtful bool
	// Missed also returns lines that were surely seen and of which nothing was read,
	// without text: of a script that the models do not know.
	Missed bool
	// Threads is the number of cores one reading may use. Default GOMAXPROCS.
	// The result does not depend on it.
	Threads int
	// MinConfidence drops lines read with less, 0…1. Default 0.5. Lines of one
	// or two characters need 0.75 in any case; lines without a letter or digit
	// are always dropped.
	MinConfidence float64
}

const (
	defaultLimit         = 1280
	minLimit, maxLimit   = 32, 4096
	defaultMinConfidence = 0.5 // drop_score of PaddleOCR
)

// withDefaults fills in what is not set and checks the rest.
func (o Options) withDefaults() (Options, error) {
	if o.Limit == 0 {
		o.Limit = defaultLimit
	}
	if o.Limit < minLimit || o.Limit > maxLimit {
		return o, fmt.Errorf("ocr: limit %d is not within %d…%d", o.Limit, minLimit, maxLimit)
	}
	if o.MinConfidence == 0 {
		o.MinConfidence = defaultMinConfidence
	}
	if !(o.MinConfidence > 0 && o.MinConfidence <= 1) {
		return o, fmt.Errorf("ocr: minimal confidence %v is not within 0…1", o.MinConfidence)
	}
	if o.Threads <= 0 {
		o.Threads = runtime.GOMAXPROCS(0)
	}
	return o, nil
}

// Reader reads text. It is safe for concurrent use.
type Reader struct {
	detector func() (*onnx.Model, error)
	marks    func() (*recognizer, error)
	quick    func() (*recognizer, error)
	careful  func() (*recognizer, error)

	memory onnx.Memory // of the runs of all of them
	inputs inputs
}

// New returns a reader. The models are loaded at first use, which takes some
// tens of milliseconds.
func New() (*Reader, error) {
	r := &Reader{}
	r.detector = sync.OnceValues(func() (*onnx.Model, error) { return r.load(detectorFile) })
	r.marks = sync.OnceValues(func() (*recognizer, error) { return r.loadRecognizer(marksFiles()) })
	r.quick = sync.OnceValues(func() (*recognizer, error) { return r.loadRecognizer(quickFiles()) })
	r.careful = sync.OnceValues(func() (*recognizer, error) { return r.loadRecognizer(carefulFiles()) })
	return r, nil
}

func (r *Reader) load(file string) (*onnx.Model, error) { return loadModel(file, &r.memory) }

func (r *Reader) loadRecognizer(files recognizerFiles) (*recognizer, error) {
	m, err := r.load(files.model)
	if err != nil {
		return nil, err
	}
	dict, err := loadDictionary(files.dictionary)
	if err != nil {
		return nil, err
	}
	return &recognizer{m, dict}, nil
}

// Rest lets go of the memory that is kept for the next readings.
func (r *Reader) Rest() {
	r.memory.Rest()
	r.inputs.rest()
}

// errEmptyPicture reports a picture without pixels or with a wrong buffer.
var errEmptyPicture = errors.New("ocr: empty or inconsistent picture")

func check(img *raster.RGB) error {
	if img == nil || img.W < 1 || img.H < 1 || len(img.Pix) < 3*img.W*img.H {
		return errEmptyPicture
	}
	return nil
}

// Read finds and reads the lines of a picture, from top to bottom and, within
// a row, from left to right. It returns no error for a picture without text.
func (r *Reader) Read(ctx context.Context, img *raster.RGB, o Options) ([]Line, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	if err := check(img); err != nil {
		return nil, err
	}
	sure, faint, err := r.detect(ctx, img, o)
	if err != nil {
		return nil, err
	}
	lines, err := r.readBoxes(ctx, img, sure, faint, o)
	if err != nil {
		return nil, err
	}
	sortLines(lines)
	return lines, nil
}

// Recognize reads a picture that holds one horizontal line and nothing else.
// The box of the line is the whole picture. A picture without legible text
// gives a line without text.
func (r *Reader) Recognize(ctx context.Context, img *raster.RGB) (Line, error) {
	if err := check(img); err != nil {
		return Line{}, err
	}
	found, err := r.recognize(ctx, img, Options{Page: true})
	if err == nil {
		found, err = r.recognizeAgain(ctx, img, found, Options{Page: true})
	}
	if err != nil {
		return Line{}, err
	}
	w, h := float64(img.W), float64(img.H)
	return newLine(found.chars, quad{{0, 0}, {w, 0}, {w, h}, {0, h}}, img.W, img.H), nil
}

// errViews reports views that cannot be of one line.
var errViews = errors.New("ocr: views of a line must be of one size")

// RecognizeViews reads pictures of one and the same level line, such as with and
// without raised contrast, all of one size. It returns the reading of each and, of
// several, one more: that of the mean of what the recogniser makes of all, in
// which what one view hides another one may show.
func (r *Reader) RecognizeViews(ctx context.Context, views []*raster.RGB) ([]Line, error) {
	marks, err := r.marks()
	if err != nil {
		return nil, err
	}
	dict := marks.dictionary
	var lines []Line
	var mean []float32
	for i, v := range views {
		if err := check(v); err != nil {
			return nil, err
		}
		if v.W != views[0].W || v.H != views[0].H {
			return nil, errViews
		}
		rows, err := marks.classes(ctx, v, 0)
		if err != nil {
			return nil, err
		}
		w, h := float64(v.W), float64(v.H)
		q := quad{{0, 0}, {w, 0}, {w, h}, {0, h}}
		lines = append(lines, newLine(decode(rows, dict).chars, q, v.W, v.H))
		if len(views) == 1 {
			break
		}
		if mean == nil {
			mean = make([]float32, len(rows))
		}
		for k, p := range rows {
			mean[k] += p / float32(len(views))
		}
		if i == len(views)-1 {
			lines = append(lines, newLine(decode(mean, dict).chars, q, v.W, v.H))
		}
	}
	return lines, nil
}

// RecognizeCarefully reads a picture of one level line with the recogniser that knows
// the most characters, at a multiple of the cost of RecognizeViews.
func (r *Reader) RecognizeCarefully(ctx context.Context, img *raster.RGB) (Line, error) {
	if err := check(img); err != nil {
		return Line{}, err
	}
	careful, err := r.careful()
	if err != nil {
		return Line{}, err
	}
	f, err := careful.read(ctx, img, 0)
	if err != nil {
		return Line{}, err
	}
	w, h := float64(img.W), float64(img.H)
	return newLine(f.chars, quad{{0, 0}, {w, 0}, {w, h}, {0, h}}, img.W, img.H), nil
}

// forEach calls fn for 0 … n-1 on up to threads goroutines and returns the
// first error by index. fn is told how many threads it may use itself.
func forEach(ctx context.Context, n, threads int, fn func(i, threads int) error) error {
	if workers := min(n, threads); workers > 1 {
		errs := make([]error, n)
		next := make(chan int, n)
		for i := range n {
			next <- i
		}
		close(next)
		var wg sync.WaitGroup
		for range workers {
			wg.Go(func() {
				for i := range next {
					if errs[i] = ctx.Err(); errs[i] == nil {
						errs[i] = fn(i, 1)
					}
				}
			})
		}
		wg.Wait()
		for _, err := range errs {
			if err != nil {
				return err
			}
		}
		return nil
	}
	for i := range n {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := fn(i, threads); err != nil {
			return err
		}
	}
	return nil
}
