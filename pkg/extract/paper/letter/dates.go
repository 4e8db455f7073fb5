package letter

import (
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
)

// months of the languages of the sites, by their first letters.
var months = map[string]time.Month{
	"jan": 1, "ene": 1, "gen": 1, "янв": 1, "sty": 1,
	"feb": 2, "fev": 2, "fév": 2, "фев": 2, "lut": 2,
	"mar": 3, "mär": 3, "mrz": 3, "мар": 3, "maa": 3,
	"apr": 4, "abr": 4, "avr": 4, "апр": 4, "kwi": 4,
	"may": 5, "mai": 5, "mag": 5, "май": 5, "мая": 5, "mei": 5, "maj": 5,
	"jun": 6, "giu": 6, "июн": 6, "cze": 6,
	"jul": 7, "lug": 7, "июл": 7, "lip": 7,
	"aug": 8, "ago": 8, "aoû": 8, "aou": 8, "авг": 8, "sie": 8,
	"sep": 9, "set": 9, "сен": 9, "wrz": 9,
	"oct": 10, "okt": 10, "out": 10, "ott": 10, "окт": 10, "paź": 10,
	"nov": 11, "ноя": 11, "lis": 11,
	"dec": 12, "dez": 12, "dic": 12, "déc": 12, "дек": 12, "gru": 12,
}

const monthNames = `jan(?:uary|vier|uar|eiro)?|ene(?:ro)?|gennaio|янв[а-я]*|feb(?:ruary|rero|ruar|braio)?|févr?(?:ier)?|fev(?:ereiro)?|фев[а-я]*|mar(?:ch|zo|s|ço|t)?|märz|мар[а-я]*|` +
	`apr(?:il|ile)?|abr(?:il)?|avr(?:il)?|апр[а-я]*|may(?:o)?|mai(?:o)?|maggio|мая|май|jun(?:e|io|i|ho)?|juin|giugno|июн[а-я]*|jul(?:y|io|i|ho)?|juil(?:let)?|luglio|июл[а-я]*|` +
	`aug(?:ust)?|ago(?:sto)?|août|авг[а-я]*|sept?(?:ember|iembre|embre|embro)?|set(?:embro|tembre)?|сен[а-я]*|oct(?:ober|ubre|obre)?|okt(?:ober)?|out(?:ubro)?|ott(?:obre)?|окт[а-я]*|` +
	`nov(?:ember|iembre|embre|embro)?|ноя[а-я]*|dec(?:ember)?|dez(?:ember|embro)?|dic(?:iembre|embre)?|déc(?:embre)?|дек[а-я]*`

const (
	digit   = `[0-9OoIl〇]`
	zhDigit = `[〇零○一二三四五六七八九十廿卅两]`
	clock   = `(?:[ T]{0,2}([01]?\d|2[0-3])\s?[:时點点]\s?([0-5]\d)(?:\s?[:分]\s?([0-5]\d))?)?`
)

// The written forms of a date. Recognition confuses 0 with O and 1 with l or
// I; between 年月日 and separators that can only be a digit.
var (
	zhDate    = dateRE(`(` + digit + `{4}|` + zhDigit + `{4}) ?年 ?(` + digit + `{1,2}|(?:` + zhDigit + `\n?){1,3}) ?月 ?(?:(` + digit + `{1,2}|(?:` + zhDigit + `\n?){1,3}) ?[日号號])?` + clock)
	isoDate   = dateRE(`((?:19|20|2O)` + digit + `{2}) ?[-/.] ?(` + digit + `{1,2}) ?[-/.] ?(` + digit + `{1,2})` + clock)
	dayFirst  = dateRE(`(\d{1,2}) ?[-/.] ?(\d{1,2}) ?[-/.] ?((?:19|20)\d{2})` + clock)
	nameFirst = dateRE(`(?i)(` + monthNames + `)\.? ?(\d{1,2})(?:st|nd|rd|th)? ?,? ?((?:19|20)\d{2})` + clock)
	dayName   = dateRE(`(?i)(?:^|[^\d])(\d{1,2})(?:st|nd|rd|th|er|º|°|\.)? ?(?:day ?)?-?(?:of|del|de|di)? ?(` + monthNames + `)\.?,? ?-?(?:of|del|de|г\.)? ?((?:19|20)\d{2})` + clock)
	nameYear  = dateRE(`(?i)(` + monthNames + `)\.? ?((?:19|20)\d{2})`)
)

