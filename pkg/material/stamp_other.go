//go:build !linux && !darwin && !windows

package material

import "io/fs"

func changed(fs.FileInfo) (at int64, inode uint64) { return 0, 0 }
