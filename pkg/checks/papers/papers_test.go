package papers

import (
	"context"
	"fmt"
	"slices"
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

const shop = `
store: {name: {zh: 深圳市示例科技有限公司, en: "Shenzhen Example Technology Co., Ltd."}, other_names: [示例商行]}
product: {id: "1005001234567890"}
violation: {id: WG20261118000123, type: stolen_image, state: penalised, effective_at: 2026-11-18 09:30}
`

// view reads a case.yaml; now is 2026-11-20 12:00 in Beijing.
func view(t *testing.T, yaml string, assets ...facts.Asset) *facts.Case {
	t.Helper()
	c := &casefile.File{}
	doc, err := config.Decode("case.yaml", []byte(yaml), c)
	if err != nil {
		t.Fatal(err)
	}
	c.SetKeys(doc.Keys())
	return &facts.Case{Path: ".", File: c, HasFile: true, Clock: facts.Clock{Now: time.Date(2026, 11, 20, 12, 0, 0, 0, lang.Beijing())}, Assets: assets}
}

func day(s string) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, s, lang.Beijing())
	if err != nil {
		panic(err)
	}
	return t
}

// letter is a paper that was read well.
func letter(path string, edit func(d *facts.Document)) facts.Asset {
	set := &facts.Set{}
	d := &set.Document
	*d = facts.Document{
		Kind: "brand", Grantor: facts.DocParty{Name: "艾克美贸易有限公司", Confidence: 1}, Grantee: facts.DocParty{Name: "深圳市示例科技有限公司", Confidence: 1},
		Starts: day("2025-01-01"), Ends: day("2027-12-31"), SignedAt: day("2024-12-20"), Sublicense: "unstated", Legalized: "none",
		Language: "zh", Languages: []string{"zh"},
		Found: []facts.DocFound{{Field: "grantee", Text: "被授权方:…", Page: 1, Box: facts.Box{1, 2, 3, 4}, Confidence: 0.95}, {Field: "ends", Page: 2, Confidence: 0.95}},
	}
	if edit != nil {
		edit(d)
	}
	set.SetStatus("document", facts.Status{State: facts.Present})
	return facts.Asset{Path: path, Kind: "authorization", Facts: set}
}

// say prints a result: outcome, cause, then fact=observed/required.
func say(r checks.Result) string {
	parts := []string{string(r.Outcome)}
	if r.Cause != "" {
		parts = append(parts, string(r.Cause))
	}
	for _, e := range r.Evidence {
		p := strings.TrimPrefix(e.Fact, "document.")
		if e.Observed != nil || e.Required != nil {
			p += fmt.Sprintf("=%v/%v", e.Observed, e.Required)
		}
		parts = append(parts, p)
	}
	return strings.Join(parts, "; ")
}

