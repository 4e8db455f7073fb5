package scan

import (
	"context"
	"iter"
	"path"
	"slices"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/aecheck/aecheck/pkg/confirm"
	"github.com/aecheck/aecheck/pkg/derive"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/rules"
	"github.com/aecheck/aecheck/pkg/schedule"
	"github.com/aecheck/aecheck/pkg/suppress"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// JudgeOptions say how to judge.
type JudgeOptions struct {
	Now  time.Time
	Lang lang.Lang // of what findings say
	// IgnoreConfirmations judges as if case.yaml confirmed nothing.
	IgnoreConfirmations bool
	// Trusted are the names whose confirmations count where several cases are
	// judged: names can be typed by anyone.
	Trusted []string
	// Due keeps only those cases in the report whose window closes within this time;
	// 0 keeps all. What is between cases goes by all of them.
	Due time.Duration
	// Suppress says what settings and a baseline keep out of the count; nil for
	// nothing.
	Suppress *suppress.Options
	// Brief counts what passes and what does not apply, and leaves it out of the
	// findings: of thousands of files it takes most of the memory.
	Brief bool
}

// Judged is what was found, read and judged.
type Judged struct {
	Cases       []verdict.Case // as found
	Across      []verdict.Finding
	Interrupted bool

	idle    [][]confirm.Idle // confirmations that clear nothing, by case
	hiding  *suppress.Suppressor
	known   *Known
	views   []*facts.Case // complete with what time and rules say
	options JudgeOptions
}

// Judge applies the rules to every case and then to all cases together. When ctx
// ends, what was judged by then is kept. The error is a condition of rules.yaml
// that cannot be evaluated.
func (s *Session) Judge(ctx context.Context, known *Known, o JudgeOptions) (*Judged, error) {
	out := &Judged{known: known, options: o, Cases: []verdict.Case{}, Across: []verdict.Finding{}}
	if o.Suppress != nil {
		out.hiding = suppress.New(*o.Suppress, o.Now)
	}
	all, err := s.prepare(known, out)
	if err != nil {
		return nil, err
	}
	s.find(ctx, all)
	// What suppressions and a baseline hide goes by the order of cases.
	for _, j := range all {
		if !j.found.Untouched() {
			for _, step := range afterJudging() {
				step.do(j)
			}
		}
		out.Cases = append(out.Cases, j.out)
		out.idle = append(out.idle, j.idle)
	}
	if len(out.views) > 1 {
		out.Across = append(out.Across, s.rules.Across(ctx, out.views, o.Lang)...)
		if out.hiding != nil {
			out.hiding.Apply(out.Across, suppress.Subject{Subject: everything(known.found.Cases, out.views)})
		}
		out.Across = acrossAsked(out.Across, known.found.Cases)
	}
	out.Interrupted = ctx.Err() != nil
	return out, nil
}

// prepare completes every case, several at a time.
func (s *Session) prepare(known *Known, out *Judged) ([]*judging, error) {
	all := make([]*judging, len(known.views))
	errs := make([]error, len(all))
	out.views = make([]*facts.Case, len(all))
	s.each(len(all), func(i int) {
		view := *known.views[i]
		out.views[i] = &view
		c := known.found.Cases[i]
		all[i] = &judging{Session: s, options: out.options, found: c, view: &view, several: len(all) > 1, hiding: out.hiding}
		all[i].rules, errs[i] = s.complete(&view, c, out.options.Now)
	})
	for _, err := range errs {
		if err != nil {
			return nil, err // that of the first case: it is the same of all
		}
	}
	return all, nil
}

// find judges all cases and all their assets, on all cores.
func (s *Session) find(ctx context.Context, all []*judging) {
	type turn struct {
		of *judging
		at int
	}
	var turns []turn
	s.each(len(all), func(i int) {
		if j := all[i]; !j.found.Untouched() {
			j.ofCase(ctx)
		}
	})
	for _, j := range all {
		before := len(turns)
		for i := range j.found.Assets {
			if !j.found.Untouched() && !j.found.Assets[i].Beside {
				turns = append(turns, turn{j, i})
			}
		}
		j.left.Store(int64(len(turns) - before))
	}
	s.each(len(turns), func(i int) {
		j, at := turns[i].of, turns[i].at
		j.told[at], j.quiet[at] = j.wanted(j.rules.AssetFindings(ctx, &j.view.Assets[at], j.options.Lang, j.options.Brief))
		if j.left.Add(-1) == 0 {
			j.together()
		}
	})
}

// each does n things on all cores.
func (s *Session) each(n int, do func(i int)) {
	var next atomic.Int64
	var g errgroup.Group
	for range min(s.options.Jobs, n) {
		g.Go(func() error {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
			return nil
		})
	}
	_ = g.Wait() // the functions return no error
}

// complete adds to a case what is known only when all its assets are: counts, the
// clock, what is missing.
func (s *Session) complete(view *facts.Case, c *material.Case, now time.Time) (*rules.Case, error) {
	derive.OwnShop(view)
	derive.Beside(view)
	if !c.Listing {
		derive.Covers(view)
		derive.Sheets(view)
		derive.Attached(view)
	}
	view.Materials = facts.Materials{}
	for i := range view.Assets {
		view.Materials.Count(&view.Assets[i])
	}
	switch {
	case c.Err != nil:
		view.Materials.CaseFile = "invalid"
	case c.File == nil:
		view.Materials.CaseFile, view.Materials.Misjudged = "none", derive.Misjudged(view)
	default:
		view.Materials.CaseFile = "read"
	}
	view.Materials.NamedAbsent = c.File.Absent()
	view.Clock = schedule.Known(now, c.File, view.Assets, s.calendar)
	return s.rules.Case(view)
}

// judging is one case being judged.
type judging struct {
	*Session
	options JudgeOptions
	found   *material.Case
	view    *facts.Case
	rules   *rules.Case
	told    [][]verdict.Finding // of each asset
	quiet   []verdict.Quiet     // of each asset
	left    atomic.Int64        // assets still to be judged
	several bool                // cases are judged
	out     verdict.Case
	idle    []confirm.Idle
	hiding  *suppress.Suppressor
}

// ofCase judges the case as a whole.
func (j *judging) ofCase(ctx context.Context) {
	c := j.found
	j.out = verdict.Case{
		Path: c.Path, Assets: []verdict.Asset{}, Findings: []verdict.Finding{},
		Checklist: []verdict.ChecklistItem{}, Steps: []verdict.Step{},
	}
	if c.Part {
		j.out.Of = c.Of
	} else {
		j.out.Deadline = deadlineOf(j.view)
	}
	if c.File.Has("violation.id") {
		j.out.ID = c.File.Violation.ID
	}
	if !c.Listing {
		j.out.Findings = append(j.out.Findings, j.rules.Findings(ctx, j.options.Lang)...)
	}
	j.told, j.quiet = make([][]verdict.Finding, len(j.view.Assets)), make([]verdict.Quiet, len(j.view.Assets))
	for i := range j.view.Assets {
		if !c.Assets[i].Beside {
			j.out.Assets = append(j.out.Assets, assetOf(c, c.Assets[i], &j.view.Assets[i]))
		}
	}
}

// together puts what is said of the assets behind what is said of the case.
func (j *judging) together() {
	count := 0
	for i, q := range j.quiet {
		j.out.Quiet.Pass += q.Pass
		j.out.Quiet.Skip += q.Skip
		count += len(j.told[i])
	}
	j.out.Findings = slices.Grow(j.out.Findings, count)
	for _, list := range j.told {
		j.out.Findings = append(j.out.Findings, list...)
	}
	j.told, j.quiet = nil, nil
}

// someFindings is the room for the findings of one asset to begin with: they are large,
// and to let the list grow from one takes twice the memory.
const someFindings = 12

// wanted are the findings that the report needs, and how many others there are.
func (j *judging) wanted(all iter.Seq[verdict.Finding]) (out []verdict.Finding, quiet verdict.Quiet) {
	for f := range all {
		switch {
		case j.options.Brief && f.Outcome == verdict.Pass:
			quiet.Pass++
		case j.options.Brief && f.Outcome == verdict.Skip:
			quiet.Skip++
		default:
			if out == nil {
				out = make([]verdict.Finding, 0, someFindings)
			}
			out = append(out, f)
		}
	}
	return out, quiet
}

func deadlineOf(view *facts.Case) *verdict.Deadline {
	k := view.Clock
	if !k.DeadlineKnown {
		return nil
	}
	left := k.Remaining
	if k.Closed {
		left = int64(k.Deadline.Sub(k.Now) / time.Second) // how long ago, negative
	}
	return &verdict.Deadline{At: k.Deadline.Format(timeLayout), RemainingSeconds: left, Basis: verdict.DeadlineBasis(k.Basis)}
}

func assetOf(c *material.Case, m *material.Asset, a *facts.Asset) verdict.Asset {
	f := a.Facts
	return verdict.Asset{
		Path: path.Join(c.Path, a.Path), PathRawBase64: m.RawBase64, Kind: a.Kind, Slot: a.Slot,
		SHA256: f.File.SHA256, Bytes: f.File.Bytes, Format: f.File.Format,
		Width: f.Image.Width, Height: f.Image.Height, Preview: f.Preview.JPEG,
	}
}
