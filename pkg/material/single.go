package material

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

const modeFolder = fs.ModeDir

// single is files that the user or a program named one by one and that are judged
// together.
type single struct {
	base  string   // absolute: what their paths are counted from
	files []string // below base, "/" between their parts
	// named is the case they lie in, absolute; empty for a listing.
	named string
	// listed: a program named them.
	listed bool
}

// files judges single files. One with a case.yaml at or above it is a part of that
// case; its case.yaml itself, which a commit hook, a double click or drag and drop
// hands over, stands for all of it. All others of one repository are one listing with paths from its root, as a
// commit hook hands them over; outside of one those below the working directory
// are, and elsewhere those of each folder.
func (w *walker) files(ctx context.Context, paths []string, listed bool) error {
	groups, err := w.group(paths, listed)
	if err != nil {
		return err
	}
	// Of one repository all paths are those from its root.
	one := len(w.cases) == 0 && !slices.ContainsFunc(groups, func(g *single) bool { return g.base != groups[0].base })
	for _, g := range groups {
		if g.named != "" {
			err = w.partOf(ctx, g, one)
		} else {
			err = w.listing(ctx, g, one)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// group says what single files are judged together, in the order given.
func (w *walker) group(paths []string, listed bool) ([]*single, error) {
	wd, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	var groups []*single
	byKey := map[string]*single{}
	folders := map[string]home{}
	for _, p := range paths {
		abs, err := filepath.Abs(p)
		if err != nil {
			return nil, err
		}
		id := identity(abs)
		dir := filepath.Dir(abs)
		if w.roots[id] || w.covered(id) || w.opt.Excluded != nil && w.opt.Excluded(filepath.Join(RealFolder(dir), filepath.Base(abs))) {
			continue
		}
		w.roots[id] = true
		at, known := folders[dir]
		if !known {
			at = w.homeOf(dir, wd)
			folders[dir] = at
		}
		key := at.base + "\x00" + at.named
		g := byKey[key]
		if g == nil {
			g = &single{base: at.base, named: at.named, listed: listed}
			byKey[key] = g
			groups = append(groups, g)
		}
		rel, err := filepath.Rel(at.base, abs)
		if err != nil {
			return nil, err
		}
		g.files = append(g.files, filepath.ToSlash(rel))
	}
	return groups, nil
}

// home is what files of a folder are judged with: what their paths are counted from
// and the case they belong to, empty for none.
type home struct{ base, named string }

func (w *walker) homeOf(dir, wd string) home {
	root := Repository(dir)
	h := home{base: dir}
	switch {
	case root != "":
		h.base = root
	case within(wd, dir):
		h.base = wd
	}
	// A link on the way would lead out of the folder that files are opened below.
	if !within(RealFolder(h.base), RealFolder(dir)) {
		h.base = dir
	}
	for at := dir; !w.opt.Photos; at = filepath.Dir(at) {
		if hasCaseFileIn(at) {
			h.named = at
			// A folder called like a kind is a part of the case above.
			if _, s := w.kinds.Match(filepath.Base(at)); s != Exact {
				break
			}
		}
		if at == root || at == filepath.Dir(at) {
			break
		}
	}
	if h.named != "" && !within(h.base, h.named) {
		h.base = h.named
	}
	return h
}

// Repository is the nearest folder at or above dir that has a .git, "" for none.
func Repository(dir string) string {
	for at := dir; ; at = filepath.Dir(at) {
		if _, err := os.Lstat(filepath.Join(at, ".git")); err == nil {
			return at
		}
		if at == filepath.Dir(at) {
			return ""
		}
	}
}

// within reports whether a path is a folder or lies in it.
func within(folder, p string) bool {
	rel, err := filepath.Rel(folder, p)
	return err == nil && filepath.IsLocal(rel)
}

// hasCaseFileIn reports whether a case file lies in a folder.
func hasCaseFileIn(dir string) bool {
	return slices.ContainsFunc(caseFileNames(), func(name string) bool {
		info, err := os.Stat(filepath.Join(dir, name))
		return err == nil && info.Mode().IsRegular()
	})
}

// partOf walks the case that files lie in, and asks about them alone.
func (w *walker) partOf(ctx context.Context, g *single, one bool) error {
	only := &Only{}
	for _, f := range g.files {
		only.Files = append(only.Files, filepath.Join(g.base, filepath.FromSlash(f)))
	}
	if !w.opt.Whole {
		outer := w.only
		w.only = append(slices.Clone(outer), newSelection(only))
		defer func() { w.only = outer }()
	}
	label, err := filepath.Rel(g.base, g.named)
	if err != nil {
		return err
	}
	label = shownName(filepath.ToSlash(label))
	if label == "." && !one {
		label = shownName(filepath.Base(g.named))
	}
	before := len(w.cases)
	if err := w.folder(ctx, Typed(g.named), label); err != nil {
		return err
	}
	found := slices.DeleteFunc(slices.Clone(w.cases[before:]), (*Case).Untouched) // cases inside it
	w.cases = append(w.cases[:before], found...)
	return nil
}

// listing judges files as those of a plain folder.
func (w *walker) listing(ctx context.Context, g *single, one bool) error {
	dir := Typed(g.base)
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("%s: %w", dir, err)
	}
	defer root.Close()
	c := &Case{Path: ".", Dir: dir, Listing: true, real: identity(g.base)}
	if !one {
		c.Path = shownName(filepath.ToSlash(dir))
	}
	files := g.files
	if g.listed {
		files = w.unlisted(c, files)
	}
	if len(files) == 0 {
		return nil
	}
	err = w.fill(ctx, c, root, location{root: dir, dir: "."}, nodes(files), placer{listing: true, single: !g.listed, folder: filepath.Base(g.base)})
	if err != nil {
		return err
	}
	w.narrow(c)
	w.cases = append(w.cases, c)
	return nil
}

// unlisted leaves out what a walk of the folder would leave out: a program lists
// what else lies in a repository.
func (w *walker) unlisted(c *Case, files []string) []string {
	l := &lister{ignore: w.opt.Ignore, sidecars: w.opt.Sidecars}
	names := map[string][]string{}
	for _, f := range files {
		names[path.Dir(f)] = append(names[path.Dir(f)], path.Base(f))
	}
	photos := map[string]map[string]bool{}
	for dir, bases := range names {
		photos[dir] = photoNames(bases)
	}
	return slices.DeleteFunc(slices.Clone(files), func(f string) bool {
		out := slices.ContainsFunc(strings.Split(f, "/"), l.ignores) || l.sidecar(path.Base(f), photos[path.Dir(f)])
		if out {
			c.Ignored = append(c.Ignored, f)
		}
		return out
	})
}

// Typed is an absolute path as a person in the working directory writes it.
func Typed(abs string) string {
	wd, err := os.Getwd()
	if err != nil {
		return abs
	}
	if rel, err := filepath.Rel(wd, abs); err == nil && filepath.IsLocal(rel) {
		return rel
	}
	return abs
}

// Above is the nearest file of a name in a folder or one above it, up to the root of
// its repository; "" for none. A folder with a case file brings none: it may be
// somebody else's.
func Above(dir, name string) string {
	root := Repository(dir)
	for at := dir; ; at = filepath.Dir(at) {
		p := filepath.Join(at, name)
		if info, err := os.Stat(p); err == nil && info.Mode().IsRegular() && !hasCaseFileIn(at) {
			return p
		}
		if at == root || at == filepath.Dir(at) {
			return ""
		}
	}
}
