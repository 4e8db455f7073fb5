package confirm

import (
	"path"
	"strings"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/verdict"
)

const sum = "3fa9c0e1d2b3a4958677695a4b3c2d1e0f1e2d3c4b5a69788796a5b4c3d2e1f0"

// seen is a case with a review on a file, one on the case that names what it saw,
// one that names nothing, a fail, and two that may be overruled.
func seen(root string) ([]verdict.Finding, Subject) {
	at := func(p string) string { return path.Join(root, p) }
	return []verdict.Finding{
			{Rule: "AE512", Asset: at("authorization/acme.pdf"), Outcome: verdict.Review, Cause: verdict.Judgement},
			{Rule: "AE403", Outcome: verdict.Review, Cause: verdict.Judgement, Evidence: []verdict.Evidence{
				{Fact: "pair.distance", Observed: 0.2, Related: &verdict.Related{Asset: at("source/a.jpg")}},
				{Fact: "clock.remaining_hours", Observed: 12.5},
			}},
			{Rule: "AE122", Outcome: verdict.Review, Cause: verdict.Judgement},
			{Rule: "AE511", Asset: at("authorization/acme.pdf"), Outcome: verdict.Fail},
			{Rule: "AE502", Asset: at("authorization/acme.pdf"), Outcome: verdict.Fail, Overrulable: true, Evidence: []verdict.Evidence{
				{Fact: "document.grantee", Observed: "甲公司"}, {Fact: "document.grantee_confidence", Observed: 0.912},
			}},
			{Rule: "AE401", Outcome: verdict.Fail, Overrulable: true, Evidence: []verdict.Evidence{
				{Fact: "pair.distance", Observed: 0.2, Related: &verdict.Related{Asset: at("source/a.jpg")}},
			}},
		}, Subject{Path: root, Sums: map[string]string{
			"authorization/acme.pdf": sum, "source/a.jpg": strings.Repeat("0", 64), "source/b.jpg": strings.Repeat("1", 64),
		}}
}

var when = time.Date(2026, 11, 19, 2, 0, 5, 0, time.UTC)

