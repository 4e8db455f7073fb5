package terminal

import (
	"strings"

	"github.com/mattn/go-runewidth"
	"github.com/rivo/uniseg"
)

// Ruler measures and folds text in terminal columns. Chinese characters take
// two; whether “ambiguous” ones (… ─ “ ” ①) take one or two depends on the
// terminal, see UAX #11. The zero Ruler takes them for one, as all terminals
// of the last ten years do unless told otherwise.
type Ruler struct {
	AmbiguousWide bool
}

// RulerFromEnv returns the ruler the environment asks for: RUNEWIDTH_EASTASIAN=1
// says that the terminal draws ambiguous characters wide.
func RulerFromEnv(getenv func(string) string) Ruler {
	return Ruler{AmbiguousWide: getenv("RUNEWIDTH_EASTASIAN") == "1"}
}

func (r Ruler) condition() *runewidth.Condition {
	c := runewidth.NewCondition()
	c.EastAsianWidth = r.AmbiguousWide
	c.StrictEmojiNeutral = true
	return c
}

// Columns is the number of columns s takes. s holds no escape sequences.
func (r Ruler) Columns(s string) int { return r.condition().StringWidth(s) }

// Pad fills s with spaces on the right to n columns; a longer s stays.
func (r Ruler) Pad(s string, n int) string {
	if d := n - r.Columns(s); d > 0 {
		return s + strings.Repeat(" ", d)
	}
	return s
}

// Wrap folds s into lines of at most n columns by the line breaking rules of
// Unicode (UAX #14): between Chinese characters but not before 。, nor after
// 《, at spaces, after slashes and hyphens. Only what has no such place (a
// hash) is cut between characters. Line feeds in s start a new line; no line
// ends in a space. The result has at least one line.
func (r Ruler) Wrap(s string, n int) []string {
	n = max(n, 2) // one Chinese character
	var lines []string
	for _, paragraph := range strings.Split(s, "\n") {
		lines = append(lines, r.wrapParagraph(paragraph, n)...)
	}
	return lines
}

func (r Ruler) wrapParagraph(s string, n int) []string {
	var (
		c       = r.condition()
		lines   []string
		line    strings.Builder
		width   int
		segment string
		state   = -1
	)
	flush := func() {
		lines = append(lines, strings.TrimRight(line.String(), " "))
		line.Reset()
		width = 0
	}
	for rest := s; rest != ""; {
		segment, rest, _, state = uniseg.FirstLineSegmentInString(rest, state)
		w := c.StringWidth(segment)
		visible := c.StringWidth(strings.TrimRight(segment, " "))
		if width > 0 && width+visible > n {
			flush()
		}
		if visible <= n {
			line.WriteString(segment)
			width += w
			continue
		}
		for graphemes := uniseg.NewGraphemes(segment); graphemes.Next(); {
			g := graphemes.Str()
			gw := c.StringWidth(g)
			if width > 0 && width+gw > n && g != " " {
				flush()
			}
			line.WriteString(g)
			width += gw
		}
	}
	if line.Len() > 0 || len(lines) == 0 {
		flush()
	}
	return lines
}

// Truncate cuts the end of s so that it takes at most n columns, marking the
// cut with ….
func (r Ruler) Truncate(s string, n int) string {
	c := r.condition()
	if c.StringWidth(s) <= n {
		return s
	}
	const mark = "…"
	if n < c.StringWidth(mark) {
		return ""
	}
	head, _ := r.head(s, n-c.StringWidth(mark))
	return head + mark
}

// TruncateMiddle cuts the middle of s so that it takes at most n columns. The
// end keeps two thirds: of a path, the file name tells more than the root.
func (r Ruler) TruncateMiddle(s string, n int) string {
	c := r.condition()
	if c.StringWidth(s) <= n {
		return s
	}
	const mark = "…"
	room := n - c.StringWidth(mark)
	if room < 2 {
		return r.Truncate(s, n)
	}
	head, used := r.head(s, room/3)
	return head + mark + r.tail(s, room-used)
}

// head returns the longest start of s of at most n columns, and its columns.
func (r Ruler) head(s string, n int) (string, int) {
	c, width, end := r.condition(), 0, 0
	for g := uniseg.NewGraphemes(s); g.Next(); {
		w := c.StringWidth(g.Str())
		if width+w > n {
			break
		}
		width += w
		_, end = g.Positions()
	}
	return s[:end], width
}

// tail returns the longest end of s of at most n columns.
func (r Ruler) tail(s string, n int) string {
	c, total := r.condition(), 0
	var starts, widths []int
	for g := uniseg.NewGraphemes(s); g.Next(); {
		from, _ := g.Positions()
		w := c.StringWidth(g.Str())
		starts, widths, total = append(starts, from), append(widths, w), total+w
	}
	for i, from := range starts {
		if total <= n {
			return s[from:]
		}
		total -= widths[i]
	}
	return ""
}
