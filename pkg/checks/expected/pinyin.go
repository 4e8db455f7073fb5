package expected

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"sync"
)

//go:embed pinyin.txt
var pinyinData string

// syllables are the readings of a character.
var syllables = sync.OnceValue(func() map[rune][]string {
	out := make(map[rune][]string, 7000)
	for line := range strings.Lines(pinyinData) {
		s, chars, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for _, r := range chars {
			out[r] = append(out[r], s)
		}
	}
	return out
})

// ofPlaces are characters of a Chinese name that its English form leaves out.
const ofPlaces = "市省县区镇"

// leastRead is how many characters of a Chinese name must stand at the beginning
// of a foreign one for both to be one company's: the city and two of the name.
// What follows, the trade and the legal form, is translated.
const leastRead = 4

// Romanised reports whether one of two names is Chinese and the other that name in
// Latin letters.
func Romanised(a, b string) bool {
	f := newFolder()
	x, y := f.want(a), f.want(b)
	return x.han && !y.han && romanised(x, y) || y.han && !x.han && romanised(y, x)
}

// romanised reports whether a foreign name is a Chinese one in Latin letters:
// "Wenzhou Xinglan Trading Co., Ltd." is 温州星澜贸易有限公司. Names that begin
// with no city, or are translated as a whole, are not recognised.
func romanised(han, latin wanted) bool {
	reached, read := spelt(han.letters, latin.letters)
	return read >= leastRead && slices.ContainsFunc(reached, func(at int) bool { return wordEnds(latin.letters, at) })
}

// InChina reports whether a name in Latin letters has a Chinese city at its
// beginning or as a word of it and ends as those of Chinese companies do in
// English: "Chaozhou Xinglan Household Products Co., Ltd.", "Jinsui (Wuhan)
// Household Products Co., Ltd." Names in Chinese are not judged.
func InChina(name string) bool {
	f := newFolder()
	latin := f.want(name)
	if latin.han || !englishForm.MatchString(strings.TrimSpace(name)) {
		return false
	}
	return slices.ContainsFunc(cities(), func(city string) bool {
		han := f.want(city).letters
		for at, l := range latin.letters {
			if at > 0 && !l.gap && !(l.upper && !latin.letters[at-1].upper) {
				continue
			}
			rest := latin.letters[at:]
			reached, read := spelt(han, rest)
			if read > 1 && read == len(han) && slices.ContainsFunc(reached, func(end int) bool { return wordEnds(rest, end) }) {
				return true
			}
		}
		return false
	})
}

// englishForm is the legal form of a Chinese company in English.
var englishForm = regexp.MustCompile(`(?i)(?:\bco\.? ?,? ?|company ?|,? ?)(?:ltd|limited)\.?$`)

// wordEnds reports whether a word ends before a place: at a blank, or where words
// run together.
func wordEnds(l []letter, at int) bool {
	return at == len(l) || l[at].gap || l[at].upper && !l[at-1].upper
}

// spelt follows a Chinese name through a foreign one from its beginning: how many
// characters of it stand there by their readings, and the places that follow the
// last of them. Characters of places may be left out.
func spelt(han, latin []letter) (reached []int, read int) {
	table := syllables()
	from := func(at int, syllable string) int {
		for _, r := range syllable {
			if at >= len(latin) || latin[at].r != r {
				return -1
			}
			at++
		}
		return at
	}
	// Several readings of a character: all places that can be reached.
	reached = []int{0}
	for _, l := range han {
		var next []int
		for _, at := range reached {
			for _, s := range table[l.r] {
				if n := from(at, s); n > 0 && !slices.Contains(next, n) {
					next = append(next, n)
				}
			}
		}
		if len(next) == 0 {
			if strings.ContainsRune(ofPlaces, l.r) {
				continue
			}
			break
		}
		reached = next
		read++
	}
	return reached, read
}
