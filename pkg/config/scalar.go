package config

import (
	"math"
	"strconv"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/aecheck/aecheck/pkg/lang"
)

// ScalarDecoder is a type that reads itself from one scalar. parseTime reads a
// time as everywhere in these files; its errors may be passed on.
type ScalarDecoder interface {
	UnmarshalScalar(text string, parseTime func(string) (time.Time, error)) error
}

// ShortForm is a struct that may be written as a single text. SetShort takes it
// and returns the key it stands for; "" where it is no such text.
type ShortForm interface {
	SetShort(text string) (key string)
}

// curly are the pairs of quotes that Chinese input methods give. YAML takes them
// for a part of the text, people do not.
func curly() []string { return []string{"“”", "‘’", "「」", "『』", "＂＂"} }

// uncurled returns a text without the curly quotes around it.
func uncurled(s string) string {
	r := []rune(strings.TrimSpace(s))
	if len(r) < 2 {
		return s
	}
	for _, pair := range curly() {
		p := []rune(pair)
		if r[0] == p[0] && r[len(r)-1] == p[1] && !strings.ContainsRune(string(r[1:len(r)-1]), p[0]) {
			return string(r[1 : len(r)-1])
		}
	}
	return s
}

// badScalar is what is wrong with a scalar.
type badScalar struct{ msg, hint lang.Text }

func (b *badScalar) Error() string { return b.msg.EN }

// ParseTime reads a date or time as people write it. Without an offset it is
// Beijing time, without a time of day midnight.
func ParseTime(s string) (time.Time, error) {
	s = strings.TrimSpace(strings.Map(narrow, s))
	text := strings.NewReplacer("年", "-", "月", "-", "日", " ", "时", ":", "分", "", "/", "-", ".", "-").Replace(s)
	if i := strings.LastIndexByte(s, '.'); i > 10 {
		text = s // fractions of a second: only RFC 3339 has them
	}
	text = strings.Join(strings.Fields(text), " ")
	text = strings.TrimSuffix(text, ":")
	text, half := halfDay(text)
	for _, layout := range []string{
		"2006-1-2", "2006-1-2 15:4", "2006-1-2 15:4:5", "2006-1-2T15:4", "2006-1-2T15:4:5",
		time.RFC3339Nano, "2006-1-2T15:4Z07:00", "2006-1-2 15:4Z07:00", "2006-1-2 15:4:5Z07:00",
		"2006-1-2 15:4 Z07:00", "2006-1-2 15:4:5 Z07:00", "2006-1-2 15:4 -0700", "2006-1-2 15:4:5 -0700",
	} {
		t, err := time.ParseInLocation(layout, text, lang.Beijing())
		if err != nil {
			continue
		}
		t, ok := inHalf(t, half)
		if !ok {
			break
		}
		if t.Year() < 1900 || t.Year() > 2199 {
			return time.Time{}, &badScalar{msg: lang.T("年份不合理：{clean}", "the year makes no sense: {clean}", "clean", clean(s))}
		}
		return t, nil
	}
	return time.Time{}, &badScalar{
		msg:  lang.T("日期无法识别：{s}", "not a date: {s}", "s", strconv.Quote(s)),
		hint: lang.T("写成 2026-11-18 或 2026-11-18 09:30（北京时间）", "write 2026-11-18 or 2026-11-18 09:30 (Beijing time)"),
	}
}

// halfDay takes 上午, 下午, AM or PM out of a time and says which half of the day it
// names: "am", "pm" or "".
func halfDay(text string) (rest, half string) {
	low := strings.ToLower(text)
	for _, m := range []struct{ mark, half string }{{"上午", "am"}, {"下午", "pm"}, {"am", "am"}, {"pm", "pm"}} {
		if before, after, ok := strings.Cut(low, m.mark); ok && strings.Contains(text, ":") {
			return strings.Join(strings.Fields(before+" "+after), " "), m.half
		}
	}
	return text, ""
}

// inHalf moves an hour from 1 to 12 into the half of the day that was named; an hour
// from 13 on is right with PM alone, and nothing else is.
func inHalf(t time.Time, half string) (time.Time, bool) {
	switch h := t.Hour(); {
	case half == "":
		return t, true
	case h == 0 || half == "am" && h > 12:
		return t, false
	case half == "am" && h == 12:
		return t.Add(-12 * time.Hour), true
	case half == "pm" && h < 12:
		return t.Add(12 * time.Hour), true
	}
	return t, true
}

// narrow turns the full-width forms that a Chinese input method gives into
// ASCII (U+FF01–FF5E mirror U+0021–7E, U+3000 is the space).
func narrow(r rune) rune {
	switch {
	case r >= '\uff01' && r <= '\uff5e':
		return r - 0xfee0
	case r == '\u3000':
		return ' '
	}
	return r
}

func isNull(n *yaml.Node) bool {
	return n == nil || n.Kind == yaml.ScalarNode && n.Tag == "!!null"
}

func plain(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) == 0
}

func parseBool(s string) (bool, bool) {
	switch strings.ToLower(s) {
	case "true", "yes", "是":
		return true, true
	case "false", "no", "否":
		return false, true
	}
	return false, false
}

// parseInt takes decimal digits only; with a leading zero a number is an ID.
func parseInt(s string) (int64, bool) {
	digits := strings.TrimPrefix(s, "-")
	if digits == "" || len(digits) > 1 && digits[0] == '0' {
		return 0, false
	}
	for _, r := range digits {
		if r < '0' || r > '9' {
			return 0, false
		}
	}
	v, err := strconv.ParseInt(s, 10, 64)
	return v, err == nil
}

func parseFloat(s string) (float64, bool) {
	if strings.ContainsAny(s, "xXpP_nN") || len(s) > 1 && s[0] == '0' && s[1] != '.' && s[1] != 'e' && s[1] != 'E' {
		return 0, false
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil && !math.IsInf(v, 0) && !math.IsNaN(v)
}

// native is the value of a plain scalar where nothing says what it should be:
// true/false, a number, or the text as written.
func native(n *yaml.Node) any {
	if !plain(n) {
		return n.Value
	}
	switch n.Value {
	case "true", "True", "TRUE":
		return true
	case "false", "False", "FALSE":
		return false
	}
	if v, ok := parseInt(n.Value); ok {
		return int(v)
	}
	if strings.ContainsAny(n.Value, "0123456789") {
		if v, ok := parseFloat(n.Value); ok {
			return v
		}
	}
	return n.Value
}
