package material

import (
	"io/fs"
	"syscall"
)

// cloudOnly: OneDrive and others mark files that reading would fetch
// (FILE_ATTRIBUTE_OFFLINE, _RECALL_ON_OPEN, _RECALL_ON_DATA_ACCESS).
func cloudOnly(info fs.FileInfo) bool {
	const recall = 0x1000 | 0x40000 | 0x400000
	d, ok := info.Sys().(*syscall.Win32FileAttributeData)
	return ok && d.FileAttributes&recall != 0
}
