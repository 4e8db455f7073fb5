package rules

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/rules/expr"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// situation is one file in one case, and the rule that judges it.
type situation struct {
	status  map[string]facts.Status
	set     facts.Set
	given   []string // keys of case.yaml
	kase    casefile.File
	noFile  bool
	fields  string
	forCase bool
}

func (w situation) judge(t *testing.T) verdict.Finding {
	t.Helper()
	yaml := layer(w.fields, common)
	if w.forCase {
		yaml = strings.ReplaceAll(yaml, "for: replacement", "for: case")
	}
	s := mustLoad(t, yaml)
	set := w.set
	for name, st := range w.status {
		set.SetStatus(name, st)
	}
	keys := map[string]bool{}
	for _, k := range w.given {
		keys[k] = true
	}
	w.kase.SetKeys(keys)
	subject := assetSubject(&set, &w.kase)
	subject.Case.HasFile = !w.noFile
	if w.forCase {
		subject.Asset = nil
	}
	f, err := s.Evaluate(t.Context(), s.Rule("AE399"), s.Env(subject), lang.EN)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestAvailability(t *testing.T) {
	present := map[string]facts.Status{"image": {State: facts.Present}, "exif": {State: facts.Present}, "text": {State: facts.Present}}
	with := func(name string, st facts.Status) map[string]facts.Status {
		out := map[string]facts.Status{name: st}
		for k, v := range present {
			if _, ok := out[k]; !ok {
				out[k] = v
			}
		}
		return out
	}
	failed, off := facts.Status{State: facts.Failed, Why: lang.Plain("broken")}, facts.Status{State: facts.NotExtracted, Why: lang.Plain("--no-ocr"), Asked: true}
	for _, tt := range []struct {
		name    string
		w       situation
		outcome verdict.Outcome
		cause   verdict.Cause
		message string
	}{
		{"absent is judged", situation{status: with("exif", facts.Status{State: facts.Absent}), fields: "require: exif.present"}, "fail", "", "m"},
		{"failed", situation{status: with("exif", failed), fields: "require: exif.present"}, "review", "unavailable", "could not be checked: broken"},
		{"field of a present group", situation{status: with("exif.make", failed), fields: `require: exif.make != ""`}, "review", "unavailable", ""},
		{"another field of it", situation{status: with("exif.make", failed), fields: `require: not exif.present`}, "pass", "", ""},
		{"never looked for", situation{fields: "require: image.width == 0"}, "review", "unavailable", "could not be checked: "},
		{"switched off", situation{status: with("text", off), fields: "forbid: text.contacts"}, "review", "unavailable", "could not be checked: --no-ocr"},
		{"when false before facts are missing", situation{status: with("text", failed), fields: "when: image.width > 0\n    forbid: text.contacts"}, "skip", "", ""},
		{"when lacks its own facts", situation{status: with("image", failed), fields: "when: image.width > 0\n    forbid: text.contacts"}, "review", "unavailable", ""},
		{"a part of when is false, another cannot be had", situation{status: with("exif", failed), fields: "when: image.width > 0 and exif.present\n    forbid: text.contacts"}, "skip", "", ""},
		{"a part of when holds, another cannot be had", situation{status: with("exif", failed), fields: "when: exif.present and image.width == 0\n    forbid: text.contacts"}, "review", "unavailable", ""},
		{"either part of when cannot be had", situation{status: with("exif", failed), fields: "when: image.width > 0 or exif.present\n    forbid: text.contacts"}, "review", "unavailable", ""},
		{"a file of which nothing is read", situation{set: facts.Set{File: facts.File{Format: "mov", Class: "video", FormatMatchesExtension: true}}, status: with("text", failed), fields: "forbid: text.contacts"}, "skip", "", ""},
		{"a picture of which this could not be read", situation{set: facts.Set{File: facts.File{Format: "jpeg", Class: "picture"}}, status: with("text", failed), fields: "forbid: text.contacts"}, "review", "unavailable", ""},
		{"review lacks its facts", situation{status: with("text", failed), fields: "require: image.width == 0\n    review: text.contacts"}, "review", "unavailable", ""},
		{"missing key", situation{status: present, fields: `require: case.store.id != ""`}, "review", "missing_input", "case.yaml does not give store.id"},
		{"missing true or false", situation{status: present, fields: `require: not case.ai.used`}, "review", "missing_input", ""},
		{"given key", situation{status: present, given: []string{"store.id"}, fields: `require: case.store.id == ""`}, "pass", "", ""},
		{"key with a default", situation{status: present, fields: `require: case.appeal.ground == "rectified" and case.appeal.track == "platform_penalty"`}, "pass", "", ""},
		{"asked about with given", situation{status: present, fields: `require: given(case.store.id)`}, "fail", "", ""},
		{"asked and given", situation{status: present, given: []string{"store.id"}, fields: `require: given(case.store.id)`}, "pass", "", ""},
		{"given of a fact", situation{status: present, set: facts.Set{Exif: facts.Exif{TakenAt: time.Now()}}, fields: `require: given(exif.taken_at) and not given(exif.make)`}, "pass", "", ""},
		{"when reads a missing key as not so", situation{status: present, fields: "when: not case.ai.used\n    require: image.width > 0"}, "fail", "", ""},
		{"forbid over a list not given", situation{status: present, fields: `forbid: filter(case.letters, .id == "")`}, "pass", "", ""},
		{"require over a list not given", situation{status: present, fields: `require: len(case.letters) == 0`}, "review", "missing_input", ""},
		{"no case.yaml", situation{status: present, noFile: true, fields: `require: case.store.id != ""`}, "skip", "missing_input", ""},
		{"no case.yaml, only when asks", situation{status: present, noFile: true, fields: "when: not case.ai.used\n    require: image.width > 0"}, "fail", "", ""},
		{"no case.yaml, rule on the case", situation{noFile: true, forCase: true, fields: "when: not case.ai.used\n    require: materials.notice > 0"}, "skip", "missing_input", ""},
		{"rule on the case without its keys", situation{noFile: true, forCase: true, fields: "require: materials.notice > 0"}, "fail", "", ""},
		{"guess", situation{status: present, fields: "require: image.width > 0\n    confidence: guess"}, "review", "judgement", "m"},
		{"review words", situation{status: present, fields: "require: true\n    review: image.width == 0\n    message_review: {en: look}"}, "review", "judgement", "look"},
		{"fail before review", situation{status: present, fields: "require: false\n    review: true"}, "fail", "", ""},
		{"runtime error", situation{status: present, fields: "require: text.lines[3].text != \"\""}, "error", "", "could not be evaluated"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := tt.w.judge(t)
			if f.Outcome != tt.outcome || f.Cause != tt.cause || !strings.Contains(report.Plain(f.Message), tt.message) {
				t.Errorf("%s %s %q, want %s %s %q", f.Outcome, f.Cause, report.Plain(f.Message), tt.outcome, tt.cause, tt.message)
			}
			if (f.Message == nil) != (f.Outcome == verdict.Pass || f.Outcome == verdict.Skip) {
				t.Errorf("%s with message %q", f.Outcome, report.Plain(f.Message))
			}
			if f.Asked != (tt.name == "switched off") {
				t.Errorf("asked = %v", f.Asked)
			}
		})
	}
}

