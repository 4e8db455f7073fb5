package papers

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/checks/expected"
	"github.com/aecheck/aecheck/pkg/checks/party"
	"github.com/aecheck/aecheck/pkg/edits"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Validity is "document-validity": a letter, as it reads, is in force on the
// day of submission (M32) and so many days ahead. Letters whose term
// case.yaml states are judged by "letter-validity".
type Validity struct{ onAsset }

// ValidityParams of the check.
type ValidityParams struct {
	// Ahead, in days, asks about letters that are in force at submission but
	// not so many days after it; 0 asks about submission itself.
	Ahead int `json:"ahead" unit:"days" zh:"针对提交后这么多天内到期的授权书；0 为提交当时" en:"asks about letters that end within so many days after submission; 0 asks about submission itself"`
}

// Name of the check.
func (Validity) Name() string { return "document-validity" }

// Doc says what it judges.
func (Validity) Doc() lang.Text {
	return lang.T("按授权书上读到的有效期，检查提交申诉时有效；没有生效或已经到期就不通过，没有读出期限、读得不确定，或旁边就有续签的一份时，由人判断。设置了 ahead 时，改为对提交时有效、但在这么多天内到期的不通过；case.yaml 写了期限的由 letter-validity 检查。",
		"Asks that a letter, as it reads, is in force when the appeal is submitted; fails where it has not begun or is over, and a person looks where no end could be read or the reading is unsure, and where one that is over lies beside its renewal. With ahead it fails letters that are in force then but end within so many days; letters whose term case.yaml states are left to letter-validity.")
}

// NewParams returns the default: at submission.
func (Validity) NewParams() any { return &ValidityParams{} }

// Needs the dates of a letter.
func (Validity) Needs(any) []checks.Need {
	own := needs("document.kind", "document.starts", "document.ends", "document.open_ended", "document.readings", "document.found", "document.brands")
	return append(own, checks.Need{Kind: facts.KindAuthorization, Fact: "document.grantor"}, checks.Need{Kind: facts.KindAuthorization, Fact: "document.grantee"}, checks.Need{Kind: facts.KindAuthorization, Fact: "document.ends"})
}

// Run judges one letter.
func (Validity) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	p := params.(*ValidityParams)
	f, d, res, ok := document(s, "ends")
	if !ok {
		return res, nil
	}
	when := submission(s)
	if i, ok := stated(caseOf(s), s.Asset.Path); ok {
		if l := caseOf(s).Letters[i]; l.Ends.Open || !l.Ends.At.IsZero() {
			return checks.Result{Outcome: verdict.Skip}, nil
		}
	}
	// The terms of an AI tool name no end.
	if !grants(d) || when.IsZero() || d.Kind == "ai_licence" && d.Ends.IsZero() {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	f.judged++
	f.term(d, when, p.Ahead)
	if o := renewal(s, d, when); o != nil {
		f.asOld(o)
	}
	return f.result(), nil
}

// Party is "document-party": the party that must be this shop is: the grantee
// of the last letter of a chain (M17), the promisor of the commitment letter
// (M10). A letter whose grantee grants in another letter handed in is a hop
// further up and not judged.
type Party struct{ onAsset }

// PartyParams of the check.
type PartyParams struct {
	// Field is grantee or grantor.
	Field string `json:"field" enum:"grantee,grantor" zh:"检查哪一方：grantee（被授权方）或 grantor（授权方或承诺方）" en:"party judged: grantee or grantor"`
}

// Name of the check.
func (Party) Name() string { return "document-party" }

// Doc says what it judges.
func (Party) Doc() lang.Text {
	return lang.T("检查文书上应为本店的一方确实是本店：授权书的被授权方，或承诺书的承诺方；是别人就不通过。没有读出来、名称只是相近、读得不确定，或没有写店铺名称时，由人判断。",
		"Asks that the party that must be this shop is: the grantee of a letter, or who signs the commitment letter; fails where it is somebody else. A person looks where it could not be read, is only alike or unsure, and where the shop's name is not given.")
}

// NewParams returns the default: the grantee.
func (Party) NewParams() any { return &PartyParams{Field: "grantee"} }

