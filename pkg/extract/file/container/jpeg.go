package container

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sort"

	"github.com/aecheck/aecheck/pkg/extract/file/charset"
	"github.com/aecheck/aecheck/pkg/extract/file/tiffdir"
	"github.com/aecheck/aecheck/pkg/extract/file/window"
)

// JPEG markers (ITU-T T.81 table B.1).
const (
	mSOI  = 0xD8
	mEOI  = 0xD9
	mSOS  = 0xDA
	mDQT  = 0xDB
	mAPP0 = 0xE0
	mAPP1 = 0xE1
	mAPP2 = 0xE2
	mAPPB = 0xEB
	mAPPD = 0xED
	mAPPE = 0xEE
	mCOM  = 0xFE
)

// maxSegments bounds the walk: a 10 MiB manifest store takes 160 segments of
// 64 KiB, and no camera writes more than a few hundred.
const maxSegments = 20000

// maxGarbage is how many bytes that are no marker are skipped in one file.
const maxGarbage = 256 << 10

const (
	exifSignature    = "Exif\x00\x00"
	xmpSignature     = "http://ns.adobe.com/xap/1.0/\x00"
	xmpExtSignature  = "http://ns.adobe.com/xmp/extension/\x00"
	xmpMark          = "ns.adobe.com/xap/1.0/\x00"
	iccSignature     = "ICC_PROFILE\x00"
	photoSignature   = "Photoshop 3.0\x00"
	adobeSignature   = "Adobe"
	jumbfSegmentHead = 8 // CI, En, Z of ISO/IEC 19566-5 annex D
)

// jpegParts gathers what is spread over several segments.
type jpegParts struct {
	exif  []byte
	short bool
	icc   map[byte][]byte
	ext   map[string]*extendedXMP
	photo []byte
	jumbf map[uint16]*jumbfParts
	order []uint16
}

type jumbfParts struct {
	data   []byte
	next   uint32
	ranges []Range
}

type extendedXMP struct {
	size   uint32
	pieces []xmpPiece
}

type xmpPiece struct {
	off  uint32
	data []byte
}

func (f *File) readJPEG(w *window.Reader) error {
	parts := &jpegParts{}
	err := f.walkJPEG(w, parts)
	f.assemble(parts)
	f.samsungTrailer(w)
	if err != nil {
		if errors.Is(err, io.ErrUnexpectedEOF) {
			f.Truncated = true
		}
		return err
	}
	if f.Header.Width == 0 {
		return ErrNoHeader
	}
	return nil
}

// walkJPEG visits the segments up to the first scan.
func (f *File) walkJPEG(w *window.Reader, parts *jpegParts) error {
	pos, stray := int64(2), int64(0)
	for range maxSegments {
		start, marker, err := nextMarker(w, pos, maxGarbage-stray)
		if err != nil {
			return fmt.Errorf("no further segment after offset %d: %w", pos, err)
		}
		if start != pos {
			f.damage("%d stray bytes before the segment at offset %d", start-pos, start)
			stray += start - pos
		}
		switch {
		case marker == mEOI:
			return fmt.Errorf("end of picture at offset %d before any pixels", start)
		case marker == mSOI || marker == 0x01 || marker >= 0xD0 && marker <= 0xD7:
			pos = start + 2
			continue
		}
		b, err := w.Peek(start+2, 2)
		if err != nil {
			return fmt.Errorf("segment %02X at offset %d is cut off: %w", marker, start, err)
		}
		length := int64(binary.BigEndian.Uint16(b))
		if length < 2 {
			// A length below that of its own field: go on at the next marker.
			f.damage("segment %02X at offset %d has length %d", marker, start, length)
			pos = start + 4
			continue
		}
		if marker == mSOS {
			f.scan = start + 2 + length
			return nil
		}
		if err := f.jpegSegment(w, marker, start, int(length-2), parts); err != nil {
			return fmt.Errorf("segment %02X at offset %d: %w", marker, start, err)
		}
		pos = start + 2 + length
	}
	return fmt.Errorf("more than %d segments", maxSegments)
}

// nextMarker finds the marker at or after pos; fill bytes (FF) before it are
// legal, up to most bytes of anything else are skipped.
func nextMarker(w *window.Reader, pos, most int64) (int64, byte, error) {
	for range most + 1 {
		b, err := w.Peek(pos, 2)
		if err != nil {
			return 0, 0, err
		}
		if b[0] == 0xFF && b[1] != 0xFF && b[1] != 0 {
			return pos, b[1], nil
		}
		pos++
	}
	return 0, 0, errors.New("no marker")
}

