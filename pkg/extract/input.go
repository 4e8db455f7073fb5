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
