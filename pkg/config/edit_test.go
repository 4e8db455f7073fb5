package config

import (
	"strings"
	"testing"
)

func TestAppendEntry(t *testing.T) {
	entry := []Field{{"rule", "AE512"}, {"file", "授权书/a, b.pdf"}, {"sha256", "0012"}, {"at", "2026-11-19 10:00"}, {"note", "no"}}
	const item = `- {rule: AE512, file: "授权书/a, b.pdf", sha256: 0012, at: 2026-11-19 10:00, note: no}`
	for _, tt := range []struct{ name, before, after string }{
		{"empty file", "", "confirmations:\n  " + item + "\n"},
		{"comments only", "# mine", "# mine\nconfirmations:\n  " + item + "\n"},
		{"no key", "store: {id: 1234} # shop\n", "store: {id: 1234} # shop\nconfirmations:\n  " + item + "\n"},
		{"no line end", "store: {id: 1234}", "store: {id: 1234}\nconfirmations:\n  " + item + "\n"},
		{"null", "confirmations:   # by hand\nstore: {}\n", "confirmations:   # by hand\n  " + item + "\nstore: {}\n"},
		{"tilde", "confirmations: ~\nstore: {}\n", "confirmations:\n  " + item + "\nstore: {}\n"},
		{"empty list", "confirmations: []   # none yet\n", "confirmations:   # none yet\n  " + item + "\n"},
		{"empty list at the end", "confirmations: [ ]", "confirmations:\n  " + item + "\n"},
		{"block", "confirmations:\n  - {rule: AE1}   # first\n\n# next\nstore: {}\n",
			"confirmations:\n  - {rule: AE1}   # first\n  " + item + "\n\n# next\nstore: {}\n"},
		{"block without indentation", "confirmations:\n- rule: AE1\n  note: |\n    a\n\n    b\n# next\nstore: {}\n",
			"confirmations:\n- rule: AE1\n  note: |\n    a\n\n    b\n" + item + "\n# next\nstore: {}\n"},
		{"block at the end", "confirmations:\n    - rule: AE1", "confirmations:\n    - rule: AE1\n    " + item + "\n"},
		{"comment inside", "confirmations:\n  - rule: AE1\n  # of the list\n# of the store\nstore: {}\n",
			"confirmations:\n  - rule: AE1\n  # of the list\n  " + item + "\n# of the store\nstore: {}\n"},
		{"flow", "confirmations: [{rule: \"]\", note: it's}, # ]\n  {rule: 'a''b'}]\nstore: {}\n",
			"confirmations: [{rule: \"]\", note: it's}, # ]\n  {rule: 'a''b'}, " + item[2:] + "]\nstore: {}\n"},
		{"CRLF", "confirmations:\r\n  - rule: AE1\r\nstore: {}\r\n", "confirmations:\r\n  - rule: AE1\r\n  " + item + "\r\nstore: {}\r\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := AppendEntry("case.yaml", []byte(tt.before), "confirmations", entry)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != tt.after {
				t.Errorf("got\n%s\nwant\n%s", got, tt.after)
			}
		})
	}
	for _, before := range []string{"{store: {}}", "confirmations: {}\n", "confirmations: [1\n", "- 1"} {
		if got, err := AppendEntry("case.yaml", []byte(before), "confirmations", entry); err == nil {
			t.Errorf("%q became %q", before, got)
		}
	}
}

func TestQuoteReadsBack(t *testing.T) {
	for _, s := range []string{"", "a", "0012", "true", "null", "~", "a: b", "- a", "a #b", "a\nb", "\u202e", " a ", "李四", "#", "{a}", "2026-11-19 10:00", "1.50", "no"} {
		var got struct {
			V string `json:"v"`
		}
		if _, err := Decode("x", []byte("v: "+Quote(s)+"\n"), &got); err != nil || got.V != s {
			t.Errorf("%q written as %s reads as %q (%v)", s, Quote(s), got.V, err)
		}
	}
	if q := Quote("李四"); strings.Contains(q, `"`) {
		t.Errorf("needless quotes: %s", q)
	}
}
