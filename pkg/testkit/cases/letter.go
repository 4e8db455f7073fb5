package cases

import (
	"fmt"
	"strings"
	"time"
)

// set sets a letter on pages.
func (l *letter) set(d *Drawer, p *plan) ([]*sheet, error) {
	face := pick(p.rng, []string{serif, serif, sans, kai})
	if l.english() || l.layout == proseLatin {
		face = pick(p.rng, []string{latin, latin, plain})
	}
	s := newSetter(d.fonts, face, pick(p.rng, []float64{12, 12, 13, 11.5}))
	l.head(s)
	s.pen = pick(p.rng, []string{"blue", "black"})
	title, titleEN := l.titles()
	switch {
	case l.noTitle:
		s.y += 6
	case l.english(), l.layout == proseLatin:
		s.centred(titleEN, 20)
	default:
		s.centred(title, pick(p.rng, []float64{22, 24, 20}))
		if l.layout == bilingual {
			s.face = latin
			s.centred(titleEN, 14)
			s.face = face
		}
	}
	s.gap(0.8)
	switch l.layout {
	case table, tableEN:
		l.rows(s, 42, true)
	case colons, colonsEN:
		l.list(s)
	case handForm:
		l.form(s)
	case bilingual:
		l.twoColumns(s)
	case agreement:
		l.contract(s)
	case proseEN:
		l.proseEnglish(s)
	case proseLatin:
		l.proseOther(s)
	default:
		l.proseChinese(s)
	}
	l.closing(s, p)
	if err := l.block(s, d, p); err != nil {
		return nil, err
	}
	if err := l.further(s, d, p); err != nil {
		return nil, err
	}
	return l.numbered(s), nil
}

// head is what stands above the title: the letterhead, the letter's number.
func (l *letter) head(s *setter) {
	english := l.english() || l.layout == proseLatin
	lang, tel := "zh", "电话：0755-"
	if english {
		lang, tel = "en", "Tel: +86 755 "
	}
	if l.letterhead {
		s.y -= 12
		s.centred(l.grantor.name(lang), 15)
		address := l.grantor.address.zh
		if english {
			address = l.grantor.address.en
		}
		if l.grantor.country != "CN" {
			tel = "Tel: +44 20 7946 "
		}
		s.centred(address+"  "+tel+l.reg[:4]+l.reg[2:6], 9)
		s.page().rules = append(s.page().rules, rule{s.left, s.y - 3, s.right, s.y - 3})
		s.y += 8
	}
	if l.number {
		size := s.size
		s.size = 10
		text := "编号：SQ-" + l.signed.Format("2006") + "-0" + l.reg[:3]
		if english {
			text = "No. LOA-" + l.signed.Format("2006") + "-0" + l.reg[:3]
		}
		s.put(s.right-s.width(text, 10), s.y-6, text)
		s.y += 4
		s.size = size
	}
}

// titles in Chinese and English (or the letter's other language).
func (l *letter) titles() (zh, en string) {
	zh, en = "授权书", "LETTER OF AUTHORIZATION"
	switch l.kind {
	case "brand":
		zh = []string{"授权书", "品牌授权书", "商标使用授权书", "销售授权书"}[l.wording%4]
		en = []string{"LETTER OF AUTHORIZATION", "BRAND AUTHORIZATION LETTER", "CERTIFICATE OF AUTHORIZATION"}[l.wording%3]
	case "copyright":
		zh = []string{"图片使用授权书", "著作权授权书", "授权书", "图片版权许可书"}[l.wording%4]
		en = []string{"COPYRIGHT LICENCE", "IMAGE AUTHORIZATION LETTER"}[l.wording%2]
	case "portrait":
		zh, en = []string{"肖像权使用授权书", "模特肖像授权书"}[l.wording%2], "MODEL RELEASE"
	case "ai_licence":
		en = "COMMERCIAL LICENCE CERTIFICATE"
	}
	if l.layout == agreement {
		zh = map[string]string{"brand": "商标许可使用合同", "copyright": "图片授权许可协议"}[l.kind]
	}
	if l.previous != "" && l.wording%3 == 0 && l.layout != agreement {
		zh = "转授权书"
	}
	if l.wording%6 == 5 {
		zh = strings.Join(strings.Split(zh, ""), " ")
	}
	switch l.language {
	case "es":
		en = "CARTA DE AUTORIZACIÓN"
	case "fr":
		en = "LETTRE D'AUTORISATION"
	}
	return zh, en
}

