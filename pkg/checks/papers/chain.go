package papers

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/checks/expected"
	"github.com/aecheck/aecheck/pkg/checks/party"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// letterKey is the path of a field of letters[i] in case.yaml.
func letterKey(i int, field string) string { return fmt.Sprintf("letters[%d].%s", i, field) }

// Chain is "document-chain": where case.yaml states no letters, the letters
// handed in form a chain down to the shop (M17): each names as grantor the
// grantee of the one above, may be sub-licensed on every hop but the last, and
// does not outlast the one above.
type Chain struct{}

// Name of the check.
func (Chain) Name() string { return "document-chain" }

// Doc says what it judges.
func (Chain) Doc() lang.Text {
	return lang.T("case.yaml 没有写 letters 时，按授权书上的文字看几份授权书能不能接成到本店的一条链；接不上、不许转授权，或期限超过上一级，就不通过。没有写明能否转授权，或读得不确定时，由人判断。",
		"Where case.yaml states no letters, asks that those handed in form a chain down to the shop by their own words; fails where they do not join, may not be sub-licensed, or outlast the letter above. A person looks where the right to sub-license is not stated or the reading is unsure.")
}

// NewParams returns nil: there are none.
func (Chain) NewParams() any { return nil }

// Vars are the letters concerned and how many they are.
func (Chain) Vars() []string { return []string{"letters", "count"} }

// Needs what the letters say.
func (Chain) Needs(any) []checks.Need {
	var out []checks.Need
	for _, f := range append(partyFacts(), "document.kind", "document.ends", "document.open_ended", "document.sublicense") {
		out = append(out, checks.Need{Kind: facts.KindAuthorization, Fact: f})
	}
	return out
}

// Run judges the case.
func (Chain) Run(_ context.Context, s checks.Subject, _ any) (checks.Result, error) {
	c := caseOf(s)
	if s.Case == nil || c != nil && len(c.Letters) > 0 {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	var letters []*facts.Asset
	anyBlind := false
	for _, a := range s.Case.Of(facts.KindAuthorization) {
		anyBlind = anyBlind || blind(a)
		if a.Facts != nil && grants(&a.Facts.Document) {
			letters = append(letters, a)
		}
	}
	names := shopNames(c)
	if len(letters) < 2 {
		return checks.Result{Outcome: verdict.Skip}, nil // one letter is judged by itself
	}
	if len(names) == 0 {
		return loose(letters, anyBlind), nil
	}
	var failed, unclear []verdict.Evidence
	var concerned []string
	note := func(list *[]verdict.Evidence, a *facts.Asset, ev verdict.Evidence) {
		ev.Related = &verdict.Related{Asset: a.Path}
		*list = append(*list, ev)
		concerned = append(concerned, a.Path)
	}
	last, upper := lastHops(letters, names)
	for _, a := range upper {
		d := &a.Facts.Document
		grantee := expected.Party(d, expected.Grantee, names...)
		lower, unread := below(letters, a, grantee.Name)
		if lower == nil {
			switch {
			case len(last) == 0 || grantee.Name == "" || anyBlind:
				// Each letter is asked about by itself, and a paper that could not be
				// read, which may be the next hop.
			case unread || grantee.Standing != expected.Contradicted:
				note(&unclear, a, seen(d, "grantee", grantee, names[0]))
			default:
				note(&failed, a, seen(d, "grantee", grantee, names[0]))
			}
			continue
		}
		ld := &lower.Facts.Document
		switch d.Sublicense {
		case "forbidden":
			note(&failed, a, at(d, "sublicense", d.Sublicense, verdict.WantWords("allowed")))
		case "unstated", "":
			note(&unclear, a, at(d, "sublicense", "unstated", verdict.WantWords("allowed")))
		}
		switch {
		case d.OpenEnded || d.Ends.IsZero():
		case ld.OpenEnded:
			note(&failed, lower, at(ld, "ends", "open", verdict.Compared("<=", date(d.Ends))))
		case !ld.Ends.IsZero() && ld.Ends.After(d.Ends):
			note(&failed, lower, at(ld, "ends", date(ld.Ends), verdict.Compared("<=", date(d.Ends))))
		}
	}
	res := checks.Result{Outcome: verdict.Pass, Vars: map[string]verdict.Value{"letters": checks.Paths(concerned), "count": checks.Count(len(concerned))}}
	switch {
	case len(failed) > 0:
		res.Outcome, res.Evidence = verdict.Fail, append(failed, unclear...)
	case len(unclear) > 0:
		res.Outcome, res.Cause, res.Evidence = verdict.Review, verdict.Judgement, unclear
	}
	return res, nil
}

// loose judges where nobody says which shop the last letter must be for: a sub-licence is
// given by whom another letter authorises.
func loose(letters []*facts.Asset, anyBlind bool) checks.Result {
	var unclear []verdict.Evidence
	var concerned []string
	for _, a := range letters {
		d := &a.Facts.Document
		if d.Kind != "sublicence" || d.Grantor.Name == "" || anyBlind {
			continue
		}
		above, joined := "", false
		for _, o := range letters {
			if o == a {
				continue
			}
			names := granteesOf(&o.Facts.Document)
			comparable := slices.DeleteFunc(slices.Clone(names), func(n string) bool { return scripts(n) != scripts(d.Grantor.Name) })
			joined = joined || len(comparable) == 0 // in another language, or not read
			for _, name := range comparable {
				yes, unread := grantsIn(a, name)
				joined = joined || yes || unread
				above = cmp.Or(above, name)
			}
		}
		if !joined && above != "" {
			ev := at(d, "grantor", d.Grantor.Name, verdict.Want(above))
			ev.Related = &verdict.Related{Asset: a.Path}
			unclear, concerned = append(unclear, ev), append(concerned, a.Path)
		}
	}
	if len(unclear) == 0 {
		return checks.Result{Outcome: verdict.Skip}
	}
	return checks.Result{Outcome: verdict.Review, Cause: verdict.Judgement, Evidence: unclear,
		Vars: map[string]verdict.Value{"letters": checks.Paths(concerned), "count": checks.Count(len(concerned))}}
}

// granteesOf are all names read for who is authorised, in whatever language.
func granteesOf(d *facts.Document) []string {
	var out []string
	for _, p := range d.Parties {
		if p.Role == expected.Grantee && p.Name != "" {
			out = append(out, p.Name)
		}
	}
	if len(out) == 0 && d.Grantee.Name != "" {
		out = append(out, d.Grantee.Name)
	}
	return out
}

// lastHops takes the letters that authorise the shop from those further up. One
// whose grantee is like the shop's name is asked about by itself.
func lastHops(letters []*facts.Asset, names []string) (last, upper []*facts.Asset) {
	for _, a := range letters {
		d := &a.Facts.Document
		if expected.Party(d, expected.Grantee, names...).Standing == expected.Found || same(d.Grantee.Name, names...) >= party.Unclear {
			last = append(last, a)
		} else {
			upper = append(upper, a)
		}
	}
	return last, upper
}

// below finds the letter in which the grantee of a grants; unread that it may be
// one whose granting party could not be told.
func below(letters []*facts.Asset, a *facts.Asset, grantee string) (lower *facts.Asset, unread bool) {
	if grantee == "" {
		return nil, true
	}
	for _, o := range letters {
		if o == a {
			continue
		}
		yes, perhaps := grantsIn(o, grantee)
		if yes {
			return o, false
		}
		unread = unread || perhaps
	}
	return nil, unread
}
