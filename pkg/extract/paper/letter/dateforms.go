package letter

import (
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
)

// months of the languages letters come in, by their first letters.
var months = map[string]time.Month{
	"jan": 1, "ene": 1, "gen": 1, "янв": 1, "sty": 1, "oca": 1,
	"feb": 2, "fev": 2, "fév": 2, "фев": 2, "lut": 2, "şub": 2,
	"mar": 3, "mär": 3, "mrz": 3, "мар": 3, "maa": 3,
	"apr": 4, "abr": 4, "avr": 4, "апр": 4, "kwi": 4, "nis": 4,
	"may": 5, "mai": 5, "mag": 5, "май": 5, "мая": 5, "mei": 5, "maj": 5,
	"jun": 6, "giu": 6, "июн": 6, "cze": 6, "haz": 6,
	"jul": 7, "lug": 7, "июл": 7, "lip": 7, "tem": 7,
	"aug": 8, "ago": 8, "aoû": 8, "aou": 8, "авг": 8, "sie": 8, "ağu": 8,
	"sep": 9, "set": 9, "сен": 9, "wrz": 9, "eyl": 9,
	"oct": 10, "okt": 10, "out": 10, "ott": 10, "окт": 10, "paź": 10, "paz": 10, "eki": 10,
	"nov": 11, "ноя": 11, "lis": 11, "kas": 11,
	"dec": 12, "dez": 12, "dic": 12, "déc": 12, "дек": 12, "gru": 12, "ara": 12,
}

const monthNames = `jan(?:uary|uari|vier|uar|eiro)?|ene(?:ro)?|gen(?:naio)?|янв[а-я]*|stycznia|ocak|` +
	`feb(?:ruary|ruari|rero|ruar|braio)?|f[ée]vr?(?:ier)?|fev(?:ereiro)?|фев[а-я]*|lutego|şubat|` +
	`mar(?:ch|zo|s|ço|co|t|ca)?|m[äa]rz|mrz|maart|мар[а-я]*|apr(?:il|ile)?|abr(?:il)?|avr(?:il)?|апр[а-я]*|kwietnia|nisan|` +
	`may(?:o|ıs)?|mai(?:o)?|mag(?:gio)?|maja|mei|мая|май|june?|jun(?:io|i|ho)|juin|giu(?:gno)?|июн[а-я]*|czerwca|haziran|` +
	`ju[l1I](?:y|io|i|ho)?|juil(?:let)?|lug(?:lio)?|июл[а-я]*|lipca|temmuz|aug(?:ust|ustus)?|ago(?:sto)?|ao[ûu]t|авг[а-я]*|sierpnia|ağustos|` +
	`sept?(?:ember|iembre|embre|embro)?|set(?:embro|tembre|iembre)?|сен[а-я]*|września|eylül|[o0]ct(?:[o0]ber|ubre|[o0]bre)?|okt(?:ober)?|out(?:ubro)?|ott(?:obre)?|окт[а-я]*|października|ekim|` +
	`n[o0]v(?:ember|iembre|embre|embro)?|ноя[а-я]*|listopada|kasım|dec(?:ember)?|dez(?:ember|embro)?|dic(?:iembre|embre)?|d[ée]c(?:embre)?|дек[а-я]*|grudnia|aralık`

const (
	digit     = `[0-9OoIl〇]`
	zhDigit   = `[〇零○O0一二三四五六七八九十廿卅两元壹贰貳叁參肆伍陆陸柒捌玖拾]`
	clock     = `(?:[ T,]{0,2}(?:at )?(?P<half>上午|下午|凌晨|早上|中午|晚上)?\s?(?P<h>[01]?\d|2[0-4])\s?[:时點点]\s?(?P<min>[0-5]\d)(?:\s?[:分]\s?(?P<s>[0-5]\d))?(?:\s?(?P<ap>[AaPp]\.?[Mm]\b))?)?`
	dateYear  = `(?P<y>(?:19|20|25)\d{2})`
	dateShort = `(?P<y>['’]?[23]\d)`
	dateDay   = `(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|°|ª|\.)?`
	dateDayOf = dateDay + ` ?(?:day ?)?[-/]?(?:of|del|de|di)? ?(?P<n>` + monthNames + `)\.?,? ?[-/]?(?:of|del|de|г\.)? ?`
)

