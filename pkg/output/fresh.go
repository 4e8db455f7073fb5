package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Named is a file to be written, by its name in a folder.
type Named struct {
	Name string
	Data []byte
}

// WriteNew writes files into a folder, all of them or none. None may be there yet
// (ErrExists); the folder is made where it is missing and may lie in none of the folders
// apart (ErrInside).
func WriteNew(dir string, apart []string, files []Named) error {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	if within(abs, apart) {
		return &fs.PathError{Op: "create", Path: dir, Err: ErrInside}
	}
	for _, f := range files {
		name := filepath.Join(dir, f.Name)
		if _, err := os.Lstat(name); err == nil {
			return &fs.PathError{Op: "create", Path: name, Err: ErrExists}
		} else if !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	abs = resolved(abs)
	made := missing(abs)
	if err := os.MkdirAll(abs, 0o777); err != nil {
		return err
	}
	for i, f := range files {
		t, err := New(filepath.Join(dir, f.Name))
		if err == nil {
			err = t.Write(f.Data)
		}
		if err != nil {
			for _, w := range files[:i] {
				os.Remove(filepath.Join(dir, w.Name))
			}
			for at := abs; made != ""; at = filepath.Dir(at) { // folders made for it, while they are empty
				if os.Remove(at) != nil || at == made {
					break
				}
			}
			return err
		}
	}
	return nil
}
