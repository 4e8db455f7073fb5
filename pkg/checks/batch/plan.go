package batch

import (
	"cmp"
	"context"
	"path"
	"slices"
	"time"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Plan proposes days for appeals without appeal.planned_at: spread over the days
// of their windows, the most urgent first (M27).
type Plan struct{}

// Name is "submission-plan".
func (Plan) Name() string { return "submission-plan" }

// Doc says what it judges.
func (Plan) Doc() lang.Text {
	return lang.T("给没有写 appeal.planned_at 的案件提出提交日期：最急的先交，同一网络每天的份数尽量少，都在各自的窗口内并留出一天；已提交和已计划的都算在内。有这样的案件就不通过（提示）。",
		"Proposes days for cases without appeal.planned_at: the most urgent first, as few a day from one network as can be, inside each window with a day to spare; what is submitted or planned already counts. Fails (as a note) where there are such cases.")
}

// NewParams returns nil: there are none.
func (Plan) NewParams() any { return nil }

// Needs nothing of any file.
func (Plan) Needs(any) []checks.Need { return nil }

// Vars are the proposal, case by case, and how many cases it is for.
func (Plan) Vars() []string { return []string{"plan", "count"} }

// Run judges the batch. Each proposal is one piece of evidence. Cases whose
// window is closed or unknown and those with nothing left to submit get none.
func (Plan) Run(_ context.Context, s checks.Subject, _ any) (checks.Result, error) {
	if len(s.Batch) < 2 {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	taken := map[slot]int{}
	var open []*facts.Case
	for _, v := range s.Batch {
		if v.File == nil {
			continue
		}
		for _, a := range v.File.Appeal.Attempts {
			if !a.At.IsZero() {
				taken[slotOf(v, a.At)]++
			}
		}
		switch planned := v.File.Appeal.PlannedAt; {
		case !planned.IsZero() && !v.Clock.PlannedPast:
			taken[slotOf(v, planned)]++
		case canSubmit(v):
			open = append(open, v)
		}
	}
	slices.SortStableFunc(open, func(a, b *facts.Case) int {
		return cmp.Or(a.Clock.Deadline.Compare(b.Clock.Deadline), cmp.Compare(a.Path, b.Path))
	})
	var evidence []verdict.Evidence
	var plan []string
	for _, v := range open {
		best := propose(v, taken)
		taken[best]++
		name := cmp.Or(v.File.Product.ID, path.Base(v.Path))
		plan = append(plan, name+" "+best.day)
		evidence = append(evidence, verdict.Evidence{
			Fact: "case.appeal.planned_at", Required: verdict.Want(best.day), Quote: v.Path, Related: &verdict.Related{Case: v.Path},
		})
	}
	return checks.Result{Outcome: failIf(len(open) > 0), Evidence: evidence,
		Vars: map[string]verdict.Value{"plan": checks.Names(plan, "; "), "count": checks.Count(len(open))}}, nil
}

// slot is a day in Beijing on which something is submitted from a network.
type slot struct{ day, network string }

func slotOf(v *facts.Case, at time.Time) slot {
	return slot{at.In(lang.Beijing()).Format(time.DateOnly), v.File.Appeal.Network}
}

// canSubmit reports whether a case can still be handed in.
func canSubmit(v *facts.Case) bool {
	k := v.Clock
	return k.DeadlineKnown && !k.Closed && k.AttemptsLeft > 0 && (k.LastResult == "" || k.LastResult == "returned")
}

// propose finds the first of the least busy days from today to a day before the
// deadline; today, where that is closer.
func propose(v *facts.Case, taken map[slot]int) slot {
	best := slotOf(v, v.Clock.Now)
	for at, last := v.Clock.Now, v.Clock.Deadline.Add(-24*time.Hour); !at.After(last); at = at.Add(24 * time.Hour) {
		if s := slotOf(v, at); taken[s] < taken[best] {
			best = s
		}
	}
	return best
}
