// Package output writes what the user asked for where the user asked for it, and
// nothing else: a file whole or not at all, a pipe or a device straight, never
// over a file that is being read.
//
// It imports nothing of ours.
package output

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// Target is a place to write to.
type Target struct {
	// Name is what the user typed: a path, or "-" for standard output.
	Name string

	path   string      // where the links of Name lead
	info   fs.FileInfo // of what is there; nil where nothing is
	parent fs.FileInfo // of the folder
}

// Stdout is what stands for standard output.
const Stdout = "-"

// maxLinks bounds a chain of links (Linux follows 40).
const maxLinks = 40

// New looks at what a name leads to. An error is a place that cannot be written
// to: no such folder, a folder itself, links in a circle.
func New(name string) (Target, error) {
	t := Target{Name: name, path: name}
	if name == Stdout || name == "/dev/stdout" {
		t.Name = Stdout // opening it again would write over what is there already
		return t, nil
	}
	info, err := os.Stat(name)
	switch {
	case runtime.GOOS == "windows" && strings.Contains(filepath.Base(name), ":"):
		// A stream of a file that may be anything: IMG_2001.JPG:x.
		return t, &fs.PathError{Op: "open", Path: name, Err: ErrColon}
	case err == nil && info.IsDir():
		return t, &fs.PathError{Op: "open", Path: name, Err: ErrFolder}
	case err == nil && !info.Mode().IsRegular():
		t.info = info // links to it mean nothing outside the kernel: /dev/fd/63
		return t, nil
	case err == nil:
		t.info = info
		if t.path, err = filepath.EvalSymlinks(name); err != nil {
			return t, err
		}
	case errors.Is(err, fs.ErrNotExist) && name != "":
		if t.path, err = wanted(name); err != nil {
			return t, err
		}
	default:
		return t, err
	}
	t.parent, err = os.Stat(filepath.Dir(t.path))
	return t, err
}

// wanted follows a link whose target is not there yet: the file belongs there,
// and the link stays.
func wanted(name string) (string, error) {
	for range maxLinks {
		info, err := os.Lstat(name)
		if err != nil || info.Mode()&fs.ModeSymlink == 0 {
			break
		}
		to, err := os.Readlink(name)
		if err != nil {
			return name, err
		}
		if !filepath.IsAbs(to) {
			to = filepath.Join(filepath.Dir(name), to)
		}
		name = to
	}
	return name, nil
}

// What New's errors wrap besides those of the system.
var (
	ErrFolder = errors.New("is a folder")
	ErrColon  = errors.New("a file name cannot have a colon")
)

// stream reports that something other than a file is there: a pipe, a terminal,
// a device.
func (t Target) stream() bool { return t.info != nil && !t.info.Mode().IsRegular() }

// Exists reports that a regular file is there.
func (t Target) Exists() bool { return t.info != nil && t.info.Mode().IsRegular() }

// Same reports that two targets are one file, however they are spelled.
func (t Target) Same(o Target) bool {
	switch {
	case t.Name == Stdout || o.Name == Stdout:
		return t.Name == o.Name
	case t.info != nil && o.info != nil:
		return os.SameFile(t.info, o.info) && !t.stream()
	case t.info != nil || o.info != nil:
		return false
	}
	// Neither is there yet. Names that differ in case alone are one on most
	// systems that sellers use.
	return os.SameFile(t.parent, o.parent) && strings.EqualFold(lastName(t.path), lastName(o.path))
}

// lastName is the name a file gets: Windows leaves out dots and blanks at the end,
// and tells so when asked for the whole path.
func lastName(p string) string {
	if abs, err := filepath.Abs(p); err == nil {
		p = abs
	}
	return filepath.Base(p)
}

// Is reports that a file is the target.
func (t Target) Is(info fs.FileInfo) bool { return t.Exists() && os.SameFile(t.info, info) }

// Within reports that a target lies in a folder, at any depth, or is the file
// dir itself.
func (t Target) Within(dir string) bool {
	info, err := os.Stat(dir)
	if err != nil || t.Name == Stdout {
		return false
	}
	if !info.IsDir() {
		return t.info != nil && os.SameFile(t.info, info)
	}
	abs, err := filepath.Abs(filepath.Dir(t.path))
	if err != nil {
		return false
	}
	for {
		if here, err := os.Stat(abs); err == nil && os.SameFile(here, info) {
			return true
		}
		up := filepath.Dir(abs)
		if up == abs {
			return false
		}
		abs = up
	}
}

// LinkedFrom reports that the file that is there is, under another name, one in a
// folder, at any depth: a hard link. Folders that cannot be read are passed over.
func (t Target) LinkedFrom(dir string) bool {
	if !t.Exists() {
		return false
	}
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real // WalkDir follows no link
	}
	found := errors.New("found")
	return filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return nil
		}
		if info, err := d.Info(); err != nil || info.Size() != t.info.Size() {
			return nil
		}
		// Not the d.Info that is there: on Windows it takes the number of the volume
		// from elsewhere.
		if info, err := os.Lstat(p); err == nil && os.SameFile(info, t.info) {
			return found
		}
		return nil
	}) != nil
}

// Head returns up to n bytes of the start of the file that is there.
func (t Target) Head(n int) ([]byte, error) { return headOf(t.path, n) }

func headOf(path string, n int) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, int64(n)))
}

// Write writes data. A file is replaced at once, so that a full disk or a cut of
// power leaves the old one, and keeps its permissions; a new one gets those that
// the user's umask leaves.
func (t Target) Write(data []byte) error {
	return t.WriteFrom(func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// WriteFrom is Write of all that write writes. Where that fails, nothing is written but
// to a pipe or a device.
func (t Target) WriteFrom(write func(io.Writer) error) error {
	if t.stream() {
		f, err := os.OpenFile(t.path, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		werr := write(f)
		if err := f.Close(); werr == nil {
			werr = err
		}
		return werr
	}
	f, err := t.beside()
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // gone after the rename; then this fails and that is fine
	werr := write(f)
	if t.info != nil && werr == nil {
		werr = f.Chmod(t.info.Mode().Perm())
	}
	if werr == nil {
		werr = f.Sync()
	}
	if err := f.Close(); werr == nil {
		werr = err
	}
	if werr != nil {
		return werr
	}
	return os.Rename(f.Name(), t.path)
}

// Remove takes away the file that is there; none is fine.
func (t Target) Remove() error {
	if !t.Exists() {
		return nil
	}
	if err := os.Remove(t.path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// beside makes a file of a new name in the target's folder. os.CreateTemp would
// not ask the umask.
func (t Target) beside() (*os.File, error) {
	const tries = 1000
	for i := range tries {
		f, err := os.OpenFile(filepath.Join(filepath.Dir(t.path), fmt.Sprintf(".aecheck-%d-%d", os.Getpid(), i)), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if !errors.Is(err, fs.ErrExist) {
			return f, err
		}
	}
	return nil, fs.ErrExist
}
