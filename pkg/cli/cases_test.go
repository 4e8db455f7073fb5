package cli

import (
	"testing"
	"time"
)

func TestDueWithin(t *testing.T) {
	a := &app{}
	for text, want := range map[string]time.Duration{"": 0, "24h": 24 * time.Hour, "90m": 90 * time.Minute, "3d": 72 * time.Hour, "1h30m": 90 * time.Minute, "366d": 366 * 24 * time.Hour} {
		if got, err := a.dueWithin(text); err != nil || got != want {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"0", "-1h", "-3d", "367d", "99999999999999999999d", "d", "3", "soon", "1s", "9000h", "1.5d"} {
		if got, err := a.dueWithin(text); err == nil {
			t.Errorf("%q: %v", text, got)
		}
	}
}
