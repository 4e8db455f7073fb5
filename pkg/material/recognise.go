package material

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"
)

// recogniser decides from names alone which folders are cases.
//
// A folder is a case when, in this order:
//
//  1. it holds a case.yaml (see caseFileNames);
//  2. it has two or more sub-folders named exactly like different kinds, and
//     no other sub-folder holds a case.yaml further down;
//  3. no sub-folder is a case, and sub-folders and file names together speak
//     of two or more kinds, or its only sub-folders are named exactly like
//     one kind.
//
// A sub-folder of a case that has a case.yaml of its own is a case of its own,
// unless it is named like a kind.
//
// A folder with cases somewhere below is a tree of cases; what lies beside
// them belongs to none and is told as [OutsideCase]. A folder with neither is
// a plain folder of product photos, with all its sub-folders.
//
// So one folder called "originals" among other folders does not make a photo
// repository an appeal, and a letter lying in an agency's root does not
// swallow the cases beside it.
type recogniser struct {
	kinds, slots *Matcher
	photos       bool // there are no cases
}

// found is a folder to be judged, or something outside of all of them.
type found struct {
	raw, shown string // path below the scanned folder
	children   []*node
	listing    bool
}

// find returns the cases of a folder and the names that lie outside of them.
func (r *recogniser) find(children []*node) (cases []found, outside []Problem) {
	var structured bool
	if !r.photos {
		cases, outside, structured = r.visit(children, ".", ".")
	}
	if !structured {
		if !hasFiles(children) {
			return nil, nil
		}
		return []found{{raw: ".", shown: ".", children: children, listing: true}}, nil
	}
	return cases, outside
}

// visit reports whether a folder is or holds a case.
func (r *recogniser) visit(children []*node, raw, shown string) (cases []found, outside []Problem, structured bool) {
	self := []found{{raw: raw, shown: shown, children: children}}
	names := r.look(children)
	if caseFileOf(children) != nil {
		for _, n := range names.others {
			if !hasCaseFile(n.children) {
				continue
			}
			nested, beside, _ := r.visit(n.children, path.Join(raw, n.name.raw), path.Join(shown, n.name.shown))
			cases, outside = append(cases, nested...), append(outside, beside...)
			self[0].children = without(self[0].children, n)
		}
		return append(self, cases...), outside, true
	}
	type sub struct {
		n          *node
		cases      []found
		outside    []Problem
		structured bool
	}
	var subs []sub
	explicit, below := false, false
	for _, n := range names.others {
		s := sub{n: n}
		s.cases, s.outside, s.structured = r.visit(n.children, path.Join(raw, n.name.raw), path.Join(shown, n.name.shown))
		below = below || s.structured
		explicit = explicit || slices.ContainsFunc(s.cases, func(f found) bool { return caseFileOf(f.children) != nil })
		subs = append(subs, s)
	}
	if len(names.exact) >= 2 && !explicit {
		return self, nil, true
	}
	if !below {
		if len(names.all) >= 2 || len(names.exact) == 1 && len(names.others) == 0 {
			return self, nil, true
		}
		return nil, nil, false
	}
	tell := func(n *node, c Code) {
		outside = append(outside, Problem{
			Path:      path.Join(shown, n.name.shown),
			RawBase64: rawBase64(path.Join(raw, n.name.raw)),
			Code:      c,
		})
	}
	for _, s := range subs {
		cases = append(cases, s.cases...)
		outside = append(outside, s.outside...)
		switch {
		case s.structured:
		case hasFiles(s.n.children):
			tell(s.n, OutsideCase)
		default:
			tell(s.n, EmptyFolder)
		}
	}
	for _, n := range children {
		if !n.dir() || hasFiles(n.children) && !slices.Contains(names.others, n) {
			tell(n, OutsideCase)
		}
	}
	return cases, outside, true
}

// looks is what the names directly in a folder speak of.
type looks struct {
	exact  map[string]bool // kinds named exactly by a sub-folder
	all    map[string]bool // kinds named by sub-folders and files
	others []*node         // sub-folders that name no kind
}

func (r *recogniser) look(children []*node) looks {
	l := looks{exact: map[string]bool{}, all: map[string]bool{}}
	for _, n := range children {
		if n.dir() {
			kind, s := r.kinds.Match(n.name.meant())
			switch {
			case s == Exact:
				l.exact[kind], l.all[kind] = true, true
			case s == Close:
				l.all[kind] = true
				l.others = append(l.others, n)
			default:
				l.others = append(l.others, n)
			}
			continue
		}
		stem, _ := stemExt(n.name.meant())
		if kind, s := r.kinds.Match(stem); s >= Close {
			l.all[kind] = true
		}
	}
	return l
}

// caseFileNames are the names of a case file, best first, in any case: Windows
// does not tell Case.yaml from case.yaml, and its editor, hiding extensions,
// adds .txt.
func caseFileNames() []string {
	return []string{"case.yaml", "case.yml", "case.yaml.txt", "case.yml.txt", "案件.yaml", "案件.yml", "案件.yaml.txt"}
}

// copyMark is what browsers and file managers put behind the name of a second copy:
// "case (1).yaml", "case - 副本.yaml", "case copy.yaml".
var copyMark = regexp.MustCompile(`(?i)^(case|案件)[ _-]*(?:\(\d{1,3}\)|（\d{1,3}）|(?:副本|複本|拷贝|copy)[ ]*(?:\(\d{1,3}\)|\d{0,3}))(\.ya?ml(?:\.txt)?)$`)

// caseFileRank is the place of a name among those of case files, 0 the best, -1 for
// other names. A copy comes behind all that are none.
func caseFileRank(name string) int {
	if len(name) < len("case.yml") || !strings.EqualFold(name[:4], "case") && !strings.HasPrefix(name, "案件") {
		return -1 // nearly all names
	}
	at := func(name string) int {
		return slices.IndexFunc(caseFileNames(), func(n string) bool { return strings.EqualFold(n, name) })
	}
	if m := copyMark.FindStringSubmatch(name); m != nil {
		if i := at(m[1] + m[2]); i >= 0 {
			return len(caseFileNames()) + i
		}
	}
	return at(name)
}

// caseFiles returns the case files among the entries, best first.
func caseFiles(children []*node) []*node {
	var out []*node
	for _, n := range children {
		if !n.dir() && caseFileRank(n.name.raw) >= 0 {
			out = append(out, n)
		}
	}
	slices.SortStableFunc(out, func(a, b *node) int {
		return cmp.Compare(caseFileRank(a.name.raw), caseFileRank(b.name.raw))
	})
	return out
}

// caseFileOf returns the one case file that counts, nil for none.
func caseFileOf(children []*node) *node {
	if all := caseFiles(children); len(all) > 0 {
		return all[0]
	}
	return nil
}

// hasCaseFile reports whether a case.yaml lies somewhere below.
func hasCaseFile(children []*node) bool {
	return caseFileOf(children) != nil || slices.ContainsFunc(children, func(n *node) bool { return hasCaseFile(n.children) })
}

func without(nodes []*node, n *node) []*node {
	return slices.DeleteFunc(slices.Clone(nodes), func(m *node) bool { return m == n })
}

func hasFiles(children []*node) bool {
	return slices.ContainsFunc(children, func(n *node) bool { return !n.dir() || hasFiles(n.children) })
}
