package papers

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Pages is "document-pages": a paper whose pages are numbered "1 of 3" is there
// as a whole (M31(6)), in one file or in several of the same kind.
type Pages struct{ onAsset }

// Name of the check.
func (Pages) Name() string { return "document-pages" }

// Doc says what it judges.
func (Pages) Doc() lang.Text {
	return lang.T("印着“第几页共几页”的文书，检查各页都在（同一个文件，或同类的几个文件里）；少页就不通过。还有读不出页码的同类文件时，由人核对。",
		"Asks that all pages of a paper are there whose pages are numbered “1 of 3”, in one file or in several of the same kind; fails where some are missing. A person looks where other files of the kind show no page number.")
}

// NewParams returns nil: there are none.
func (Pages) NewParams() any { return nil }

// Needs page numbers.
func (Pages) Needs(any) []checks.Need { return needs("document.page_numbers", "document.pages") }

// Run judges one paper.
func (Pages) Run(_ context.Context, s checks.Subject, _ any) (checks.Result, error) {
	f, d, res, ok := document(s, "page_numbers")
	if !ok {
		return res, nil
	}
	for _, n := range d.PageNumbers {
		if n.Confidence < surely {
			continue
		}
		f.judged++
		if d.Pages >= n.Of {
			continue // all there, whatever their numbers were read as
		}
		have, unnumbered := []int{}, 0
		for i := range s.Case.Assets {
			a := &s.Case.Assets[i]
			if a.Kind != s.Asset.Kind || a.Facts == nil {
				continue
			}
			o := &a.Facts.Document
			numbered := 0
			for _, m := range o.PageNumbers {
				if m.Of == n.Of {
					have = append(have, m.Number)
					numbered++
				}
			}
			if len(o.PageNumbers) == 0 || numbered > 0 {
				unnumbered += max(0, o.Pages-len(o.PageNumbers))
			}
		}
		var missing []string
		for k := 1; k <= n.Of; k++ {
			if !slices.Contains(have, k) {
				missing = append(missing, strconv.Itoa(k))
			}
		}
		if len(missing) == 0 {
			continue
		}
		box := n.Box
		ev := verdict.Evidence{Fact: "document.page_numbers", Observed: strings.Join(missing, ", "), Required: verdict.Want(fmt.Sprintf("1–%d", n.Of)), Quote: n.Text, Page: n.Page, Box: &box}
		if unnumbered >= len(missing) {
			f.Doubt(ev)
		} else {
			f.Failed = append(f.Failed, ev)
		}
		break
	}
	return f.result(), nil
}
