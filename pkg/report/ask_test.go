package report

import (
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/terminal"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// asksOf is what the client of a case with these findings is asked.
func asksOf(t *testing.T, l lang.Lang, findings ...verdict.Finding) string {
	t.Helper()
	r := base(l)
	c := verdict.Case{Path: "client/2026/case", ID: "WG1"}
	for _, name := range []string{"source/a.jpg", "source/pictures.rar", "replacement/main/a.jpg", "replacement/main/b.jpg", "authorization/loa.pdf", "statement/text.txt"} {
		kind, _, _ := strings.Cut(name, "/")
		c.Assets = append(c.Assets, verdict.Asset{Path: c.Path + "/" + name, Kind: kind, Format: "jpeg"})
	}
	for _, f := range findings {
		if f.Asset != "" {
			f.Asset = c.Path + "/" + f.Asset
		}
		f.Title = verdict.Words("Fault " + strings.TrimPrefix(f.Rule, "AE"))
		add(r, &c, f)
	}
	finish(r, c, map[string]verdict.ItemState{"source": verdict.ItemReady})
	out := string(render(t, askFormat{}, r, Options{Lang: l}))
	_, out, _ = strings.Cut(out, "\n\n") // the greeting
	return out
}

func TestAsking(t *testing.T) {
	seen := func(fact string, observed any) []verdict.Evidence {
		return []verdict.Evidence{{Fact: fact, Observed: observed, Privacy: verdict.Public}}
	}
	letter := []verdict.Evidence{{Fact: "case.letters[0].ends", Observed: "2026-06-30", Quote: "LOA-1", Required: &verdict.Required{Op: ">=", Value: verdict.Value{Of: "2026-11-24"}}, Related: &verdict.Related{Asset: "client/2026/case/authorization/loa.pdf"}}}
	say := func(text string) verdict.Text { return verdict.Words(text) }
	for name, tt := range map[string]struct {
		f         verdict.Finding
		want, not string
	}{
		"a fault with its reason and advice": {verdict.Finding{Rule: "AE301", Outcome: verdict.Fail, Kind: "replacement", Asset: "replacement/main/b.jpg", Message: say("640 px, at least 800 px"), Remedy: say("Export it again. Then run aecheck.")},
			"replace or mend:\n1. b.jpg: Fault 301 (640 px, at least 800 px). Export it again.\n", "aecheck"},
		"a name that two files have":     {verdict.Finding{Rule: "AE301", Outcome: verdict.Fail, Kind: "source", Asset: "source/a.jpg"}, "source/a.jpg: Fault", "client/"},
		"a reason with our folders":      {verdict.Finding{Rule: "AE401", Outcome: verdict.Fail, Kind: "case", Message: say("as in client/2026/case/source/a.jpg"), Evidence: []verdict.Evidence{{Fact: "pair.distance", Quote: "replacement/main/b.jpg"}}}, "b.jpg: Fault 401\n", "2026/"},
		"a letter":                       {verdict.Finding{Rule: "AE505", Outcome: verdict.Fail, Kind: "case", Item: "authorization", Message: say("not in force: LOA-1"), Evidence: letter}, "loa.pdf: Fault 505 (valid until 2026-06-30, wanted: 2026-11-24 or later)", "LOA-1"},
		"better mended":                  {verdict.Finding{Rule: "AE311", Outcome: verdict.Fail, Severity: verdict.SeverityWarning, Kind: "replacement", Asset: "replacement/main/b.jpg"}, "Better mended too:\n2. b.jpg", "replace or mend"},
		"a note":                         {verdict.Finding{Rule: "AE302", Outcome: verdict.Fail, Severity: verdict.SeverityInfo, Kind: "replacement", Asset: "replacement/main/b.jpg"}, "", "b.jpg"},
		"to look at":                     {verdict.Finding{Rule: "AE316", Outcome: verdict.Review, Cause: verdict.Judgement, Kind: "replacement", Asset: "replacement/main/b.jpg"}, "tell us:\n1. A capture of the whole violation notice that shows when the penalty took effect or until when to appeal\n2. b.jpg: Fault 316\n", ""},
		"what was not asked to be done":  {verdict.Finding{Rule: "AE321", Outcome: verdict.Review, Cause: verdict.Unavailable, Asked: true, Kind: "replacement", Asset: "replacement/main/b.jpg"}, "", "b.jpg"},
		"not checked is no fault":        {verdict.Finding{Rule: "AE321", Outcome: verdict.Review, Cause: verdict.Unavailable, Kind: "replacement", Asset: "replacement/main/b.jpg"}, "send again:\n1. b.jpg: please send the original file again\n", "Fault"},
		"empty":                          {verdict.Finding{Rule: "AE903", Outcome: verdict.Fail, Kind: "source", Asset: "source/a.jpg", Evidence: seen("file.troubles", []string{"empty"})}, "send again:\n1. source/a.jpg: Fault 903\n", ""},
		"locked":                         {verdict.Finding{Rule: "AE915", Outcome: verdict.Fail, Kind: "source", Asset: "source/pictures.rar", Evidence: seen("file.troubles", []any{"encrypted"})}, "pictures.rar: it has a password", "Fault"},
		"ours to unpack":                 {verdict.Finding{Rule: "AE914", Outcome: verdict.Fail, Kind: "source", Asset: "source/pictures.rar", Evidence: seen("file.troubles", []string{"other_archive"})}, "", "pictures"},
		"ours to download":               {verdict.Finding{Rule: "AE912", Outcome: verdict.Error, Kind: "source", Asset: "source/a.jpg", Evidence: seen("file.troubles", "not_downloaded")}, "", "a.jpg"},
		"ours to write":                  {verdict.Finding{Rule: "AE641", Outcome: verdict.Fail, Kind: "statement", Asset: "statement/text.txt", Evidence: seen("case.violation.id", nil)}, "", "ID"},
		"a question":                     {verdict.Finding{Rule: "AE140", Outcome: verdict.Fail, Kind: "case", Evidence: seen("case.product.id", "")}, "The ID of the penalised product", "Fault"},
		"what a client cannot know":      {verdict.Finding{Rule: "AE130", Outcome: verdict.Fail, Kind: "case", Evidence: seen("case.appeal.planned_at", "")}, "", "Fault"},
		"a file that case.yaml mistypes": {verdict.Finding{Rule: "AE916", Outcome: verdict.Fail, Kind: "case", Evidence: seen("materials.named_absent", "x")}, "", "Fault"},
		"confirmed":                      {verdict.Finding{Rule: "AE301", Outcome: verdict.Fail, Kind: "replacement", Asset: "replacement/main/b.jpg", Suppressed: &verdict.Suppression{By: "confirmation", Overruled: true}}, "", "b.jpg"},
	} {
		out := asksOf(t, lang.EN, tt.f)
		if tt.want != "" && !strings.Contains(out, tt.want) {
			t.Errorf("%s: %q is not in\n%s", name, tt.want, out)
		}
		if tt.not != "" && strings.Contains(out, tt.not) {
			t.Errorf("%s: %q is in\n%s", name, tt.not, out)
		}
	}
}

// TestAskTellsNothingElse: of no fixture does a client read a rule's id, a folder of
// ours, of this program or of others' cases, nor a colour.
func TestAskTellsNothingElse(t *testing.T) {
	ours := regexp.MustCompile(`AE\d{3}\b|aecheck|case\.yaml|\x1b|文件夹`)
	for _, fx := range fixtures() {
		for _, l := range []lang.Lang{lang.ZH, lang.EN} {
			r := fx.report(l)
			for _, text := range regexp.MustCompile(`(?m)^== `).Split(string(render(t, askFormat{}, r, Options{Lang: l, Color: terminal.TrueColor, Verbose: true})), -1)[1:] {
				head, body, _ := strings.Cut(text, " · ")
				if said := ours.FindString(body); said != "" {
					t.Errorf("%s %s: %q in\n%s", fx.name, l, said, text)
				}
				for _, c := range r.Cases {
					if client, _ := clientOf(c.Path); client != "" && clean(client) != head && strings.Contains(body, clean(client)) {
						t.Errorf("%s %s: %s reads of %s", fx.name, l, head, client)
					}
					if dir := path.Dir(c.Path); dir != "." && strings.Contains(body, clean(dir)+"/") {
						t.Errorf("%s %s: folder %s in\n%s", fx.name, l, dir, text)
					}
				}
			}
		}
	}
}

// TestAskOfMissing: what is missing comes with how to get it, and what stands on the
// notice is not asked for beside the notice.
func TestAskOfMissing(t *testing.T) {
	r := base(lang.EN)
	c := verdict.Case{Path: "client/case"}
	add(r, &c, verdict.Finding{Rule: "AE115", Slug: "number-missing", Outcome: verdict.Fail, Severity: verdict.SeverityWarning, Kind: "case", Title: verdict.Words("No violation ID"), Evidence: []verdict.Evidence{{Fact: "case.violation.id"}}})
	finish(r, c, map[string]verdict.ItemState{"notice": verdict.ItemMissing, "violating": verdict.ItemMissing, "statement": verdict.ItemMissing})
	out := string(render(t, askFormat{}, r, Options{Lang: lang.EN}))
	want := "[case] closing time not known yet\nMissing:\n1. Violation notice\n2. Violating pictures: the penalised pictures themselves; or right-click each on the violation page and copy us its address\n\nPlease send"
	if !strings.Contains(out, want) {
		t.Errorf("got\n%s", out)
	}
}
