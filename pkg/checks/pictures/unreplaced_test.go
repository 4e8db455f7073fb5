package pictures

import (
	"context"
	"path"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/report"
)

// view makes a case from paths, of which the first folder is the kind, and
// pairs as "a b transform"; "changed" instead of a transform is a resized
// picture with a changed place, "again" another shot that matches, "recoloured"
// one exposure in another colour. Pairs that are not given were compared and do
// not match, but for those with a picture named in blind.
func pairedCase(typ, files, pairs, blind string) *facts.Case {
	v := &facts.Case{Path: "c", File: &casefile.File{}}
	v.File.Violation.Type = typ
	for _, f := range strings.Fields(files) {
		kind, _, _ := strings.Cut(f, "/")
		set := &facts.Set{}
		set.File.SHA256 = f
		v.Assets = append(v.Assets, facts.Asset{Path: f, Kind: kind, Facts: set})
	}
	given := map[[2]string]facts.Pair{}
	for _, p := range strings.Split(pairs, ";") {
		if w := strings.Fields(p); len(w) == 3 {
			pair := facts.Pair{A: w[0], B: w[1], Distance: 0.1, Transform: w[2], Exposure: 0.9, Colour: 4}
			switch w[2] {
			case "changed":
				pair.Transform, pair.ChangedBoxes = "resized", []facts.Box{{1, 2, 3, 4}}
			case "again":
				pair.Transform, pair.Exposure = "same", 0.2
			case "recoloured":
				pair.Transform, pair.Colour = "same", 44
			}
			given[[2]string{w[0], w[1]}] = pair
		}
	}
	for _, a := range v.Of("violating") {
		for _, b := range v.Of("replacement") {
			p, ok := given[[2]string{a.Path, b.Path}]
			if !ok {
				p = facts.Pair{A: a.Path, B: b.Path, Distance: 0.97, Transform: "unrelated"}
			}
			if a.Path != blind && b.Path != blind {
				v.Pairs = append(v.Pairs, p)
			}
		}
	}
	return v
}

