package letter

import (
	"strings"
)

// rightWords map what a letter allows to short names.
var rightWords = []struct {
	name string
	re   *pattern
}{
	{"sell", flex(`(?i)销售|经销|出售|\bsell(?:ing)?\b|\bsales?\b|resell|\bresale\b|retail|vend(?:er|re|ita)\b|verkauf`)},
	{"promote", flex(`(?i)推广|宣传|广告|营销|promot|advertis|marketing`)},
	{"distribute", flex(`(?i)分销|发行|distribut`)},
	{"use_mark", flex(`(?i)使用.{0,12}(?:商标|品牌|标识|logo)|(?:商标|品牌).{0,8}使用|use .{0,40}(?:trade ?marks?|brands?|logos?)`)},
	{"use_images", flex(`(?i)使用.{0,20}(?:图片|照片|作品|素材|影像)|(?:图片|照片|作品|素材).{0,10}(?:使用|授权)|use .{0,40}(?:images?|pictures?|photo|artworks?|works?)`)},
	{"modify", flex(`(?i)修改|改编|编辑|modif(?:y|ication)|adapt|\bedit\b|derivative`)},
	{"reproduce", flex(`(?i)复制权?|reproduc|\bcopy\b`)},
	{"network_dissemination", flex(`(?i)信息网络传播|网络传播|display .{0,20}online|communicat\w+ to the public|publish .{0,20}(?:online|internet)`)},
	{"portrait", flex(`(?i)肖像|likeness|\bportrait\b|image rights|名誉及形象`)},
	{"commercial_use", flex(`(?i)商用|商业(?:性)?(?:使用|用途|目的)|commercial(?:ly)? (?:use|purposes?|exploit)|commercial usage|used? commercially|uso commerciale|(?:scopi|fini) commerciali|(?:uso|fines?|fins) comercia(?:l|les|is)|(?:usage|utilisation|fins) commercia(?:le?s?|ux)|kommerzielle?[nrms]? (?:Nutzung|Zweck|Verwendung)|gewerbliche?[nrms]? (?:Nutzung|Zweck|Verwendung)|commercieel gebruik|коммерческ\p{L}{1,4} (?:использован|цел)|(?:użytk\p{L}{1,3}|cel\p{L}{1,3}) komercyjn|ticari (?:kullanım|amaç)`)},
	{"manufacture", flex(`(?i)生产|制造|manufactur|produc(?:e|tion) of`)},
}

// A label ends with a mark; in a table without any it is all of its line.
const labelEnd = ` ?(?:\([^)\n]{0,24}\))? ?[:为]\s*`

