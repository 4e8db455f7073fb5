package exif

import (
	"encoding/binary"

	"github.com/rwcarlsen/goexif/tiff"

	"github.com/aecheck/aecheck/pkg/extract/file/container"
	"github.com/aecheck/aecheck/pkg/extract/file/tiffdir"
	"github.com/aecheck/aecheck/pkg/extract/file/window"
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
	tagCameraOwner        = 0xA430
	tagBodySerial         = 0xA431
	tagLensSpec           = 0xA432
	tagLensModel          = 0xA434
	tagCameraSerial       = 0xC62F

	gpsLatitudeRef  = 1
	gpsLatitude     = 2
	gpsLongitudeRef = 3
	gpsLongitude    = 4
	gpsTime         = 7
	gpsDate         = 29
)

// maxText is how long a text value may be: an A1111 prompt in UserComment has
// some KiB, node graphs in ImageDescription some hundred.
const maxText = 2 << 20

// maxNumbers is how many numbers of one value are passed on.
const maxNumbers = 16

// block is what a walk found.
type block struct {
	order   binary.ByteOrder
	values  []value // each tag once; those of the GPS directory have numbers of their own
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
	decoded  *tiff.Tag // by decoder.tag
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
	b := &block{order: t.Order, maker: src.MakerNote, values: make([]value, 0, 24)}
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
		if !collected[e.Tag] {
			if e.Tag == tagMakerNote {
				b.maker = max(b.maker, int(e.Size))
				b.camera = true
			}
			continue
		}
		if b.keep(t, e) {
			b.camera = b.camera || e.Tag != tagOrientation
		}
	}
}

// keep adds an entry's value, the first one of each tag; false where that tag
// is there already or its value cannot be read.
func (b *block) keep(t *tiffdir.Reader, e tiffdir.Entry) bool {
	v, ok := b.value(t, e)
	if !ok || b.find(e.Tag) != nil {
		return false
	}
	b.values = append(b.values, v)
	return true
}

// find returns the value of a tag, nil for none.
func (b *block) find(tag uint16) *value {
	for i := range b.values {
		if b.values[i].tag == tag {
			return &b.values[i]
		}
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
		switch e.Tag {
		case gpsLatitudeRef, gpsLatitude, gpsLongitudeRef, gpsLongitude, gpsTime, gpsDate:
			b.keep(t, e)
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
