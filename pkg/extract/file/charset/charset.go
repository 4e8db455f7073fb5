// Package charset tells in which encoding a text is written: text files as
// Chinese sellers have them (UTF-8 or UTF-16 with or without a byte order mark,
// GBK and its superset GB 18030), and fields of formats that say one encoding
// and hold another.
//
// It imports nothing of ours.
package charset

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
)

// File returns b as UTF-8 without a byte order mark.
func File(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte{0xEF, 0xBB, 0xBF}):
		b = b[3:]
	case bytes.HasPrefix(b, []byte{0xFF, 0xFE}):
		return utf16(b[2:], unicode.LittleEndian)
	case bytes.HasPrefix(b, []byte{0xFE, 0xFF}):
		return utf16(b[2:], unicode.BigEndian)
	}
	if e, ok := guess16(b); ok {
		return utf16(b, e)
	}
	if !utf8.Valid(b) {
		// A file cut in the middle of a character is UTF-8 all the same.
		if cut := len(b) - utf8.UTFMax; cut > 0 && utf8.Valid(trimPartial(b)) {
			b = trimPartial(b)
		}
	}
	return Field(b)
}

func trimPartial(b []byte) []byte {
	for n := 1; n < utf8.UTFMax && n < len(b); n++ {
		if utf8.RuneStart(b[len(b)-n]) {
			return b[:len(b)-n]
		}
	}
	return b
}

// guess16 recognises UTF-16 without a mark by the zero bytes of its ASCII
// characters: line ends, digits and separators.
func guess16(b []byte) (unicode.Endianness, bool) {
	head := b[:min(len(b), 4096)]
	var even, odd int
	for i, c := range head {
		if c == 0 {
			if i%2 == 0 {
				even++
			} else {
				odd++
			}
		}
	}
	const few = 8 // 一 and some others have a zero on the other side
	switch need := max(2, len(head)/40); {
	case odd >= need && few*even <= odd:
		return unicode.LittleEndian, true
	case even >= need && few*odd <= even:
		return unicode.BigEndian, true
	}
	return unicode.LittleEndian, false
}

func utf16(b []byte, e unicode.Endianness) string {
	out, err := unicode.UTF16(e, unicode.IgnoreBOM).NewDecoder().Bytes(b)
	if err != nil {
		return Latin1(b)
	}
	return string(out)
}
