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
	s := newFolder()
	w := s.want(name)
	if !w.han || !strings.ContainsAny(text(w.letters), "公厂行店社所室部院会") {
		return false
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
				return true
			}
		}
	}
	return false
}

// mostBehind is how many characters of a ring may be read behind the legal form: the
// first ones again.
const mostBehind = 2
