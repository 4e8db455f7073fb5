// Package archive reads zip files as strangers send them: names in UTF-8 or in
// the code page of Chinese Windows, bombs, entries that lead out of the folder or
// need a password. Nothing is ever written.
//
// It imports nothing of ours.
package archive

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Limits of an archive. A bomb is told by what honest files never do: photos
// pack to nearly their own size, and texts to a twentieth.
const (
	maxEntries = 20_000
	// maxRatio is how many times an archive may grow, beyond freeBytes.
	maxRatio  = 200
	freeBytes = 64 << 20
	maxName   = 1 << 10 // bytes of a path
)

// Errors about an archive as a whole.
var (
	ErrNotZip  = errors.New("not a zip file, or damaged")
	ErrTooMany = fmt.Errorf("more than %d entries", maxEntries)
	ErrBomb    = fmt.Errorf("unpacks to more than %d times its size", maxRatio)
	ErrOverlap = errors.New("entries lie over each other")
)

// Errors about one entry.
var (
	ErrPassword  = errors.New("needs a password")
	ErrMethod    = errors.New("packed in a way that is not read here")
	ErrTooLarge  = errors.New("larger than what is read of a file")
	ErrDamaged   = errors.New("damaged inside the zip file")
	ErrNoRegular = errors.New("a link or a device, not a file")
)

// Entry is one file or folder of an archive.
type Entry struct {
	// Path below the archive with "/", as the name was meant; without "..", a
	// drive or a leading slash.
	Path string
	Dir  bool
	Size int64 // unpacked, as the archive says
	Err  error // why it cannot be read; nil where it may be

	file *zip.File
}

// Reader is an open archive. It is safe for concurrent use.
type Reader struct {
	Entries []Entry // as the archive lists them, each path once
	// Again are the paths of files that were listed before: which of two of one name
	// comes out depends on the program that unpacks it.
	Again []string
}

