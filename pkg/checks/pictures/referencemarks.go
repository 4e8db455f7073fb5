package pictures

import (
	"context"
	"path"
	"slices"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// ReferenceMarks is "reference-marks" (M21, M31(3)): the marks handed in for reference
// (kind reference, brands.logos) are found in no replacement. Where case.yaml
// names brands that are authorized or declared, a person says whether the mark
// is one of them.
type ReferenceMarks struct{}

// ReferenceMarksParams of the check.
type ReferenceMarksParams struct {
	// Found is the agreement from which a mark is there, 0..1; what was found
	// below it is for a person.
	Found float64 `json:"found" unit:"0..1" zh:"吻合程度达到多少算找到标识；找到但不足的由人判断" en:"agreement from which a mark is there; what is below it is for a person"`
}

// Name is "reference-marks".
func (ReferenceMarks) Name() string { return "reference-marks" }

// Doc says what it judges.
func (ReferenceMarks) Doc() lang.Text {
	return lang.T("在替换图中查找参考图里的标识；找到就不通过。吻合得不够、case.yaml 写了已授权或已申报的品牌，或没能查找时，由人判断。",
		"Looks in the replacements for the marks handed in for reference; fails where one is found. A person looks where it fits only in part, where case.yaml names brands that are authorized or declared, and where it could not be looked for.")
}

// NewParams returns the defaults: the threshold of pkg/compare/marks.
func (ReferenceMarks) NewParams() any { return &ReferenceMarksParams{Found: 0.62} }

// Needs asks for the marks to be looked for.
func (ReferenceMarks) Needs(any) []checks.Need {
	return []checks.Need{{Kind: facts.KindReference, Fact: "marks"}, {Kind: facts.KindReplacement, Fact: "marks"}}
}

// Vars are the pictures concerned, and how many they are.
func (ReferenceMarks) Vars() []string { return checks.FileVars() }

// Run judges the case.
func (ReferenceMarks) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	p := params.(*ReferenceMarksParams)
	if s.Case == nil {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	pictures := s.Case.Filled(facts.KindReplacement)
	marks := slices.DeleteFunc(s.Case.Filled(facts.KindReference), func(a *facts.Asset) bool { return a.Paper })
	if len(pictures) == 0 || len(marks) == 0 && (s.Case.File == nil || len(s.Case.File.Brands.Logos) == 0) {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	var sure, doubtful, unknown checks.Group
	for i := range s.Case.Marks {
		m := &s.Case.Marks[i]
		name := path.Join(s.Case.Path, m.Picture)
		g := &doubtful
		if m.Confidence >= p.Found {
			g = &sure
		}
		g.Add(name, verdict.Evidence{
			Fact: "marks.confidence", Observed: m.Confidence, Required: verdict.Want(p.Found), Quote: name, Box: &m.Box,
			Related: &verdict.Related{Asset: path.Join(s.Case.Path, m.Reference)},
		})
	}
	for _, ref := range s.Case.Unsought {
		if slices.ContainsFunc(s.Case.Assets, func(a facts.Asset) bool { return a.Path == ref && a.Paper }) {
			continue
		}
		name := path.Join(s.Case.Path, ref)
		unknown.Add(name, verdict.Evidence{Fact: "marks", Quote: name, Related: &verdict.Related{Asset: name}})
	}
	for _, a := range pictures {
		if a.Facts.Status("match").State != facts.Present && !a.Note() {
			name := path.Join(s.Case.Path, a.Path)
			unknown.Add(name, verdict.Evidence{Fact: "marks", Quote: name, Related: &verdict.Related{Asset: name}})
		}
	}
	switch {
	case len(sure.Names) > 0 && rights(s.Case.File):
		return sure.Result(verdict.Review, verdict.Judgement), nil
	case len(sure.Names) > 0:
		return sure.Result(verdict.Fail, ""), nil
	case len(doubtful.Names) > 0:
		return doubtful.Result(verdict.Review, verdict.Judgement), nil
	case len(unknown.Names) > 0:
		return unknown.Result(verdict.Review, verdict.Unavailable), nil
	}
	return (&checks.Group{}).Result(verdict.Pass, ""), nil
}

// rights reports whether the shop says it may use some mark.
func rights(c *casefile.File) bool {
	return c != nil && (len(c.Brands.Authorized) > 0 || len(c.Brands.Declared) > 0)
}
