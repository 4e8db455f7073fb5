// Package ledger is the file an archive of originals is kept in: records, one after
// the other, each with checksums, to which records are only ever added. Nothing that
// was written is moved or rewritten, so a program that is killed loses at most the
// record it was writing, the order of entries is for ever that in which they came, and
// reading needs no lock. A hundred thousand entries are read in a twentieth of a second.
//
// A database would give access by key, which nobody asks for here, and take it in
// pages that are half empty; a page that is damaged stops the program there, where a
// record that is damaged is told with its place.
//
// It imports nothing of ours.
package ledger

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/fxamacker/cbor/v2"
)

// The file: a magic line, then records of a frame and a payload. The frame is the kind
// (1 byte), the length of the payload (3 bytes), the CRC-32C of the payload and that of
// the eight bytes before. Numbers are little-endian.
const (
	magic     = "AECHECK ORIGINALS 1\n"
	frameSize = 12
	// maxPayload is what no record comes near: a timestamp with its certificates takes
	// some 10 KB.
	maxPayload = 1 << 20
)

// Kinds of record.
const (
	kindRoot  = 'R' // CBOR of Root
	kindEntry = 'E' // SHA-256, length of the look (2 bytes), look, CBOR of Facts
	kindPlace = 'P' // entry and root (4 bytes each), size, mtime, seen (8 bytes each), path
	kindStamp = 'S' // CBOR of Stamp
)

