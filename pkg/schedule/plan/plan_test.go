package plan

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
)

// at is a time of November 2026, "23 10:00"; the 23rd is a Monday.
func at(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-2 15:04", "2026-11-"+s, lang.Beijing())
	if err != nil {
		panic(err)
	}
	return t
}

// shown lists slots: day, time, and what is odd.
func shown(p Plan) string {
	var out []string
	for _, s := range p.Slots {
		text := strings.TrimPrefix(s.At.Format("2006-01-2 15:04"), "2026-11-")
		if s.At.IsZero() {
			text = "none " + string(s.Full)
		}
		if s.Outside {
			text += " outside"
		}
		out = append(out, text)
	}
	return strings.Join(out, ", ")
}

func TestMake(t *testing.T) {
	office := func(deadline string) Appeal { return Appeal{Network: "office", Store: "1", Deadline: at(deadline)} }
	weekdays := func(d time.Time) bool { return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday }
	tests := []struct {
		name    string
		now     string
		appeals []Appeal
		taken   []Taken
		options Options
		want    string
		enough  int
	}{
		{name: "the most urgent first, each on a day of its own", now: "23 10:00", appeals: []Appeal{office("28 09:30"), office("25 12:00")}, want: "24 09:00, 23 10:15"},
		{name: "what is taken today counts", now: "23 10:00", appeals: []Appeal{office("28 09:30")}, taken: []Taken{{at("23 09:00"), "office", "1"}}, want: "24 09:00"},
		{name: "an hour before the deadline at the latest", now: "23 17:00", appeals: []Appeal{office("24 10:30"), office("24 10:30")}, want: "23 17:15, 24 09:00"},
		{name: "before hours, the same morning", now: "23 18:30", appeals: []Appeal{office("24 09:20")}, want: "24 09:00"},
		{name: "no working hour left", now: "23 18:31", appeals: []Appeal{office("24 08:00"), office("23 20:00")}, want: "24 05:55 outside, 23 18:35 outside", options: Options{PerDay: 1}},
		{name: "no working hour and no room", now: "23 18:31", appeals: []Appeal{office("23 21:00"), office("23 20:00")}, want: "none network, 23 18:35 outside", options: Options{PerDay: 1}, enough: 2},
		{name: "minutes left", now: "23 18:31", appeals: []Appeal{office("23 18:33")}, want: "23 18:31 outside"},
		{name: "past", now: "23 18:31", appeals: []Appeal{office("23 18:31")}, want: "none "},
		{name: "apart within a day", now: "23 08:00", appeals: []Appeal{office("23 20:00"), office("23 20:00"), office("23 19:00")}, want: "23 11:00, 23 13:00, 23 09:00"},
		{name: "closer where the day is short", now: "23 08:00", appeals: []Appeal{office("23 10:10"), office("23 10:10"), office("23 20:00")}, want: "23 09:00, 23 09:10, 23 09:20"},
		{name: "apart from what is planned", now: "23 08:00", appeals: []Appeal{office("23 20:00")}, taken: []Taken{{at("23 09:30"), "office", ""}}, want: "23 11:30"},
		{name: "full: by network", now: "27 08:00", options: Options{PerDay: 1}, appeals: []Appeal{office("27 20:00"), {Network: "office", Deadline: at("27 20:00")}}, want: "27 09:00, none network", enough: 2},
		{name: "full: by store", now: "27 08:00", options: Options{PerDay: 1}, appeals: []Appeal{office("27 20:00"), {Network: "home", Store: "1", Deadline: at("27 20:00")}}, want: "27 09:00, none store", enough: 2},
		{name: "the weekend only where nothing else is left", now: "28 08:00", options: Options{Counts: weekdays}, appeals: []Appeal{office("29 20:00"), office("30 20:00")}, want: "28 09:00 outside, 30 09:00"},
		{name: "other hours", now: "28 08:00", options: Options{Hours: Hours{20 * 60, 24 * 60}}, appeals: []Appeal{office("29 20:00")}, want: "28 20:00"},
	}
	for _, tt := range tests {
		tt.options.Now = at(tt.now)
		p := Make(tt.appeals, tt.taken, tt.options)
		got := shown(p)
		if got != tt.want || p.Enough != tt.enough || !p.Best {
			t.Errorf("%s: %q, want %q; enough %d, want %d", tt.name, got, tt.want, p.Enough, tt.enough)
		}
	}
}

