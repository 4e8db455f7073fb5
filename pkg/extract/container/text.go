package container

import (
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// latin decodes text without a declared encoding: UTF-8 where it is valid,
// else GB 18030 (what Chinese programs write), else Latin-1.
func latin(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	if s, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b); err == nil && !containsReplacement(s) {
		return string(s)
	}
	return isoLatin(b)
}

// isoLatin decodes ISO 8859-1, the encoding of PNG tEXt and zTXt.
func isoLatin(b []byte) string {
	s, err := charmap.ISO8859_1.NewDecoder().Bytes(b)
	if err != nil {
		return ""
	}
	return string(s)
}

func containsReplacement(b []byte) bool {
	for _, r := range string(b) {
		if r == utf8.RuneError {
			return true
		}
	}
	return false
}
