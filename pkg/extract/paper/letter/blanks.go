package letter

import (
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/facts"
)

// blank is something that a form leaves for its user to fill in.
type blank struct {
	re *pattern
	// doubt is how sure it is that nothing was filled in: a pen may have written
	// over a line of a form, which recognition reads as a line.
	doubt    float64
	examples string // parted by |
}

// blanks are the signs of a place that was not filled in. Lines for signature
// and seal are filled in with ink, which is looked at elsewhere.
var blanks = []blank{
	{re: re(`(?i)\[[ _]*(?:(?:your|the|company|brand|shop|store|seller|grantor|grantee|licensor|licensee|insert|full|legal|trade ?mark|product|recipient|client)[ _])*(?:name|company|date|brand|address|title|number|country|term|period|trade ?mark|here)(?: here| name)?[ _]*\]|<(?:your |the )?(?:company|brand|shop|store|grantor|grantee|full|insert)[^>\n]{0,24}>|\{\{[^}\n]{1,40}\}\}|\$\{[^}\n]{1,40}\}`),
		doubt: 1, examples: "[Company Name]|[Your Name]|[Insert Date]|<Company name>|{{grantee}}"},
	{re: re(`[\[【(（<](?:请)?(?:填写|输入|插入|此处填)[^\]】)）>\n]{0,20}[\]】)）>]|[\[【<](?:公司|店铺|品牌|授权方|被授权方|商标|姓名|日期|地址|法定代表人)[^\]】>\n]{0,6}(?:名称|全称|名)?[\]】>]`),
		doubt: 1, examples: "【请填写公司名称】|[公司名称]|【品牌名称】"},
	{re: re(`(?:[Xx×＊*某]{2,}|[○◯]{3,})(?:\s?(?:市|省))?(?:\s?[Xx×＊*某]{2,})?\s?(?:有限|股份|科技|贸易|电子)*(?:公司|品牌|商标|店铺|先生|女士)|(?i)x{3,} ?(?:co\b|company|ltd|limited|brand|inc\b)`),
		doubt: 1, examples: "XXX有限公司|某某公司|××××品牌|XXXX Co"},
	{re: re(`(?:[Xx×＊*]{2,4}|20[Xx×＊*]{2}) ?年 ?[Xx×＊*]{1,2} ?月(?: ?[Xx×＊*]{1,2} ?日)?|(?i)\b(?:yyyy[-/. ]mm[-/. ]dd|dd[-/. ]mm[-/. ]yyyy|mm[-/. ]dd[-/. ]yyyy)\b`),
		doubt: 1, examples: "XXXX年XX月XX日|20XX年X月X日|YYYY-MM-DD"},
	{re: re(`[【\[（(][ _　]{1,40}[】\]）)]|[【\[][】\]]`), doubt: lineDoubt, examples: "【 】|[ ]|【】|(      )"},
	{re: re(`[_＿]{3,}|(?:_ ){3,}|[.．]{8,}|…{4,}`), doubt: lineDoubt, examples: "______|________________"},
	// Recognition makes nothing of a drawn line, or a stroke of it: 年二月二日.
	{re: re(`(?m)日期 ?[:：] ?年[_＿ .\-一二三]{0,6}月[_＿ .\-一二三]{0,6}$`), doubt: lineDoubt, examples: "授权日期：年月"}, // a seal hides the 日
	{re: re(`(?m)(?:^|[:：,，。;；至自到从于由(（ ])年[_＿ .\-一二三]{0,6}月[_＿ .\-一二三]{0,6}[日号]`), doubt: lineDoubt, examples: "年月日|年二月二日"},
	{re: re(`(?:授权|许可|委托|准许|同意)[ \n_]{0,3}[(（]以下(?:简称|称)|(?i)(?:authori[sz]es?|appoints?|permits?)[ \n_]{0,3}\((?:hereinafter|hereafter|the ["“'])`), doubt: lineDoubt,
		examples: "特此授权(以下简称“被授权方”)|hereby authorizes (hereinafter Grantee)"},
	{re: re(`(?:^|[^0-9OoIl〇零一二三四五六七八九十\p{Han}])(?:20)?[_＿ .\-]{0,12}年[_＿ .\-]{0,12}月[_＿ .\-]{0,12}[日号]`), doubt: lineDoubt, examples: "____年__月__日|  年  月  日|20  年  月  日"},
}

