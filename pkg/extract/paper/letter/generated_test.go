package letter

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/aecheck/aecheck/pkg/lang"
)

// made is a letter that we made up, with what it says.
type made struct {
	layout, text         string
	grantor, grantee     string
	starts, ends, signed time.Time
	open                 bool
	sub                  string
	foreign              bool
}

var (
	zhGrantors = []string{"杭州原创设计有限公司", "艾克美(上海)贸易有限公司", "广州市白云区锦绣服饰厂", "宁波远洋品牌管理股份有限公司", "北京星辰文化传媒集团有限公司"}
	zhGrantees = []string{"深圳市示例科技有限公司", "义乌市样品电子商务商行", "福建省泉州市海拓进出口有限责任公司", "东莞市小样工作室"}
	enGrantors = []string{"ACME GmbH", "Bella Moda S.r.l.", "Northwind Traders Inc.", "Fabrikam Outdoor Ltd.", "Maison Claire S.A.S.", "Contoso Brands LLC"}
	enGrantees = []string{"Shenzhen Example Technology Co., Ltd.", "Yiwu Sample Trading Company Limited", "Quanzhou Haituo Import & Export Co., Ltd."}
)

// Ways of writing a date.
var (
	zhDates = []func(time.Time) string{
		func(t time.Time) string { return t.Format("2006年1月2日") },
		func(t time.Time) string { return t.Format("2006 年 01 月 02 日") },
		func(t time.Time) string { return t.Format("2006-01-02") },
		func(t time.Time) string { return t.Format("2006/1/2") },
		func(t time.Time) string { return t.Format("2006.01.02") },
		func(t time.Time) string { return hanDate(t) },
	}
	enDates = []func(time.Time) string{
		func(t time.Time) string { return t.Format("January 2, 2006") },
		func(t time.Time) string { return t.Format("2 January 2006") },
		func(t time.Time) string { return t.Format("Jan. 2, 2006") },
		func(t time.Time) string { return t.Format("2006-01-02") },
		func(t time.Time) string {
			return fmt.Sprintf("the %d%s day of %s", t.Day(), ordinal(t.Day()), t.Format("January, 2006"))
		},
		func(t time.Time) string {
			return fmt.Sprintf("%d%s of %s", t.Day(), ordinal(t.Day()), t.Format("January 2006"))
		},
		func(t time.Time) string { return strings.ToUpper(t.Format("02-Jan-2006")) },
	}
)

func ordinal(d int) string {
	switch {
	case d%10 == 1 && d != 11:
		return "st"
	case d%10 == 2 && d != 12:
		return "nd"
	case d%10 == 3 && d != 13:
		return "rd"
	}
	return "th"
}

// hanDate writes 二〇二五年三月二十一日.
func hanDate(t time.Time) string {
	const digits = "〇一二三四五六七八九"
	rs := []rune(digits)
	small := func(n int) string {
		switch {
		case n < 10:
			return string(rs[n])
		case n == 10:
			return "十"
		case n < 20:
			return "十" + string(rs[n%10])
		case n%10 == 0:
			return string(rs[n/10]) + "十"
		}
		return string(rs[n/10]) + "十" + string(rs[n%10])
	}
	year := ""
	for _, c := range t.Format("2006") {
		year += string(rs[c-'0'])
	}
	return year + "年" + small(int(t.Month())) + "月" + small(t.Day()) + "日"
}

// Layouts. {O} grantor, {E} grantee, {A} first day, {Z} last day, {S} date of
// signature, {U} words on sub-licensing, {T} the term.
var zhLayouts = []string{
	"品牌授权书\n授权方:{O}\n被授权方:{E}\n一、授权内容:在速卖通销售并使用“LANHAI”品牌商品图片。\n二、授权期限:{T}\n三、{U}\n授权方(盖章):{O}\n日期:{S}",
	"授权书\n致:速卖通平台\n兹授权{E}在贵平台销售我司“LANHAI”品牌产品。\n有效期:{T}\n{U}\n特此授权!\n{O}(公章)\n{S}",
	"商标使用许可授权书\n甲方(许可方):{O}\n乙方(被许可方):{E}\n甲方许可乙方使用第12345678号商标,许可期限{T}\n{U}\n甲方(签章)        乙方(签章)\n签订日期:{S}",
	"授权证明\n{O}(以下简称“授权人”)现授权{E}(以下简称“被授权人”)使用其享有著作权的产品图片。\n授权有效期:{T}\n{U}\n授权人盖章:\n签署日期:{S}",
	"授 权 委 托 书\n委托单位:{O}\n受托人:{E}\n委托事项:代理销售委托单位的品牌商品\n委托期限:{T}\n{U}\n委托单位(盖章)\n{S}",
	"图片版权授权书\n我公司{O}是下列摄影作品的著作权人,现将作品的信息网络传播权授权{E}使用。\n使用期限:{T}\n{U}\n落款:{O}\n日期:{S}",
	"授权书\n授权单位名称:{O}\n地址:浙江省杭州市滨江区\n被授权单位名称:{E}\n授权区域:全球\n授权时间:{T}\n{U}\n授权单位公章:\n授权日期:{S}",
}

