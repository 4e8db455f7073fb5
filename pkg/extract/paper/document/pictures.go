package document

import (
	"context"
	"encoding/binary"
	"io"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/extract/paper/pdf"
	"github.com/aecheck/aecheck/pkg/extract/reading"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/format"
	"github.com/aecheck/aecheck/pkg/ocr"
	"github.com/aecheck/aecheck/pkg/raster"
)

// pictures reads a scan or photo; the further pages of a TIFF are decoded one
// by one.
func (e *Extractor) pictures(ctx context.Context, in *extract.Input, out *facts.Set) error {
	d := &out.Document
	first, err := in.Picture(ctx, extract.Page)
	if err != nil {
		return err
	}
	d.Pages = 1
	var more []uint32
	if in.Format == format.TIFF {
		offsets := tiffPages(in, in.Size)
		if len(offsets) > pdf.MaxPages {
			return pdf.ErrTooManyPage
		}
		if len(offsets) > 1 {
			d.Pages, more = len(offsets), offsets[1:]
		}
	}
	page := paper{number: 1, m: first.RGB, toPage: first.ToFull, threads: in.Threads}
	if e.reader != nil {
		page.read = func() ([]ocr.Line, error) { return reading.Page(ctx, in, e.reader) }
	}
	textRead, err := e.look(ctx, d, page)
	if err != nil {
		return err
	}
	d.PagesRead = 1
	for k, offset := range more {
		if d.PagesRead == maxPicturePages {
			break
		}
		m, err := raster.Decode(ctx, &tiffPage{in, offset, tiffOrder(in.Header)}, in.Size, raster.Options{Format: format.TIFF, Detail: extract.Page})
		if err != nil {
			return err
		}
		read, err := e.look(ctx, d, paper{number: k + 2, m: m.RGB, toPage: m.ToFull, read: e.readPage(ctx, m.RGB, in.Threads), threads: in.Threads})
		if err != nil {
			return err
		}
		textRead = textRead && read
		d.PagesRead++
	}
	if textRead {
		d.TextSource = "recognised"
	} else {
		d.TextSource = "none"
	}
	e.finish(out, textRead)
	return nil
}

// tiffOrder is the byte order of a TIFF.
func tiffOrder(header []byte) binary.ByteOrder {
	if len(header) > 0 && header[0] == 'M' {
		return binary.BigEndian
	}
	return binary.LittleEndian
}

// tiffPages walks the chain of directories (TIFF 6.0, section 2), each once,
// and returns where each begins.
func tiffPages(r io.ReaderAt, size int64) []uint32 {
	head := make([]byte, 8)
	if _, err := r.ReadAt(head, 0); err != nil {
		return nil
	}
	order := tiffOrder(head)
	var out []uint32
	seen := map[uint32]bool{}
	for at := order.Uint32(head[4:]); at != 0 && !seen[at] && int64(at)+2 <= size && len(out) <= pdf.MaxPages; {
		seen[at] = true
		var n [2]byte
		if _, err := r.ReadAt(n[:], int64(at)); err != nil {
			break
		}
		out = append(out, at)
		var next [4]byte
		if _, err := r.ReadAt(next[:], int64(at)+2+12*int64(order.Uint16(n[:]))); err != nil {
			break
		}
		at = order.Uint32(next[:])
	}
	return out
}

// tiffPage shows one directory of a TIFF as the first, for decoders that read
// only that.
type tiffPage struct {
	io.ReaderAt
	offset uint32
	order  binary.ByteOrder
}

// ReadAt replaces the offset of the first directory in the header.
func (t *tiffPage) ReadAt(b []byte, off int64) (int, error) {
	n, err := t.ReaderAt.ReadAt(b, off)
	var first [4]byte
	t.order.PutUint32(first[:], t.offset)
	for i := range 4 {
		if k := int64(4+i) - off; k >= 0 && k < int64(n) {
			b[k] = first[i]
		}
	}
	return n, err
}
