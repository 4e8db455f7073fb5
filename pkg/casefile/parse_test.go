package casefile

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/lang"
)

func TestParseReferences(t *testing.T) {
	known := Known{Tracks: []string{"ip_complaint", "platform_penalty"}, Files: []string{"replacement/m1.jpg", "violating/1.jpg", "source/IMG_2001.JPG", "authorization/acme.pdf", "e\u0301vidence.png"}}
	tests := []struct {
		name, yaml string
		want       []string // "line:col: message", in English
	}{
		{"empty", "", nil},
		{"files in other spellings", "images:\n  - {file: 'replacement\\m1.jpg', replaces: ./violating/1.jpg}\nevidence:\n  - {file: \u00e9vidence.png}\n", nil},
		{"letter used everywhere", `
letters:
  - {id: A, file: authorization/acme.pdf}
  - {id: B, previous: A}
ai: {licence: A}
people: {releases: [B]}
brands: {authorized: [{name: X, letter: A}]}
`, nil},
		{"dangling letters", `
letters:
  - {id: LOA-1}
  - {id: LOA-2, previous: LOA-3}
ai: {licence: NOPE}
people: {releases: [LOA-1, REL]}
brands: {authorized: [{name: X, letter: LOA1}]}
`, []string{
			`4:27: no letter has the id "LOA-3" (did you mean "LOA-1"?)`,
			`5:15: no letter has the id "NOPE"`,
			`6:28: no letter has the id "REL"`,
			`7:41: no letter has the id "LOA1" (did you mean "LOA-1"?)`,
		}},
		{"more letters than a case can have", "letters:\n" + strings.Repeat("  - {id: A}\n", 201), []string{`2:3: 201 entries here, at most 200 (keep what this case is about)`}},
		{"letter id twice", "letters:\n  - {id: A}\n  - {id: A}\n", []string{`3:10: letter id "A" is already used on line 2`}},
		{"chain in a circle", "letters:\n  - {id: A, previous: B}\n  - {id: B, previous: A}\n", []string{
			`2:23: the chain of "A" leads back to itself (previous names the letter one hop nearer the rights holder)`,
			`3:23: the chain of "B" leads back to itself (previous names the letter one hop nearer the rights holder)`,
		}},
		{"letter before a circle", "letters:\n  - {id: A, previous: B}\n  - {id: B, previous: B}\n", []string{
			`3:23: the chain of "B" leads back to itself (previous names the letter one hop nearer the rights holder)`,
		}},
		{"missing files", `
images:
  - {file: replacement/m2.jpg, replaces: violating/2.jpg, source: source/gone.JPG}
letters: [{id: A, file: ../acme.pdf}]
evidence: [{file: /etc/passwd}]
upload_log: {file: log.xlsx}
brands: {logos: ['C:\x.png']}
`, []string{
			`4:25: the file must lie in the case folder (write a relative path such as replacement/1.jpg)`,
			`7:18: the file must lie in the case folder (write a relative path such as replacement/1.jpg)`,
			`5:19: the file must lie in the case folder (write a relative path such as replacement/1.jpg)`,
		}},
		{"picture twice, unknown SKU", `
product: {skus: [{id: RED-S}]}
images:
  - {file: replacement/m1.jpg, skus: [RED-S]}
  - {file: replacement/m1.jpg, skus: [RED-X]}
`, []string{
			`5:12: the same picture is already listed on line 4`,
			`5:39: product.skus has no "RED-X" (did you mean "RED-S"?)`,
		}},
		{"SKUs of pictures where the product lists none", "images: [{file: replacement/m1.jpg, skus: [RED-S]}]\n", nil},
		{"times the wrong way round", "letters: [{id: A, starts: 2026-02-01, ends: 2026-01-01}]\nupload_log: {from: 2026-02-01, to: 2026-01-01}\n", []string{
			`1:45: the last day is before the first`,
			`2:36: the last day is before the first`,
		}},
		{"track", "appeal: {track: ip_complain}\n", []string{`1:17: tracks in rules.yaml has no "ip_complain" (did you mean "ip_complaint"?)`}},
		{"confirmations", `
confirmations:
  - {rule: AE512, file: authorization/acme.pdf, sha256: 3fa9}
  - {rule: AE512, file: authorization/acme.pdf}
  - {by: 王五}
  - {rule: AE101}
`, []string{
			`3:57: sha256 must be 64 hexadecimal digits (let aecheck confirm write it)`,
			`4:25: sha256 must be 64 hexadecimal digits (let aecheck confirm write it)`,
			`5:5: rule is missing (e.g. rule: AE512)`,
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f, err := Parse("case.yaml", []byte(tt.yaml), known)
			var got []string
			for _, e := range config.All(err) {
				line := fmt.Sprintf("%d:%d: %s", e.Line, e.Col, e.Msg.In(lang.EN))
				if e.Hint.In(lang.EN) != "" {
					line += " (" + e.Hint.In(lang.EN) + ")"
				}
				if e.Msg.In(lang.ZH) == "" || e.Hint.In(lang.EN) != "" && e.Hint.In(lang.ZH) == "" {
					t.Errorf("no Chinese for %q", line)
				}
				got = append(got, line)
			}
			if strings.Join(got, "\n") != strings.Join(tt.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
			if (f == nil) != (err != nil) {
				t.Errorf("file %v with error %v", f, err)
			}
		})
	}
}

// TestParseAbsent: files that are named and not there are told, and void nothing.
func TestParseAbsent(t *testing.T) {
	const text = `
images: [{file: replacement/m2.jpg, replaces: violating/2.jpg, source: source/gone.JPG}]
evidence: [{file: violating/2.jpg}]
upload_log: {file: log.xlsx}
store: {id: 1234567}
`
	f, err := Parse("case.yaml", []byte(text), Known{Files: []string{"replacement/m1.jpg"}})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"replacement/m2.jpg", "violating/2.jpg", "source/gone.JPG", "log.xlsx"}
	if got := f.Absent(); !slices.Equal(got, want) || f.Store.ID != "1234567" {
		t.Errorf("absent %q, want %q; store %q", got, want, f.Store.ID)
	}
}

