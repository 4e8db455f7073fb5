package compare

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/compare/lumacopy"
	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/raster"
)

func TestPairsAreBoundedEvenly(t *testing.T) {
	needs := func(kind, _ string) []string {
		if kind == "violating" {
			return []string{"pair.replacement"}
		}
		return nil
	}
	all := func(string) bool { return true }
	for _, n := range [][2]int{{0, 5}, {5, 0}, {3, 4}, {70, 100}} {
		view := &facts.Case{}
		for i, kind := range []string{"violating", "replacement"} {
			for j := range n[i] {
				set := &facts.Set{}
				set.SetStatus("match", facts.Status{State: facts.Present})
				view.Assets = append(view.Assets, facts.Asset{Path: fmt.Sprint(kind, j), Kind: kind, Facts: set})
			}
		}
		list := (&comparison{Options: Options{Needs: needs}, view: view}).between("violating", "replacement", all)
		if want := min(n[0]*n[1], maxPairs); len(list) != want {
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
	if list := (&comparison{Options: Options{Needs: needs}, view: &facts.Case{}}).between("companion", "replacement", all); list != nil {
		t.Errorf("pairs nobody asks for: %v", list)
	}
}

// TestPairsAreRecalled: a second run reads what the first found and computes
// nothing; what the result depends on takes it out of the cache's reach.
func TestPairsAreRecalled(t *testing.T) {
	picture := func(seed byte) *facts.Asset {
		rgb := raster.NewRGB(320, 240)
		for i := range rgb.Pix {
			rgb.Pix[i] = byte(i/3%320/40*31+i/960/30*17) * seed
		}
		m, err := lumacopy.Of(&raster.Picture{RGB: rgb, FullW: 320, FullH: 240})
		if err != nil {
			t.Fatal(err)
		}
		set := &facts.Set{}
		set.Match, set.File.SHA256 = m, fmt.Sprint("content ", seed)
		return &facts.Asset{Path: fmt.Sprint("picture", seed), Kind: "violating", Facts: set}
	}
	a, b := picture(1), picture(3)
	r := &comparison{Options: Options{Known: extract.OpenCache(t.TempDir(), 1<<20, extract.Digests{PairRecord: "e0"})}}
	computed := 0
	side := func(x *facts.Asset) func() *compared {
		return func() *compared { computed++; return newCompared(x) }
	}
	first := r.pair(a, b, side(a), side(b))
	if first == nil || computed != 2 {
		t.Fatalf("%v after %d computations", first, computed)
	}
	again := r.pair(a, b, side(a), side(b))
	if computed != 2 {
		t.Error("computed again")
	}
	if diff := cmp.Diff(first, again); diff != "" {
		t.Errorf("recalled another pair: %s", diff)
	}
	moved := *b
	moved.Path = "elsewhere"
	if p := r.pair(a, &moved, side(a), side(&moved)); computed != 2 || p.B != "elsewhere" {
		t.Errorf("a renamed file: %d computations, %q", computed, p.B)
	}
	moved.Kind = "replacement"
	if r.pair(a, &moved, side(a), side(&moved)); computed != 4 {
		t.Error("traces are looked for in replacements alone: that pair is another one")
	}
	a.Facts.Text.Lines = []facts.TextLine{{Overlay: 1, Box: facts.Box{1, 2, 3, 4}}}
	if r.pair(a, &moved, side(a), side(&moved)); computed != 6 {
		t.Error("a mark newly read makes another pair")
	}
}

// TestSourceSought: of which replacements the source is looked for whatever they repeat.
func TestSourceSought(t *testing.T) {
	picture := func(path, kind string, upscaled float64) facts.Asset {
		return facts.Asset{Path: path, Kind: kind, Facts: &facts.Set{Quality: facts.Quality{Upscaled: upscaled}}}
	}
	assets := []facts.Asset{picture("plain.jpg", facts.KindReplacement, 0), picture("traces.jpg", facts.KindReplacement, 0.7), picture("src.jpg", facts.KindSource, 0.9)}
	for _, c := range []struct {
		name string
		file *casefile.File
		want []string
	}{
		{"no case.yaml", nil, []string{"traces.jpg"}},
		{"no AI", &casefile.File{}, []string{"traces.jpg"}},
		{"AI used", &casefile.File{AI: casefile.AIUse{Used: true}}, []string{"plain.jpg", "traces.jpg"}},
		{"penalised for AI", &casefile.File{Violation: casefile.Violation{Type: "ai_unlabelled"}}, []string{"plain.jpg", "traces.jpg"}},
	} {
		got := (&comparison{view: &facts.Case{File: c.file, Assets: assets}}).sourceSought()
		if diff := cmp.Diff(c.want, slices.Sorted(maps.Keys(got))); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}
