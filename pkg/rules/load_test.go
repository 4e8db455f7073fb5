package rules

import (
	"fmt"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/lang"
)

// layer wraps the fields of one new rule into a file whose fields begin on
// line 5.
func layer(fields ...string) string {
	return "schema_version: 1\nrules:\n  - id: AE399\n    slug: mine\n    " + strings.Join(fields, "\n    ") + "\n"
}

const (
	common = "severity: error\n    for: replacement\n    title: {en: t}\n    message: {en: m}\n    remedy: {en: r}"
)

func TestExpressionErrors(t *testing.T) {
	for _, tt := range []struct{ name, yaml, want, hint string }{
		{"misspelt fact", layer("require: image.shrt_side >= 800", common), "mine.yaml:5:20: there is no shrt_side here", "did you mean image.short_side?"},
		{"misspelt group", layer("require: imgae.short_side >= 800", common), "mine.yaml:5:14: unknown name imgae", "did you mean image?"},
		{"misspelt parameter", layer("require: image.short_side >= params.replacement.min_sid", common), "mine.yaml:5:53: there is no min_sid here", "did you mean params.replacement.min_side?"},
		{"fact of another group", layer("require: image.sharpness > 3", common), "5:20: there is no sharpness here", "did you mean quality.sharpness?"},
		{"misspelt element", layer("forbid: filter(text.contacts, .confidnce > 0.5)", common), "5:36: there is no confidnce here", "did you mean confidence?"},
		{"types", layer("require: exif.make >= 3", common), "types do not match: left of >= is text, right is a number", ""},
		{"in quotes", layer(`require: "exif.make == \"a\" && image.shrt_side > 1"`, common), "5:43: there is no shrt_side", ""},
		{"in a block", layer("require: |", "  image.width > 1 and", "  image.shrt_side > 1", common), "7:13: there is no shrt_side", ""},
		{"in a folded block", layer("require: >-", "  image.width > 1 and", "  image.shrt_side > 1", common), "7:13: there is no shrt_side", ""},
		{"cut by a comment", layer("require: any(text.codes, # > 3)", common), "the expression is not complete", "a # behind a space begins a comment"},
		{"not bool", layer("require: image.width", common), "the result must be true/false, not a number", ""},
		{"not a list", layer("forbid: image.width > 1", common), "the result must be a list, not true/false", ""},
		{"neither", layer("review: image.width", common), "the result must be true/false or a list", ""},
		{"incomplete", layer("require: image.width >=", common), "the expression is not complete", ""},
		{"now", layer("require: now() > clock.now", common), "5:14: function now is not allowed", "clock.now"},
		{"method", layer("require: clock.now.Year() > 3", common), "methods cannot be called", ""},
		{"env", layer(`require: $env["image"] != nil`, common), "$env is not allowed", ""},
		{"variable", layer("require: let x = image.width; x > 3", common), "variables and semicolons are not allowed", ""},
		{"range", layer("require: len(1..100) > 3", common), "ranges (..) are not allowed", ""},
		{"pattern", layer(`require: exif.make matches "("`, common), "bad pattern", ""},
		{"pattern too long", layer(`require: exif.make matches "`+strings.Repeat("a", 501)+`"`, common), "the pattern is too long", ""},
		{"pattern of a parameter", "schema_version: 1\nparams: {text: {store_mark: '(' }}\nrules:\n  - {id: AE301, require: exif.make matches params.text.store_mark}\n", "mine.yaml:2:29: bad pattern", ""},
		{"pattern that repeats", layer(`require: exif.make matches "((a{100}){100}){100}"`, common), "bad pattern", ""},
		{"pattern from a fact", layer(`require: exif.make matches exif.model`, common), "right side of matches", ""},
		{"loops", layer("require: all(text.lines, any(text.lines, all(text.lines, true)))", common), "loops are nested too deeply", ""},
		{"growing text", layer(`require: 'len(first(map(["a"], # + # + # + # + # + #))) > 1'`, common), "too many + inside loops", ""},
		{"growing list", layer("require: 'len(map([1], [#, #])) > 1'", common), "fixed values only", ""},
		{"list in a loop", layer("require: all(text.lines, len(uniq(text.lines)) > 1)", common), "uniq is not allowed inside a loop", ""},
		{"map", layer("require: '{\"a\": true}.a'", common), "not allowed in an expression", ""},
		{"too long", layer("require: image.width > "+strings.Repeat("1 + ", 600)+"1", common), "the expression is too long", ""},
		{"too many nodes", layer("require: image.width > "+strings.Repeat("1+", 400)+"1", common), "node", ""},
		{"bad date", layer(`require: exif.taken_at > date("soon")`, common), "not a date", ""},
		{"case rule reads a file", strings.ReplaceAll(layer("require: image.width > 1", common), "for: replacement", "for: case"), "unknown name image", ""},
	} {
		t.Run(tt.name, func(t *testing.T) { wantError(t, tt.yaml, tt.want, tt.hint) })
	}
}

