package pictures

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/report"
)

// shown makes a case of SKU pictures "kind colour aspect fill fill-most".
func shown(pictures ...string) *facts.Case {
	v := &facts.Case{Path: "c"}
	for i, p := range pictures {
		set := &facts.Set{}
		if _, err := fmt.Sscan(p, &set.Background.Kind, &set.Background.Color, &set.Image.Aspect, &set.Frame.Fill, &set.Frame.FillMost); err != nil {
			panic(err)
		}
		set.SetStatus("background", facts.Status{State: facts.Present})
		v.Assets = append(v.Assets, facts.Asset{Path: fmt.Sprint("replacement/sku/", i+1), Kind: facts.KindReplacement, Slot: "sku", Facts: set})
	}
	return v
}

func TestPictureSet(t *testing.T) {
	const white = "white #ffffff 1 0.86 0.86"
	elsewhere := shown(white, "other #303030 0.75 0.3 0.3")
	elsewhere.Assets[1].Slot = "detail"
	cut := shown(white, white, "white #ffffff 1 0.3 0.3")
	cut.Assets[2].Facts.Frame.TouchesEdge = "b"
	for _, c := range []struct {
		name string
		view *facts.Case
		want string
	}{
		{"one set", shown(white, white, "near_white #f4f4f2 1 0.7 0.72"), "pass — — —"},
		{"one in a scene", shown(white, "other #705030 1 0 0", white), "fail 2 — —"},
		{"all in scenes", shown("other #705030 1 0 0", "other #f0f0f0 1 0 0"), "pass — — —"},
		{"another card", shown("uniform #d0e0f0 1 0.8 0.8", "uniform #e8d0c0 1 0.8 0.8", "uniform #d2e0f0 1 0.8 0.8"), "fail 2 — —"},
		{"white and light grey", shown(white, "uniform #eeeeee 1 0.8 0.8"), "pass — — —"},
		{"another shape", shown(white, white, "white #ffffff 0.75 0.86 0.86"), "fail — 3 —"},
		{"a small one", shown(white, "white #ffffff 1 0.4 0.4", white), "fail — — 2"},
		{"two only", shown(white, "other #705030 0.75 0 0"), "fail 2 2 —"},
		{"white on white", shown(white, "white #ffffff 1 0.3 0.9"), "pass — — —"},
		{"cut off", cut, "pass — — —"},
		{"one alone", shown(white), "skip"},
		{"another slot", elsewhere, "skip"},
	} {
		r, err := Set{}.Run(context.Background(), checks.Subject{Case: c.view}, Set{}.NewParams())
		if err != nil {
			t.Fatal(err)
		}
		got := string(r.Outcome)
		if got != "skip" {
			for _, v := range []string{"grounds", "shapes", "sizes"} {
				got += " " + strings.ReplaceAll(report.Plain(r.Vars[v].Text()), "c/replacement/sku/", "")
			}
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		for v := range r.Vars {
			if !slices.Contains(Set{}.Vars(), v) {
				t.Errorf("%s: variable %s is not told", c.name, v)
			}
		}
	}
}
