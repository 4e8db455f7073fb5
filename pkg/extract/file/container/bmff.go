package container

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/aecheck/aecheck/pkg/extract/file/window"
	"github.com/aecheck/aecheck/pkg/format"
)

// Bounds of the walk over boxes: files of 48-megapixel phones have below 100
// boxes and 500 items.
const (
	maxBoxes = 4096
	maxItems = 1 << 16
	maxMeta  = 16 << 20 // bytes of the meta box, and of one item
	// maxMetaItems is how many EXIF and XMP items are read: bursts and
	// portraits have up to four.
	maxMetaItems = 16
)

// UUID boxes: C2PA (C2PA 2.1 A.5.1), and Canon's two (CR3).
const (
	uuidC2PA     = "\xd8\xfe\xc3\xd6\x1b\x0e\x48\x3c\x92\x97\x58\x28\x87\x7e\xc4\x81"
	uuidCanon    = "\x85\xc0\xb6\x87\x82\x0f\x11\xe0\x81\x11\xf4\xce\x46\x2b\x6a\x48"
	uuidCanonXMP = "\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac"
)

var errBox = errors.New("box is cut off")

// readBMFF walks HEIC, AVIF (ISO/IEC 23008-12) and Canon's CR3.
func (f *File) readBMFF(w *window.Reader) error {
	f.Header.Model = "rgb"
	if f.Format != format.CR3 {
		f.Header.Turns = 1
	}
	pos := int64(0)
	var meta *metaBox
	for range maxBoxes {
		if pos >= w.Size() {
			break
		}
		b, err := w.Peek(pos, 8)
		if err != nil {
			f.Truncated = true
			f.damage("box at offset %d is cut off", pos)
			break
		}
		n, kind, head := int64(binary.BigEndian.Uint32(b)), string(b[4:8]), int64(8)
		switch n {
		case 0:
			n = w.Size() - pos
		case 1:
			b, err := w.Peek(pos+8, 8)
			if err != nil {
				return errBox
			}
			n, head = int64(binary.BigEndian.Uint64(b)), 16
		}
		if n < head {
			return fmt.Errorf("box %q at offset %d has size %d", kind, pos, n)
		}
		f.Boxes = append(f.Boxes, Box{Type: kind, Off: pos, Length: n})
		if n > w.Size()-pos {
			f.Truncated = true
			f.damage("box %q at offset %d is cut off", kind, pos)
			n = w.Size() - pos
		}
		body, size := pos+head, n-head
		switch kind {
		case "ftyp":
			if b, err := w.Peek(body, 4); err == nil && (string(b) == "avis" || string(b) == "msf1" || string(b) == "hevc" || string(b) == "hevx") {
				f.Header.Frames = 2 // a sequence; how long is in its tracks
			}
		case "meta":
			data, err := w.Read(body, int(min(size, maxMeta)))
			if err != nil {
				return fmt.Errorf("meta: %w", err)
			}
			if meta == nil && len(data) > 4 {
				meta = parseMeta(data[4:])
			}
		case "moov":
			if f.Format == format.CR3 {
				f.canonMoov(w, body, size)
			}
		case "uuid":
			f.uuidBox(w, body, size, Range{Off: pos, Length: n})
		}
		pos += n
	}
	if meta != nil {
		f.useMeta(w, meta)
	}
	if f.Header.Width == 0 {
		return ErrNoHeader
	}
	return nil
}

func (f *File) uuidBox(w *window.Reader, body, size int64, at Range) {
	id, err := w.Peek(body, 16)
	if err != nil {
		return
	}
	switch string(id) {
	case uuidCanonXMP:
		if data, _, err := w.UpTo(body+16, int(size-16)); err == nil {
			f.XMP = append(f.XMP, data)
		}
	case uuidC2PA:
		// Version and flags, purpose, 0; a manifest is preceded by the offset
		// of the first Merkle box.
		data, _, err := w.UpTo(body+16, int(size-16))
		if err != nil || len(data) < 4+9+8 || string(data[4:13]) != "manifest\x00" {
			return
		}
		if jumbf := data[4+9+8:]; f.Manifest == nil && isManifest(jumbf) {
			f.Manifest = &Manifest{JUMBF: jumbf, Ranges: []Range{at}}
		}
	}
}

