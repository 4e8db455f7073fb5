package lang

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
)

func load(t *testing.T, yaml string) (Lang, error) {
	t.Helper()
	list, err := Load(fstest.MapFS{"es.yaml": {Data: []byte(yaml)}, "README.md": {Data: []byte("no catalogue")}})
	if err != nil {
		return Lang{}, err
	}
	if len(list) != 3 || list[0] != ZH || list[1] != EN {
		t.Fatalf("languages %v", list)
	}
	return list[2], nil
}

func TestCatalogue(t *testing.T) {
	es, err := load(t, `
language: es
name: Español
texts:
  "Violation notice": "Aviso de infracción"
  "{n} file|{n} files": "{n} archivo|{n} archivos"
  "not to be had from a file of format {format}": "no se puede obtener de un archivo {format}"
  "empty": ""
`)
	if err != nil {
		t.Fatal(err)
	}
	if es.Tag() != "es" || es.Name() != "Español" {
		t.Errorf("%s %s", es.Tag(), es.Name())
	}
	for _, tt := range []struct {
		text Text
		want string
	}{
		{T("违规通知截图", "Violation notice"), "Aviso de infracción"},
		{T("{format} 格式", "not to be had from a file of format {format}", "format", "pdf"), "no se puede obtener de un archivo pdf"},
		{T("甲", "a text nobody translated: {what}", "what", T("违规通知截图", "Violation notice")), "a text nobody translated: Aviso de infracción"},
		{T("空", "empty"), "empty"},
		{Plain("IMG_1.JPG"), "IMG_1.JPG"},
		{T("。", ". "), ". "},
		{Text{ZH: "只有中文"}, "只有中文"},
		{Text{}, ""},
	} {
		if got := tt.text.In(es); got != tt.want {
			t.Errorf("%+v: %q, want %q", tt.text, got, tt.want)
		}
	}
	if got := Count(Text{EN: "{n} file|{n} files"}.In(es), 3); got != "3 archivos" {
		t.Errorf("%q", got)
	}
	if got := es.Missing(); !reflect.DeepEqual(got, []string{"a text nobody translated: {what}", "empty"}) {
		t.Errorf("missing %q", got)
	}
	if got := es.Translated(); len(got) != 3 {
		t.Errorf("translated %q", got)
	}
	if ZH.Missing() != nil || EN.Missing() != nil || (Lang{}).Tag() != "en" {
		t.Error("the languages of the sources miss something")
	}
}

func TestBadCatalogues(t *testing.T) {
	for name, tt := range map[string]struct{ yaml, want string }{
		"placeholder lost":    {"language: es\nname: E\ntexts: {\"a {b} c\": \"a c\"}", "placeholders"},
		"placeholder made up": {"language: es\nname: E\ntexts: {\"a\": \"a {c}\"}", "placeholders"},
		"format lost":         {"language: es\nname: E\ntexts: {\"a {b|percent}\": \"a {b}\"}", "placeholders"},
		"two forms for one":   {"language: es\nname: E\ntexts: {\"{n} a\": \"{n} a|{n} b\"}", "divided by |"},
		"no name":             {"language: es\ntexts: {a: b}", "name"},
		"no tag":              {"language: Español\nname: E", "small letters"},
		"there already":       {"language: zh\nname: 中文", "already"},
		"not a catalogue":     {"- a\n- b\n", "cannot unmarshal"},
	} {
		if _, err := load(t, tt.yaml); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestMatch(t *testing.T) {
	es, err := load(t, "language: es\nname: Español\n")
	if err != nil {
		t.Fatal(err)
	}
	list := []Lang{ZH, EN, es}
	for locale, want := range map[string]string{
		"zh_CN.UTF-8": "zh", "zh-Hans-CN": "zh", "Chinese (Simplified)_China.936": "zh", "es_MX.UTF-8": "es", "es": "es", "en_GB": "en",
		"fr_FR": "", "": "", "zhx_XX": "", "1": "",
	} {
		if got, ok := Match(list, locale); ok != (want != "") || ok && got.Tag() != want {
			t.Errorf("%q: %s, %t", locale, got, ok)
		}
	}
	if l, err := Find(list, "es"); err != nil || l != es {
		t.Errorf("%v, %v", l, err)
	}
	if _, err := Find(list, "fr"); err == nil || !strings.Contains(err.Error(), "zh en es") {
		t.Errorf("%v", err)
	}
}

// A text keeps its values on its way through a file.
func TestTextTravels(t *testing.T) {
	want := T("{a}{n}{inner}", "{a} {n} {inner}", "a", "x{n}", "n", 7, "inner", T("内 {b}", "inner {b}", "b", true))
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got Text
	if err := json.Unmarshal(data, &got); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v, %v", got, err)
	}
	if got.In(EN) != "x{n} 7 inner true" || got.In(ZH) != "x{n}7内 true" {
		t.Errorf("%q %q", got.In(EN), got.In(ZH))
	}
}
