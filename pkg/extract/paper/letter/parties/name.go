package parties

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// expressions are compiled when the first letter is read: commands that read
// none should not wait for them.
type expressions struct {
	numbered       *regexp.Regexp // the number of a paragraph
	bareLine       *regexp.Regexp // a line that is nothing but a name
	orgEnd         *regexp.Regexp
	enEnd          *regexp.Regexp
	restOfName     *regexp.Regexp // the end of a name, at the beginning of a line
	valueEnd       *regexp.Regexp // what ends a value on its line: the next label, a full stop
	noteInParens   *regexp.Regexp
	parenNote      *regexp.Regexp
	leadingWords   *regexp.Regexp
	leadingEnglish *regexp.Regexp
	enOrgStart     *regexp.Regexp
	notAName       *regexp.Regexp
	dateStart      *regexp.Regexp
	notHan         *regexp.Regexp // beginnings that show that a sentence was taken for a name
	within         *regexp.Regexp // verbs that no name holds
	through        *regexp.Regexp // words before a name that say whose right is passed on
	cuts           *regexp.Regexp // words after which a name begins, the last of them counts
	labelled       *regexp.Regexp // a label and its value
	lowerWord      *regexp.Regexp // words of names that are not capitalised
	denied         *regexp.Regexp // what stands before a name whose consent is wanted, not given
}

