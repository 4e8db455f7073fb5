package material

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/format"
)

// Walk finds the cases in the given files and folders. Folders are judged as
// the recogniser says; files given one by one are part of the case they lie in, or
// form one listing for each repository (see walker.files). Options.Files are such
// files too.
//
// Cases come in the order of the paths, then by path; so do the problems that
// belong to no case. The error is for what makes the whole walk pointless (a
// path that does not exist, an end of ctx) or, joined, for every case.yaml
// that is not valid (see Case.Err); in the latter case everything else is
// returned as well.
func Walk(ctx context.Context, paths []string, opt Options) ([]*Case, []Problem, error) {
	w := &walker{
		opt:   opt,
		kinds: NewMatcher(opt.Vocabulary.Kinds),
		slots: NewMatcher(opt.Vocabulary.Slots),
		roots: map[string]bool{},
		taken: map[string]bool{},
	}
	w.opt.Limits = withDefaults(opt.Limits)
	if s := newSelection(opt.Only); s != nil {
		w.only = append(w.only, s)
	}
	labels, err := Labels(paths)
	if err != nil {
		return nil, nil, err
	}
	if err := w.named(ctx, paths, labels, false); err != nil {
		return nil, nil, err
	}
	if labels, err = Labels(opt.Files); err != nil {
		return nil, nil, err
	}
	if err := w.named(ctx, opt.Files, labels, true); err != nil {
		return nil, nil, err
	}
	var invalid []error
	for _, c := range w.cases {
		if c.Err != nil && !c.Untouched() {
			invalid = append(invalid, c.Err)
		}
	}
	return w.cases, w.problems, errors.Join(invalid...)
}

// named walks what was named: folders and zip files one by one, files together.
func (w *walker) named(ctx context.Context, paths, labels []string, listed bool) error {
	var files []string
	for i, p := range paths {
		info, err := os.Stat(p)
		if err != nil {
			if !listed {
				return err
			}
			files = append(files, p) // told as a file that cannot be read
			continue
		}
		switch {
		case info.IsDir():
			err = w.folder(ctx, p, labels[i])
		case isZip(p) && info.Mode().IsRegular():
			err = w.archive(ctx, p, labels[i])
		default:
			files = append(files, p)
		}
		if err != nil {
			return err
		}
	}
	return w.files(ctx, files, listed)
}

type walker struct {
	opt          Options
	kinds, slots *Matcher
	cases        []*Case
	problems     []Problem
	roots        map[string]bool // folders and files already walked, by identity
	taken        map[string]bool // folders of the cases found, by identity
	only         []*selection    // what is asked about: what all of them ask about
}

func withDefaults(l Limits) Limits {
	d := DefaultLimits()
	return Limits{
		Entries:   cmp.Or(l.Entries, d.Entries),
		CaseFiles: cmp.Or(l.CaseFiles, d.CaseFiles),
		Cases:     cmp.Or(l.Cases, d.Cases),
		Depth:     cmp.Or(l.Depth, d.Depth),
		FileBytes: cmp.Or(l.FileBytes, d.FileBytes),
	}
}

// Labels names each path that Walk is given for reports: "." for the only one, else
// its base name where those differ, else the path as given. The same path given
// twice keeps one name.
func Labels(paths []string) ([]string, error) {
	labels := make([]string, len(paths))
	places := map[string]map[string]bool{} // label → absolute paths
	for i, p := range paths {
		abs, err := filepath.Abs(p)
		if err != nil {
			return nil, err
		}
		labels[i] = "."
		if len(paths) > 1 {
			labels[i] = shownName(filepath.Base(abs))
		}
		if places[labels[i]] == nil {
			places[labels[i]] = map[string]bool{}
		}
		places[labels[i]][abs] = true
	}
	for i, p := range paths {
		if len(places[labels[i]]) > 1 {
			labels[i] = shownName(filepath.ToSlash(filepath.Clean(p)))
		}
	}
	return labels, nil
}