// lineDoubt is for what may have been filled in by hand.
const lineDoubt = 0.6

// Around a blank: lines for ink, and boxes to tick.
var (
	inkPlace  = re(`(?i)(?:签字|签名|签章|签署|盖章|公章|印章|手印|指纹|见证人|signature|signed(?: by)?|\bsign\b|seal|stamp|chop|\bby|initials?|witness|print(?:ed)? name|unterschrift|firma|assinatura)\s*(?:\([^)\n]{0,16}\))?\)?\s*[:：]?\s*$`)
	inkBehind = re(`(?i)^\s*\(?(?:签字|签名|签章|盖章|公章|signature|seal|stamp|authori[sz]ed sign)`)
	tickBox   = re(`^[\[(（【] ?[\])）】] *(?:\p{Han}|[A-Za-z])`)
	filledIn  = re(`^ *[\p{L}\d]`)
	digitNext = re(`^ *\d`)
)

// findBlanks lists places of a letter that were not filled in.
func (r *reader) findBlanks() {
	const most = 40
	t := r.text
	if r.doc.Kind == "notice" {
		return
	}
	var taken []span
	for _, b := range blanks {
		for _, m := range b.re.FindAllStringIndex(t.flow, most) {
			s := span{m[0], m[1]}
			before, after := t.near(s, 40)
			if i := strings.LastIndexByte(before, '\n'); i >= 0 {
				before = before[i+1:]
			}
			after, next, _ := strings.Cut(after, "\n")
			if strings.TrimSpace(after) == "" && strings.TrimSpace(before) == "" {
				after = next // a line with its caption below it
			}
			if slices.ContainsFunc(taken, func(o span) bool { return s.from < o.to && o.from < s.to }) || len(r.doc.Blanks) >= most {
				continue
			}
			taken = append(taken, s)
			if b.doubt < 1 && (inkPlace.MatchString(before) || inkBehind.MatchString(after) || tickBox.MatchString(t.flow[s.from:])) {
				continue
			}
			// "Grantor: ____ACME GmbH____" was filled in.
			if before = strings.TrimRight(before, " "); strings.HasPrefix(t.flow[s.from:], "_") && (digitNext.MatchString(after) || filledIn.MatchString(after) && strings.HasSuffix(strings.TrimRight(after, " "), "_") || strings.Contains(before, "_") && !strings.HasSuffix(before, "_") && !strings.ContainsAny(before[strings.LastIndex(before, "_"):], ":：,，、年月")) {
				continue
			}
			l := t.at(s)
			line := t.norm[t.index(s.from)]
			r.doc.Blanks = append(r.doc.Blanks, facts.DocLine{Page: l.Page, Text: clip(line, 120), Confidence: l.Confidence * b.doubt, Box: l.Box})
		}
	}
	r.emptyFields()
}

// fieldLabel is the label of a place of a form that has to be filled in; a
// signature or seal is another matter.
var fieldLabel = flex(`(?i)^(?:[一二三四五六七八九十\d]{1,2}[、.)] ?)?(?:(?:被)?(?:授权|许可|委托)(?:方|人|单位|公司|商|品牌|商标|作品|期限|有效期限?|区域|地域|产品|商品|平台|日期)|(?:授权)?有效期限?|(?:签署|签发|承诺)?日期|承诺(?:方|人)|(?:公司|店铺|企业|品牌|商标|产品)名称|(?:甲|乙)方|店铺(?:编号|ID)|商品(?:编号|ID)|违规(?:编号|单号|ID)|licensor|licensee|grantor|grantee|authori[sz]ed (?:party|company)|brand|trade ?mark|territory|term|validity|period|valid (?:from|until)|company(?: name)?|date)(?: ?\([^)\n]{1,12}\))?$`)

var dateLabel = re(`(?i)日期|^date`)

