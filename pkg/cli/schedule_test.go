package cli

import (
	"testing"

	"github.com/aecheck/aecheck/pkg/schedule/plan"
)

func TestHoursOf(t *testing.T) {
	for text, want := range map[string]plan.Hours{
		"9-18": {From: 540, To: 1080}, "9:30-18:00": {From: 570, To: 1080}, "0-24": {From: 0, To: 1440}, "20 - 24:00": {From: 1200, To: 1440}, "9：30～18": {From: 570, To: 1080},
	} {
		if got, ok := hoursOf(text); !ok || got != want {
			t.Errorf("%s: %v %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "9", "18-9", "9-9:59", "9-24:01", "-1-5", "9-18-20", "a-b", "9:60-18", "9:x-18", "25-26"} {
		if got, ok := hoursOf(text); ok {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func FuzzHoursOf(f *testing.F) {
	for _, s := range []string{"9-18", "9:30-18:00", "9：30～18", "--", "24:59-0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if h, ok := hoursOf(text); ok && (h.From < 0 || h.To > 24*60 || h.To-h.From < 60) {
			t.Errorf("%q: %v", text, h)
		}
	})
}
