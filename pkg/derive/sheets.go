package derive

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/facts"
)

// Sheets marks the pages of papers that were photographed or scanned page by page, each
// into a file of its own: what one of them lacks, a seal or a signature, may stand on
// another. It replaces the list of assets where it changes something.
func Sheets(v *facts.Case) {
	for i := range v.Assets {
		a := &v.Assets[i]
		if a.Sheet || !page(a) || !slices.ContainsFunc(v.Assets, func(o facts.Asset) bool { return o.Path != a.Path && samePaper(a, &o) }) {
			continue
		}
		v.Assets = slices.Clone(v.Assets)
		v.Assets[i].Sheet = true
	}
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

// counted is what tells the names of pages apart: 授权书 and 授权书2, 第一页 and 第二页, (上) and (下).
var counted = regexp.MustCompile(`[0-9０-９一二三四五六七八九十首末尾上下第页頁()（） _-]+`)

// unnumbered is the name of a file without its extension and its numbers.
func unnumbered(p string) string {
	base := path.Base(p)
	return counted.ReplaceAllString(strings.ToLower(strings.TrimSuffix(base, path.Ext(base))), "")
}