var expr = sync.OnceValue(func() *expressions {
	return &expressions{
		numbered:       regexp.MustCompile(`^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)、.]+|[•·●▪◆■*-])\s*`),
		bareLine:       regexp.MustCompile(`^(?:单位|公司|落款)?:? ?(` + anyName + `)[ .]*(?:\([^)\n]{0,12}\)?|盖章|公章|签章)?$`),
		orgEnd:         regexp.MustCompile(`(?:` + zhForms + `)\)?$`),
		enEnd:          regexp.MustCompile(`(?:^|[ ,.&]|[\p{Ll}\d)])(?:` + enForms + `)$`),
		restOfName:     regexp.MustCompile(`^(?:[\p{Han}()A-Za-z0-9]{0,16}(?:` + zhForms + `)|(?:[A-Z&][\p{L}\d&.,'-]* ){0,4}(?:` + enForms + `))`),
		valueEnd:       regexp.MustCompile(`(?i)[\s,;(](?:法定代表人|法人代表|法人|代表人|负责人|地址|住所|注册地址|电话|联系人|联系电话|联系方式|统一社会信用代码|信用代码|营业执照|身份证号码?|身份证|护照号?|证件号码?|注册号|日期|签字|签章|盖章|签名|address|add|tel(?:ephone)?|phone|fax|e-?mail|date|signature|title|represented by|reg(?:istration)?\.? no|id no|passport|unified social credit code|有效期|期限)[^:]{0,16}:|(?:法定代表人|负责人|注册地址|住所地?|地址|住址|联系电话|联系方式|联系人|手机号?码?|电话|身份证(?:件)?(?:号码?)?|公民身份号码|护照号码?|证件号码?|国籍|性别|民族|出生(?:日期|年月)) ?:|[。;]|,? ?统一社会信用代码|\((?:统一社会信用代码|以下|下称|hereinafter)`),
		noteInParens:   regexp.MustCompile(`(?i)^ ?\((?:盖章|公章|签章|签字|seal|stamp|hereinafter|以下|the "|"|统一|"the)`),
		parenNote:      regexp.MustCompile(`(?i)\((?:身份证|证件|护照|信用代码|税号|id |id:|passport|盖章|公章|加盖公章|签章|签字|签名|seal|stamp|signature|hereinafter[^)]*|以下[^)]*|下称[^)]*|统一[^)]*|速卖通|全球速卖通|aliexpress|(?:线上|官方|网络)?店铺|网店|store\b|shop\b|甲方|乙方|授权方|被授权方)\)?.*$`),
		leadingWords:   regexp.MustCompile(`^(?:兹有?|现由|特此|我司|我公司|本公司|我方|授权给?|许可|同意|委托|以下简称|是|名称|姓名|全称|[:,、\s])+`),
		leadingEnglish: regexp.MustCompile(`(?i)^(?:that|the company|company|messrs\.?|m/s|is|by|to|and|we|name|the)[ :,]+`),
		enOrgStart:     regexp.MustCompile(`^` + enName + `(?:$|[ ,;])`),
		notAName:       regexp.MustCompile(`(?i)^(?:.*(?:19|20)\d\d年.*|自有.*|.*在(?:本|我|自家|自有)[厂店司].*|(?:法定|授权|委托|签约)?代表人?|(?:企业)?负责人|法人代表|法人|授权签字人|签署人|签字人|身份证号码?|单位|单位名称|公司名称|企业名称|店铺名称|法定代表人|承诺人|经办人|盖章|公章|签字|签名|签章|日期|seal|signature|stamp|date|name|title|address|本公司|我公司|我司|本人|甲方|乙方|授权方|被授权方|该公司|有限公司|责任公司|是?我公司|我们公司|[贵其各子母分某]公司|(?:上述|以上|任何|合作|关联|下属|授权|被授权)公司|.{0,24}(?:本公司|我公司|该公司|贵公司|本店|我司)|公司|the company|company|the licensee|the licensor|hereby|无|none|n/?a|附件.*|见附件)$`),
		dateStart:      regexp.MustCompile(`^(?:\d{4}[-年./]|\d{1,2}[-./]\d{1,2}[-./]|[年月日\s_/.-]+$)`),
		within:         regexp.MustCompile(`(?:已|业)?(?:获得|取得|得到|授予)|已(?:经|获|被)|授权给|转授权`),
		notHan:         regexp.MustCompile(`^(?:书|函|证|方|人|单|委|期|区|类|品|内|范|事|时|性|目|有(?:权|效|偿)|的|给|予|已|与(?:贵|我|乙|甲)|对|在|作为|拥有|享有|承诺|保证|自愿|使用|销售|不|未|其|该|此|本|上述|任何|第三|各|所有|并|由|就|经营|经销|生产|可|应|须|需|必须|授权|许可|委托|同意|将|现将|兹将|就|上述)`),
		through:        regexp.MustCompile(`(?:经|受|获得?|得到|持有|取得)(?:了)?(?:商标|品牌|著作|版权|专利)?(?:权利人|权人|所有人|持有人|品牌方|版权方)?$`),
		cuts:           regexp.MustCompile(`经?(?:权利人|商标权人|著作权人|版权方|品牌方|授权方|被授权方|甲方|乙方)|(?:代码|执照号?|证号)?[:为]?[0-9A-Z]{18}|兹有?|现由|特此|我司|我公司|本公司|以下简称|经授权|(?:现|特|将)?(?:授权|许可|委托|授予)(?:给|予|于)?|[:,、。;]`),
		labelled:       regexp.MustCompile(`^[\p{Han}]{2,8} ?(?:\([^)]{0,20}\))? ?:`),
		lowerWord:      regexp.MustCompile(`^(?:of|and|&|de|la|du|the|y|e|und|et|für|di|del|da|do|le|les|des|für|-|/)$`),
		denied:         regexp.MustCompile(`(?:未经?|未获|未得到|没有|不得|若未|非经|须经|需经|应经|without)[^。,;\n]{0,12}$`),
	}
})

// ends reports a name that ends as organisations' do.
func ends(name string) bool {
	name = strings.Trim(strings.TrimSpace(name), " .,;")
	return expr().orgEnd.MatchString(name) || expr().enEnd.MatchString(name) || expr().enEnd.MatchString(name+".")
}

// organisation reports a text that is nothing but an organisation's name.
func organisation(s string) bool {
	m := expr().bareLine.FindStringSubmatch(strings.TrimSpace(s))
	return m != nil && !expr().notHan.MatchString(m[1]) && Tidy(m[1]) != ""
}

