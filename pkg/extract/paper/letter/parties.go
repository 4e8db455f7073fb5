package letter

import (
	"strings"
	"unicode"

	"github.com/aecheck/aecheck/pkg/facts"
)

// Labels before the name of a party, at the start of a line or after a mark.
// The granted side is looked for first: its labels contain the others'.
var (
	granteeLabel = flex(`(?i)(?:^|[\n\s;,。(:])(?:乙方\s?\(?|丙方\s?\(?)?(?:被授权(?:人|方|单位|公司|企业|店铺|商|主体)?|受权(?:人|方|单位)|被许可(?:人|方|单位)|受托(?:人|方)|使用方|获授权方|被授权店铺名称|乙方|licensee|authori[sz]ed (?:party|company|distributor|reseller|dealer|agent|person|seller|entity)|grantee|authori[sz]ee|assignee|the beneficiary|autorizado|licenciatario|licencié|mandataire|lizenznehmer|bevollmächtigter|licenziatario|licenciado)(?:名称|姓名|全称| name| company name)?\)? ?(?:\([^)\n]{0,24}\))? ?[:为是]\s*`)
	grantorLabel = flex(`(?i)(?:^|[\n\s;,。(:])(?:甲方\s?\(?)?(?:授权(?:人|方|单位|公司|企业|商|主体)|许可(?:人|方|单位)|权利人|商标(?:权|注册|所有|持有)人|著作权人|版权(?:方|人|所有人)|肖像权人|肖像人|模特(?:姓名)?|委托(?:人|方|单位)|品牌方|转授权(?:人|方|单位)|甲方|licen[sc]or|authori[sz](?:er|or|ing (?:party|company|person|entity))|grantor|releasor|assignor|licenciante|concédant|mandant|lizenzgeber|vollmachtgeber|licenziante|titular)(?:名称|姓名|全称| name| company name)?\)? ?(?:\([^)\n]{0,24}\))? ?[:为是]\s*`)
	// ownerLabel names who owns the right; often that is the granting party, but
	// an agent's letter names both.
	ownerLabel   = flex(`(?i)(?:^|[\n\s;,。(:])(?:权利人|(?:商标|品牌|版权|著作权|专利)(?:权|注册|所有|持有|权利)(?:权)?人|著作权人|版权(?:方|人)|品牌(?:所有)?方|肖像权人|肖像人|模特(?:姓名)?|rights? ?holder|(?:copyright|trade ?mark|brand|right) (?:owner|holder|proprietor)|(?:owner|proprietor|holder) of the (?:trade ?mark|copyright|brand)|model(?:'s)?(?: full)? name|model)(?:名称|姓名|全称| name| company name)?\)? ?(?:\([^)\n]{0,24}\))? ?[:为是]\s*`)
	promiseLabel = flex(`(?i)(?:^|[\n\s;,。(:])(?:承诺(?:人|方|单位|公司|企业)|保证人|声明人|公司名称|企业名称|店铺(?:主体)?名称|单位名称|company name|company|promisor|undertaken by)(?:名称|姓名|全称)? ?(?:\([^)\n]{0,24}\))? ?[:为是]\s*`)
)

const (
	// zhOrg is a name of a Chinese organisation, enOrg of another one, by the
	// legal forms they end in.
	zhOrg = `[\p{Han}A-Za-z0-9()·&. ]{2,50}?(?:有限责任公司|股份有限公司|集团有限公司|有限公司|股份公司|公司|集团|工作室|经营部|商行|商贸部|事务所|研究院|研究所|协会|有限合伙\)?|合伙企业|摄影店|旗舰店|专营店|专卖店|门市部|厂)`
	enOrg = `[A-Z0-9][\p{L}\d&.,'’()/ -]{1,90}?(?:Co\.?[ \n]?,?[ \n]{0,2}Ltd\.?|Company[ \n]?Limited|Ltd\.?|Limited|LLC|L\.L\.C\.?|LLP|Inc\.?|Incorporated|Corp\.?|Corporation|GmbH(?: & Co\.? KG)?|AG|KG|S\.?A\.?S\.?|S\.?A\.?R\.?L\.?|S\.?r\.?l\.?|S\.?p\.?A\.?|S\.? ?L\.?U?\.?|S\.?A\.?|B\.?V\.?|N\.?V\.?|PLC|Pty\.? Ltd\.?|Oy|AB|A/S|ApS|K\.?K\.?|Sp\. z o\.o\.|Ltda\.?|OOO|ООО)`
)