func wantError(t *testing.T, yaml, want, hint string) {
	t.Helper()
	_, err := load(t, yaml)
	all := config.All(err)
	if len(all) == 0 {
		t.Fatalf("no file error but %v", err)
	}
	got := all[0].Detail(lang.EN)
	if !strings.Contains(got, want) || !strings.Contains(got, hint) {
		t.Errorf("got  %s\nwant …%s…%s", got, want, hint)
	}
	if all[0].Msg.In(lang.ZH) == "" || (all[0].Hint.In(lang.ZH) == "") != (all[0].Hint.In(lang.EN) == "") {
		t.Errorf("a language is missing: %+v", all[0])
	}
	if all[0].File != "mine.yaml" {
		t.Errorf("error in %s: %s", all[0].File, got)
	}
}

func TestFileErrors(t *testing.T) {
	head := "schema_version: 1\n"
	for _, tt := range []struct{ name, yaml, want, hint string }{
		{"no version", "rules: []\n", "schema_version must be 1", ""},
		{"unknown key", head + "ruels: []\n", `2:1: unknown key "ruels"`, "did you mean rules?"},
		{"incomplete rule", head + "rules:\n  - id: AE399\n    slug: mine\n", "rule AE399 has no for", ""},
		{"id", head + "rules: [{id: 399}]\n", "malformed", ""},
		{"twice", head + "rules: [{id: AE301, severity: info}, {id: AE301}]\n", "AE301 is given twice", ""},
		{"slug taken", layer("require: true", common, "item: source") + "  - {id: AE398, slug: mine, for: source, severity: error, require: 1 == 1, title: {en: t}, message: {en: m}, remedy: {en: r}}\n", "slug mine is already that of AE398", ""},
		{"two judges", layer("require: true", "forbid: text.lines", common), "exactly one of require, forbid, check", ""},
		{"no judge", layer(common), "exactly one of require, forbid, check", ""},
		{"kind", strings.Replace(layer("require: true", common), "for: replacement", "for: replacment", 1), `7:10: unknown kind "replacment"`, "did you mean replacement?"},
		{"slot", strings.Replace(layer("require: true", common), "for: replacement", "for: replacement/mian", 1), `unknown slot "mian"`, ""},
		{"case beside kind", strings.Replace(layer("require: true", common), "for: replacement", "for: [source, case]", 1), "case cannot stand beside other targets", ""},
		{"severity", head + "rules: [{id: AE301, severity: fatal}]\n", `unknown value "fatal"`, "error, warning, info"},
		{"check", layer("check: sample-chek", common), `there is no check called "sample-chek"`, "did you mean sample-check?"},
		{"check parameter", layer("check: sample-check", "with: {limt: 3}", common), `6:12: unknown key "limt"`, "did you mean limit?"},
		{"check parameter type", head + "rules: [{id: AE401, with: {limit: many}}]\n", "expected a whole number", ""},
		{"with without check", layer("require: true", "with: {a: 1}", common), "with goes with check only", ""},
		{"disabled without reason", head + "rules: [{id: AE301, disabled: {reason: ''}}]\n", "needs a reason", ""},
		{"disabled as a word", head + "rules: [{id: AE301, disabled: true}]\n", "expected keys and values", ""},
		{"placeholder", layer("require: true", strings.Replace(common, "{en: m}", `{en: "w {image.widht}"}`, 1)), "unknown fact image.widht", "did you mean image.width?"},
		{"placeholder group", layer("require: true", strings.Replace(common, "{en: m}", `{en: "{image}"}`, 1)), "image is a group of facts", ""},
		{"placeholder format", layer("require: true", strings.Replace(common, "{en: m}", `{en: "{image.width|pixels}"}`, 1)), "unknown format pixels", "percent"},
		{"placeholder not closed", layer("require: true", strings.Replace(common, "{en: m}", `{en: "a {image.width"}`, 1)), "9:22: the brace is not closed", ""},
		{"items without a list", layer("require: true", strings.Replace(common, "{en: m}", `{en: "{items}"}`, 1)), "unknown fact items", ""},
		{"variable of the check", head + `rules: [{id: AE401, message: {en: "{pth}"}}]` + "\n", "unknown fact pth", "did you mean path?"},
		{"parameter type", head + "params: {replacement: {min_side: wide}}\n", "2:34: parameter replacement.min_side: must be a number", ""},
		{"parameter group", head + "params: {replacement: 3}\n", "a group of parameters is wanted here", ""},
		{"parameter leaf", head + "params: {replacement: {min_side: {a: 1}}}\n", "is a value, not a group", ""},
		{"parameter misspelt", head + "params: {replacement: {min_sid: 900}}\n", "there is no parameter replacement.min_sid", "did you mean min_side?"},
		{"parameter list", head + "params: {replacement: {formats: [1]}}\n", "must be a list as before", ""},
		{"parameter mixed", head + "params: {mine: {list: [1, a]}}\n", "must be text, a number", ""},
		{"parameter null", head + "params: {mine: {x: null}}\n", "must be text, a number", ""},
		{"material", head + "materials: [{item: sauce, state: required}]\n", `unknown kind "sauce"`, ""},
		{"material state", head + "materials: [{item: source}]\n", "state is missing", ""},
		{"material condition", head + "materials: [{item: source, state: required, when: case.appeal.grund == 'x'}]\n", "2:63: there is no grund here", "case.appeal.ground"},
		{"step condition", head + "checklist: [{id: a-b, when: materials.sorce > 0}]\n", "there is no sorce here", "materials.source"},
		{"track", head + "tracks: {mine: {window: 3}}\n", "2:10: unit is missing", ""},
		{"track without window", head + "tracks: {mine: {unit: calendar_days, start: violation.notified_at}}\n", "window must be 1 to", ""},
		{"track start", head + "tracks: {platform_penalty: {start: violation.notifed_at}}\n", `unknown value "violation.notifed_at"`, "did you mean violation.notified_at?"},
		{"holiday year", head + "holidays: {next: {off: []}}\n", "2:12: a year of four digits", ""},
		{"holiday order", head + "holidays: {2027: {off: [{from: 2027-02-03, to: 2027-02-01}]}}\n", "the last day is before the first", ""},
		{"holiday of another year", head + "holidays: {2027: {work: [2026-02-03]}}\n", "is not in 2027", ""},
		{"too many names to ignore", head + "ignore: [" + strings.Repeat("a,", 1001) + "]\n", "2:9: too many entries in ignore", ""},
		{"too many parameters", head + "params: {a: {" + numbered(600) + "}, b: {" + numbered(600) + "}}\n", "too many entries in params", ""},
		{"too many holidays", head + "holidays: {2027: {work: [" + strings.Repeat("2027-01-02,", 1001) + "]}}\n", "too many holidays", ""},
		{"alias of two new kinds", head + "kinds: [{id: a, aliases: [发票], title: {en: a}}, {id: b, aliases: [发票], title: {en: b}}]\n", `is that of both a and b`, ""},
		{"alias twice", head + "kinds: [{id: source, aliases: [Replacement]}]\n", `alias "replacement" is that of both source and replacement`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) { wantError(t, tt.yaml, tt.want, tt.hint) })
	}
}

