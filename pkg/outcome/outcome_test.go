package outcome

import (
	"slices"
	"strings"
	"testing"
)

func TestUnderstand(t *testing.T) {
	tests := []struct {
		answer string
		want   string
	}{
		{"您提交的材料不清晰，请重新提交。", "unclear"},
		{"材料 不 清 晰", "unclear"},
		{"现有材料无法证明您拥有该图片的权利", "insufficient"},
		{"所提交材料无法证明原创", "no-source"},
		{"授权书已过期，且未盖章。", "letter-invalid letter-expired"},
		{"替换图仍含有品牌标识", "still-violates"},
		{"超过申诉期限", "too-late"},
		{"缺少模特的肖像权证明", "incomplete"},
		{"缺少授权。请提供身份证明", ""},
		{"截图没有时间戳", "capture-undated"},
		{"申诉理由不充分", "boilerplate"},
		{"The evidence provided is NOT SUFFICIENT to prove ownership.", "insufficient"},
		{"The image is blurry and the letter isn’t notarized", "unclear foreign"},
		{"Please provide additional documents", "incomplete"},
		{"您的图片存在 ＡＩ生成 内容", "ai"},
		{"nonexpired", ""},
		{"谢谢您的来信", ""},
		{"", ""},
	}
	for _, tt := range tests {
		got, err := Understand(tt.answer)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, u := range got {
			ids = append(ids, u.ID)
			if len(u.Words) == 0 {
				t.Errorf("%s: %s without words", tt.answer, u.ID)
			}
		}
		if s := strings.Join(ids, " "); s != tt.want {
			t.Errorf("%q: got %q, want %q", tt.answer, s, tt.want)
		}
	}
}

func TestPhrases(t *testing.T) {
	all, err := Meanings()
	if err != nil {
		t.Fatal(err)
	}
	owner := map[string]string{}
	for _, m := range all {
		if m.Means.ZH == "" || m.Means.EN == "" || m.Look.ZH == "" || m.Look.EN == "" || len(m.Rules) == 0 || len(m.Items) == 0 || len(m.Sources) == 0 || len(m.ZH) == 0 || len(m.EN) == 0 {
			t.Errorf("%s is not complete", m.ID)
		}
		for _, p := range slices.Concat(m.ZH, m.EN) {
			if f := fold(p); owner[f] != "" && owner[f] != m.ID {
				t.Errorf("%q is in %s and in %s", p, owner[f], m.ID)
			} else {
				owner[f] = m.ID
			}
		}
	}
}

func TestParseResult(t *testing.T) {
	for s, want := range map[string]Result{"accepted": Accepted, "Refused": Rejected, "rejected": Rejected, "退回": Returned, " 驳回 ": Rejected} {
		if got, ok := ParseResult(s); !ok || got != want {
			t.Errorf("%q: %q", s, got)
		}
	}
	if _, ok := ParseResult("pending"); ok {
		t.Error("pending is no answer")
	}
}

func FuzzUnderstand(f *testing.F) {
	f.Add("材料不清晰，缺少  证明")
	f.Add("not\u00a0sufficient\r\n\xff")
	f.Add("缺少*证明。")
	f.Fuzz(func(t *testing.T, s string) {
		got, err := Understand(s)
		if err != nil {
			t.Fatal(err)
		}
		for _, u := range got {
			for _, w := range u.Words {
				if !strings.Contains(fold(s[:min(len(s), MaxWords)]), w) {
					t.Errorf("%q is not in %q", w, s)
				}
			}
		}
	})
}