// american: the month comes first in dates of such a text.
var american = re(`\b(?:USA|U\.S\.A\.|United States|Delaware|California|New York|Inc\.|LLC)\b`)

// dateRE makes a pattern of a form of a date: a blank may be missing, double or
// a line end.
func dateRE(source string) *pattern { return &pattern{source: source, widen: dateBlanks} }

func dateBlanks(source string) string { return strings.ReplaceAll(source, ` ?`, `[ \n]{0,2}`) }

// when is a date found in the flow.
type when struct {
	facts.DocDate
	span
	clock     bool // a time of day is given
	monthOnly bool // no day is given
}

// dates finds every date, its role, and the term of validity.
func (r *reader) dates() {
	found := r.findDates()
	r.assignRoles(found)
	r.term(found)
	for _, w := range found {
		if w.clock {
			r.doc.Timestamps = append(r.doc.Timestamps, w.DocDate)
		}
		r.doc.Dates = append(r.doc.Dates, w.DocDate)
	}
}

// findDates returns the dates in order of appearance; a longer reading wins
// over a shorter one of the same place.
func (r *reader) findDates() []when {
	const most = 300
	flow := r.text.flow
	var out []when
	add := func(m []int, from int, y, mo, d int, tm []string, doubt float64, monthOnly bool) {
		if y < 1950 || y > 2150 || mo < 1 || mo > 12 || d < 1 || d > daysIn(y, time.Month(mo)) || len(out) >= most {
			return
		}
		s := span{from, m[1]}
		if s.to < len(flow) && isDigit(flow[s.to]) && isDigit(flow[s.to-1]) {
			return // the beginning of a longer number
		}
		for _, o := range out {
			if s.from < o.to && o.from < s.to {
				return
			}
		}
		hh, mm, ss, has := 0, 0, 0, false
		if len(tm) == 3 && tm[0] != "" {
			hh, _ = strconv.Atoi(tm[0])
			mm, _ = strconv.Atoi(tm[1])
			ss, _ = strconv.Atoi(tm[2])
			has = true
		}
		l := r.text.at(s)
		out = append(out, when{
			DocDate: facts.DocDate{
				At:   time.Date(y, time.Month(mo), d, hh, mm, ss, 0, lang.Beijing()),
				Role: "other", Text: strings.TrimSpace(flow[s.from:s.to]),
				Page: l.Page, Box: l.Box, Confidence: l.Confidence * doubt,
			},
			span: s, clock: has, monthOnly: monthOnly,
		})
	}
	groups := func(m []int) []string {
		g := make([]string, len(m)/2)
		for i := range g {
			if m[2*i] >= 0 {
				g[i] = flow[m[2*i]:m[2*i+1]]
			}
		}
		return g
	}
	for _, m := range zhDate.FindAllStringSubmatchIndex(flow, most) {
		g := groups(m)
		if g[3] == "" {
			add(m, m[0], number(g[1]), number(g[2]), 1, nil, 0.7, true)
			continue
		}
		add(m, m[0], number(g[1]), number(g[2]), number(g[3]), g[4:7], 1, false)
	}
	for _, m := range isoDate.FindAllStringSubmatchIndex(flow, most) {
		if m[0] > 0 && isDigit(flow[m[0]-1]) || m[1] < len(flow) && isDigit(flow[m[1]]) {
			continue
		}
		g := groups(m)
		add(m, m[0], number(g[1]), number(g[2]), number(g[3]), g[4:7], 1, false)
	}
	for _, m := range nameFirst.FindAllStringSubmatchIndex(flow, most) {
		g := groups(m)
		add(m, m[0], number(g[3]), month(g[1]), number(g[2]), g[4:7], 1, false)
	}
	for _, m := range dayName.FindAllStringSubmatchIndex(flow, most) {
		g := groups(m)
		add(m, m[2], number(g[3]), month(g[2]), number(g[1]), g[4:7], 1, false)
	}
	dayMonth := r.dayMonthOrder()
	for _, m := range dayFirst.FindAllStringSubmatchIndex(flow, most) {
		if m[0] > 0 && isDigit(flow[m[0]-1]) {
			continue
		}
		g := groups(m)
		a, b := number(g[1]), number(g[2])
		doubt := 1.0
		if a <= 12 && b <= 12 && a != b {
			doubt = dayMonth.sure
		}
		if b > 12 || a <= 12 && dayMonth.monthFirst {
			a, b = b, a
		}
		add(m, m[0], number(g[3]), b, a, g[4:7], doubt, false)
	}
	for _, m := range nameYear.FindAllStringSubmatchIndex(flow, most) {
		g := groups(m)
		add(m, m[0], number(g[2]), month(g[1]), 1, nil, 0.7, true)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].from < out[j].from })
	return out
}