// TestParseOtherSpellings: an allowed word in capitals, with a space or in American English.
func TestParseOtherSpellings(t *testing.T) {
	f, err := Parse("case.yaml", []byte("violation: {type: Brand logo, state: Penalized, effective_at: 2026-11-18 下午9:30}\nappeal: {ground: Rectified}\nletters: [{id: A, type: AI Licence}]\n"), Known{})
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join([]string{f.Violation.Type, f.Violation.State, f.Violation.EffectiveAt.Format("15:04"), f.Appeal.Ground, f.Letters[0].Type}, " ")
	if want := "brand_logo penalised 21:30 rectified ai_licence"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestParseAsPeopleWrite: what people write in Chinese, with the quotes of a Chinese
// keyboard, saved by Notepad.
func TestParseAsPeopleWrite(t *testing.T) {
	const text = "\ufeff" + `store: {id: “1234567”, type: 企业店, name: 深圳市示例科技有限公司}
product: {skus: [黑色, RED-S, {id: X, name: 红 S}]}
violation: {id: 「WG1」, type: 联系方式, state: 已处罚, effective_at: “2026-11-18 09:30”}
appeal: {ground: 已整改}
letters: [{id: A, type: 品牌授权, grantor: ACME GmbH, grantee: 示例公司}]
`
	f, err := Parse("case.yaml", []byte(strings.ReplaceAll(text, "\n", "\r\n")), Known{})
	if err != nil {
		t.Fatal(err)
	}
	for name, pair := range map[string][2]string{
		"store": {f.Store.ID + " " + f.Store.Type + " " + f.Store.Name.ZH + f.Store.Name.EN, "1234567 company 深圳市示例科技有限公司"},
		"skus":  {fmt.Sprint(f.Product.SKUs), "[{ 黑色} {RED-S } {X 红 S}]"},
		"violation": {f.Violation.ID + " " + f.Violation.Type + " " + f.Violation.State + " " + f.Violation.EffectiveAt.Format("2006-01-02 15:04"),
			"WG1 contact penalised 2026-11-18 09:30"},
		"appeal": {f.Appeal.Ground, "rectified"},
		"letter": {f.Letters[0].Type + " " + f.Letters[0].Grantor.Name + " " + f.Letters[0].Grantee.Name, "brand ACME GmbH 示例公司"},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: %q, want %q", name, pair[0], pair[1])
		}
	}
	for _, key := range []string{"store.name.zh", "product.skus", "violation.effective_at", "letters.grantor.name"} {
		if !f.Has(key) {
			t.Errorf("%s does not count as given", key)
		}
	}
}

func TestParseDefaults(t *testing.T) {
	f, err := Parse("case.yaml", []byte("store: {id: 0012345}\nviolation: {id: null}\n"), Known{})
	if err != nil {
		t.Fatal(err)
	}
	if f.Appeal.Ground != "rectified" || f.Appeal.Track != "platform_penalty" || !f.Has("appeal.ground") || !f.Has("appeal.track") {
		t.Errorf("defaults: %+v", f.Appeal)
	}
	if f.Store.ID != "0012345" || !f.Has("store.id") || f.Has("violation.id") || f.Has("product.id") {
		t.Errorf("store %+v, keys wrong", f.Store)
	}
	f, err = Parse("case.yaml", []byte("appeal: {ground: misjudged, track: ip_complaint}\n"), Known{})
	if err != nil || f.Appeal.Ground != "misjudged" || f.Appeal.Track != "ip_complaint" {
		t.Errorf("%+v, %v", f, err)
	}
}

func TestDeadlineAsDate(t *testing.T) {
	for written, want := range map[string]string{
		"2026-11-25": "2026-11-25 23:59:59", "2026年11月25日": "2026-11-25 23:59:59", "2026/11/25": "2026-11-25 23:59:59",
		"2026-11-25 00:00": "2026-11-25 00:00:00", "2026-11-25T18:00:00Z": "2026-11-26 02:00:00", "'2026-11-25'": "2026-11-25 23:59:59",
	} {
		f, err := Parse("case.yaml", []byte("violation: {deadline: "+written+"}\n"), Known{})
		if err != nil {
			t.Errorf("%s: %v", written, err)
			continue
		}
		if got := f.Violation.Deadline.In(lang.Beijing()).Format("2006-01-02 15:04:05"); got != want {
			t.Errorf("%s means %s, want %s", written, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("letters: [{id: A, previous: A, file: a}]\nai: {licence: B}\n"))
	f.Add([]byte("images: [{file: a, skus: [x]}]\nproduct: {skus: [{id: y}]}\nconfirmations: [{rule: AE101, file: a}]\n"))
	f.Add([]byte("violation: {effective_at: 2026-11-18 09:30, deadline: 2026-11-25T01:30:00Z}\nappeal: {attempts: [{id: 1, result: pending}]}\n"))
	known := Known{Files: []string{"a"}}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := Parse("case.yaml", data, known)
		if err == nil && (c == nil || c.Appeal.Ground == "") {
			t.Error("no error and no case")
		}
		for _, e := range config.All(err) {
			if e.Line < 1 || e.Col < 1 {
				t.Errorf("error without a place: %v", e)
			}
		}
	})
}
