package document

import (
	"context"
	"slices"
	"testing"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/ocr"
	"github.com/aecheck/aecheck/pkg/raster"
)

// strip is a reader that reads every strip as this line and notes how wide it was.
type strip struct {
	TextReader
	line  ocr.Line
	width *int
}

func (s strip) Recognize(_ context.Context, m *raster.RGB) (ocr.Line, error) {
	*s.width = m.W
	return s.line, nil
}

func TestDated(t *testing.T) {
	line := func(text string, x, y, w int) ocr.Line {
		return ocr.Line{Text: text, Box: facts.Box{x, y, w, 30}, Confidence: 0.98}
	}
	whole := ocr.Line{Text: "日期：2026年11月28日", Confidence: 0.97}
	label, above := line("日期：", 600, 1000, 82), line("负责人签字", 600, 920, 150)
	for _, c := range []struct {
		name  string
		lines []ocr.Line
		read  ocr.Line
		want  []string
	}{
		{"pieces", []ocr.Line{above, label, line("2026年", 686, 1000, 100), line("1月2", 790, 1002, 68), line("28", 850, 1000, 30)}, whole, []string{"负责人签字", whole.Text}},
		{"pieces in another order", []ocr.Line{line("1月2", 790, 998, 68), line("2026年", 686, 1000, 100), label, above}, whole, []string{whole.Text, "负责人签字"}},
		{"the rest not read", []ocr.Line{above, line("日期：2026年", 600, 1000, 180)}, whole, []string{"负责人签字", whole.Text}},
		{"hidden in the middle", []ocr.Line{label, line("2026", 686, 1000, 70), line("司", 790, 998, 30), line("月2", 850, 1000, 30)}, whole, []string{whole.Text, "司"}},
		{"the day's sign hidden", []ocr.Line{line("日期：2026年1月2", 600, 1000, 260)}, whole, []string{whole.Text}},
		{"an empty field", []ocr.Line{above, label}, whole, []string{"负责人签字", "日期："}},
		{"whole already", []ocr.Line{line("日期：2026年11月20日", 600, 1000, 300)}, whole, []string{"日期：2026年11月20日"}},
		{"whole beside its label", []ocr.Line{label, line("2026年11月20日", 690, 1000, 220)}, whole, []string{"日期：", "2026年11月20日"}},
		{"read badly again", []ocr.Line{label, line("2026年", 686, 1000, 100)}, ocr.Line{Text: whole.Text, Confidence: 0.6}, []string{"日期：", "2026年"}},
		{"no date in it", []ocr.Line{label, line("2026年", 686, 1000, 100)}, ocr.Line{Text: "日期：2026年", Confidence: 0.9}, []string{"日期：", "2026年"}},
		{"another column", []ocr.Line{label, line("2026", 686, 1000, 70), line("乙方：", 920, 1000, 80)}, whole, []string{whole.Text, "乙方："}},
		{"English", []ocr.Line{line("Date:", 600, 1000, 70), line("2026-", 680, 1000, 80)}, ocr.Line{Text: "Date: 2026-11-28", Confidence: 0.9}, []string{"Date: 2026-11-28"}},
		{"a sentence", []ocr.Line{line("自签署日期起生效", 600, 1000, 200), line("2026", 810, 1000, 70)}, whole, []string{"自签署日期起生效", "2026"}},
	} {
		width := 0
		e := &Extractor{reader: strip{line: c.read, width: &width}}
		got, err := e.dated(t.Context(), raster.NewRGB(1200, 1100), c.lines)
		if err != nil {
			t.Fatal(err)
		}
		var texts []string
		for _, l := range got {
			texts = append(texts, l.Text)
		}
		if !slices.Equal(texts, c.want) {
			t.Errorf("%s: %q, want %q", c.name, texts, c.want)
		}
		most := 520
		if c.name == "another column" {
			most = 320 // where that begins
		}
		if width > 0 && (width < 300 || width > most) {
			t.Errorf("%s: %d pixels were read again", c.name, width)
		}
	}
}
