// Package schedule turns the dates of a case into deadlines and estimates:
// windows in calendar or business days, in Beijing time, exact to the second
// whatever clock and zone the program runs in. Beijing is UTC+8 without summer
// time, so no time zone data is needed.
//
// It may import pkg/casefile, pkg/facts, pkg/lang and pkg/verdict.
package schedule

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Units of a window.
const (
	CalendarDays = "calendar_days" // 24 hours each
	BusinessDays = "business_days" // see Calendar.Add
)

// Track is a way to appeal (rules.yaml `tracks`).
type Track struct {
	Window      int      // days for the first submission
	LaterWindow int      // days for later ones, from the same start; 0 for the same window
	Unit        string   // CalendarDays or BusinessDays
	Start       []string // keys of case.yaml; the earliest given counts
	Attempts    int      // submissions allowed, 0 for no limit
}

// Range is an estimate between two numbers.
type Range struct{ From, To int }

// Estimates are what usually happens; never a promise.
type Estimates struct {
	ReviewDays  Range // working days from submission to decision
	WeightWeeks Range // weeks from decision until search weight is back
	ReleaseDays Range // days from the penalty to automatic release
}

// Rules are the data a clock goes by.
type Rules struct {
	Tracks    map[string]Track
	Calendar  *Calendar
	Estimates Estimates
}

// Validate reports the first thing in the rules that makes no sense, by track
// in name order.
func (r Rules) Validate() error {
	for _, name := range slices.Sorted(maps.Keys(r.Tracks)) {
		if err := r.Tracks[name].validate(); err != nil {
			return fmt.Errorf("tracks.%s: %w", name, err)
		}
	}
	for _, e := range []Range{r.Estimates.ReviewDays, r.Estimates.WeightWeeks, r.Estimates.ReleaseDays} {
		if e.From < 0 || e.To < e.From {
			return fmt.Errorf("estimate %d–%d ends before it begins", e.From, e.To)
		}
	}
	return nil
}

func (t Track) validate() error {
	switch {
	case t.Window < 1:
		return fmt.Errorf("window %d is not a number of days", t.Window)
	case t.LaterWindow != 0 && t.LaterWindow < t.Window:
		return fmt.Errorf("later_window %d is shorter than window %d", t.LaterWindow, t.Window)
	case t.Unit != CalendarDays && t.Unit != BusinessDays:
		return fmt.Errorf("unit %q is neither %s nor %s", t.Unit, CalendarDays, BusinessDays)
	case len(t.Start) == 0:
		return errors.New("start names no time")
	case t.Attempts < 0:
		return fmt.Errorf("attempts %d", t.Attempts)
	}
	known := startTimes(casefile.Violation{})
	for _, key := range t.Start {
		if !slices.ContainsFunc(known, func(s startTime) bool { return s.key == key }) {
			return fmt.Errorf("start %q is no time a window can run from", key)
		}
	}
	return nil
}

// Clock works out the clock of a case by its case file, which may be nil, and
// what its notice shows: the earlier deadline counts.
func Clock(now time.Time, c *casefile.File, shown Shown, r Rules) facts.Clock {
	k := facts.Clock{Now: now.In(lang.Beijing()), Remaining: -1, Hours: -1, AttemptsLeft: 1, Attempt: 1, CalendarMissing: []int{}}
	if c == nil {
		return k
	}
	track, ok := r.Tracks[c.Appeal.Track]
	k.Track, k.TrackKnown = c.Appeal.Track, ok
	k.Unit, k.AttemptsAllowed = track.Unit, track.Attempts
	b := builder{Clock: k, file: c, track: track, rules: r}
	b.attempts()
	b.deadline()
	b.earlier(shown)
	b.plan()
	b.estimates()
	b.history()
	slices.Sort(b.CalendarMissing)
	b.CalendarMissing = slices.Compact(b.CalendarMissing)
	return b.Clock
}

type builder struct {
	facts.Clock
	file  *casefile.File
	track Track
	rules Rules
}

// attempts counts what was submitted. A returned submission may be corrected
// (M45) and uses nothing up; the latest one is the last in the list.
func (b *builder) attempts() {
	for _, a := range b.file.Appeal.Attempts {
		if a.Result != "returned" {
			b.AttemptsUsed++
		}
		b.LastResult, b.LastAt = a.Result, a.At
	}
}

