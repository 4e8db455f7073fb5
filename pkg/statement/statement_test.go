package statement

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aecheck/aecheck"
	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/extract/paper/letter"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Every language says the same: the same keys, and in each text the same values.
func TestLanguages(t *testing.T) {
	what, err := loadSpecs()
	if err != nil {
		t.Fatal(err)
	}
	want, err := loadLanguage("en")
	if err != nil {
		t.Fatal(err)
	}
	names := func(s string) []string {
		out := placeholder.FindAllString(s, -1)
		slices.Sort(out)
		return out
	}
	for _, tag := range Languages() {
		l, err := loadLanguage(tag)
		if err != nil {
			t.Fatal(err)
		}
		if l.Tag != tag || l.Title == "" || len(l.Numbers) < len(want.Sections) || len(l.Months) != 0 && len(l.Months) != 12 {
			t.Errorf("%s: %q, title %q, %d numbers, %d months", tag, l.Tag, l.Title, len(l.Numbers), len(l.Months))
		}
		for what, p := range map[string][2]string{"heading": {l.Heading, want.Heading}, "minute": {l.Minute, want.Minute}, "blank": {l.Blank, want.Blank}} {
			if !slices.Equal(names(p[0]), names(p[1])) {
				t.Errorf("%s: %s %q", tag, what, p[0])
			}
		}
		for what, p := range map[string][2]map[string]string{"sections": {l.Sections, want.Sections}, "blanks": {l.Blanks, want.Blanks}, "words": {l.Words, want.Words}, "sentences": {l.Sentences, want.Sentences}} {
			if a, b := slices.Sorted(maps.Keys(p[0])), slices.Sorted(maps.Keys(p[1])); !slices.Equal(a, b) {
				t.Errorf("%s: %s are %v, not %v", tag, what, a, b)
			}
			for key, text := range p[0] {
				if text == "" || !slices.Equal(names(text), names(p[1][key])) {
					t.Errorf("%s: %s %s: %q beside %q", tag, what, key, text, p[1][key])
				}
			}
		}
		for _, s := range what.Sentences {
			if l.Sentences[s.Key] == "" || l.Sections[s.Section] == "" {
				t.Errorf("%s: no sentence %s", tag, s.Key)
			}
			for _, n := range names(l.Sentences[s.Key]) {
				if s.Blanks && !strings.Contains("{ids}", n) && l.Blanks[strings.Trim(n, "{}")] == "" && !(s.Key == "new_rule" && n == "{at}") {
					t.Errorf("%s: %s has no words for the blank %s", tag, s.Key, n)
				}
			}
		}
		if len(l.Sentences) != len(what.Sentences) {
			t.Errorf("%s: %d sentences, %d are known", tag, len(l.Sentences), len(what.Sentences))
		}
	}
	if _, err := Write(Input{Case: &facts.Case{}}, "xx"); err == nil {
		t.Error("a language that nobody wrote")
	}
}

// The rules named exist.
func TestRules(t *testing.T) {
	what, err := loadSpecs()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range what.Sentences {
		for _, id := range append(slices.Clone(s.Rules), s.Passes...) {
			if !regexp.MustCompile(`(?m)^  - id: ` + id).Match(aecheck.RulesYAML) {
				t.Errorf("%s: no rule %s", s.Key, id)
			}
		}
		for ground, order := range what.Order {
			if s.Section == "mended" && ground == "misjudged" {
				continue
			}
			if !slices.Contains(order, s.Section) {
				t.Errorf("%s: %s is no section of %s", s.Key, s.Section, ground)
			}
		}
	}
}

func day(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, lang.Beijing())
	if err != nil {
		panic(err)
	}
	return t
}

