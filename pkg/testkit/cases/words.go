package cases

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/lang"
)

// Names and numbers are put together from these words; none is meant to be
// anybody's.

// word is a word in Chinese and as it stands in an English name.
type word struct{ zh, en string }

func cities() []word {
	return []word{{"深圳市", "Shenzhen"}, {"广州市", "Guangzhou"}, {"义乌市", "Yiwu"}, {"杭州", "Hangzhou"}, {"东莞市", "Dongguan"},
		{"宁波", "Ningbo"}, {"泉州", "Quanzhou"}, {"厦门", "Xiamen"}, {"苏州", "Suzhou"}, {"青岛", "Qingdao"}, {"郑州", "Zhengzhou"},
		{"中山市", "Zhongshan"}, {"佛山市", "Foshan"}, {"温州", "Wenzhou"}, {"金华", "Jinhua"}, {"福州", "Fuzhou"}, {"长沙", "Changsha"},
		{"成都", "Chengdu"}, {"武汉", "Wuhan"}, {"上海", "Shanghai"}, {"景德镇市", "Jingdezhen"}, {"潮州市", "Chaozhou"}}
}

// firms are the names proper; the first character is what a sister company
// changes, for sister.
func firms() []word {
	return []word{{"晴川", "Qingchuan"}, {"禾木", "Hemu"}, {"云帆", "Yunfan"}, {"星澜", "Xinglan"}, {"启程", "Qicheng"}, {"博远", "Boyuan"},
		{"恒美", "Hengmei"}, {"蓝鲸", "Lanjing"}, {"松果", "Songguo"}, {"瑞丰", "Ruifeng"}, {"天悦", "Tianyue"}, {"金穗", "Jinsui"},
		{"海棠", "Haitang"}, {"青禾", "Qinghe"}, {"新科", "Xinke"}, {"智行", "Zhixing"}, {"乐居", "Leju"}, {"格林", "Gelin"},
		{"创想", "Chuangxiang"}, {"木子", "Muzi"}, {"源达", "Yuanda"}, {"佳和", "Jiahe"}, {"千寻", "Qianxun"}, {"鼎盛", "Dingsheng"}, {"于洋", "Yuyang"}}
}

func trades() []word {
	return []word{{"电子商务", "E-commerce"}, {"家居用品", "Household Products"}, {"贸易", "Trading"}, {"进出口", "Import and Export"},
		{"科技", "Technology"}, {"工艺品", "Crafts"}, {"文化传媒", "Culture Media"}, {"网络科技", "Network Technology"},
		{"陶瓷", "Ceramics"}, {"日用品", "Daily Goods"}, {"服饰", "Apparel"}, {"供应链管理", "Supply Chain Management"}, {"商贸", "Commerce"}}
}

func surnames() []word {
	return []word{{"陈", "Chen"}, {"林", "Lin"}, {"黄", "Huang"}, {"周", "Zhou"}, {"吴", "Wu"}, {"徐", "Xu"}, {"孙", "Sun"}, {"马", "Ma"},
		{"朱", "Zhu"}, {"何", "He"}, {"郭", "Guo"}, {"高", "Gao"}, {"罗", "Luo"}, {"郑", "Zheng"}, {"谢", "Xie"}, {"许", "Xu"}}
}

func givens() []word {
	return []word{{"志远", "Zhiyuan"}, {"晓燕", "Xiaoyan"}, {"建国", "Jianguo"}, {"丽华", "Lihua"}, {"文博", "Wenbo"}, {"静", "Jing"},
		{"海涛", "Haitao"}, {"雨桐", "Yutong"}, {"伟", "Wei"}, {"佳怡", "Jiayi"}, {"明哲", "Mingzhe"}, {"秀英", "Xiuying"}}
}

// abroad is a way to name a company elsewhere.
type abroad struct {
	country, form, city string
	people              []string
}

func abroads() []abroad {
	return []abroad{
		{"DE", "GmbH", "Hamburg, Germany", []string{"Klaus Weber", "Anna Brandt", "Jonas Keller"}},
		{"GB", "Ltd", "Leeds, United Kingdom", []string{"Emma Whitfield", "Oliver Hart", "Grace Nolan"}},
		{"US", "LLC", "Portland, Oregon, United States of America", []string{"Daniel Reyes", "Megan Cole", "Peter Lund"}},
		{"US", "Inc.", "Denver, Colorado, United States of America", []string{"Laura Finch", "Mark Dalton"}},
	}
}

func foreignFirms() []string {
	return []string{"Nordlicht", "Bluefield", "Halden", "Marlowe", "Steinbach", "Ashgrove", "Pinecrest", "Wexford", "Kestrel", "Ambervale"}
}

