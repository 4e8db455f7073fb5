// Package terminal knows the place a person reads us in: streams, width,
// colour, progress, and which characters may be shown there.
//
// It imports nothing of ours.
package terminal

import (
	"io"
	"os"
	"strconv"

	"golang.org/x/term"
)

// DefaultWidth is used where the width is unknown: files, pipes, odd
// terminals. 80 columns is what every terminal and every printer shows.
const DefaultWidth = 80

// Widths below or above these are not believed: labels and indents leave no room in
// fewer columns than 20, and text stretched over 400 cannot be read.
const (
	minWidth = 20
	maxWidth = 200
)

// Streams are what a command reads and writes. A command never touches
// os.Stdout itself, so tests can run it on buffers.
type Streams struct {
	In  io.Reader
	Out io.Writer
	Err io.Writer
}

// Standard returns the streams of the process.
func Standard() Streams {
	return Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}
}

// fder is what os.File and pseudo-terminals have in common.
type fder interface{ Fd() uintptr }

// IsTerminal reports whether a reader or writer is a terminal a person looks
// at. Anything without a file descriptor is not.
func IsTerminal(stream any) bool {
	f, ok := stream.(fder)
	return ok && term.IsTerminal(int(f.Fd()))
}

// Width returns the number of columns to write w in: the terminal's own
// width, else the environment variable COLUMNS, else DefaultWidth. It is kept
// within 40..200.
func Width(w io.Writer, getenv func(string) string) int {
	if f, ok := w.(fder); ok {
		if n, _, err := term.GetSize(int(f.Fd())); err == nil && n > 0 {
			return clampWidth(n)
		}
	}
	if n, err := strconv.Atoi(getenv("COLUMNS")); err == nil && n > 0 {
		return clampWidth(n)
	}
	return DefaultWidth
}

func clampWidth(n int) int { return min(max(n, minWidth), maxWidth) }
