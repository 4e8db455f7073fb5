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
		{5242880, "bytes", "5.00 MiB"},
		{2048, "bytes", "2.0 KiB"},
		{12, "bytes", "12 bytes"},
		{0.92, "0..1", "0.92"},
		{0.00004, "", "4e-05"},
		{1000000.0, "", "1000000"},
		{-0.0001, "", "-0.0001"},
		{[]any{}, "", "none"},
		{[]any{"a", "b\x1b"}, "", `a, b\x1b`},
		{[]any{1.5, "x", nil}, "", "1.5, x, none"},
		{map[string]any{"b": 1, "a": "<"}, "", `{"a":"<","b":1}`},
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
	than := func(op string, of any) *verdict.Required {
		return &verdict.Required{Op: op, Value: verdict.Value{Of: of}}
	}
	at := than(">", "2026-02-01T00:00:00+08:00")
	at.Value.Format = verdict.Time
	now := verdict.Compared("<=", "2026-11-23 10:00")
	now.Key = "now"
	for _, tt := range []struct {
		required *verdict.Required
		unit     string
		want     string // people read
		written  any    // in the JSON report
	}{
		{verdict.Want(true), "", "yes", true},
		{verdict.Want(800), "px", "800 px", 800},
		{than(">=", 800), "px", "≥ 800 px", ">= 800"},
		{than("<=", 5242880), "bytes", "≤ 5.00 MiB", "<= 5242880"},
		{than("<", 0.5), "0..1", "< 0.5", "< 0.5"},
		{than(">=", 0.9830000000000001), "", "≥ 0.983", ">= 0.9830000000000001"},
		{than("!=", ""), "", "not empty", `!= ""`},
		{than("!=", "other"), "", "not other", `!= "other"`},
		{than("==", "jpeg"), "", "jpeg", `== "jpeg"`},
		{than("==", true), "", "true", "== true"},
		{than("==", ""), "", "", `== ""`},
		{than("in", []any{"Sony", "Nikon"}), "", "in Sony, Nikon", "in Sony, Nikon"},
		{than("contains", "qq"), "", `contains "qq"`, `contains "qq"`},
		{than("not in", []any{"a"}), "", "", "not in a"},
		{at, "", "> 2026-02-01 00:00", "> 2026-02-01 00:00"},
		{verdict.Compared("<=", "2026-11-20"), "", "≤ 2026-11-20", "≤ 2026-11-20"},
		{verdict.Compared(">=", 1), "", "≥ 1", "≥ 1"},
		{now, "", "≤ 2026-11-23 10:00 (now)", "≤ 2026-11-23 10:00 (now)"},
		{&verdict.Required{Value: verdict.Word("true"), Key: "ai.licence"}, "", "true (ai.licence)", "true (ai.licence)"},
		{verdict.WantWords("#ffffff"), "", "#ffffff", "#ffffff"},
		{verdict.Want("ACME (bags) in Paris"), "", "ACME (bags) in Paris", "ACME (bags) in Paris"},
		{&verdict.Required{Condition: "none(x, # > 1)"}, "", "", "none(x, # > 1)"},
		{&verdict.Required{Condition: "not text.contacts"}, "", "", "not text.contacts"},
	} {
		if got := v.required(tt.required, tt.unit); got != tt.want {
			t.Errorf("%v: got %q, want %q", tt.required, got, tt.want)
		}
		if got := written(tt.required); got != tt.written {
			t.Errorf("%v: written %q, want %q", tt.required, got, tt.written)
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
	d := &verdict.Deadline{At: "2026-11-25T01:30:00Z", RemainingSeconds: -61, Basis: verdict.BasisNotified}
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

func TestDeadlineBasis(t *testing.T) {
	v := newView(&verdict.Report{}, Options{Lang: lang.EN})
	for basis, want := range map[verdict.DeadlineBasis]string{
		verdict.BasisTyped: "the deadline shown on the notice", verdict.BasisEffective: "when the penalty took effect",
		verdict.BasisNotified: "when the notice was sent", verdict.BasisFiled: "when the complaint was filed", verdict.BasisNotice: "the times read on the notice (case.yaml gives none, or later ones)", "of\x1bold": `of\x1bold`,
	} {
		if got := v.deadlineBasis(basis); got != want {
			t.Errorf("%s: got %q, want %q", basis, got, want)
		}
	}
}