// wrapped is enOrg where it may be broken over a line, for places where what
// comes before shows where it begins.
var wrapped = strings.Replace(enOrg, `/ -]{1,90}?`, `/ \n-]{1,90}?`, 1)

// zhWrapped is zhOrg likewise.
var zhWrapped = strings.Replace(zhOrg, `&. ]`, `&. \n]`, 1)

// Sentences that name a party. Words may be run together.
var (
	zhGrants  = re(`(` + zhOrg + `)[\s\n]*(?:\([^)\n]{0,40}\))?[\s\n]*(?:\(?(?:以下简称|下称)[^)\n]{0,20}\)?)?[\s\n,]*(?:作为[^。\n]{0,60}[,,])?[\s\n]*(?:现|兹|特|在此|同意|自愿|合法)?[\s\n]*(?:授权|授予|许可|委托|同意)(?:给|予)?[\s\n]*`)
	zhGrantTo = re(`(?:兹|现|特|在此|同意|独家|合法|我司|我公司|本公司|本人|我方|自愿|将)?[\s\n]*(?:授权|许可|授予|委托)(?:给|予)?[\s\n]*(?:委托[\s\n]*)?([^书函证方人单委期区类品内范事时性目有\s,。:;]` + zhWrapped + `)`)
	zhWe      = re(`(?:我司|我公司|本公司|我方|我单位|本单位|我店)[\s\n]*[,(:]?[\s\n]*(` + zhWrapped + `)`)
	zhMe      = re(`本人[\s\n]*[,(:]?[\s\n]*(?:姓名[::]?)?(\p{Han}{2,4}(?:·\p{Han}{1,6})?)[\s\n]*[,(,()]`)
	enWe      = re(`(?:^|[\n\s"(])(?:[Ww]e|WE|The undersigned|[Tt]he undersigned|Nous|Wir|Nosotros|Noi|Nós)[\s\n]*,?[\s\n]*(?:the )?(?:undersigned|company)?,?[\s\n]*(` + wrapped + `)(?:[\s\n,(;]|$|is|the|do|here)`)
	enI       = re(`(?:^|[\n\s])I[\s\n]*,[\s\n]*(?:the undersigned,[\s\n]*)?([A-Z][\p{L}'.-]+(?:[\s\n]+[A-Z][\p{L}'.-]+){1,4})[\s\n]*[,(]`)
	enGrantTo = re(`(?:authori[sz]es?|appoints?|grants?(?:[\s\n]*to)?|licen[sc]es?(?:[\s\n]*to)?|(?:certif(?:y|ies)|confirms?)[\s\n]*that|permits?|empowers?|autoriza(?:mos)?(?:[\s\n]*a)?|autorisons|autorise|ermächtig(?:t|en)|autorizza(?:no)?|give[s]?[\s\n]*to)[\s\n]*(?:to[\s\n]*)?(?:the[\s\n]*company[\s\n]*|our[\s\n]*(?:partner|distributor|agent)[\s\n]*,?[\s\n]*|la[\s\n]*société[\s\n]*|la[\s\n]*empresa[\s\n]*|die[\s\n]*Firma[\s\n]*|la[\s\n]*società[\s\n]*)?(` + wrapped + `)(?:[\s\n,(;."]|$|is|to|as|has|the)`)
	enGrants  = re(`(` + enOrg + `)[\s\n]*(?:\([^)]{0,60}\))?[\s\n]*,?[\s\n]*(?:(?:as|being|a company|the owner|the holder|with its|located|organi[sz]ed|registered|having)[^.;]{0,160}?,[\s\n]*)?(?:does[\s\n]*)?hereby[\s\n]*(?:authori[sz]e|appoint|grant|licen[sc]e|certif|confirm|declare|permit|give)`)
	enBetween = re(`between[\s\n]*(` + wrapped + `)[^"]{0,200}?"(?:the )?(?:Licen[sc]or|Grantor|Owner|Authori[sz]er)"?[^"]{0,20}[\s\n]*and[\s\n]*(` + wrapped + `)`)
	enOf      = re(`(?:authori[sz]ed|exclusive|official|sole)[^.;\n]{0,60}?(?:distributor|dealer|reseller|agent|seller|retailer|representative)[\s\n]*(?:of|for|by)[\s\n]*(` + wrapped + `)`)
)

