//go:build unix

package sysmem

import (
	"math"

	"golang.org/x/sys/unix"
)

// reserve takes size bytes of address space that nothing can touch yet.
func reserve(size uint64) ([]byte, error) {
	if size > math.MaxInt {
		return nil, errTooLarge
	}
	return unix.Mmap(-1, 0, int(size), unix.PROT_NONE, unix.MAP_PRIVATE|unix.MAP_ANON)
}

// commit makes the part of a reservation usable; it reads as zeros.
func commit(part []byte) error {
	return unix.Mprotect(part, unix.PROT_READ|unix.PROT_WRITE)
}

func release(all []byte) error { return unix.Munmap(all) }
