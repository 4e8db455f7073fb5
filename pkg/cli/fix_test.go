package cli

import (
	"bytes"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/i18n"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/terminal"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// TestOnlyWhatPassesIsMended: a rule that failed and of the copy asks for a person, or
// could not be judged, is not called passing.
func TestOnlyWhatPassesIsMended(t *testing.T) {
	finding := func(rule string, o verdict.Outcome) verdict.Finding {
		return verdict.Finding{Rule: rule, Outcome: o, Severity: verdict.SeverityError, Asset: "case/a.jpg"}
	}
	before := saidOf(&verdict.Case{Path: "case", Findings: []verdict.Finding{
		finding("AE301", verdict.Fail), finding("AE310", verdict.Fail), finding("AE313", verdict.Fail), finding("AE321", verdict.Fail), finding("AE352", verdict.Review),
		{Rule: "AE311", Outcome: verdict.Fail, Asset: "case/b.jpg"},
	}}, "a.jpg")
	after := saidOf(&verdict.Case{Path: "case", Findings: []verdict.Finding{
		finding("AE301", verdict.Pass), finding("AE310", verdict.Review), finding("AE313", verdict.Fail), finding("AE321", verdict.Error), finding("AE352", verdict.Review), finding("AE307", verdict.Fail),
	}}, "a.jpg")
	x := &fixing{app: &app{Env: Env{Streams: terminal.Streams{Out: &bytes.Buffer{}}, Getenv: func(string) string { return "" }}, lang: lang.EN, msgs: i18n.For(lang.EN)}}
	p := &page{width: 120}
	x.drawAfter(p, &fixed{before: before, after: after})
	want := []string{"passing now: AE301\n", "still failing: AE313\n", "not before: AE307\n", "must look: AE310 AE321\n"}
	got := strings.SplitAfter(strings.TrimSpace(p.String())+"\n", "\n")
	if len(got) != len(want)+1 {
		t.Fatalf("%q", got)
	}
	for i := range want {
		if !strings.HasSuffix(got[i], want[i]) {
			t.Errorf("%q, want %q", got[i], want[i])
		}
	}
}
