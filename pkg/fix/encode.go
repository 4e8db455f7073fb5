package fix

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"image/png" // also so that image.Decode knows the format
	"slices"

	"github.com/aecheck/aecheck/pkg/fix/keep"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/raster"
)

// Qualities of JPEG, as libjpeg counts: the best that is tried, above which a file
// grows and nothing is seen, and the least, below which blocks show.
const (
	bestQuality  = 95
	leastQuality = 72
)

// finish writes the copy and holds it against the picture.
func (w *work) finish(packet []byte) error {
	data, format, quality, err := w.encode(packet)
	if err != nil {
		return err
	}
	w.res.Bytes = int64(len(data))
	w.res.Data, w.res.Format, w.res.Quality = data, format, quality
	w.res.Width, w.res.Height = w.m.Rect.Dx(), w.m.Rect.Dy()
	w.res.Out = withExtension(w.res.Out, format)
	if w.res.Likeness, err = w.likeness(); err != nil {
		return err
	}
	for i := range w.res.Steps {
		s := &w.res.Steps[i]
		if !s.Did.IsZero() || !s.Done() {
			continue
		}
		switch s.Name {
		case Compress:
			s.Did = lang.T("{format}，质量 {q}，{kb} KB", "{format}, quality {q}, {kb} KB", "format", format, "q", quality, "kb", (len(data)+1023)/1024)
		case Format:
			s.Did = lang.T("{from} → {to}", "{from} to {to}", "from", w.job.Facts.File.Format, "to", format)
		case Rename:
			s.Did = newName(w.res.Out)
		}
	}
	return nil
}

// encode keeps PNG where that fits, else finds the best JPEG that does; one that does
// not fit at the least quality is made smaller.
func (w *work) encode(packet []byte) (data []byte, format string, quality int, err error) {
	if w.job.Facts.File.Format == "png" {
		var b bytes.Buffer
		enc := png.Encoder{CompressionLevel: png.BestCompression}
		if err := enc.Encode(&b, opaque(w.m)); err != nil {
			return nil, "", 0, fmt.Errorf("writing the picture: %w", err)
		}
		if data, err = keep.PNG(b.Bytes(), packet); err != nil || w.fits(len(data)) {
			return data, "png", 0, err
		}
	}
	for {
		if data, quality, err = w.jpeg(packet); err != nil || data != nil {
			return data, "jpeg", quality, err
		}
		b := w.m.Rect
		if w.sized() && min(b.Dx(), b.Dy())*9/10 < w.o.MinSide {
			return nil, "", 0, fmt.Errorf("the picture does not fit into %d bytes at the least size", w.o.MaxBytes)
		}
		w.scale(max(1, b.Dx()*9/10), max(1, b.Dy()*9/10))
		s := Step{Wanted: Wanted{Name: Resize}, Safety: Pixels, Did: lang.T("为放进大小上限缩到 {w}×{h}", "reduced to {w}×{h} so that it fits the limit", "w", w.m.Rect.Dx(), "h", w.m.Rect.Dy())}
		if i := slices.IndexFunc(w.res.Steps, func(s Step) bool { return s.Name == Resize }); i >= 0 {
			s.Rules = w.res.Steps[i].Rules
			w.res.Steps[i] = s
		} else {
			w.res.Steps = append(w.res.Steps, s)
		}
	}
}

func (w *work) fits(n int) bool { return w.o.MaxBytes <= 0 || int64(n) <= w.o.MaxBytes }

// jpeg finds the best quality that fits; nil data where none does.
func (w *work) jpeg(packet []byte) ([]byte, int, error) {
	try := func(q int) ([]byte, error) {
		var b bytes.Buffer
		if err := jpeg.Encode(&b, opaque(w.m), &jpeg.Options{Quality: q}); err != nil {
			return nil, fmt.Errorf("writing the picture: %w", err)
		}
		return keep.JPEG(b.Bytes(), packet)
	}
	data, err := try(bestQuality)
	if err != nil || w.fits(len(data)) {
		return data, bestQuality, err
	}
	low, high := leastQuality, bestQuality // low fits, as far as known; high does not
	if data, err = try(low); err != nil || !w.fits(len(data)) {
		return nil, 0, err
	}
	for high-low > 1 {
		mid := (low + high) / 2
		d, err := try(mid)
		if err != nil {
			return nil, 0, err
		}
		if w.fits(len(d)) {
			low, data = mid, d
		} else {
			high = mid
		}
	}
	return data, low, nil
}

