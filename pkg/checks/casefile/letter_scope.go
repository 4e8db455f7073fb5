package casefile

import (
	"context"
	"path"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/checks/expected"
	"github.com/aecheck/aecheck/pkg/checks/party"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// LetterCategories asks that every letter covers the product's category (M24):
// "apparel" covers "apparel/dresses", not the other way round.
type LetterCategories struct{ andPapers }

// LetterCategoriesParams of "letter-categories".
type LetterCategoriesParams struct {
	// Types of letters[].type that are judged; empty for all.
	Types []string `json:"types" zh:"检查哪些类型（letters[].type）的授权书；留空为全部" en:"letters[].type judged; empty for all"`
	// Everything are words in letters[].categories that cover any category.
	Everything []string `json:"everything" zh:"letters[].categories 中表示任何类目的词" en:"words in letters[].categories that cover any category"`
}

// Name is "letter-categories".
func (LetterCategories) Name() string { return "letter-categories" }

// Doc says what it judges.
func (LetterCategories) Doc() lang.Text {
	return lang.T("检查每份授权书涵盖商品的类目，上级类目涵盖它的下级类目；不涵盖就不通过。没有写授权类目或商品类目时由人判断。",
		"Asks that every letter covers the product's category, a wider category covering the narrower ones below it; fails where one does not. A person looks where the categories of the letter or of the product are not given.")
}

// NewParams returns the defaults: letters that a rights holder signs.
func (LetterCategories) NewParams() any {
	return &LetterCategoriesParams{thirdParty(), []string{"all", "any", "全部", "所有", "全品类", "不限"}}
}

// Run judges the case.
func (LetterCategories) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	f, ok := gather(s)
	if !ok {
		return skip()
	}
	p := params.(*LetterCategoriesParams)
	product := f.file.Product.Category
	for i, l := range f.file.Letters {
		switch {
		case !wants(p.Types, l):
		case len(l.Categories) == 0 && f.paper(i) != nil: // "document-category" looks on the paper
		case len(l.Categories) == 0:
			f.lackOf(i, "categories")
		case product == "":
			f.Lack("product.category")
		case !slices.ContainsFunc(l.Categories, func(c string) bool { return Covers(c, product) || fold(p.Everything, c) }):
			f.fail(i, "categories", strings.Join(l.Categories, ", "), verdict.Want(product))
		}
	}
	return f.result(), nil
}

// Covers reports whether a category path covers another: equal, or a prefix of
// it at a "/". Case, spaces around "/" and a trailing "/" do not matter.
func Covers(wide, narrow string) bool {
	w, n := clean(wide), clean(narrow)
	return w != "" && (w == n || strings.HasPrefix(n, w+"/"))
}

func clean(category string) string {
	parts := strings.FieldsFunc(strings.ToLower(category), func(r rune) bool { return r == '/' || r == '>' || r == '\\' })
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return strings.Trim(path.Join(parts...), "/")
}

func fold(list []string, s string) bool {
	return slices.ContainsFunc(list, func(x string) bool { return strings.EqualFold(x, strings.TrimSpace(s)) })
}

// LetterLegalization asks that a letter by a grantor abroad is notarized and
// legalized, by apostille or consulate (M28, M46: the grantor's country
// counts, not the language).
type LetterLegalization struct{ andPapers }

// LetterLegalizationParams of "letter-legalization".
type LetterLegalizationParams struct {
	// Types of letters[].type that are judged; empty for all.
	Types []string `json:"types" zh:"检查哪些类型（letters[].type）的授权书；留空为全部" en:"letters[].type judged; empty for all"`
	// Home are the countries (ISO 3166) whose letters need neither, and the
	// regions that have a route of their own.
	Home []string `json:"home" zh:"不需要公证和认证的国家，以及另有途径的地区（ISO 3166）" en:"countries (ISO 3166) whose letters need neither notarization nor legalization, and regions with a route of their own"`
}

// Name is "letter-legalization".
func (LetterLegalization) Name() string { return "letter-legalization" }

