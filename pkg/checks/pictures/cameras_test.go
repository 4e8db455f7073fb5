package pictures

import (
	"cmp"
	"context"
	"testing"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/verdict"
)

func source(brand, model, serial string) facts.Asset {
	set := &facts.Set{}
	set.Exif = facts.Exif{Present: true, Make: brand, Model: model, Serial: serial}
	set.SetStatus("exif", facts.Status{State: facts.Present})
	return facts.Asset{Path: model + serial + ".jpg", Kind: "source", Facts: set}
}

func TestSameCamera(t *testing.T) {
	absent := source("Canon", "EOS R6", "9")
	absent.Facts.SetStatus("exif", facts.Status{State: facts.Failed, Why: lang.Plain("damaged")})
	other := source("Canon", "EOS R6", "9")
	other.Kind = "companion"
	tests := []struct {
		name    string
		assets  []facts.Asset
		max     int
		want    verdict.Outcome
		cameras string
	}{
		{"one", []facts.Asset{source("Canon", "Canon EOS R5", "1"), source("Canon", "Canon EOS R5", "1")}, 1, verdict.Pass, "Canon EOS R5 #1"},
		{"two bodies of one model", []facts.Asset{source("Canon", "Canon EOS R5", "1"), source("Canon", "Canon EOS R5", "2")}, 1, verdict.Fail, "Canon EOS R5 #1, Canon EOS R5 #2"},
		{"two models", []facts.Asset{source("NIKON CORPORATION", "NIKON D70s", ""), source("Apple", "iPhone 15", "")}, 1, verdict.Fail, "Apple iPhone 15, NIKON D70s"},
		{"two are allowed", []facts.Asset{source("NIKON CORPORATION", "NIKON D70s", ""), source("Apple", "iPhone 15", "")}, 2, verdict.Pass, "Apple iPhone 15, NIKON D70s"},
		{"others do not count", []facts.Asset{source("Canon", "Canon EOS R5", "1"), absent, other, source("", "", "")}, 1, verdict.Skip, ""},
		{"none", nil, 1, verdict.Skip, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, err := SameCamera{}.Run(context.Background(), checks.Subject{Case: &facts.Case{Assets: tt.assets}}, &SameCameraParams{Max: tt.max})
			if err != nil || r.Outcome != tt.want {
				t.Fatalf("%s, %v; want %s", r.Outcome, err, tt.want)
			}
			if got := report.Plain(r.Vars["cameras"].Text()); got != cmp.Or(tt.cameras, "—") {
				t.Errorf("cameras %q, want %q", got, tt.cameras)
			}
			if r.Outcome == verdict.Fail && len(r.Evidence) != r.Vars["count"].Of {
				t.Errorf("evidence %+v", r.Evidence)
			}
		})
	}
}