// folder walks one folder the user named.
func (w *walker) folder(ctx context.Context, dir, label string) error {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	id := identity(abs)
	if w.roots[id] || w.covered(id) {
		return nil
	}
	w.roots[id] = true
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	l := w.lister(root, id)
	children, err := l.list(ctx, ".", ".", 0)
	if err != nil {
		return err
	}
	return w.tree(ctx, l, tree{root: dir, abs: abs, id: id, label: label, children: children})
}

// lister lists what lies below a folder; real is its absolute path.
func (w *walker) lister(root *os.Root, real string) *lister {
	l := &lister{root: root, ignore: w.opt.Ignore, sidecars: w.opt.Sidecars, limits: w.opt.Limits, own: w.opt.Own}
	if w.opt.Excluded != nil {
		l.excluded = func(rel string) bool { return w.opt.Excluded(filepath.Join(real, filepath.FromSlash(rel))) }
	}
	return l
}

// archive walks a zip file the user named, as the folder it was made from.
func (w *walker) archive(ctx context.Context, name, label string) error {
	abs, err := filepath.Abs(name)
	if err != nil {
		return err
	}
	id := identity(abs)
	if w.roots[id] || w.covered(id) {
		return nil
	}
	dir, base := filepath.Dir(filepath.Clean(name)), filepath.Base(abs)
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	l := w.lister(root, filepath.Dir(id))
	l.excluded, l.own = nil, nil // the zip file itself was named
	children, ok := l.expand(ctx, base, ".", 0)
	if !ok {
		return w.files(ctx, []string{name}, false) // judged as the file it is, which says what is wrong
	}
	w.roots[id] = true
	return w.tree(ctx, l, tree{root: dir, abs: abs, id: id, label: label, children: children})
}

// tree is what was listed of one folder or zip file that the user named.
type tree struct {
	root     string // the folder on disk that files are opened below
	abs      string // what the user named
	id       string // its identity
	label    string // what it is called in reports
	children []*node
}

// tree judges by their names which folders of a tree are cases, and lists them.
func (w *walker) tree(ctx context.Context, l *lister, t tree) error {
	root, abs, label, children := l.root, t.abs, t.label, t.children
	found, outside := (&recogniser{kinds: w.kinds, slots: w.slots, photos: w.opt.Photos}).find(children)
	outside = append(outside, l.problems...)
	outside, parts := share(found, outside, l.ignored)
	for i, f := range found {
		if len(w.cases) >= w.opt.Limits.Cases {
			outside = append(outside, Problem{Path: f.shown, Code: TooMany, Detail: strconv.Itoa(len(found) - i)})
			break
		}
		caseDir := filepath.FromSlash(f.raw)
		if w.covered(filepath.Join(t.id, caseDir)) {
			continue
		}
		c := &Case{Path: path.Join(label, f.shown), Dir: filepath.Join(t.root, caseDir), Listing: f.listing, real: filepath.Join(t.id, caseDir),
			Packed: len(f.children) > 0 && f.children[0].zipped, Problems: parts[i].problems, Ignored: parts[i].ignored}
		if c.Packed {
			c.Dir = filepath.Join(abs, caseDir)
		}
		p := placer{listing: f.listing}
		if f.listing {
			p.folder = filepath.Base(abs)
		}
		if err := w.fill(ctx, c, root, location{root: t.root, dir: f.raw}, f.children, p); err != nil {
			return err
		}
		w.narrow(c)
		w.cases = append(w.cases, c)
	}
	for _, f := range found {
		w.taken[filepath.Join(t.id, filepath.FromSlash(f.raw))] = true
	}
	for _, o := range outside {
		if !w.touches(t.id, o.Path) {
			continue
		}
		o.Path = path.Join(label, o.Path)
		w.problems = append(w.problems, o)
	}
	slices.SortStableFunc(w.problems, func(a, b Problem) int { return cmp.Compare(a.Path, b.Path) })
	return nil
}

// part is what was told of the files of one case.
type part struct {
	problems []Problem
	ignored  []string
}

