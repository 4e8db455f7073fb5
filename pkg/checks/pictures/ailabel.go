package pictures

import (
	"context"
	"path"
	"slices"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// AILabel is "ai-label" (M22): a picture of a case in which AI was used bears a label
// that says so, or is plainly a photograph of the case: cropped, resized or mirrored
// from a camera's file and changed nowhere, or cut out of it and laid on a plain ground.
// It is for an asset.
type AILabel struct{}

// AILabelParams of the check.
type AILabelParams struct {
	// MaxDistance up to which two pictures are the same photograph, 0..1.
	MaxDistance float64 `json:"max_distance" unit:"0..1" zh:"差异不超过多少算同一张照片" en:"distance up to which two pictures are the same photograph"`
}

// Name is "ai-label".
func (AILabel) Name() string { return "ai-label" }

// Doc says what it judges.
func (AILabel) Doc() lang.Text {
	return lang.T("用到 AI 的案件里，图上没有读到 AI 标识的不通过；与某张相机原图是同一张照片（只裁剪、缩放或镜像过，没有改动，或抠出来放在纯色背景上）的通过。",
		"In a case in which AI was used: fails where no AI label is read on the picture; passes where it is the same photograph as a camera's source, cropped, resized or mirrored and changed nowhere, or cut out and laid on a plain ground.")
}

// NewParams returns the default: the distance at which pkg/compare/pairs sees a match.
func (AILabel) NewParams() any { return &AILabelParams{MaxDistance: 0.5} }

// Needs asks for labels, for the pictures to be compared with the sources, and for where
// these come from.
func (AILabel) Needs(any) []checks.Need {
	return []checks.Need{
		{Kind: facts.KindReplacement, Fact: "text.ai_labels"}, {Kind: facts.KindReplacement, Fact: "background.kind"}, {Kind: facts.KindReplacement, Fact: "pair.source"},
		{Kind: facts.KindSource, Fact: "pair.replacement"}, {Kind: facts.KindSource, Fact: "origin.camera"}, {Kind: facts.KindSource, Fact: "origin.ai"},
	}
}

// Vars is the source that it is a photograph of.
func (AILabel) Vars() []string { return checks.FileVars() }

// Run judges a picture.
func (AILabel) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	if s.Case == nil || s.Asset == nil || s.Asset.Facts == nil {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	var taken checks.Group
	plain := slices.Contains([]string{"white", "near_white", "uniform"}, s.Asset.Facts.Background.Kind)
	for _, with := range s.Case.PairsOf(s.Asset.Path, facts.KindSource) {
		if with.Distance <= params.(*AILabelParams).MaxDistance && (plain || unchanged(with.Pair)) && photograph(with.Other) {
			taken.Add(path.Join(s.Case.Path, with.Other.Path))
			return taken.Result(verdict.Pass, ""), nil
		}
	}
	switch st := s.Asset.Facts.Status("text.ai_labels").State; {
	case st == facts.NotExtracted || st == facts.Failed:
		return checks.Result{Outcome: verdict.Review, Cause: verdict.Unavailable, Evidence: []verdict.Evidence{{Fact: "text.ai_labels"}}}, nil
	case len(s.Asset.Facts.Text.AILabels) > 0:
		return taken.Result(verdict.Pass, ""), nil
	}
	taken.Evidence = []verdict.Evidence{{Fact: "text.ai_labels", Observed: 0, Required: verdict.Want("≥ 1")}}
	return taken.Result(verdict.Fail, ""), nil
}

// unchanged reports whether one picture of a pair is the other, cut and scaled only.
func unchanged(p *facts.Pair) bool {
	switch p.Transform {
	case "same", "resized", "cropped", "mirrored":
		return len(p.ChangedBoxes) == 0
	}
	return false
}

// photograph reports whether a file comes from a camera, and nothing says from AI.
func photograph(a *facts.Asset) bool {
	return a.Facts != nil && a.Facts.Origin.Camera.Verdict == "yes" && a.Facts.Origin.AI.Verdict == "no"
}
