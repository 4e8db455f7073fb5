package scan_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/rules"
	"github.com/aecheck/aecheck/pkg/scan"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// The kinds and the slot that code names stand in rules.yaml.
func TestNamedKindsAreInTheRules(t *testing.T) {
	set := builtin(t)
	for _, k := range []string{facts.KindViolating, facts.KindSource, facts.KindReplacement, facts.KindAuthorization,
		facts.KindAILicence, facts.KindEvidence, facts.KindUploadLog, facts.KindReference} {
		if !slices.Contains(set.KindNames(), k) {
			t.Errorf("rules.yaml has no kind %s", k)
		}
	}
	if !slices.Contains(set.SlotNames(), facts.SlotMain) {
		t.Errorf("rules.yaml has no slot %s", facts.SlotMain)
	}
}

// A new kind and a new slot are entries in a rules file and nothing else: their
// files are placed, judged, counted, and have their line on the checklist.
func TestNewKindIsAnEntryInTheRules(t *testing.T) {
	data, err := os.ReadFile("../../rules.yaml")
	if err != nil {
		t.Fatal(err)
	}
	const layer = `
schema_version: 1
kinds:
  - id: invoice
    title: {zh: 采购发票, en: Purchase invoice}
    aliases: [发票]
slots:
  - id: video_cover
    title: {zh: 视频封面, en: Video cover}
    aliases: [视频封面]
materials:
  - {item: invoice, when: 'case.violation.type == "stolen_image"', state: required}
rules:
  - id: AE801
    slug: invoice-as-text
    for: invoice
    severity: error
    require: file.format == "pdf"
    title: {en: invoice}
    message: {en: "{file.format}; {materials.invoice} invoices, {materials.video_cover} covers"}
    remedy: {en: r}
    examples:
      fail: [{file.format: text, materials.invoice: 1}]
      pass: [{file.format: pdf}]
  - id: AE802
    slug: cover
    for: replacement/video_cover
    severity: warning
    require: image.width > 1000000
    title: {en: cover}
    message: {en: m}
    remedy: {en: r}
`
	set, err := rules.Load(scan.Checks(), rules.Layer{Name: "rules.yaml", Data: data}, rules.Layer{Name: "own.yaml", Data: []byte(layer)})
	if err != nil {
		t.Fatal(err)
	}
	results, err := set.Test(context.Background(), lang.EN)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		if !r.OK() {
			t.Errorf("example of %s: %s, want %s", r.Rule, r.Got, r.Want)
		}
	}
	s := session(t, set, nil)
	dir := t.TempDir()
	write := func(name, content string) {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("case.yaml", "violation: {type: stolen_image}\nimages: [{file: 替换图/a.jpg, slot: video_cover}]\n")
	write("01_发票/a.txt", "invoice 1, paid in full\n")
	write("替换图/视频封面/b.jpg", "no picture at all\n")
	write("替换图/a.jpg", "no picture either\n")
	r := runScan(t, s, lang.EN, dir)
	c := r.Cases[0]
	var placed []string
	for _, a := range c.Assets {
		placed = append(placed, a.Path+" "+a.Kind+"/"+a.Slot)
	}
	if got := strings.Join(placed, "\n"); got != "01_发票/a.txt invoice/\n替换图/a.jpg replacement/video_cover\n替换图/视频封面/b.jpg replacement/video_cover" {
		t.Errorf("placed\n%s", got)
	}
	at := slices.IndexFunc(c.Findings, func(f verdict.Finding) bool { return f.Rule == "AE801" })
	if at < 0 || c.Findings[at].Outcome != verdict.Fail || report.Plain(c.Findings[at].Message) != "text; 1 invoices, 2 covers" {
		t.Errorf("findings %+v", c.Findings)
	}
	if i := slices.IndexFunc(c.Checklist, func(i verdict.ChecklistItem) bool { return i.Item == "invoice" }); i < 0 ||
		c.Checklist[i].Title != "Purchase invoice" || c.Checklist[i].State != verdict.ItemProblem {
		t.Errorf("checklist %+v", c.Checklist)
	}
	if got := verdict.TitleOf(r.Rules.Kinds, "invoice"); got != "Purchase invoice" {
		t.Errorf("called %q", got)
	}
	if got := verdict.TitleOf(r.Rules.Slots, "video_cover"); got != "Video cover" {
		t.Errorf("called %q", got)
	}
}