func TestUnreplaced(t *testing.T) {
	same := pairedCase("watermark", "violating/1 replacement/1", "violating/1 replacement/1 same", "")
	same.Assets[1].Facts.File.SHA256 = same.Assets[0].Facts.File.SHA256
	empty := pairedCase("watermark", "violating/1 replacement/1 replacement/2", "violating/1 replacement/1 changed", "replacement/2")
	empty.Assets[2].Facts.File.Troubles = []string{"empty"}
	// Without case.yaml the notice tells whether the picture was stolen.
	noticed := func(transform string, types ...string) *facts.Case {
		c := pairedCase("", "violating/1 replacement/1 notice/1", "violating/1 replacement/1 "+transform, "")
		c.File, c.Assets[2].Facts.Document.ViolationTypes = nil, types
		return c
	}
	otherwise := noticed("cropped", "stolen_image")
	otherwise.File = &casefile.File{}
	otherwise.File.Violation.Type = "watermark"
	// Addresses of the pictures in a text file, a design beside the replacement.
	beside := pairedCase("stolen_image", "violating/1 violating/links replacement/1 replacement/design", "", "violating/links")
	beside.Pairs = beside.Pairs[:1]
	for i, class := range map[int]string{1: "document", 3: "other"} {
		beside.Assets[i].Facts.File.Format, beside.Assets[i].Facts.File.Class, beside.Assets[i].Facts.File.FormatMatchesExtension = "text", class, true
	}
	stated := pairedCase("watermark", "violating/1 violating/2 replacement/1", "violating/2 replacement/1 changed", "")
	stated.File.Images = []casefile.Image{{File: "replacement/1", Replaces: "violating/1"}}
	for _, c := range []struct {
		name string
		view *facts.Case
		want string
	}{
		{"another picture", pairedCase("stolen_image", "violating/1 replacement/1", "", ""), "pass"},
		{"saved anew", pairedCase("watermark", "violating/1 replacement/1", "violating/1 replacement/1 resized", ""), "fail violating/1"},
		{"mirrored", pairedCase("watermark", "violating/1 replacement/1", "violating/1 replacement/1 mirrored", ""), "fail violating/1"},
		{"with a border", pairedCase("watermark", "violating/1 replacement/1", "violating/1 replacement/1 bordered", ""), "fail violating/1"},
		{"photographed again", pairedCase("watermark", "violating/1 replacement/1", "violating/1 replacement/1 again", ""), "pass"},
		{"stolen, photographed again", pairedCase("stolen_image", "violating/1 replacement/1", "violating/1 replacement/1 again", ""), "pass"},
		{"stolen, another colour", pairedCase("stolen_image", "violating/1 replacement/1", "violating/1 replacement/1 recoloured", ""), "pass"},
		{"photographed again, takes its place", pairedCase("stolen_image", "violating/1 violating/2 replacement/1", "violating/1 replacement/1 again", ""), "review judgement violating/2"},
		{"mark removed", pairedCase("watermark", "violating/1 replacement/1", "violating/1 replacement/1 changed", ""), "pass"},
		{"mark cropped away", pairedCase("watermark", "violating/1 replacement/1", "violating/1 replacement/1 cropped", ""), "pass"},
		{"another background", pairedCase("brand_logo", "violating/1 replacement/1", "violating/1 replacement/1 retouched", ""), "pass"},
		{"a stolen picture cropped", pairedCase("stolen_image", "violating/1 replacement/1", "violating/1 replacement/1 cropped", ""), "fail violating/1"},
		{"a stolen picture retouched", pairedCase("stolen_image", "violating/1 replacement/1", "violating/1 replacement/1 changed", ""), "fail violating/1"},
		{"once mended, once as it was", pairedCase("watermark", "violating/1 replacement/1 replacement/2", "violating/1 replacement/1 changed;violating/1 replacement/2 same", ""), "fail violating/1"},
		{"one replacement for two", pairedCase("stolen_image", "violating/1 violating/2 replacement/1", "", ""), "review judgement violating/1 violating/2"},
		{"one mended, one without", pairedCase("watermark", "violating/1 violating/2 replacement/1", "violating/1 replacement/1 changed", ""), "review judgement violating/2"},
		{"one mended, one new", pairedCase("watermark", "violating/1 violating/2 replacement/1 replacement/2", "violating/1 replacement/1 changed", ""), "pass"},
		{"said by case.yaml", stated, "pass"},
		{"stolen, as the notice says, cropped", noticed("cropped", "stolen_image"), "fail violating/1"},
		{"the notice names two types", noticed("cropped", "watermark", "stolen_image"), "pass"},
		{"the notice names none", noticed("cropped"), "pass"},
		{"case.yaml knows better than the notice", otherwise, "pass"},
		{"not compared", pairedCase("stolen_image", "violating/1 replacement/1", "", "replacement/1"), "review unavailable violating/1"},
		{"not compared with all, found again in one", pairedCase("stolen_image", "violating/1 replacement/1 replacement/2", "violating/1 replacement/1 same", "replacement/2"), "fail violating/1"},
		{"an empty file beside", empty, "pass"},
		{"files that are no pictures beside", beside, "pass"},
		{"byte for byte, told elsewhere", same, "pass"},
		{"no replacement at all, told elsewhere", pairedCase("stolen_image", "violating/1", "", ""), "skip"},
		{"nothing to replace", pairedCase("stolen_image", "replacement/1", "", ""), "skip"},
	} {
		r, err := Unreplaced{}.Run(context.Background(), checks.Subject{Case: c.view}, Unreplaced{}.NewParams())
		if err != nil {
			t.Fatal(err)
		}
		got := string(r.Outcome)
		if r.Cause != "" {
			got += " " + string(r.Cause)
		}
		if files := report.Plain(r.Vars["files"].Text()); files != "—" {
			for _, f := range strings.Split(files, ", ") {
				if len(r.Evidence) == 0 || !strings.HasPrefix(f, "c/") {
					t.Errorf("%s: evidence %v", c.name, r.Evidence)
				}
				got += " " + strings.TrimPrefix(path.Clean(f), "c/")
			}
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
