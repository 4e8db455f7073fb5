package pictures

import (
	"context"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Enlarged is "enlarged", for a picture with the traces of interpolation (quality.upscaled,
// the rule's condition). Resampling leaves them whichever way it goes, so one that has no
// more pixels than the source it was taken from is not enlarged. It is for an asset.
type Enlarged struct{}

// EnlargedParams of the check.
type EnlargedParams struct {
	// MaxDistance up to which two pictures are the same photograph, 0..1.
	MaxDistance float64 `json:"max_distance" unit:"0..1" zh:"差异不超过多少算同一张照片" en:"distance up to which two pictures are the same photograph"`
}

// Name is "enlarged".
func (Enlarged) Name() string { return "enlarged" }

// Doc says what it judges.
func (Enlarged) Doc() lang.Text {
	return lang.T("像素里有插值痕迹的图片，能与某张原图对上、像素不比原图多的通过（缩小也会留下这种痕迹），其余不通过。",
		"A picture whose pixels show traces of interpolation passes where it matches a source and has no more pixels than that (making it smaller leaves such traces too), and fails otherwise.")
}

// NewParams returns the default: the distance at which pkg/compare/pairs sees a match.
func (Enlarged) NewParams() any { return &EnlargedParams{MaxDistance: 0.5} }

// Needs asks for the pictures to be compared with the sources.
func (Enlarged) Needs(any) []checks.Need {
	return []checks.Need{
		{Kind: facts.KindReplacement, Fact: "pair.source"}, {Kind: facts.KindSource, Fact: "pair.replacement"},
	}
}

// Vars are none.
func (Enlarged) Vars() []string { return nil }

// rounding is how far a scale may be off: sides are whole numbers of pixels, and the two
// pictures are laid on each other as small copies.
const rounding = 0.03

// Run judges a picture.
func (Enlarged) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	p := params.(*EnlargedParams)
	if s.Case == nil || s.Asset == nil || s.Asset.Facts == nil {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	for _, with := range s.Case.PairsOf(s.Asset.Path, facts.KindSource) {
		if with.Distance > p.MaxDistance || with.Scale <= 0 {
			continue
		}
		pixels := with.Scale // of the source for one of the picture
		if with.A != s.Asset.Path {
			pixels = 1 / with.Scale
		}
		if pixels >= 1-rounding {
			return checks.Result{Outcome: verdict.Pass}, nil
		}
	}
	return checks.Result{Outcome: verdict.Fail, Evidence: []verdict.Evidence{{Fact: "quality.upscaled", Observed: s.Asset.Facts.Quality.Upscaled}}}, nil
}
