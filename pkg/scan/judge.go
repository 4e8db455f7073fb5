package scan

import (
	"context"
	"path"
	"strings"

	"github.com/aecheck/aecheck/pkg/checklist"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/confirm"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/rules"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// judge applies the rules to every case and then to all cases together. When
// ctx ends, what was judged by then is kept.
func (r *run) judge(ctx context.Context, found []*material.Case, views []*facts.Case) *verdict.Report {
	out := &verdict.Report{
		Tool:     verdict.Tool{Name: "aecheck", Version: r.opt.Version},
		Now:      r.opt.Now.In(lang.Beijing()).Format(timeLayout),
		Lang:     r.opt.Lang.Tag(),
		Rules:    r.named(),
		Cases:    []verdict.Case{},
		Batch:    verdict.Batch{Findings: []verdict.Finding{}},
		Problems: []verdict.Problem{},
	}
	for i, c := range found {
		out.Cases = append(out.Cases, r.judgeCase(ctx, c, views[i]))
		for _, p := range c.StrayProblems() {
			p.Path = path.Join(c.Path, p.Path)
			out.Problems = append(out.Problems, r.problem(p))
		}
		for _, e := range config.All(c.Err) {
			out.Problems = append(out.Problems, verdict.Problem{
				Path: path.Join(c.Path, c.FileName), Code: "case_invalid", Message: r.mistake(e),
			})
		}
	}
	if len(views) > 1 {
		env := r.rules.Env(checks.Subject{Batch: views})
		for _, rule := range r.rules.ForBatch() {
			f, err := r.rules.Evaluate(ctx, rule, env, r.opt.Lang)
			if err != nil {
				break
			}
			out.Batch.Findings = append(out.Batch.Findings, f)
		}
	}
	summarise(out)
	return out
}

// named says which rules judge, and what kinds and slots are called.
func (r *run) named() verdict.Rules {
	out := verdict.Rules{Digest: r.rules.Digest(), Layers: r.rules.Layers(), Kinds: []verdict.Named{}, Slots: []verdict.Named{}}
	for _, k := range r.rules.Kinds() {
		out.Kinds = append(out.Kinds, verdict.Named{ID: k.ID, Title: k.Title.In(r.opt.Lang)})
	}
	for _, s := range r.rules.Slots() {
		out.Slots = append(out.Slots, verdict.Named{ID: s.ID, Title: s.Title.In(r.opt.Lang)})
	}
	return out
}

func (r *run) judgeCase(ctx context.Context, c *material.Case, view *facts.Case) verdict.Case {
	out := verdict.Case{
		Path: c.Path, Deadline: deadlineOf(view), Assets: []verdict.Asset{}, Findings: []verdict.Finding{},
		Checklist: []verdict.ChecklistItem{}, Steps: []verdict.Step{},
	}
	if c.File.Has("violation.id") {
		out.ID = c.File.Violation.ID
	}
	if !c.Listing {
		env := r.rules.Env(checks.Subject{Case: view})
		for _, rule := range r.rules.ForCase() {
			f, err := r.rules.Evaluate(ctx, rule, env, r.opt.Lang)
			if err != nil {
				break
			}
			f.Asset = "" // a finding on the case is about no file
			out.Findings = append(out.Findings, f)
		}
	}
	for i := range view.Assets {
		a := &view.Assets[i]
		out.Assets = append(out.Assets, assetOf(c, c.Assets[i], a))
		out.Findings = append(out.Findings, r.judgeAsset(ctx, view, a)...)
	}
	if c.File != nil && !r.opt.IgnoreConfirmations {
		confirm.Apply(out.Findings, subjectOf(view), c.File.Confirmations)
	}
	if !c.Listing {
		r.prepare(&out, view)
	}
	out.Outcome = outcomeOf(out.Findings)
	return out
}

// prepare adds the checklist and the manual steps.
func (r *run) prepare(out *verdict.Case, view *facts.Case) {
	wanted, err := r.rules.Wanted(view)
	if err != nil {
		return // told by complete, which asked the same
	}
	out.Checklist = checklist.Build(checklist.Input{
		View: view, Kinds: r.rules.Kinds(), Wanted: wanted, Findings: out.Findings, Lang: r.opt.Lang,
	})
	steps, err := r.rules.Steps(view)
	if err != nil {
		return
	}
	for _, s := range steps {
		out.Steps = append(out.Steps, verdict.Step{
			ID: s.ID, Phase: s.Phase, Title: s.Title.In(r.opt.Lang), Detail: s.Detail.In(r.opt.Lang), Sources: s.Sources,
		})
	}
}

// subjectOf is a case as confirmations see it.
func subjectOf(view *facts.Case) confirm.Subject {
	s := confirm.Subject{Path: view.Path, Sums: map[string]string{}}
	for i := range view.Assets {
		s.Sums[view.Assets[i].Path] = view.Assets[i].Facts.File.SHA256
	}
	return s
}

// judgeAsset applies the rules for the asset's kind and slot. Of a file whose
// bytes could not be read only rules about the file itself are asked: asking
// the others would repeat the same trouble once for every rule.
func (r *run) judgeAsset(ctx context.Context, view *facts.Case, a *facts.Asset) []verdict.Finding {
	var out []verdict.Finding
	env := r.rules.Env(checks.Subject{Case: view, Asset: a})
	unread := a.Facts.File.Format == ""
	for _, rule := range r.rules.ForAsset(a.Kind, a.Slot) {
		if unread && !aboutFile(rule) {
			continue
		}
		f, err := r.rules.Evaluate(ctx, rule, env, r.opt.Lang)
		if err != nil {
			break
		}
		out = append(out, f)
	}
	return out
}

// aboutFile reports whether a rule reads nothing of an asset but what the
// folder says of it.
func aboutFile(rule *rules.Rule) bool {
	for _, f := range rule.Facts() {
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

func assetOf(c *material.Case, m *material.Asset, a *facts.Asset) verdict.Asset {
	f := a.Facts
	return verdict.Asset{
		Path: path.Join(c.Path, a.Path), PathRawBase64: m.RawBase64, Kind: a.Kind, Slot: a.Slot,
		SHA256: f.File.SHA256, Bytes: f.File.Bytes, Format: f.File.Format,
		Width: f.Image.Width, Height: f.Image.Height, Preview: f.Preview.JPEG,
	}
}

// outcomeOf is the worst of the findings that count.
func outcomeOf(fs []verdict.Finding) verdict.Outcome {
	worst := verdict.Pass
	rank := 0
	for i := range fs {
		if fs[i].Suppressed != nil {
			continue
		}
		if n := verdict.Rank(fs[i].Outcome, fs[i].Severity); n > rank {
			worst, rank = fs[i].Outcome, n
		}
	}
	return worst
}

// summarise counts. A confirmed review counts as passed.
func summarise(r *verdict.Report) {
	count := func(fs []verdict.Finding) {
		for i := range fs {
			switch o := fs[i].Outcome; {
			case o == verdict.Pass, fs[i].Suppressed != nil:
				r.Summary.Pass++
			case o == verdict.Fail:
				r.Summary.Fail++
			case o == verdict.Review:
				r.Summary.Review++
			case o == verdict.Skip:
				r.Summary.Skip++
			case o == verdict.Error:
				r.Summary.Error++
			}
		}
	}
	for i := range r.Cases {
		r.Summary.Assets += len(r.Cases[i].Assets)
		count(r.Cases[i].Findings)
	}
	r.Summary.Cases = len(r.Cases)
	count(r.Batch.Findings)
}