// agentOf are the sentences in which an agent says whose right it passes on.
var agentOf = [...]*pattern{
	re(`(?:经|受|由|获得?|持有?)[\s\n]*(` + zhWrapped + `)[\s\n]*(?:合法|正式|独家|书面)?(?:授权|许可|委托)`),
	re(`(?:系|作为|是)[\s\n]*(` + zhWrapped + `)[\s\n]*(?:在[^。,\n]{1,20})?(?:的)?(?:独家|总|授权|合法|指定|全国|区域){0,3}(?:代理|经销|分销|被授权)`),
	re(`(?:authori[sz]ed|exclusive|official|sole|appointed)[\s\n]*(?:sales[\s\n]*|general[\s\n]*|regional[\s\n]*)?(?:distributor|dealer|agent|licensee|representative)[\s\n]*of[\s\n]*(?:the[\s\n]*(?:brand|trade ?mark)s?[\s\n]*(?:owner[\s\n]*)?,?[\s\n]*)?(` + wrapped + `)(?:[\s\n,(;."]|$)`),
	re(`(?:on[\s\n]*behalf[\s\n]*of|duly[\s\n]*authori[sz]ed[\s\n]*by)[\s\n]*(` + wrapped + `)(?:[\s\n,(;."]|$)`),
}

// agentDoubt lowers a rights holder read from a sentence: never sure.
const agentDoubt = 0.7

// rightsHolder reads who a letter says owns the right, where it says so.
func (r *reader) rightsHolder() {
	d, t := r.doc, r.text
	take := func(name string, s span, doubt float64) {
		if name = tidyName(name); d.RightsHolder.Name != "" || name == "" || sameName(name, d.Grantee.Name) {
			return
		}
		l := t.at(s)
		d.RightsHolder = facts.DocParty{Name: name, Country: country(name, t, s), Page: l.Page, Box: l.Box, Confidence: l.Confidence * doubt}
		r.doubtful("rights_holder", name, s, doubt)
	}
	for _, m := range ownerLabel.FindAllStringIndex(t.flow, 10) {
		value, s := valueAfter(t.flow, m[1])
		take(value, s, 1)
	}
	for _, re := range agentOf {
		for _, m := range re.FindAllStringSubmatchIndex(t.flow, 4) {
			if name := t.flow[m[2]:m[3]]; !sameName(name, d.Grantor.Name) {
				take(name, span{m[2], m[3]}, agentDoubt)
			}
		}
	}
}

// signedLine is a line that holds nothing but the name of an organisation, as
// a letter ends with that of whoever grants.
var signedLine = re(`(?m)^(?:单位|公司)?[::]?(` + zhOrg + `|` + enOrg + `)[ .]*(?:\([^)\n]{0,12}\)?|盖章|公章|签章)?$`)

