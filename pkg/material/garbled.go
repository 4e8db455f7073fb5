package material

import (
	"cmp"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"github.com/aecheck/aecheck/pkg/archive"
)

// written is how a name was garbled: its bytes are of one encoding and were read as
// another, an unpacking program's or a system's of another language.
type written struct{ read, as encoding.Encoding }

// garblings are the rarer ways, tried where the usual ones do not fit. UTF-8 is the
// encoding that changes nothing.
var garblings = []written{
	{charmap.CodePage850, simplifiedchinese.GBK},
	{charmap.CodePage850, encoding.Nop},
	{charmap.CodePage437, traditionalchinese.Big5},
	{charmap.Windows1252, traditionalchinese.Big5},
	{charmap.ISO8859_1, traditionalchinese.Big5},
	{charmap.CodePage850, traditionalchinese.Big5},
	{simplifiedchinese.GBK, traditionalchinese.Big5},
	{traditionalchinese.Big5, simplifiedchinese.GBK},
	{traditionalchinese.Big5, encoding.Nop},
	{japanese.ShiftJIS, simplifiedchinese.GBK},
	{japanese.ShiftJIS, encoding.Nop},
}

// guessRare repairs a name that was garbled in one of the rarer ways.
func guessRare(name string) string {
	if out := escaped(name); out != "" {
		return out
	}
	if utf8.ValidString(name) && !strings.ContainsFunc(name, func(r rune) bool { return r >= 0x80 }) {
		return ""
	}
	if ofOneAlphabet(name) {
		return "" // Big5 and Shift JIS have these letters too
	}
	for _, w := range garblings {
		raw, err := w.read.NewEncoder().String(name)
		if err != nil || raw == name {
			continue
		}
		if out, err := decodeStrict(w.as, raw); err == nil && out != name && repaired(out) {
			return out
		}
	}
	// Garbled twice, by two programs.
	for _, page := range []*charmap.Charmap{charmap.Windows1252, charmap.ISO8859_1} {
		once, err := page.NewEncoder().String(name)
		if err != nil || once == name || !utf8.ValidString(once) {
			continue
		}
		if out := guessGarbled(once); out != "" && repaired(out) {
			return out
		}
	}
	return ""
}

// ofOneAlphabet reports a name whose letters beyond ASCII are all Cyrillic or all
// Greek: garbled names are a jumble.
func ofOneAlphabet(name string) bool {
	for _, alphabet := range []*unicode.RangeTable{unicode.Cyrillic, unicode.Greek} {
		other := strings.ContainsFunc(name, func(r rune) bool { return r >= 0x80 && !unicode.Is(alphabet, r) })
		if !other && strings.ContainsFunc(name, func(r rune) bool { return unicode.Is(alphabet, r) }) {
			return true
		}
	}
	return false
}

// repaired reports whether a repair reads as the name of a material: plausible, all
// Chinese beyond ASCII, with a telling character. A name in Japanese or with rare
// characters turns into something Chinese by chance, hardly into that.
func repaired(s string) bool {
	for _, r := range s {
		if r >= 0x80 && !unicode.Is(unicode.Han, r) && !unicode.IsPunct(r) && !unicode.IsSymbol(r) {
			return false
		}
	}
	return utf8.ValidString(s) && archive.Typed(s) && archive.Telling(s)
}

// hashes is how Info-ZIP writes a character that the system's encoding has not.
var hashes = regexp.MustCompile(`#U([0-9a-fA-F]{4})`)

// escaped reads a name in which characters are written in ASCII: %E5%8E%9F as in
// addresses, #U539f as Info-ZIP does.
func escaped(name string) string {
	out := name
	if strings.Count(name, "%") >= 2 {
		if plain, err := url.PathUnescape(name); err == nil {
			out = cmp.Or(nameOf(plain).guess, plain)
		}
	}
	out = hashes.ReplaceAllStringFunc(out, func(m string) string {
		n, err := strconv.ParseUint(m[len("#U"):], 16, 32)
		if err != nil {
			return m
		}
		return string(rune(n))
	})
	if out != name && strings.ContainsFunc(out, func(r rune) bool { return unicode.Is(unicode.Han, r) }) && archive.Typed(out) && !strings.ContainsAny(out, `/\`) {
		return out
	}
	return ""
}