func foreignTrades() []string {
	return []string{"Homeware", "Ceramics", "Design", "Tableware", "Brands", "Trading", "Living"}
}

func brands() []string {
	return []string{"NORVAK", "LUMIO", "HALDEN", "KESTRA", "MIRALO", "OAKVIL", "TENDRA", "ZEFIRO", "BELMOR", "SOLVEN"}
}

// goods are what the letters cover; all hold the mugs of the pictures.
func goods() []word {
	return []word{{"马克杯、陶瓷杯具", "mugs and ceramic drinkware"}, {"杯具及餐具", "drinkware and tableware"}, {"陶瓷杯、咖啡杯", "ceramic cups and coffee mugs"},
		{"家居日用品（含水杯、马克杯）", "household goods including cups and mugs"}, {"马克杯", "mugs"}}
}

// otherGoods are nothing that a mug could be.
func otherGoods() []word {
	return []word{{"女装、连衣裙", "women's dresses"}, {"手机壳、数据线", "phone cases and charging cables"}, {"儿童玩具", "children's toys"},
		{"美妆护肤品", "cosmetics and skin care"}, {"箱包皮具", "leather bags and luggage"}}
}

func pick[T any](rng *rand.Rand, from []T) T { return from[rng.IntN(len(from))] }

// chance is true so many times in a hundred.
func chance(rng *rand.Rand, percent int) bool { return rng.IntN(100) < percent }

func between(rng *rand.Rand, lo, hi float64) float64 { return lo + (hi-lo)*rng.Float64() }

// party is a company, a sole trader or a person.
type party struct {
	zh, en  string
	code    string // unified social credit code, registration number or ID number
	country string
	person  word // who signs
	form    string
	address word
	natural bool // a person, not a business
	sole    bool // 个体工商户
}

// name is the party's name in a language, zh or en.
func (p *party) name(l string) string {
	if l == "zh" && p.zh != "" {
		return p.zh
	}
	return p.en
}

// chinese makes a Chinese business.
func chinese(rng *rand.Rand, soleToo bool) party {
	city, firm, trade := pick(rng, cities()), pick(rng, firms()), pick(rng, trades())
	p := party{country: "CN", person: person(rng), code: creditCode(rng), address: address(rng, city)}
	switch n := rng.IntN(10); {
	case n < 2 && soleToo:
		kind := pick(rng, []word{{"商行", "Trading Firm"}, {"工作室", "Studio"}, {"经营部", "Business Department"}})
		short := pick(rng, []word{{"饰品", "Accessories"}, {"日用品", "Daily Goods"}, {"陶瓷", "Ceramics"}, {"设计", "Design"}})
		p.zh, p.en, p.form = city.zh+firm.zh+short.zh+kind.zh, city.en+" "+firm.en+" "+short.en+" "+kind.en, kind.zh
		p.sole = true
		if chance(rng, 40) {
			p.zh += "（个体工商户）"
		}
	case n < 4:
		p.zh, p.en, p.form = city.zh+firm.zh+trade.zh+"股份有限公司", city.en+" "+firm.en+" "+trade.en+" Co., Ltd.", "股份有限公司"
	case n < 5:
		p.zh, p.en, p.form = firm.zh+"（"+strings.TrimSuffix(city.zh, "市")+"）"+trade.zh+"有限公司", firm.en+" ("+city.en+") "+trade.en+" Co., Ltd.", "有限公司"
	case n < 6:
		p.zh, p.en, p.form = city.zh+firm.zh+trade.zh+"有限责任公司", city.en+" "+firm.en+" "+trade.en+" Co., Ltd.", "有限责任公司"
	default:
		p.zh, p.en, p.form = city.zh+firm.zh+trade.zh+"有限公司", city.en+" "+firm.en+" "+trade.en+" Co., Ltd.", "有限公司"
	}
	return p
}

func address(rng *rand.Rand, city word) word {
	road := pick(rng, []word{{"人民路", "Renmin Road"}, {"科技园路", "Kejiyuan Road"}, {"解放大道", "Jiefang Avenue"}, {"望江街", "Wangjiang Street"}})
	n := 1 + rng.IntN(380)
	return word{fmt.Sprintf("%s%s%d号", city.zh, road.zh, n), fmt.Sprintf("No. %d %s, %s, China", n, road.en, city.en)}
}

