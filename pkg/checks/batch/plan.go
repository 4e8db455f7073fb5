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
	"github.com/aecheck/aecheck/pkg/schedule/plan"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Plan proposes days for appeals without appeal.planned_at, as pkg/schedule/plan finds
// them (M27).
type Plan struct{}

// PlanParams of "submission-plan".
type PlanParams struct {
	// Max appeals on one day; where some would find no day, as many more as it takes.
	Max int `json:"max" zh:"同一网络、同一店铺一天最多几份申诉；不够用时按最少需要的份数排" en:"most appeals of one network and of one store on one day; where that leaves some without a day, as many as it takes"`
}

// Name is "submission-plan".
func (Plan) Name() string { return "submission-plan" }

// Doc says what it judges.
func (Plan) Doc() lang.Text {
	return lang.T("给没有写 appeal.planned_at 的案件提出提交日期：都在各自的窗口内，同一网络同一天的份数尽量少，然后尽量早；已提交和已计划的都算在内。有这样的案件就不通过（提示）。和 aecheck schedule 是同一个算法。",
		"Proposes days for cases without appeal.planned_at: inside each window, as few of one network on one day as can be, then as early as can be; what is submitted or planned already counts. Fails (as a note) where there are such cases. It plans as aecheck schedule does.")
}

// NewParams returns the default.
func (Plan) NewParams() any { return &PlanParams{Max: plan.DefaultPerDay} }

// Needs nothing of any file.
func (Plan) Needs(any) []checks.Need { return nil }

// Vars are the proposal, case by case, and how many cases it is for.
func (Plan) Vars() []string { return []string{"plan", "count"} }

// Run judges the batch. Each proposal is one piece of evidence, the earliest first.
// Cases whose window is closed or unknown and those with nothing left to submit get
// none.
func (Plan) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	if len(s.Batch) < 2 {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	cases := slices.Clone(s.Batch)
	slices.SortStableFunc(cases, func(a, b *facts.Case) int { return cmp.Compare(a.Path, b.Path) })
	o := plan.Options{Now: cases[0].Clock.Now, PerDay: params.(*PlanParams).Max}
	made := plan.Of(cases, o)
	if made.Dropped > 0 {
		o.PerDay = made.Enough
		made = plan.Of(cases, o)
	}
	var open []int
	for i, state := range made.States {
		if state == plan.Proposed {
			open = append(open, i)
		}
	}
	slices.SortStableFunc(open, func(a, b int) int { return made.Slots[a].At.Compare(made.Slots[b].At) })
	var evidence []verdict.Evidence
	var said []string
	for _, i := range open {
		v, on := cases[i], made.Slots[i].At.Format(time.DateOnly)
		said = append(said, cmp.Or(v.Said().Product.ID, path.Base(v.Path))+" "+on)
		evidence = append(evidence, verdict.Evidence{
			Fact: "case.appeal.planned_at", Required: verdict.Want(on), Quote: v.Path, Related: &verdict.Related{Case: v.Path},
		})
	}
	return checks.Result{Outcome: failIf(len(open) > 0), Evidence: evidence,
		Vars: map[string]verdict.Value{"plan": checks.Names(said, "; "), "count": checks.Count(len(open))}}, nil
}
