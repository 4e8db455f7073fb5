package pictures

import (
	"testing"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/verdict"
)

func TestWatermarkNumber(t *testing.T) {
	picture := func(path, number, own string) facts.Asset {
		a := facts.Asset{Path: path, Kind: facts.KindReplacement, Facts: &facts.Set{File: facts.File{Bytes: 9}}}
		a.Facts.SetStatus("text", facts.Status{State: facts.Present})
		if number != "" {
			a.Facts.Text.Watermarks = []facts.Watermark{{Text: "AE-" + number, Form: "ae_id", StoreID: number, Own: own, Confidence: 0.9}}
		}
		return a
	}
	const number, other = "1109012345", "1105555555"
	unread := picture("a.jpg", "", "")
	unread.Facts.SetStatus("text", facts.Status{State: facts.Failed})
	for _, c := range []struct {
		name   string
		assets []facts.Asset // the first is judged
		want   verdict.Outcome
		saw    int // pieces of evidence
	}{
		{"no mark", []facts.Asset{picture("a.jpg", "", "")}, verdict.Pass, 0},
		{"compared with case.yaml", []facts.Asset{picture("a.jpg", number, "yes")}, verdict.Pass, 0},
		{"nothing to compare with", []facts.Asset{picture("a.jpg", number, "unclear")}, verdict.Review, 1},
		{"the first of three", []facts.Asset{picture("a.jpg", number, "unclear"), picture("b.jpg", number, "unclear"), picture("c.jpg", number, "unclear")}, verdict.Review, 3},
		{"asked about at the first", []facts.Asset{picture("b.jpg", number, "unclear"), picture("a.jpg", number, "unclear")}, verdict.Pass, 0},
		{"another number than the first", []facts.Asset{picture("b.jpg", other, "unclear"), picture("a.jpg", number, "unclear")}, verdict.Review, 1},
		{"text not read", []facts.Asset{unread}, verdict.Skip, 0},
	} {
		judged := c.assets[0].Path
		v := &facts.Case{Path: ".", Assets: c.assets}
		if len(c.assets) > 1 && c.assets[1].Path < judged {
			v.Assets = []facts.Asset{c.assets[1], c.assets[0]} // in path order, as a scan has them
		}
		for i := range v.Assets {
			if v.Assets[i].Path != judged {
				continue
			}
			got, err := WatermarkNumber{}.Run(t.Context(), checks.Subject{Case: v, Asset: &v.Assets[i]}, nil)
			if err != nil || got.Outcome != c.want || len(got.Evidence) != c.saw {
				t.Errorf("%s: %v with %d (%v), want %v with %d", c.name, got.Outcome, len(got.Evidence), err, c.want, c.saw)
			}
		}
	}
}