// dateZH is a date in Chinese, or the room left for it.
func (l *letter) dateZH(t time.Time) string {
	if l.blanks {
		return "____年__月__日"
	}
	return dateZH(t, l.dates)
}

func (l *letter) termZH() string {
	if l.open {
		return "长期有效"
	}
	s, e := l.dateZH(l.starts), l.dateZH(l.ends)
	return []string{"自" + s + "起至" + e + "止", s + "至" + e, "自" + s + "至" + e, s + " 至 " + e}[l.wording/5%4]
}

func (l *letter) termEN() string {
	if l.open {
		return "until revoked in writing"
	}
	s, e := dateEN(l.starts, l.dates), dateEN(l.ends, l.dates)
	if l.ambiguous {
		s, e = l.starts.Format("02/01/2006"), l.ends.Format("02/01/2006")
	}
	if l.blanks {
		s, e = "____________", "____________"
	}
	return []string{"from " + s + " to " + e, s + " to " + e, "from " + s + " until " + e}[l.wording/5%3]
}

func (l *letter) subZH() string {
	if l.sublicense {
		return []string{"被授权方可以将上述权利转授权给第三方", "允许转授权", "被授权方有权进行转授权"}[l.wording/3%3]
	}
	return []string{"不得转授权", "未经授权方书面同意，被授权方不得转授权", "不可转授权"}[l.wording/3%3]
}

func (l *letter) subEN() string {
	if l.sublicense {
		return []string{"The grantee may sub-license these rights to third parties", "Sub-licensing is permitted"}[l.wording/3%2]
	}
	return []string{"Sub-licensing is not permitted", "The grantee may not sub-license these rights"}[l.wording/3%2]
}

// granteeName is a name, or the room left for it.
func (l *letter) granteeName(lang string) string {
	if l.omitGrantee || l.blanks {
		return "________________"
	}
	return l.grantee.name(lang)
}

// rightsZH is what is granted.
func (l *letter) rightsZH() string {
	switch l.kind {
	case "copyright":
		return fmt.Sprintf("在%s使用《%s》用于%s的商品展示与宣传", l.platform.zh, l.work, l.goods.zh)
	case "portrait":
		return fmt.Sprintf("在%s的%s商品图片和宣传中使用本人的肖像照片", l.platform.zh, l.goods.zh)
	}
	return fmt.Sprintf("在%s销售“%s”品牌的%s，并使用该品牌的商标和产品图片", l.platform.zh, l.brand, l.goods.zh)
}

func (l *letter) rightsEN() string {
	switch l.kind {
	case "copyright":
		return fmt.Sprintf("to use our product photographs for the sale of %s on %s", l.goods.en, l.platform.en)
	case "portrait":
		return "to use my likeness in product pictures on " + l.platform.en
	}
	return fmt.Sprintf("to sell %s of the brand %s on %s and to use the trademark and product photographs", l.goods.en, l.brand, l.platform.en)
}

