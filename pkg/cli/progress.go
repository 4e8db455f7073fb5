package cli

import (
	"fmt"
	"math"
	"time"

	"github.com/aecheck/aecheck/pkg/scan"
	"github.com/aecheck/aecheck/pkg/terminal"
)

// progress shows on a terminal how far reading is, until wipe is called.
func (a *app) progress() (tell func(scan.Step), wipe func()) {
	t := a.msgs.Using
	p := terminal.NewProgress(a.Err, terminal.ProgressOptions{Off: a.quiet || a.noProgress, Getenv: a.Getenv, Pace: a.pace})
	return func(s scan.Step) {
		stage, what := t.Reading, s.Path
		if s.Comparing {
			stage = t.Comparing
		}
		if what == "." { // the only case
			what = ""
		}
		p.Update(stage, s.Done, s.Total, what)
	}, p.Done
}

// pace words how fast files are read and how long the rest may take, roughly: files
// differ.
func (a *app) pace(perSecond float64, left time.Duration) string {
	w, rate := a.msgs.Words, fmt.Sprintf("%.0f", perSecond)
	if perSecond < 10 {
		rate = fmt.Sprintf("%.1f", perSecond)
	}
	rest := fill(w.Minute, "n", math.Ceil(left.Minutes()))
	if left < time.Minute {
		const step = 5 // seconds
		rest = fill(w.Second, "n", step*math.Ceil(left.Seconds()/step))
	}
	return fill(a.msgs.Using.Pace, "rate", rate, "left", rest)
}
