package settings

import (
	"encoding/json"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func known() Known {
	return Known{Formats: []string{"text", "json"}, Languages: []string{"zh", "en"}, Kinds: []string{"source", "replacement"}, Slots: []string{"main", "detail"},
		Rule: func(name string) bool { return slices.Contains([]string{"AE301", "AE3*"}, name) }, Nearest: func(string) string { return "AE301" }}
}

const sample = `# settings
format: json
fail_on: warning
lang: zh
rules: own.yaml
kinds:
  - {kind: source, files: "raw/**"}
slots:
  - slot: detail
    files: ["*_d?.jpg", "photos/detail"]
  - {slot: main, files: photos}
exclude: [drafts, "*.psd"]
suppressions:
  - rule: AE301
    files: "old/**"
    reason: sold out
    expires: 2026-12-31
`

func TestParse(t *testing.T) {
	dir := t.TempDir()
	f, err := Parse(".aecheck.yaml", dir, []byte(sample))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Check([]byte(sample), known()); err != nil {
		t.Fatal(err)
	}
	at := func(rel string) string { return filepath.Join(dir, filepath.FromSlash(rel)) }
	for path, want := range map[string]string{"raw/a/1.jpg": "source", "photos/1.jpg": "", "../raw/1.jpg": ""} {
		if got := f.Kind(at(path)).Value; got != want {
			t.Errorf("kind of %s: %q, want %q", path, got, want)
		}
	}
	for path, want := range map[string]Placed{"photos/1.jpg": {"main", ".aecheck.yaml:11"}, "photos/x_d1.jpg": {"detail", ".aecheck.yaml:9"}, "x.jpg": {}} {
		if got := f.Slot(at(path)); got != want {
			t.Errorf("slot of %s: %v, want %v", path, got, want)
		}
	}
	for path, want := range map[string]string{"drafts": "drafts", "a/drafts/x.jpg": "drafts", "a.PSD": "*.psd", "a.jpg": ""} {
		if got := f.Excludes(at(path)); got != want {
			t.Errorf("%s is left out by %q, want %q", path, got, want)
		}
	}
	if f.Origin("fail_on") != ".aecheck.yaml:3" || f.OriginOf(0) != ".aecheck.yaml:14" || !f.Has("lang") || f.Has("schema_version") {
		t.Errorf("origins %s %s", f.Origin("fail_on"), f.OriginOf(0))
	}
	if got := f.RuleFiles(); len(got) != 1 || got[0] != at("own.yaml") {
		t.Errorf("rules %v", got)
	}
	if runtime.GOOS != "windows" && f.Suppressions[0].Expires.Format("2006-01-02 -0700") != "2026-12-31 +0800" {
		t.Errorf("expires %v", f.Suppressions[0].Expires)
	}
}

func TestMistakes(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"formats: json", `.aecheck.yaml:1:1: unknown key "formats"`},
		{"fail_on: warnings", `.aecheck.yaml:1:10: unknown value "warnings"`},
		{"schema_version: 2", "schema_version must be 1"},
		{"suppressions:\n  - {rule: AE301, files: x}", ".aecheck.yaml:2:5: reason is missing"},
		{"suppressions:\n  - {reason: x}", ".aecheck.yaml:2:5: rule is missing"},
		{"suppressions:\n  - {rule: AE999, reason: x}", `.aecheck.yaml:2:12: there is no rule "AE999"`},
		{"suppressions:\n  - {rule: AE301, reason: x, expires: soon}", "not a date"},
		{"exclude: ['!a']", ".aecheck.yaml:1:11: a pattern cannot be an exception"},
		{"exclude: [a, ../b]", ".aecheck.yaml:1:14: a pattern cannot lead out"},
		{"kinds:\n  - {files: x}", "kind is missing"},
		{"slots:\n  - {slot: main}", "files is missing"},
		{"slots:\n  - {slot: mian, files: x}", `.aecheck.yaml:2:12: unknown value "mian"`},
		{"format: jsn", `unknown value "jsn"`},
		{"lang: xx", `unknown value "xx"`},
	} {
		f, err := Parse(".aecheck.yaml", t.TempDir(), []byte(c.text))
		if err == nil {
			err = f.Check([]byte(c.text), known())
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.text, err, c.want)
		}
	}
}

func TestSchema(t *testing.T) {
	data, err := JSONSchema(known())
	if err != nil {
		t.Fatal(err)
	}
	var s struct {
		Properties map[string]json.RawMessage `json:"properties"`
	}
	if err := json.Unmarshal(data, &s); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"format", "fail_on", "lang", "rules", "kinds", "slots", "exclude", "suppressions"} {
		if s.Properties[key] == nil {
			t.Errorf("the schema lacks %s", key)
		}
	}
	if !strings.Contains(string(data), `"detail"`) {
		t.Error("the schema does not list the slots")
	}
}

func FuzzParse(f *testing.F) {
	f.Add(sample)
	f.Add("exclude: x\nkinds: [{}]\nsuppressions: [null]")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := Parse(".aecheck.yaml", "/x", []byte(text))
		if err != nil {
			_ = err.Error()
			return
		}
		_ = s.Check([]byte(text), known())
		_, _ = s.Kind("/x/a/b.jpg"), s.Excludes("/x/a/b.jpg")
	})
}