// proseChinese is the letter as sentences; thanks names the rights holder
// first.
func (l *letter) proseChinese(s *setter) {
	a, b := l.grantor.name("zh"), l.granteeName("zh")
	if l.wording%2 == 0 {
		s.line([]string{"致：AliExpress平台", "致：全球速卖通平台", "致相关方："}[l.wording/7%3])
	}
	of := map[string]string{"brand": fmt.Sprintf("“%s”商标（注册号：%s）的注册人", l.brand, l.reg), "copyright": fmt.Sprintf("《%s》的著作权人", l.work)}[l.kind]
	switch {
	case l.kind == "portrait":
		s.para(fmt.Sprintf([]string{"本人%s（身份证号码：%s）同意并授权%s%s。", "授权人%s（身份证号：%s）兹授权%s%s。"}[l.wording%2], a, l.grantor.code, b, l.rightsZH()))
	case l.layout == thanks && l.holder != nil:
		h := l.holder.name("zh")
		s.para(fmt.Sprintf([]string{"经权利人%[1]s许可，%[2]s兹授权%[3]s%[4]s。", "经%[1]s（权利人）书面许可，兹由%[2]s授权%[3]s%[4]s。",
			"%[2]s系%[1]s在中国的授权代理商。经其许可，现授权%[3]s%[4]s。"}[l.wording%3], h, a, b, l.rightsZH()))
	case l.grantor.natural:
		s.para(fmt.Sprintf("本人%s（身份证号码：%s）系%s，兹授权%s%s。", a, l.grantor.code, of, b, l.rightsZH()))
	default:
		variants := []string{
			"我司%[1]s（统一社会信用代码：%[2]s）系%[3]s。兹授权%[4]s%[5]s。",
			"%[1]s是%[3]s，现授权%[4]s%[5]s。",
			"授权方%[1]s（以下简称“授权方”）特此授权%[4]s（以下简称“被授权方”）%[5]s。授权方系%[3]s。",
			"兹证明：%[4]s已获得%[1]s的授权，可以%[5]s。%[1]s系%[3]s。",
			"本公司，%[1]s，系%[3]s，兹授权%[4]s（统一社会信用代码：%[6]s）%[5]s。",
		}
		if l.previous != "" {
			of = map[string]string{"brand": fmt.Sprintf("“%s”品牌的授权代理商", l.brand), "copyright": fmt.Sprintf("《%s》的被许可人", l.work)}[l.kind]
		}
		s.para(fmt.Sprintf(variants[l.wording%len(variants)], a, l.grantor.code, of, b, l.rightsZH(), l.grantee.code))
	}
	s.para([]string{"授权地域：", "授权区域为", "本授权的地域范围为"}[l.wording/2%3] + l.territory.zh + "。")
	if !l.omitTerm {
		s.para([]string{"授权期限：", "授权有效期：", "本授权书的有效期限为"}[l.wording/4%3] + l.termZH() + "。")
	}
	if l.sublicenseSaid {
		s.para(l.subZH() + "。")
	}
}

// facts are label and value of a letter in rows.
func (l *letter) facts() [][2]string {
	if l.english() {
		rows := [][2]string{{"Grantor", l.grantor.name("en")}, {"Address", l.grantor.address.en}, {"Grantee", l.granteeName("en")}}
		if l.wording%3 == 1 {
			rows[0][0], rows[2][0] = "Licensor", "Licensee"
		}
		if l.kind == "brand" {
			rows = append(rows, [2]string{"Trademark", l.brand + ", registration No. " + l.reg})
		} else {
			rows = append(rows, [2]string{"Licensed works", "product photographs of the licensor"})
		}
		rows = append(rows, [2]string{"Products", l.goods.en}, [2]string{"Platform", l.platform.en}, [2]string{"Territory", l.territory.en})
		if !l.omitTerm {
			rows = append(rows, [2]string{[]string{"Term", "Validity"}[l.wording%2], l.termEN()})
		}
		return append(rows, [2]string{"Sub-licensing", map[bool]string{true: "permitted", false: "not permitted"}[l.sublicense]})
	}
	labels := [][2]string{{"授权方", "被授权方"}, {"授权人", "被授权人"}, {"授权单位", "被授权单位"}, {"许可方", "被许可方"}}[l.wording%4]
	if l.grantor.natural {
		labels = [2]string{"授权人", "被授权人"}
	}
	rows := [][2]string{{labels[0], l.grantor.name("zh")}}
	code := "统一社会信用代码"
	if l.grantor.natural {
		code = "身份证号码"
	}
	if l.wording%2 == 0 || l.grantor.natural {
		rows = append(rows, [2]string{code, l.grantor.code})
	}
	rows = append(rows, [2]string{labels[1], l.granteeName("zh")})
	switch l.kind {
	case "brand":
		rows = append(rows, [2]string{"授权品牌", l.brand}, [2]string{"商标注册号", l.reg})
	case "copyright":
		rows = append(rows, [2]string{"授权作品", l.work})
	default:
		rows = append(rows, [2]string{"授权内容", "肖像照片用于商品图片和宣传"})
	}
	if l.holder != nil && l.wording%2 == 1 {
		rows = append(rows, [2]string{"权利人", l.holder.name("zh")})
	}
	rows = append(rows, [2]string{[]string{"授权商品", "商品类目", "授权产品范围"}[l.wording/2%3], l.goods.zh}, [2]string{[]string{"授权平台", "使用平台"}[l.wording%2], l.platform.zh}, [2]string{[]string{"授权地域", "授权区域", "地域范围"}[l.wording%3], l.territory.zh})
	if !l.omitTerm {
		rows = append(rows, [2]string{[]string{"授权期限", "有效期限", "授权有效期"}[l.wording/3%3], l.termZH()})
	}
	if l.sublicenseSaid {
		rows = append(rows, [2]string{"转授权", map[bool]string{true: "允许", false: "不允许"}[l.sublicense]})
	}
	return rows
}

