// Package heif decodes HEIC and AVIF pictures in a WebAssembly sandbox with a
// limit on memory and time, and reads their size without decoding.
//
// It may import pkg/format and pkg/sysmem.
package heif

import (
	"bytes"
	"compress/gzip"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"image"
	"io"
	"sync"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"

	"github.com/aecheck/aecheck/pkg/format"
	"github.com/aecheck/aecheck/pkg/sysmem"
)

//go:embed lib/heif.wasm.gz
var heicModule []byte

//go:embed lib/avif.wasm.gz
var avifModule []byte

// Errors of Decode.
var (
	ErrDecode = errors.New("the picture cannot be decoded")
	ErrMemory = errors.New("the picture needs more memory than allowed")
)

// memoryPages limits a sandbox to 352 MiB, in pages of 64 KiB: a photo of 24
// megapixels fits, 30 do not. Smaller limits are kept by looking at the header
// first.
const memoryPages = 5632

// compiled is a decoder ready to be started any number of times. Compiling
// takes about a second, so only who meets such a picture pays it, once.
type compiled struct {
	runtime wazero.Runtime
	module  wazero.CompiledModule
}

var (
	heicDecoder = sync.OnceValues(func() (*compiled, error) { return compile(heicModule) })
	avifDecoder = sync.OnceValues(func() (*compiled, error) { return compile(avifModule) })
)

