package pictures

import (
	"context"
	"path"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// SourceMatch is "source-matches" (M11, M17): each picture of a kind shows the
// photograph of some source file, cropped, resized, saved anew, mirrored, with
// a mark over it or with another background. A picture far from every source
// fails; one that resembles a source without matching it, and one that could
// not be compared with all, is for a person.
type SourceMatch struct{}

// SourceMatchParams of the check.
type SourceMatchParams struct {
	// Of is the kind whose pictures need a source: violating or replacement.
	Of string `json:"of" zh:"哪种图片要有原图：violating（违规图）或 replacement（替换图）" en:"kind whose pictures need a source: violating or replacement"`
	// MaxDistance up to which two pictures are the same photograph, 0..1.
	MaxDistance float64 `json:"max_distance" unit:"0..1" zh:"差异不超过多少算同一张照片" en:"distance up to which two pictures are the same photograph"`
	// Unlike is the distance from which they are surely not, 0..1.
	Unlike float64 `json:"unlike" unit:"0..1" zh:"差异达到多少就肯定不是同一张照片" en:"distance from which two pictures are surely not the same photograph"`
}

// Name is "source-matches".
func (SourceMatch) Name() string { return "source-matches" }

// Doc says what it judges.
func (SourceMatch) Doc() lang.Text {
	return lang.T("检查每张图片与某张原图是同一张照片，裁剪、缩放、重新保存、镜像、加标识、换背景的都算；与所有原图都相差很远就不通过。有些像但不够像，或没能全部比较时，由人判断。",
		"Asks that each picture shows the photograph of some source: cropped, resized, saved anew, mirrored, with a mark over it or another background. Fails where it is far from every source; a person looks where it resembles one without matching and where not all could be compared.")
}

// NewParams returns the defaults: the distance at which pkg/compare/pairs sees
// a match, and the one beyond which none of the same photograph were measured
// but those with another background.
func (SourceMatch) NewParams() any {
	return &SourceMatchParams{Of: facts.KindViolating, MaxDistance: 0.5, Unlike: 0.8}
}

// Needs asks for the pictures to be compared with the sources.
func (SourceMatch) Needs(params any) []checks.Need {
	of := params.(*SourceMatchParams).Of
	return []checks.Need{{Kind: of, Fact: "pair.source"}, {Kind: facts.KindSource, Fact: "pair." + of}}
}

// Vars are the pictures without a source, and how many they are.
func (SourceMatch) Vars() []string { return checks.FileVars() }

// Run judges the case.
func (SourceMatch) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	p := params.(*SourceMatchParams)
	if s.Case == nil {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	pictures, sources := s.Case.Viewed(p.Of), s.Case.Viewed(facts.KindSource)
	if len(pictures) == 0 || len(sources) == 0 {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	groups := map[grade]*checks.Group{without: {}, unclear: {}, unknown: {}}
	for _, a := range pictures {
		g, e := p.judge(s.Case, a, len(sources))
		if g == matched {
			continue
		}
		groups[g].Add(e.Quote, e)
	}
	for _, r := range []struct {
		grade   grade
		outcome verdict.Outcome
		cause   verdict.Cause
	}{{without, verdict.Fail, ""}, {unclear, verdict.Review, verdict.Judgement}, {unknown, verdict.Review, verdict.Unavailable}} {
		if g := groups[r.grade]; len(g.Names) > 0 {
			return g.Result(r.outcome, r.cause), nil
		}
	}
	return (&checks.Group{}).Result(verdict.Pass, ""), nil
}

// grade is how a picture stands to the sources.
type grade int

const (
	matched grade = iota
	without       // compared with all, like none
	unclear       // like one, but not enough
	unknown       // not compared with all, like none of the others
)

// judge grades one picture; the evidence names the nearest source.
func (p *SourceMatchParams) judge(v *facts.Case, a *facts.Asset, sources int) (grade, verdict.Evidence) {
	compared := v.PairsOf(a.Path, facts.KindSource)
	e := verdict.Evidence{Fact: "pair.distance", Required: verdict.Want(p.MaxDistance), Quote: path.Join(v.Path, a.Path)}
	nearest := 2.0
	for _, with := range compared {
		if with.Distance < nearest {
			nearest = with.Distance
			e.Observed = with.Distance
			e.Related = &verdict.Related{Asset: path.Join(v.Path, with.Other.Path)}
		}
	}
	switch {
	case nearest <= p.MaxDistance:
		return matched, e
	case len(compared) < sources:
		return unknown, e
	case nearest < p.Unlike:
		return unclear, e
	}
	return without, e
}