// parties finds who grants and who is granted.
func (r *reader) parties() {
	t, d := r.text, r.doc
	take := func(p *facts.DocParty, field, name string, s span, doubt float64) {
		name = tidyName(name)
		if p.Name != "" || name == "" {
			return
		}
		l := t.at(s)
		*p = facts.DocParty{Name: name, Country: country(name, t, s), Page: l.Page, Box: l.Box, Confidence: l.Confidence * doubt}
		r.found(field, name, s)
	}
	byLabel := func(p *facts.DocParty, field string, label *pattern, exclude *pattern) {
		for _, m := range label.FindAllStringIndex(t.flow, 20) {
			if exclude != nil && exclude.MatchString(t.flow[m[0]:m[1]]) {
				continue
			}
			value, s := valueAfter(t.flow, m[1])
			take(p, field, value, s, 1)
		}
	}
	bySentence := func(p *facts.DocParty, field string, re *pattern, group int, doubt float64) {
		for _, m := range re.FindAllStringSubmatchIndex(t.flow, 6) {
			name := t.flow[m[2*group]:m[2*group+1]]
			if field == "grantor" && sameName(name, d.Grantee.Name) || field == "grantee" && sameName(name, d.Grantor.Name) {
				continue
			}
			take(p, field, name, span{m[2*group], m[2*group+1]}, doubt)
		}
	}
	if d.Kind == "notice" {
		return
	}
	if d.Kind == "commitment" {
		byLabel(&d.Grantor, "grantor", promiseLabel, nil)
		bySentence(&d.Grantor, "grantor", zhWe, 1, 0.9)
		bySentence(&d.Grantor, "grantor", enWe, 1, 0.9)
		bySentence(&d.Grantor, "grantor", zhMe, 1, 0.8)
		bySentence(&d.Grantor, "grantor", enI, 1, 0.8)
		if d.Grantor.Name == "" {
			bySentence(&d.Grantor, "grantor", signedLine, 1, 0.7)
		}
		return
	}
	byLabel(&d.Grantee, "grantee", granteeLabel, nil)
	byLabel(&d.Grantor, "grantor", grantorLabel, granteeLabel)
	byLabel(&d.Grantor, "grantor", ownerLabel, nil)
	bySentence(&d.Grantor, "grantor", enBetween, 1, 0.9)
	bySentence(&d.Grantee, "grantee", enBetween, 2, 0.9)
	bySentence(&d.Grantor, "grantor", zhWe, 1, 0.9)
	bySentence(&d.Grantor, "grantor", enWe, 1, 0.9)
	bySentence(&d.Grantor, "grantor", enGrants, 1, 0.85)
	bySentence(&d.Grantee, "grantee", enGrantTo, 1, 0.85)
	bySentence(&d.Grantor, "grantor", zhGrants, 1, 0.85)
	bySentence(&d.Grantee, "grantee", zhGrantTo, 1, 0.85)
	bySentence(&d.Grantor, "grantor", enOf, 1, 0.7)
	if d.Kind == "portrait" || d.Kind == "copyright" {
		bySentence(&d.Grantor, "grantor", zhMe, 1, 0.8)
		bySentence(&d.Grantor, "grantor", enI, 1, 0.8)
	}
	bySentence(&d.Grantor, "grantor", signedLine, 1, 0.7)
	r.rightsHolder()
}

// valueAfter returns the value that follows a label: the rest of its line, or
// the next line where the rest is blank.
func valueAfter(flow string, at int) (string, span) {
	from := at
	for from < len(flow) && (flow[from] == ' ' || flow[from] == '\n' || flow[from] == '_') {
		from++
	}
	end := from
	for end < len(flow) && flow[end] != '\n' && flow[end] != ';' && end-from < 240 {
		end++
	}
	value := flow[from:end]
	// A foreign name may go on in the next line: "… Export Co.," "Ltd."
	if m := goesOn.FindStringIndex(flow[from:min(len(flow), end+12)]); m != nil && m[0] < end-from && m[1] > end-from {
		value = flow[from : from+m[1]]
	}
	// The next label on the same line ends the value.
	if i := nextLabel.FindStringIndex(value); i != nil && i[0] > 0 {
		value = value[:i[0]]
	}
	return value, span{from, from + len(value)}
}

// goesOn is a legal form broken over two lines.
var goesOn = re(`(?:Co\.?,?|,) ?\n ?(?:Co\.,? ?)?(?:Ltd|Limited|LLC|Inc|Corp)\.?`)

// nextLabel is a label inside a value: two columns on one line.
var nextLabel = re(`(?i)[\s,;](?:被?授权[人方]|法定代表人|法人|代表人|地址|电话|联系人|联系方式|统一社会信用代码|身份证号码?|注册号|日期|签字|签章|盖章|签名|address|tel(?:ephone)?|phone|fax|email|date|signature|title|represented by|reg(?:istration)?\.? no|id no|passport|有效期|期限)[^:]{0,12}:|。`)

