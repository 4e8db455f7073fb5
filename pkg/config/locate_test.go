package config

import "testing"

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
			e := raw.ErrorWithin(tt.from, tt.from+1, Message{"x", "x"})
			line := []rune(doc.line(e.Line))
			if e.Col > len(line) || len(string(line[e.Col-1:])) < len(tt.want) || string(line[e.Col-1:])[:len(tt.want)] != tt.want {
				t.Errorf("%d:%d, value %q, want at %q", e.Line, e.Col, raw.node.Value, tt.want)
			}
		})
	}
	t.Run("behind the end", func(t *testing.T) {
		doc, _ := Parse("r.yaml", []byte("a: b >\n"))
		if e := doc.Root().Get("a").ErrorWithin(3, 4, Message{}); e.Line != 1 || e.Col != 7 {
			t.Errorf("%d:%d, want 1:7", e.Line, e.Col)
		}
	})
}
