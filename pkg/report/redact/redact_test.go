package redact

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/lang"
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
				Asset: "client/原图/IMG_2.JPG",
				Message: verdict.Join([]verdict.Text{
					verdict.Value{Of: "IMG_2.JPG", Privacy: verdict.Path}.Text(), verdict.Value{Of: "Example Ltd"}.Text(), verdict.Value{Of: 640}.Text(),
					verdict.Value{Of: []any{"client/原图/IMG_1.JPG", "原图/IMG_2.JPG", "other.客户"}, Join: ", ", Privacy: verdict.Path}.Text(),
					verdict.Value{Of: ""}.Text(), verdict.Value{Of: []any{}, Privacy: verdict.Path}.Text(), verdict.Word("2023-11-07").Text(),
				}, " of "),
				Evidence: []verdict.Evidence{
					{Fact: "image.short_side", Observed: 640, Required: &verdict.Required{Op: ">=", Value: verdict.Value{Of: 800}}},
					{Fact: "background.color", Observed: "#ffffff", Privacy: verdict.Public},
					{Fact: "exif.serial", Observed: "0714"},
					{Fact: "exif.latitude", Observed: 22.5, Privacy: verdict.Private},
					{Fact: "text.lines", Observed: []any{"a"}, Quote: "secret words", Required: verdict.Want("Example")},
					{Fact: "pair", Quote: "client/原图/IMG_1.JPG", Related: &verdict.Related{Asset: "原图/IMG_2.JPG"}, Why: lang.T("{n} {why}", "{n} {why}", "n", 3, "why", lang.Plain("secret"))},
				},
				Suppressed: &verdict.Suppression{By: "confirmation", Person: "Zhang", At: "2026-11-19", Note: "ok"},
			}},
			Checklist: []verdict.ChecklistItem{{Item: "source", Assets: []string{"client/原图/IMG_1.JPG"}, Note: append(verdict.Words("see "), verdict.Value{Of: "IMG_1.JPG", Privacy: verdict.Path}.Text()...)}},
		}},
		Problems: []verdict.Problem{{Path: "client/other.png", Code: "x", Message: verdict.Value{Of: "client/原图/IMG_1.JPG", Privacy: verdict.Path}.Text()}},
	}
}

// say is a text as it stands in the report.
func say(t verdict.Text) string {
	var b strings.Builder
	for _, p := range t {
		if p.Value == nil {
			b.WriteString(p.Words)
		} else {
			fmt.Fprint(&b, p.Value.Of)
		}
	}
	return b.String()
}

// dump is everything in a report.
func dump(t *testing.T, r *verdict.Report) string {
	data, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestReport(t *testing.T) {
	before := sample()
	got := Report(before)
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
		{"message", say(f.Message), "source-2.jpg of " + hidden + " of 640 of [case-1/source-1.jpg source-2.jpg " + hidden + "] of  of [] of 2023-11-07"},
		{"checklist", c.Checklist[0].Assets[0] + " " + say(c.Checklist[0].Note), "case-1/source-1.jpg see source-1.jpg"},
		{"problem", got.Problems[0].Path + " " + say(got.Problems[0].Message), hidden + ".png case-1/source-1.jpg"},
		{"what was compared", f.Evidence[5].Quote + " " + f.Evidence[5].Related.Asset, "case-1/source-1.jpg source-2.jpg"},
		{"why", f.Evidence[5].Why.In(lang.EN), "3 " + hidden},
		{"requirement", f.Evidence[0].Required.String() + " " + f.Evidence[4].Required.String(), "≥ 800 " + hidden},
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
	data := dump(t, got)
	for _, secret := range []string{"client", "IMG_", "zhang", "Zhang", "Example", "138", "secret", "WG2026", "0714", "22.5", "other.png"} {
		if strings.Contains(data, secret) {
			t.Errorf("%q is still there: %s", secret, data)
		}
	}
}