// A dateForm is one way of writing a date. Its groups are y, m, d, and h, min, s
// where a time of day may follow; n is a month's name. Recognition confuses 0
// with O and 1 with l or I; between 年月日 and separators that can only be a
// digit.
type dateForm struct {
	re *pattern
	// numeric: day and month stand in either order, which the paper has to tell.
	numeric bool
	// weak: a date only where words around it say so: version and registration
	// numbers look alike.
	weak bool
	// yearEnd: the last day of the year is meant.
	yearEnd  bool
	examples string // each is 2027-12-01, parted by |
}

// dateForms are tried in turn; what an earlier one read a later one leaves.
var dateForms = []dateForm{
	{re: dateRE(`(?:中[华華])?民[国國] ?(?P<roc>\d{2,3}|` + zhDigit + `{1,5}) ?年 ?(?P<m>\d{1,2}|` + zhDigit + `{1,3}) ?月 ?(?P<d>\d{1,2}|` + zhDigit + `{1,3}) ?[日号號]` + clock),
		examples: "民国116年12月1日|中華民國一一六年十二月一日|民國116年12月1日"},
	{re: dateRE(`(?P<y>` + digit + `{4}|` + zhDigit + `{4}) ?年 ?(?P<m>` + digit + `{1,2}|(?:` + zhDigit + `\n?){1,3}) ?月 ?(?:份 ?)?(?:(?P<d>` + digit + `{1,2}|(?:` + zhDigit + `\n?){1,3})(?: ?[日号號]|\n|$))?` + clock),
		// Nothing but 日 ends the line there; a seal often hides it.
		examples: "2027年12月1日|2027年12月1|二〇二七年十二月一日|二零二七年十二月一号|2O27年 12 月 1 日"},
	{re: dateRE(`(?P<y>` + digit + `{4}|` + zhDigit + `{4}) ?年 ?(?:年)?[底末]`), yearEnd: true},
	{re: dateRE(`(?P<y>(?:19|20|2O)` + digit + `{2}) ?[-/.] ?(?P<m>` + digit + `{1,2}) ?[-/.] ?(?P<d>` + digit + `{1,2})` + clock),
		examples: "2027-12-01|2027/12/1|2027.12.01|2027 - 12 - 01"},
	{re: dateRE(`(?i)(?P<n>` + monthNames + `)\.? ?(?P<d>\d{1,2})(?:st|nd|rd|th)? ?,? ?` + dateYear + clock),
		examples: "December 1, 2027|Dec. 1st, 2027|Dec 1 2027"},
	{re: dateRE(`(?i)(?:^|[^\d])(?P<all>` + dateDayOf + dateYear + clock + `)`),
		examples: "1 December 2027|1st day of December, 2027|1 Dec. 2027|01-DEC-2027|1 de diciembre de 2027|1er décembre 2027|1. Dezember 2027|1º dicembre 2027|1 de dezembro de 2027|1 grudnia 2027|1 Aralık 2027|1 декабря 2027"},
	{re: dateRE(`(?P<d>\d{1,2}) ?[-/.] ?(?P<m>\d{1,2}) ?[-/.] ?` + dateYear + clock), numeric: true,
		examples: "01/12/2027|1.12.2027|01-12-2027"},
	{re: dateRE(`(?i)(?P<n>` + monthNames + `)\.?,? ?(?:of|del|de)? ?(?P<y>(?:19|20)\d{2})`)},
	{re: dateRE(`(?i)(?P<n>` + monthNames + `)\.? ?(?P<d>\d{1,2})(?:st|nd|rd|th)?(?: ?, ?| ?['’])` + dateShort), weak: true, examples: "Dec 1, 27|Dec 1, '27"},
	{re: dateRE(`(?i)(?:^|[^\d])(?P<all>` + dateDayOf + dateShort + `)`), weak: true, examples: "1 Dec 27|01-Dec-27|1st December '27"},
	{re: re(`(?:^|[^\d])(?P<all>(?P<y>20\d{2})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01]))`), weak: true, examples: "20271201"},
	{re: re(`(?:^|[^\d./-])(?P<all>(?P<d>\d{1,2})(?:/|-|\.)(?P<m>\d{1,2})(?:/|-|\.)(?P<y>[23]\d))`), numeric: true, weak: true, examples: "01/12/27|01.12.27"},
}

