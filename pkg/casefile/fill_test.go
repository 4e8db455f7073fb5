package casefile

import (
	"errors"
	"strings"
	"testing"
)

func TestFill(t *testing.T) {
	const note = "notice.png, 99 %"
	id := Value{Key: "violation.id", YAML: `"WG20261117000123"`, Note: note}
	doubt := id
	doubt.Doubtful = true
	urls := Value{Key: "violation.image_urls", YAML: `["https://ae01.alicdn.com/kf/S1.jpg"]`, Note: note}
	for _, c := range []struct {
		name, before, after string
		value               Value
		want                Filled
	}{
		{"an empty key keeps its comment", "violation:\n  id:                 # 违规编号\n  state: penalised\n", "violation:\n  id: \"WG20261117000123\"  # 违规编号 | notice.png, 99 %\n  state: penalised\n", id, Written},
		{"an empty list", "violation:\n  id:\n  image_urls: []      # addresses\n", "violation:\n  id:\n  image_urls: [\"https://ae01.alicdn.com/kf/S1.jpg\"]  # addresses | notice.png, 99 %\n", urls, Written},
		{"a value stays", "violation:\n  id: WG1\n", "violation:\n  id: WG1\n", id, Kept},
		{"a key that is missing", "violation:\n  state: pending\nstore:\n  id: \"2209876543\"\n", "violation:\n  state: pending\n  id: \"WG20261117000123\"  # notice.png, 99 %\nstore:\n  id: \"2209876543\"\n", id, Written},
		{"a section that is missing", "store:\n  id: \"2209876543\"\n", "store:\n  id: \"2209876543\"\nviolation:\n  id: \"WG20261117000123\"  # notice.png, 99 %\n", id, Written},
		{"a section of nothing", "violation:\nstore:\n  id: \"2209876543\"\n", "violation:\n  id: \"WG20261117000123\"  # notice.png, 99 %\nstore:\n  id: \"2209876543\"\n", id, Written},
		{"nothing at all", "", "violation:\n  id: \"WG20261117000123\"  # notice.png, 99 %\n", id, Written},
		{"a doubtful value is a comment", "violation:\n  id:\n", "violation:\n  id:\n  # id: \"WG20261117000123\"  # notice.png, 99 %\n", doubt, Commented},
		{"and comes once", "violation:\n  id:\n  # id: \"WG20261117000123\"  # notice.png, 99 %\n", "violation:\n  id:\n  # id: \"WG20261117000123\"  # notice.png, 99 %\n", doubt, Commented},
		{"a value that may not stand there is doubtful", "violation:\n  effective_at:\n", "violation:\n  effective_at:\n  # effective_at: yesterday  # notice.png, 99 %\n", Value{Key: "violation.effective_at", YAML: "yesterday", Note: note}, Commented},
		{"line ends of Windows", "violation:\r\n  id:\r\n", "violation:\r\n  id: \"WG20261117000123\"  # notice.png, 99 %\r\n", id, Written},
	} {
		out, became, err := Fill("case.yaml", []byte(c.before), []Value{c.value})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if string(out) != c.after || became[0] != c.want {
			t.Errorf("%s: %v\n%s", c.name, became, out)
		}
	}
	for _, before := range []string{"{violation: {}}", "violation: {id: }\n", "violation: [1]\n", "violation: yes\n"} {
		if out, _, err := Fill("case.yaml", []byte(before), []Value{id}); err == nil {
			t.Errorf("%q became %q", before, out)
		}
	}
	if _, _, err := Fill("case.yaml", nil, []Value{{Key: "violation.id", YAML: "x\ny: 1"}}); !errors.Is(err, ErrCannotEdit) {
		t.Errorf("two lines: %v", err)
	}
}

// The templates take every value at once and stay valid.
func TestFillTemplates(t *testing.T) {
	values := []Value{
		{Key: "store.id", YAML: `"2209876543"`, Note: "n"}, {Key: "product.id", YAML: `"1005009876543210"`, Note: "n"},
		{Key: "violation.id", YAML: `"WG20261117000123"`, Note: "n"}, {Key: "violation.type", YAML: "stolen_image", Note: "n"},
		{Key: "violation.effective_at", YAML: "2026-11-17 18:00", Note: "n"}, {Key: "violation.deadline", YAML: "2026-11-24 18:00", Note: "n", Doubtful: true},
		{Key: "violation.state", YAML: "pending", Note: "n"},
	}
	for _, l := range []string{"zh", "en"} {
		data, err := Template(l)
		if err != nil {
			t.Fatal(err)
		}
		out, became, err := Fill("case.yaml", data, values)
		if err != nil {
			t.Fatal(err)
		}
		if became[6] != Kept || became[5] != Commented || became[0] != Written {
			t.Errorf("%s: %v", l, became)
		}
		again, _, err := Fill("case.yaml", out, values)
		if err != nil || string(again) != string(out) {
			t.Errorf("%s: a second time it changes: %v", l, err)
		}
		if got, want := strings.Count(string(out), "\n"), strings.Count(string(data), "\n")+1; got != want {
			t.Errorf("%s: %d lines, want %d", l, got, want)
		}
	}
}
