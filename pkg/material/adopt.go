package material

import (
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// KindFolders are the folders of a case by the kind whose name they bear; of several
// the first.
func KindFolders(dir string, kinds []Names) (map[string]string, error) {
	m := NewMatcher(kinds)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, e := range entries {
		if kind, how := m.Match(e.Name()); e.IsDir() && how != None && out[kind] == "" {
			out[kind] = e.Name()
		}
	}
	return out, nil
}

// FilesIn lists the regular files of a folder of a case, at most so many, as names below
// the case folder. Names with a leading dot are left out, and links.
func FilesIn(dir, folder string, most int) ([]string, error) {
	entries, err := os.ReadDir(filepath.Join(dir, folder))
	if err != nil {
		return nil, err
	}
	var out []string
	for _, e := range entries {
		if e.Type().IsRegular() && !strings.HasPrefix(e.Name(), ".") && len(out) < most {
			out = append(out, filepath.Join(folder, e.Name()))
		}
	}
	return out, nil
}

// Adopt copies a file that the user named into a folder of a case, which is made where
// it is missing, and returns its name below the case folder. A file that lies in the
// case already stays where it is, and one of the same name there is not replaced; copied
// is false then. After an error nothing new is left behind.
func Adopt(dir, folder, file string) (name string, copied bool, err error) {
	if rel, err := filepath.Rel(dir, file); err == nil && filepath.IsLocal(rel) {
		return rel, false, nil
	}
	in, _, err := OpenNamed(file)
	if err != nil {
		return "", false, err
	}
	defer in.Close()
	root, err := os.OpenRoot(dir)
	if err != nil {
		return "", false, err
	}
	defer root.Close()
	if err := root.MkdirAll(folder, 0o755); err != nil {
		return "", false, err
	}
	name = filepath.Join(folder, filepath.Base(file))
	out, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return name, false, nil
	}
	if err != nil {
		return "", false, err
	}
	_, err = io.Copy(out, in)
	if err = cmp.Or(err, out.Close()); err != nil {
		return "", false, errors.Join(err, root.Remove(name))
	}
	return name, true, nil
}
