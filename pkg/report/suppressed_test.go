package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// partly is a report on a part of a case, with a fail that settings suppress and one
// that the baseline has.
func partly(l lang.Lang) *verdict.Report {
	r := base(l)
	c := verdict.Case{Path: "photos", Of: 9, Outcome: verdict.Pass, Assets: []verdict.Asset{{Path: "photos/a.jpg", Kind: "replacement"}}}
	for _, s := range []*verdict.Suppression{
		{By: "suppression", Note: "sold out", From: ".aecheck.yaml:8", Expires: "2026-12-31"},
		{By: "baseline", From: ".aecheck-baseline.json"},
	} {
		rule := map[string]string{"suppression": "AE301", "baseline": "AE313"}[s.By]
		c.Findings = append(c.Findings, verdict.Finding{Rule: rule, Slug: "x", Outcome: verdict.Fail, Severity: verdict.SeverityError, Asset: "photos/a.jpg", Kind: "replacement",
			Title: say(l, "问题 "+rule, "Trouble "+rule), Fingerprint: rule, Suppressed: s})
	}
	r.Cases = append(r.Cases, c)
	r.Summary = verdict.Summary{Cases: 1, Assets: 1, Suppressed: 2}
	r.Problems = append(r.Problems, verdict.Problem{Code: "baseline_stale", Message: verdict.Words("one entry"), Aside: true})
	return r
}

func TestSuppressed(t *testing.T) {
	says := map[lang.Lang][3]string{
		lang.EN: {"Suppressed by .aecheck.yaml:8: sold out", "In the baseline", "2 suppressed"},
		lang.ZH: {".aecheck.yaml:8 豁免：sold out", "已记入基线", "2 处按设置或基线不计入"},
	}
	part := map[lang.Lang]string{lang.EN: "1 of 9 files", lang.ZH: "9 个文件中的 1 个"}
	for l, want := range says {
		r := partly(l)
		for _, f := range Formats() {
			var b bytes.Buffer
			if err := Write(&b, f, r, Options{Lang: l, Verbose: true, FailOn: "error", Width: 200}); err != nil {
				t.Fatal(err)
			}
			out := b.String()
			switch f.Name() {
			case "json", "jsonl":
				for _, s := range []string{`"suppression"`, `"sold out"`, `".aecheck.yaml:8"`, `"2026-12-31"`, `"baseline"`, `"aside"`, `"of"`} {
					if !strings.Contains(out, s) {
						t.Errorf("%s lacks %s", f.Name(), s)
					}
				}
			case "github":
				if strings.Contains(out, "AE301") || !strings.Contains(out, want[2]) || !strings.Contains(out, part[l]) {
					t.Errorf("github:\n%s", out)
				}
			case "ask":
				if strings.Count(out, "\n") != 2 {
					t.Errorf("a client is asked about what does not count:\n%s", out)
				}
			case "gitlab":
				if strings.Contains(out, "AE301") || !strings.Contains(out, `"severity": "info"`) {
					t.Errorf("gitlab:\n%s", out)
				}
			default:
				if !strings.Contains(out, want[0]) || !strings.Contains(out, want[1]) || !strings.Contains(out, "2026-12-31") {
					t.Errorf("%s in %v lacks why:\n%s", f.Name(), l, out)
				}
			}
			if f.Name() == "junit" && (strings.Contains(out, "<failure") || strings.Contains(out, "<error")) {
				t.Errorf("junit fails:\n%s", out)
			}
			if name := f.Name(); (name == "text" || name == "html" || name == "markdown") && (!strings.Contains(out, want[2]) || !strings.Contains(out, part[l])) {
				t.Errorf("%s does not say how many, or of how many files:\n%s", name, out)
			}
		}
		if redacted := string(render(t, textFormat{}, r, Options{Redact: true, Verbose: true})); strings.Contains(redacted, "sold out") {
			t.Error("a reason is shown in a redacted report")
		}
		d := asDocument(t, r, l)
		if got, want := renderDocument(t, d, textFormat{}, Options{Lang: l, Verbose: true}), render(t, textFormat{}, r, Options{Lang: l, Verbose: true}); !bytes.Equal(got, want) {
			t.Errorf("read again it is another report: %s", firstDifference(got, want))
		}
	}
}
