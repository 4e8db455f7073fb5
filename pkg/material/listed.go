package material

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
)

// Listed is what lies in a folder that is no case.
type Listed struct {
	Path    string // below the folder, "/" between its parts
	Size    int64
	Regular bool // a file; else a link, a device …
}

// ErrTooMany says that a folder holds more files than are looked at.
var ErrTooMany = errors.New("more files than are looked at")

// List lists the files below a folder in the order of their paths, at most so many
// (ErrTooMany), without following links or opening one. Names with a leading dot and
// those of the patterns (path.Match, case-folded) are left out.
func List(ctx context.Context, dir string, ignore []string, most int) ([]Listed, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	l := lister{ignore: ignore}
	var out []Listed
	err = fs.WalkDir(root.FS(), ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case p == ".":
			return nil
		case l.ignores(path.Base(p)) && d.IsDir():
			return fs.SkipDir
		case l.ignores(path.Base(p)) || d.IsDir():
			return nil
		case len(out) >= most:
			return &fs.PathError{Op: "list", Path: dir, Err: ErrTooMany}
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		out = append(out, Listed{Path: p, Size: info.Size(), Regular: info.Mode().IsRegular()})
		return nil
	})
	return out, err
}

// Ignores reports whether a base name is one of those that List leaves out.
func Ignores(ignore []string, name string) bool {
	l := lister{ignore: ignore}
	return l.ignores(name)
}

// OpenListed opens a regular file below a folder, with its size; links lead nowhere
// else. The caller closes it.
func OpenListed(dir, name string) (*os.File, int64, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, 0, err
	}
	defer root.Close()
	f, size, _, err := openRegular(root, name)
	return f, size, err
}
