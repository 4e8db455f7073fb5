package material

import (
	"bytes"
	"os"
	"slices"
	"strings"
)

// placeholder is the name of the file for which iCloud left ".NAME.icloud".
func placeholder(name string) (of string, ok bool) {
	of, ok = strings.CutSuffix(name, ".icloud")
	if of, dot := strings.CutPrefix(of, "."); ok && dot && of != "" {
		return of, true
	}
	return "", false
}

// lfsHead begins every pointer of Git LFS (git-lfs, docs/spec.md), which is at
// most lfsMost bytes.
const (
	lfsHead = "version https://git-lfs.github.com/spec/"
	lfsMost = 1 << 10
)

// isPointer reports whether a file is what Git LFS leaves of one.
func isPointer(f *os.File, size int64) bool {
	if size > lfsMost {
		return false
	}
	head := make([]byte, len(lfsHead))
	_, err := f.ReadAt(head, 0)
	return err == nil && bytes.Equal(head, []byte(lfsHead))
}

// otherArchive reports whether a name is that of an archive that is not read.
func otherArchive(name string) bool {
	_, ext := stemExt(name)
	return slices.Contains([]string{"rar", "7z", "tar", "gz", "tgz", "bz2", "xz", "zst", "cab"}, ext)
}

// notHere reports whether the bytes of a file are in a cloud and not on this
// machine: reading it would fetch it, or fail where there is no network.
func notHere(root *os.Root, name string) bool {
	info, err := root.Stat(name)
	return err == nil && info.Mode().IsRegular() && cloudOnly(info)
}
