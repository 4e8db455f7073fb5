package terminal

import (
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// Policy says when to colour.
type Policy string

const (
	ColorAuto   Policy = "auto"
	ColorAlways Policy = "always"
	ColorNever  Policy = "never"
)

// ParsePolicy reads the value of --color.
func ParsePolicy(s string) (Policy, error) {
	switch p := Policy(s); p {
	case ColorAuto, ColorAlways, ColorNever:
		return p, nil
	}
	return "", fmt.Errorf("unknown colour policy %q: use auto, always or never", Clean(s))
}

// Profile is how many colours an output can show.
type Profile int

const (
	NoColor Profile = iota
	Color16
	Color256
	TrueColor
)

// ColorProfile decides the colours of w. An explicit policy wins; then
// NO_COLOR (https://no-color.org: set and not empty), then FORCE_COLOR and
// CLICOLOR_FORCE (https://bixense.com/clicolors; "0" does not force), then
// whether w is a terminal that is not "dumb".
func ColorProfile(w io.Writer, policy Policy, getenv func(string) string) Profile {
	switch policy {
	case ColorNever:
		return NoColor
	case ColorAlways:
		return max(envProfile(getenv), Color16)
	}
	switch {
	case getenv("NO_COLOR") != "":
		return NoColor
	case forced(getenv("FORCE_COLOR")) || forced(getenv("CLICOLOR_FORCE")):
		return max(envProfile(getenv), Color16)
	case !IsTerminal(w) || getenv("TERM") == "dumb" || !enableEscapes(w):
		return NoColor
	}
	return max(envProfile(getenv), Color16)
}

func forced(v string) bool { return v != "" && v != "0" && v != "false" }

// envProfile reads TERM and COLORTERM as terminals set them. Windows Terminal
// sets neither but WT_SESSION.
func envProfile(getenv func(string) string) Profile {
	switch ct := getenv("COLORTERM"); {
	case ct == "truecolor" || ct == "24bit" || getenv("WT_SESSION") != "":
		return TrueColor
	case strings.Contains(getenv("TERM"), "256color"):
		return Color256
	case getenv("TERM") == "" || getenv("TERM") == "dumb":
		return NoColor
	}
	return Color16
}

// NewRenderer returns a lipgloss renderer with this profile and no other
// source of colour: lipgloss' own detection is global and looks at the wrong
// stream when a report goes to a file.
func NewRenderer(w io.Writer, p Profile) *lipgloss.Renderer {
	r := lipgloss.NewRenderer(w, termenv.WithProfile(p.termenv()), termenv.WithUnsafe())
	r.SetColorProfile(p.termenv())
	r.SetHasDarkBackground(true)
	return r
}

func (p Profile) termenv() termenv.Profile {
	switch p {
	case TrueColor:
		return termenv.TrueColor
	case Color256:
		return termenv.ANSI256
	case Color16:
		return termenv.ANSI
	}
	return termenv.Ascii
}
