package pdf

import (
	"bytes"
	"compress/zlib"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/encoding/charmap"

	"github.com/aecheck/aecheck/pkg/draft"
)

// sample is a paper with some paragraphs more than the few of a real one.
func sample(lang string, paragraphs int) *draft.Paper {
	p := &draft.Paper{Lang: lang, Title: "品牌授权书", PageOf: "第 {page} 页 共 {pages} 页", Blocks: []draft.Block{
		{Line: "致：AliExpress"},
		{Rows: []draft.Row{{Label: "授权方：", Value: "ACME Müller GmbH"}, {Label: "统一社会信用代码：", Value: "________________"}, {Label: "期限：", Value: "自2026年1月1日起"}}},
	}}
	for range paragraphs {
		p.Blocks = append(p.Blocks, draft.Block{Para: "授权方兹授权被授权方在全球速卖通（AliExpress）平台销售“ACME”品牌的商品，并为此使用该品牌的商标、标识和商品图片。"})
	}
	p.Blocks = append(p.Blocks, draft.Block{Sign: []string{"授权方（盖章）：ACME GmbH", "签字：________", "日期：____年__月__日"}})
	return p
}

var (
	object = regexp.MustCompile(`(?s)(\d+) 0 obj\n(.*?)\nendobj\n`)
	packed = regexp.MustCompile(`(?s)/Length (\d+) >>\nstream\n`)
)

// streams are the unpacked streams of a file.
func streams(t *testing.T, data []byte) []string {
	t.Helper()
	var out []string
	for _, m := range packed.FindAllSubmatchIndex(data, -1) {
		n, err := strconv.Atoi(string(data[m[2]:m[3]]))
		if err != nil {
			t.Fatal(err)
		}
		z, err := zlib.NewReader(bytes.NewReader(data[m[1] : m[1]+n]))
		if err != nil {
			t.Fatal(err)
		}
		s, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.HasPrefix(data[m[1]+n:], []byte("\nendstream")) {
			t.Error("a stream of another length")
		}
		out = append(out, string(s))
	}
	return out
}

// The table says where each object lies, and the numbers are those of the objects.
func TestFile(t *testing.T) {
	data, err := Write(sample("zh", 3))
	if err != nil {
		t.Fatal(err)
	}
	again, err := Write(sample("zh", 3))
	if err != nil || !bytes.Equal(data, again) {
		t.Errorf("other bytes for the same paper: %v", err)
	}
	start := bytes.LastIndex(data, []byte("startxref\n"))
	at, err := strconv.Atoi(strings.Fields(string(data[start:]))[1])
	if err != nil || !bytes.HasPrefix(data[at:], []byte("xref\n0 ")) {
		t.Fatalf("no table at %d: %v", at, err)
	}
	entries := strings.Split(string(data[at:bytes.LastIndex(data, []byte("trailer"))]), "\n")[2:]
	n := 0
	for i, e := range entries {
		if i == 0 || e == "" {
			continue
		}
		where, err := strconv.Atoi(e[:10])
		if err != nil || len(e) != 19 || !bytes.HasPrefix(data[where:], []byte(strconv.Itoa(i)+" 0 obj\n")) {
			t.Errorf("object %d is not at %q", i, e)
		}
		n++
	}
	if all := object.FindAll(data, -1); len(all) != n || n < 8 {
		t.Errorf("%d objects, %d in the table", len(all), n)
	}
	for _, ref := range regexp.MustCompile(`(\d+) 0 R`).FindAllSubmatch(data, -1) {
		if i, _ := strconv.Atoi(string(ref[1])); i < 1 || i > n {
			t.Errorf("no object %s", ref[0])
		}
	}
	pages := streams(t, data)
	if len(pages) != 2 { // the map to Unicode, and a page
		t.Fatalf("%d streams", len(pages))
	}
	if !strings.Contains(pages[0], "<6388> <6388>") || !strings.Contains(pages[1], "<6388") { // 授
		t.Errorf("%s\n%s", pages[0], pages[1])
	}
	if !strings.Contains(pages[1], "4DFC6C6C6572") { // Müller in Windows-1252
		t.Errorf("no Müller in %s", pages[1])
	}
	// A date is of one piece: nothing but Chinese characters stands alone in it.
	if !strings.Contains(pages[1], "<81EA0032003000320036"+"5E74"+"003167080031") {
		t.Errorf("the date is in pieces: %s", pages[1])
	}
}

