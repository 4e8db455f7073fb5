package pictures

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/verdict"
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

// TestOriginalsOfTwoCases: what the cameras wrote tells one capture from two of
// one sitting; without it a person looks.
func TestOriginalsOfTwoCases(t *testing.T) {
	taken := func(sec int, camera, serial, sub string) facts.Exif {
		return facts.Exif{HasTakenAt: true, TakenAt: time.Date(2026, 3, 1, 10, 0, sec, 0, time.UTC), Make: "LUMORA", Model: camera, Serial: serial, SubSec: sub}
	}
	for _, c := range []struct {
		name string
		a, b facts.Exif
		bits int
		want verdict.Outcome
	}{
		{"one capture", taken(1, "S1", "7", "20"), taken(1, "S1", "7", "20"), 4, verdict.Fail},
		{"one capture, its copy without serial", taken(1, "S1", "7", ""), taken(1, "S1", "", ""), 0, verdict.Fail},
		{"one second, another picture", taken(1, "S1", "7", ""), taken(1, "S1", "7", ""), 24, verdict.Review},
		{"a second later", taken(1, "S1", "7", ""), taken(2, "S1", "7", ""), 0, verdict.Pass},
		{"in one burst", taken(1, "S1", "7", "20"), taken(1, "S1", "7", "45"), 4, verdict.Pass},
		{"another body", taken(1, "S1", "7", ""), taken(1, "S1", "8", ""), 0, verdict.Pass},
		{"another model", taken(1, "S1", "", ""), taken(1, "S2", "", ""), 0, verdict.Pass},
		{"nothing written", facts.Exif{}, facts.Exif{}, 0, verdict.Review},
		{"one without", taken(1, "S1", "7", ""), facts.Exif{}, 0, verdict.Review},
		{"not alike", facts.Exif{}, facts.Exif{}, 64, verdict.Pass},
	} {
		batch := []*facts.Case{one("a", "source/1 0 0 x"), one("b", fmt.Sprintf("source/1 0 %d y", c.bits))}
		batch[0].Assets[0].Facts.Exif, batch[1].Assets[0].Facts.Exif = c.a, c.b
		p := Similar{}.NewParams().(*SimilarParams)
		p.Kinds, p.Captures = []string{facts.KindSource}, true
		r, err := Similar{}.Run(context.Background(), checks.Subject{Batch: batch}, p)
		if err != nil || r.Outcome != c.want || (r.Outcome == verdict.Review) != (r.Cause == verdict.Judgement) {
			t.Errorf("%s: %s %s %v, want %s", c.name, r.Outcome, r.Cause, err, c.want)
		}
	}
}
