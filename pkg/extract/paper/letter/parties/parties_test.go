package parties

import (
	"slices"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/facts"
)

// page makes lines of a text: one below the other, as wide as they are long.
func page(text string) []facts.DocLine {
	var out []facts.DocLine
	for i, l := range strings.Split(text, "\n") {
		n := 0
		for _, r := range l {
			n++
			if isHan(r) {
				n++
			}
		}
		out = append(out, facts.DocLine{Page: 1, Text: l, Confidence: 1, Box: facts.Box{100, 100 + 60*i, 12 * n, 30}})
	}
	return out
}

// TestWords runs the examples of every language: pages for the labels, texts
// for each sentence.
func TestWords(t *testing.T) {
	v, err := load()
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range v.tables {
		for text, want := range table.Examples {
			got := told(Find(page(text), "brand"), 0.8)
			if !slices.Equal(got, sorted(want)) {
				t.Errorf("%s: %q gives %q, want %q", table.Language, text, got, want)
			}
		}
		for i := range table.Sentences {
			s := &table.Sentences[i]
			if len(s.Positive) == 0 {
				t.Errorf("%s has no example", s.Name)
			}
			kind := "brand"
			if len(s.Only) > 0 {
				kind = s.Only[0]
			}
			read := func(text string) []string {
				f := &finder{v: v, lines: page(text), kind: kind}
				f.sentence(f.prose(), s)
				return told(f.out, 0)
			}
			for text, want := range s.Positive {
				if got := read(text); !slices.Equal(got, sorted(want)) {
					t.Errorf("%s: %q gives %q, want %q", s.Name, text, got, want)
				}
			}
			for _, text := range s.Negative {
				if got := read(text); len(got) > 0 {
					t.Errorf("%s: %q gives %q", s.Name, text, got)
				}
			}
		}
	}
}

// told lists "role=name" of weight and more, sorted, each once.
func told(list []Candidate, weight float64) []string {
	var out []string
	for _, c := range list {
		if c.Weight >= weight {
			out = append(out, c.Role+"="+c.Name)
		}
	}
	return sorted(out)
}

func sorted(list []string) []string {
	out := slices.Clone(list)
	slices.Sort(out)
	return slices.Compact(out)
}

// at is a line at a place.
func at(x, y, w int, text string) facts.DocLine {
	return facts.DocLine{Page: 1, Text: text, Confidence: 0.95, Box: facts.Box{x, y, w, 30}}
}

