package config

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/aecheck/aecheck/pkg/facts"
)

func seeds(f *testing.F) {
	for _, s := range []string{
		goodCase, "", "a: [1, {b: 'c'}]", "x: |\n  a\n  b\n", "x: >-\n  a\n\n  b\n", "x: \"a\\u0041\\\n  b\"\n", "- a\n- b: c\n",
		"confirmations: [{rule: AE1}] # x\n", "confirmations:\n- rule: AE1\n#\nstore: {}\n", "letters: [{id: 1, ends: open}]",
		"a: &x 1\nb: *x\n", "? [a]\n: b\n", "%YAML 1.1\n---\na: 1\n...\n", "\ufeffa: 1", "a\r\nb: 1\r", "violation: {effective_at: 2026年1月1日}",
		"\u0085a: 1\u2028b: 2", "key: 'it''s'", "a: {b: {c: {d: [[[[]]]]}}}", "{a, b: c, ? d}", "!!binary a: b", "a: \t- b",
	} {
		f.Add([]byte(s))
	}
}

// FuzzDecode reads anything as case.yaml: no panic, errors inside the file,
// and what decodes has a position for every key.
func FuzzDecode(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		var c facts.CaseFile
		doc, err := Decode("case.yaml", data, &c)
		if err != nil {
			all := All(err)
			if len(all) == 0 || len(all) > MaxErrors {
				t.Fatalf("%d errors in %v", len(all), err)
			}
			for _, e := range all {
				if e.Line < 1 || e.Col < 1 || e.Msg.ZH == "" || e.Msg.EN == "" || !utf8.ValidString(e.Detail("zh")) {
					t.Fatalf("poor error %+v", e)
				}
				if strings.ContainsAny(e.Detail("en"), "\x1b\u202e") {
					t.Fatalf("unclean error %q", e.Detail("en"))
				}
			}
			return
		}
		for key := range doc.Keys() {
			if p := doc.Pos(key); p.Line < 1 || p.Col < 1 {
				t.Fatalf("%s at %v", key, p)
			}
		}
	})
}

// FuzzErrorWithin asks for the place of every character of every text.
func FuzzErrorWithin(f *testing.F) {
	seeds(f)
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
					if e := r.ErrorWithin(i, i+1, Message{"x", "x"}); e.Line < 1 || e.Col < 1 || e.Line > len(doc.lines)+1 {
						t.Fatalf("%q: character %d at %d:%d", r.node.Value, i, e.Line, e.Col)
					}
				}
			}
		}
		visit(doc.Root())
	})
}
