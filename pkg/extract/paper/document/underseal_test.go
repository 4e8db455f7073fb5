package document

import (
	"context"
	"slices"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract/paper/seals"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/ocr"
	"github.com/aecheck/aecheck/pkg/raster"
)

// twice is a reader that reads one line as it is told.
type twice struct {
	reads
	text string
}

func (r twice) Recognize(context.Context, *raster.RGB) (ocr.Line, error) {
	return ocr.Line{Text: r.text, Confidence: 0.9}, nil
}

func TestUnderSeals(t *testing.T) {
	line := func(text string, confidence float64, x, y, w int) ocr.Line {
		return ocr.Line{Text: text, Confidence: confidence, Box: [4]int{x, y, w, 30}}
	}
	letter := []ocr.Line{line("授权书", 0.99, 400, 100, 200), line("授权方（盖章）：示例公司", 0.99, 500, 1000, 400)}
	pieces := append(slices.Clone(letter), line("26年3", 0.9, 700, 1100, 90), line("附件：清单", 0.99, 100, 1300, 200))
	seal := []seals.Found{{Seal: facts.Seal{Box: facts.Box{600, 950, 300, 300}, Color: "red", Confidence: 0.9}}}
	blue := []seals.Found{{Seal: facts.Seal{Box: facts.Box{600, 950, 300, 300}, Color: "blue", Confidence: 0.9}}}
	// The place read again begins at 330, 875.
	again := func(text string, confidence float64) []ocr.Line {
		return []ocr.Line{line("限公司", 0.9, 300, 120, 90), line(text, confidence, 340, 225, 190)}
	}
	for _, c := range []struct {
		name        string
		read, again []ocr.Line
		found       []seals.Found
		want        []string
		twice       string
	}{
		{"a date in pieces", pieces, again("2026年3月1日", 0.95), seal, []string{"授权书", "授权方（盖章）：示例公司", "2026年3月1日", "附件：清单"}, "2026年3月1日"},
		{"one that was not read at all", letter, again("二〇二六年三月一日", 0.9), seal, []string{"授权书", "授权方（盖章）：示例公司", "二〇二六年三月一日"}, "二〇二六年三月一日"},
		{"badly read", pieces, again("2026年3月1日", 0.6), seal, []string{"授权书", "授权方（盖章）：示例公司", "26年3", "附件：清单"}, "2026年3月1日"},
		{"no date", pieces, again("2026年3月", 0.95), seal, []string{"授权书", "授权方（盖章）：示例公司", "26年3", "附件：清单"}, "2026年3月"},
		{"read whole the first time", append(slices.Clone(letter), line("2026年3月2日", 0.98, 700, 1100, 190)), again("2026年3月1日", 0.95), seal, []string{"授权书", "授权方（盖章）：示例公司", "2026年3月2日"}, "2026年3月1日"},
		{"a blue stamp", pieces, again("2026年3月1日", 0.95), blue, []string{"授权书", "授权方（盖章）：示例公司", "26年3", "附件：清单"}, "2026年3月1日"},
		{"read otherwise the second time", pieces, again("二〇二六年十二月一日", 0.95), seal, []string{"授权书", "授权方（盖章）：示例公司", "26年3", "附件：清单"}, "二〇二六年十一月一日"},
		{"no seal", letter, again("2026年3月1日", 0.95), nil, []string{"授权书", "授权方（盖章）：示例公司"}, "2026年3月1日"},
	} {
		m := raster.NewRGB(1200, 1700)
		for i := range m.Pix {
			m.Pix[i] = 250
		}
		e := &Extractor{reader: twice{reads{lines: c.again}, c.twice}}
		got, err := e.underSeals(t.Context(), paper{m: m}, slices.Clone(c.read), c.found)
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
	}
}

// TestRedLight: of a seal on print the paper comes out light and the print dark.
func TestRedLight(t *testing.T) {
	m := raster.NewRGB(10, 10)
	for i := 0; i < len(m.Pix); i += 3 {
		c := []byte{210, 40, 45} // the seal
		switch {
		case i%7 == 0:
			c = []byte{60, 12, 14} // print under it
		case i < 60:
			c = []byte{245, 245, 243} // paper
		case i < 90:
			c = []byte{30, 30, 34} // print
		}
		copy(m.Pix[i:], c)
	}
	got := redLight(m, shown)
	for i := 0; i < len(m.Pix); i += 3 {
		dark := m.Pix[i] < 100
		if p := got.Pix[i : i+3]; dark != (p[0] < 110) || int(p[0]) > int(p[1])+redOver {
			t.Errorf("%v became %v", m.Pix[i:i+3], p)
		}
	}
}
