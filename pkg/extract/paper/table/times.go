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

// layouts of times in exports; tried in turn.
var layouts = [...]string{
	"2006-1-2 15:4:5", "2006-1-2 15:4", "2006-1-2", "2006/1/2 15:4:5", "2006/1/2 15:4", "2006/1/2", "2006.1.2 15:4:5", "2006.1.2 15:4", "2006.1.2",
	"2006年1月2日 15:4:5", "2006年1月2日 15:4", "2006年1月2日15:4:5", "2006年1月2日15:4", "2006年1月2日", "2006年1月2日 15时4分5秒", "2006年1月2日 15时4分", "2006年1月2日15时4分",
	time.RFC3339, "2006-1-2T15:4:5", "2006-1-2T15:4", "20060102150405", "20060102 15:4:5", "20060102",
	"Jan 2, 2006 15:4:5", "Jan 2, 2006", "2 Jan 2006 15:4:5", "2 Jan 2006", "January 2, 2006", "1/2/2006 3:4:5 PM", "1/2/2006 3:4 PM",
}

// fraction is what follows the seconds.
var fraction = regexp.MustCompile(`(:\d{2})[.,]\d{1,9}`)

// timeOf reads a time: one marked as such, a written one in the years
// 2000–2099, or milliseconds or seconds since 1970.
func timeOf(c cell) (time.Time, bool) {
	if !c.at.IsZero() {
		return c.at, true
	}
	s := strings.TrimSpace(strings.Trim(strings.TrimSpace(c.text), "'\"="))
	if len(s) < 6 || len(s) > 40 {
		return time.Time{}, false
	}
	s = fraction.ReplaceAllString(s, "$1")
	for _, l := range layouts {
		if t, err := time.ParseInLocation(l, s, lang.Beijing()); err == nil && plausible(t) {
			return t.In(lang.Beijing()), true
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
