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

// PaintedOver is "painted-over" (M31(3): a replacement is refused for a tiny mark
// left in it). It looks at replacements that show the photograph of a violating
// picture with some places changed; another shot of the same product, or one in
// another colour, differs in places of its own. Each place that speaks against one is a
// piece of evidence with its box in the replacement.
type PaintedOver struct{}

// PaintedOverParams of the check.
type PaintedOverParams struct {
	// Traces fails where a trace of the mark is left; without it replacements
	// fail that were made by painting over the violating picture: those without
	// a trace that are the same photograph as no source, from which they could
	// have been made without the mark.
	Traces bool `json:"traces" zh:"true：留有痕迹的不通过；false：没有痕迹、也没有对应原图的不通过" en:"true fails where a trace of the mark is left; false fails those without a trace that are the same photograph as no source"`
	// MaxDistance up to which two pictures are the same photograph, 0..1.
	MaxDistance float64 `json:"max_distance" unit:"0..1" zh:"差异不超过多少算同一张照片" en:"distance up to which two pictures are the same photograph"`
	// MinExposure is how sure it must be that both are one exposure, 0..1.
	MinExposure float64 `json:"min_exposure" unit:"0..1" zh:"至少多大把握才算同一次曝光，而不是同一物品重新拍摄" en:"how sure it must be that both are one exposure, not the same thing photographed again"`
	// MaxColour is how far their colours may lie apart, in levels of chroma.
	MaxColour float64 `json:"max_colour" unit:"levels" zh:"颜色最多相差多少（色度距离），超过就是另一种颜色" en:"how far the colours may lie apart (distance of chroma); beyond it is another colour"`
}

// Name is "painted-over".
func (PaintedOver) Name() string { return "painted-over" }

// Doc says what it judges.
func (PaintedOver) Doc() lang.Text {
	return lang.T("查看由违规图改成的替换图：留有去除标识的痕迹就不通过；traces 为 false 时，改为没有痕迹、也没有对应原图的不通过。没能全部比较时由人判断。",
		"Looks at replacements that show the photograph of a violating picture with places changed: fails where a trace of the removed mark is left, or, with traces false, where there is none and no source is that photograph. A person looks where not all could be compared.")
}

// NewParams returns the defaults: traces, at the distance at which
// pkg/compare/pairs sees a match, and those of one
// photograph.
func (PaintedOver) NewParams() any {
	return &PaintedOverParams{Traces: true, MaxDistance: 0.5, MinExposure: minExposure, MaxColour: maxColour}
}

// Needs asks for violating pictures to be compared with replacements, and those
// with sources.
func (PaintedOver) Needs(params any) []checks.Need {
	out := []checks.Need{{Kind: facts.KindViolating, Fact: "pair.replacement"}, {Kind: facts.KindReplacement, Fact: "pair.violating"},
		// Letters that were left standing are found where text was read in the
		// violating picture.
		{Kind: facts.KindViolating, Fact: "text.lines"}}
	if !params.(*PaintedOverParams).Traces {
		out = append(out, checks.Need{Kind: facts.KindSource, Fact: "pair.replacement"}, checks.Need{Kind: facts.KindReplacement, Fact: "pair.source"})
	}
	return out
}

// Vars are the replacements concerned, and how many they are.
func (PaintedOver) Vars() []string { return checks.FileVars() }

// Run judges the case.
func (PaintedOver) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	p := params.(*PaintedOverParams)
	if s.Case == nil {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	violating, replacements := s.Case.Viewed(facts.KindViolating), s.Case.Viewed(facts.KindReplacement)
	if len(violating) == 0 || len(replacements) == 0 {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	var painted, unknown checks.Group
	for _, r := range replacements {
		name := path.Join(s.Case.Path, r.Path)
		compared := s.Case.PairsOf(r.Path, facts.KindViolating)
		if len(compared) < len(violating) {
			unknown.Add(name, verdict.Evidence{Fact: "pair", Observed: len(compared), Required: verdict.Want(len(violating)), Quote: name, Related: &verdict.Related{Asset: name}})
		}
		if !p.Traces && p.madeFromSource(s.Case, r) {
			continue
		}
		for _, with := range compared {
			if with.Distance > p.MaxDistance || !onePhotograph(with.Pair, p.MinExposure, p.MaxColour) {
				continue
			}
			fact, boxes := "pair.trace_boxes", with.TraceBoxes
			if !p.Traces {
				fact, boxes = "pair.changed_boxes", untraced(with.Pair)
			}
			for i := range boxes {
				painted.Add(name, verdict.Evidence{
					Fact: fact, Observed: listOf(boxes[i]), Unit: "px", Box: &boxes[i], Quote: name,
					Related: &verdict.Related{Asset: path.Join(s.Case.Path, with.Other.Path)},
				})
			}
		}
	}
	switch {
	case len(painted.Names) > 0:
		return painted.Result(verdict.Fail, ""), nil
	case len(unknown.Names) > 0:
		return unknown.Result(verdict.Review, verdict.Unavailable), nil
	}
	return painted.Result(verdict.Pass, ""), nil
}

// listOf is a box as a value of evidence.
func listOf(b facts.Box) []any { return []any{b[0], b[1], b[2], b[3]} }

// untraced are the changed places of a pair in which no trace was found; none
// where one was found anywhere, as that is told already.
func untraced(p *facts.Pair) []facts.Box {
	if len(p.TraceBoxes) > 0 {
		return nil
	}
	return p.ChangedBoxes
}

// madeFromSource reports whether some source is the same photograph.
func (p *PaintedOverParams) madeFromSource(v *facts.Case, replacement *facts.Asset) bool {
	return slices.ContainsFunc(v.PairsOf(replacement.Path, facts.KindSource), func(with facts.PairWith) bool {
		return with.Distance <= p.MaxDistance
	})
}
