// Package unreplaced checks that each penalised picture was replaced by a
// different one.
package unreplaced

import (
	"context"
	"path"
	"strings"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Check is "unreplaced-image" (M31(5)). A violating picture that stands among
// the replacements again, resized or saved anew, fails. Where the violation is
// a stolen picture, so does any version of the same photograph: cropped,
// mirrored or retouched it is still somebody else's. Where there are fewer
// replacements than violating pictures a person must look, as one picture may
// take the place of two. Copies that are byte for byte the same have a rule of
// their own and are left out here.
type Check struct{}

// Params of the check.
type Params struct {
	// MaxDistance up to which two pictures are the same photograph, 0..1.
	MaxDistance float64 `json:"max_distance"`
}

// Name is "unreplaced-image".
func (Check) Name() string { return "unreplaced-image" }

// NewParams returns the defaults: the distance at which pkg/compare/pairs sees
// a match.
func (Check) NewParams() any { return &Params{MaxDistance: 0.5} }

// Needs asks for violating pictures to be compared with replacements.
func (Check) Needs(any) []checks.Need {
	return []checks.Need{
		{Kind: "violating", Fact: "pair.replacement"}, {Kind: "replacement", Fact: "pair.violating"},
		{Kind: "violating", Fact: "file.sha256"}, {Kind: "replacement", Fact: "file.sha256"},
	}
}

// Vars are the violating pictures without a different replacement, and how many
// they are.
func (Check) Vars() []string { return []string{"files", "count"} }

// Run judges the case.
func (Check) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	if s.Case == nil {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	violating, replacements := s.Case.Filled("violating"), s.Case.Filled("replacement")
	if len(violating) == 0 || len(replacements) == 0 {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	j := judge{view: s.Case, max: params.(*Params).MaxDistance, taken: map[string]bool{}}
	for _, v := range violating {
		j.picture(v, len(replacements))
	}
	switch {
	case len(j.repeated.files) > 0:
		return j.repeated.result(verdict.Fail, ""), nil
	case len(j.unknown.files) > 0:
		return j.unknown.result(verdict.Review, verdict.Unavailable), nil
	case len(j.alone.files) > len(replacements)-len(j.taken):
		return j.alone.result(verdict.Review, verdict.Judgement), nil
	}
	return found{}.result(verdict.Pass, ""), nil
}

// judge sorts the violating pictures of a case.
type judge struct {
	view  *facts.View
	max   float64
	taken map[string]bool // replacements known to belong to a violating picture

	repeated found // stand among the replacements again
	unknown  found // could not be compared with all of them
	alone    found // look like none of them
}

// found are violating pictures with what speaks against them.
type found struct {
	files    []string
	evidence []verdict.Evidence
}

func (f found) result(o verdict.Outcome, cause verdict.Cause) checks.Result {
	return checks.Result{Outcome: o, Cause: cause, Evidence: f.evidence,
		Vars: map[string]any{"files": strings.Join(f.files, ", "), "count": len(f.files)}}
}

func (j *judge) picture(v *facts.Asset, replacements int) {
	name := path.Join(j.view.Path, v.Path)
	compared := j.view.PairsOf(v.Path, "replacement")
	var repeats []verdict.Evidence
	accounted := j.stated(v.Path)
	for _, p := range compared {
		if p.Distance > j.max {
			continue
		}
		j.taken[p.Other.Path] = true
		accounted = true
		if !sameBytes(v, p.Other) && j.repeats(p.Pair) {
			repeats = append(repeats, verdict.Evidence{
				Fact: "pair.distance", Observed: p.Distance, Required: j.max, Text: name + " (" + p.Transform + ")",
				Related: &verdict.Related{Asset: path.Join(j.view.Path, p.Other.Path)},
			})
		}
	}
	switch into := (*found)(nil); {
	case len(repeats) > 0:
		j.repeated.files = append(j.repeated.files, name)
		j.repeated.evidence = append(j.repeated.evidence, repeats...)
	case accounted:
	default:
		into = &j.alone
		if len(compared) < replacements {
			into = &j.unknown
		}
		into.files = append(into.files, name)
		into.evidence = append(into.evidence, verdict.Evidence{
			Fact: "pair", Observed: len(compared), Required: replacements, Text: name, Related: &verdict.Related{Asset: name},
		})
	}
}

// repeats reports whether the second picture of a matching pair is the
// violating one as it was.
func (j *judge) repeats(p *facts.Pair) bool {
	if j.view.Case != nil && j.view.Case.Violation.Type == "stolen_image" {
		return true
	}
	if len(p.ChangedBoxes) > 0 {
		return false
	}
	// What was cropped away may have been the violation; another background
	// shows in no box.
	return p.Transform == "same" || p.Transform == "resized" || p.Transform == "mirrored"
}

// stated reports whether case.yaml names a replacement for a picture.
func (j *judge) stated(violating string) bool {
	if j.view.Case == nil {
		return false
	}
	for _, im := range j.view.Case.Images {
		if im.Replaces == "" || path.Clean(im.Replaces) != violating {
			continue
		}
		for _, r := range j.view.Filled("replacement") {
			if path.Clean(im.File) == r.Path {
				j.taken[r.Path] = true
				return true
			}
		}
	}
	return false
}

func sameBytes(a, b *facts.Asset) bool {
	return a.Facts.File.SHA256 != "" && a.Facts.File.SHA256 == b.Facts.File.SHA256
}
