package expected

import (
	_ "embed"
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
	table := syllables()
	from := func(at int, syllable string) int {
		for _, r := range syllable {
			if at >= len(latin.letters) || latin.letters[at].r != r {
				return -1
			}
			at++
		}
		return at
	}
	// Several readings of a character: all places that can be reached.
	reached, best := []int{0}, 0
	for _, l := range han.letters {
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
		best++
	}
	if best < leastRead {
		return false
	}
	return slices.ContainsFunc(reached, func(at int) bool {
		l := latin.letters
		return at == len(l) || l[at].gap || l[at].upper && !l[at-1].upper // words run together
	})
}
