package charset

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// Field returns b as UTF-8: as it is where it is valid, else read as GB 18030
// (what Chinese programs write where ASCII or Latin-1 is asked for), else as
// Latin-1, which fits any bytes.
func Field(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	if s, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b); err == nil && !bytes.ContainsRune(s, utf8.RuneError) {
		return string(s)
	}
	return Latin1(b)
}

// Latin1 decodes ISO 8859-1, in which every byte is a character.
func Latin1(b []byte) string {
	s, err := charmap.ISO8859_1.NewDecoder().Bytes(b)
	if err != nil {
		return ""
	}
	return string(s)
}
