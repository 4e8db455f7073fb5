// Package reading reads the text of a picture once for all extractors that ask:
// what is printed on papers and what lies over photos is read in the same way
// from the same pixels.
//
// It may import pkg/extract, pkg/ocr and pkg/raster.
package reading

import (
	"context"
	"slices"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/ocr"
	"github.com/aecheck/aecheck/pkg/raster"
)

// Reader reads text; *ocr.Reader is one.
type Reader interface {
	// Read finds and reads the lines of a picture.
	Read(ctx context.Context, img *raster.RGB, o ocr.Options) ([]ocr.Line, error)
}

type key struct{}

type result struct {
	lines []ocr.Line
	err   error
}

// Picture returns the lines of in's picture at extract.Page, doubtful ones too
// (ocr.Options.Doubtful); boxes are in pixels of that picture. The error is the
// decoder's or the reader's. Callers must not change the lines.
func Picture(ctx context.Context, in *extract.Input, r Reader) ([]ocr.Line, error) {
	got := in.Memo(key{}, func() any {
		pic, err := in.Picture(ctx, extract.Page)
		if err != nil {
			return result{err: err}
		}
		lines, err := r.Read(ctx, pic.RGB, ocr.Options{Threads: in.Threads, Doubtful: true})
		return result{lines, err}
	}).(result)
	return got.lines, got.err
}

// Sure leaves out the doubtful ones among lines.
func Sure(lines []ocr.Line) []ocr.Line {
	return slices.DeleteFunc(slices.Clone(lines), func(l ocr.Line) bool { return l.Doubtful })
}
