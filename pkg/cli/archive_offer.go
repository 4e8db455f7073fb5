package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/heap"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/originals"
	"github.com/aecheck/aecheck/pkg/originals/look"
	"github.com/aecheck/aecheck/pkg/scan"
	"github.com/aecheck/aecheck/pkg/terminal"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// wanting is a picture of a case that lacks originals.
type wanting struct {
	kase int
	path string // in the report
	sought
}

// offerOriginals tells which originals the archive has for cases that lack them. It is
// a remark beside the report: that must not depend on what else lies on a computer.
// Where there is no archive, or no case lacks any, nothing is read.
func (a *app) offerOriginals(ctx context.Context, result *scan.Result, cache *extract.Cache, paced *heap.Heap) error {
	index, err := a.indexPath("")
	if err != nil {
		return nil //nolint:nilerror // without a place for an archive there is none
	}
	if info, err := os.Stat(index); a.quiet || err != nil || !info.Mode().IsRegular() {
		return nil
	}
	list := lackingOriginals(result)
	if len(list) == 0 {
		return nil
	}
	runner, done, err := a.photoRunner(originals.QueryFacts(), cache, paced)
	if err != nil {
		return err
	}
	defer done()
	var found []sought
	for i := range list {
		w := &list[i]
		dir := result.Cases[w.kase].Dir
		p, err := originals.ReadPicture(ctx, runner, func() (extract.ReadCloser, int64, error) { return material.OpenListed(dir, w.sought.path) })
		if err == nil { // what cannot be read the report tells
			w.picture = p
		}
		found = append(found, w.sought)
	}
	if err := seekOriginals(ctx, index, found, 3); err != nil {
		var usage usageError
		if err = a.archiveError(index, err); errors.As(err, &usage) {
			a.note(usage.Error())
			return nil
		}
		return err
	}
	for i := range list {
		list[i].hits = found[i].hits
	}
	a.tellOffers(result, list)
	return nil
}

// lackingOriginals are the penalised pictures, else the replacements, of cases whose
// originals are missing or will not do.
func lackingOriginals(result *scan.Result) []wanting {
	const most = 6 // of one case: more would be a list nobody reads
	var out []wanting
	for i := range result.Report.Cases {
		c := &result.Report.Cases[i]
		lacks := slices.ContainsFunc(c.Checklist, func(x verdict.ChecklistItem) bool {
			return x.Item == facts.KindSource && (x.State == verdict.ItemMissing || x.State == verdict.ItemProblem)
		})
		if !lacks || result.Cases[i].Packed {
			continue
		}
		for _, kind := range []string{facts.KindViolating, facts.KindReplacement} {
			var some []wanting
			for _, asset := range c.Assets {
				if asset.Kind == kind && asset.PathRawBase64 == "" && len(some) < most {
					below := filepath.FromSlash(strings.TrimPrefix(asset.Path, c.Path+"/"))
					some = append(some, wanting{kase: i, path: asset.Path, sought: sought{path: below}})
				}
			}
			if len(some) > 0 {
				out = append(out, some...)
				break
			}
		}
	}
	return out
}

// tellOffers names each original once, with the likeliest picture of it.
func (a *app) tellOffers(result *scan.Result, list []wanting) {
	t := a.msgs.Archiving
	for i := range result.Report.Cases {
		c := &result.Report.Cases[i]
		told := map[string]bool{}
		for _, asset := range c.Assets {
			told[asset.SHA256] = true // the case has it
		}
		dir := terminal.Clean(result.Cases[i].Dir)
		var lines []string
		for _, w := range list {
			for j := range w.hits {
				h := &w.hits[j]
				if w.kase != i || told[h.ID()] || !h.Exif || h.Distance > look.Sure {
					continue
				}
				told[h.ID()] = true
				_, name, _ := h.Where()
				lines = append(lines, "  "+fill(t.Offer, "picture", terminal.Clean(w.path), "path", terminal.Clean(name), "sure", percent(h)),
					"    "+fill(t.OfferMore, "id", h.ID()[:shortID], "case", dir))
			}
		}
		if len(lines) > 0 {
			a.note(fill(t.OfferMissing, "case", dir) + "\n" + strings.Join(lines, "\n"))
		}
	}
}
