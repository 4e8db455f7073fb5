package scan_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/draft/docx"
	"github.com/aecheck/aecheck/pkg/draft/pdf"
	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/letters"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/scan"
	"github.com/aecheck/aecheck/pkg/testkit/cases"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// draftedCase is a case of which every paper is drafted.
const draftedCase = `schema_version: 1
store:
  id: "1101234567"
  type: company
  name: {zh: 深圳市示例科技有限公司, en: "Shenzhen Example Technology Co., Ltd."}
  credit_code: 91440300MA5EXAMP0X
product: {id: "1005001234567890", category: bags/handbags, sites: [global]}
violation: {id: WG20261121000456, type: brand_logo, state: penalised, effective_at: 2026-11-21 09:30, notified_at: 2026-11-21 09:32}
appeal: {ground: authorized, planned_at: 2026-11-24 10:00}
brands: {authorized: [{name: ACME, registration: "30201910", letter: LOA-1}]}
letters:
  - {id: LOA-1, FILE type: brand, grantor: {name: 广州永泰贸易有限公司, country: CN}, grantee: {name: 深圳市中科商贸有限公司, country: CN}, categories: [bags],
     territory: [worldwide], starts: 2026-01-01, ends: 2027-12-31, sublicense: true, signed_at: 2026-01-05}
  - {id: LOA-2, OTHER type: sublicence, previous: LOA-1, grantor: {name: 深圳市中科商贸有限公司, country: CN}, grantee: {name: 深圳市示例科技有限公司, country: CN}, categories: [bags],
     territory: [worldwide], starts: 2026-01-01, ends: 2027-11-30, sublicense: false, signed_at: 2026-01-08}
`

