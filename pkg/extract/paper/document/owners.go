package document

import (
	"slices"
	"strings"
	"unicode"

	"github.com/aecheck/aecheck/pkg/edits"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/pinyin"
)

const (
	// ownShare is how much of a party's name a ring has, in its order, that is that
	// party's; rings are read with slips.
	ownShare = 0.8
	// ahead is how much less of the other party's it then has: companies share places
	// and legal forms.
	ahead = 0.15
	// namedWeight is the weight of a name that a label, a row or the grant itself gives.
	namedWeight = 0.85
)

// owners tells whose seals they are: a copy of a letter often bears that of the
// licensee, who certifies it, and none of who grants.
func owners(d *facts.Document) {
	names := map[string][]string{"grantor": {d.Grantor.Name}, "grantee": {d.Grantee.Name}}
	for _, p := range d.Parties { // a letter in two languages names everybody twice
		if p.Weight >= namedWeight {
			names[p.Role] = append(names[p.Role], p.Name)
		}
	}
	for i := range d.Seals {
		ring := lettersOf(d.Seals[i].Text)
		of := func(role string) (most float64) {
			for _, n := range names[role] {
				most = max(most, shareOf(ring, lettersOf(n)))
				if spelled(ring, n) {
					most = 1
				}
			}
			return most
		}
		one, other := of("grantor"), of("grantee")
		switch {
		case one >= ownShare && one-other >= ahead:
			d.Seals[i].Of = "grantor"
		case other >= ownShare && other-one >= ahead:
			d.Seals[i].Of = "grantee"
		}
	}
}

// shareOf is how much of a name a ring has.
func shareOf(ring, name []rune) float64 {
	if len(name) == 0 || len(ring) == 0 || len(name) > 200 || len(ring) > 200 {
		return 0
	}
	return float64(edits.Common(ring, name)) / float64(len(name))
}

// leastSpelled is how many characters of a ring a name in Latin letters must begin with,
// in pinyin: mostly two of the place and two of what the company is called.
const leastSpelled = 4

// spelled reports a name in Latin letters that begins with a Chinese ring in pinyin, up
// to the end of a word: "Zhengzhou Muzi Commerce Co., Ltd" on a letter in English beside
// 郑州木子商贸有限公司.
func spelled(ring []rune, name string) bool {
	from := slices.IndexFunc(ring, func(r rune) bool { return unicode.Is(unicode.Han, r) }) // the ring's own number is read first
	if from < 0 {
		return false
	}
	var latin []rune
	ends := map[int]bool{} // of words
	for _, word := range strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		latin = append(latin, []rune(word)...)
		ends[len(latin)] = true
	}
	reached, read := pinyin.Follow(ring[from:], latin)
	return read >= leastSpelled && slices.ContainsFunc(reached, func(at int) bool { return ends[at] })
}

// lettersOf a name are its letters and digits, lower case.
func lettersOf(s string) []rune {
	var out []rune
	for _, r := range strings.ToLower(s) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			out = append(out, r)
		}
	}
	return out
}
