package scan_test

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aecheck/aecheck"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/packs"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/rules"
	"github.com/aecheck/aecheck/pkg/scan"
)

// load puts packs over the built-in rules, which are aside.
func load(t *testing.T, aside bool, names ...string) *rules.Set {
	t.Helper()
	layers := []rules.Layer{{Name: "rules.yaml", Data: aecheck.RulesYAML, Aside: aside}}
	for _, name := range names {
		data, ok := packs.Read(name)
		if !ok {
			t.Fatal(name)
		}
		layers = append(layers, rules.Layer{Name: name, Data: data})
	}
	set, err := rules.Load(scan.Checks(), layers...)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// Every pack says where each of its rules is from, in both languages, and what it asks
// of every slot; its examples hold, alone and beside all others.
func TestPacks(t *testing.T) {
	others := packs.Names()[1:]
	if len(others) < 5 {
		t.Fatal(others)
	}
	sets := map[string]*rules.Set{"all": load(t, false, others...)}
	for _, name := range others {
		sets[name] = load(t, true, name)
	}
	for name, set := range sets {
		results, err := set.Test(context.Background(), lang.EN)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range results {
			if !r.OK() {
				t.Errorf("%s: %s:%d: %s: %s, want %s", name, r.File, r.Line, r.Rule, r.Got, r.Want)
			}
		}
		if name == "all" {
			continue
		}
		pack := set.Packs()
		if len(pack) != 1 || pack[0].Name != name || pack[0].VerifiedOn.IsZero() || !set.PhotosAlone() {
			t.Fatalf("%s: %+v", name, pack)
		}
		if kinds := set.KindNames(); !slices.Equal(kinds, []string{facts.KindReplacement}) {
			t.Errorf("%s: kinds %q", name, kinds)
		}
		for _, slot := range set.SlotNames() {
			if asks := pack[0].Asks[slot]; asks.ZH == "" || asks.EN == "" {
				t.Errorf("%s: what is asked of %s is not said", name, slot)
			}
		}
		own := 0
		for _, r := range set.Rules() {
			if r.Pack != name {
				if r.InForce() != r.General {
					t.Errorf("%s: %s in force: %t", name, r.ID, r.InForce())
				}
				continue
			}
			own++
			if !strings.HasPrefix(r.ID, pack[0].Prefix) || !r.InForce() {
				t.Errorf("%s: %s", name, r.ID)
			}
			for _, s := range r.Sources {
				if u, err := url.Parse(s); err != nil || u.Host == "" {
					t.Errorf("%s: source %q is no address", r.ID, s)
				}
			}
			for _, text := range []lang.Text{r.Title, r.Message, r.Remedy} {
				if text.ZH == "" || text.EN == "" {
					t.Errorf("%s: a text lacks a language: %+v", r.ID, text)
				}
			}
			if len(r.Sources) == 0 || len(r.Examples.Pass) == 0 || len(r.Examples.Fail)+len(r.Examples.Review) == 0 || r.Basis == "inferred" {
				t.Errorf("%s: source, basis or examples are missing", r.ID)
			}
		}
		if own < 8 {
			t.Errorf("%s has %d rules", name, own)
		}
	}
}

// A beginning is a pack.
func TestNewPack(t *testing.T) {
	for _, name := range []string{"lazada", "ae", "x-1"} {
		data, err := packs.New(name, time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC))
		if err != nil {
			t.Fatal(err)
		}
		set, err := rules.Load(scan.Checks(), rules.Layer{Name: "rules.yaml", Data: aecheck.RulesYAML, Aside: true}, rules.Layer{Name: name, Data: data})
		if err != nil {
			t.Fatal(err)
		}
		results, err := set.Test(context.Background(), lang.EN)
		if err != nil || slices.ContainsFunc(results, func(r rules.ExampleResult) bool { return !r.OK() }) {
			t.Errorf("%s: %v", name, err)
		}
		if set.DefaultSlot() != "" || len(set.Slots()) != 1 {
			t.Errorf("%s: %q, %d slots", name, set.DefaultSlot(), len(set.Slots()))
		}
	}
	for name, want := range map[string]bool{"lazada": true, "a1-b": true, "1a": false, "": false, "../x": false, "Ab": false, "a b": false} {
		if packs.Named(name) != want {
			t.Errorf("%q: %t", name, !want)
		}
	}
}

// What is not required yet is told as a note, what is not any more is not judged, and
// old knowledge is told.
func TestDatedRules(t *testing.T) {
	set := load(t, true, "google")
	day := func(s string) time.Time {
		at, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	small, soon := set.Rule("GMC105"), set.Rule("GMC106")
	for _, c := range []struct {
		rule *rules.Rule
		on   string
		want rules.When
	}{
		{small, "2026-11-30", rules.Now}, {small, "2027-01-30", rules.Now}, {small, "2027-01-31", rules.Over},
		{soon, "2027-01-30", rules.Later}, {soon, "2027-01-31", rules.Now},
	} {
		if got := c.rule.On(day(c.on)); got != c.want {
			t.Errorf("%s on %s: %d", c.rule.ID, c.on, got)
		}
	}
	judge := func(at time.Time) (outcome, severity, message string) {
		view := &facts.Case{Path: ".", Clock: facts.Clock{Now: at}}
		a := facts.Asset{Path: "a.jpg", Kind: facts.KindReplacement, Slot: "main", Facts: &facts.Set{}}
		a.Facts.File.Format = "jpeg"
		a.Facts.Image.ShortSide = 300
		a.Facts.SetStatus("image", facts.Status{State: facts.Present})
		view.Assets = []facts.Asset{a}
		c, err := set.Case(view)
		if err != nil {
			t.Fatal(err)
		}
		for f := range c.AssetFindings(context.Background(), &view.Assets[0], lang.EN, false) {
			if f.Rule == "GMC106" {
				return string(f.Outcome), string(f.Severity), report.Plain(f.Message)
			}
		}
		return "", "", ""
	}
	if o, s, m := judge(day("2026-12-01")); o != "fail" || s != "info" || !strings.HasPrefix(m, "required from 2027-01-31 on: ") {
		t.Error(o, s, m)
	}
	if o, s, m := judge(day("2027-02-01")); o != "fail" || s != "error" || strings.Contains(m, "2027") {
		t.Error(o, s, m)
	}
	if got := set.Stale(day("2027-11-01")); len(got) != 0 {
		t.Error(got)
	}
	if got := set.Stale(day("2027-12-01")); len(got) != 1 {
		t.Error(got)
	}
}