// TestGeometry reads tables, in which label and value are lines of their own,
// and running text in two columns.
func TestGeometry(t *testing.T) {
	const grantor, grantee = "grantor=艾克美贸易有限公司", "grantee=深圳市示例科技有限公司"
	for name, c := range map[string]struct {
		lines []facts.DocLine
		want  []string
	}{
		"rows": {[]facts.DocLine{
			at(600, 100, 300, "品牌授权书"),
			at(200, 200, 120, "授权方"), at(400, 202, 400, "艾克美贸易有限公司"),
			at(200, 260, 150, "被授权方"), at(400, 258, 400, "深圳市示例科技有限公司"),
			at(200, 320, 150, "授权品牌"), at(400, 320, 100, "LANHAI"),
		}, []string{grantor, grantee}},
		"rows read column by column": {[]facts.DocLine{
			at(200, 200, 120, "授权方"), at(200, 260, 150, "被授权方"), at(200, 320, 150, "授权品牌"),
			at(400, 202, 400, "艾克美贸易有限公司"), at(400, 258, 400, "深圳市示例科技有限公司"), at(400, 320, 100, "LANHAI"),
		}, []string{grantor, grantee}},
		"boxes that overlap": {[]facts.DocLine{
			at(200, 200, 160, "授权方:"), at(330, 202, 400, "艾克美贸易有限公司"),
			at(200, 260, 190, "被授权方:"), at(365, 258, 400, "深圳市示例科技有限公司"),
		}, []string{grantor, grantee}},
		"a first character read twice": {[]facts.DocLine{
			at(200, 200, 190, "授权方:月"), at(360, 202, 400, "艾克美贸易有限公司"),
			at(200, 260, 250, "被授权方:深圳"), at(410, 258, 400, "深圳市示例科技有限公司"),
		}, []string{grantor, grantee}},
		"a value of two lines": {[]facts.DocLine{
			at(200, 200, 150, "被授权方"), at(400, 182, 200, "深圳市示例"), at(400, 220, 200, "科技有限公司"),
		}, []string{grantee}},
		"the last character in a line of its own": {[]facts.DocLine{
			at(200, 200, 580, "授权方:艾克美贸易有限公"), at(860, 202, 580, "Grantor: ACME Trading"),
			at(200, 260, 30, "司"), at(860, 262, 100, "Co., Ltd."),
		}, []string{grantor, "grantor=ACME Trading Co., Ltd"}},
		"values below": {[]facts.DocLine{
			at(200, 200, 150, "授权方"), at(900, 200, 150, "被授权方"),
			at(200, 260, 400, "艾克美贸易有限公司"), at(900, 260, 400, "深圳市示例科技有限公司"),
		}, []string{grantor, grantee}},
		"nothing filled in": {[]facts.DocLine{
			at(200, 200, 150, "授权方:"), at(200, 260, 150, "被授权方:"), at(200, 320, 300, "授权品牌:LANHAI"),
		}, nil},
		"somebody who signs": {[]facts.DocLine{
			at(200, 200, 250, "授权方(签字):"), at(500, 200, 100, "王小明"),
		}, nil},
		"two columns": {append(interleaved(
			[]string{"兹授权深圳市示例科技有限公", "司在速卖通平台销售授权方的", "商品并使用授权方的商标图片", "授权期限自二零二五年起两年", "本授权书一式两份各执一份哦"},
			[]string{"We hereby authorize Yiwu", "Sample Trading Co., Ltd. to sell", "our products on AliExpress and", "to use our marks and pictures", "for a period of two years from"},
		), at(200, 900, 100, "盖章")), []string{grantee, "grantee=Yiwu Sample Trading Co., Ltd"}},
	} {
		if got := told(Find(c.lines, "brand"), 0.8); !slices.Equal(got, sorted(c.want)) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// interleaved are two columns as recognition gives them: row by row.
func interleaved(left, right []string) []facts.DocLine {
	var out []facts.DocLine
	for i := range left {
		out = append(out, at(200, 200+60*i, 580, left[i]), at(860, 200+60*i, 580, right[i]))
	}
	return out
}

// TestBounded: a long paper gives no more than most names.
func TestBounded(t *testing.T) {
	list := Find(page(strings.Repeat("授权方:艾克美贸易有限公司\n被授权方:深圳市示例科技有限公司\n", 500)), "brand")
	if len(list) > most {
		t.Errorf("%d names", len(list))
	}
}

func FuzzFind(f *testing.F) {
	f.Add("授权方:甲有限公司\n被授权方\n乙有限公司", "brand")
	f.Add("We, ACME GmbH, hereby authorize B Co.,\nLtd. (hereinafter \"Licensee\")", "commitment")
	f.Fuzz(func(t *testing.T, text, kind string) {
		for _, c := range Find(page(text), kind) {
			if c.Name == "" || c.Role == "" || c.Weight <= 0 || c.Weight > 1 || c.Line < 0 {
				t.Fatalf("%+v", c)
			}
		}
	})
}

// TestTidy: what stands in brackets behind a name is no part of it.
func TestTidy(t *testing.T) {
	for in, want := range map[string]string{
		"深圳市示例科技有限公司(速卖通店铺:EXAMPLE Official":  "深圳市示例科技有限公司",
		"深圳市示例科技有限公司(店铺ID:1101234567)":        "深圳市示例科技有限公司",
		"深圳市示例科技有限公司(AliExpress店铺)":           "深圳市示例科技有限公司",
		"Example Trading Ltd. (Store No. 12)": "Example Trading Ltd",
		"示例(上海)有限公司":                          "示例(上海)有限公司",
		"Shopline (Asia) Ltd.":                "Shopline (Asia) Ltd",
	} {
		if got := Tidy(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
