package casefile

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Consistency is "case-consistency". Each contradiction is one piece of evidence:
// the key, what it says, and what it would have to say.
type Consistency struct{}

// ConsistencyParams of the check.
type ConsistencyParams struct {
	// Gap is how many days may lie between penalty and notice; they are
	// minutes apart, so more is a slip in the date.
	Gap int `json:"gap" unit:"days" zh:"处罚与通知之间最多相隔几天" en:"most days between penalty and notice"`
}

// Name is "case-consistency".
func (Consistency) Name() string { return "case-consistency" }

// Doc says what it judges.
func (Consistency) Doc() lang.Text {
	return lang.T("检查 case.yaml 前后是否矛盾：日期的先后、提交记录，以及 AI、人物的说明与引用的授权书。有不可能同时成立的内容就不通过。",
		"Asks that case.yaml does not contradict itself in its dates, its submissions and what it says of AI and people beside the letters it refers to. Fails where statements cannot all be true.")
}

// NewParams returns the default: three days.
func (Consistency) NewParams() any { return &ConsistencyParams{Gap: 3} }

// Needs nothing of any file.
func (Consistency) Needs(any) []checks.Need { return nil }

// Vars are the keys concerned and how many they are.
func (Consistency) Vars() []string { return []string{"keys", "count"} }

// Run judges the case.
func (Consistency) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	if s.Case == nil || s.Case.File == nil || !s.Case.HasFile {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	j := contradictions{c: s.Case.File, now: s.Case.Clock.Now, gap: time.Duration(params.(*ConsistencyParams).Gap) * 24 * time.Hour}
	j.violation()
	j.attempts()
	j.past()
	j.rights()
	vars := map[string]verdict.Value{"keys": checks.Words(j.keys), "count": checks.Count(len(j.evidence))}
	if len(j.evidence) > 0 {
		return checks.Result{Outcome: verdict.Fail, Evidence: j.evidence, Vars: vars}, nil
	}
	return checks.Result{Outcome: verdict.Pass, Vars: vars}, nil
}

// contradictions gathers what cannot all be true.
type contradictions struct {
	c        *casefile.File
	now      time.Time
	gap      time.Duration
	evidence []verdict.Evidence
	keys     []string
}

func (j *contradictions) tell(key string, observed any, required *verdict.Required) {
	j.evidence = append(j.evidence, verdict.Evidence{Fact: "case." + key, Observed: observed, Required: required})
	if !slices.Contains(j.keys, key) {
		j.keys = append(j.keys, key)
	}
}

func at(t time.Time) string { return t.In(lang.Beijing()).Format("2006-01-02 15:04") }

// than is a time, that of a key of case.yaml or now, which another must come
// after or before.
func than(op string, t time.Time, key string) *verdict.Required {
	r := verdict.Compared(op, at(t))
	r.Key = key
	return r
}

// before asks that a time, where given, is not after another, where given.
func (j *contradictions) before(key string, t time.Time, limit time.Time, what string) {
	if !t.IsZero() && !limit.IsZero() && t.After(limit) {
		j.tell(key, at(t), than("<=", limit, what))
	}
}

func (j *contradictions) violation() {
	v := j.c.Violation
	j.before("violation.effective_at", v.EffectiveAt, j.now, "now")
	j.before("violation.notified_at", v.NotifiedAt, j.now, "now")
	if !v.EffectiveAt.IsZero() && !v.NotifiedAt.IsZero() {
		early, late := v.EffectiveAt, v.NotifiedAt
		if early.After(late) {
			early, late = late, early
		}
		if late.Sub(early) > j.gap {
			j.tell("violation.notified_at", at(v.NotifiedAt), &verdict.Required{Value: verdict.Value{Of: "≈ " + at(v.EffectiveAt)}, Key: "violation.effective_at"})
		}
	}
	if !v.Deadline.IsZero() {
		switch {
		case !v.EffectiveAt.IsZero() && !v.Deadline.After(v.EffectiveAt):
			j.tell("violation.deadline", at(v.Deadline), than(">", v.EffectiveAt, "violation.effective_at"))
		case !v.NotifiedAt.IsZero() && !v.Deadline.After(v.NotifiedAt):
			j.tell("violation.deadline", at(v.Deadline), than(">", v.NotifiedAt, "violation.notified_at"))
		}
	}
	j.before("product.listed_at", j.c.Product.ListedAt, v.EffectiveAt, "violation.effective_at")
	if id := j.c.Product.ID; id != "" && slices.Contains(j.c.Product.OtherListings, id) {
		j.tell("product.other_listings", id, verdict.WantWords("≠ product.id"))
	}
}

func (j *contradictions) attempts() {
	accepted, pending := false, 0
	for i, a := range j.c.Appeal.Attempts {
		key := fmt.Sprintf("appeal.attempts[%d]", i)
		j.before(key+".at", a.At, j.now, "now")
		j.before("violation.effective_at", j.c.Violation.EffectiveAt, a.At, key+".at")
		if accepted {
			j.tell(key, a.Result, verdict.WantWords("none after accepted"))
		}
		accepted = accepted || a.Result == "accepted"
		if a.Result == "pending" {
			if pending++; pending > 1 {
				j.tell(key+".result", a.Result, verdict.WantWords("one pending"))
			}
		}
		if i > 0 {
			if last := j.c.Appeal.Attempts[i-1].At; !a.At.IsZero() && a.At.Before(last) {
				j.tell(key+".at", at(a.At), than(">=", last, fmt.Sprintf("appeal.attempts[%d].at", i-1)))
			}
		}
	}
}

// past asks that what has happened is not in the future.
func (j *contradictions) past() {
	for i, h := range j.c.History {
		j.before(fmt.Sprintf("history[%d].at", i), h.At, j.now, "now")
	}
	for i, e := range j.c.Evidence {
		j.before(fmt.Sprintf("evidence[%d].dated", i), e.Dated, j.now, "now")
	}
	for i, l := range j.c.Letters {
		j.before(fmt.Sprintf("letters[%d].signed_at", i), l.SignedAt, j.now, "now")
	}
	j.before("upload_log.to", j.c.UploadLog.To, j.now, "now")
	j.before("violation.complaint.filed_at", j.c.Violation.Complaint.FiledAt, j.now, "now")
}

// rights asks that letters for AI and people go with their use.
func (j *contradictions) rights() {
	if j.c.Has("ai.used") && !j.c.AI.Used && j.c.AI.Licence != "" {
		j.tell("ai.used", false, &verdict.Required{Value: verdict.Word("true"), Key: "ai.licence"})
	}
	if j.c.Has("people.shown") && !j.c.People.Shown && len(j.c.People.Releases) > 0 {
		j.tell("people.shown", false, &verdict.Required{Value: verdict.Word("true"), Key: "people.releases"})
	}
	if j.c.Violation.Type == "ai_unlabelled" && j.c.Has("ai.used") && !j.c.AI.Used && !j.c.AI.Removed && j.c.Appeal.Ground != "misjudged" {
		j.tell("ai.used", false, verdict.WantWords("true (violation.type), or ai.removed: true, or appeal.ground: misjudged"))
	}
}