// tidyName cuts what is not the name.
func tidyName(s string) string {
	s = normal(strings.NewReplacer("\n", " ", "_", " ").Replace(s))
	if i := strings.Index(s, " ("); i > 0 && noteInParens.MatchString(s[i:]) {
		s = s[:i]
	}
	s = parenNote.ReplaceAllString(s, "")
	for _, re := range [...]*pattern{leadingWords, leadingEnglish} {
		s = re.ReplaceAllString(s, "")
	}
	if i := strings.IndexAny(s, ",。"); i > 0 && hasHan(s[:i]) {
		s = s[:i]
	}
	// After the legal form of a foreign name comes its address.
	if m := enOrgStart.FindString(s); m != "" && !hasHan(s) {
		s = m
	}
	s = strings.Trim(s, " \"'.,;:-()、。")
	if strings.Count(s, "(") != strings.Count(s, ")") {
		s = strings.Trim(strings.NewReplacer("(", " ", ")", " ").Replace(s), " ")
	}
	n := len([]rune(s))
	if n < 2 || n > 100 || notAName.MatchString(s) {
		return ""
	}
	letters := 0
	for _, c := range s {
		if unicode.IsLetter(c) {
			letters++
		}
	}
	if letters < 2 {
		return ""
	}
	return s
}

var (
	noteInParens   = re(`(?i)^ \((?:盖章|公章|签章|签字|seal|stamp|hereinafter|以下|the "|"|统一|"the)`)
	parenNote      = re(`(?i)\((?:盖章|公章|加盖公章|签章|签字|签名|seal|stamp|signature|hereinafter[^)]*|以下[^)]*|下称[^)]*|统一[^)]*|甲方|乙方)\)?.*$`)
	leadingWords   = re(`^(?:兹|现|特|由|经|我司|我公司|本公司|我方|授权|许可|同意|委托|将|与|和|及|以下简称|是|为|名称|姓名|全称|[:,、\s])+`)
	leadingEnglish = re(`(?i)^(?:that|the company|company|messrs\.?|m/s|is|by|to|and|we|name)[ :,]+`)
	enOrgStart     = re(`^` + enOrg + `(?:$|[ ,;])`)
	notAName       = re(`(?i)^(?:单位|单位名称|公司名称|企业名称|店铺名称|法定代表人|承诺人|经办人|盖章|公章|签字|签名|签章|日期|seal|signature|stamp|date|name|title|address|本公司|我公司|我司|本人|甲方|乙方|授权方|被授权方|该公司|有限公司|公司|the company|company|the licensee|the licensor|hereby)$`)
)

func hasHan(s string) bool {
	for _, c := range s {
		if isHan(c) {
			return true
		}
	}
	return false
}

// sameName compares two names without regard to case, blanks and marks.
func sameName(a, b string) bool {
	fold := func(s string) string {
		return strings.Map(func(c rune) rune {
			if unicode.IsLetter(c) || unicode.IsDigit(c) {
				return unicode.ToLower(c)
			}
			return -1
		}, tidyName(s))
	}
	return a != "" && b != "" && fold(a) == fold(b)
}

