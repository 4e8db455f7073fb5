package letter

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
)

// noticeTime is a time that a notice tells the meaning of, by its label (a row,
// a cell above, the words before) or by the sentence it stands in. Clocks and
// other dates on the capture have neither.
type noticeTime struct {
	role     string
	label    *pattern // ends a row's label
	before   *pattern // ends the sentence before
	after    *pattern // begins what follows; both have to fit where both are given
	examples string   // labels, parted by |
}

// atEnd makes a pattern of what a text ends with, but for an aside.
func atEnd(source string) *pattern {
	return flex(`(?i)(?:` + source + `)(?: ?\([^)]{0,20}\))?$`)
}

var noticeTimes = []noticeTime{
	{role: "deadline", label: atEnd(`(?:申诉|处理|反通知|提交|整改|最晚|最后)[^:\n]{0,6}(?:截止|期限|有效期|最晚|截至)[^:\n]{0,6}|截止(?:时间|日期)|申诉(?:期|窗口)[^:\n]{0,4}至|appeal (?:deadline|before|by|until|due|window (?:ends?|closes?)|expires?|end(?:s| time)?)[^:\n]{0,16}|(?:deadline|due date|last day)[^:\n]{0,24}|(?:appeal|respond|submit)[^:\n]{0,12}(?:before|by|until|no later than)`),
		examples: "申诉截止时间|申诉有效期至|截止日期|Appeal deadline|Appeal before|Deadline for appeal"},
	{role: "deadline", before: atEnd(`请(?:务必|您)?(?:在|于)|(?:须|需|应|可)(?:在|于)|(?:before|by|until|no later than)(?: the)?`), after: flex(`(?i)^ ?(?:\([^)]{0,16}\) ?)?(?:前|之前|以前)|^[^.。\n]{0,4}$`)},
	{role: "deadline", label: atEnd(foreignDeadline), examples: "Plazo de apelación|Fecha límite de apelación|Prazo para recurso|Date limite d'appel|Délai de recours|Scadenza del ricorso|Einspruchsfrist|Frist für den Einspruch|Срок подачи апелляции|İtiraz son tarihi"},
	{role: "violated", label: atEnd(`违规(?:发生|行为)?时间|(?:发现|检测|抓取)时间|(?:violation|detected|detection) (?:time|date|at|on)|date of (?:the )?violation`),
		examples: "违规时间|Violation time|Detected at"},
	{role: "lifted", label: atEnd(`(?:处罚|限制)?(?:解除|结束|失效|到期|释放)时间|处罚(?:截止|结束|到期)[^:\n]{0,4}|(?:penalty )?(?:ends?|expir(?:y|es|ation)|release) (?:time|date|on|at)|(?:lifted|released) (?:on|at)`),
		examples: "处罚解除时间|处罚结束时间|Penalty expiry date"},
	{role: "appealed", label: atEnd(`(?:申诉|提交|审核)(?:提交)?时间|(?:appeal|appealed|submitted|submission) (?:time|date|at|on)`),
		examples: "申诉时间|申诉提交时间|Submitted at"},
	{role: "effective", label: atEnd(`(?:处罚|扣分|违规处罚|执行|下架)?(?:生效|执行|处罚|下架)(?:的)?(?:时间|日期|日)|处罚(?:开始|起始)(?:时间|日期)|(?:penalty|punishment|penali[sz]ed|enforcement|violation)?[^:\n]{0,4}(?:effective|in effect|in force)[^:\n]{0,8}(?:time|date|from|at|on|since)?|(?:penalty|punishment|penali[sz]ed|enforcement|takedown|removal) (?:start )?(?:time|date|at|on|from|since)`),
		examples: "处罚时间|处罚生效时间|生效时间|生效日期|处罚执行时间|Penalty time|Effective time|Penalty effective from|Penalty date"},
	{role: "effective", before: atEnd(`(?:已|将)?(?:于|在)|(?:penalty|punishment|listing|product|it)[^.;]{0,60}(?:on|at|from|since|effective)(?: the)?`), after: flex(`(?i)^ ?(?:\([^)]{0,16}\) ?)?(?:起)?(?:被|由|因|正式|对)?[^。;\n]{0,10}(?:处罚|下架|生效|扣分|删除)`)},
	{role: "effective", before: atEnd(`(?:takes?|took|taken|in(?:to)?|goes? into|went into) effect(?: on| at| from| as of)?|(?:effective|penali[sz]ed|punished|taken down|removed)(?: on| at| from| as of| since)|自|处罚已?于`), after: flex(`(?i)^ ?(?:[,.;)(]|起生效|生效|$|\n)`)},
	{role: "effective", label: atEnd(foreignEffective), examples: "Fecha de entrada en vigor|Fecha de la sanción|Data de entrada em vigor|Data da punição|Date d'entrée en vigueur|Date de la sanction|Data di entrata in vigore|Datum des Inkrafttretens|Дата вступления в силу|Yürürlük tarihi|Ceza tarihi"},
	{role: "notified", label: atEnd(foreignNotified), examples: "Fecha de notificación|Data de notificação|Date de notification|Data di notifica|Benachrichtigt am|Дата уведомления|Bildirim tarihi"},
	{role: "notified", label: atEnd(`(?:通知|消息|站内信|邮件|公告)?(?:通知|发送|发出|下发|接收|送达|发布)(?:的)?(?:时间|日期)|(?:notice|notification|notified|message|sent|issued|received)[^:\n]{0,6}(?:sent|time|date|at|on|issued)?`),
		examples: "通知时间|通知发送时间|发送时间|Notice sent|Notified at|Notice date"},
}

