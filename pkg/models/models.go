// Package models tells the people whom a log of a shooting names as its models, and
// whether two names can be of one person.
//
// It imports nothing of ours.
package models

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

var (
	label = regexp.MustCompile(`(?i)^(?:出镜)?(?:模特|麻豆)(?:姓名|名字|名)?$|^出镜(?:人员?)?(?:姓名)?$|^models?(?:'s)?(?: ?names?)?$|^mannequins?$|^modelo$|^modella$|^модель$|^manken$|^fotomodel$`)
	line  = regexp.MustCompile(`(?i)(?:(?:^|[\s,，;；(（|])(?:(?:出镜)?(?:模特|麻豆)(?:姓名)?|出镜人?)|(?:^|[,，;；(（|] ?)(?:models?(?: ?name)?|mannequin|modelo|modella|модель|manken)) ?[:：] ?([^,，;；。|()（）]{2,40})`)
	latin = regexp.MustCompile(`^\p{Lu}[\p{L}'’.-]*(?: \p{Lu}[\p{L}'’.-]*){1,3}$`)
	han   = regexp.MustCompile(`^[\p{Han}]{2,4}$|^\p{Han}{1,8}(?:[·•]\p{Han}{1,8}){1,3}$`)
)

// Label reports a cell that asks for the model's name.
func Label(text string) bool { return label.MatchString(strings.Trim(text, " :：*")) }

// Name reports a text that is written as the name of a person, in Latin, Cyrillic or
// Chinese letters.
func Name(text string) bool {
	text = strings.Join(strings.Fields(text), " ")
	return latin.MatchString(text) || han.MatchString(text)
}

// Named is the name behind a label in one line ("模特：林可欣"), empty for none.
func Named(text string) string {
	if !strings.ContainsAny(text, ":：") {
		return ""
	}
	m := line.FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	if name := strings.TrimSpace(m[1]); Name(name) {
		return name
	}
	return ""
}

// Sameness says whether two names are of one person.
type Sameness int

// What Compare gives.
const (
	Unknown Sameness = iota // in letters that cannot be compared, or nothing to compare
	Other
	Same
)

// Compare compares a name with one that may be written in two scripts ("Elena Morozova
// 埃琳娜"). The order of names and their case do not count.
func Compare(name, with string) Sameness {
	out := Unknown
	for _, part := range [...]func(string) []string{hanOf, wordsOf} {
		a, b := part(name), part(with)
		if len(a) == 0 || len(b) == 0 {
			continue
		}
		if within(a, b) || within(b, a) {
			return Same
		}
		out = Other
	}
	return out
}

func within(a, b []string) bool {
	for _, x := range a {
		if !slices.Contains(b, x) {
			return false
		}
	}
	return true
}

// hanOf is the Chinese part of a name as one word.
func hanOf(s string) []string {
	only := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Han, r) {
			return r
		}
		return -1
	}, s)
	if only == "" {
		return nil
	}
	return []string{only}
}

// wordsOf are the words of a name in other letters, in lower case, without initials.
func wordsOf(s string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) || unicode.Is(unicode.Han, r) }) {
		if len([]rune(w)) > 1 {
			out = append(out, w)
		}
	}
	return out
}