func TestEvidence(t *testing.T) {
	box := [4]int{1, 2, 3, 4}
	required := func(op string, v any) *verdict.Required {
		return &verdict.Required{Op: op, Value: verdict.Value{Of: v, Privacy: verdict.Public}}
	}
	time0201 := required(">", "2026-02-01T00:00:00+08:00")
	time0201.Value.Format = verdict.Time
	set := facts.Set{
		Image: facts.Image{Width: 600, Height: 900, Aspect: 2.0 / 3, Animated: true},
		Exif:  facts.Exif{Make: "Canon", TakenAt: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)},
		Text:  facts.Text{Contacts: []facts.Contact{{Kind: "qq", Value: "12345", Text: "QQ:12345", Box: box, Confidence: 0.9}, {Kind: "phone", Confidence: 0.2}}},
	}
	status := map[string]facts.Status{"image": {State: facts.Present}, "exif": {State: facts.Present}, "text": {State: facts.Present}}
	for _, tt := range []struct {
		fields string
		want   []verdict.Evidence
	}{
		{"require: image.width >= 800 and image.height >= 800", []verdict.Evidence{{Fact: "image.width", Observed: 600, Required: required(">=", 800), Unit: "px"}}},
		{"require: 800 <= image.width || image.height > 1000", []verdict.Evidence{
			{Fact: "image.width", Observed: 600, Required: required(">=", 800), Unit: "px"}, {Fact: "image.height", Observed: 900, Required: required(">", 1000), Unit: "px"}}},
		{"require: not (image.width < params.replacement.min_side)", []verdict.Evidence{{Fact: "image.width", Observed: 600, Required: required(">=", 800), Unit: "px"}}},
		{"require: not image.animated", []verdict.Evidence{{Fact: "image.animated", Observed: true, Required: verdict.Want(false)}}},
		{"require: image.decodable", []verdict.Evidence{{Fact: "image.decodable", Observed: false, Required: verdict.Want(true)}}},
		{`require: exif.make in ["Sony", "Nikon"]`, []verdict.Evidence{{Fact: "exif.make", Observed: "Canon", Required: required("in", []any{"Sony", "Nikon"})}}},
		{`require: lower(exif.make) != "canon"`, []verdict.Evidence{{Fact: "exif.make", Observed: "canon", Required: required("!=", "canon")}}},
		{`require: '"qq" not in map(text.contacts, .kind)'`, []verdict.Evidence{{Fact: "text.contacts", Observed: []any{"qq", "phone"}, Required: required("not contains", "qq")}}},
		{`require: not ("qq" in map(text.contacts, .kind))`, []verdict.Evidence{{Fact: "text.contacts", Observed: []any{"qq", "phone"}, Required: required("not contains", "qq")}}},
		{"require: image.aspect > image.megapixels + 1", []verdict.Evidence{{Fact: "image.aspect", Observed: 0.6667, Required: &verdict.Required{Op: ">", Value: verdict.Value{Of: 1.0}}}}},
		{"require: image.aspect >= params.background.ring_white_share + 0.003", []verdict.Evidence{{Fact: "image.aspect", Observed: 0.6667, Required: required(">=", 0.983)}}},
		{"require: image.aspect > 0.7", []verdict.Evidence{{Fact: "image.aspect", Observed: 0.6667, Required: required(">", 0.7)}}},
		{`require: exif.taken_at > date("2026-02-01")`, []verdict.Evidence{{Fact: "exif.taken_at", Observed: "2026-01-02T08:00:00+08:00", Required: time0201}}},
		{"require: len(text.contacts) == 0", []verdict.Evidence{{Fact: "text.contacts", Observed: 2, Required: required("==", 0)}}},
		{"require: none(text.contacts, .confidence > 0.5)", []verdict.Evidence{{Fact: "text.contacts", Observed: []any{"12345", "phone"}, Required: &verdict.Required{Condition: "none(text.contacts, .confidence > 0.5)"}}}},
		{"forbid: filter(text.contacts, .confidence > 0.5)", []verdict.Evidence{{Fact: "text.contacts", Observed: "12345", Quote: "QQ:12345", Box: &box}}},
		{"forbid: map(text.contacts, .kind)", []verdict.Evidence{{Fact: "text.contacts", Observed: "qq"}, {Fact: "text.contacts", Observed: "phone"}}},
		{"require: true\n    review: image.animated", []verdict.Evidence{{Fact: "image.animated", Observed: true}}},
	} {
		t.Run(tt.fields, func(t *testing.T) {
			f := situation{set: set, status: status, fields: tt.fields}.judge(t)
			if !reflect.DeepEqual(f.Evidence, tt.want) {
				t.Errorf("%s %s\ngot  %+v\nwant %+v", f.Outcome, report.Plain(f.Message), f.Evidence, tt.want)
			}
		})
	}
}

