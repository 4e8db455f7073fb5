package scan

import (
	"cmp"
	"path"
	"slices"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checklist"
	"github.com/aecheck/aecheck/pkg/confirm"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/suppress"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// step is something done with the findings of a case once all are there.
type step struct {
	name string
	do   func(*judging)
}

// afterJudging lists the steps in their order, with the reason for it.
func afterJudging() []step {
	return []step{
		{"places as pages lie", (*judging).asTheyLie},
		// Of what changes findings first what a person or a file says of them, the most
		// particular word first: a confirmation is about this file's very content. What hides
		// findings for other reasons (suppressions, a baseline) comes after it, so that a
		// finding counts as confirmed where both hold.
		{"confirm", (*judging).confirm},
		{"suppress", (*judging).suppress},
		// What nobody asked about goes once all words on it were heard, so that a
		// confirmation of it is not told as one without an effect.
		{"asked", (*judging).asked},
		// Then the order, which what follows repeats: the case as a whole, then its
		// files as they lie, each by rule.
		{"sort", (*judging).sort},
		// Last what is made from findings and counts those alone that still stand.
		{"checklist", (*judging).checklist},
		{"manual steps", (*judging).manualSteps},
		{"outcome", (*judging).outcome},
	}
}

// confirm marks what case.yaml confirms.
func (j *judging) confirm() {
	if j.found.File == nil || j.options.IgnoreConfirmations {
		return
	}
	var trusted []casefile.Confirmation
	for _, k := range j.found.File.Confirmations {
		if j.several && !slices.Contains(j.options.Trusted, k.By) {
			j.idle = append(j.idle, confirm.Idle{Confirmation: k, Why: confirm.Untrusted})
			continue
		}
		trusted = append(trusted, k)
	}
	j.idle = append(j.idle, confirm.Apply(j.out.Findings, subjectOf(j.view), trusted)...)
}

// suppress keeps out of the count what settings and a baseline say.
func (j *judging) suppress() {
	if j.hiding != nil {
		j.hiding.Apply(j.out.Findings, suppress.Subject{Subject: subjectOf(j.view), Place: j.found.Place})
	}
}

func (j *judging) sort() {
	at := make(map[string]int, len(j.out.Assets))
	for i, a := range j.out.Assets {
		at[a.Path] = i + 1 // findings about no file come first
	}
	order := func(a, b verdict.Finding) int {
		return cmp.Or(cmp.Compare(at[a.Asset], at[b.Asset]), cmp.Compare(a.Rule, b.Rule))
	}
	if !slices.IsSortedFunc(j.out.Findings, order) { // they are large, and mostly in order
		slices.SortStableFunc(j.out.Findings, order)
	}
}

// checklist adds the checklist.
func (j *judging) checklist() {
	if j.found.Listing || j.found.Part {
		return
	}
	j.out.Checklist = checklist.Build(checklist.Input{
		View: j.view, Kinds: j.Session.rules.Kinds(), Wanted: j.rules.Wanted(), Findings: j.out.Findings, Lang: j.options.Lang,
	})
}

// manualSteps adds what no program can do.
func (j *judging) manualSteps() {
	if j.found.Listing || j.found.Part {
		return
	}
	steps, err := j.rules.Steps(j.options.Lang)
	if err != nil {
		return
	}
	j.out.Steps = append(j.out.Steps, steps...)
}

// outcome is the worst of the findings that count.
func (j *judging) outcome() {
	worst := verdict.Pass
	rank := 0
	for i := range j.out.Findings {
		f := &j.out.Findings[i]
		if f.Suppressed != nil {
			continue
		}
		if n := verdict.Rank(f.Outcome, f.Severity); n > rank {
			worst, rank = f.Outcome, n
		}
	}
	j.out.Outcome = worst
}

// subjectOf is a case as confirmations see it.
func subjectOf(view *facts.Case) confirm.Subject {
	s := confirm.Subject{Path: view.Path, Sums: map[string]string{}}
	for i := range view.Assets {
		s.Sums[view.Assets[i].Path] = view.Assets[i].Facts.File.SHA256
	}
	return s
}

// everything is all cases as confirmations would see them: what lies between cases is
// about the files of all.
func everything(found []*material.Case, views []*facts.Case) confirm.Subject {
	s := confirm.Subject{Sums: map[string]string{}}
	for i, c := range found {
		for file, sum := range subjectOf(views[i]).Sums {
			s.Sums[path.Join(c.Path, file)] = sum
		}
	}
	return s
}
