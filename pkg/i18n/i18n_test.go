package i18n

import (
	"reflect"
	"regexp"
	"slices"
	"testing"
	"unicode"

	"github.com/aecheck/aecheck/pkg/lang"
)

// TestComplete walks all texts of both languages: none is empty, placeholders
// agree, English holds no Chinese.
func TestComplete(t *testing.T) {
	zh, en := reflect.ValueOf(For(lang.ZH)), reflect.ValueOf(For(lang.EN))
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

func TestDetect(t *testing.T) {
	tests := []struct {
		env  map[string]string
		want lang.Lang
	}{
		{map[string]string{"LANG": "zh_CN.UTF-8"}, lang.ZH},
		{map[string]string{"LANG": "zh_TW.Big5"}, lang.ZH},
		{map[string]string{"LANG": "zh"}, lang.ZH},
		{map[string]string{"LANG": "zhx_XX"}, lang.EN},
		{map[string]string{"LANG": "de_DE.UTF-8"}, lang.EN},
		{map[string]string{"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, lang.EN},
		{map[string]string{"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, lang.ZH},
		{map[string]string{"LANG": "en_US.UTF-8", "LANGUAGE": "zh_CN:en"}, lang.ZH},
		{map[string]string{"LANG": "C", "LANGUAGE": "zh_CN"}, lang.EN},
		{map[string]string{"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, lang.EN},
		{map[string]string{"LANG": "Chinese (Simplified)_China.936"}, lang.ZH},
	}
	for _, tt := range tests {
		if got := Detect([]lang.Lang{lang.ZH, lang.EN}, func(k string) string { return tt.env[k] }); got != tt.want {
			t.Errorf("%v: got %s, want %s", tt.env, got, tt.want)
		}
	}
}