// TestUnfiled: a rule that goes by the defaults of case.yaml asks where there is none.
func TestUnfiled(t *testing.T) {
	some := map[string]facts.Status{"image": {State: facts.Present}}
	for _, tt := range []struct {
		fields string
		noFile bool
		want   verdict.Outcome
	}{
		{`when: case.appeal.ground == "rectified"\n    require: materials.replacement > 0`, true, verdict.Skip},
		{`unfiled: true\n    when: case.appeal.ground == "rectified"\n    require: materials.replacement > 0`, true, verdict.Review},
		{`unfiled: true\n    when: case.appeal.ground == "rectified"\n    require: materials.replacement > 0`, false, verdict.Fail},
		{`unfiled: true\n    when: case.appeal.ground == "misjudged"\n    require: materials.replacement > 0`, true, verdict.Skip},
	} {
		f := situation{fields: strings.ReplaceAll(tt.fields, `\n`, "\n"), forCase: true, noFile: tt.noFile, status: some}.judge(t)
		if f.Outcome != tt.want || f.Overrulable && tt.want != verdict.Fail {
			t.Errorf("%s, no case.yaml %v: %s, want %s", tt.fields, tt.noFile, f.Outcome, tt.want)
		}
	}
}

func TestEvidenceIsBounded(t *testing.T) {
	set := facts.Set{}
	for i := range 500 {
		set.Text.Lines = append(set.Text.Lines, facts.TextLine{Text: fmt.Sprint(i) + strings.Repeat("长", 1000)})
	}
	f := situation{set: set, status: map[string]facts.Status{"text": {State: facts.Present}},
		fields: "forbid: text.lines\n    message_review: {en: \"{items}\"}\n    confidence: guess"}.judge(t)
	if len(f.Evidence) != expr.MaxEvidence || len(report.Plain(f.Message)) > 8*(200+10)*3 {
		t.Errorf("%d pieces of evidence, message of %d bytes", len(f.Evidence), len(report.Plain(f.Message)))
	}
}

