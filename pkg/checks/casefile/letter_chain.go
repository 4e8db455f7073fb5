package casefile

import (
	"context"
	"strings"
	"time"
	"unicode"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/checks/expected"
	"github.com/aecheck/aecheck/pkg/checks/party"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// LetterChain asks that every hop continues the one above it (M17): who is
// authorised by letters[].previous is who grants in this one. A sub-licence
// without a letter above it is a chain with its beginning missing, and a letter that
// lets somebody sub-license whom no other letter names one with its middle missing.
type LetterChain struct{ andPapers }

// Name is "letter-chain".
func (LetterChain) Name() string { return "letter-chain" }

// Doc says what it judges.
func (LetterChain) Doc() lang.Text {
	return lang.T("检查 letters 中每份授权书的授权方就是上一级的被授权方；不是同一方，或转授权书没有写上一级，就不通过。名称只是相近，或没有写明时，由人判断。",
		"Asks that the grantor of every letter is the grantee of the letter above it; fails where they differ, and where a sub-licence names no letter above. A person looks where the names are only alike or not given.")
}

// NewParams returns nil: there are none.
func (LetterChain) NewParams() any { return nil }

// Run judges the case.
func (LetterChain) Run(_ context.Context, s checks.Subject, _ any) (checks.Result, error) {
	f, ok := gather(s)
	if !ok {
		return skip()
	}
	over := map[int]int{} // by the lower letter of a gap the upper one
	for up, i := range f.gaps() {
		if other, ok := over[i]; !ok || up < other {
			over[i] = up
		}
	}
	for i, l := range f.file.Letters {
		up, ok := f.above(i)
		higher, gap := over[i]
		switch {
		case ok:
			f.joins(up, i)
		case gap:
			f.fail(i, "grantor.name", l.Grantor.Name, verdict.Want(f.file.Letters[higher].Grantee.Name))
		case l.Previous == "" && l.Type == "sublicence":
			f.fail(i, "previous", "", verdict.WantWords("letters[].id"))
		}
	}
	return f.result(), nil
}

// joins asks that who grants in letter i is who is authorised in letter up, by
// case.yaml, and where that leaves a name out by the papers.
func (f *findings) joins(up, i int) {
	above, grantor := f.file.Letters[up].Grantee.Name, f.file.Letters[i].Grantor.Name
	if above == "" {
		if d := f.paper(up); d != nil {
			above = d.Grantee.Name
		}
	}
	if above == "" {
		f.lackOf(up, "grantee.name")
	}
	if grantor != "" {
		switch like := party.Compare(above, grantor); {
		case expected.Romanised(above, grantor):
			// One company by its Chinese and its Latin name.
		case like == party.Different && hasHan(above) != hasHan(grantor):
			f.doubt(i, "grantor.name", grantor, verdict.Want(above)) // a trading name may be no reading of the other
		case like == party.Different:
			f.fail(i, "grantor.name", grantor, verdict.Want(above))
		case like == party.Unclear:
			f.doubt(i, "grantor.name", grantor, verdict.Want(above))
		}
		return
	}
	d := f.paper(i)
	if d == nil || above == "" {
		f.lackOf(i, "grantor.name")
		return
	}
	switch a := expected.Named(d, expected.Grantor, above); a.Standing {
	case expected.Found:
	case expected.Contradicted:
		f.fail(i, "grantor.name", a.Name, verdict.Want(above))
	default:
		f.doubt(i, "grantor.name", a.Name, verdict.Want(above))
	}
}

// LetterGrantee asks that the last letter of every chain authorises this shop (M17).
type LetterGrantee struct{ andPapers }

// LetterGranteeParams of "letter-grantee".
type LetterGranteeParams struct {
	// Types of letters[].type that are judged; empty for all.
	Types []string `json:"types" zh:"检查哪些类型（letters[].type）的授权书；留空为全部" en:"letters[].type judged; empty for all"`
}

// Name is "letter-grantee".
func (LetterGrantee) Name() string { return "letter-grantee" }

// Doc says what it judges.
func (LetterGrantee) Doc() lang.Text {
	return lang.T("检查每条授权链最后一份授权书的被授权方是本店；是别人就不通过。名称只是相近，或没有写被授权方或店铺名称时，由人判断。",
		"Asks that the last letter of every chain authorises this shop; fails where it authorises somebody else. A person looks where the names are only alike, and where the grantee or the shop's name is not given.")
}

// NewParams returns the defaults: letters that a rights holder signs.
func (LetterGrantee) NewParams() any { return &LetterGranteeParams{thirdParty()} }

// Run judges the case.
func (LetterGrantee) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	f, ok := gather(s)
	if !ok {
		return skip()
	}
	p := params.(*LetterGranteeParams)
	store := f.file.Store
	names := append([]string{store.Name.ZH, store.Name.EN}, store.OtherNames...)
	further, gaps := f.followed(), f.gaps()
	for i, l := range f.file.Letters {
		if _, gap := gaps[i]; gap || further[i] || !wants(p.Types, l) {
			continue // "letter-chain" tells of a gap
		}
		if l.Grantee.Name == "" {
			if f.paper(i) == nil { // else "document-party" looks on the paper
				f.lackOf(i, "grantee.name")
			}
			continue
		}
		switch party.Best(l.Grantee.Name, names) {
		case party.Unknown:
			f.Lack("store.name")
		case party.Different:
			f.fail(i, "grantee.name", l.Grantee.Name, verdict.Want(first(names)))
		case party.Unclear:
			f.doubt(i, "grantee.name", l.Grantee.Name, verdict.Want(first(names)))
		}
	}
	return f.result(), nil
}

