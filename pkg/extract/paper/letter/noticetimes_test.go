package letter

import (
	"fmt"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/facts"
)

// TestNoticeLabels: every label is told from its examples.
func TestNoticeLabels(t *testing.T) {
	for _, n := range noticeTimes {
		for example := range strings.SplitSeq(n.examples, "|") {
			if example == "" {
				continue
			}
			d := read("违规通知\n" + example + ":2026-11-18 09:30:00")
			if len(d.NoticeTimes) != 1 || d.NoticeTimes[0].Role != n.role {
				t.Errorf("%q: %+v, want %s", example, d.NoticeTimes, n.role)
			}
		}
	}
}

func times(d *facts.Document) string {
	var out []string
	for _, x := range d.NoticeTimes {
		switch {
		case x.Role == "remaining":
			out = append(out, fmt.Sprintf("remaining %.1f", x.Hours))
		case x.Role == "window":
			out = append(out, fmt.Sprintf("window %.0f", x.Hours))
		case x.Day:
			out = append(out, x.Role+" "+x.At.Format("01-02"))
		default:
			out = append(out, x.Role+" "+x.At.Format("01-02 15:04"))
		}
	}
	return strings.Join(out, ", ")
}

func TestNoticeTimes(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"处罚时间:2026-11-18 09:30:00\n通知时间:2026-11-18 09:32:10\n申诉截止时间:2026-11-25 09:30:00", "effective 11-18 09:30, notified 11-18 09:32, deadline 11-25 09:30"},
		{"处罚生效时间 2026-11-18 09:30:00", "effective 11-18 09:30"},
		{"2026-11-21 10:02:11\n违规编号 WG20261118000123", ""},
		{"您的商品于2026-11-18 09:30:00被处罚,请在2026-11-25 09:30前提交申诉。", "effective 11-18 09:30, deadline 11-25 09:30"},
		{"处罚生效时间(北京时间):2026年11月18日", "effective 11-18"},
		{"剩余 2天3小时", "remaining 51.0"},
		{"申诉剩余时间:1 天 12 小时 30 分", "remaining 36.5"},
		{"Penalty time: 2026-11-18 09:30:00\nAppeal deadline: Nov 25, 2026 09:30", "effective 11-18 09:30, deadline 11-25 09:30"},
		{"The penalty took effect on 2026-11-18 09:30. You may appeal until 2026-11-25 09:30.", "effective 11-18 09:30, deadline 11-25 09:30"},
		{"Effective time: 2026-11-17 17:30 PST", "effective 11-18 09:30"},
		{"2 days 3 hours left to appeal", "remaining 51.0"},
		{"处罚生效时间:2026年11月18日 下午9:30", "effective 11-18 21:30"},
		{"处罚生效时间:2026年11月18日 上午9时30分", "effective 11-18 09:30"},
		{"Effective time: Nov 18, 2026 9:30 PM", "effective 11-18 21:30"},
		{"Effective time: Nov 18, 2026, 12:30 a.m", "effective 11-18 00:30"},
		{"处罚生效时间:2026-11-18 24:00:00", "effective 11-19 00:00"},
		{"商品发布时间:2026-03-02 10:15:00\n处罚生效时间:2026-11-18 09:30:00", "effective 11-18 09:30"},
		{"店铺通知时间:2026-03-02 10:15\n规则发布时间:2026-01-02\n规则生效时间:2026-01-09", ""},
		{"商标生效日期:2020-03-02\nPolicy effective date: 2025-01-01\nProduct received at: 2025-01-02", ""},
		{"历史处罚时间:2026-05-01 10:00\n上次处罚时间:2026-06-01 10:00\nPrevious penalty date: 2026-05-01", ""},
		{"活动报名截止时间:2026-11-20 10:00\nRefund deadline: 2026-11-20 10:00", ""},
		{"请在收到通知后3个工作日内提交申诉。", "window 120"},
		{"请在处罚生效后 7 天内提交申诉。", "window 168"},
		{"您可在48小时内申诉", "window 48"},
		{"You may appeal this decision within 5 business days.", "window 168"},
		{"平台将在3个工作日内完成审核。处罚后7天内可申诉", ""},
		{"违规时间:2026-11-10 08:00:00\n处罚结束时间:2026-12-18 09:30", "violated 11-10 08:00, lifted 12-18 09:30"},
	} {
		if got := times(read("违规通知\n" + c.text)); got != c.want {
			t.Errorf("%q: %s, want %s", c.text, got, c.want)
		}
	}
}

// TestNoticeTimesByPlace: labels stand to the left of a value, or above it; the
// clock of the capture has none.
func TestNoticeTimesByPlace(t *testing.T) {
	line := func(text string, x, y int) facts.DocLine {
		return facts.DocLine{Page: 1, Text: text, Confidence: 1, Box: facts.Box{x, y, 12 * len([]rune(text)), 24}}
	}
	d := &facts.Document{Text: []facts.DocLine{
		line("卖家后台", 28, 20), line("2026-11-21 10:02:11", 880, 28), line("违规处罚通知", 270, 170),
		line("处罚生效时间", 270, 410), line("通知时间", 700, 410), line("申诉截止时间", 270, 510),
		line("2026-11-18 09:30:00", 270, 454), line("2026-11-18 09:32:00", 700, 454), line("2026-11-25 09:30:00", 480, 511),
	}}
	Read(d)
	if got := times(d); got != "effective 11-18 09:30, notified 11-18 09:32, deadline 11-25 09:30" {
		t.Error(got)
	}
}
