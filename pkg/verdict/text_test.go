package verdict

import (
	"reflect"
	"testing"

	"github.com/aecheck/aecheck/pkg/lang"
)

func TestSay(t *testing.T) {
	path := Value{Of: "a.jpg", Privacy: Path}
	for _, tt := range []struct {
		text  lang.Text
		pairs []any
		lang  lang.Lang
		want  Text
	}{
		{lang.T("没有", "none"), nil, lang.ZH, Text{{Words: "没有"}}},
		{lang.Text{}, nil, lang.EN, nil},
		{lang.T("{file}：{why}", "{why} in {file}"), []any{"file", path, "why", Words("torn")}, lang.EN, Text{{Words: "torn in "}, {Value: &path}}},
		{lang.T("{n} 个 {what}", "{n} {what}", "n", 2, "what", lang.T("坏{how}", "bad {how}", "how", "{n}")), nil, lang.ZH,
			Text{{Value: &Value{Of: 2, Format: Exact}}, {Words: " 个 坏"}, {Value: &Value{Of: "{n}", Format: Exact}}}},
		{lang.T("{a}{b}", "{a}{b} {c}"), []any{"b", Word("x"), "a", nil}, lang.EN, Text{{Value: &Value{Of: "<nil>", Format: Exact}}, {Value: &Value{Of: "x", Format: Exact, Privacy: Public}}, {Words: " {c}"}}},
		{lang.Plain("what it said"), nil, lang.ZH, Text{{Value: &Value{Of: "what it said", Format: Exact}}}},
	} {
		if got := Say(tt.lang, tt.text, tt.pairs...); !got.Equal(tt.want) {
			t.Errorf("%v: got %+v, want %+v", tt.text, got, tt.want)
		}
	}
}

func TestTexts(t *testing.T) {
	one, two := Word("1").Text(), Words("two")
	if got := Join([]Text{one, two, nil}, "; "); !got.Equal(Text{one[0], {Words: "; two; "}}) {
		t.Errorf("joined: %+v", got)
	}
	if !two.Equal(Words("two")) {
		t.Errorf("joining changed a text: %+v", two)
	}
	if Words("") != nil || !Words("a").Equal(Text{{Words: "a"}}) || Words("a").Equal(one) || one.Equal(Word("2").Text()) {
		t.Error("texts are not told apart")
	}
}

func TestPrivacy(t *testing.T) {
	for _, tt := range []struct {
		p    Privacy
		of   any
		want Privacy
	}{
		{ByType, nil, Public}, {ByType, 1, Public}, {ByType, 1.5, Public}, {ByType, false, Public}, {ByType, []any{1, 2.5, true}, Public}, {ByType, []any{}, Public},
		{ByType, "x", Private}, {ByType, "", Private}, {ByType, []any{1, "x"}, Private}, {ByType, map[string]any{}, Private}, {ByType, []string{"x"}, Private},
		{Private, 22.5, Private}, {Public, "x", Public}, {Path, "a.jpg", Path},
	} {
		if got := tt.p.For(tt.of); got != tt.want {
			t.Errorf("%q of %v: %s, want %s", tt.p, tt.of, got, tt.want)
		}
	}
	for tag, want := range map[reflect.StructTag]Privacy{
		`json:"a"`: ByType, `enum:"a,b"`: Public, `oneof:"slots"`: ByType, `privacy:"public"`: Public, `privacy:"private" enum:"a"`: Private, `privacy:"path"`: Path,
	} {
		if got := PrivacyOf(tag); got != want {
			t.Errorf("%s: %q, want %q", tag, got, want)
		}
	}
}

func TestRequiredInSigns(t *testing.T) {
	now := Compared("<=", "2026-11-20")
	now.Key = "now"
	for want, r := range map[string]*Required{
		"≤ 2026-11-20 (now)": now, "≥ 1": Compared(">=", 1), "!= x": Compared("!=", "x"), "true": Want(true), "open": WantWords("open"), "none(x)": {Condition: "none(x)"},
	} {
		if got := r.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