// TestNeverLate plans many sets at many hours: no time is past its deadline or before
// now, and those within hours are within them.
func TestNeverLate(t *testing.T) {
	for hour := range 7 * 24 {
		now := at("23 00:07").Add(time.Duration(hour) * time.Hour)
		var appeals []Appeal
		for n := range 12 {
			appeals = append(appeals, Appeal{Network: fmt.Sprint(n % 2), Store: fmt.Sprint(n % 3), Deadline: now.Add(time.Duration(1+n*n*(hour%9+1)) * 17 * time.Minute)})
		}
		p := Make(appeals, nil, Options{Now: now})
		for i, s := range p.Slots {
			m := s.At.Hour()*60 + s.At.Minute()
			if !s.At.IsZero() && (!s.At.Before(appeals[i].Deadline) || s.At.Before(now) || !s.Outside && (m < 9*60 || m >= 18*60)) {
				t.Errorf("now %v, deadline %v: %v (%v)", now, appeals[i].Deadline, s.At, s.Outside)
			}
		}
	}
}

func TestOf(t *testing.T) {
	now := at("23 10:00")
	with := func(deadline string, edit func(*facts.Case)) *facts.Case {
		c := &facts.Case{File: &casefile.File{}, Clock: facts.Clock{Now: now, AttemptsLeft: 1}}
		if deadline != "" {
			c.Clock.DeadlineKnown, c.Clock.Deadline = true, at(deadline)
			c.Clock.Closed = !now.Before(c.Clock.Deadline)
		}
		if edit != nil {
			edit(c)
		}
		return c
	}
	pending := func(c *facts.Case) {
		c.Clock.LastResult, c.Clock.AttemptsLeft = "pending", 0
		c.File.Appeal.PlannedAt = at("23 09:00")
		c.File.Appeal.Attempts = []casefile.Attempt{{At: at("23 09:05"), Result: "pending"}}
	}
	cases := []*facts.Case{
		with("28 09:30", nil),
		with("28 09:30", pending),
		with("28 09:30", func(c *facts.Case) { c.File.Appeal.PlannedAt = at("24 10:00") }),
		with("28 09:30", func(c *facts.Case) {
			c.File.Appeal.PlannedAt, c.Clock.PlannedPast = at("22 10:00"), true
		}),
		with("28 09:30", func(c *facts.Case) {
			c.File.Appeal.PlannedAt, c.Clock.PlannedLate = at("29 10:00"), true
		}),
		with("20 09:30", nil),
		with("", nil),
		{Clock: facts.Clock{Now: now, AttemptsLeft: 1}},
		with("28 09:30", func(c *facts.Case) { c.Clock.LastResult = "accepted" }),
		with("28 09:30", func(c *facts.Case) { c.Clock.LastResult, c.Clock.AttemptsLeft = "rejected", 0 }),
		with("28 09:30", func(c *facts.Case) { c.Clock.LastResult = "returned" }),
		with("28 09:30", func(c *facts.Case) { c.File.Violation.State = "lifted" }),
		with("20 09:30", func(c *facts.Case) { c.File = nil }), // only its notice is there
	}
	p := Of(cases, Options{Now: now, PerDay: 1})
	want := []State{Proposed, Submitted, Planned, Proposed, Proposed, Closed, Unknown, Unknown, Done, Done, Dropped, Done, Closed}
	if !slices.Equal(p.States, want) {
		t.Errorf("%v\n%v", p.States, want)
	}
	// The 23rd and 24th are taken, the 28th is too short a morning to count on.
	if got := shown(Plan{Slots: []Slot{p.Slots[0], p.Slots[3], p.Slots[4], p.Slots[10]}}); got != "25 09:00, 26 09:00, 27 09:00, none network" {
		t.Error(got)
	}
	for i, s := range p.States {
		if s.Open() != slices.Contains([]State{Proposed, Planned, Dropped, Unknown}, s) || s != Proposed && !p.Slots[i].At.IsZero() {
			t.Errorf("%d: %s %v", i, s, p.Slots[i])
		}
	}
	bare := with("25 20:30", func(c *facts.Case) { c.File = nil })
	if p := Of([]*facts.Case{bare}, Options{Now: now, PerDay: 1}); p.States[0] != Proposed || p.Slots[0].At.IsZero() {
		t.Errorf("without case.yaml: %v %v", p.States[0], p.Slots[0].At)
	}
}
