package rules

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/format"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Case is a case being judged. What its rules read of the case as a whole is
// turned into values of their language once, for the case and all its assets.
// Assets may be judged at the same time; all else is for one goroutine.
type Case struct {
	set    *Set
	view   *facts.Case
	env    *Env
	wanted []Material

	mu    sync.Mutex
	lists map[[2]string][]*Rule // rules for assets, by kind and slot
}

// Case prepares a case and says of its materials which are missing: view, whose
// other facts must be complete, gets Materials.Missing and Undecided. The error
// is a condition of materials that cannot be evaluated.
func (s *Set) Case(view *facts.Case) (*Case, error) {
	c := &Case{set: s, view: view, lists: map[[2]string][]*Rule{}}
	var err error
	// The conditions of materials count what is there; rules read as well what
	// follows from them. So the values are made anew after.
	if c.wanted, err = s.wanted(s.Env(checks.Subject{Case: view})); err != nil {
		return nil, err
	}
	view.Materials.Missing, view.Materials.Undecided = nil, nil
	for _, w := range c.wanted {
		if w.State != Required || len(view.Of(w.Item)) > 0 {
			continue
		}
		if w.Review || mayBe(view, w.Item) {
			view.Materials.Undecided = append(view.Materials.Undecided, w.Item)
		} else {
			view.Materials.Missing = append(view.Materials.Missing, w.Item)
		}
	}
	c.env = s.Env(checks.Subject{Case: view})
	for _, group := range groupsOfCase() {
		c.env.values.Lookup([]string{group}) // from here on they are read only
	}
	return c, nil
}

// mayBe reports whether some file may be of a kind that seems to be missing: of those that
// nothing places a picture may be any, a PDF a paper. The notice and the penalised pictures
// often lie in one folder, called after either: captures are PNG files.
func mayBe(view *facts.Case, kind string) bool {
	picture := func(a *facts.Asset) bool {
		return a.Facts == nil || format.Is(a.Facts.File.Format, format.Picture, format.RAW)
	}
	paper := kind != facts.KindSource && kind != facts.KindViolating && kind != facts.KindReplacement
	if slices.ContainsFunc(view.Of(facts.KindUnsorted), func(a *facts.Asset) bool { return picture(a) || paper && a.Facts.File.Format == format.PDF }) {
		return true
	}
	penalised := view.Of(facts.KindViolating)
	switch kind {
	case facts.KindNotice:
		return len(penalised) > 1 && slices.ContainsFunc(penalised, func(a *facts.Asset) bool { return a.Facts != nil && a.Facts.File.Format == "png" })
	case facts.KindViolating:
		notices := 0
		for _, a := range view.Of(facts.KindNotice) {
			if picture(a) {
				notices++
			}
		}
		return notices > 1
	}
	return false
}

// States of a Material.
const (
	Required    = "required"
	Recommended = "recommended"
	NotNeeded   = "not_needed"
)

// Wanted says for each kind of material, in the order of Set.Kinds, whether this
// case needs it: the first entry of materials for it whose condition holds. A
// kind no entry speaks of is not needed.
func (c *Case) Wanted() []Material { return c.wanted }

func (s *Set) wanted(e *Env) ([]Material, error) {
	found := map[string]Material{}
	for i, m := range s.file.Materials {
		if _, done := found[m.Item]; done {
			continue
		}
		ok, err := s.wants[i].holds(s, e)
		if err != nil {
			return nil, fmt.Errorf("rules: materials of %s: %w", m.Item, err)
		}
		if ok {
			found[m.Item] = m
		}
	}
	out := make([]Material, 0, len(s.file.Kinds))
	for _, k := range s.file.Kinds {
		m, ok := found[k.ID]
		if !ok {
			m = Material{Item: k.ID, State: NotNeeded}
		}
		out = append(out, m)
	}
	return out, nil
}

// Steps lists the manual steps that this case needs, in a language, with the dates
// and numbers of the case in them. The error is a condition of one that cannot be
// evaluated.
func (c *Case) Steps(l lang.Lang) ([]verdict.Step, error) {
	var out []verdict.Step
	for i, step := range c.set.file.Checklist {
		ok, err := c.set.steps[i].holds(c.set, c.env)
		if err != nil {
			return nil, fmt.Errorf("rules: checklist %s: %w", step.ID, err)
		}
		if ok {
			out = append(out, verdict.Step{
				ID: step.ID, Phase: step.Phase, Title: step.Title.In(l), Sources: step.Sources,
				Detail: c.set.details[i].in(l).Text(c.env.values, nil),
			})
		}
	}
	return out, nil
}

// Findings judges the case as a whole, by rule id. When ctx ends, what was
// judged by then is returned.
func (c *Case) Findings(ctx context.Context, l lang.Lang) []verdict.Finding {
	out := slices.AppendSeq([]verdict.Finding{}, c.set.findings(ctx, c.set.ForCase(), c.env, l, false))
	for i := range out {
		out[i].Asset = "" // a finding on the case is about no file
	}
	return out
}

// AssetFindings judges one of the case's assets, by rule id. Of a file whose
// bytes could not be read only rules about the file itself are asked: asking the
// others would repeat the same trouble once for every rule. Brief asks for no more than
// the outcome of what passes or does not apply, which is most of it. When ctx ends,
// what was judged by then is returned.
func (c *Case) AssetFindings(ctx context.Context, a *facts.Asset, l lang.Lang, brief bool) iter.Seq[verdict.Finding] {
	list := c.forAsset(a.Kind, a.Slot)
	if a.Facts.File.Format == "" {
		var about []*Rule
		for _, r := range list {
			if r.aboutFile() {
				about = append(about, r)
			}
		}
		list = about
	}
	env := c.set.env(checks.Subject{Case: c.view, Asset: a}, c.env)
	return c.set.findings(ctx, list, env, l, brief)
}

func (c *Case) forAsset(kind, slot string) []*Rule {
	c.mu.Lock()
	defer c.mu.Unlock()
	key := [2]string{kind, slot}
	list, ok := c.lists[key]
	if !ok {
		list = c.set.ForAsset(kind, slot)
		c.lists[key] = list
	}
	return list
}

// Across judges several cases together, by rule id. When ctx ends, what was
// judged by then is returned.
func (s *Set) Across(ctx context.Context, views []*facts.Case, l lang.Lang) []verdict.Finding {
	return slices.AppendSeq([]verdict.Finding{}, s.findings(ctx, s.ForBatch(), s.Env(checks.Subject{Batch: views}), l, false))
}

func (s *Set) findings(ctx context.Context, list []*Rule, e *Env, l lang.Lang, brief bool) iter.Seq[verdict.Finding] {
	return func(yield func(verdict.Finding) bool) {
		for _, r := range list {
			f, err := s.evaluate(ctx, r, e, l, brief)
			if err != nil || !yield(f) {
				return
			}
		}
	}
}

// aboutFile reports whether a rule reads nothing of an asset but what the
// folder says of it.
func (r *Rule) aboutFile() bool {
	for _, f := range r.Facts() {
		group, field, _ := strings.Cut(f, ".")
		switch group {
		case "asset", "case", "clock", "materials", "params":
		case "file":
			if field == "format" || field == "format_matches_extension" || field == "truncated" {
				return false
			}
		default:
			return false
		}
	}
	return true
}
