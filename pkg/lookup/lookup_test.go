package lookup

import (
	"slices"
	"testing"

	"github.com/aecheck/aecheck"
	"github.com/aecheck/aecheck/pkg/guide"
	"github.com/aecheck/aecheck/pkg/rules"
	"github.com/aecheck/aecheck/pkg/scan"
)

func index(t *testing.T) *Index {
	t.Helper()
	set, err := rules.Load(scan.Checks(), rules.Layer{Name: "rules.yaml", Data: aecheck.RulesYAML})
	if err != nil {
		t.Fatal(err)
	}
	guides, err := guide.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range guides {
		for _, id := range g.Rules {
			if set.Rule(id) == nil {
				t.Errorf("guide %s names %s, which is no rule", g.ID, id)
			}
		}
		for _, id := range g.Kinds {
			if !slices.Contains(set.KindNames(), id) {
				t.Errorf("guide %s names %s, which is no kind", g.ID, id)
			}
		}
	}
	return New(set, guides)
}

func TestFind(t *testing.T) {
	x := index(t)
	for _, tt := range []struct {
		text  string
		has   []string // in this order
		lacks []string
	}{
		{"截图", []string{"notice", "AE211", "exif"}, nil},
		{"水印", []string{"mark", "AE323", "AE135"}, nil},
		{"ＷＡＴＥＲＭＡＲＫ", []string{"mark", "AE323", "replacement"}, nil},
		{"公章", []string{"seal", "AE524", "AE603", "commitment"}, nil},
		{"ai", []string{"ai_licence", "AE123"}, []string{"AE211"}}, // "again", "against"
		{"公章 承诺书", []string{"AE603"}, []string{"AE524"}},
		{"picture checker", []string{Appeal}, nil},
		{"主图", []string{"main", "AE302"}, nil},
		{"no such thing at all", nil, []string{"AE211"}},
		{"  ", nil, []string{"AE211"}},
		{"--help", nil, []string{"AE109"}},
	} {
		var names []string
		for _, h := range x.Find(tt.text) {
			names = append(names, h.Name)
		}
		at := -1
		for _, want := range tt.has {
			i := slices.Index(names, want)
			if i <= at {
				t.Errorf("%s: %s at %d in %v", tt.text, want, i, names)
			}
			at = i
		}
		for _, not := range tt.lacks {
			if slices.Contains(names, not) {
				t.Errorf("%s finds %s", tt.text, not)
			}
		}
	}
}

func TestNear(t *testing.T) {
	x := index(t)
	for text, want := range map[string]string{"screnshot": "screenshot", "watermrak": "watermark", "aproved": "", "apeal": "appeal", "承诺诗": "承诺书", "": "", "¿¿¿¿": ""} {
		got := x.Near(text, 3)
		if want == "" && len(got) > 0 && text != "aproved" || want != "" && !slices.Contains(got, want) || len(got) > 3 {
			t.Errorf("%s: %q", text, got)
		}
	}
}
