package letter

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// What decides whether a notice can be appealed at all (M1–M3): its state, its
// type, the marketplace, and whether it is a rights holder's complaint. Pages
// name all of these in menus, filters and advice too ("within 7 days of the
// penalty taking effect"), so what stands beside its label counts first.

// How much less a reading counts that does not stand beside its label.
const (
	badgeDoubt    = 0.9 // a line of its own that is nothing but the value
	sentenceDoubt = 0.6 // words in running text or a menu: never sure
)

// A label stands at the beginning of a line or after a mark or a blank; a
// value follows on the line, beside it, or below. These are put around the
// alternatives of each.
const (
	labelBefore = `(?i)(?:^|[\n\s;,|。(])(?:`
	labelAfter  = `) ?(?:\([^)\n]{0,24}\) ?)?(?:: ?|\n|$|[ ])`
	// labelRunOn goes for values that are known words: blanks between Han
	// characters are gone, "处理状态 已处罚" is read as one.
	labelRunOn = `) ?(?:\([^)\n]{0,24}\) ?)?:? ?\n?`
)

var (
	stateLabel       = re(labelBefore + `(?:处理|违规|处罚|当前|记录|案件)?状态|(?:处罚|处理|判定|违规)结果|处罚(?:措施|方式)|(?:violation |penalty |case |current |record )?status|(?:violation |penalty )?state|(?:penalty |violation )?(?:result|action)|` + foreignState + labelRunOn)
	typeLabel        = re(labelBefore + `违规(?:类型|原因|行为|分类|类别|名称|事项|子类型|场景)|处罚(?:原因|类型|事由|理由)|通知类型|案件类型|(?:violation|penalty|punishment) ?(?:type|reason|category|cause)|type ?of ?violation|(?:violation )?reason|type|` + foreignType + labelRunOn)
	marketplaceLabel = re(labelBefore + `(?:所属|来源|销售|违规|申诉)?平台(?:名称)?|(?:sales ?)?(?:marketplace|platform)` + labelRunOn)
	complaintLabel   = re(labelBefore + `投诉(?:方|人|编号|单号|ID|时间|类型|原因)|权利人(?:名称)?|complainant|complaint ?(?:id|no|number|date|type)\.?|rights? ?holder` + labelAfter)
	appealBefore     = re(`(?i)(?:申诉|appeal) ?$`)
)

// states of a violation; the first that fits a value is it, so those whose
// words hold another's ("not penalised") come first.
var stateValues = []struct {
	state string
	re    *pattern
}{
	{"penalised", re(`(?i)(?:尚?未|没有)(?:解除|撤销|取消)|not ?(?:yet ?)?(?:lifted|revoked|released)`)},
	{"pending", re(`(?i)[待未](?:被)?处罚|尚未(?:处罚|生效)|(?:待|未)(?:生效|处理|确认|审核|整改)|处理中|审核中|审理中|pending|under ?review|in ?review|processing|awaiting|not ?(?:yet ?)?(?:penali[sz]ed|punished|in ?effect|effective)|` + foreignPending)},
	{"lifted", re(`(?i)(?:已|处罚|违规|被|^)(?:被)?(?:解除|撤销|撤回|取消|恢复|失效)|(?:免予|免于|不予|无需)处罚|申诉(?:成功|通过)|\blifted|revoked|withdrawn|cancell?ed|released|restored|reinstated|penalty ?removed|appeal ?(?:accepted|successful|approved)|` + foreignLifted)},
	{"warning", re(`(?i)警告|警示|warning`)},
	{"penalised", re(`(?i)(?:已|被)(?:被)?处罚|处罚(?:已)?生效(?:中)?|处罚中|已生效|已下架|penali[sz]ed|punished|in ?effect|effective|\bactive|enforced|` + foreignActive)},
}

