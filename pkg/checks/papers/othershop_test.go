package papers

import (
	"testing"

	"github.com/aecheck/aecheck/pkg/facts"
)

// TestOtherShop: a letter that names another shop's ID is asked about; one that names
// ours besides, or numbers of another sort, is not.
func TestOtherShop(t *testing.T) {
	for text, want := range map[string]string{
		"深圳市示例科技有限公司（速卖通店铺ID：1109999999）":      "1109999999",
		"AliExpress Store No. 1109999999":      "1109999999",
		"店铺编号为AE-1109999999":                   "1109999999",
		"店铺ID：1101234567":                      "",
		"店铺ID：1109999999、店铺ID：1101234567":      "",
		"授权其在速卖通店铺销售，商品ID：1005001234567890":    "",
		"store opened in 2019, tel 1109999999": "",
		"店铺ID：11099":                           "",
	} {
		ev, ok := otherShop(&facts.Document{Text: []facts.DocLine{{Page: 1, Text: text}}}, "1101234567")
		got, _ := ev.Observed.(string)
		if got != want || ok != (want != "") {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if _, ok := otherShop(&facts.Document{Text: []facts.DocLine{{Text: "店铺ID：1109999999"}}}, ""); ok {
		t.Error("asked without an ID of ours")
	}
}
