package cli

import (
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/i18n"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/terminal"
)

func TestPace(t *testing.T) {
	for _, c := range []struct {
		pace   terminal.Pace
		zh, en string
	}{
		{terminal.Pace{Done: 1, Total: 9}, "读取文件 1/9", "reading files 1/9"},
		{terminal.Pace{Done: 4, Total: 200, PerSecond: 2, Left: 98 * time.Second}, "读取文件 4/200 · 每秒 2.0 个 · 约剩 2 分钟", "reading files 4/200 · 2.0/s · about 2 min left"},
		{terminal.Pace{Done: 150, Total: 200, PerSecond: 123.4, Left: 400 * time.Millisecond}, "读取文件 150/200 · 每秒 123 个 · 约剩 1 秒", "reading files 150/200 · 123/s · about 1 s left"},
		{terminal.Pace{Done: 9, Total: 9, PerSecond: 3}, "文件已读完，正在比较和判断…", "all files read, comparing and judging…"},
	} {
		for l, want := range map[lang.Lang]string{lang.ZH: c.zh, lang.EN: c.en} {
			a := &app{msgs: i18n.For(l)}
			if got := a.pace(c.pace); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		}
	}
}
