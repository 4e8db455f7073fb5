package rules

import (
	"context"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// sampleCheck fails when more than limit-1 assets have the same bytes.
type sampleCheck struct{}

type sampleParams struct {
	Limit int `json:"limit" zh:"上限" en:"limit"`
}

func (sampleCheck) Name() string { return "sample-check" }
func (sampleCheck) Doc() lang.Text {
	return lang.T("查找重复的文件", "finds files with the same bytes")
}
func (sampleCheck) NewParams() any          { return &sampleParams{Limit: 5} }
func (sampleCheck) Needs(any) []checks.Need { return []checks.Need{{Kind: "source", Fact: "hash"}} }
func (sampleCheck) Vars() []string          { return []string{"path"} }
func (sampleCheck) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	seen := map[string]int{}
	for _, a := range s.Case.Assets {
		if a.Path == "asks" {
			return checks.Result{Outcome: verdict.Review, Cause: verdict.MissingInput, Evidence: []verdict.Evidence{{Fact: "case.store.name"}}}, nil
		}
		if a.Path == "panic" {
			panic("asked for")
		}
		if seen[a.Facts.Hash.SHA256]++; seen[a.Facts.Hash.SHA256] >= params.(*sampleParams).Limit {
			return checks.Result{Outcome: verdict.Fail, Vars: map[string]verdict.Value{"path": {Of: a.Path}},
				Evidence: []verdict.Evidence{{Fact: "hash.sha256", Observed: a.Facts.Hash.SHA256}}}, nil
		}
	}
	return checks.Result{Outcome: verdict.Pass}, nil
}

func sample(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/rules.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func load(t testing.TB, layers ...string) (*Set, error) {
	t.Helper()
	list := []Layer{{Name: "rules.yaml", Data: sample(t)}}
	for _, data := range layers {
		list = append(list, Layer{Name: "mine.yaml", Data: []byte(data)})
	}
	return Load([]checks.Check{sampleCheck{}}, list...)
}

func mustLoad(t testing.TB, layers ...string) *Set {
	t.Helper()
	s, err := load(t, layers...)
	if err != nil {
		t.Fatal(detail(err))
	}
	return s
}

func detail(err error) string {
	var out []string
	for _, e := range config.All(err) {
		out = append(out, e.Detail(lang.EN))
	}
	if out == nil {
		return err.Error()
	}
	return strings.Join(out, "\n")
}

func TestSampleExamples(t *testing.T) {
	s := mustLoad(t)
	for _, l := range []lang.Lang{lang.ZH, lang.EN} {
		results, err := s.Test(context.Background(), l)
		if err != nil {
			t.Fatal(detail(err))
		}
		if len(results) < 18 {
			t.Errorf("only %d examples were run", len(results))
		}
		for _, r := range results {
			if !r.OK() {
				t.Errorf("%s:%d %s: got %s (%s), want %s", r.File, r.Line, r.Rule, r.Got, report.Plain(r.Message), r.Want)
			}
		}
	}
}

func TestNeeds(t *testing.T) {
	s := mustLoad(t)
	for _, tt := range []struct {
		kind, slot string
		want       []string
	}{
		{"replacement", "main", []string{"background.kind", "background.ring_white_share", "image.short_side", "text.contacts", "text.watermarks"}},
		{"replacement", "sku", []string{"image.short_side", "text.contacts", "text.watermarks"}},
		{"source", "", []string{"hash"}},
		{"statement", "", nil},
	} {
		if got := s.Needs(tt.kind, tt.slot); !slices.Equal(got, tt.want) {
			t.Errorf("Needs(%s, %s) = %v, want %v", tt.kind, tt.slot, got, tt.want)
		}
	}
}

func assetSubject(set *facts.Set, c *casefile.File) checks.Subject {
	a := &facts.Asset{Path: "replacement/1.jpg", Kind: "replacement", Slot: "main", Facts: set}
	return checks.Subject{Case: &facts.Case{Path: "case-a", File: c, HasFile: c != nil, Assets: []facts.Asset{*a}}, Asset: a}
}

func TestFinding(t *testing.T) {
	s := mustLoad(t)
	set := &facts.Set{Image: facts.Image{ShortSide: 640}}
	set.SetStatus("image", facts.Status{State: facts.Present})
	f, err := s.Evaluate(context.Background(), s.Rule("AE301"), s.Env(assetSubject(set, nil)), lang.ZH)
	if err != nil {
		t.Fatal(err)
	}
	if f.Outcome != verdict.Fail || report.Plain(f.Message) != "短边 640px,至少 800px" || report.Plain(f.Remedy) != "从原图重新导出" ||
		f.Asset != "case-a/replacement/1.jpg" || f.Kind != "replacement" || f.Item != "replacement" || f.Slug != "replacement-too-small" {
		t.Errorf("%+v", f)
	}
	want := verdict.Evidence{Fact: "image.short_side", Observed: 640, Required: &verdict.Required{Op: ">=", Value: verdict.Value{Of: 800, Privacy: verdict.Public}}, Unit: "px"}
	if len(f.Evidence) != 1 || !reflect.DeepEqual(f.Evidence[0], want) {
		t.Errorf("evidence %+v, want %+v", f.Evidence, want)
	}
	if len(f.Fingerprint) < 16 || f.Fingerprint != fingerprint("AE301", "replacement", "case-a/replacement/1.jpg", "") {
		t.Errorf("fingerprint %q", f.Fingerprint)
	}
}
