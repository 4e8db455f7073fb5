package schedule

import (
	"slices"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Shown are the times that a capture of the notice tells, zero where it does
// not; the earliest of several.
type Shown struct {
	Effective, Notified, Deadline time.Time
}

// surely is the confidence below which a time that was read moves no deadline.
const surely = 0.8

// ShownBy gathers the times of those notices that bear the violation's ID. A day
// without a time of day moves no deadline: when on it the window ends is open.
func ShownBy(assets []facts.Asset, violation string) Shown {
	var out Shown
	if violation == "" {
		return out
	}
	for i := range assets {
		a := &assets[i]
		if a.Kind != facts.KindNotice || a.Facts == nil || !slices.ContainsFunc(a.Facts.Document.ViolationIDs, func(id string) bool { return strings.EqualFold(id, violation) }) {
			continue
		}
		for _, t := range a.Facts.Document.NoticeTimes {
			to, ok := map[string]*time.Time{"effective": &out.Effective, "notified": &out.Notified, "deadline": &out.Deadline}[t.Role]
			if ok && !t.Day && t.Confidence >= surely && (to.IsZero() || t.At.Before(*to)) {
				*to = t.At
			}
		}
	}
	return out
}

// IDOn is the violation ID that all notices read agree on, empty for none.
func IDOn(assets []facts.Asset) string {
	id := ""
	for i := range assets {
		if assets[i].Kind != facts.KindNotice || assets[i].Facts == nil {
			continue
		}
		for _, read := range assets[i].Facts.Document.ViolationIDs {
			if id != "" && !strings.EqualFold(id, read) {
				return ""
			}
			id = read
		}
	}
	return id
}

// Known is the clock of a case with what its notices show: an earlier deadline counts
// (Clock says when), and where case.yaml says none of its times, or there is none, those
// of the notices do. Without an ID in case.yaml it takes one that all of them agree on.
func Known(now time.Time, c *casefile.File, assets []facts.Asset, r Rules) facts.Clock {
	id := IDOn(assets)
	if c != nil && c.Violation.ID != "" {
		id = c.Violation.ID
	}
	shown := ShownBy(assets, id)
	filled := Filled(c, shown)
	k := Clock(now, filled, shown, r)
	if filled != c && k.DeadlineKnown {
		k.Basis, k.CaseDeadline = string(verdict.BasisNotice), time.Time{}
	}
	return k
}

// Filled is a case file that says none of its times, nil for none, with those that the
// notice shows; it itself where it says any, or there is nothing to add.
func Filled(c *casefile.File, shown Shown) *casefile.File {
	if shown == (Shown{}) {
		return c
	}
	if c == nil {
		c = casefile.Blank()
	}
	if !c.Violation.Deadline.IsZero() || slices.ContainsFunc(startTimes(c.Violation), func(s startTime) bool { return !s.at.IsZero() }) {
		return c
	}
	filled := *c
	filled.Violation.EffectiveAt, filled.Violation.NotifiedAt, filled.Violation.Deadline = shown.Effective, shown.Notified, shown.Deadline
	return &filled
}

// earlier lets a deadline count that the notice shows, or that follows from when
// it says that the penalty took effect, where it comes before the one of
// case.yaml: missing it cannot be made good.
func (b *builder) earlier(shown Shown) {
	if !b.DeadlineKnown {
		return
	}
	b.CaseDeadline = b.Deadline
	if b.AttemptsUsed > 0 {
		return // a later submission has a window of its own
	}
	found := shown.Deadline
	for key, at := range map[string]time.Time{"violation.effective_at": shown.Effective, "violation.notified_at": shown.Notified} {
		if at.IsZero() || b.Window == 0 || !slices.Contains(b.track.Start, key) {
			continue
		}
		ends := at.Add(time.Duration(min(b.Window, maxDays)) * 24 * time.Hour)
		if b.track.Unit == BusinessDays {
			ends, _ = b.rules.Calendar.Add(at.In(lang.Beijing()), b.Window)
		}
		if found.IsZero() || ends.Before(found) {
			found = ends
		}
	}
	// Pages cut off the seconds.
	if found.IsZero() || b.Deadline.Sub(found) < time.Minute {
		return
	}
	b.until(found, b.Estimated)
	b.Basis = string(verdict.BasisNotice)
}