// Halves of a range that share the year of the other half.
var (
	zhSecond = dateRE(rangeStart + `(?P<all>(?P<m>` + digit + `{1,2}|` + zhDigit + `{1,3}) ?月 ?(?P<d>` + digit + `{1,2}|` + zhDigit + `{1,3}) ?[日号號])`)
	dayFirst = dateRE(`(?i)(?:^|[^\d])(?P<all>` + dateDay + ` ?(?:of|del|de)? ?(?P<n>` + monthNames + `)\.?)` + rangeEnd)
	monFirst = dateRE(`(?i)(?P<all>(?P<n>` + monthNames + `)\.? ?(?P<d>\d{1,2})(?:st|nd|rd|th)?,?)` + rangeEnd)
)

const (
	joiner     = `(?:-+|~+|～|/|至|到|to|until|till|through|thru|and|hasta(?: el)?|au|jusqu'au|bis(?: zum)?|al?|até|до|по)`
	rangeStart = `^[\s\n]*(?:起|开始)?[\s\n,]*(?:-+|~+|～|至|到)[\s\n]*`
	rangeEnd   = `[\s\n]*` + joiner + `[\s\n]*(?:the ?)?$`
)

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
	weak      bool // a date where words around say so
	bare      bool // weak, and without a month's name
	dropped   bool // weak, and nothing says so
	pair      bool // half of a range
	bound     binding
	doubt     float64 // 0..1, 1 for none: a day that is not given, a date in two pieces
}

// monthDoubt is how sure a day is of which the month alone is given.
const monthDoubt = 0.7

// mostDates bounds the work on one paper.
const mostDates = 300

// findDates returns the dates in order of appearance; a longer reading wins
// over a shorter one of the same place. both tells whether any could be read
// with day and month the other way round.
func (r *reader) findDates(monthFirst bool) (out []when, both bool) {
	flow := r.text.flow
	for _, f := range dateForms {
		for _, m := range f.re.FindAllStringSubmatchIndex(flow, mostDates) {
			g := f.re.groups(flow, m)
			y, mo, d := yearOf(g["y"]), number(g["m"]), number(g["d"])
			if g["roc"] != "" {
				y = number(g["roc"]) + 1911 // the Republic's first year is 1912
			}
			if g["n"] != "" {
				mo = month(g["n"])
			}
			w := when{weak: f.weak, bare: f.weak && g["n"] == "", span: f.re.all(m)}
			w.Confidence = 1
			switch {
			case f.yearEnd:
				mo, d = 12, 31
			case g["d"] == "":
				d, w.monthOnly, w.Confidence = 1, true, monthDoubt
			case f.numeric && d > 12 || f.numeric && mo > 12:
				if mo > 12 {
					d, mo = mo, d
				}
			case f.numeric && d != mo:
				both = true
				if monthFirst {
					d, mo = mo, d
				}
			}
			if r.place(&w, y, mo, d, g) && !overlaps(out, w.span) && len(out) < mostDates {
				out = append(out, w)
			}
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].from < out[j].from })
	return r.borrowYears(out), both
}

func overlaps(list []when, s span) bool {
	for _, o := range list {
		if s.from < o.to && o.from < s.to {
			return true
		}
	}
	return false
}

// place completes a date; false where there is no such day, or the digits go on.
func (r *reader) place(w *when, y, mo, d int, g map[string]string) bool {
	flow := r.text.flow
	if y >= 2500 {
		y -= 543 // Buddhist era, in use in Thailand
	}
	if y < 1950 || y > 2150 || mo < 1 || mo > 12 || d < 1 || d > daysIn(y, time.Month(mo)) || w.from >= w.to {
		return false
	}
	if isDigit(flow[w.from]) && w.from > 0 && isDigit(flow[w.from-1]) || w.to < len(flow) && isDigit(flow[w.to]) && isDigit(flow[w.to-1]) {
		return false // part of a longer number
	}
	hh, mm, ss := halfDay(max(0, number(g["h"])), g["half"]+g["ap"]), max(0, number(g["min"])), max(0, number(g["s"]))
	w.clock = g["min"] != ""
	if w.weak && w.to < len(flow) && strings.ContainsRune(":/", rune(flow[w.to])) {
		return false // a time of day, or more of a number
	}
	l := r.text.at(w.span)
	if strings.ContainsRune(flow[w.from:w.to], '\n') && l.Confidence < 1 {
		// A picture: what lay between, a seal perhaps, may have covered a digit; a line that
		// ends with a whole part of the date is likely no more than broken there.
		if strings.Contains(flow[w.from:w.to], "年\n") || strings.Contains(flow[w.from:w.to], "月\n") {
			w.Confidence *= 0.9
		} else {
			w.Confidence *= 0.7
		}
	}
	w.doubt = w.Confidence
	w.DocDate = facts.DocDate{
		At:   time.Date(y, time.Month(mo), d, hh, mm, ss, 0, lang.Beijing()),
		Role: "other", Text: strings.TrimSpace(flow[w.from:w.to]),
		Page: l.Page, Box: l.Box, Confidence: l.Confidence * w.Confidence,
	}
	return true
}

