package papers

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Identity is "document-identity": a paper made for this appeal names this
// violation and this product, not another's (M10).
type Identity struct{ onAsset }

// Name of the check.
func (Identity) Name() string { return "document-identity" }

// Doc says what it judges.
func (Identity) Doc() lang.Text {
	return lang.T("检查承诺书等文书上写的违规编号和商品 ID 与 case.yaml 一致，case.yaml 没有写的，与违规通知一致；写的是别的就不通过。只差一两个字符或读得不确定时由人对照；没有写编号的、通知上有几个编号的不判断。",
		"Asks that the violation ID and product ID on a paper such as the commitment letter are those of case.yaml, or of the notice where it does not say; fails where it names others. A person compares where only a character or two differ and where the reading is unsure; a paper that names none is not judged, nor one beside notices that name several.")
}

// NewParams returns nil: there are none.
func (Identity) NewParams() any { return nil }

// Needs the IDs, of the paper and of the notices.
func (Identity) Needs(any) []checks.Need {
	return needs("document.violation_ids", "document.product_ids", "document.found")
}

// Run judges one paper.
func (Identity) Run(_ context.Context, s checks.Subject, _ any) (checks.Result, error) {
	f, d, res, ok := document(s, "violation_ids")
	if !ok {
		return res, nil
	}
	if s.Case == nil {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	var violation, product string
	if c := s.Case.File; c != nil {
		violation, product = c.Violation.ID, c.Product.ID
	}
	notices := s.Case.Filled(facts.KindNotice)
	f.ids(d, "violation_ids", d.ViolationIDs, cmp.Or(violation, noticed(notices, "violation_ids", d.ViolationIDs)))
	f.ids(d, "product_ids", d.ProductIDs, cmp.Or(product, noticed(notices, "product_ids", d.ProductIDs)))
	return f.result(), nil
}

// noticed is the one ID that the notices name, or that of several which the paper has;
// empty where they name none, or it cannot be told which of several is meant, or the
// reading is unsure.
func noticed(notices []*facts.Asset, field string, onPaper []string) string {
	var ids []string
	for _, n := range notices {
		d := &n.Facts.Document
		if sure(d, field) < surely {
			return ""
		}
		read := d.ViolationIDs
		if field == "product_ids" {
			read = d.ProductIDs
		}
		for _, id := range read {
			if slices.ContainsFunc(onPaper, func(p string) bool { return strings.EqualFold(p, id) }) {
				return id
			}
			if !slices.ContainsFunc(ids, func(other string) bool { return strings.EqualFold(other, id) }) {
				ids = append(ids, id)
			}
		}
	}
	if len(ids) != 1 {
		return ""
	}
	return ids[0]
}
