//go:build !windows && !darwin

package material

import "io/fs"

// cloudOnly: no mark is known on this system.
func cloudOnly(fs.FileInfo) bool { return false }
