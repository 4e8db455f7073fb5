package papers

import (
	"context"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// TestRenewal: a letter that is over is a question where the one that renews it lies
// beside it, and fails beside any other letter.
func TestRenewal(t *testing.T) {
	for name, c := range map[string]struct {
		beside func(d *facts.Document)
		want   verdict.Outcome
	}{
		"its renewal":                 {nil, verdict.Review},
		"open-ended":                  {func(d *facts.Document) { d.Ends, d.OpenEnded = time.Time{}, true }, verdict.Review},
		"over as well":                {func(d *facts.Document) { d.Ends = day("2026-06-30") }, verdict.Fail},
		"not begun":                   {func(d *facts.Document) { d.Starts = day("2027-01-01") }, verdict.Fail},
		"somebody else's":             {func(d *facts.Document) { d.Grantee.Name = "广州别家贸易有限公司" }, verdict.Fail},
		"another grantor's":           {func(d *facts.Document) { d.Grantor.Name = "广州别家贸易有限公司" }, verdict.Fail},
		"a grantor that was not read": {func(d *facts.Document) { d.Grantor.Name = "" }, verdict.Fail},
		"for another brand":           {func(d *facts.Document) { d.Brands = []string{"山茶"} }, verdict.Fail},
		"of another type":             {func(d *facts.Document) { d.Kind = "portrait" }, verdict.Fail},
	} {
		old := letter("authorization/old.pdf", func(d *facts.Document) {
			d.Starts, d.Ends, d.Brands = day("2024-01-10"), day("2026-01-09"), []string{"云杉"}
		})
		v := view(t, shop, old, letter("authorization/new.pdf", c.beside))
		r, err := Validity{}.Run(context.Background(), checks.Subject{Case: v, Asset: &v.Assets[0]}, Validity{}.NewParams())
		if err != nil {
			t.Fatal(err)
		}
		if r.Outcome != c.want {
			t.Errorf("%s: %s, want %s", name, say(r), c.want)
		}
		if c.want == verdict.Review && (r.Evidence[0].Related == nil || r.Evidence[0].Related.Asset != "authorization/new.pdf") {
			t.Errorf("%s: the renewal is not named: %+v", name, r.Evidence)
		}
	}
}
