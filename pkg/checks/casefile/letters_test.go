package casefile

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// view reads a case.yaml; now is 2026-11-20 12:00 in Beijing.
func view(t *testing.T, yaml string, assets ...facts.Asset) *facts.Case {
	t.Helper()
	c := &casefile.File{}
	doc, err := config.Decode("case.yaml", []byte(yaml), c)
	if err != nil {
		t.Fatal(err)
	}
	c.SetKeys(doc.Keys())
	now, err := config.ParseTime("2026-11-20 12:00")
	if err != nil {
		t.Fatal(err)
	}
	return &facts.Case{Path: ".", File: c, HasFile: true, Clock: facts.Clock{Now: now}, Assets: assets}
}

// say prints a result: outcome, cause, then fact=observed/required.
func say(r checks.Result) string {
	parts := []string{string(r.Outcome)}
	if r.Cause != "" {
		parts = append(parts, string(r.Cause))
	}
	for _, e := range r.Evidence {
		p := strings.TrimPrefix(e.Fact, "case.")
		if e.Observed != nil {
			p += "=" + text(e.Observed) + "/" + e.Required.String()
		}
		parts = append(parts, p)
	}
	return strings.Join(parts, "; ")
}

func text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case bool:
		if v {
			return "true"
		}
		return "false"
	}
	return ""
}

const chain = `
store: {name: {zh: 深圳市示例科技有限公司, en: "Shenzhen Example Technology Co., Ltd."}}
product: {category: apparel/dresses, sites: [global, es]}
brands: {authorized: [{name: ACME, letter: A}]}
letters:
  - {id: A, type: brand, grantor: {name: ACME GmbH, country: DE}, grantee: {name: Agent Ltd}, categories: [apparel], starts: 2025-01-01, ends: 2026-12-31, sublicense: true, languages: [en, es], notarized: true, legalization: apostille}
  - {id: B, type: sublicence, previous: A, grantor: {name: "AGENT LTD.", country: CN}, grantee: {name: "SHENZHEN EXAMPLE TECHNOLOGY CO LTD"}, categories: [Apparel / Dresses], starts: 2025-06-01, ends: 2026-11-20, sublicense: false, languages: [ES]}
`