// emptyFields lists labels of a form beside which nothing was read. Whether the
// lines are a form is told by others of them that are filled in.
func (r *reader) emptyFields() {
	const enough = 2 // filled fields that make a form
	t := r.text
	filled, last := 0, -1 // the last one filled in: below it a form is signed and dated
	var empty []int
	for i, n := range t.norm {
		label, value, marked := strings.Cut(n, ":")
		if !fieldLabel.MatchString(strings.TrimSpace(label)) || inkPlace.MatchString(label) {
			continue
		}
		switch {
		case strings.TrimSpace(value) != "" || t.rightOf(i) >= 0 && !fieldLabel.MatchString(strings.TrimRight(t.norm[t.rightOf(i)], ": ")):
			filled++
			if !dateLabel.MatchString(label) {
				last = i
			}
		case t.lines[i].Box[2] == 0 || !marked && filled == 0:
			// Lines without a place: what stands beside one cannot be told.
		default:
			empty = append(empty, i)
		}
	}
	if filled < enough {
		return
	}
	for _, i := range empty {
		if next := i + 1; i > last || next < len(t.norm) && t.below(i, next) {
			continue // the value stands in the next line
		}
		l := t.lines[i]
		r.doc.Blanks = append(r.doc.Blanks, facts.DocLine{Page: l.Page, Text: clip(t.norm[i], 120), Confidence: l.Confidence * lineDoubt, Box: l.Box})
	}
}

// below reports a line right under another that is no label: its value.
func (t *text) below(i, next int) bool {
	l, o := t.lines[i], t.lines[next]
	label, _, _ := strings.Cut(t.norm[next], ":")
	return o.Page == l.Page && o.Box[1]-(l.Box[1]+l.Box[3]) < 2*l.Box[3] && !strings.Contains(t.norm[next], ":") && !fieldLabel.MatchString(strings.TrimSpace(label))
}

// pageNumber are the ways of numbering pages: which, of how many.
var pageNumbers = []*pattern{
	re(`第 ?(\d{1,3}|[一二三四五六七八九十]{1,3}) ?页 ?[,，/、]? ?[(（]?共 ?(\d{1,3}|[一二三四五六七八九十]{1,3}) ?页`),
	re(`共 ?(?P<of>\d{1,3}|[一二三四五六七八九十]{1,3}) ?页 ?[,，/、]? ?第 ?(?P<page>\d{1,3}|[一二三四五六七八九十]{1,3}) ?页`),
	flex(`(?i)(?:^|[^\p{L}])(?:page|seite|página|pagina|pág\.|p\.) ?(\d{1,3}) ?(?:of|/|von|de|di|sur|van|out of) ?(\d{1,3})(?:$|[^\d/])`),
	re(`^[-— ]*(\d{1,2}) ?/ ?(\d{1,2})[-— ]*$`),
}

// pageOf reads the page numbers that stand at head or foot of the pages.
func (r *reader) pageOf() {
	for i, n := range r.text.norm {
		for k, p := range pageNumbers {
			m := p.regexp().FindStringSubmatch(n)
			if m == nil || len(n) > len(m[0])+24 || k == len(pageNumbers)-1 && !r.text.atEdge(i) {
				continue
			}
			page, of := number(m[1]), number(m[2])
			if k == 1 {
				page, of = of, page
			}
			if page < 1 || of < page || of > 300 {
				continue
			}
			l := r.text.lines[i]
			r.doc.PageNumbers = append(r.doc.PageNumbers, facts.PageNumber{Number: page, Of: of, Text: clip(n, 60), Page: l.Page, Confidence: l.Confidence, Box: l.Box})
			break
		}
	}
}

// numbersPage reports a line that is a page number and nothing else.
func (t *text) numbersPage(i int) bool {
	n := t.norm[i]
	return slices.ContainsFunc(pageNumbers, func(p *pattern) bool {
		m := p.regexp().FindString(n)
		return m != "" && len(n) <= len(m)+2
	})
}

// atEdge reports a line that is the first or last of its page, or that stands
// alone at its top or bottom.
func (t *text) atEdge(i int) bool {
	l := t.lines[i]
	above, below := 0, 0
	for j, o := range t.lines {
		switch {
		case j == i || o.Page != l.Page:
		case o.Box[1]+o.Box[3]/2 < l.Box[1]+l.Box[3]/2:
			above++
		default:
			below++
		}
	}
	return above == 0 || below == 0
}
