package material

import (
	"path/filepath"
	"strings"
)

// volumes is where macOS mounts disks, each under its name.
const volumes = "/Volumes"

// VolumeOf describes the volume an absolute path lies on: an external disk by its
// name, which macOS keeps apart by a number where two are called the same. It is false
// for the computer's own disk.
func VolumeOf(abs string) (Volume, bool) {
	rel, err := filepath.Rel(volumes, abs)
	if err != nil || !filepath.IsLocal(rel) || rel == "." {
		return Volume{}, false
	}
	name, below, _ := strings.Cut(rel, "/")
	if below == "" {
		below = "."
	}
	return Volume{ID: name, Label: name, Below: below}, true
}

// Mounted says where the volume of an ID is mounted now.
func Mounted(id string) (string, bool) {
	dir := filepath.Join(volumes, filepath.Base(id))
	return dir, IsFolder(dir)
}
