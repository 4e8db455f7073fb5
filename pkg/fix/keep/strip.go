package keep

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
)

// ErrShape says that a file is not built as its format wants, so that its metadata
// cannot be taken out without decoding it.
var ErrShape = errors.New("the file is not built as its format wants")

// xmpHead starts the APP1 segment of an XMP packet (XMP part 3, 1.1.3).
const xmpHead = "http://ns.adobe.com/xap/1.0/\x00"

// iccHead starts the APP2 segments of a colour profile (ICC.1:2022 B.4).
const iccHead = "ICC_PROFILE\x00"

// maxSegment is what a JPEG segment holds beside its length.
const maxSegment = 65533

// JPEG returns a JPEG without metadata but for an XMP packet (none when empty) and
// what decoding its pixels and colours takes: not one compressed byte changes.
// What follows the picture (further pictures, a film) goes. The error is ErrShape.
func JPEG(data, packet []byte) ([]byte, error) {
	if len(data) < 4 || data[0] != 0xFF || data[1] != 0xD8 || len(xmpHead)+len(packet) > maxSegment {
		return nil, ErrShape
	}
	out := append(make([]byte, 0, len(data)), 0xFF, 0xD8)
	wrote := len(packet) == 0
	add := func() {
		if !wrote {
			out = append(out, segment(0xE1, append([]byte(xmpHead), packet...))...)
			wrote = true
		}
	}
	at := 2
	for {
		marker, next, ok := nextMarker(data, at)
		if !ok {
			return nil, ErrShape
		}
		if marker == 0xD9 {
			add()
			return append(out, 0xFF, 0xD9), nil
		}
		if next+2 > len(data) {
			return nil, ErrShape
		}
		size := int(binary.BigEndian.Uint16(data[next:]))
		if size < 2 || next+size > len(data) {
			return nil, ErrShape
		}
		body := data[next+2 : next+size]
		if marker != 0xE0 {
			add() // JFIF comes first, then ours
		}
		if kept(marker, body) {
			out = append(out, segment(marker, body)...)
		}
		at = next + size
		if marker == 0xDA {
			end := entropyEnd(data, at)
			if end < 0 {
				return nil, ErrShape
			}
			out = append(out, data[at:end]...)
			at = end
		}
	}
}

// nextMarker finds the marker at a position, past fill bytes; next is behind it.
func nextMarker(data []byte, at int) (marker byte, next int, ok bool) {
	if at >= len(data) || data[at] != 0xFF {
		return 0, 0, false
	}
	for at < len(data) && data[at] == 0xFF {
		at++
	}
	if at >= len(data) || data[at] == 0 {
		return 0, 0, false
	}
	return data[at], at + 1, true
}

// entropyEnd is where compressed pixels end: at a marker that is no restart.
func entropyEnd(data []byte, at int) int {
	for {
		i := bytes.IndexByte(data[at:], 0xFF)
		if i < 0 || at+i+1 >= len(data) {
			return -1
		}
		at += i
		switch m := data[at+1]; {
		case m == 0 || m >= 0xD0 && m <= 0xD7:
			at += 2
		case m == 0xFF:
			at++
		default:
			return at
		}
	}
}

// kept reports whether decoding takes a segment: all but applications' own and
// comments, of those JFIF's density, Adobe's colour transform and the profile.
func kept(marker byte, body []byte) bool {
	switch {
	case marker == 0xE0:
		// One with a thumbnail shows the old picture.
		return len(body) == 14 && bytes.HasPrefix(body, []byte("JFIF\x00")) && body[12] == 0 && body[13] == 0
	case marker == 0xE2:
		return bytes.HasPrefix(body, []byte(iccHead))
	case marker == 0xEE:
		return bytes.HasPrefix(body, []byte("Adobe"))
	}
	return marker != 0xFE && (marker < 0xE0 || marker > 0xEF)
}

func segment(marker byte, body []byte) []byte {
	out := append(make([]byte, 0, len(body)+4), 0xFF, marker, 0, 0)
	binary.BigEndian.PutUint16(out[2:], uint16(len(body)+2))
	return append(out, body...)
}

// pngHead starts every PNG file.
const pngHead = "\x89PNG\r\n\x1a\n"

// pngKept are the chunks that pixels and colours take (PNG third edition, 11).
var pngKept = map[string]bool{"IHDR": true, "PLTE": true, "IDAT": true, "IEND": true, "tRNS": true, "gAMA": true, "cHRM": true,
	"sRGB": true, "iCCP": true, "sBIT": true, "bKGD": true, "pHYs": true, "cICP": true}

// PNG is JPEG for PNG files; of an animated one the first picture remains.
func PNG(data, packet []byte) ([]byte, error) {
	if !bytes.HasPrefix(data, []byte(pngHead)) {
		return nil, ErrShape
	}
	out := append(make([]byte, 0, len(data)), pngHead...)
	for at := len(pngHead); ; {
		if at+12 > len(data) {
			return nil, ErrShape
		}
		size := int64(binary.BigEndian.Uint32(data[at:]))
		if size > int64(len(data)-at-12) {
			return nil, ErrShape
		}
		name, next := string(data[at+4:at+8]), at+12+int(size)
		if pngKept[name] {
			out = append(out, data[at:next]...)
		}
		switch {
		case name == "IHDR" && len(packet) > 0:
			out = append(out, chunk("iTXt", append([]byte("XML:com.adobe.xmp\x00\x00\x00\x00\x00"), packet...))...)
		case name == "IEND":
			return out, nil
		}
		at = next
	}
}

func chunk(name string, body []byte) []byte {
	out := binary.BigEndian.AppendUint32(make([]byte, 0, len(body)+12), uint32(len(body)))
	out = append(append(out, name...), body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}