// halfDay is the hour of 24 that is meant by an hour and the half of the day named.
func halfDay(hour int, half string) int {
	switch strings.ToLower(strings.ReplaceAll(half, ".", "")) {
	case "下午", "晚上", "pm":
		if hour < 12 {
			return hour + 12
		}
	case "中午":
		if hour < 3 {
			return hour + 12
		}
	case "上午", "凌晨", "早上", "am":
		if hour == 12 {
			return 0
		}
	}
	return hour
}

// borrowYears reads the halves of ranges that name the year once.
func (r *reader) borrowYears(found []when) []when {
	flow := r.text.flow
	out := found
	add := func(g map[string]string, s span, y int) {
		mo := number(g["m"])
		if g["n"] != "" {
			mo = month(g["n"])
		}
		w := when{span: s}
		w.Confidence = 1
		if r.place(&w, y, mo, number(g["d"]), g) && !overlaps(out, w.span) && len(out) < mostDates {
			out = append(out, w)
		}
	}
	const within = 48
	for _, w := range found {
		rest := flow[w.to:min(len(flow), w.to+within)]
		if m := zhSecond.FindStringSubmatchIndex(rest); m != nil {
			s := zhSecond.all(m)
			add(zhSecond.groups(rest, m), span{w.to + s.from, w.to + s.to}, w.At.Year())
		}
		from := max(0, w.from-within)
		before := flow[from:w.from]
		for _, p := range [...]*pattern{dayFirst, monFirst} {
			if m := p.FindStringSubmatchIndex(before); m != nil {
				s := p.all(m)
				add(p.groups(before, m), span{from + s.from, from + s.to}, w.At.Year())
				break
			}
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].from < out[j].from })
	return out
}

// all is the part of a match that is the date: its group of that name, else all.
func (p *pattern) all(m []int) span {
	if i := p.regexp().SubexpIndex("all"); i > 0 {
		return span{m[2*i], m[2*i+1]}
	}
	return span{m[0], m[1]}
}

// groups are the named groups of a match.
func (p *pattern) groups(s string, m []int) map[string]string {
	out := map[string]string{}
	for i, name := range p.regexp().SubexpNames() {
		if name != "" && m[2*i] >= 0 {
			out[name] = s[m[2*i]:m[2*i+1]]
		}
	}
	return out
}

// yearOf reads a year, of this century where it has two digits.
func yearOf(s string) int {
	s = strings.TrimLeft(s, "'’")
	n := number(s)
	if len(s) == 2 && n >= 0 {
		return 2000 + n
	}
	return n
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func daysIn(y int, m time.Month) int {
	return time.Date(y, m+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// misread are digits that recognition puts for letters of a month's name.
var misread = strings.NewReplacer("0", "o", "1", "l")

// month reads a month's name, 0 for none.
func month(name string) int {
	name = misread.Replace(strings.ToLower(name))
	rs := []rune(name)
	if len(rs) < 3 {
		return 0
	}
	switch name {
	case "juin":
		return 6
	case "juil", "juillet":
		return 7
	case "mayıs":
		return 5
	}
	return int(months[string(rs[:3])])
}

// formal are the numerals of contracts, which cannot be changed by a stroke.
var formal = strings.NewReplacer("壹", "一", "贰", "二", "貳", "二", "叁", "三", "參", "三", "肆", "四", "伍", "五", "陆", "六", "陸", "六", "柒", "七", "捌", "八", "玖", "九", "拾", "十")

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
	s = formal.Replace(s)
	digits := map[rune]int{'〇': 0, '零': 0, '○': 0, 'O': 0, '0': 0, '元': 1, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}
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

// midnight is that of a date, in Beijing.
func midnight(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, lang.Beijing())
}
