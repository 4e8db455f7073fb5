package manifest

import (
	"cmp"
	"slices"
)

// Change is a file of the seller's that is another than it was.
type Change struct {
	How  How
	Path string // below the case
	Kind string
	Slot string
}

// How a file changed.
type How string

// The ways. A file that lies elsewhere with the same content, kind and slot did not.
const (
	Added   How = "added"
	Removed How = "removed"
	Changed How = "changed"
)

// Since lists what changed from an earlier package to this one: the originals, by
// kind in the order given, then by path.
func (m *Manifest) Since(last *Manifest, kinds []string) []Change {
	type place struct{ path, kind, slot string }
	type content struct{ sha, kind, slot string }
	at, have := map[place]*File{}, map[content]int{}
	for i := range last.Files {
		if f := &last.Files[i]; f.Role == Original {
			at[place{f.OriginalPath, f.Kind, f.Slot}] = f
			have[content{f.SHA256, f.Kind, f.Slot}]++
		}
	}
	var out []Change
	var unmatched []*File
	for i := range m.Files {
		f := &m.Files[i]
		if f.Role != Original {
			continue
		}
		p := place{f.OriginalPath, f.Kind, f.Slot}
		old := at[p]
		switch {
		case old != nil && old.SHA256 == f.SHA256:
			have[content{f.SHA256, f.Kind, f.Slot}]--
			delete(at, p)
		case old != nil:
			out = append(out, Change{Changed, f.OriginalPath, f.Kind, f.Slot})
			have[content{old.SHA256, f.Kind, f.Slot}]--
			delete(at, p)
		default:
			unmatched = append(unmatched, f)
		}
	}
	moved := map[content]int{}
	for _, f := range unmatched {
		c := content{f.SHA256, f.Kind, f.Slot}
		if have[c] > 0 {
			have[c]--
			moved[c]++
			continue
		}
		out = append(out, Change{Added, f.OriginalPath, f.Kind, f.Slot})
	}
	gone := make([]*File, 0, len(at))
	for _, f := range at {
		gone = append(gone, f)
	}
	slices.SortFunc(gone, func(a, b *File) int { return cmp.Compare(a.Path, b.Path) })
	for _, f := range gone {
		c := content{f.SHA256, f.Kind, f.Slot}
		if moved[c] > 0 {
			moved[c]--
			continue
		}
		out = append(out, Change{Removed, f.OriginalPath, f.Kind, f.Slot})
	}
	slices.SortFunc(out, func(a, b Change) int {
		return cmp.Or(cmp.Compare(order(kinds, a.Kind), order(kinds, b.Kind)), cmp.Compare(a.Path, b.Path), cmp.Compare(a.Slot, b.Slot), cmp.Compare(a.How, b.How))
	})
	return out
}

// order puts kinds that are not listed last.
func order(kinds []string, kind string) int {
	if i := slices.Index(kinds, kind); i >= 0 {
		return i
	}
	return len(kinds)
}
