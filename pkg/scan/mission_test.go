package scan_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// brandLetter is a letter of case.yaml with nothing against it; the tests put one
// thing wrong.
const brandLetter = `brands: {authorized: [{name: ACME, letter: L}]}
letters:
  - {id: L, type: brand, grantor: {name: ACME GmbH, country: DE, published_url: "https://acme.example/partners"}, grantee: {name: 深圳市示例科技有限公司, country: CN}, categories: [drinkware], starts: 2025-01-01, ends: 2027-12-31, languages: [en, zh], notarized: true, legalization: apostille}
`

// violation is one fact of the appeal violated alone in a copy of the honest case.
type violation struct {
	fact string
	what string
	// pairs of texts in case.yaml, what stands there and what takes its place; the
	// first may be empty, then the second is added at the end.
	edits []string
	// gone and copied are files below the case; copied gives pairs of a path below
	// testdata and one below the case.
	gone, copied []string
	rule         string
	outcome      verdict.Outcome
	says         [2]string // in the zh and en message or remedy, what to look for
	// made gives one file below the case that the test makes.
	made func(*testing.T) (name string, data []byte)
}

// violations lists, fact by fact, what must be told. What the
// words and pixels of a file alone violate stands in violationsSeen.
func violations() []violation {
	fail, review := verdict.Fail, verdict.Review
	return []violation{
		{"M1", "another kind of violation", []string{"type: watermark", "type: other"}, nil, nil, "AE105", fail, [2]string{"图片申诉", "image appeal"}, nil},
		{"M1", "not yet penalised", []string{"state: penalised", "state: pending"}, nil, nil, "AE106", fail, [2]string{"已处罚", "penalised"}, nil},
		{"M2", "another marketplace", []string{"marketplace: aliexpress", "marketplace: lazada"}, nil, nil, "AE107", fail, [2]string{"lazada", "lazada"}, nil},
		{"M3", "eight days ago", []string{"2026-11-21 09:30", "2026-11-15 09:30", "2026-11-21 09:32", "2026-11-15 09:32"}, nil, nil, "AE101", fail, [2]string{"自动解除", "automatic release"}, nil},
		{"M4", "rejected before", []string{"  planned_at: 2026-11-24 10:00", "  attempts: [{id: A1, at: 2026-11-22, result: rejected}]"}, nil, nil, "AE108", fail, [2]string{"不要再提交", "Do not submit"}, nil},
		{"M5", "under review", []string{"  planned_at: 2026-11-24 10:00", "  attempts: [{id: A1, at: 2026-11-22, result: pending}]"}, nil, nil, "AE109", fail, [2]string{"3–7", "3–7"}, nil},
		{"M10", "no commitment letter", nil, []string{"commitment"}, nil, "AE134", fail, [2]string{"模板", "template"}, nil},
		{"M11", "no source", nil, []string{"source"}, nil, "AE133", fail, [2]string{"EXIF", "EXIF"}, nil},
		{"M11", "a source of something else", []string{", source: source/IMG_2001.JPG", "", ", source: source/IMG_2002.JPG", ""},
			[]string{"source"}, []string{"listing/原图/IMG_3101.JPG", "source/IMG_3101.JPG"}, "AE414", review, [2]string{"对不上", "proves nothing"}, nil},
		{"M12", "people without a release", []string{"people: {shown: false}", "people: {shown: true}"}, nil, nil, "AE512", review, [2]string{"people.releases", "people.releases"}, nil},
		{"M13", "no replacement", []string{"images:\n", "", "  - {file: replacement/main/m1.jpg, slot: main, skus: [RED], replaces: violating/1.jpg, source: source/IMG_2001.JPG}\n", "",
			"  - {file: replacement/main/m2.jpg, slot: main, skus: [BLUE], source: source/IMG_2002.JPG}\n", ""}, []string{"replacement"}, nil, "AE135", fail, [2]string{"重新制作", "Make pictures"}, nil},
		{"M14", "no notice", nil, []string{"notice"}, nil, "AE131", fail, [2]string{"截取整页", "Capture the whole"}, nil},
		{"M14", "no violation ID", []string{"  id: \"WG20261121000456\"\n", ""}, nil, nil, "AE115", review, [2]string{"violation 下面的 id", "violation.id"}, nil},
		{"M15", "no product ID", []string{"  id: \"1005001234567890\"\n", ""}, nil, nil, "AE140", review, [2]string{"aliexpress.com/item/", "aliexpress.com/item/"}, nil},
		{"M15", "no address of the picture", []string{"  image_urls: [\"https://ae01.alicdn.com/kf/S1f0c2a7b4e.jpg\"]\n", ""}, nil, nil, "AE141", review, [2]string{"复制图片地址", "Copy each picture's address"}, nil},
		{"M16", "no place of the originals", []string{"  stored_at: \"NAS:/photos/2026-02\"\n", ""}, nil, nil, "AE116", review, [2]string{"云盘", "cloud link"}, nil},
		{"M17", "authorized without a letter", []string{"ground: rectified", "ground: authorized"}, nil, nil, "AE136", fail, [2]string{"每一级", "each hop"}, nil},
		{"M19", "the complainant was earlier", []string{"  image_urls:", "  complaint: {their_earliest: 2026-01-10}\n  image_urls:"}, nil, nil, "AE125", fail, [2]string{"云存证", "cloud deposit"}, nil},
		{"M19", "taken after the listing", []string{"ground: rectified", "ground: misjudged", "listed_at: 2026-03-02 10:15", "listed_at: 2025-03-02 10:15"}, nil, nil, "AE218", review, [2]string{"上架", "listing"}, nil},
		{"M20", "a screenshot as source", nil, nil, []string{"listing/原图/Screenshot_20261119-101500.png", "source/Screenshot_20261119-101500.png"}, "AE211", fail, [2]string{"截图", "screenshot"}, nil},
		{"M22", "AI without tool and licence", []string{"ai: {used: false}", "ai: {used: true}"}, nil, nil, "AE123", review, [2]string{"ai.licence", "ai.licence"}, nil},
		{"M24", "a letter for another category", []string{"", strings.Replace(brandLetter, "[drinkware]", "[bags]", 1)}, nil, nil, "AE507", fail, [2]string{"跨类目", "category"}, nil},
		{"M26", "no SKUs given", []string{"  skus:\n    - {id: RED, name: 红色}\n    - {id: BLUE, name: 蓝色}\n", ""}, nil, nil, "AE143", review, [2]string{"product 下面的 skus", "product.skus"}, nil},
		{"M26", "a SKU without a picture", []string{"    - {id: BLUE, name: 蓝色}\n", "    - {id: BLUE, name: 蓝色}\n    - {id: GREEN, name: 绿色}\n"}, nil, nil, "AE405", fail, [2]string{"GREEN", "GREEN"}, nil},
		{"M28", "a foreign letter, not legalized", []string{"", strings.Replace(brandLetter, "notarized: true, legalization: apostille", "notarized: false, legalization: none", 1)}, nil, nil, "AE508", fail, [2]string{"公证", "notarized"}, nil},
		{"M31(3)", "a logo without a reference", []string{"type: watermark", "type: brand_logo"}, nil, nil, "AE422", review, [2]string{"参考", "folder reference"}, nil},
		{"M31(5)", "addresses without the pictures", []string{", replaces: violating/1.jpg", ""}, []string{"violating"}, nil, "AE142", review, [2]string{"没有和替换图、原图比较", "not compared"}, nil},
		{"M31(5)", "three addresses, one picture", []string{"S1f0c2a7b4e.jpg\"]", "S1f0c2a7b4e.jpg\", \"https://ae01.alicdn.com/kf/S2.jpg\", \"https://ae01.alicdn.com/kf/S3.jpg\"]"}, nil, nil, "AE142", review, [2]string{"3 个违规图片网址", "3 addresses"}, nil},
		{"M31(5)", "the violating picture again", nil, nil, []string{"honest/violating/1.jpg", "replacement/detail/d9.jpg"}, "AE407", fail, [2]string{"真正整改", "really mended"}, nil},
		{"M32", "a letter that ended", []string{"", strings.Replace(brandLetter, "ends: 2027-12-31", "ends: 2026-06-30", 1)}, nil, nil, "AE505", fail, [2]string{"续签", "renewed"}, nil},
		{"M33", "Spanish site, English letter", []string{"sites: [global]", "sites: [es]", "", strings.Replace(brandLetter, "[en, zh]", "[en]", 1)}, nil, nil, "AE509", fail, [2]string{"语", "language"}, nil},
		{"M34", "apparel", []string{"drinkware/mugs", "女装/连衣裙"}, nil, nil, "AE120", fail, [2]string{"更严", "reviewed harder"}, nil},
		{"M34", "home", []string{"drinkware/mugs", "家具家居/椅子"}, nil, nil, "AE120", fail, [2]string{"更严", "reviewed harder"}, nil},
		{"M34", "a low level", []string{"level: 3", "level: 1"}, nil, nil, "AE119", fail, [2]string{"Lv.1", "level 4"}, nil},
		{"M37", "other listings", []string{"  skus:\n", "  other_listings: [\"1005001234567999\"]\n  skus:\n"}, nil, nil, "AE117", fail, [2]string{"每个商品单独", "case of its own"}, nil},
		{"M38", "no public page noted", []string{"", strings.Replace(brandLetter, `, published_url: "https://acme.example/partners"`, "", 1)}, nil, nil, "AE513", fail, [2]string{"published_url", "published_url"}, nil},
		{"M40", "two days left", []string{"2026-11-21 09:30", "2026-11-18 09:30", "2026-11-21 09:32", "2026-11-18 09:32"}, nil, nil, "AE102", fail, [2]string{"自动解除", "automatic release"}, nil},
		{"M44", "sensitive content", []string{"type: watermark", "type: sensitive"}, nil, nil, "AE122", review, [2]string{"逐张看过", "look at each"}, nil},
		{"M45", "returned", []string{"  planned_at: 2026-11-24 10:00", "  planned_at: 2026-11-24 10:00\n  attempts: [{id: A1, at: 2026-11-22, result: returned}]"}, nil, nil, "AE110", fail, [2]string{"改好之后", "once corrected"}, nil},
	}
}

