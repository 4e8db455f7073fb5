package report

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Plain is a text as one string, as every report shows it. It is not cleaned:
// what a seller's file says may stand in it.
func Plain(t verdict.Text) string {
	if len(t) == 1 && t[0].Value == nil {
		return t[0].Words
	}
	var b strings.Builder
	for _, p := range t {
		if p.Value == nil {
			b.WriteString(p.Words)
		} else {
			b.WriteString(shown(*p.Value))
		}
	}
	return b.String()
}

// nothing stands for a value that is not there.
const nothing = "—"

const (
	maxShown  = 200 // characters of one value
	maxListed = 8   // entries of a list
)

// shown is a value in the words of a text.
func shown(v verdict.Value) string {
	list, isList := v.Of.([]any)
	switch {
	case !isList:
		return format(v.Of, v.Format)
	case v.Join != "":
		return joined(v, list)
	}
	return listed(list, v.Format, max(v.Total, len(list)))
}

// joined is a list as one text.
func joined(v verdict.Value, list []any) string {
	all := make([]string, len(list))
	for i := range list {
		all[i] = format(list[i], verdict.Exact)
	}
	text := strings.Join(all, v.Join)
	if v.Total > len(list) {
		text += v.Join + "…"
	}
	return format(text, verdict.Plain)
}

// listed names the first entries of a list of so many.
func listed(list []any, f verdict.Format, total int) string {
	if len(list) == 0 {
		return nothing
	}
	all := make([]string, 0, maxListed+1)
	for _, item := range list[:min(len(list), maxListed)] {
		all = append(all, format(item, f))
	}
	if total > len(all) {
		all = append(all, fmt.Sprintf("… (%d)", total))
	}
	return strings.Join(all, ", ")
}

// format writes a value for people. What is not there is a dash.
func format(v any, f verdict.Format) string {
	switch x := v.(type) {
	case nil:
		return nothing
	case string:
		return formatText(x, f)
	case int:
		if f == verdict.Exact {
			return strconv.Itoa(x)
		}
		return formatNumber(float64(x), f)
	case int64:
		return formatNumber(float64(x), f)
	case float64:
		return formatNumber(x, f)
	case []any:
		return listed(x, f, len(x))
	}
	return fmt.Sprint(v)
}

func formatText(s string, f verdict.Format) string {
	if f == verdict.Exact {
		return s
	}
	if s == "" {
		return nothing
	}
	if f == verdict.Time || f == verdict.Date {
		if t, err := time.Parse(time.RFC3339, s); err == nil {
			return formatTime(t, f)
		}
	}
	if r := []rune(s); len(r) > maxShown {
		return string(r[:maxShown]) + "…"
	}
	return s
}

func formatTime(t time.Time, f verdict.Format) string {
	if f == verdict.Date {
		return t.In(lang.Beijing()).Format("2006-01-02")
	}
	return t.In(lang.Beijing()).Format("2006-01-02 15:04")
}

func formatNumber(x float64, f verdict.Format) string {
	switch f {
	case verdict.Percent:
		return trimZeros(strconv.FormatFloat(x*100, 'f', 1, 64)) + "%"
	case verdict.Bytes:
		return formatBytes(x)
	case verdict.Exact:
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	return trimZeros(strconv.FormatFloat(x, 'f', 2, 64))
}

func trimZeros(s string) string {
	if strings.Contains(s, ".") {
		return strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

func formatBytes(x float64) string {
	units := []string{"B", "KiB", "MiB", "GiB"}
	i := 0
	for x >= 1024 && i < len(units)-1 {
		x, i = x/1024, i+1
	}
	return trimZeros(strconv.FormatFloat(x, 'f', 1, 64)) + " " + units[i]
}