// TestApply: what a confirmation was given for × what changed since.
func TestApply(t *testing.T) {
	type world struct {
		findings []verdict.Finding
		subject  Subject
		entry    *casefile.Confirmation
	}
	for _, tt := range []struct {
		name   string
		rule   string // confirmed
		change func(w *world)
		want   Why // "" where it still clears
	}{
		{"a file as it was", "AE512", nil, ""},
		{"a file, another spelling", "AE512", func(w *world) { w.entry.File, w.entry.SHA256 = `.\authorization\acme.pdf`, strings.ToUpper(sum) }, ""},
		{"a file, entry of an earlier version", "AE512", func(w *world) { w.entry.Cause = "" }, ""},
		{"a file that changed", "AE512", func(w *world) { w.subject.Sums["authorization/acme.pdf"] = strings.Repeat("2", 64) }, Lapsed},
		{"a file that is gone", "AE512", func(w *world) { delete(w.subject.Sums, "authorization/acme.pdf") }, Lapsed},
		{"a file, no sum", "AE512", func(w *world) { w.entry.SHA256 = "" }, Lapsed},
		{"another file changed", "AE512", func(w *world) { w.subject.Sums["source/a.jpg"] = strings.Repeat("2", 64) }, ""},
		{"no name", "AE512", func(w *world) { w.entry.By = "" }, Incomplete},
		{"no time", "AE512", func(w *world) { w.entry.At = time.Time{} }, Incomplete},
		{"the rule has nothing to say now", "AE512", func(w *world) { w.findings[0].Outcome = verdict.Pass }, Unmatched},
		{"the rule fails now", "AE512", func(w *world) { w.findings[0].Outcome = verdict.Fail }, Lapsed},
		{"another rule", "AE512", func(w *world) { w.entry.Rule = "AE513" }, Unmatched},
		{"could not be checked this time", "AE512", func(w *world) { w.findings[0].Cause = verdict.Unavailable }, Unseen},
		{"another cause", "AE512", func(w *world) { w.findings[0].Cause = verdict.MissingInput }, Lapsed},
		{"a case as it was", "AE403", nil, ""},
		{"a case, time went by", "AE403", func(w *world) { w.findings[1].Evidence[1].Observed = 3.0 }, ""},
		{"a case, what the rule saw changed", "AE403", func(w *world) { w.findings[1].Evidence[0].Observed = 0.3 }, Lapsed},
		{"a case, the file it saw changed", "AE403", func(w *world) { w.subject.Sums["source/a.jpg"] = strings.Repeat("2", 64) }, Lapsed},
		{"a case, a file it did not see changed", "AE403", func(w *world) { w.subject.Sums["source/b.jpg"] = strings.Repeat("2", 64) }, ""},
		{"a case, entry of an earlier version", "AE403", func(w *world) { w.entry.Facts = "" }, Lapsed},
		{"all files of a case as they were", "AE122", nil, ""},
		{"one of them changed", "AE122", func(w *world) { w.subject.Sums["source/b.jpg"] = strings.Repeat("2", 64) }, Lapsed},
		{"one more", "AE122", func(w *world) { w.subject.Sums["source/c.jpg"] = sum }, Lapsed},
		{"a fail that is certain, or whose rule forbids it", "AE511", nil, Final},
		{"a fail, confirmed", "AE511", func(w *world) { w.entry.Says = "" }, Lapsed},
		{"a fail overruled", "AE502", nil, ""},
		{"confirmed, not overruled", "AE502", func(w *world) { w.entry.Says = "" }, Lapsed},
		{"no reason", "AE502", func(w *world) { w.entry.Note = "" }, Incomplete},
		{"the file changed", "AE502", func(w *world) { w.subject.Sums["authorization/acme.pdf"] = strings.Repeat("2", 64) }, Lapsed},
		{"something else is read in it", "AE502", func(w *world) { w.findings[4].Evidence[0].Observed = "乙公司" }, Lapsed},
		{"the same on another processor", "AE502", func(w *world) { w.findings[4].Evidence[1].Observed = 0.9119999 }, ""},
		{"no digest of what was seen", "AE502", func(w *world) { w.entry.Facts = "" }, Lapsed},
		{"the fail is certain now", "AE502", func(w *world) { w.findings[4].Overrulable = false }, Final},
		{"a person must look now", "AE502", func(w *world) { w.findings[4].Outcome, w.findings[4].Cause = verdict.Review, verdict.Judgement }, Lapsed},
		{"overruled, now not to be checked", "AE502", func(w *world) { w.findings[4].Outcome, w.findings[4].Cause = verdict.Review, verdict.Unavailable }, Unseen},
		{"nothing fails now", "AE502", func(w *world) { w.findings[4].Outcome = verdict.Pass }, Unmatched},
		{"a fail of the case", "AE401", nil, ""},
		{"a fail of the case, the file it saw changed", "AE401", func(w *world) { w.subject.Sums["source/a.jpg"] = sum }, Lapsed},
	} {
		for _, root := range []string{"甲", ".", "dot."} {
			t.Run(tt.name+" in "+root, func(t *testing.T) {
				findings, subject := seen(root)
				i := 0
				for findings[i].Rule != tt.rule {
					i++
				}
				entry := Confirmation(&findings[i], subject, "王五", when, `he said: "scanned", # twice`)
				w := &world{findings, subject, &entry}
				if tt.change != nil {
					tt.change(w)
				}
				idle := Apply(w.findings, w.subject, []casefile.Confirmation{entry})
				for k := range w.findings {
					if (w.findings[k].Suppressed != nil) != (k == i && tt.want == "") {
						t.Errorf("%s: %+v", w.findings[k].Rule, w.findings[k].Suppressed)
					}
				}
				switch {
				case tt.want == "" && len(idle) > 0, tt.want != "" && (len(idle) != 1 || idle[0].Why != tt.want):
					t.Errorf("clears nothing: %+v, want %q", idle, tt.want)
				case tt.want == "":
					want := verdict.Suppression{By: "confirmation", Person: "王五", At: "2026-11-19T02:00:05Z", Note: entry.Note, Overruled: entry.Says == casefile.Overruled}
					if *w.findings[i].Suppressed != want {
						t.Errorf("%+v", *w.findings[i].Suppressed)
					}
				}
			})
		}
	}
}

// TestOverrulable: certain fails are not there to be overruled.
func TestOverrulable(t *testing.T) {
	findings, _ := seen(".")
	findings[5].Suppressed = &verdict.Suppression{}
	if got := Overrulable(findings); len(got) != 1 || got[0].Rule != "AE502" {
		t.Errorf("%+v", got)
	}
}

// TestOpen: what could not be checked is not there to be confirmed.
func TestOpen(t *testing.T) {
	findings, _ := seen(".")
	if got := len(Open(findings)); got != 3 {
		t.Errorf("%d open", got)
	}
	findings[0].Cause = verdict.Unavailable
	findings[1].Suppressed = &verdict.Suppression{}
	if open := Open(findings); len(open) != 1 || open[0].Rule != "AE122" {
		t.Errorf("%+v", open)
	}
}
