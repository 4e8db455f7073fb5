package i18n

import (
	"strings"

	"github.com/aecheck/aecheck/pkg/lang"
)

// Detect returns the language of the operating system: the locale variables
// in the order POSIX gives them (LC_ALL, LC_MESSAGES, LANG), preceded by the
// language list of the desktop (GNU's LANGUAGE) where a locale is set at all,
// and where none is set, as on Windows, the system's own answer. Any region of
// a language will do. A language that is not among those known, "C" and "POSIX"
// give English: a reader of Chinese can read our English better than the other
// way round.
func Detect(known []lang.Lang, getenv func(string) string) lang.Lang {
	l, _ := lang.Match(known, locale(getenv))
	return l
}

func locale(getenv func(string) string) string {
	locale := ""
	for _, key := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if locale = getenv(key); locale != "" {
			break
		}
	}
	if locale == "" {
		return systemLanguage()
	}
	if plain(locale) {
		return ""
	}
	if list := getenv("LANGUAGE"); list != "" {
		locale, _, _ = strings.Cut(list, ":")
	}
	return locale
}

// plain reports whether a locale names no language.
func plain(locale string) bool {
	name, _, _ := strings.Cut(locale, ".")
	return name == "C" || name == "POSIX"
}
