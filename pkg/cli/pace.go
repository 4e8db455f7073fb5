package cli

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/terminal"
)

// pace says how far the reading of a folder is.
func (a *app) pace(p terminal.Pace) string {
	say := a.msgs.Pacing
	if p.Done >= p.Total {
		return say.Judging
	}
	parts := []string{fill(say.Reading, "done", p.Done, "total", p.Total)}
	if p.PerSecond > 0 {
		digits := 0
		if p.PerSecond < 10 {
			digits = 1
		}
		parts = append(parts, fill(say.PerSecond, "n", strconv.FormatFloat(p.PerSecond, 'f', digits, 64)))
	}
	if p.Left > 0 {
		parts = append(parts, fill(say.Left, "time", a.about(p.Left)))
	}
	return strings.Join(parts, " · ")
}

// about is a time as one says it who cannot know it better.
func (a *app) about(d time.Duration) string {
	if d < 90*time.Second {
		return lang.Count(a.msgs.Words.Second, int(math.Ceil(d.Seconds())))
	}
	return lang.Count(a.msgs.Words.Minute, int(math.Ceil(d.Minutes())))
}