// rows is the letter as a table without colons.
func (l *letter) rows(s *setter, column float64, lines bool) {
	if l.wording%2 == 0 {
		if l.english() {
			s.line("This letter certifies the authorization set out below.")
		} else {
			s.para("授权方就下列事项向被授权方作出授权：")
		}
		s.gap(0.4)
	}
	s.y += 3
	for _, r := range l.facts() {
		s.row(r[0], r[1], column, lines && l.wording%4 != 3)
	}
	s.gap(0.3)
}

// list is one "label: value" a line.
func (l *letter) list(s *setter) {
	colon := "："
	if l.english() {
		colon = ": "
	}
	for _, r := range l.facts() {
		s.line(r[0] + colon + r[1])
	}
}

// form is a printed form filled in by hand.
func (l *letter) form(s *setter) {
	for _, r := range l.facts() {
		s.written(r[0]+"：", r[1])
	}
	s.gap(0.2)
	s.para("授权方确认以上内容真实有效，被授权方可凭本授权书在上述平台经营并使用相关图片。")
}

// twoColumns has each clause in Chinese and English side by side.
func (l *letter) twoColumns(s *setter) {
	for _, c := range [][2]string{
		{"授权方：" + l.grantor.name("zh"), "Grantor: " + l.grantor.name("en")},
		{"被授权方：" + l.granteeName("zh"), "Grantee: " + l.granteeName("en")},
		{"授权方兹授权被授权方" + l.rightsZH() + "。", "The grantor hereby authorizes the grantee " + l.rightsEN() + "."},
		{"授权地域：" + l.territory.zh, "Territory: " + l.territory.en},
		{"授权期限：" + l.termZH(), "Term: " + l.termEN()},
		{l.subZH() + "。", l.subEN() + "."},
	} {
		if l.omitTerm && strings.HasPrefix(c[1], "Term") {
			continue
		}
		s.columns(c[0], c[1], latin)
	}
}

// contract is an agreement of two parties that both sign.
func (l *letter) contract(s *setter) {
	a, b := "甲方（授权方）", "乙方（被授权方）"
	if l.wording%2 == 1 {
		a, b = "许可方（甲方）", "被许可方（乙方）"
	}
	s.line(a + "：" + l.grantor.name("zh"))
	s.line(b + "：" + l.granteeName("zh"))
	s.para("甲乙双方就授权事宜达成如下协议：")
	n := 0
	clause := func(text string) {
		s.para("第" + string([]rune("一二三四五六七八九")[n]) + "条　" + text)
		n++
	}
	clause("甲方授权乙方" + l.rightsZH() + "。")
	clause("授权地域：" + l.territory.zh + "。")
	if !l.omitTerm {
		clause("授权期限：" + l.termZH() + "。")
	}
	clause(strings.NewReplacer("被授权方", "乙方", "授权方", "甲方").Replace(l.subZH()) + "。")
	clause("本协议一式两份，双方各执一份，自双方签字盖章之日起生效。")
}

