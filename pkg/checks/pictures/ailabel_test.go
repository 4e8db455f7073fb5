package pictures

import (
	"testing"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/verdict"
)

func TestAILabel(t *testing.T) {
	for _, c := range []struct {
		name   string
		labels int
		unread bool
		camera string
		ai     string
		pair   facts.Pair
		ground string
		want   verdict.Outcome
	}{
		{name: "labelled", labels: 1, want: verdict.Pass},
		{name: "no label", want: verdict.Fail},
		{name: "text not read", unread: true, want: verdict.Review},
		{name: "cut from a photograph", camera: "yes", ai: "no", pair: facts.Pair{Distance: 0.2, Transform: "cropped"}, want: verdict.Pass},
		{name: "the same, its text not read", unread: true, camera: "yes", ai: "no", pair: facts.Pair{Distance: 0.2, Transform: "resized"}, want: verdict.Pass},
		{name: "retouched from a photograph", camera: "yes", ai: "no", pair: facts.Pair{Distance: 0.2, Transform: "retouched"}, want: verdict.Fail},
		{name: "cut out of a photograph", camera: "yes", ai: "no", ground: "white", pair: facts.Pair{Distance: 0.3, Transform: "retouched", ChangedBoxes: []facts.Box{{1, 2, 3, 4}}}, want: verdict.Pass},
		{name: "put into another scene", camera: "yes", ai: "no", ground: "other", pair: facts.Pair{Distance: 0.3, Transform: "retouched"}, want: verdict.Fail},
		{name: "on white, of a generator", camera: "no", ai: "yes", ground: "white", pair: facts.Pair{Distance: 0.3, Transform: "retouched"}, want: verdict.Fail},
		{name: "something put in", camera: "yes", ai: "no", pair: facts.Pair{Distance: 0.2, Transform: "cropped", ChangedBoxes: []facts.Box{{1, 2, 3, 4}}}, want: verdict.Fail},
		{name: "of a file of a generator", camera: "no", ai: "yes", pair: facts.Pair{Distance: 0.2, Transform: "cropped"}, want: verdict.Fail},
		{name: "AI not ruled out", camera: "yes", ai: "unclear", pair: facts.Pair{Distance: 0.2, Transform: "cropped"}, want: verdict.Fail},
		{name: "another photograph", camera: "yes", ai: "no", pair: facts.Pair{Distance: 0.9, Transform: "cropped"}, want: verdict.Fail},
	} {
		picture, source := &facts.Set{}, &facts.Set{}
		picture.SetStatus("text", facts.Status{State: facts.Present})
		if c.unread {
			picture.SetStatus("text", facts.Status{State: facts.Failed})
		}
		picture.Background.Kind = c.ground
		picture.Text.AILabels = make([]facts.AILabel, c.labels)
		source.Origin.Camera.Verdict, source.Origin.AI.Verdict = c.camera, c.ai
		v := &facts.Case{Path: ".", Assets: []facts.Asset{{Path: "r.jpg", Kind: facts.KindReplacement, Facts: picture}, {Path: "s.jpg", Kind: facts.KindSource, Facts: source}}}
		if c.pair.Transform != "" {
			c.pair.A, c.pair.B = "r.jpg", "s.jpg"
			v.Pairs = []facts.Pair{c.pair}
		}
		got, err := AILabel{}.Run(t.Context(), checks.Subject{Case: v, Asset: &v.Assets[0]}, AILabel{}.NewParams())
		if err != nil || got.Outcome != c.want {
			t.Errorf("%s: %v (%v), want %v", c.name, got.Outcome, err, c.want)
		}
	}
}
