package batch

import (
	"cmp"
	"context"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	stated "github.com/aecheck/aecheck/pkg/checks/casefile"
	"github.com/aecheck/aecheck/pkg/checks/party"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// LetterScope holds what is known of one letter, from its text and from any case that
// says it, against every case that hands it in: products, categories, dates. Categories
// that have nothing in common are LetterReuse's.
type LetterScope struct{}

// Name is "letter-scope".
func (LetterScope) Name() string { return "letter-scope" }

// Doc says what it judges.
func (LetterScope) Doc() lang.Text {
	return lang.T("把几个案件共用的同一份授权书放在一起看：各案件写的起止日期、签署日期、转授权不一致；一个案件写的期限已过（或还没开始），另一个案件没有写期限也在用；一个案件写的类目不包含另一个案件的商品，就不通过。授权书上列出了商品 ID、却没有某个案件的商品，写的类目互不包含，或文件不同但读起来是同一份的，由人判断。大类不同的由 letter-reuse 检查。",
		"Looks at one letter in all the cases that hand it in: fails where they say different terms, dates of signature or sub-licensing of it, where one says a term that is over or has not begun and another, silent of it, uses the letter, and where the categories that one says leave out the product of another. A person looks where the letter lists product IDs without that of a case, where the categories said exclude each other, and at files that differ and read as one letter. Categories that differ from the first step on are letter-reuse's.")
}

// NewParams returns nil: there are none.
func (LetterScope) NewParams() any { return nil }

// Needs asks for what tells a letter from others, and the products it lists.
func (LetterScope) Needs(params any) []checks.Need {
	return append(LetterReuse{}.Needs(params), checks.Need{Kind: facts.KindAuthorization, Fact: "document.product_ids"})
}

// Vars are the cases concerned and how many things do not fit.
func (LetterScope) Vars() []string { return []string{"cases", "count"} }

// Run judges the batch.
func (LetterScope) Run(_ context.Context, s checks.Subject, _ any) (checks.Result, error) {
	if len(s.Batch) < 2 {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	c := scopes{concerned: map[string]bool{}}
	for _, letter := range lettersOf(s.Batch) {
		c.products(letter)
		c.statements(letter)
		c.terms(letter)
		c.categories(letter)
	}
	return c.Result(func(shown []verdict.Evidence) map[string]verdict.Value {
		return map[string]verdict.Value{"cases": checks.Paths(sorted(c.concerned)), "count": checks.Count(len(shown))}
	}), nil
}

// handed is a letter as a case hands it in.
type handed struct {
	kase  *facts.Case
	file  string
	facts *facts.Set
	says  *casefile.Letter // what case.yaml says of it, nil for nothing
	entry int              // of letters, that says it
}

// lettersOf gathers the letters of all cases, those that are one letter together.
func lettersOf(cases []*facts.Case) [][]handed {
	var out [][]handed
	bySum, byParties := map[string]int{}, map[[2]string][]int{}
	for _, v := range cases {
		if v.File == nil {
			continue
		}
		for _, a := range v.Of(facts.KindAuthorization) {
			if a.Facts == nil || a.Facts.File.SHA256 == "" || a.Facts.File.Bytes == 0 {
				continue
			}
			h := handed{kase: v, file: a.Path, facts: a.Facts}
			if i := slices.IndexFunc(v.File.Letters, func(l casefile.Letter) bool { return l.File == a.Path }); i >= 0 {
				h.says, h.entry = &v.File.Letters[i], i
			}
			d := &a.Facts.Document
			at, ok := bySum[a.Facts.File.SHA256]
			if !ok {
				parties := [2]string{core(d.Grantor.Name), core(d.Grantee.Name)}
				at = len(out)
				if i := slices.IndexFunc(byParties[parties], func(i int) bool { return oneLetter(&out[i][0].facts.Document, d) }); i >= 0 {
					at = byParties[parties][i]
				} else {
					out, byParties[parties] = append(out, nil), append(byParties[parties], at)
				}
				bySum[a.Facts.File.SHA256] = at
			}
			out[at] = append(out[at], h)
		}
	}
	return out
}

func core(name string) string { c, _ := party.Core(name); return c }

// scopes is what was found.
type scopes struct {
	checks.Gathered
	concerned map[string]bool
}

// note adds a piece of evidence of one case beside another; that it is sure holds for
// the same bytes alone.
func (c *scopes) note(sure bool, was, now handed, e verdict.Evidence) {
	c.concerned[was.kase.Path], c.concerned[now.kase.Path] = true, true
	e.Related = &verdict.Related{Case: was.kase.Path, Asset: path.Join(was.kase.Path, was.file)}
	list := &c.Unclear
	if sure && was.facts.File.SHA256 == now.facts.File.SHA256 {
		list = &c.Failed
	}
	*list = append(*list, e)
}

// products asks that a letter that lists products lists those of all its cases. Where
// it lists none of them, the numbers are no products of theirs.
func (c *scopes) products(letter []handed) {
	var ids []string
	for _, h := range letter {
		ids = append(ids, h.facts.Document.ProductIDs...)
	}
	on := slices.IndexFunc(letter, func(h handed) bool { return slices.Contains(ids, h.kase.File.Product.ID) })
	if on < 0 {
		return
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	for _, h := range letter {
		if id := h.kase.File.Product.ID; id != "" && !slices.Contains(ids, id) {
			c.note(false, letter[on], h, verdict.Evidence{
				Fact: "document.product_ids", Observed: strings.Join(ids, ", "), Required: verdict.Compared("contains", id), Quote: "product.id: " + h.kase.Path + " " + id,
			})
		}
	}
}

// statements asks that what is said of a letter is the same in all cases.
func (c *scopes) statements(letter []handed) {
	for _, said := range [...]struct {
		key string
		by  func(handed) string
	}{
		{"starts", func(h handed) string { return day(h.says.Starts) }}, {"ends", func(h handed) string { return last(h.says) }},
		{"signed_at", func(h handed) string { return day(h.says.SignedAt) }}, {"sublicense", sublicense},
	} {
		var first handed
		for _, h := range letter {
			switch {
			case h.says == nil || said.by(h) == "":
			case first.says == nil:
				first = h
			case said.by(h) != said.by(first):
				c.note(true, first, h, verdict.Evidence{
					Fact: "case.letters." + said.key, Observed: []any{said.by(first), said.by(h)},
					Quote: fmt.Sprintf("letters.%s: %s %s, %s %s", said.key, first.kase.Path, said.by(first), h.kase.Path, said.by(h)),
				})
			}
		}
	}
}

// terms asks that a letter with a term that some case says is in force for those that
// say none. Of several terms said the one that ends first counts.
func (c *scopes) terms(letter []handed) {
	var says handed
	for _, h := range letter {
		if h.says != nil && last(h.says)+day(h.says.Starts) != "" && (says.says == nil || last(h.says) != "" && (last(says.says) == "" || last(h.says) < last(says.says))) {
			says = h
		}
	}
	if says.says == nil {
		return
	}
	for _, h := range letter {
		if h.says != nil && last(h.says)+day(h.says.Starts) != "" {
			continue
		}
		today := day(cmp.Or(h.kase.File.Appeal.PlannedAt, h.kase.Clock.Now))
		switch from, to := day(says.says.Starts), day(says.says.Ends.At); {
		case today == "":
		case to != "" && to < today:
			c.note(true, says, h, verdict.Evidence{Fact: "case.letters.ends", Observed: to, Required: verdict.Compared(">=", today), Quote: path.Join(h.kase.Path, h.file)})
		case from > today:
			c.note(true, says, h, verdict.Evidence{Fact: "case.letters.starts", Observed: from, Required: verdict.Compared("<=", today), Quote: path.Join(h.kase.Path, h.file)})
		}
	}
}

// categories compares what is said of categories with the products, where these have
// their first step in common. Each case is told of once.
func (c *scopes) categories(letter []handed) {
	var says []handed // one for each thing said
	known := map[string]bool{}
	for _, h := range letter {
		if key := covered(h.kase.File, h.file); key != "" && !known[key] {
			known[key] = true
			says = append(says, h)
		}
	}
	for _, h := range letter {
		product := h.kase.File.Product.Category
		for _, other := range says {
			if other.kase == h.kase || product == "" || top(product) != top(other.kase.File.Product.Category) || !leavesOut(other, h) {
				continue
			}
			said := strings.Join(other.says.Categories, ", ")
			quote := fmt.Sprintf("letters.categories: %s %s; ", other.kase.Path, said)
			if silent(h) {
				quote += fmt.Sprintf("product.category: %s %s", h.kase.Path, product)
			} else {
				quote += h.kase.Path + " " + strings.Join(h.says.Categories, ", ")
			}
			c.note(silent(h), other, h, verdict.Evidence{Fact: "case.letters.categories", Observed: said, Required: verdict.Compared("contains", product), Quote: quote})
			break
		}
	}
}

func silent(h handed) bool { return h.says == nil || len(h.says.Categories) == 0 }

// leavesOut reports whether the categories that one case says of a letter leave out the
// product of another.
func leavesOut(says, other handed) bool {
	if silent(says) {
		return false
	}
	everything := (stated.LetterCategories{}).NewParams().(*stated.LetterCategoriesParams).Everything
	return !slices.ContainsFunc(says.says.Categories, func(c string) bool {
		return stated.Covers(c, other.kase.File.Product.Category) || slices.Contains(everything, strings.ToLower(strings.TrimSpace(c)))
	})
}

// sublicense is what a case says of it, "" for nothing.
func sublicense(h handed) string {
	if !h.kase.File.Has(fmt.Sprintf("letters[%d].sublicense", h.entry)) {
		return ""
	}
	return strconv.FormatBool(h.says.Sublicense)
}

// last is the last day a letter is said to hold, "open" without an end, "" where nothing
// is said.
func last(l *casefile.Letter) string {
	if l.Ends.Open {
		return "open"
	}
	return day(l.Ends.At)
}