// Labels with a value after them.
var (
	scopeLabel     = flex(`(?i)(?:授权范围|授权内容|授权事项|使用范围|许可范围|许可使用范围|使用用途|授权用途|用途|scope of (?:authori[sz]ation|licen[cs]e|use|rights)|authori[sz]ed scope|scope|alcance|umfang|portée|ambito) ?[:为]\s*`)
	categoryLabel  = flex(`(?i)(?:使用商品|使用产品|适用商品|使用类目|限用商品|授权使用商品|拍摄商品|授权类目|授权品类|授权产品|授权商品|产品类别|商品类别|产品类目|商品类目|适用类目|适用品类|适用产品|类目范围|经营类目|核定(?:使用)?商品|产品范围|商品范围|类目|品类|product categor(?:y|ies)|categor(?:y|ies)(?: of (?:goods|products))?|(?:authori[sz]ed|licensed|covered) (?:products?|goods|categor(?:y|ies))|goods covered|products?(?: covered)?|goods)` + labelEnd)
	territoryLabel = flex(`(?i)(?:授权地域范围|授权区域|授权地域|授权地区|地域范围|区域范围|销售区域|销售地区|使用地域|地域|区域|territor(?:y|ies)(?: of (?:authori[sz]ation|licen[cs]e))?|licensed territory|authori[sz]ed (?:territory|region|area)|regions?|countries|territorio|gebiet|territoire)` + labelEnd)
	brandLabel     = flex(`(?i)(?:授权品牌|品牌名称|商标名称|授权商标|注册商标|品牌|商标|brand(?: name)?s?|trade ?marks?(?: name)?|marks?|marca|marke|marque)` + labelEnd)
	categoryRow    = flex(`(?i)^(?:[一二三四五六七八九十\d]{1,2}[、.] ?)?(?:使用商品|使用产品|适用商品|使用类目|限用商品|授权使用商品|拍摄商品|授权类目|授权品类|授权产品|授权商品|产品类别|商品类别|产品类目|商品类目|适用类目|适用品类|适用产品|类目范围|经营类目|核定(?:使用)?商品|产品范围|商品范围|类目|品类|product categor(?:y|ies)|categor(?:y|ies)(?: of (?:goods|products))?|(?:authori[sz]ed|licensed|covered) (?:products?|goods|categor(?:y|ies))|goods covered|products?(?: covered)?|goods) ?(?:\([^)\n]{0,24}\))?$`)
	territoryRow   = flex(`(?i)^(?:[一二三四五六七八九十\d]{1,2}[、.] ?)?(?:授权地域范围|授权区域|授权地域|授权地区|地域范围|区域范围|销售区域|销售地区|使用地域|地域|区域|territor(?:y|ies)(?: of (?:authori[sz]ation|licen[cs]e))?|licensed territory|authori[sz]ed (?:territory|region|area)|regions?|countries|territorio|gebiet|territoire) ?(?:\([^)\n]{0,24}\))?$`)
	brandRow       = flex(`(?i)^(?:[一二三四五六七八九十\d]{1,2}[、.] ?)?(?:授权品牌|品牌名称|商标名称|授权商标|注册商标|品牌|商标|brand(?: name)?s?|trade ?marks?(?: name)?|marks?|marca|marke|marque) ?(?:\([^)\n]{0,24}\))?$`)
	quotedBrand    = re(`(?i)(?:品牌|商标|brand|trade ?mark|mark|logo)[\s\n]{0,3}["「『【]([^"」』】\n]{1,40})["」』】]|["「『【]([^"」』】\n]{1,40})["」』】][\s\n]{0,3}(?:(?:注册)?商标|品牌|系列|brand|trade ?mark|(?:R\)|\(R|®|™)|products)`)
	// bareBrand is a name in capitals before or behind the word for a mark.
	bareBrand    = re(`([A-Z][A-Z0-9&'-]{1,24}(?: [A-Z0-9&'-]{2,24}){0,2}(?: ?\p{Han}{2,6})?) ?(?:注册)?(?:商标|品牌)|(?:[Tt]rade ?[Mm]arks?|[Bb]rands?) ([A-Z][A-Z0-9&'-]{2,24}(?: [A-Z0-9&'-]{2,24}){0,2})(?:[^A-Za-z]|$)`)
	registration = flex(`(?i)(?:注册号|商标注册证?号|注册证号|商标号|登记号|作品登记号|reg(?:istration|istered)?\.? ?(?:trade ?mark )?(?:no|number|nr|certificate no)\.?|certificate (?:no|number)\.?|trade ?mark (?:no|number)\.?)[\s\n]*[:为]?[\s\n]*(?:第|no\.?)?[\s\n]*([A-Z]{0,4}[- ]?[\d][\d,./ -]{4,18}\d)|第[\s\n]*(\d{6,9}[A-Z]?)[\s\n]*号`)
	niceClass    = re(`(?i)第\s?(\d{1,2}(?:[、,]\s?\d{1,2})*)\s?类|class(?:es)?\s(\d{1,2}(?:,\s?\d{1,2})*)`)
)

