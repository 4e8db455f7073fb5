// Package referencemarks checks that no known mark is left in a replacement.
package referencemarks

import (
	"context"
	"path"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Check is "reference-marks" (M21, M31(3)): the marks handed in for reference
// (kind reference, brands.logos) are found in no replacement. Where case.yaml
// names brands that are authorized or declared, a person says whether the mark
// is one of them.
type Check struct{}

// Params of the check.
type Params struct {
	// Found is the agreement from which a mark is there, 0..1; what was found
	// below it is for a person.
	Found float64 `json:"found"`
}

// Name is "reference-marks".
func (Check) Name() string { return "reference-marks" }

// NewParams returns the defaults: the threshold of pkg/compare/marks.
func (Check) NewParams() any { return &Params{Found: 0.62} }

// Needs asks for the marks to be looked for.
func (Check) Needs(any) []checks.Need {
	return []checks.Need{{Kind: "reference", Fact: "marks"}, {Kind: "replacement", Fact: "marks"}}
}

// Vars are the pictures concerned, and how many they are.
func (Check) Vars() []string { return []string{"files", "count"} }

// Run judges the case.
func (Check) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	p := params.(*Params)
	if s.Case == nil {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	pictures := s.Case.Filled("replacement")
	if len(pictures) == 0 || len(s.Case.Filled("reference")) == 0 && (s.Case.Case == nil || len(s.Case.Case.Brands.Logos) == 0) {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	var sure, doubtful, unknown group
	for i := range s.Case.Marks {
		m := &s.Case.Marks[i]
		name := path.Join(s.Case.Path, m.Picture)
		g := &doubtful
		if m.Confidence >= p.Found {
			g = &sure
		}
		g.add(name, verdict.Evidence{
			Fact: "marks.confidence", Observed: m.Confidence, Required: p.Found, Text: name, Box: &m.Box,
			Related: &verdict.Related{Asset: path.Join(s.Case.Path, m.Reference)},
		})
	}
	for _, ref := range s.Case.Unsought {
		name := path.Join(s.Case.Path, ref)
		unknown.add(name, verdict.Evidence{Fact: "marks", Text: name, Related: &verdict.Related{Asset: name}})
	}
	for _, a := range pictures {
		if a.Facts.Status("match").State != facts.Present {
			name := path.Join(s.Case.Path, a.Path)
			unknown.add(name, verdict.Evidence{Fact: "marks", Text: name, Related: &verdict.Related{Asset: name}})
		}
	}
	switch {
	case len(sure.files) > 0 && rights(s.Case.Case):
		return sure.result(verdict.Review, verdict.Judgement), nil
	case len(sure.files) > 0:
		return sure.result(verdict.Fail, ""), nil
	case len(doubtful.files) > 0:
		return doubtful.result(verdict.Review, verdict.Judgement), nil
	case len(unknown.files) > 0:
		return unknown.result(verdict.Review, verdict.Unavailable), nil
	}
	return (&group{}).result(verdict.Pass, ""), nil
}

// group is pictures with what was found in them.
type group struct {
	files    []string
	evidence []verdict.Evidence
}

func (g *group) add(file string, e verdict.Evidence) {
	if !slices.Contains(g.files, file) {
		g.files = append(g.files, file)
	}
	g.evidence = append(g.evidence, e)
}

func (g *group) result(o verdict.Outcome, cause verdict.Cause) checks.Result {
	return checks.Result{Outcome: o, Cause: cause, Evidence: g.evidence,
		Vars: map[string]any{"files": strings.Join(g.files, ", "), "count": len(g.files)}}
}

// rights reports whether the shop says it may use some mark.
func rights(c *casefile.File) bool {
	return c != nil && (len(c.Brands.Authorized) > 0 || len(c.Brands.Declared) > 0)
}
