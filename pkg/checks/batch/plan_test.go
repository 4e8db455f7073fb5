package batch

import (
	"strings"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

func TestPlan(t *testing.T) {
	at := func(day, hour int) time.Time { return time.Date(2026, 11, day, hour, 0, 0, 0, lang.Beijing()) }
	now := at(23, 10)
	with := func(dir string, deadline time.Time, edit func(*casefile.File)) *facts.Case {
		v := newCase(dir, edit)
		v.Clock = facts.Clock{Now: now, DeadlineKnown: true, Deadline: deadline, Closed: !now.Before(deadline), AttemptsLeft: 1}
		return v
	}
	planned := func(when time.Time) func(*casefile.File) {
		return func(f *casefile.File) { f.Appeal.PlannedAt = when }
	}
	made := func(when time.Time, result string) func(*casefile.File) {
		return func(f *casefile.File) {
			f.Appeal.Attempts = []casefile.Attempt{{At: when, Result: result}}
		}
	}
	proposals := func(views ...*facts.Case) string {
		r := run(t, Plan{}, views...)
		if (r.Outcome == verdict.Fail) != (len(r.Evidence) > 0) {
			t.Errorf("%s with %d proposals", r.Outcome, len(r.Evidence))
		}
		var out []string
		for _, e := range r.Evidence {
			out = append(out, e.Quote+" "+strings.TrimPrefix(e.Required.Value.Of.(string), "2026-11-"))
		}
		return strings.Join(out, ", ")
	}
	under := with("under", at(30, 9), made(at(23, 9), "pending"))
	under.Clock.LastResult, under.Clock.AttemptsLeft = "pending", 0
	for _, c := range []struct {
		name  string
		views []*facts.Case
		want  string
	}{
		{"the urgent one first", []*facts.Case{with("a", at(28, 9), nil), with("b", at(25, 12), nil)}, "b 23, a 24"},
		{"more than three a day where it takes that", []*facts.Case{with("a", at(23, 20), nil), with("b", at(23, 20), nil), with("c", at(23, 20), nil), with("d", at(23, 20), nil)}, "a 23, b 23, c 23, d 23"},
		{"today's submission counts", []*facts.Case{under, with("a", at(28, 9), nil)}, "a 24"},
		{"a planned day counts", []*facts.Case{with("p", at(30, 9), planned(at(23, 15))), with("a", at(28, 9), nil)}, "a 24"},
		{"no day to spare is left", []*facts.Case{under, with("a", at(24, 9), nil)}, "a 23"},
		{"more cases than days", []*facts.Case{with("a", at(25, 9), nil), with("b", at(25, 9), nil), with("c", at(25, 12), nil)}, "a 23, b 24, c 25"},
		{"another network", []*facts.Case{under, with("a", at(28, 9), func(f *casefile.File) { f.Appeal.Network = "home" })}, "a 23"},
		{"closed", []*facts.Case{with("a", at(20, 9), nil), with("p", at(30, 9), planned(at(24, 9)))}, ""},
	} {
		if got := proposals(c.views...); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if r := run(t, Plan{}, with("a", at(28, 9), nil)); r.Outcome != verdict.Skip {
		t.Errorf("one case: %s", r.Outcome)
	}
}
