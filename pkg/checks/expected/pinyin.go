package expected

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/aecheck/aecheck/pkg/pinyin"
)

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

// spelt follows a Chinese name through a foreign one, as pinyin.Follow does.
func spelt(han, latin []letter) (reached []int, read int) {
	return pinyin.Follow(runesOf(han), runesOf(latin))
}

func runesOf(l []letter) []rune {
	out := make([]rune, len(l))
	for i := range l {
		out[i] = l[i].r
	}
	return out
}

// leastPinyin is how many syllables of a word tell that it is pinyin: English words now
// and then have the form of one.
const leastPinyin = 2

// Differs reports whether the Chinese name of a seal is clearly not that of a company
// whose name is given in Latin letters: that name begins, behind its city, with a word in
// pinyin, and fewer than half of the characters that are the Chinese name's own are in
// it. A translated name ("Golden Wheat") says nothing about it.
func Differs(han, latin string) bool {
	f := newFolder()
	own := Distinctive(han)
	if len(own) < 2 || !hasHan(han) || hasHan(latin) {
		return false
	}
	var word string
	for _, w := range strings.FieldsFunc(strings.ToLower(latin), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if !slices.ContainsFunc(cities(), func(city string) bool {
			reached, read := spelt(f.want(city).letters, f.fold(w))
			return read == len([]rune(city)) && slices.Contains(reached, len(w))
		}) {
			word = w
			break
		}
	}
	if pinyinWord(word) < leastPinyin {
		return false
	}
	spelled := 0
	for _, c := range own {
		if slices.ContainsFunc(pinyin.Syllables()[c], func(s string) bool { return strings.Contains(word, s) }) {
			spelled++
		}
	}
	return 2*spelled < len(own)
}

// english are syllables of pinyin that names of companies do not have and English words
// do: sun-shi-ne, ga-me, o-a-sis; and words that are pinyin by chance.
var english = [...]string{"a", "e", "o", "ne", "me", "se", "china", "media"}

// readings are all syllables that there are in names.
var readings = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, all := range pinyin.Syllables() {
		for _, s := range all {
			out[s] = !slices.Contains(english[:], s)
		}
	}
	return out
})

// pinyinWord is the least number of syllables that a word in lower case consists of; 0
// where it is none of pinyin.
func pinyinWord(w string) int {
	const longest = 6 // zhuang, chuang, shuang
	if len(w) > 60 || slices.Contains(english[:], w) {
		return 0
	}
	least := make([]int, len(w)+1) // of the first letters, counted from 1
	least[0] = 1
	for end := 1; end <= len(w); end++ {
		for start := max(0, end-longest); start < end; start++ {
			if least[start] > 0 && readings()[w[start:end]] && (least[end] == 0 || least[start]+1 < least[end]) {
				least[end] = least[start] + 1
			}
		}
	}
	return max(0, least[len(w)]-1)
}
