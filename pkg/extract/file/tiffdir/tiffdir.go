// Package tiffdir reads the directories (IFDs) of TIFF structures: TIFF and
// RAW files and the EXIF blocks of all other formats. It tolerates what real
// files have wrong (values cut off, counts of zero, directories out of range)
// and says so, and it bounds what hostile ones ask for.
// Structure: TIFF 6.0 (1992) section 2; BigTIFF is refused.
//
// It may import pkg/extract/file/window alone.
package tiffdir

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/aecheck/aecheck/pkg/extract/file/window"
)

// MaxEntries is how many entries of one directory are read. Camera files have
// below 100 of them; maker notes, which are not read, up to a few hundred.
const MaxEntries = 1024

// MaxValue is how many bytes of one value are read.
const MaxValue = 16 << 20

// The value types of TIFF 6.0, and UTF-8 of Exif 3.0 (CIPA DC-008-2023).
const (
	Byte      = 1
	ASCII     = 2
	Short     = 3
	Long      = 4
	Rational  = 5
	SByte     = 6
	Undefined = 7
	SShort    = 8
	SLong     = 9
	SRational = 10
	Float     = 11
	Double    = 12
	IFD       = 13
	UTF8      = 129
)

// Width returns the bytes one value of a type takes, 0 for an unknown type.
func Width(typ uint16) int64 {
	switch typ {
	case Byte, ASCII, SByte, Undefined, UTF8:
		return 1
	case Short, SShort:
		return 2
	case Long, SLong, Float, IFD:
		return 4
	case Rational, SRational, Double:
		return 8
	}
	return 0
}

// ErrNotTIFF: no TIFF header.
var ErrNotTIFF = errors.New("no TIFF header")

// Reader reads directories of one TIFF structure.
type Reader struct {
	w     *window.Reader
	Order binary.ByteOrder
	First int64 // offset of the first directory
}

// Open reads the header.
func Open(w *window.Reader) (*Reader, error) {
	h, err := w.Peek(0, 8)
	if err != nil {
		return nil, ErrNotTIFF
	}
	order := Order(h)
	if order == nil {
		return nil, ErrNotTIFF
	}
	return &Reader{w: w, Order: order, First: int64(order.Uint32(h[4:]))}, nil
}

// Order returns the byte order a TIFF header announces, nil where h does not
// start with one.
func Order(h []byte) binary.ByteOrder {
	if len(h) < 4 {
		return nil
	}
	switch string(h[:4]) {
	case "II*\x00":
		return binary.LittleEndian
	case "MM\x00*":
		return binary.BigEndian
	}
	return nil
}

// Entry is one field of a directory.
type Entry struct {
	Tag   uint16
	Type  uint16
	Count int64
	Off   int64 // where the value lies
	Size  int64 // bytes of the value
}

// Dir is one directory.
type Dir struct {
	Entries []Entry
	Next    int64  // offset of the next directory, 0 for none
	Damage  string // what was wrong with it, empty for nothing
}

// Dir reads the directory at off. Entries whose value does not lie in the file
// are left out and named in Damage. An error means there is no directory.
func (r *Reader) Dir(off int64) (Dir, error) {
	var d Dir
	h, err := r.w.Peek(off, 2)
	if err != nil {
		return d, fmt.Errorf("directory at %d lies outside the block: %w", off, err)
	}
	n := int(r.Order.Uint16(h))
	if n > MaxEntries {
		d.Damage = fmt.Sprintf("directory of %d entries", n)
		n = MaxEntries
	}
	d.Entries = make([]Entry, 0, min(n, 64))
	for i := range n {
		at := off + 2 + int64(i)*12
		b, err := r.w.Peek(at, 12)
		if err != nil {
			d.Damage = fmt.Sprintf("directory ends after %d of %d entries", i, n)
			return d, nil
		}
		e := Entry{
			Tag:   r.Order.Uint16(b),
			Type:  r.Order.Uint16(b[2:]),
			Count: int64(r.Order.Uint32(b[4:])),
			Off:   at + 8,
		}
		// 32-bit count × width ≤ 8 fits 64 bits.
		e.Size = e.Count * Width(e.Type)
		if e.Size == 0 {
			continue
		}
		if e.Size > 4 {
			e.Off = int64(r.Order.Uint32(b[8:]))
		}
		if e.Off > r.w.Size() || e.Size > r.w.Size()-e.Off {
			d.Damage = fmt.Sprintf("value of tag 0x%04x lies outside the block", e.Tag)
			if e.Type != ASCII || e.Off >= r.w.Size() {
				continue
			}
			// A text cut off is still worth reading.
			e.Size = r.w.Size() - e.Off
			e.Count = e.Size
		}
		d.Entries = append(d.Entries, e)
	}
	if b, err := r.w.Peek(off+2+int64(n)*12, 4); err == nil && n < MaxEntries {
		d.Next = int64(r.Order.Uint32(b))
	}
	return d, nil
}

// Find returns the first entry of a tag.
func (d *Dir) Find(tag uint16) (Entry, bool) {
	for _, e := range d.Entries {
		if e.Tag == tag {
			return e, true
		}
	}
	return Entry{}, false
}

// Value returns the bytes of an entry, at most MaxValue of them.
func (r *Reader) Value(e Entry) ([]byte, error) {
	return r.w.Read(e.Off, int(min(e.Size, MaxValue)))
}

// Uint returns the i-th integer of an entry; ok is false where it has none.
func (r *Reader) Uint(e Entry, i int) (v int64, ok bool) {
	width := Width(e.Type)
	if int64(i) >= e.Count || width == 0 {
		return 0, false
	}
	b, err := r.w.Peek(e.Off+int64(i)*width, int(width))
	if err != nil {
		return 0, false
	}
	switch e.Type {
	case Byte, Undefined:
		return int64(b[0]), true
	case Short:
		return int64(r.Order.Uint16(b)), true
	case Long, IFD:
		return int64(r.Order.Uint32(b)), true
	}
	return 0, false
}

// UintOf returns the first integer of a tag, 0 where it is missing.
func (r *Reader) UintOf(d *Dir, tag uint16) int64 {
	if e, ok := d.Find(tag); ok {
		v, _ := r.Uint(e, 0)
		return v
	}
	return 0
}
