package table

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
)

// Layouts of times in exports, tried in turn. Those of a day are joined with
// those of a time of day, which may be missing.
var (
	dayLayouts = [...]string{
		"2006-1-2", "2006/1/2", "2006.1.2", "2006年1月2日", "20060102",
		"Jan 2 2006", "2 Jan 2006", "January 2 2006", "2 January 2006", "2-Jan-2006", "2-Jan-06", "2-January-2006", "Jan-2-2006", "2 Jan 06", "2006-Jan-2",
	}
	clockLayouts = [...]string{"", " 15:4:5", " 15:4", "15:4:5", "15:4", " 3:4:5 PM", " 3:4 PM", " 3:4:5PM", " 3:4PM", " 15时4分5秒", " 15时4分", "15时4分", "T15:4:5", "T15:4"}
	wholeLayouts = [...]string{time.RFC3339, "20060102150405", "20060102 150405", "20060102T150405"}
)

// numericLayouts are those of a day whose order of day and month the column has
// to tell: Excel writes 10/22/2026 for an American and 22/10/2026 for a Briton.
var numericLayouts = map[order][]string{
	monthFirst: {"1/2/2006", "1-2-2006", "1.2.2006", "1/2/06", "1-2-06"},
	dayFirst:   {"2/1/2006", "2-1-2006", "2.1.2006", "2/1/06", "2-1-06", "2.1.06"},
}

// order is that of day and month in a column of times.
type order int

const (
	unsettled order = iota // each may come first
	monthFirst
	dayFirst
)

// dayNumber is a spreadsheet's day number of 2009 to 2063 with a time of day, where a
// column's format was lost on the way to CSV.
var dayNumber = regexp.MustCompile(`^[45]\d{4}\.\d{2,}$`)

// What is put right before a layout is tried.
var (
	fraction   = regexp.MustCompile(`(:\d{2})[.,]\d{1,9}`) // what follows the seconds
	weekday    = regexp.MustCompile(`(?i)^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[,.]? +|(?:星期|周)[一二三四五六日天] ?`)
	numeric    = regexp.MustCompile(`^(\d{1,2})[-/.](\d{1,2})[-/.](?:\d{4}|\d{2})(?:\D|$)`)
	chineseDay = regexp.MustCompile(`(上午|下午|凌晨|早上|中午|晚上) ?(\d{1,2}(?::\d{2}){1,2})`)
	meridiem   = regexp.MustCompile(`(?i) ?([ap])\.?m\.?$`)
)

// tidy writes a time in the way the layouts have it.
func tidy(s string) string {
	s = strings.Trim(strings.TrimSpace(s), "'\"=")
	s = weekday.ReplaceAllString(strings.TrimSpace(s), "")
	s = fraction.ReplaceAllString(s, "$1")
	if m := chineseDay.FindStringSubmatchIndex(s); m != nil {
		half := " AM"
		if w := s[m[2]:m[3]]; w == "下午" || w == "晚上" || w == "中午" && !strings.HasPrefix(s[m[4]:], "11") {
			half = " PM"
		}
		s = strings.TrimRight(s[:m[0]], " ") + " " + s[m[4]:m[5]] + half
	}
	if m := meridiem.FindStringSubmatchIndex(s); m != nil {
		s = s[:m[0]] + " " + strings.ToUpper(s[m[2]:m[3]]) + "M"
	}
	s = strings.NewReplacer(", ", " ", ",", " ", " at ", " ", "\u202f", " ", "\u00a0", " ", "Sept ", "Sep ", "sept ", "Sep ", "Sept-", "Sep-").Replace(s)
	return strings.Join(strings.Fields(s), " ")
}

// settle finds the order of day and month in the cells of a column: one number
// above twelve settles all of them. sure is false where some could be read
// either way and nothing settles it, or cells contradict each other.
func settle(cells []cell) (o order, sure bool) {
	day, month, either := false, false, false
	for _, c := range cells {
		if !c.at.IsZero() {
			continue
		}
		m := numeric.FindStringSubmatch(tidy(c.text))
		if m == nil {
			continue
		}
		a, _ := strconv.Atoi(m[1])
		b, _ := strconv.Atoi(m[2])
		day, month, either = day || a > 12, month || b > 12, either || a <= 12 && b <= 12 && a != b
	}
	switch {
	case day && !month:
		return dayFirst, true
	case month && !day:
		return monthFirst, true
	}
	return unsettled, !either && !(day && month)
}

