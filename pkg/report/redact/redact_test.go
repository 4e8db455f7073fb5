package redact

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/verdict"
)

func sample() *verdict.Report {
	return &verdict.Report{
		Rules: verdict.Rules{Layers: []string{"built-in", `C:\Users\zhang\rules.yaml`, "/home/zhang/extra.yaml"}},
		Cases: []verdict.Case{{
			Path: "client", ID: "WG20261118000123",
			Assets: []verdict.Asset{
				{Path: "client/原图/IMG_1.JPG", PathRawBase64: "eA==", Kind: "source", Preview: []byte{1}},
				{Path: "client/原图/IMG_2.JPG", Kind: "source"},
			},
			Findings: []verdict.Finding{{
				Asset:   "client/原图/IMG_2.JPG",
				Message: "IMG_2.JPG of Example Ltd: call +86 138 0013 8000, 640 px",
				Evidence: []verdict.Evidence{
					{Fact: "image.short_side", Observed: 640, Required: ">= 800"},
					{Fact: "background.color", Observed: "#ffffff"},
					{Fact: "exif.serial", Observed: "0714"},
					{Fact: "exif.latitude", Observed: 22.5},
					{Fact: "text.lines", Observed: []string{"a"}, Text: "secret words"},
				},
				Suppressed: &verdict.Suppression{By: "confirmation", Person: "Zhang", At: "2026-11-19", Note: "ok"},
			}},
			Checklist: []verdict.ChecklistItem{{Item: "source", Assets: []string{"client/原图/IMG_1.JPG"}, Note: "see IMG_1.JPG"}},
		}},
		Problems: []verdict.Problem{{Path: "client/other.png", Code: "x", Message: "client/原图/IMG_1.JPG"}},
	}
}

func TestReport(t *testing.T) {
	before := sample()
	got := Report(before, []string{"Example Ltd"})
	if !reflect.DeepEqual(before, sample()) {
		t.Error("the report given was changed")
	}
	c := got.Cases[0]
	f := c.Findings[0]
	for _, tt := range []struct{ name, got, want string }{
		{"case", c.Path, "case-1"},
		{"id", c.ID, hidden},
		{"first file", c.Assets[0].Path, "case-1/source-1.jpg"},
		{"finding's file", f.Asset, "case-1/source-2.jpg"},
		{"message", f.Message, "source-2.jpg of " + hidden + ": call +" + hidden + ", 640 px"},
		{"checklist", c.Checklist[0].Assets[0] + " " + c.Checklist[0].Note, "case-1/source-1.jpg see source-1.jpg"},
		{"problem", got.Problems[0].Path + " " + got.Problems[0].Message, hidden + ".png case-1/source-1.jpg"},
		{"layers", strings.Join(got.Rules.Layers, " "), "built-in rules.yaml extra.yaml"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, tt.got, tt.want)
		}
	}
	for i, want := range []any{640, "#ffffff", hidden, hidden, hidden} {
		if f.Evidence[i].Observed != want {
			t.Errorf("evidence %d: got %v, want %v", i, f.Evidence[i].Observed, want)
		}
	}
	if c.Assets[0].Preview != nil || c.Assets[0].PathRawBase64 != "" {
		t.Error("picture or raw path left")
	}
	data, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"client", "IMG_", "zhang", "Zhang", "Example", "138", "secret", "WG2026", "0714", "22.5", "other.png"} {
		if strings.Contains(string(data), secret) {
			t.Errorf("%q is still there: %s", secret, data)
		}
	}
}