// TestMission violates the facts of the appeal one by one in a copy of the honest
// case: each is told by its rule, which has nothing against the honest case, in
// words that say what to do.
func TestMission(t *testing.T) {
	s := session(t, builtin(t), sampleCache())
	honest := runScan(t, s, lang.EN, honestCopy(t)).Cases[0].Findings
	for _, v := range append(violations(), violationsSeen()...) {
		t.Run(strings.NewReplacer("(", "-", ")", "").Replace(v.fact)+" "+v.what, func(t *testing.T) {
			if f := findingOf(honest, v.rule); f != nil && f.Outcome != verdict.Pass && f.Outcome != verdict.Skip {
				t.Errorf("%s on the honest case: %+v", v.rule, f)
			}
			dir := honestCopy(t)
			v.apply(t, dir)
			reports := inBoth(t, s, dir)
			for i, l := range []lang.Lang{lang.ZH, lang.EN} {
				f := findingOf(reports[l].Cases[0].Findings, v.rule)
				if f == nil {
					t.Fatalf("%s is not there", v.rule)
				}
				if f.Outcome != v.outcome {
					t.Errorf("%s gives %s, want %s", v.rule, f.Outcome, v.outcome)
				}
				if text := report.Plain(f.Message) + " " + report.Plain(f.Remedy); !strings.Contains(text, v.says[i]) {
					t.Errorf("%s does not say %q: %s", v.rule, v.says[i], text)
				}
				fact, _, _ := strings.Cut(v.fact, "(")
				if !slices.ContainsFunc(f.Sources, func(s string) bool { return s == v.fact || strings.HasPrefix(s, fact+"(") }) {
					t.Errorf("%s does not cite %s: %v", v.rule, v.fact, f.Sources)
				}
			}
		})
	}
}

