// Package reading reads the text of a picture once for all extractors that ask for
// it in one of two ways: as a page of print, or as a picture with something laid
// over it.
//
// It may import pkg/extract, pkg/ocr and pkg/raster.
package reading

import (
	"context"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/ocr"
	"github.com/aecheck/aecheck/pkg/raster"
)

// Reader reads text; *ocr.Reader is one.
type Reader interface {
	// Read finds and reads the lines of a picture.
	Read(ctx context.Context, img *raster.RGB, o ocr.Options) ([]ocr.Line, error)
}

type key struct{ page bool }

type result struct {
	lines []ocr.Line
	err   error
}

// Picture returns the lines of in's picture at extract.Page, doubtful ones too
// (ocr.Options.Doubtful); boxes are in pixels of that picture. The error is the
// decoder's or the reader's. Callers must not change the lines.
func Picture(ctx context.Context, in *extract.Input, r Reader) ([]ocr.Line, error) {
	return read(ctx, in, r, ocr.Options{Threads: in.Threads, Doubtful: true})
}

// Page does, where the picture is a page of print (ocr.Options.Page), without
// doubtful lines and with those of which nothing was read (ocr.Options.Missed).
func Page(ctx context.Context, in *extract.Input, r Reader) ([]ocr.Line, error) {
	return read(ctx, in, r, ocr.Options{Threads: in.Threads, Page: true, Missed: true})
}

func read(ctx context.Context, in *extract.Input, r Reader, o ocr.Options) ([]ocr.Line, error) {
	got := in.Memo(key{o.Page}, func() any {
		pic, err := in.Picture(ctx, extract.Page)
		if err != nil {
			return result{err: err}
		}
		lines, err := r.Read(ctx, pic.RGB, o)
		return result{lines, err}
	}).(result)
	return got.lines, got.err
}
