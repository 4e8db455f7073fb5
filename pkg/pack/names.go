package pack

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// maxName is the length of a name in bytes: three bytes for a Chinese character, and
// Windows counts no more than 260 characters of a whole path.
const maxName = 120

// SafeName makes a name that every system and every program that unpacks takes: NFC,
// without what Windows forbids or reads as a device, without what hides or reorders
// letters, no longer than maxName bytes with its extension kept.
// (https://learn.microsoft.com/windows/win32/fileio/naming-a-file)
func SafeName(name string) string {
	name = norm.NFC.String(strings.ToValidUTF8(name, "_"))
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"/\|?*`, r) || unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co) {
			return '_'
		}
		return r
	}, name)
	name = trimmed(name)
	ext := path.Ext(name)
	const longExt = 20 // what is longer is no extension but a name with a dot
	if len(ext) > longExt || ext == name {
		ext = ""
	}
	stem := cut(strings.TrimSuffix(name, ext), maxName-len(ext))
	if stem = trimmed(stem); stem == "" {
		stem = "file"
	}
	if device(stem) {
		stem = "_" + cut(stem, maxName-len(ext)-1)
	}
	return stem + ext
}

// trimmed is a name without the dots and blanks at its end that Windows drops, and
// without those at its start that hide it.
func trimmed(s string) string {
	return strings.TrimRightFunc(strings.TrimLeftFunc(s, unicode.IsSpace), func(r rune) bool { return r == '.' || unicode.IsSpace(r) })
}

// cut shortens a text to so many bytes, between characters.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}

// device reports whether Windows takes a name, up to its first dot, for a device.
func device(stem string) bool {
	first, _, _ := strings.Cut(stem, ".")
	first = strings.ToUpper(strings.TrimRight(first, " "))
	if slices.Contains([]string{"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}, first) {
		return true
	}
	port, isPort := strings.CutPrefix(first, "COM")
	if !isPort {
		port, isPort = strings.CutPrefix(first, "LPT")
	}
	return isPort && utf8.RuneCountInString(port) == 1 && strings.ContainsAny(port, "0123456789¹²³")
}

// taken are the paths of a package that are in use, folded as systems fold them that
// do not tell case apart.
type taken map[string]bool

func fold(p string) string { return norm.NFC.String(cases.Fold().String(p)) }

// free finds a name in a folder that nothing has yet: name, else name-2, name-3 ….
func (t taken) free(dir, name string) string {
	name = SafeName(name)
	ext := path.Ext(name)
	stem := strings.TrimSuffix(name, ext)
	for n := 1; ; n++ {
		try := name
		if n > 1 {
			suffix := fmt.Sprintf("-%d", n)
			try = cut(stem, maxName-len(ext)-len(suffix)) + suffix + ext
		}
		p := path.Join(dir, try)
		if !t[fold(p)] {
			t[fold(p)] = true
			return p
		}
	}
}