// stateSentences are the same in running text.
var stateSentences = []struct {
	state string
	re    *pattern
}{
	{"lifted", re(`(?i)(?:处罚|违规|记录)[^。,;\n]{0,8}已(?:被|经)?(?:解除|撤销|撤回|取消)|已(?:为您)?(?:解除|撤销|撤回|取消)[^。,;\n]{0,6}(?:处罚|违规)|(?:penalty|violation) ?(?:has ?been|was|is) ?(?:now ?)?(?:lifted|revoked|withdrawn|removed|cancell?ed)`)},
	{"pending", re(`(?i)将(?:会|于)?[^。,;\n]{0,12}(?:被处罚|处罚生效)|尚未处罚|will ?be ?(?:penali[sz]ed|punished)|penalty ?(?:is ?)?(?:pending|not ?yet)`)},
	{"warning", re(`(?i)(?:本次|此次)[^。,;\n]{0,8}警告|(?:仅|只)(?:作|做|予以)?警告|this ?is ?a ?warning`)},
	{"penalised", re(`(?i)已(?:被|经)?处罚|处罚已(?:经)?生效|已被(?:平台)?(?:下架|处罚)|(?:has|have) ?been ?(?:penali[sz]ed|punished)|penalty ?(?:is ?)?(?:in ?effect|effective|active)`)},
}

// stateOf is the state a value says, "" for none, and where in it.
func stateOf(value string) (string, []int) {
	for _, w := range stateValues {
		if m := w.re.FindStringIndex(value); m != nil {
			return w.state, m
		}
	}
	return "", nil
}

// button is what a page offers to do: it is no state where it stands alone.
var button = regexp.MustCompile(`^(?:取消|撤销|撤回|恢复|解除)$`)

// states reads the state of the violation: beside its label, else from a badge,
// a line that is nothing but a state, else from running text.
func (r *reader) states() {
	d := r.doc
	for _, v := range r.beside(stateLabel) {
		if s, _ := stateOf(clip(v.text, 60)); s != "" {
			add(&d.States, s, func(string) { r.doubtful("states", s, v.span, 1) })
		}
	}
	if len(d.States) > 0 {
		return
	}
	badges := map[string]span{}
	var order []string
	progress := -1 // the line above the steps that a case goes through
	for i, n := range r.text.norm {
		if progressHead.MatchString(n) && r.text.aside(i) {
			progress = i
		}
		if progress >= 0 && r.text.inColumn(progress, i) {
			continue
		}
		n = strings.Trim(n, " .·•|()[]【】<>√✓!。")
		s, m := stateOf(n)
		if s == "" || m[0] != 0 || m[1] != len(n) || button.MatchString(n) {
			continue
		}
		if _, ok := badges[s]; !ok {
			badges[s] = r.line(i)
			order = append(order, s)
		}
	}
	for _, s := range order {
		doubt := badgeDoubt
		if len(order) > 1 {
			doubt = sentenceDoubt // the tabs of a list
		}
		d.States = append(d.States, s)
		r.doubtful("states", s, badges[s], doubt)
	}
	if len(order) > 0 {
		return
	}
	for _, w := range stateSentences {
		if m := w.re.FindStringIndex(r.text.flow); m != nil {
			add(&d.States, w.state, func(string) { r.doubtful("states", w.state, span{m[0], m[1]}, sentenceDoubt) })
		}
	}
}

// typeWords are the types of violation as case.yaml names them.
var typeWords = []struct {
	kind string
	re   *pattern
}{
	{"stolen_image", flex(`(?i)盗图|盗用.{0,6}图片|图片盗用|盗用图片|stolen (?:image|picture|photo)|image theft|unauthori[sz]ed use of (?:images?|pictures?|photos?)|copied (?:image|picture)|` + foreignStolen)},
	{"brand_logo", flex(`(?i)冒用.{0,6}(?:品牌|商标|logo)|品牌.{0,6}(?:冒用|logo|标识)|图片.{0,4}(?:含|带).{0,6}(?:品牌|logo)|(?:third[- ]party|unauthori[sz]ed) (?:brand|logo|trade ?mark)|` + foreignBrand)},
	{"watermark", flex(`(?i)水印|\bwatermark|` + foreignWatermark)},
	{"contact", flex(`(?i)(?:图片|含|泄露|留有).{0,8}联系方式|站外引流|contact (?:details|information|info) (?:in|on|shown)|off-?site contact|` + foreignContact)},
	{"sensitive", flex(`(?i)敏感(?:内容|信息|图片)|涉政|涉黄|sensitive (?:content|information)`)},
	{"ai_unlabelled", flex(`(?i)(?:AI|人工智能).{0,10}(?:未标|未标注|未标识|未声明)|(?:未标|未标注|未标识).{0,8}(?:AI|人工智能)|unlabell?ed AI|AI[- ]generated .{0,20}(?:not|without) label|` + foreignAI)},
}