// Sub-licensing: the ban is looked for first, since its words contain those
// of the permission.
var (
	subForbidden = flex(`(?i)(?:不得|不可|不能|无权|不允许|禁止|不含|未经[^。;]{0,24}(?:不得|不可))[^。;\n]{0,16}(?:转授权|再授权|分授权|转许可|再许可|分许可|转让)|(?:转授权|再授权|分许可|转许可)[^。;\n]{0,8}(?:不允许|不可|禁止|[::]\s?(?:否|无|不))|non-?sub-?licen[cs]able|(?:may|shall|must|can)(?:[\s\n]+not|not)[\s\n]+(?:be[\s\n]+)?(?:assign(?:ed)?|transfer(?:red)?|sub-?licen[cs]ed?)|without (?:the )?right to (?:grant )?sub-?licen[cs]|no right to sub-?licen[cs]|not (?:be )?(?:sub-?licen[cs]|transferable)|non-transferable|sub-?licen[cs](?:e|ing)(?: right)?s? ?(?:is|are|shall be)? ?[:(]? ?(?:no\b|not (?:allowed|permitted)|prohibited|forbidden|excluded)|no sub-?licen[cs]`)
	subAllowed   = flex(`(?i)(?:可以|有权|允许|可|具有|享有|包括|含)[^。;\n]{0,8}(?:转授权|再授权|分授权|转许可|再许可|分许可)|(?:转授权|再授权|转许可)(?:权利?|的权利)?\s?[:为]?\s?(?:是|有|允许)|(?:right|entitled|authori[sz]ed|permitted|allowed|free) to (?:grant )?(?:further )?sub-?(?:licen[cs]|authori[sz])|may (?:further )?(?:grant )?sub-?(?:licen[cs]|authori[sz])|sub-?licen[cs]able|with (?:the )?(?:right|power) (?:to|of) sub-?licen[cs]|sub-?licen[cs](?:e|ing)(?: right)?s? ?(?:is|are|shall be)? ?(?:hereby |expressly )?[:(]? ?(?:yes|allowed|permitted)|including (?:the right to )?sub-?licen[cs]`)
)

// Sub-licensing as a row of a table: a label that is all of its line or cell, with the
// answer beside it.
var (
	subRow = flex(`(?i)^(?:[一二三四五六七八九十\d]{1,2}[、.] ?)?(?:是否|能否|可否)?(?:可以?|允许|有权|准许|准予)?(?:转授权|再授权|分授权|转许可|再许可|分许可)(?:权限?|权利|许可|与否)? ?[:?]?$|^(?:right (?:to|of) )?sub-? ?(?:licen[cs]|authori[sz])(?:e|es|ing|ation)(?: rights?)? ?[:?]?$`)
	subNo  = re(`(?i)^(?:不|否|无|禁|未|no\b|not\b|none|prohibited|forbidden|excluded|☒)`)
	subYes = re(`(?i)^(?:是|有|可|允|能|准|享|yes\b|allowed|permitted|granted|may\b|can\b)`)
)

// sublicense reads whether the licensee may sub-license: "forbidden", "allowed" or
// "unstated".
func (r *reader) sublicense() {
	say := func(v string, s span) {
		r.doc.Sublicense = v
		r.found("sublicense", v, s)
	}
	if m := subForbidden.FindStringIndex(r.text.flow); m != nil {
		say("forbidden", span{m[0], m[1]})
		return
	}
	rows := r.rows(subRow)
	for _, j := range rows {
		if subNo.MatchString(r.text.norm[j]) {
			say("forbidden", r.line(j))
			return
		}
	}
	for _, j := range rows {
		if subYes.MatchString(r.text.norm[j]) {
			say("allowed", r.line(j))
			return
		}
	}
	if m := subAllowed.FindStringIndex(r.text.flow); m != nil {
		say("allowed", span{m[0], m[1]})
		return
	}
	r.doc.Sublicense = "unstated"
}

// Notarization and legalization wording (M28).
var (
	notarizedRe = flex(`(?i)公证(?:书|处|员|人|署|机构|字第)|attesting officer|经公证|业经公证|\bnotar(?:y|ial|i[sz]ed|i[sz]ation|ille|io|ia|iat|iell)\w*`)
	notNotary   = flex(`(?i)(?:无需|不需要?|未经?|免|without|not|need not be|no) ?(?:be |being |to be )?$`)
	apostille   = flex(`(?i)apostille|附加证明书|convention de la haye|海牙(?:公约)?认证`)
	consular    = flex(`(?i)领事认证|使馆认证|领馆认证|领事馆?[^。\n]{0,8}认证|consular (?:legali[sz]ation|authentication)|legali[sz]ed (?:by|at) the|(?:embassy|consulate)[^.\n]{0,40}(?:legali[sz]|authenticat|certif)`)
)

