//go:build !windows

package terminal

import "io"

// enableEscapes is true: terminals elsewhere obey colour sequences.
func enableEscapes(io.Writer) bool { return true }
