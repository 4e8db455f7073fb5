package scan

import (
	"context"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/aecheck/aecheck/pkg/extract/match"
	"github.com/aecheck/aecheck/pkg/extract/pairs"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/raster"
)

// MaxPairs is how many pairs of pictures of one case are compared; 40 penalised
// pictures against 100 others stay within it.
const MaxPairs = 4000

// kindPairs are the kinds that are ever compared with each other, the earlier
// picture first.
var kindPairs = [...][2]string{
	{material.Violating, material.Source}, {material.Violating, material.Replacement},
	{material.Violating, material.Companion}, {material.Source, material.Replacement},
}

// pairNeed is what a check says to have pictures of a kind compared with those
// of another, e.g. "pair.replacement".
const pairNeed = "pair."

// comparing adds what comparing takes to the facts wanted of a kind.
func comparing(wanted []string) []string {
	for _, k := range kindPairs {
		if slices.Contains(wanted, pairNeed+k[0]) || slices.Contains(wanted, pairNeed+k[1]) {
			return append(wanted, "match")
		}
	}
	if slices.Contains(wanted, markNeed) {
		return append(wanted, "match")
	}
	return wanted
}

// couple is two pictures to be compared, by index.
type couple struct{ a, b int }

// couples lists the pairs of a case that some check in force asks for, at most
// MaxPairs, and how many it leaves out. Where there are too many each picture
// keeps about as many partners as any other.
func (r *run) couples(view *facts.View) (list []couple, left int) {
	byKind := map[string][]int{}
	for i := range view.Assets {
		a := &view.Assets[i]
		if a.Facts.Status("match").State == facts.Present {
			byKind[a.Kind] = append(byKind[a.Kind], i)
		}
	}
	for _, k := range kindPairs {
		if !slices.Contains(r.rules.Needs(k[0], ""), pairNeed+k[1]) {
			continue
		}
		first, second := byKind[k[0]], byKind[k[1]]
		for shift := range second { // diagonals, not rows
			for i, a := range first {
				list = append(list, couple{a, second[(i+shift)%len(second)]})
			}
		}
	}
	left = max(0, len(list)-MaxPairs)
	list = list[:len(list)-left]
	slices.SortFunc(list, func(p, q couple) int {
		if p.a != q.a {
			return p.a - q.a
		}
		return p.b - q.b
	})
	return list, left
}

// sideBySide finds what the pictures of a case say of each other, once all are
// read.
func (r *run) sideBySide(ctx context.Context, view *facts.View) {
	r.compare(ctx, view)
	r.search(ctx, view)
	// The copies have served; a batch of many cases need not hold them all.
	for i := range view.Assets {
		view.Assets[i].Facts.Match.JPEG = nil
	}
}

// compare compares the pictures of a case with each other. The order of
// View.Pairs follows that of the assets, whatever the timing. When ctx ends the
// rest counts as not compared.
func (r *run) compare(ctx context.Context, view *facts.View) {
	list, left := r.couples(view)
	view.Uncompared = left
	if len(list) == 0 {
		return
	}
	side := make([]func() *compared, len(view.Assets))
	for i := range side {
		side[i] = sync.OnceValue(func() *compared { return newCompared(&view.Assets[i]) })
	}
	found := make([]*facts.Pair, len(list))
	var g errgroup.Group
	g.SetLimit(max(1, r.opt.Jobs))
	for i, c := range list {
		g.Go(func() error {
			if ctx.Err() == nil {
				found[i] = side[c.a]().with(side[c.b]())
			}
			return nil
		})
	}
	_ = g.Wait() // the functions return no error
	for _, p := range found {
		if p == nil {
			view.Uncompared++
			continue
		}
		view.Pairs = append(view.Pairs, *p)
	}
}

// compared is a picture while it is compared with others.
type compared struct {
	asset    *facts.Asset
	picture  *raster.Picture // nil where the copy is damaged
	features *pairs.Features
}

func newCompared(a *facts.Asset) *compared {
	c := &compared{asset: a}
	p, err := match.Picture(a.Facts.Match)
	if err == nil {
		c.picture, c.features = p, pairs.Compute(p)
	}
	return c
}

// with compares with another picture. Where that one is a replacement and shows
// the same, it is looked at for what was changed and for what is left of a
// mark.
func (c *compared) with(other *compared) *facts.Pair {
	if c.picture == nil || other.picture == nil {
		return nil
	}
	p := pairs.Compare(c.features, other.features)
	p.A, p.B = c.asset.Path, other.asset.Path
	if c.asset.Kind == material.Violating && other.asset.Kind == material.Replacement && p.Distance <= pairs.Matched {
		p.ChangedBoxes, p.TraceBoxes = pairs.Differences(c.picture, other.picture, c.features, other.features, marksOf(c.asset))
	}
	return &p
}

// marksOf are the places of what may be a mark laid over the picture: text that
// lies over it.
func marksOf(a *facts.Asset) []facts.Box {
	var out []facts.Box
	for _, l := range a.Facts.Text.Lines {
		if l.Overlay >= overlay {
			out = append(out, l.Box)
		}
	}
	return out
}

// overlay is the likelihood from which a line of text counts as laid over the
// picture.
const overlay = 0.5
