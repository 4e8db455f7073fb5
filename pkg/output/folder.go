package output

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// What the errors about folders wrap besides those of the system.
var (
	ErrHasContent = errors.New("exists and is not an empty folder")
	ErrInside     = errors.New("lies inside a folder that is read")
	ErrExists     = errors.New("exists already")
)

// Folder is a folder being made, beside where it will stand: it appears whole or not
// at all. Keep or Discard ends it.
type Folder struct {
	path, temp string
	root       *os.Root
	made       string                 // the highest folder above path that was made for it
	ours       func(head []byte) bool // what may be replaced; nil for nothing
}

// NewFolder begins a folder. There must be nothing at its place, or an empty folder
// (ErrHasContent), and it may lie in none of the folders apart (ErrInside).
// Folders above it are made where they are missing.
func NewFolder(name string, apart []string) (*Folder, error) {
	return newFolder(name, apart, nil)
}

// NewFolderOver is NewFolder where the folder of an earlier run may stand, and gives way
// when the new one is kept: nothing lies in it but plain files that ours knows by their
// first HeadBytes.
func NewFolderOver(name string, apart []string, ours func(head []byte) bool) (*Folder, error) {
	return newFolder(name, apart, ours)
}

// HeadBytes is how much of a file decides whether it may be replaced.
const HeadBytes = 1 << 10

func newFolder(name string, apart []string, ours func([]byte) bool) (*Folder, error) {
	path, err := filepath.Abs(name)
	if err != nil {
		return nil, err
	}
	path = resolved(path)
	f := &Folder{path: path, ours: ours}
	mayGo, err := f.mayGo()
	switch {
	case err == nil && !mayGo:
		return nil, &fs.PathError{Op: "mkdir", Path: name, Err: ErrHasContent}
	case err == nil, errors.Is(err, fs.ErrNotExist):
	default:
		if info, statErr := os.Stat(path); statErr == nil && !info.IsDir() {
			err = &fs.PathError{Op: "mkdir", Path: name, Err: ErrHasContent}
		}
		return nil, err
	}
	if within(path, apart) {
		return nil, &fs.PathError{Op: "mkdir", Path: name, Err: ErrInside}
	}
	f.made = missing(filepath.Dir(path))
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		f.Discard()
		return nil, err
	}
	const tries = 1000
	for i := range tries {
		f.temp = filepath.Join(filepath.Dir(path), fmt.Sprintf(".aecheck-%d-%d", os.Getpid(), i))
		if err = os.Mkdir(f.temp, 0o777); !errors.Is(err, fs.ErrExist) {
			break
		}
	}
	if err == nil {
		f.root, err = os.OpenRoot(f.temp)
	}
	if err != nil {
		f.Discard()
		return nil, err
	}
	return f, nil
}

// mayGo reports whether what stands at the place of a folder may be replaced: a folder
// with nothing in it but what is ours. The error is that of reading it.
func (f *Folder) mayGo() (bool, error) {
	entries, err := os.ReadDir(f.path)
	if err != nil {
		return false, err
	}
	for _, e := range entries {
		if f.ours == nil || !e.Type().IsRegular() {
			return false, nil
		}
		head, err := headOf(filepath.Join(f.path, e.Name()), HeadBytes)
		if err != nil {
			return false, err
		}
		if !f.ours(head) {
			return false, nil
		}
	}
	return true, nil
}

// missing is the highest folder at or above path that is not there; empty where all are.
func missing(path string) (top string) {
	for ; ; path = filepath.Dir(path) {
		if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) || path == filepath.Dir(path) {
			return top
		}
		top = path
	}
}

// resolved is where an absolute path leads, also where the end of it is not there yet:
// folders are made where links lead, and what lies above them is looked at there.
func resolved(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	if to, err := wanted(path); err == nil {
		path = to
	}
	up := filepath.Dir(path)
	if up == path {
		return path
	}
	return filepath.Join(resolved(up), filepath.Base(path))
}

