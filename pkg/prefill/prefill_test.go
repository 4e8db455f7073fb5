package prefill

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
)

func TestFromNotice(t *testing.T) {
	at := func(s string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04:05", s, lang.Beijing())
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	line := func(text string, x, y int, confidence float64) facts.DocLine {
		return facts.DocLine{Page: 1, Text: text, Box: facts.Box{x, y, 100, 24}, Confidence: confidence}
	}
	effective := facts.NoticeTime{Role: "effective", At: at("2026-11-17 18:00:00"), Label: "处罚生效时间", Text: "2026-11-17 18:00:00", Page: 1, Confidence: 0.98}
	other := effective
	other.At = at("2026-11-18 18:00:00")
	day := facts.NoticeTime{Role: "deadline", At: at("2026-11-24 00:00:00"), Day: true, Page: 1, Confidence: 0.99}
	for _, c := range []struct {
		name string
		d    facts.Document
		want []string // key=value, ? where doubtful
	}{
		{"no notice", facts.Document{Kind: "brand"}, nil},
		{"values with their confidence", facts.Document{
			Kind: "notice", Confidence: 0.97, ViolationIDs: []string{"WG1"}, ProductIDs: []string{"1005"}, ViolationTypes: []string{"stolen_image"}, States: []string{"warning", "penalised"},
			Found: []facts.DocFound{{Field: "violation_ids", Value: "WG1", Text: "WG1", Page: 1, Confidence: 0.99}, {Field: "product_ids", Value: "1005", Text: "1005", Page: 1, Confidence: 0.6}},
		}, []string{"product.id=1005?", "violation.id=WG1", "violation.type=stolen_image", "violation.state=penalised"}},
		{"two of one kind", facts.Document{Kind: "notice", Confidence: 0.99, ViolationIDs: []string{"WG1", "WG2"}}, []string{"violation.id=WG1?", "violation.id=WG2?"}},
		{"times", facts.Document{Kind: "notice", NoticeTimes: []facts.NoticeTime{effective, effective, day}}, []string{"violation.effective_at=2026-11-17 18:00:00", "violation.deadline=2026-11-24?"}},
		{"times that differ", facts.Document{Kind: "notice", NoticeTimes: []facts.NoticeTime{effective, other}}, []string{"violation.effective_at=2026-11-17 18:00:00?", "violation.effective_at=2026-11-18 18:00:00?"}},
		{"store beside its label", facts.Document{Kind: "notice", Text: []facts.DocLine{line("店铺ID", 20, 100, 1), line("2209876543", 300, 102, 0.99), line("1005009876543210", 500, 102, 1)}}, []string{"store.id=2209876543"}},
		{"store in its label's line", facts.Document{Kind: "notice", Text: []facts.DocLine{line("Store No.: 2209876543", 20, 100, 0.7)}}, []string{"store.id=2209876543?"}},
		{"no store's number", facts.Document{Kind: "notice", Text: []facts.DocLine{line("店铺ID", 20, 100, 1), line("某某旗舰店", 300, 102, 0.99), line("1005009876543210", 300, 160, 1)}}, nil},
		{"addresses", facts.Document{Kind: "notice", TextSource: "text", Text: []facts.DocLine{line("https://ae01.alicdn.com/kf/S7d2.jpg https://example.com/a.jpg", 20, 100, 1)}}, []string{"violation.image_urls=https://ae01.alicdn.com/kf/S7d2.jpg"}},
		{"addresses recognised", facts.Document{Kind: "notice", TextSource: "recognised", Text: []facts.DocLine{line("https://ae01.alicdn.com/kf/S7d2.jpg", 20, 100, 1)}}, []string{"violation.image_urls=https://ae01.alicdn.com/kf/S7d2.jpg?"}},
	} {
		var got []string
		for _, o := range FromNotice(&c.d) {
			s := fmt.Sprintf("%s=%s", o.Key, o.Value)
			if o.Doubtful {
				s += "?"
			}
			got = append(got, s)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
