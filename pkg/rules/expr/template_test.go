package expr

import (
	"testing"
	"time"
)

func TestFormat(t *testing.T) {
	for _, tt := range []struct {
		v      any
		filter string
		want   string
	}{
		{nil, "", "—"}, {"", "", "—"}, {"a", "", "a"}, {3, "", "3"}, {2.0, "", "2"}, {0.12345, "", "0.12"}, {0.9876, "percent", "98.8%"},
		{1, "percent", "100%"}, {512, "bytes", "512 B"}, {5242880, "bytes", "5 MiB"}, {1536, "bytes", "1.5 KiB"},
		{time.Date(2026, 11, 18, 1, 30, 0, 0, time.UTC), "time", "2026-11-18 09:30"},
		{time.Date(2026, 11, 18, 20, 0, 0, 0, time.UTC), "date", "2026-11-19"}, {time.Time{}, "time", "—"},
		{[]any{"a", 1, 0.5}, "", "a, 1, 0.5"}, {[]any{}, "", "—"}, {[]string{"x"}, "", "x"}, {true, "", "true"},
		{[]any{map[string]any{"kind": "qq", "value": "123"}}, "", "123"}, {[]any{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, "", "1, 2, 3, 4, 5, 6, 7, 8, … (10)"},
	} {
		if got := format(tt.v, tt.filter); got != tt.want {
			t.Errorf("format(%v, %q) = %q, want %q", tt.v, tt.filter, got, tt.want)
		}
	}
}
