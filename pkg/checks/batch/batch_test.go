package batch

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// newCase makes a case from "kind/path=hash".
func newCase(dir string, edit func(*casefile.File), specs ...string) *facts.Case {
	v := &facts.Case{Path: dir, File: &casefile.File{}}
	if edit != nil {
		edit(v.File)
	}
	for _, s := range specs {
		p, sha, _ := strings.Cut(s, "=")
		kind, _, _ := strings.Cut(p, "/")
		set := &facts.Set{}
		set.File.SHA256, set.File.Bytes = sha, int64(len(sha))
		v.Assets = append(v.Assets, facts.Asset{Path: p, Kind: kind, Facts: set})
	}
	return v
}

func run(t *testing.T, c checks.Check, views ...*facts.Case) checks.Result {
	t.Helper()
	r, err := c.Run(context.Background(), checks.Subject{Batch: views}, c.NewParams())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestSharedFiles(t *testing.T) {
	a := newCase("a", nil, "violating/1=x", "violating/2=x", "replacement/m=y", "source/s=z", "violating/e=")
	b := newCase("b", nil, "violating/3=x", "source/s=z", "replacement/n=x", "violating/f=")
	c := newCase("c", nil, "replacement/o=y")
	r := run(t, SharedFiles{}, a, b, c)
	var got []string
	for _, e := range r.Evidence {
		got = append(got, e.Quote+"="+e.Related.Asset)
	}
	if want := "b/violating/3=a/violating/1 c/replacement/o=a/replacement/m"; r.Outcome != verdict.Fail || strings.Join(got, " ") != want {
		t.Errorf("%s %q, want %q", r.Outcome, got, want)
	}
	if report.Plain(r.Vars["cases"].Text()) != "a, b, c" || r.Vars["count"].Of != 2 {
		t.Errorf("vars %v", r.Vars)
	}
	if r := run(t, SharedFiles{}, b, c); r.Outcome != verdict.Pass {
		t.Errorf("nothing shared: %s", r.Outcome)
	}
	if r := run(t, SharedFiles{}, a); r.Outcome != verdict.Skip {
		t.Errorf("one case: %s", r.Outcome)
	}
}

func TestPerDay(t *testing.T) {
	at := func(s string) time.Time {
		v, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	planned := func(i int, when, network string) *facts.Case {
		return newCase(fmt.Sprint("c", i), func(c *casefile.File) { c.Appeal.PlannedAt, c.Appeal.Network = at(when), network })
	}
	// 23:59 and 00:01 in Beijing are two days; the same UTC day is not one.
	views := []*facts.Case{
		planned(1, "2026-11-20T15:59:00Z", "office"), planned(2, "2026-11-20T10:00:00+08:00", "office"), planned(3, "2026-11-20T00:00:00+08:00", "office"),
		planned(4, "2026-11-20T16:01:00Z", "office"), planned(5, "2026-11-20T10:00:00+08:00", "home"), newCase("c6", nil),
	}
	if r := run(t, PerDay{}, views...); r.Outcome != verdict.Pass {
		t.Errorf("three a day: %s %+v", r.Outcome, r.Evidence)
	}
	views = append(views, newCase("c7", func(c *casefile.File) {
		c.Appeal.Network = "office"
		c.Appeal.Attempts = []casefile.Attempt{{At: at("2026-11-20T09:00:00+08:00")}, {At: at("2026-11-20T11:00:00+08:00")}}
	}))
	r := run(t, PerDay{}, views...)
	if r.Outcome != verdict.Fail || len(r.Evidence) != 1 || r.Evidence[0].Quote != "2026-11-20 office: c1, c2, c3, c7" || report.Plain(r.Vars["days"].Text()) != "2026-11-20" || r.Vars["count"].Of != 4 {
		t.Errorf("four a day: %s %+v %v", r.Outcome, r.Evidence, r.Vars)
	}
	if r := run(t, PerDay{}, newCase("a", nil), &facts.Case{Path: "b"}); r.Outcome != verdict.Skip {
		t.Errorf("nothing planned: %s", r.Outcome)
	}
}

func TestLetterReuse(t *testing.T) {
	use := func(dir, category string, covers ...string) *facts.Case {
		return newCase(dir, func(c *casefile.File) {
			c.Product.Category = category
			c.Letters = []casefile.Letter{{File: "authorization/l", Categories: covers}}
		}, "authorization/l=x")
	}
	tests := []struct {
		name string
		a, b *facts.Case
		want verdict.Outcome
	}{
		{"same category", use("a", "apparel/dresses"), use("b", "Apparel/shirts"), verdict.Pass},
		{"two categories, both say both", use("a", "apparel", "apparel", "beauty"), use("b", "beauty", "beauty", "apparel"), verdict.Pass},
		{"two categories, said differently", use("a", "apparel", "apparel"), use("b", "beauty", "beauty"), verdict.Fail},
		{"two categories, nothing said", use("a", "apparel"), use("b", "beauty"), verdict.Fail},
	}
	for _, tt := range tests {
		if r := run(t, LetterReuse{}, tt.a, tt.b); r.Outcome != tt.want || r.Outcome == verdict.Fail && report.Plain(r.Vars["cases"].Text()) != "a, b" {
			t.Errorf("%s: %s %+v", tt.name, r.Outcome, r.Evidence)
		}
	}
}

// TestLetterRescanned: another file of the same letter is asked about.
func TestLetterRescanned(t *testing.T) {
	use := func(dir, category string, edit func(d *facts.Document)) *facts.Case {
		c := newCase(dir, func(c *casefile.File) { c.Product.Category = category }, "authorization/l="+dir)
		d := &c.Assets[0].Facts.Document
		d.Grantor.Name, d.Grantee.Name = "艾克美贸易有限公司", "深圳市示例科技有限公司"
		d.SignedAt, d.Registrations = time.Date(2025, 1, 1, 0, 0, 0, 0, lang.Beijing()), []string{"12345678"}
		if edit != nil {
			edit(d)
		}
		return c
	}
	for name, tt := range map[string]struct {
		b    *facts.Case
		want verdict.Outcome
	}{
		"another category":  {use("b", "beauty", nil), verdict.Review},
		"same category":     {use("b", "apparel", nil), verdict.Pass},
		"another day":       {use("b", "beauty", func(d *facts.Document) { d.SignedAt = d.SignedAt.AddDate(0, 0, 1) }), verdict.Pass},
		"another grantor":   {use("b", "beauty", func(d *facts.Document) { d.Grantor.Name = "甲乙丙实业有限公司" }), verdict.Pass},
		"too little to say": {use("b", "beauty", func(d *facts.Document) { d.Registrations = nil }), verdict.Pass},
	} {
		if r := run(t, LetterReuse{}, use("a", "apparel", nil), tt.b); r.Outcome != tt.want {
			t.Errorf("%s: %s %+v", name, r.Outcome, r.Evidence)
		}
	}
}

func TestDuplicates(t *testing.T) {
	of := func(dir, violation, product string) *facts.Case {
		return newCase(dir, func(c *casefile.File) { c.Violation.ID, c.Product.ID = violation, product })
	}
	r := run(t, Duplicates{}, of("a", "V1", "P1"), of("b", "V1", "P2"), of("c", "V1", "P1"), of("d", "", ""), of("e", "", ""))
	if r.Outcome != verdict.Fail || len(r.Evidence) != 1 || r.Evidence[0].Quote != "c" || r.Evidence[0].Related.Case != "a" {
		t.Errorf("%s %+v", r.Outcome, r.Evidence)
	}
	if r := run(t, Duplicates{}, of("a", "V1", "P1"), of("b", "V1", "P2")); r.Outcome != verdict.Pass {
		t.Errorf("several products of one notice: %s", r.Outcome)
	}
}

func TestAllNamed(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range All() {
		if c.Name() == "" || seen[c.Name()] {
			t.Errorf("name %q", c.Name())
		}
		seen[c.Name()] = true
	}
}