// Needs the parties.
func (Party) Needs(any) []checks.Need {
	return append(needs(append(partyFacts(), "document.kind")...), checks.Need{Kind: facts.KindAuthorization, Fact: "document.grantor"})
}

// Run judges one paper.
func (Party) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	field := params.(*PartyParams).Field
	f, d, res, ok := document(s, field)
	if !ok {
		return res, nil
	}
	c := caseOf(s)
	if field == "grantee" && !grants(d) && expected.Readable(d) {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	if i, known := stated(c, s.Asset.Path); known && (field != "grantee" || c.Letters[i].Grantee.Name != "") {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	names := shopNames(c)
	if len(names) == 0 {
		f.Lack("store.name")
		return f.result(), nil
	}
	a := expected.Party(d, field, names...)
	if ev, ok := otherShop(d, c.Store.ID); ok && a.Standing == expected.Found {
		f.Doubt(ev)
		return f.result(), nil
	}
	if a.Standing == expected.Found || field == "grantee" && a.Name != "" && furtherUp(s, a, names) {
		return checks.Result{Outcome: verdict.Pass}, nil
	}
	f.judged++
	ev := seen(d, field, a, names[0])
	if _, bound := expected.Bound(d, c.Store.CreditCode); bound {
		// The shop's code stands on the paper: the name beside it is hard to read,
		// or another's besides.
		if a.Standing == expected.Contradicted {
			f.Doubt(ev)
		}
		return f.result(), nil
	}
	if field == "grantee" && a.Standing == expected.Contradicted && slices.ContainsFunc(s.Case.Of(facts.KindAuthorization), func(o *facts.Asset) bool { return o != s.Asset && blind(o) }) {
		return checks.Result{Outcome: verdict.Pass}, nil // the next hop may be the paper that could not be read, which is asked about
	}
	if a.Standing != expected.Contradicted || field == "grantee" && grantorsUnread(s, a.Name) {
		f.Doubt(ev)
		return f.result(), nil
	}
	f.Failed = append(f.Failed, ev)
	return f.result(), nil
}

// furtherUp reports a letter that is a hop further up the chain: whom it
// authorises grants in another letter, or another letter authorises the shop.
// Whether they join is asked of the chain.
func furtherUp(s checks.Subject, a expected.Answer, names []string) bool {
	for _, o := range s.Case.Of(facts.KindAuthorization) {
		if o == s.Asset || o.Facts == nil {
			continue
		}
		if yes, _ := grantsIn(o, a.Name); yes {
			return true
		}
		if a.Standing == expected.Contradicted && grants(&o.Facts.Document) && expected.Party(&o.Facts.Document, expected.Grantee, names...).Standing == expected.Found {
			return true
		}
	}
	return false
}

// grantorsUnread reports whether a party may grant in another letter whose
// granting party could not be told.
func grantorsUnread(s checks.Subject, name string) bool {
	for _, o := range s.Case.Of(facts.KindAuthorization) {
		if o == s.Asset || blind(o) || !grants(&o.Facts.Document) {
			continue // a certificate, an annex, a paper that is asked about itself
		}
		if _, unread := grantsIn(o, name); unread {
			return true
		}
	}
	return false
}

// Statement is "document-statement": what case.yaml states of a letter is what
// the letter says. What could not be read contradicts nothing; where nothing
// could be read a person compares.
type Statement struct{ onAsset }

// Name of the check.
func (Statement) Name() string { return "document-statement" }

// Doc says what it judges.
func (Statement) Doc() lang.Text {
	return lang.T("比较授权书上读到的内容与 case.yaml 对它的说明；相互矛盾就不通过。只是相近、读得不确定，或什么也没有读出来时，由人对照。",
		"Compares what a letter says with what case.yaml states of it; fails where they contradict each other. A person compares where they are only alike, the reading is unsure, or nothing could be read.")
}

// NewParams returns nil: there are none.
func (Statement) NewParams() any { return nil }

// Needs what a letter says.
func (Statement) Needs(any) []checks.Need {
	return needs(append(partyFacts(), "document.starts", "document.ends", "document.open_ended", "document.sublicense",
		"document.notarized", "document.legalized", "document.signed_at", "document.readings", "document.languages", "document.brands")...)
}

// Run judges one letter.
func (Statement) Run(_ context.Context, s checks.Subject, _ any) (checks.Result, error) {
	c := caseOf(s)
	i, ok := -1, false
	if s.Asset != nil {
		i, ok = stated(c, s.Asset.Path)
	}
	if !ok {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	f, d, res, ok := document(s, "grantor")
	if !ok {
		return res, nil
	}
	l := c.Letters[i]
	f.stated(d, l.Type, "grantor", l.Grantor.Name)
	grantees := []string{l.Grantee.Name}
	if same(l.Grantee.Name, shopNames(c)...) >= party.Unclear {
		grantees = append(grantees, shopNames(c)...) // the shop may be named in either language
	}
	f.stated(d, l.Type, "grantee", grantees...)
	f.brands(d, c, l.ID)
	f.day(d, "starts", d.Starts, l.Starts)
	f.day(d, "signed_at", d.SignedAt, l.SignedAt)
	switch {
	case l.Ends.Open && !d.Ends.IsZero():
		f.judged++
		f.against(d, "ends", date(d.Ends), verdict.WantWords("open"))
	case !l.Ends.At.IsZero() && d.OpenEnded:
		f.judged++
		f.against(d, "open_ended", "open", verdict.Want(date(l.Ends.At)))
	default:
		f.day(d, "ends", d.Ends, l.Ends.At)
	}
	if c.Has(letterKey(i, "sublicense")) && d.Sublicense != "" && d.Sublicense != "unstated" {
		f.judged++
		if l.Sublicense != (d.Sublicense == "allowed") {
			f.against(d, "sublicense", d.Sublicense, verdict.Want(l.Sublicense))
		}
	}
	// Notarization and legalization may stand on sheets of their own: only a
	// statement that none was made is contradicted by one that is seen.
	if c.Has(letterKey(i, "notarized")) && d.Notarized && !l.Notarized {
		f.against(d, "notarized", true, verdict.Want(false))
	}
	if l.Legalization == "none" && d.Legalized != "" && d.Legalized != "none" {
		f.against(d, "legalized", d.Legalized, verdict.WantWords(l.Legalization))
	}
	if len(l.Languages) > 0 && d.Language != "" {
		f.judged++
		if !slices.ContainsFunc(d.Languages, func(language string) bool { return slices.Contains(l.Languages, language) }) {
			f.Doubt(at(d, "languages", strings.Join(d.Languages, ", "), verdict.Want(strings.Join(l.Languages, ", "))))
		}
	}
	if f.judged == 0 {
		f.nothing(l, grantees)
	}
	return f.result(), nil
}

// nothing asks a person to compare what case.yaml states of a letter on which
// none of it could be read.
func (f *findings) nothing(l casefile.Letter, grantees []string) {
	for _, x := range [...]struct {
		field string
		value string
	}{{"grantor", l.Grantor.Name}, {"grantee", grantees[0]}, {"starts", dateOrNone(l.Starts)}, {"ends", dateOrNone(l.Ends.At)}, {"signed_at", dateOrNone(l.SignedAt)}} {
		if x.value != "" {
			f.Doubt(verdict.Evidence{Fact: "document." + x.field, Required: verdict.Want(x.value)})
		}
	}
}

func dateOrNone(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return date(t)
}

// brands asks that a brand which case.yaml says a letter is for stands on it: by
// its name or its registration number. A letter on which no brand was read says
// nothing: it may show a logo.
func (f *findings) brands(d *facts.Document, c *casefile.File, letter string) {
	for _, b := range c.Brands.Authorized {
		if letter == "" || b.Letter != letter || b.Name == "" || len(d.Brands) == 0 {
			continue
		}
		f.judged++
		switch a := expected.Words(unnamed(d), b.Name, b.Registration); a.Standing {
		case expected.Found:
		case expected.Absent:
			f.against(d, "brands", strings.Join(d.Brands[:min(len(d.Brands), 3)], ", "), verdict.Want(b.Name))
		default:
			f.Doubt(at(d, "brands", strings.Join(d.Brands[:min(len(d.Brands), 3)], ", "), verdict.Want(b.Name)))
		}
	}
}

// unnamed is a paper without the names of its parties: a brand that is a company's
// name is not named by the company's.
func unnamed(d *facts.Document) *facts.Document {
	out := *d
	out.Text = slices.Clone(d.Text)
	for i, l := range out.Text {
		for _, p := range d.Parties {
			l.Text = strings.ReplaceAll(l.Text, p.Name, " ")
		}
		out.Text[i] = l
	}
	return &out
}

// stated compares a party with the one case.yaml states, where it states one.
// The terms of an AI tool name no customer, so a party that is absent there is
// not asked about.
func (f *findings) stated(d *facts.Document, letter, role string, names ...string) {
	if names[0] == "" {
		return
	}
	if letter == "ai_licence" && expected.Party(d, role, names...).Standing == expected.Absent {
		return
	}
	f.expect(d, role, names...)
}

// scripts reports whether a name is written in Chinese.
func scripts(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= 0x3400 && r <= 0x9FFF })
}