// terms reads what is granted, for what, where, and the formalities.
func (r *reader) terms() {
	t, d := r.text, r.doc
	flow := t.flow
	if d.Kind != "notice" {
		r.rights()
		r.limited()
		if m := scopeLabel.FindStringIndex(flow); m != nil {
			value, s := paragraph(flow, m[1])
			d.Scope = strings.TrimSpace(clip(value, 600))
			r.found("scope", clip(d.Scope, 100), s)
		}
		r.list("categories", categoryLabel, categoryRow, &d.Categories)
		for _, m := range niceClass.FindAllStringIndex(flow, 8) {
			add(&d.Categories, strings.TrimSpace(flow[m[0]:m[1]]), func(v string) { r.found("categories", v, span{m[0], m[1]}) })
		}
		r.list("territory", territoryLabel, territoryRow, &d.Territory)
		if d.Kind != "commitment" && d.Kind != "other" {
			r.where()
			r.platforms()
		}
		r.brands()
	}
	r.sublicense()
	for _, m := range notarizedRe.FindAllStringIndex(flow, 20) {
		before, _ := t.near(span{m[0], m[1]}, 24)
		if notNotary.MatchString(before) {
			continue
		}
		d.Notarized = true
		r.found("notarized", "true", span{m[0], m[1]})
		break
	}
	d.Legalized = "none"
	if m := apostille.FindStringIndex(flow); m != nil {
		d.Legalized = "apostille"
		r.found("legalized", d.Legalized, span{m[0], m[1]})
	} else if m := consular.FindStringIndex(flow); m != nil {
		d.Legalized = "consular"
		r.found("legalized", d.Legalized, span{m[0], m[1]})
	}
}

// brands collects names of brands and registration numbers.
func (r *reader) brands() {
	d, flow := r.doc, r.text.flow
	for _, m := range brandLabel.FindAllStringIndex(flow, 10) {
		value, s := valueAfter(flow, m[1])
		for _, v := range split(value) {
			v = strings.Trim(registrationTail.ReplaceAllString(v, ""), " \"'「」『』【】®™()")
			if n := len([]rune(v)); n >= 2 && n <= 40 {
				add(&d.Brands, v, func(v string) { r.found("brands", v, s) })
			}
		}
	}
	for _, j := range r.rows(brandRow) {
		for _, v := range split(r.text.norm[j]) {
			v = strings.Trim(registrationTail.ReplaceAllString(v, ""), " \"'「」『』【】®™()")
			if n := len([]rune(v)); n >= 2 && n <= 40 {
				add(&d.Brands, v, func(v string) { r.found("brands", v, r.line(j)) })
			}
		}
	}
	quoted := quotedBrand.FindAllStringSubmatchIndex(flow, 20)
	if len(quoted) == 0 {
		quoted = bareBrand.FindAllStringSubmatchIndex(flow, 20)
	}
	for _, m := range quoted {
		for g := 1; g <= 2; g++ {
			if m[2*g] >= 0 {
				v := strings.Trim(flow[m[2*g]:m[2*g+1]], " ®™")
				add(&d.Brands, v, func(v string) { r.found("brands", v, span{m[2*g], m[2*g+1]}) })
			}
		}
	}
	for _, m := range registration.FindAllStringSubmatchIndex(flow, 20) {
		for g := 1; g <= 2; g++ {
			if m[2*g] >= 0 {
				v := strings.Join(strings.Fields(flow[m[2*g]:m[2*g+1]]), "")
				add(&d.Registrations, strings.Trim(v, ".,-/"), func(v string) { r.found("registrations", v, span{m[2*g], m[2*g+1]}) })
			}
		}
	}
}