// Doc says what it judges.
func (LetterLegalization) Doc() lang.Text {
	return lang.T("检查境外授权方的授权书经过公证，并办了附加证明书（Apostille）或领事认证；缺一样就不通过。授权方名称以中国城市的拼音开头、以 Co., Ltd. 结尾的算作境内。没有写授权方国家、公证或认证，文件上也读不到时，由人判断。",
		"Asks that a letter by a grantor abroad is notarized and legalized, by apostille or consulate; fails where either is missing. A grantor whose name begins with a Chinese city and ends with Co., Ltd. is at home. A person looks where the grantor's country, the notarization or the legalization is neither given nor read.")
}

// NewParams returns the defaults: letters that a rights holder signs; mainland
// China, and the regions that "letter-region" judges.
func (LetterLegalization) NewParams() any {
	return &LetterLegalizationParams{thirdParty(), []string{"CN", "HK", "MO", "TW"}}
}

// Run judges the case.
func (LetterLegalization) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	f, ok := gather(s)
	if !ok {
		return skip()
	}
	p := params.(*LetterLegalizationParams)
	for i, l := range f.file.Letters {
		if !wants(p.Types, l) {
			continue
		}
		d := f.paper(i)
		country := l.Grantor.Country
		if country == "" && d != nil {
			country = d.Grantor.Country
		}
		notarized, legalized := f.formalities()
		switch {
		case country == "" && (expected.InChina(l.Grantor.Name) || l.Grantor.Name == "" && d != nil && expected.InChina(d.Grantor.Name)):
			continue
		case country == "" && notarized && legalized && l.Legalization != "none" && (l.Notarized || !f.has(i, "notarized")):
			continue // what a grantor abroad needs is there
		case country == "":
			f.lackOf(i, "grantor.country")
			continue
		case fold(p.Home, country):
			continue
		}
		switch {
		case l.Notarized || notarized && !f.has(i, "notarized"):
		case !f.has(i, "notarized") && d != nil:
			f.doubt(i, "notarized", false, verdict.Want(true)) // nothing of it was read
		case !f.has(i, "notarized"):
			f.lackOf(i, "notarized")
		default:
			f.fail(i, "notarized", false, verdict.Want(true))
		}
		switch l.Legalization {
		case "apostille", "consular":
		case "":
			switch {
			case legalized:
			case d != nil:
				f.doubt(i, "legalization", "none", verdict.WantWords("apostille | consular"))
			default:
				f.lackOf(i, "legalization")
			}
		default:
			f.fail(i, "legalization", l.Legalization, verdict.WantWords("apostille | consular"))
		}
	}
	return f.result(), nil
}

// formalities reports what some paper of the folder shows: notarial acts and
// legalizations may stand on sheets of their own.
func (f *findings) formalities() (notarized, legalized bool) {
	for _, a := range f.facts.Of(facts.KindAuthorization) {
		if a.Facts == nil {
			continue
		}
		d := &a.Facts.Document
		notarized = notarized || d.Notarized
		legalized = legalized || d.Legalized == "apostille" || d.Legalized == "consular"
	}
	return notarized || legalized, legalized
}

// LetterLanguages asks that letters are there in the languages of the sites the
// product is sold on (M33).
type LetterLanguages struct{ andPapers }

// LetterLanguagesParams of "letter-languages".
type LetterLanguagesParams struct {
	// Types of letters[].type that are judged; empty for all.
	Types []string `json:"types" zh:"检查哪些类型（letters[].type）的授权书；留空为全部" en:"letters[].type judged; empty for all"`
	// Sites gives the language wanted by a site; a site not listed wants none.
	Sites map[string]string `json:"sites" zh:"各站点要求的语言；没有列出的站点不作要求" en:"language wanted by a site; a site not listed wants none"`
}

// Name is "letter-languages".
func (LetterLanguages) Name() string { return "letter-languages" }

// Doc says what it judges.
func (LetterLanguages) Doc() lang.Text {
	return lang.T("检查授权书有商品所售站点要求的语言；缺少就不通过，没有写授权书的语言时由人判断。",
		"Asks that letters are there in the languages of the sites the product is sold on; fails where one is missing. A person looks where the languages of a letter are not given.")
}

// NewParams returns the defaults: letters of companies, for a model signs a release in
// a language of her own, and the languages of all sites known; M33 names
// Spanish and French as examples.
func (LetterLanguages) NewParams() any {
	return &LetterLanguagesParams{[]string{"brand", "copyright", "sublicence"}, lang.OfSites()}
}

