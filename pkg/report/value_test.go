package report

import (
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

func TestValue(t *testing.T) {
	v := newView(&verdict.Report{}, Options{Lang: lang.EN})
	for _, tt := range []struct {
		value any
		unit  string
		want  string
	}{
		{nil, "", "none"},
		{"", "", "none"},
		{true, "", "yes"},
		{640, "px", "640 px"},
		{int64(5242880), "bytes", "5.00 MiB"},
		{2048, "bytes", "2.0 KiB"},
		{12, "bytes", "12 bytes"},
		{0.92, "0..1", "0.92"},
		{0.00004, "", "4e-05"},
		{1000000.0, "", "1000000"},
		{-0.0001, "", "-0.0001"},
		{[]string{}, "", "none"},
		{[]string{"a", "b\x1b"}, "", `a, b\x1b`},
		{[]any{1.5, "x", nil}, "", "1.5, x, none"},
		{map[string]any{"b": 1, "a": "<"}, "", `{"a":"<","b":1}`},
		{time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), "", "2026-01-02 03:04:05"},
		{time.Time{}, "", "none"},
		{func() {}, "", ""},
	} {
		got := v.value(tt.value, tt.unit)
		if _, isFunc := tt.value.(func()); isFunc {
			if got == "" {
				t.Error("nothing said of a value that has no JSON")
			}
			continue
		}
		if got != tt.want {
			t.Errorf("%v %s: got %q, want %q", tt.value, tt.unit, got, tt.want)
		}
	}
}

func TestRequired(t *testing.T) {
	v := newView(&verdict.Report{}, Options{Lang: lang.EN})
	for _, tt := range []struct {
		required any
		unit     string
		want     string
	}{
		{true, "", "yes"},
		{800, "px", "800 px"},
		{">= 800", "px", "≥ 800 px"},
		{"<= 5242880", "bytes", "≤ 5.00 MiB"},
		{"< 0.5", "0..1", "< 0.5"},
		{`!= ""`, "", "not empty"},
		{`!= "other"`, "", "not other"},
		{`== "jpeg"`, "", "jpeg"},
		{"#ffffff", "", "#ffffff"},
		{"ACME (bags)", "", "ACME (bags)"},
		{"none(x, # > 1)", "", ""},
		{`"empty" in file.troubles`, "", ""},
		{"not text.contacts", "", ""},
		{"worldwide", "", "worldwide"},
		{"ACME GmbH", "", "ACME GmbH"},
	} {
		if got := v.required(tt.required, tt.unit); got != tt.want {
			t.Errorf("%v: got %q, want %q", tt.required, got, tt.want)
		}
	}
}

func TestDuration(t *testing.T) {
	v := newView(&verdict.Report{}, Options{Lang: lang.EN})
	for seconds, want := range map[int64]string{
		0: "0 s", 59: "59 s", 60: "1 min", 3599: "59 min 59 s", 3600: "1 h", 3661: "1 h 1 min", 86400: "1 day", 176461: "2 days 1 h 1 min",
	} {
		if got := v.duration(seconds); got != want {
			t.Errorf("%d: got %q, want %q", seconds, got, want)
		}
	}
}

// TestDeadline: two clocks where the reader's differs from Beijing's.
func TestDeadline(t *testing.T) {
	d := &verdict.Deadline{At: "2026-11-25T01:30:00Z", RemainingSeconds: -61, Basis: "case.violation.notified_at"}
	for _, tt := range []struct {
		zone *time.Location
		want []string
	}{
		{nil, []string{"2026-11-25 09:30:00 Beijing time, closed 1 min 1 s ago", "counted from when the notice was sent"}},
		{time.FixedZone("CST", 8*3600), []string{"2026-11-25 09:30:00 Beijing time, closed 1 min 1 s ago", "counted from when the notice was sent"}},
		{time.FixedZone("EST", -5*3600), []string{"2026-11-25 09:30:00 Beijing time, closed 1 min 1 s ago", "2026-11-24 20:30:00 local time (EST)", "counted from when the notice was sent"}},
	} {
		got := newView(&verdict.Report{}, Options{Location: tt.zone}).deadlineLines(d)
		if len(got) != len(tt.want) {
			t.Fatalf("got %q, want %q", got, tt.want)
		}
		for i := range got {
			if got[i] != tt.want[i] {
				t.Errorf("got %q, want %q", got[i], tt.want[i])
			}
		}
	}
}
