package c2pa

import (
	"bytes"
	"encoding/binary"

	"github.com/aecheck/aecheck/pkg/extract/file/container"
	"github.com/aecheck/aecheck/pkg/extract/file/window"
	"github.com/aecheck/aecheck/pkg/format"
)

// maxNamedBoxes bounds the parts of one file.
const maxNamedBoxes = 100000

type namedBox struct {
	name string
	data []byte
}

// namedBoxes cuts a file into the parts a box hash names (C2PA 2.1, A.3); nil
// for formats where that is not known here.
func namedBoxes(f *container.File, data []byte) []namedBox {
	switch f.Format {
	case format.JPEG:
		return jpegBoxes(f, data)
	case format.PNG:
		return pngBoxes(data)
	}
	return nil
}

// jpegBoxes: markers by name, SOS with the entropy-coded data that follows; the
// APP11 segments of the store are one box.
func jpegBoxes(f *container.File, data []byte) []namedBox {
	out := []namedBox{{"SOI", data[:min(2, len(data))]}}
	store := f.Manifest.Ranges
	for pos := 2; pos+2 <= len(data) && len(out) < maxNamedBoxes; {
		if data[pos] != 0xFF {
			return nil
		}
		marker := data[pos+1]
		if marker == 0xFF {
			pos++
			continue
		}
		if marker == 0xD9 {
			return append(out, namedBox{"EOI", data[pos:]})
		}
		if int64(pos) == store[0].Off {
			end := pos
			for _, r := range store {
				if r.Off == int64(end) { // what lies between its segments is no part of it
					end = min(end+int(r.Length), len(data))
				}
			}
			out = append(out, namedBox{"C2PA", data[pos:end]})
			pos = end
			continue
		}
		if pos+4 > len(data) {
			return nil
		}
		end := pos + 2 + int(binary.BigEndian.Uint16(data[pos+2:]))
		if end > len(data) {
			return nil
		}
		if marker == 0xDA {
			end = entropyEnd(data, end)
		}
		out = append(out, namedBox{jpegName(marker), data[pos:end]})
		pos = end
	}
	return nil
}

// entropyEnd is where the next marker that is no restart marker lies.
func entropyEnd(data []byte, pos int) int {
	for {
		i := bytes.IndexByte(data[pos:], 0xFF)
		if i < 0 || pos+i+1 >= len(data) {
			return len(data)
		}
		pos += i
		if m := data[pos+1]; m != 0 && (m < 0xD0 || m > 0xD7) {
			return pos
		}
		pos += 2
	}
}

func jpegName(marker byte) string {
	digits := "0123456789ABCDEF"
	switch {
	case marker == 0xC4:
		return "DHT"
	case marker == 0xCC:
		return "DAC"
	case marker >= 0xC0 && marker <= 0xCF:
		n := marker & 15
		if n >= 10 {
			return "SOF1" + string(digits[n-10])
		}
		return "SOF" + string(digits[n])
	case marker >= 0xE0 && marker <= 0xEF:
		n := marker & 15
		if n >= 10 {
			return "APP1" + string(digits[n-10])
		}
		return "APP" + string(digits[n])
	}
	switch marker {
	case 0xDA:
		return "SOS"
	case 0xDB:
		return "DQT"
	case 0xDC:
		return "DNL"
	case 0xDD:
		return "DRI"
	case 0xDE:
		return "DHP"
	case 0xDF:
		return "EXP"
	case 0xFE:
		return "COM"
	}
	return "RES" + string(digits[marker>>4]) + string(digits[marker&15])
}

// pngBoxes: the signature, then chunks by name.
func pngBoxes(data []byte) []namedBox {
	if len(data) < 8 {
		return nil
	}
	out := []namedBox{{"PNGh", data[:8]}}
	for pos := 8; pos+12 <= len(data) && len(out) < maxNamedBoxes; {
		n := int(binary.BigEndian.Uint32(data[pos:]))
		if n > len(data)-pos-12 {
			return nil
		}
		name := string(data[pos+4 : pos+8])
		end := pos + 12 + n
		if name == "IEND" {
			return append(out, namedBox{name, data[pos:]})
		}
		if name == "caBX" {
			name = "C2PA"
		}
		out = append(out, namedBox{name, data[pos:end]})
		pos = end
	}
	return nil
}

// pictureSize reads the header of a preview.
func pictureSize(data []byte) (width, height int) {
	kind := format.Sniff(data)
	if !container.Known(kind) {
		return 0, 0
	}
	h := container.Read(kind, window.Bytes(data)).Header
	return h.Width, h.Height
}