var enLayouts = []string{
	"LETTER OF AUTHORIZATION\nDate: {S}\nWe, {O}, hereby authorize {E} to sell our products on AliExpress.\nThis authorization is valid {T}.\n{U}\nAuthorized signature",
	"Certificate of Authorization\nLicensor: {O}\nLicensee: {E}\nTrademark: LANHAI\nTerm: {T}\n{U}\nSigned on {S}",
	"BRAND AUTHORIZATION LETTER\nThis is to certify that {E} is an authorized distributor of {O}.\nThe authorization is effective {T}.\n{U}\nDate: {S}",
	"Authorization Letter\nTo whom it may concern,\n{O} does hereby authorize {E} to use the trademark \"LANHAI\"\nand our product images for online sale. Valid {T}.\n{U}\nFor and on behalf of {O}\nDate of signature: {S}",
	"COPYRIGHT LICENSE AGREEMENT\nThis agreement is made between {O} (\"Licensor\") and {E} (\"Licensee\").\nThe licensed photographs may be used {T}.\n{U}\nExecuted on {S}",
	"LETTER OF AUTHORISATION\nAuthorising party: {O}\nAuthorised party: {E}\nProduct category: apparel\nTerritory: worldwide\nPeriod: {T}\n{U}\nDated {S}",
}

// letters makes up n letters.
func letters(n int, seed uint64) []made {
	rng := rand.New(rand.NewPCG(seed, 9))
	day := func(from, span int) time.Time {
		return time.Date(2024, 1, 1, 0, 0, 0, 0, lang.Beijing()).AddDate(0, 0, from+rng.IntN(span))
	}
	pick := func(list []string) string { return list[rng.IntN(len(list))] }
	var out []made
	for i := range n {
		m := made{starts: day(200, 300)}
		m.signed = m.starts.AddDate(0, 0, -rng.IntN(40))
		m.ends = m.starts.AddDate(1+rng.IntN(3), 0, -1)
		years := m.ends.AddDate(0, 0, 1).Year() - m.starts.Year()
		form := rng.IntN(10)
		m.foreign = i%2 == 1
		var term, banned, allowed string
		var date func(time.Time) string
		if m.foreign {
			m.layout = pick(enLayouts)
			m.grantor, m.grantee = pick(enGrantors), pick(enGrantees)
			date = enDates[rng.IntN(len(enDates))]
			banned, allowed = pick([]string{"The authorized party may not sub-license these rights.", "This authorization is non-transferable.", "Sub-licensing is not permitted; the licensee shall not assign or sub-license it."}), pick([]string{"The licensee has the right to sub-license.", "The licensee may sub-license to its affiliates.", "with the right to grant sub-licences"})
			switch {
			case form == 0:
				term, m.open = pick([]string{"until revoked in writing", "until further notice", "perpetual"}), true
			case form < 3:
				words := []string{"", "one", "two", "three"}
				term = fmt.Sprintf("from %s for a period of %s (%d) year%s", date(m.starts), words[years], years, map[bool]string{true: "s"}[years > 1])
			case form < 6:
				term = "from " + date(m.starts) + " until " + date(m.ends)
			default:
				term = "from " + date(m.starts) + " to " + date(m.ends)
			}
		} else {
			m.layout = pick(zhLayouts)
			m.grantor, m.grantee = pick(zhGrantors), pick(zhGrantees)
			date = zhDates[rng.IntN(len(zhDates))]
			banned, allowed = pick([]string{"未经书面同意,不得转授权。", "本授权不得转让或再授权。", "被授权方无权转授权给第三方。"}), pick([]string{"被授权方有权转授权。", "可以转授权给其关联店铺。", "被授权方享有再授权的权利。"})
			switch {
			case form == 0:
				term, m.open = pick([]string{"长期有效", "长期有效,直至书面撤销为止", "永久有效"}), true
			case form < 3:
				words := []string{"", "一", "两", "三"}
				term = "自" + date(m.starts) + "起" + pick([]string{words[years], fmt.Sprint(years)}) + "年"
			case form < 6:
				term = date(m.starts) + pick([]string{"至", "-", "—", " ~ ", "到"}) + date(m.ends)
			default:
				term = "自" + date(m.starts) + "起至" + date(m.ends) + "止"
			}
		}
		if m.open {
			m.starts, m.ends = time.Time{}, time.Time{}
		}
		words := ""
		switch rng.IntN(3) {
		case 0:
			m.sub, words = "forbidden", banned
		case 1:
			m.sub, words = "allowed", allowed
		default:
			m.sub = "unstated"
		}
		m.text = strings.NewReplacer("{O}", m.grantor, "{E}", m.grantee, "{T}", term, "{U}", words, "{S}", date(m.signed)).Replace(m.layout)
		out = append(out, m)
	}
	return out
}