func TestOnePaper(t *testing.T) {
	const letters = "letters: [{id: A, file: authorization/a.pdf, grantor: {name: 艾克美贸易有限公司}, grantee: {name: 深圳市示例科技有限公司}, starts: 2025-01-01, ends: 2027-12-31, sublicense: false, notarized: false, languages: [zh]}]"
	tests := []struct {
		name  string
		check checks.Check
		param func(any)
		yaml  string
		edit  func(d *facts.Document)
		want  string
	}{
		{"in force", Validity{}, nil, shop, nil, "pass"},
		{"ends today", Validity{}, nil, shop, func(d *facts.Document) { d.Ends = day("2026-11-20") }, "pass"},
		{"over", Validity{}, nil, shop, func(d *facts.Document) { d.Ends = day("2026-11-19") }, "fail; ends=2026-11-19/≥ 2026-11-20"},
		{"over, badly read", Validity{}, nil, shop, func(d *facts.Document) { d.Ends = day("2026-11-19"); d.Found[1].Confidence = 0.6 }, "review; judgement; ends=2026-11-19/≥ 2026-11-20"},
		{"over when handed in", Validity{}, nil, shop + "appeal: {planned_at: 2028-01-01 10:00}\n", nil, "fail; ends=2027-12-31/≥ 2028-01-01"},
		{"not yet", Validity{}, nil, shop, func(d *facts.Document) { d.Starts = day("2027-01-01") }, "fail; starts=2027-01-01/≤ 2026-11-20"},
		{"no term", Validity{}, nil, shop, func(d *facts.Document) { d.Ends = time.Time{} }, "review; judgement; ends=<nil>/≥ 2026-11-20"},
		{"open", Validity{}, nil, shop, func(d *facts.Document) { d.Ends, d.OpenEnded = time.Time{}, true }, "pass"},
		{"ends soon", Validity{}, func(p any) { p.(*ValidityParams).Ahead = 30 }, shop, func(d *facts.Document) { d.Ends = day("2026-12-01") }, "fail; ends=2026-12-01/≥ 2026-12-20"},
		{"stated: another check's", Validity{}, nil, shop + letters, func(d *facts.Document) { d.Ends = day("2020-01-01") }, "skip"},
		{"a certificate", Validity{}, nil, shop, func(d *facts.Document) { d.Kind = "other" }, "skip"},

		{"for us", Party{}, nil, shop, nil, "pass"},
		{"for us, in English", Party{}, nil, shop, func(d *facts.Document) { d.Grantee.Name = "SHENZHEN EXAMPLE TECHNOLOGY CO LTD" }, "pass"},
		{"for another", Party{}, nil, shop, func(d *facts.Document) { d.Grantee.Name = "广州别家贸易有限公司" }, "fail; grantee=广州别家贸易有限公司/深圳市示例科技有限公司"},
		{"nearly us", Party{}, nil, shop, func(d *facts.Document) { d.Grantee.Name = "深圳市示例科技股份有限公司" }, "review; judgement; grantee=深圳市示例科技股份有限公司/深圳市示例科技有限公司"},
		{"nobody read", Party{}, nil, shop, func(d *facts.Document) { d.Grantee.Name = "" }, "review; judgement; grantee=<nil>/深圳市示例科技有限公司"},
		{"shop not named", Party{}, nil, "product: {id: \"1005001234567890\"}\n", nil, "review; missing_input; case.store.name"},
		{"promisor", Party{}, func(p any) { p.(*PartyParams).Field = "grantor" }, shop, func(d *facts.Document) { d.Grantor.Name = "示例商行"; d.Kind = "commitment" }, "pass"},

		{"as stated", Statement{}, nil, shop + letters, nil, "pass"},
		{"not stated", Statement{}, nil, shop, nil, "skip"},
		{"another end", Statement{}, nil, shop + letters, func(d *facts.Document) { d.Ends = day("2026-12-31") }, "fail; ends=2026-12-31/2027-12-31"},
		{"another grantor", Statement{}, nil, shop + letters, func(d *facts.Document) { d.Grantor.Name = "某某制衣有限公司" }, "fail; grantor=某某制衣有限公司/艾克美贸易有限公司"},
		{"grantor in Latin letters", Statement{}, nil, shop + letters, func(d *facts.Document) { d.Grantor.Name = "ACME Trading Ltd" }, "review; judgement; grantor=ACME Trading Ltd/艾克美贸易有限公司"},
		{"another brand", Statement{}, nil, shop + letters + "\nbrands: {authorized: [{name: MIRALO, registration: \"58821475\", letter: A}]}\n", func(d *facts.Document) {
			d.Length, d.Confidence, d.Brands, d.Text = 300, 0.95, []string{"ZEFIRO"}, []facts.DocLine{{Text: "授权品牌:ZEFIRO 注册号31415926", Confidence: 0.95}}
		}, "fail; brands=ZEFIRO/MIRALO"},
		{"the brand", Statement{}, nil, shop + letters + "\nbrands: {authorized: [{name: MIRALO, letter: A}]}\n", func(d *facts.Document) {
			d.Length, d.Confidence, d.Brands, d.Text = 300, 0.95, []string{"MIRAL0", "x"}, []facts.DocLine{{Text: "授权品牌:MIRAL0及图形", Confidence: 0.95}}
		}, "pass"},
		{"nearly the brand", Statement{}, nil, shop + letters + "\nbrands: {authorized: [{name: MIRALO, letter: A}]}\n", func(d *facts.Document) {
			d.Length, d.Confidence, d.Brands, d.Text = 300, 0.95, []string{"MIRALA"}, []facts.DocLine{{Text: "授权品牌:MIRALA", Confidence: 0.95}}
		}, "review; judgement; brands=MIRALA/MIRALO"},
		{"its number", Statement{}, nil, shop + letters + "\nbrands: {authorized: [{name: MIRALO, registration: \"58821475\", letter: A}]}\n", func(d *facts.Document) {
			d.Length, d.Confidence, d.Brands, d.Text = 300, 0.95, []string{"图形商标"}, []facts.DocLine{{Text: "图形商标,注册号:58821475", Confidence: 0.95}}
		}, "pass"},
		{"sub-licence", Statement{}, nil, shop + letters, func(d *facts.Document) { d.Sublicense = "allowed" }, "fail; sublicense=allowed/false"},
		{"notarized after all", Statement{}, nil, shop + letters, func(d *facts.Document) { d.Notarized = true }, "fail; notarized=true/false"},

		{"seal of the grantor, roughly read", SealName{}, nil, shop, func(d *facts.Document) {
			d.Seals = []facts.Seal{{Page: 1, Text: "上艾克美贸易有很公司"}}
		}, "pass"},
		{"seal of another", SealName{}, nil, shop, func(d *facts.Document) {
			d.Seals = []facts.Seal{{Page: 1, Text: "北京中导开源科技股份公司"}}
		}, "review; judgement; seals=北京中导开源科技股份公司/艾克美贸易有限公司"},
		{"seal of another in the same line of business", SealName{}, nil, shop, func(d *facts.Document) {
			d.Seals = []facts.Seal{{Page: 1, Text: "上海星澜贸易有限公司", Surely: 0.93}}
		}, "review; judgement; seals=上海星澜贸易有限公司/艾克美贸易有限公司"},
		{"a ring of which characters are guessed", SealName{}, nil, shop, func(d *facts.Document) {
			d.Seals = []facts.Seal{{Page: 1, Text: "上海文某贸易有限公司", Surely: 0.8}}
		}, "pass"},
		{"seal not read", SealName{}, nil, shop, func(d *facts.Document) { d.Seals = []facts.Seal{{Page: 1}} }, "skip"},

		{"signed before", SignDate{}, nil, shop, nil, "pass"},
		{"signed tomorrow", SignDate{}, nil, shop, func(d *facts.Document) { d.SignedAt = day("2026-11-21") }, "fail; signed_at=2026-11-21/≤ 2026-11-20"},
		{"signed long ago", SignDate{}, func(p any) { p.(*SignDateParams).MaxAge = 90 }, shop, nil, "fail; signed_at=2024-12-20/≥ 2026-08-20"},
		{"no date", SignDate{}, nil, shop, func(d *facts.Document) { d.SignedAt = time.Time{} }, "review; judgement; signed_at=<nil>/≤ 2026-11-20"},
	}
	for _, c := range tests {
		t.Run(c.check.Name()+"/"+c.name, func(t *testing.T) {
			a := letter("authorization/a.pdf", c.edit)
			v := view(t, c.yaml, a)
			params := c.check.NewParams()
			if c.param != nil {
				c.param(params)
			}
			r, err := c.check.Run(context.Background(), checks.Subject{Case: v, Asset: &v.Assets[0]}, params)
			if err != nil {
				t.Fatal(err)
			}
			if got := say(r); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// TestUnavailable: facts that could not be had are never a pass.
func TestUnavailable(t *testing.T) {
	for _, c := range All() {
		a := letter("authorization/a.pdf", nil)
		a.Facts = &facts.Set{}
		a.Facts.SetStatus("document", facts.Status{State: facts.Failed, Why: lang.Plain("needs a password")})
		a.Facts.SetStatus("table", facts.Status{State: facts.Failed, Why: lang.Plain("no rows")})
		v := view(t, shop+"letters: [{id: A, file: authorization/a.pdf, ends: 2027-01-01}]", a)
		r, err := c.Run(context.Background(), checks.Subject{Case: v, Asset: &v.Assets[0]}, c.NewParams())
		if err != nil {
			t.Fatal(err)
		}
		if r.Outcome == verdict.Pass {
			t.Errorf("%s passes what it could not see", c.Name())
		}
		switch c.Name() {
		case "document-chain", "document-languages", "letter-region":
			continue // not judged where case.yaml states the letters
		case "document-grants", "document-camera", "log-fits-originals", "release-covers-models":
			continue // a paper that could not be read is asked about by itself
		}
		if r.Outcome != verdict.Review || r.Cause != verdict.Unavailable {
			t.Errorf("%s: %s", c.Name(), say(r))
		}
	}
}

func TestChain(t *testing.T) {
	upper := func(edit func(d *facts.Document)) facts.Asset {
		return letter("authorization/1.pdf", func(d *facts.Document) {
			d.Grantor.Name, d.Grantee.Name, d.Sublicense = "ACME GmbH", "艾克美贸易有限公司", "allowed"
			if edit != nil {
				edit(d)
			}
		})
	}
	lower := letter("authorization/2.pdf", nil)
	for name, c := range map[string]struct {
		assets []facts.Asset
		want   string
	}{
		"whole":                      {[]facts.Asset{upper(nil), lower}, "pass"},
		"one letter":                 {[]facts.Asset{lower}, "skip"},
		"no sub-licence":             {[]facts.Asset{upper(func(d *facts.Document) { d.Sublicense = "forbidden" }), lower}, "fail; sublicense=forbidden/allowed"},
		"sub-licence unstated":       {[]facts.Asset{upper(func(d *facts.Document) { d.Sublicense = "unstated" }), lower}, "review; judgement; sublicense=unstated/allowed"},
		"outlasts":                   {[]facts.Asset{upper(func(d *facts.Document) { d.Ends = day("2027-06-30") }), lower}, "fail; ends=2027-12-31/≤ 2027-06-30"},
		"a hop that may be the next": {[]facts.Asset{upper(nil), letter("authorization/2.pdf", func(d *facts.Document) { d.Grantor.Name = "" })}, "review; judgement; grantee=艾克美贸易有限公司/深圳市示例科技有限公司"},
		"missing hop":                {[]facts.Asset{upper(func(d *facts.Document) { d.Grantee.Name = "中间商行有限公司" }), lower}, "fail; grantee=中间商行有限公司/深圳市示例科技有限公司"},
	} {
		r, err := Chain{}.Run(context.Background(), checks.Subject{Case: view(t, shop, c.assets...)}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := say(r); got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}

func TestNoticeEvidenceStatement(t *testing.T) {
	at := facts.DocDate{At: time.Date(2026, 11, 18, 9, 30, 0, 0, lang.Beijing()), Confidence: 0.95}
	notice := func(d *facts.Document) {
		d.Kind, d.ViolationIDs, d.ProductIDs, d.States = "notice", []string{"WG20261118000123"}, []string{"1005001234567890"}, []string{"penalised"}
		d.ViolationTypes, d.Dates = []string{"stolen_image"}, []facts.DocDate{at}
	}
	for _, c := range []struct {
		name  string
		check checks.Check
		yaml  string
		edit  func(d *facts.Document)
		want  string
	}{
		{"notice fits", Notice{}, shop, notice, "pass"},
		{"an ID read badly", Notice{}, shop, func(d *facts.Document) {
			notice(d)
			d.ViolationIDs, d.Text = []string{"WG202611"}, []facts.DocLine{{Page: 1, Text: "违规记录", Confidence: 0.97}, {Page: 1, Text: "违规编号：WG2026111800o1Z3", Confidence: 0.97}}
		}, "pass"},
		{"an ID with a digit lost", Notice{}, shop, func(d *facts.Document) { notice(d); d.ViolationIDs = []string{"WG2026111800123"} }, "review; judgement; violation_ids=WG2026111800123/WG20261118000123"},
		{"another ID in letters and digits", Notice{}, shop, func(d *facts.Document) {
			notice(d)
			d.ViolationIDs, d.Text = []string{"WG202611"}, []facts.DocLine{{Page: 1, Text: "违规编号：WG202611l90oo123", Confidence: 0.97}}
		}, "fail; violation_ids=WG202611/WG20261118000123"},
		{"another violation", Notice{}, shop, func(d *facts.Document) { notice(d); d.ViolationIDs = []string{"WG20250101000001"} }, "fail; violation_ids=WG20250101000001/WG20261118000123"},
		{"a digit misread", Notice{}, shop, func(d *facts.Document) { notice(d); d.ViolationIDs = []string{"WG20261118000128"} }, "review; judgement; violation_ids=WG20261118000128/WG20261118000123"},
		{"penalised, said to be pending", Notice{}, strings.Replace(shop, "state: penalised", "state: pending", 1), notice, "fail; states=penalised/pending"},
		{"another type", Notice{}, strings.Replace(shop, "type: stolen_image", "type: watermark", 1), notice, "fail; violation_types=stolen_image/watermark"},
		{"another type, in the text", Notice{}, strings.Replace(shop, "type: stolen_image", "type: watermark", 1), func(d *facts.Document) {
			notice(d)
			d.Found = []facts.DocFound{{Field: "violation_types", Confidence: 0.6}}
		}, "review; judgement; violation_types=stolen_image/watermark"},
		{"infringement", Notice{}, strings.Replace(shop, "type: stolen_image", "type: brand_logo", 1), func(d *facts.Document) { notice(d); d.ViolationTypes = []string{"infringement"} }, "pass"},

		{"penalised", Scope{}, shop, notice, "pass"},
		{"lifted", Scope{}, shop, func(d *facts.Document) { d.States = []string{"lifted"} }, "fail; states=lifted/penalised"},
		{"lifted, badly read", Scope{}, shop, func(d *facts.Document) {
			d.States = []string{"lifted"}
			d.Found = []facts.DocFound{{Field: "states", Confidence: 0.7}}
		}, "review; judgement; states=lifted/penalised"},
		{"two states", Scope{}, shop, func(d *facts.Document) { d.States = []string{"penalised", "lifted"} }, "review; judgement; states=penalised, lifted/penalised"},
		{"another violation's state in a list", Scope{}, shop, func(d *facts.Document) {
			d.States = []string{"lifted", "penalised"}
			for i, row := range []string{"WG2025061800310027", "WG2026113000017745"} {
				box := facts.Box{38, 129 + 40*i, 170, 17}
				d.Found = append(d.Found, facts.DocFound{Field: "violation_ids", Value: row, Page: 1, Confidence: 1, Box: box},
					facts.DocFound{Field: "states", Value: d.States[i], Page: 1, Confidence: 1, Box: box})
			}
		}, "pass"},
		{"no state", Scope{}, shop, func(d *facts.Document) {}, "skip"},
		{"another day", Notice{}, shop, func(d *facts.Document) { notice(d); d.Dates[0].At = day("2026-10-01") }, "review; judgement; dates=2026-10-01/2026-11-18"},
		{"nothing read", Notice{}, shop, func(d *facts.Document) {}, "skip"},

		{"earlier", EvidenceDate{}, shop, func(d *facts.Document) { d.Dates = []facts.DocDate{{At: day("2026-02-01"), Confidence: 1}} }, "pass"},
		{"later", EvidenceDate{}, shop, func(d *facts.Document) { d.Dates = []facts.DocDate{{At: day("2026-11-19"), Confidence: 1}} }, "fail; dates=2026-11-19/< 2026-11-18"},
		{"later than theirs", EvidenceDate{}, strings.Replace(shop, "state: penalised", "state: penalised, complaint: {their_earliest: 2026-01-01}", 1), func(d *facts.Document) { d.Dates = []facts.DocDate{{At: day("2026-02-01"), Confidence: 0.5}} }, "review; judgement; dates=2026-02-01/< 2026-01-01"},

		{"facts named", Mentions{}, shop, func(d *facts.Document) {
			d.Text = []facts.DocLine{{Text: "违规编号 WG2026 1118000123,商品 1005001234567890"}}
			d.Dates = []facts.DocDate{at}
		}, "pass"},
		{"nothing named", Mentions{}, shop, func(d *facts.Document) { d.Text = []facts.DocLine{{Text: "我们没有违规"}} },
			"fail; case.violation.id=<nil>/WG20261118000123; case.product.id=<nil>/1005001234567890"},
	} {
		a := letter("x", func(d *facts.Document) { *d = facts.Document{}; c.edit(d) })
		v := view(t, c.yaml, a)
		r, err := c.check.Run(context.Background(), checks.Subject{Case: v, Asset: &v.Assets[0]}, c.check.NewParams())
		if err != nil {
			t.Fatal(err)
		}
		if got := say(r); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestLogDays(t *testing.T) {
	for name, c := range map[string]struct {
		table facts.Table
		want  string
	}{
		"covered":   {facts.Table{Rows: 9, First: day("2026-10-20"), Last: day("2026-11-17")}, "pass"},
		"too short": {facts.Table{Rows: 9, First: day("2026-11-01"), Last: day("2026-11-17")}, "fail; table.first=2026-11-01/≤ 2026-10-22"},
		"old":       {facts.Table{Rows: 9, First: day("2026-09-01"), Last: day("2026-10-30")}, "fail; table.last=2026-10-30/≥ 2026-11-15"},
		"no times":  {facts.Table{Rows: 9, Columns: []string{"a", "b"}}, "review; judgement; table.time_column=a, b/<nil>"},
	} {
		set := &facts.Set{Table: c.table}
		set.SetStatus("table", facts.Status{State: facts.Present})
		v := view(t, shop, facts.Asset{Path: "log.csv", Kind: "upload_log", Facts: set})
		r, err := LogDays{}.Run(context.Background(), checks.Subject{Case: v, Asset: &v.Assets[0]}, LogDays{}.NewParams())
		if err != nil {
			t.Fatal(err)
		}
		if got := say(r); got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}

// TestLogDaysUnknownPenalty: where nobody says when the penalty was, a log may end as far
// back as the window is long.
func TestLogDaysUnknownPenalty(t *testing.T) {
	for _, c := range []struct{ first, last, want string }{
		{"2026-10-20", "2026-11-17", "pass"}, {"2026-10-20", "2026-11-10", "fail; table.last=2026-11-10/≥ 2026-11-13"}, {"2026-11-03", "2026-11-22", "fail; table.first=2026-11-03/≤ 2026-10-27"},
	} {
		set := &facts.Set{Table: facts.Table{Rows: 9, First: day(c.first), Last: day(c.last)}}
		set.SetStatus("table", facts.Status{State: facts.Present})
		v := view(t, "store: {type: company}\n", facts.Asset{Path: "log.csv", Kind: "upload_log", Facts: set})
		v.Clock = facts.Clock{Now: day("2026-11-23")}
		r, err := LogDays{}.Run(context.Background(), checks.Subject{Case: v, Asset: &v.Assets[0]}, LogDays{}.NewParams())
		if err != nil || say(r) != c.want {
			t.Errorf("%s to %s: %s (%v), want %s", c.first, c.last, say(r), err, c.want)
		}
	}
}

// TestLettersNotStated: the languages read and the region of the granting party
// are judged where case.yaml states no letters.
func TestLettersNotStated(t *testing.T) {
	for _, c := range []struct {
		check checks.Check
		yaml  string
		edit  func(d *facts.Document)
		want  verdict.Outcome
	}{
		{Languages{}, "product: {sites: [global]}\n", nil, verdict.Skip},
		{Languages{}, "product: {sites: [ES]}\n", nil, verdict.Fail},
		{Languages{}, "product: {sites: [br]}\n", func(d *facts.Document) { d.Languages = []string{"zh", "pt"} }, verdict.Pass},
		{Languages{}, "product: {sites: [de]}\n", func(d *facts.Document) { d.Languages = nil }, verdict.Review},
		{Languages{}, "product: {sites: [de]}\n", func(d *facts.Document) { d.Kind, d.Length, d.Confidence = "other", 300, 0.95 }, verdict.Review},
		{Languages{}, "product: {sites: [de]}\n", func(d *facts.Document) { d.Kind, d.Length = "other", 5 }, verdict.Skip}, // asked about by another rule
		{Languages{}, "product: {sites: [de]}\nletters: [{id: A}]\n", nil, verdict.Skip},
		{Region{}, "product: {sites: [global]}\n", nil, verdict.Skip},
		{Region{}, "product: {sites: [global]}\n", func(d *facts.Document) { d.Grantor.Country = "HK" }, verdict.Review},
		{Region{}, "product: {sites: [global]}\n", func(d *facts.Document) { d.Grantor.Country, d.Notarized = "TW", true }, verdict.Pass},
		{Region{}, "letters: [{id: A, grantor: {country: MO}}]\n", nil, verdict.Review},
		{Region{}, "letters: [{id: A, file: authorization/a.pdf}]\n", func(d *facts.Document) { d.Grantor.Country = "HK" }, verdict.Review},
		{Region{}, "letters: [{id: A, file: authorization/a.pdf}]\n", nil, verdict.Skip},
	} {
		v := view(t, c.yaml, letter("authorization/a.pdf", c.edit))
		r, err := c.check.Run(context.Background(), checks.Subject{Case: v}, c.check.NewParams())
		if err != nil {
			t.Fatal(err)
		}
		if r.Outcome != c.want {
			t.Errorf("%s, %q: %s, want %s", c.check.Name(), c.yaml, say(r), c.want)
		}
	}
	a := letter("authorization/a.pdf", nil)
	a.Facts = &facts.Set{}
	a.Facts.SetStatus("document", facts.Status{State: facts.Failed, Why: lang.Plain("needs a password")})
	r, err := Languages{}.Run(context.Background(), checks.Subject{Case: view(t, "product: {sites: [es]}\n", a)}, Languages{}.NewParams())
	if err != nil || r.Outcome != verdict.Review || r.Cause != verdict.Unavailable {
		t.Errorf("passes what it could not see: %s %v", say(r), err)
	}
}

// TestToldDates: one day told in a clause about the penalty or the shooting.
func TestToldDates(t *testing.T) {
	source := facts.Asset{Path: "source/1.jpg", Kind: facts.KindSource, Facts: &facts.Set{Exif: facts.Exif{TakenAt: time.Date(2026, 2, 20, 23, 30, 0, 0, time.UTC)}}}
	for text, want := range map[string]verdict.Outcome{
		"原图于 2026-02-20 拍摄":                verdict.Pass,
		"原图于 2026-03-01 拍摄":                verdict.Review,
		"商品于 2026-11-18 被处罚":               verdict.Pass,
		"商品于 2026-11-01 被处罚":               verdict.Review,
		"被处罚后于 2026-11-19 替换":              verdict.Skip,
		"2026-02-20 至 2026-03-01 拍摄":       verdict.Skip,
		"于 2026-02-01 存证,照片由本店拍摄":          verdict.Skip,
		"Photographed on 2026-03-01 by us": verdict.Review,
	} {
		a := letter("statement/s.txt", func(d *facts.Document) {
			d.Text, d.Dates = []facts.DocLine{{Text: text}}, nil
			for _, day := range []string{"2026-02-01", "2026-02-20", "2026-03-01", "2026-11-01", "2026-11-18", "2026-11-19"} {
				if strings.Contains(text, day) {
					at, err := time.ParseInLocation(time.DateOnly, day, lang.Beijing())
					if err != nil {
						t.Fatal(err)
					}
					d.Dates = append(d.Dates, facts.DocDate{At: at, Text: day})
				}
			}
		})
		v := view(t, shop, a, source)
		r, err := Told{}.Run(context.Background(), checks.Subject{Case: v, Asset: &v.Assets[0]}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if r.Outcome != want {
			t.Errorf("%s: %s, want %s", text, say(r), want)
		}
	}
}

// TestRoot: who owns the right, against who grants it and who else does.
func TestRoot(t *testing.T) {
	agent := func(edit func(d *facts.Document)) facts.Asset {
		return letter("authorization/2.pdf", func(d *facts.Document) {
			d.RightsHolder.Name = "甲乙丙实业有限公司"
			if edit != nil {
				edit(d)
			}
		})
	}
	from := func(name string) facts.Asset {
		return letter("authorization/1.pdf", func(d *facts.Document) { d.Grantor.Name = name })
	}
	for name, c := range map[string]struct {
		assets []facts.Asset
		want   string
	}{
		"its own right": {[]facts.Asset{letter("authorization/2.pdf", func(d *facts.Document) { d.RightsHolder.Name = d.Grantor.Name })}, "skip"},
		"nothing said":  {[]facts.Asset{letter("authorization/2.pdf", nil)}, "skip"},
		"alone":         {[]facts.Asset{agent(nil)}, "fail; rights_holder=艾克美贸易有限公司/甲乙丙实业有限公司"},
		"from a sentence": {[]facts.Asset{agent(func(d *facts.Document) {
			d.Found = append(d.Found, facts.DocFound{Field: "rights_holder", Confidence: 0.7})
		})}, "review; judgement; rights_holder=艾克美贸易有限公司/甲乙丙实业有限公司"},
		"perhaps in English":      {[]facts.Asset{agent(func(d *facts.Document) { d.RightsHolder.Name = "ACME GmbH" })}, "review; judgement; rights_holder=艾克美贸易有限公司/ACME GmbH"},
		"the owner's is there":    {[]facts.Asset{agent(nil), from("甲乙丙实业有限公司")}, "pass"},
		"another's is there":      {[]facts.Asset{agent(nil), from("丁戊己商贸有限公司")}, "fail; rights_holder=艾克美贸易有限公司/甲乙丙实业有限公司"},
		"one nobody could read":   {[]facts.Asset{agent(nil), from("")}, "review; judgement; rights_holder=艾克美贸易有限公司/甲乙丙实业有限公司"},
		"a sub-licence, alone":    {[]facts.Asset{letter("authorization/2.pdf", func(d *facts.Document) { d.Kind = "sublicence" })}, "review; judgement; kind=sublicence/<nil>"},
		"a sub-licence, not so":   {[]facts.Asset{letter("authorization/2.pdf", func(d *facts.Document) { d.Kind = "sublicence" }), from("丁戊己商贸有限公司")}, "pass"},
		"no letter, another sort": {[]facts.Asset{agent(func(d *facts.Document) { d.Kind = "other" })}, "skip"},
	} {
		v := view(t, shop, c.assets...)
		r, err := Root{}.Run(context.Background(), checks.Subject{Case: v, Asset: &v.Assets[0]}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := say(r); got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}

// TestCategory brings what letters and case.yaml call goods together.
func TestCategory(t *testing.T) {
	for _, c := range []struct {
		product, named string
		want           verdict.Outcome
	}{
		{"apparel/dresses", "服装", verdict.Pass},
		{"女装/连衣裙", "Apparel", verdict.Pass},
		{"Home & Garden/Mugs", "杯具", verdict.Pass},
		{"drinkware/mugs", "mugs", verdict.Pass},
		{"drinkware/mugs", "服装|箱包", verdict.Fail},
		{"beauty/lipstick", "Clothing", verdict.Fail},
		{"beauty/lipstick", "Clothing|tea", verdict.Review},
		{"beauty/lipstick", "全部商品", verdict.Pass},
		{"beauty/lipstick", "第25类", verdict.Skip},
		{"auto/car parts", "carpets", verdict.Review},
		{"something else", "服装", verdict.Skip},
		{"beauty", "", verdict.Skip},
	} {
		a := letter("authorization/a.pdf", func(d *facts.Document) {
			if c.named != "" {
				d.Categories = strings.Split(c.named, "|")
			}
		})
		v := view(t, "product: {category: "+c.product+"}\n", a)
		r, err := Category{}.Run(context.Background(), checks.Subject{Case: v, Asset: &v.Assets[0]}, Category{}.NewParams())
		if err != nil {
			t.Fatal(err)
		}
		if r.Outcome != c.want {
			t.Errorf("%s for %s: %s, want %s", c.named, c.product, say(r), c.want)
		}
	}
}

// TestCategoryShown: without case.yaml the folder and the notice say what the product
// is, and other goods are asked about.
func TestCategoryShown(t *testing.T) {
	for _, c := range []struct {
		folder, title, named string
		want                 verdict.Outcome
	}{
		{"朵娜运动上衣 盗图误判", "", "仅限箱包类商品", verdict.Review},
		{"朵娜运动上衣 盗图误判", "", "服装", verdict.Pass},
		{"case 7", "Women Sports Jacket Running Top", "箱包", verdict.Review},
		{"case 7", "", "箱包", verdict.Skip},
		{"朵娜运动上衣", "", "茶叶", verdict.Skip},
	} {
		a := letter("authorization/a.pdf", func(d *facts.Document) { d.Categories = []string{c.named} })
		n := letter("notice/n.png", func(d *facts.Document) {
			d.Kind, d.Text = "notice", []facts.DocLine{{Text: "商品标题"}, {Text: c.title}}
		})
		n.Kind = facts.KindNotice
		v := view(t, "", a, n)
		v.Name, v.File = c.folder, nil
		r, err := Category{}.Run(context.Background(), checks.Subject{Case: v, Asset: &v.Assets[0]}, Category{}.NewParams())
		if err != nil {
			t.Fatal(err)
		}
		if r.Outcome != c.want {
			t.Errorf("%s for %s, %s: %s, want %s", c.named, c.folder, c.title, say(r), c.want)
		}
	}
}

// TestCreditCode: the shop's code on a paper tells that it is the shop's where
// its name could not be read, and makes another name a question.
func TestCreditCode(t *testing.T) {
	const code = "91110108551385082Q"
	for _, c := range []struct {
		grantee, line string
		want          verdict.Outcome
	}{
		{"深圳", "统一社会信用代码:" + code, verdict.Pass},
		{"深圳", "统一社会信用代码:91110108551385083Q", verdict.Review},
		{"广州别家贸易有限公司", "统一社会信用代码:" + code, verdict.Review},
		{"广州别家贸易有限公司", "统一社会信用代码:91330100799655058B", verdict.Fail},
	} {
		a := letter("authorization/a.pdf", func(d *facts.Document) {
			d.Grantee.Name, d.Text = c.grantee, []facts.DocLine{{Page: 1, Text: c.line, Confidence: 0.9}}
		})
		v := view(t, "store: {name: 深圳市示例科技有限公司, credit_code: "+code+"}\n", a)
		r, err := Party{}.Run(context.Background(), checks.Subject{Case: v, Asset: &v.Assets[0]}, Party{}.NewParams())
		if err != nil {
			t.Fatal(err)
		}
		if r.Outcome != c.want {
			t.Errorf("%s, %s: %s, want %s", c.grantee, c.line, say(r), c.want)
		}
	}
}

// TestAskedOnce: a paper that could not be read is one question, whatever else
// it might have answered; and the hop above it does not fail for it.
func TestAskedOnce(t *testing.T) {
	upper := letter("authorization/1.pdf", func(d *facts.Document) {
		d.Grantor.Name, d.Grantee.Name, d.Sublicense = "ACME GmbH", "艾克美贸易有限公司", "allowed"
		d.Length, d.Confidence = 300, 1
		d.Text = []facts.DocLine{{Page: 1, Text: "授权书", Confidence: 1}}
	})
	blank := letter("authorization/2.jpg", func(d *facts.Document) { *d = facts.Document{Kind: "other", Length: 7, Confidence: 0.5} })
	v := view(t, shop, upper, blank)
	var said []string
	for _, c := range All() {
		for i := range v.Assets {
			params := c.NewParams()
			if p, ok := params.(*PartyParams); ok {
				p.Field = "grantee"
			}
			asset := &v.Assets[i]
			switch c.Name() {
			case "document-party", "document-statement", "document-validity", "document-root", "document-coverage", "document-category", "document-seal-name":
			case "document-chain", "document-languages", "letter-region", "document-formalities":
				if i > 0 {
					continue
				}
				asset = nil
			default:
				continue
			}
			r, err := c.Run(context.Background(), checks.Subject{Case: v, Asset: asset}, params)
			if err != nil {
				t.Fatal(err)
			}
			if r.Outcome == verdict.Fail || r.Outcome == verdict.Review {
				said = append(said, c.Name()+" "+v.Assets[i].Path+" "+say(r))
			}
		}
	}
	want := []string{"document-party authorization/2.jpg review; judgement; grantee=<nil>/深圳市示例科技有限公司"}
	if !slices.Equal(said, want) {
		t.Errorf("got %q, want %q", said, want)
	}
}

// TestNoticeWindow: a notice that gives less time than case.yaml comes to is asked about,
// the same or more is not.
func TestNoticeWindow(t *testing.T) {
	start := time.Date(2026, 11, 21, 9, 30, 0, 0, lang.Beijing())
	k := facts.Clock{DeadlineKnown: true, StartedAt: start, CaseDeadline: start.AddDate(0, 0, 7)}
	for hours, doubts := range map[float64]int{72: 1, 120: 1, 144: 0, 168: 0, 264: 0} {
		f := &findings{}
		f.deadline(&facts.Document{NoticeTimes: []facts.NoticeTime{{Role: "window", Hours: hours, Text: "x", Confidence: 1}}}, k)
		if got := len(f.Unclear); got != doubts || len(f.Failed) > 0 {
			t.Errorf("%g h: %d doubts, %d fails", hours, got, len(f.Failed))
		}
	}
}

// TestChainWithoutShop: where nobody says which shop it is, a sub-licence is asked about
// whose grantor no other letter authorises.
func TestChainWithoutShop(t *testing.T) {
	upper := letter("authorization/1.pdf", func(d *facts.Document) {
		d.Kind, d.Grantor.Name, d.Grantee.Name, d.Sublicense = "brand", "深圳市甲乙科技有限公司", "厦门海岬国际贸易有限公司", "allowed"
		d.Parties = []facts.DocNamed{{Role: "grantee", Name: "厦门海岬国际贸易有限公司", Confidence: 1, Weight: 1}, {Role: "grantee", Name: "Xiamen Haijia International Trading Co., Ltd", Confidence: 1, Weight: 1}}
	})
	lower := func(grantor string) facts.Asset {
		return letter("authorization/2.pdf", func(d *facts.Document) {
			d.Kind, d.Grantor.Name, d.Grantee.Name = "sublicence", grantor, "东莞市立屏电子配件有限公司"
			d.Parties = []facts.DocNamed{{Role: "grantor", Name: grantor, Confidence: 1, Weight: 1}}
		})
	}
	for grantor, want := range map[string]verdict.Outcome{"厦门海岬国际贸易有限公司": verdict.Skip, "厦门海岬供应链管理有限公司": verdict.Review, "Xiamen Haijia International Trading Co., Ltd": verdict.Skip} {
		v := &facts.Case{Assets: []facts.Asset{upper, lower(grantor)}}
		r, err := Chain{}.Run(context.Background(), checks.Subject{Case: v}, nil)
		if err != nil || r.Outcome != want {
			t.Errorf("%s: %s, %v, want %s", grantor, r.Outcome, err, want)
		}
	}
}
