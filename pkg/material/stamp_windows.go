package material

import (
	"io/fs"
	"syscall"
)

func changed(info fs.FileInfo) (at int64, inode uint64) {
	d, ok := info.Sys().(*syscall.Win32FileAttributeData)
	if !ok {
		return 0, 0
	}
	return d.CreationTime.Nanoseconds(), 0
}
