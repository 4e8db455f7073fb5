package i18n

import "strings"

// Detect returns the language of the operating system: the locale variables
// in the order POSIX gives them (LC_ALL, LC_MESSAGES, LANG), preceded by the
// language list of the desktop (GNU's LANGUAGE) where a locale is set at all,
// and where none is set, as on Windows, the system's own answer. Chinese of
// any region gives ZH. Everything else, including unknown, "C" and "POSIX",
// gives EN: a reader of Chinese can read our English better than the other
// way round.
func Detect(getenv func(string) string) Lang {
	locale := ""
	for _, key := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if locale = getenv(key); locale != "" {
			break
		}
	}
	if locale == "" {
		return fromTag(systemLanguage())
	}
	if plain(locale) {
		return EN
	}
	if list := getenv("LANGUAGE"); list != "" {
		locale, _, _ = strings.Cut(list, ":")
	}
	return fromTag(locale)
}

// plain reports whether a locale names no language.
func plain(locale string) bool {
	name, _, _ := strings.Cut(locale, ".")
	return name == "C" || name == "POSIX"
}

// fromTag reads zh_CN.UTF-8, zh-Hans-CN, zh, Chinese (Simplified)_China.936.
func fromTag(tag string) Lang {
	tag = strings.ToLower(tag)
	if tag == "zh" || strings.HasPrefix(tag, "zh_") || strings.HasPrefix(tag, "zh-") ||
		strings.HasPrefix(tag, "zh.") || strings.HasPrefix(tag, "chinese") {
		return ZH
	}
	return EN
}
