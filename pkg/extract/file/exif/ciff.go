package exif

import (
	"encoding/binary"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/extract/file/charset"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
)

// Canon's first cameras (1997 to 2000) wrote CIFF instead of EXIF: heaps of
// records, each heap ending in the offset of its directory (Canon, "CIFF
// Specification on Image Data File", 1.0 revision 4).
const (
	ciffMakeModel = 0x080A // maker, 0, model, 0
	ciffFirmware  = 0x080B
	ciffCaptured  = 0x180E // seconds since 1970, local time

	ciffTagMask  = 0x3FFF
	ciffInEntry  = 0x4000
	ciffTypeMask = 0x3800
	ciffHeap1    = 0x2800
	ciffHeap2    = 0x3000

	maxCIFFDepth   = 6
	maxCIFFRecords = 500
)

// readCIFF fills maker, model, firmware and time from a CIFF block; false
// where it names no camera.
func readCIFF(b []byte, e *facts.Exif) bool {
	if len(b) < 14 || string(b[6:14]) != "HEAPJPGM" {
		return false
	}
	var order binary.ByteOrder = binary.LittleEndian
	if string(b[:2]) == "MM" {
		order = binary.BigEndian
	}
	start := order.Uint32(b[2:])
	if int64(start) > int64(len(b)) {
		return false
	}
	left := maxCIFFRecords
	walkCIFF(b[start:], order, 0, &left, func(tag uint16, value []byte) {
		switch tag {
		case ciffMakeModel:
			maker, rest, _ := strings.Cut(string(value), "\x00")
			model, _, _ := strings.Cut(rest, "\x00")
			e.Make = strings.TrimSpace(charset.Field([]byte(maker)))
			e.Model = strings.TrimSpace(charset.Field([]byte(model)))
		case ciffFirmware:
			s, _, _ := strings.Cut(string(value), "\x00")
			e.Software = strings.TrimSpace(charset.Field([]byte(s)))
		case ciffCaptured:
			if len(value) >= 4 {
				e.TakenAt = in(time.Unix(int64(order.Uint32(value)), 0).UTC(), lang.Beijing()) // the time of day of the place
				e.TakenRaw = e.TakenAt.Format("2006:01:02 15:04:05")
			}
		}
	})
	e.Present = e.Make != "" || e.Model != ""
	count(e)
	return e.Present
}

func walkCIFF(heap []byte, order binary.ByteOrder, depth int, left *int, visit func(tag uint16, value []byte)) {
	if depth > maxCIFFDepth || len(heap) < 6 {
		return
	}
	dir := int64(order.Uint32(heap[len(heap)-4:]))
	if dir > int64(len(heap))-6 {
		return
	}
	n := int(order.Uint16(heap[dir:]))
	for i := range n {
		at := dir + 2 + 10*int64(i)
		if *left--; *left < 0 || at+10 > int64(len(heap)) {
			return
		}
		entry := heap[at : at+10]
		tag := order.Uint16(entry)
		if tag&ciffInEntry != 0 {
			visit(tag&ciffTagMask, entry[2:])
			continue
		}
		size, off := int64(order.Uint32(entry[2:])), int64(order.Uint32(entry[6:]))
		if off > int64(len(heap)) || size > int64(len(heap))-off {
			continue
		}
		if kind := tag & ciffTypeMask; kind == ciffHeap1 || kind == ciffHeap2 {
			walkCIFF(heap[off:off+size], order, depth+1, left, visit)
			continue
		}
		visit(tag&ciffTagMask, heap[off:off+size])
	}
}