// The place for hand and seal stands on one page, and not alone.
func TestPages(t *testing.T) {
	several := 0
	for n := range 40 {
		p := sample("zh", n)
		l := newLayout(p)
		for i, b := range p.Blocks {
			var next draft.Block
			if i+1 < len(p.Blocks) {
				next = p.Blocks[i+1]
			}
			l.block(b, next)
		}
		last := l.pages[len(l.pages)-1].String()
		begins := func(text string) bool {
			return strings.Contains(last, strings.TrimSuffix(encoded(run{font: chinese, text: text}), ">"))
		}
		if !begins("授权方（盖章") || !begins("签字：") || !begins("日期：") {
			t.Errorf("%d paragraphs: the place for hand and seal is divided", n)
		}
		if len(l.pages) > 1 {
			several++
			if !begins("授权方兹授权") {
				t.Errorf("%d paragraphs: it stands alone", n)
			}
		}
		for _, m := range regexp.MustCompile(`BT [\d.]+ ([\d.]+) Td`).FindAllStringSubmatch(last, -1) {
			if y, err := strconv.ParseFloat(m[1], 64); err != nil || y < pageHeight-bottom-1 {
				t.Errorf("%d paragraphs: a line at %s", n, m[1])
			}
		}
	}
	if several < 10 {
		t.Errorf("only %d papers of several pages", several)
	}
	data, err := Write(sample("zh", 30))
	if err != nil {
		t.Fatal(err)
	}
	if got := streams(t, data); len(got) < 3 || !regexp.MustCompile(`\[\d+ 0 R \d+ 0 R`).Match(data) {
		t.Errorf("%d streams", len(got))
	}
}

func lineTexts(lines [][]run) []string {
	var out []string
	for _, line := range lines {
		text := ""
		for _, r := range line {
			text += r.text
		}
		out = append(out, text)
	}
	return out
}

func TestBroken(t *testing.T) {
	zh, en := &layout{paper: &draft.Paper{Lang: "zh"}}, &layout{paper: &draft.Paper{Lang: "en"}}
	for _, tt := range []struct {
		l            *layout
		text         string
		wide, indent float64
		want         []string
	}{
		{zh, "一二三四五六", 48, 0, []string{"一二三四", "五六"}},
		{zh, "一二三四，五六", 48, 0, []string{"一二三", "四，五六"}},            // no comma begins a line
		{zh, "一二三（四五六", 48, 0, []string{"一二三", "（四五六"}},            // no bracket ends one
		{zh, "一二三四五", 48, 24, []string{"一二", "三四五"}},               // indented
		{en, "one two three", 45, 0, []string{"one two", "three"}}, // at blanks
		{en, "aaaaaaaaaaaaaaaaaaaa", 48, 0, []string{"aaaaaaaaa", "aaaaaaaaa", "aa"}},
		{en, "x", 1, 0, []string{"x"}}, // something at least
		{en, "", 48, 0, nil},
	} {
		if got := lineTexts(broken(tt.l.runs(tt.text, false), tt.wide, tt.indent, 12)); !slices.Equal(got, tt.want) {
			t.Errorf("%q: %q", tt.text, got)
		}
	}
}

func TestRuns(t *testing.T) {
	l := &layout{paper: &draft.Paper{Lang: "zh"}}
	var got []string
	for _, r := range l.runs("自2026年1月起“ACME”12345 Müller 𠮷", false) {
		got = append(got, r.font+" "+r.text)
	}
	if want := []string{"F3 自2026年1月起“", "F1 ACME", "F3 ”12345 ", "F1 Müller", "F3  □"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if got := string(Missing("ACME 深圳 Łódź 한 𠮷“”：（）")); got != "Łź한𠮷" {
		t.Errorf("%q", got)
	}
}

// The widths are those of the faces that all systems have in the place of Times.
func TestWidths(t *testing.T) {
	for name, x := range map[string]struct {
		table *[256 - firstCode]int
		data  []byte
	}{"roman": {&timesRoman, liberationserifregular.TTF}, "bold": {&timesBold, liberationserifbold.TTF}} {
		f, err := sfnt.Parse(x.data)
		if err != nil {
			t.Fatal(err)
		}
		var buf sfnt.Buffer
		for code := firstCode; code < 256; code++ {
			i, err := f.GlyphIndex(&buf, charmap.Windows1252.DecodeByte(byte(code)))
			if err != nil || i == 0 {
				continue
			}
			w, err := f.GlyphAdvance(&buf, i, fixed.I(1000), font.HintingNone)
			if err != nil {
				t.Fatal(err)
			}
			if d := x.table[code-firstCode] - w.Round(); d < -1 || d > 1 {
				t.Errorf("%s %#x: %d, not %d", name, code, x.table[code-firstCode], w.Round())
			}
		}
	}
}

// Whatever stands in case.yaml, there is a file, and no line is wider than the page.
func FuzzWrite(f *testing.F) {
	f.Add("zh", "自2026年1月1日起 ACME", "授权方：")
	f.Add("en", "a\x00b\xff \U00020BB7 （，。", "")
	f.Add("zh", "\u202e________________________________________________________________________________", "x")
	f.Fuzz(func(t *testing.T, lang, text, label string) {
		if len(text)+len(label) > 4000 {
			t.Skip()
		}
		p := &draft.Paper{Lang: lang, Title: text, PageOf: "{page}/{pages}", Blocks: []draft.Block{{Line: text}, {Rows: []draft.Row{{Label: label, Value: text}}}, {Para: text}, {Sign: []string{text, label}}}}
		if _, err := Write(p); err != nil {
			t.Fatal(err)
		}
		l := newLayout(p)
		for _, line := range broken(l.runs(text, true), right-left, 24, size) {
			if w := width(line, size); w > right-left && len(line) > 1 {
				t.Errorf("%v is %v wide", line, w)
			}
		}
	})
}
