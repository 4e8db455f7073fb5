// Package pathglob matches paths with patterns as people know them from
// .gitignore, brackets and exceptions left out: folders are called "photos [1]".
//
//   - * stands for any characters of a name, ? for one, ** for any folders.
//   - A pattern without a slash means a name wherever it is; one with a slash, other
//     than at its end, is counted from the folder that the pattern belongs to.
//   - What means a folder means all in it.
//
// Upper and lower case are one, and so are the forms of an accent. A backslash is a
// slash, as on Windows.
//
// It imports nothing of ours.
package pathglob

import (
	"errors"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Pattern is one pattern, ready to match.
type Pattern struct {
	text     string
	segments [][]rune // nil stands for **
}

// Errors of Compile.
var (
	ErrEmpty     = errors.New("empty pattern")
	ErrException = errors.New("patterns have no exceptions (!)")
	ErrOutside   = errors.New("a pattern cannot lead out of its folder (..)")
	ErrLong      = errors.New("the pattern is too long")
)

// maxPattern is more than any path has.
const maxPattern = 4096

// Compile reads a pattern.
func Compile(text string) (*Pattern, error) {
	p := strings.ReplaceAll(text, `\`, "/")
	switch {
	case len(p) > maxPattern:
		return nil, ErrLong
	case strings.HasPrefix(p, "!"):
		return nil, ErrException
	}
	out := &Pattern{text: text}
	p = strings.TrimSuffix(p, "/")
	anchored := strings.Contains(p, "/")
	for _, s := range strings.Split(p, "/") {
		switch s {
		case "", ".":
			continue
		case "..":
			return nil, ErrOutside
		case "**":
			out.segments = append(out.segments, nil)
		default:
			out.segments = append(out.segments, fold(s))
		}
	}
	if len(out.segments) == 0 {
		return nil, ErrEmpty
	}
	if !anchored {
		out.segments = append([][]rune{nil}, out.segments...)
	}
	return out, nil
}

// String is the pattern as written.
func (p *Pattern) String() string { return p.text }

// Match reports whether the pattern means a path below its folder ("/" between the
// parts), or a folder on the way to it.
func (p *Pattern) Match(path string) bool {
	var names [][]rune
	for _, s := range strings.Split(path, "/") {
		if s != "" && s != "." {
			names = append(names, fold(s))
		}
	}
	// at[i]: the first i segments mean the names up to here.
	at := make([]bool, len(p.segments)+1)
	at[0] = true
	p.skip(at)
	for _, name := range names {
		if at[len(p.segments)] && p.segments[len(p.segments)-1] != nil {
			return true // a folder on the way
		}
		next := make([]bool, len(at))
		for i, s := range p.segments {
			switch {
			case !at[i]:
			case s == nil:
				next[i] = true
			case matches(s, name):
				next[i+1] = true
			}
		}
		p.skip(next)
		at = next
	}
	return at[len(p.segments)] && len(names) > 0
}

// skip lets every ** stand for no folder.
func (p *Pattern) skip(at []bool) {
	for i, s := range p.segments {
		if s == nil && at[i] {
			at[i+1] = true
		}
	}
}

// matches matches one name.
func matches(pattern, name []rune) bool {
	i, star, from := 0, -1, 0
	for k := 0; k < len(name); {
		switch {
		case i < len(pattern) && pattern[i] == '*':
			star, from = i, k
			i++
		case i < len(pattern) && (pattern[i] == '?' || pattern[i] == name[k]):
			i++
			k++
		case star >= 0:
			from++
			i, k = star+1, from
		default:
			return false
		}
	}
	for i < len(pattern) && pattern[i] == '*' {
		i++
	}
	return i == len(pattern)
}

func fold(s string) []rune { return []rune(cases.Fold().String(norm.NFC.String(s))) }