// foreign makes a company elsewhere.
func foreign(rng *rand.Rand) party {
	a := pick(rng, abroads())
	who := pick(rng, a.people)
	return party{en: pick(rng, foreignFirms()) + " " + pick(rng, foreignTrades()) + " " + a.form, code: fmt.Sprintf("HRB %d", 10000+rng.IntN(89999)),
		country: a.country, person: word{who, who}, form: a.form, address: word{a.city, fmt.Sprintf("%d Mill Lane, %s", 1+rng.IntN(90), a.city)}}
}

// hongKong makes a company of Hong Kong.
func hongKong(rng *rand.Rand) party {
	f, t := pick(rng, []word{{"永泰", "Wing Tai"}, {"恒丰", "Hang Fung"}, {"新达", "Sun Tat"}}), pick(rng, []word{{"贸易", "Trading"}, {"国际", "International"}})
	return party{zh: f.zh + "（香港）" + t.zh + "有限公司", en: f.en + " (Hong Kong) " + t.en + " Limited", country: "HK", code: digits(rng, 8), person: person(rng), form: "Limited",
		address: word{"香港九龙弥敦道88号", "88 Nathan Road, Kowloon, Hong Kong"}}
}

func person(rng *rand.Rand) word {
	s, g := pick(rng, surnames()), pick(rng, givens())
	return word{s.zh + g.zh, g.en + " " + s.en}
}

// natural makes a person who grants rights in his or her own name.
func natural(rng *rand.Rand) party {
	who := person(rng)
	return party{zh: who.zh, en: who.en, code: idNumber(rng), country: "CN", person: who, natural: true}
}

// sister is a company whose name differs from p's in one character: by its
// name proper, or by its trade (服饰 and 服装).
func sister(rng *rand.Rand, p party) party {
	s := p
	s.code, s.person = creditCode(rng), person(rng)
	for from, to := range map[string]string{"服饰": "服装"} {
		if strings.Contains(p.zh, from) {
			s.zh, s.en = strings.Replace(p.zh, from, to, 1), strings.Replace(p.en, "Apparel", "Garment", 1)
			return s
		}
	}
	for _, f := range firms() {
		if strings.Contains(p.zh, f.zh) {
			second := []rune(f.zh)
			other := pick(rng, []word{{"泰", "tai"}, {"锦", "jin"}, {"宏", "hong"}})
			second[len(second)-1] = []rune(other.zh)[0]
			s.zh = strings.Replace(p.zh, f.zh, string(second), 1)
			s.en = strings.Replace(p.en, f.en, f.en[:len(f.en)-1]+other.en, 1)
			return s
		}
	}
	return s
}

// creditCode is a unified social credit code with its check digit (GB
// 32100-2015).
func creditCode(rng *rand.Rand) string {
	const digits = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	b := []byte("91")
	for range 6 {
		b = append(b, byte('0'+rng.IntN(10)))
	}
	b = append(b, "MA"...)
	for range 7 {
		b = append(b, digits[rng.IntN(len(digits))])
	}
	sum, weight := 0, 1
	for _, c := range b {
		sum += strings.IndexByte(digits, c) * weight
		weight = weight * 3 % 31
	}
	return string(append(b, digits[(31-sum%31)%31]))
}

// idNumber is the number of an ID card with its check digit (GB 11643-1999).
func idNumber(rng *rand.Rand) string {
	b := fmt.Appendf(nil, "%06d%04d%02d%02d%03d", 330000+rng.IntN(999), 1975+rng.IntN(25), 1+rng.IntN(12), 1+rng.IntN(28), rng.IntN(1000))
	sum, weights := 0, []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	for i, c := range b {
		sum += int(c-'0') * weights[i]
	}
	return string(append(b, "10X98765432"[sum%11]))
}

func digits(rng *rand.Rand, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte('0' + rng.IntN(10))
	}
	return string(b)
}

// day is midnight in Beijing.
func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, lang.Beijing()) }

// dateZH writes a date as Chinese papers do, in one of several ways.
func dateZH(t time.Time, style int) string {
	switch style % 5 {
	case 0:
		return t.Format("2006年1月2日")
	case 1:
		return t.Format("2006年01月02日")
	case 2:
		return t.Format("2006-01-02")
	case 3:
		return t.Format("2006.01.02")
	}
	return t.Format("2006/01/02")
}

// dateEN writes a date as English papers do; no way of it can be read with day
// and month changed over.
func dateEN(t time.Time, style int) string {
	switch style % 5 {
	case 0:
		return t.Format("January 2, 2006")
	case 1:
		return t.Format("2 January 2006")
	case 2:
		return t.Format("2006-01-02")
	case 3:
		return t.Format("02 Jan 2006")
	}
	return t.Format("Jan. 2, 2006")
}
