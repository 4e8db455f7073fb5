package scan

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/rules"
	"github.com/aecheck/aecheck/pkg/schedule"
)

// calendarOf takes tracks, holidays and estimates from the rules.
func calendarOf(set *rules.Set) (schedule.Rules, error) {
	out := schedule.Rules{Tracks: map[string]schedule.Track{}}
	for name, t := range set.Tracks() {
		out.Tracks[name] = schedule.Track{Window: t.Window, LaterWindow: t.LaterWindow, Unit: t.Unit, Start: t.Start, Attempts: t.Attempts}
	}
	var years []schedule.Year
	for name, h := range set.Holidays() {
		n, err := strconv.Atoi(name)
		if err != nil {
			return out, fmt.Errorf("holidays: %q is no year", name)
		}
		y := schedule.Year{Year: n, Work: h.Work}
		for _, off := range h.Off {
			y.Off = append(y.Off, schedule.Span{From: off.From, To: off.To})
		}
		years = append(years, y)
	}
	out.Calendar = schedule.NewCalendar(years)
	var e struct {
		ReviewDays  []int `json:"review_days"`
		WeightWeeks []int `json:"weight_weeks"`
		ReleaseDays []int `json:"release_days"`
	}
	if err := set.Params("estimates", &e); err != nil {
		return out, err
	}
	for _, r := range []struct {
		from []int
		to   *schedule.Range
	}{{e.ReviewDays, &out.Estimates.ReviewDays}, {e.WeightWeeks, &out.Estimates.WeightWeeks}, {e.ReleaseDays, &out.Estimates.ReleaseDays}} {
		if len(r.from) != 2 || r.from[0] > r.from[1] {
			return out, fmt.Errorf("params.estimates: each is two numbers, the smaller first, not %v", r.from)
		}
		*r.to = schedule.Range{From: r.from[0], To: r.from[1]}
	}
	return out, out.Validate()
}

// Clock is the clock of a case by a case file alone, whatever its notice shows: for
// what a file would come to that is not written yet.
func (s *Session) Clock(now time.Time, c *casefile.File) facts.Clock {
	return schedule.Clock(now, c, schedule.Shown{}, s.calendar)
}

// Working reports whether the day of a time is a working day in Beijing, and whether that
// is known; in other years weekends alone are.
func (s *Session) Working(t time.Time) (works, known bool) { return s.calendar.Calendar.Working(t) }

// HolidaysUntil is the last year whose public holidays are known, without a gap before
// it from the year given; 0 where that one is not known.
func (s *Session) HolidaysUntil(from int) int {
	var years []int
	for name := range s.rules.Holidays() {
		if n, err := strconv.Atoi(name); err == nil {
			years = append(years, n)
		}
	}
	last := 0
	for y := from; slices.Contains(years, y); y++ {
		last = y
	}
	return last
}
