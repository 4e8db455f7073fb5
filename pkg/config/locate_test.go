package config

import (
	"testing"

	"github.com/aecheck/aecheck/pkg/lang"
)

func TestErrorWithin(t *testing.T) {
	for _, tt := range []struct {
		name, yaml string
		from       int
		want       string // the line from the column on begins with this
	}{
		{"plain", "a: image.shrt_side >= 8\n", 6, "shrt_side"},
		{"plain behind Chinese", "中文: 图 == image.x\n", 5, "image.x"},
		{"plain over lines", "a: image.x > 1 &&\n   image.y > 2\n", 15, "image.y"},
		{"single quotes", "a: 'it''s image.x'\n", 5, "image.x"},
		{"double quotes", `a: "\"x\" == image.x"` + "\n", 7, "image.x"},
		{"unicode escape", `a: "\u4e2d\x20 image.x"` + "\n", 3, "image.x"},
		{"double quotes over lines", "a: \"b ==\n\n    image.x\"\n", 5, "image.x"},
		{"literal", "a: |\n  first &&\n\n    image.x\n", 12, "image.x"},
		{"literal with indicator", "a: |2-\n    image.x\n", 2, "image.x"},
		{"folded", "a: >-\n  first &&\n  second ||\n  image.x\n", 19, "image.x"},
		{"in a flow list", "a: [1, 'b image.x']\n", 2, "image.x"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc, err := Parse("r.yaml", []byte(tt.yaml))
			if err != nil {
				t.Fatal(err)
			}
			raw := doc.Root().Entries()[0].Value
			if items := raw.Items(); items != nil {
				raw = items[1]
			}
			e := raw.ErrorWithin(tt.from, tt.from+1, lang.Plain("x"))
			line := []rune(doc.line(e.Line))
			if e.Col > len(line) || len(string(line[e.Col-1:])) < len(tt.want) || string(line[e.Col-1:])[:len(tt.want)] != tt.want {
				t.Errorf("%d:%d, value %q, want at %q", e.Line, e.Col, raw.node.Value, tt.want)
			}
		})
	}
	t.Run("behind the end", func(t *testing.T) {
		doc, _ := Parse("r.yaml", []byte("a: b >\n"))
		if e := doc.Root().Get("a").ErrorWithin(3, 4, lang.Text{}); e.Line != 1 || e.Col != 7 {
			t.Errorf("%d:%d, want 1:7", e.Line, e.Col)
		}
	})
}

// Seeds adds texts that YAML readers trip over.
func Seeds(f *testing.F) {
	for _, s := range []string{
		"", "a: [1, {b: 'c'}]", "x: |\n  a\n  b\n", "x: >-\n  a\n\n  b\n", "x: \"a\\u0041\\\n  b\"\n", "- a\n- b: c\n",
		"confirmations: [{rule: AE1}] # x\n", "confirmations:\n- rule: AE1\n#\nstore: {}\n", "letters: [{id: 1, ends: open}]",
		"a: &x 1\nb: *x\n", "? [a]\n: b\n", "%YAML 1.1\n---\na: 1\n...\n", "\ufeffa: 1", "a\r\nb: 1\r", "violation: {effective_at: 2026年1月1日}",
		"\u0085a: 1\u2028b: 2", "key: 'it''s'", "a: {b: {c: {d: [[[[]]]]}}}", "{a, b: c, ? d}", "!!binary a: b", "a: \t- b",
	} {
		f.Add([]byte(s))
	}
}

// FuzzErrorWithin asks for the place of every character of every text.
func FuzzErrorWithin(f *testing.F) {
	Seeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := Parse("x.yaml", data)
		if err != nil || len(data) > 1000 {
			return
		}
		var visit func(r Raw)
		visit = func(r Raw) {
			for _, e := range r.Entries() {
				visit(e.Value)
			}
			for _, item := range r.Items() {
				visit(item)
			}
			if r.node != nil {
				for i := range min(len([]rune(r.node.Value))+1, 50) {
					if e := r.ErrorWithin(i, i+1, lang.Plain("x")); e.Line < 1 || e.Col < 1 || e.Line > len(doc.lines)+1 {
						t.Fatalf("%q: character %d at %d:%d", r.node.Value, i, e.Line, e.Col)
					}
				}
			}
		}
		visit(doc.Root())
	})
}
