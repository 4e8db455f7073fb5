package cli

import (
	"github.com/aecheck/aecheck/pkg/verdict"
)

// failOn is the value of --fail-on.
type failOn string

const (
	failOnError   failOn = "error"
	failOnWarning failOn = "warning"
	failOnReview  failOn = "review"
	failOnNever   failOn = "never"
)

// failLevels are the values of --fail-on.
func failLevels() []failOn { return []failOn{failOnError, failOnWarning, failOnReview, failOnNever} }

// counts reports whether a finding is at or above the level.
func (f failOn) counts(x *verdict.Finding) bool {
	if x.Suppressed != nil || x.Severity == verdict.SeverityInfo {
		return false
	}
	switch x.Outcome {
	case verdict.Fail:
		switch f {
		case failOnError:
			return x.Severity == verdict.SeverityError
		case failOnWarning, failOnReview:
			return true
		}
	case verdict.Review:
		return f == failOnReview
	}
	return false
}

// resultCode is the exit code of a finished scan whose files were valid and
// whose reports were written.
func resultCode(r *verdict.Report, level failOn, allowEmpty bool) int {
	unchecked := r.Summary.Unjudged > 0
	code := exitOK
	visit := func(fs []verdict.Finding) {
		for i := range fs {
			f := &fs[i]
			if level.counts(f) {
				code = exitFindings
			}
			if f.Suppressed == nil && (f.Outcome == verdict.Error || f.Cause == verdict.Unavailable && !f.Asked) {
				unchecked = true
			}
		}
	}
	for i := range r.Cases {
		visit(r.Cases[i].Findings)
	}
	visit(r.Batch.Findings)
	switch {
	case r.Interrupted:
		return exitInterrupted
	case code == exitFindings:
		return exitFindings
	case r.Summary.Assets == 0 && !allowEmpty:
		return exitNothing
	case unchecked:
		return exitUnchecked
	}
	return exitOK
}
