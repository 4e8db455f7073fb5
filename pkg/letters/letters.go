// Package letters drafts the papers that a case needs and that people sign: the
// commitment letter, letters of authorization and sub-licences, with what the rules
// look for in them. They say what case.yaml says; what it does not say is a blank, and
// nothing is signed, sealed or dated. The words stand in one file a language.
//
// It may import pkg/casefile, pkg/config, pkg/draft and pkg/lang.
package letters

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/draft"
	"github.com/aecheck/aecheck/pkg/lang"
)

// Kinds of papers that can be drafted.
const (
	Commitment    = "commitment"
	Authorization = "authorization"
	Sublicense    = "sublicense"
)

// Kinds lists them.
func Kinds() []string { return []string{Commitment, Authorization, Sublicense} }

// Types of letters[].type (pkg/casefile).
const (
	typeBrand      = "brand"
	typeCopyright  = "copyright"
	typePortrait   = "portrait"
	typeSublicence = "sublicence"
)

// Draft is one paper.
type Draft struct {
	Name  string // of its files, without an extension
	Paper *draft.Paper
	// Open is what is left to be filled in, in the words of the paper's language.
	Open []string
}

// Write drafts the papers of a kind in a language: of letters, one for each that
// case.yaml names, or the one with an id, and where it names none a form with blanks.
// The error is an unknown language or kind, or an id that is not there.
func Write(file *casefile.File, kind, id, tag string) ([]Draft, error) {
	words, err := loadForms(tag)
	if err != nil {
		return nil, err
	}
	form, ok := words.Forms[kind]
	if !ok {
		return nil, fmt.Errorf("%w: %s", ErrKind, kind)
	}
	if file == nil {
		file = &casefile.File{}
	}
	w := writer{file: file, words: words, form: form, kind: kind}
	if kind == Commitment {
		return []Draft{w.draft(w.form.File, w.pledged())}, nil
	}
	var out []Draft
	wanted := w.wanted(id)
	if id != "" && len(wanted) == 0 {
		return nil, fmt.Errorf("%w: %s", ErrLetter, id)
	}
	for _, i := range wanted {
		name := w.form.File
		if len(wanted) > 1 {
			name += "-" + strings.Map(plainName, label(file.Letters[i], i))
		}
		if slices.ContainsFunc(out, func(d Draft) bool { return strings.EqualFold(d.Name, name) }) {
			name += "-" + strconv.Itoa(i+1)
		}
		out = append(out, w.draft(name, w.granted(i)))
	}
	if len(wanted) == 0 {
		out = append(out, w.draft(w.form.File, w.granted(-1)))
	}
	return out, nil
}

// label is what tells a letter from others: its id, else its number.
func label(l casefile.Letter, i int) string {
	if l.ID != "" {
		return l.ID
	}
	return strconv.Itoa(i + 1)
}

// plainName keeps of an id what any system takes in the name of a file.
func plainName(r rune) rune {
	if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_' {
		return r
	}
	return '_'
}

// writer makes papers of one kind.
type writer struct {
	file  *casefile.File
	words *forms
	form  form
	kind  string
}

// wanted are the letters of case.yaml that a kind of paper is for.
func (w *writer) wanted(id string) []int {
	var out []int
	for i, l := range w.file.Letters {
		of := w.kind == Sublicense && l.Type == typeSublicence ||
			w.kind == Authorization && slices.Contains([]string{"", typeBrand, typeCopyright, typePortrait}, l.Type)
		if of && (id == "" || l.ID == id) {
			out = append(out, i)
		}
	}
	return out
}

// values are what a paper says, and which of its rows and lines it has.
type values struct {
	text  map[string]string
	holds map[string]bool
}

// pledged are the values of the commitment letter.
func (w *writer) pledged() values {
	s := w.file.Store
	name, other := w.shop()
	individual := s.Type == "individual"
	return values{
		map[string]string{"shop": name, "shop_plain": name, "shop_other": other, "shop_code": s.CreditCode, "shop_id": s.ID, "product": w.file.Product.ID, "violation": w.file.Violation.ID},
		map[string]bool{"shop_other": other != "", "individual": individual, "company": !individual},
	}
}

