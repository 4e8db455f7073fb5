package papers

import (
	"context"
	"fmt"
	"testing"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
)

// TestLogInParts: logs that go on where another ends are one; what lacks at an end is told
// once, and asked where another file could not be read.
func TestLogInParts(t *testing.T) {
	log := func(i int, span [2]string) facts.Asset {
		set := &facts.Set{}
		if span[0] != "" {
			set.Table = facts.Table{Rows: 9, First: day(span[0]), Last: day(span[1])}
		}
		set.SetStatus("table", facts.Status{State: facts.Present})
		return facts.Asset{Path: fmt.Sprintf("upload_log/%d.csv", i), Kind: "upload_log", Facts: set}
	}
	october, november := [2]string{"2026-10-18", "2026-10-31"}, [2]string{"2026-11-02", "2026-11-17"}
	for name, c := range map[string]struct {
		parts [][2]string
		want  []string
	}{
		"month by month":   {[][2]string{november, october}, []string{"pass", "pass"}},
		"a gap between":    {[][2]string{{"2026-10-18", "2026-10-20"}, november}, []string{"fail; table.last=2026-10-20/≥ 2026-11-15", "fail; table.first=2026-11-02/≤ 2026-10-22"}},
		"three, the last":  {[][2]string{{"2026-10-18", "2026-10-24"}, {"2026-10-25", "2026-10-30"}, {"2026-10-30", "2026-11-05"}}, []string{"pass", "pass", "fail; table.last=2026-11-05/≥ 2026-11-15"}},
		"beside a capture": {[][2]string{november, {}}, []string{"review; judgement; table.first=2026-11-02/≤ 2026-10-22"}},
	} {
		var assets []facts.Asset
		for i, p := range c.parts {
			assets = append(assets, log(i, p))
		}
		v := view(t, shop, assets...)
		for i, want := range c.want {
			r, err := LogDays{}.Run(context.Background(), checks.Subject{Case: v, Asset: &v.Assets[i]}, LogDays{}.NewParams())
			if err != nil {
				t.Fatal(err)
			}
			if got := say(r); got != want {
				t.Errorf("%s, %d: %s, want %s", name, i, got, want)
			}
		}
	}
}

// TestMentionsInParts: a statement may name the product in its second file; one in
// another language does not count.
func TestMentionsInParts(t *testing.T) {
	statement := func(path, language, text string) facts.Asset {
		a := letter(path, func(d *facts.Document) { *d = facts.Document{Language: language, Text: []facts.DocLine{{Text: text}}} })
		a.Kind = "statement"
		return a
	}
	for language, want := range map[string]string{"zh": "pass", "en": "fail; case.product.id=<nil>/1005001234567890"} {
		v := view(t, shop, statement("statement/1.txt", "zh", "违规编号 WG20261118000123"), statement("statement/2.txt", language, "1005001234567890"))
		r, err := Mentions{}.Run(context.Background(), checks.Subject{Case: v, Asset: &v.Assets[0]}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := say(r); got != want {
			t.Errorf("%s: %s, want %s", language, got, want)
		}
	}
}
