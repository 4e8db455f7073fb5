package schedule

import (
	"slices"
	"time"

	"github.com/aecheck/aecheck/pkg/lang"
)

// Year is one year of the official Chinese calendar, as published by the
// State Council each November for the next year (2026:
// https://politics.gmw.cn/2025-11/04/content_38391083.htm).
type Year struct {
	Year int
	Off  []Span      // public holidays
	Work []time.Time // weekend days worked instead
}

// Span is a run of days, both ends counted; a zero To means one day.
type Span struct{ From, To time.Time }

// Calendar knows the working days of some years; in others it knows weekends
// only.
type Calendar struct {
	days  map[day]bool // exceptions: true a working day, false a day off
	years map[int]bool
}

// day is a date in Beijing.
type day struct {
	year  int
	month time.Month
	day   int
}

func dayOf(t time.Time) day {
	y, m, d := t.In(lang.Beijing()).Date()
	return day{y, m, d}
}

// start is the first instant of the day.
func (d day) start() time.Time {
	return time.Date(d.year, d.month, d.day, 0, 0, 0, 0, lang.Beijing())
}

func (d day) next() day { return dayOf(d.start().AddDate(0, 0, 1)) }

// maxSpan bounds a holiday; the longest ever was nine days.
const maxSpan = 31

// NewCalendar builds a calendar. A span longer than 31 days is cut there.
func NewCalendar(years []Year) *Calendar {
	c := &Calendar{days: map[day]bool{}, years: map[int]bool{}}
	for _, y := range years {
		c.years[y.Year] = true
		for _, s := range y.Off {
			last := s.To
			if last.IsZero() {
				last = s.From
			}
			for d, n := dayOf(s.From), 0; n < maxSpan && !d.start().After(last); d, n = d.next(), n+1 {
				c.days[d] = false
			}
		}
		for _, w := range y.Work {
			c.days[dayOf(w)] = true
		}
	}
	return c
}

// working reports whether a day in Beijing is a working day.
func (c *Calendar) working(d day) bool {
	if c != nil {
		if works, ok := c.days[d]; ok {
			return works
		}
	}
	wd := d.start().Weekday()
	return wd != time.Saturday && wd != time.Sunday
}

func (c *Calendar) known(year int) bool { return c != nil && c.years[year] }

// Working reports whether the day of a time is a working day in Beijing, and whether that
// is known: in a year without holiday data weekends alone are.
func (c *Calendar) Working(t time.Time) (works, known bool) {
	d := dayOf(t)
	return c.working(d), c.known(d.year)
}

// maxDays bounds how far ahead anything is counted: twenty years.
const maxDays = 20 * 366

// Add returns the instant at which n days of working time have passed since
// from: the clock runs through the 24 hours of every working day in Beijing
// and stands still on others. From a working day at 10:00 that is 10:00 on the
// n-th working day after; from a day off it is the end of the n-th one. The
// years without holiday data that were counted in come sorted.
//
// This is the strictest of the usual readings of "n business days" (others run
// to the end of that day); no source says which one the platform uses.
func (c *Calendar) Add(from time.Time, n int) (at time.Time, missing []int) {
	left := time.Duration(min(n, maxDays)) * 24 * time.Hour
	at = from.In(lang.Beijing())
	for range maxDays {
		d := dayOf(at)
		if !c.known(d.year) && !slices.Contains(missing, d.year) {
			missing = append(missing, d.year)
		}
		end := d.next().start()
		if c.working(d) {
			if rest := end.Sub(at); rest >= left {
				return at.Add(left), missing
			} else {
				left -= rest
			}
		}
		at = end
	}
	return at, missing
}

// AddDays returns the n-th working day after the day of from, at its start.
// Without any working day (a calendar gone wrong) it gives up after twenty
// years.
func (c *Calendar) AddDays(from time.Time, n int) (at time.Time, missing []int) {
	d := dayOf(from)
	for range maxDays {
		if n <= 0 {
			break
		}
		d = d.next()
		if !c.known(d.year) && !slices.Contains(missing, d.year) {
			missing = append(missing, d.year)
		}
		if c.working(d) {
			n--
		}
	}
	return d.start(), missing
}
