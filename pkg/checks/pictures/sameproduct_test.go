package pictures

import (
	"context"
	"encoding/base64"
	"slices"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// shownAs are views of two numbers each, by angle in the plane: a is at 0°, b at
// 60°, c at 120°, z at 180°. With a likeness of at least 0.3, neighbours are one
// product and the others are not.
var shownAs = map[byte][2]int8{'a': {127, 0}, 'b': {64, 110}, 'c': {-64, 110}, 'z': {-127, 0}, '0': {0, 0}}

// shownCase makes a case of pictures as "kind/slot/name views", joined by ";".
// A kind that begins with a capital shows the thing not alone.
func shownCase(pictures string) *facts.Case {
	v := &facts.Case{Path: "c"}
	for _, s := range strings.Split(pictures, ";") {
		name, views, _ := strings.Cut(strings.TrimSpace(s), " ")
		parts := strings.Split(name, "/")
		a := facts.Asset{Kind: strings.ToLower(parts[0]), Path: name, Facts: &facts.Set{}}
		if len(parts) == 3 {
			a.Slot = parts[1]
		}
		for _, group := range []string{"shown", "faces", "text", "frame"} {
			a.Facts.SetStatus(group, facts.Status{State: facts.Present})
		}
		a.Facts.Shown.Alone = a.Kind == parts[0]
		for _, b := range []byte(views) {
			n := shownAs[b]
			a.Facts.Shown.Views = append(a.Facts.Shown.Views, base64.StdEncoding.EncodeToString([]byte{byte(n[0]), byte(n[1])}))
		}
		v.Assets = append(v.Assets, a)
	}
	return v
}

func TestSameProduct(t *testing.T) {
	at := func(v *facts.Case, path string) *facts.Set {
		i := slices.IndexFunc(v.Assets, func(a facts.Asset) bool { return a.Path == path })
		return v.Assets[i].Facts
	}
	const swapped = "violating/1 a; replacement/main/1 z"
	for _, c := range []struct {
		name, pictures string
		change         func(v *facts.Case)
		want           verdict.Outcome
		files          []string
	}{
		{"the same", "violating/1 a; replacement/main/1 a", nil, verdict.Pass, nil},
		{"another view", "violating/1 a; replacement/main/1 b", nil, verdict.Pass, nil},
		{"another product", swapped, nil, verdict.Fail, []string{"c/replacement/main/1"}},
		{"like the source alone, photographed anew", "violating/1 a; source/1 z; replacement/main/1 z", nil, verdict.Pass, nil},
		{"like a companion alone", "source/1 a; companion/1 c; replacement/main/1 c", nil, verdict.Pass, nil},
		{"two views away", "violating/1 a; replacement/main/1 c", nil, verdict.Fail, []string{"c/replacement/main/1"}},
		{"another replacement leads to it", "violating/1 a; replacement/main/1 c; replacement/sku/2 b", nil, verdict.Pass, nil},
		{"a chain of them", "violating/1 a; replacement/main/1 z; replacement/main/2 c; replacement/sku/3 b", nil, verdict.Pass, nil},
		{"a detail picture leads to it", "violating/1 a; replacement/main/1 c; Replacement/detail/2 b", nil, verdict.Pass, nil},
		{"swapped ones lead to nothing", "violating/1 a; replacement/main/1 z; replacement/sku/2 c; replacement/main/3 a", nil, verdict.Fail, []string{"c/replacement/main/1", "c/replacement/sku/2"}},
		{"one of two", "violating/1 a; replacement/main/1 a; replacement/main/2 z", nil, verdict.Fail, []string{"c/replacement/main/2"}},
		{"a part of the source's scene", "Source/1 zca; replacement/main/1 a", nil, verdict.Pass, nil},
		{"parts are not set against parts", "Source/1 za; Replacement/main/1 ca; replacement/main/2 a", nil, verdict.Pass, nil},
		{"a link too weak", "violating/1 a; replacement/main/1 z; replacement/main/2 a", func(v *facts.Case) {
			at(v, "replacement/main/1").Shown.Views = []string{base64.StdEncoding.EncodeToString([]byte{0, 127})}
			at(v, "replacement/main/2").Shown.Views = []string{base64.StdEncoding.EncodeToString([]byte{120, 45})} // 0.94 to a, 0.35 to the other
		}, verdict.Fail, []string{"c/replacement/main/1"}},
		{"a scene is not judged", "violating/1 a; Replacement/main/1 z", nil, verdict.Skip, nil},
		{"a scene beside a thing alone", "violating/1 a; Replacement/main/1 z; replacement/main/2 a", nil, verdict.Pass, nil},
		{"detail pictures are not judged", "violating/1 a; replacement/detail/1 z", nil, verdict.Skip, nil},
		{"nothing to compare with", "replacement/main/1 a; replacement/main/2 z", nil, verdict.Skip, nil},
		{"nothing shown in the others", "violating/1 0; replacement/main/1 z", nil, verdict.Skip, nil},
		{"no replacement", "violating/1 a", nil, verdict.Skip, nil},
		{"collage", swapped, func(v *facts.Case) { at(v, "replacement/main/1").Frame.Collage = true }, verdict.Skip, nil},
		{"table of sizes", swapped, func(v *facts.Case) { at(v, "replacement/main/1").Text.Lines = make([]facts.TextLine, 9) }, verdict.Skip, nil},
		{"somebody wears it", swapped, func(v *facts.Case) { at(v, "replacement/main/1").Faces.Boxes = make([]facts.Face, 1) }, verdict.Skip, nil},
		{"somebody wears it, here and there", swapped, func(v *facts.Case) {
			at(v, "replacement/main/1").Faces.Boxes = make([]facts.Face, 1)
			at(v, "violating/1").Faces.Boxes = make([]facts.Face, 1)
		}, verdict.Fail, []string{"c/replacement/main/1"}},
		{"text not read", swapped, func(v *facts.Case) {
			at(v, "replacement/main/1").SetStatus("text", facts.Status{State: facts.NotExtracted})
		}, verdict.Skip, nil},
		{"not looked at", "violating/1 a; replacement/main/1 z; replacement/main/2 a", func(v *facts.Case) {
			at(v, "replacement/main/1").SetStatus("shown", facts.Status{State: facts.Failed})
		}, verdict.Pass, nil},
		{"the one like it not looked at", "violating/1 a; source/1 z; replacement/main/1 z", func(v *facts.Case) {
			at(v, "source/1").SetStatus("shown", facts.Status{State: facts.Failed})
		}, verdict.Skip, nil},
		{"damaged numbers", "violating/1 a; replacement/main/1 z", func(v *facts.Case) { at(v, "violating/1").Shown.Views = []string{"?"} }, verdict.Skip, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := shownCase(c.pictures)
			if c.change != nil {
				c.change(v)
			}
			p := SameProduct{}.NewParams().(*SameProductParams)
			p.MinLikeness, p.MinLink = 0.3, 0.4
			got, err := SameProduct{}.Run(context.Background(), checks.Subject{Case: v}, p)
			if err != nil {
				t.Fatal(err)
			}
			if got.Outcome != c.want {
				t.Fatalf("%s %v, want %s", got.Outcome, got.Evidence, c.want)
			}
			var files []string
			for _, e := range got.Evidence {
				files = append(files, e.Quote)
				if e.Related == nil || e.Observed == nil {
					t.Errorf("%s: no nearest picture", e.Quote)
				}
			}
			if !slices.Equal(files, c.files) {
				t.Errorf("named %v, want %v", files, c.files)
			}
		})
	}
	if got, err := (SameProduct{}).Run(context.Background(), checks.Subject{}, SameProduct{}.NewParams()); err != nil || got.Outcome != verdict.Skip {
		t.Errorf("without a case: %v %v", got.Outcome, err)
	}
}