// Run judges the case.
func (LetterLanguages) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	f, ok := gather(s)
	if !ok {
		return skip()
	}
	p := params.(*LetterLanguagesParams)
	var wanted []string
	for _, site := range f.file.Product.Sites {
		if language := p.Sites[strings.ToLower(site)]; language != "" && !slices.Contains(wanted, language) {
			wanted = append(wanted, language)
		}
	}
	if len(wanted) == 0 {
		return skip()
	}
	for i, l := range f.file.Letters {
		if !wants(p.Types, l) {
			continue
		}
		if len(l.Languages) == 0 {
			if f.paper(i) == nil { // else "document-languages" looks on the papers
				f.lackOf(i, "languages")
			}
			continue
		}
		there := slices.Clone(l.Languages)
		for k, o := range f.file.Letters {
			if k != i && sameParties(l, o) {
				there = append(there, o.Languages...) // the same letter in another language
			}
		}
		var absent []string
		for _, language := range wanted {
			if !fold(there, language) {
				absent = append(absent, language)
			}
		}
		if len(absent) > 0 {
			f.fail(i, "languages", strings.Join(l.Languages, ", "), verdict.WantWords(strings.Join(absent, ", ")))
		}
	}
	return f.result(), nil
}

// sameParties reports two letters that one party gives the other.
func sameParties(a, b casefile.Letter) bool {
	same := func(x, y casefile.LetterParty) bool {
		return x.Name != "" && y.Name != "" && (party.Compare(x.Name, y.Name) == party.Same || expected.Romanised(x.Name, y.Name))
	}
	return a.Type == b.Type && same(a.Grantor, b.Grantor) && same(a.Grantee, b.Grantee)
}

// LetterTypes asks that what case.yaml refers to is a letter of the right type: a
// portrait release for people, a licence for AI, a brand letter for a brand.
type LetterTypes struct{ plain }

// Name is "letter-types".
func (LetterTypes) Name() string { return "letter-types" }

// Doc says what it judges.
func (LetterTypes) Doc() lang.Text {
	return lang.T("检查 case.yaml 引用的授权书类型与用途相符：人物要肖像授权，AI 要商用授权，品牌要品牌授权；不符就不通过，没有写类型时由人判断。",
		"Asks that what case.yaml refers to is a letter of the right type: a portrait release for people, a licence for AI, a brand letter for a brand. Fails where the type is another, and a person looks where it is not given.")
}

// NewParams returns nil: there are none.
func (LetterTypes) NewParams() any { return nil }

// Run judges the case.
func (LetterTypes) Run(_ context.Context, s checks.Subject, _ any) (checks.Result, error) {
	f, ok := gather(s)
	if !ok {
		return skip()
	}
	ids := byID(f.file.Letters)
	for _, u := range uses(f.file) {
		i, ok := ids[u.letter]
		if !ok || len(u.types) == 0 {
			continue
		}
		switch l := f.file.Letters[i]; {
		case l.Type == "":
			f.lackOf(i, "type")
		case !slices.Contains(u.types, l.Type):
			f.fail(i, "type", l.Type, &verdict.Required{Value: verdict.Word(strings.Join(u.types, " | ")), Key: u.key})
		}
	}
	return f.result(), nil
}

// use is one place of case.yaml that refers to a letter.
type use struct {
	letter, key string
	types       []string // that fit; empty for any
}

func uses(c *casefile.File) []use {
	var out []use
	if c.AI.Licence != "" {
		out = append(out, use{c.AI.Licence, "ai.licence", []string{"ai_licence"}})
	}
	for _, id := range c.People.Releases {
		out = append(out, use{id, "people.releases", []string{"portrait", "sublicence"}})
	}
	for _, b := range c.Brands.Authorized {
		if b.Letter != "" {
			out = append(out, use{b.Letter, "brands.authorized", []string{"brand", "sublicence"}})
		}
	}
	for _, l := range c.Letters {
		if l.Previous != "" {
			out = append(out, use{l.Previous, "letters.previous", nil})
		}
	}
	return out
}

