package material

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"syscall"
)

// location is how to reach a file: the scanned folder, the case below it, and
// the file below that, all as the operating system spells them ("/" between).
// Nothing is kept open between walking and reading.
type location struct {
	root string // the scanned folder
	dir  string // of the case, below root, "." for itself
	file string // below dir

	packed *packed // of a file in a zip file, which is below root
}

// File is an open file of a case.
type File interface {
	io.ReaderAt
	io.Closer
}

// OpenError says why a file could not be opened.
type OpenError struct {
	Path string
	Code Code
	Err  error
}

func (e *OpenError) Error() string { return fmt.Sprintf("%s: %s: %v", e.Path, e.Code, e.Err) }
func (e *OpenError) Unwrap() error { return e.Err }

// ErrChanged says that a file is not the one that was walked.
var ErrChanged = errors.New("the file changed while it was being read")

// Open opens a file for reading: below its case folder and nowhere else, only
// if it still is a regular file of the size seen when walking. Errors are
// *OpenError. The caller closes the file.
func Open(a *Asset) (File, error) {
	if p := a.at.packed; p != nil {
		in, code, err := p.open(a.at.root, a.Size)
		if err != nil {
			return nil, &OpenError{Path: a.Path, Code: code, Err: err}
		}
		return unpackedFile{in}, nil
	}
	root, err := openCase(a.at.root, a.at.dir)
	if err != nil {
		return nil, &OpenError{Path: a.Path, Code: vanished(Unreadable, err), Err: err}
	}
	defer root.Close()
	f, size, code, err := openRegular(root, a.at.file)
	if err != nil {
		return nil, &OpenError{Path: a.Path, Code: vanished(code, err), Err: err}
	}
	if size != a.Size {
		f.Close()
		return nil, &OpenError{Path: a.Path, Code: Changed, Err: ErrChanged}
	}
	return f, nil
}

// vanished tells a file that is not there any more from one that cannot be read.
func vanished(code Code, err error) Code {
	if code == Unreadable && errors.Is(err, fs.ErrNotExist) {
		return Vanished
	}
	return code
}

// unpackedFile is a file of an archive, in memory.
type unpackedFile struct{ io.ReaderAt }

func (unpackedFile) Close() error { return nil }

// openCase opens a case folder so that links cannot lead out of it.
func openCase(rootDir, caseDir string) (*os.Root, error) {
	root, err := os.OpenRoot(rootDir)
	if err != nil || caseDir == "." {
		return root, err
	}
	defer root.Close()
	return root.OpenRoot(caseDir)
}

// openRegular opens name below root if it is a regular file. O_NONBLOCK keeps
// a FIFO that took the file's place from blocking us; regular files ignore it.
func openRegular(root *os.Root, name string) (*os.File, int64, Code, error) {
	info, err := root.Stat(name)
	if err != nil {
		code := Unreadable
		if linkOnPath(root, name) {
			code = LinkOutside
			if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ELOOP) {
				code = LinkBroken
			}
			if errors.Is(err, fs.ErrPermission) {
				code = Unreadable
			}
		}
		return nil, 0, code, err
	}
	if info.IsDir() {
		return nil, 0, LinkFolder, errors.New("a link to a folder")
	}
	if !info.Mode().IsRegular() {
		return nil, 0, NotRegular, errors.New(kindOfFile(info.Mode()))
	}
	f, err := root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, 0, Unreadable, err
	}
	now, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, 0, Unreadable, err
	}
	if !now.Mode().IsRegular() {
		f.Close()
		return nil, 0, NotRegular, errors.New(kindOfFile(now.Mode()))
	}
	return f, now.Size(), "", nil
}

// linkOnPath reports whether name itself is a link. Folders on the way are
// not: the walk does not enter linked ones.
func linkOnPath(root *os.Root, name string) bool {
	info, err := root.Lstat(path.Clean(name))
	return err == nil && info.Mode()&fs.ModeSymlink != 0
}

func kindOfFile(m fs.FileMode) string {
	switch {
	case m&fs.ModeNamedPipe != 0:
		return "FIFO"
	case m&fs.ModeSocket != 0:
		return "socket"
	case m&fs.ModeDevice != 0:
		return "device"
	}
	return "irregular file"
}
