package exif

import (
	"encoding/binary"

	"github.com/aecheck/aecheck/pkg/extract/container"
	"github.com/aecheck/aecheck/pkg/extract/tiffdir"
	"github.com/aecheck/aecheck/pkg/extract/window"
)

// Tags of Exif 3.0 (CIPA DC-008-2023), TIFF 6.0 and DNG 1.7 that are read.
const (
	tagProcessingSoftware = 0x000B
	tagDescription        = 0x010E
	tagMake               = 0x010F
	tagModel              = 0x0110
	tagOrientation        = 0x0112
	tagSoftware           = 0x0131
	tagDateTime           = 0x0132
	tagArtist             = 0x013B
	tagThumbOffset        = 0x0201
	tagThumbLength        = 0x0202
	tagCopyright          = 0x8298
	tagExposureTime       = 0x829A
	tagFNumber            = 0x829D
	tagExifIFD            = 0x8769
	tagGPSIFD             = 0x8825
	tagISO                = 0x8827
	tagISOSpeed           = 0x8833
	tagExifVersion        = 0x9000
	tagDateTimeOriginal   = 0x9003
	tagDateTimeDigitized  = 0x9004
	tagOffsetTime         = 0x9010
	tagOffsetOriginal     = 0x9011
	tagOffsetDigitized    = 0x9012
	tagFocalLength        = 0x920A
	tagMakerNote          = 0x927C
	tagUserComment        = 0x9286
	tagSubSecOriginal     = 0x9291
	tagXPTitle            = 0x9C9B
	tagXPComment          = 0x9C9C
	tagXPAuthor           = 0x9C9D
	tagXPKeywords         = 0x9C9E
	tagXPSubject          = 0x9C9F
	tagPixelX             = 0xA002
	tagPixelY             = 0xA003
	tagBodySerial         = 0xA431
	tagLensSpec           = 0xA432
	tagLensModel          = 0xA434
	tagCameraSerial       = 0xC62F

	gpsLatitudeRef  = 1
	gpsLatitude     = 2
	gpsLongitudeRef = 3
	gpsLongitude    = 4
)

// maxText is how long a text value may be: an A1111 prompt in UserComment has
// some KiB, node graphs in ImageDescription some hundred.
const maxText = 2 << 20

// maxNumbers is how many numbers of one value are passed on.
const maxNumbers = 16

// block is what a walk found, ready to be laid out.
type block struct {
	order   binary.ByteOrder
	ifd0    []value
	exif    []value // tags goexif has names for
	more    []value // tags it has none for
	gps     []value
	maker   int
	thumb   []byte
	damage  string
	camera  bool // some tag read says more than how the pixels lie
	entries int
}

// value is one sound entry.
type value struct {
	tag, typ uint16
	count    uint32
	data     []byte
}

func (b *block) hurt(damage string) {
	if b.damage == "" {
		b.damage = damage
	}
}

// collect walks the directories.
func collect(src container.ExifSource) (*block, error) {
	t, err := tiffdir.Open(src.Main)
	if err != nil {
		return nil, err
	}
	b := &block{order: t.Order, maker: src.MakerNote}
	first, err := t.Dir(t.First)
	if err != nil {
		return nil, err
	}
	b.take(t, &first)
	if src.Exif != nil {
		b.part(src.Exif)
	} else {
		b.pointer(t, &first, tagExifIFD)
	}
	if src.GPS != nil {
		b.gpsPart(src.GPS)
	} else if off := t.UintOf(&first, tagGPSIFD); off != 0 {
		b.gpsDir(t, off)
	}
	switch first.Next {
	case 0:
	case t.First:
		b.hurt("the directories go round in a circle")
	default:
		b.thumbnail(t, first.Next)
	}
	return b, nil
}