// proseEnglish is the letter as English sentences.
func (l *letter) proseEnglish(s *setter) {
	if l.kind == "ai_licence" {
		s.line("Tool: " + l.grantor.en)
		s.line("Account holder: " + l.grantee.name("en"))
		s.line(fmt.Sprintf("Plan period: %s", l.termEN()))
		if l.noncommercial {
			s.line("Images created under this plan are licensed for personal, non-commercial use only. Commercial use is not permitted.")
		} else {
			s.line("The account holder is granted a commercial licence: all images created under this plan may be used for commercial purposes worldwide, including online marketplaces.")
		}
		return
	}
	s.line("To whom it may concern,")
	of := map[string]string{"brand": fmt.Sprintf("owner of the trademark %s (registration No. %s)", l.brand, l.reg), "copyright": "owner of the copyright in the photographs named below"}[l.kind]
	if l.previous != "" {
		of = map[string]string{"brand": "authorized distributor of the brand " + l.brand, "copyright": "licensee of the photographs named below"}[l.kind]
	}
	switch l.wording % 3 {
	case 0:
		s.line(fmt.Sprintf("We, %s, %s, hereby authorize %s %s.", l.grantor.name("en"), of, l.granteeName("en"), l.rightsEN()))
	case 1:
		s.line(fmt.Sprintf("%s (the Grantor), %s, hereby grants %s (the Grantee) the right %s.", l.grantor.name("en"), of, l.granteeName("en"), l.rightsEN()))
	default:
		s.line(fmt.Sprintf("This is to certify that %s is authorized by %s, %s, %s.", l.granteeName("en"), l.grantor.name("en"), of, l.rightsEN()))
	}
	s.line("Territory: " + l.territory.en + ".")
	if !l.omitTerm {
		s.line("This authorization is valid " + l.termEN() + ".")
	}
	s.line(l.subEN() + ".")
}

// proseOther is the letter in Spanish or French.
func (l *letter) proseOther(s *setter) {
	a, b := l.grantor.name("en"), l.granteeName("en")
	if l.language == "es" {
		s.line(fmt.Sprintf("Por la presente, %s autoriza a la empresa %s a utilizar las fotografías de los productos y la marca %s para la venta de tazas en AliExpress.", a, b, l.brand))
		s.line("Territorio: todo el mundo." + l.termOther(" La presente autorización es válida desde el %s hasta el %s."))
		return
	}
	s.line(fmt.Sprintf("Par la présente, la société %s autorise la société %s à utiliser les photographies des produits et la marque %s pour la vente de tasses sur AliExpress.", a, b, l.brand))
	s.line("Territoire : monde entier." + l.termOther(" La présente autorisation est valable du %s au %s."))
}

// termOther is the term in Spanish or French, empty where the letter gives none.
func (l *letter) termOther(sentence string) string {
	if l.omitTerm {
		return ""
	}
	return fmt.Sprintf(sentence, l.starts.Format("02/01/2006"), l.ends.Format("02/01/2006"))
}

// closing has what stands beside the grant: other papers and their own terms.
func (l *letter) closing(s *setter, p *plan) {
	english := l.english() || l.layout == proseLatin
	from, to := day(p.now.Year()-6, 5, 7), day(p.now.Year()+4, 5, 6)
	switch {
	case l.regTerm && english:
		s.line(fmt.Sprintf("The registration of the trademark %s expires on %s.", l.brand, dateEN(to, l.dates)))
	case l.regTerm:
		s.para([]string{fmt.Sprintf("注：第%s号商标的注册有效期自%s至%s。", l.reg, dateZH(from, l.dates), dateZH(to, l.dates)),
			fmt.Sprintf("附：商标注册证（注册号%s，专用权期限至%s）。", l.reg, dateZH(to, l.dates))}[l.wording%2])
	}
	if l.oldLetter {
		old := l.starts.AddDate(0, -1, -1)
		if english {
			s.line(fmt.Sprintf("It replaces the earlier letter, which was valid until %s.", dateEN(old, l.dates)))
		} else {
			s.para(fmt.Sprintf("双方此前签署的有效期至%s的授权书由本授权书取代。", dateZH(old, l.dates)))
		}
	}
	if l.extra != "" {
		s.para(l.extra)
	}
	if !english && l.wording%3 == 0 && l.kind != "portrait" {
		s.para("特此授权。")
	}
	s.gap(0.8)
}
