package extract

import (
	"context"
	"io"
	"sync"

	"github.com/aecheck/aecheck/pkg/raster"
)

// HeaderSize is how much of a file's start is read at once: the metadata of
// nearly every camera file lies in it, and reading it costs 40 µs.
const HeaderSize = 64 << 10

// Input is the content of one asset, opened once and decoded at most once.
type Input struct {
	Format string // by content, see facts.File.Format
	Size   int64
	Header []byte // the first HeaderSize bytes, or fewer
	io.ReaderAt

	mu     sync.Mutex
	all    []byte
	allErr error
	read   bool

	decode  func(ctx context.Context) (*raster.Picture, error)
	picture *raster.Picture
	decErr  error
	decoded bool

	memoMu sync.Mutex
	memos  map[any]*memo
}

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

// NewInput returns the input of one asset; decode is called at most once.
func NewInput(format string, size int64, header []byte, r io.ReaderAt, decode func(ctx context.Context) (*raster.Picture, error)) *Input {
	return &Input{Format: format, Size: size, Header: header, ReaderAt: r, decode: decode}
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

// Picture returns the decoded picture, upright. It is decoded once, at the
// detail the plan asked for.
func (in *Input) Picture(ctx context.Context) (*raster.Picture, error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if !in.decoded {
		in.decoded = true
		in.picture, in.decErr = in.decode(ctx)
	}
	return in.picture, in.decErr
}