// NewReader reads the list of an archive. The error is one of those about an
// archive as a whole.
func NewReader(r io.ReaderAt, size int64) (*Reader, error) {
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, fmt.Errorf("%w: %w", ErrNotZip, err)
	}
	if len(z.File) > maxEntries {
		return nil, ErrTooMany
	}
	if err := bounded(z.File, size); err != nil {
		return nil, err
	}
	out := &Reader{}
	seen := map[string]bool{}
	for _, f := range z.File {
		e := Entry{Path: below(nameOf(f)), Size: int64(f.UncompressedSize64), file: f}
		e.Dir = f.FileInfo().IsDir() || strings.HasSuffix(f.Name, `\`)
		if seen[e.Path] && !e.Dir {
			out.Again = append(out.Again, e.Path)
		}
		if e.Path == "" || seen[e.Path] {
			continue // the archive's root itself; of two of one name the first counts
		}
		seen[e.Path] = true
		e.Err = readable(f, e.Dir)
		out.Entries = append(out.Entries, e)
	}
	return out, nil
}

// bounded refuses bombs: by what all entries say they unpack to, and by entries
// that share their bytes (D. Fifield, A better zip bomb, 2019).
func bounded(files []*zip.File, size int64) error {
	type span struct{ from, to int64 }
	var spans []span
	var total uint64
	for _, f := range files {
		total += f.UncompressedSize64
		if total > uint64(size)*maxRatio+freeBytes || f.UncompressedSize64 > 1<<62 {
			return ErrBomb
		}
		from, err := f.DataOffset()
		if err != nil {
			return fmt.Errorf("%w: %w", ErrNotZip, err)
		}
		if f.CompressedSize64 > 0 {
			to := from + int64(f.CompressedSize64)
			if to < from || to > size {
				return ErrNotZip
			}
			spans = append(spans, span{from, to})
		}
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	for i := 1; i < len(spans); i++ {
		if spans[i].from < spans[i-1].to {
			return ErrOverlap
		}
	}
	return nil
}

// readable says why an entry cannot be read.
func readable(f *zip.File, dir bool) error {
	const encrypted = 1 // APPNOTE.TXT 4.4.4, bit 0
	switch mode := f.Mode(); {
	case dir:
		return nil
	case !mode.IsRegular():
		return ErrNoRegular
	case f.Flags&encrypted != 0:
		return ErrPassword
	case f.Method != zip.Store && f.Method != zip.Deflate:
		return ErrMethod
	}
	return nil
}

// nameOf is the path of an entry as it was meant. Without the flag for UTF-8 a
// name is in some code page: UTF-8 all the same where it reads as that (macOS),
// else that of Chinese Windows or of Taiwan's.
func nameOf(f *zip.File) string {
	name := f.Name
	if u := unicodePath(f); u != "" {
		name = u
	}
	if !utf8.ValidString(name) {
		if chinese := Chinese(name); chinese != "" {
			name = chinese
		} else if s, err := simplifiedchinese.GB18030.NewDecoder().String(name); err == nil {
			name = s
		}
	}
	// After decoding: the second byte of a Chinese character may be a backslash.
	return strings.ReplaceAll(name, `\`, "/")
}

// unicodePath is the name of an entry in the Info-ZIP extra field 0x7075, valid
// only for the name it was made for (APPNOTE.TXT 4.6.9).
func unicodePath(f *zip.File) string {
	const id, head = 0x7075, 5
	for extra := f.Extra; len(extra) >= 4; {
		tag, n := binary.LittleEndian.Uint16(extra), int(binary.LittleEndian.Uint16(extra[2:]))
		if n > len(extra)-4 {
			return ""
		}
		field := extra[4 : 4+n]
		extra = extra[4+n:]
		if tag == id && n > head && field[0] == 1 && binary.LittleEndian.Uint32(field[1:]) == crc32.ChecksumIEEE([]byte(f.Name)) {
			if s := string(field[head:]); utf8.ValidString(s) {
				return s
			}
		}
	}
	return ""
}

// below makes a path one below the archive, whatever it says; empty for the root
// and for what is no path.
func below(name string) string {
	if len(name) > maxName || strings.ContainsRune(name, 0) {
		return ""
	}
	if len(name) >= 2 && name[1] == ':' {
		name = name[2:]
	}
	return strings.TrimPrefix(path.Clean("/"+name), "/")
}

// Open unpacks a file of the archive into memory, up to limit bytes. The error is one of those about an entry.
func (e Entry) Open(limit int64) (io.ReaderAt, error) {
	switch {
	case e.Err != nil:
		return nil, e.Err
	case e.Size > limit:
		return nil, ErrTooLarge
	}
	in, err := e.file.Open()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	defer in.Close()
	// Grown as the bytes come: the size is only what the archive says.
	var b bytes.Buffer
	n, err := io.Copy(&b, io.LimitReader(in, e.Size+1))
	if err != nil || n != e.Size {
		return nil, ErrDamaged
	}
	return bytes.NewReader(b.Bytes()), nil
}

// Stream unpacks a file of the archive as it is read, for one that is to be looked
// through and not kept: no more than it says it has, and ErrDamaged where that is not
// what comes. The error is one of those about an entry. The caller closes it.
func (e Entry) Stream() (io.ReadCloser, error) {
	if e.Err != nil {
		return nil, e.Err
	}
	in, err := e.file.Open()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return &stream{in: in, left: e.Size}, nil
}

type stream struct {
	in   io.ReadCloser
	left int64
}

func (s *stream) Read(p []byte) (int, error) {
	n, err := s.in.Read(p)
	s.left -= int64(n)
	switch {
	case s.left < 0, err != nil && !errors.Is(err, io.EOF), errors.Is(err, io.EOF) && s.left != 0:
		return 0, ErrDamaged
	}
	return n, err
}

func (s *stream) Close() error { return s.in.Close() }
