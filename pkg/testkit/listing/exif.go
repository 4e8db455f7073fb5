package listing

import (
	"encoding/binary"
	"time"
)

// photo is what a camera writes about a picture.
type photo struct {
	maker, model, lens, serial, software string
	taken                                time.Time
	subSec                               string
	exposure                             [2]uint32 // seconds as a fraction
	fNumber, focal                       [2]uint32
	iso                                  uint16
	width, height                        int
	thumbnail                            []byte // JPEG
	makerNote                            []byte
}

// exifSegment is the APP1 segment of a photo: Exif 2.32, big endian, IFD0 with
// camera and date, the Exif IFD with the exposure, IFD1 with a thumbnail.
func exifSegment(p photo) []byte {
	const layout = "2006:01:02 15:04:05"
	stamp, offset := p.taken.Format(layout), p.taken.Format("-07:00")
	var t tiff
	t.data = append(t.data, "MM\x00\x2a\x00\x00\x00\x08"...)
	exifIFD := &ifd{}
	thumbIFD := &ifd{}
	main := &ifd{}
	main.ascii(0x010f, p.maker)
	main.ascii(0x0110, p.model)
	main.short(0x0112, 1)
	main.rational(0x011a, [2]uint32{72, 1})
	main.rational(0x011b, [2]uint32{72, 1})
	main.short(0x0128, 2)
	main.ascii(0x0131, p.software)
	main.ascii(0x0132, stamp)
	main.short(0x0213, 2)
	main.long(0x8769, 0) // place of the Exif IFD, filled in below

	exifIFD.rational(0x829a, p.exposure)
	exifIFD.rational(0x829d, p.fNumber)
	exifIFD.short(0x8822, 2)
	exifIFD.short(0x8827, p.iso)
	exifIFD.undefined(0x9000, []byte("0232"))
	exifIFD.ascii(0x9003, stamp)
	exifIFD.ascii(0x9004, stamp)
	exifIFD.ascii(0x9010, offset)
	exifIFD.ascii(0x9011, offset)
	exifIFD.ascii(0x9012, offset)
	exifIFD.undefined(0x9101, []byte{1, 2, 3, 0})
	exifIFD.short(0x9207, 5)
	exifIFD.short(0x9209, 16)
	exifIFD.rational(0x920a, p.focal)
	exifIFD.undefined(0x927c, p.makerNote)
	exifIFD.ascii(0x9291, p.subSec)
	exifIFD.undefined(0xa000, []byte("0100"))
	exifIFD.short(0xa001, 1)
	exifIFD.long(0xa002, uint32(p.width))
	exifIFD.long(0xa003, uint32(p.height))
	exifIFD.short(0xa402, 0)
	exifIFD.short(0xa403, 0)
	exifIFD.ascii(0xa431, p.serial)
	exifIFD.ascii(0xa434, p.lens)

	thumbIFD.short(0x0103, 6)
	thumbIFD.rational(0x011a, [2]uint32{72, 1})
	thumbIFD.rational(0x011b, [2]uint32{72, 1})
	thumbIFD.short(0x0128, 2)
	thumbIFD.long(0x0201, 0) // place of the thumbnail, filled in below
	thumbIFD.long(0x0202, uint32(len(p.thumbnail)))

	exifAt := 8 + main.size()
	thumbAt := exifAt + exifIFD.size()
	main.set(0x8769, uint32(exifAt))
	thumbIFD.set(0x0201, uint32(thumbAt+thumbIFD.size()))
	t.write(main, thumbAt)
	t.write(exifIFD, 0)
	t.write(thumbIFD, 0)
	t.data = append(t.data, p.thumbnail...)

	body := append([]byte("Exif\x00\x00"), t.data...)
	segment := []byte{0xff, 0xe1, 0, 0}
	binary.BigEndian.PutUint16(segment[2:], uint16(len(body)+2))
	return append(segment, body...)
}

// tiff is a TIFF structure being written.
type tiff struct{ data []byte }

// ifd is a directory; values longer than four bytes follow it.
type ifd struct{ entries []entry }

type entry struct {
	tag, kind uint16
	count     int
	value     []byte
}

func (d *ifd) add(tag, kind uint16, count int, value []byte) {
	d.entries = append(d.entries, entry{tag, kind, count, value})
}

func (d *ifd) ascii(tag uint16, s string) { d.add(tag, 2, len(s)+1, append([]byte(s), 0)) }
func (d *ifd) short(tag, v uint16)        { d.add(tag, 3, 1, binary.BigEndian.AppendUint16(nil, v)) }
func (d *ifd) long(tag uint16, v uint32)  { d.add(tag, 4, 1, binary.BigEndian.AppendUint32(nil, v)) }
func (d *ifd) undefined(tag uint16, v []byte) {
	d.add(tag, 7, len(v), v)
}

func (d *ifd) rational(tag uint16, v [2]uint32) {
	d.add(tag, 5, 1, binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, v[0]), v[1]))
}

// set fills in a long.
func (d *ifd) set(tag uint16, v uint32) {
	for i := range d.entries {
		if d.entries[i].tag == tag {
			d.entries[i].value = binary.BigEndian.AppendUint32(nil, v)
		}
	}
}

// size is the number of bytes the directory and its values take.
func (d *ifd) size() int {
	n := 2 + 12*len(d.entries) + 4
	for _, e := range d.entries {
		if len(e.value) > 4 {
			n += (len(e.value) + 1) &^ 1
		}
	}
	return n
}

// write appends a directory; next is the place of the one after it, or 0.
func (t *tiff) write(d *ifd, next int) {
	place := len(t.data) + 2 + 12*len(d.entries) + 4
	var values []byte
	t.data = binary.BigEndian.AppendUint16(t.data, uint16(len(d.entries)))
	for _, e := range d.entries {
		t.data = binary.BigEndian.AppendUint16(t.data, e.tag)
		t.data = binary.BigEndian.AppendUint16(t.data, e.kind)
		t.data = binary.BigEndian.AppendUint32(t.data, uint32(e.count))
		if len(e.value) <= 4 {
			t.data = append(t.data, append(append([]byte{}, e.value...), make([]byte, 4-len(e.value))...)...)
			continue
		}
		t.data = binary.BigEndian.AppendUint32(t.data, uint32(place+len(values)))
		values = append(values, e.value...)
		if len(values)%2 == 1 {
			values = append(values, 0)
		}
	}
	t.data = binary.BigEndian.AppendUint32(t.data, uint32(next))
	t.data = append(t.data, values...)
}
