package rules

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The tables alone are those of the whole file.
func TestTablesAreTheWholeFiles(t *testing.T) {
	data, err := os.ReadFile("../../rules.yaml")
	if err != nil {
		t.Fatal(err)
	}
	layer := Layer{Name: "rules.yaml", Data: data}
	tables, err := LoadTables(layer)
	if err != nil {
		t.Fatal(detail(err))
	}
	// Its checks are in packages above this one; a set with errors in its rules
	// still has all its tables.
	l, err := read(nil, layer)
	if err != nil {
		t.Fatal(detail(err))
	}
	whole := l.set
	if diff := cmp.Diff(whole.params.Values, tables.set.params.Values); diff != "" {
		t.Errorf("parameters: %s", diff)
	}
	if len(whole.file.Catalogs) < 3 || len(whole.file.Catalogs) != len(tables.set.file.Catalogs) {
		t.Errorf("%d catalogs, want %d", len(tables.set.file.Catalogs), len(whole.file.Catalogs))
	}
	for name := range whole.file.Catalogs {
		var want, got any
		if err := whole.Catalog(name, &want); err != nil {
			t.Fatal(err)
		}
		if err := tables.Catalog(name, &got); err != nil {
			t.Errorf("catalog %s: %v", name, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("catalog %s: %s", name, diff)
		}
	}
	if err := tables.Catalog("no such", new(any)); err == nil {
		t.Error("a catalog that is not there was given")
	}
	if err := tables.Params("no such", new(any)); err == nil {
		t.Error("parameters that are not there were given")
	}
}

func TestTablesKeepPositions(t *testing.T) {
	_, err := LoadTables(Layer{Name: "rules.yaml", Data: []byte("schema_version: 1\nrules:\n  - id: AE301\nparams: [1]\n")})
	if err == nil || detail(err)[:13] != "rules.yaml:4:" {
		t.Errorf("%v", err)
	}
}

func BenchmarkTables(b *testing.B) {
	data, err := os.ReadFile("../../rules.yaml")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := LoadTables(Layer{Name: "rules.yaml", Data: data}); err != nil {
			b.Fatal(err)
		}
	}
}
