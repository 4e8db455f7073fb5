package document

import (
	"context"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/ocr"
	"github.com/aecheck/aecheck/pkg/raster"
)

// Line is a line of text read in a picture, its box in pixels of it.
type Line struct {
	Text       string
	Confidence float64
	Box        facts.Box
}

// TextReader recognises text in a picture.
type TextReader interface {
	// Read finds and reads the lines of a page.
	Read(ctx context.Context, m *raster.RGB) ([]Line, error)
	// ReadLine reads a picture that holds one level line, the unrolled ring
	// of a seal.
	ReadLine(ctx context.Context, m *raster.RGB) (Line, error)
}

// Recogniser reads with the program's own recogniser. It is made here, not where
// the extractors are listed, so that what is read counts among this package's
// sources.
func Recogniser(reader *ocr.Reader, options ocr.Options) TextReader {
	return recogniser{reader, options}
}

type recogniser struct {
	reader  *ocr.Reader
	options ocr.Options
}

func (r recogniser) Read(ctx context.Context, m *raster.RGB) ([]Line, error) {
	lines, err := r.reader.Read(ctx, m, r.options)
	if err != nil {
		return nil, err
	}
	out := make([]Line, len(lines))
	for i, l := range lines {
		out[i] = lineOf(l)
	}
	return out, nil
}

func (r recogniser) ReadLine(ctx context.Context, m *raster.RGB) (Line, error) {
	l, err := r.reader.Recognize(ctx, m)
	return lineOf(l), err
}

func lineOf(l ocr.Line) Line { return Line{Text: l.Text, Confidence: l.Confidence, Box: l.Box} }
