//go:build !windows

package i18n

// systemLanguage is unknown: elsewhere the locale variables are all there is.
// (macOS keeps AppleLanguages in its preferences; its terminals set LANG from
// it.)
func systemLanguage() string { return "" }
