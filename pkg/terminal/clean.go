package terminal

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxMarks is how many combining marks in a row are shown after a letter.
// Living scripts stack at most four; heaps of them overprint the lines around.
const maxMarks = 6

// Clean makes a string that came from a seller's folder (file names, metadata,
// text read from pictures, case.yaml) safe to show on one line: whatever could
// steer a terminal, reorder or hide text becomes a visible escape such as
// \x1b or \u202e. Everything that is shown passes this one gate.
//
// Escaped are: C0 and C1 controls with line breaks and tabs, format characters
// (bidi controls and isolates, zero-width characters, soft hyphen, tags), line
// and paragraph separators, blank letters that look like nothing, variation
// selectors other than the text and emoji ones, surplus combining marks,
// noncharacters, and bytes that are not UTF-8 (as \xff). What a CI server would
// take for a command to it is broken up (see NoCommand). Other printable text of any
// script is untouched. Clean(Clean(s)) == Clean(s).
func Clean(s string) string { return NoCommand(clean(s, false)) }

// CleanText is Clean for text of several lines: line feeds stay.
func CleanText(s string) string {
	lines := strings.Split(clean(strings.ReplaceAll(s, "\r\n", "\n"), true), "\n")
	for i := range lines {
		lines[i] = NoCommand(lines[i])
	}
	return strings.Join(lines, "\n")
}

// NoCommand breaks up what the log of a CI server would be read for: GitHub takes a
// line that starts with "::", after blanks, for a workflow command, and "##[" anywhere
// in a line for one of the old kind (actions/runner, ActionCommand.cs); Azure
// Pipelines takes "##vso[". Their first signs become visible escapes.
func NoCommand(line string) string {
	if trimmed := strings.TrimLeft(line, " "); strings.HasPrefix(trimmed, "::") {
		line = line[:len(line)-len(trimmed)] + `\x3a` + trimmed[1:]
	}
	for _, start := range []string{"##[", "##vso["} {
		line = strings.ReplaceAll(line, start, `#\x23`+start[2:])
	}
	return line
}

func clean(s string, lines bool) string {
	if !needsCleaning(s, lines) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	marks := 0
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			fmt.Fprintf(&b, `\x%02x`, s[i])
			i, marks = i+1, 0
			continue
		}
		i += n
		if unicode.In(r, unicode.Mn, unicode.Me) {
			marks++
		} else {
			marks = 0
		}
		if marks > maxMarks || Unsafe(r) && !(lines && r == '\n') {
			b.WriteString(escape(r))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func needsCleaning(s string, lines bool) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || c < 0x20 && !(lines && c == '\n') || c == 0x7f {
			return true
		}
	}
	return false
}

func escape(r rune) string {
	switch {
	case r == '\n':
		return `\n`
	case r == '\r':
		return `\r`
	case r == '\t':
		return `\t`
	case r < 0x80:
		return fmt.Sprintf(`\x%02x`, r)
	case r <= 0xffff:
		return fmt.Sprintf(`\u%04x`, r)
	}
	return fmt.Sprintf(`\U%08x`, r)
}

// Unsafe reports whether a character must not reach a terminal or a page as
// it is. See Clean.
func Unsafe(r rune) bool {
	switch {
	case r < 0x20, r >= 0x7f && r < 0xa0:
		return true
	case r < 0xa0:
		return false
	case r == 0xfe0e || r == 0xfe0f: // text and emoji presentation: ❤ ❤️
		return false
	case r >= 0xfe00 && r <= 0xfe0d, r >= 0xe0100 && r <= 0xe01ef:
		return true // variation selectors: unseen, used to smuggle data
	case r == 0x034f, r == 0x115f, r == 0x1160, r == 0x17b4, r == 0x17b5,
		r >= 0x180b && r <= 0x180f, r == 0x3164, r == 0xffa0, r == 0x2800:
		return true // fillers and blanks: letters to software, nothing to the eye
	case r == 0xfffe || r == 0xffff || r&0xfffe == 0xfffe || r >= 0xfdd0 && r <= 0xfdef:
		return true // noncharacters
	}
	return unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp)
}
