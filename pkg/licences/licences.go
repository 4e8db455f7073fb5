// Package licences holds the notices of everything the program is made of: Go
// modules, the libraries compiled to WebAssembly, models. notices.txt, and the same
// packed for the program, are put together by their test (-update) from the modules' own files and those beside what is
// embedded; the test fails where it no longer says what is linked.
//
// It imports nothing of ours.
package licences

import (
	"compress/gzip"
	_ "embed"
	"io"
	"strings"
)

//go:embed notices.txt.gz
var notices string

// Text is all of it in English, as the licences themselves are: a list with names,
// versions and licences, then each licence in full with what is under it.
func Text() (string, error) {
	r, err := gzip.NewReader(strings.NewReader(notices))
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(r)
	return string(text), err
}
