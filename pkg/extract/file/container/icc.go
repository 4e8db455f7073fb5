package container

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"

	"github.com/aecheck/aecheck/pkg/extract/file/charset"
)

// ProfileName is the description in an ICC profile, empty where there is no
// profile or it has none (ICC.1:2022, profileDescriptionTag).
func ProfileName(icc []byte) string {
	if len(icc) < 132 {
		return ""
	}
	count := binary.BigEndian.Uint32(icc[128:])
	for i := range int(min(count, 100)) {
		at := 132 + 12*i
		if at+12 > len(icc) {
			return ""
		}
		if string(icc[at:at+4]) != "desc" {
			continue
		}
		off, size := int64(binary.BigEndian.Uint32(icc[at+4:])), int64(binary.BigEndian.Uint32(icc[at+8:]))
		if off > int64(len(icc)) || size > int64(len(icc))-off {
			return ""
		}
		return description(icc[off : off+size])
	}
	return ""
}

// description reads a textDescriptionType (version 2 profiles) or the first
// text of a multiLocalizedUnicodeType (version 4).
func description(b []byte) string {
	if len(b) < 16 {
		return ""
	}
	switch string(b[:4]) {
	case "desc":
		n := int64(binary.BigEndian.Uint32(b[8:]))
		return clean(string(b[12:min(12+n, int64(len(b)))]))
	case "mluc":
		if len(b) < 28 {
			return ""
		}
		n, off := int64(binary.BigEndian.Uint32(b[20:])), int64(binary.BigEndian.Uint32(b[24:]))
		if off > int64(len(b)) || n > int64(len(b))-off {
			return ""
		}
		units := make([]uint16, n/2)
		for i := range units {
			units[i] = binary.BigEndian.Uint16(b[off+2*int64(i):])
		}
		return clean(string(utf16.Decode(units)))
	}
	return ""
}

func clean(s string) string {
	s, _, _ = strings.Cut(s, "\x00")
	return strings.TrimSpace(charset.Field([]byte(s)))
}