// ofOthers are what a label speaks of that begins or ends no window: the listing, the
// shop, a trademark, rules, a campaign.
var ofOthers = map[string]*pattern{
	"notified":  flex(`(?i)商品|产品|宝贝|店铺|商家|图片|作品|商标|版权|证书|合同|订单|规则|公告|政策|账号|评价|首次|listing|product|item|store|shop|seller|image|picture|work|trademark|copyright|certificate|contract|order|rules?|policy|account`),
	"effective": flex(`(?i)历史|上次|此前|上一次|previous|prior|商标|版权|证书|合同|授权|协议|规则|政策|新规|活动|注册|保险|trademark|copyright|certificate|contract|licen[cs]e|agreement|rules?|polic(?:y|ies)|terms|campaign|registration`),
	"deadline":  flex(`(?i)历史|上次|previous|活动|报名|发货|收货|付款|支付|退款|退货|优惠|促销|续费|保证金|缴费|campaign|enrol|ship|deliver|pay|refund|return|coupon|promotion|renew|deposit`),
}

// window is how long the notice gives for the appeal, told in a sentence.
var window = flex(`(?i)(?:请|须|需|应|可|务必)[^。;\n]{0,20}?(?P<n>\d{1,2}|[一二三四五六七八九十]{1,3}) ?个?(?P<unit>工作日|自然日|日历日|天|日|小时)(?:之|以)?内[^。;\n]{0,10}(?:申诉|反通知|举证|抗辩)` +
	`|(?:appeal|dispute|counter-?notice|respond)[^.;\n]{0,40}within (?:the next )?(?P<m>\d{1,2})(?: ?\(\w+\))? (?P<of>business |working |calendar )?(?P<each>days?|hours?)`)

// remaining is time that is left to appeal.
var remaining = regexp.MustCompile(`(?i)(?:剩余|还剩|距[^。:\n]{0,12}(?:还有|截止|结束|剩)|倒计时|remaining|left|expires? in|closes in|ends in)[^\d。.\n]{0,20}(?:(\d{1,3})\s*(?:天|日|days?|d)\b?)?[\s,]*(?:(\d{1,3})\s*(?:小时|时|hours?|hrs?|h)\b?)?[\s,]*(?:(\d{1,2})\s*(?:分钟|分|minutes?|mins?|m)\b?)?` +
	`|(?:(\d{1,3})\s*(?:days?|d)\b)?[\s,]*(?:(\d{1,3})\s*(?:hours?|hrs?|h)\b)?[\s,]*(?:(\d{1,2})\s*(?:minutes?|mins?|m)\b)?\s*(?:remaining|left)`)

// zones are those that a page may write behind a time.
var zones = regexp.MustCompile(`(?i)^[\s(]{0,3}(PST|PDT|PT|UTC|GMT|美西时间|太平洋时间)(?:\s?([+-]\d{1,2})(?::?00)?)?`)

// noticeTimes reads the times whose meaning a notice tells.
func (r *reader) noticeTimes() {
	if r.doc.Kind != "notice" && r.doc.Kind != "other" {
		return // letters speak of times in words of their own
	}
	dates, _ := r.findDates(false)
	for _, w := range dates {
		if w.weak || w.monthOnly {
			continue
		}
		role, label := r.noticeRole(w)
		if role == "" {
			continue
		}
		at := w.At
		if m := zones.FindStringSubmatch(r.text.flow[w.to:min(len(r.text.flow), w.to+24)]); m != nil && w.clock {
			at = inZone(at, strings.ToUpper(m[1]), m[2])
		}
		r.doc.NoticeTimes = append(r.doc.NoticeTimes, facts.NoticeTime{
			Role: role, At: at, Day: !w.clock, Label: label, Text: w.Text, Page: w.Page, Box: w.Box, Confidence: w.Confidence,
		})
	}
	r.windows()
	r.remaining()
}

