package material

import (
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Only says which of the files that a walk finds are asked about: those that
// changed, or that a program listed. All others of a case are found too, as what
// the rules compare with.
type Only struct {
	// Files are absolute paths; a folder stands for all that lies in it. Those of a
	// case.yaml ask about its whole case.
	Files []string
	// Gone are files that were there and are not any more: a case that one lay in
	// is asked about as a whole, as what it lacks now is the case's.
	Gone []string
}

// selection is an Only made ready for questions.
type selection struct {
	asked map[string]bool
	above map[string]bool // folders with something asked about further down
	gone  []string
}

func newSelection(o *Only) *selection {
	if o == nil {
		return nil
	}
	s := &selection{asked: map[string]bool{}, above: map[string]bool{}}
	places := map[string]string{}
	ask := func(p string) {
		s.asked[p] = true
		for dir := filepath.Dir(p); !s.above[dir]; dir = filepath.Dir(dir) {
			s.above[dir] = true
			if dir == filepath.Dir(dir) {
				break
			}
		}
	}
	for _, f := range o.Files {
		ask(placeIn(places, f))
	}
	for _, f := range o.Gone {
		p := placeIn(places, f)
		s.gone = append(s.gone, p)
		if isCaseFile(filepath.Base(p)) {
			ask(filepath.Dir(p)) // it placed all files there
		}
	}
	return s
}

// placeIn is where a file lies: links on the way to it resolved, not that which it
// may be itself. Folders resolved before are kept in known.
func placeIn(known map[string]string, name string) string {
	dir := filepath.Dir(name)
	real, ok := known[dir]
	if !ok {
		real = RealFolder(dir)
		known[dir] = real
	}
	return placeKey(filepath.Join(real, filepath.Base(name)))
}

// RealFolder resolves the links on an absolute path as far as it is there: a file
// that was deleted may have taken its folder along.
func RealFolder(dir string) string {
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		return real
	}
	if parent := filepath.Dir(dir); parent != dir {
		return filepath.Join(RealFolder(parent), filepath.Base(dir))
	}
	return dir
}

// placeKey makes spellings of one place equal: git and the file system differ in
// how they write accents on macOS, and in case on Windows.
func placeKey(p string) string {
	p = norm.NFC.String(filepath.Clean(p))
	if runtime.GOOS == "windows" {
		p = strings.ToLower(p)
	}
	return p
}

// asks reports whether a file is asked about.
func (s *selection) asks(p string) bool {
	for {
		if s.asked[p] {
			return true
		}
		up := filepath.Dir(p)
		if up == p {
			return false
		}
		p = up
	}
}

// touches reports whether a file or folder, or something in it, is asked about.
func (s *selection) touches(p string) bool {
	p = placeKey(p)
	return s.above[p] || s.asks(p)
}

// whole reports whether a case is asked about as one.
func (s *selection) whole(c *Case) bool {
	if c.FileName != "" && s.asks(placeKey(filepath.Join(c.real, c.FileName))) {
		return true
	}
	below := placeKey(c.real) + string(filepath.Separator)
	return !c.Listing && slices.ContainsFunc(s.gone, func(p string) bool { return strings.HasPrefix(p, below) })
}

// asks reports whether all that narrows the walk down asks about a file below a
// folder; rel has "/" between its parts.
func (w *walker) asks(real, rel string) bool {
	return !slices.ContainsFunc(w.only, func(s *selection) bool { return !s.asks(placeKey(filepath.Join(real, filepath.FromSlash(rel)))) })
}

// touches is asks that also holds for a folder with such a file.
func (w *walker) touches(real, rel string) bool {
	return !slices.ContainsFunc(w.only, func(s *selection) bool { return !s.touches(filepath.Join(real, filepath.FromSlash(rel))) })
}

// narrow marks the files of a case that are not asked about.
func (w *walker) narrow(c *Case) {
	var some []*selection
	for _, s := range w.only {
		if !s.whole(c) {
			some = append(some, s)
		}
	}
	if len(some) == 0 {
		return
	}
	asked := 0
	for _, a := range c.Assets {
		p := placeKey(filepath.Join(c.real, filepath.FromSlash(a.at.file)))
		a.Beside = slices.ContainsFunc(some, func(s *selection) bool { return !s.asks(p) })
		if !a.Beside {
			asked++
		}
	}
	if asked == len(c.Assets) && asked > 0 {
		return
	}
	c.Part, c.Asked, c.Of = true, asked, len(c.Assets)
	stray := func(rel string) bool {
		p := filepath.Join(c.real, filepath.FromSlash(rel))
		return slices.ContainsFunc(some, func(s *selection) bool { return !s.touches(p) })
	}
	c.Ignored = slices.DeleteFunc(c.Ignored, stray)
	assets := make(map[string]bool, len(c.Assets))
	for _, a := range c.Assets {
		assets[a.Path] = true
	}
	c.Problems = slices.DeleteFunc(c.Problems, func(p Problem) bool {
		return !assets[p.Path] && (p.Path == "." || stray(p.Path)) // those of files say what of them is known
	})
}

// isCaseFile reports whether a base name is that of a case file.
func isCaseFile(name string) bool {
	return caseFileRank(name) >= 0
}

// nodes are the files at paths below a folder ("/" between their parts) as its
// listing would have them.
func nodes(paths []string) []*node {
	top := &node{}
	folders := map[string]*node{"": top, ".": top}
	var folder func(dir string) *node
	folder = func(dir string) *node {
		if n := folders[dir]; n != nil {
			return n
		}
		n := &node{name: nameOf(path.Base(dir)), mode: modeFolder}
		parent := folder(path.Dir(dir))
		parent.children = append(parent.children, n)
		folders[dir] = n
		return n
	}
	for _, p := range paths {
		parent := folder(path.Dir(p))
		parent.children = append(parent.children, &node{name: nameOf(path.Base(p))})
	}
	return top.children
}
