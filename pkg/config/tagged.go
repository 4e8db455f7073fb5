package config

import (
	"errors"
	"io/fs"
	"path"
	"strings"
)

// ErrNoTag says that there is no file for a tag.
var ErrNoTag = errors.New("no file for this language")

// Tags are the names, without .yaml, of a folder's YAML files, sorted: the languages
// that something is written in, one file each.
func Tags(fsys fs.FS, dir string) []string {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return nil // of files that are built in: there are none
	}
	var out []string
	for _, e := range entries {
		if tag, ok := strings.CutSuffix(e.Name(), ".yaml"); ok {
			out = append(out, tag)
		}
	}
	return out
}

// DecodeTag decodes the file of one tag, see Decode; ErrNoTag where there is none.
func DecodeTag(fsys fs.FS, dir, tag string, into any) error {
	name := tag + ".yaml"
	if path.Base(name) != name {
		return ErrNoTag
	}
	data, err := fs.ReadFile(fsys, path.Join(dir, name))
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return ErrNoTag
	}
	if err != nil {
		return err
	}
	_, err = Decode(name, data, into)
	return err
}