// windows reads how long is given, as hours: of working days the most that these can
// last, with a weekend or two.
func (r *reader) windows() {
	for _, m := range window.FindAllStringSubmatchIndex(r.text.flow, 10) {
		g := window.groups(r.text.flow, m)
		n := number(g["n"] + g["m"])
		if n <= 0 {
			continue
		}
		unit := g["unit"] + strings.ToLower(g["of"]+g["each"])
		hours := float64(n * 24)
		switch {
		case strings.HasPrefix(unit, "小时"), strings.HasPrefix(unit, "hour"):
			hours = float64(n)
		case unit == "工作日", strings.HasPrefix(unit, "business"), strings.HasPrefix(unit, "working"):
			hours = float64((n + (n+4)/5*2) * 24)
		}
		l := r.text.at(span{m[0], m[1]})
		r.doc.NoticeTimes = append(r.doc.NoticeTimes, facts.NoticeTime{
			Role: "window", Hours: hours, Text: clip(strings.TrimSpace(r.text.flow[m[0]:m[1]]), 100), Page: l.Page, Box: l.Box, Confidence: l.Confidence,
		})
	}
}

// remaining reads how much time is left.
func (r *reader) remaining() {
	for _, m := range remaining.FindAllStringSubmatchIndex(r.text.flow, 10) {
		hours, any := 0.0, false
		for g, unit := range [...]float64{24, 1, 1.0 / 60, 24, 1, 1.0 / 60} {
			if m[2*g+2] >= 0 {
				n, _ := strconv.Atoi(r.text.flow[m[2*g+2]:m[2*g+3]])
				hours, any = hours+float64(n)*unit, true
			}
		}
		if !any {
			continue
		}
		l := r.text.at(span{m[0], m[1]})
		r.doc.NoticeTimes = append(r.doc.NoticeTimes, facts.NoticeTime{
			Role: "remaining", Hours: hours, Text: clip(strings.TrimSpace(r.text.flow[m[0]:m[1]]), 100), Page: l.Page, Box: l.Box, Confidence: l.Confidence,
		})
	}
}

// inZone reads a time of Beijing as one of another zone. Pacific time is taken
// for summer time from April to October: an hour off in two weeks of the year.
func inZone(t time.Time, zone, offset string) time.Time {
	h := -8
	switch zone {
	case "UTC", "GMT":
		h, _ = strconv.Atoi(offset)
	case "PDT":
		h = -7
	case "PST":
	default:
		if t.Month() >= time.April && t.Month() <= time.October {
			h = -7
		}
	}
	y, mo, d := t.Date()
	return time.Date(y, mo, d, t.Hour(), t.Minute(), t.Second(), 0, time.FixedZone(zone, h*3600)).In(lang.Beijing())
}

// noticeRole tells what a date of a notice means, and the label that says so.
func (r *reader) noticeRole(w when) (role, label string) {
	t := r.text
	i := t.index(w.from)
	own := t.flow[t.starts[i]:w.from]
	candidates := []string{lastLabel(own)}
	if !strings.ContainsFunc(own, isWord) {
		if left := t.leftOf(i); left >= 0 {
			candidates = append(candidates, t.norm[left])
		}
		if up := t.above(i); up >= 0 {
			candidates = append(candidates, t.norm[up])
		}
		if len(candidates) == 1 && i > 0 {
			candidates = append(candidates, t.norm[i-1])
		}
	}
	for _, c := range candidates {
		c = strings.Trim(c, " :-|")
		if c == "" || len([]rune(c)) > 40 {
			continue
		}
		for _, n := range noticeTimes {
			if n.label == nil {
				continue
			}
			if n.label.MatchString(c) {
				if others := ofOthers[n.role]; others != nil && others.MatchString(c) {
					return "", ""
				}
				return n.role, c
			}
		}
	}
	before, after := r.sentence(w.span), t.flow[w.to:min(len(t.flow), w.to+60)]
	before = strings.TrimRight(before, " ")
	for _, n := range noticeTimes {
		if n.before == nil {
			continue
		}
		if n.before.MatchString(before) && n.after.MatchString(after) {
			return n.role, ""
		}
	}
	return "", ""
}

// lastLabel is what stands before a value in its line, after the value before.
func lastLabel(s string) string {
	s = strings.TrimRight(s, " :-|")
	if i := strings.LastIndexAny(s, "0123456789;|,。"); i >= 0 {
		_, rest, _ := strings.Cut(s[i:], " ")
		if rest == "" {
			return s[i+1:]
		}
		return rest
	}
	return s
}

// above is the nearest line above line i that begins about where it does, −1
// for none or where lines have no place: the head of a column.
func (t *text) above(i int) int {
	l := t.lines[i]
	if l.Box[2] == 0 || l.Box[3] == 0 {
		return -1
	}
	best := -1
	for j, o := range t.lines {
		gap := l.Box[1] - (o.Box[1] + o.Box[3])
		if j == i || o.Page != l.Page || gap < -l.Box[3]/2 || gap > 3*l.Box[3] || o.Box[1] >= l.Box[1] ||
			min(l.Box[0]+l.Box[2], o.Box[0]+o.Box[2]) <= max(l.Box[0], o.Box[0]) || o.Box[0] > l.Box[0]+l.Box[3] || o.Box[0] < l.Box[0]-2*l.Box[3] {
			continue
		}
		if best < 0 || o.Box[1] > t.lines[best].Box[1] {
			best = j
		}
	}
	return best
}
