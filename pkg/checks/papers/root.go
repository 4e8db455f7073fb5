package papers

import (
	"context"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/checks/expected"
	"github.com/aecheck/aecheck/pkg/checks/party"
	"github.com/aecheck/aecheck/pkg/edits"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Root is "document-root": the chain of letters begins at the rights holder
// (M17). A letter that says the right is somebody else's than the granting
// party's needs that one's letter too.
type Root struct{ onAsset }

// Name of the check.
func (Root) Name() string { return "document-root" }

// Doc says what it judges.
func (Root) Doc() lang.Text {
	return lang.T("授权书写明权利人不是授权方时，检查文件夹里有权利人出具的授权书；只有这一份就不通过。权利人是从句子里读出的、两个名称可能是同一家的中英文写法、名称只是相近，或还有看不出授权方的文件时，由人判断。单独一份转授权书也由人判断。",
		"Where a letter says that the right belongs to somebody else than the granting party, asks that a letter by that one is there too; fails where this letter is the only one. A person looks where the rights holder was read from a sentence, where two names may be one in two languages or are alike, and where another paper's granting party could not be read; likewise at a sub-licence on its own.")
}

// NewParams returns nil: there are none.
func (Root) NewParams() any { return nil }

// Needs who grants and whose the right is, of this letter and the others.
func (Root) Needs(any) []checks.Need {
	return append(needs(append(partyFacts(), "document.kind", "document.rights_holder")...), checks.Need{Kind: facts.KindAuthorization, Fact: "document.grantor"})
}

// Run judges one letter.
func (Root) Run(_ context.Context, s checks.Subject, _ any) (checks.Result, error) {
	f, d, res, ok := document(s, "grantor", "rights_holder")
	if !ok {
		return res, nil
	}
	owner := d.RightsHolder.Name
	if s.Case == nil || !grants(d) || owner == "" && d.Kind != "sublicence" || owner != "" && expected.Named(d, expected.Grantor, owner).Standing == expected.Found {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	f.judged++
	others, unread := 0, false
	for _, a := range s.Case.Of(facts.KindAuthorization) {
		if a == s.Asset {
			continue
		}
		others++
		if a.Facts == nil || a.Facts.Document.Grantor.Name == "" {
			unread = true
			continue
		}
		yes, perhaps := grantsIn(a, owner)
		if owner == "" || yes || scripts(owner) != scripts(a.Facts.Document.Grantor.Name) {
			return f.result(), nil // the letter above, perhaps in another language
		}
		unread = unread || perhaps
	}
	if owner == "" {
		if others == 0 {
			f.Doubt(at(d, "kind", d.Kind, nil))
		}
		return f.result(), nil
	}
	likeness := same(owner, d.Grantor.Name)
	if a, b := []rune(fold(owner)), []rune(fold(d.Grantor.Name)); d.TextSource == "recognised" && len(b) >= 8 && 6*edits.Distance(a, b) <= len(b) {
		return f.result(), nil // one name, read twice: under the seal some characters are guessed
	}
	ev := verdict.Want(owner)
	switch {
	case d.Grantor.Name == "" || likeness == party.Unclear || unread || scripts(owner) != scripts(d.Grantor.Name):
		f.Doubt(at(d, "rights_holder", d.Grantor.Name, ev))
	default:
		f.against(d, "rights_holder", d.Grantor.Name, ev)
	}
	return f.result(), nil
}