func (f *File) jpegSegment(w *window.Reader, marker byte, start int64, n int, parts *jpegParts) error {
	body := start + 4
	switch {
	case marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC:
		b, err := w.Peek(body, min(n, 6))
		if err != nil || len(b) < 6 {
			return io.ErrUnexpectedEOF
		}
		if f.Header.Width == 0 {
			f.Header.Height = int(binary.BigEndian.Uint16(b[1:]))
			f.Header.Width = int(binary.BigEndian.Uint16(b[3:]))
			f.Header.Progressive = marker == 0xC2 || marker == 0xC6 || marker == 0xCA || marker == 0xCE
			f.Header.Model = map[byte]string{1: "gray", 4: "cmyk"}[b[5]]
			if f.Header.Model == "" {
				f.Header.Model = "rgb"
			}
		}
		return nil
	case marker == mDQT:
		b, _, err := w.UpTo(body, n)
		if err != nil {
			return err
		}
		f.quantTables(b)
		return nil
	case marker != mCOM && (marker < mAPP0 || marker > 0xEF):
		return nil
	}
	head, err := w.Peek(body, int(min(int64(n), 40, w.Size()-body)))
	if err != nil {
		return err
	}
	want := marker == mCOM || marker == mAPPB || marker == mAPPD
	switch marker {
	case mAPP0:
		if bytes.HasPrefix(head, []byte("JFIF\x00")) {
			f.JFIF = true
			f.jfifDensity(head)
		}
		want = len(head) >= 14 && string(head[6:14]) == "HEAPJPGM"
	case mAPP1:
		want = bytes.HasPrefix(head, []byte("Exif\x00")) || isXMP(head) || bytes.HasPrefix(head, []byte(xmpExtSignature))
	case mAPP2:
		want = bytes.HasPrefix(head, []byte(iccSignature))
	case mAPPE:
		f.Adobe = f.Adobe || bytes.HasPrefix(head, []byte(adobeSignature))
	}
	if !want {
		return nil
	}
	data, short, err := w.UpTo(body, n)
	if err != nil {
		return err
	}
	if short {
		f.Truncated = true
	}
	switch marker {
	case mAPP0:
		f.CIFF = data
	case mCOM:
		f.Comments = append(f.Comments, charset.Field(bytes.TrimRight(data, "\x00")))
	case mAPP1:
		f.app1(data, short, parts)
	case mAPP2:
		parts.iccChunk(data)
	case mAPPB:
		parts.jumbfSegment(data, Range{Off: start, Length: int64(n) + 4})
	case mAPPD:
		if rest, ok := bytes.CutPrefix(data, []byte(photoSignature)); ok {
			f.Photoshop = true
			parts.photo = append(parts.photo, rest...)
		}
	}
	return nil
}

// isXMP tolerates a damaged start of the signature, which one old writer left.
func isXMP(head []byte) bool {
	return bytes.Contains(head[:min(len(head), 40)], []byte(xmpMark))
}

func (f *File) app1(data []byte, short bool, parts *jpegParts) {
	switch {
	case bytes.HasPrefix(data, []byte("Exif\x00")):
		body := data[min(len(exifSignature), len(data)):]
		if parts.exif == nil {
			f.ExifFirst = !f.JFIF
			parts.exif, parts.short = body, short
		} else if tiffdir.Order(body) == nil {
			// A block beyond 64 KiB goes on in further segments.
			parts.exif = append(bytes.Clone(parts.exif), body...)
		}
	case isXMP(data):
		i := bytes.Index(data, []byte(xmpMark))
		f.XMP = append(f.XMP, data[i+len(xmpMark):])
	case bytes.HasPrefix(data, []byte(xmpExtSignature)):
		parts.extended(data[len(xmpExtSignature):])
	}
}

// extended keeps one piece of an extended packet (XMP specification part 3,
// 1.1.3.1): 32 bytes GUID, full length, offset.
func (p *jpegParts) extended(b []byte) {
	if len(b) < 40 {
		return
	}
	id := string(b[:32])
	if p.ext == nil {
		p.ext = make(map[string]*extendedXMP)
	}
	e := p.ext[id]
	if e == nil {
		e = &extendedXMP{size: binary.BigEndian.Uint32(b[32:])}
		p.ext[id] = e
	}
	e.pieces = append(e.pieces, xmpPiece{off: binary.BigEndian.Uint32(b[36:]), data: b[40:]})
}

// join puts the pieces together; what is missing ends the packet.
func (e *extendedXMP) join() []byte {
	sort.SliceStable(e.pieces, func(i, j int) bool { return e.pieces[i].off < e.pieces[j].off })
	var out []byte
	for _, p := range e.pieces {
		if int64(p.off) != int64(len(out)) {
			break
		}
		out = append(out, p.data...)
	}
	return out
}

