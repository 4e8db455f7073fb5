package document

import (
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
				if spelled(ring, string(lettersOf(n))) {
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

// spelled reports a name in Latin letters that begins with the pinyin of a Chinese ring:
// "Zhengzhou Muzi Commerce Co., Ltd" on a letter in English beside 郑州木子商贸有限公司.
// The word for a city may be left out.
func spelled(ring []rune, name string) bool {
	ends := map[int]int{0: 0} // how far the name is spelled, by how many characters
	for _, r := range ring {
		if unicode.IsDigit(r) && ends[0] == 0 && len(ends) == 1 {
			continue // the ring's own number, read first
		}
		next := map[int]int{}
		for at, n := range ends {
			if strings.ContainsRune("省市区县", r) {
				next[at] = max(next[at], n)
			}
			for _, s := range pinyin.Syllables()[r] {
				if !strings.HasPrefix(name[at:], s) {
					continue
				}
				if n+1 >= leastSpelled {
					return true
				}
				next[at+len(s)] = max(next[at+len(s)], n+1)
			}
		}
		if len(next) == 0 {
			return false
		}
		ends = next
	}
	return false
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
