package material

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/cases"

	"github.com/aecheck/aecheck/pkg/format"
)

// node is a file or folder below the scanned one, as its parent lists it.
type node struct {
	name     fileName
	mode     fs.FileMode // type bits
	children []*node     // of a folder, by raw name
}

func (n *node) dir() bool { return n.mode.IsDir() }

// lister reads a folder tree into memory: names and types only, so that what
// is a case can be decided before any file is touched.
type lister struct {
	root     *os.Root
	ignore   []string
	limits   Limits
	entries  int
	full     bool
	problems []Problem
	ignored  []string // paths below root, shown form
}

// list reads one folder. rel is its path below root in raw form, shown the
// same for people.
func (l *lister) list(ctx context.Context, rel, shown string, depth int) ([]*node, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	f, err := l.root.Open(rel)
	if err != nil {
		l.problem(rel, shown, Unreadable, systemMessage(err))
		return nil, nil
	}
	names, err := l.readDir(f, rel, shown)
	f.Close()
	if err != nil {
		l.problem(rel, shown, Unreadable, systemMessage(err))
	}
	slices.SortFunc(names, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })

	var out []*node
	stems := photoStems(names)
	for _, e := range names {
		n := &node{name: nameOf(e.Name()), mode: e.Type()}
		sub := path.Join(shown, n.name.shown)
		if l.ignores(e.Name()) || sidecar(e, stems) {
			l.ignored = append(l.ignored, sub)
			continue
		}
		if n.dir() {
			if depth >= l.limits.Depth {
				l.problem(path.Join(rel, e.Name()), sub, TooDeep, "")
				continue
			}
			if n.children, err = l.list(ctx, path.Join(rel, e.Name()), sub, depth+1); err != nil {
				return nil, err
			}
		}
		out = append(out, n)
	}
	return out, nil
}

// readDir reads the entries of one folder up to what is left of the limit.
func (l *lister) readDir(f *os.File, rel, shown string) ([]fs.DirEntry, error) {
	var names []fs.DirEntry
	for !l.full {
		part, err := f.ReadDir(1024)
		names = append(names, part...)
		l.entries += len(part)
		if l.entries > l.limits.Entries {
			l.full = true
			names = names[:max(0, len(names)-(l.entries-l.limits.Entries))]
			l.problem(rel, shown, TooMany, "")
		}
		if errors.Is(err, io.EOF) {
			return names, nil
		}
		if err != nil {
			return names, err
		}
	}
	return names, nil
}

func (l *lister) problem(rel, shown string, c Code, detail string) {
	l.problems = append(l.problems, Problem{Path: shown, RawBase64: rawBase64(rel), Code: c, Detail: detail})
}

// ignores reports whether a base name is to be left out.
func (l *lister) ignores(name string) bool {
	if strings.HasPrefix(name, ".") {
		return true
	}
	folded := cases.Fold().String(name)
	return slices.ContainsFunc(l.ignore, func(pattern string) bool {
		ok, err := path.Match(cases.Fold().String(pattern), folded)
		return err == nil && ok
	})
}

// photoStems returns the folded stems of the photos in a folder.
func photoStems(names []fs.DirEntry) map[string]bool {
	stems := make(map[string]bool)
	for _, e := range names {
		if stem, ext := stemExt(e.Name()); format.PhotoName(ext) {
			stems[cases.Fold().String(stem)] = true
		}
	}
	return stems
}

// sidecar reports whether a file is what a phone, a camera or a catalogue puts
// beside a photo of the same name: the video of a Live Photo (IMG_1234.MOV), a
// list of edits (AAE, XMP), a thumbnail (THM).
func sidecar(e fs.DirEntry, stems map[string]bool) bool {
	switch stem, ext := stemExt(e.Name()); ext {
	case "mov", "aae", "xmp", "thm":
		return e.Type().IsRegular() && stems[cases.Fold().String(stem)]
	}
	return false
}

// stemExt divides a base name; ext is lower case, without the dot.
func stemExt(name string) (stem, ext string) {
	e := path.Ext(name)
	return strings.TrimSuffix(name, e), strings.ToLower(strings.TrimPrefix(e, "."))
}

// systemMessage returns an error's innermost text: no paths of this machine.
func systemMessage(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return err.Error()
}
