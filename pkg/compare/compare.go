// Package compare finds facts of two files: which pictures of a case show the
// same photograph, and where reference marks stand in others. What it takes to
// compare a picture was kept when it was read (compare/lumacopy), so no file is
// opened here; compare/pairs and compare/marks do the looking.
//
// It may import pkg/compare, pkg/extract, pkg/facts, pkg/material and
// pkg/raster.
package compare

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/aecheck/aecheck/pkg/compare/lumacopy"
	"github.com/aecheck/aecheck/pkg/compare/pairs"
	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/raster"
)

// maxPairs is how many pairs of pictures of one case are compared; 40 penalised
// pictures against 100 others stay within it.
const maxPairs = 4000

// kindPairs are the kinds that are compared with each other first, the earlier
// picture first.
var kindPairs = [...][2]string{{facts.KindViolating, facts.KindSource}, {facts.KindViolating, facts.KindReplacement}}

// pairNeed is what a check says to have pictures of a kind compared with those
// of another, e.g. "pair.replacement".
const pairNeed = "pair."

// PairRecord is the name under which the cache keeps what was found of a pair.
const PairRecord = "pair"

// HasWork reports whether a case has anything to compare its pictures with: a
// penalised picture or a reference mark.
func HasWork(c *material.Case) bool {
	if c.File != nil && len(c.File.Brands.Logos) > 0 {
		return true
	}
	return slices.ContainsFunc(c.Assets, func(a *material.Asset) bool {
		return a.Kind == facts.KindViolating || a.Kind == facts.KindReference
	})
}

// Facts adds what comparing takes to the facts wanted of a kind.
func Facts(wanted []string) []string {
	if slices.ContainsFunc(wanted, func(f string) bool { return strings.HasPrefix(f, pairNeed) || f == markNeed }) {
		return append(wanted, "match")
	}
	return wanted
}

// Options of comparing the pictures of one case.
type Options struct {
	Jobs  int     // pairs worked on at the same time, ≥ 1
	Known Records // pairs compared before, by both contents; nil for none
	// Needs lists the facts that the rules in force read of a kind and slot:
	// what nobody asks for is not compared.
	Needs func(kind, slot string) []string
}

// Records keep what was found of pairs; *extract.Cache is one.
type Records interface {
	// Load fills v, a pointer, and reports whether it was there.
	Load(name string, k extract.Key, v any) bool
	Save(name string, k extract.Key, v any)
}

// comparison is the pictures of one case being compared.
type comparison struct {
	Options
	view *facts.Case
}

// pair is two pictures to be compared, by index.
type pair struct{ a, b int }

// between lists the pairs of pictures of two kinds that some check in force
// asks for, as many as MaxPairs still allows. Where there are too many each
// picture keeps about as many partners as any other.
func (c *comparison) between(first, second string, wanted func(path string) bool) []pair {
	if !slices.Contains(c.Needs(first, ""), pairNeed+second) {
		return nil
	}
	of := func(kind string) (out []int) {
		for i := range c.view.Assets {
			a := &c.view.Assets[i]
			if a.Kind == kind && a.Facts.Status("match").State == facts.Present && (kind != second || wanted(a.Path)) {
				out = append(out, i)
			}
		}
		return out
	}
	as, bs := of(first), of(second)
	var list []pair
	for shift := range bs { // diagonals, not rows
		for i, a := range as {
			list = append(list, pair{a, bs[(i+shift)%len(bs)]})
		}
	}
	list = list[:min(len(list), maxPairs-len(c.view.Pairs))]
	slices.SortFunc(list, func(p, q pair) int { return cmp.Or(cmp.Compare(p.a, q.a), cmp.Compare(p.b, q.b)) })
	return list
}

// Case finds what the pictures of a case say of each other, once all are read:
// it fills the view's Pairs, Marks and Unsought, and lets go of the copies.
func Case(ctx context.Context, view *facts.Case, opt Options) {
	c := comparison{Options: opt, view: view}
	c.compare(ctx)
	c.search(ctx)
	// The copies have served; a batch of many cases need not hold them all.
	for i := range view.Assets {
		view.Assets[i].Facts.Match.JPEG, view.Assets[i].Facts.Match.Colour = nil, nil
	}
}

// compare compares the pictures of a case with each other: penalised pictures
// with the others, then replacements that repeat one, or of which something else hangs
// on that, with the sources they may be made from. The order of View.Pairs follows that of the assets, whatever
// the timing. Checks see which pairs are not there: those beyond MaxPairs, and the
// rest when ctx ends.
func (c *comparison) compare(ctx context.Context) {
	view := c.view
	side := make([]func() *compared, len(view.Assets))
	for i := range side {
		side[i] = sync.OnceValue(func() *compared { return newCompared(&view.Assets[i]) })
	}
	all := func(string) bool { return true }
	for _, k := range kindPairs {
		c.compareAll(ctx, c.between(k[0], k[1], all), side)
	}
	sought := c.sourceSought()
	for _, p := range view.Pairs {
		if p.Distance <= pairs.Matched {
			sought[p.B] = true
		}
	}
	if !c.sourceSeen() {
		for i := range view.Assets {
			sought[view.Assets[i].Path] = true
		}
	}
	made := c.between(facts.KindSource, facts.KindReplacement, func(p string) bool { return sought[p] })
	c.compareAll(ctx, made, side)
	c.compareAll(ctx, c.variants(), side)
}

