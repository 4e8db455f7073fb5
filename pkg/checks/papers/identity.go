package papers

import (
	"context"

	"github.com/aecheck/aecheck/pkg/checks"
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
	return lang.T("检查承诺书等文书上写的违规编号和商品 ID 与 case.yaml 一致；写的是别的就不通过。只差一两个字符或读得不确定时由人对照；没有写编号的不判断。",
		"Asks that the violation ID and product ID on a paper such as the commitment letter are those of case.yaml; fails where it names others. A person compares where only a character or two differ and where the reading is unsure; a paper that names none is not judged.")
}

// NewParams returns nil: there are none.
func (Identity) NewParams() any { return nil }

// Needs the IDs.
func (Identity) Needs(any) []checks.Need {
	return needs("document.violation_ids", "document.product_ids", "document.found")
}

// Run judges one paper.
func (Identity) Run(_ context.Context, s checks.Subject, _ any) (checks.Result, error) {
	f, d, res, ok := document(s, "violation_ids")
	if !ok {
		return res, nil
	}
	c := caseOf(s)
	if c == nil {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	f.ids(d, "violation_ids", d.ViolationIDs, c.Violation.ID)
	f.ids(d, "product_ids", d.ProductIDs, c.Product.ID)
	return f.result(), nil
}
