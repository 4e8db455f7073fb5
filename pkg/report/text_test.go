package report

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/terminal"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// TestTextKeepsItsWidth checks every line of every fixture: within the
// columns asked for, no space at the end.
func TestTextKeepsItsWidth(t *testing.T) {
	for _, fx := range fixtures() {
		for _, l := range []lang.Lang{lang.ZH, lang.EN} {
			for _, width := range []int{40, 60, 80, 120} {
				for _, ruler := range []terminal.Ruler{{}, {AmbiguousWide: true}} {
					out := string(render(t, textFormat{}, fx.report(l), Options{Lang: l, Width: width, Ruler: ruler, Verbose: true, Statistics: true}))
					for _, line := range strings.Split(out, "\n") {
						if n := ruler.Columns(line); n > width {
							t.Errorf("%s %s: %d columns, want ≤ %d: %q", fx.name, l, n, width, line)
						}
						if strings.TrimRight(line, " ") != line {
							t.Errorf("%s %s: space at the end: %q", fx.name, l, line)
						}
					}
				}
			}
		}
	}
}

// TestColourAddsNothing: without its colours the coloured report is the plain
// one, so nothing is said by colour alone.
func TestColourAddsNothing(t *testing.T) {
	for _, fx := range fixtures() {
		plain := string(render(t, textFormat{}, fx.report(lang.ZH), Options{Lang: lang.ZH}))
		colored := string(render(t, textFormat{}, fx.report(lang.ZH), Options{Lang: lang.ZH, Color: terminal.TrueColor}))
		if colored == plain {
			t.Errorf("%s: no colour", fx.name)
		}
		if stripped := regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(colored, ""); stripped != plain {
			t.Errorf("%s: more than colours differ", fx.name)
		}
	}
}

func TestTextEndsInTheVerdict(t *testing.T) {
	for l, want := range map[lang.Lang]string{
		lang.ZH: "结论：还不能提交：5 处必须改正，2 处需人工查看，还剩 1 天 23 小时 30 分钟",
		lang.EN: "Verdict: Do not submit yet: 5 things must be fixed, 2 to check by hand, 1 day 23 h 30 min left",
	} {
		out := strings.TrimRight(string(render(t, textFormat{}, mixed(l), Options{Lang: l, Width: 120})), "\n")
		if last := out[strings.LastIndexByte(out, '\n')+1:]; last != want {
			t.Errorf("got %q, want %q", last, want)
		}
		r := mixed(l)
		i := slices.IndexFunc(r.Cases[0].Findings, func(f verdict.Finding) bool { return f.Outcome == verdict.Fail })
		f := &r.Cases[0].Findings[i]
		f.Closes = true
		nothing := map[lang.Lang]string{lang.ZH: "结论：不要提交：", lang.EN: "Verdict: Submit nothing: "}[l] + Plain(f.Title)
		if out := render(t, textFormat{}, r, Options{Lang: l, Width: 120}); !strings.HasSuffix(strings.TrimRight(string(out), "\n"), "\n"+nothing) {
			t.Errorf("a fail that closes the case: %q is not the end of %s", nothing, out)
		}
	}
}
