//go:build !unix && !windows

package cputime

import "time"

// process: this system does not tell, so the wall's time counts.
func process() (time.Duration, bool) { return 0, false }
