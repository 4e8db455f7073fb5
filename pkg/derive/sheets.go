package derive

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/facts"
)

// Sheets marks the pages of papers that were photographed or scanned page by page, each
// into a file of its own: what one of them lacks, a seal or a signature, may stand on
// another. Where it is plain which sheets are one paper, each is given what the others
// say. It replaces the list of assets where it changes something.
func Sheets(v *facts.Case) {
	before := v.Assets
	for i := range before {
		a := &before[i]
		if a.Sheet || !page(a) {
			continue
		}
		var rest []*facts.Asset
		for j := range before {
			if o := &before[j]; o.Path != a.Path && samePaper(a, o) {
				rest = append(rest, o)
			}
		}
		if len(rest) == 0 {
			continue
		}
		if &v.Assets[0] == &before[0] {
			v.Assets = slices.Clone(before)
		}
		v.Assets[i].Sheet = true
		if plainly(a, rest) {
			v.Assets[i].Facts = a.Facts.Clone()
			for _, o := range rest {
				join(&v.Assets[i].Facts.Document, &o.Facts.Document)
			}
		}
	}
}

// plainly reports sheets that can be of one paper only: no two have the same number or,
// without numbers, a title.
func plainly(a *facts.Asset, rest []*facts.Asset) bool {
	numbers, titles := map[int]bool{}, 0
	for _, s := range append([]*facts.Asset{a}, rest...) {
		d := &s.Facts.Document
		for _, n := range d.PageNumbers {
			if numbers[n.Number] {
				return false
			}
			numbers[n.Number] = true
		}
		if d.Title != "" {
			titles++
		}
	}
	return len(numbers) == len(rest)+1 || titles <= 1
}

// join adds to a sheet what another of the same paper says: its parties and dates where
// it has none, its seals and signatures in any case. Where something was read stays that
// of the sheet alone.
func join(d, o *facts.Document) {
	if d.Kind == "other" || first(o) && o.Kind != "other" {
		d.Kind = o.Kind
	}
	for _, p := range []struct{ to, from *facts.DocParty }{{&d.Grantor, &o.Grantor}, {&d.Grantee, &o.Grantee}, {&d.RightsHolder, &o.RightsHolder}} {
		if p.to.Name == "" {
			*p.to = *p.from
		}
	}
	for _, t := range []struct{ to, from *time.Time }{{&d.Starts, &o.Starts}, {&d.Ends, &o.Ends}, {&d.SignedAt, &o.SignedAt}} {
		if t.to.IsZero() {
			*t.to = *t.from
		}
	}
	if d.Sublicense == "" || d.Sublicense == "unstated" {
		d.Sublicense = o.Sublicense
	}
	if d.Scope == "" {
		d.Scope = o.Scope
	}
	d.OpenEnded = d.OpenEnded || o.OpenEnded
	d.Notarized = d.Notarized || o.Notarized
	if !certified(d) {
		d.Legalized = o.Legalized
	}
	for _, l := range []struct{ to, from *[]string }{{&d.Rights, &o.Rights}, {&d.Categories, &o.Categories}, {&d.Brands, &o.Brands}, {&d.Registrations, &o.Registrations},
		{&d.Territory, &o.Territory}, {&d.Platforms, &o.Platforms}, {&d.ViolationIDs, &o.ViolationIDs}, {&d.ProductIDs, &o.ProductIDs}, {&d.Languages, &o.Languages}} {
		for _, s := range *l.from {
			if !slices.Contains(*l.to, s) {
				*l.to = append(*l.to, s)
			}
		}
	}
	d.Parties = append(d.Parties, o.Parties...)
	d.Dates = append(d.Dates, o.Dates...)
	d.Seals = append(d.Seals, o.Seals...)
	d.Signatures = append(d.Signatures, o.Signatures...)
	d.SignPlaces = append(d.SignPlaces, o.SignPlaces...)
	d.SealPlaces = append(d.SealPlaces, o.SealPlaces...)
	d.Color = d.Color || o.Color
	d.Length += o.Length
}

// first reports a paper's first page.
func first(d *facts.Document) bool {
	return d.Title != "" || slices.ContainsFunc(d.PageNumbers, func(n facts.PageNumber) bool { return n.Number == 1 })
}

// page reports a letter's or commitment's file of one page, with text that was read.
func page(a *facts.Asset) bool {
	if a.Facts == nil || !slices.Contains([]string{facts.KindAuthorization, facts.KindCommitment, "ai_licence"}, a.Kind) {
		return false
	}
	d := &a.Facts.Document
	return d.Pages == 1 && d.Length > 0
}

// samePaper reports that two pages are of one paper: they are numbered so, or one has the
// title and the other goes on under a name that differs by a number.
func samePaper(a, b *facts.Asset) bool {
	if a.Kind != b.Kind || !page(b) || path.Dir(a.Path) != path.Dir(b.Path) {
		return false
	}
	x, y := &a.Facts.Document, &b.Facts.Document
	for _, m := range x.PageNumbers {
		for _, n := range y.PageNumbers {
			if m.Of > 1 && m.Of == n.Of && m.Number != n.Number {
				return true
			}
		}
	}
	return (x.Title == "") != (y.Title == "") && unnumbered(a.Path) == unnumbered(b.Path)
}

// counted is what tells the names of pages apart: 授权书 and 授权书2, 第一页 and 第二页, (上) and
// (下), 正面 and 反面, front and back.
var counted = regexp.MustCompile(`[正反背]面|\b(?:front|back|recto|verso|page|pág(?:ina)?|pagina|seite|side|p)\b|[0-9０-９一二三四五六七八九十首末尾上下第页頁()（） _-]+`)

// unnumbered is the name of a file without its extension and its numbers.
func unnumbered(p string) string {
	base := path.Base(p)
	return counted.ReplaceAllString(strings.ToLower(strings.TrimSuffix(base, path.Ext(base))), "")
}
