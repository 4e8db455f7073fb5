package exif

import (
	"encoding/binary"

	"github.com/aecheck/aecheck/pkg/extract/file/tiffdir"
)

type byteOrder interface {
	binary.ByteOrder
	binary.AppendByteOrder
}

// laidOut is an EXIF block to be built: IFD0, which points to the Exif and GPS
// directories.
type laidOut struct {
	order           byteOrder
	ifd0, exif, gps []value
}

func (b laidOut) layout() []byte {
	ifd0 := append([]value(nil), b.ifd0...)
	pointer := func(tag uint16) value {
		return value{tag: tag, typ: tiffdir.Long, count: 1, data: make([]byte, 4)}
	}
	exif, gps := len(ifd0), len(ifd0)
	if len(b.exif) > 0 {
		ifd0 = append(ifd0, pointer(tagExifIFD))
		gps++
	}
	if len(b.gps) > 0 {
		ifd0 = append(ifd0, pointer(tagGPSIFD))
	}
	out := make([]byte, 8)
	copy(out, "II*\x00")
	if b.order == binary.BigEndian {
		copy(out, "MM\x00*")
	}
	b.order.PutUint32(out[4:], 8)
	at := uint32(8 + dirSize(ifd0))
	if len(b.exif) > 0 {
		b.order.PutUint32(ifd0[exif].data, at)
		at += uint32(dirSize(b.exif))
	}
	if len(b.gps) > 0 {
		b.order.PutUint32(ifd0[gps].data, at)
	}
	out = appendDir(out, b.order, ifd0)
	if len(b.exif) > 0 {
		out = appendDir(out, b.order, b.exif)
	}
	if len(b.gps) > 0 {
		out = appendDir(out, b.order, b.gps)
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

func appendDir(out []byte, order byteOrder, d []value) []byte {
	data := uint32(len(out) + 2 + 12*len(d) + 4)
	out = order.AppendUint16(out, uint16(len(d)))
	for _, v := range d {
		out = order.AppendUint16(out, v.tag)
		out = order.AppendUint16(out, v.typ)
		out = order.AppendUint32(out, v.count)
		var field [4]byte
		if len(v.data) > 4 {
			order.PutUint32(field[:], data)
			data += uint32(len(v.data))
		} else {
			copy(field[:], v.data)
		}
		out = append(out, field[:]...)
	}
	out = append(out, 0, 0, 0, 0)
	for _, v := range d {
		if len(v.data) > 4 {
			out = append(out, v.data...)
		}
	}
	return out
}
