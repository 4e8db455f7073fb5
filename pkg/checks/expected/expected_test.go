package expected

import (
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/facts"
)

const (
	shop   = "深圳市示例科技有限公司"
	shopEN = "Shenzhen Example Technology Co., Ltd."
)

// paper is a page of lines read with a confidence; 1 is a text layer.
func paper(confidence float64, lines ...string) *facts.Document {
	d := &facts.Document{TextSource: "recognised", Length: 200, Confidence: confidence}
	if confidence == 1 {
		d.TextSource = "text_layer"
	}
	for i, l := range lines {
		d.Text = append(d.Text, facts.DocLine{Page: 1, Text: l, Confidence: confidence, Box: facts.Box{100, 100 + 60*i, 800, 30}})
	}
	return d
}

// named adds a name read for a role beside a label on line i.
func named(d *facts.Document, role, name string, i int) *facts.Document {
	c := d.Confidence
	d.Parties = append(d.Parties, facts.DocNamed{Role: role, Name: name, Evidence: "label", Page: 1, Confidence: c, Weight: 1, Box: facts.Box{100, 100 + 60*i, 800, 30}})
	return d
}

func TestCandidates(t *testing.T) {
	for _, c := range []struct {
		read       string
		confidence float64
		want       Standing
	}{
		// the name
		{"深圳市示例科技有限公司", 0.9, Found},
		{"深圳市示例科技有限责任公司", 1, Found},
		{"深 圳 市 示 例 科 技 有 限 公 司", 0.9, Found},
		{"深圳市示例行技有限公司", 0.9, Found},
		{"深训市示例科技有很公司", 0.9, Found},
		{"SHENZHEN EXAMPLE TECHNOLOGY CO.,LTD", 0.9, Found},
		{"Shenzhen Examp1e Techno1ogy Co., Ltd.", 0.9, Found},
		{"ShenzhenExampleTechnologyCo.,Ltd.", 0.9, Found},
		// stumps
		{"深圳", 0.9, Unreadable},
		{"深圳市示", 0.5, Unreadable},
		{"例科技有限公司", 0.9, Unreadable},
		{"深圳于示例料技", 0.7, Unreadable},
		{"Shenzhen Exam", 0.9, Unreadable},
		{"示例科技", 1, Unreadable},
		// hard negatives: never found
		{"深圳市示例服饰有限公司", 1, Contradicted},
		{"深圳市示列科技有限公司", 1, Contradicted},
		{"深圳市示列科技有限公司", 0.95, Unclear},
		{"深圳市示例科技股份有限公司", 1, Unclear},
		{"深圳市示例科技有限公司广州分公司", 1, Unclear},
		{"广州市示例科技有限公司", 0.95, Contradicted},
		{"广州市示例科技有限公司", 0.85, Unclear},
		// others
		{"义乌市别家电子商务商行", 0.9, Contradicted},
		{"义乌市别家电子商务商行", 0.7, Unclear},
		{"Yiwu Sample Trading Co., Ltd.", 0.95, Contradicted},
		{"王小明", 0.95, Unclear},
		{"苏州于", 0.6, Unreadable},
		{"苏州", 0.95, Unclear},
	} {
		d := named(paper(c.confidence, "授权书"), Grantee, c.read, 1)
		if got := Party(d, Grantee, shop, shopEN); got.Standing != c.want {
			t.Errorf("%q at %v: %d, want %d", c.read, c.confidence, got.Standing, c.want)
		}
	}
}

// TestHardNegatives are names of one character, one word or one digit apart:
// none is ever found for the other.
func TestHardNegatives(t *testing.T) {
	pairs := [][2]string{
		{"杭州云裳服饰有限公司", "杭州云裳服装有限公司"},
		{"深圳市星河科技有限公司", "深圳市星海科技有限公司"},
		{"北京晨光文化有限公司", "上海晨光文化有限公司"},
		{"广州明月贸易有限公司", "广州明月贸易股份有限公司"},
		{"义乌市一二三百货商行", "义乌市一二四百货商行"},
		{"Acme Trading 21 Ltd", "Acme Trading 22 Ltd"},
		{"Acme Trading Ltd", "Acme Training Ltd"},
		{"Acme GmbH", "Super Acme GmbH"},
		{"李四", "李四光"},
		{"张三", "张二"},
	}
	for _, p := range pairs {
		for _, pair := range [][2]string{p, {p[1], p[0]}} {
			for _, confidence := range []float64{0.85, 0.97, 1} {
				d := named(paper(confidence, "被授权方:"+pair[0]), Grantee, pair[0], 0)
				if got := Party(d, Grantee, pair[1]); got.Standing == Found {
					t.Errorf("%q found for %q at %v", pair[0], pair[1], confidence)
				}
				d.Parties = nil
				if got := Party(d, Grantee, pair[1]); got.Standing == Found {
					t.Errorf("%q found for %q on the page", pair[0], pair[1])
				}
			}
		}
	}
}

