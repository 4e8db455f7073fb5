package raster

import (
	"bufio"
	"compress/zlib"
	"context"
	"errors"
	"io"

	"golang.org/x/image/tiff"
	"golang.org/x/image/tiff/lzw"

	"github.com/aecheck/aecheck/pkg/extract/file/tiffdir"
	"github.com/aecheck/aecheck/pkg/extract/file/window"
	"github.com/aecheck/aecheck/pkg/format"
)

// tiffCodec leaves decoding to x/image/tiff. That unpacks a block, a strip or a tile,
// into memory before it looks at it, up to eight bytes a pixel whatever a pixel
// should have, and doubles its buffer on the way.
type tiffCodec struct{ whole }

const (
	// blockGrowth is what unpacking a block takes, in its bytes: the buffer, twice
	// as large as it must be, beside the one before.
	blockGrowth = 3
	// blockTrusted is the size of a block, at eight bytes a pixel, up to which it is
	// unpacked without a look at how much is in it.
	blockTrusted = 16 << 20
	// blockSlack is by how much a block may be longer than its pixels: some writers
	// pad it.
	blockSlack = 64 << 10
)

func (tiffCodec) header(f file, h *Header) error {
	c, err := tiff.DecodeConfig(f.reader())
	h.fill(c)
	if err == nil {
		h.Extra = blockGrowth * tiffBlocksOf(f, c.Width, c.Height).bytes
	}
	return err
}

func (tiffCodec) decode(ctx context.Context, f file, h Header, o Options) (*Picture, error) {
	if err := tiffBlocksOf(f, h.Width, h.Height).check(ctx, f); err != nil {
		return nil, err
	}
	img, err := tiff.Decode(&ctxReaderAt{*f.under(ctx), f})
	return finish(ctx, img, err, h, o)
}

// tiffBlocks are the strips or tiles of a TIFF.
type tiffBlocks struct {
	compression    int64
	offsets, sizes []int64 // in the file
	bytes          int64   // of one, unpacked
	trusted        bool    // none of them can be large
}

// Tags of TIFF 6.0 and values of compression.
const (
	tagBits, tagCompression              = 258, 259
	tagStripOffsets, tagSamples          = 273, 277
	tagRowsPerStrip, tagStripSizes       = 278, 279
	tagTileWidth, tagTileLength          = 322, 323
	tagTileOffsets, tagTileSizes         = 324, 325
	tiffLZW, tiffDeflateOld, tiffDeflate = 5, 32946, 8
	tiffPackBits                         = 32773
	maxTIFFBlocks                        = 1 << 16
)

// tiffBlocksOf reads how the pixels of the first directory are stored. Where that
// cannot be read the decoder will say so.
func tiffBlocksOf(f file, width, height int) tiffBlocks {
	w, h := int64(width), int64(height)
	t, err := tiffdir.Open(window.New(nil, f.size, f))
	if err != nil {
		return tiffBlocks{bytes: 8 * w * h}
	}
	d, err := t.Dir(t.First)
	if err != nil {
		return tiffBlocks{bytes: 8 * w * h}
	}
	b := tiffBlocks{compression: t.UintOf(&d, tagCompression)}
	bw, bh := w, t.UintOf(&d, tagRowsPerStrip)
	offsets, sizes := uint16(tagStripOffsets), uint16(tagStripSizes)
	if tw := t.UintOf(&d, tagTileWidth); tw > 0 {
		bw, bh = tw, t.UintOf(&d, tagTileLength)
		offsets, sizes = tagTileOffsets, tagTileSizes
	} else if bh <= 0 || bh > h {
		bh = h
	}
	if bw <= 0 || bh <= 0 || bw > maxSide || bh > maxSide {
		return tiffBlocks{bytes: 8 * w * h}
	}
	b.bytes = (bw*max(1, t.UintOf(&d, tagSamples))*max(1, t.UintOf(&d, tagBits)) + 7) / 8 * bh
	b.trusted = 8*bw*bh <= blockTrusted
	if e, ok := d.Find(offsets); ok {
		b.offsets = uints(t, e)
	}
	if e, ok := d.Find(sizes); ok {
		b.sizes = uints(t, e)
	}
	return b
}

func uints(t *tiffdir.Reader, e tiffdir.Entry) []int64 {
	var out []int64
	for i := range int(min(e.Count, maxTIFFBlocks)) {
		v, ok := t.Uint(e, i)
		if !ok {
			break
		}
		out = append(out, v)
	}
	return out
}

// check unpacks large blocks to nowhere: one that holds more than its pixels is
// refused.
func (b tiffBlocks) check(ctx context.Context, f file) error {
	if b.trusted {
		return nil
	}
	for i := range min(len(b.offsets), len(b.sizes)) {
		in := &ctxReader{ctx, io.NewSectionReader(f, b.offsets[i], b.sizes[i])}
		var out io.Reader
		switch b.compression {
		case tiffLZW:
			r := lzw.NewReader(in, lzw.MSB, 8)
			defer r.Close()
			out = r
		case tiffDeflate, tiffDeflateOld:
			r, err := zlib.NewReader(in)
			if err != nil {
				return nil // the decoder says what is wrong
			}
			out = r
		case tiffPackBits:
			out = &unpackedBits{in: bufio.NewReader(in)}
		default:
			return nil // as long as it is in the file
		}
		n, err := io.Copy(io.Discard, io.LimitReader(out, b.bytes+blockSlack+1))
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if n > b.bytes+blockSlack {
			return b.overfull()
		}
		if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
			return nil // the decoder says what is wrong
		}
	}
	return nil
}

// unpackedBits reads as many bytes as PackBits (TIFF 6.0 section 9) unpacks to; what
// they are nobody asks.
type unpackedBits struct {
	in   *bufio.Reader
	left int
}

func (u *unpackedBits) Read(b []byte) (int, error) {
	for u.left == 0 {
		c, err := u.in.ReadByte()
		if err != nil {
			return 0, err
		}
		skip := 0
		switch n := int(int8(c)); {
		case n >= 0:
			u.left, skip = n+1, n+1
		case n > -128:
			u.left, skip = 1-n, 1
		}
		if _, err := u.in.Discard(skip); err != nil {
			return 0, err
		}
	}
	n := min(len(b), u.left)
	u.left -= n
	return n, nil
}

func (tiffBlocks) overfull() error {
	return &Error{Problem: Corrupt, Format: format.TIFF, Why: "a strip holds more than its pixels"}
}
