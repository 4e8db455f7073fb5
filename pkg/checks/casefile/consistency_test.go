package casefile

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/verdict"
)

func TestConsistency(t *testing.T) {
	now, err := config.ParseTime("2026-11-20 12:00")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, yaml string
		want       []string // key=observed
	}{
		{"empty", "", nil},
		{"in order", `
product: {id: "1", listed_at: 2026-03-02, other_listings: ["2"]}
violation: {effective_at: 2026-11-18 09:30, notified_at: 2026-11-18 09:32, deadline: 2026-11-25 09:30}
appeal: {attempts: [{at: 2026-11-19 10:00, result: returned}, {at: 2026-11-19 15:00, result: pending}]}
history: [{at: 2026-10-01}]
evidence: [{dated: 2026-02-20}]
letters: [{id: A, signed_at: 2024-12-20}]
upload_log: {from: 2026-10-19, to: 2026-11-18}
ai: {used: true, licence: A}
people: {shown: true, releases: [A]}
`, nil},
		{"penalty in the future", "violation: {effective_at: 2026-12-18 09:30, notified_at: 2026-11-18 09:32}\n",
			[]string{"violation.effective_at=2026-12-18 09:30", "violation.notified_at=2026-11-18 09:32"}},
		{"deadline before the penalty", "violation: {effective_at: 2026-11-18 09:30, deadline: 2026-11-18 09:30}\n", []string{"violation.deadline=2026-11-18 09:30"}},
		{"listed after the penalty", "product: {listed_at: 2026-11-19}\nviolation: {effective_at: 2026-11-18}\n", []string{"product.listed_at=2026-11-19 00:00"}},
		{"its own other listing", "product: {id: \"1\", other_listings: [\"1\"]}\n", []string{"product.other_listings=1"}},
		{"attempts", `
violation: {effective_at: 2026-11-18 09:30}
appeal:
  attempts:
    - {at: 2026-11-17, result: accepted}
    - {at: 2026-11-21, result: pending}
    - {at: 2026-11-20, result: pending}
`, []string{"violation.effective_at=2026-11-18 09:30", "appeal.attempts[1].at=2026-11-21 00:00", "appeal.attempts[1]=pending",
			"appeal.attempts[2]=pending", "appeal.attempts[2].result=pending", "appeal.attempts[2].at=2026-11-20 00:00"}},
		{"the future", `
history: [{at: 2027-01-01}]
evidence: [{dated: 2027-01-01}]
letters: [{signed_at: 2027-01-01}]
upload_log: {to: 2027-01-01}
violation: {complaint: {filed_at: 2027-01-01}}
`, []string{"history[0].at=2027-01-01 00:00", "evidence[0].dated=2027-01-01 00:00", "letters[0].signed_at=2027-01-01 00:00",
			"upload_log.to=2027-01-01 00:00", "violation.complaint.filed_at=2027-01-01 00:00"}},
		{"licence without AI", "ai: {used: false, licence: A}\npeople: {shown: false, releases: [A]}\n", []string{"ai.used=false", "people.shown=false"}},
		{"licence, use not said", "ai: {licence: A}\npeople: {releases: [A]}\n", nil},
		{"AI violation without AI", "ai: {used: false}\nviolation: {type: ai_unlabelled}\n", []string{"ai.used=false"}},
		{"AI picture taken down", "ai: {used: false, removed: true}\nviolation: {type: ai_unlabelled}\nappeal: {ground: rectified}\n", nil},
		{"AI violation, misjudged", "ai: {used: false}\nviolation: {type: ai_unlabelled}\nappeal: {ground: misjudged}\n", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := &casefile.File{}
			doc, err := config.Decode("case.yaml", []byte(tt.yaml), c)
			if err != nil {
				t.Fatal(err)
			}
			c.SetKeys(doc.Keys())
			r, err := Consistency{}.Run(context.Background(), checks.Subject{Case: &facts.Case{File: c, HasFile: true, Clock: facts.Clock{Now: now}}}, Consistency{}.NewParams())
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, e := range r.Evidence {
				got = append(got, fmt.Sprintf("%s=%v", strings.TrimPrefix(e.Fact, "case."), e.Observed))
			}
			if strings.Join(got, " ") != strings.Join(tt.want, " ") || (r.Outcome == verdict.Fail) != (len(tt.want) > 0) || r.Vars["count"].Of != len(tt.want) {
				t.Errorf("%s\ngot  %q\nwant %q", r.Outcome, got, tt.want)
			}
		})
	}
	if r, _ := (Consistency{}).Run(context.Background(), checks.Subject{Case: &facts.Case{File: &casefile.File{}}}, Consistency{}.NewParams()); r.Outcome != verdict.Skip {
		t.Errorf("no case.yaml: %s", r.Outcome)
	}
}
