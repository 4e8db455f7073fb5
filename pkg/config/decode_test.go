package config_test

import (
	"strings"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/lang"
)

const goodCase = `# comment
schema_version: 1
store: {id: 0012, type: company, name: {zh: 深圳示例}}
violation:
  id: 0x1F
  effective_at: 2026-11-18 09:30
  deadline: null
  image_urls: ["https://a/b.jpg"]
letters:
  - {id: 007, ends: open, starts: 2025-01-01, sublicense: no}
  - {id: yes, ends: 2026年12月31日, grantor: {country: DE}}
`

func TestDecodeCase(t *testing.T) {
	var c casefile.File
	doc, err := config.Decode("case.yaml", []byte(goodCase), &c)
	if err != nil {
		t.Fatal(err)
	}
	if c.Store.ID != "0012" || c.Violation.ID != "0x1F" || c.Letters[0].ID != "007" || c.Letters[1].ID != "yes" {
		t.Errorf("ids not as written: %q %q %q %q", c.Store.ID, c.Violation.ID, c.Letters[0].ID, c.Letters[1].ID)
	}
	if got := c.Violation.EffectiveAt.Format(time.RFC3339); got != "2026-11-18T09:30:00+08:00" {
		t.Errorf("effective_at = %s", got)
	}
	if !c.Letters[0].Ends.Open || c.Letters[1].Ends.At.Format("2006-01-02") != "2026-12-31" {
		t.Errorf("ends = %+v", c.Letters)
	}
	keys := doc.Keys()
	for key, want := range map[string]bool{
		"store": true, "store.id": true, "violation.deadline": false, "letters": true,
		"letters[1].id": true, "letters.id": true, "letters[0].grantor": false, "product": false,
	} {
		if keys[key] != want {
			t.Errorf("key %s given = %v, want %v", key, keys[key], want)
		}
	}
	if p := doc.Pos("letters[1].ends"); p != (config.Pos{11, 21}) {
		t.Errorf("position of letters[1].ends = %v", p)
	}
}