// alike compares names as the checks do: letters and digits only.
func alike(a, b string) bool {
	fold := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return unicode.ToLower(r)
			}
			return -1
		}, s)
	}
	return fold(a) == fold(b)
}

// asRecognised does to a text what recognition does: full-width marks, lines
// that end where the paper does, words run together.
func asRecognised(text string, rng *rand.Rand) string {
	var out []string
	for _, line := range strings.Split(text, "\n") {
		rs := []rune(strings.NewReplacer(":", "：", ",", "，", "(", "（", ")", "）").Replace(line))
		width := 30
		if !hasHan(line) {
			rs, width = []rune(line), 64
			kept := rs[:0]
			for i, r := range rs {
				if r == ' ' && rng.IntN(3) == 0 && !(i > 0 && rs[i-1] == ',') {
					continue
				}
				kept = append(kept, r)
			}
			rs = kept
		}
		for len(rs) > width {
			cut := width
			for hasHan(line) && cut > width-8 && !isHan(rs[cut]) {
				cut-- // numbers are not broken
			}
			if !hasHan(line) {
				for cut > width-20 && rs[cut] != ' ' {
					cut--
				}
			}
			out = append(out, string(rs[:cut]))
			rs = rs[cut:]
		}
		out = append(out, string(rs))
	}
	return strings.Join(out, "\n")
}

// TestGenerated reads 600 letters that we made up, once as written and once as
// recognition would give them. The shares demanded are those of the project's
// goals; what is missed is printed with -v.
func TestGenerated(t *testing.T) {
	plain := letters(600, 2)
	recognised := letters(600, 3)
	rng := rand.New(rand.NewPCG(4, 4))
	for i := range recognised {
		recognised[i].text = asRecognised(recognised[i].text, rng)
	}
	t.Run("written", func(t *testing.T) { readAll(t, plain) })
	t.Run("recognised", func(t *testing.T) { readAll(t, recognised) })
}

// readAll reads letters and compares.
func readAll(t *testing.T, list []made) {
	right := map[string]int{}
	note := func(field string, ok bool, m made, got string) {
		if ok {
			right[field]++
		} else if testing.Verbose() {
			t.Logf("%s: got %q\n%s", field, got, m.text)
		}
	}
	for _, m := range list {
		d := read(m.text)
		note("grantor", alike(d.Grantor.Name, m.grantor), m, d.Grantor.Name)
		note("grantee", alike(d.Grantee.Name, m.grantee), m, d.Grantee.Name)
		note("signed", ymd(d.SignedAt) == ymd(m.signed), m, ymd(d.SignedAt))
		note("open", d.OpenEnded == m.open, m, fmt.Sprint(d.OpenEnded))
		note("ends", ymd(d.Ends) == ymd(m.ends), m, ymd(d.Ends))
		note("starts", m.open || ymd(d.Starts) == ymd(m.starts), m, ymd(d.Starts))
		note("sublicense", d.Sublicense == m.sub, m, d.Sublicense)
		note("kind", d.Kind == "brand" || d.Kind == "copyright" || d.Kind == "sublicence", m, d.Kind)
	}
	for field, least := range map[string]float64{"grantor": 0.95, "grantee": 0.95, "signed": 0.97, "starts": 0.97, "ends": 0.97, "open": 0.97, "sublicense": 0.95, "kind": 0.95} {
		share := float64(right[field]) / float64(len(list))
		t.Logf("%-10s %.3f", field, share)
		if share < least {
			t.Errorf("%s: %.3f of the letters, want %.2f", field, share, least)
		}
	}
}