// IdleLetters finds letters that serve nothing: listed in case.yaml and referred to
// by nothing there, or lying in the folder and not listed although others
// are. Copyright letters cover the pictures as such and are always of use, and so is a
// letter of use in another language: sites ask for their own (M33).
type IdleLetters struct{ plain }

// Name is "idle-letters".
func (IdleLetters) Name() string { return "idle-letters" }

// Doc says what it judges.
func (IdleLetters) Doc() lang.Text {
	return lang.T("查找没有用处的授权书：写在 letters 里却没有被引用，或放在文件夹里却没有写进 letters；有就不通过。版权授权总是有用；有用的授权书的另一种语言的版本（注册号相同，或有效期相同）也有用。",
		"Finds letters that serve nothing: listed in letters and referred to by nothing, or lying in the folder and not listed; fails where there are any. Copyright letters are always of use, and so is a letter of use in another language (of the same registration or the same term).")
}

// NewParams returns nil: there are none.
func (IdleLetters) NewParams() any { return nil }

// Needs asks for what tells that two papers are one letter in two languages.
func (IdleLetters) Needs(any) []checks.Need {
	var out []checks.Need
	for _, kind := range [...]string{facts.KindAuthorization, facts.KindAILicence} {
		for _, f := range [...]string{"language", "registrations", "starts", "ends"} {
			out = append(out, checks.Need{Kind: kind, Fact: "document." + f})
		}
	}
	return out
}

// Run judges the case.
func (IdleLetters) Run(_ context.Context, s checks.Subject, _ any) (checks.Result, error) {
	f, ok := gather(s)
	if !ok {
		return skip()
	}
	serves := f.serving()
	listed := map[string]bool{}
	for i, l := range f.file.Letters {
		listed[path.Clean(strings.ReplaceAll(l.File, `\`, "/"))] = true
		if !serves[i] && !f.translates(f.asset(i), serves) {
			f.fail(i, "id", l.ID, verdict.WantWords("ai.licence | people.releases | brands.authorized | letters.previous"))
		}
	}
	for i := range s.Case.Assets {
		a := &s.Case.Assets[i]
		if (a.Kind == facts.KindAuthorization || a.Kind == facts.KindAILicence) && !listed[a.Path] && !f.translates(a, serves) {
			f.Failed = append(f.Failed, verdict.Evidence{
				Fact: "case.letters", Observed: a.Path, Privacy: verdict.Path, Related: &verdict.Related{Asset: path.Join(f.dir, a.Path)},
			})
			f.letters = append(f.letters, a.Path)
		}
	}
	return f.result(), nil
}

// translates reports whether a paper is a letter that serves something in another
// language: of the same registration, or for the same days.
func (f *findings) translates(a *facts.Asset, serves map[int]bool) bool {
	if a == nil || a.Facts == nil {
		return false
	}
	d := &a.Facts.Document
	for i := range f.file.Letters {
		other := f.asset(i)
		if !serves[i] || other == nil || other.Path == a.Path {
			continue
		}
		o := &other.Facts.Document
		if d.Language == "" || o.Language == "" || d.Language == o.Language {
			continue
		}
		if slices.ContainsFunc(d.Registrations, func(n string) bool { return slices.Contains(o.Registrations, n) }) ||
			!d.Starts.IsZero() && !d.Ends.IsZero() && d.Starts.Equal(o.Starts) && d.Ends.Equal(o.Ends) {
			return true
		}
	}
	return false
}

// serving marks the letters that serve something: copyright letters, those
// that case.yaml refers to, and every other hop of their chains.
func (f *findings) serving() map[int]bool {
	ids, serves := byID(f.file.Letters), map[int]bool{}
	for i, l := range f.file.Letters {
		serves[i] = l.Type == "copyright"
	}
	for _, u := range uses(f.file) {
		if i, ok := ids[u.letter]; ok && u.key != "letters.previous" {
			serves[i] = true
		}
	}
	for again := true; again; {
		again = false
		for i, l := range f.file.Letters {
			if up, ok := ids[l.Previous]; ok && l.Previous != "" && serves[i] != serves[up] {
				serves[i], serves[up], again = true, true, true
			}
		}
	}
	return serves
}
