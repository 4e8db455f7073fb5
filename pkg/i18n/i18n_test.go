package i18n

import (
	"reflect"
	"regexp"
	"slices"
	"testing"
	"unicode"
)

// TestComplete walks all texts of both languages: none is empty, placeholders
// agree, English holds no Chinese.
func TestComplete(t *testing.T) {
	zh, en := reflect.ValueOf(For(ZH)), reflect.ValueOf(For(EN))
	count := 0
	for g := range zh.NumField() {
		group := zh.Type().Field(g).Name
		for i := range zh.Field(g).NumField() {
			name := group + "." + zh.Field(g).Type().Field(i).Name
			a, b := zh.Field(g).Field(i).String(), en.Field(g).Field(i).String()
			count++
			if a == "" || b == "" {
				t.Errorf("%s: zh %q, en %q", name, a, b)
			}
			if pa, pb := placeholders(a), placeholders(b); !slices.Equal(pa, pb) {
				t.Errorf("%s: placeholders %v in zh, %v in en", name, pa, pb)
			}
			for _, r := range b {
				if unicode.Is(unicode.Han, r) {
					t.Errorf("%s: Chinese in English: %q", name, b)
					break
				}
			}
		}
	}
	if count < 50 {
		t.Errorf("only %d texts seen: the walk is broken", count)
	}
}

func placeholders(s string) []string {
	found := regexp.MustCompile(`\{\w+\}`).FindAllString(s, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func TestFill(t *testing.T) {
	if got := Fill("{a} and {b}", "a", "{b}", "b", 2); got != "{b} and 2" {
		t.Errorf("got %q", got)
	}
	if got := Fill("{kept}"); got != "{kept}" {
		t.Errorf("got %q", got)
	}
}

func TestCount(t *testing.T) {
	for n, want := range map[int]string{0: "0 files", 1: "1 file", 2: "2 files"} {
		if got := Count("{n} file|{n} files", n); got != want {
			t.Errorf("%d: got %q, want %q", n, got, want)
		}
	}
	if got := Count("{n} 个文件", 2); got != "2 个文件" {
		t.Errorf("got %q", got)
	}
}

func TestDetect(t *testing.T) {
	tests := []struct {
		env  map[string]string
		want Lang
	}{
		{map[string]string{"LANG": "zh_CN.UTF-8"}, ZH},
		{map[string]string{"LANG": "zh_TW.Big5"}, ZH},
		{map[string]string{"LANG": "zh"}, ZH},
		{map[string]string{"LANG": "zhx_XX"}, EN},
		{map[string]string{"LANG": "de_DE.UTF-8"}, EN},
		{map[string]string{"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, EN},
		{map[string]string{"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, ZH},
		{map[string]string{"LANG": "en_US.UTF-8", "LANGUAGE": "zh_CN:en"}, ZH},
		{map[string]string{"LANG": "C", "LANGUAGE": "zh_CN"}, EN},
		{map[string]string{"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, EN},
		{map[string]string{"LANG": "Chinese (Simplified)_China.936"}, ZH},
	}
	for _, tt := range tests {
		if got := Detect(func(k string) string { return tt.env[k] }); got != tt.want {
			t.Errorf("%v: got %s, want %s", tt.env, got, tt.want)
		}
	}
}

func TestParseLang(t *testing.T) {
	if l, err := ParseLang("zh"); l != ZH || err != nil {
		t.Errorf("got %q, %v", l, err)
	}
	if _, err := ParseLang("fr"); err == nil {
		t.Error("fr accepted")
	}
}