func TestOnPage(t *testing.T) {
	for name, c := range map[string]struct {
		d    *facts.Document
		want Standing
	}{
		"in a sentence":            {paper(0.9, "授权书", "兹授权深圳市示例科技有限公司在平台销售"), Found},
		"over a line's end":        {paper(0.9, "授权书", "兹授权深圳市示例", "科技有限公司在平台销售"), Found},
		"over a line's end, EN":    {paper(0.9, "hereby authorize Shenzhen Example", "Technology Co., Ltd. to sell"), Found},
		"full width":               {paper(1, "兹授权ＳＨＥＮＺＨＥＮ　Example Technology Co．，Ltd．"), Found},
		"traditional":              {paper(0.9, "茲授權深圳市示例科技有限公司"), Found},
		"a branch":                 {paper(0.9, "兹授权深圳市示例科技有限公司广州分公司销售"), Absent},
		"part of a longer name":    {paper(0.9, "兹授权大深圳市示例科技有限公司"), Absent},
		"nothing":                  {paper(0.9, "授权书", "兹授权乙方销售"), Absent},
		"hardly read":              {&facts.Document{TextSource: "recognised", Length: 12, Confidence: 0.8}, Unreadable},
		"badly read":               {&facts.Document{TextSource: "recognised", Length: 400, Confidence: 0.4}, Unreadable},
		"a stump beside, on page":  {named(paper(0.9, "被授权方:深圳", "致深圳市示例科技有限公司"), Grantee, "深圳", 0), Found},
		"in the other role":        {named(paper(0.9, "授权方:深圳市示例科技有限公司"), Grantor, shop, 0), Absent},
		"another where it belongs": {named(paper(1, "被授权方:义乌市别家电子商务商行", "店铺:深圳市示例科技有限公司"), Grantee, "义乌市别家电子商务商行", 0), Unclear},
	} {
		if got := Party(c.d, Grantee, shop, shopEN); got.Standing != c.want {
			t.Errorf("%s: %d, want %d", name, got.Standing, c.want)
		}
	}
}

// TestSealed: what lies under a seal contradicts nothing, and a ring names who
// put the seal.
func TestSealed(t *testing.T) {
	under := func(name, ring string) *facts.Document {
		d := named(paper(0.95, "授权书"), Grantor, name, 5)
		d.Seals = []facts.Seal{{Page: 1, Box: facts.Box{300, 380, 200, 200}, Text: ring}}
		return d
	}
	for _, c := range []struct {
		read, ring string
		want       Standing
	}{
		{"深圳", "", Unreadable},
		{"义乌市别家电子商务商行", "", Unclear},
		{"苏州于", "上深圳市示例科技有很公司", Found},
		{"苏州于", "深圳市示例服饰有限公司", Unreadable},
		{"深圳市示例科技有限公司", "", Found},
	} {
		if got := Party(under(c.read, c.ring), Grantor, shop); got.Standing != c.want {
			t.Errorf("%q under %q: %d, want %d", c.read, c.ring, got.Standing, c.want)
		}
	}
}

// TestScripts: a name in one script says nothing against one in another, as
// where store.name has no Chinese name.
func TestScripts(t *testing.T) {
	d := named(paper(1, "被授权方:义乌市别家电子商务商行"), Grantee, "义乌市别家电子商务商行", 0)
	if got := Party(d, Grantee, "", shopEN); got.Standing != Unclear {
		t.Errorf("got %d", got.Standing)
	}
	if got := Party(d, Grantee); got.Standing != Absent {
		t.Errorf("nothing expected: %d", got.Standing)
	}
}

