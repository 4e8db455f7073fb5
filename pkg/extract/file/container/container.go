// Package container walks the containers pictures come in and hands out, each
// exactly once, the blocks the metadata readers want: EXIF, XMP, IPTC, ICC,
// comments, text chunks, quantization tables, C2PA manifest stores; and what
// the header itself says of the picture. It reads a file's start and what that
// points to, never the compressed pixels (Complete does that for JPEG).
//
// A walker is tolerant: whatever it found before the structure broke is kept,
// and what broke is said in File.Damage.
//
// It may import pkg/extract, pkg/extract/file, pkg/format and pkg/raster.
package container

import (
	"errors"
	"fmt"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/extract/file/window"
	"github.com/aecheck/aecheck/pkg/format"
)

// File is what a container holds. Byte slices must not be changed.
type File struct {
	Format string
	Header Header
	Exif   ExifSource

	// XMP packets, the main one first; JPEG extended XMP is put together and
	// follows it.
	XMP [][]byte
	// IPTC is the IPTC-IIM data set stream, from 8BIM 0x0404, TIFF 33723 or
	// a PNG raw profile.
	IPTC []byte
	ICC  []byte

	// SamsungEdit is what Samsung's gallery noted of a change, nil for none.
	SamsungEdit []byte
	// CIFF is the block Canon's cameras wrote before EXIF.
	CIFF []byte

	JFIF       bool
	Adobe      bool // APP14
	Photoshop  bool // an 8BIM block
	ExifFirst  bool // the EXIF segment comes before any JFIF one
	Comments   []string
	Text       []Text
	QuantTable []QuantTable
	// Manifest is the C2PA manifest store and where it lies.
	Manifest *Manifest

	// Truncated: the file ends before its structure says it should. For JPEG
	// this is only about the segments before the pixels; Complete looks at
	// the rest.
	Truncated bool
	// Damage names what was wrong with the structure, empty for nothing.
	Damage string

	// Boxes are the top-level boxes of HEIC, AVIF and CR3, for the C2PA BMFF
	// hash.
	Boxes    []Box
	inflated int64 // bytes decompressed so far
	// scan is where a JPEG's first entropy-coded data starts.
	scan int64
}

// Header is what the header says of the picture.
type Header struct {
	Width, Height int // as stored, before any rotation
	// Turns is what the container itself (HEIF irot and imir) asks for, as an
	// EXIF orientation 1..8; 0 where the format leaves that to EXIF.
	Turns       int
	Alpha       bool // pixels can be transparent
	Frames      int  // number of pictures shown one after the other, at least 1
	Model       string
	Progressive bool
	DPI         float64 // 0 where the file gives none
}

// ExifSource is where the EXIF directories lie. Main is a TIFF structure; CR3
// keeps the Exif and the GPS directory in structures of their own.
type ExifSource struct {
	Main, Exif, GPS *window.Reader
	MakerNote       int // size of the maker note where it lies outside, bytes
	// Short: the block was cut off by the end of the file.
	Short bool
}

// Text is one text entry of a PNG file.
type Text struct{ Key, Value string }

// Box is one top-level box.
type Box struct {
	Type        string
	Off, Length int64
}

// Range is a part of a file.
type Range struct{ Off, Length int64 }

// Manifest is a C2PA manifest store.
type Manifest struct {
	JUMBF  []byte
	Ranges []Range // what the store and its wrapping take up in the file
}

// QuantTable is one JPEG quantization table, in zigzag order.
type QuantTable struct {
	ID     byte
	Values [64]uint16
}

// ErrNoHeader: nothing in the file says how large the picture is.
var ErrNoHeader = errors.New("no picture header found")

// Known reports whether Read knows a format: all that hold pictures.
func Known(name string) bool { return format.Is(name, format.Picture, format.RAW) }

type memoKey struct{}

// Of returns the container of an input, walked once.
func Of(in *extract.Input) *File {
	return in.Memo(memoKey{}, func() any {
		return Read(in.Format, window.New(in.Header, in.Size, in))
	}).(*File)
}

// Read walks a container of a known format.
func Read(name string, w *window.Reader) *File {
	f := &File{Format: name}
	f.Header.Frames = 1
	var err error
	switch name {
	case format.JPEG:
		err = f.readJPEG(w)
	case format.PNG:
		err = f.readPNG(w)
	case format.WebP:
		err = f.readWebP(w)
	case format.GIF:
		err = f.readGIF(w)
	case format.BMP:
		err = f.readBMP(w)
	case format.TIFF, format.DNG, format.CR2, format.NEF, format.ARW:
		err = f.readTIFF(w)
	case format.HEIC, format.AVIF, format.CR3:
		err = f.readBMFF(w)
	default:
		err = f.readDecoded(w)
	}
	if err != nil {
		f.damage("%v", err)
	}
	return f
}

// damage notes the first thing found wrong.
func (f *File) damage(format string, args ...any) {
	if f.Damage == "" {
		f.Damage = fmt.Sprintf(format, args...)
	}
}

// Exist reports whether there is an EXIF block.
func (s ExifSource) Exist() bool { return s.Main != nil }
