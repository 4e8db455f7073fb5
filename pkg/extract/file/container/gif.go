package container

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"github.com/aecheck/aecheck/pkg/extract/file/charset"
	"github.com/aecheck/aecheck/pkg/extract/file/window"
)

// maxGIFBlocks bounds the walk over 255-byte sub-blocks: 255 MiB of them.
const maxGIFBlocks = 1 << 20

// readGIF walks the blocks (GIF89a).
func (f *File) readGIF(w *window.Reader) error {
	h, err := w.Peek(0, 13)
	if err != nil {
		return err
	}
	f.Header.Width = int(binary.LittleEndian.Uint16(h[6:]))
	f.Header.Height = int(binary.LittleEndian.Uint16(h[8:]))
	f.Header.Model = "palette"
	g := gifWalk{w: w, pos: 13, left: maxGIFBlocks}
	g.skipColorTable(h[10])
	frames := 0
	for ended := false; !ended; {
		b, err := g.next(1)
		if err != nil {
			f.Truncated = true
			f.damage("the file ends without a trailer")
			break
		}
		switch b[0] {
		case 0x3B:
			ended = true
		case 0x2C:
			frames++
			err = g.image()
		case 0x21:
			err = f.gifExtension(&g)
		default:
			f.damage("no block at offset %d", g.pos-1)
			ended = true
		}
		if err != nil {
			f.Truncated = true
			f.damage("block before offset %d: %v", g.pos, err)
			ended = true
		}
	}
	f.Header.Frames = max(1, frames)
	if f.Header.Width == 0 || f.Header.Height == 0 {
		return ErrNoHeader
	}
	return nil
}

func (f *File) gifExtension(g *gifWalk) error {
	b, err := g.next(1)
	if err != nil {
		return err
	}
	switch b[0] {
	case 0xF9:
		if p, err := g.w.Peek(g.pos, 2); err == nil && p[0] == 4 && p[1]&1 == 1 {
			f.Header.Alpha = true
		}
	case 0xFE:
		data, err := g.blocks(64 << 10)
		if len(data) > 0 && len(f.Comments) < maxTextChunks {
			f.Comments = append(f.Comments, charset.Field(data))
		}
		return err
	case 0xFF:
		return f.gifApplication(g)
	}
	_, err = g.blocks(0)
	return err
}

func (f *File) gifApplication(g *gifWalk) error {
	start := g.pos - 2
	id, err := g.w.Peek(g.pos, 12)
	if err != nil {
		return err
	}
	if id[0] != 11 {
		_, err := g.blocks(0)
		return err
	}
	name := string(id[1:12])
	g.pos += 12
	switch name {
	case "XMP DataXMP":
		// The packet lies there as it is, followed by a ramp of bytes that
		// leads a walker over sub-blocks to the end.
		from := g.pos
		if _, err := g.blocks(0); err != nil {
			return err
		}
		data, _, err := g.w.UpTo(from, int(g.pos-from))
		if err != nil {
			return err
		}
		if i := bytes.Index(data, []byte("\x01\xFF\xFE")); i >= 0 {
			data = data[:i]
		}
		f.XMP = append(f.XMP, data)
		return nil
	case "ICCRGBG1012":
		f.ICC, err = g.blocks(maxInflated)
		return err
	case "C2PA_GIF\x01\x00\x00":
		data, err := g.blocks(maxInflated)
		if isManifest(data) {
			f.Manifest = &Manifest{JUMBF: data, Ranges: []Range{{Off: start, Length: g.pos - start}}}
		}
		return err
	}
	_, err = g.blocks(0)
	return err
}

type gifWalk struct {
	w    *window.Reader
	pos  int64
	left int
}

func (g *gifWalk) next(n int) ([]byte, error) {
	b, err := g.w.Peek(g.pos, n)
	if err == nil {
		g.pos += int64(n)
	}
	return b, err
}

func (g *gifWalk) skipColorTable(flags byte) {
	if flags&0x80 != 0 {
		g.pos += 3 << (flags&7 + 1)
	}
}

func (g *gifWalk) image() error {
	b, err := g.next(9)
	if err != nil {
		return err
	}
	g.skipColorTable(b[8])
	if _, err := g.next(1); err != nil {
		return err
	}
	_, err = g.blocks(0)
	return err
}

// blocks walks sub-blocks to the empty one and returns up to keep bytes of
// them.
func (g *gifWalk) blocks(keep int) ([]byte, error) {
	var out []byte
	for ; g.left > 0; g.left-- {
		b, err := g.next(1)
		if err != nil {
			return out, err
		}
		n := int(b[0])
		if n == 0 {
			return out, nil
		}
		b, err = g.next(n)
		if err != nil {
			return out, err
		}
		if len(out)+n <= keep {
			out = append(out, b...)
		}
	}
	return out, fmt.Errorf("more than %d sub-blocks", maxGIFBlocks)
}
