package extract

import (
	"context"
	"io"
	"sync"

	"github.com/aecheck/aecheck/pkg/format"
	"github.com/aecheck/aecheck/pkg/raster"
)

// HeaderSize is how much of a file's start is read at once: the metadata of
// nearly every camera file lies in it, and reading it costs 40 µs.
const HeaderSize = 64 << 10

// The details at which pictures are decoded. They are few, so that extractors
// share decodes, and fixed, so that what an extractor sees is a function of the
// content and never of which others run: a picture that comes scaled down from
// another size differs in its last bits.
const (
	// Overview is the longer side, in pixels, of what measures of a whole picture
	// see: the least a main picture may have, and a quarter of the work for a
	// camera original.
	Overview = 800
	// Page is the longer side of what is read: A4 at 200 dpi, a phone's
	// screenshot at its own size. A picture that is no larger is decoded whole,
	// once, for all.
	Page = 2400
	// Fine is the longer side of the luma in which codes are looked for. Half the
	// size of a 2 MP product picture lost 3 codes of 10, and camera pictures lose
	// none at 1000 px (performance notes, "QR").
	Fine = 1600
)

// Input is the content of one asset, opened once and decoded at most once at each
// detail.
type Input struct {
	Format string // by content, see facts.File.Format
	Size   int64
	Header []byte // the first HeaderSize bytes, or fewer
	// Threads is how many cores working on it may use; 0 for all there are. What
	// is found does not depend on it.
	Threads int
	io.ReaderAt

	alone bool
	fine  bool // Luma will be called

	mu     sync.Mutex
	all    []byte
	allErr error
	read   bool

	decode   func(ctx context.Context, detail int) (*raster.Picture, error)
	pictures map[int]*picture // by the detail they are decoded at

	memoMu sync.Mutex
	memos  map[any]*memo
}

// Alone reports whether no other asset is being worked on, so that this one may take
// all the memory there is.
func (in *Input) Alone() bool { return in.alone }

type memo struct {
	once  sync.Once
	value any
}

// Memo returns what produce returned the first time key was asked for. It is how
// extractors share one reading of a container: key is a value of an unexported
// type of the package that makes the value. produce may use other memos, but not
// its own.
func (in *Input) Memo(key any, produce func() any) any {
	in.memoMu.Lock()
	m, ok := in.memos[key]
	if !ok {
		if in.memos == nil {
			in.memos = make(map[any]*memo)
		}
		m = &memo{}
		in.memos[key] = m
	}
	in.memoMu.Unlock()
	m.once.Do(func() { m.value = produce() })
	return m.value
}

// picture is a decode, made once.
type picture struct {
	once sync.Once
	p    *raster.Picture
	err  error
}

// NewInput returns the input of one asset; decode is called at most once for
// each detail.
func NewInput(format string, size int64, header []byte, r io.ReaderAt, decode func(ctx context.Context, detail int) (*raster.Picture, error)) *Input {
	return &Input{Format: format, Size: size, Header: header, ReaderAt: r, decode: decode, pictures: map[int]*picture{}}
}

// Bytes returns the whole content (read once; the caller must not change it).
// Files are capped before extraction, so this is bounded.
func (in *Input) Bytes() ([]byte, error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if !in.read {
		in.read = true
		if int64(len(in.Header)) == in.Size {
			in.all = in.Header
		} else {
			buf := make([]byte, in.Size)
			n, err := io.ReadFull(io.NewSectionReader(in.ReaderAt, 0, in.Size), buf)
			in.all, in.allErr = buf[:n], err
		}
	}
	return in.all, in.allErr
}

// Picture returns the decoded picture, upright, at Overview or Page.
func (in *Input) Picture(ctx context.Context, detail int) (*raster.Picture, error) {
	detail = in.effective(detail)
	in.mu.Lock()
	p, ok := in.pictures[detail]
	if !ok {
		p = &picture{}
		in.pictures[detail] = p
	}
	in.mu.Unlock()
	p.once.Do(func() { p.p, p.err = in.decode(ctx, detail) })
	return p.p, p.err
}

// Luma returns the luma of the picture, upright, with a longer side of about Fine
// where the original's is more, and the size of the original.
func (in *Input) Luma(ctx context.Context) (g *raster.Gray, w, h int, err error) {
	detail := in.effective(Fine)
	p, err := in.Picture(ctx, detail)
	if err == nil && detail == Overview && p.Fine() == nil {
		p, err = in.Picture(ctx, Page)
	}
	switch {
	case err != nil:
		return nil, 0, 0, err
	case p.Fine() != nil:
		return p.Fine(), p.FullW, p.FullH, nil
	}
	g = p.Luma()
	if w, h = raster.Fit(g.W, g.H, Fine); w != g.W || h != g.H {
		g = g.Shrink(w, h)
	}
	return g, p.FullW, p.FullH, nil
}

// effective is the detail at which a wish is met: a picture no larger than a
// page is decoded whole for all, and fine luma comes with the overview of those
// whose decoder has both in one go.
func (in *Input) effective(detail int) int {
	if detail >= Page || in.longest() <= Page || detail == Fine && in.Format != format.JPEG {
		return Page
	}
	return Overview
}

// longest is the longer side as the header says, in pixels; 0 where it says
// nothing.
func (in *Input) longest() int {
	return in.Memo(longestKey{}, func() any {
		h, err := raster.ReadHeader(in, in.Size, in.Format)
		if err != nil {
			return 0 // told by the decoder
		}
		return max(h.Width, h.Height)
	}).(int)
}

type longestKey struct{}