// sample is a case with everything: what tests take away, they name.
func sample() Input {
	file := &casefile.File{
		Product: casefile.Product{ID: "1005001234567890", ListedAt: day("2026-03-02 10:15"), SKUs: []casefile.SKU{{ID: "RED"}, {Name: "蓝色"}}, OtherListings: []string{"1005009"}},
		Violation: casefile.Violation{ID: "WG1", Type: "watermark", EffectiveAt: day("2026-11-21 09:30"), ImageURLs: []string{"https://ae01.alicdn.com/kf/S1.jpg"},
			Complaint: casefile.Complaint{ID: "C1", By: "某人", TheirEarliest: day("2026-06-01 00:00")}},
		Appeal:    casefile.Appeal{Attempts: []casefile.Attempt{{ID: "A1", At: day("2026-11-22 09:00"), Result: "returned"}}},
		Originals: casefile.Originals{StoredAt: "NAS:/a", Photographer: "李四"},
		Images:    []casefile.Image{{File: "r/m.jpg", Replaces: "v/1.jpg", Source: "s/1.JPG"}},
		Evidence:  []casefile.EvidenceItem{{File: "e/1.png", Type: "cloud_deposit", Dated: day("2026-02-20 11:00")}},
		Brands:    casefile.Brands{Authorized: []casefile.BrandRight{{Name: "ACME", Registration: "123", Letter: "L2"}}},
		Letters: []casefile.Letter{
			{ID: "L1", File: "a/1.pdf", Type: "brand", Grantor: casefile.LetterParty{Name: "ACME GmbH"}, Grantee: casefile.LetterParty{Name: "Agent Ltd"}, Starts: day("2025-01-01 00:00"), Ends: casefile.EndDate{Open: true}},
			{ID: "L2", File: "a/2.pdf", Type: "sublicence", Previous: "L1", Grantor: casefile.LetterParty{Name: "Agent Ltd"}, Grantee: casefile.LetterParty{Name: "Shop Ltd"}, Starts: day("2025-01-01 00:00"), Ends: casefile.EndDate{At: day("2027-01-01 00:00")}},
		},
	}
	set := func(s facts.Set) *facts.Set { return &s }
	exif := facts.Exif{Present: true, HasTakenAt: true, TakenAt: day("2026-02-20 10:41"), TakenRaw: "2026:02:20 10:41:07", Make: "LUMORA", Model: "LUMORA S1", Serial: "071400238"}
	paper := facts.Document{Seals: []facts.Seal{{Confidence: 0.9}}, Signatures: []facts.Signature{{Confidence: 0.9}}, Notarized: true, Legalized: "apostille"}
	view := &facts.Case{Path: ".", File: file, HasFile: true, Assets: []facts.Asset{
		{Path: "a/1.pdf", Kind: "authorization", Facts: set(facts.Set{Document: paper})},
		{Path: "a/2.pdf", Kind: "authorization", Facts: set(facts.Set{Document: paper})},
		{Path: "c/1.JPG", Kind: "companion", Facts: set(facts.Set{Exif: exif})},
		{Path: "e/1.png", Kind: "evidence", Facts: set(facts.Set{})},
		{Path: "l/log.csv", Kind: "upload_log", Facts: set(facts.Set{Table: facts.Table{Rows: 31, First: day("2026-10-22 00:00"), Last: day("2026-11-21 00:00")}})},
		{Path: "r/m.jpg", Kind: "replacement", Slot: "main", Facts: set(facts.Set{})},
		{Path: "s/1.JPG", Kind: "source", Facts: set(facts.Set{Exif: exif, Image: facts.Image{Width: 2112, Height: 1584}})},
		{Path: "v/1.jpg", Kind: "violating", Facts: set(facts.Set{})},
	}, Pairs: []facts.Pair{
		{A: "v/1.jpg", B: "s/1.JPG", Distance: 0.123, Inliers: 88, Transform: "cropped"},
		{A: "s/1.JPG", B: "r/m.jpg", Distance: 0.2, Inliers: 77, Transform: "resized"},
	}}
	pass := func(rule, asset string) verdict.Finding {
		return verdict.Finding{Rule: rule, Asset: asset, Outcome: verdict.Pass, Severity: verdict.SeverityError}
	}
	return Input{Case: view, Seal: 0.7, Signature: 0.65, Max: 3000, Findings: []verdict.Finding{
		pass("AE203", "s/1.JPG"), pass("AE523", "a/1.pdf"), pass("AE523", "a/2.pdf"), pass("AE321", "r/m.jpg"), pass("AE405", ""),
	}}
}

func keys(d *Draft) []string {
	var out []string
	for _, s := range d.Sections {
		for _, x := range s.Sentences {
			out = append(out, x.Key)
		}
	}
	return out
}