// day compares a date read with the one stated.
func (f *findings) day(d *facts.Document, field string, read, want time.Time) {
	if read.IsZero() || want.IsZero() {
		return
	}
	f.judged++
	if date(read) != date(want) {
		for _, r := range readings(d, field, read)[1:] {
			if date(r) == date(want) {
				return // the other way to read it
			}
		}
		f.against(d, field, date(read), verdict.Want(date(want)))
	}
}

// attests reports the seal of an office that certifies papers: notaries, and the company
// in Hong Kong that passes on what attesting officers there sign (MISSION M28).
func attests(ring string) bool {
	for _, w := range [...]string{"公证", "法律服务", "领事", "领馆", "使馆", "贸促会", "国际商会"} {
		if strings.Contains(ring, w) {
			return true
		}
	}
	return false
}

// SealName is "document-seal-name": the name on a seal, where it could be
// read, is that of the granting party (M32). Rings are read with luck: never
// more than a review.
type SealName struct{ onAsset }

// Name of the check.
func (SealName) Name() string { return "document-seal-name" }

// Doc says what it judges.
func (SealName) Doc() lang.Text {
	return lang.T("比较公章上读到的名称与授权方（承诺书与店铺主体）；不像时由人看，从不直接判不通过。读不出完整名称的公章不比较。",
		"Compares the name read on a seal with the granting party, on a commitment letter with the shop; where they are not alike a person looks, it never fails. Seals of which no whole name could be read are left out.")
}