// part reads a directory that is a TIFF structure of its own (CR3). Its byte
// order may differ, so values are only taken where it does not.
func (b *block) part(w *window.Reader) {
	t, err := tiffdir.Open(w)
	if err != nil || t.Order != b.order {
		b.hurt("the Exif directory is no TIFF structure of the same byte order")
		return
	}
	d, err := t.Dir(t.First)
	if err != nil {
		b.hurt(err.Error())
		return
	}
	b.take(t, &d)
}

func (b *block) gpsPart(w *window.Reader) {
	t, err := tiffdir.Open(w)
	if err != nil || t.Order != b.order {
		b.hurt("the GPS directory is no TIFF structure of the same byte order")
		return
	}
	b.gpsDir(t, t.First)
}

func (b *block) pointer(t *tiffdir.Reader, d *tiffdir.Dir, tag uint16) {
	off := t.UintOf(d, tag)
	if off == 0 || off == t.First {
		return
	}
	sub, err := t.Dir(off)
	if err != nil {
		b.hurt(err.Error())
		return
	}
	b.take(t, &sub)
}

// take keeps the entries that are read, of IFD0 as of the Exif directory: some
// files have them in the wrong one.
func (b *block) take(t *tiffdir.Reader, d *tiffdir.Dir) {
	if d.Damage != "" {
		b.hurt(d.Damage)
	}
	b.entries += len(d.Entries)
	for _, e := range d.Entries {
		dest := b.place(e.Tag)
		if dest == nil {
			if e.Tag == tagMakerNote {
				b.maker = max(b.maker, int(e.Size))
				b.camera = true
			}
			continue
		}
		if v, ok := b.value(t, e); ok && !contains(*dest, e.Tag) {
			*dest = append(*dest, v)
			b.camera = b.camera || e.Tag != tagOrientation
		}
	}
}

// place says which list a tag goes to, nil for tags that are not read.
func (b *block) place(tag uint16) *[]value {
	switch tag {
	case tagDescription, tagMake, tagModel, tagOrientation, tagSoftware, tagDateTime, tagArtist, tagCopyright,
		tagXPTitle, tagXPComment, tagXPAuthor, tagXPKeywords, tagXPSubject:
		return &b.ifd0
	case tagExposureTime, tagFNumber, tagISO, tagExifVersion, tagDateTimeOriginal, tagDateTimeDigitized,
		tagFocalLength, tagUserComment, tagSubSecOriginal, tagPixelX, tagPixelY, tagLensModel:
		return &b.exif
	case tagISOSpeed, tagOffsetTime, tagOffsetOriginal, tagOffsetDigitized, tagBodySerial, tagLensSpec,
		tagCameraSerial, tagProcessingSoftware:
		return &b.more
	}
	return nil
}

// value reads an entry within the bounds goexif is trusted with.
func (b *block) value(t *tiffdir.Reader, e tiffdir.Entry) (value, bool) {
	width := tiffdir.Width(e.Type)
	limit := int64(maxNumbers)
	if width == 1 {
		limit = maxText
	}
	e.Count = min(e.Count, limit)
	e.Size = e.Count * width
	if e.Type == tiffdir.UTF8 {
		e.Type = tiffdir.ASCII
	}
	data, err := t.Value(e)
	if err != nil {
		b.hurt(err.Error())
		return value{}, false
	}
	return value{tag: e.Tag, typ: e.Type, count: uint32(e.Count), data: data}, true
}

func (b *block) gpsDir(t *tiffdir.Reader, off int64) {
	d, err := t.Dir(off)
	if err != nil {
		b.hurt(err.Error())
		return
	}
	if d.Damage != "" {
		b.hurt(d.Damage)
	}
	for _, e := range d.Entries {
		if e.Tag < gpsLatitudeRef || e.Tag > gpsLongitude {
			continue
		}
		if v, ok := b.value(t, e); ok && !contains(b.gps, e.Tag) {
			b.gps = append(b.gps, v)
		}
	}
}