// labelledTypes are looked for beside the label alone: their words are common
// in the advice that notices give.
var labelledTypes = []struct {
	kind string
	re   *pattern
}{
	{"prohibited_information", re(`(?i)违禁(?:信息|内容)|prohibited ?(?:information|content)`)},
	{"other", re(`(?i)假货|假冒(?:商品|产品|伪劣|品)|售假|销售假|仿冒|仿品|高仿|counterfeit|fake ?(?:goods|products?|items?)|replica|禁限售|禁售|限售|违禁(?:品|商品|物品)|(?:prohibited|restricted|banned) ?(?:items?|goods|products?|listings?|sales?)|资质|qualification|虚假(?:发货|交易|宣传)|刷单|类目错放|错放类目|价格作弊|描述不符|货不对[版板]|重复铺货|搜索作弊|(?:false|fake) ?(?:shipment|shipping|transactions?)|not ?as ?described`)},
	{"infringement", re(`(?i)侵权|侵犯[^。\n]{0,8}权|infring`)},
}

// violationTypes reads the types beside their label; where there is none, any
// named: notices explain several.
func (r *reader) violationTypes() {
	d := r.doc
	for _, v := range r.beside(typeLabel) {
		value, n := clip(v.text, 160), len(d.ViolationTypes)
		note := func(kind string) {
			add(&d.ViolationTypes, kind, func(string) { r.doubtful("violation_types", kind, v.span, 1) })
		}
		for _, w := range typeWords {
			if w.re.MatchString(value) {
				note(w.kind)
			}
		}
		for _, w := range labelledTypes {
			// "Infringement" beside a closer type says nothing more.
			if w.re.MatchString(value) && (w.kind != "infringement" || n == len(d.ViolationTypes)) {
				note(w.kind)
			}
		}
	}
	if len(d.ViolationTypes) > 0 {
		return
	}
	for _, w := range typeWords {
		if m := w.re.FindStringIndex(r.text.flow); m != nil {
			d.ViolationTypes = append(d.ViolationTypes, w.kind)
			r.doubtful("violation_types", w.kind, span{m[0], m[1]}, sentenceDoubt)
		}
	}
}

var marketplaceNames = []struct {
	name string
	re   *pattern
}{
	{"aliexpress", re(`(?i)ali ?express|速卖通`)},
	{"lazada", re(`(?i)lazada|来赞达`)},
	{"shopee", re(`(?i)shopee|虾皮`)},
	{"amazon", re(`(?i)amazon|亚马逊`)},
	{"temu", re(`(?i)\btemu\b`)},
	{"ebay", re(`(?i)\bebay\b`)},
	{"tiktok", re(`(?i)tik ?tok`)},
	{"walmart", re(`(?i)walmart|沃尔玛`)},
	{"shein", re(`(?i)\bshein\b`)},
	{"ozon", re(`(?i)\bozon\b`)},
	{"alibaba", re(`(?i)alibaba\.com|阿里(?:巴巴)?国际站`)},
	{"taobao", re(`(?i)taobao|淘宝`)},
	{"tmall", re(`(?i)\btmall\b|天猫`)},
	{"1688", re(`\b1688\b`)},
}

