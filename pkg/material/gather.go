package material

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"time"
)

// Kept is a regular file below a folder.
type Kept struct {
	Path    string // below the folder, "/" between its parts, as the system spells it
	Size    int64
	Changed time.Time // mtime
}

// Gather lists the regular files below a folder in the order of their paths, at most
// so many (ErrTooMany), without following links or opening one. Names with a leading dot
// and those of the patterns (path.Match, case-folded) are left out. Folders below that
// cannot be listed are told, and the rest is gone through; the error is that of the
// folder itself or of ctx.
func Gather(ctx context.Context, dir string, ignore []string, most int) (files []Kept, unread []Problem, err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, nil, err
	}
	defer root.Close()
	l := lister{ignore: ignore}
	err = fs.WalkDir(root.FS(), ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && p == ".":
			return err
		case err != nil:
			unread = append(unread, Problem{Path: p, Code: Unreadable, Detail: systemMessage(err)})
			return nil
		case p == ".":
			return nil
		case l.ignores(path.Base(p)) && d.IsDir():
			return fs.SkipDir
		case l.ignores(path.Base(p)) || !d.Type().IsRegular():
			return nil
		case len(files) >= most:
			return &fs.PathError{Op: "list", Path: dir, Err: ErrTooMany}
		}
		info, err := d.Info()
		if err != nil {
			if !errors.Is(err, fs.ErrNotExist) { // it was there a moment ago
				unread = append(unread, Problem{Path: p, Code: Unreadable, Detail: systemMessage(err)})
			}
			return nil
		}
		files = append(files, Kept{Path: p, Size: info.Size(), Changed: info.ModTime()})
		return nil
	})
	return files, unread, err
}

// Standing is the regular file that lies at a place below a folder now; links lead
// nowhere else. fs.ErrNotExist says that none does.
func Standing(dir, name string) (Kept, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return Kept{}, err
	}
	defer root.Close()
	info, err := root.Stat(filepath.FromSlash(name))
	if err != nil {
		return Kept{}, err
	}
	if !info.Mode().IsRegular() {
		return Kept{}, &fs.PathError{Op: "stat", Path: name, Err: errors.New(kindOfFile(info.Mode()))}
	}
	return Kept{Path: name, Size: info.Size(), Changed: info.ModTime()}, nil
}

// IsFolder reports whether a folder is there.
func IsFolder(dir string) bool {
	info, err := os.Stat(dir)
	return err == nil && info.IsDir()
}