// thumbnail reads the preview IFD1 points to.
func (b *block) thumbnail(t *tiffdir.Reader, off int64) {
	d, err := t.Dir(off)
	if err != nil {
		b.hurt(err.Error())
		return
	}
	if d.Next != 0 && (d.Next == off || d.Next == t.First) {
		b.hurt("the directories go round in a circle")
	}
	at, n := t.UintOf(&d, tagThumbOffset), t.UintOf(&d, tagThumbLength)
	if at == 0 || n <= 0 {
		return
	}
	data, err := t.Value(tiffdir.Entry{Off: at, Size: n})
	if err != nil {
		b.hurt("the preview lies outside the block")
		return
	}
	b.thumb = data
}

func contains(list []value, tag uint16) bool {
	for _, v := range list {
		if v.tag == tag {
			return true
		}
	}
	return false
}

// layout writes the collected entries as a TIFF structure: IFD0 with pointers
// to the Exif and GPS directories, followed by a directory of the tags goexif
// has no names for, which it hands out unnamed.
func (b *block) layout() []byte {
	ifd0 := append([]value(nil), b.ifd0...)
	pointers := len(ifd0)
	if len(b.exif) > 0 {
		ifd0 = append(ifd0, value{tag: tagExifIFD, typ: tiffdir.Long, count: 1, data: make([]byte, 4)})
	}
	if len(b.gps) > 0 {
		ifd0 = append(ifd0, value{tag: tagGPSIFD, typ: tiffdir.Long, count: 1, data: make([]byte, 4)})
	}
	size := 8
	for _, d := range [][]value{ifd0, b.exif, b.gps, b.more} {
		size += dirSize(d)
	}
	out := make([]byte, 8, size)
	order := b.order
	if order == binary.LittleEndian {
		copy(out, "II*\x00")
	} else {
		copy(out, "MM\x00*")
	}
	// Directories follow each other: IFD0, Exif, GPS, the unnamed ones.
	at := uint32(8 + dirSize(ifd0))
	if len(b.exif) > 0 {
		order.PutUint32(ifd0[pointers].data, at)
		at += uint32(dirSize(b.exif))
		pointers++
	}
	if len(b.gps) > 0 {
		order.PutUint32(ifd0[pointers].data, at)
		at += uint32(dirSize(b.gps))
	}
	order.PutUint32(out[4:], 8)
	next := uint32(0)
	if len(b.more) > 0 {
		next = at
	}
	out = appendDir(out, order, ifd0, next)
	if len(b.exif) > 0 {
		out = appendDir(out, order, b.exif, 0)
	}
	if len(b.gps) > 0 {
		out = appendDir(out, order, b.gps, 0)
	}
	if len(b.more) > 0 {
		out = appendDir(out, order, b.more, 0)
	}
	return out
}

// dirSize is what appendDir writes: count, entries, next, values beyond four
// bytes.
func dirSize(d []value) int {
	n := 2 + 12*len(d) + 4
	for _, v := range d {
		if len(v.data) > 4 {
			n += len(v.data)
		}
	}
	return n
}

func appendDir(out []byte, order binary.ByteOrder, d []value, next uint32) []byte {
	data := uint32(len(out) + 2 + 12*len(d) + 4)
	var field [12]byte
	order.PutUint16(field[:], uint16(len(d)))
	out = append(out, field[:2]...)
	for _, v := range d {
		order.PutUint16(field[:], v.tag)
		order.PutUint16(field[2:], v.typ)
		order.PutUint32(field[4:], v.count)
		clear(field[8:])
		if len(v.data) > 4 {
			order.PutUint32(field[8:], data)
			data += uint32(len(v.data))
		} else {
			copy(field[8:], v.data)
		}
		out = append(out, field[:]...)
	}
	order.PutUint32(field[:], next)
	out = append(out, field[:4]...)
	for _, v := range d {
		if len(v.data) > 4 {
			out = append(out, v.data...)
		}
	}
	return out
}
