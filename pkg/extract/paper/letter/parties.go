package letter

import (
	"cmp"
	"slices"

	"github.com/aecheck/aecheck/pkg/extract/paper/letter/parties"
	"github.com/aecheck/aecheck/pkg/facts"
)

// parties finds who grants, who is granted and who owns the right: every name
// that stands where one of them may, and of these the likeliest.
func (r *reader) parties() {
	d := r.doc
	if d.Kind == "notice" {
		return
	}
	lines := make([]facts.DocLine, len(r.text.lines))
	for i, l := range r.text.lines {
		lines[i] = l
		lines[i].Text = r.text.norm[i]
	}
	all := parties.Find(lines, d.Kind)
	// Side by side the two sides may bear one name: the role that is said best
	// has it.
	grantor, grantee := r.choose(all, parties.Grantor, nil), r.choose(all, parties.Grantee, nil)
	if grantor != nil && grantee != nil && grantor.Key == grantee.Key {
		if grantee.Weight >= grantor.Weight {
			grantor = r.choose(all, parties.Grantor, grantee)
		} else {
			grantee = r.choose(all, parties.Grantee, grantor)
		}
	}
	r.take(&d.Grantee, grantee, all)
	r.take(&d.Grantor, grantor, all)
	r.take(&d.RightsHolder, r.choose(all, parties.RightsHolder, grantee), all)
	slices.SortStableFunc(all, func(a, b parties.Candidate) int { return cmp.Compare(b.Weight, a.Weight) })
	for _, c := range all {
		d.Parties = append(d.Parties, c.DocNamed)
	}
}

// take makes a name that of a party.
func (r *reader) take(p *facts.DocParty, c *parties.Candidate, all []parties.Candidate) {
	if c == nil {
		return
	}
	where := country(c.Name, c.After)
	if where == "" {
		where = country(c.Name, r.addressOf(c, all))
	}
	if where == "" {
		where = country(c.Name, r.headOf(c))
	}
	*p = facts.DocParty{Name: c.Name, Country: where, Page: c.Page, Box: c.Box, Confidence: c.Confidence * c.Weight}
	s := span{r.text.starts[c.Line], r.text.starts[c.Line] + len(r.text.norm[c.Line])}
	r.doubtful(c.Role, c.Name, s, min(1, c.Weight/sureWeight))
}

// sureWeight is the weight from which what a place says of a role is sure: a
// sentence that grants. Who owns a right is sure from a label alone.
const sureWeight = 0.8

// choose picks the likeliest name for a role, not that of another party; nil for
// none. What speaks for a name is the best place it stands in, and a little that
// it stands in several. A name of an organisation goes before what may be
// somebody who signs for one, and a whole name before a piece of it.
func (r *reader) choose(all []parties.Candidate, role string, not *parties.Candidate) *parties.Candidate {
	var best *parties.Candidate
	bestScore := 0.0
	for i := range all {
		c := &all[i]
		if c.Role != role || not != nil && c.Key == not.Key {
			continue
		}
		score := c.Weight * (0.5 + c.Confidence/2)
		for j := range all {
			if o := &all[j]; j != i && o.Line != c.Line && o.Role == role && o.Key == c.Key {
				score += again
			}
		}
		if !parties.Ends(c.Name) && r.doc.Kind != "portrait" {
			score *= unformed
		}
		if score > bestScore {
			best, bestScore = c, score
		}
	}
	return best
}

const (
	// again is what another place adds to a name's score, unformed the share that
	// is left to a name without a legal form.
	again    = 0.04
	unformed = 0.75
)
