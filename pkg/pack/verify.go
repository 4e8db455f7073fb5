package pack

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/aecheck/aecheck/pkg/archive"
	"github.com/aecheck/aecheck/pkg/manifest"
	"github.com/aecheck/aecheck/pkg/material"
)

// State of a file of a package, beside what its manifest says.
type State string

// The states.
const (
	Same    State = "unchanged"
	Differs State = "changed"
	Missing State = "missing"
	Extra   State = "added"
	NotRead State = "unread" // it is there, and cannot be read: a link, encrypted, damaged
)

// FileState is a file with its state.
type FileState struct {
	Path  string // below the package
	State State
	Why   error // it could not be read
}

// Verified is what became of one package.
type Verified struct {
	Dir   string // below what was named, "." for itself
	Parts []int  // the parts that are there, where it was divided; nil for a whole package
	Of    int    // how many parts there are
	Files []FileState
}

// Count counts the files in a state.
func (v *Verified) Count(s State) int {
	n := 0
	for _, f := range v.Files {
		if f.State == s {
			n++
		}
	}
	return n
}

// ErrNotPackage says that there is no package.
var ErrNotPackage = errors.New("no " + manifest.Name + " in it")

// maxEntries bounds what is looked at of a folder that may be anything.
const maxEntries = 200_000

// Verify compares the packages in a folder or zip file with their manifests; ignore are
// the names that systems leave in folders. Nothing is unpacked to disk. The error wraps
// ErrNotPackage or manifest.ErrNone, is one of pkg/archive, or the system's.
func Verify(ctx context.Context, name string, ignore []string) ([]Verified, error) {
	t, err := openTree(ctx, name, ignore)
	if err != nil {
		return nil, err
	}
	defer t.close()
	var out []Verified
	dirs := t.packages()
	if len(dirs) == 0 {
		return nil, ErrNotPackage
	}
	for _, dir := range dirs {
		m, err := t.manifest(dir)
		if err != nil {
			return nil, err
		}
		v, err := t.verify(ctx, dir, m)
		if err != nil {
			return nil, err
		}
		out = append(out, *v)
	}
	if dirs[0] != "." { // several cases: what lies beside them was added
		v := Verified{Dir: "."}
		for _, e := range t.entries {
			if first, _, _ := strings.Cut(e.path, "/"); !slices.Contains(dirs, first) {
				v.Files = append(v.Files, FileState{Path: e.path, State: Extra})
			}
		}
		if len(v.Files) > 0 {
			out = append(out, v)
		}
	}
	return out, nil
}

// Manifests reads the manifests of what a user names as a package: a manifest itself, a
// folder, a zip file. Errors are as of Verify.
func Manifests(ctx context.Context, name string, ignore []string) ([]*manifest.Manifest, error) {
	if strings.EqualFold(filepath.Ext(name), ".json") {
		data, err := material.ReadNamed(name, manifest.MaxBytes)
		if err != nil {
			return nil, err
		}
		m, err := manifest.Read(strings.NewReader(string(data)))
		return []*manifest.Manifest{m}, err
	}
	t, err := openTree(ctx, name, ignore)
	if err != nil {
		return nil, err
	}
	defer t.close()
	var out []*manifest.Manifest
	for _, dir := range t.packages() {
		m, err := t.manifest(dir)
		if err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	if len(out) == 0 {
		return nil, ErrNotPackage
	}
	return out, nil
}

// tree is what lies in a folder or a zip file.
type tree struct {
	entries []treeEntry
	open    func(*treeEntry) (io.ReadCloser, error)
	close   func()
}

type treeEntry struct {
	path    string
	size    int64
	err     error // why it cannot be read
	archive archive.Entry
	again   bool // a zip file lists it once more: another program may take this one
}

// ErrNotFile says that a name of a package stands for something else.
var ErrNotFile = errors.New("a link or a device, not a file")

func openTree(ctx context.Context, name string, ignore []string) (*tree, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return openZip(name, ignore)
	}
	listed, err := material.List(ctx, name, ignore, maxEntries)
	if err != nil {
		return nil, err
	}
	t := &tree{close: func() {}, open: func(e *treeEntry) (io.ReadCloser, error) {
		f, _, err := material.OpenListed(name, e.path)
		return f, err
	}}
	for _, l := range listed {
		e := treeEntry{path: l.Path, size: l.Size}
		if !l.Regular {
			e.err = ErrNotFile
		}
		t.entries = append(t.entries, e)
	}
	return t, nil
}

