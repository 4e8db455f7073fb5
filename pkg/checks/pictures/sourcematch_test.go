package pictures

import (
	"context"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
)

func sourcedCase(paths string, pairs ...facts.Pair) *facts.Case {
	v := &facts.Case{Path: "c", Pairs: pairs}
	for _, p := range strings.Fields(paths) {
		kind, _, _ := strings.Cut(p, "/")
		v.Assets = append(v.Assets, facts.Asset{Path: p, Kind: kind, Facts: &facts.Set{}})
	}
	return v
}

func TestSourceMatches(t *testing.T) {
	pair := func(a, b string, d float64) facts.Pair { return facts.Pair{A: a, B: b, Distance: d} }
	for _, c := range []struct {
		name string
		view *facts.Case
		of   string
		want string // outcome, cause, files; the nearest source
	}{
		{"each has one", sourcedCase("violating/1 violating/2 source/a source/b", pair("violating/1", "source/a", 0.1), pair("violating/1", "source/b", 0.9), pair("violating/2", "source/a", 0.9), pair("violating/2", "source/b", 0.5)), "violating", "pass"},
		{"one has none", sourcedCase("violating/1 violating/2 source/a", pair("violating/1", "source/a", 0.1), pair("violating/2", "source/a", 0.95)), "violating", "fail c/violating/2 < c/source/a"},
		{"one has none, one is unclear", sourcedCase("violating/1 violating/2 source/a", pair("violating/1", "source/a", 0.6), pair("violating/2", "source/a", 0.95)), "violating", "fail c/violating/2 < c/source/a"},
		{"unclear", sourcedCase("violating/1 source/a source/b", pair("violating/1", "source/a", 0.9), pair("violating/1", "source/b", 0.6)), "violating", "review judgement c/violating/1 < c/source/b"},
		{"one source could not be read", sourcedCase("violating/1 source/a source/b", pair("violating/1", "source/a", 0.95)), "violating", "review unavailable c/violating/1 < c/source/a"},
		{"one source could not be read, the other is it", sourcedCase("violating/1 source/a source/b", pair("violating/1", "source/a", 0.2)), "violating", "pass"},
		{"a replacement", sourcedCase("replacement/1 source/a", pair("source/a", "replacement/1", 0.95)), "replacement", "fail c/replacement/1 < c/source/a"},
		{"no source, told elsewhere", sourcedCase("violating/1"), "violating", "skip"},
		{"no picture", sourcedCase("source/a"), "violating", "skip"},
	} {
		p := SourceMatch{}.NewParams().(*SourceMatchParams)
		p.Of = c.of
		r, err := SourceMatch{}.Run(context.Background(), checks.Subject{Case: c.view}, p)
		if err != nil {
			t.Fatal(err)
		}
		got := strings.TrimSpace(string(r.Outcome) + " " + string(r.Cause))
		for _, e := range r.Evidence {
			got += " " + e.Quote + " < " + e.Related.Asset
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