// TestDraftedLetters drafts the papers of a case, has them printed, filled in, signed,
// sealed and scanned, and hands them in: no rule on letters fails. The printing is that
// of the tests, with the words and the order of the draft.
func TestDraftedLetters(t *testing.T) {
	said := strings.NewReplacer("FILE ", `file: "授权书/1.jpg", `, "OTHER ", `file: "授权书/2.jpg", `).Replace(draftedCase)
	file, err := casefile.Parse("case.yaml", []byte(said), casefile.Known{})
	if err != nil {
		t.Fatal(err)
	}
	drawer, err := cases.NewDrawer(os.DirFS("../../testdata/honest"))
	if err != nil {
		t.Fatal(err)
	}
	defer drawer.Close()
	dir := t.TempDir()
	put := func(name string, data []byte) {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put("case.yaml", []byte(said))
	for i, p := range []struct {
		kind, file string
		hand       cases.Hand
	}{
		{letters.Commitment, "承诺书/承诺书.jpg", cases.Hand{Company: "深圳市示例科技有限公司", Person: "郑文博", Date: "2026年11月22日"}},
		{letters.Authorization, "授权书/1.jpg", cases.Hand{Company: "广州永泰贸易有限公司", Person: "黄志远", Date: "2026年1月5日", Fill: map[string]string{"统一社会信用代码": "91440300MA5EXAMP0X"}}},
		{letters.Sublicense, "授权书/2.jpg", cases.Hand{Company: "深圳市中科商贸有限公司", Person: "周文博", Date: "2026年1月8日", Fill: map[string]string{"统一社会信用代码": "91440300MA5EXAMP0X"}}},
	} {
		drafts, err := letters.Write(file, p.kind, "", "zh")
		if err != nil || len(drafts) != 1 {
			t.Fatalf("%s: %d drafts, %v", p.kind, len(drafts), err)
		}
		data, err := drawer.Drafted(drafts[0].Paper, p.hand, uint64(i+1))
		if err != nil {
			t.Fatal(err)
		}
		put(p.file, data)
	}
	r := runScan(t, readingSession(t), lang.EN, dir)
	judged := 0
	for _, f := range r.Cases[0].Findings {
		if f.Rule < "AE500" || f.Rule > "AE699" {
			continue
		}
		switch f.Outcome {
		case verdict.Fail:
			if f.Severity != verdict.SeverityInfo {
				t.Errorf("%s fails for %s: %v", f.Rule, f.Asset, f.Evidence)
			}
		case verdict.Pass:
			judged++
		case verdict.Review:
			t.Logf("%s asks of %s: %v", f.Rule, f.Asset, f.Evidence)
		}
	}
	if judged < 60 {
		t.Errorf("only %d rules on papers pass", judged)
	}
}

// documentReader reads files as papers, from their text layer.
func documentReader(t *testing.T) func(data []byte) *facts.Document {
	t.Helper()
	runner, done, err := scan.NewRunner(scan.RunnerOptions{Limits: extract.DefaultLimits(), NoOCR: true, Facts: []string{"document"}, CodeDir: scan.DefaultCodeDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := done(); err != nil {
			t.Error(err)
		}
	})
	return func(data []byte) *facts.Document {
		name := filepath.Join(t.TempDir(), "paper")
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
		set, err := runner.Run(t.Context(), extract.Source{Open: func() (extract.ReadCloser, int64, error) { return material.OpenNamed(name) }}, extract.Request{Facts: []string{"document"}})
		if err != nil {
			t.Fatal(err)
		}
		return &set.Document
	}
}

// TestDraftsAreRead reads drafts as files, without a pen on them: what case.yaml says
// is what is read, in both languages and of both formats.
func TestDraftsAreRead(t *testing.T) {
	said := strings.NewReplacer("FILE ", "", "OTHER ", "").Replace(draftedCase)
	file, err := casefile.Parse("case.yaml", []byte(said), casefile.Known{})
	if err != nil {
		t.Fatal(err)
	}
	read := documentReader(t)
	for _, tag := range letters.Languages() {
		for _, kind := range letters.Kinds() {
			drafts, err := letters.Write(file, kind, "", tag)
			if err != nil {
				t.Fatal(err)
			}
			for format, write := range map[string]func() ([]byte, error){
				"pdf":  func() ([]byte, error) { return pdf.Write(drafts[0].Paper) },
				"docx": func() ([]byte, error) { return docx.Write(drafts[0].Paper) },
			} {
				data, err := write()
				if err != nil {
					t.Fatal(err)
				}
				again, err := write()
				if err != nil || string(again) != string(data) {
					t.Errorf("%s %s %s: other bytes, %v", tag, kind, format, err)
				}
				d := read(data)
				name := func(got, zh, en string) {
					want := zh
					if tag == "en" {
						want = en
					}
					if strings.TrimRight(got, ".") != strings.TrimRight(want, ".") {
						t.Errorf("%s %s %s: %q, want %q", tag, kind, format, got, want)
					}
				}
				shop := [2]string{"深圳市示例科技有限公司", "Shenzhen Example Technology Co., Ltd."}
				if kind == letters.Commitment {
					name(d.Grantor.Name, shop[0], shop[1])
					if d.Kind != "commitment" || !strings.Contains(d.Title, "图片合规承诺书") || !slices.Equal(d.ViolationIDs, []string{"WG20261121000456"}) || !slices.Equal(d.ProductIDs, []string{"1005001234567890"}) {
						t.Errorf("%s %s: %s %q %v %v", tag, format, d.Kind, d.Title, d.ViolationIDs, d.ProductIDs)
					}
					continue
				}
				want, ends, sub := "brand", "2027-12-31", "allowed"
				if kind == letters.Sublicense {
					want, ends, sub = "sublicence", "2027-11-30", "forbidden"
					name(d.Grantor.Name, "深圳市中科商贸有限公司", "深圳市中科商贸有限公司")
					name(d.Grantee.Name, shop[0], shop[1])
				} else {
					name(d.Grantor.Name, "广州永泰贸易有限公司", "广州永泰贸易有限公司")
					name(d.Grantee.Name, "深圳市中科商贸有限公司", "深圳市中科商贸有限公司")
				}
				if d.Kind != want || d.Sublicense != sub || d.Starts.Format("2006-01-02") != "2026-01-01" || d.Ends.Format("2006-01-02") != ends || !slices.Contains(d.Platforms, "aliexpress") ||
					!slices.Contains(d.Brands, "ACME") || !slices.Contains(d.Registrations, "30201910") || !slices.Contains(d.Categories, "bags") || len(d.Territory) != 1 || !slices.Contains(d.Rights, "modify") {
					t.Errorf("%s %s %s: %s, %s, %v to %v, %v %v %v %v %v %v", tag, kind, format, d.Kind, d.Sublicense, d.Starts, d.Ends, d.Platforms, d.Brands, d.Registrations, d.Categories, d.Territory, d.Rights)
				}
				if !d.SignedAt.IsZero() || len(d.Seals) > 0 || len(d.Signatures) > 0 {
					t.Errorf("%s %s %s: signed at %v, %v, %v", tag, kind, format, d.SignedAt, d.Seals, d.Signatures)
				}
			}
		}
	}
}
