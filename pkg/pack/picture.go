package pack

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"path"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/format"
	"github.com/aecheck/aecheck/pkg/manifest"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/raster"
)

const (
	// convertQuality keeps a converted photo as good as cameras write them.
	convertQuality = 95
	// annotatedQuality and annotatedSide suffice to see where a box is.
	annotatedQuality = 88
	annotatedSide    = 2400
)

// beside is a name for what is made of a file: its own with more behind it, and room
// for the number that a second one gets.
func beside(dest, suffix, ext string) string {
	old := path.Ext(dest)
	return path.Join(path.Dir(dest), SafeName(cut(strings.TrimSuffix(path.Base(dest), old), maxName-len(suffix)-len(ext)-8)+suffix+ext))
}

// converted makes a JPEG of a picture that is neither JPEG nor PNG, which the platform
// asks for. What cannot be decoded is told.
func (w *writer) converted(ctx context.Context, in material.File, e *entry, set *facts.Set) error {
	class := format.Class(set.File.Class)
	if !slices.Contains(w.options.Convert, e.kind.ID) || set.File.Format == format.JPEG || set.File.Format == format.PNG || class != format.Picture && class != format.RAW {
		return nil
	}
	p, err := decode(ctx, in, e, set, raster.FullDetail)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		w.out.NotConverted = append(w.out.NotConverted, e.found.Path)
		return nil
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, planes(p.RGB), &jpeg.Options{Quality: convertQuality}); err != nil {
		return err
	}
	dest := w.unused(beside(e.dest, "_converted", ".jpg"))
	s, err := w.put(dest, b.Bytes())
	if err != nil {
		return err
	}
	w.out.Converted = append(w.out.Converted, e.found.Path)
	w.add(manifest.File{
		Path: dest, Role: manifest.Converted, OriginalPath: e.found.Path, SHA256: s.sha256, Bytes: s.bytes, Kind: e.kind.ID, Slot: e.found.Slot,
		Format: format.JPEG, Width: p.W, Height: p.H, ConvertedFrom: e.dest,
	})
	return nil
}

// unused is a path of the package that nothing was written to.
func (w *writer) unused(dest string) string {
	used := taken{}
	for p := range w.sums {
		used[fold(p)] = true
	}
	return used.free(path.Dir(dest), path.Base(dest))
}

// decode decodes a picture; one that is damaged is none to hand in.
func decode(ctx context.Context, in material.File, e *entry, set *facts.Set, detail int) (*raster.Picture, error) {
	if !raster.Decodable(set.File.Format) {
		return nil, errors.New("not decoded here")
	}
	return raster.Decode(ctx, in, e.found.Size, raster.Options{Format: set.File.Format, Orientation: set.Image.Orientation, Detail: detail})
}

// planes is a picture as JPEG keeps it: three bytes a pixel where an image of the
// standard library would take four more.
func planes(m *raster.RGB) *image.YCbCr {
	out := image.NewYCbCr(image.Rect(0, 0, m.W, m.H), image.YCbCrSubsampleRatio444)
	for i := range m.W * m.H {
		out.Y[i], out.Cb[i], out.Cr[i] = color.RGBToYCbCr(m.Pix[3*i], m.Pix[3*i+1], m.Pix[3*i+2])
	}
	return out
}

// boxed is an annotated copy with what its boxes show.
type boxed struct {
	dest, of string
	legend   []string
}

// annotated draws what was found on a paper or an evidence picture on a copy of it.
func (w *writer) annotated(ctx context.Context, in material.File, e *entry, set *facts.Set) error {
	isJPEG := set.File.Format == format.JPEG
	if !slices.Contains(w.options.Annotate, e.kind.ID) || !isJPEG && set.File.Format != format.PNG {
		return nil
	}
	marks := w.marks(e, set)
	if len(marks) == 0 {
		return nil
	}
	p, err := decode(ctx, in, e, set, annotatedSide)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return nil // a damaged picture has findings of its own
	}
	img := p.Image()
	side := max(p.W, p.H)
	legend := make([]string, len(marks))
	for i, m := range marks {
		scaled := [4]int{m.box[0] * p.W / p.FullW, m.box[1] * p.H / p.FullH, m.box[2] * p.W / p.FullW, m.box[3] * p.H / p.FullH}
		drawBox(img, scaled, i+1, side)
		legend[i] = m.what
	}
	var b bytes.Buffer
	ext := ".png"
	if isJPEG {
		ext = ".jpg"
		err = jpeg.Encode(&b, img, &jpeg.Options{Quality: annotatedQuality})
	} else {
		err = png.Encode(&b, img)
	}
	if err != nil {
		return err
	}
	dest := w.unused(path.Join("annotated", beside(e.dest, "_annotated", ext)))
	s, err := w.put(dest, b.Bytes())
	if err != nil {
		return err
	}
	w.boxes = append(w.boxes, boxed{dest, e.dest, legend})
	w.add(manifest.File{
		Path: dest, Role: manifest.Annotated, OriginalPath: e.found.Path, SHA256: s.sha256, Bytes: s.bytes, Kind: e.kind.ID, Slot: e.found.Slot,
		Format: set.File.Format, Width: p.W, Height: p.H, Annotates: e.dest,
	})
	return nil
}
