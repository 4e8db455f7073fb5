// Package imageinfo gives what a picture's header says of it, without decoding
// any pixels, and whether the file is complete.
//
// It may import pkg/extract, pkg/extract/file/container,
// pkg/extract/file/exif, pkg/facts, pkg/format and pkg/lang.
package imageinfo

import (
	"context"
	"fmt"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/extract/file/container"
	"github.com/aecheck/aecheck/pkg/extract/file/exif"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/format"
	"github.com/aecheck/aecheck/pkg/lang"
)

// Extractor provides the group "image". It must run before any extractor that
// decodes: size and orientation are taken from it.
type Extractor struct{}

// Name is the extractor's name.
func (Extractor) Name() string { return "header" }

// Provides the group image, except whether the pixels decode and, where the
// header allows transparency, whether some pixel is transparent.
func (Extractor) Provides() []string { return []string{"image"} }

// Accepts every picture format container walks.
func (Extractor) Accepts(format string) bool { return container.Known(format) }

// Detail is 0: no pixels.
func (Extractor) Detail() int { return 0 }

// Extract fills out.Image. It fails where no size is found.
func (Extractor) Extract(_ context.Context, in *extract.Input, out *facts.Set) error {
	f := container.Of(in)
	h := f.Header
	if h.Width <= 0 || h.Height <= 0 {
		if f.Damage != "" && f.Damage != container.ErrNoHeader.Error() {
			return fmt.Errorf("%w: %s", container.ErrNoHeader, f.Damage)
		}
		return container.ErrNoHeader
	}
	// HEIF and AVIF decoders turn the picture themselves (irot, imir); EXIF's
	// orientation is to be ignored there (ISO/IEC 23008-12 annex A).
	orientation, turns := 1, h.Turns
	if turns == 0 {
		if o := exif.Of(in).Exif.Orientation; o != 0 {
			orientation = o
		}
		turns = orientation
	}
	width, height := h.Width, h.Height
	if e := exif.Of(in).Exif; format.Is(in.Format, format.RAW) && e.PixelWidth > width && e.PixelHeight > height {
		// Only a preview has a plain size; EXIF has the finished picture's.
		width, height = e.PixelWidth, e.PixelHeight
	}
	if turns >= 5 {
		width, height = height, width
	}
	out.Image = facts.Image{
		Width: width, Height: height,
		ShortSide: min(width, height), LongSide: max(width, height),
		Aspect:       float64(width) / float64(height),
		Megapixels:   float64(width) * float64(height) / 1e6,
		HasAlpha:     h.Alpha,
		Animated:     h.Frames > 1,
		Orientation:  orientation,
		ColorProfile: container.ProfileName(f.ICC),
		ColorModel:   h.Model,
		Progressive:  h.Progressive,
	}
	out.SetStatus("image", facts.Status{State: facts.Present})
	notDecoded := facts.Status{State: facts.NotExtracted, Why: lang.T("没有解码图片内容", "the pixels were not decoded")}
	out.SetStatus("image.decodable", notDecoded)
	if h.Alpha {
		out.SetStatus("image.has_alpha", notDecoded)
	}
	return nil
}

// Integrity provides "file.truncated". It reads all of a JPEG.
type Integrity struct{}

// Name is the extractor's name.
func (Integrity) Name() string { return "integrity" }

// Provides whether the file is complete.
func (Integrity) Provides() []string { return []string{"file.truncated"} }

// Accepts every picture format container walks.
func (Integrity) Accepts(format string) bool { return container.Known(format) }

// Detail is 0: no pixels.
func (Integrity) Detail() int { return 0 }

// Extract sets out.File.Truncated: a JPEG without its end-of-picture marker or a PNG
// without IEND whose pixels are not all there either, a GIF without its trailer,
// pixels, boxes or chunks that reach beyond the end of the file. What lacks its end
// alone is decoded to see, which takes few lines of memory; a large progressive JPEG,
// which takes all of it, is not.
func (Integrity) Extract(ctx context.Context, in *extract.Input, out *facts.Set) error {
	const maxProgressive = 16e6 // pixels
	f := container.Of(in)
	truncated, look := f.Truncated, f.Truncated && in.Format == format.PNG
	if in.Format == format.JPEG && !truncated {
		data, err := in.Bytes()
		if err != nil {
			return err
		}
		truncated = !f.Complete(data)
		look = truncated && (!f.Header.Progressive || f.Header.Width*f.Header.Height <= maxProgressive)
	}
	if look {
		_, err := in.Picture(ctx, extract.Overview)
		truncated = err != nil
	}
	out.File.Truncated = truncated
	out.SetStatus("file.truncated", facts.Status{State: facts.Present})
	return nil
}