func TestDecodeErrors(t *testing.T) {
	for _, tt := range []struct{ name, yaml, want, hint string }{
		{"unknown key", "violation:\n  effectve_at: 2026-01-01\n", `2:3: unknown key "effectve_at"`, "did you mean effective_at?"},
		{"key in the wrong place", "notified_at: 2026-01-01\n", `1:1: unknown key "notified_at"`, "it belongs at violation.notified_at"},
		{"Chinese key", "店铺: {id: 12345}\n", `1:1: unknown key "店铺"`, "did you mean store?"},
		{"wrong type", "store:\n  level: three\n", `2:10: expected a whole number, found "three"`, ""},
		{"quoted number", "store: {level: \"3\"}\n", `1:16: expected a whole number, found "3"`, "remove the quotes"},
		{"leading zero", "store: {level: 03}\n", `1:16: expected a whole number, found "03"`, ""},
		{"text where keys belong", "store:id\n", "1:1: expected keys and values, found a single value", "ASCII colon"},
		{"full-width colon", "store:\n  id\uff1a1234\n", "2:3: expected keys and values, found a single value", "ASCII colon"},
		{"full-width colon among others", "store:\n  id\uff1a1234\n  name: {}\n", "not valid YAML", "ASCII colon"},
		{"list for text", "store: {id: [1]}\n", "1:13: expected text, found a list", ""},
		{"bad date", "violation: {effective_at: 2026-02-30}\n", `1:27: not a date: "2026-02-30"`, "Beijing time"},
		{"bad year", "violation: {effective_at: 0226-02-03}\n", "1:27: the year makes no sense", ""},
		{"bad enum", "violation: {type: brandlogo}\n", `1:19: unknown value "brandlogo"`, "did you mean brand_logo?"},
		{"bad pattern", "store: {id: AE-12}\n", `1:13: malformed: "AE-12"`, "it must match"},
		{"duplicate key", "store:\n  id: 1234\n  id: 1235\n", `3:3: duplicate key "id", already given on line 2`, ""},
		{"alias", "store: &a {id: 1234}\nproduct: *a\n", "1:8: anchors (&a) are not allowed", ""},
		{"merge", "store:\n  <<: {id: 1234}\n", "2:3: merge keys (<<) are not allowed", ""},
		{"tag", "store: !!map {id: 1234}\n", "1:8: tags (!!map) are not allowed", ""},
		{"documents", "store: {}\n---\nstore: {}\n", "only one document", ""},
		{"tab", "store:\n\tid: 1\n", "not valid YAML", "not tabs"},
		{"unclosed quote", "store: {id: \"12}\n", "not valid YAML", "a quote is not closed"},
		{"text behind a quoted text", "store:\n  id: \"12\" # shop\n  name:\n    zh: \"a\" in b\n", "4:13: not valid YAML", "put quotes around the whole value"},
		{"no space behind a colon", "store:\n  id:1234\n  name: {}\n", "not valid YAML", "ASCII colon"},
		{"full-width comma", "store: {id: 1234\uff0ctype: company, level: 3}\n", "not valid YAML", "ASCII comma"},
		{"bad indentation", "store:\n    id: 1234\n  type: company\n", "not valid YAML", "indentation lines up"},
		{"utf-16 that is cut", "s\x00t\x00o", "1:1: the file is encoded in UTF-16", ""},
		{"big5", "store:\n  name: {zh: \xb2\x60\xa6\x60\xa5\xab}\n", "2:14: the file is not UTF-8 (GBK perhaps)", ""},
		{"control", "store: {id: \"a\x1b[2J\"}\n", "1:15: control character U+001B", ""},
		{"depth", strings.Repeat("[", 40) + strings.Repeat("]", 40), "nested too deeply", ""},
		{"marks", "a: [" + strings.Repeat("1,", 150_000) + strings.Repeat("\n", 60_000) + "]", "too many entries", ""},
		{"size", strings.Repeat("#", config.MaxBytes+1), "the file is too large", ""},
		{"root is a list", "- 1\n", "1:1: expected keys and values, found a list", ""},
		{"empty entry", "product: {sites: [es, ]}\nstore: {other_names: [~]}", "2:23: an empty entry in a list", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var c casefile.File
			_, err := config.Decode("case.yaml", []byte(tt.yaml), &c)
			all := config.All(err)
			if len(all) == 0 {
				t.Fatalf("no error; decoded %+v", c)
			}
			if !strings.Contains(all[0].Error(), tt.want) || !strings.HasPrefix(all[0].Error(), "case.yaml:") {
				t.Errorf("got  %s\nwant …%s", all[0].Error(), tt.want)
			}
			if !strings.Contains(all[0].Detail(lang.EN), tt.hint) {
				t.Errorf("hint %q not in\n%s", tt.hint, all[0].Detail(lang.EN))
			}
			if all[0].Msg.In(lang.ZH) == "" || (all[0].Hint.In(lang.EN) == "") != (all[0].Hint.In(lang.ZH) == "") {
				t.Errorf("a language is missing: %+v", all[0])
			}
		})
	}
}

func TestDetailShowsTheSpot(t *testing.T) {
	var c casefile.File
	_, err := config.Decode("case.yaml", []byte("store: {name: {zh: 深圳市示例, eng: x}}\n"), &c)
	want := strings.Join([]string{
		`case.yaml:1:27: unknown key "eng"`,
		`    1 | store: {name: {zh: 深圳市示例, eng: x}}`,
		`      |                                ^~~`,
		`  hint: did you mean en?`,
	}, "\n")
	if got := config.All(err)[0].Detail(lang.EN); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := config.All(err)[0].Text(lang.ZH); got != `case.yaml:1:27: 未知的键 "eng"` {
		t.Error(got)
	}
}

