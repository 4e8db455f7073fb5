//go:build !linux && !windows && !darwin

package material

// VolumeOf would describe the volume an absolute path lies on; here the system does not
// say.
func VolumeOf(string) (Volume, bool) { return Volume{}, false }

// Mounted would say where the volume of an ID is mounted now.
func Mounted(string) (string, bool) { return "", false }
