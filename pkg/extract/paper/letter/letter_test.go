package letter

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/aecheck/aecheck/pkg/facts"
)

// read makes a one-page document of text, a line a line.
func read(text string) *facts.Document {
	d := &facts.Document{}
	for i, l := range strings.Split(strings.TrimSpace(text), "\n") {
		h := 30
		if i == 0 {
			h = 50
		}
		d.Text = append(d.Text, facts.DocLine{Page: 1, Text: l, Confidence: 1, Box: facts.Box{100, 100 + 60*i, 20 * len([]rune(l)), h}})
	}
	Read(d)
	return d
}

func ymd(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

func TestLetters(t *testing.T) {
	cases := []struct {
		name, text                          string
		kind, title, grantor, grantee       string
		starts, ends, signed                string
		open                                bool
		sub, legal                          string
		notarized                           bool
		lang                                string
		brand, registration, category, terr string
		grantorCountry                      string
	}{
		{
			name: "zh brand, labels", text: `品牌授权书
授权方:艾克美(上海)贸易有限公司
被授权方:深圳市示例科技有限公司
授权品牌:ACME 注册号:12345678
授权类目:服装、配饰
授权区域:全球
授权期限:自2025年1月1日起至2026年12月31日止。
未经授权方书面同意,被授权方不得转授权。
授权方(盖章):
日期:2024年12月20日`,
			kind: "brand", title: "品牌授权书", grantor: "艾克美(上海)贸易有限公司", grantee: "深圳市示例科技有限公司",
			starts: "2025-01-01", ends: "2026-12-31", signed: "2024-12-20", sub: "forbidden", legal: "none", lang: "zh",
			brand: "ACME", registration: "12345678", category: "服装", terr: "全球", grantorCountry: "CN",
		},
		{
			name: "zh, sentences and Chinese numerals", text: `授 权 书
兹授权深圳市示例科技有限公司在速卖通平台销售“ACME”品牌商品,
授权期限为两年,自签署之日起生效。被授权方有权转授权。
我司杭州原创设计有限公司对上述商标享有专用权。
杭州原创设计有限公司(公章)
二〇二五年三月二十一日`,
			kind: "brand", title: "授权书", grantor: "杭州原创设计有限公司", grantee: "深圳市示例科技有限公司",
			starts: "2025-03-21", ends: "2027-03-20", signed: "2025-03-21", sub: "allowed", legal: "none", lang: "zh", brand: "ACME", grantorCountry: "CN",
		},
		{
			name: "zh copyright, open", text: `图片著作权使用授权书
著作权人:张三
被许可人:深圳市示例科技有限公司
许可使用的权利:信息网络传播权、复制权
授权长期有效,直至书面撤销为止。
签署日期:2025/06/01`,
			kind: "copyright", title: "图片著作权使用授权书", grantor: "张三", grantee: "深圳市示例科技有限公司",
			signed: "2025-06-01", open: true, sub: "unstated", legal: "none", lang: "zh", grantorCountry: "CN",
		},
		{
			name: "zh portrait", text: `肖像权授权书
本人李四(身份证号:440301199001011234),同意将本人肖像授权给深圳市示例科技有限公司使用,
使用期限:2025.01.01-2027.12.31,地域:中国大陆及海外。
本人签字:李四
2025年1月1日`,
			kind: "portrait", title: "肖像权授权书", grantor: "李四", grantee: "深圳市示例科技有限公司",
			starts: "2025-01-01", ends: "2027-12-31", signed: "2025-01-01", sub: "unstated", legal: "none", lang: "zh", grantorCountry: "CN",
		},
		{
			name: "en brand", text: `LETTER OF AUTHORIZATION
We, ACME GmbH, a company organized under the laws of Germany, Hauptstrasse 1, Berlin,
hereby authorize Shenzhen Example Technology Co., Ltd. to sell and promote our products
bearing the trademark "ACME" (Reg. No. 012345678) on AliExpress.
Product category: apparel, accessories
Territory: worldwide
This authorization is valid from January 1, 2025 to December 31, 2026.
The authorized party may not sub-license the rights granted.
Signed on: December 20, 2024
Signature: ______ Hans Meier, Managing Director
Apostille (Convention de La Haye du 5 octobre 1961) No. 55
The signature above was notarized by Notary Public.`,
			kind: "brand", title: "LETTER OF AUTHORIZATION", grantor: "ACME GmbH", grantee: "Shenzhen Example Technology Co., Ltd",
			starts: "2025-01-01", ends: "2026-12-31", signed: "2024-12-20", sub: "forbidden", legal: "apostille", notarized: true, lang: "en",
			brand: "ACME", registration: "012345678", category: "apparel", terr: "worldwide", grantorCountry: "DE",
		},
		{
			name: "en labels, day first, until revoked", text: `Certificate of Authorization
Licensor: Bella Moda S.r.l., Via Roma 1, Milano, Italy
Licensee: Yiwu Sample Trading Co., Ltd
Brand: BELLA
Effective date: 15/03/2025
This certificate remains valid until revoked in writing.
The Licensee has the right to sub-license to its stores.
Date: 14/03/2025`,
			kind: "brand", title: "Certificate of Authorization", grantor: "Bella Moda S.r.l", grantee: "Yiwu Sample Trading Co., Ltd",
			starts: "2025-03-15", signed: "2025-03-14", open: true, sub: "allowed", legal: "none", lang: "en", brand: "BELLA", grantorCountry: "IT",
		},
		{
			name: "en model release, duration in words", text: `MODEL RELEASE FORM
I, Jane Doe, hereby grant to Shenzhen Example Technology Co., Ltd. the right to use my likeness
in photographs for commercial use for a period of two (2) years.
Signed this 1st day of March, 2025`,
			kind: "portrait", title: "MODEL RELEASE FORM", grantor: "Jane Doe", grantee: "Shenzhen Example Technology Co., Ltd",
			starts: "2025-03-01", ends: "2027-02-28", signed: "2025-03-01", sub: "unstated", legal: "none", lang: "en",
		},
		{
			name: "es", text: `CARTA DE AUTORIZACIÓN
Por la presente, la empresa Marca Sol S.L., Madrid, España, autoriza a Shenzhen Example Technology Co., Ltd. para vender los productos de la marca.
Válida desde el 1 de enero de 2025 hasta el 31 de diciembre de 2025.
Fecha: 20 de diciembre de 2024`,
			kind: "brand", title: "CARTA DE AUTORIZACIÓN", grantor: "Marca Sol S.L", grantorCountry: "ES", grantee: "Shenzhen Example Technology Co., Ltd",
			starts: "2025-01-01", ends: "2025-12-31", signed: "2024-12-20", sub: "unstated", legal: "none", lang: "es",
		},
		{
			name: "recognised with O for 0 and blanks", text: `品 牌 授 权 书
授权人: 广州某某服饰有限公司
被授权人: 深圳市示例科技有限公司
有效期:2O25 年 1 月 l 日 至 2O26 年 6 月 3O 日
本授权书经公证处公证,并办理领事认证。
签署日期:2024-12-31`,
			kind: "brand", title: "品牌授权书", grantor: "广州某某服饰有限公司", grantee: "深圳市示例科技有限公司",
			starts: "2025-01-01", ends: "2026-06-30", signed: "2024-12-31", sub: "unstated", legal: "consular", notarized: true, lang: "zh", grantorCountry: "CN",
		},
		{
			name: "commitment", text: `图片合规承诺书
致:速卖通平台
我司深圳市示例科技有限公司承诺所上传图片均为自有版权。
承诺单位(盖章):深圳市示例科技有限公司
法定代表人签字:
日期:2026年11月19日`,
			kind: "commitment", title: "图片合规承诺书", grantor: "深圳市示例科技有限公司", signed: "2026-11-19", sub: "unstated", legal: "none", lang: "zh", grantorCountry: "CN",
		},
		{
			name: "commitment letter in two languages", text: `Image Compliance Commitment Letter
图片合规承诺书
To / 致: AliExpress
We, 深圳市示例科技有限公司 (Store No. 1101234567), hereby undertake with regard to product 1005001234567890 that:
1. All pictures submitted are our own work or duly authorized. 所提交图片均为自有或已获授权。
Date 日期: 2026-11-19`,
			kind: "commitment", title: "Image Compliance Commitment Letter 图片合规承诺书", grantor: "深圳市示例科技有限公司", signed: "2026-11-19", sub: "unstated", legal: "none", lang: "en", grantorCountry: "CN",
		},
		{
			name: "AI licence", text: `AI Image Commercial Licence
Licensor: Midjourney, Inc.
Licensee: Shenzhen Example Technology Co., Ltd.
The licensee may use AI-generated images for commercial use worldwide.
Start date: 2025-02-01
End date: 2026-01-31`,
			kind: "ai_licence", title: "AI Image Commercial Licence", grantor: "Midjourney, Inc", grantee: "Shenzhen Example Technology Co., Ltd",
			starts: "2025-02-01", ends: "2026-01-31", sub: "unstated", legal: "none", lang: "en", terr: "worldwide", grantorCountry: "US",
		},
		{
			name: "not notarized", text: `授权书
授权方:甲公司
被授权方:乙公司
本授权书无需公证。长期有效。`,
			kind: "brand", title: "授权书", grantor: "甲公司", grantee: "乙公司", open: true, sub: "unstated", legal: "none", lang: "zh", grantorCountry: "CN",
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := read(c.text)
			check := func(what, got, want string) {
				t.Helper()
				if got != want {
					t.Errorf("%s: %q, want %q", what, got, want)
				}
			}
			check("kind", d.Kind, c.kind)
			check("title", d.Title, c.title)
			check("grantor", d.Grantor.Name, c.grantor)
			check("grantee", d.Grantee.Name, c.grantee)
			check("starts", ymd(d.Starts), c.starts)
			check("ends", ymd(d.Ends), c.ends)
			check("signed", ymd(d.SignedAt), c.signed)
			check("sublicense", d.Sublicense, c.sub)
			check("legalized", d.Legalized, c.legal)
			check("language", d.Language, c.lang)
			if d.OpenEnded != c.open {
				t.Errorf("open_ended: %v, want %v", d.OpenEnded, c.open)
			}
			if d.Notarized != c.notarized {
				t.Errorf("notarized: %v, want %v", d.Notarized, c.notarized)
			}
			has := func(what string, list []string, want string) {
				t.Helper()
				if want != "" && !inList(list, want) {
					t.Errorf("%s: %q lacks %q", what, list, want)
				}
			}
			has("brands", d.Brands, c.brand)
			has("registrations", d.Registrations, c.registration)
			has("categories", d.Categories, c.category)
			has("territory", d.Territory, c.terr)
			check("country", d.Grantor.Country, c.grantorCountry)
			if d.Grantor.Name != "" && d.Grantor.Page != 1 {
				t.Errorf("grantor without a place")
			}
		})
	}
}

