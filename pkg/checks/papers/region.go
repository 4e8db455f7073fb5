package papers

import (
	"context"
	"path"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Region is "letter-region": a letter from a region whose papers come to the
// mainland by a route of their own, neither apostille nor embassy (M46), is
// notarized by that route.
type Region struct{}

// RegionParams of the check.
type RegionParams struct {
	// Regions are the codes (ISO 3166) judged.
	Regions []string `json:"regions" zh:"检查哪些地区（ISO 3166 代码）的授权书" en:"regions (ISO 3166 codes) whose letters are judged"`
}

// Name of the check.
func (Region) Name() string { return "letter-region" }

// Doc says what it judges.
func (Region) Doc() lang.Text {
	return lang.T("检查港澳台授权方的授权书按当地的途径办了公证：case.yaml 写明没有公证就不通过；写的是附加证明书或领事认证，或没有写明、文件上也没有读到公证时，由人判断。",
		"Asks that a letter by a grantor of a region with a route of its own (Hong Kong, Macau, Taiwan) is notarized by it: fails where case.yaml says it is not; a person looks where case.yaml gives an apostille or consular legalization instead, and where nothing is said and no notarization was read.")
}

// NewParams returns the default: Hong Kong, Macau and Taiwan.
func (Region) NewParams() any { return &RegionParams{Regions: []string{"HK", "MO", "TW"}} }

// Vars are the letters concerned.
func (Region) Vars() []string { return []string{"letters"} }

// Needs who grants and whether a notary was read.
func (Region) Needs(any) []checks.Need {
	return []checks.Need{{Kind: facts.KindAuthorization, Fact: "document.grantor"}, {Kind: facts.KindAuthorization, Fact: "document.notarized"}, {Kind: facts.KindAuthorization, Fact: "document.kind"}}
}

// Run judges the case.
func (Region) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	p, c := params.(*RegionParams), caseOf(s)
	if c == nil {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	here := func(code string) bool {
		return slices.ContainsFunc(p.Regions, func(r string) bool { return strings.EqualFold(r, code) })
	}
	var g checks.Gathered
	var letters []string
	judged, notarized := 0, false
	for _, a := range s.Case.Of(facts.KindAuthorization) {
		notarized = notarized || a.Facts != nil && a.Facts.Document.Notarized
	}
	for i, l := range c.Letters {
		country := l.Grantor.Country
		for _, a := range s.Case.Of(facts.KindAuthorization) {
			if j, ok := stated(c, a.Path); country == "" && ok && j == i && a.Facts != nil {
				country = a.Facts.Document.Grantor.Country // where case.yaml leaves it to the paper
			}
		}
		if l.Type == "ai_licence" || !here(country) {
			continue
		}
		judged++
		name := l.ID
		if name == "" {
			name = l.File
		}
		ev := verdict.Evidence{Fact: "case." + letterKey(i, "notarized"), Observed: l.Notarized, Required: verdict.Want(true), Quote: name}
		switch {
		case l.Legalization == "apostille" || l.Legalization == "consular":
			ev.Fact, ev.Observed, ev.Required = "case."+letterKey(i, "legalization"), l.Legalization, nil
			g.Doubt(ev)
		case l.Notarized:
			continue
		case c.Has(letterKey(i, "notarized")):
			g.Failed = append(g.Failed, ev)
		case notarized:
			continue
		default:
			g.Doubt(ev)
		}
		letters = append(letters, name)
	}
	if len(c.Letters) == 0 {
		for _, a := range s.Case.Of(facts.KindAuthorization) {
			// One that could not be read is asked about by the rule on letters from
			// abroad; here it would be asked once for each region.
			if a.Facts == nil || !grants(&a.Facts.Document) || !here(a.Facts.Document.Grantor.Country) {
				continue
			}
			judged++
			if !notarized {
				ev := at(&a.Facts.Document, "grantor", a.Facts.Document.Grantor.Name, nil)
				ev.Related = &verdict.Related{Asset: path.Join(s.Case.Path, a.Path)}
				g.Doubt(ev)
				letters = append(letters, a.Path)
			}
		}
	}
	res := g.Result(func([]verdict.Evidence) map[string]verdict.Value {
		return map[string]verdict.Value{"letters": checks.Names(letters, ", ")}
	})
	if judged == 0 {
		res.Outcome = verdict.Skip
	}
	return res, nil
}
