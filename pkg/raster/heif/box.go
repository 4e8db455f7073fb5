package heif

import (
	"encoding/binary"
	"errors"
	"io"
)

// Properties are what the container says of its primary picture.
type Properties struct {
	Width, Height int // of the decoded picture; HEIC: upright
	// Orientation is the EXIF orientation 1..8 equal to the container's own
	// rotation and mirror (irot, imir).
	Orientation int
	// Coding is the primary item's type: hvc1 (HEVC), av01 (AV1), grid of such
	// tiles, iden and iovl derived from such; unci, jpeg, j2k1 and others are
	// not decoded here. Empty where the container does not say.
	Coding string
}

// Decodable reports whether the decoders here know the coding.
func (p Properties) Decodable() bool {
	switch p.Coding {
	case "", "hvc1", "hev1", "av01", "grid", "iden", "iovl":
		return true
	}
	return false
}

// maxMeta bounds the meta box read; real ones have a few kilobytes.
const maxMeta = 4 << 20

var errBox = errors.New("the container's boxes are damaged")

// Read reads the primary picture's size from the item properties (ISO/IEC
// 23008-12 §6, 9.3).
func Read(r io.ReaderAt, size int64) (Properties, error) {
	meta, err := findMeta(r, size)
	if err != nil {
		return Properties{}, err
	}
	var primary uint32
	var props, assoc, items []byte
	boxes(meta, func(kind string, body []byte) {
		switch {
		case kind == "pitm" && len(body) >= 6 && body[0] == 0:
			primary = uint32(binary.BigEndian.Uint16(body[4:]))
		case kind == "pitm" && len(body) >= 8:
			primary = binary.BigEndian.Uint32(body[4:])
		case kind == "iinf":
			items = body
		case kind == "iprp":
			boxes(body, func(kind string, body []byte) {
				switch kind {
				case "ipco":
					props = body
				case "ipma":
					if assoc == nil {
						assoc = body
					}
				}
			})
		}
	})
	p, err := describe(props, associations(assoc, primary))
	p.Coding = coding(items, primary)
	return p, err
}

// coding finds an item's type in an iinf box: infe versions 2 (16-bit ids) and
// 3 (32-bit ids).
func coding(items []byte, item uint32) string {
	if len(items) < 6 {
		return ""
	}
	list := items[6:] // version 0 counts in 16 bits, others in 32
	if items[0] != 0 {
		list = items[min(8, len(items)):]
	}
	found := ""
	boxes(list, func(kind string, body []byte) {
		switch {
		case kind != "infe" || len(body) < 12:
		case body[0] == 2 && uint32(binary.BigEndian.Uint16(body[4:])) == item:
			found = string(body[8:12])
		case body[0] == 3 && len(body) >= 14 && binary.BigEndian.Uint32(body[4:]) == item:
			found = string(body[10:14])
		}
	})
	return found
}

// describe reads the properties with the given 1-based indices; without any
// the largest size found counts, so that a cap on it stays safe.
func describe(props []byte, indices []int) (Properties, error) {
	p := Properties{Orientation: 1}
	turns, mirror := 0, -1
	n := 0
	used := func(i int) bool {
		for _, v := range indices {
			if v == i {
				return true
			}
		}
		return len(indices) == 0
	}
	boxes(props, func(kind string, body []byte) {
		n++
		if !used(n) {
			return
		}
		switch {
		case kind == "ispe" && len(body) >= 12:
			w, h := binary.BigEndian.Uint32(body[4:]), binary.BigEndian.Uint32(body[8:])
			if w < 1<<31 && h < 1<<31 && int64(w)*int64(h) > int64(p.Width)*int64(p.Height) {
				p.Width, p.Height = int(w), int(h)
			}
		case kind == "irot" && len(body) >= 1:
			turns = int(body[0] & 3)
		case kind == "imir" && len(body) >= 1:
			mirror = int(body[0] & 1)
		}
	})
	if p.Width == 0 || p.Height == 0 {
		return p, errBox
	}
	p.Orientation = orientation(turns, mirror)
	return p, nil
}

// orientation combines irot (quarter turns anticlockwise) and imir (0: about
// a horizontal axis, top to bottom; 1: about a vertical one; -1 none), in that
// order, as one EXIF orientation.
func orientation(turns, mirror int) int {
	plain := [4]int{1, 8, 3, 6}
	switch mirror {
	case 0:
		return [4]int{4, 7, 2, 5}[turns]
	case 1:
		return [4]int{2, 5, 4, 7}[turns]
	}
	return plain[turns]
}

// associations returns the property indices of an item from an ipma box.
func associations(b []byte, item uint32) []int {
	if len(b) < 8 {
		return nil
	}
	version, wide := b[0], b[3]&1 == 1
	count := binary.BigEndian.Uint32(b[4:])
	b = b[8:]
	for ; count > 0; count-- {
		var id uint32
		switch {
		case version < 1 && len(b) >= 3:
			id, b = uint32(binary.BigEndian.Uint16(b)), b[2:]
		case version >= 1 && len(b) >= 5:
			id, b = binary.BigEndian.Uint32(b), b[4:]
		default:
			return nil
		}
		n := int(b[0])
		b = b[1:]
		var out []int
		for range n {
			if wide {
				if len(b) < 2 {
					return nil
				}
				out, b = append(out, int(binary.BigEndian.Uint16(b)&0x7FFF)), b[2:]
			} else {
				if len(b) < 1 {
					return nil
				}
				out, b = append(out, int(b[0]&0x7F)), b[1:]
			}
		}
		if id == item {
			return out
		}
	}
	return nil
}

// findMeta returns the body of the file's meta box.
func findMeta(r io.ReaderAt, size int64) ([]byte, error) {
	for at := int64(0); at+8 <= size; {
		var h [16]byte
		n, _ := r.ReadAt(h[:min(16, size-at)], at)
		if n < 8 {
			return nil, io.ErrUnexpectedEOF
		}
		length, head := int64(binary.BigEndian.Uint32(h[:])), int64(8)
		switch {
		case length == 1 && n == 16:
			length, head = int64(binary.BigEndian.Uint64(h[8:])), 16
		case length == 0:
			length = size - at
		}
		if length < head || length > size-at {
			if string(h[4:8]) == "mdat" {
				return nil, io.ErrUnexpectedEOF
			}
			return nil, errBox
		}
		if string(h[4:8]) == "meta" {
			if length-head > maxMeta || length-head < 4 {
				return nil, errBox
			}
			b := make([]byte, length-head)
			if _, err := r.ReadAt(b, at+head); err != nil && err != io.EOF {
				return nil, err
			}
			return b[4:], nil // version and flags
		}
		at += length
	}
	return nil, errBox
}

// boxes calls f for each box in b; it stops at the first that does not fit.
func boxes(b []byte, f func(kind string, body []byte)) {
	for len(b) >= 8 {
		n := int64(binary.BigEndian.Uint32(b))
		head := int64(8)
		if n == 1 && len(b) >= 16 {
			n, head = int64(binary.BigEndian.Uint64(b[8:])), 16
		}
		if n == 0 {
			n = int64(len(b))
		}
		if n < head || n > int64(len(b)) {
			return
		}
		f(string(b[4:8]), b[head:n])
		b = b[n:]
	}
}