// shop is the name of the shop's company in the language of the paper, and in the
// other one; where only one is known it stands alone.
func (w *writer) shop() (name, other string) {
	n := w.file.Store.Name
	name, other = n.ZH, n.EN
	if w.words.Language != "zh" {
		name, other = n.EN, n.ZH
	}
	if name == "" {
		name, other = other, ""
	}
	return name, other
}

// isShop reports that a name is one of the shop's.
func (w *writer) isShop(name string) bool {
	s := w.file.Store
	return slices.ContainsFunc(append([]string{s.Name.ZH, s.Name.EN}, s.OtherNames...), func(n string) bool {
		return n != "" && strings.EqualFold(strings.TrimSpace(n), strings.TrimSpace(name))
	})
}

// granted are the values of letter i; of a form where i is below zero.
func (w *writer) granted(i int) values {
	var l casefile.Letter
	if i >= 0 {
		l = w.file.Letters[i]
	}
	f := w.file
	has := func(field string) bool { return i >= 0 && f.Has(fmt.Sprintf("letters[%d].%s", i, field)) }
	grantee, other := l.Grantee.Name, ""
	shop := grantee == "" || w.isShop(grantee)
	if shop {
		grantee, other = w.shop()
	}
	chain := w.chain(l)
	of := w.of(l, chain)
	var brands, numbers []string
	for _, b := range f.Brands.Authorized {
		if i < 0 || slices.ContainsFunc(chain, func(c casefile.Letter) bool { return c.ID != "" && c.ID == b.Letter }) {
			brands, numbers = append(brands, b.Name), append(numbers, b.Registration)
		}
	}
	categories := l.Categories
	if len(categories) == 0 && f.Product.Category != "" {
		categories = []string{f.Product.Category}
	}
	var upstream casefile.Letter
	if len(chain) > 1 {
		upstream = chain[1]
	}
	sub := map[bool]string{true: w.words.Allowed, false: w.words.Forbidden}[l.Sublicense]
	if !has("sublicense") {
		sub = ""
	}
	person := of == typePortrait || natural(l.Grantor.Name)
	home := l.Grantor.Country == "CN" || l.Grantor.Country == "" && (strings.ContainsFunc(l.Grantor.Name, isHan) || l.Grantor.Name == "" && w.words.Language == "zh")
	v := values{map[string]string{
		"kind": w.words.Words["kind."+of], "grantor": l.Grantor.Name, "grantor_plain": l.Grantor.Name, "grantee": grantee, "grantee_other": other, "shop_id": f.Store.ID,
		"brand": strings.Join(brands, w.words.Join), "registration": strings.Join(numbers, w.words.Join), "categories": strings.Join(categories, w.words.Join),
		"territory": w.territory(l.Territory), "term": w.term(l), "sublicense": sub, "upstream": upstream.Grantor.Name,
	}, map[string]bool{
		"person": person, "organisation": !person, "domestic": !person && home, "abroad": !person && !home, "grantee_other": other != "", "shop_grantee": shop,
		typeBrand: of == typeBrand, typeCopyright: of == typeCopyright, typePortrait: of == typePortrait, "previous": len(chain) > 1,
		"first_brand": i >= 0 && len(chain) == 1 && of == typeBrand, "first_copyright": i >= 0 && len(chain) == 1 && of == typeCopyright,
		"allowed": has("sublicense") && l.Sublicense, "forbidden": has("sublicense") && !l.Sublicense,
	}}
	if shop {
		v.text["grantee_code"] = f.Store.CreditCode
	}
	if w.isShop(l.Grantor.Name) {
		v.text["grantor_code"] = f.Store.CreditCode
	}
	return v
}

// chain is a letter with those above it, up to the rights holder's.
func (w *writer) chain(l casefile.Letter) []casefile.Letter {
	out := []casefile.Letter{l}
	for l.Previous != "" && len(out) <= len(w.file.Letters) {
		k := slices.IndexFunc(w.file.Letters, func(o casefile.Letter) bool { return o.ID == l.Previous })
		if k < 0 {
			break
		}
		l = w.file.Letters[k]
		out = append(out, l)
	}
	return out
}

