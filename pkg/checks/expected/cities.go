package expected

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed cities.txt
var citiesText string

var cities = sync.OnceValue(func() []string {
	var out []string
	for line := range strings.Lines(citiesText) {
		if !strings.HasPrefix(line, "#") {
			out = append(out, strings.Fields(line)...)
		}
	}
	return out
})

// mostBefore is how many characters of a ring may be read before a name begins:
// the star, the rim, the end of the name before it.
const mostBefore = 4

// Legible reports a name as a ring gives it that was read well enough to be held
// against another: it begins with a place, as names of Chinese companies do, and
// ends with a legal form. A ring of which the characters are guessed seldom does.
func Legible(name string) bool {
	place, _, _ := placed(name)
	return place != ""
}

// TradeName is what tells a company from others of its place and trade: the first
// two characters behind the place its name begins with, 星澜 of 温州市星澜贸易有限公司.
// Characters before the place and behind the legal form, as a ring gives them, are
// let through. Empty for a name that does not begin with a place, or not end with a
// legal form, and where so much stands before the place that the name may be there.
func TradeName(name string) (place, trade string) {
	place, rest, before := placed(name)
	if place == "" || before > 1 {
		return "", ""
	}
	return place, string(trading(rest))
}

// placed is the place near the beginning of a name that ends with a legal form, what
// stands behind it, and how many characters before it; empty for none.
func placed(name string) (place string, rest []rune, before int) {
	s := newFolder()
	w := s.want(name)
	if !w.han || !strings.ContainsAny(text(w.letters), "公厂行店社所室部院会") {
		return "", nil, 0
	}
	folded := []rune(text(w.letters))
	for _, c := range cities() {
		i := strings.Index(string(folded), c)
		if i < 0 {
			continue
		}
		before := len([]rune(string(folded)[:i]))
		rest := folded[before+len([]rune(c)):]
		if before > mostBefore {
			continue
		}
		for behind := range min(mostBehind+1, len(rest)) {
			if formed(s.want(string(rest[:len(rest)-behind])).letters) {
				return c, rest, before
			}
		}
	}
	return "", nil, 0
}

// mostBehind is how many characters of a ring may be read behind the legal form: the
// first ones again.
const mostBehind = 2

// trading is the beginning of a name behind its first place: two characters, those of
// a county and "市" left out.
func trading(rest []rune) []rune {
	for again := true; again; {
		again = false
		for len(rest) > 0 && strings.ContainsRune(ofPlaces, rest[0]) {
			rest, again = rest[1:], true
		}
		for _, c := range cities() {
			if strings.HasPrefix(string(rest), c) && len(rest) > len([]rune(c))+2 {
				rest, again = rest[len([]rune(c)):], true
				break
			}
		}
	}
	return rest[:min(2, len(rest))]
}
