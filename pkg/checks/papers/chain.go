package papers

import (
	"context"
	"fmt"

	"github.com/aecheck/aecheck/pkg/checks"
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
	for _, f := range [...]string{"kind", "grantor", "grantee", "ends", "open_ended", "sublicense", "found"} {
		out = append(out, checks.Need{Kind: facts.KindAuthorization, Fact: "document." + f})
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
	for _, a := range s.Case.Of(facts.KindAuthorization) {
		if a.Facts == nil {
			continue
		}
		if d := &a.Facts.Document; grants(d) && d.Grantor.Name != "" && d.Grantee.Name != "" {
			letters = append(letters, a)
		}
	}
	names := shopNames(c)
	if len(letters) < 2 || len(names) == 0 {
		return checks.Result{Outcome: verdict.Skip}, nil // one letter is judged by itself
	}
	var failed, unclear []verdict.Evidence
	var concerned []string
	note := func(list *[]verdict.Evidence, a *facts.Asset, field string, observed any, required *verdict.Required) {
		ev := at(&a.Facts.Document, field, observed, required)
		ev.Related = &verdict.Related{Asset: a.Path}
		*list = append(*list, ev)
		concerned = append(concerned, a.Path)
	}
	for _, a := range letters {
		d := &a.Facts.Document
		if same(d.Grantee.Name, names...) >= party.Unclear {
			continue // the last hop
		}
		lower := below(letters, a)
		if lower == nil {
			list := &failed
			if min(d.Grantee.Confidence, 1) < surely {
				list = &unclear
			}
			note(list, a, "grantee", d.Grantee.Name, verdict.Want(names[0]))
			continue
		}
		ld := &lower.Facts.Document
		switch d.Sublicense {
		case "forbidden":
			note(&failed, a, "sublicense", d.Sublicense, verdict.WantWords("allowed"))
		case "unstated", "":
			note(&unclear, a, "sublicense", "unstated", verdict.WantWords("allowed"))
		}
		switch {
		case d.OpenEnded || d.Ends.IsZero():
		case ld.OpenEnded:
			note(&failed, lower, "ends", "open", verdict.Compared("<=", date(d.Ends)))
		case !ld.Ends.IsZero() && ld.Ends.After(d.Ends):
			note(&failed, lower, "ends", date(ld.Ends), verdict.Compared("<=", date(d.Ends)))
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

// below finds the letter in which the grantee of a grants.
func below(letters []*facts.Asset, a *facts.Asset) *facts.Asset {
	for _, o := range letters {
		if o != a && same(a.Facts.Document.Grantee.Name, o.Facts.Document.Grantor.Name) >= party.Unclear {
			return o
		}
	}
	return nil
}