func (p *jpegParts) iccChunk(data []byte) {
	b := data[len(iccSignature):]
	if len(b) < 2 {
		return
	}
	if p.icc == nil {
		p.icc = make(map[byte][]byte)
	}
	p.icc[b[0]] = b[2:]
}

// jumbfSegment keeps one APP11 segment (ISO/IEC 19566-5 annex D): "JP", box
// instance, packet number, then the box header again in every packet.
func (p *jpegParts) jumbfSegment(data []byte, at Range) {
	if len(data) < jumbfSegmentHead+8 || string(data[:2]) != "JP" {
		return
	}
	instance := binary.BigEndian.Uint16(data[2:])
	number := binary.BigEndian.Uint32(data[4:])
	body := data[jumbfSegmentHead:]
	if p.jumbf == nil {
		p.jumbf = make(map[uint16]*jumbfParts)
	}
	j := p.jumbf[instance]
	if j == nil {
		j = &jumbfParts{next: number}
		p.jumbf[instance] = j
		p.order = append(p.order, instance)
	}
	if number != j.next {
		return // a packet missing or twice: what follows cannot be joined
	}
	j.next++
	if len(j.data) > 0 {
		skip := 8
		if binary.BigEndian.Uint32(body) == 1 {
			skip = 16
		}
		body = body[min(skip, len(body)):]
	}
	j.data = append(j.data, body...)
	j.ranges = append(j.ranges, at)
}

// assemble joins the parts after the walk, however it ended.
func (f *File) assemble(p *jpegParts) {
	if p.exif != nil {
		f.Exif = ExifSource{Main: window.Bytes(p.exif), Short: p.short}
	}
	for i := 1; i <= len(p.icc); i++ {
		f.ICC = append(f.ICC, p.icc[byte(i)]...)
	}
	ids := make([]string, 0, len(p.ext))
	for id := range p.ext {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	for _, id := range ids {
		// Only the packet the main one names belongs to the picture; others
		// are leftovers of an earlier state.
		if len(f.XMP) > 0 && bytes.Contains(f.XMP[0], []byte(id)) {
			f.XMP = append(f.XMP, p.ext[id].join())
		}
	}
	if p.photo != nil {
		f.IPTC = iptcOf(p.photo)
	}
	for _, instance := range p.order {
		j := p.jumbf[instance]
		if isManifest(j.data) {
			f.Manifest = &Manifest{JUMBF: j.data, Ranges: j.ranges}
			break
		}
	}
}

// isManifest reports whether a JUMBF box is a C2PA manifest store: both marks
// together, as the four bytes "c2pa" alone occur by chance.
func isManifest(b []byte) bool {
	head := b[:min(len(b), 128)]
	return bytes.Contains(head, []byte("jumb")) && bytes.Contains(head, []byte("c2pa"))
}

func (f *File) jfifDensity(b []byte) {
	if len(b) < 12 {
		return
	}
	x := float64(binary.BigEndian.Uint16(b[8:]))
	switch b[7] {
	case 1:
		f.Header.DPI = x
	case 2:
		f.Header.DPI = x * 2.54
	}
}

func (f *File) quantTables(b []byte) {
	for len(b) > 0 && len(f.QuantTable) < 8 {
		t := QuantTable{ID: b[0] & 15}
		width := 1
		if b[0]>>4 != 0 {
			width = 2
		}
		if len(b) < 1+64*width {
			return
		}
		for i := range t.Values {
			if width == 1 {
				t.Values[i] = uint16(b[1+i])
			} else {
				t.Values[i] = binary.BigEndian.Uint16(b[1+2*i:])
			}
		}
		f.QuantTable = append(f.QuantTable, t)
		b = b[1+64*width:]
	}
}

// Complete reports whether a JPEG's pixels reach its end-of-picture marker,
// looking at all of it. Bytes after that marker (further pictures, a motion
// photo's film) do not matter.
func (f *File) Complete(data []byte) bool {
	if f.scan <= 0 || f.scan > int64(len(data)) {
		return false
	}
	for b := data[f.scan:]; ; {
		i := bytes.IndexByte(b, 0xFF)
		if i < 0 || i+1 >= len(b) {
			return false
		}
		marker := b[i+1]
		b = b[i+1:]
		switch marker {
		case mEOI:
			return true
		case 0xC4, mDQT, 0xDD, mSOS:
			// The tables and the header of a further scan, which may hold any
			// bytes.
			if len(b) >= 3 {
				b = b[min(1+int(binary.BigEndian.Uint16(b[1:])), len(b)):]
			}
		}
	}
}
