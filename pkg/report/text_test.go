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

// TestTextEnds: the verdict, then what to do next, the worst first, then where to see
// pictures.
func TestTextEnds(t *testing.T) {
	for l, want := range map[lang.Lang]string{
		lang.ZH: `结论：还不能提交：5 处必须改正，2 处需人工查看，还剩 1 天 23 小时 30 分钟
下一步：
  1. 拿手机截图当原图（原图/Screenshot_20261119-101500.png）：在拍摄用的手机或相机里找到这张照片，用数据线或「原图/文
     件」方式导出后放进 原图 文件夹。
  2. aecheck letter "my shop/listing" --kind commitment --out "my shop/listing-letter"：起草《图片合规承诺书》，打印后签
     字盖章
  3. aecheck confirm "my shop/listing"：列出要人看的项，看过以后逐项确认
想对着图片看：命令后面加上 --report html=report.html，再用浏览器打开 report.html（可打印、可打勾）
`,
		lang.EN: `Verdict: Do not submit yet: 5 things must be fixed, 2 to check by hand, 1 day 23 h 30 min left
Next:
  1. A phone screenshot instead of the original (原图/Screenshot_20261119-101500.png): Find this photo on the phone or
     camera it was taken with, export it by cable or as a file, and put it into the source folder.
  2. aecheck letter "my shop/listing" --kind commitment --out "my shop/listing-letter": drafts the commitment letter, to
     be printed, signed and sealed
  3. aecheck confirm "my shop/listing": lists what a person must look at; confirm it once looked at
To see it beside the pictures: add --report html=report.html and open report.html in a browser (to print, to tick off)
`,
	} {
		o := Options{Lang: l, Width: 120, Folders: map[string]Folder{"listing": {Name: "listing", Path: "my shop/listing/"}}}
		out := string(render(t, textFormat{}, mixed(l), o))
		if got := out[strings.LastIndex(out, want[:6]):]; got != want {
			t.Errorf("got\n%s, want\n%s", got, want)
		}
		o.HasPage = true
		if out := string(render(t, textFormat{}, mixed(l), o)); strings.Contains(out, "--report html") {
			t.Error("tells of the page that is written")
		}
		r := mixed(l)
		i := slices.IndexFunc(r.Cases[0].Findings, func(f verdict.Finding) bool { return f.Outcome == verdict.Fail })
		f := &r.Cases[0].Findings[i]
		f.Closes = true
		nothing := map[lang.Lang]string{lang.ZH: "结论：不要提交：", lang.EN: "Verdict: Submit nothing: "}[l] + Plain(f.Title)
		closed := string(render(t, textFormat{}, r, Options{Lang: l, Width: 120}))
		if !strings.Contains(closed, "\n"+nothing+"\n") || strings.Contains(closed, "aecheck letter") {
			t.Errorf("a fail that closes the case: no %q, or commands for it, in %s", nothing, closed)
		}
	}
}

// TestCommandsNameTheFolder: as it was typed, with a new folder beside it.
func TestCommandsNameTheFolder(t *testing.T) {
	for typed, want := range map[string]string{
		"":               "fix FOLDER --out NEW_FOLDER",
		".":              "fix . --out ../shop-fixed",
		"..":             "fix .. --out ../../shop-fixed",
		"a/shop/":        "fix a/shop --out a/shop-fixed",
		`C:\my files\x\`: `fix "C:\my files\x" --out "C:\my files\x-fixed"`,
		"a\x1b[31m":      "fix a\\x1b[31m --out a\\x1b[31m-fixed",
	} {
		v := newView(base(lang.EN), Options{})
		got := v.command(&caseView{folder: Folder{Name: "shop", Path: typed}}, "fix {folder} --out {out}", "fixed")
		if got != want {
			t.Errorf("%q: got %q, want %q", typed, got, want)
		}
	}
}