func numbered(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "k%d: 1, ", i)
	}
	return b.String()
}

func TestLayers(t *testing.T) {
	s := mustLoad(t, `schema_version: 1
params: {replacement: {min_side: 1000}, background: {ring_white_share: 1}, mine: {word: x}}
kinds: [{id: source, aliases: [底片]}]
tracks: {platform_penalty: {window: 5}}
ignore: ["*.tmp"]
catalogs: {brand_words: [other]}
materials: [{item: notice, state: recommended}]
rules:
  - {id: AE301, severity: warning, message: {en: "{image.short_side}"}}
  - {id: AE302, disabled: {reason: our shop has no main image}}
  - {id: AE401, with: {}}
  - id: AE399
    slug: mine
    for: any
    severity: info
    require: file.name != params.mine.word
    title: {zh: 标题}
    message: {zh: 说明}
    remedy: {zh: 办法}
`, "schema_version: 1\nrules: [{id: AE301, confidence: guess}, {id: AE302, disabled: null}]\n")
	r := s.Rule("replacement-too-small")
	if r.Severity != "warning" || r.Confidence != "guess" || r.Title.ZH != "替换图太小" || r.Message.ZH != "" || r.Message.EN != "{image.short_side}" {
		t.Errorf("AE301 = %+v", r.Spec)
	}
	if r.Origin["severity"] != "mine.yaml" || r.Origin["title"] != "rules.yaml" {
		t.Errorf("origins %v", r.Origin)
	}
	if s.Rule("AE302").IsDisabled() {
		t.Error("AE302 was not switched on again")
	}
	if p := s.Rule("AE401").CheckParams().(*sampleParams); p.Limit != 2 {
		t.Errorf("limit %d of the first layer was lost", p.Limit)
	}
	var group struct {
		MinSide  int      `json:"min_side"`
		MaxBytes int      `json:"max_bytes"`
		Formats  []string `json:"formats"`
	}
	if err := s.Params("replacement", &group); err != nil || group.MinSide != 1000 || len(group.Formats) != 2 {
		t.Errorf("group %+v %v", group, err)
	}
	var ring struct {
		Share float64 `json:"ring_white_share"`
	}
	if err := s.Params("background", &ring); err != nil || ring.Share != 1 {
		t.Errorf("a whole number for a fraction: %+v %v", ring, err)
	}
	if err := s.Params("replacement", &ring); err == nil {
		t.Error("a parameter that the struct does not know")
	}
	if err := s.Params("nothing", &ring); err == nil {
		t.Error("a group that is not there")
	}
	if tr := s.Tracks()["platform_penalty"]; tr.Window != 5 || tr.Unit != "calendar_days" || len(tr.Start) != 2 {
		t.Errorf("track %+v", tr)
	}
	if start := s.Tracks()["rights_complaint"].Start; len(start) != 1 {
		t.Errorf("a single start is a list of one: %v", start)
	}
	if k := s.Kinds()[1]; k.ID != "source" || k.Aliases[0] != "底片" || k.Title.EN != "source files" {
		t.Errorf("kind %+v", k)
	}
	if ig := s.Ignore(); len(ig) != 4 || ig[3] != "*.tmp" {
		t.Errorf("ignore %v", ig)
	}
	var words []string
	if err := s.Catalog("brand_words", &words); err != nil || len(words) != 1 {
		t.Errorf("catalog %v %v", words, err)
	}
	if err := s.Catalog("none", &words); err == nil {
		t.Error("a catalog that is not there")
	}
	if got := s.Rule("mine").Title.In(lang.EN); got != "标题" {
		t.Errorf("a text in one language only: %q", got)
	}
	if len(s.ForAsset("unsorted", "")) != 1 || !s.Rule("mine").Applies("notice", "") {
		t.Error("a rule for any file does not apply to every kind")
	}
	if len(s.Layers()) != 3 || len(s.Digest()) != 64 || s.Digest() == mustLoad(t).Digest() {
		t.Errorf("layers %v digest %s", s.Layers(), s.Digest())
	}
}

