package rules

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/rules/expr"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// scope is what a rule judges; it decides which names its expressions know.
type scope string

const (
	scopeAsset scope = "asset"
	scopeCase  scope = "case"
	scopeBatch scope = "batch"
)

// vocabulary is every name expressions may use, by scope.
type vocabulary struct {
	params             *expr.Params
	asset, kase, batch *expr.Shape
}

// hiddenGroup of facts.Set no rule can read.
const hiddenGroup = "preview"

// newVocabulary makes the names of all scopes; counted are the kinds and slots
// that materials counts.
func newVocabulary(params *expr.Params, counted []string) vocabulary {
	materials := map[string]*expr.Shape{}
	known := expr.ShapeOf(reflect.TypeFor[facts.Materials]())
	for _, name := range known.Names() {
		materials[name] = known.Field(name)
	}
	for _, name := range counted {
		materials[name] = expr.Whole()
	}
	kase := map[string]*expr.Shape{
		"case":      expr.ShapeOf(reflect.TypeFor[casefile.File]()),
		"clock":     expr.ShapeOf(reflect.TypeFor[facts.Clock]()),
		"materials": expr.Group(materials),
		"params":    params.Shape,
	}
	asset := maps.Clone(kase)
	set := expr.ShapeOf(reflect.TypeFor[facts.Set]())
	for _, name := range set.Names() {
		if name != hiddenGroup {
			asset[name] = set.Field(name)
		}
	}
	asset["asset"] = expr.Group(map[string]*expr.Shape{
		"path": expr.Text(verdict.Path), "kind": expr.Text(verdict.Public), "slot": expr.Text(verdict.Public), "later": expr.YesNo(), "sheet": expr.YesNo(), "attached": expr.YesNo()})
	batch := map[string]*expr.Shape{"clock": kase["clock"], "params": params.Shape}
	return vocabulary{params: params, asset: expr.Group(asset), kase: expr.Group(kase), batch: expr.Group(batch)}
}

// of returns the names that programs on a scope may use.
func (v vocabulary) of(s scope) expr.Names {
	names := expr.Names{Shape: v.batch, Params: v.params}
	switch s {
	case scopeAsset:
		names.Shape = v.asset
	case scopeCase:
		names.Shape = v.kase
	}
	return names
}

// isFact reports whether a path belongs to facts of an asset, whose state has
// to be looked up before they are judged.
func isFact(path string) bool {
	group, _, _ := strings.Cut(path, ".")
	switch group {
	case "case", "clock", "materials", "params", "asset":
		return false
	}
	return true
}

func sortedUnique(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}
