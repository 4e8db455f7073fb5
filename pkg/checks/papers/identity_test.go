package papers

import (
	"context"
	"testing"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
)

func TestIdentity(t *testing.T) {
	notice := func(confidence float64, ids ...string) facts.Asset {
		set := &facts.Set{}
		set.Document.ViolationIDs = ids
		set.Document.Found = []facts.DocFound{{Field: "violation_ids", Confidence: confidence}}
		return facts.Asset{Path: "notice/1.png", Kind: facts.KindNotice, Facts: set}
	}
	const named = "violation: {id: WG20261118000123}"
	for _, c := range []struct {
		name, yaml, paper string
		notices           []facts.Asset
		want              string
	}{
		{"as case.yaml says", named, "WG20261118000123", nil, "pass"},
		{"case.yaml goes before the notice", named, "WG20261118000123", []facts.Asset{notice(1, "WG20261101000001")}, "pass"},
		{"another one", named, "WG20261018334471", nil, "fail; violation_ids=WG20261018334471/WG20261118000123"},
		{"case.yaml does not say, the notice does", "store: {level: 2}", "WG20261018334471", []facts.Asset{notice(1, "WG20261118000123")}, "fail; violation_ids=WG20261018334471/WG20261118000123"},
		{"no case.yaml, the notice says the same", "", "wg20261118000123", []facts.Asset{notice(1, "WG20261118000123")}, "pass"},
		{"no case.yaml, the notice says another", "", "WG20261018334471", []facts.Asset{notice(1, "WG20261118000123"), notice(1, "WG20261118000123")}, "fail; violation_ids=WG20261018334471/WG20261118000123"},
		{"a character off", "", "WG20261118000128", []facts.Asset{notice(1, "WG20261118000123")}, "review; judgement; violation_ids=WG20261118000128/WG20261118000123"},
		{"one of several on a list of violations", "", "WG20261118000123", []facts.Asset{notice(1, "WG20261101000001", "WG20261118000123")}, "pass"},
		{"none of several", "", "WG20261018334471", []facts.Asset{notice(1, "WG20261101000001", "WG20261118000123")}, "skip"},
		{"a notice hard to read", "", "WG20261018334471", []facts.Asset{notice(0.6, "WG20261118000123")}, "skip"},
		{"a notice without", "", "WG20261018334471", []facts.Asset{notice(1)}, "skip"},
		{"nothing to go by", "", "WG20261018334471", nil, "skip"},
	} {
		paper := letter("commitment/1.pdf", func(d *facts.Document) { d.ViolationIDs = []string{c.paper} })
		paper.Kind = "commitment"
		v := view(t, c.yaml, append(c.notices, paper)...)
		if c.yaml == "" {
			v.File, v.HasFile = nil, false
		}
		r, err := Identity{}.Run(context.Background(), checks.Subject{Case: v, Asset: &v.Assets[len(v.Assets)-1]}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := say(r); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
