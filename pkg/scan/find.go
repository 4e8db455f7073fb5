package scan

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"slices"

	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/rules"
)

// FindOptions say where to look.
type FindOptions struct {
	Paths []string
	// Files are files that a program listed, and Only what of all is asked about;
	// see material.Options.
	Files []string
	Only  *material.Only
	// Whole: a file in a case stands for the case.
	Whole bool
	As    string // kind of files that nothing places
	Slot  string // slot of replacement pictures that have none
	// Own says which files are no material, see material.Options; may be nil.
	Own func(info fs.FileInfo, head []byte) bool
	// Excluded and Placed are what settings say of paths, see material.Options; may
	// be nil.
	Excluded func(path string) bool
	Placed   func(path string) (kind, slot string)
}

// Found is what lies in folders.
type Found struct {
	Cases []*material.Case
	// Outside are problems that belong to no case.
	Outside []material.Problem
	// Roots are what was scanned, as given, by the names it has in reports.
	Roots map[string]string

	share *share // of what other machines read too; nil for all
}

// Find walks folders. A nil result means that nothing could be done (a path that
// is not there, a cancelled context before anything was found); beside a result
// the error joins those of case files that are invalid.
func (s *Session) Find(ctx context.Context, o FindOptions) (*Found, error) {
	labels, err := material.Labels(o.Paths)
	if err != nil {
		return nil, err
	}
	cases, outside, err := material.Walk(ctx, o.Paths, material.Options{
		Vocabulary: VocabularyOf(s.rules),
		Ignore:     s.rules.Ignore(),
		Sidecars:   s.rules.Sidecars(),

		BesidePhotos: s.rules.BesidePhotos(),
		As:           o.As,
		Slot:         o.Slot,
		PhotoSlot:    s.rules.DefaultSlot(),
		Photos:       s.rules.PhotosAlone(),
		Own:          o.Own,
		Files:        o.Files,
		Only:         o.Only,
		Whole:        o.Whole,
		Excluded:     o.Excluded,
		Placed:       o.Placed,
		Tracks:       slices.Sorted(maps.Keys(s.rules.Tracks())),
		Limits:       material.Limits{FileBytes: s.options.Limits.MaxBytes},
	})
	if err != nil && len(cases) == 0 {
		return nil, err
	}
	if errors.Is(err, context.Canceled) {
		err = nil // the report says it
	}
	found := &Found{Cases: needed(cases), Outside: outside, Roots: map[string]string{}}
	for i, label := range labels {
		found.Roots[label] = o.Paths[i]
	}
	return found, err
}

// VocabularyOf takes the names of kinds and slots from the rules.
func VocabularyOf(set *rules.Set) material.Vocabulary {
	var out material.Vocabulary
	for _, k := range set.Kinds() {
		out.Kinds = append(out.Kinds, material.Names{ID: k.ID, Aliases: k.Aliases})
	}
	for _, s := range set.Slots() {
		out.Slots = append(out.Slots, material.Names{ID: s.ID, Aliases: s.Aliases, Files: set.FileNames(s)})
	}
	return out
}

// needed are the cases to be read: those of which something is asked about and, where
// several cases are compared with each other, the others. In a plain folder that
// stands alone no file has to do with another.
func needed(cases []*material.Case) []*material.Case {
	if !slices.ContainsFunc(cases, func(c *material.Case) bool { return !c.Untouched() }) {
		return nil
	}
	if len(cases) == 1 && cases[0].Part && cases[0].Listing {
		c := *cases[0]
		c.Assets = slices.DeleteFunc(slices.Clone(c.Assets), func(a *material.Asset) bool { return a.Beside })
		return []*material.Case{&c}
	}
	return cases
}
