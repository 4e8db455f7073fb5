package rules

import (
	"testing"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/rules/expr"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// FuzzLayer reads anything as a layer over the sample rules: no panic, errors
// with a place; what loads can be judged, tested and listed.
func FuzzLayer(f *testing.F) {
	f.Add([]byte("schema_version: 1\nparams: {replacement: {min_side: 900}}\n"))
	f.Add([]byte(layer("require: image.width > 1 and given(exif.make)", common)))
	f.Add([]byte(layer("forbid: filter(text.lines, .text matches \"a\")", "review: text.codes", common)))
	f.Add([]byte(layer("check: sample-check", "with: {limit: 3}", common)))
	f.Add([]byte("schema_version: 1\nrules: [{id: AE301, disabled: {reason: x}}, {id: AE302, examples: {pass: [{a.b: 1}]}}]\n"))
	f.Add(sample(f))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := load(t, string(data))
		if err != nil {
			for _, e := range config.All(err) {
				if e.Line < 1 || e.Col < 1 || e.Msg.In(lang.EN) == "" || e.Msg.In(lang.ZH) == "" {
					t.Fatalf("poor error %+v", e)
				}
			}
			if config.All(err) == nil {
				t.Fatalf("no file error: %v", err)
			}
			return
		}
		if _, err := s.Test(t.Context(), lang.ZH); err != nil && config.All(err) == nil {
			t.Fatal(err)
		}
		s.Resolved()
	})
}

// FuzzExpression compiles anything as require, forbid and review, and judges
// with what compiles.
func FuzzExpression(f *testing.F) {
	for _, s := range []string{
		"image.width >= 800", "not exif.present or exif.make in [\"a\"]", "filter(text.contacts, .confidence > 0.5)", "map(text.lines, {a: #})",
		"all(text.lines, .text matches \"^[a-z]+$\")", "given(case.store.id)", "case.letters[0].ends.open", "meta.xmp[\"dc:creator\"] == \"\"", "image?.width > 1",
		"date(\"2026-01-01\") < exif.taken_at", "text.lines[1:2]", "$env", "let x = 1; x", "{\"a\": 1}.a", "1..9", "exif.make ?? 1", "(image.width)[1]", "true ? text.lines : []",
		"sum(map(text.lines, .confidence)) / len(text.lines)", "if image.width > 1 { true } else { false }", "\"\\u4e2d\" == exif.make", "text.lines | filter(.box[0] > 1)",
	} {
		f.Add(s)
	}
	base := mustLoad(f)
	f.Fuzz(func(t *testing.T, source string) {
		names := base.names.of(scopeAsset)
		for _, want := range []expr.Result{expr.WantBool, expr.WantList, expr.WantEither} {
			p, bad := expr.Compile(source, names, want)
			if bad != nil {
				if bad.From < 0 || bad.To < bad.From || bad.Msg.In(lang.ZH) == "" {
					t.Fatalf("poor error %+v", bad)
				}
				continue
			}
			set := &facts.Set{Text: facts.Text{Lines: []facts.TextLine{{Text: "a"}, {Text: "b"}}, Contacts: []facts.Contact{{Value: "1"}}}}
			e := base.Env(checks.Subject{Case: &facts.Case{File: &casefile.File{}}, Asset: &facts.Asset{Kind: "source", Facts: set}})
			out, err := p.Eval(e.values)
			if err != nil {
				continue
			}
			switch x := out.(type) {
			case bool:
				p.Violations(e.values)
			case []any:
				p.Elements(x)
				expr.Value(x)
			}
		}
	})
}

// FuzzTemplate takes any text apart and fills it.
func FuzzTemplate(f *testing.F) {
	for _, s := range []string{"", "{image.width}px", "{{x}}", "{image.width|percent} {exif.taken_at|time}", "{", "}", "{}", "{count}: {items}", "{a|b|c}", "{中}"} {
		f.Add(s)
	}
	base := mustLoad(f)
	f.Fuzz(func(t *testing.T, text string) {
		tpl, bad := expr.ParseTemplate(text, base.names.asset, []string{"count", "items"})
		if bad != nil {
			if n := len([]rune(text)); bad.From < 0 || bad.To > n || bad.From > bad.To {
				t.Fatalf("error at %d–%d of %d", bad.From, bad.To, n)
			}
			return
		}
		e := base.Env(checks.Subject{Case: &facts.Case{}, Asset: &facts.Asset{Facts: &facts.Set{}}})
		tpl.Text(e.values, map[string]verdict.Value{"count": {Of: 1}})
	})
}
