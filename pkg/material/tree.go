package material

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"

	"github.com/aecheck/aecheck/pkg/format"
)

// node is a file or folder below the scanned one, as its parent lists it.
type node struct {
	name     fileName
	mode     fs.FileMode // type bits
	children []*node     // of a folder, by raw name
	zipped   bool        // lies inside a zip file
	packed   *packed     // of a file that does
	code     Code        // why its bytes cannot be read, where the name says it
}

func (n *node) dir() bool { return n.mode.IsDir() }

// lister reads a folder tree into memory: names and types only, so that what
// is a case can be decided before any file is touched.
type lister struct {
	root     *os.Root
	ignore   []string
	sidecars []string
	limits   Limits
	// excluded reports whether a path below root (shown form) is to be left out; may
	// be nil.
	excluded func(rel string) bool
	own      func(info fs.FileInfo, head []byte) bool // Options.Own
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
	var bases []string
	folders := map[string]bool{}
	for _, e := range names {
		bases = append(bases, e.Name())
		if e.IsDir() {
			folders[fold(e.Name())] = true
		}
	}
	photos := photoNames(bases)
	for _, e := range names {
		n := &node{name: nameOf(e.Name()), mode: e.Type()}
		sub := path.Join(shown, n.name.shown)
		if of, ok := placeholder(e.Name()); ok && e.Type().IsRegular() {
			if of != e.Name() && slices.Contains(bases, of) {
				l.ignored = append(l.ignored, sub) // left over: the file itself is here
				continue
			}
			n.code, n.name = NotHere, fileName{raw: e.Name(), shown: shownName(of)}
			out = append(out, n)
			continue
		}
		if l.ignores(e.Name()) || e.Type().IsRegular() && l.sidecar(e.Name(), photos) || unpacked(e, folders) {
			l.ignored = append(l.ignored, sub)
			continue
		}
		if l.excluded != nil && l.excluded(sub) {
			continue
		}
		if e.Type().IsRegular() && isZip(e.Name()) {
			if children, ok := l.expand(ctx, path.Join(rel, e.Name()), sub, depth+1); ok {
				if children == nil {
					l.ignored = append(l.ignored, sub)
					continue
				}
				n.become(children)
				out = append(out, n)
				continue
			}
		}
		if n.dir() {
			if depth >= l.limits.Depth {
				l.problem(path.Join(rel, e.Name()), sub, TooDeep, "")
				continue
			}
			if l.handedIn(path.Join(rel, e.Name(), manifestName)) {
				l.ignored = append(l.ignored, sub)
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

// manifestName is that of the list in a package made to be handed in.
const manifestName = "manifest.json"

// handedIn reports whether the manifest at a path is one of this program's.
func (l *lister) handedIn(rel string) bool {
	if l.own == nil {
		return false
	}
	f, size, _, err := openRegular(l.root, rel)
	if err != nil {
		return false
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return false
	}
	head := make([]byte, min(size, OwnHead))
	n, _ := f.ReadAt(head, 0) // what cannot be read is no manifest
	return l.own(info, head[:n])
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
	return matches(l.ignore, name)
}

// fold is a name as it is compared without regard to case.
func fold(name string) string {
	for i := range len(name) {
		if name[i] >= utf8.RuneSelf {
			return cases.Fold().String(name)
		}
	}
	return strings.ToLower(name) // the same, and much faster
}

// matches reports whether a base name fits one of patterns (path.Match).
func matches(patterns []string, name string) bool {
	folded := fold(name)
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		ok, err := path.Match(fold(pattern), folded)
		return err == nil && ok
	})
}

// photoNames returns the folded names of the photos in a folder, with and
// without their extension.
func photoNames(names []string) map[string]bool {
	out := make(map[string]bool)
	for _, name := range names {
		if stem, ext := stemExt(name); format.PhotoName(ext) {
			out[fold(stem)], out[fold(name)] = true, true
		}
	}
	return out
}

// copies is the number darktable puts behind a photo's name for its further edits:
// IMG_1_01.JPG.xmp belongs to IMG_1.JPG.
var copies = regexp.MustCompile(`_\d{2}(\.[^.]+)?$`)

// sidecar reports whether a file is what a phone, a camera, a catalogue or a
// cloud's export puts beside a photo: called like it, or like it with more behind
// (IMG_1.JPG.supplemental-metadata.json).
func (l *lister) sidecar(name string, photos map[string]bool) bool {
	stem, ext := stemExt(name)
	if !slices.Contains(l.sidecars, ext) {
		return false
	}
	for stem != "" {
		if photos[fold(stem)] || photos[fold(copies.ReplaceAllString(stem, "$1"))] {
			return true
		}
		shorter := strings.TrimSuffix(stem, path.Ext(stem))
		if shorter == stem {
			return false
		}
		stem = shorter
	}
	return false
}

// unpacked reports whether a file is a zip file whose contents lie beside it in a
// folder of its name.
func unpacked(e fs.DirEntry, folders map[string]bool) bool {
	stem, _ := stemExt(e.Name())
	return e.Type().IsRegular() && isZip(e.Name()) && folders[fold(stem)]
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
