package compare

import (
	"context"
	"path"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/aecheck/aecheck/pkg/compare/lumacopy"
	"github.com/aecheck/aecheck/pkg/compare/marks"
	"github.com/aecheck/aecheck/pkg/facts"
)

// markNeed is what a check says to have reference marks looked for in pictures
// of a kind.
const markNeed = "marks"

// maxMarks is how many reference marks of one case are looked for; the rest
// counts as not looked for.
const maxMarks = 30

// references are the assets that show marks to look for: the kind, and what
// case.yaml names as logos.
func references(view *facts.Case) []*facts.Asset {
	var named []string
	if view.File != nil {
		for _, l := range view.File.Brands.Logos {
			named = append(named, path.Clean(l))
		}
	}
	var out []*facts.Asset
	for i := range view.Assets {
		a := &view.Assets[i]
		if a.Kind == facts.KindReference || slices.Contains(named, a.Path) {
			out = append(out, a)
		}
	}
	return out
}

// search looks for the reference marks of a case in its replacements. When ctx
// ends what was not searched counts as not looked for.
func (c *comparison) search(ctx context.Context) {
	view := c.view
	refs := references(view)
	if len(refs) == 0 || !slices.Contains(c.Needs(facts.KindReplacement, ""), markNeed) {
		return
	}
	known := map[*facts.Asset]*marks.Mark{}
	for _, a := range refs {
		m := markOf(a)
		if m == nil || len(known) == maxMarks {
			view.Unsought = append(view.Unsought, a.Path)
			continue
		}
		known[a] = m
	}
	pictures := view.Of(facts.KindReplacement)
	found := make([][]facts.Mark, len(pictures))
	var g errgroup.Group
	g.SetLimit(max(1, c.Jobs))
	for i, a := range pictures {
		g.Go(func() error {
			p, err := lumacopy.Picture(a.Facts.Match)
			if err != nil || slices.Contains(refs, a) {
				return nil // told by the state of its facts
			}
			ready := marks.NewPicture(p)
			for _, ref := range refs {
				if known[ref] == nil || ctx.Err() != nil {
					continue
				}
				if hit, ok := ready.Find(known[ref]); ok {
					found[i] = append(found[i], facts.Mark{Reference: ref.Path, Picture: a.Path, Box: hit.Box, Confidence: hit.Confidence})
				}
			}
			return nil
		})
	}
	_ = g.Wait() // the functions return no error
	for _, list := range found {
		view.Marks = append(view.Marks, list...)
	}
	if ctx.Err() != nil {
		view.Unsought = nil
		for _, a := range refs {
			view.Unsought = append(view.Unsought, a.Path)
		}
	}
}

// markOf makes a reference picture ready to be looked for; nil where it cannot
// be.
func markOf(a *facts.Asset) *marks.Mark {
	p, err := lumacopy.Picture(a.Facts.Match)
	if err != nil {
		return nil
	}
	m, err := marks.NewMark(p)
	if err != nil {
		return nil
	}
	return m
}
