package cli

import (
	"slices"
	"testing"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/outcome"
)

// TestPhrasesNameRules: what the platform's phrases lead to is there.
func TestPhrasesNameRules(t *testing.T) {
	a := &app{Env: Env{Getenv: func(string) string { return "" }}}
	a.setLang(lang.EN)
	set, err := a.loadRules()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]lang.Text{}
	if err := set.Catalog("sources", &known); err != nil {
		t.Fatal(err)
	}
	all, err := outcome.Meanings()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		for _, id := range m.Rules {
			if set.Rule(id) == nil {
				t.Errorf("%s: there is no rule %s", m.ID, id)
			}
		}
		for _, item := range m.Items {
			if !slices.Contains(set.KindNames(), item) {
				t.Errorf("%s: there is no item %s", m.ID, item)
			}
		}
		for _, s := range m.Sources {
			if _, ok := known[s]; !ok {
				t.Errorf("%s: nobody knows the source %s", m.ID, s)
			}
		}
	}
}
