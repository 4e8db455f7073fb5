package rules

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// scripted is a check that answers what its parameter says.
type scripted struct{}

type script struct {
	Answer string `json:"answer" enum:"pass,skip,judgement,unavailable,missing_input,nonsense" zh:"答案" en:"answer"`
}

func (scripted) Name() string            { return "scripted" }
func (scripted) Doc() lang.Text          { return lang.T("照参数回答", "answers what its parameter says") }
func (scripted) NewParams() any          { return &script{Answer: "pass"} }
func (scripted) Needs(any) []checks.Need { return []checks.Need{{Kind: "*", Fact: "hash.dhash"}} }
func (scripted) Vars() []string          { return []string{"n"} }
func (scripted) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	r := checks.Result{Evidence: []verdict.Evidence{{Fact: "case.store.id"}, {Fact: "hash.dhash"}, {Fact: "hash.dhash", Related: &verdict.Related{Asset: "a.jpg"}}},
		Vars: map[string]verdict.Value{"n": {Of: len(s.Batch)}}}
	switch answer := params.(*script).Answer; answer {
	case "judgement", "unavailable", "missing_input":
		r.Outcome, r.Cause = verdict.Review, verdict.Cause(answer)
	default:
		r.Outcome = verdict.Outcome(answer)
	}
	return r, nil
}

func loadScripted(t *testing.T, target, rest string) *Set {
	t.Helper()
	s, err := Load([]checks.Check{sampleCheck{}, scripted{}}, Layer{Name: "rules.yaml", Data: sample(t)}, Layer{Name: "mine.yaml", Data: []byte(layer(
		"check: scripted", "severity: warning", "for: "+target, `title: {en: "t {n}"}`, `message: {en: "{n} cases"}`, "remedy: {en: r}", rest))})
	if err != nil {
		t.Fatal(detail(err))
	}
	return s
}

func TestAnswersOfChecks(t *testing.T) {
	for _, tt := range []struct {
		answer   string
		outcome  verdict.Outcome
		cause    verdict.Cause
		message  string
		evidence int
	}{
		{"pass", "pass", "", "", 0},
		{"skip", "skip", "", "", 3},
		{"judgement", "review", "judgement", "2 cases", 3},
		{"unavailable", "review", "unavailable", "could not be checked: case.store.id, hash.dhash, a.jpg", 3},
		{"missing_input", "review", "missing_input", "case.yaml does not give store.id", 3},
		{"nonsense", "error", "", `outcome "nonsense"`, 3},
	} {
		s := loadScripted(t, "batch", "with: {answer: "+tt.answer+"}")
		env := s.Env(checks.Subject{Batch: []*facts.Case{{}, {}}})
		f, err := s.Evaluate(t.Context(), s.ForBatch()[0], env, lang.EN)
		if err != nil {
			t.Fatal(err)
		}
		if f.Outcome != tt.outcome || f.Cause != tt.cause || !strings.Contains(report.Plain(f.Message), tt.message) || len(f.Evidence) != tt.evidence {
			t.Errorf("%s: %s %s %q with %d pieces of evidence", tt.answer, f.Outcome, f.Cause, report.Plain(f.Message), len(f.Evidence))
		}
		if f.Kind != "batch" || f.Asset != "" || f.Sources == nil {
			t.Errorf("kind %s asset %q sources %v", f.Kind, f.Asset, f.Sources)
		}
		if wantTitle := map[bool]string{true: "t 2", false: "t —"}[tt.answer == "judgement"]; report.Plain(f.Title) != wantTitle {
			t.Errorf("%s: title %q", tt.answer, report.Plain(f.Title))
		}
	}
}

func TestBatchExamples(t *testing.T) {
	s := loadScripted(t, "batch", "with: {answer: judgement}\n    examples: {review: [{clock.now: 2026-11-20, cases: [{case.product.id: 12345678}, {}, {}]}]}")
	results, err := s.Test(t.Context(), lang.EN)
	if err != nil {
		t.Fatal(detail(err))
	}
	i := slices.IndexFunc(results, func(r ExampleResult) bool { return r.Rule == "AE399" })
	if i < 0 || !results[i].OK() || report.Plain(results[i].Message) != "3 cases" {
		t.Errorf("%+v", results)
	}
}

func TestRulesByTarget(t *testing.T) {
	s := loadScripted(t, "case", "disabled: {reason: not now}")
	ids := func(list []*Rule) string {
		var out []string
		for _, r := range list {
			out = append(out, r.ID)
		}
		return strings.Join(out, " ")
	}
	if got := ids(s.ForCase()); got != "AE103 AE401" {
		t.Errorf("for the case: %s", got)
	}
	if got := ids(s.ForAsset("replacement", "main")); got != "AE301 AE302 AE321 AE322" {
		t.Errorf("for the main image: %s", got)
	}
	if got := ids(s.ForAsset("replacement", "")); got != "AE301 AE321 AE322" {
		t.Errorf("for a replacement without a slot: %s", got)
	}
	if got := ids(s.ForBatch()); got != "" {
		t.Errorf("for the batch: %s", got)
	}
	if got := ids(s.Rules()); got != "AE103 AE301 AE302 AE321 AE322 AE399 AE401" {
		t.Errorf("all: %s", got)
	}
	if slices.Contains(s.Needs("replacement", ""), "hash.dhash") {
		t.Error("a rule switched off has needs")
	}
	if !slices.Contains(loadScripted(t, "case", "").Needs("replacement", ""), "hash.dhash") {
		t.Error("needs of every kind are not those of a replacement")
	}
	if got := s.NearestRule("foreign-watermrk"); got != "foreign-watermark" {
		t.Errorf("nearest = %q", got)
	}
	if e := s.Rule("AE321").Expressions(); len(e) != 2 || e["review"] == "" {
		t.Errorf("expressions %v", e)
	}
}

// A set is shared by the goroutines of a scan; -race finds what is written
// after Load.
func TestSetIsShared(t *testing.T) {
	s := mustLoad(t)
	set := &facts.Set{Text: facts.Text{Contacts: []facts.Contact{{Value: "1", Confidence: 1}}}}
	for _, group := range []string{"image", "background", "text"} {
		set.SetStatus(group, facts.Status{State: facts.Present})
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			env := s.Env(assetSubject(set, &casefile.File{}))
			fails := 0
			for _, r := range s.ForAsset("replacement", "main") {
				f, err := s.Evaluate(t.Context(), r, env, lang.ZH)
				if err != nil {
					t.Error(err)
				}
				if f.Outcome == verdict.Fail {
					fails++
				}
			}
			if fails != 3 {
				t.Errorf("%d rules fail, want 3", fails)
			}
			var words []string
			if err := s.Catalog("brand_words", &words); err != nil {
				t.Error(err)
			}
			if _, err := s.Test(t.Context(), lang.EN); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}