var registrationTail = re(`(?i)[\s(,]*(?:注册号|商标注册号|reg(?:istration)?\.? ?no).*$`)

// list reads the values after a label, and those beside or below one that is
// all of its line.
func (r *reader) list(field string, label, row *pattern, out *[]string) {
	take := func(value string, s span) {
		if m := exception.FindStringIndex(value); m != nil && field == "categories" {
			value = value[:m[0]]
		}
		for _, v := range split(value) {
			v = strings.Trim(v, " \"'.,:;。()")
			if strings.Count(v, "(") > strings.Count(v, ")") {
				v += ")"
			}
			if n := len([]rune(v)); n >= 2 && n <= 80 {
				add(out, v, func(v string) { r.found(field, v, s) })
			}
		}
	}
	for _, m := range label.FindAllStringIndex(r.text.flow, 10) {
		value, s := valueAfter(r.text.flow, m[1])
		take(value, s)
	}
	for _, j := range r.rows(row) {
		take(r.text.norm[j], r.line(j))
	}
}

// rows are the lines that hold the value of a label which is all of its line: to
// its right, else below.
func (r *reader) rows(label *pattern) []int {
	const most = 10
	var out []int
	for i, n := range r.text.norm {
		if len(n) > 90 || len(out) == most || !label.MatchString(n) {
			continue
		}
		j := r.text.rightOf(i)
		if j < 0 && i+1 < len(r.text.norm) && r.text.lines[i+1].Page == r.text.lines[i].Page {
			j = i + 1
		}
		if j >= 0 && !aLabel.MatchString(r.text.norm[j]) {
			out = append(out, j)
		}
	}
	return out
}

// aLabel is a line that names a value instead of giving it.
var aLabel = flex(`^(?:[一二三四五六七八九十\d]{1,2}[、.] ?)?(?:被?授权|使用|产品|商品|许可|地域|销售)?(?:方|人|品牌|商标|类目|区域|地域|期限|范围|平台|渠道|用途|日期|内容)(?:名称)?$|^(?i:licensor|licensee|territory|term|period|brand|trademark|date|scope|platform|products?|categor(?:y|ies))$|:$`)

// exception begins what a list does not hold: "服装,不得用于其他类目".
var exception = re(`(?i)[,;(] ?(?:但|且|并)?(?:不得|不可|不能|不含|不包括|不适用|禁止|除[^,;]{1,12}外|仅限|but ?not|not ?(?:including|for|to)|except|excluding|excl\.)`)

var listMarks = re(`[、;,/]| and | und | y | et |以及|及其|和`)

// split takes a list apart.
func split(s string) []string {
	const republic, one = "共和国", "\x00" // 和 in it divides nothing
	parts := listMarks.Split(strings.ReplaceAll(s, republic, one), 24)
	out := parts[:0]
	for _, p := range parts {
		if p = strings.TrimSpace(strings.ReplaceAll(p, one, republic)); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// add appends a value that is not there yet, at most 40.
func add(list *[]string, v string, then func(string)) {
	if v == "" || len(*list) >= 40 {
		return
	}
	for _, o := range *list {
		if strings.EqualFold(o, v) {
			return
		}
	}
	*list = append(*list, v)
	then(v)
}

// paragraph returns the text after a label to the end of its sentence or to
// the next line that begins with a label or a number.
func paragraph(flow string, at int) (string, span) {
	end := at
	for end < len(flow) && end-at < 900 {
		if flow[end] == '\n' {
			rest := flow[end+1:]
			if paragraphStart.MatchString(clip(rest, 60)) {
				break
			}
		}
		if strings.HasPrefix(flow[end:], "。") {
			break
		}
		end++
	}
	return strings.ReplaceAll(flow[at:end], "\n", " "), span{at, end}
}

var paragraphStart = re(`^(?:[一二三四五六七八九十]{1,3}[、.]|\(?\d{1,2}[.)、]|[^:\n]{1,24}:|$)`)
