package raster

import "github.com/aecheck/aecheck/pkg/lang"

// Problem says in one word why a picture could not be decoded.
type Problem string

// The problems a decode can meet.
const (
	// TooLarge: decoding would need more pixels or memory than allowed; found
	// from the header, before anything is decoded.
	TooLarge Problem = "too_large"
	// Unsupported: a sound file perhaps, but of a kind no decoder here reads.
	Unsupported Problem = "unsupported"
	// Truncated: the file ends before the picture does.
	Truncated Problem = "truncated"
	// Corrupt: the bytes contradict the format.
	Corrupt Problem = "corrupt"
)

// Error is the reason a picture could not be decoded at all.
type Error struct {
	Problem Problem
	Format  string
	Why     string // plain English, no file name
	Err     error  // what the decoder said, nil where we found it ourselves
}

func (e *Error) Error() string {
	return e.Text().In(lang.EN)
}

// Unwrap returns what the decoder said.
func (e *Error) Unwrap() error { return e.Err }

// PartialError accompanies a Picture that was decoded although its file is
// damaged: some of its pixels are not what the camera or program wrote.
type PartialError struct {
	Problem Problem // Truncated or Corrupt
	Format  string
	Why     string
}

func (e *PartialError) Error() string {
	return e.Text().In(lang.EN)
}
