// Package pixels finds what a picture's pixels say without reading text in
// them: background, borders, how the subject sits, technical quality,
// perceptual hashes, a preview. All of it works on one decode.
//
// It may import pkg/extract, pkg/facts, pkg/imagehash and pkg/raster.
package pixels

import (
	"context"
	"errors"
	"fmt"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/raster"
)

// workSide is the longer side of the copy all measures are taken on, so that
// they do not depend on how large the decode was: the smallest picture a main
// slot takes (800 px, params.replacement.min_side) is judged at its own size.
const workSide = 800

// Extractors returns the extractors of this package, in the order they should
// run.
func Extractors() []extract.Extractor {
	return []extract.Extractor{
		extractor{"decode", []string{"image.decodable", "image.has_alpha"}, decodable},
		extractor{"background", []string{"background"}, sound(func(w *work, out *facts.Set) { out.Background = background(w) })},
		extractor{"frame", []string{"frame"}, sound(func(w *work, out *facts.Set) { out.Frame = frame(w) })},
		extractor{"quality", []string{"quality"}, sound(func(w *work, out *facts.Set) { out.Quality = quality(w) })},
		extractor{"hash", []string{"hash.dhash", "hash.pdq"}, hashes},
		extractor{"preview", []string{"preview"}, preview},
	}
}

// extractor is one family of facts over the shared working copy.
type extractor struct {
	name     string
	provides []string
	extract  func(x extractor, w *work, out *facts.Set) error
}

func (x extractor) Name() string               { return x.name }
func (x extractor) Provides() []string         { return x.provides }
func (x extractor) Accepts(format string) bool { return raster.Decodable(format) }
func (x extractor) Detail() int                { return extract.Overview }

func (x extractor) Extract(ctx context.Context, in *extract.Input, out *facts.Set) error {
	w := in.Memo(workKey{}, func() any { return newWork(in.Picture(ctx, extract.Overview)) }).(*work)
	if w.picture == nil && errors.Is(w.err, ctx.Err()) && ctx.Err() != nil {
		return w.err
	}
	return x.extract(x, w, out)
}

func (x extractor) mark(out *facts.Set, state facts.State) {
	for _, p := range x.provides {
		out.SetStatus(p, facts.Status{State: state})
	}
}

type workKey struct{}

// work is a decoded picture made ready for measuring.
type work struct {
	picture *raster.Picture // nil where nothing could be decoded
	err     error           // why not, or what is damaged (*raster.PartialError)

	rgb  *raster.RGB  // at most WorkSide on the longer side
	luma *raster.Gray // of rgb
	subj *subjectMap  // made on first use, under the Memo of the input
}

func newWork(p *raster.Picture, err error) *work {
	w := &work{picture: p, err: err}
	if p == nil {
		return w
	}
	w.rgb, w.luma = p.RGB, nil
	if sw, sh := raster.Fit(p.W, p.H, workSide); sw != p.W || sh != p.H {
		w.rgb = p.RGB.Shrink(sw, sh)
		w.luma = w.rgb.Luma()
	} else {
		w.luma = p.Luma()
	}
	w.subj = mapSubject(w.rgb)
	return w
}

// full maps a box of the working copy to pixels of the upright original.
func (w *work) full(b [4]int) facts.Box { return scaleBox(b, w.rgb.W, w.rgb.H, w.picture) }

func scaleBox(b [4]int, fromW, fromH int, p *raster.Picture) facts.Box {
	x0, y0 := b[0]*p.FullW/fromW, b[1]*p.FullH/fromH
	x1, y1 := ((b[0]+b[2])*p.FullW+fromW-1)/fromW, ((b[1]+b[3])*p.FullH+fromH-1)/fromH
	return facts.Box{x0, y0, min(x1, p.FullW) - x0, min(y1, p.FullH) - y0}
}

// sound wraps a measure that only makes sense on a picture decoded whole: a
// damaged one has grey or black areas nobody put there.
func sound(measure func(*work, *facts.Set)) func(extractor, *work, *facts.Set) error {
	return func(x extractor, w *work, out *facts.Set) error {
		if w.err != nil {
			return fmt.Errorf("not measured: %w", w.err)
		}
		measure(w, out)
		x.mark(out, facts.Present)
		return nil
	}
}

// decodable says whether all pixels could be decoded. A file that cannot be
// decoded is an answer, not a failure; that no decoder here reads the format
// is a failure.
func decodable(x extractor, w *work, out *facts.Set) error {
	var e *raster.Error
	if errors.As(w.err, &e) && (e.Problem == raster.Unsupported || e.Problem == raster.TooLarge) {
		return w.err
	}
	out.Image.Decodable = w.err == nil
	st := facts.Status{State: facts.Present}
	if w.err != nil {
		st = extract.FailedStatus(x.name, w.err)
		st.State = facts.Present // that it is damaged is known, and why is worth telling
	}
	out.SetStatus("image.decodable", st)
	if w.picture == nil {
		out.SetStatus("image.has_alpha", extract.FailedStatus(x.name, w.err))
		return nil
	}
	out.Image.HasAlpha = w.picture.Alpha != nil
	out.SetStatus("image.has_alpha", facts.Status{State: facts.Present})
	return nil
}

// preview is worth having of a damaged picture too: it shows the damage.
func preview(x extractor, w *work, out *facts.Set) error {
	if w.picture == nil {
		return w.err
	}
	data, width, height, err := w.picture.Preview()
	if err != nil {
		return err
	}
	out.Preview = facts.Preview{JPEG: data, Width: width, Height: height}
	x.mark(out, facts.Present)
	return nil
}
