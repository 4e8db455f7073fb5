package material

import (
	"encoding/base64"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/aecheck/aecheck/pkg/archive"
)

// fileName is a name as it lies on disk with what can be shown of it.
type fileName struct {
	raw   string // as the operating system gives it
	shown string // valid UTF-8: raw, with stray bytes as \xNN
	guess string // what it was probably meant to be; empty where raw is fine
	plain string // of a zip file, its name as that of a folder; empty else
}

func nameOf(raw string) fileName {
	n := fileName{raw: raw, shown: shownName(raw)}
	if !utf8.ValidString(raw) {
		n.guess = archive.Chinese(raw)
		return n
	}
	if n.guess = guessGarbled(raw); n.guess == "" && !common(raw) {
		n.guess = guessRare(raw)
	}
	return n
}

// meant is the form to read aliases from.
func (n fileName) meant() string {
	switch {
	case n.plain != "":
		return n.plain
	case n.guess != "":
		return n.guess
	}
	return n.shown
}

// shownName returns raw with every byte that is not UTF-8 written as \xNN.
func shownName(raw string) string {
	if utf8.ValidString(raw) {
		return raw
	}
	var b strings.Builder
	for len(raw) > 0 {
		r, size := utf8.DecodeRuneInString(raw)
		if r == utf8.RuneError && size <= 1 {
			fmt.Fprintf(&b, `\x%02x`, raw[0])
			raw = raw[1:]
			continue
		}
		b.WriteString(raw[:size])
		raw = raw[size:]
	}
	return b.String()
}

// rawBase64 returns the base64 of a path that is not UTF-8, else nothing.
func rawBase64(raw string) string {
	if utf8.ValidString(raw) {
		return ""
	}
	return base64.StdEncoding.EncodeToString([]byte(raw))
}

// guessGarbled repairs a name that is valid UTF-8 but was decoded with the
// wrong code page by an unpacking program: "σÄƒσ¢╛" is 原图 whose UTF-8 bytes
// were read as code page 437, "Ô­Í¼" is 原图 whose GBK bytes were read as
// Latin-1, "ԭͼ" are the GBK bytes of 原图, which happen to be UTF-8, and "鍘熷浘" is
// 原图 whose UTF-8 bytes were read as GBK. Empty where the name looks fine or no
// repair gives Chinese.
func guessGarbled(name string) string {
	high, han := 0, false
	for _, r := range name {
		if r >= 0x80 {
			high++
		}
		han = han || unicode.Is(unicode.Han, r)
	}
	switch {
	case high < 2:
		return ""
	case han:
		return guessReadAsGBK(name)
	}
	if out, err := decodeStrict(simplifiedchinese.GBK, name); err == nil && mixedScripts(name) && mostlyHan(out, 2*high) {
		return out
	}
	for _, page := range []*charmap.Charmap{charmap.CodePage437, charmap.Windows1252, charmap.ISO8859_1} {
		bytes, err := page.NewEncoder().String(name)
		if err != nil {
			continue
		}
		if utf8.ValidString(bytes) && mostlyHan(bytes, high) {
			return bytes
		}
		out, err := decodeStrict(simplifiedchinese.GBK, bytes)
		if err == nil && mostlyHan(out, high) && common(out) {
			return archive.Chinese(bytes)
		}
	}
	return ""
}

// common reports whether two Chinese characters of three are among the 3755 that
// GB 2312 holds to be common, first bytes B0 to D7: bytes of Russian or Japanese
// names read as GBK give rare ones.
func common(s string) bool {
	han, often := 0, 0
	for _, r := range s {
		if !unicode.Is(unicode.Han, r) {
			continue
		}
		han++
		if b, err := simplifiedchinese.GBK.NewEncoder().String(string(r)); err == nil && len(b) == 2 && b[0] >= 0xb0 && b[0] <= 0xd7 && b[1] >= 0xa1 {
			often++
		}
	}
	return han > 0 && 3*often >= 2*han
}