// sellerCentre follows, or precedes, a marketplace's name in the head of its
// sellers' pages.
var sellerCentre = re(`(?i)^(?:的)?[ .·|/-]*(?:shop )?(?:(?:卖家|商家|跨境|全球)(?:后台|中心|工作台|平台)|seller ?(?:cent(?:er|re|ral)|portal|hub|university)|central\b)`)
var sellerHost = re(`(?i)(?:seller[a-z-]*|sell|sellercenter)\.$`)

// marketplaces reads which marketplace the notice is of: beside its label, by
// the head or address of a seller centre, else doubtfully by a name that begins
// one of the first lines. Others' names in the text say nothing: complaints
// quote links.
func (r *reader) marketplaces() {
	d, flow := r.doc, r.text.flow
	note := func(name string, s span, doubt float64) {
		add(&d.Marketplaces, name, func(string) { r.doubtful("marketplaces", name, s, doubt) })
	}
	for _, v := range r.beside(marketplaceLabel) {
		for _, w := range marketplaceNames {
			if w.re.MatchString(clip(v.text, 60)) {
				note(w.name, v.span, 1)
			}
		}
	}
	for _, w := range marketplaceNames {
		for _, m := range w.re.FindAllStringIndex(flow, 10) {
			s := span{m[0], m[1]}
			before, after := r.text.near(s, 24)
			if sellerCentre.MatchString(after) || sellerHost.MatchString(before) || w.name == "aliexpress" {
				note(w.name, s, 1)
			}
		}
	}
	const head = 10
	for i := 0; i < min(head, len(r.text.norm)) && len(d.Marketplaces) == 0; i++ {
		n := r.text.norm[i]
		for _, w := range marketplaceNames {
			if m := w.re.FindStringIndex(n); m != nil && m[0] == 0 && utf8.RuneCountInString(n) <= 24 {
				note(w.name, r.line(i), sentenceDoubt)
			}
		}
	}
}

// complaint are the words of a rights holder's complaint.
var (
	complaint     = re(`(?i)(?:知识产权|权利人|权利方|版权|著作权|商标|专利|第三方)(?:侵权)?投诉|(?:ipr?|intellectual ?property|rights? ?holder'?s?|copyright|trade ?mark) ?(?:right )?(?:infringement )?complaint|\bIPP\b[^。\n]{0,6}投诉`)
	complaintText = re(`(?i)(?:收到|因|由|被|遭|针对)[^。;\n]{0,16}投诉|(?:received|following|due ?to|subject ?of) ?an? ?[^.;\n]{0,40}complaint`)
	complaintHead = re(`(?i)通知|详情|notice|details`)
)

// track tells a rights holder's complaint, which has a clock of its own (M3):
// by a type or title that says so, or a complainant beside their label. Menus
// name it too, so that the words alone are doubtful.
func (r *reader) track() {
	d, flow := r.doc, r.text.flow
	note := func(s span, doubt float64) {
		if d.Track == "" {
			d.Track = "ip_complaint"
			r.doubtful("track", d.Track, s, doubt)
		}
	}
	for _, v := range r.beside(typeLabel) {
		if complaint.MatchString(clip(v.text, 160)) {
			note(v.span, 1)
		}
	}
	for i, n := range r.text.norm {
		if i < 20 && utf8.RuneCountInString(n) <= 60 && complaint.MatchString(n) && complaintHead.MatchString(n) {
			note(r.line(i), 1)
		}
	}
	for _, v := range r.beside(complaintLabel) {
		// "无", "-" and the like stand where there is no complainant.
		if n := utf8.RuneCountInString(strings.Trim(v.text, " -—/.无:")); n >= 2 && !noValue.MatchString(v.text) {
			note(v.span, 1)
		}
	}
	for _, words := range [...]*pattern{complaint, complaintText} {
		if m := words.FindStringIndex(flow); m != nil {
			note(span{m[0], m[1]}, sentenceDoubt)
		}
	}
}

// noValue begins what stands behind the word where no one complains, or where it is the
// beginning of another label: "Complainant first published".
var noValue = re(`(?i)^(?:无|没有|不适用|none|n/?a|null)\b?|^(?:首次|最早|first|earliest|original(?:ly)?|publish\w*|since|listing|link|url|product)\b?`)