// of is what a letter is about: that of itself or, of a sub-licence, of the letters
// above it; where nothing tells, a brand if one is named.
func (w *writer) of(l casefile.Letter, chain []casefile.Letter) string {
	for _, c := range chain {
		if slices.Contains([]string{typeBrand, typeCopyright, typePortrait}, c.Type) {
			return c.Type
		}
	}
	for _, b := range w.file.Brands.Authorized {
		if b.Letter == l.ID {
			return typeBrand
		}
	}
	if w.file.Violation.Type == "brand_logo" || len(w.file.Brands.Authorized) > 0 {
		return typeBrand
	}
	return typeCopyright
}

// term is from when to when a letter holds; empty where neither is given.
func (w *writer) term(l casefile.Letter) string {
	starts, ends := w.day(l.Starts), w.day(l.Ends.At)
	text := w.words.Term
	switch {
	case l.Ends.Open:
		text = w.words.Open
	case starts == "" && ends == "":
		return ""
	}
	fields := map[string]string{"starts": starts, "ends": ends}
	for name, s := range fields {
		if s == "" {
			fields[name] = w.words.Blank
		}
	}
	return fill(text, fields)
}

func (w *writer) day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(lang.Beijing())
	month := strconv.Itoa(int(t.Month()))
	if len(w.words.Months) == 12 {
		month = w.words.Months[t.Month()-1]
	}
	return fill(w.words.Day, map[string]string{"y": strconv.Itoa(t.Year()), "month": month, "m": strconv.Itoa(int(t.Month())), "d": strconv.Itoa(t.Day())})
}

// territory is where a letter holds, the whole world in the words of the language.
func (w *writer) territory(list []string) string {
	out := slices.Clone(list)
	for i, place := range out {
		switch strings.ToLower(strings.TrimSpace(place)) {
		case "worldwide", "global", "world", "all countries", "全球", "全世界", "全球范围":
			out[i] = w.words.Worldwide
		}
	}
	return strings.Join(out, w.words.Join)
}

// natural reports a name that is a person's: two to four Chinese characters that are no
// company's.
func natural(name string) bool {
	n := 0
	for _, r := range name {
		if !isHan(r) && r != '·' {
			return false
		}
		n++
	}
	return n >= 2 && n <= 4 && !slices.ContainsFunc([]string{"公司", "厂", "店", "行", "社", "中心", "集团"}, func(end string) bool { return strings.HasSuffix(name, end) })
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// draft makes the paper of a form and its values.
func (w *writer) draft(name string, v values) Draft {
	out := Draft{Name: name, Paper: &draft.Paper{Lang: w.words.Language, PageOf: w.words.Pages}}
	text := func(s string) string { return w.filled(s, v, &out.Open) }
	out.Paper.Title = text(w.form.Title)
	add := func(b draft.Block) { out.Paper.Blocks = append(out.Paper.Blocks, b) }
	for _, s := range w.form.Before {
		add(draft.Block{Line: text(s)})
	}
	var rows []draft.Row
	for _, r := range w.form.Rows {
		if r.For == "" || v.holds[r.For] {
			rows = append(rows, draft.Row{Label: r.Label, Value: text(r.Value)})
		}
	}
	add(draft.Block{Rows: rows})
	for _, p := range w.form.Paragraphs {
		if p.For == "" || v.holds[p.For] {
			add(draft.Block{Para: text(p.Text)})
		}
	}
	var sign []string
	for _, l := range w.form.Sign {
		if l.For == "" || v.holds[l.For] {
			sign = append(sign, text(l.Text))
		}
	}
	add(draft.Block{Sign: sign})
	return out
}

// filled puts values into a text; one that is not given becomes a blank and is noted as
// open, and so is a blank within a value.
func (w *writer) filled(s string, v values, open *[]string) string {
	fields := map[string]string{}
	for _, name := range placeholders(s) {
		value := strings.Join(strings.Fields(v.text[name]), " ")
		if value == "" {
			value = w.words.Blank
		}
		if what := w.words.Todo[name]; strings.Contains(value, w.words.Blank) && what != "" && !slices.Contains(*open, what) {
			*open = append(*open, what)
		}
		fields[name] = value
	}
	return fill(s, fields)
}