func TestNotice(t *testing.T) {
	d := read(`违规详情
违规编号:WG20261118000123
商品ID:1005001234567890
违规类型:盗用他人图片
状态:已处罚
处罚生效时间:2026-11-18 09:30:00`)
	if d.Kind != "notice" || !inList(d.ViolationIDs, "WG20261118000123") || !inList(d.ProductIDs, "1005001234567890") ||
		!inList(d.States, "penalised") || !inList(d.ViolationTypes, "stolen_image") {
		t.Errorf("%q %q %q %q %q", d.Kind, d.ViolationIDs, d.ProductIDs, d.States, d.ViolationTypes)
	}
	if len(d.Timestamps) != 1 || d.Timestamps[0].At.Format(time.RFC3339) != "2026-11-18T09:30:00+08:00" || d.Timestamps[0].Role != "issued" {
		t.Errorf("timestamps %+v", d.Timestamps)
	}
}

// TestViolationIDs: IDs come in groups too; dates are none.
func TestViolationIDs(t *testing.T) {
	for text, want := range map[string]string{
		"违规编号:WG20261118000123":              "WG20261118000123",
		"违规ID\nIMG-2611-77120934":            "IMG-2611-77120934",
		"Violation ID: IMG-2511-40071288":    "IMG-2511-40071288",
		"Violation ID: AE-IMG-2026-00123":    "AE-IMG-2026-00123",
		"违规编号:2026-11-18 09:30":              "",
		"违规编号:12":                            "",
		"Penalty no. 4007128812\nProduct ID": "4007128812",
	} {
		d := read("违规详情\n" + text)
		if got := strings.Join(d.ViolationIDs, " "); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestNoticeScope reads what decides whether a notice can be appealed: beside
// its label, from badges and from text; "?" marks a reading that is never sure.
func TestNoticeScope(t *testing.T) {
	const page = "违规通知\n违规编号 WG20261118000123\n处罚生效时间 2026-11-18 09:30:00\n如有异议，请在处罚生效后 7 天内提交申诉。\n"
	for _, c := range []struct{ text, states, types, marketplaces, track string }{
		{page, "", "", "", ""},
		{page + "处理状态 已处罚", "penalised", "", "", ""},
		{page + "处理状态:\n待处罚", "pending", "", "", ""},
		{page + "违规状态:尚未处罚", "pending", "", "", ""},
		{page + "状态:已撤销", "lifted", "", "", ""},
		{page + "当前状态:已解除\n已处罚", "lifted", "", "", ""},
		{page + "处理结果:警告", "warning", "", "", ""},
		{page + "处理状态:处罚生效中(未解除)", "penalised", "", "", ""},
		{page + "申诉状态:审核中", "", "", "", ""},
		{page + "已处罚", "penalised", "", "", ""},
		{page + "已处罚\n已解除", "penalised? lifted?", "", "", ""},
		{page + "经复核,本次处罚已为您撤销", "", "", "", ""},
		{page + "经复核,该处罚已撤销。", "lifted?", "", "", ""},
		{"Violation notice\nPenalty status: Not yet effective", "pending", "", "", ""},
		{"Violation notice\nStatus: Revoked", "lifted", "", "", ""},
		{"Violation notice\nAppeal status: under review\nStatus: Penalised", "penalised", "", "", ""},
		{"Violation notice\nThe action was revoked in another case. The result is effective.", "", "", "", ""},
		{page + "违规类型:盗用他人图片", "", "stolen_image", "", ""},
		{page + "违规类型 销售假货", "", "other", "", ""},
		{page + "违规原因:禁限售商品", "", "other", "", ""},
		{page + "违规类型:展示违禁信息", "", "prohibited_information", "", ""},
		{page + "违规类型:图片侵权", "", "infringement", "", ""},
		{page + "Violation type: Counterfeit goods", "", "other", "", ""},
		{page + "水印、盗图均属违规", "", "stolen_image? watermark?", "", ""},
		{page + "本页也说明禁限售规则", "", "", "", ""},
		{page + "平台:Lazada", "", "", "lazada", ""},
		{"Lazada Seller Center\n" + page, "", "", "lazada", ""},
		{"Shopee 卖家中心\n" + page, "", "", "shopee", ""},
		{"Amazon\n" + page, "", "", "amazon?", ""},
		{page + "投诉链接 https://www.amazon.com/dp/B0 早于本店", "", "", "", ""},
		{"速卖通商家后台\n" + page + "平台:Amazon 链接仅供参考", "", "", "amazon aliexpress", ""},
		{page + "违规类型:知识产权投诉", "", "", "", "ip_complaint"},
		{"知识产权投诉通知\n" + page, "", "", "", "ip_complaint"},
		{page + "投诉方:ACME GmbH", "", "", "", "ip_complaint"},
		{page + "投诉方:无", "", "", "", ""},
		{"违规管理\n知识产权投诉\n" + page, "", "", "", "ip_complaint?"},
		{page + "您的商品因权利人投诉被处罚。", "", "", "", "ip_complaint?"},
	} {
		d := read(c.text)
		said := func(field string, values []string) string {
			var out []string
			for _, v := range values {
				for _, f := range d.Found {
					if f.Field == field && f.Value == v {
						if f.Confidence < 0.8 {
							v += "?"
						}
						break
					}
				}
				out = append(out, v)
			}
			return strings.Join(out, " ")
		}
		var track []string
		if d.Track != "" {
			track = []string{d.Track}
		}
		for _, f := range []struct{ what, got, want string }{
			{"states", said("states", d.States), c.states}, {"violation_types", said("violation_types", d.ViolationTypes), c.types},
			{"marketplaces", said("marketplaces", d.Marketplaces), c.marketplaces}, {"track", said("track", track), c.track},
		} {
			// Rows name what they are about; pages name other things too.
			if f.got != f.want && (f.want != "" || c.states+c.types+c.marketplaces+c.track == "") {
				t.Errorf("%q: %s %q, want %q", strings.TrimPrefix(c.text, page), f.what, f.got, f.want)
			}
		}
	}
}

// TestExceptionsAreNoCategories: what a letter leaves out of its goods is none of them.
func TestExceptionsAreNoCategories(t *testing.T) {
	for text, want := range map[string]string{
		"授权类目:家居用品、抱枕,不得用于其他类目":                      "家居用品|抱枕",
		"授权类目:服装(不含内衣)":                              "服装",
		"授权类目:女装、童装;但不包括鞋帽":                          "女装|童装",
		"Categories: apparel, shoes, excluding bags": "apparel|shoes",
		"授权类目:不锈钢制品、餐具":                              "不锈钢制品|餐具",
	} {
		if got := strings.Join(read("授权书\n"+text).Categories, "|"); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestValueBesideLabel: on a capture a value stands at the height of its label,
// whatever was read between.
func TestValueBesideLabel(t *testing.T) {
	d := &facts.Document{Text: []facts.DocLine{
		{Page: 1, Text: "违规通知", Confidence: 1, Box: facts.Box{300, 10, 200, 30}},
		{Page: 1, Text: "处理状态", Confidence: 1, Box: facts.Box{300, 100, 100, 24}},
		{Page: 1, Text: "违规类型", Confidence: 1, Box: facts.Box{300, 150, 100, 24}},
		{Page: 1, Text: "图片水印", Confidence: 1, Box: facts.Box{500, 151, 100, 24}},
		{Page: 1, Text: "已撤销", Confidence: 0.9, Box: facts.Box{500, 98, 80, 26}},
	}}
	Read(d)
	if !slices.Equal(d.States, []string{"lifted"}) || !slices.Equal(d.ViolationTypes, []string{"watermark"}) {
		t.Errorf("%q %q", d.States, d.ViolationTypes)
	}
}

// TestGluedWords: a foreign letter whose blanks were lost is in its language, and one in
// English with a foreign name or two is not.
func TestGluedWords(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"MirabeauNordSARL\nAutorisation de distribution et demarque\nLasocieteMirabeauNordSARL,titulairedelamarqueMIRABEAU(n°50933178),\nautorisepar lapresentela societeSuzhou Maitu OutdoorProductsCo.,Ltd.a\ncommercialiserlunettesdesoleilpolariseessurAliExpress\nDureedevalidite:du10juillet2025jusqu'au20decembre2027.\nACKNOWLEDGMENTBYNOTARY\nOn July 10, 2025, before me, the notary public, personally appeared the manager of the company", []string{"en", "fr"}},
		{"AUTORIZACIÓN\nPorlapresente,lasociedadEjemploS.L.,titulardelamarcaLANHAI,autorizaaShenzhenExampleCo.,Ltd.\nVigencia:desdeel1deenerode2026hastael31dediciembrede2027", []string{"es"}},
		{"LETTER OF AUTHORIZATION\nThe Societe Example SARL, owner of the mark, hereby authorizes the company and its agents to sell the products", []string{"en"}},
	} {
		d := read(c.text)
		got := slices.Clone(d.Languages)
		slices.Sort(got)
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: %v, want %v", c.text[:20], got, c.want)
		}
	}
}

// TestDeniedRights: a right is granted or withheld by the clause it stands in,
// in every language letters are read in.
func TestDeniedRights(t *testing.T) {
	const commercial = "commercial_use"
	for _, c := range []struct {
		text            string
		granted, denied bool
	}{
		{"许可用于商业用途", true, false},
		{"本授权允许商用", true, false},
		{"非独家授权,可用于商业用途", true, false},
		{"商业用途不受地域限制", true, false},
		{"不得转让,可商业使用", true, false},
		{"包括但不限于商业使用", true, false},
		{"不得超出授权范围用于其他商业用途", true, false},
		{"不得用于本协议约定以外的商业用途", true, false},
		{"The images shall not be used for commercial purposes other than those named.", true, false},
		{"本图片不得用于商业用途", false, true},
		{"未经书面同意不得将作品用于商业用途", false, true},
		{"仅限非商业用途", false, true},
		{"禁止商用", false, true},
		{"商业用途除外", false, true},
		{"商业使用:否", false, true},
		{"仅供个人学习使用", false, true},
		{"授权类型:编辑类授权(Editorial use only)", false, true},
		{"本图片仅限编辑用途", false, true},
		{"仅用于新闻报道", false, true},
		{"不得用于商品销售、广告及其他商业推广", false, true},
		{"For editorial purposes only.", false, true},
		{"Licensed exclusively for editorial use", false, true},
		{"Solo uso editorial", false, true},
		{"Usage éditorial uniquement", false, true},
		{"Nur für redaktionelle Nutzung", false, true},
		{"Editorial and commercial use allowed", true, false},
		{"可用于编辑用途和商业用途", true, false},
		{"不得用于线下实体广告", false, false},
		{"免费版不得用于商业用途。付费版可用于商业用途。", true, true},
		{"The licence covers commercial use.", true, false},
		{"A non-exclusive licence for commercial use", true, false},
		{"Use is not limited to commercial purposes.", true, false},
		{"Commercial use is not restricted.", true, false},
		{"You may use the images for commercial purposes without charge.", true, false},
		{"For non-commercial use only", false, true},
		{"The images may not be used for any commercial purpose.", false, true},
		{"Commercial use is prohibited.", false, true},
		{"commercialuseisstrictlyprohibited", false, true},
		{"Commercial use: not allowed", false, true},
		{"No commercial use.", false, true},
		{"This licence excludes commercial use.", false, true},
		{"For personal use only.", false, true},
		{"Licensed under CC BY-NC 4.0", false, true},
		{"Commercial use requires a separate licence.", false, true},
		{"Se permite el uso comercial.", true, false},
		{"No se permite el uso comercial.", false, true},
		{"Uso no comercial", false, true},
		{"L'usage commercial est autorisé.", true, false},
		{"Licence non exclusive, usage commercial compris", true, false},
		{"Tout usage commercial est interdit.", false, true},
		{"Usage non commercial uniquement", false, true},
		{"Die kommerzielle Nutzung ist gestattet.", true, false},
		{"Eine kommerzielle Nutzung ist nicht gestattet.", false, true},
		{"nicht-kommerzielle Nutzung", false, true},
		{"L'uso commerciale è vietato.", false, true},
		{"É proibido o uso comercial.", false, true},
		{"Коммерческое использование запрещено.", false, true},
		{"Коммерческое использование разрешено.", true, false},
	} {
		d := read("授权书\n" + c.text)
		if g, n := slices.Contains(d.Rights, commercial), slices.Contains(d.Denied, commercial); g != c.granted || n != c.denied {
			t.Errorf("%q: granted %v, denied %v", c.text, g, n)
		}
	}
	if d := read("授权书\n不得修改图片。可以销售,不得再生产。"); slices.Contains(d.Rights, "modify") || !slices.Contains(d.Denied, "modify") || !slices.Contains(d.Rights, "sell") || slices.Contains(d.Rights, "manufacture") {
		t.Errorf("rights %q, denied %q", d.Rights, d.Denied)
	}
}

// TestNextLabelIsNoName: a blank to be signed on is followed by the next label.
func TestNextLabelIsNoName(t *testing.T) {
	d := read("图片合规承诺书\n我方深圳市示例科技有限公司,作出如下承诺:\n承诺人(签字):\n单位(盖章):深圳市示例科技有限公司\n日期:2026年11月22日")
	if d.Grantor.Name != "深圳市示例科技有限公司" {
		t.Errorf("%q", d.Grantor.Name)
	}
}

// TestBoilerplate has statements of both sorts: assurances, and plain facts
// that share words with them.
func TestBoilerplate(t *testing.T) {
	for _, s := range []string{
		"我司高度重视此次违规,深表歉意。",
		"今后将严格遵守平台规则,杜绝此类事件再次发生。",
		"恳请平台再给我们一次机会。",
		"We attach great importance to this matter and are deeply sorry.",
		"It will not happen again, we promise.",
	} {
		if len(read(s).Boilerplate) == 0 {
			t.Errorf("not seen as boilerplate: %s", s)
		}
	}
	for _, s := range []string{
		"商品1005001234567890的主图由我司摄影师李四于2026年2月18日拍摄,原图为IMG_2001.JPG。",
		"违规图片已于2026年11月19日替换为重新拍摄的图片,全部SKU图同步更新。",
		"模特王某已签署肖像授权书,期限至2027年12月31日。",
		"The picture was taken on 18 February 2026 with a Canon EOS R6; the original file is IMG_2001.CR3.",
		"The listing was published on 2 March 2026, eight months before the complaint.",
	} {
		if b := read(s).Boilerplate; len(b) != 0 {
			t.Errorf("seen as boilerplate: %s: %+v", s, b)
		}
	}
}

func TestNumber(t *testing.T) {
	for s, want := range map[string]int{
		"2025": 2025, "2O25": 2025, "二〇二五": 2025, "十": 10, "十二": 12, "二十": 20, "二十一": 21, "三十一": 31, "廿一": 21, "l2": 12, "": -1, "x": -1, "两": 2,
	} {
		if got := number(s); got != want {
			t.Errorf("number(%q) = %d, want %d", s, got, want)
		}
	}
}

// TestReadBounded: text without end is read in pieces, to a bound, and that is told.
func TestReadBounded(t *testing.T) {
	grantee := "被授权方:深圳市示例科技有限公司\n"
	for _, tt := range []struct {
		name string
		text string
		all  bool
	}{
		{"a letter", grantee, true},
		{"sixty pages", strings.Repeat("The licensee shall pay within thirty days of the invoice date.\n", 60*40), true},
		{"one line without end", strings.Repeat("授", 4<<20/3), false},
		{"lines without end", strings.Repeat("a\n", 2*maxLines), false},
	} {
		d := facts.Document{}
		for line := range strings.Lines(grantee + tt.text) {
			d.Text = append(d.Text, facts.DocLine{Page: 1, Text: strings.TrimSpace(line), Confidence: 1})
		}
		if all := Read(&d); all != tt.all {
			t.Errorf("%s: read all: %v, want %v", tt.name, all, tt.all)
		}
		if d.Grantee.Name != "深圳市示例科技有限公司" {
			t.Errorf("%s: grantee %q", tt.name, d.Grantee.Name)
		}
		tx := newText(d.Text)
		if len(tx.flow) > maxText+maxLines {
			t.Errorf("%s: %d bytes read", tt.name, len(tx.flow))
		}
		for _, n := range tx.norm {
			if len(n) > 2*maxLine || !utf8.ValidString(n) {
				t.Errorf("%s: a piece of %d bytes", tt.name, len(n))
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("授权书\n授权方:甲有限公司\n被授权方:乙有限公司\n自2025年1月1日至2026年1月1日")
	f.Add("We, ACME GmbH, hereby authorize B Co., Ltd. from 1/2/2025 until revoked")
	f.Fuzz(func(t *testing.T, s string) {
		d := read(s)
		if d.Length < 0 || len(d.Found) > 200 {
			t.Fatal("out of bounds")
		}
	})
}

// TestRightsHolder: an agent's letter names who owns the right beside who
// grants.
func TestRightsHolder(t *testing.T) {
	for _, c := range []struct{ text, grantor, owner string }{
		{"品牌授权书\n授权方:艾克美贸易有限公司\n商标权人:ACME GmbH\n被授权方:深圳市示例科技有限公司", "艾克美贸易有限公司", "ACME GmbH"},
		{"品牌授权书\n商标权利人:甲乙丙实业有限公司\n授权方:艾克美贸易有限公司\n被授权方:深圳市示例科技有限公司", "艾克美贸易有限公司", "甲乙丙实业有限公司"},
		{"品牌授权书\n权利人:艾克美贸易有限公司\n被授权方:深圳市示例科技有限公司", "艾克美贸易有限公司", "艾克美贸易有限公司"},
		{"授权书\n我公司艾克美贸易有限公司系甲乙丙实业有限公司的独家代理商,现授权深圳市示例科技有限公司销售", "艾克美贸易有限公司", "甲乙丙实业有限公司"},
		{"LETTER OF AUTHORIZATION\nWe, Acme Trading Ltd, as authorized distributor of Acme Holding GmbH, hereby authorize Yiwu Sample Trading Co., Ltd. to sell the products.", "Acme Trading Ltd", "Acme Holding GmbH"},
		{"授权书\n授权方:艾克美贸易有限公司\n被授权方:深圳市示例科技有限公司", "艾克美贸易有限公司", ""},
	} {
		d := read(c.text)
		if d.Grantor.Name != c.grantor || d.RightsHolder.Name != c.owner {
			t.Errorf("%q: grantor %q, owner %q", c.text, d.Grantor.Name, d.RightsHolder.Name)
		}
	}
}

// TestNoticePlaces: what lies where on a notice or a form decides whose it is.
func TestNoticePlaces(t *testing.T) {
	placed := func(lines ...facts.DocLine) *facts.Document {
		d := &facts.Document{Text: lines, Pages: 1}
		Read(d)
		return d
	}
	at := func(x, y, w int, text string) facts.DocLine {
		return facts.DocLine{Page: 1, Text: text, Confidence: 1, Box: facts.Box{x, y, w, 20}}
	}
	broken := placed(
		at(250, 100, 300, "图片合规承诺书"), at(250, 450, 140, "违规编号"), at(550, 450, 266, "IV202611280009"), at(855, 450, 136, "商品编号"), at(1150, 450, 260, "10050084500719"),
		at(550, 478, 85, "5217"), at(1150, 478, 44, "23"), at(250, 520, 140, "整改说明"), at(550, 520, 300, "图片已更新"),
	)
	if got := strings.Join(append(slices.Clone(broken.ViolationIDs), broken.ProductIDs...), " "); got != "IV2026112800095217 1005008450071923" {
		t.Errorf("numbers broken over lines: %q", got)
	}
	steps := placed(
		at(57, 77, 89, "冒用品牌"), at(224, 83, 55, "已处罚"), at(1194, 76, 63, "处理进度"), at(56, 120, 61, "违规编号"), at(219, 120, 140, "IV2026112800095217"),
		at(1213, 126, 62, "处罚生效"), at(56, 151, 62, "商品编号"), at(218, 151, 130, "1005008450071923"), at(1214, 160, 39, "待处理"), at(1212, 176, 62, "申请恢复"),
	)
	if got := strings.Join(steps.States, " "); got != "penalised" {
		t.Errorf("states of steps: %q", got)
	}
	dialog := placed(at(57, 77, 89, "冒用品牌"), at(56, 120, 61, "违规编号"), at(219, 120, 140, "IV2026112800095217"), at(300, 400, 40, "确定"), at(400, 400, 40, "取消"))
	if len(dialog.States) > 0 {
		t.Errorf("a button is a state: %q", dialog.States)
	}
	first := placed(
		at(57, 121, 80, "Violation ID"), at(218, 121, 142, "IV2026113000163308"), at(56, 212, 53, "Reason"), at(217, 212, 296, "Image taken from another listing"),
		at(56, 240, 121, "Complainant first"), at(219, 241, 78, "2025-10-14"), at(57, 262, 71, "published"),
	)
	if first.Track != "" {
		t.Errorf("a label that goes on: %q", first.Track)
	}
}

// TestSignedDay: a labelled day of issue goes before one that fills a line, and one day in
// two languages is no range.
func TestSignedDay(t *testing.T) {
	d := read("品牌转授权书\n授权单位:杭州卓远品牌管理有限公司\n持品牌方2024年12\n月20日授权证书)\n期限:2026年1月1日至2027年12月31日\n签发日期:2025年12月25日")
	if got := d.SignedAt.Format("2006-01-02"); got != "2025-12-25" {
		t.Errorf("signed %s", got)
	}
	d = read("模特肖像使用许可\n期限:2026年9月3日至2030年9月2日。\n日期Date: 2026年9月3日/3 September2026")
	if len(d.Readings) > 0 || d.Ends.Format("2006-01-02") != "2030-09-02" {
		t.Errorf("ends %v, readings %+v", d.Ends, d.Readings)
	}
}