// What is said under each ground, and that in each language.
func TestGrounds(t *testing.T) {
	for ground, want := range map[string]string{
		"rectified": "penalised ground violating addresses listed complaint returned cause replaced from_source replaced_at set skus clean other_listings same source_serial companions stored photographer " +
			"letter_open sealed_signed notarized apostille letter sealed_signed notarized apostille chain brand before_theirs log attached",
		"misjudged": "penalised ground violating addresses listed complaint returned same source_serial companions stored photographer " +
			"letter_open sealed_signed notarized apostille letter sealed_signed notarized apostille chain brand before_theirs log attached",
		"authorized": "penalised ground violating addresses listed complaint returned letter_open sealed_signed notarized apostille letter sealed_signed notarized apostille chain brand " +
			"same source_serial companions stored photographer replaced from_source set skus clean before_theirs log attached",
	} {
		for _, tag := range Languages() {
			in := sample()
			in.Case.File.Appeal.Ground = ground
			d, err := Write(in, tag)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(keys(d), " "); got != want {
				t.Errorf("%s %s: %s\nwant %s", ground, tag, got, want)
			}
			if text := d.Text(nil); strings.Contains(text, "{") || len(d.Held) > 0 || d.Length > 3000 {
				t.Errorf("%s %s: %v\n%s", ground, tag, d.Held, text)
			}
		}
	}
}

