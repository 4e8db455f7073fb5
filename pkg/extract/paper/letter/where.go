package letter

import "strings"

// Where a grant holds: the territory, as written, and the marketplaces. What
// stands beside a label counts for sure; in a sentence, where it is said of the
// grant: a letter also tells where a company is registered and whose law
// applies.

// clearly is what a territory or platform counts that a sentence of the grant
// names.
const clearly = 0.9

var (
	worldwide = flex(`(?i)全球(?:范围|地区|市场|各国|各地|所有|[^速\p{Han}]|$)|全世界|世界范围|世界各地|worldwide|world-wide|globally|throughout the world|all countries|en todo el mundo|monde entier|weltweit|in tutto il mondo|em todo o mundo`)
	inChina   = flex(`(?i)中国(?:大陆|内地)?(?:境内|地区|市场|范围)|中华人民共和国(?:境内|领域)|(?:within|in) (?:the )?(?:territory of )?(?:(?:mainland (?:of )?)?(?:P\.?R\.? ?)?China|the PRC)`)
	// territoryIs is a sentence that names the territory.
	territoryIs = flex(`(?i)(?:the )?territor(?:y|ies)(?: (?:of|for|covered by|under) (?:the |this |said )?(?:authori[sz]ation|licen[cs]e|agreement|letter|grant|rights?))? (?:is|are|shall be|comprises?|covers?|includes?|extends? to|is limited to|is restricted to) |(?:授权|许可|销售|使用)?(?:地域|区域|地区)(?:范围)?(?:仅)?(?:限于|限|包括|涵盖|覆盖)`)
	// ofGrant are words of the grant around a place, notOfGrant those of a seat, a
	// law, or more places.
	ofGrant    = flex(`(?i)销售|经销|使用|经营|推广|展示|仅限|只限|限于|有效|授权|许可|sell|sale|distribut|market|promot|use|valid|authori|licen`)
	notOfGrant = flex(`(?i)注册|成立|设立|住所|地址|法律|法规|管辖|仲裁|生产|制造|registered|incorporated|located|organi[sz]ed|established|existing|based|law|manufactured|made in`)
	alsoAbroad = flex(`(?i)^[^。;\n]{0,12}(?:及|和|与|以及|、|或|并)[^。;\n]{0,6}(?:海外|境外|国外|国际|全球|其他)|^[^.;\n]{0,12}(?:and|or|as well as) (?:overseas|abroad|other|worldwide|elsewhere)|^[^。;\n]{0,4}(?:以外|之外|外)`)
)

// where reads the territory beyond what stands beside a label.
func (r *reader) where() {
	d, flow := r.doc, r.text.flow
	if len(d.Territory) > 0 {
		return
	}
	for _, m := range worldwide.FindAllStringIndex(flow, 10) {
		before, after := r.text.near(span{m[0], m[1]}, 120)
		if before, after = clause(before, after); ofGrant.MatchString(before + after) {
			d.Territory = append(d.Territory, "worldwide")
			r.found("territory", "worldwide", span{m[0], m[1]})
			return
		}
	}
	for _, m := range territoryIs.FindAllStringIndex(flow, 10) {
		before, after := r.text.near(span{m[0], m[1]}, 60)
		if before, after = clause(before, after); notOfGrant.MatchString(before) || r.text.denied(span{m[0], m[1]}) {
			continue
		}
		if i := strings.Index(after, ".\n"); i >= 0 {
			after = after[:i]
		}
		after = strings.ReplaceAll(strings.TrimSpace(after), "\n", " ")
		if i := strings.IndexAny(after, ",;"); i > 0 {
			after = after[:i]
		}
		if n := len([]rune(after)); n >= 2 && n <= 60 {
			d.Territory = append(d.Territory, strings.TrimRight(after, ". "))
			r.doubtful("territory", d.Territory[0], span{m[0], m[1]}, clearly)
			return
		}
	}
	for _, m := range inChina.FindAllStringIndex(flow, 10) {
		before, after := r.text.near(span{m[0], m[1]}, 60)
		before, after = clause(before, after)
		around := before + after
		if notOfGrant.MatchString(around) || alsoAbroad.MatchString(after) || !ofGrant.MatchString(around) {
			continue
		}
		d.Territory = append(d.Territory, "CN")
		r.doubtful("territory", "CN", span{m[0], m[1]}, clearly)
		return
	}
}

// clause cuts what stands before and after a place to the sentence it is in.
func clause(before, after string) (string, string) {
	const marks = "。;!?:"
	if i := strings.LastIndexAny(before, marks); i >= 0 {
		before = before[i+1:]
	}
	if i := strings.LastIndex(before, ". "); i >= 0 {
		before = before[i+2:]
	}
	if i := strings.IndexAny(after, marks); i >= 0 {
		after = after[:i]
	}
	if i := strings.Index(after, ". "); i >= 0 {
		after = after[:i]
	}
	return before, after
}

const platformWords = `(?:(?:授权|适用|使用|销售|推广|经营|许可|授权销售|授权使用|网络销售|线上销售|电商)(?:平台|渠道|网站)(?:名称|范围)?|平台(?:名称)?|渠道|(?:authori[sz]ed |licensed |sales |online |e-?commerce )?(?:platforms?|marketplaces?|sales channels?|channels?)(?: of sale)?|plataformas?|plateformes?|plattform(?:en)?|piattaform[ae])`