// aside reports a line that begins in the right half of its page.
func (t *text) aside(i int) bool {
	right := 0
	for _, o := range t.lines {
		if o.Page == t.lines[i].Page {
			right = max(right, o.Box[0]+o.Box[2])
		}
	}
	return 2*t.lines[i].Box[0] > right
}

// inColumn reports a line below another one, not to the left of it.
func (t *text) inColumn(head, i int) bool {
	l, o := t.lines[head], t.lines[i]
	return o.Page == l.Page && o.Box[1] > l.Box[1] && o.Box[0]+2*l.Box[3] >= l.Box[0]
}

// progressHead is what stands above the steps that a case goes through, each with a state
// of its own that is none of the case.
var progressHead = re(`(?i)^(?:处理|审核|案件|违规)?(?:进度|进程|时间线|时间轴|流程)$|^(?:progress|timeline|history|steps|log)$`)

// labelled is a value that stands beside a label.
type labelled struct {
	text string
	span
}

// beside finds the values of a label: the rest of its line; else what stands to
// the right of it on the same height of the page; else the next line.
func (r *reader) beside(label *pattern) []labelled {
	t := r.text
	var out []labelled
	for _, m := range label.FindAllStringIndex(t.flow, 20) {
		from, to := m[0], m[1]
		for from < to && strings.ContainsRune("\n ;,|(", rune(t.flow[from])) {
			from++
		}
		if appealBefore.MatchString(clip(t.flow[max(0, from-12):from], 12)) {
			continue // the state of an appeal, not of the violation
		}
		i := t.index(from)
		end := t.starts[i] + len(t.norm[i])
		if to < end && !strings.Contains(t.flow[from:to], ":") {
			// Without a mark a label begins its line, and does not run into the
			// next word unless that is a short value.
			glued := t.flow[to-1] != ' '
			if from != t.starts[i] || glued && (!endsInHan(t.flow[from:to]) || utf8.RuneCountInString(t.flow[to:end]) > mostRunOn) {
				continue
			}
		}
		if rest := strings.Trim(t.flow[min(to, end):end], " :-"); rest != "" {
			value, s := valueAfter(t.flow, to)
			out = append(out, labelled{value, s})
			continue
		}
		j := t.rightOf(i)
		if j < 0 && i+1 < len(t.norm) {
			j = i + 1
		}
		if j >= 0 {
			out = append(out, labelled{t.norm[j], r.line(j)})
		}
	}
	return out
}

// mostRunOn is how many characters a value may have that follows its label
// without a mark.
const mostRunOn = 16

func endsInHan(s string) bool {
	c, _ := utf8.DecodeLastRuneInString(s)
	return isHan(c)
}

// line is the span of a line.
func (r *reader) line(i int) span {
	return span{r.text.starts[i], r.text.starts[i] + len(r.text.norm[i])}
}

// rightOf is the nearest line to the right of line i at the same height, −1
// for none or where lines have no place. Boxes of neighbours may overlap by a
// character.
func (t *text) rightOf(i int) int {
	l := t.lines[i]
	if l.Box[2] == 0 || l.Box[3] == 0 {
		return -1
	}
	best := -1
	for j, o := range t.lines {
		top, bottom := max(l.Box[1], o.Box[1]), min(l.Box[1]+l.Box[3], o.Box[1]+o.Box[3])
		if j == i || o.Page != l.Page || o.Box[0] < l.Box[0]+max(l.Box[2]-min(l.Box[3], o.Box[3]), l.Box[2]/2) || 2*(bottom-top) < min(l.Box[3], o.Box[3]) {
			continue
		}
		if best < 0 || o.Box[0] < t.lines[best].Box[0] {
			best = j
		}
	}
	return best
}

// doubtful records where a statement was read, its confidence lowered.
func (r *reader) doubtful(field, value string, s span, doubt float64) {
	n := len(r.doc.Found)
	r.found(field, value, s)
	if len(r.doc.Found) > n {
		r.doc.Found[n].Confidence *= doubt
	}
}
