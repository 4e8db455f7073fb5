package i18n

import "golang.org/x/sys/windows"

// systemLanguage is the first language the user chose for Windows itself.
func systemLanguage() string {
	langs, err := windows.GetUserPreferredUILanguages(windows.MUI_LANGUAGE_NAME)
	if err != nil || len(langs) == 0 {
		return ""
	}
	return langs[0]
}
