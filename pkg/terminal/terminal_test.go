package terminal

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/lipgloss"
)

func env(pairs ...string) func(string) string {
	return func(key string) string {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == key {
				return pairs[i+1]
			}
		}
		return ""
	}
}

func TestColorProfile(t *testing.T) {
	tests := []struct {
		name   string
		policy Policy
		env    func(string) string
		want   Profile
	}{
		{"buffer is no terminal", ColorAuto, env("TERM", "xterm-256color"), NoColor},
		{"NO_COLOR beats FORCE_COLOR", ColorAuto, env("NO_COLOR", "1", "FORCE_COLOR", "1"), NoColor},
		{"FORCE_COLOR", ColorAuto, env("FORCE_COLOR", "1"), Color16},
		{"FORCE_COLOR with a good terminal", ColorAuto, env("FORCE_COLOR", "1", "COLORTERM", "truecolor"), TrueColor},
		{"FORCE_COLOR=0 does not force", ColorAuto, env("FORCE_COLOR", "0"), NoColor},
		{"CLICOLOR_FORCE", ColorAuto, env("CLICOLOR_FORCE", "1", "TERM", "xterm-256color"), Color256},
		{"always beats NO_COLOR", ColorAlways, env("NO_COLOR", "1"), Color16},
		{"never beats FORCE_COLOR", ColorNever, env("FORCE_COLOR", "1"), NoColor},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := ColorProfile(&bytes.Buffer{}, tt.policy, tt.env); got != tt.want {
				t.Errorf("got %d, want %d", got, tt.want)
			}
		})
	}
}

func TestRendererObeysProfile(t *testing.T) {
	for profile, want := range map[Profile]string{NoColor: "x", Color16: "\x1b[91mx\x1b[0m"} {
		var buf bytes.Buffer
		style := NewRenderer(&buf, profile).NewStyle().Foreground(lipgloss.Color("9"))
		if got := style.Render("x"); got != want {
			t.Errorf("profile %d: got %q, want %q", profile, got, want)
		}
	}
}

func TestParsePolicy(t *testing.T) {
	if p, err := ParsePolicy("never"); err != nil || p != ColorNever {
		t.Errorf("got %q, %v", p, err)
	}
	if _, err := ParsePolicy("sometimes\x1b"); err == nil || strings.Contains(err.Error(), "\x1b") {
		t.Errorf("got %v", err)
	}
}

func TestWidth(t *testing.T) {
	for columns, want := range map[string]int{"": 80, "100": 100, "7": 20, "9999": 200, "wide": 80, "-3": 80} {
		if got := Width(&bytes.Buffer{}, env("COLUMNS", columns)); got != want {
			t.Errorf("COLUMNS=%q: got %d, want %d", columns, got, want)
		}
	}
}

func TestProgress(t *testing.T) {
	if p := NewProgress(&bytes.Buffer{}, ProgressOptions{Getenv: env()}); p != nil {
		t.Error("progress shown on a buffer")
	}
	var off *Progress
	off.Update(1, 2, "x") // must not panic
	off.Done()

	var buf bytes.Buffer
	now := time.Unix(0, 0)
	p := newProgress(&buf, 40, func() time.Time { return now })
	p.Update(1, 9, "原图/\x1b[31m.jpg")
	p.Update(2, 9, "too soon")
	now = now.Add(time.Second)
	p.Update(3, 9, strings.Repeat("长", 100))
	p.Done()
	got := buf.String()
	if strings.Contains(got, "too soon") || strings.Contains(got, "\x1b[31m") {
		t.Errorf("got %q", got)
	}
	if !strings.HasSuffix(got, "\r"+strings.Repeat(" ", 39)+"\r") {
		t.Errorf("line not wiped: %q", got)
	}
	for _, line := range strings.Split(got, "\r") {
		if n := (Ruler{}).Columns(strings.TrimSuffix(line, "\x1b[K")); n > 39 {
			t.Errorf("%d columns: %q", n, line)
		}
	}
}
