package scan_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/rules"
	"github.com/aecheck/aecheck/pkg/scan"
)

// loaded are the rules of rules.yaml, which nobody changes.
var loaded = sync.OnceValues(func() (*rules.Set, error) {
	data, err := os.ReadFile("../../rules.yaml")
	if err != nil {
		return nil, err
	}
	return rules.Load(scan.Checks(), rules.Layer{Name: "rules.yaml", Data: data})
})

func builtin(t *testing.T) *rules.Set {
	t.Helper()
	set, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// factsOfTheAppeal are the numbered facts of the appeal that the tool must
// know, the eight causes of refusal of M31 apart.
func factsOfTheAppeal() []string {
	var out []string
	add := func(from, to int) {
		for n := from; n <= to; n++ {
			out = append(out, fmt.Sprintf("M%d", n))
		}
	}
	add(1, 6)
	add(10, 30)
	for n := 1; n <= 8; n++ {
		out = append(out, fmt.Sprintf("M31(%d)", n))
	}
	add(32, 48)
	return out
}

// TestEveryFactIsServed prints which rule, material or manual step serves each
// numbered fact of the appeal, and fails where none does.
func TestEveryFactIsServed(t *testing.T) {
	set := builtin(t)
	by := map[string][]string{}
	cite := func(who string, sources []string) {
		for _, s := range sources {
			if regexp.MustCompile(`^M\d+(\(\d\))?$`).MatchString(s) {
				by[s] = append(by[s], who)
			}
		}
	}
	for _, r := range set.Rules() {
		cite(r.ID, r.Sources)
	}
	for _, s := range set.AllSteps() {
		cite("step "+s.ID, s.Sources)
	}
	for name, tr := range set.Tracks() {
		cite("track "+name, tr.Sources)
	}
	for _, m := range factsOfTheAppeal() {
		who := by[m]
		if len(who) == 0 {
			t.Errorf("%s is served by nothing", m)
			continue
		}
		slices.Sort(who)
		t.Logf("%-7s %s", m, strings.Join(who, ", "))
	}
	known := factsOfTheAppeal()
	for m := range by {
		if !slices.Contains(known, m) && m != "M31" {
			t.Errorf("%v cite %s, which is no fact of the appeal", by[m], m)
		}
	}
}

// TestBuiltInRules runs the examples of rules.yaml, and asks that every rule
// has one that passes and one that does not.
func TestBuiltInRules(t *testing.T) {
	set := builtin(t)
	results, err := set.Test(t.Context(), lang.EN)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		if !r.OK() {
			t.Errorf("%s:%d: %s gives %s, want %s: %s", r.File, r.Line, r.Rule, r.Got, r.Want, report.Plain(r.Message))
		}
	}
	for _, r := range set.Rules() {
		if len(r.Examples.Pass) == 0 || len(r.Examples.Fail)+len(r.Examples.Review) == 0 {
			t.Errorf("%s has no example that passes or none that does not", r.ID)
		}
		for _, text := range []lang.Text{r.Title, r.Message, r.Remedy} {
			if text.ZH == "" || text.EN == "" {
				t.Errorf("%s lacks a text in one language", r.ID)
			}
		}
	}
}

// TestSourcesAreExplained asks that whatever a rule, step or material cites is
// an address or has its meaning in catalogs.sources.
func TestSourcesAreExplained(t *testing.T) {
	set := builtin(t)
	known := map[string]lang.Text{}
	if err := set.Catalog("sources", &known); err != nil {
		t.Fatal(err)
	}
	check := func(who string, sources []string) {
		for _, s := range sources {
			text, ok := known[s]
			if !strings.HasPrefix(s, "http") && (!ok || text.ZH == "" || text.EN == "") {
				t.Errorf("%s cites %q, which is explained nowhere", who, s)
			}
		}
	}
	for _, r := range set.Rules() {
		check(r.ID, r.Sources)
	}
	for _, s := range set.AllSteps() {
		check("step "+s.ID, s.Sources)
	}
	for name, tr := range set.Tracks() {
		check("track "+name, tr.Sources)
	}
}
