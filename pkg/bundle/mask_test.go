package bundle

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/aecheck/aecheck/pkg/edits"
	"github.com/aecheck/aecheck/pkg/facts"
)

func TestTextIsMaskedAlike(t *testing.T) {
	m := NewMasker(1)
	same, other := m.text("深圳市云帆服饰有限公司"), m.text("深圳市云帆服装有限公司")
	if same != m.text("深圳市云帆服饰有限公司") {
		t.Error("one name masked in two ways")
	}
	for _, name := range []string{same, other} {
		if !strings.HasSuffix(name, "有限公司") || utf8.RuneCountInString(name) != 11 || strings.ContainsAny(name, "深圳云帆服") {
			t.Errorf("%q", name)
		}
	}
	if d := edits.Distance([]rune(same), []rune(other)); d != 1 {
		t.Errorf("%d characters differ, want 1", d)
	}
	for text, want := range map[string]string{"": "", "授权书": "授权书", "AE-": "AE-", "(…)": "(…)"} {
		if got := m.text(text); got != want {
			t.Errorf("%q becomes %q", text, got)
		}
	}
	if got := m.text("Brandt & Söhne GmbH, 13800138000"); !strings.HasSuffix(strings.Split(got, ",")[0], " GmbH") || strings.Contains(got, "Brandt") || strings.Contains(got, "138") && strings.Contains(got, "001") {
		t.Errorf("%q", got)
	}
	if m.text("AB") == NewMasker(2).text("AB") && m.text("CDE") == NewMasker(2).text("CDE") {
		t.Error("two keys mask alike")
	}
}

func FuzzMask(f *testing.F) {
	f.Add("深圳市 Example Co., Ltd. 授权\xff书")
	f.Add("ǅ\u0301 AE-123 ıŁ")
	f.Fuzz(func(t *testing.T, s string) {
		m := NewMasker(7)
		got := m.text(s)
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) != utf8.RuneCountInString(s) {
			t.Errorf("%q becomes %q", s, got)
		}
	})
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"schema_version":1,"rule":"AE203","case":{"path":"."}}`))
	f.Add([]byte(`{}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if b, err := Decode(data); err == nil && b.Rule == "" {
			t.Error("a bundle of no rule")
		}
	})
}

// TestFolderNamesAreMasked: what the folder of a case is called may be a client's name.
func TestFolderNamesAreMasked(t *testing.T) {
	c := &facts.Case{Name: "王五服饰-误判申诉", Path: "clients/王五服饰-误判申诉"}
	NewMasker(1).Case(c, "")
	data, err := facts.EncodeCase(c)
	if err != nil || bytes.Contains(data, []byte("王五")) {
		t.Errorf("%s, %v", data, err)
	}
}
