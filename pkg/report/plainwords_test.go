package report_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/aecheck/aecheck"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/rules"
	"github.com/aecheck/aecheck/pkg/scan"
)

// TestAdviceForClients: of no rule does a client read about this program, its files or
// folders, nor half a sentence; of most something is left.
func TestAdviceForClients(t *testing.T) {
	set, err := rules.Load(scan.Checks(), rules.Layer{Name: "rules.yaml", Data: aecheck.RulesYAML})
	if err != nil {
		t.Fatal(err)
	}
	ours := regexp.MustCompile(`(?i)aecheck|case\.yaml|文件夹|folder|--|运行|_|\[\]|\bletters (里|under)|规则文件|rules file`)
	kept := 0
	for _, r := range set.Rules() {
		for _, l := range []lang.Lang{lang.ZH, lang.EN} {
			got := report.ForClient(r.Remedy.In(l))
			if got == "" {
				continue
			}
			kept++
			if ours.MatchString(got) {
				t.Errorf("%s tells a client of our own matters: %q", r.ID, got)
			}
			if !strings.HasSuffix(got, "。") && !strings.HasSuffix(got, ".") {
				t.Errorf("%s does not end: %q", r.ID, got)
			}
			for _, pair := range []string{"（）", "()", "「」", "“”"} {
				marks := []rune(pair)
				if strings.Count(got, string(marks[0])) != strings.Count(got, string(marks[1])) {
					t.Errorf("%s is cut inside brackets: %q", r.ID, got)
				}
			}
		}
	}
	if kept < 380 {
		t.Errorf("something is left of %d texts only", kept)
	}
}

func TestForClient(t *testing.T) {
	for text, want := range map[string]string{
		"":                             "",
		"用 aecheck init 新建 case.yaml。": "",
		"裁掉边框或从原图重新导出。": "裁掉边框或从原图重新导出。",
		"从相机找出原文件，放进「原图」文件夹（怎样取：运行 aecheck explain 原图）；他人授权的，把 case.yaml 里改掉。": "从相机找出原文件。",
		"去掉品牌词；有授权的，登记到 case.yaml 里。":                                          "去掉品牌词。",
		"对焦重拍，再检查一次。":                                                           "对焦重拍。",
		"最简单的办法：填到 case.yaml。":                                                  "",
		"看清公章（背面也看）；是别的章的，换一份。":                                                 "看清公章（背面也看）；是别的章的，换一份。",
		"Capture the page (with ID) and put it into the notice folder.":         "Capture the page (with ID).",
		"Remove the word; where you may use it, state it in brands.authorized.": "Remove the word.",
		"Put it at 2.5 mm, e.g. on the left; run aecheck fix.":                  "Put it at 2.5 mm, e.g. on the left.",
		"Export the licence and put it, with the picture, into the folder x.":   "Export the licence.",
		"Use 《承诺书》 of the platform, then confirm it.":                           "Use 《承诺书》 of the platform.",
	} {
		if got := report.ForClient(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