// canonMoov reads the directories CR3 keeps in moov/uuid: CMT1 is IFD0, CMT2
// the Exif directory, CMT3 the maker note, CMT4 GPS, each a TIFF structure.
func (f *File) canonMoov(w *window.Reader, off, size int64) {
	data, err := w.Read(off, int(min(size, maxMeta)))
	if err != nil {
		f.damage("moov: %v", err)
		return
	}
	eachBox(data, func(kind string, body []byte) {
		if kind != "uuid" || len(body) < 16 || string(body[:16]) != uuidCanon {
			return
		}
		eachBox(body[16:], func(kind string, body []byte) {
			switch kind {
			case "CMT1":
				f.Exif.Main = window.Bytes(body)
			case "CMT2":
				f.Exif.Exif = window.Bytes(body)
			case "CMT3":
				f.Exif.MakerNote = len(body)
			case "CMT4":
				f.Exif.GPS = window.Bytes(body)
			}
		})
	})
	if f.Exif.Main != nil {
		// IFD0 gives the size of the full picture.
		inner := &File{Format: format.TIFF}
		if err := inner.readTIFF(f.Exif.Main); err == nil {
			f.Header.Width, f.Header.Height = inner.Header.Width, inner.Header.Height
		}
	}
}

// eachBox calls visit for every box in b.
func eachBox(b []byte, visit func(kind string, body []byte)) {
	for range maxBoxes {
		if len(b) < 8 {
			return
		}
		n, head := uint64(binary.BigEndian.Uint32(b)), uint64(8)
		if n == 1 && len(b) >= 16 {
			n, head = binary.BigEndian.Uint64(b[8:]), 16
		} else if n == 0 {
			n = uint64(len(b))
		}
		if n < head || n > uint64(len(b)) {
			return
		}
		visit(string(b[4:8]), b[head:n])
		b = b[n:]
	}
}

// metaBox is what the meta box of a HEIF file says.
type metaBox struct {
	primary uint32
	items   map[uint32]*item
	props   []property
	assoc   map[uint32][]int
	idat    []byte
	refs    []reference
}

type item struct {
	kind, mime string
	method     uint16
	extents    []Range
}

type property struct {
	kind string
	body []byte
}

type reference struct {
	kind     string
	from, to uint32
}

func parseMeta(b []byte) *metaBox {
	m := &metaBox{items: make(map[uint32]*item), assoc: make(map[uint32][]int)}
	eachBox(b, func(kind string, body []byte) {
		r := &fields{b: body}
		switch kind {
		case "pitm":
			m.primary = uint32(r.sized(r.version() > 0))
		case "iinf":
			m.itemInfo(r)
		case "iloc":
			m.locations(r)
		case "iprp":
			eachBox(body, func(kind string, body []byte) {
				switch kind {
				case "ipco":
					eachBox(body, func(kind string, body []byte) {
						if len(m.props) < maxItems {
							m.props = append(m.props, property{kind, body})
						}
					})
				case "ipma":
					m.associations(&fields{b: body})
				}
			})
		case "idat":
			m.idat = body
		case "iref":
			wide := r.version() > 0
			eachBox(r.b, func(kind string, body []byte) {
				r := &fields{b: body}
				from := uint32(r.sized(wide))
				for range int(r.uint(2)) {
					if r.bad || len(m.refs) >= maxItems {
						return
					}
					m.refs = append(m.refs, reference{kind, from, uint32(r.sized(wide))})
				}
			})
		}
	})
	return m
}

func (m *metaBox) item(id uint32) *item {
	it := m.items[id]
	if it == nil {
		it = &item{}
		if len(m.items) < maxItems {
			m.items[id] = it
		}
	}
	return it
}