func TestNamedChecks(t *testing.T) {
	s := mustLoad(t)
	hasFile := true
	judge := func(paths ...string) verdict.Finding {
		view := &facts.Case{Path: "a", HasFile: hasFile, File: &casefile.File{}}
		for _, p := range paths {
			view.Assets = append(view.Assets, facts.Asset{Path: p, Kind: "source", Facts: &facts.Set{}})
		}
		f, err := s.Evaluate(t.Context(), s.Rule("AE401"), s.Env(checks.Subject{Case: view}), lang.ZH)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	if f := judge("1"); f.Outcome != verdict.Pass || f.Kind != "case" || f.Asset != "a" || f.Item != "replacement" {
		t.Errorf("%+v", f)
	}
	if f := judge("1", "2"); f.Outcome != verdict.Review || f.Cause != verdict.Judgement || report.Plain(f.Message) != "2 与原图完全相同" || len(f.Evidence) != 1 {
		t.Errorf("%+v", f)
	}
	if f := judge("asks"); f.Outcome != verdict.Review || f.Cause != verdict.MissingInput {
		t.Errorf("%+v", f)
	}
	hasFile = false // the scan says so once
	if f := judge("asks"); f.Outcome != verdict.Skip || f.Cause != verdict.MissingInput || len(f.Evidence) != 0 {
		t.Errorf("%+v", f)
	}
	if f := judge("panic"); f.Outcome != verdict.Error || !strings.Contains(report.Plain(f.Message), "asked for") {
		t.Errorf("%+v", f)
	}
}

// TestSettled: what could be had of a condition may settle it.
func TestSettled(t *testing.T) {
	failed := facts.Status{State: facts.Failed, Why: lang.Plain("broken")}
	some := map[string]facts.Status{"image": {State: facts.Present}, "exif": failed}
	wide := facts.Set{Image: facts.Image{Width: 900, Decodable: true}}
	for fields, want := range map[string]verdict.Outcome{
		`require: image.width > 800 or exif.present`:                                                       verdict.Pass,
		`require: exif.present or image.width > 800`:                                                       verdict.Pass,
		`require: image.width > 1000 or exif.present`:                                                      verdict.Review,
		`require: not (image.width < 800 and exif.present)`:                                                verdict.Pass,
		`require: (exif.present or image.width > 800) and image.decodable`:                                 verdict.Pass,
		`require: image.width > 1000 and exif.present`:                                                     verdict.Review, // a fail is earned with all of it
		`require: exif.present or not exif.present`:                                                        verdict.Review,
		"when: image.width > 1000 and exif.present\n    require: image.width > 1000":                       verdict.Skip,
		"when: image.width > 800 or exif.present\n    require: image.width > 1000":                         verdict.Fail,
		"when: image.width > 800 and exif.present\n    require: image.width > 1000":                        verdict.Review,
		"require: image.width > 800 or exif.present\n    review: exif.present":                             verdict.Review,
		"require: image.width > 800 or case.product.id == \"1\"":                                           verdict.Pass,
		"require: image.width > 1000 or case.product.id == \"1\"":                                          verdict.Review,
		"when: not (image.width > 800 and image.decodable) and exif.present\n    require: image.width > 0": verdict.Skip,
	} {
		f := situation{status: some, set: wide, fields: fields}.judge(t)
		if f.Outcome != want {
			t.Errorf("%s: %s (%v), want %s", fields, f.Outcome, f.Message, want)
		}
		if (f.Outcome == verdict.Pass || f.Outcome == verdict.Skip) && (len(f.Evidence) > 0 || len(f.Message) > 0) {
			t.Errorf("%s: passes and says %v", fields, f.Message)
		}
	}
}

func TestEvaluateStops(t *testing.T) {
	s := mustLoad(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Evaluate(ctx, s.Rule("AE301"), s.Env(assetSubject(&facts.Set{}, nil)), lang.ZH); !errors.Is(err, context.Canceled) {
		t.Errorf("err = %v", err)
	}
}

func TestCase(t *testing.T) {
	s := mustLoad(t)
	view := &facts.Case{Path: ".", File: &casefile.File{}, Assets: []facts.Asset{{Kind: "notice"}}}
	c := func() *Case {
		c, err := s.Case(view)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	states := func() string {
		var out []string
		for _, m := range c().Wanted() {
			out = append(out, fmt.Sprintf("%s %s %v", m.Item, m.State, m.Review))
		}
		return strings.Join(out, ", ")
	}
	if got, want := states(), "notice required false, source required false, replacement required false, companion not_needed false, evidence not_needed false"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if m := view.Materials; !slices.Equal(m.Missing, []string{"source", "replacement"}) || m.Undecided != nil {
		t.Errorf("missing %v, undecided %v", m.Missing, m.Undecided)
	}
	view.File.Appeal.Ground = "misjudged"
	view.File.AI.Used = true
	if got, want := states(), "notice required false, source not_needed false, replacement required true, companion not_needed false, evidence not_needed false"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if m := view.Materials; m.Missing != nil || !slices.Equal(m.Undecided, []string{"replacement"}) {
		t.Errorf("missing %v, undecided %v", m.Missing, m.Undecided)
	}
	if steps, err := c().Steps(lang.EN); err != nil || len(steps) != 1 || steps[0].ID != "platform-checker" {
		t.Errorf("%v %v", steps, err)
	}
}

func TestDefaultsOfCaseFile(t *testing.T) {
	for key, want := range map[string]bool{"appeal.ground": true, "appeal.track": true, "ai.used": false, "store.id": false, "nothing": false, "letters.id": false} {
		if hasDefault(key) != want {
			t.Errorf("hasDefault(%s) = %v", key, !want)
		}
	}
	var c casefile.File
	config.SetDefaults(&c)
	if c.Appeal.Ground != "rectified" || c.Appeal.Track != "platform_penalty" {
		t.Errorf("%+v", c.Appeal)
	}
}

// TestMayBe: a file that nothing places may be what seems to be missing; a text is none,
// and a PDF no picture. Notice and penalised pictures lie in one folder at times.
func TestMayBe(t *testing.T) {
	file := func(kind, format string) facts.Asset {
		set := &facts.Set{}
		set.File.Format = format
		return facts.Asset{Kind: kind, Path: kind + "." + format, Facts: set}
	}
	for name, c := range map[string]struct {
		assets []facts.Asset
		kind   string
		want   bool
	}{
		"nothing there":            {nil, facts.KindNotice, false},
		"a text":                   {[]facts.Asset{file(facts.KindUnsorted, "text")}, facts.KindCommitment, false},
		"a PDF":                    {[]facts.Asset{file(facts.KindUnsorted, "pdf")}, facts.KindCommitment, true},
		"a PDF for a picture":      {[]facts.Asset{file(facts.KindUnsorted, "pdf")}, facts.KindSource, false},
		"a picture":                {[]facts.Asset{file(facts.KindUnsorted, "jpeg")}, facts.KindSource, true},
		"a capture among pictures": {[]facts.Asset{file(facts.KindViolating, "jpeg"), file(facts.KindViolating, "png")}, facts.KindNotice, true},
		"pictures alone":           {[]facts.Asset{file(facts.KindViolating, "jpeg"), file(facts.KindViolating, "jpeg")}, facts.KindNotice, false},
		"a picture by the notice":  {[]facts.Asset{file(facts.KindNotice, "png"), file(facts.KindNotice, "jpeg")}, facts.KindViolating, true},
		"the notice alone":         {[]facts.Asset{file(facts.KindNotice, "png")}, facts.KindViolating, false},
	} {
		if got := mayBe(&facts.Case{Assets: c.assets}, c.kind); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
