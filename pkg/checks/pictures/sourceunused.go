package pictures

import (
	"context"
	"path"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// SourceUnused is "source-unused" (M11): some source shows the photograph of a
// violating picture or a replacement. The other way round it is
// "source-matches"; a case whose violation is mended needs no source for every
// picture, and more shots of the same shoot beside them do no harm, but sources
// that all belong to none of the pictures prove nothing.
type SourceUnused struct{}

// SourceUnusedParams of the check.
type SourceUnusedParams struct {
	// MaxDistance up to which two pictures are the same photograph, 0..1.
	MaxDistance float64 `json:"max_distance" unit:"0..1" zh:"差异不超过多少算同一张照片" en:"distance up to which two pictures are the same photograph"`
	// Unlike is the distance from which they are surely not, 0..1.
	Unlike float64 `json:"unlike" unit:"0..1" zh:"差异达到多少就肯定不是同一张照片" en:"distance from which two pictures are surely not the same photograph"`
}

// Name is "source-unused".
func (SourceUnused) Name() string { return "source-unused" }

// Doc says what it judges.
func (SourceUnused) Doc() lang.Text {
	return lang.T("检查至少有一张原图与某张违规图或替换图是同一张照片，或在 case.yaml 的 images 里写明被用到；所有原图与全部图片都相差很远就不通过。没有一张对得上、又有原图没能全部比较时，由人查看。",
		"Asks that some source is the same photograph as a violating picture or replacement, or is named as one's source under images in case.yaml; fails where every source is far from all of them. A person looks where none matches and a source could not be compared with all.")
}

// NewParams returns the defaults, those of "source-matches".
func (SourceUnused) NewParams() any { return &SourceUnusedParams{MaxDistance: 0.5, Unlike: 0.8} }

// Needs asks for the sources to be compared with both kinds.
func (SourceUnused) Needs(any) []checks.Need {
	return []checks.Need{
		{Kind: facts.KindSource, Fact: "pair." + facts.KindReplacement}, {Kind: facts.KindReplacement, Fact: "pair.source"},
		{Kind: facts.KindSource, Fact: "pair." + facts.KindViolating}, {Kind: facts.KindViolating, Fact: "pair.source"},
	}
}

// Vars are the sources that belong to nothing, and how many they are.
func (SourceUnused) Vars() []string { return checks.FileVars() }

// Run judges the case.
func (SourceUnused) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	p := params.(*SourceUnusedParams)
	if s.Case == nil {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	sources := s.Case.Filled(facts.KindSource)
	pictures := len(s.Case.Viewed(facts.KindViolating)) + len(s.Case.Viewed(facts.KindReplacement))
	if len(sources) == 0 || pictures == 0 {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	var unused, unknown checks.Group
	for _, a := range sources {
		if a.Note() {
			continue
		}
		compared := append(s.Case.PairsOf(a.Path, facts.KindViolating), s.Case.PairsOf(a.Path, facts.KindReplacement)...)
		e, far := p.far(s.Case, a, compared)
		switch {
		case !far || named(s.Case, a.Path):
			return (&checks.Group{}).Result(verdict.Pass, ""), nil
		case len(compared) < pictures:
			unknown.Add(e.Quote, verdict.Evidence{Fact: "pair", Observed: len(compared), Required: verdict.Want(pictures), Quote: e.Quote, Related: &verdict.Related{Asset: e.Quote}})
		default:
			unused.Add(e.Quote, e)
		}
	}
	if len(unknown.Names) > 0 {
		return unknown.Result(verdict.Review, verdict.Unavailable), nil
	}
	return unused.Result(verdict.Fail, ""), nil
}

// far reports whether a source is far from all pictures it was compared with; the
// evidence names the nearest.
func (p *SourceUnusedParams) far(v *facts.Case, a *facts.Asset, compared []facts.PairWith) (verdict.Evidence, bool) {
	e := verdict.Evidence{Fact: "pair.distance", Required: verdict.Want(p.MaxDistance), Quote: path.Join(v.Path, a.Path)}
	nearest := 2.0
	for _, with := range compared {
		if with.Distance < nearest {
			nearest = with.Distance
			e.Observed = with.Distance
			e.Related = &verdict.Related{Asset: path.Join(v.Path, with.Other.Path)}
		}
	}
	return e, nearest >= p.Unlike
}

// named reports whether case.yaml says that a picture was made from the source.
func named(v *facts.Case, source string) bool {
	if v.File == nil {
		return false
	}
	for _, im := range v.File.Images {
		if im.Source != "" && path.Clean(im.Source) == source {
			return true
		}
	}
	return false
}