func TestTables(t *testing.T) {
	f := newFolder()
	for _, group := range confused {
		rs := []rune(group)
		for _, r := range rs {
			if !f.alike(r, rs[0]) {
				t.Errorf("%q and %q of one group are not alike", r, rs[0])
			}
		}
	}
	for _, pair := range []string{"饰装", "12", "河海", "服眠"} {
		rs := []rune(pair)
		if f.alike(rs[0], rs[1]) {
			t.Errorf("%q and %q are alike", rs[0], rs[1])
		}
	}
}

func FuzzParty(f *testing.F) {
	f.Add("授权书\n兹授权深圳市示例\n科技有限公司", shop, "深圳")
	f.Add("We, ACME GmbH", "Acme GmbH", "İ\u0301 Ltd")
	f.Fuzz(func(t *testing.T, page, want, read string) {
		d := named(paper(0.9, strings.Split(page, "\n")...), Grantor, read, 0)
		a := Party(d, Grantor, want)
		if a.Standing < Absent || a.Standing > Found {
			t.Fatal("no answer")
		}
		if a.Standing == Contradicted && a.Name == "" {
			t.Fatal("contradicted by nothing")
		}
	})
}

func BenchmarkParty(b *testing.B) {
	var lines []string
	for range maxLines {
		lines = append(lines, "被授权方有权在速卖通平台使用授权方的商标和图片深圳市示例销售本合同约定的商品")
	}
	d := paper(0.9, lines...)
	for b.Loop() {
		Party(d, Grantee, shop, shopEN)
	}
}

// TestRomanised: one company's names in two scripts, and two companies'.
func TestRomanised(t *testing.T) {
	for _, c := range []struct {
		read, want string
		found      bool
	}{
		{"Wenzhou Xinglan Trading Co., Ltd", "温州星澜贸易有限公司", true},
		{"Jingdezhen Yuanda Technology Co., Ltd", "景德镇市源达科技股份有限公司", true},
		{"XIAMEN JIAHE TRADING CO LTD", "厦门佳和商贸有限公司", true},
		{"ChengduQianxun Household Co., Ltd", "成都千寻家居用品有限公司", true},
		{"温州星澜贸易有限公司", "Wenzhou Xinglan Trading Co., Ltd.", true},
		{"FuzhouTianyueDailyGoodsCo.,Ltd", "福州天悦日用品有限公司", true},
		{"Wenzhou Xinghai Trading Co., Ltd", "温州星澜贸易有限公司", false},
		{"Hangzhou Xinglan Trading Co., Ltd", "温州星澜贸易有限公司", false},
		{"Wenzhou Xingland Trading Co., Ltd", "温州星澜贸易有限公司", false},
		{"Wenzhou Trading Co., Ltd", "温州星澜贸易有限公司", false},
		{"Starwave Trading Co., Ltd", "温州星澜贸易有限公司", false},
		{"Acme GmbH", "温州星澜贸易有限公司", false},
	} {
		d := named(paper(0.95, "授权书"), Grantee, c.read, 0)
		if got := Party(d, Grantee, c.want); (got.Standing == Found) != c.found || got.Standing == Contradicted {
			t.Errorf("%s for %s: %d", c.read, c.want, got.Standing)
		}
	}
}

// TestTwoScripts: a paper that names the shop in one language and somebody else in
// the other.
func TestTwoScripts(t *testing.T) {
	const zh, en = "东莞市晨曜进出口有限公司", "Dongguan Chenyao Import & Export Co., Ltd."
	for _, c := range []struct {
		name     string
		zh, en   string
		seal     string
		expected []string
		want     Standing
	}{
		{"both the shop's", zh, en, "", []string{zh, en}, Found},
		{"another in Chinese", "宁波恒润进出口有限公司", en, "", []string{zh, en}, Unclear},
		{"another in Chinese, and its seal", "宁波恒润进出口有限公司", en, "宁波恒润进出口有限公司", []string{zh, en}, Contradicted},
		{"another in Chinese, the shop's seal", "宁波恒润进出口有限公司", en, zh, []string{zh, en}, Unclear},
		{"no Chinese name is expected", "宁波恒润进出口有限公司", en, "", []string{en}, Found},
		{"a stump in Chinese", "东莞市晨", en, "", []string{zh, en}, Found},
		{"another in English", zh, "Ningbo Hengrun Imports Co., Ltd.", "", []string{zh, en}, Unclear},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := named(named(paper(0.97, c.zh, c.en), Grantor, c.en, 1), Grantor, c.zh, 0)
			if c.seal != "" {
				d.Seals = []facts.Seal{{Page: 1, Text: c.seal, Confidence: 0.9}}
			}
			if got := Party(d, Grantor, c.expected...); got.Standing != c.want {
				t.Errorf("%+v, want %d", got, c.want)
			}
		})
	}
}