// order says how 03/04/2025 is meant and how sure that is.
type order struct {
	monthFirst bool
	sure       float64
}

// dayMonthOrder learns from the dates in the paper that can be read one way
// only; else day first, as everywhere but in the United States, doubtfully.
func (r *reader) dayMonthOrder() order {
	day, mon := 0, 0
	for _, m := range dayFirst.FindAllStringSubmatch(r.text.flow, 100) {
		switch a, b := number(m[1]), number(m[2]); {
		case a > 12 && b <= 12:
			day++
		case b > 12 && a <= 12:
			mon++
		}
	}
	switch {
	case day > 0 && mon == 0:
		return order{false, 0.95}
	case mon > 0 && day == 0:
		return order{true, 0.95}
	case american.MatchString(r.text.flow):
		return order{true, 0.55}
	}
	return order{false, 0.5}
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func daysIn(y int, m time.Month) int {
	return time.Date(y, m+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// month reads a month's name, 0 for none.
func month(name string) int {
	rs := []rune(strings.ToLower(name))
	if len(rs) < 3 {
		return 0
	}
	switch strings.ToLower(name) {
	case "juin":
		return 6
	case "juil", "juillet":
		return 7
	}
	return int(months[string(rs[:3])])
}

// number reads Arabic digits, with the letters recognition puts for them, and
// Chinese numerals both positional (二〇二五) and with 十 (二十一); −1 for none.
func number(s string) int {
	s = strings.ReplaceAll(strings.TrimSpace(s), "\n", "")
	if s == "" {
		return -1
	}
	ascii := strings.NewReplacer("O", "0", "o", "0", "I", "1", "l", "1", "〇", "0").Replace(s)
	if n, err := strconv.Atoi(ascii); err == nil {
		return n
	}
	digits := map[rune]int{'〇': 0, '零': 0, '○': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}
	if !strings.ContainsAny(s, "十廿卅") {
		n := 0
		for _, c := range s {
			d, ok := digits[c]
			if !ok {
				return -1
			}
			n = n*10 + d
		}
		return n
	}
	s = strings.NewReplacer("廿", "二十", "卅", "三十").Replace(s)
	tens, ones, _ := strings.Cut(s, "十")
	t, o := 1, 0
	if tens != "" {
		t = number(tens)
	}
	if ones != "" {
		o = number(ones)
	}
	if t < 0 || t > 9 || o < 0 || o > 9 {
		return -1
	}
	return t*10 + o
}

// Words around a date that tell its role.
var (
	startBefore = re(`(?i)(?:自|从|由|期限|有效期|期间|时间|生效日期?|起始日期?|开始日期?|effective(?: date| as of| from)?|from|commenc\w*(?: on)?|starting(?: on)?|start date|beginning(?: on)?|valid(?: from)?|with effect from|since|a partir del?|desde el|à compter du|du|ab dem|vom|dal|с)[ :]*(?:the ?|为|是|即日)?[ :]*$`)
	startAfter  = re(`(?i)^ ?(?:起|开始|生效)`)
	endBefore   = re(`(?i)(?:至|到|截至|截止|止于|终止日期?|结束日期?|届满日?|到期日?|失效日期?|有效期至|有效期限至|until|till|through|thru|to|expir\w*(?: date| on)?|end date|ending(?: on)?|terminat\w*(?: on)?|valid (?:until|till|through|to)|no later than|up to|and including|hasta el|jusqu'au|au|bis(?: zum)?|al|até|до|по|fino al)[ :]*(?:the ?|为|是|日期)?[ :]*$`)
	endAfter    = re(`^ ?(?:止|届满|到期|失效|终止|为止)`)
	signBefore  = re(`(?i)(?:签署日期|签订日期|签字日期|签章日期|签约日期|授权日期|承诺日期|落款日期|日期|signed(?: on| at| this)?|date of signature|signature date|signing date|date signed|dated?(?: this)?|executed(?: on| this)?|as of|fecha|datum|le|data|дата|on this)[ :]*(?:the ?|为|是|:)?[ :]*$`)
	issueBefore = re(`(?i)(?:签发日期|发证日期|开具日期|出具日期|通知时间|通知日期|生效时间|处罚时间|违规时间|issue date|date of issue|issued(?: on)?|notice date|penalty date|effective time)[ :]*$`)
	connector   = re(`(?i)^[\s\n]*(?:日)?(?:起)?[\s\n,]*(?:-+|~+|～|至|到|to|until|till|through|thru|and|hasta(?: el)?|au|jusqu'au|bis(?: zum)?|al?|até|до|по)[\s\n]*(?:the ?|including ?|and including ?)?$`)
)

// assignRoles tells start, end, signature and issue apart by the words around,
// by pairs, and by place.
func (r *reader) assignRoles(found []when) {
	for i := range found {
		w := &found[i]
		if i+1 < len(found) {
			between := r.text.flow[w.to:found[i+1].from]
			if len(between) < 40 && connector.MatchString(between) {
				w.Role, found[i+1].Role = "starts", "ends"
				continue
			}
		}
		if w.Role == "ends" {
			continue
		}
		before, after := r.text.near(w.span, 60)
		before, after = strings.ReplaceAll(before, "\n", " "), strings.ReplaceAll(after, "\n", " ")
		switch {
		case issueBefore.MatchString(before):
			w.Role = "issued"
		case endBefore.MatchString(before) || endAfter.MatchString(after):
			w.Role = "ends"
		case startBefore.MatchString(before) || startAfter.MatchString(after):
			w.Role = "starts"
		case signBefore.MatchString(before):
			w.Role = "signed"
		}
	}
	r.signedByPlace(found)
}

// signedByPlace takes a date that fills a line for the date of signature: the
// last such one, else the first of the letter's head.
func (r *reader) signedByPlace(found []when) {
	for _, w := range found {
		if w.Role == "signed" {
			return
		}
	}
	alone := func(w when) bool {
		line := r.text.norm[r.text.index(w.from)]
		return w.Role == "other" && !w.clock && len(strings.TrimSpace(line)) <= len(w.Text)+24
	}
	for i := len(found) - 1; i >= 0; i-- {
		if alone(found[i]) {
			found[i].Role = "signed"
			found[i].Confidence *= 0.9
			return
		}
	}
}

// Terms without an end, and terms by length.
var (
	openEnd  = flex(`(?i)长期有效|永久有效|无限期|永久性?授权|长期授权|有效期(?:限)?[::]?\s?(?:为)?(?:长期|永久)|期限[::]?\s?(?:为)?(?:长期|永久)|至.{0,12}撤销(?:之日|为止|前)|直至.{0,16}(?:撤销|撤回|解除|终止)|until (?:further notice|(?:it is |being )?(?:revoked|withdrawn|cancell?ed|terminated)|(?:written )?(?:notice of )?(?:revocation|termination|cancell?ation))|perpetual|in perpetuity|without (?:time limit|expiry|expiration)|no expir(?:y|ation)|indefinite(?:ly)?|unbefristet|durée indéterminée|por tiempo indefinido|por prazo indeterminado|a tempo indeterminato|бессрочн`)
	duration = dateRE(`(?i)(?:期限|有效期|授权期|许可期|为期|期)[^\n。;\d〇零○一二三四五六七八九十]{0,12}?(` + digit + `{1,3}|` + zhDigit + `{1,3}|半) ?(?:\(\d{1,3}\) ?)?(年|个月|个年度)|(?:自|从)[^\n。;]{0,24}?(?:起|后)[^\n。;\d]{0,6}?(` + digit + `{1,3}|` + zhDigit + `{1,3}|半) ?(年|个月)(?:内)?(?:有效)?|(?:term|period|valid|duration|effective|remain|licen[cs]e|authori[sz]ation|for)[^.;]{0,60}?(\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|twenty-four|thirty-six)(?:[ \n]*\(\d{1,3}\))?[ \n-]*(years?|months?)`)
)

var wordNumbers = map[string]int{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "eighteen": 18, "twenty-four": 24, "thirty-six": 36}

// term works out first and last day of validity.
func (r *reader) term(found []when) {
	d := r.doc
	var start, end, signed *when
	for i := range found {
		switch w := &found[i]; w.Role {
		case "starts":
			if start == nil {
				start = w
			}
		case "ends":
			if end == nil || w.At.After(end.At) && end.monthOnly {
				end = w
			}
		case "signed":
			signed = w
		}
	}
	if signed != nil {
		d.SignedAt = day(signed.At)
		r.found("signed_at", d.SignedAt.Format(time.DateOnly), signed.span)
	}
	if start != nil {
		d.Starts = day(start.At)
		r.found("starts", d.Starts.Format(time.DateOnly), start.span)
	}
	if end != nil {
		d.Ends = day(end.At)
		if end.monthOnly {
			d.Ends = d.Ends.AddDate(0, 1, -1)
			end.At = d.Ends
		}
		r.found("ends", d.Ends.Format(time.DateOnly), end.span)
		return
	}
	if m := openEnd.FindStringIndex(r.text.flow); m != nil {
		d.OpenEnded = true
		r.found("open_ended", "true", span{m[0], m[1]})
		return
	}
	m := duration.FindStringSubmatchIndex(r.text.flow)
	if m == nil {
		return
	}
	n, unit := 0, ""
	for g := 1; g+1 < len(m)/2; g += 2 {
		if m[2*g] < 0 {
			continue
		}
		text := strings.ToLower(r.text.flow[m[2*g]:m[2*g+1]])
		unit = strings.ToLower(r.text.flow[m[2*g+2]:m[2*g+3]])
		switch {
		case text == "半":
			n, unit = 6, "个月"
		case wordNumbers[text] > 0:
			n = wordNumbers[text]
		default:
			n = number(text)
		}
	}
	base := d.Starts
	if base.IsZero() {
		base = d.SignedAt
	}
	if n < 1 || n > 600 || base.IsZero() {
		return
	}
	if d.Starts.IsZero() {
		d.Starts = base
	}
	if strings.HasPrefix(unit, "y") || strings.HasPrefix(unit, "年") || unit == "个年度" {
		n *= 12
	}
	d.Ends = base.AddDate(0, n, -1)
	r.found("ends", d.Ends.Format(time.DateOnly), span{m[0], m[1]})
}

// day is Beijing midnight of a date.
func day(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, lang.Beijing())
}