func (m *metaBox) itemInfo(r *fields) {
	r.sized(r.version() > 0) // the count; the boxes say it themselves
	eachBox(r.b, func(kind string, body []byte) {
		if kind != "infe" {
			return
		}
		r := &fields{b: body}
		v := r.version()
		if v < 2 {
			return
		}
		it := m.item(uint32(r.sized(v > 2)))
		r.uint(2) // protection
		it.kind = string(r.take(4))
		r.text() // name
		if it.kind == "mime" {
			it.mime = r.text()
		}
	})
}

func (m *metaBox) locations(r *fields) {
	v := r.version()
	sizes := r.uint(2)
	offSize, lenSize, baseSize, idxSize := int(sizes>>12), int(sizes>>8&15), int(sizes>>4&15), int(sizes&15)
	if v == 0 {
		idxSize = 0
	}
	left := maxItems // extents may take no bytes at all
	for range min(int(r.sized(v > 1)), maxItems) {
		it := m.item(uint32(r.sized(v > 1)))
		if v > 0 {
			it.method = uint16(r.uint(2)) & 15
		}
		r.uint(2) // data reference
		base := r.uint(baseSize)
		for range int(r.uint(2)) {
			r.uint(idxSize)
			off, n := base+r.uint(offSize), r.uint(lenSize)
			if left--; r.bad || left < 0 {
				return
			}
			it.extents = append(it.extents, Range{int64(off), int64(n)})
		}
		if r.bad {
			return
		}
	}
}

func (m *metaBox) associations(r *fields) {
	v := r.version()
	wide := r.flags&1 == 1
	for range min(int(r.uint(4)), maxItems) {
		id := uint32(r.sized(v > 0))
		for range int(r.uint(1)) {
			var p uint64
			if wide {
				p = r.uint(2) & 0x7FFF
			} else {
				p = r.uint(1) & 0x7F
			}
			if r.bad {
				return
			}
			m.assoc[id] = append(m.assoc[id], int(p)-1)
		}
		if r.bad {
			return
		}
	}
}

// useMeta takes the primary picture's properties and the metadata items.
func (f *File) useMeta(w *window.Reader, m *metaBox) {
	for _, i := range m.assoc[m.primary] {
		if i < 0 || i >= len(m.props) {
			continue
		}
		p := m.props[i]
		r := &fields{b: p.body}
		switch p.kind {
		case "ispe":
			r.version()
			width, height := r.uint(4), r.uint(4)
			if !r.bad && width < 1<<24 && height < 1<<24 {
				f.Header.Width, f.Header.Height = int(width), int(height)
			}
		case "irot":
			f.Header.Turns = turn(f.Header.Turns, int(r.uint(1)&3))
		case "imir":
			f.Header.Turns = mirror(f.Header.Turns, r.uint(1)&1 == 1)
		case "pixi":
			r.version()
			if n := r.uint(1); n == 1 {
				f.Header.Model = "gray"
			}
		case "colr":
			if len(p.body) > 4 && (string(p.body[:4]) == "prof" || string(p.body[:4]) == "rICC") {
				f.ICC = p.body[4:]
			}
		}
	}
	for _, ref := range m.refs {
		if ref.kind != "auxl" || ref.to != m.primary {
			continue
		}
		for _, i := range m.assoc[ref.from] {
			if i >= 0 && i < len(m.props) && m.props[i].kind == "auxC" && isAlpha(m.props[i].body) {
				f.Header.Alpha = true
			}
		}
	}
	tried := 0
	for _, id := range slices.Sorted(maps.Keys(m.items)) {
		it := m.items[id]
		for _, e := range it.extents {
			if it.method == 0 && (e.Off < 0 || e.Length < 0 || e.Off > w.Size() || e.Length > w.Size()-e.Off) {
				f.Truncated = true
				f.damage("item %d lies beyond the end of the file", id)
			}
		}
		if it.kind != "Exif" && it.mime != "application/rdf+xml" {
			continue
		}
		if tried++; tried > maxMetaItems {
			f.damage("more than %d metadata items", maxMetaItems)
			return
		}
		switch {
		case it.kind == "Exif" && f.Exif.Main == nil:
			f.heifExif(w, m, it)
		case it.kind == "mime":
			if data := m.content(w, it); data != nil {
				f.XMP = append(f.XMP, data)
			}
		}
	}
}

