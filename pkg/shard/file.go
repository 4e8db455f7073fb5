package shard

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"hash"
	"io"
	"strconv"
)

// A file of a shard is
//
//	aecheck shard 1
//	gzip of records: a byte that says what it is, its length (uvarint), its bytes
//	SHA-256 of all before it, 32 bytes
//
// The first record is the header, the last one is empty and says that all is there.
const (
	magic    = "aecheck shard "
	schema   = 1
	first    = magic + "1\n"
	checksum = sha256.Size
)

// Kinds of record; those of the user's are letters of its own.
const (
	recordHeader = 'h'
	recordEnd    = '.'
)

// What reading a file can come to besides the errors of the reader.
var (
	ErrForeign = errors.New("no file of a shard")
	ErrSchema  = errors.New("written by a program of another version")
	ErrDamaged = errors.New("damaged or cut off")
)

// Is reports whether head is the start of a file of a shard.
func Is(head []byte) bool { return bytes.HasPrefix(head, []byte(magic)) }

// Writer writes a file of a shard.
type Writer struct {
	out io.Writer // with the sum
	sum hash.Hash
	raw io.Writer
	zip *gzip.Writer
}

// NewWriter begins a file. Errors are those of w.
func NewWriter(w io.Writer, h Header) (*Writer, error) {
	sum := sha256.New()
	out := &Writer{raw: w, sum: sum, out: io.MultiWriter(w, sum)}
	if _, err := io.WriteString(out.out, first); err != nil {
		return nil, err
	}
	out.zip = gzip.NewWriter(out.out)
	data, err := json.Marshal(h)
	if err != nil {
		return nil, err
	}
	return out, out.Record(recordHeader, data)
}

// Record writes a record of a kind, a letter.
func (w *Writer) Record(kind byte, data []byte) error {
	head := binary.AppendUvarint([]byte{kind}, uint64(len(data)))
	if _, err := w.zip.Write(head); err != nil {
		return err
	}
	_, err := w.zip.Write(data)
	return err
}

// Close ends the file, not what it is written to.
func (w *Writer) Close() error {
	if err := w.Record(recordEnd, nil); err != nil {
		return err
	}
	if err := w.zip.Close(); err != nil {
		return err
	}
	_, err := w.raw.Write(w.sum.Sum(nil))
	return err
}

// Bounds of what is read. A record is what is known of one file: a log of some ten
// thousand lines, a paper of a hundred pages. What all records may take in memory grows
// with the size of the file, so that a small file never takes much: facts shrink to a
// tenth, those of many like pictures to a hundredth.
const (
	maxRecord   = 64 << 20
	leastMemory = 256 << 20
	timesSize   = 400
	// objectBytes is what an object of JSON, be it two bytes there, takes on average,
	// and valueBytes any other value of a list.
	objectBytes = 300
	valueBytes  = 16
)

// Reader reads a file of a shard. What it gives is as it was written, which says
// nothing of whether it makes sense.
type Reader struct {
	Header Header
	in     *bufio.Reader
	zip    *gzip.Reader
	memory int64 // that the rest may take
	buf    []byte
}

// NewReader checks a file of that size by its sum and reads its header. The errors are
// ErrForeign, ErrSchema, ErrDamaged and those of r.
func NewReader(r io.ReaderAt, size int64) (*Reader, error) {
	head := make([]byte, min(size, int64(len(magic))+8))
	if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	rest, ok := bytes.CutPrefix(head, []byte(magic))
	if !ok {
		return nil, ErrForeign
	}
	if line, _, ended := bytes.Cut(rest, []byte("\n")); ended {
		if n, err := strconv.Atoi(string(line)); err == nil && n != schema {
			return nil, ErrSchema
		}
	}
	body := size - checksum - int64(len(first))
	if !bytes.HasPrefix(head, []byte(first)) || body < 0 {
		return nil, ErrDamaged
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, io.NewSectionReader(r, 0, size-checksum)); err != nil {
		return nil, err
	}
	want := make([]byte, checksum)
	if _, err := r.ReadAt(want, size-checksum); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if !bytes.Equal(want, sum.Sum(nil)) {
		return nil, ErrDamaged
	}
	return newReader(io.NewSectionReader(r, int64(len(first)), body), body)
}

// newReader reads the records of so many bytes.
func newReader(r io.Reader, size int64) (*Reader, error) {
	zip, err := gzip.NewReader(bufio.NewReader(r))
	if err != nil {
		return nil, ErrDamaged
	}
	out := &Reader{zip: zip, in: bufio.NewReader(zip), memory: leastMemory + timesSize*size}
	kind, data, err := out.next()
	if err != nil {
		return nil, err
	}
	if kind != recordHeader || Decode(data, &out.Header) != nil || !out.Header.Part.valid() {
		return nil, ErrDamaged
	}
	return out, nil
}

// Next returns the next record, valid until the one after it is asked for; io.EOF
// behind the last one. Any other error is ErrDamaged.
func (r *Reader) Next() (kind byte, data []byte, err error) {
	kind, data, err = r.next()
	if err != nil || kind != recordEnd {
		return kind, data, err
	}
	if _, err := r.in.ReadByte(); len(data) > 0 || !errors.Is(err, io.EOF) {
		return 0, nil, ErrDamaged // records behind the last, or a sum of gzip that is wrong
	}
	return 0, nil, io.EOF
}

func (r *Reader) next() (kind byte, data []byte, err error) {
	if kind, err = r.in.ReadByte(); err != nil {
		return 0, nil, ErrDamaged // the record that ends it is not there
	}
	n, err := binary.ReadUvarint(r.in)
	if err != nil || n > maxRecord || int64(n) > r.memory {
		return 0, nil, ErrDamaged
	}
	// The buffer grows with what is there, not with what the length says.
	buf := bytes.NewBuffer(r.buf[:0])
	if _, err := io.CopyN(buf, r.in, int64(n)); err != nil {
		return 0, nil, ErrDamaged
	}
	r.buf = buf.Bytes()
	if r.memory -= cost(r.buf); r.memory < 0 {
		return 0, nil, ErrDamaged
	}
	return kind, r.buf, nil
}

// cost is what decoding a record may take in memory.
func cost(data []byte) int64 {
	objects := bytes.Count(data, []byte("{")) + bytes.Count(data, []byte("null"))
	return int64(len(data)) + int64(objects)*objectBytes + int64(bytes.Count(data, []byte(",")))*valueBytes
}

// Decode reads the JSON of a record: one value, without a key that v has no place for.
func Decode(data []byte, v any) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		return err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return ErrDamaged
	}
	return nil
}
