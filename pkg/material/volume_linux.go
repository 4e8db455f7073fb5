package material

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

const (
	mountsFile = "/proc/self/mountinfo"
	byUUID     = "/dev/disk/by-uuid"
	byLabel    = "/dev/disk/by-label"
)

// mount is a file system as the kernel lists it.
type mount struct{ point, device string }

// mounts lists the file systems on devices; none where the system does not say.
func mounts() []mount {
	data, err := os.ReadFile(mountsFile)
	if err != nil {
		return nil
	}
	return mountsIn(string(data))
}

// mountsIn reads lines such as "36 35 8:1 / /media/a rw - ext4 /dev/sdb1 rw" (proc(5)).
// Binds of a part of a file system are left out: what lies below is not its top.
func mountsIn(data string) []mount {
	var out []mount
	for line := range strings.Lines(data) {
		left, right, ok := strings.Cut(line, " - ")
		fields, source := strings.Fields(left), strings.Fields(right)
		if !ok || len(fields) < 5 || len(source) < 2 || fields[3] != "/" || !strings.HasPrefix(source[1], "/dev/") {
			continue
		}
		out = append(out, mount{unescaped(fields[4]), unescaped(source[1])})
	}
	return out
}

// unescaped undoes the kernel's \040 for a blank and the like.
func unescaped(s string) string {
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+3 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+4], 8, 8); err == nil {
				out.WriteByte(byte(n))
				i += 3
				continue
			}
		}
		out.WriteByte(s[i])
	}
	return out.String()
}

// named finds the name that leads to a device in one of udev's folders of links.
func named(dir, device string) string {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return ""
	}
	real, err := filepath.EvalSymlinks(device)
	if err != nil {
		return ""
	}
	for _, e := range entries {
		if to, err := filepath.EvalSymlinks(filepath.Join(dir, e.Name())); err == nil && to == real {
			return e.Name()
		}
	}
	return ""
}

// VolumeOf describes the volume an absolute path lies on. It is false where the system
// does not say.
func VolumeOf(abs string) (Volume, bool) {
	var best mount
	for _, m := range mounts() {
		if rel, err := filepath.Rel(m.point, abs); err == nil && filepath.IsLocal(rel) && len(m.point) >= len(best.point) {
			best = m
		}
	}
	id := named(byUUID, best.device)
	if best.point == "" || id == "" {
		return Volume{}, false
	}
	below, err := filepath.Rel(best.point, abs)
	if err != nil {
		return Volume{}, false
	}
	label := strings.ReplaceAll(named(byLabel, best.device), `\x20`, " ")
	return Volume{ID: id, Label: label, Below: filepath.ToSlash(below)}, true
}

// Mounted says where the volume of an ID is mounted now.
func Mounted(id string) (string, bool) {
	device, err := filepath.EvalSymlinks(filepath.Join(byUUID, filepath.Base(id)))
	if err != nil {
		return "", false
	}
	for _, m := range mounts() {
		if real, err := filepath.EvalSymlinks(m.device); err == nil && real == device {
			return m.point, true
		}
	}
	return "", false
}