// timeOf reads a time: one marked as such, a written one in the years
// 2000–2099, or milliseconds or seconds since 1970. An unsettled order of day
// and month is read either way.
func timeOf(c cell, o order) (time.Time, bool) { return (&clockReader{order: o}).read(c) }

// clockReader reads the times of a column.
type clockReader struct {
	order order
	last  string // the layout that fitted last: the cells of a column are alike
}

func (r *clockReader) read(c cell) (time.Time, bool) {
	if !c.at.IsZero() {
		return c.at, true
	}
	const shortest, longest = 6, 48 // bytes
	s := tidy(c.text)
	if len(s) < shortest || len(s) > longest || strings.IndexFunc(s, func(r rune) bool { return r >= '0' && r <= '9' }) < 0 {
		return time.Time{}, false
	}
	try := func(layout string) (time.Time, bool) {
		t, err := time.ParseInLocation(layout, s, lang.Beijing())
		if err != nil || !plausible(t) {
			return time.Time{}, false
		}
		r.last = layout
		return t.In(lang.Beijing()), true
	}
	if r.last != "" {
		if t, ok := try(r.last); ok {
			return t, true
		}
	}
	days := dayLayouts[:]
	if numeric.MatchString(s) {
		if days = numericLayouts[r.order]; r.order == unsettled {
			days = append(slices.Clone(numericLayouts[monthFirst]), numericLayouts[dayFirst]...)
		}
	}
	for _, l := range wholeLayouts {
		if t, ok := try(l); ok {
			return t, true
		}
	}
	for _, d := range days {
		for _, k := range clockLayouts {
			if t, ok := try(d + k); ok {
				return t, true
			}
		}
	}
	if dayNumber.MatchString(s) {
		if n, err := strconv.ParseFloat(s, 64); err == nil {
			return serial(n, false)
		}
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		var t time.Time
		switch len(s) {
		case 10:
			t = time.Unix(n, 0)
		case 13:
			t = time.UnixMilli(n)
		default:
			return time.Time{}, false
		}
		if t.Year() >= 2015 && t.Year() < 2040 {
			return t.In(lang.Beijing()), true
		}
	}
	return time.Time{}, false
}

func plausible(t time.Time) bool { return t.Year() >= 2000 && t.Year() < 2100 }

// serial turns a spreadsheet's day number into a time: days since 1899-12-30,
// which makes up for the leap day 1900 that Lotus 1-2-3 invented; or since
// 1904-01-01 in books of that system.
func serial(n float64, from1904 bool) (time.Time, bool) {
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, lang.Beijing())
	if from1904 {
		epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, lang.Beijing())
	}
	if n < 1 || n > 80_000 {
		return time.Time{}, false
	}
	t := epoch.Add(time.Duration(n * 24 * float64(time.Hour))).Round(time.Second)
	return t, plausible(t)
}

// bulkWindow is the time within which uploads count as one bulk.
const bulkWindow = 10 * time.Minute

// measure fills in what the times say.
func measure(t *facts.Table, times []time.Time) {
	if len(times) == 0 {
		return
	}
	slices.SortFunc(times, time.Time.Compare)
	t.First, t.Last = times[0], times[len(times)-1]
	day := func(x time.Time) int {
		y, m, d := x.In(lang.Beijing()).Date()
		return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
	}
	days := map[int]bool{}
	for _, x := range times {
		days[day(x)] = true
	}
	t.DaysSpan = day(t.Last) - day(t.First) + 1
	t.DaysEmpty = t.DaysSpan - len(days)
	// Dates without a time of day say nothing about bulk.
	clock := false
	for _, x := range times {
		h, m, s := x.Clock()
		clock = clock || h != 0 || m != 0 || s != 0
	}
	if !clock {
		return
	}
	from := 0
	for i, x := range times {
		for x.Sub(times[from]) > bulkWindow {
			from++
		}
		if n := i - from + 1; n > t.BulkPeak {
			t.BulkPeak, t.BulkAt = n, times[from]
		}
	}
}
