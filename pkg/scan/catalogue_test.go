package scan

import (
	"slices"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/facts"
)

// A runner for some facts has every extractor that gives them.
func TestExtractorsForSomeFacts(t *testing.T) {
	all, err := extractors(RunnerOptions{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range facts.Catalog() {
		some, err := extractors(RunnerOptions{Facts: []string{e.Path}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range all {
			gives := slices.ContainsFunc(x.Provides(), func(p string) bool { return facts.Covers(p, e.Path) })
			if gives && !slices.ContainsFunc(some, func(y extract.Extractor) bool { return y.Name() == x.Name() }) {
				t.Errorf("%s: no extractor %s", e.Path, x.Name())
			}
		}
	}
}