// NewParams returns nil: there are none.
func (SealName) NewParams() any { return nil }

// Needs seals and the granting party.
func (SealName) Needs(any) []checks.Need {
	return needs("document.kind", "document.seals", "document.grantor", "document.grantee", "document.certificate_pages", "document.found")
}

// Run judges one paper.
func (SealName) Run(_ context.Context, s checks.Subject, _ any) (checks.Result, error) {
	f, d, res, ok := document(s, "seals", "grantor")
	if !ok {
		return res, nil
	}
	want, own := d.Grantor.Name, []string{}
	if scripts(d.Grantee.Name) {
		own = append(own, d.Grantee.Name)
	}
	if c := caseOf(s); c != nil {
		own = append(own, shopNames(c)...)
		if i, ok := stated(c, s.Asset.Path); ok && c.Letters[i].Grantor.Name != "" {
			want = c.Letters[i].Grantor.Name
		}
		if d.Kind == "commitment" && c.Store.Name.ZH != "" {
			want = c.Store.Name.ZH
		}
	}
	if want == "" || !scripts(want) && !expected.InChina(want) {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	var doubts []verdict.Evidence
	for _, x := range d.Seals {
		if len([]rune(x.Text)) < 6 || x.Of == "grantee" && d.Kind != "commitment" {
			continue // the licensee's own speaks for nobody else: AE523, AE524 ask for the grantor's
		}
		if slices.Contains(d.CertificatePages, x.Page) || attests(x.Text) {
			continue // who certifies the letter
		}
		if alike(x, want) {
			return checks.Result{Outcome: verdict.Pass, Vars: vars(nil)}, nil
		}
		if !expected.Legible(x.Text) || !scripts(want) && !expected.Differs(x.Text, want) {
			continue // what could be made out is no name, or perhaps this one: it speaks for nobody
		}
		if (len(d.Seals) > 1 || person(want)) && (slices.ContainsFunc(own, func(name string) bool { return alike(x, name) }) || expected.Romanised(x.Text, d.Grantee.Name)) {
			continue // the other party of an agreement, or who certifies the copy
		}
		f.judged++
		box := x.Box
		doubts = append(doubts, verdict.Evidence{Fact: "document.seals", Observed: x.Text, Required: verdict.Want(want), Page: x.Page, Box: &box})
	}
	f.Unclear = doubts
	return f.result(), nil
}

// person reports a name that is probably somebody's own: such a party signs and
// has no seal.
func person(name string) bool {
	_, form := party.Core(name)
	return form == "" && len([]rune(name)) <= longestPerson
}

// longestPerson is the most characters of a person's name in Chinese.
const longestPerson = 4

// alike reports whether a reading of a ring is probably a name: most of the
// name's characters come in their order, and where a whole name was read surely some
// of those that are not place, line of business and legal form, which many names share.
func alike(x facts.Seal, name string) bool {
	read := x.Text
	a, b := []rune(fold(read)), []rune(fold(name))
	if len(b) == 0 || len(a) > 200 || len(b) > 200 {
		return false
	}
	const share, surely = 0.6, 0.9
	if float64(edits.Common(a, b)) < share*float64(len(b)) {
		return false
	}
	own, wanted := expected.Distinctive(read), expected.Distinctive(name)
	return x.Surely < surely || !expected.Legible(read) || len(own) < 2 || len(wanted) < 2 || edits.Common(own, wanted) > 0
}

// fold leaves letters and digits.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" ,.()·-&（）", r) {
			return -1
		}
		return r
	}, strings.ReplaceAll(strings.ToLower(s), "个体工商户", "")) // which rings leave out
}