func first(names []string) string {
	for _, n := range names {
		if n != "" {
			return n
		}
	}
	return ""
}

// LetterSublicense asks that every letter but the last of a chain allows
// sub-licensing (https://jiangzuoku.net/post/98192.html: A→B→C needs B's explicit right).
type LetterSublicense struct{ andPapers }

// Name is "letter-sublicense".
func (LetterSublicense) Name() string { return "letter-sublicense" }

// Doc says what it judges.
func (LetterSublicense) Doc() lang.Text {
	return lang.T("检查授权链中除最后一份以外的授权书都允许转授权；写明不允许就不通过，没有写明时由人判断。",
		"Asks that every letter but the last of a chain allows sub-licensing; fails where it does not, and a person looks where that is not said.")
}

// NewParams returns nil: there are none.
func (LetterSublicense) NewParams() any { return nil }

// Run judges the case.
func (LetterSublicense) Run(_ context.Context, s checks.Subject, _ any) (checks.Result, error) {
	f, ok := gather(s)
	if !ok {
		return skip()
	}
	further := f.followed()
	for i, l := range f.file.Letters {
		said := ""
		if d := f.paper(i); d != nil && !f.has(i, "sublicense") {
			said = d.Sublicense
		}
		switch {
		case !further[i] || l.Sublicense || said == "allowed":
		case said == "forbidden":
			f.doubt(i, "sublicense", false, verdict.Want(true))
		case !f.has(i, "sublicense"):
			f.lackOf(i, "sublicense")
		default:
			f.fail(i, "sublicense", false, verdict.Want(true))
		}
	}
	return f.result(), nil
}

// LetterDates asks that no letter reaches beyond the one it rests on (a lower
// grant may not outlast the upper one, https://jiangzuoku.net/post/98192.html).
type LetterDates struct{ andPapers }

// Name is "letter-dates".
func (LetterDates) Name() string { return "letter-dates" }

// Doc says what it judges.
func (LetterDates) Doc() lang.Text {
	return lang.T("检查授权书的有效期不超出上一级；开始得更早或结束得更晚就不通过。没有写结束日期时由人判断。",
		"Asks that no letter reaches beyond the one above it; fails where it starts earlier or ends later. A person looks where an end is not given.")
}

// NewParams returns nil: there are none.
func (LetterDates) NewParams() any { return nil }

// Run judges the case.
func (LetterDates) Run(_ context.Context, s checks.Subject, _ any) (checks.Result, error) {
	f, ok := gather(s)
	if !ok {
		return skip()
	}
	for i, l := range f.file.Letters {
		up, ok := f.above(i)
		if !ok {
			continue
		}
		above := f.file.Letters[up]
		if !l.Starts.IsZero() && !above.Starts.IsZero() && l.Starts.Before(above.Starts) {
			f.fail(i, "starts", date(l.Starts), verdict.Want(date(above.Starts)))
		}
		f.ends(i, f.term(i), up, f.term(up))
	}
	return f.result(), nil
}

