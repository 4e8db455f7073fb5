package pictures

import (
	"context"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/report"
)

func markedCase(c *casefile.File, paths, unsought string, found ...facts.Mark) *facts.Case {
	v := &facts.Case{Path: "c", File: c, Marks: found, Unsought: strings.Fields(unsought)}
	for _, p := range strings.Fields(paths) {
		kind, name, _ := strings.Cut(p, "/")
		set := &facts.Set{}
		if name != "damaged" {
			set.SetStatus("match", facts.Status{State: facts.Present})
		}
		v.Assets = append(v.Assets, facts.Asset{Path: p, Kind: kind, Facts: set})
	}
	return v
}

func TestReferenceMarks(t *testing.T) {
	mark := func(p string, q float64) facts.Mark {
		return facts.Mark{Reference: "reference/logo", Picture: p, Box: facts.Box{1, 2, 3, 4}, Confidence: q}
	}
	allowed := &casefile.File{Brands: casefile.Brands{Authorized: []casefile.BrandRight{{Name: "ACME"}}}}
	const both = "reference/logo replacement/1"
	for _, c := range []struct {
		name string
		view *facts.Case
		want string
	}{
		{"not there", markedCase(nil, both, ""), "pass"},
		{"there", markedCase(nil, both, "", mark("replacement/1", 0.8), mark("replacement/1", 0.7)), "fail c/replacement/1"},
		{"doubtful", markedCase(nil, both, "", mark("replacement/1", 0.55)), "review judgement c/replacement/1"},
		{"perhaps allowed", markedCase(allowed, both, "", mark("replacement/1", 0.8)), "review judgement c/replacement/1"},
		{"a plain mark", markedCase(nil, both, "reference/logo"), "review unavailable c/reference/logo"},
		{"a damaged replacement", markedCase(nil, "reference/logo replacement/damaged", ""), "review unavailable c/replacement/damaged"},
		{"a damaged replacement, found in another", markedCase(nil, both+" replacement/damaged", "", mark("replacement/1", 0.9)), "fail c/replacement/1"},
		{"no reference", markedCase(nil, "replacement/1", ""), "skip"},
		{"no replacement", markedCase(nil, "reference/logo", ""), "skip"},
	} {
		r, err := ReferenceMarks{}.Run(context.Background(), checks.Subject{Case: c.view}, ReferenceMarks{}.NewParams())
		if err != nil {
			t.Fatal(err)
		}
		got := strings.TrimSpace(string(r.Outcome) + " " + string(r.Cause))
		if f := report.Plain(r.Vars["files"].Text()); f != "—" {
			got += " " + f
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
