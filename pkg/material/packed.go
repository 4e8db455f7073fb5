package material

import (
	"context"
	"errors"
	"io"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/archive"
)

// packed is where a file inside a zip file lies. Nothing is unpacked to disk: a
// file is read from its archive when its turn comes.
type packed struct {
	archive string // the zip file, below the scanned folder, raw
	inner   string // a zip file inside that one, empty where there is none
	path    string // in the innermost
	size    int64
	stamp   Stamp // of the zip file
	err     error // why it cannot be read, one of pkg/archive
}

// maxNested is the size of a zip file in a zip file that is still listed: it is
// held in memory each time one of its files is read.
const maxNested = 64 << 20

// maxManifest is the size of the list of a package in a zip file that is looked into.
const maxManifest = 1 << 20

// isZip reports whether a name is that of a zip file. Other files that are zip
// files inside (docx, xlsx) are papers.
func isZip(name string) bool {
	_, ext := stemExt(name)
	return ext == "zip"
}

// expand lists a zip file as the folder it was made from, as nil where it is a package
// made to be handed in. What cannot be listed is told, and stays a file.
func (l *lister) expand(ctx context.Context, rel, shown string, depth int) (children []*node, ok bool) {
	f, size, _, err := openRegular(l.root, rel)
	if err != nil {
		return nil, false // told by probe
	}
	defer f.Close()
	r, err := archive.NewReader(f, size)
	if err != nil {
		l.problem(rel, shown, BadArchive, err.Error())
		return nil, false
	}
	t := zipTree{lister: l, archive: rel, shown: shown}
	if info, err := f.Stat(); err == nil {
		t.stamp = stampNow(info)
	}
	if t.handedIn(r) {
		return nil, true
	}
	return append([]*node{}, t.nodes(ctx, r, depth)...), true
}

// handedIn reports whether an archive is a package that this program made.
func (t *zipTree) handedIn(r *archive.Reader) bool {
	if t.own == nil {
		return false
	}
	i := slices.IndexFunc(r.Entries, func(e archive.Entry) bool { return e.Path == manifestName && !e.Dir })
	if i < 0 {
		return false
	}
	in, err := r.Entries[i].Open(maxManifest)
	if err != nil {
		return false
	}
	head := make([]byte, min(r.Entries[i].Size, OwnHead))
	n, _ := in.ReadAt(head, 0) // what cannot be read is no manifest
	return t.own(nil, head[:n])
}

// zipTree makes nodes of the entries of an archive.
type zipTree struct {
	*lister
	archive string // as packed.archive
	inner   string // as packed.inner
	shown   string // path of the archive for people
	stamp   Stamp  // of the archive
}

func (t *zipTree) nodes(ctx context.Context, r *archive.Reader, depth int) []*node {
	top := &node{}
	folders := map[string]*node{".": top}
	var folder func(p string) *node
	folder = func(p string) *node {
		if n, ok := folders[p]; ok {
			return n
		}
		n := &node{name: nameOf(path.Base(p)), mode: os.ModeDir, zipped: true}
		folders[p] = n
		up := folder(path.Dir(p))
		up.children = append(up.children, n)
		return n
	}
	for i := range r.Entries {
		e := &r.Entries[i]
		if ctx.Err() != nil {
			break
		}
		if t.leftOut(e) {
			t.ignored = append(t.ignored, path.Join(t.shown, shownName(e.Path)))
			continue
		}
		if e.Dir {
			folder(e.Path)
			continue
		}
		if depth+strings.Count(e.Path, "/") > t.limits.Depth {
			t.problem(path.Join(t.archive, e.Path), path.Join(t.shown, shownName(e.Path)), TooDeep, "")
			continue
		}
		if t.entries++; t.entries > t.limits.Entries {
			if !t.full {
				t.full = true
				t.problem(t.archive, t.shown, TooMany, "")
			}
			break
		}
		up := folder(path.Dir(e.Path))
		up.children = append(up.children, t.file(ctx, e, depth))
	}
	for _, name := range r.Again {
		t.problem(t.archive, t.shown, NameTwice, shownName(name))
	}
	t.arrange(top, t.shown)
	return top.children
}