// isAlpha knows the two names of the alpha plane (ISO/IEC 23008-12, MIAF).
func isAlpha(body []byte) bool {
	r := &fields{b: body}
	r.version()
	name := r.text()
	return name == "urn:mpeg:mpegB:cicp:systems:auxiliary:alpha" || name == "urn:mpeg:hevc:2015:auxid:1"
}

// heifExif: four bytes say how far before the TIFF header to skip.
func (f *File) heifExif(w *window.Reader, m *metaBox, it *item) {
	data := m.content(w, it)
	if len(data) < 4 {
		return
	}
	skip := int64(binary.BigEndian.Uint32(data)) + 4
	if skip > int64(len(data)) {
		skip = 4
	}
	f.setExif(data[skip:], false)
}

// content joins an item's extents; nil where they cannot be read.
func (m *metaBox) content(w *window.Reader, it *item) []byte {
	var out []byte
	for _, e := range it.extents {
		if e.Length < 0 || e.Length > maxMeta-int64(len(out)) || e.Off < 0 {
			return nil
		}
		switch it.method {
		case 0:
			n := e.Length
			if n == 0 && len(it.extents) == 1 {
				n = min(w.Size()-e.Off, maxMeta)
			}
			b, err := w.Read(e.Off, int(n))
			if err != nil {
				return nil
			}
			out = append(out, b...)
		case 1:
			if e.Off > int64(len(m.idat)) || e.Length > int64(len(m.idat))-e.Off {
				return nil
			}
			out = append(out, m.idat[e.Off:e.Off+e.Length]...)
		default:
			return nil
		}
	}
	return out
}

// turn adds n quarter turns anticlockwise to an orientation.
func turn(orientation, n int) int {
	for range n {
		// Anticlockwise by 90°: what each orientation becomes.
		orientation = [9]int{0, 8, 5, 6, 7, 4, 1, 2, 3}[orientation]
	}
	return orientation
}

// mirror adds a mirroring; sideways is about the vertical axis, the left side
// becoming the right one.
func mirror(orientation int, sideways bool) int {
	if sideways {
		return [9]int{0, 2, 1, 4, 3, 6, 5, 8, 7}[orientation]
	}
	return [9]int{0, 4, 3, 2, 1, 8, 7, 6, 5}[orientation]
}

// fields reads big-endian fields; after running out everything is zero and
// bad is set.
type fields struct {
	b     []byte
	flags uint32
	bad   bool
}

func (r *fields) take(n int) []byte {
	if n > len(r.b) {
		r.bad, r.b = true, nil
		return make([]byte, n)
	}
	out := r.b[:n]
	r.b = r.b[n:]
	return out
}

// uint reads n ≤ 8 bytes.
func (r *fields) uint(n int) uint64 {
	var v uint64
	for _, c := range r.take(min(n, 8)) {
		v = v<<8 | uint64(c)
	}
	return v
}

// sized reads an id or count: 32 bits if wide, else 16.
func (r *fields) sized(wide bool) uint64 {
	if wide {
		return r.uint(4)
	}
	return r.uint(2)
}

// version reads the head of a full box.
func (r *fields) version() int {
	v := r.uint(4)
	r.flags = uint32(v & 0xFFFFFF)
	return int(v >> 24)
}

func (r *fields) text() string {
	for i, c := range r.b {
		if c == 0 {
			s := string(r.b[:i])
			r.b = r.b[i+1:]
			return s
		}
	}
	s := string(r.b)
	r.b = nil
	return s
}
