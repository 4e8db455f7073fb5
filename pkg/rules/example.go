package rules

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/rules/expr"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// ExampleResult is the outcome of one example of a rule.
type ExampleResult struct {
	Rule string
	Want verdict.Outcome
	Got  verdict.Outcome
	File string
	Line int
	// Message is what the rule said, or what is wrong with the example.
	Message verdict.Text
	// Overridden is true where a later layer changed the rule or a parameter
	// it reads after the example was written; such an example may differ.
	Overridden bool
}

// OK reports whether the example came out as it says.
func (r ExampleResult) OK() bool { return r.Got == r.Want || r.Overridden }

// Test runs the examples of every rule in a language. The error is that ctx is
// done or that an example cannot be read (config.Errors).
func (s *Set) Test(ctx context.Context, l lang.Lang) ([]ExampleResult, error) {
	var out []ExampleResult
	var errs config.Errors
	for _, r := range s.rules {
		overridden := s.changedAfterExamples(r)
		for _, group := range []struct {
			want verdict.Outcome
			list []config.Raw
		}{{verdict.Pass, r.Examples.Pass}, {verdict.Fail, r.Examples.Fail}, {verdict.Review, r.Examples.Review}, {verdict.Skip, r.Examples.Skip}} {
			for _, raw := range group.list {
				subject, err := s.subjectOf(r, raw)
				if err != nil {
					errs = append(errs, config.All(err)...)
					continue
				}
				env := s.Env(subject)
				if env.with, err = r.paramsWith(raw.Get("with")); err != nil {
					errs = append(errs, config.All(err)...)
					continue
				}
				f, err := s.Evaluate(ctx, r, env, l)
				if err != nil {
					return nil, err
				}
				at := raw.Errorf(lang.Text{})
				out = append(out, ExampleResult{Rule: r.ID, Want: group.want, Got: f.Outcome, File: at.File, Line: at.Line,
					Message: f.Message, Overridden: overridden})
			}
		}
	}
	if len(errs) > 0 {
		return out, errs
	}
	return out, nil
}

