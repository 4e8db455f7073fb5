package ics

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ical "github.com/arran4/golang-ical"
)

func sample(made time.Time) Calendar {
	at := time.Date(2026, 11, 24, 9, 30, 0, 0, time.FixedZone("", 8*3600))
	return Calendar{Name: "申诉计划", Product: "aecheck 1", Made: made, Events: []Event{
		{UID: "a@aecheck", At: at, Summary: "截止, 店铺; \\ 一", Text: strings.Repeat("很长的说明，", 30) + "\n第二行", Alarms: []time.Duration{24 * time.Hour, 90 * time.Minute}},
		{UID: "b@aecheck", At: at, Length: 30 * time.Minute, Summary: strings.Repeat("x", 200)},
		{UID: "c@aecheck", At: at, Summary: "gone", Gone: true, Alarms: []time.Duration{time.Hour}},
	}}
}

func write(t *testing.T, c Calendar) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestLines asks for what RFC 5545 asks of lines (3.1): CRLF, 75 octets at most, folded
// between characters.
func TestLines(t *testing.T) {
	text := write(t, sample(time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)))
	if strings.Count(text, "\n") != strings.Count(text, "\r\n") || !strings.HasSuffix(text, "END:VCALENDAR\r\n") {
		t.Error("lines do not end in CRLF")
	}
	folded := 0
	for line := range strings.SplitSeq(text, "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) {
			t.Errorf("%d octets: %q", len(line), line)
		}
		if strings.HasPrefix(line, " ") {
			folded++
		}
	}
	if folded < 5 {
		t.Errorf("%d lines are folded", folded)
	}
}

func TestRead(t *testing.T) {
	made := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	c := sample(made)
	cal, err := ical.ParseCalendar(strings.NewReader(write(t, c)))
	if err != nil {
		t.Fatal(err)
	}
	events := cal.Events()
	if len(events) != len(c.Events) {
		t.Fatalf("%d events", len(events))
	}
	for i, e := range events {
		value := func(p ical.ComponentProperty) string {
			if got := e.GetProperty(p); got != nil {
				return got.Value
			}
			return ""
		}
		at, err := e.GetStartAt()
		want := c.Events[i]
		if err != nil || e.Id() != want.UID || !at.Equal(want.At) || value(ical.ComponentPropertySummary) != want.Summary || value(ical.ComponentPropertyDescription) != want.Text {
			t.Errorf("%d: %v %q %q %v", i, at, value(ical.ComponentPropertySummary), value(ical.ComponentPropertyDescription), err)
		}
		if status := value(ical.ComponentPropertyStatus); (status == "CANCELLED") != want.Gone {
			t.Errorf("%d: %s", i, status)
		}
	}
	var triggers []string
	for _, a := range events[0].Alarms() {
		triggers = append(triggers, a.GetProperty(ical.ComponentPropertyTrigger).Value)
	}
	if !slices.Equal(triggers, []string{"-PT24H", "-PT90M"}) || len(events[2].Alarms()) != 0 {
		t.Errorf("alarms %v", triggers)
	}
}

// TestRevisions: a later file of the same events replaces the earlier one; one of the
// same minute is the same.
func TestRevisions(t *testing.T) {
	made := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	first, again, later := write(t, sample(made)), write(t, sample(made)), write(t, sample(made.Add(time.Minute)))
	if first != again {
		t.Error("the same input, other bytes")
	}
	if !strings.Contains(first, "SEQUENCE:3626040\r\n") || !strings.Contains(later, "SEQUENCE:3626041\r\n") || strings.Count(first, "UID:a@aecheck\r\n") != 1 {
		t.Error(first)
	}
}

// FuzzTexts: whatever folders are called, there are as many lines as there should be and
// the texts come back.
func FuzzTexts(f *testing.F) {
	for _, s := range []string{"店铺\r\nEND:VEVENT\r\n", "a\x00b\x1b[31m\xff", "\\n;,:\"", strings.Repeat("很", 40), " lead", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		made := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
		var b bytes.Buffer
		c := Calendar{Name: text, Product: "aecheck 1", Made: made, Events: []Event{{UID: "a@aecheck", At: made, Summary: text, Text: text, Alarms: []time.Duration{time.Hour}}}}
		if err := c.Write(&b); err != nil {
			t.Fatal(err)
		}
		for line := range strings.SplitSeq(b.String(), "\r\n") {
			if len(line) > 75 || strings.ContainsAny(line, "\r\n\x00\x1b") || !utf8.ValidString(line) {
				t.Errorf("line %q", line)
			}
		}
		cal, err := ical.ParseCalendar(bytes.NewReader(b.Bytes()))
		if err != nil || len(cal.Events()) != 1 {
			t.Fatalf("%v in %q", err, b.String())
		}
		if got := cal.Events()[0].GetProperty(ical.ComponentPropertySummary); got == nil || got.Value != plain(text) {
			t.Errorf("%+v, want %q", got, plain(text))
		}
	})
}