func TestInChina(t *testing.T) {
	for name, want := range map[string]bool{
		"Chaozhou Xinglan Household Products Co., Ltd.": true, "QuanzhouLejuE-commerceCo.,Ltd": true, "XIAMEN JIAHE TRADING CO LTD": true, "Jingdezhen Yuanda Limited": true,
		"Xi'an Leju Company Limited": true, "Jinsui (Wuhan) Household Products Co.,Ltd": true, "Bluefield Tableware Ltd": false, "Kestrel Ceramics LLC": false, "Daliana Foods Co., Ltd": false, "Hangzhou GmbH": false,
		"温州星澜贸易有限公司": false, "": false, "Ltd": false,
	} {
		if got := InChina(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}

func TestLegible(t *testing.T) {
	for name, want := range map[string]bool{
		"二义乌市格林进出口股份有限公司": true, "福州博远陶瓷股份有限公司": true, "北京中导开源科技股份有限公司": true, "上深圳市示例科技有限公司": true,
		"广温州博远供应链管理有限公司公": true, "990号乌市新科电子商务股份有限公司Z1Z99": true, "上广湖械市莲工之最有限公司公司": false, "飞限工专厨具": false, "有限公司": false, "深圳": false, "ACME GmbH": false, "": false,
	} {
		if got := Legible(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}

func TestDistinctive(t *testing.T) {
	for name, want := range map[string]string{
		"金穗（厦门）科技有限公司":      "金穗",
		"苏州星澜科技股份有限公司":      "星澜",
		"深圳市示例网络科技有限公司":     "示例",
		"佛山市新科日用品有限公司":      "新科",
		"温州鼎盛饰品工作室":         "鼎盛",
		"义乌市海棠文化传媒股份有限公司":   "海棠",
		"苏州电子商务股份有限公司公":     "",
		"Bella Moda S.r.l.": "bellamoda",
	} {
		if got := string(Distinctive(name)); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// TestDiffers: a ring beside a name in Latin letters.
func TestDiffers(t *testing.T) {
	for _, c := range []struct {
		han, latin string
		want       bool
	}{
		{"潮州市禾木工艺品有限责任公司", "Chaozhou Xinglan Import and Export Co., Ltd", true},
		{"州市禾木工艺品有限责任公司", "Chaozhou Xinglan Import and Export Co., Ltd", true},
		{"佛山市乐居陶瓷工作室", "Chaozhou Xinglan Import and Export Co., Ltd", true},
		{"潮州市星澜进出口有限公司", "Chaozhou Xinglan Import and Export Co., Ltd", false},
		{"潮州市里澜进出口有限公司", "Chaozhou Xinglan Import and Export Co., Ltd", false}, // one character misread
		{"佛山市金穗文化传媒股份有限公司", "Foshan Golden Wheat Culture Media Co., Ltd.", false},
		{"深圳市云帆服饰有限公司", "Shenzhen Sunshine Apparel Co., Ltd.", false},
		{"深圳市云帆服饰有限公司", "ACME GmbH", false},
		{"深圳市云帆服饰有限公司", "Yunfan Apparel (Shenzhen) Co., Ltd.", false},
		{"深圳市云帆服饰有限公司", "深圳市星澜服饰有限公司", false},
		{"重庆长乐商贸有限公司", "Chongqing Changle Trade Co., Ltd.", false},
		{"", "Chaozhou Xinglan Co., Ltd", false},
	} {
		if got := Differs(c.han, c.latin); got != c.want {
			t.Errorf("%s, %s: %v", c.han, c.latin, got)
		}
	}
}