// term is when letter i ends: by case.yaml, else by the paper.
func (f *findings) term(i int) casefile.EndDate {
	e := f.file.Letters[i].Ends
	if d := f.paper(i); d != nil && !e.Open && e.At.IsZero() {
		e = casefile.EndDate{Open: d.OpenEnded, At: d.Ends}
	}
	return e
}

// ends compares the last days of a letter and the one above it.
func (f *findings) ends(i int, lower casefile.EndDate, up int, upper casefile.EndDate) {
	switch {
	case upper.Open:
	case upper.At.IsZero():
		f.lackOf(up, "ends")
	case lower.Open:
		f.fail(i, "ends", "open", verdict.Want(date(upper.At)))
	case lower.At.IsZero():
		f.lackOf(i, "ends")
	case lower.At.After(upper.At):
		f.fail(i, "ends", date(lower.At), verdict.Want(date(upper.At)))
	}
}

func date(t time.Time) string { return t.In(lang.Beijing()).Format(time.DateOnly) }

// LetterValidity asks that letters are in force when the appeal is submitted: at
// appeal.planned_at, else now (M32). A letter is in force from the first
// second of starts to the last of ends, Beijing time.
type LetterValidity struct{ andPapers }

// LetterValidityParams of "letter-validity".
type LetterValidityParams struct {
	// Types of letters[].type that are judged; empty for all.
	Types []string `json:"types" zh:"检查哪些类型（letters[].type）的授权书；留空为全部" en:"letters[].type judged; empty for all"`
	// Ahead, in days, asks about letters that are in force at submission but
	// not so many days after it; 0 asks about submission itself.
	Ahead int `json:"ahead" unit:"days" zh:"针对提交后这么多天内到期的授权书；0 为提交当时" en:"asks about letters that end within so many days after submission; 0 asks about submission itself"`
}

// Name is "letter-validity".
func (LetterValidity) Name() string { return "letter-validity" }

// Doc says what it judges.
func (LetterValidity) Doc() lang.Text {
	return lang.T("检查提交申诉时（计划的时间，没有计划就是现在）授权书在有效期内，按 case.yaml 所写；没有生效或已经到期就不通过，没有写结束日期时由人判断。设置了 ahead 时，改为对提交时有效、但在这么多天内到期的不通过。",
		"Asks that letters, as case.yaml states them, are in force when the appeal is submitted, as planned or else now; fails where one has not begun or is over, and a person looks where the end is not given. With ahead it fails letters that are in force then but end within so many days.")
}

// NewParams returns the defaults: all letters, at submission.
func (LetterValidity) NewParams() any { return &LetterValidityParams{} }

// Run judges the case.
func (LetterValidity) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	f, ok := gather(s)
	if !ok {
		return skip()
	}
	p := params.(*LetterValidityParams)
	when := s.Case.Clock.Now
	if planned := f.file.Appeal.PlannedAt; planned.After(when) {
		when = planned
	}
	for i, l := range f.file.Letters {
		if !wants(p.Types, l) {
			continue
		}
		over := l.Ends.At.AddDate(0, 0, 1) // first instant after the last day
		switch {
		case !l.Starts.IsZero() && when.Before(l.Starts):
			if p.Ahead == 0 {
				f.fail(i, "starts", date(l.Starts), verdict.Compared("<=", date(when)))
			}
		case l.Ends.Open:
		case l.Ends.At.IsZero():
			if p.Ahead == 0 && f.paper(i) == nil { // else "document-validity" looks on the paper
				f.lackOf(i, "ends")
			}
		case !when.Before(over):
			if p.Ahead == 0 {
				f.fail(i, "ends", date(l.Ends.At), verdict.Compared(">=", date(when)))
			}
		case p.Ahead > 0 && !when.AddDate(0, 0, p.Ahead).Before(over):
			f.fail(i, "ends", date(l.Ends.At), verdict.Compared(">=", date(when.AddDate(0, 0, p.Ahead))))
		}
	}
	return f.result(), nil
}

func hasHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}
