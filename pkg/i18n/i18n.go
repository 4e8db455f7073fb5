// Package i18n holds the texts of the interface in Chinese and English. Texts
// about rules live in rules.yaml, beside the rules; identifiers, flags and JSON
// keys are English everywhere.
//
// A text is a field of a struct, so a name that does not exist does not
// compile; a test keeps both languages complete and their placeholders equal.
// To add one: the field, then its zh and en value in the same file.
package i18n

import (
	"fmt"
	"strings"
)

// Lang is a language of the interface.
type Lang string

const (
	ZH Lang = "zh"
	EN Lang = "en"
)

// Langs returns all languages.
func Langs() []Lang { return []Lang{ZH, EN} }

// ParseLang reads the value of --lang.
func ParseLang(s string) (Lang, error) {
	for _, l := range Langs() {
		if s == string(l) {
			return l, nil
		}
	}
	return "", fmt.Errorf("unknown language %q: use zh or en", s)
}

// Messages are all texts in one language.
type Messages struct {
	Words  Words
	Report Report
	CLI    CLI
}

// For returns the texts of a language; any but ZH gives English.
func For(l Lang) Messages {
	if l == ZH {
		return Messages{Words: wordsZH(), Report: reportZH(), CLI: cliZH()}
	}
	return Messages{Words: wordsEN(), Report: reportEN(), CLI: cliEN()}
}

// Fill puts values into the {placeholders} of a text: Fill("{n} files", "n", 3).
// Values are not looked into, so a value that holds braces stays as it is.
func Fill(text string, pairs ...any) string {
	values := make([]string, 0, len(pairs))
	for i := 0; i+1 < len(pairs); i += 2 {
		values = append(values, fmt.Sprintf("{%v}", pairs[i]), fmt.Sprint(pairs[i+1]))
	}
	return strings.NewReplacer(values...).Replace(text)
}

// Count fills {n} into a text that has a form for one and one for several,
// divided by |: Count("{n} file|{n} files", 2) gives "2 files". A text with one
// form, as all Chinese ones, serves any number.
func Count(text string, n int) string {
	one, several, two := strings.Cut(text, "|")
	if two && n != 1 {
		return Fill(several, "n", n)
	}
	return Fill(one, "n", n)
}