func TestResolved(t *testing.T) {
	s := mustLoad(t, "schema_version: 1\nparams: {text: {certain: 0.9}}\ntracks: {platform_penalty: {window: 5}}\nrules: [{id: AE301, severity: info}]\n")
	got := map[string]Origin{}
	for _, o := range s.Resolved() {
		got[o.Path] = o
	}
	for path, want := range map[string]Origin{
		"params.text.certain":              {Value: 0.9, Layer: "mine.yaml"},
		"params.replacement.min_side":      {Value: 800, Layer: "rules.yaml"},
		"tracks.platform_penalty.window":   {Layer: "mine.yaml"},
		"tracks.platform_penalty.attempts": {Layer: "rules.yaml"},
		"kinds.source.aliases":             {Layer: "rules.yaml"},
	} {
		if o := got[path]; o.Value != want.Value || o.Layer != want.Layer {
			t.Errorf("%s = %v from %q, want %v from %q", path, o.Value, o.Layer, want.Value, want.Layer)
		}
	}
	if layer := s.Rule("AE301").Origin["severity"]; layer != "mine.yaml" {
		t.Errorf("severity is from %s", layer)
	}
}

func TestOverriddenExamplesDoNotFail(t *testing.T) {
	s := mustLoad(t, "schema_version: 1\nparams: {replacement: {min_side: 1000}}\n")
	results, err := s.Test(t.Context(), lang.EN)
	if err != nil {
		t.Fatal(err)
	}
	changed := 0
	for _, r := range results {
		if !r.OK() {
			t.Errorf("%+v", r)
		}
		if r.Overridden {
			changed++
			if r.Rule != "AE301" {
				t.Errorf("%s reads no changed parameter", r.Rule)
			}
		}
	}
	if changed == 0 {
		t.Error("no example counts as overridden")
	}
	s = mustLoad(t, "schema_version: 1\nparams: {replacement: {min_side: 1000}}\nrules: [{id: AE301, examples: {pass: [{image.short_side: 800}]}}]\n")
	results, _ = s.Test(t.Context(), lang.EN)
	for _, r := range results {
		if r.Rule == "AE301" && (r.OK() || r.File != "mine.yaml" || r.Line != 3) {
			t.Errorf("a wrong example of the layer itself: %+v", r)
		}
	}
}

func TestBrokenExamples(t *testing.T) {
	for _, tt := range []struct{ example, want string }{
		{"{image.shrt_side: 3}", `unknown key "shrt_side"`},
		{"{image.short_side: wide}", "expected a whole number"},
		{"{image: {width: 3}, image.width: 3}", "clashes"},
		{"{colour: red}", `unknown key "colour"`},
	} {
		s := mustLoad(t, "schema_version: 1\nrules: [{id: AE301, examples: {pass: ["+tt.example+"]}}]\n")
		_, err := s.Test(t.Context(), lang.EN)
		if all := config.All(err); len(all) != 1 || !strings.Contains(all[0].Error(), tt.want) || all[0].Line != 2 {
			t.Errorf("%s: %v, want %s", tt.example, err, tt.want)
		}
	}
}