const (
	entryHead = 32 + 2
	placeHead = 4 + 4 + 8 + 8 + 8
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Root is a folder that originals were added from.
type Root struct {
	Path string `cbor:"1,keyasint"` // absolute
	// Volume tells the disk it lies on from others that are called the same; Label is
	// what people call it. Below is the folder's path on that disk. All empty where
	// the system does not say.
	Volume string `cbor:"2,keyasint,omitempty"`
	Label  string `cbor:"3,keyasint,omitempty"`
	Below  string `cbor:"4,keyasint,omitempty"`
}

// Facts are what is known of an original besides its bytes and its look.
type Facts struct {
	Format   string `cbor:"1,keyasint"`
	Bytes    int64  `cbor:"2,keyasint"`
	Width    int    `cbor:"3,keyasint,omitempty"` // upright
	Height   int    `cbor:"4,keyasint,omitempty"`
	Exif     bool   `cbor:"5,keyasint,omitempty"`
	Taken    string `cbor:"6,keyasint,omitempty"` // RFC 3339, without a zone where none is known
	Make     string `cbor:"7,keyasint,omitempty"`
	Model    string `cbor:"8,keyasint,omitempty"`
	Serial   string `cbor:"9,keyasint,omitempty"`
	Software string `cbor:"10,keyasint,omitempty"`
	Added    int64  `cbor:"11,keyasint"` // seconds since 1970
}

// AddedAt is when the original came into the archive, by the clock of that computer.
func (f Facts) AddedAt() time.Time { return time.Unix(f.Added, 0).UTC() }

// Entry is one original: a content, wherever it lies.
type Entry struct {
	Number int // from 0, in the order of adding
	SHA256 [32]byte
	// Look is how it looks, as pkg/originals/look writes it; empty where the picture
	// could not be decoded. It is valid until the next record is read.
	Look []byte

	facts []byte
}

// Clone is an entry that stays valid.
func (e *Entry) Clone() *Entry {
	return &Entry{Number: e.Number, SHA256: e.SHA256, Look: slices.Clone(e.Look), facts: slices.Clone(e.facts)}
}

// Facts decodes the facts. The error is that they are damaged.
func (e *Entry) Facts() (f Facts, err error) {
	err = decode(e.facts, &f)
	return f, err
}

// Place is where an entry lies: below a root, "/" between the parts. A later record
// of the same root and path takes an earlier one's place.
type Place struct {
	Entry, Root int
	Path        string
	Size        int64
	Changed     int64 // mtime in nanoseconds since 1970
	Seen        int64 // when it was found there, seconds since 1970
}

// Stamp is a timestamp over the first entries.
type Stamp struct {
	Entries int    `cbor:"1,keyasint"`
	Digest  []byte `cbor:"2,keyasint"`
	Token   []byte `cbor:"3,keyasint"` // RFC 3161 TimeStampToken, DER
	From    string `cbor:"4,keyasint"` // address of the authority
}

// decoding reads CBOR that nobody vouches for.
var decoding = sync.OnceValues(cbor.DecOptions{MaxNestedLevels: 4, MaxArrayElements: 16, MaxMapPairs: 32, DupMapKey: cbor.DupMapKeyEnforcedAPF}.DecMode)

func decode(data []byte, into any) error {
	mode, err := decoding()
	if err == nil {
		err = mode.Unmarshal(data, into)
	}
	if err != nil {
		return errors.Join(errBad, err)
	}
	return nil
}

// DamagedError says where an index stops making sense.
type DamagedError struct {
	Path    string
	Offset  int64
	Entries int // that are sound before it
	Err     error
}

func (e *DamagedError) Error() string {
	return fmt.Sprintf("%s: damaged at byte %d, %d entries before it: %v", e.Path, e.Offset, e.Entries, e.Err)
}

func (e *DamagedError) Unwrap() error { return e.Err }

// ErrNotIndex says that a file is no index.
var ErrNotIndex = errors.New("not an index of originals")

var (
	errBad  = errors.New("a record that is none")
	errTorn = errors.New("the last record was not written whole")
)

// Handler is told of records in the order in which they were written; what is nil is
// passed over. Entries are valid during the call. An error ends the reading.
type Handler struct {
	Root  func(Root) error
	Entry func(*Entry) error
	Place func(Place) error
	Stamp func(Stamp) error
}

// Size is what reading an index found.
type Size struct {
	Roots, Entries, Places int
	// Sound is the number of bytes up to the end of the last whole record, Torn how
	// many follow: what a program that was killed left.
	Sound, Torn int64
}

// Read reads an index from the start to its end. Errors are those of the system,
// ErrNotIndex, *DamagedError and the handler's.
func Read(path string, h Handler) (Size, error) {
	f, err := os.Open(path)
	if err != nil {
		return Size{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return Size{}, err
	}
	if !info.Mode().IsRegular() {
		return Size{}, &os.PathError{Op: "open", Path: path, Err: ErrNotIndex}
	}
	return read(f, path, info.Size(), h)
}

// chunk is how much is read at once: what a processor's cache holds.
const chunk = 256 << 10

// read reads what had been written when the file had so many bytes.
func read(f io.ReaderAt, path string, size int64, h Handler) (Size, error) {
	at, buf, have := int64(0), make([]byte, min(size, chunk+maxPayload+frameSize)), 0
	// more makes sure that n bytes from at on are in buf[pos:], unless the file ends.
	pos := 0
	more := func(n int) error {
		if have-pos >= n || at+int64(have-pos) >= size {
			return nil
		}
		have = copy(buf, buf[pos:have])
		pos = 0
		want := min(int64(max(chunk, n-have)), size-at-int64(have))
		got, err := f.ReadAt(buf[have:have+int(want)], at+int64(have))
		have += got
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		return nil
	}
	if err := more(len(magic)); err != nil {
		return Size{}, err
	}
	if have < len(magic) || string(buf[:len(magic)]) != magic {
		if size < int64(len(magic)) && string(buf[:have]) == magic[:have] {
			return Size{Torn: size}, nil // killed while it was being made
		}
		return Size{}, &os.PathError{Op: "read", Path: path, Err: ErrNotIndex}
	}
	at, pos = int64(len(magic)), len(magic)
	r := reader{Handler: h}
	for at < size {
		if err := more(frameSize); err != nil {
			return Size{}, err
		}
		n, err := frame(buf[pos:have])
		if err == nil {
			if err := more(frameSize + n); err != nil {
				return Size{}, err
			}
			err = payload(buf[pos:have], n)
		}
		if errors.Is(err, errTorn) || err != nil && blank(buf[pos:have], at+int64(have-pos) >= size) {
			break
		}
		var own *ownError
		if err == nil {
			err = r.record(buf[pos], buf[pos+frameSize:pos+frameSize+n])
		}
		switch {
		case errors.As(err, &own) && !errors.Is(err, errBad):
			return Size{}, own.err
		case err != nil:
			return Size{}, &DamagedError{Path: path, Offset: at, Entries: r.size.Entries, Err: err}
		}
		at, pos = at+int64(frameSize+n), pos+frameSize+n
	}
	r.size.Sound, r.size.Torn = at, size-at
	return r.size, nil
}

// frame returns the length of the payload that a frame announces. b ends where the
// file does, or holds at least a frame.
func frame(b []byte) (int, error) {
	if len(b) < frameSize {
		return 0, errTorn
	}
	if crc32.Checksum(b[:8], castagnoli) != binary.LittleEndian.Uint32(b[8:]) {
		return 0, errBad
	}
	n := int(b[1]) | int(b[2])<<8 | int(b[3])<<16
	if n > maxPayload {
		return 0, errBad
	}
	return n, nil
}

// payload looks at the payload after a sound frame: one that the file ends in was not
// written whole.
func payload(b []byte, n int) error {
	if len(b) < frameSize+n {
		return errTorn
	}
	if crc32.Checksum(b[frameSize:frameSize+n], castagnoli) != binary.LittleEndian.Uint32(b[4:]) {
		return errBad
	}
	return nil
}

// blank reports whether the file holds nothing but zeros from here to its end, as after
// a cut of power; last says that its end is in b.
func blank(b []byte, last bool) bool {
	for _, v := range b {
		if v != 0 {
			return false
		}
	}
	return last
}

// ownError is one of a handler's.
type ownError struct{ err error }

func (e *ownError) Error() string { return e.err.Error() }
func (e *ownError) Unwrap() error { return e.err }

type reader struct {
	Handler
	size  Size
	entry Entry
}

func (r *reader) record(kind byte, b []byte) error {
	var err error
	switch kind {
	case kindRoot:
		var root Root
		if err := decode(b, &root); err != nil {
			return err
		}
		r.size.Roots++
		if r.Root != nil {
			err = r.Root(root)
		}
	case kindEntry:
		if err := r.entry.parse(b); err != nil {
			return err
		}
		r.entry.Number = r.size.Entries
		r.size.Entries++
		if r.Entry != nil {
			err = r.Entry(&r.entry)
		}
	case kindPlace:
		p, bad := parsePlace(b)
		if bad != nil || p.Entry >= r.size.Entries || p.Root >= r.size.Roots {
			return errBad
		}
		r.size.Places++
		if r.Place != nil {
			err = r.Place(p)
		}
	case kindStamp:
		if r.Stamp == nil {
			return nil
		}
		var s Stamp
		if err := decode(b, &s); err != nil {
			return err
		}
		if s.Entries < 0 || s.Entries > r.size.Entries {
			return errBad
		}
		err = r.Stamp(s)
	default:
		return errBad // a later program's: better not to judge by half of it
	}
	if err != nil {
		return &ownError{err}
	}
	return nil
}

func (e *Entry) parse(b []byte) error {
	if len(b) < entryHead {
		return errBad
	}
	copy(e.SHA256[:], b)
	n := int(binary.LittleEndian.Uint16(b[32:]))
	if len(b) < entryHead+n {
		return errBad
	}
	e.Look, e.facts = b[entryHead:entryHead+n], b[entryHead+n:]
	return nil
}

func parsePlace(b []byte) (Place, error) {
	if len(b) <= placeHead {
		return Place{}, errBad
	}
	u := binary.LittleEndian
	return Place{
		Entry: int(u.Uint32(b)), Root: int(u.Uint32(b[4:])),
		Size: int64(u.Uint64(b[8:])), Changed: int64(u.Uint64(b[16:])), Seen: int64(u.Uint64(b[24:])),
		Path: string(b[placeHead:]),
	}, nil
}
