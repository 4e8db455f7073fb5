package ledger

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/fxamacker/cbor/v2"
	"github.com/gofrs/flock"
)

// ErrBusy says that another program is adding to the index.
var ErrBusy = errors.New("another program is adding to this archive")

// Writer adds records to an index. One program at a time does.
type Writer struct {
	file *os.File
	lock *flock.Flock
	size Size
	buf  []byte
	// unsaved is how many bytes were written since the disk was last made to keep them.
	unsaved int
	err     error // the first; nothing is written after it
}

// saveEvery is how many bytes may be lost to a cut of power: some hundred entries. A
// program that is killed loses none of those.
const saveEvery = 128 << 10

// Open opens an index for adding, made where it is missing with the folders above it,
// and tells h what is in it. What was not written whole is cut off. Errors are ErrBusy
// and those of Read. The caller closes it.
func Open(path string, h Handler) (*Writer, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	return locked(path, os.O_CREATE, h)
}

// Reopen opens an index that is there. Errors are those of Open, and that it is not.
func Reopen(path string, h Handler) (*Writer, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, err // before a lock is laid beside it
	}
	return locked(path, 0, h)
}

func locked(path string, create int, h Handler) (*Writer, error) {
	// Beside the index: a lock on the file itself keeps others from reading it on Windows.
	lock := flock.New(path + ".lock")
	got, err := lock.TryLock()
	switch {
	case err != nil:
		return nil, err
	case !got:
		return nil, &fs.PathError{Op: "open", Path: path, Err: ErrBusy}
	}
	w, err := open(path, create, h)
	if err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	w.lock = lock
	return w, nil
}

func open(path string, create int, h Handler) (w *Writer, err error) {
	f, err := os.OpenFile(path, os.O_RDWR|create, 0o600)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			f.Close()
		}
	}()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	w = &Writer{file: f}
	if !info.Mode().IsRegular() {
		return nil, &os.PathError{Op: "open", Path: path, Err: ErrNotIndex}
	}
	if info.Size() > 0 {
		if w.size, err = read(f, path, info.Size(), h); err != nil {
			return nil, err
		}
	}
	if w.size.Sound == 0 {
		if _, err := f.WriteAt([]byte(magic), 0); err != nil {
			return nil, err
		}
		w.size.Sound = int64(len(magic))
	}
	if err := f.Truncate(w.size.Sound); err != nil {
		return nil, err
	}
	w.size.Torn = 0
	if _, err := f.Seek(w.size.Sound, 0); err != nil {
		return nil, err
	}
	return w, nil
}

// Size is what is in the index now.
func (w *Writer) Size() Size { return w.size }

// Close makes the disk keep what was written. The error is the first of all.
func (w *Writer) Close() error {
	if w.err == nil {
		w.err = w.file.Sync()
	}
	if err := w.file.Close(); w.err == nil {
		w.err = err
	}
	if err := w.lock.Close(); w.err == nil {
		w.err = err
	}
	return w.err
}

// Root adds a root and returns its number.
func (w *Writer) Root(r Root) (int, error) {
	data, err := cbor.Marshal(r)
	if err != nil {
		return 0, err
	}
	w.begin(kindRoot, data)
	w.size.Roots++
	return w.size.Roots - 1, w.write()
}

// Entry adds an entry together with the place it lies at, and returns its number;
// the place's is filled in.
func (w *Writer) Entry(sum [32]byte, look []byte, f Facts, p Place) (int, error) {
	data, err := cbor.Marshal(f)
	if err != nil {
		return 0, err
	}
	if len(look) > 1<<16-1 {
		return 0, fmt.Errorf("a look of %d bytes", len(look))
	}
	b := append(make([]byte, 0, entryHead+len(look)+len(data)), sum[:]...)
	b = binary.LittleEndian.AppendUint16(b, uint16(len(look)))
	w.begin(kindEntry, append(append(b, look...), data...))
	p.Entry = w.size.Entries
	w.size.Entries++
	return p.Entry, w.Place(p)
}

// Place says where an entry lies.
func (w *Writer) Place(p Place) error {
	u := binary.LittleEndian
	b := u.AppendUint32(nil, uint32(p.Entry))
	b = u.AppendUint32(b, uint32(p.Root))
	b = u.AppendUint64(b, uint64(p.Size))
	b = u.AppendUint64(b, uint64(p.Changed))
	b = u.AppendUint64(b, uint64(p.Seen))
	w.begin(kindPlace, append(b, p.Path...))
	w.size.Places++
	return w.write()
}

// Stamp adds a timestamp.
func (w *Writer) Stamp(s Stamp) error {
	data, err := cbor.Marshal(s)
	if err != nil {
		return err
	}
	w.begin(kindStamp, data)
	return w.write()
}

// begin puts a record into what is written next.
func (w *Writer) begin(kind byte, data []byte) {
	if len(data) > maxPayload && w.err == nil {
		w.err = fmt.Errorf("a record of %d bytes", len(data))
	}
	n := len(data)
	u := binary.LittleEndian
	head := []byte{kind, byte(n), byte(n >> 8), byte(n >> 16)}
	head = u.AppendUint32(head, crc32.Checksum(data, castagnoli))
	head = u.AppendUint32(head, crc32.Checksum(head, castagnoli))
	w.buf = append(append(w.buf, head...), data...)
}

// write writes what was begun, at once. Where the disk is full, what got there is
// taken back.
func (w *Writer) write() error {
	if w.err != nil {
		return w.err
	}
	n, err := w.file.Write(w.buf)
	if err != nil {
		w.err = err
		if n > 0 {
			w.err = errors.Join(err, w.file.Truncate(w.size.Sound))
		}
		return w.err
	}
	w.size.Sound += int64(n)
	w.unsaved += n
	w.buf = w.buf[:0]
	if w.unsaved >= saveEvery {
		w.unsaved = 0
		w.err = w.file.Sync()
	}
	return w.err
}
