package casefile

import (
	"context"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/report"
)

// view makes a case of pictures, each with faces of the confidences given; nil
// means nobody could look.
func peopleCase(c *casefile.File, pictures map[string][]float64) *facts.Case {
	v := &facts.Case{Path: "c", File: c}
	for _, p := range []string{"authorization/brand", "authorization/portrait", "companion/1", "replacement/1", "replacement/2", "source/1"} {
		list, ok := pictures[p]
		if !ok {
			continue
		}
		kind, name, _ := strings.Cut(p, "/")
		set := &facts.Set{}
		set.Document.Kind = name
		set.SetStatus("faces", facts.Status{State: facts.Present})
		if list == nil {
			set.SetStatus("faces", facts.Status{State: facts.Failed})
		}
		for _, q := range list {
			set.Faces.Boxes = append(set.Faces.Boxes, facts.Face{Box: facts.Box{1, 2, 3, 4}, Confidence: q})
		}
		v.Assets = append(v.Assets, facts.Asset{Path: p, Kind: kind, Facts: set})
	}
	return v
}

func TestPeopleRelease(t *testing.T) {
	nobody := &casefile.File{}
	nobody.SetKeys(map[string]bool{"people.shown": true})
	released := &casefile.File{People: casefile.People{Shown: true, Releases: []string{"REL"}}}
	letter := &casefile.File{Letters: []casefile.Letter{{Type: "portrait"}}}
	brand := &casefile.File{Letters: []casefile.Letter{{Type: "brand"}}}
	type m = map[string][]float64
	for _, c := range []struct {
		name     string
		file     *casefile.File
		pictures m
		want     string
	}{
		{"nobody", nobody, m{"replacement/1": {}, "source/1": {}}, "pass"},
		{"a face, no release", brand, m{"replacement/1": {0.9}, "replacement/2": {0.3}}, "fail c/replacement/1"},
		{"a face in the source", nil, m{"replacement/1": {}, "source/1": {0.2, 0.7}}, "fail c/source/1"},
		{"a face, a release", released, m{"replacement/1": {0.9}}, "pass"},
		{"a face, a portrait letter", letter, m{"replacement/1": {0.9}}, "pass"},
		{"a face where nobody is said to be", nobody, m{"replacement/1": {0.9}}, "review judgement c/replacement/1"},
		{"a statue", nil, m{"replacement/1": {0.3}, "replacement/2": {}}, "review judgement c/replacement/1"},
		{"a damaged replacement", nil, m{"replacement/1": nil}, "review unavailable c/replacement/1"},
		{"a RAW source", nil, m{"replacement/1": {}, "source/1": nil}, "pass"},
		{"only a RAW source", nil, m{"source/1": nil}, "skip"},
		{"no case.yaml, a face", nil, m{"replacement/1": {0.9}, "authorization/brand": {}}, "fail c/replacement/1"},
		{"no case.yaml, a face, a release among the letters", nil, m{"replacement/1": {0.9}, "authorization/portrait": {}}, "pass"},
		{"a release that case.yaml does not name", brand, m{"replacement/1": {0.9}, "authorization/portrait": {}}, "fail c/replacement/1"},
		{"a face on a companion photo", nil, m{"companion/1": {0.9}}, "skip"},
	} {
		r, err := PeopleRelease{}.Run(context.Background(), checks.Subject{Case: peopleCase(c.file, c.pictures)}, PeopleRelease{}.NewParams())
		if err != nil {
			t.Fatal(err)
		}
		got := strings.TrimSpace(string(r.Outcome) + " " + string(r.Cause))
		if f := report.Plain(r.Vars["files"].Text()); f != "—" {
			got += " " + f
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if strings.Contains(got, "judgement") || strings.HasPrefix(got, "fail") {
			if len(r.Evidence) == 0 || r.Evidence[0].Box == nil {
				t.Errorf("%s: no box in %+v", c.name, r.Evidence)
			}
		}
	}
}
