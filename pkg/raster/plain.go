package raster

import (
	"context"
	"image"
	"image/gif"

	"golang.org/x/image/bmp"
)

// gifCodec takes the first frame of an animation.
type gifCodec struct{ whole }

func (gifCodec) header(f file, h *Header) error {
	c, err := gif.DecodeConfig(f.reader())
	h.fill(c)
	h.PixelBytes = 5 // the frame, and a canvas where it does not fill it
	return err
}

func (gifCodec) decode(ctx context.Context, f file, h Header, o Options) (*Picture, error) {
	img, err := gif.Decode(f.under(ctx))
	if err == nil {
		img = onCanvas(img, h)
	}
	return finish(ctx, img, err, h, o)
}

// onCanvas places a GIF frame smaller than its canvas, so that boxes and
// shares refer to the picture people see.
func onCanvas(img image.Image, h Header) image.Image {
	if img.Bounds() == image.Rect(0, 0, h.Width, h.Height) {
		return img
	}
	canvas := image.NewNRGBA(image.Rect(0, 0, h.Width, h.Height))
	b := img.Bounds().Intersect(canvas.Rect)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			canvas.Set(x, y, img.At(x, y))
		}
	}
	return canvas
}

type bmpCodec struct{ whole }

func (bmpCodec) header(f file, h *Header) error {
	c, err := bmp.DecodeConfig(f.reader())
	h.fill(c)
	return err
}

func (bmpCodec) decode(ctx context.Context, f file, h Header, o Options) (*Picture, error) {
	img, err := bmp.Decode(f.under(ctx))
	return finish(ctx, img, err, h, o)
}
