package raster

import (
	"bytes"
	"context"
	"encoding/binary"
	"image"
	"image/color"
	"io"
	"math"

	"golang.org/x/image/webp"

	"github.com/aecheck/aecheck/pkg/format"
)

// webpCodec takes the first frame of an animation.
type webpCodec struct{ whole }

func (webpCodec) header(f file, h *Header) error {
	c, err := webpConfig(f.reader(), f.size)
	h.fill(c)
	if c.ColorModel == color.NRGBAModel {
		h.PixelBytes = 8 // lossless: before and after what was transformed for packing
	}
	return err
}

func (webpCodec) decode(ctx context.Context, f file, h Header, o Options) (*Picture, error) {
	still, err := firstFrameWebP(f.under(ctx), f.size)
	if err == nil {
		err = fitsCanvas(still, h)
	}
	if err != nil {
		return finish(ctx, nil, err, h, o)
	}
	img, err := webp.Decode(bytes.NewReader(still))
	switch m := img.(type) {
	case *image.YCbCr:
		widen(m)
	case *image.NYCbCrA:
		widen(&m.YCbCr)
	}
	return finish(ctx, img, err, h, o)
}

// widen spreads the studio range of lossy WebP (luma 16–235, chroma 16–240, ITU-R
// BT.601 as RFC 6386 §9.2 has it) over the full one that image.YCbCr and JFIF mean:
// left as it is, white comes out as #ebebeb. What lies outside the studio range is
// cut off, as libwebp does in RGB.
func widen(m *image.YCbCr) {
	var luma, chroma [256]uint8
	for v := range 256 {
		luma[v] = clamp8(int32(math.Round(float64(v-16) * 255 / 219)))
		chroma[v] = clamp8(int32(math.Round(float64(v-128)*255/224)) + 128)
	}
	for i, v := range m.Y {
		m.Y[i] = luma[v]
	}
	for _, plane := range [][]uint8{m.Cb, m.Cr} {
		for i, v := range plane {
			plane[i] = chroma[v]
		}
	}
}

// webpConfig reads the canvas size; x/image/webp refuses animations, whose
// header is the same.
func webpConfig(r io.Reader, size int64) (image.Config, error) {
	var h [30]byte
	n, err := io.ReadFull(r, h[:])
	if err != nil && err != io.ErrUnexpectedEOF {
		return image.Config{}, err
	}
	if n == len(h) && string(h[:4]) == "RIFF" && string(h[8:16]) == "WEBPVP8X" {
		le24 := func(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }
		return image.Config{ColorModel: color.NRGBAModel, Width: le24(h[24:]) + 1, Height: le24(h[27:]) + 1}, nil
	}
	return webp.DecodeConfig(io.MultiReader(bytes.NewReader(h[:n]), r))
}

// firstFrameWebP returns a still WebP: the file itself, or the first frame of
// an animation wrapped as one (container specification:
// https://developers.google.com/speed/webp/docs/riff_container).
func firstFrameWebP(r io.Reader, size int64) ([]byte, error) {
	data := make([]byte, size)
	if _, err := io.ReadFull(r, data); err != nil {
		return nil, err
	}
	const animation = 0x02
	if len(data) < 30 || string(data[8:16]) != "WEBPVP8X" || data[20]&animation == 0 {
		return data, nil
	}
	for at := 12; at+8 <= len(data); {
		n := int(binary.LittleEndian.Uint32(data[at+4:]))
		body := data[at+8:]
		if n < 0 || n > len(body) {
			return nil, io.ErrUnexpectedEOF
		}
		if string(data[at:at+4]) == "ANMF" && n > 16 {
			return wrapFrame(data[20], body[:n]), nil
		}
		at += 8 + n + n&1
	}
	return nil, &Error{Problem: Corrupt, Format: format.WebP, Why: "an animation without a frame"}
}

// wrapFrame builds a still file from an ANMF chunk's body: 16 bytes of
// geometry, then the frame's own chunks.
func wrapFrame(flags byte, frame []byte) []byte {
	const alpha = 0x10
	head := make([]byte, 30)
	copy(head, "RIFF")
	binary.LittleEndian.PutUint32(head[4:], uint32(len(head)-8+len(frame)-16))
	copy(head[8:], "WEBPVP8X")
	head[16] = 10
	if string(frame[16:min(20, len(frame))]) == "ALPH" {
		head[20] = flags & alpha
	}
	copy(head[24:30], frame[6:12]) // width-1 and height-1, 24 bits each
	return append(head, frame[16:]...)
}

// fitsCanvas looks at the size of the frame itself: the decoder takes memory for
// that, whatever the canvas is said to be.
func fitsCanvas(still []byte, h Header) error {
	for at := 12; at+18 <= len(still); {
		n := int(binary.LittleEndian.Uint32(still[at+4:]))
		body := still[at+8:]
		w, ht := 0, 0
		switch string(still[at : at+4]) {
		case "VP8L": // a byte of signature, then 14 bits each, less one
			bits := binary.LittleEndian.Uint32(body[1:])
			w, ht = int(bits&0x3fff)+1, int(bits>>14&0x3fff)+1
		case "VP8 ": // a frame tag of 3 bytes and a start code of 3, then 14 bits each
			w, ht = int(binary.LittleEndian.Uint16(body[6:]))&0x3fff, int(binary.LittleEndian.Uint16(body[8:]))&0x3fff
		}
		if w > h.Width || ht > h.Height {
			return &Error{Problem: Corrupt, Format: format.WebP, Why: "a frame larger than the picture"}
		}
		if n < 0 || n > len(body) {
			break
		}
		at += 8 + n + n&1
	}
	return nil
}
