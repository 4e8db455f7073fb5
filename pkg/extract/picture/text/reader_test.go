package text

import "github.com/aecheck/aecheck/pkg/ocr"

// reader is the reader of the tests that read real pictures.
func reader() (Reader, error) { return ocr.New() }
