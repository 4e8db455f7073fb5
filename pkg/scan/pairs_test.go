package scan

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/rules"
)

func TestCouplesAreBoundedEvenly(t *testing.T) {
	data, err := os.ReadFile("../../rules.yaml")
	if err != nil {
		t.Fatal(err)
	}
	set, err := rules.Load(Checks(), rules.Layer{Name: "rules.yaml", Data: data})
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(set, extract.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	r := &run{Scanner: s}
	all := func(string) bool { return true }
	for _, n := range [][2]int{{0, 5}, {5, 0}, {3, 4}, {70, 100}} {
		view := &facts.View{}
		for i, kind := range []string{"violating", "replacement"} {
			for j := range n[i] {
				set := &facts.Set{}
				set.SetStatus("match", facts.Status{State: facts.Present})
				view.Assets = append(view.Assets, facts.Asset{Path: fmt.Sprint(kind, j), Kind: kind, Facts: set})
			}
		}
		list := r.couples(view, "violating", "replacement", all)
		if want := min(n[0]*n[1], MaxPairs); len(list) != want {
			t.Errorf("%v: %d pairs, want %d", n, len(list), want)
		}
		partners := map[int]int{}
		for _, c := range list {
			partners[c.a]++
		}
		counts := []int{0}
		for _, k := range partners {
			counts = append(counts, k)
		}
		if most, least := slices.Max(counts), slices.Min(counts[min(1, len(counts)-1):]); most-least > 1 {
			t.Errorf("%v: between %d and %d partners", n, least, most)
		}
		if len(slices.Compact(slices.Clone(list))) != len(list) {
			t.Errorf("%v: a pair twice", n)
		}
	}
	if list := r.couples(&facts.View{}, "companion", "replacement", all); list != nil {
		t.Errorf("pairs nobody asks for: %v", list)
	}
}