var (
	platformLabel = flex(`(?i)(?:^|[\n\s;,。(:])` + platformWords + labelEnd)
	platformRow   = flex(`(?i)^(?:[一二三四五六七八九十\d]{1,2}[、.] ?)?` + platformWords + ` ?(?:\([^)\n]{0,24}\))?$`)
	// anyPlatform are words for all of them, or for more than are named.
	anyPlatform = flex(`(?i)全(?:平台|渠道|网)|(?:所有|全部|各大|各类|各个|任何|任意|不限|多个|其他|其它|第三方|国内外|跨境|境外|海外|国际|主流)[^。;,\n]{0,6}(?:平台|渠道|网站|电商)|不限(?:平台|渠道)|(?:电商|网络|互联网|网上|线上)平台(?:等|及|和)|等[^。;,\n]{0,8}(?:平台|渠道|网站)|包括但不限于|including,? (?:but )?not limited to|without limitation|(?:all|any|other|various|third-?party|cross-?border|international|global|major)(?: of the)?(?: online| e-?commerce| electronic| sales| internet)* ?(?:platforms?|marketplaces?|channels?|websites?|stores?)|platforms? such as|worldwide online`)
	// morePlatforms are names of marketplaces that no notice comes from.
	morePlatforms = []struct {
		name string
		re   *pattern
	}{
		{"jd", re(`(?i)京东|\bjd\.com`)}, {"pinduoduo", re(`(?i)拼多多|pinduoduo`)}, {"douyin", re(`(?i)抖音|douyin`)},
		{"wish", re(`\bWish(?:\.com)?\b`)}, {"mercadolibre", re(`(?i)mercado ?li[bv]re|美客多`)}, {"joom", re(`(?i)\bjoom\b`)},
		{"xiaohongshu", re(`(?i)小红书|xiaohongshu`)}, {"vip", re(`唯品会`)}, {"kuaishou", re(`快手`)}, {"coupang", re(`(?i)coupang`)}, {"allegro", re(`(?i)\ballegro\b`)},
	}
	// soldOn stands after the name of a marketplace on which the grant holds,
	// soldBefore before it.
	soldOn     = flex(`(?i)^[^。;,\n]{0,10}?(?:平台|站点?|商城|网站|店铺|渠道|marketplace|platform|store)?[^。;,\n]{0,8}?(?:上|内|中)?(?:销售|使用|经营|推广|开设|开店|发布|展示|上架|刊登|售卖|to sell|for sale|sales)`)
	soldBefore = flex(`(?i)(?:仅限|只限|限于|通过)(?:在|于)?[^。;,\n]{0,6}$|(?:sell|sale|sold|list|promot|distribut|market|use|offer)[^.;]{0,80}[ \n](?:on|at|via|through) [^.;\n]{0,60}$|(?:sell|sale|sold|list|promot|distribut|market|use|offer)[^.;]{0,60}[ \n](?:on|at|via|through)[ \n]?$|(?:only|solely|exclusively) (?:on|at|via)(?: the)? ?$`)
)

// platforms reads the marketplaces a grant is for.
func (r *reader) platforms() {
	d, flow := r.doc, r.text.flow
	note := func(name string, s span, doubt float64) {
		add(&d.Platforms, name, func(string) { r.doubtful("platforms", name, s, doubt) })
	}
	named := func(value string, s span) {
		for _, w := range marketplaceNames {
			if w.re.MatchString(value) {
				note(w.name, s, 1)
			}
		}
		for _, w := range morePlatforms {
			if w.re.MatchString(value) {
				note(w.name, s, 1)
			}
		}
		if anyPlatform.MatchString(value) || allOf.MatchString(value) {
			note("any", s, 1)
		}
	}
	for _, m := range platformLabel.FindAllStringIndex(flow, 10) {
		value, s := valueAfter(flow, m[1])
		named(value, s)
	}
	for _, j := range r.rows(platformRow) {
		named(r.text.norm[j], r.line(j))
	}
	labelled := len(d.Platforms) > 0
	sentence := func(name string, p *pattern) {
		for _, m := range p.FindAllStringIndex(flow, 10) {
			s := span{m[0], m[1]}
			before, after := r.text.near(s, 120)
			if r.text.denied(s) || !soldOn.MatchString(after) && !soldBefore.MatchString(before) {
				if name == "aliexpress" {
					note(name, s, 1) // the letter knows of it
				}
				continue
			}
			note(name, s, clearly)
		}
	}
	for _, w := range marketplaceNames {
		sentence(w.name, w.re)
	}
	for _, w := range morePlatforms {
		sentence(w.name, w.re)
	}
	if len(d.Platforms) == 0 || labelled {
		return
	}
	for _, m := range anyPlatform.FindAllStringIndex(flow, 10) {
		s := span{m[0], m[1]}
		before, after := r.text.near(s, 50)
		if aboutPlatforms.MatchString(before+flow[m[0]:m[1]]+after) && !r.text.denied(s) {
			note("any", s, clearly)
		}
	}
}

// aboutPlatforms tells "including but not limited to" of marketplaces from that
// of rights.
var aboutPlatforms = flex(`(?i)平台|渠道|网站|电商|platform|marketplace|channel|amazon|亚马逊|aliexpress|速卖通|淘宝|天猫|ebay|shopee|lazada|temu`)

// allOf is a value that names all there are.
var allOf = flex(`(?i)^(?:不限|全部|所有|all|any|全网|全渠道|线上线下|线上|online|internet|互联网)(?:平台|渠道|platforms?|channels?|marketplaces?)?$`)