// paramsWith are the parameters of the rule's check with those of an example over them;
// nil where it gives none.
func (r *Rule) paramsWith(raw config.Raw) (any, error) {
	if raw.IsZero() || r.check == nil || r.params == nil {
		return nil, nil
	}
	p := r.check.NewParams()
	for _, with := range append(slices.Clone(r.source.with), raw) {
		if err := with.Decode(p); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// changedAfterExamples reports that a later layer than the one with the
// examples changed what the rule says or reads.
func (s *Set) changedAfterExamples(r *Rule) bool {
	written := slices.Index(s.layers, r.Origin["examples"])
	later := func(layer string) bool { return layer != "" && slices.Index(s.layers, layer) > written }
	for _, field := range []string{"when", "require", "forbid", "review", "check", "with", "for", "confidence"} {
		if later(r.Origin[field]) {
			return true
		}
	}
	return slices.ContainsFunc(r.Facts(), func(path string) bool {
		rest, isParam := strings.CutPrefix(path, "params.")
		return isParam && later(s.params.Origin[rest])
	})
}

// world is what an example says beside facts of the asset itself.
type world struct {
	Asset struct {
		Path     string `json:"path"`
		Kind     string `json:"kind"`
		Slot     string `json:"slot"`
		Later    bool   `json:"later"`
		Sheet    bool   `json:"sheet"`
		Attached bool   `json:"attached"`
	} `json:"asset"`
	Case        casefile.File `json:"case"`
	CaseFile    *bool         `json:"case_file"`
	Clock       facts.Clock   `json:"clock"`
	Materials   config.Raw    `json:"materials" shape:"map"`
	Unavailable []string      `json:"unavailable"`
	Assets      []config.Raw  `json:"assets" shape:"map"`
	Pairs       []facts.Pair  `json:"pairs"`
	Marks       []facts.Mark  `json:"marks"`
	Unsought    []string      `json:"unsought"`
	Cases       []config.Raw  `json:"cases" shape:"map"`
	With        config.Raw    `json:"with" shape:"map"`
}

// subjectOf builds the world of an example.
func (s *Set) subjectOf(r *Rule, raw config.Raw) (checks.Subject, error) {
	var kind, slot string
	if r.scope == scopeAsset {
		kind, slot, _ = strings.Cut(r.For[0], "/")
		if kind == anyKind {
			kind = facts.KindUnsorted
		}
	}
	if r.scope == scopeBatch {
		return s.batchOf(raw)
	}
	view, asset, err := s.viewOf(raw, kind, slot)
	if err != nil {
		return checks.Subject{}, err
	}
	subject := checks.Subject{Case: view}
	if r.scope == scopeAsset {
		subject.Asset = asset
	}
	return subject, nil
}

func (s *Set) batchOf(raw config.Raw) (checks.Subject, error) {
	var w world
	nested, err := raw.Nested()
	if err == nil {
		err = nested.Decode(&w)
	}
	if err != nil {
		return checks.Subject{}, err
	}
	subject := checks.Subject{Batch: []*facts.Case{}}
	for i, c := range w.Cases {
		view, _, err := s.viewOf(c, "", "")
		if err != nil {
			return checks.Subject{}, err
		}
		view.Path = fmt.Sprintf("case-%d", i+1)
		if view.Clock.Now.IsZero() {
			view.Clock = w.Clock
		}
		subject.Batch = append(subject.Batch, view)
	}
	return subject, nil
}

// viewOf builds a case and, for a rule on files, the asset in question, which
// is the first of the case.
func (s *Set) viewOf(raw config.Raw, kind, slot string) (*facts.Case, *facts.Asset, error) {
	w, set, err := decodeWorld(raw)
	if err != nil {
		return nil, nil, err
	}
	materials, err := s.materialsOf(w.Materials)
	if err != nil {
		return nil, nil, err
	}
	view := &facts.Case{Path: ".", File: &w.Case, HasFile: w.CaseFile == nil || *w.CaseFile, Clock: w.Clock, Materials: materials,
		Pairs: w.Pairs, Marks: w.Marks, Unsought: w.Unsought}
	if kind != "" {
		view.Assets = append(view.Assets, assetOf(w, set, kind, slot, 0))
	}
	for i, other := range w.Assets {
		ow, oset, err := decodeWorld(other)
		if err != nil {
			return nil, nil, err
		}
		view.Assets = append(view.Assets, assetOf(ow, oset, facts.KindUnsorted, "", i+1))
	}
	if len(view.Assets) == 0 {
		return view, nil, nil
	}
	return view, &view.Assets[0], nil
}

// materialsOf reads what an example says of the materials: numbers of kinds and
// slots, and the rest.
func (s *Set) materialsOf(raw config.Raw) (facts.Materials, error) {
	out := facts.Materials{Counts: map[string]int{}}
	counts, rest := raw.Partition(func(key string) bool { return slices.Contains(s.counted(), key) })
	if err := counts.Decode(&out.Counts); err != nil {
		return out, err
	}
	return out, rest.Decode(&out)
}

func assetOf(w *world, set *facts.Set, kind, slot string, i int) facts.Asset {
	a := facts.Asset{Path: w.Asset.Path, Kind: w.Asset.Kind, Slot: w.Asset.Slot, Later: w.Asset.Later, Sheet: w.Asset.Sheet, Attached: w.Asset.Attached, Facts: set}
	if a.Kind == "" {
		a.Kind = kind
	}
	if a.Slot == "" {
		a.Slot = slot
	}
	if a.Path == "" {
		a.Path = fmt.Sprintf("%s/%d.jpg", a.Kind, i)
	}
	return a
}

// decodeWorld reads an example: facts into a Set, everything else into the
// world.
func decodeWorld(raw config.Raw) (*world, *facts.Set, error) {
	nested, err := raw.Nested()
	if err != nil {
		return nil, nil, err
	}
	groups := map[string]bool{}
	t := reflect.TypeFor[facts.Set]()
	for i := range t.NumField() {
		if name := expr.JSONName(t.Field(i)); name != "" {
			groups[name] = true
		}
	}
	own, rest := nested.Partition(func(key string) bool { return groups[key] })
	set, w := &facts.Set{}, &world{}
	if err := own.Decode(set); err != nil {
		return nil, nil, err
	}
	given, err := rest.DecodeKeys(w)
	if err != nil {
		return nil, nil, err
	}
	for name := range groups {
		set.SetStatus(name, facts.Status{State: facts.Present})
	}
	for _, name := range w.Unavailable {
		set.SetStatus(name, facts.Status{State: facts.Failed, Why: lang.T("示例中如此说明", "said by the example")})
	}
	keys := map[string]bool{}
	for path := range given {
		if key, ok := expr.CutCase(path); ok {
			keys[key] = true
		}
	}
	w.Case.SetKeys(keys)
	return w, set, nil
}
