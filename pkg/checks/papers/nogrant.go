package papers

import (
	"context"
	"regexp"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// NoGrant is "document-grants": at least one of the papers handed in as letters reads
// as one (M12, M17). An invoice or a page of a book among them is passed over by what is
// asked of letters; where there is nothing else, nobody has authorised anybody.
type NoGrant struct{}

// Name of the check.
func (NoGrant) Name() string { return "document-grants" }

// Doc says what it judges.
func (NoGrant) Doc() lang.Text {
	return lang.T("检查作为授权书交的文件里，至少有一份读起来是授权书（或登记证、注册证）；一份也没有时由人判断，从不直接判不通过。",
		"Asks that at least one of the papers handed in as letters reads as a letter of authorization (or a certificate of registration); where there is none a person looks, it never fails.")
}

// NewParams returns nil: there are none.
func (NoGrant) NewParams() any { return nil }

// Vars are the papers.
func (NoGrant) Vars() []string { return []string{"letters"} }

// Needs what the papers are.
func (NoGrant) Needs(any) []checks.Need {
	var out []checks.Need
	for _, f := range []string{"document.kind", "document.title"} {
		out = append(out, checks.Need{Kind: facts.KindAuthorization, Fact: f})
	}
	return out
}

// registered is what certificates call themselves: they prove a right and give none.
var registered = regexp.MustCompile(`(?i)证书|注册证|登记证|證書|註冊證|certificat|zertifikat|urkunde`)

// Run judges the case.
func (NoGrant) Run(_ context.Context, s checks.Subject, _ any) (checks.Result, error) {
	res := checks.Result{Outcome: verdict.Skip, Vars: map[string]verdict.Value{"letters": checks.Paths(nil)}}
	if s.Case == nil {
		return res, nil
	}
	var papers []string
	var seen []verdict.Evidence
	for _, a := range s.Case.Of(facts.KindAuthorization) {
		if a.Facts == nil || a.Facts.Status("document.kind").State != facts.Present || len(a.Facts.Document.Unread) > 0 || blind(a) {
			return res, nil // asked about by itself, and may be the letter
		}
		d := &a.Facts.Document
		if grants(d) {
			res.Outcome = verdict.Pass
			return res, nil
		}
		if registered.MatchString(d.Title) {
			return res, nil // whether it will do depends on whose it is
		}
		ev := at(d, "kind", d.Kind, nil)
		ev.Related = &verdict.Related{Asset: a.Path}
		papers, seen = append(papers, a.Path), append(seen, ev)
	}
	if len(papers) > 0 {
		res.Outcome, res.Cause, res.Evidence = verdict.Review, verdict.Judgement, seen
		res.Vars["letters"] = checks.Paths(papers)
	}
	return res, nil
}