func TestErrorsAreCollectedAndCapped(t *testing.T) {
	var c casefile.File
	_, err := config.Decode("case.yaml", []byte("a: 1\nb: 2\nstore: {level: x}\n"), &c)
	if n := len(config.All(err)); n != 3 {
		t.Errorf("%d errors, want 3", n)
	}
	_, err = config.Decode("case.yaml", []byte("history: ["+strings.Repeat("1,", 500)+"]"), &c)
	if n := len(config.All(err)); n != config.MaxErrors {
		t.Errorf("%d errors, want %d", n, config.MaxErrors)
	}
	// One long line with tens of thousands of mistakes: each would copy it.
	_, err = config.Decode("case.yaml", []byte("{"+strings.Repeat("? a,", 40_000)+"}"), &c)
	if n := len(config.All(err)); n != config.MaxErrors {
		t.Errorf("%d errors, want %d", n, config.MaxErrors)
	}
}

func TestParseTime(t *testing.T) {
	for in, want := range map[string]string{
		"2026-11-18":                 "2026-11-18T00:00:00+08:00",
		"2026-11-18 09:30":           "2026-11-18T09:30:00+08:00",
		"2026-11-18 9:30:05":         "2026-11-18T09:30:05+08:00",
		"2026-11-18T09:30":           "2026-11-18T09:30:00+08:00",
		"2026/11/18 09:30":           "2026-11-18T09:30:00+08:00",
		"2026.1.8":                   "2026-01-08T00:00:00+08:00",
		"2026年1月8日":                  "2026-01-08T00:00:00+08:00",
		"2026年1月8日 9:30":             "2026-01-08T09:30:00+08:00",
		"2026年1月8日9时30分":             "2026-01-08T09:30:00+08:00",
		"2026-01-08 上午9:30":          "2026-01-08T09:30:00+08:00",
		"2026年1月8日 下午9:30:05":        "2026-01-08T21:30:05+08:00",
		"2026-01-08 下午 14:30":        "2026-01-08T14:30:00+08:00",
		"2026-01-08 9:30 PM":         "2026-01-08T21:30:00+08:00",
		"2026/1/8 12:05 am":          "2026-01-08T00:05:00+08:00",
		"2026-01-08 12:05 pm":        "2026-01-08T12:05:00+08:00",
		"2026-11-18\u300009\uff1a30": "2026-11-18T09:30:00+08:00",
		"\uff12026-11-18":            "2026-11-18T00:00:00+08:00",
		"2026-11-18T09:30:00Z":       "2026-11-18T09:30:00Z",
		"2026-11-18T09:30:00.5Z":     "2026-11-18T09:30:00Z",
		"2026-11-18 09:30 +02:00":    "2026-11-18T09:30:00+02:00",
		"2026-11-18T09:30:00-05:00":  "2026-11-18T09:30:00-05:00",
	} {
		got, err := config.ParseTime(in)
		if err != nil || got.Format(time.RFC3339) != want {
			t.Errorf("%s: %v %v, want %s", in, got.Format(time.RFC3339), err, want)
		}
	}
	for _, in := range []string{"", "18/11/2026", "2026-13-01", "2026-02-29", "tomorrow", "20261118", "2026年1月", "2026-01-08 上午14:30", "2026-01-08 0:30 pm", "2026-01-08 下午"} {
		if got, err := config.ParseTime(in); err == nil {
			t.Errorf("%q read as %v", in, got)
		}
	}
}

// TestDecodeEmbedded: keys of an embedded struct stand beside the others.
func TestDecodeEmbedded(t *testing.T) {
	type Inner struct {
		Later bool `json:"later"`
	}
	var v struct {
		Name string `json:"name"`
		Inner
	}
	if _, err := config.Decode("x.yaml", []byte("name: a\nlater: true\n"), &v); err != nil || v.Name != "a" || !v.Later {
		t.Errorf("%+v, %v", v, err)
	}
	if _, err := config.Decode("x.yaml", []byte("sooner: true\n"), &v); err == nil || !strings.Contains(err.Error(), "sooner") {
		t.Errorf("an unknown key: %v", err)
	}
}
