// Package ics writes dates as an iCalendar file (RFC 5545) that calendars import or
// subscribe to. Times are in UTC, which every calendar shows in its own zone. The same
// input gives the same bytes.
//
// It imports nothing of ours.
package ics

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"

	ical "github.com/arran4/golang-ical"
)

// Event is an entry of a calendar.
type Event struct {
	// UID names the event in all files there will ever be of it: a calendar that knows
	// it replaces what it had.
	UID     string
	At      time.Time
	Length  time.Duration // 0 for an instant
	Summary string
	Text    string
	// Gone takes the event out of calendars that have it.
	Gone bool
	// Alarms ring so long before At.
	Alarms []time.Duration
}

// Calendar is a file of events.
type Calendar struct {
	Name string
	// Product is the program and its version.
	Product string
	// Made is when: of two files the events of the later one stand.
	Made   time.Time
	Events []Event
}

// since is where revisions are counted from, in minutes; a calendar takes a higher one
// for news.
func since() time.Time { return time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC) }

// Write writes the file.
func (c Calendar) Write(w io.Writer) error {
	cal := ical.NewCalendar()
	cal.SetProductId("-//aecheck//" + c.Product + "//EN")
	cal.SetXWRCalName(plain(c.Name))
	revision := max(0, int(c.Made.Sub(since())/time.Minute))
	for _, e := range c.Events {
		v := cal.AddEvent(e.UID)
		v.SetDtStampTime(c.Made)
		v.SetModifiedAt(c.Made)
		v.SetSequence(revision)
		v.SetStartAt(e.At)
		if e.Length > 0 {
			v.SetEndAt(e.At.Add(e.Length))
		}
		v.SetSummary(plain(e.Summary))
		v.SetDescription(plain(e.Text))
		v.SetTimeTransparency(ical.TransparencyTransparent)
		if e.Gone {
			v.SetStatus(ical.ObjectStatusCancelled)
			continue
		}
		v.SetStatus(ical.ObjectStatusConfirmed)
		for _, before := range e.Alarms {
			a := v.AddAlarm()
			a.SetAction(ical.ActionDisplay)
			a.SetTrigger("-" + duration(before))
			a.SetDescription(plain(e.Summary))
		}
	}
	return cal.SerializeTo(w, ical.WithNewLineWindows)
}

// plain takes out what no text of such a file may hold: control characters but for line
// feed and tab (RFC 5545 3.1), and bytes that are no UTF-8.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

// duration writes a time span, of whole minutes, as RFC 5545 has it.
func duration(d time.Duration) string {
	if d%time.Hour == 0 {
		return fmt.Sprintf("PT%dH", d/time.Hour)
	}
	return fmt.Sprintf("PT%dM", d/time.Minute)
}
