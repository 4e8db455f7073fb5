package cli

import (
	"testing"

	"github.com/aecheck/aecheck/pkg/verdict"
)

func TestResultCode(t *testing.T) {
	fail := verdict.Finding{Outcome: verdict.Fail, Severity: verdict.SeverityError}
	warn := verdict.Finding{Outcome: verdict.Fail, Severity: verdict.SeverityWarning}
	info := verdict.Finding{Outcome: verdict.Fail, Severity: verdict.SeverityInfo}
	review := verdict.Finding{Outcome: verdict.Review, Severity: verdict.SeverityError, Cause: verdict.Judgement}
	unavailable := verdict.Finding{Outcome: verdict.Review, Severity: verdict.SeverityError, Cause: verdict.Unavailable}
	asked := unavailable
	asked.Asked = true
	broken := verdict.Finding{Outcome: verdict.Error, Severity: verdict.SeverityError}
	confirmed := review
	confirmed.Suppressed = &verdict.Suppression{By: "confirmation"}

	tests := []struct {
		name     string
		findings []verdict.Finding
		level    failOn
		assets   int
		empty    bool
		want     int
	}{
		{"clean", nil, failOnError, 1, false, exitOK},
		{"fail", []verdict.Finding{fail}, failOnError, 1, false, exitFindings},
		{"fail before unchecked", []verdict.Finding{unavailable, fail}, failOnError, 1, false, exitFindings},
		{"never", []verdict.Finding{fail}, failOnNever, 1, false, exitOK},
		{"warning below error", []verdict.Finding{warn}, failOnError, 1, false, exitOK},
		{"warning", []verdict.Finding{warn}, failOnWarning, 1, false, exitFindings},
		{"info never counts", []verdict.Finding{info}, failOnReview, 1, false, exitOK},
		{"review", []verdict.Finding{review}, failOnReview, 1, false, exitFindings},
		{"review below warning", []verdict.Finding{review}, failOnWarning, 1, false, exitOK},
		{"confirmed review", []verdict.Finding{confirmed}, failOnReview, 1, false, exitOK},
		{"unavailable", []verdict.Finding{unavailable}, failOnError, 1, false, exitUnchecked},
		{"unavailable but asked for", []verdict.Finding{asked}, failOnError, 1, false, exitOK},
		{"error", []verdict.Finding{broken}, failOnNever, 1, false, exitUnchecked},
		{"nothing", nil, failOnError, 0, false, exitNothing},
		{"nothing allowed", nil, failOnError, 0, true, exitOK},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := &verdict.Report{Cases: []verdict.Case{{Findings: tt.findings}}, Summary: verdict.Summary{Assets: tt.assets}}
			if got := resultCode(r, tt.level, tt.empty); got != tt.want {
				t.Errorf("got %d, want %d", got, tt.want)
			}
			batch := &verdict.Report{Batch: verdict.Batch{Findings: tt.findings}, Summary: verdict.Summary{Assets: tt.assets}}
			if got := resultCode(batch, tt.level, tt.empty); got != tt.want {
				t.Errorf("in the batch: got %d, want %d", got, tt.want)
			}
		})
	}
}