// leftOut reports whether a name on the way to an entry is to be left out.
func (t *zipTree) leftOut(e *archive.Entry) bool {
	return slices.ContainsFunc(strings.Split(e.Path, "/"), t.ignores)
}

// file is the node of an entry; of a zip file in a zip file, once, that of the
// folder it was made from.
func (t *zipTree) file(ctx context.Context, e *archive.Entry, depth int) *node {
	n := &node{name: nameOf(path.Base(e.Path)), zipped: true, packed: &packed{
		archive: t.archive, inner: t.inner, path: e.Path, size: e.Size, stamp: t.stamp, err: e.Err,
	}}
	if !isZip(e.Path) || t.inner != "" || e.Err != nil {
		return n
	}
	shown := path.Join(t.shown, shownName(e.Path))
	in, err := e.Open(maxNested)
	var r *archive.Reader
	if err == nil {
		r, err = archive.NewReader(in, e.Size)
	}
	if err != nil {
		t.problem(path.Join(t.archive, e.Path), shown, BadArchive, err.Error())
		return n
	}
	nested := zipTree{lister: t.lister, archive: t.archive, inner: e.Path, shown: shown, stamp: t.stamp}
	n.become(nested.nodes(ctx, r, depth+strings.Count(e.Path, "/")+1))
	return n
}

// become makes the node of a zip file that of a folder.
func (n *node) become(children []*node) {
	n.mode, n.children, n.packed = os.ModeDir, children, nil
	n.name.plain = strings.TrimSuffix(n.name.meant(), path.Ext(n.name.meant()))
}

// arrange sorts a folder of an archive and leaves out what lies beside photos.
func (t *zipTree) arrange(n *node, shown string) {
	slices.SortFunc(n.children, func(a, b *node) int { return strings.Compare(a.name.raw, b.name.raw) })
	var names []string
	for _, c := range n.children {
		names = append(names, c.name.raw)
	}
	photos := photoNames(names)
	n.children = slices.DeleteFunc(n.children, func(c *node) bool {
		if c.dir() || !t.sidecar(c.name.raw, photos) {
			return false
		}
		t.ignored = append(t.ignored, path.Join(shown, c.name.shown))
		return true
	})
	for _, c := range n.children {
		if c.dir() && c.zipped && c.name.plain == "" {
			t.arrange(c, path.Join(shown, c.name.shown))
		}
	}
}

// open unpacks a file into memory.
func (p *packed) open(rootDir string, limit int64) (io.ReaderAt, Code, error) {
	if p.err != nil {
		return nil, packedCode(p.err), p.err
	}
	root, err := os.OpenRoot(rootDir)
	if err != nil {
		return nil, Unreadable, err
	}
	defer root.Close()
	f, size, code, err := openRegular(root, p.archive)
	if err != nil {
		return nil, code, err
	}
	defer f.Close()
	in := io.ReaderAt(f)
	names := []string{p.path}
	if p.inner != "" {
		names = []string{p.inner, p.path}
	}
	for k, name := range names {
		most := limit
		if k < len(names)-1 {
			most = maxNested
		}
		r, err := archive.NewReader(in, size)
		if err != nil {
			return nil, Unreadable, err
		}
		i := slices.IndexFunc(r.Entries, func(e archive.Entry) bool { return e.Path == name && !e.Dir })
		if i < 0 {
			return nil, Unreadable, ErrChanged
		}
		if in, err = r.Entries[i].Open(most); err != nil {
			return nil, packedCode(err), err
		}
		size = r.Entries[i].Size
	}
	if size != p.size {
		return nil, Unreadable, ErrChanged
	}
	return in, "", nil
}

// packedCode is the code of a problem with an entry.
func packedCode(err error) Code {
	switch {
	case errors.Is(err, archive.ErrPassword):
		return Encrypted
	case errors.Is(err, archive.ErrNoRegular):
		return NotRegular
	case errors.Is(err, archive.ErrTooLarge):
		return TooLarge
	}
	return Unreadable
}
