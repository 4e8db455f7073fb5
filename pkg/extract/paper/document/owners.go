package document

import (
	"strings"
	"unicode"

	"github.com/aecheck/aecheck/pkg/edits"
	"github.com/aecheck/aecheck/pkg/facts"
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
