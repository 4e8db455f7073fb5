package container

import (
	"encoding/binary"

	"github.com/aecheck/aecheck/pkg/extract/file/window"
)

// maxRIFFChunks bounds the walk; an animation has a chunk a frame.
const maxRIFFChunks = 100000

// readWebP walks the RIFF chunks (RFC 9649).
func (f *File) readWebP(w *window.Reader) error {
	h, err := w.Peek(0, 12)
	if err != nil {
		return err
	}
	end := int64(binary.LittleEndian.Uint32(h[4:])) + 8
	if end > w.Size() {
		f.Truncated = true
		f.damage("the file has %d of %d bytes", w.Size(), end)
	}
	f.Header.Model = "rgb"
	extended, frames := false, 0
	pos := int64(12)
	for range maxRIFFChunks {
		h, err := w.Peek(pos, 8)
		if err != nil {
			break // the end: chunks are not announced in number
		}
		kind, n := string(h[:4]), int64(binary.LittleEndian.Uint32(h[4:]))
		body := pos + 8
		if body+n > w.Size() {
			f.Truncated = true
			f.damage("chunk %q at offset %d is cut off", kind, pos)
		}
		switch kind {
		case "VP8X":
			if b, err := w.Peek(body, 10); err == nil {
				extended = true
				f.Header.Alpha = b[0]&0x10 != 0
				f.Header.Width = 1 + (int(b[4]) | int(b[5])<<8 | int(b[6])<<16)
				f.Header.Height = 1 + (int(b[7]) | int(b[8])<<8 | int(b[9])<<16)
			}
		case "VP8 ", "VP8L":
			if !extended {
				f.webpBitstream(w, kind, body)
			}
		case "ANMF":
			frames++
		case "ICCP", "EXIF", "XMP ", "C2PA":
			data, cut, err := w.UpTo(body, int(min(n, 1<<31-1)))
			if err != nil {
				f.damage("chunk %q at offset %d: %v", kind, pos, err)
				break
			}
			switch kind {
			case "ICCP":
				f.ICC = data
			case "EXIF":
				f.setExif(data, cut)
			case "XMP ":
				f.XMP = append(f.XMP, data)
			case "C2PA":
				if isManifest(data) {
					f.Manifest = &Manifest{JUMBF: data, Ranges: []Range{{Off: pos, Length: 8 + n + n&1}}}
				}
			}
		}
		pos = body + n + n&1
	}
	f.Header.Frames = max(1, frames)
	if f.Header.Width == 0 {
		return ErrNoHeader
	}
	return nil
}

// webpBitstream reads the frame header of lossy (RFC 6386 9.1) and lossless
// (RFC 9649 3.4) pictures.
func (f *File) webpBitstream(w *window.Reader, kind string, off int64) {
	b, err := w.Peek(off, 10)
	if err != nil {
		return
	}
	if kind == "VP8 " {
		if b[3] == 0x9D && b[4] == 0x01 && b[5] == 0x2A {
			f.Header.Width = int(binary.LittleEndian.Uint16(b[6:]) & 0x3FFF)
			f.Header.Height = int(binary.LittleEndian.Uint16(b[8:]) & 0x3FFF)
		}
		return
	}
	if b[0] == 0x2F {
		bits := binary.LittleEndian.Uint32(b[1:])
		f.Header.Width = 1 + int(bits&0x3FFF)
		f.Header.Height = 1 + int(bits>>14&0x3FFF)
		f.Header.Alpha = bits>>28&1 == 1
	}
}
