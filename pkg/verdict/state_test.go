package verdict

import "testing"

func TestState(t *testing.T) {
	fail := Finding{Outcome: Fail, Severity: SeverityError}
	warning := Finding{Outcome: Fail, Severity: SeverityWarning}
	info := Finding{Outcome: Review, Severity: SeverityInfo}
	review := Finding{Outcome: Review, Severity: SeverityWarning}
	broken := Finding{Outcome: Error, Severity: SeverityInfo}
	closes := Finding{Outcome: Fail, Severity: SeverityError, Closes: true}
	confirmed := func(f Finding) Finding { f.Suppressed = &Suppression{By: "confirmation"}; return f }
	list := []ChecklistItem{{Item: "notice"}}
	gone := &Deadline{RemainingSeconds: -1}
	for name, tt := range map[string]struct {
		c           Case
		interrupted bool
		want        State
	}{
		"nothing":                 {Case{}, false, StateReady},
		"warnings alone":          {Case{Findings: []Finding{warning, info, {Outcome: Pass}}}, false, StateReady},
		"fail before review":      {Case{Findings: []Finding{review, fail, broken}}, false, StateMend},
		"error before review":     {Case{Findings: []Finding{review, broken}}, false, StateUnchecked},
		"review":                  {Case{Findings: []Finding{review, warning}}, false, StateLook},
		"confirmed":               {Case{Findings: []Finding{confirmed(review), confirmed(fail), confirmed(closes)}}, false, StateReady},
		"interrupted":             {Case{Findings: []Finding{review}}, true, StateUnchecked},
		"interrupted with a fail": {Case{Findings: []Finding{fail}}, true, StateMend},
		"expired":                 {Case{Findings: []Finding{fail}, Deadline: gone, Checklist: list}, true, StateExpired},
		"photos do not expire":    {Case{Deadline: gone}, false, StateReady},
		"the last second":         {Case{Deadline: &Deadline{}, Checklist: list}, false, StateReady},
		"closed before expired":   {Case{Findings: []Finding{closes}, Deadline: gone, Checklist: list}, false, StateNothing},
		"a part":                  {Case{Of: 5}, false, StatePart},
		"a part with a fail":      {Case{Of: 5, Findings: []Finding{fail}}, false, StateMend},
	} {
		if got := tt.c.State(tt.interrupted); got != tt.want {
			t.Errorf("%s: got %s, want %s", name, got, tt.want)
		}
	}
}