// deadline finds the window that counts now. One typed from the notice wins
// over all counting. Where later submissions have a window of their own, the
// first one counts until a submission was used up or the window passed (which
// uses it up, https://zhiyixt.com/article/104).
func (b *builder) deadline() {
	defer func() {
		b.Attempt = b.AttemptsUsed + 1
		if b.track.Attempts > 0 {
			b.AttemptsLeft = max(0, b.track.Attempts-b.AttemptsUsed)
		}
	}()
	b.StartedAt, b.Basis = b.start()
	switch typed := b.file.Violation.Deadline; {
	case !typed.IsZero():
		b.Basis = string(verdict.BasisTyped)
		b.until(typed, false)
	case b.StartedAt.IsZero() || b.track.Window <= 0:
		b.Basis = ""
	default:
		b.window(b.track.Window)
		later := b.track.LaterWindow > 0 && b.track.Attempts != 1
		if later && b.AttemptsUsed == 0 && b.Closed {
			b.FirstMissed = true
			b.AttemptsUsed = 1
		}
		if later && b.AttemptsUsed > 0 {
			b.window(b.track.LaterWindow)
		}
	}
}

// startTimes are the times of case.yaml that a window may run from.
func startTimes(v casefile.Violation) []startTime {
	return []startTime{
		{"violation.effective_at", verdict.BasisEffective, v.EffectiveAt},
		{"violation.notified_at", verdict.BasisNotified, v.NotifiedAt},
		{"violation.complaint.filed_at", verdict.BasisFiled, v.Complaint.FiledAt},
	}
}

type startTime struct {
	key   string
	basis verdict.DeadlineBasis
	at    time.Time
}

// start is the earliest of the track's start times that were given.
func (b *builder) start() (at time.Time, basis string) {
	for _, s := range startTimes(b.file.Violation) {
		if slices.Contains(b.track.Start, s.key) && !s.at.IsZero() && (at.IsZero() || s.at.Before(at)) {
			at, basis = s.at.In(lang.Beijing()), string(s.basis)
		}
	}
	return at, basis
}

// window sets the deadline to so many days after the start.
func (b *builder) window(days int) {
	b.Window = days
	if b.track.Unit != BusinessDays {
		b.until(b.StartedAt.Add(time.Duration(min(days, maxDays))*24*time.Hour), false)
		return
	}
	at, missing := b.rules.Calendar.Add(b.StartedAt, days)
	b.CalendarMissing = append(b.CalendarMissing, missing...)
	b.until(at, len(missing) > 0)
}

func (b *builder) until(deadline time.Time, estimated bool) {
	b.DeadlineKnown, b.Estimated = true, estimated
	b.Deadline = deadline.In(lang.Beijing())
	b.EndOfDay = dayOf(deadline.Add(-time.Second)).next().start().Add(-time.Second)
	b.Closed = !b.Now.Before(deadline)
	b.Remaining, b.Hours = 0, 0
	if left := deadline.Sub(b.Now); left > 0 {
		b.Remaining, b.Hours = int64(left/time.Second), left.Hours()
	}
}

// plan compares appeal.planned_at with the window.
func (b *builder) plan() {
	planned := b.file.Appeal.PlannedAt
	if planned.IsZero() {
		return
	}
	b.PlannedPast = planned.Before(b.Now) && b.LastAt.Before(planned)
	if b.DeadlineKnown {
		b.PlannedLate = !planned.Before(b.Deadline)
		b.PlannedMargin = b.Deadline.Sub(planned).Hours()
	}
}

// estimates run from the submission under review, else from the planned one,
// else from now.
func (b *builder) estimates() {
	from := b.Now
	if p := b.file.Appeal.PlannedAt; p.After(from) {
		from = p
	}
	if b.LastResult == "pending" && !b.LastAt.IsZero() {
		from = b.LastAt
	}
	e := b.rules.Estimates
	var early, late []int
	b.ReviewFrom, early = b.rules.Calendar.AddDays(from, e.ReviewDays.From)
	b.ReviewTo, late = b.rules.Calendar.AddDays(from, e.ReviewDays.To)
	b.CalendarMissing = append(append(b.CalendarMissing, early...), late...)
	b.WeightFrom = b.ReviewFrom.AddDate(0, 0, 7*e.WeightWeeks.From)
	b.WeightTo = b.ReviewTo.AddDate(0, 0, 7*e.WeightWeeks.To)
	penalty := b.file.Violation.EffectiveAt
	if penalty.IsZero() {
		penalty = b.StartedAt
	}
	if !penalty.IsZero() {
		d := dayOf(penalty).start()
		b.ReleaseFrom = d.AddDate(0, 0, e.ReleaseDays.From)
		b.ReleaseTo = d.AddDate(0, 0, e.ReleaseDays.To)
	}
}

// history counts earlier violations (M34): those before this one, or before
// now where its date is unknown. This one, should it be listed, does not count.
func (b *builder) history() {
	at := b.StartedAt
	if at.IsZero() {
		at = b.Now
	}
	for _, p := range b.file.History {
		if p.At.IsZero() || p.At.After(at) || p.ViolationID != "" && p.ViolationID == b.file.Violation.ID {
			continue
		}
		days := at.Sub(p.At).Hours() / 24
		if days <= 365 {
			b.History365++
		}
		if days <= 90 {
			b.History90++
			if p.Type != "" && p.Type == b.file.Violation.Type {
				b.Similar90++
			}
		}
	}
}
