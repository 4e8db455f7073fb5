package material

import (
	"fmt"
	"path/filepath"

	"golang.org/x/sys/windows"
)

// VolumeOf describes the volume an absolute path lies on. It is false where the system
// does not say, as for a network share.
func VolumeOf(abs string) (Volume, bool) {
	root := filepath.VolumeName(abs) + `\`
	v, ok := volumeAt(root)
	if !ok {
		return Volume{}, false
	}
	below, err := filepath.Rel(root, abs)
	if err != nil {
		return Volume{}, false
	}
	v.Below = filepath.ToSlash(below)
	return v, true
}

// volumeAt asks for the serial number and the label of a drive.
func volumeAt(root string) (Volume, bool) {
	name, err := windows.UTF16PtrFromString(root)
	if err != nil {
		return Volume{}, false
	}
	var label [windows.MAX_PATH + 1]uint16
	var serial, longest, flags uint32
	if windows.GetVolumeInformation(name, &label[0], uint32(len(label)), &serial, &longest, &flags, nil, 0) != nil || serial == 0 {
		return Volume{}, false
	}
	return Volume{ID: fmt.Sprintf("%04X-%04X", serial>>16, serial&0xFFFF), Label: windows.UTF16ToString(label[:])}, true
}

// Mounted says where the volume of an ID is mounted now.
func Mounted(id string) (string, bool) {
	drives, err := windows.GetLogicalDrives()
	if err != nil {
		return "", false
	}
	for i := 2; i < 26; i++ { // A and B are floppy drives, which would spin up
		root := string(rune('A'+i)) + `:\`
		if drives&(1<<i) == 0 {
			continue
		}
		if v, ok := volumeAt(root); ok && v.ID == id {
			return root, true
		}
	}
	return "", false
}