// Decode decodes the primary picture of a "heic" or "avif" file. The result is
// *image.YCbCr, *image.Gray, *image.NRGBA or *image.RGBA; a HEIC comes upright,
// an AVIF as stored. It returns when ctx ends; the sandbox then still runs to
// its end, because code that can be stopped at any loop is five times slower.
// outside, which may be nil, is told how the sandbox's memory grows and ends; it is
// none of Go's heap.
func Decode(ctx context.Context, name string, data []byte, outside func(bytes int64)) (image.Image, error) {
	type result struct {
		img image.Image
		err error
	}
	done := make(chan result, 1)
	go func() {
		img, err := run(name, data, outside)
		done <- result{img, err}
	}()
	select {
	case r := <-done:
		return r.img, r.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func run(name string, data []byte, outside func(bytes int64)) (img image.Image, err error) {
	defer func() {
		// The sandbox reports a fault inside (out of bounds, unreachable) as
		// an error, but wazero's host side may panic on hostile addresses.
		if e := recover(); e != nil {
			img, err = nil, fmt.Errorf("%w: %v", ErrDecode, e)
		}
	}()
	decoder := heicDecoder
	if name == format.AVIF {
		decoder = avifDecoder
	}
	c, err := decoder()
	if err != nil {
		return nil, fmt.Errorf("compiling the decoder: %w", err)
	}
	ctx := experimental.WithMemoryAllocator(context.Background(), experimental.MemoryAllocatorFunc(
		func(_, limit uint64) experimental.LinearMemory { return sysmem.New(limit, outside) }))
	mod, err := c.runtime.InstantiateModule(ctx, c.module, wazero.NewModuleConfig().WithName(""))
	if err != nil {
		return nil, fmt.Errorf("starting the decoder: %w", err)
	}
	defer mod.Close(ctx)
	s := &sandbox{mod: mod}
	if name == format.AVIF {
		return s.avif(data)
	}
	return s.heic(data)
}

func compile(packed []byte) (*compiled, error) {
	zr, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	code, err := io.ReadAll(zr)
	if err != nil {
		return nil, err
	}
	ctx := context.Background()
	r := wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfig().WithMemoryLimitPages(memoryPages))
	if _, err := wasi_snapshot_preview1.Instantiate(ctx, r); err != nil {
		return nil, err
	}
	m, err := r.CompileModule(ctx, code)
	if err != nil {
		return nil, err
	}
	return &compiled{r, m}, nil
}

// sandbox is one instance of a decoder; it is thrown away with the picture.
type sandbox struct {
	mod api.Module
	err error
}

func (s *sandbox) call(name string, args ...uint64) uint64 {
	if s.err != nil {
		return 0
	}
	res, err := s.mod.ExportedFunction(name).Call(context.Background(), args...)
	if err != nil {
		s.err = fmt.Errorf("%w: %v", ErrDecode, firstLine(err.Error()))
		return 0
	}
	return res[0]
}

// firstLine drops the sandbox's stack trace.
func firstLine(text string) string {
	line, _, _ := bytes.Cut([]byte(text), []byte("\n"))
	return string(line)
}

func (s *sandbox) alloc(n int64) uint64 {
	p := s.call("malloc", uint64(n))
	if p == 0 && s.err == nil {
		s.err = ErrMemory
	}
	return p
}

func (s *sandbox) put(data []byte) uint64 {
	p := s.alloc(int64(len(data)))
	if s.err == nil && !s.mod.Memory().Write(uint32(p), data) {
		s.err = ErrDecode
	}
	return p
}

func (s *sandbox) uint32(p uint64) uint32 {
	v, ok := s.mod.Memory().ReadUint32Le(uint32(p))
	if !ok && s.err == nil {
		s.err = ErrDecode
	}
	return v
}

// get copies n bytes out of the sandbox, whose memory dies with it.
func (s *sandbox) get(p uint64, n int64) []byte {
	if s.err != nil {
		return nil
	}
	b, ok := s.mod.Memory().Read(uint32(p), uint32(n))
	if !ok {
		s.err = ErrDecode
		return nil
	}
	return bytes.Clone(b)
}

// Values of libheif's C API (libheif/heif.h).
const (
	heifYCbCr, heifRGB, heifMono = 0, 1, 2
	chroma420, chroma422         = 1, 2
	chroma444                    = 3
)

// heic calls int decode(in, size, config_only, *width, *height, *colorspace,
// *chroma, *premultiplied, *out) of lib/heif.c: once for the size, once for
// the pixels.
func (s *sandbox) heic(data []byte) (image.Image, error) {
	in, info := s.put(data), s.alloc(4*5)
	// The file type check inside knows HEIC by its major brand alone. A file
	// sniffed as HEIC by a compatible brand holds a still picture as good: mif1
	// (ISO/IEC 23008-12 §10.2) as msf1 and hevc, bursts with a cover.
	if len(data) >= 12 && string(data[4:8]) == "ftyp" && s.err == nil {
		s.mod.Memory().Write(uint32(in)+8, []byte("heic"))
	}
	args := []uint64{in, uint64(len(data)), 1, info, info + 4, info + 8, info + 12, info + 16, 0}
	if s.call("decode", args...) == 0 {
		return nil, s.failure()
	}
	w, h := int(s.uint32(info)), int(s.uint32(info+4))
	space, chroma, premultiplied := s.uint32(info+8), s.uint32(info+12), s.uint32(info+16) == 1
	if s.err != nil || w <= 0 || h <= 0 || w > 1<<20 || h > 1<<20 {
		return nil, s.failure()
	}
	// Rows are at least 64 pixels and padded to 16 bytes, as libheif allocates them
	// (HeifPixelImage::ImagePlane::alloc).
	align := func(pixels, bytes int) int { return (max(pixels, 64)*bytes + 15) &^ 15 }
	rect := image.Rect(0, 0, w, h)
	var stride, cw, ch int
	var ratio image.YCbCrSubsampleRatio
	size := int64(0)
	switch space {
	case heifYCbCr:
		stride, cw, ch = align(w, 1), align((w+1)/2, 1), h
		switch chroma {
		case chroma420:
			ratio, ch = image.YCbCrSubsampleRatio420, (h+1)/2
		case chroma422:
			ratio = image.YCbCrSubsampleRatio422
		case chroma444:
			ratio, cw = image.YCbCrSubsampleRatio444, align(w, 1)
		default:
			return nil, fmt.Errorf("%w: unsupported chroma format %d", ErrDecode, chroma)
		}
		size = int64(stride)*int64(h) + 2*int64(cw)*int64(ch)
	case heifMono:
		stride = align(w, 1)
		size = int64(stride) * int64(h)
	case heifRGB:
		stride = align(w, 4)
		size = int64(stride) * int64(h)
	default:
		return nil, fmt.Errorf("%w: unsupported colour space %d", ErrDecode, space)
	}
	out := s.alloc(size)
	args[2], args[8] = 0, out
	if s.call("decode", args...) == 0 {
		return nil, s.failure()
	}
	pix := s.get(out, size)
	if s.err != nil {
		return nil, s.failure()
	}
	switch space {
	case heifMono:
		return &image.Gray{Pix: pix, Stride: stride, Rect: rect}, nil
	case heifRGB:
		if premultiplied {
			return &image.RGBA{Pix: pix, Stride: stride, Rect: rect}, nil
		}
		return &image.NRGBA{Pix: pix, Stride: stride, Rect: rect}, nil
	}
	y, c := stride*h, cw*ch
	return &image.YCbCr{Y: pix[:y:y], Cb: pix[y : y+c : y+c], Cr: pix[y+c:], YStride: stride, CStride: cw, SubsampleRatio: ratio, Rect: rect}, nil
}

// avif calls int decode(in, size, config_only, all_frames, *width, *height,
// *depth, *count, *delay, *out) of lib/avif.c.
func (s *sandbox) avif(data []byte) (image.Image, error) {
	in, info, delay := s.put(data), s.alloc(4*4), s.alloc(8)
	args := []uint64{in, uint64(len(data)), 1, 0, info, info + 4, info + 8, info + 12, delay, 0}
	if s.call("decode", args...) == 0 {
		return nil, s.failure()
	}
	w, h, deep := int(s.uint32(info)), int(s.uint32(info+4)), s.uint32(info+8) > 8
	if s.err != nil || w <= 0 || h <= 0 || w > 1<<20 || h > 1<<20 {
		return nil, s.failure()
	}
	pixel := int64(4)
	if deep {
		pixel = 8
	}
	size := int64(w) * int64(h) * pixel
	out := s.alloc(size)
	args[2], args[9] = 0, out
	if s.call("decode", args...) == 0 {
		return nil, s.failure()
	}
	pix := s.get(out, size)
	if s.err != nil {
		return nil, s.failure()
	}
	if deep {
		// 16-bit little endian, of which the high byte is enough here.
		for i := range w * h * 4 {
			pix[i] = pix[2*i+1]
		}
		pix = pix[: w*h*4 : w*h*4]
	}
	return &image.RGBA{Pix: pix, Stride: 4 * w, Rect: image.Rect(0, 0, w, h)}, nil
}

func (s *sandbox) failure() error {
	if s.err != nil {
		return s.err
	}
	return ErrDecode
}
