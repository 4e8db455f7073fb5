package derive

import (
	"slices"
	"testing"

	"github.com/aecheck/aecheck/pkg/facts"
)

func TestCovers(t *testing.T) {
	main := func(path string) facts.Asset {
		return facts.Asset{Path: path, Kind: facts.KindReplacement, Slot: facts.SlotMain}
	}
	for _, c := range []struct {
		name   string
		assets []facts.Asset
		first  []string
	}{
		{"numbers", []facts.Asset{main("主图/10.jpg"), main("主图/2.jpg"), main("主图/01.jpg")}, []string{"主图/01.jpg"}},
		{"the first has none", []facts.Asset{main("r/main (2).jpg"), main("r/main.jpg"), main("r/main_3.jpg")}, []string{"r/main.jpg"}},
		{"a folder for each colour", []facts.Asset{main("红/主图1.jpg"), main("红/主图2.jpg"), main("蓝/主图1.png")}, []string{"红/主图1.jpg", "蓝/主图1.png"}},
		{"one", []facts.Asset{main("m.jpg")}, []string{"m.jpg"}},
		{"other slots", []facts.Asset{main("r/2.jpg"), {Path: "r/1.jpg", Kind: facts.KindReplacement, Slot: "detail"}, {Path: "r/3.jpg", Kind: facts.KindReplacement, Slot: "detail"}}, []string{"r/1.jpg", "r/2.jpg", "r/3.jpg"}},
	} {
		v := &facts.Case{Assets: c.assets}
		Covers(v)
		var first []string
		for i, a := range v.Assets {
			if !a.Later {
				first = append(first, a.Path)
			}
			if c.assets[i].Later {
				t.Errorf("%s: what was known before has changed", c.name)
			}
		}
		slices.Sort(first)
		if !slices.Equal(first, c.first) {
			t.Errorf("%s: %v, want %v", c.name, first, c.first)
		}
	}
}

func FuzzByNumber(f *testing.F) {
	f.Add("a/1.jpg", "a/02.jpg")
	f.Add("主图.jpg", "主图 (1).jpg")
	f.Fuzz(func(t *testing.T, a, b string) {
		if x, y := byNumber(a, b), byNumber(b, a); x != -y {
			t.Errorf("%q %q: %d and %d", a, b, x, y)
		}
	})
}
