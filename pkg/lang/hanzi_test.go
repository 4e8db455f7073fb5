package lang

import (
	"strings"
	"testing"
)

func TestSimplified(t *testing.T) {
	if a, b := len([]rune(traditional)), len([]rune(simplified)); a != b {
		t.Fatalf("%d traditional characters for %d simplified ones", a, b)
	}
	for from, to := range map[string]string{
		"茲授權永泰（香港）貿易有限公司": "兹授权永泰（香港）贸易有限公司", "深圳市示例科技有限公司": "深圳市示例科技有限公司", "授權書 ACME": "授权书 ACME", "廣東東莞寶龍電子廠": "广东东莞宝龙电子厂",
	} {
		if got := strings.Map(Simplified, from); got != to {
			t.Errorf("%s: %s, want %s", from, got, to)
		}
	}
}