// honestCopy copies the honest case.
func honestCopy(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "case")
	if err := os.CopyFS(dir, os.DirFS("../../testdata/honest")); err != nil {
		t.Fatal(err)
	}
	return dir
}

// apply puts the violation into a case.
func (v *violation) apply(t *testing.T, dir string) {
	t.Helper()
	file := filepath.Join(dir, "case.yaml")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for i := 0; i < len(v.edits); i += 2 {
		if v.edits[i] == "" {
			text += v.edits[i+1]
			continue
		}
		if !strings.Contains(text, v.edits[i]) {
			t.Fatalf("case.yaml does not hold %q", v.edits[i])
		}
		text = strings.ReplaceAll(text, v.edits[i], v.edits[i+1])
	}
	write := func(name string, data []byte) {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(file, []byte(text))
	for _, name := range v.gone {
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	for i := 0; i < len(v.copied); i += 2 {
		data, err := os.ReadFile(filepath.Join("../../testdata", filepath.FromSlash(v.copied[i])))
		if err != nil {
			t.Fatal(err)
		}
		write(filepath.Join(dir, filepath.FromSlash(v.copied[i+1])), data)
	}
	if v.made != nil {
		name, data := v.made(t)
		write(filepath.Join(dir, filepath.FromSlash(name)), data)
	}
}

// findingOf is the worst finding of a rule, nil for none.
func findingOf(findings []verdict.Finding, rule string) *verdict.Finding {
	var worst *verdict.Finding
	rank := func(f *verdict.Finding) int {
		return slices.Index([]verdict.Outcome{verdict.Skip, verdict.Pass, verdict.Review, verdict.Fail, verdict.Error}, f.Outcome)
	}
	for i := range findings {
		if f := &findings[i]; f.Rule == rule && (worst == nil || rank(f) > rank(worst)) {
			worst = f
		}
	}
	return worst
}

// TestMissionOfChecklist looks for what the checklist and its steps say where no
// finding does: recommended papers that are not there (M18), the dates to expect,
// National Day left out (M5), and where to write and follow (M6).
func TestMissionOfChecklist(t *testing.T) {
	s := session(t, builtin(t), sampleCache())
	dir := honestCopy(t)
	v := violation{gone: []string{"upload_log", "statement", "evidence", "companion"}, edits: []string{
		"evidence:\n  - {file: evidence/deposit.png, type: cloud_deposit, dated: 2026-02-20 11:00}\n", "",
		"upload_log: {file: upload_log/log.csv, from: 2026-10-22, to: 2026-11-21}\n", "",
		"2026-11-21 09:30", "2026-09-28 09:30", "2026-11-21 09:32", "2026-09-28 09:32", "2026-11-24 10:00", "2026-09-30 10:00",
	}}
	v.apply(t, dir)
	o := options(t, lang.EN, dir)
	o.Now = o.Now.AddDate(0, -2, 6) // 29 September
	r, err := s.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	c := r.Report.Cases[0]
	for _, kind := range []string{"companion", "evidence", "upload_log", "statement"} {
		i := slices.IndexFunc(c.Checklist, func(it verdict.ChecklistItem) bool { return it.Item == kind })
		if it := c.Checklist[i]; it.State != verdict.ItemRecommended || !strings.Contains(report.Plain(it.Note), "the appeal can go without") {
			t.Errorf("%s: %s, %q", kind, it.State, report.Plain(it.Note))
		}
	}
	// Submitted on Wednesday 30 September; 1–7 October is off, Saturday the 10th is
	// worked: the 3rd working day after is the 10th, the 7th the 15th.
	for id, want := range map[string]string{
		"expected-dates": "between 2026-10-10 and 2026-10-15", "expected-release": "between 2026-10-13 and 2026-10-28",
		"trouble-after-submission": "在线客服", "follow-progress": "rejected is final",
	} {
		i := slices.IndexFunc(c.Steps, func(s verdict.Step) bool { return s.ID == id })
		if i < 0 || !strings.Contains(report.Plain(c.Steps[i].Detail), want) {
			t.Errorf("step %s does not say %q", id, want)
		}
	}
}

// TestMissionOfBatch plans appeals without a day (M27) and lets one original serve
// two listings of the shop (M37).
func TestMissionOfBatch(t *testing.T) {
	s := session(t, builtin(t), sampleCache())
	root := t.TempDir()
	for i, id := range []string{"1005001234567001", "1005001234567002"} {
		dir := filepath.Join(root, []string{"a", "b"}[i])
		if err := os.CopyFS(dir, os.DirFS("../../testdata/honest")); err != nil {
			t.Fatal(err)
		}
		v := violation{edits: []string{"1005001234567890", id, "WG20261121000456", "WG2026112100045" + []string{"6", "7"}[i], "  planned_at: 2026-11-24 10:00\n", ""}}
		v.apply(t, dir)
	}
	r := runScan(t, s, lang.EN, filepath.Join(root, "a"), filepath.Join(root, "b"))
	for rule, want := range map[string]string{"AE708": "1005001234567001 2026-11-23; 1005001234567002 2026-11-24", "AE702": "appeal for each product"} {
		f := findingOf(r.Batch.Findings, rule)
		if f == nil || f.Outcome != verdict.Fail || f.Severity != verdict.SeverityInfo || !strings.Contains(report.Plain(f.Message), want) {
			t.Errorf("%s does not say %q: %+v", rule, want, f)
		}
	}
}
