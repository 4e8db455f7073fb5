package papers

import (
	"context"
	"fmt"
	"path"
	"slices"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Formalities is "document-formalities": an apostille, a consular legalization
// or a notarization that case.yaml states is seen on a paper of the folder
// (M28): the letter itself, or a certificate beside it.
type Formalities struct{}

// Name of the check.
func (Formalities) Name() string { return "document-formalities" }

// Doc says what it judges.
func (Formalities) Doc() lang.Text {
	return lang.T("case.yaml 写明授权书已经公证，或办了附加证明书（Apostille）、领事认证时，检查授权文件里有一份读得到这些字样；一份也没有时由人判断，从不直接判不通过。",
		"Where case.yaml states a notarization, apostille or consular legalization of a letter, asks that words of it are read on some paper of the authorization folder; where there are none a person looks, it never fails.")
}

// NewParams returns nil: there are none.
func (Formalities) NewParams() any { return nil }

// Vars are the letters and what was not seen of them.
func (Formalities) Vars() []string { return []string{"letters", "fields"} }

// Needs what the papers say of it.
func (Formalities) Needs(any) []checks.Need {
	return []checks.Need{{Kind: facts.KindAuthorization, Fact: "document.notarized"}, {Kind: facts.KindAuthorization, Fact: "document.legalized"}}
}

// Run judges the case.
func (Formalities) Run(_ context.Context, s checks.Subject, _ any) (checks.Result, error) {
	c := caseOf(s)
	if c == nil {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	var g checks.Gathered
	var letters, fields []string
	legalized, notarized, read := false, false, false
	for _, a := range s.Case.Of(facts.KindAuthorization) {
		if a.Facts == nil {
			continue
		}
		if st := a.Facts.Status("document.legalized"); st.State != facts.Present && st.State != facts.Absent {
			return checks.Result{Outcome: verdict.Review, Cause: verdict.Unavailable, Evidence: []verdict.Evidence{{Fact: "document.legalized", Related: &verdict.Related{Asset: path.Join(s.Case.Path, a.Path)}}},
				Vars: map[string]verdict.Value{"letters": checks.Names(nil, ", "), "fields": checks.Words(nil)}}, nil
		}
		d := &a.Facts.Document
		read = true
		notarized = notarized || d.Notarized
		// An apostille is put on a notarial act and speaks of no notary itself.
		legalized = legalized || d.Legalized != "" && d.Legalized != "none"
	}
	for i, l := range c.Letters {
		for _, x := range [...]struct {
			field         string
			stated        any
			claimed, seen bool
		}{
			{"legalization", l.Legalization, l.Legalization == "apostille" || l.Legalization == "consular", legalized},
			{"notarized", true, l.Notarized, notarized || legalized},
		} {
			if !read || !x.claimed || x.seen {
				continue
			}
			name := l.ID
			if name == "" {
				name = l.File
			}
			ev := verdict.Evidence{Fact: "case." + letterKey(i, x.field), Observed: x.stated, Quote: name}
			if l.File != "" {
				ev.Related = &verdict.Related{Asset: path.Join(s.Case.Path, l.File)}
			}
			g.Doubt(ev)
			letters, fields = append(letters, name), append(fields, fmt.Sprint(x.field))
		}
	}
	res := g.Result(func([]verdict.Evidence) map[string]verdict.Value {
		return map[string]verdict.Value{"letters": checks.Names(unique(letters), ", "), "fields": checks.Words(unique(fields))}
	})
	if len(c.Letters) == 0 || !read {
		res.Outcome = verdict.Skip
	}
	return res, nil
}

// unique keeps the first of each.
func unique(list []string) []string {
	var out []string
	for _, v := range list {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}