// guessReadAsGBK repairs a name whose UTF-8 bytes were read two by two as GBK, as
// Chinese Windows does with archives made on a Mac. A byte left over stands as "?"
// or "_" or is gone; the character it ended is one that names here end with, else
// it is left out. Empty unless all of it becomes Chinese: a name typed in Chinese
// has such bytes once in ten thousands.
func guessReadAsGBK(name string) string {
	var raw []byte
	for _, r := range name {
		if r < 0x80 {
			raw = append(raw, byte(r))
			continue
		}
		if lead, trail, ok := userDefined(r); ok {
			raw = append(raw, lead, trail)
			continue
		}
		b, err := simplifiedchinese.GBK.NewEncoder().String(string(r))
		if err != nil {
			return ""
		}
		raw = append(raw, b...)
	}
	var out strings.Builder
	high := 0
	for len(raw) > 0 {
		r, size := utf8.DecodeRune(raw)
		if r == utf8.RuneError {
			end, ok := endOf(raw)
			if !ok {
				return ""
			}
			out.WriteString(end)
			raw = raw[2:]
			if len(raw) > 0 && (raw[0] == '?' || raw[0] == '_') {
				raw = raw[1:]
			}
			high++
			continue
		}
		if r >= 0x80 {
			high++
		}
		out.WriteRune(r)
		raw = raw[size:]
	}
	if s := out.String(); mostlyHan(s, 2*high) {
		return s
	}
	return ""
}

// userDefined gives the bytes of a character in the two user-defined zones of code
// page 936, rows AA to AF and F8 to FE, which Windows reads as U+E000 and on.
func userDefined(r rune) (lead, trail byte, ok bool) {
	const columns, first = 94, 0xe000
	n := int(r) - first
	switch {
	case n < 0 || n >= 13*columns:
		return 0, 0, false
	case n < 6*columns:
		return byte(0xaa + n/columns), byte(0xa1 + n%columns), true
	}
	n -= 6 * columns
	return byte(0xf8 + n/columns), byte(0xa1 + n%columns), true
}

// endOf completes a character of three bytes whose last one was lost: the first of
// those that names of materials end with, nothing where none has these bytes. It
// reports false where raw does not begin with two bytes of a Chinese character.
func endOf(raw []byte) (string, bool) {
	if len(raw) < 2 || raw[0] < 0xe3 || raw[0] > 0xe9 || raw[1] < 0x80 || raw[1] > 0xbf || len(raw) > 2 && raw[2] >= 0x80 {
		return "", false
	}
	for _, r := range "图书片件函证明志录据由料页权圖書證權頁錄據誌" {
		if s := string(r); s[0] == raw[0] && s[1] == raw[1] {
			return s, true
		}
	}
	return "", true
}

func decodeStrict(e encoding.Encoding, s string) (string, error) {
	out, err := e.NewDecoder().String(s)
	if err == nil && strings.ContainsRune(out, utf8.RuneError) {
		err = encoding.ErrInvalidUTF8
	}
	return out, err
}

// mostlyHan reports whether everything beyond ASCII in s is Chinese, there are
// at least two Chinese characters, and s is a plausible repair of a name with
// high characters beyond ASCII (two or three of those make one).
func mostlyHan(s string, high int) bool {
	han := 0
	for _, r := range s {
		switch {
		case r < 0x80:
		case unicode.Is(unicode.Han, r):
			han++
		default:
			if !unicode.IsPunct(r) && !unicode.IsSymbol(r) {
				return false
			}
		}
	}
	return han >= 2 && han*2 <= high && archive.Typed(s)
}

// mixedScripts reports whether the letters beyond ASCII take two
// bytes of UTF-8 each and are of two scripts that no word mixes: GBK bytes that
// happen to be valid UTF-8 look like that, Cyrillic or Greek words do not.
func mixedScripts(s string) bool {
	seen := map[string]bool{}
	for _, r := range s {
		if r < 0x80 {
			continue
		}
		if r > 0x7ff {
			return false
		}
		for _, name := range []string{"Latin", "Greek", "Coptic", "Cyrillic", "Armenian", "Hebrew", "Arabic", "Syriac", "Thaana", "Nko"} {
			if unicode.Is(unicode.Scripts[name], r) {
				seen[name] = true
			}
		}
	}
	return len(seen) >= 2
}
