package pictures

import (
	"testing"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/verdict"
)

func TestEnlarged(t *testing.T) {
	const picture, source = "替换图/1.jpg", "原图/1.jpg"
	for _, c := range []struct {
		name  string
		pairs []facts.Pair
		want  verdict.Outcome
	}{
		{name: "no source like it", want: verdict.Fail},
		{name: "made smaller from a source", pairs: []facts.Pair{{A: source, B: picture, Distance: 0.1, Scale: 0.4}}, want: verdict.Pass},
		{name: "the pair the other way", pairs: []facts.Pair{{A: picture, B: source, Distance: 0.1, Scale: 2.5}}, want: verdict.Pass},
		{name: "cut out at its size", pairs: []facts.Pair{{A: source, B: picture, Distance: 0.1, Scale: 1.02}}, want: verdict.Pass},
		{name: "enlarged from a source", pairs: []facts.Pair{{A: source, B: picture, Distance: 0.1, Scale: 1.8}}, want: verdict.Fail},
		{name: "enlarged from one, made smaller from another", pairs: []facts.Pair{{A: source, B: picture, Distance: 0.1, Scale: 1.8}, {A: picture, B: "原图/2.jpg", Distance: 0.2, Scale: 3}}, want: verdict.Pass},
		{name: "another photograph", pairs: []facts.Pair{{A: source, B: picture, Distance: 0.9, Scale: 0.4}}, want: verdict.Fail},
		{name: "matched by an older program", pairs: []facts.Pair{{A: source, B: picture, Distance: 0.1}}, want: verdict.Fail},
	} {
		v := &facts.Case{Path: ".", Assets: []facts.Asset{{Path: picture, Kind: facts.KindReplacement, Facts: &facts.Set{}}, {Path: source, Kind: facts.KindSource}, {Path: "原图/2.jpg", Kind: facts.KindSource}}, Pairs: c.pairs}
		got, err := Enlarged{}.Run(t.Context(), checks.Subject{Case: v, Asset: &v.Assets[0]}, Enlarged{}.NewParams())
		if err != nil || got.Outcome != c.want {
			t.Errorf("%s: %v (%v), want %v", c.name, got.Outcome, err, c.want)
		}
	}
}
