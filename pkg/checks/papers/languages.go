package papers

import (
	"context"
	"path"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Languages is "document-languages": where case.yaml states no languages of
// letters, those handed in are in the languages of the sites by what is read on them (M33). A
// translation may be a paper of its own.
type Languages struct{}

// LanguagesParams of the check.
type LanguagesParams struct {
	// Sites gives the language wanted by a site; a site not listed wants none.
	Sites map[string]string `json:"sites" zh:"各站点要求的语言；没有列出的站点不作要求" en:"language wanted by a site; a site not listed wants none"`
}

// Name of the check.
func (Languages) Name() string { return "document-languages" }

// Doc says what it judges.
func (Languages) Doc() lang.Text {
	return lang.T("case.yaml 没有写授权书的语言时，按读到的文字检查授权文件里有商品所售站点的语言；缺少就不通过，有文件读不出语言时由人判断。",
		"Where case.yaml states no languages of letters, asks that the papers of the authorization folder, as they read, are in the languages of the sites the product is sold on; fails where one is missing, and a person looks where a paper's language could not be read.")
}

// NewParams returns the defaults: the languages of all sites known.
func (Languages) NewParams() any { return &LanguagesParams{Sites: lang.OfSites()} }

// Vars are the languages missing and those read.
func (Languages) Vars() []string { return []string{"missing", "read"} }

// Needs the languages.
func (Languages) Needs(any) []checks.Need {
	return []checks.Need{{Kind: facts.KindAuthorization, Fact: "document.languages"}, {Kind: facts.KindAuthorization, Fact: "document.kind"}}
}

// Run judges the case.
func (Languages) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	p, c := params.(*LanguagesParams), caseOf(s)
	if c == nil || slices.ContainsFunc(c.Letters, func(l casefile.Letter) bool { return len(l.Languages) > 0 || l.File == "" }) {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	var wanted, read []string
	for _, site := range c.Product.Sites {
		if l := p.Sites[strings.ToLower(site)]; l != "" {
			wanted = append(wanted, l)
		}
	}
	var papers []*facts.Asset
	granted := false
	var g checks.Gathered
	for _, a := range s.Case.Of(facts.KindAuthorization) {
		if a.Facts == nil {
			continue
		}
		papers = append(papers, a)
		d := &a.Facts.Document
		granted = granted || grants(d)
		read = append(read, d.Languages...)
	}
	if len(wanted) == 0 || len(papers) == 0 {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	read = unique(read)
	missing := slices.DeleteFunc(unique(wanted), func(l string) bool { return slices.Contains(read, l) })
	words := func([]verdict.Evidence) map[string]verdict.Value {
		return map[string]verdict.Value{"missing": checks.Words(missing), "read": checks.Words(read)}
	}
	if len(missing) == 0 {
		return g.Result(words), nil
	}
	for _, a := range papers {
		ev := verdict.Evidence{
			Fact: "document.languages", Observed: strings.Join(a.Facts.Document.Languages, ", "), Required: verdict.WantWords(strings.Join(missing, ", ")),
			Related: &verdict.Related{Asset: path.Join(s.Case.Path, a.Path)},
		}
		switch st := a.Facts.Status("document.languages"); {
		case st.State == facts.NotExtracted || st.State == facts.Failed:
			return checks.Result{Outcome: verdict.Review, Cause: verdict.Unavailable, Evidence: []verdict.Evidence{{Fact: "document.languages", Related: ev.Related}}, Vars: words(nil)}, nil
		case len(a.Facts.Document.Languages) == 0:
			g.Doubt(ev)
		default:
			g.Failed = append(g.Failed, ev)
		}
	}
	if len(g.Unclear) > 0 || !granted {
		g.Unclear, g.Failed = slices.Concat(g.Unclear, g.Failed), nil // the missing one may be among them
	}
	return g.Result(words), nil
}
