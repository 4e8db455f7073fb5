// Package window reads pieces of a file whose start is already in memory,
// within a byte budget, so that a walker over hostile structure can neither
// run past the end nor make the program hold more than it should.
//
// It imports nothing of ours.
package window

import (
	"errors"
	"io"
)

// budget is how many bytes beyond the start in memory one Reader hands out by
// Read: the largest honest metadata seen are text chunks and manifests of a
// few MiB.
const budget = 64 << 20

// step is how much Peek reads at once: enough for some hundred chunk or
// directory headers, small enough to cost no more than the system call.
const step = 4 << 10

// ErrBudget: the pieces asked for are larger together than Budget.
var ErrBudget = errors.New("metadata larger than what is read")

// Reader reads at offsets. It is not safe for concurrent use.
type Reader struct {
	head   []byte
	size   int64
	r      io.ReaderAt
	budget int64

	buf    []byte
	bufOff int64
}

// New returns a reader over size bytes of r, whose start is head.
func New(head []byte, size int64, r io.ReaderAt) *Reader {
	return &Reader{head: head, size: size, r: r, budget: budget}
}

// Bytes returns a reader over data.
func Bytes(data []byte) *Reader {
	return &Reader{head: data, size: int64(len(data))}
}

// Size is the number of bytes there are.
func (w *Reader) Size() int64 { return w.size }

// Peek returns n bytes at off, valid until the next call; n is meant to be
// small. io.ErrUnexpectedEOF where fewer are left.
func (w *Reader) Peek(off int64, n int) ([]byte, error) {
	if err := w.check(off, n); err != nil {
		return nil, err
	}
	if end := off + int64(n); end <= int64(len(w.head)) {
		return w.head[off:end:end], nil
	}
	if off < w.bufOff || off+int64(n) > w.bufOff+int64(len(w.buf)) {
		want := min(max(int64(n), step), w.size-off)
		if int64(cap(w.buf)) < want {
			w.buf = make([]byte, want)
		}
		w.buf = w.buf[:want]
		w.bufOff = off
		got, err := w.r.ReadAt(w.buf, off)
		if got < n {
			w.buf = w.buf[:0]
			return nil, readError(err)
		}
		w.buf = w.buf[:got]
	}
	i := int(off - w.bufOff)
	return w.buf[i : i+n : i+n], nil
}

// Read returns n bytes at off that stay valid and must not be changed.
// io.ErrUnexpectedEOF where fewer are left, ErrBudget where too many were
// asked for in all.
func (w *Reader) Read(off int64, n int) ([]byte, error) {
	if err := w.check(off, n); err != nil {
		return nil, err
	}
	if end := off + int64(n); end <= int64(len(w.head)) {
		return w.head[off:end:end], nil
	}
	if int64(n) > w.budget {
		return nil, ErrBudget
	}
	w.budget -= int64(n)
	out := make([]byte, n)
	if got, err := w.r.ReadAt(out, off); got < n {
		return nil, readError(err)
	}
	return out, nil
}

// UpTo returns like Read, but what is left where fewer than n bytes are; short
// reports that.
func (w *Reader) UpTo(off int64, n int) (data []byte, short bool, err error) {
	if off < 0 || n < 0 || off > w.size {
		return nil, true, io.ErrUnexpectedEOF
	}
	if left := w.size - off; int64(n) > left {
		n, short = int(left), true
	}
	data, err = w.Read(off, n)
	return data, short, err
}

func (w *Reader) check(off int64, n int) error {
	if off < 0 || n < 0 || off > w.size || int64(n) > w.size-off {
		return io.ErrUnexpectedEOF
	}
	return nil
}

func readError(err error) error {
	if err == nil || errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
