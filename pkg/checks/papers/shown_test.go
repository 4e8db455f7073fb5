package papers

import (
	"context"
	"testing"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// TestShown: what one capture of a notice lacks another may bear.
func TestShown(t *testing.T) {
	capture := func(path string, edit func(d *facts.Document)) facts.Asset {
		return letter(path, func(d *facts.Document) { *d = facts.Document{Kind: "notice"}; edit(d) })
	}
	nothing := func(*facts.Document) {}
	id := func(d *facts.Document) { d.ViolationIDs = []string{"WG1"} }
	date := func(d *facts.Document) { d.Dates = []facts.DocDate{{At: day("2026-11-18"), Role: "issued"}} }
	both := func(d *facts.Document) { id(d); date(d); d.Timestamps = []facts.DocDate{{At: day("2026-11-18")}} }
	unread := func(d *facts.Document) { d.Unread = []string{"blur"} }
	for name, c := range map[string]struct {
		field       string
		own, beside func(*facts.Document)
		want        verdict.Outcome
	}{
		"ID":                         {"violation_ids", id, nothing, verdict.Pass},
		"none at all":                {"violation_ids", nothing, nothing, verdict.Fail},
		"on another that has a time": {"violation_ids", nothing, both, verdict.Pass},
		"on another without a time":  {"violation_ids", date, id, verdict.Review},
		"perhaps on another":         {"violation_ids", date, unread, verdict.Review},
		"a day alone":                {"dates", date, nothing, verdict.Review},
		"a time":                     {"dates", both, nothing, verdict.Pass},
		"no time":                    {"dates", id, id, verdict.Fail},
		"time on another":            {"dates", id, date, verdict.Review},
	} {
		notice := capture("notice/1.png", c.own)
		other := capture("notice/2.png", c.beside)
		notice.Kind, other.Kind = facts.KindNotice, facts.KindNotice
		v := view(t, shop, notice, other)
		r, err := Shown{}.Run(context.Background(), checks.Subject{Case: v, Asset: &v.Assets[0]}, &ShownParams{Field: c.field})
		if err != nil {
			t.Fatal(err)
		}
		if r.Outcome != c.want {
			t.Errorf("%s: %s, want %s", name, say(r), c.want)
		}
	}
}
