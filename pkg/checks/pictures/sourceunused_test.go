package pictures

import (
	"testing"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/verdict"
)

func TestSourceUnused(t *testing.T) {
	assets := []facts.Asset{
		{Path: "replacement/1.jpg", Kind: facts.KindReplacement, Facts: &facts.Set{}},
		{Path: "source/1.jpg", Kind: facts.KindSource, Facts: &facts.Set{}},
		{Path: "source/2.jpg", Kind: facts.KindSource, Facts: &facts.Set{}},
		{Path: "violating/1.jpg", Kind: facts.KindViolating, Facts: &facts.Set{}},
	}
	pairs := func(r1, r2, v1, v2 float64) []facts.Pair {
		return []facts.Pair{
			{A: "replacement/1.jpg", B: "source/1.jpg", Distance: r1}, {A: "replacement/1.jpg", B: "source/2.jpg", Distance: r2},
			{A: "source/1.jpg", B: "violating/1.jpg", Distance: v1}, {A: "source/2.jpg", B: "violating/1.jpg", Distance: v2},
		}
	}
	for _, c := range []struct {
		name  string
		pairs []facts.Pair
		file  *casefile.File
		want  verdict.Outcome
	}{
		{"all far", pairs(0.9, 0.95, 1, 0.85), nil, verdict.Fail},
		{"one made a replacement", pairs(0.2, 0.95, 1, 1), nil, verdict.Pass},
		{"one is the violating picture's", pairs(0.9, 0.9, 1, 0.3), nil, verdict.Pass},
		{"one resembles", pairs(0.9, 0.7, 1, 1), nil, verdict.Pass},
		{"not all compared", pairs(0.9, 0.95, 1, 0.9)[:3], nil, verdict.Review},
		{"none compared", nil, nil, verdict.Review},
		{"not all compared, one matches", pairs(0.9, 0.2, 1, 0.9)[:3], nil, verdict.Pass},
		{"named in case.yaml", pairs(0.9, 0.95, 1, 0.9), &casefile.File{Images: []casefile.Image{{File: "replacement/1.jpg", Source: "source/2.jpg"}}}, verdict.Pass},
	} {
		v := &facts.Case{Path: ".", Assets: assets, Pairs: c.pairs, File: c.file}
		got, err := SourceUnused{}.Run(t.Context(), checks.Subject{Case: v}, SourceUnused{}.NewParams())
		if err != nil || got.Outcome != c.want {
			t.Errorf("%s: %v (%v), want %v", c.name, got.Outcome, err, c.want)
		}
		if c.want == verdict.Fail && len(got.Evidence) != 2 {
			t.Errorf("%s: %d sources named", c.name, len(got.Evidence))
		}
	}
	if got, _ := (SourceUnused{}).Run(t.Context(), checks.Subject{Case: &facts.Case{}}, SourceUnused{}.NewParams()); got.Outcome != verdict.Skip {
		t.Errorf("no sources: %v", got.Outcome)
	}
}