func TestLetters(t *testing.T) {
	tests := []struct {
		check checks.Check
		name  string
		edit  []string // old, new pairs on chain
		want  string
	}{
		{LetterChain{}, "unbroken", nil, "pass"},
		{LetterChain{}, "broken", []string{"AGENT LTD.", "Somebody Trading"}, "fail; letters[1].grantor.name=Somebody Trading/Agent Ltd"},
		{LetterChain{}, "nearly", []string{"AGENT LTD.", "Agent GmbH"}, "review; judgement; letters[1].grantor.name=Agent GmbH/Agent Ltd"},
		{LetterChain{}, "name not given", []string{", grantee: {name: Agent Ltd}", ""}, "review; missing_input; letters[0].grantee.name"},
		{LetterChain{}, "sub-licence without a beginning", []string{" previous: A,", "", "sublicense: true", "sublicense: false", "AGENT LTD.", "Somebody Trading"}, "fail; letters[1].previous=/letters[].id"},
		{LetterChain{}, "sub-licence whose beginning the names tell", []string{" previous: A,", ""}, "pass"},
		{LetterChain{}, "previous left out, the names join", []string{" previous: A,", "", "type: sublicence", "type: brand"}, "pass"},
		{LetterChain{}, "the middle is missing", []string{" previous: A,", "", "type: sublicence", "type: brand", "AGENT LTD.", "Somebody Trading"}, "fail; letters[1].grantor.name=Somebody Trading/Agent Ltd"},
		{LetterChain{}, "another letter, not to be sub-licensed", []string{" previous: A,", "", "type: sublicence", "type: brand", "AGENT LTD.", "Somebody Trading", "sublicense: true", "sublicense: false"}, "pass"},

		{LetterGrantee{}, "the shop", nil, "pass"},
		{LetterGrantee{}, "previous left out, the names join", []string{" previous: A,", "", "type: sublicence", "type: brand"}, "pass"},
		{LetterGrantee{}, "the middle is missing, which another check tells", []string{" previous: A,", "", "type: sublicence", "type: brand", "AGENT LTD.", "Somebody Trading"}, "pass"},
		{LetterGrantee{}, "another letter, not to be sub-licensed", []string{" previous: A,", "", "type: sublicence", "type: brand", "AGENT LTD.", "Somebody Trading", "sublicense: true", "sublicense: false"}, "fail; letters[0].grantee.name=Agent Ltd/深圳市示例科技有限公司"},
		{LetterGrantee{}, "somebody else", []string{"SHENZHEN EXAMPLE TECHNOLOGY CO LTD", "广州别家贸易有限公司"}, "fail; letters[1].grantee.name=广州别家贸易有限公司/深圳市示例科技有限公司"},
		{LetterGrantee{}, "short name", []string{"SHENZHEN EXAMPLE TECHNOLOGY CO LTD", "示例科技"}, "review; judgement; letters[1].grantee.name=示例科技/深圳市示例科技有限公司"},
		{LetterGrantee{}, "short name that is accepted", []string{"SHENZHEN EXAMPLE TECHNOLOGY CO LTD", "示例科技", "store: {", "store: {other_names: [示例科技], "}, "pass"},
		{LetterGrantee{}, "store not given", []string{"store: {name: {zh: 深圳市示例科技有限公司, en: \"Shenzhen Example Technology Co., Ltd.\"}}", "store: {id: 12345}"}, "review; missing_input; store.name"},
		{LetterGrantee{}, "not given", []string{", grantee: {name: \"SHENZHEN EXAMPLE TECHNOLOGY CO LTD\"}", ""}, "review; missing_input; letters[1].grantee.name"},

		{LetterSublicense{}, "allowed", nil, "pass"},
		{LetterSublicense{}, "not allowed", []string{"sublicense: true", "sublicense: false"}, "fail; letters[0].sublicense=false/true"},
		{LetterSublicense{}, "not said", []string{"sublicense: true, ", ""}, "review; missing_input; letters[0].sublicense"},

		{LetterDates{}, "nested", nil, "pass"},
		{LetterDates{}, "outlasts", []string{"ends: 2026-11-20", "ends: 2027-01-01"}, "fail; letters[1].ends=2027-01-01/2026-12-31"},
		{LetterDates{}, "open below a date", []string{"ends: 2026-11-20", "ends: open"}, "fail; letters[1].ends=open/2026-12-31"},
		{LetterDates{}, "open above", []string{"ends: 2026-12-31", "ends: open"}, "pass"},
		{LetterDates{}, "begins before", []string{"starts: 2025-06-01", "starts: 2024-06-01"}, "fail; letters[1].starts=2024-06-01/2025-01-01"},
		{LetterDates{}, "end not given", []string{", ends: 2026-12-31", ""}, "review; missing_input; letters[0].ends"},

		{LetterValidity{}, "on its last day", nil, "pass"},
		{LetterValidity{}, "the day after", []string{"ends: 2026-11-20", "ends: 2026-11-19"}, "fail; letters[1].ends=2026-11-19/≥ 2026-11-20"},
		{LetterValidity{}, "expired when it will be submitted", []string{"store:", "appeal: {planned_at: 2026-11-21 00:00}\nstore:"}, "fail; letters[1].ends=2026-11-20/≥ 2026-11-21"},
		{LetterValidity{}, "not begun", []string{"starts: 2025-06-01", "starts: 2026-11-21"}, "fail; letters[1].starts=2026-11-21/≤ 2026-11-20"},
		{LetterValidity{}, "no end given", []string{", ends: 2026-11-20", ""}, "review; missing_input; letters[1].ends"},
		{LetterValidity{}, "open", []string{"ends: 2026-11-20", "ends: open"}, "pass"},

		{LetterCategories{}, "covered", nil, "pass"},
		{LetterCategories{}, "another one", []string{"[apparel]", "[beauty, apparel-shoes]"}, "fail; letters[0].categories=beauty, apparel-shoes/apparel/dresses"},
		{LetterCategories{}, "narrower", []string{"[apparel]", "[apparel/dresses/long]"}, "fail; letters[0].categories=apparel/dresses/long/apparel/dresses"},
		{LetterCategories{}, "everything", []string{"[apparel]", "[全部]"}, "pass"},
		{LetterCategories{}, "not given", []string{"categories: [apparel], ", ""}, "review; missing_input; letters[0].categories"},
		{LetterCategories{}, "product's not given", []string{"category: apparel/dresses, ", ""}, "review; missing_input; product.category"},
		{LetterCategories{}, "licence of an AI tool", []string{"type: brand", "type: ai_licence", "categories: [apparel], ", ""}, "pass"},

		{LetterLegalization{}, "apostille", nil, "pass"},
		{LetterLegalization{}, "neither", []string{"notarized: true, legalization: apostille", "notarized: false, legalization: none"}, "fail; letters[0].notarized=false/true; letters[0].legalization=none/apostille | consular"},
		{LetterLegalization{}, "not said", []string{", notarized: true, legalization: apostille", ""}, "review; missing_input; letters[0].notarized; letters[0].legalization"},
		{LetterLegalization{}, "country not said", []string{", country: DE", ""}, "review; missing_input; letters[0].grantor.country"},
		{LetterLegalization{}, "at home", []string{"country: DE", "country: CN", "notarized: true, legalization: apostille", "notarized: false"}, "pass"},

		{LetterLanguages{}, "there", nil, "pass"},
		{LetterLanguages{}, "absent", []string{"[en, es]", "[en]"}, "fail; letters[0].languages=en/es"},
		{LetterLanguages{}, "not said", []string{"languages: [en, es], ", ""}, "review; missing_input; letters[0].languages"},
		{LetterLanguages{}, "no site wants one", []string{"[global, es]", "[global]"}, "skip"},

		{LetterTypes{}, "right", nil, "pass"},
		{LetterTypes{}, "wrong", []string{"type: brand", "type: portrait"}, "fail; letters[0].type=portrait/brand | sublicence (brands.authorized)"},
		{LetterTypes{}, "not said", []string{"type: brand, ", ""}, "review; missing_input; letters[0].type"},

		{IdleLetters{}, "both of use", nil, "pass"},
		{IdleLetters{}, "neither", []string{"brands: {authorized: [{name: ACME, letter: A}]}", ""}, "fail; letters[0].id=A/ai.licence | people.releases | brands.authorized | letters.previous; letters[1].id=B/ai.licence | people.releases | brands.authorized | letters.previous"},
		{IdleLetters{}, "copyright needs no reference", []string{"brands: {authorized: [{name: ACME, letter: A}]}", "", "type: brand", "type: copyright"}, "pass"},
	}
	for _, tt := range tests {
		t.Run(tt.check.Name()+"/"+tt.name, func(t *testing.T) {
			yaml := chain
			for i := 0; i+1 < len(tt.edit); i += 2 {
				if !strings.Contains(yaml, tt.edit[i]) {
					t.Fatalf("nothing to edit: %q", tt.edit[i])
				}
				yaml = strings.Replace(yaml, tt.edit[i], tt.edit[i+1], 1)
			}
			r, err := tt.check.Run(context.Background(), checks.Subject{Case: view(t, yaml)}, tt.check.NewParams())
			if err != nil {
				t.Fatal(err)
			}
			if got := say(r); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestValidityAhead(t *testing.T) {
	run := func(yaml string, ahead int) string {
		r, err := LetterValidity{}.Run(context.Background(), checks.Subject{Case: view(t, yaml)}, &LetterValidityParams{Ahead: ahead})
		if err != nil {
			t.Fatal(err)
		}
		return say(r)
	}
	// B ends today, A in 41 days.
	if got, want := run(chain, 1), "fail; letters[1].ends=2026-11-20/≥ 2026-11-21"; got != want {
		t.Errorf("1 day: %s", got)
	}
	if got, want := run(chain, 42), "fail; letters[0].ends=2026-12-31/≥ 2027-01-01; letters[1].ends=2026-11-20/≥ 2027-01-01"; got != want {
		t.Errorf("42 days: %s", got)
	}
	// What has expired, or says no end, is the other rule's business.
	if got := run(strings.Replace(chain, "ends: 2026-11-20", "ends: 2026-11-19", 1), 30); got != "pass" {
		t.Errorf("expired: %s", got)
	}
}

func TestIdleFiles(t *testing.T) {
	v := view(t, "letters: [{id: A, file: ./authorization/a.pdf, type: copyright}]\n",
		facts.Asset{Path: "authorization/a.pdf", Kind: "authorization"}, facts.Asset{Path: "authorization/b.pdf", Kind: "authorization"}, facts.Asset{Path: "x.jpg", Kind: "source"})
	r, err := IdleLetters{}.Run(context.Background(), checks.Subject{Case: v}, nil)
	if err != nil || r.Outcome != verdict.Fail || len(r.Evidence) != 1 || r.Evidence[0].Related.Asset != "authorization/b.pdf" {
		t.Errorf("%+v, %v", r, err)
	}
}

// TestIdleTranslation: sites ask for letters in their own language.
func TestIdleTranslation(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2026, 1, d, 0, 0, 0, 0, lang.Beijing()) }
	for _, tt := range []struct {
		name  string
		other facts.Document
		want  verdict.Outcome
	}{
		{"of the same registration", facts.Document{Language: "es", Registrations: []string{"11223344"}}, verdict.Pass},
		{"for the same days", facts.Document{Language: "es", Starts: day(1), Ends: day(31)}, verdict.Pass},
		{"in the same language", facts.Document{Language: "en", Registrations: []string{"11223344"}, Starts: day(1), Ends: day(31)}, verdict.Fail},
		{"of another registration and other days", facts.Document{Language: "es", Registrations: []string{"55667788"}, Starts: day(2), Ends: day(31)}, verdict.Fail},
		{"of which nothing is read", facts.Document{}, verdict.Fail},
	} {
		v := view(t, "letters: [{id: A, file: authorization/a.pdf, type: copyright}]\n",
			facts.Asset{Path: "authorization/a.pdf", Kind: "authorization", Facts: &facts.Set{Document: facts.Document{Language: "en", Registrations: []string{"11223344"}, Starts: day(1), Ends: day(31)}}},
			facts.Asset{Path: "authorization/b.pdf", Kind: "authorization", Facts: &facts.Set{Document: tt.other}})
		if r, err := (IdleLetters{}).Run(context.Background(), checks.Subject{Case: v}, nil); err != nil || r.Outcome != tt.want {
			t.Errorf("%s: %+v, %v", tt.name, r, err)
		}
	}
}

func TestNoLetters(t *testing.T) {
	for _, c := range onLetters() {
		for name, s := range map[string]checks.Subject{"no case.yaml": {Case: &facts.Case{}}, "no letters": {Case: view(t, "")}} {
			if r, err := c.Run(context.Background(), s, c.NewParams()); err != nil || r.Outcome != verdict.Skip {
				t.Errorf("%s, %s: %+v, %v", c.Name(), name, r, err)
			}
		}
	}
}