// Tidy cuts what is not the name; empty where nothing is left that can be one.
func Tidy(s string) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '_' || r == ' ' }), " ")
	s = unbroken(s)
	if i := strings.Index(s, " ("); i > 0 && expr().noteInParens.MatchString(s[i:]) {
		s = s[:i]
	}
	s = expr().parenNote.ReplaceAllString(s, "")
	s = strings.TrimLeft(s, " \"'.,:;-、。")
	if hasHan(s) {
		if t := expr().leadingWords.ReplaceAllString(s, ""); t != "" {
			s = t
		}
	}
	s = expr().leadingEnglish.ReplaceAllString(s, "")
	if i := strings.IndexAny(s, ",。"); i > 0 && hasHan(s[:i]) {
		s = s[:i]
	}
	// After the legal form of a foreign name comes its address.
	if !hasHan(s) {
		if m := expr().enOrgStart.FindString(s); m != "" {
			s = m
		}
	}
	s = strings.Trim(s, " \"'.,;:-()、。")
	if strings.Count(s, "(") != strings.Count(s, ")") {
		s = strings.Join(strings.Fields(strings.NewReplacer("(", " ", ")", " ").Replace(s)), " ")
		s = unbroken(s)
	}
	n := utf8.RuneCountInString(s)
	if n < 2 || n > 100 || expr().notAName.MatchString(s) || expr().dateStart.MatchString(s) {
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

// unbroken takes the blanks out between Han characters.
func unbroken(s string) string {
	rs := []rune(s)
	out := rs[:0:0]
	for i, r := range rs {
		if r == ' ' && i > 0 && i+1 < len(rs) && isHan(rs[i-1]) && isHan(rs[i+1]) {
			continue
		}
		out = append(out, r)
	}
	return string(out)
}

// begin finds where a name taken from a sentence begins: an expression takes
// what stands before it as well. via reports that what stands there says whose
// right is passed on.
// open is a name that the expression began with: nothing shows where it begins,
// so that it does not reach back over a line's end.
func begin(s, before string, open bool) (name string, cut int, via bool) {
	from := 0
	if i := strings.LastIndexByte(s, '\n'); open && i >= 0 && utf8.RuneCountInString(s[i:]) > 4 {
		name, cut, via = begin(s[i+1:], before+s[:i+1], false)
		return name, cut + i + 1, via
	}
	if hasHan(s) {
		for _, m := range expr().cuts.FindAllStringIndex(s, -1) {
			if m[1] < len(s) && utf8.RuneCountInString(s[m[1]:]) >= 4 {
				from = m[1]
			}
		}
		// 经权利人甲… : what was cut, and what stands before, tells.
		via = expr().through.MatchString(strings.TrimRight(before+s[:from], " \n"))
	} else {
		from = firstOfName(s)
	}
	return strings.TrimLeft(s[from:], " \n:,"), from, via
}

// firstOfName is the offset of a foreign name in a text that ends with it: it
// goes back over words that begin with a capital.
func firstOfName(s string) int {
	type word struct {
		at   int
		text string
	}
	var list []word
	at := 0
	for _, w := range strings.FieldsFunc(s, unicode.IsSpace) {
		i := strings.Index(s[at:], w) + at
		list = append(list, word{i, w})
		at = i + len(w)
	}
	from := 0
	for i := len(list) - 1; i >= 0; i-- {
		w := list[i]
		c, _ := utf8.DecodeRuneInString(strings.TrimLeft(w.text, "(\"'"))
		if unicode.IsUpper(c) || unicode.IsDigit(c) || c == '&' || i >= len(list)-1 {
			from = w.at
			continue
		}
		if expr().lowerWord.MatchString(w.text) && i > 0 {
			continue
		}
		if i == len(list)-2 { // "adidas AG": the form alone is no name
			from = w.at
		}
		break
	}
	return from
}

// fold leaves letters and digits, in lower case.
func fold(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return unicode.ToLower(c)
		}
		return -1
	}, s)
}

// Ends reports a name that ends as those of organisations do.
func Ends(name string) bool { return ends(name) }
