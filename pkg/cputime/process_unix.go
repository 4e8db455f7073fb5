//go:build unix

package cputime

import (
	"syscall"
	"time"
)

// process is the CPU time of this process, user and system.
func process() (time.Duration, bool) {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0, false
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()), true
}