// SignDate is "document-sign-date": a paper is signed before it is handed in,
// and not so long ago that it must be about something else.
type SignDate struct{ onAsset }

// SignDateParams of the check.
type SignDateParams struct {
	// MaxAge is how many days before the penalty it may be signed; 0 for any.
	MaxAge int `json:"max_age" unit:"days" zh:"最多可在处罚前多少天签署；0 为不限" en:"most days before the penalty it may be signed; 0 for any"`
}

// Name of the check.
func (SignDate) Name() string { return "document-sign-date" }

// Doc says what it judges.
func (SignDate) Doc() lang.Text {
	return lang.T("检查文书在提交之前签署，而且不早于处罚太久；签署日期在提交之后，或过早，就不通过。没有读出日期，或读得不确定时，由人判断。",
		"Asks that a paper is signed before it is handed in and not too long before the penalty; fails where the date is later or too early. A person looks where no date could be read or the reading is unsure.")
}

// NewParams returns the default: any age.
func (SignDate) NewParams() any { return &SignDateParams{} }

// Needs the date of signature.
func (SignDate) Needs(any) []checks.Need {
	return needs("document.signed_at", "document.readings", "document.dates", "document.found")
}

// Run judges one paper.
func (SignDate) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	f, d, res, ok := document(s, "signed_at")
	if !ok {
		return res, nil
	}
	when := submission(s)
	if when.IsZero() {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	if d.SignedAt.IsZero() {
		f.Doubt(verdict.Evidence{Fact: "document.signed_at", Required: verdict.Compared("<=", date(when))})
		return f.result(), nil
	}
	f.judged++
	oldest := time.Time{}
	if days := params.(*SignDateParams).MaxAge; days > 0 {
		since := when
		if c := caseOf(s); c != nil && !c.Violation.EffectiveAt.IsZero() {
			since = c.Violation.EffectiveAt
		}
		oldest = since.AddDate(0, 0, -days)
	}
	f.signed(d, oldest, when)
	return f.result(), nil
}