// countryWords tell where a party sits: by name of the country (in a label or
// address close by) or by a legal form used in one country only.
var countryWords = []struct {
	code string
	name *pattern // in the address
	form *pattern // at the end of the name
}{
	{"CN", re(`(?i)\bP\.? ?R\.? ?China\b|\bChina\b|中国(?:大陆)?|中华人民共和国|深圳|广州|上海|北京|杭州|义乌|东莞|宁波|福建|浙江|广东`), re(`有限公司$|有限责任公司$|(?i)(?:Shenzhen|Guangzhou|Shanghai|Beijing|Hangzhou|Yiwu|Dongguan|Ningbo|Xiamen|Zhejiang|Guangdong|Fujian|Jiangsu|Quanzhou|Foshan)\b`)},
	{"HK", re(`(?i)Hong ?Kong|香港`), re(`(?i)\(?Hong ?Kong\)?|\bHK\b|香港`)},
	{"MO", re(`(?i)Maca[uo]\b|澳门|澳門`), re(`(?i)\(?Maca[uo]\)?$|\(?澳[门門]\)?`)},
	{"TW", re(`(?i)Taiwan|台湾|臺灣`), nil},
	{"US", re(`\bU\.?S\.?A\b|United States|Delaware|California|New York|Texas|Florida|美国`), re(`\b(?:LLC|L\.L\.C\.?|Inc\.?|Incorporated|Corp\.?|Corporation)$`)},
	{"DE", re(`Germany|Deutschland|德国|Berlin|München|Hamburg|Köln|Frankfurt`), re(`GmbH(?: ?& ?Co\.? ?KG)?$`)},
	{"FR", re(`(?i)\bFrance\b|法国|\bParis\b|\bLyon\b`), re(`\b(?:SARL|S\.A\.R\.L\.?|SAS|S\.A\.S\.?)$`)},
	{"IT", re(`(?i)\bItal(?:y|ia)\b|意大利|\bMilan[o]?\b|\bRom[ae]\b`), re(`(?i)\b(?:S\.?r\.?l\.?|S\.?p\.?A\.?)$`)},
	{"ES", re(`(?i)\bSpain\b|España|西班牙|\bMadrid\b|Barcelona`), re(`\bS\.? ?L\.?U?\.?$`)},
	{"GB", re(`(?i)United Kingdom|\bEngland\b|\bU\.?K\.?\b|英国|\bLondon\b`), re(`\b(?:PLC|plc)$`)},
	{"NL", re(`(?i)Netherlands|Nederland|荷兰|Amsterdam`), re(`\bB\.?V\.?$`)},
	{"JP", re(`(?i)\bJapan\b|日本|\bTokyo\b|\bOsaka\b`), re(`\bK\.?K\.?$|株式会社`)},
	{"KR", re(`(?i)\bKorea\b|韩国|\bSeoul\b`), nil},
	{"AU", re(`(?i)\bAustralia\b|澳大利亚|\bSydney\b|Melbourne`), re(`(?i)\bPty\.? Ltd\.?$`)},
	{"CA", re(`(?i)\bCanada\b|加拿大|Toronto|Vancouver`), nil},
	{"PL", re(`(?i)\bPoland\b|Polska|波兰`), re(`Sp\. z o\.o\.$`)},
	{"RU", re(`(?i)\bRussia\b|Росси|俄罗斯|Moscow|Москва`), re(`^(?:OOO|ООО)`)},
	{"SE", re(`(?i)\bSweden\b|瑞典`), re(`\bAB$`)},
	{"FI", re(`(?i)\bFinland\b|芬兰`), re(`\bOy$`)},
	{"DK", re(`(?i)\bDenmark\b|丹麦`), re(`\b(?:A/S|ApS)$`)},
	{"BR", re(`(?i)\bBra[sz]il\b|巴西`), re(`\bLtda\.?$`)},
	{"PT", re(`(?i)\bPortugal\b|葡萄牙`), nil},
	{"CH", re(`(?i)Switzerland|Schweiz|Suisse|瑞士`), nil},
	{"TR", re(`(?i)\bT(?:urkey|ürkiye)\b|土耳其`), nil},
	{"IN", re(`(?i)\bIndia\b|印度(?:[^尼]|$)`), re(`(?i)Pvt\.? Ltd\.?$`)},
	{"SG", re(`(?i)Singapore|新加坡`), re(`(?i)Pte\.? Ltd\.?$`)},
}

// country of a party: its legal form first, then the address that follows it.
// Empty where neither says.
func country(name string, t *text, s span) string {
	for _, c := range countryWords {
		if c.form != nil && c.form.MatchString(name) && c.code != "CN" && c.code != "US" {
			return c.code
		}
	}
	_, after := t.near(s, 160)
	if i := strings.IndexAny(after, ";。"); i >= 0 {
		after = after[:i]
	}
	// What follows may already speak of the other party.
	if i := otherParty.FindStringIndex(after); i != nil {
		after = after[:i[0]]
	}
	best, at := "", len(after)+1
	for _, c := range countryWords {
		if m := c.name.FindStringIndex(after); m != nil && m[0] < at {
			best, at = c.code, m[0]
		}
	}
	if best != "" && !hasHan(name) {
		return best
	}
	for _, c := range countryWords {
		if c.form != nil && c.form.MatchString(name) {
			return c.code
		}
	}
	if best != "" {
		return best
	}
	if hasHan(name) {
		return "CN"
	}
	return ""
}

var otherParty = re(`(?i)被授权|乙方|licensee|grantee|hereby|authori[sz]e|授权|,? and `)
