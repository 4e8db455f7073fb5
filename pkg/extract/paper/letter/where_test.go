package letter

import (
	"slices"
	"strings"
	"testing"
)

// TestWhere reads territories and platforms, and texts that name places and
// marketplaces without granting anything there.
func TestWhere(t *testing.T) {
	const head = "品牌授权书\n授权方:艾克美贸易有限公司\n被授权方:深圳市示例科技有限公司\n"
	for _, c := range []struct{ text, territory, platforms string }{
		{"授权区域:全球", "全球", ""},
		{"授权区域\n全球", "全球", ""},
		{"授权区域:中华人民共和国境内(不含港澳台)", "中华人民共和国境内(不含港澳台)", ""},
		{"三、授权地域\n中国大陆", "中国大陆", ""},
		{"销售区域(国家):西班牙、法国", "西班牙|法国", ""},
		{"被授权方可在全球范围内销售", "worldwide", ""},
		{"我司是全球领先的品牌商", "", ""},
		{"在全球速卖通平台销售", "", "aliexpress"},
		{"仅限在中国大陆境内销售", "CN", ""},
		{"在中国境内及海外销售", "", ""},
		{"艾克美是一家在中国境内注册成立的公司", "", ""},
		{"本授权适用中国境内法律", "", ""},
		{"授权平台:亚马逊", "", "amazon"},
		{"授权平台\n亚马逊", "", "amazon"},
		{"授权渠道:淘宝、天猫", "", "taobao|tmall"},
		{"销售平台:亚马逊、速卖通等跨境电商平台", "", "aliexpress|amazon|any"},
		{"授权平台:全平台", "", "any"},
		{"授权平台:不限", "", "any"},
		{"兹授权其在亚马逊平台销售LANHAI商品", "", "amazon"},
		{"兹授权其在亚马逊、速卖通平台销售", "", "amazon|aliexpress"},
		{"可在亚马逊等电商平台销售", "", "amazon|any"},
		{"不得在亚马逊平台销售", "", ""},
		{"艾克美在亚马逊设有旗舰店", "", ""},
		{"授权平台:亚马逊\n授权内容包括但不限于使用商标", "", "amazon"},
		{"Territory: worldwide\nPlatform: Amazon", "worldwide", "amazon"},
		{"We authorize them to sell our products on Amazon and eBay only.", "", "amazon|ebay"},
		{"They may sell on any online platform, including but not limited to Amazon.", "", "amazon|any"},
		{"to sell our products within mainland China", "CN", ""},
		{"2. The territory of this authorization is mainland China only.\n3. It is not transferable.", "mainland China only", ""},
		{"The territory of this licence shall be France and Spain.", "France and Spain", ""},
		{"授权区域仅限于中国大陆。", "中国大陆", ""},
		{"appoints the Party to market and sell\nhiking backpacks on Amazon.com only and to use the mark.", "", "amazon"},
		{"a company registered in China and authorised to sell", "", ""},
	} {
		d := read(head + c.text)
		list := func(s string) []string {
			if s == "" {
				return nil
			}
			return strings.Split(s, "|")
		}
		same := func(got, want []string) bool {
			got, want = slices.Clone(got), slices.Clone(want)
			slices.Sort(got)
			slices.Sort(want)
			return slices.Equal(got, want)
		}
		if !same(d.Territory, list(c.territory)) || !same(d.Platforms, list(c.platforms)) {
			t.Errorf("%q: territory %q, platforms %q", c.text, d.Territory, d.Platforms)
		}
	}
}
