package papers

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/checks/expected"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Category is "document-category": the goods a letter names by its own words
// are of the product's category (M24). Letters and category paths name goods in
// different words, so both are brought to groups of words first.
type Category struct{ onAsset }

// CategoryParams of the check.
type CategoryParams struct {
	// Groups are categories of goods, each by the words that stand for it.
	Groups map[string][]string `json:"groups" zh:"商品大类及代表它的词（中英文，不分大小写）" en:"categories of goods, each with the words that stand for it, in any language"`
	// Everything are words that cover any category.
	Everything []string `json:"everything" zh:"表示任何类目的词" en:"words that cover any category"`
}

// Name of the check.
func (Category) Name() string { return "document-category" }

// Doc says what it judges.
func (Category) Doc() lang.Text {
	return lang.T("比较授权书上写的类目与 case.yaml 的商品类目，两边都归到商品大类；授权书写的全是别的大类就不通过。有的词归不了类，或读得不确定时由人判断；授权书没有单独写类目的，看说明用途的句子里写的是什么商品：只提到别的大类的一个词由人判断，几个词就不通过。没有写商品、商品类目归不了类的不判断。",
		"Compares the goods a letter names with the product's category in case.yaml, both brought to groups of goods; fails where all that the letter names is of other groups. A person looks where some words belong to no known group and where the reading is unsure; Where the goods have no place of their own, the sentences that say what the letter is for are looked at: one word of another group asks, several fail. A letter that names no goods and a product of no known group are not judged.")
}

// NewParams returns the groups: the categories of the marketplace's first
// level that see picture complaints, in the words letters use.
func (Category) NewParams() any {
	return &CategoryParams{
		Groups: map[string][]string{
			"apparel":     {"apparel", "clothing", "clothes", "garment", "dress", "women's wear", "menswear", "underwear", "fashion", "服装", "服饰", "女装", "男装", "童装", "内衣", "衣服", "裙", "ropa", "vêtement", "bekleidung", "abbigliamento", "одежд", "t-shirt", "shirt", "jacket", "coat", "trousers", "pants", "sweater", "hoodie", "socks", "上衣", "连衣裙", "T恤", "衬衫", "外套", "卫衣", "裤", "毛衣", "袜"},
			"shoes":       {"shoe", "footwear", "sneaker", "鞋", "calzado", "chaussure", "schuhe", "обув", "boots", "sandal", "slipper", "靴", "拖鞋"},
			"bags":        {"bag", "luggage", "handbag", "suitcase", "箱包", "皮具", "手袋", "背包", "backpack", "tote", "wallet", "purse", "messenger", "briefcase", "单肩包", "双肩包", "斜挎包", "托特包", "手提包", "钱包", "公文包", "挎包", "腰包", "书包", "行李箱", "拉杆箱"},
			"beauty":      {"beauty", "cosmetic", "makeup", "skincare", "perfume", "美妆", "化妆品", "彩妆", "护肤", "美容", "香水", "cosmétique", "kosmetik", "lipstick", "nail polish", "serum", "口红", "面膜", "精华", "美甲"},
			"jewelry":     {"jewel", "watch", "首饰", "珠宝", "饰品", "手表", "钟表", "necklace", "earring", "bracelet", "项链", "戒指", "耳环", "手链", "手镯"},
			"home":        {"home", "furniture", "kitchen", "household", "drinkware", "tableware", "dinnerware", "bedding", "cup", "mug", "tumbler", "water bottle", "bowl", "plate", "cutlery", "cookware", "ceramic", "pottery", "towel", "curtain", "lamp", "storage box", "candle", "vase", "家居", "家具", "家纺", "厨房", "厨具", "日用", "餐具", "杯", "壶", "碗", "碟", "锅", "砧板", "菜板", "刀具", "收纳篮", "cutting board", "chopping board", "basket", "knife", "陶瓷", "毛巾", "窗帘", "地毯", "收纳", "灯具", "花瓶", "textile", "cushion", "pillow", "blanket", "tablecloth", "抱枕", "靠垫", "枕", "床品", "被套", "四件套", "桌布", "餐垫", "毯", "香薰", "蜡烛", "台灯"},
			"3c":          {"3c", "electronic", "phone", "computer", "tablet", "earphone", "headphone", "charger", "电子", "数码", "手机", "电脑", "耳机", "充电", "elektronik", "électronique", "speaker", "keyboard", "smart watch", "smartwatch", "cable", "camera", "智能手表", "手环", "音箱", "音响", "蓝牙", "键盘", "鼠标", "数据线", "平板"},
			"accessories": {"accessor", "eyewear", "sunglasses", "glasses", "hat", "scarf", "belt", "gloves", "眼镜", "太阳镜", "墨镜", "帽", "围巾", "腰带", "皮带", "手套"},
			"toys":        {"toy", "doll", "games", "玩具", "积木", "玩偶", "juguete", "jouet", "spielzeug", "plush", "puzzle", "building block", "毛绒", "拼图", "模型"},
			"baby":        {"baby", "maternity", "infant", "母婴", "婴儿", "孕"},
			"sports":      {"sport", "outdoor", "fitness", "bicycle", "运动", "户外", "健身", "骑行", "渔具", "yoga", "camping", "tent", "dumbbell", "jump rope", "skipping rope", "hiking", "瑜伽", "跳绳", "哑铃", "帐篷", "露营", "登山", "自行车"},
			"auto":        {"automotive", "automobile", "motorcycle", "car parts", "汽车", "汽配", "摩托"},
			"pets":        {"pet supplies", "pets", "pet products", "宠物"},
			"tools":       {"tools", "hardware", "工具", "五金"},
			"office":      {"stationery", "office", "文具", "办公"},
			"wigs":        {"wig", "hair extension", "假发"},
			"security":    {"security", "surveillance", "安防", "监控"},
		},
		Everything: []string{"all", "any", "全部", "所有", "全品类", "不限", "各类", "一切"},
	}
}

