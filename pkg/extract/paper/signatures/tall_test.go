package signatures

import (
	"slices"
	"testing"

	"github.com/aecheck/aecheck/pkg/facts"
)

// A short line about twice as high as the label on its row was written by hand; print
// of the label's size, another field's value, a sentence and a heading were not.
func TestTall(t *testing.T) {
	label := Line{Text: "法定代表人（签字）：", Box: facts.Box{100, 1000, 280, 40}, Confidence: 0.99}
	for _, c := range []struct {
		name string
		line Line
		hand bool
	}{
		{"written name", Line{Text: "郭丽华", Box: facts.Box{420, 965, 200, 90}, Confidence: 0.99}, true},
		{"printed name", Line{Text: "郭丽华", Box: facts.Box{420, 1000, 120, 42}, Confidence: 0.99}, false},
		{"printed company", Line{Text: "景德镇市乐居电子商务有限公司", Box: facts.Box{420, 965, 600, 90}, Confidence: 0.99}, false},
		{"heading below", Line{Text: "附件", Box: facts.Box{420, 1130, 160, 90}, Confidence: 0.99}, false},
		{"left of the label", Line{Text: "郭丽华", Box: facts.Box{10, 965, 80, 90}, Confidence: 0.99}, false},
		{"a mere line", Line{Text: "——", Box: facts.Box{420, 965, 200, 90}, Confidence: 0.9}, false},
	} {
		p := &page{lines: []Line{label, c.line}}
		p.labels = readLabels(p.lines)
		if got := written(p.tall(c.line)) >= 1; got != c.hand {
			t.Errorf("%s: %.2f times the label's height", c.name, p.tall(c.line))
		}
		box := c.line.Box
		at := cluster{box[0], box[1], box[0] + box[2], box[1] + box[3], nil}
		if got := written(p.tallest(at)) >= 1; got != c.hand {
			t.Errorf("%s: ink there: %.2f", c.name, p.tallest(at))
		}
	}
}

// A page number far below a short letter does not make its place of signature a line of
// the head.
func TestExtent(t *testing.T) {
	var lines []Line
	for i := range 10 {
		lines = append(lines, Line{Text: "授权商品：马克杯", Box: facts.Box{100, 200 + 60*i, 300, 30}, Confidence: 1})
	}
	sign := Line{Text: "授权人（签字）：", Box: facts.Box{100, 860, 230, 30}, Confidence: 1}
	foot := Line{Text: "第 1 页 共 2 页", Box: facts.Box{700, 2220, 150, 24}, Confidence: 1}
	for _, c := range []struct {
		name        string
		lines       []Line
		top, bottom float64
	}{
		{"nothing", nil, 0, 0},
		{"no footer", append(slices.Clone(lines), sign), 200, 890},
		{"footer", append(slices.Clone(lines), foot, sign), 200, 890},
		{"a line of its own in the middle", []Line{lines[0], sign, foot}, 200, 2244},
	} {
		if top, bottom := extent(c.lines); top != c.top || bottom != c.bottom {
			t.Errorf("%s: %v to %v", c.name, top, bottom)
		}
	}
	if l := readLabels(append(slices.Clone(lines), foot, sign)); !slices.ContainsFunc(l, func(b label) bool { return b.sign }) {
		t.Errorf("no place of a signature: %+v", l)
	}
}