// opaque is the picture as one without alpha, which encoders write smaller.
func opaque(m *image.NRGBA) image.Image {
	return &image.RGBA{Pix: m.Pix, Stride: m.Stride, Rect: m.Rect}
}

// likenessSide is the longer side of the copies that are compared.
const likenessSide = 512

// likeness is the structural similarity of what the copy, as it was written, shows
// of the old picture, and the old picture, both in luma and reduced alike. Whitening
// counts: it is a change of what is seen, of a few levels.
func (w *work) likeness() (float64, error) {
	if w.from.Empty() || w.view.Empty() {
		return 0, nil
	}
	now, _, err := image.Decode(bytes.NewReader(w.res.Data))
	if err != nil {
		return 0, fmt.Errorf("the copy cannot be read again: %w", err)
	}
	seen := luma(now).Crop(w.view)
	old := w.before.Crop(w.from)
	tw, th := raster.Fit(min(old.W, seen.W), min(old.H, seen.H), likenessSide)
	return ssim(old.Shrink(tw, th), seen.Shrink(tw, th)), nil
}

// luma is the luma plane of a picture, without a copy of its colours.
func luma(m image.Image) *raster.Gray {
	b := m.Bounds()
	out := &raster.Gray{W: b.Dx(), H: b.Dy(), Pix: make([]uint8, b.Dx()*b.Dy())}
	switch m := m.(type) {
	case *image.YCbCr:
		for y := range out.H {
			copy(out.Pix[y*out.W:][:out.W], m.Y[m.YOffset(b.Min.X, b.Min.Y+y):])
		}
	case *image.NRGBA:
		for y := range out.H {
			row := m.Pix[m.PixOffset(b.Min.X, b.Min.Y+y):]
			for x := range out.W {
				out.Pix[y*out.W+x] = lumaOf(row[4*x], row[4*x+1], row[4*x+2])
			}
		}
	default:
		for y := range out.H {
			for x := range out.W {
				r, g, bl, _ := m.At(b.Min.X+x, b.Min.Y+y).RGBA()
				out.Pix[y*out.W+x] = lumaOf(uint8(r>>8), uint8(g>>8), uint8(bl>>8))
			}
		}
	}
	return out
}

// lumaOf is the luma of ITU-R BT.601, as JFIF has it.
func lumaOf(r, g, b uint8) uint8 {
	return uint8((19595*uint32(r) + 38470*uint32(g) + 7471*uint32(b) + 1<<15) >> 16)
}

// ssim is the mean structural similarity over windows of 8×8 pixels, every 4
// (Wang, Bovik, Sheikh, Simoncelli 2004, with its constants).
func ssim(a, b *raster.Gray) float64 {
	const win, every = 8, 4
	const c1, c2 = 6.5025, 58.5225
	sum, n := 0.0, 0
	for y := 0; y+win <= a.H; y += every {
		for x := 0; x+win <= a.W; x += every {
			var sa, sb, saa, sbb, sab float64
			for dy := range win {
				for dx := range win {
					i := (y+dy)*a.W + x + dx
					va, vb := float64(a.Pix[i]), float64(b.Pix[i])
					sa, sb, saa, sbb, sab = sa+va, sb+vb, saa+va*va, sbb+vb*vb, sab+va*vb
				}
			}
			const k = win * win
			ma, mb := sa/k, sb/k
			va, vb, cov := saa/k-ma*ma, sbb/k-mb*mb, sab/k-ma*mb
			sum += (2*ma*mb + c1) * (2*cov + c2) / ((ma*ma + mb*mb + c1) * (va + vb + c2))
			n++
		}
	}
	if n == 0 {
		return 1
	}
	return sum / float64(n)
}