// mayBeEnlarged is the likelihood of quality.upscaled from which it matters how large the
// source of a picture is: half of params.replacement.max_upscaled, which a layer may set.
const mayBeEnlarged = 0.3

// sourceSought are the replacements, by path, whose source tells something whether they
// repeat a penalised picture or not: those with traces of interpolation (is the source
// larger?), and all where AI was used (is it a photograph?).
func (c *comparison) sourceSought() map[string]bool {
	said := c.view.Said()
	ai := said.AI.Used || said.Violation.Type == "ai_unlabelled"
	out := map[string]bool{}
	for i := range c.view.Assets {
		a := &c.view.Assets[i]
		if a.Kind == facts.KindReplacement && (ai || a.Facts.Quality.Upscaled >= mayBeEnlarged) {
			out[a.Path] = true
		}
	}
	return out
}

// farApart is the distance from which two pictures are surely not one photograph, that
// of the checks on sources.
const farApart = 0.8

// sourceSeen reports whether some source resembles a penalised picture. Where none does,
// the penalised pictures were somebody else's, and the replacements tell what the sources
// are for.
func (c *comparison) sourceSeen() bool {
	kinds := map[string]string{}
	for _, a := range c.view.Assets {
		kinds[a.Path] = a.Kind
	}
	return slices.ContainsFunc(c.view.Pairs, func(p facts.Pair) bool {
		return p.Distance < farApart && (kinds[p.A] == facts.KindSource || kinds[p.B] == facts.KindSource)
	})
}

// mayBeOne is in how many of 64 bits the difference hashes of two pictures of variants
// may differ for them to be compared: of forty variants few are.
const mayBeOne = 12

// variants lists the pairs of variants' pictures that may be one picture.
func (c *comparison) variants() (list []pair) {
	if !slices.Contains(c.Needs(facts.KindReplacement, facts.SlotSKU), pairNeed+facts.KindReplacement) {
		return nil
	}
	type hashed struct {
		at   int
		hash uint64
	}
	var all []hashed
	for i := range c.view.Assets {
		a := &c.view.Assets[i]
		if a.Kind != facts.KindReplacement || a.Slot != facts.SlotSKU || a.Facts.Status("match").State != facts.Present {
			continue
		}
		if h, err := strconv.ParseUint(a.Facts.Hash.DHash, 16, 64); err == nil {
			all = append(all, hashed{i, h})
		}
	}
	for i, a := range all {
		for _, b := range all[i+1:] {
			if bits.OnesCount64(a.hash^b.hash) <= mayBeOne && len(list) < maxPairs-len(c.view.Pairs) {
				list = append(list, pair{a.at, b.at})
			}
		}
	}
	return list
}

func (c *comparison) compareAll(ctx context.Context, list []pair, side []func() *compared) {
	found := make([]*facts.Pair, len(list))
	var g errgroup.Group
	g.SetLimit(max(1, c.Jobs))
	for i, p := range list {
		g.Go(func() error {
			if ctx.Err() == nil {
				found[i] = c.pair(&c.view.Assets[p.a], &c.view.Assets[p.b], side[p.a], side[p.b])
			}
			return nil
		})
	}
	_ = g.Wait() // the functions return no error
	for _, p := range found {
		if p != nil {
			c.view.Pairs = append(c.view.Pairs, *p)
		}
	}
}

// pair compares two pictures, or recalls what an earlier run found. Nil where a
// picture's copy is damaged.
func (c *comparison) pair(a, b *facts.Asset, left, right func() *compared) *facts.Pair {
	if c.Known == nil {
		return left().with(right())
	}
	var marks []facts.Box
	if mends(a, b) {
		marks = marksOf(a)
	}
	key := extract.Key(sha256.Sum256(fmt.Appendf(nil, "%s %s %t %v",
		a.Facts.File.SHA256, b.Facts.File.SHA256, mends(a, b), marks)))
	p := &facts.Pair{}
	if c.Known.Load(PairRecord, key, p) {
		p.A, p.B = a.Path, b.Path
		return p
	}
	if p = left().with(right()); p != nil {
		c.Known.Save(PairRecord, key, p)
	}
	return p
}

// mends reports whether the second picture takes the penalised first one's
// place: it is then looked at for what was changed and what is left of a mark.
func mends(a, b *facts.Asset) bool {
	return a.Kind == facts.KindViolating && b.Kind == facts.KindReplacement
}

// compared is a picture while it is compared with others.
type compared struct {
	asset    *facts.Asset
	picture  *raster.Picture // nil where the copy is damaged
	features *pairs.Features
}

func newCompared(a *facts.Asset) *compared {
	c := &compared{asset: a}
	p, err := lumacopy.Picture(a.Facts.Match)
	colours, failed := lumacopy.Colours(a.Facts.Match)
	if err == nil && failed == nil {
		c.picture, c.features = p, pairs.Compute(p, colours)
	}
	return c
}

// with compares with another picture; nil where a copy is damaged.
func (c *compared) with(other *compared) *facts.Pair {
	if c.picture == nil || other.picture == nil {
		return nil
	}
	laid := pairs.Lay(c.features, other.features)
	p := laid.Compare()
	p.A, p.B = c.asset.Path, other.asset.Path
	if p.Distance <= pairs.Matched {
		p.Exposure, p.Colour, p.Light = laid.Exposure(c.picture, other.picture)
	}
	if mends(c.asset, other.asset) && p.Distance <= pairs.Matched {
		p.ChangedBoxes, p.TraceBoxes = laid.Differences(c.picture, other.picture, marksOf(c.asset))
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