// share gives problems and ignored names to the innermost case they lie in,
// with paths relative to it, and returns the problems outside of all. A case
// inside a case comes after it in found.
func share(found []found, problems []Problem, ignored []string) (outside []Problem, parts []part) {
	parts = make([]part, len(found))
	owner := func(p string) (i int, rel string) {
		for i := len(found) - 1; i >= 0; i-- {
			switch dir := found[i].shown; {
			case dir == ".":
				return i, p
			case p == dir:
				return i, "."
			case strings.HasPrefix(p, dir+"/"):
				return i, p[len(dir)+1:]
			}
		}
		return -1, p
	}
	for _, t := range problems {
		if i, rel := owner(t.Path); i >= 0 {
			t.Path = rel
			parts[i].problems = append(parts[i].problems, t)
		} else {
			outside = append(outside, t)
		}
	}
	for _, p := range ignored {
		if i, rel := owner(p); i >= 0 {
			parts[i].ignored = append(parts[i].ignored, rel)
		}
	}
	return outside, parts
}

// fill reads case.yaml and lists, places and probes the files of a case.
func (w *walker) fill(ctx context.Context, c *Case, scanned *os.Root, at location, children []*node, p placer) error {
	root := scanned
	if at.dir != "." && !c.Packed {
		var err error
		if root, err = scanned.OpenRoot(at.dir); err != nil {
			c.Problems = append(c.Problems, Problem{Path: ".", Code: Unreadable, Detail: systemMessage(err)})
			return nil
		}
		defer root.Close()
	}
	flat := flatten(children)
	c.Problems = append(c.Problems, flat.problems...)
	var caseFile *node
	if !c.Listing {
		for i, file := range caseFiles(children) {
			if i == 0 {
				c.FileName, caseFile = file.name.raw, file
			} else {
				c.Problems = append(c.Problems, Problem{Path: file.name.raw, Code: TwoCaseFiles})
			}
			flat.files = slices.DeleteFunc(flat.files, func(f flatFile) bool { return f.node == file })
		}
	}
	if c.Listing && !p.single && holdsPictures(w.opt.As) {
		flat.files = slices.DeleteFunc(flat.files, func(f flatFile) bool {
			out := f.node.packed == nil && matches(w.opt.BesidePhotos, f.node.name.raw)
			if out {
				c.Ignored = append(c.Ignored, f.shown)
			}
			return out
		})
	}
	if c.Listing && len(flat.files) > w.opt.Limits.CaseFiles {
		// What is asked about comes before what it could be compared with.
		flat.files = slices.DeleteFunc(flat.files, func(f flatFile) bool { return !w.asks(c.real, f.raw) })
	}
	if extra := len(flat.files) - w.opt.Limits.CaseFiles; extra > 0 {
		c.Problems = append(c.Problems, Problem{Path: ".", Code: TooMany, Detail: strconv.Itoa(extra)})
		flat.files = flat.files[:w.opt.Limits.CaseFiles]
	}
	for _, f := range flat.files {
		a := &Asset{Path: f.shown, RawBase64: rawBase64(f.raw), at: at}
		a.at.file, a.at.packed = f.raw, f.node.packed
		c.Assets = append(c.Assets, a)
	}
	if c.FileName != "" {
		c.File, c.Err = readCaseFile(root, at.root, caseFile, c, w.opt.known())
	}
	p.kinds, p.slots, p.opt, p.file, p.place = w.kinds, w.slots, &w.opt, c.File, c.Place
	for i, a := range c.Assets {
		if err := ctx.Err(); err != nil {
			return err
		}
		p.put(a, flat.files[i].meant)
		problems, own := w.probe(root, a, flat.files[i].node)
		if own {
			c.Ignored = append(c.Ignored, a.Path)
			c.Assets[i] = nil
			continue
		}
		c.Problems = append(c.Problems, problems...)
	}
	c.Assets = slices.DeleteFunc(c.Assets, func(a *Asset) bool { return a == nil })
	slices.SortStableFunc(c.Assets, func(a, b *Asset) int { return cmp.Compare(a.Path, b.Path) })
	slices.SortStableFunc(c.Problems, func(a, b Problem) int { return cmp.Compare(a.Path, b.Path) })
	slices.Sort(c.Ignored)
	return nil
}