func openZip(name string, ignore []string) (*tree, error) {
	f, size, err := material.OpenNamed(name)
	if err != nil {
		return nil, err
	}
	r, err := archive.NewReader(f, size)
	if err != nil {
		f.Close()
		return nil, err
	}
	t := &tree{close: func() { f.Close() }, open: func(e *treeEntry) (io.ReadCloser, error) { return e.archive.Stream() }}
	for _, e := range r.Entries {
		ignored := slices.ContainsFunc(strings.Split(e.Path, "/"), func(part string) bool { return material.Ignores(ignore, part) })
		if !e.Dir && !ignored {
			t.entries = append(t.entries, treeEntry{path: e.Path, size: e.Size, err: e.Err, archive: e})
		}
	}
	for _, twice := range r.Again {
		t.entries = append(t.entries, treeEntry{path: twice, again: true})
	}
	slices.SortStableFunc(t.entries, func(a, b treeEntry) int { return cmp.Compare(a.path, b.path) })
	return t, nil
}

// packages are the folders that hold a manifest: the top one, else those right below.
func (t *tree) packages() []string {
	var out []string
	for _, e := range t.entries {
		switch {
		case e.path == manifest.Name:
			return []string{"."}
		case path.Base(e.path) == manifest.Name && strings.Count(e.path, "/") == 1:
			out = append(out, path.Dir(e.path))
		}
	}
	return out
}

func (t *tree) manifest(dir string) (*manifest.Manifest, error) {
	name := path.Join(dir, manifest.Name)
	i := slices.IndexFunc(t.entries, func(e treeEntry) bool { return e.path == name })
	e := &t.entries[i]
	if e.err != nil {
		return nil, fmt.Errorf("%s: %w", name, e.err)
	}
	in, err := t.open(e)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return manifest.Read(in)
}

var partFile = regexp.MustCompile(`^part-([0-9]{1,4})-of-([0-9]{1,4})\.txt$`)

// verify compares one package with its manifest.
func (t *tree) verify(ctx context.Context, dir string, m *manifest.Manifest) (*Verified, error) {
	v := &Verified{Dir: dir, Of: m.Parts}
	there := map[string]*treeEntry{} // by path below dir
	var order []string
	for i := range t.entries {
		e := &t.entries[i]
		rel, ok := e.path, true
		if dir != "." {
			rel, ok = strings.CutPrefix(e.path, dir+"/")
		}
		switch {
		case ok && e.again:
			v.Files = append(v.Files, FileState{Path: rel, State: Extra})
			continue
		case !ok, rel == manifest.Name:
			continue
		}
		if found := partFile.FindStringSubmatch(rel); found != nil && found[2] == strconv.Itoa(m.Parts) {
			if n, err := strconv.Atoi(found[1]); err == nil && n >= 1 && n <= m.Parts {
				v.Parts = append(v.Parts, n)
				continue
			}
		}
		key := norm.NFC.String(rel) // some systems take names apart
		there[key] = e
		order = append(order, key)
	}
	for i := range m.Files {
		f := &m.Files[i]
		key := norm.NFC.String(f.Path)
		e := there[key]
		delete(there, key)
		if e == nil && len(v.Parts) > 0 && !slices.Contains(v.Parts, f.Part) {
			continue // in a part that is not here
		}
		state, err := t.state(ctx, e, f)
		if err != nil {
			return nil, err
		}
		v.Files = append(v.Files, state)
	}
	for _, key := range order {
		if e := there[key]; e != nil {
			v.Files = append(v.Files, FileState{Path: key, State: Extra})
		}
	}
	slices.SortStableFunc(v.Files, func(a, b FileState) int { return cmp.Compare(a.Path, b.Path) })
	return v, nil
}

// state compares a file with what the manifest says of it. The error is ctx's.
func (t *tree) state(ctx context.Context, e *treeEntry, f *manifest.File) (FileState, error) {
	out := FileState{Path: f.Path}
	switch {
	case e == nil:
		out.State = Missing
		return out, nil
	case e.err != nil:
		out.State, out.Why = NotRead, e.err
		return out, nil
	case e.size != f.Bytes:
		out.State = Differs
		return out, nil
	}
	in, err := t.open(e)
	if err != nil {
		out.State, out.Why = NotRead, err
		return out, nil
	}
	defer in.Close()
	sum := sha256.New()
	_, err = io.Copy(sum, under{ctx, in})
	switch {
	case ctx.Err() != nil:
		return out, ctx.Err()
	case err != nil:
		out.State, out.Why = NotRead, err
	case hexOf(sum) != f.SHA256:
		out.State = Differs
	default:
		out.State = Same
	}
	return out, nil
}