// within reports whether a place, there or not, lies in one of the folders at any depth,
// or is it. Where the links of it lead counts, not how they are named.
func within(path string, folders []string) bool {
	path = resolved(path)
	var infos []fs.FileInfo
	for _, dir := range folders {
		if info, err := os.Stat(dir); err == nil {
			infos = append(infos, info)
		}
	}
	for ; ; path = filepath.Dir(path) {
		here, err := os.Stat(path)
		if err == nil && slices.ContainsFunc(infos, func(i fs.FileInfo) bool { return os.SameFile(here, i) }) {
			return true
		}
		if path == filepath.Dir(path) {
			return false
		}
	}
}

// Create makes a file in the folder; name has "/" between its parts. The folders on
// the way are made.
func (f *Folder) Create(name string) (io.WriteCloser, error) {
	name = filepath.FromSlash(name)
	if err := f.root.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return nil, err
	}
	return f.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
}

// Open opens a file of the folder again.
func (f *Folder) Open(name string) (*os.File, error) { return f.root.Open(filepath.FromSlash(name)) }

// Path is where the folder lies while it is being made.
func (f *Folder) Path() string { return f.temp }

// Remove takes a file of the folder away again.
func (f *Folder) Remove(name string) error { return f.root.Remove(filepath.FromSlash(name)) }

// Keep puts the folder where it belongs.
func (f *Folder) Keep() error {
	if err := f.root.Close(); err != nil {
		return err
	}
	// Windows renames over no folder, not even an empty one; one with content stays, and
	// so does a file that came to lie there in the meantime.
	old := f.temp + "-old"
	switch mayGo, err := f.mayGo(); {
	case errors.Is(err, fs.ErrNotExist):
		old = ""
	case err == nil && mayGo:
		if err := os.Rename(f.path, old); err != nil {
			return err
		}
	default:
		return &fs.PathError{Op: "mkdir", Path: f.path, Err: ErrHasContent}
	}
	if err := os.Rename(f.temp, f.path); err != nil {
		if old != "" {
			_ = os.Rename(old, f.path) // as it was
		}
		return err
	}
	if old != "" {
		_ = os.RemoveAll(old) // what cannot be removed is hidden by its name
	}
	f.temp, f.made = "", ""
	return nil
}

// Discard leaves nothing of a folder that was not kept.
func (f *Folder) Discard() {
	if f.root != nil {
		f.root.Close()
	}
	if f.temp != "" {
		_ = os.RemoveAll(f.temp) // what cannot be removed is hidden by its name
		f.temp = ""
	}
	for dir := filepath.Dir(f.path); f.made != ""; dir = filepath.Dir(dir) {
		if os.Remove(dir) != nil || dir == f.made {
			f.made = ""
		}
	}
}

// Undo takes away a folder that was kept: of several outputs another failed.
func (f *Folder) Undo() { _ = os.RemoveAll(f.path) }

// File is a new file being made beside where it will stand. Keep or Discard ends it.
type File struct {
	*os.File
	path string
}

// NewFile begins a file where nothing is yet (ErrExists), in none of the folders apart
// (ErrInside).
func NewFile(name string, apart []string) (*File, error) {
	t, err := New(name)
	switch {
	case err != nil:
		return nil, named(name, err)
	case t.Name == Stdout || t.info != nil:
		return nil, &fs.PathError{Op: "create", Path: name, Err: ErrExists}
	}
	abs, err := filepath.Abs(t.path)
	if err != nil {
		return nil, err
	}
	if within(filepath.Dir(abs), apart) {
		return nil, &fs.PathError{Op: "create", Path: name, Err: ErrInside}
	}
	f, err := t.beside()
	if err != nil {
		return nil, named(name, err)
	}
	return &File{File: f, path: abs}, nil
}

// named is an error about a file by the name that the user gave, not by its folder's or
// the one it has until it is kept.
func named(name string, err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return &fs.PathError{Op: "create", Path: name, Err: err}
}

// Keep puts the file where it belongs.
func (f *File) Keep() error {
	if err := cmp.Or(f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), f.path)
}

// Discard leaves nothing of a file that was not kept.
func (f *File) Discard() {
	f.Close()
	os.Remove(f.Name())
}

// Undo takes away a file that was kept: of several outputs another failed.
func (f *File) Undo() { os.Remove(f.path) }

// Write writes a file of the folder.
func (f *Folder) Write(name string, data []byte) error {
	w, err := f.Create(name)
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return errors.Join(err, w.Close())
}
