package pack

import (
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// entry is a file that goes into a field.
type entry struct {
	found *material.Asset
	known *facts.Asset
	kind  Kind
	dest  string // below the case's folder in the package
}

// plan says where each file of a case goes: fields in the order of the form, slots in
// that of the rules, files as they lie.
func plan(c *Case, o *Options) (entries []entry, left []Left) {
	slot := func(id string) int {
		return slices.IndexFunc(o.Slots, func(s verdict.Named) bool { return s.ID == id })
	}
	for i, a := range c.Found.Assets {
		k := slices.IndexFunc(o.Kinds, func(k Kind) bool { return k.ID == a.Kind })
		switch {
		case k < 0:
			left = append(left, Left{a.Path, Unsorted})
		case slices.Contains(o.NotHandedIn, a.Kind):
			left = append(left, Left{a.Path, NotHandedIn})
		case a.Unread != "" && a.Unread != material.Empty && a.Unread != material.TooLarge:
			left = append(left, Left{a.Path, Unread})
		default:
			entries = append(entries, entry{found: a, known: &c.View.Assets[i], kind: o.Kinds[k]})
		}
	}
	slices.SortStableFunc(entries, func(a, b entry) int {
		return cmp.Or(cmp.Compare(o.number(a.kind.ID), o.number(b.kind.ID)), cmp.Compare(slot(a.found.Slot), slot(b.found.Slot)), cmp.Compare(a.found.Path, b.found.Path))
	})
	used := taken{}
	for i := range entries {
		e := &entries[i]
		dir := SafeName(o.number(e.kind.ID) + "_" + e.kind.Title)
		if s := slot(e.found.Slot); s >= 0 {
			dir = path.Join(dir, SafeName(strconv.Itoa(s+1)+"_"+strings.ReplaceAll(o.Slots[s].Title, ":", "x")))
		}
		e.dest = used.free(dir, path.Base(e.found.Path))
	}
	return entries, left
}
