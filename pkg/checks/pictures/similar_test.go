package pictures

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/report"
)

// one makes a case of pictures "path dhash-bits pdq-bits [sha]": hashes with so
// many bits set; "blank" as sha makes a blank one.
func one(dir string, pictures ...string) *facts.Case {
	v := &facts.Case{Path: dir}
	for _, p := range pictures {
		var name, sum string
		var d, q int
		if _, err := fmt.Sscan(p, &name, &d, &q, &sum); err != nil {
			panic(err)
		}
		kind, _, _ := strings.Cut(name, "/")
		set := &facts.Set{}
		set.File.SHA256 = sum
		set.Quality.Blank = sum == "blank"
		set.Hash.DHash = fmt.Sprintf("%016x", uint64(1)<<max(0, d)-1)
		bits := strings.Repeat("f", q/4) + strings.Repeat("0", 64)
		set.Hash.PDQ = bits[:64]
		if d < 0 {
			set.Hash = facts.Hash{}
		}
		v.Assets = append(v.Assets, facts.Asset{Path: name, Kind: kind, Facts: set})
	}
	return v
}

func TestSimilarPictures(t *testing.T) {
	for _, c := range []struct {
		name  string
		batch []*facts.Case
		want  string
	}{
		{"saved anew", []*facts.Case{one("a", "violating/1 0 0 x"), one("b", "violating/1 3 16 y")}, "fail a, b: b/violating/1<a/violating/1"},
		{"the nearest is named", []*facts.Case{one("a", "violating/1 0 0 x", "violating/2 3 12 z"), one("b", "violating/1 3 16 y")}, "fail a, b: b/violating/1<a/violating/2"},
		{"one hash alone", []*facts.Case{one("a", "violating/1 0 0 x"), one("b", "violating/1 3 64 y")}, "pass :"},
		{"the other hash alone", []*facts.Case{one("a", "violating/1 0 0 x"), one("b", "violating/1 20 16 y")}, "pass :"},
		{"the same bytes", []*facts.Case{one("a", "violating/1 0 0 x"), one("b", "violating/1 0 0 x")}, "pass :"},
		{"another kind", []*facts.Case{one("a", "violating/1 0 0 x"), one("b", "replacement/1 0 0 y")}, "pass :"},
		{"one case", []*facts.Case{one("a", "violating/1 0 0 x", "violating/2 0 0 y"), one("b")}, "pass :"},
		{"blank", []*facts.Case{one("a", "violating/1 0 0 blank"), one("b", "violating/1 0 0 y")}, "pass :"},
		{"not decoded", []*facts.Case{one("a", "violating/1 -1 0 x"), one("b", "violating/1 -1 0 y")}, "pass :"},
	} {
		r, err := Similar{}.Run(context.Background(), checks.Subject{Batch: c.batch}, Similar{}.NewParams())
		if err != nil {
			t.Fatal(err)
		}
		var list []string
		for _, e := range r.Evidence {
			list = append(list, e.Quote+"<"+e.Related.Asset)
		}
		if got := strings.TrimSpace(fmt.Sprintf("%s %s: %s", r.Outcome, strings.TrimSuffix(report.Plain(r.Vars["cases"].Text()), "—"), strings.Join(list, " "))); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	r, err := Similar{}.Run(context.Background(), checks.Subject{Batch: []*facts.Case{one("a")}}, Similar{}.NewParams())
	if err != nil || r.Outcome != "skip" {
		t.Errorf("one case only: %v %v", r, err)
	}
	p := Similar{}.NewParams().(*SimilarParams)
	p.Kinds = []string{"source"}
	if needs := (Similar{}).Needs(p); !slices.Contains(needs, checks.Need{Kind: "source", Fact: "hash.dhash"}) {
		t.Errorf("needs %v", needs)
	}
}
