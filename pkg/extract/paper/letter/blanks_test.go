package letter

import (
	"fmt"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/facts"
)

// TestBlanks: what was left to be filled in is found by every example, and what
// is filled in, or is for ink, is not.
func TestBlanks(t *testing.T) {
	for i, b := range blanks {
		for example := range strings.SplitSeq(b.examples, "|") {
			d := read("品牌授权书\n被授权方:" + example + "\n授权方:甲公司")
			if len(d.Blanks) != 1 || (d.Blanks[0].Confidence >= 0.8) != (b.doubt == 1) {
				t.Errorf("blank %d: %q: %+v", i, example, d.Blanks)
			}
		}
	}
	for _, text := range []string{
		"授权方(盖章):______", "法定代表人签字:__________", "Signature: ______________", "________________\n(Signature)",
		"被授权方:____杭州样例皮具有限公司____", "日期:2026年1月10日", "日期:____2026年__1月__10日", "授权期限:两年", "[ ] 独占 [ ] 普通", "(含)", "公司（以下简称“甲方”）",
		"二〇二六年一月十日", "每年每月每日", "一年三个月零五日", "[1] 见附件", "Term: [12] months", "《图片合规承诺书》", "尺码 XXL 款", "型号 XX-2000",
	} {
		if d := read("品牌授权书\n" + text); len(d.Blanks) > 0 {
			t.Errorf("%q: %+v", text, d.Blanks)
		}
	}
}

// TestEmptyFields: a label of a form beside which nothing stands is a blank;
// its value may stand in the line below.
func TestEmptyFields(t *testing.T) {
	line := func(text string, x, y int) facts.DocLine {
		return facts.DocLine{Page: 1, Text: text, Confidence: 1, Box: facts.Box{x, y, 20 * len([]rune(text)), 30}}
	}
	form := []facts.DocLine{line("品牌授权书", 400, 100), line("授权方", 100, 200), line("甲公司", 400, 202), line("授权品牌：", 100, 260), line("ACME", 400, 262)}
	for _, c := range []struct {
		more []facts.DocLine
		want string
	}{
		{[]facts.DocLine{line("被授权方", 100, 320), line("乙公司", 400, 322)}, ""},
		{[]facts.DocLine{line("被授权方", 100, 320), line("授权区域", 100, 380), line("全球", 400, 380)}, "被授权方"},
		{[]facts.DocLine{line("被授权方：", 100, 320), line("授权区域：全球", 100, 380)}, "被授权方:"},
		{[]facts.DocLine{line("被授权方：", 100, 320), line("乙公司", 140, 365)}, ""},
		{[]facts.DocLine{line("被授权方（乙方）：", 100, 320), line("一、授权内容：甲方授权乙方使用ACME商标", 140, 380), line("授权区域：全球", 100, 440)}, "被授权方(乙方):"},
		{[]facts.DocLine{line("被授权方：", 100, 320), line("：乙公司", 180, 318), line("授权区域：全球", 100, 380)}, ""},
		{[]facts.DocLine{line("法定代表人签字：", 100, 320), line("授权区域：全球", 100, 380)}, ""},
		{[]facts.DocLine{line("授权人（签字）：", 100, 320), line("授权区域：全球", 100, 380)}, ""},
		{[]facts.DocLine{line("授权方（盖章）：", 100, 320), line("授权区域：全球", 100, 380)}, ""},
	} {
		d := &facts.Document{Text: append(append([]facts.DocLine{}, form...), c.more...)}
		Read(d)
		var got []string
		for _, b := range d.Blanks {
			got = append(got, b.Text)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%+v: %q, want %q", c.more, got, c.want)
		}
	}
}

func TestPageNumbers(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"第1页 共3页", "1/3"}, {"第 2 页，共 3 页", "2/3"}, {"第一页/共三页", "1/3"}, {"共3页 第2页", "2/3"},
		{"Page 2 of 3", "2/3"}, {"Seite 1 von 2", "1/2"}, {"Página 1 de 2", "1/2"}, {"- 1/3 -", "1/3"},
		{"第3页共2页", ""}, {"占股 1/3", ""}, {"2026/12/31", ""}, {"本合同共3页", ""}, {"EXP.08/14/2028", ""}, {"Exp. 08/14", ""}, {"p. 1/2", "1/2"},
	} {
		d := read("授权书\n授权方:甲公司\n" + c.text)
		var got []string
		for _, n := range d.PageNumbers {
			got = append(got, fmt.Sprintf("%d/%d", n.Number, n.Of))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}
