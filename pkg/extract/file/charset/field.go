package charset

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// Field returns b as UTF-8: as it is where it is valid, else read as GB 18030
// (what Chinese programs write where ASCII or Latin-1 is asked for), else as
// Latin-1, which fits any bytes. A letter of Latin-1 inside a word, as in "Müller",
// makes a rare character of GBK with its neighbour and is no Chinese.
func Field(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	if western(b) {
		return Latin1(b)
	}
	if s, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b); err == nil && !bytes.ContainsRune(s, utf8.RuneError) {
		return string(s)
	}
	return Latin1(b)
}

// western reports whether bytes read two by two as GBK give not one of the characters
// and marks that are common in Chinese, and a pair touches or holds an ASCII letter.
func western(b []byte) bool {
	touches := false
	for i := 0; i < len(b); i++ {
		if b[i] < 0x80 {
			continue
		}
		if i+1 == len(b) {
			break
		}
		lead, trail := b[i], b[i+1]
		// GB 2312 holds marks from A1 to A9 and what is common from B0 to D7.
		if trail >= 0xa1 && (lead >= 0xb0 && lead <= 0xd7 || lead >= 0xa1 && lead <= 0xa9) {
			return false
		}
		touches = touches || letter(trail) || i > 0 && letter(b[i-1]) || i+2 < len(b) && letter(b[i+2])
		i++
	}
	return touches
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// Latin1 decodes ISO 8859-1, in which every byte is a character.
func Latin1(b []byte) string {
	s, err := charmap.ISO8859_1.NewDecoder().Bytes(b)
	if err != nil {
		return ""
	}
	return string(s)
}
