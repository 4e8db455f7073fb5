package papers

import (
	"github.com/aecheck/aecheck/pkg/checks/expected"
	"github.com/aecheck/aecheck/pkg/checks/party"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// partyFacts are what it takes to look for a party.
func partyFacts() []string {
	return []string{"document.grantor", "document.grantee", "document.parties", "document.text", "document.seals", "document.found"}
}

// seen makes a piece of evidence of what stands in a role where a name is
// expected.
func seen(d *facts.Document, role string, a expected.Answer, want string) verdict.Evidence {
	var observed any
	if a.Name != "" {
		observed = a.Name
	}
	ev := at(d, role, observed, verdict.Want(want))
	if a.Page > 0 {
		box := a.Box
		ev.Quote, ev.Page, ev.Box = a.Text, a.Page, &box
	}
	return ev
}

// expect asks that a name stands in a role: failed where another complete one
// stands there and was read well, for a person where it could not be told.
func (f *findings) expect(d *facts.Document, role string, names ...string) expected.Standing {
	a := expected.Party(d, role, names...)
	f.judged++
	switch a.Standing {
	case expected.Found:
	case expected.Contradicted:
		f.Failed = append(f.Failed, seen(d, role, a, names[0]))
	default:
		f.Doubt(seen(d, role, a, names[0]))
	}
	return a.Standing
}

// grantsIn reports whether a party grants in a paper; unread that it may, since
// who grants there could not be told.
func grantsIn(a *facts.Asset, name string) (grants, unread bool) {
	if a.Facts == nil {
		return false, true
	}
	d := &a.Facts.Document
	switch expected.Named(d, expected.Grantor, name).Standing {
	case expected.Found:
		return true, false
	case expected.Contradicted:
		return false, false
	case expected.Unclear:
		if same(name, d.Grantor.Name) >= party.Unclear {
			return true, false
		}
	}
	return false, true
}
