//go:build !unix

package cli

import "errors"

// mkfifo: scripts that need a FIFO are skipped where there are none.
func mkfifo(string) error { return errors.ErrUnsupported }