// Needs the goods named.
func (Category) Needs(any) []checks.Need {
	return needs("document.kind", "document.categories", "document.found", "document.text", "document.parties")
}

// niceClass is a class of the Nice classification of trade marks, which is
// wider than any group: it says nothing against one.
var niceClass = regexp.MustCompile(`(?i)第?\s?\d{1,2}[\d、,\s]*\s?类|class(?:es)?\s\d`)

// Run judges one letter.
func (Category) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	p := params.(*CategoryParams)
	f, d, res, ok := document(s, "categories")
	if !ok {
		return res, nil
	}
	if !grants(d) || s.Case == nil {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	category, given := "", false
	if c := caseOf(s); c != nil && c.Product.Category != "" {
		category, given = c.Product.Category, true
	} else {
		category = productShown(s.Case)
	}
	product := p.groupsOf(category)
	var named []string
	unknown := false
	for _, said := range d.Categories {
		switch groups := p.groupsOf(said); {
		case niceClass.MatchString(said):
		case slices.ContainsFunc(p.Everything, func(w string) bool { return holds(said, w) }), strings.Contains(strings.ToLower(category), strings.ToLower(said)):
			return checks.Result{Outcome: verdict.Pass}, nil
		case slices.ContainsFunc(groups, func(g string) bool { return slices.Contains(product, g) }):
			return checks.Result{Outcome: verdict.Pass}, nil
		default:
			named, unknown = append(named, said), unknown || len(groups) == 0
		}
	}
	if len(product) == 0 {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	observed, required := strings.Join(named, ", "), verdict.Want(category)
	if !given {
		// Where case.yaml says nothing, the folder and the notice do: that is a guess, and no
		// word of an unknown group speaks against it.
		if len(named) == 0 || unknown {
			return checks.Result{Outcome: verdict.Skip}, nil
		}
		f.Doubt(at(d, "categories", observed, verdict.WantWords(strings.Join(product, ", "))))
		return f.result(), nil
	}
	if len(named) == 0 {
		if words := p.told(d, product); len(words) == 1 {
			f.Doubt(at(d, "categories", words[0], required))
		} else if len(words) > 1 {
			f.judged++
			f.unless(d, "categories", strings.Join(words, ", "), required)
		} else {
			return checks.Result{Outcome: verdict.Skip}, nil
		}
		return f.result(), nil
	}
	f.judged++
	if unknown {
		f.Doubt(at(d, "categories", observed, required))
	} else {
		f.against(d, "categories", observed, required)
	}
	return f.result(), nil
}

// productShown is what the folder of a case and the titles on its notices say of the product.
func productShown(c *facts.Case) string {
	out := []string{c.Name}
	for _, a := range c.Of(facts.KindNotice) {
		if a.Facts == nil {
			continue
		}
		lines := a.Facts.Document.Text
		for i, l := range lines {
			m := productTitle.FindStringIndex(l.Text)
			if m == nil {
				continue
			}
			out = append(out, l.Text[m[1]:])
			if i+1 < len(lines) && strings.TrimSpace(l.Text[m[1]:]) == "" {
				out = append(out, lines[i+1].Text)
			}
		}
	}
	return strings.Join(out, "\n")
}

// productTitle is the label of a product's title on a notice.
var productTitle = regexp.MustCompile(`(?i)^\s*(?:商品|产品|宝贝)(?:标题|名称)\s*[:：]?|^\s*(?:product|item|listing)(?:\s*(?:title|name))?\s*[:：]?`)

var (
	// ofUse is what a sentence that says what a letter is for speaks of, and
	// ofTrade a brand's goods.
	ofUse = regexp.MustCompile(`(?i)用于|销售|经营|展示|宣传|推广|品牌的?|商品|产品|\bfor(?:the)? ?(?:sale|promotion|display|marketing)|sale ?of|to ?sell|\bsells?\b|products|\bgoods`)
	// otherUse are words of a group that speak of no goods.
	otherUse = regexp.MustCompile(`(?i)电子(?:商务|邮[箱件]|签[名章]|版|文件|形式|数据)|手机(?:端|号|版)|移动端|电脑端|数码(?:照片|图片)|home ?page|e-?commerce|electronic (?:commerce|mail|form|copy|signature)|mobile phone number|phone ?(?:number|no)|tel(?:ephone|\.)|any ?other|工具栏`)
)

// told are the words for goods of other groups than the product's in the
// sentences of a letter that say what it is for; none where the product's are
// named anywhere on it. Names of companies say nothing of goods.
func (p *CategoryParams) told(d *facts.Document, product []string) []string {
	if !expected.Readable(d) {
		return nil
	}
	var names []string
	for _, n := range d.Parties {
		names = append(names, n.Name)
	}
	names = append(names, d.Grantor.Name, d.Grantee.Name, d.RightsHolder.Name)
	var out []string
	for _, text := range columns(d) {
		for _, n := range names {
			if n != "" {
				text = strings.ReplaceAll(text, n, " ")
			}
		}
		text = otherUse.ReplaceAllString(companyName.ReplaceAllString(text, " "), " ")
		if slices.ContainsFunc(product, func(g string) bool { return len(p.wordsOf(text, g)) > 0 }) {
			return nil
		}
		for _, sentence := range sentenceEnd.Split(text, -1) {
			if !ofUse.MatchString(sentence) {
				continue
			}
			for _, group := range slices.Sorted(maps.Keys(p.Groups)) {
				for _, w := range p.wordsOf(sentence, group) {
					if !slices.Contains(out, w) {
						out = append(out, w)
					}
				}
			}
		}
	}
	slices.Sort(out)
	return out
}

var (
	sentenceEnd = regexp.MustCompile(`[。;；:：]|\. `)
	// companyName is a name of an organisation that was not taken for a party.
	companyName = regexp.MustCompile(`[\p{Han}()（）]{2,24}(?:有限责任公司|有限公司|公司|商行|经营部|工作室|厂)|(?:[A-Z][\w&'-]*,? ?){1,6}(?:Co\.?,? ?Ltd|Ltd|LLC|GmbH|Inc)\b\.?`)
)

// columns are the texts of a paper, each of lines that begin below one another:
// of two languages side by side, and of labels and values, each by itself.
func columns(d *facts.Document) []string {
	type column struct {
		last facts.DocLine
		text strings.Builder
	}
	var all []*column
next:
	for _, l := range d.Text {
		for _, c := range slices.Backward(all) {
			if c.last.Page == l.Page && l.Box[1] > c.last.Box[1] && max(l.Box[0]-c.last.Box[0], c.last.Box[0]-l.Box[0]) <= indent*max(l.Box[3], 1) {
				if !scripts(l.Text) {
					c.text.WriteByte(' ')
				}
				c.text.WriteString(l.Text)
				c.last = l
				continue next
			}
		}
		c := &column{last: l}
		c.text.WriteString(l.Text)
		all = append(all, c)
	}
	out := make([]string, len(all))
	for i, c := range all {
		out[i] = c.text.String()
	}
	return out
}

// indent is how far, in heights of a line, a paragraph's first line may begin from
// the others.
const indent = 3

// wordsOf are the words of a group that a text holds, the longest of those that
// lie in one another.
func (p *CategoryParams) wordsOf(text, group string) []string {
	var out []string
	for _, w := range p.Groups[group] {
		if holds(text, w) && !slices.ContainsFunc(p.Groups[group], func(o string) bool { return o != w && strings.Contains(o, w) && holds(text, o) }) {
			out = append(out, w)
		}
	}
	return out
}

// groupsOf are the groups whose words a text holds.
func (p *CategoryParams) groupsOf(text string) []string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(p.Groups)) {
		if slices.ContainsFunc(p.Groups[name], func(w string) bool { return holds(text, w) }) {
			out = append(out, name)
		}
	}
	return out
}

// holds reports whether a text holds a word: Latin ones from the beginning of a
// word on ("toys" holds "toy", "carpet" not "pet"), others anywhere.
func holds(text, word string) bool {
	text, word = strings.ToLower(text), strings.ToLower(word)
	for at := 0; ; {
		i := strings.Index(text[at:], word)
		if i < 0 {
			return false
		}
		i += at
		if word[0] >= 0x80 || i == 0 || text[i-1] < '0' || text[i-1] > '9' && text[i-1] < 'a' || text[i-1] > 'z' {
			return true
		}
		at = i + len(word)
	}
}