// probe notes a file's size, whether it can be read, and what else a person
// should know of it. own is true of a file that this program writes.
func (w *walker) probe(root *os.Root, a *Asset, n *node) (out []Problem, own bool) {
	tell := func(c Code, detail string) {
		out = append(out, Problem{Path: a.Path, RawBase64: a.RawBase64, Code: c, Detail: detail})
	}
	size, code, err := int64(0), n.code, error(nil)
	switch {
	case code != "":
	case otherArchive(n.name.raw):
		code = OtherArchive
	case n.packed != nil:
		if size, err = n.packed.size, n.packed.err; err != nil {
			code = packedCode(err)
		}
		a.Stamp = n.packed.stamp
	case notHere(root, a.at.file):
		code = NotHere
	default:
		var f *os.File
		if f, size, code, err = openRegular(root, a.at.file); err == nil {
			own = w.own(f, a.Path)
			if isPointer(f, size) {
				code = LFSPointer
			}
			if info, err := f.Stat(); err == nil {
				a.Stamp = stampNow(info)
			}
			f.Close()
			if own {
				return nil, true
			}
		}
	}
	if err == nil && code == "" {
		a.Size = size
		switch {
		case size == 0:
			code = Empty
		case size > w.opt.Limits.FileBytes:
			code = TooLarge
		}
	}
	if code != "" {
		a.Unread = code
		detail := ""
		switch {
		case code == TooLarge:
			detail = strconv.FormatInt(size, 10)
		case err != nil:
			detail = systemMessage(err)
		}
		tell(code, detail)
	}
	if a.Kind == facts.KindUnsorted {
		tell(Unplaced, "")
	}
	return out, false
}

// own asks whether a file is this program's. One that is called a picture or a
// video is not asked about: that would read the start of every photo twice.
func (w *walker) own(f *os.File, name string) bool {
	ext := strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))
	if w.opt.Own == nil || format.HasExtension(ext, format.Picture, format.RAW, format.Video) {
		return false
	}
	info, err := f.Stat()
	if err != nil {
		return false
	}
	head := make([]byte, min(info.Size(), OwnHead))
	n, _ := f.ReadAt(head, 0) // what cannot be read is told when it is read
	return w.opt.Own(info, head[:n])
}

// flatFile is a file of a case with its path in three forms.
type flatFile struct {
	node              *node
	raw, shown, meant string
}

type flattened struct {
	files    []flatFile
	problems []Problem
}

// flatten lists the files below a folder and the names that are garbled.
func flatten(children []*node) flattened {
	var out flattened
	var walk func(nodes []*node, raw, shown, meant string)
	walk = func(nodes []*node, raw, shown, meant string) {
		for _, n := range nodes {
			f := flatFile{
				node:  n,
				raw:   path.Join(raw, n.name.raw),
				shown: path.Join(shown, n.name.shown),
				meant: path.Join(meant, n.name.meant()),
			}
			if n.name.guess != "" || rawBase64(n.name.raw) != "" {
				out.problems = append(out.problems, Problem{Path: f.shown, RawBase64: rawBase64(f.raw), Code: NameEncoding, Detail: n.name.guess})
			}
			if n.dir() {
				walk(n.children, f.raw, f.shown, f.meant)
				continue
			}
			out.files = append(out.files, f)
		}
	}
	walk(children, "", "", "")
	return out
}

// identity makes spellings of one path equal: links on the way, and on Windows
// upper case and short names.
func identity(abs string) string {
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		return real
	}
	return abs
}

// covered reports whether a file or folder is, or lies in, a case already
// found.
func (w *walker) covered(id string) bool {
	for dir := id; ; dir = filepath.Dir(dir) {
		if w.taken[dir] {
			return true
		}
		if dir == filepath.Dir(dir) {
			return false
		}
	}
}

// holdsPictures reports whether a plain folder is one of photos, with texts beside
// them: not where the user says that its files are letters or logs.
func holdsPictures(as string) bool {
	return slices.Contains([]string{"", facts.KindReplacement, facts.KindViolating, facts.KindSource, facts.KindReference}, as)
}
