package checklist

import (
	"slices"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/rules"
	"github.com/aecheck/aecheck/pkg/verdict"
)

func kind() rules.Kind {
	return rules.Kind{
		ID: "source", Title: lang.Text{ZH: "原图", EN: "Source files"},
		Limits: lang.Text{ZH: "不超过 20 MB。", EN: "up to 20 MB"}, Obtain: lang.Text{ZH: "从相机导出", EN: "Copy them from the camera."},
	}
}

func finding(o verdict.Outcome, s verdict.Severity, remedy string) verdict.Finding {
	return verdict.Finding{Rule: "AE2" + remedy, Item: "source", Outcome: o, Severity: s, Remedy: verdict.Words(remedy), Fingerprint: "fp-" + remedy}
}

func TestBuild(t *testing.T) {
	confirmed := finding(verdict.Review, verdict.SeverityError, "c")
	confirmed.Suppressed = &verdict.Suppression{By: "confirmation"}
	elsewhere := finding(verdict.Fail, verdict.SeverityError, "e")
	elsewhere.Item = "notice"
	fail, warn := finding(verdict.Fail, verdict.SeverityError, "f"), finding(verdict.Fail, verdict.SeverityWarning, "w")
	info, review, broken := finding(verdict.Fail, verdict.SeverityInfo, "i"), finding(verdict.Review, verdict.SeverityWarning, "r"), finding(verdict.Error, verdict.SeverityError, "x")
	pass, skip := finding(verdict.Pass, verdict.SeverityError, "p"), finding(verdict.Skip, verdict.SeverityError, "s")
	req := rules.Material{Item: "source", State: "required", Note: lang.Text{ZH: "附注", EN: "why"}}
	person := req
	person.Review = true
	rec := rules.Material{Item: "source", State: "recommended"}
	no := rules.Material{Item: "source", State: "not_needed", Note: lang.Text{ZH: "附注", EN: "why"}}

	tests := []struct {
		name     string
		files    int
		wanted   rules.Material
		findings []verdict.Finding
		state    verdict.ItemState
		against  string
		zh, en   string
	}{
		{"missing", 0, req, nil, verdict.ItemMissing, "", "从相机导出。附注。不超过 20 MB", "Copy them from the camera. why. up to 20 MB"},
		{"missing outweighs a fail", 0, req, []verdict.Finding{fail}, verdict.ItemMissing, "fp-f", "从相机导出。附注。不超过 20 MB", "Copy them from the camera. why. up to 20 MB"},
		{"missing, a person decides", 0, person, nil, verdict.ItemReview, "", "附注", "why"},
		{"ready", 1, req, []verdict.Finding{pass, skip, info, confirmed, elsewhere}, verdict.ItemReady, "", "不超过 20 MB", "up to 20 MB"},
		{"problem, worst first", 2, req, []verdict.Finding{warn, review, fail}, verdict.ItemProblem, "fp-f fp-r fp-w", "2 处需改正；1 处请人查看，无误后用 aecheck confirm 确认。f。r", "2 things to mend, 1 thing for a person to look at; clear with aecheck confirm. f. r"},
		{"a warning is a problem", 1, req, []verdict.Finding{warn}, verdict.ItemProblem, "fp-w", "1 处需改正。w", "1 thing to mend. w"},
		{"review", 1, req, []verdict.Finding{review, broken}, verdict.ItemReview, "fp-x fp-r", "2 处请人查看，无误后用 aecheck confirm 确认。x。r", "2 things for a person to look at; clear with aecheck confirm. x. r"},
		{"not needed", 0, no, nil, verdict.ItemNotNeeded, "", "附注", "why"},
		{"not needed, a rule asks", 0, no, []verdict.Finding{review}, verdict.ItemReview, "fp-r", "1 处请人查看，无误后用 aecheck confirm 确认。附注。r", "1 thing for a person to look at; clear with aecheck confirm. why. r"},
		{"not needed but there", 1, no, nil, verdict.ItemReady, "", "不超过 20 MB", "up to 20 MB"},
		{"recommended", 0, rec, nil, verdict.ItemRecommended, "", "从相机导出。缺少不影响提交", "Copy them from the camera. the appeal can go without"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			view := &facts.Case{Path: "case-1", Assets: []facts.Asset{{Path: "n.png", Kind: "notice"}}}
			var paths []string
			for i := range tt.files {
				p := "source/" + string(rune('a'+i))
				view.Assets = append(view.Assets, facts.Asset{Path: p, Kind: "source"})
				paths = append(paths, "case-1/"+p)
			}
			for l, note := range map[lang.Lang]string{lang.ZH: tt.zh, lang.EN: tt.en} {
				items := Build(Input{View: view, Kinds: []rules.Kind{kind()}, Wanted: []rules.Material{tt.wanted}, Findings: tt.findings, Lang: l})
				if len(items) != 1 {
					t.Fatalf("%d items", len(items))
				}
				got := items[0]
				if got.State != tt.state || strings.Join(got.Findings, " ") != tt.against || !slices.Equal(got.Assets, paths) || got.Title != kind().Title.In(l) {
					t.Errorf("%+v, want %s with %q", got, tt.state, tt.against)
				}
				if report.Plain(got.Note) != note {
					t.Errorf("%s note %q, want %q", l, report.Plain(got.Note), note)
				}
				if got.Assets == nil || got.Findings == nil {
					t.Error("a list is null")
				}
			}
		})
	}
}