func TestSentences(t *testing.T) {
	d, err := Write(sample(), "zh")
	if err != nil {
		t.Fatal(err)
	}
	text := d.Text(nil)
	for _, want := range []string{
		"商品 1005001234567890 于 2026 年 11 月 21 日 09:30 被处罚，违规类型为“图片含水印”，违规编号 WG1。",
		"违规图片 v/1.jpg 与原图 s/1.JPG 比对为同一张照片（加了边，差异 0.12，吻合点 88 个）。",
		"原图 s/1.JPG，EXIF 记录：拍摄时间 2026 年 2 月 20 日 10:41，相机 LUMORA S1，机身序列号 071400238，2112×1584 像素。",
		"a/2.pdf（转授权书）：授权方 Agent Ltd，被授权方 Shop Ltd，有效期自 2025 年 1 月 1 日至 2027 年 1 月 1 日。",
		"授权链：ACME GmbH → Agent Ltd → Shop Ltd。",
		"云存证：e/1.png，日期 2026 年 2 月 20 日 11:00，早于投诉方最早的使用时间 2026 年 6 月 1 日 00:00。",
		"更换时间：____（在后台换掉这些图片的日期和时间）。",
		"SKU RED、蓝色 都有替换图。",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if d.Blanks != 3 {
		t.Errorf("%d blanks", d.Blanks)
	}
	for _, word := range []string{"真实", "高度重视", "歉"} {
		if strings.Contains(text, word) {
			t.Errorf("says %s", word)
		}
	}
	in := sample()
	in.Findings[0].Suppressed = &verdict.Suppression{By: "confirmation", Person: "王五"}
	if d, err := Write(in, "zh"); err != nil || !slices.ContainsFunc(d.Sections, func(s Section) bool {
		return slices.ContainsFunc(s.Sentences, func(x Sentence) bool {
			return slices.Contains(x.Basis, Basis{Asset: "s/1.JPG", Rule: "AE203", Person: "王五"})
		})
	}) {
		t.Errorf("whose word it is is not told: %v", err)
	}
	i := slices.IndexFunc(d.Sections, func(s Section) bool { return s.Key == "origin" })
	source := d.Sections[i].Sentences[1]
	if !slices.Contains(source.Basis, Basis{Asset: "s/1.JPG", Fact: "exif.taken_at", Value: "2026-02-20 10:41"}) || !slices.Contains(source.Basis, Basis{Asset: "s/1.JPG", Rule: "AE203"}) {
		t.Errorf("rests on %v", source.Basis)
	}
}

// A sentence is not made where a rule about it fails or asks.
func TestHeld(t *testing.T) {
	for name, tt := range map[string]struct {
		finding verdict.Finding
		gone    []string
		stay    []string
	}{
		"no camera data":       {verdict.Finding{Rule: "AE203", Asset: "s/1.JPG", Outcome: verdict.Fail, Severity: verdict.SeverityError}, []string{"source_serial", "same", "companions", "stored"}, []string{"penalised"}},
		"asks about a seal":    {verdict.Finding{Rule: "AE535", Asset: "a/1.pdf", Outcome: verdict.Review, Severity: verdict.SeverityWarning}, nil, []string{"letter_open", "sealed_signed"}},
		"not in force":         {verdict.Finding{Rule: "AE505", Outcome: verdict.Fail, Severity: verdict.SeverityError, Evidence: []verdict.Evidence{{Quote: "L2", Related: &verdict.Related{Asset: "a/2.pdf"}}}}, []string{"letter", "brand"}, []string{"letter_open", "chain"}},
		"chain is broken":      {verdict.Finding{Rule: "AE501", Outcome: verdict.Fail, Severity: verdict.SeverityError}, []string{"letter", "letter_open", "chain", "brand", "sealed_signed"}, []string{"penalised"}},
		"a watermark is left":  {verdict.Finding{Rule: "AE323", Asset: "r/m.jpg", Outcome: verdict.Review, Severity: verdict.SeverityError}, []string{"clean", "replaced", "skus"}, []string{"set"}},
		"informs":              {verdict.Finding{Rule: "AE406", Outcome: verdict.Fail, Severity: verdict.SeverityInfo}, nil, []string{"source_serial", "from_source"}},
		"an SKU without":       {verdict.Finding{Rule: "AE405", Outcome: verdict.Fail, Severity: verdict.SeverityError}, []string{"skus"}, []string{"set"}},
		"evidence is undated":  {verdict.Finding{Rule: "AE621", Asset: "e/1.png", Outcome: verdict.Fail, Severity: verdict.SeverityError}, []string{"before_theirs"}, []string{"log"}},
		"stands among the new": {verdict.Finding{Rule: "AE401", Outcome: verdict.Fail, Severity: verdict.SeverityError, Evidence: []verdict.Evidence{{Quote: "v/1.jpg (resized)"}}}, []string{"replaced"}, []string{"set"}},
	} {
		in := sample()
		in.Findings = append(in.Findings, tt.finding)
		d, err := Write(in, "en")
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range tt.gone {
			if slices.Contains(keys(d), k) {
				t.Errorf("%s: says %s", name, k)
			}
		}
		for _, k := range tt.stay {
			if !slices.Contains(keys(d), k) {
				t.Errorf("%s: does not say %s", name, k)
			}
		}
		if len(tt.gone) > 0 && (len(d.Held) == 0 || d.Held[0].Finding.Rule != tt.finding.Rule) {
			t.Errorf("%s: does not tell what was held back: %v", name, d.Held)
		}
	}
}

// What the notice contradicts, and what is not given, is a blank.
func TestBlanks(t *testing.T) {
	in := sample()
	in.Case.File.Violation.Type = ""
	in.Findings = append(in.Findings, verdict.Finding{Rule: "AE613", Asset: "n.png", Outcome: verdict.Fail, Evidence: []verdict.Evidence{{Fact: "document.notice_times"}}})
	d, err := Write(in, "en")
	if err != nil {
		t.Fatal(err)
	}
	want := "Product 1005001234567890 was penalised on ____ (day and time at which the penalty took effect) Beijing time, type of violation: ____ (type of violation), violation ID WG1."
	if got := d.Sections[0].Sentences[0].Text; got != want {
		t.Errorf("%s", got)
	}
	if len(d.Held) != 1 || !d.Held[0].Blank || d.Held[0].Section != "The violation" {
		t.Errorf("%+v", d.Held)
	}
	empty, err := Write(Input{Case: &facts.Case{}}, "zh")
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(keys(empty), " "); got != "penalised cause lack_replacement replaced_at" || empty.Blanks != 7 {
		t.Errorf("%s, %d blanks", got, empty.Blanks)
	}
	bare := sample()
	bare.Case.Assets, bare.Case.File.Appeal.Ground = nil, "misjudged"
	d, err = Write(bare, "zh")
	if err != nil {
		t.Fatal(err)
	}
	if got := keys(d); !slices.Contains(got, "lack_source") || slices.Contains(got, "source") {
		t.Errorf("%v", got)
	}
}

func TestAI(t *testing.T) {
	in := sample()
	f := in.Case.File
	f.Violation.Type, f.AI = "ai_unlabelled", casefile.AIUse{Used: true, Tool: "Midjourney"}
	in.Case.Assets[5].Facts.Text.AILabels = []facts.AILabel{{Text: "AI Generated"}}
	d, err := Write(in, "en")
	if err != nil {
		t.Fatal(err)
	}
	text := d.Text(nil)
	for _, want := range []string{"The picture was generated with Midjourney.", `bears the visible label "AI Generated"`, "The product was listed on 2 March 2026 at 10:15; ____ (whether a label"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if slices.Contains(keys(d), "source_serial") {
		t.Error("camera data of an AI picture")
	}
	f.AI = casefile.AIUse{Removed: true}
	d, err = Write(in, "en")
	if err != nil {
		t.Fatal(err)
	}
	if got := keys(d); !slices.Contains(got, "ai_removed") || !slices.Contains(got, "source_serial") {
		t.Errorf("%v", got)
	}
}

// The least sentences go first, and what has to be said stays.
func TestLimit(t *testing.T) {
	in := sample()
	whole, err := Write(in, "en")
	if err != nil {
		t.Fatal(err)
	}
	last := whole.Length
	for most := whole.Length - 1; most > 0; most -= 97 {
		in.Max = most
		d, err := Write(in, "en")
		if err != nil {
			t.Fatal(err)
		}
		if d.Length > last || !slices.Contains(keys(d), "penalised") || d.Length > most && len(d.Dropped) == 0 {
			t.Errorf("%d wanted: %d, %v", most, d.Length, keys(d))
		}
		for i := 1; i < len(d.Dropped); i++ {
			if d.Dropped[i].rank > d.Dropped[i-1].rank {
				t.Errorf("%s goes before %s", d.Dropped[i-1].Key, d.Dropped[i].Key)
			}
		}
		last = d.Length
	}
}

// Where a statement that is kept says otherwise.
func TestConflicts(t *testing.T) {
	date := func(s, text string) facts.DocDate { return facts.DocDate{At: day(s + " 00:00"), Text: text} }
	for name, tt := range map[string]struct {
		text  string
		doc   facts.Document
		want  []string // keys of sentences, or the ground
		files int
	}{
		"agrees": {"商品 1005001234567890 于 2026年11月21日 被处罚，违规编号 WG1。2026年2月20日拍摄，相机 LUMORA S1，机身编号 071400238。已更换全部图片。",
			facts.Document{ViolationIDs: []string{"WG1"}, ProductIDs: []string{"1005001234567890"}, Dates: []facts.DocDate{date("2026-11-21", "2026年11月21日"), date("2026-02-20", "2026年2月20日")}}, nil, 1},
		"another violation": {"违规编号 WG2", facts.Document{ViolationIDs: []string{"WG2"}}, []string{"penalised"}, 1},
		"another day":       {"图片于2026年3月1日拍摄", facts.Document{Dates: []facts.DocDate{date("2026-03-01", "2026年3月1日")}}, []string{"source_serial"}, 1},
		"another listing":   {"The product was listed on 1 May 2026.", facts.Document{Dates: []facts.DocDate{date("2026-05-01", "1 May 2026")}}, []string{"listed"}, 1},
		"another camera":    {"用相机 Canon EOS R5 拍的，机身编号 99999999", facts.Document{}, []string{"source_serial", "source_serial"}, 1},
		"another ground":    {"平台误判，图片没有问题", facts.Document{}, []string{"rectified"}, 1},
	} {
		in := sample()
		tt.doc.Text = []facts.DocLine{{Text: tt.text}}
		in.Case.Assets = append(in.Case.Assets, facts.Asset{Path: "t/old.txt", Kind: "statement", Facts: &facts.Set{Document: tt.doc}})
		d, err := Write(in, "zh")
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range d.Conflicts {
			got = append(got, c.Sentence.Key+c.Ground)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v", name, d.Conflicts)
		}
	}
}

// What the rules on statements ask is there, in every language and under every ground:
// no stock phrase, the numbers and a date, not too long.
func TestPassesTheRules(t *testing.T) {
	for _, ground := range []string{"rectified", "misjudged", "authorized"} {
		for _, tag := range Languages() {
			in := sample()
			in.Case.File.Appeal.Ground, in.Case.File.Violation.ID = ground, "WG20261121000456"
			d, err := Write(in, tag)
			if err != nil {
				t.Fatal(err)
			}
			var doc facts.Document
			for line := range strings.Lines(d.Text(nil)) {
				doc.Text = append(doc.Text, facts.DocLine{Page: 1, Text: strings.TrimSpace(line), Confidence: 1})
			}
			letter.Read(&doc)
			shot, penalty := false, false
			for _, x := range doc.Dates {
				shot = shot || x.At.Format(time.DateOnly) == "2026-02-20"
				penalty = penalty || x.At.Format(time.DateOnly) == "2026-11-21"
			}
			if len(doc.Boilerplate) > 0 || !shot || !penalty || doc.Length != d.Length || doc.Length < 60 || !slices.Contains(doc.ViolationIDs, "WG20261121000456") {
				t.Errorf("%s %s: stock phrases %v, dates %v, %d of %d characters, %v", ground, tag, doc.Boilerplate, doc.Dates, doc.Length, d.Length, doc.ViolationIDs)
			}
			// Handed in, it does not contradict the next draft.
			in.Case.Assets = append(in.Case.Assets, facts.Asset{Path: "t/draft.txt", Kind: "statement", Facts: &facts.Set{Document: doc}})
			if d, err = Write(in, tag); err != nil || len(d.Conflicts) > 0 {
				t.Errorf("%s %s: %v, %v", ground, tag, err, d.Conflicts)
			}
		}
	}
}
