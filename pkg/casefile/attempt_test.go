package casefile

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/config"
)

func returned() Attempt {
	return Attempt{ID: "AP1", At: time.Date(2026, 11, 24, 2, 0, 5, 0, time.UTC), Result: "returned"}
}

func TestNoteAttempt(t *testing.T) {
	const entry = "- {id: AP1, at: 2026-11-24 10:00:05, result: returned}"
	tests := []struct {
		name, before, after string
		updated             bool
	}{
		{"no file", "", "appeal:\n  attempts:\n    " + entry + "\n", false},
		{"no section", "store: {id: 12345}", "store: {id: 12345}\nappeal:\n  attempts:\n    " + entry + "\n", false},
		{"an empty section", "appeal:  # soon\nstore: {id: 12345}\n", "appeal:  # soon\n  attempts:\n    " + entry + "\nstore: {id: 12345}\n", false},
		{"no list", "appeal:\n  ground: rectified # yes\n\n# the shop\nstore: {id: 12345}\n", "appeal:\n  ground: rectified # yes\n  attempts:\n    " + entry + "\n\n# the shop\nstore: {id: 12345}\n", false},
		{"a list with more behind", "appeal:\n    attempts:\n      - {id: AP0, result: returned} # first\n    ground: rectified\nstore: {id: 12345}\n",
			"appeal:\n    attempts:\n      - {id: AP0, result: returned} # first\n      " + entry + "\n    ground: rectified\nstore: {id: 12345}\n", false},
		{"a list at the end of the section", "appeal:\n  attempts:\n  - id: AP0\n    result: returned\n# the shop\nstore: {id: 12345}\n",
			"appeal:\n  attempts:\n  - id: AP0\n    result: returned\n  " + entry + "\n# the shop\nstore: {id: 12345}\n", false},
		{"an empty list", "appeal:\r\n  attempts: []  # none\r\nstore: {id: 12345}\r\n", "appeal:\r\n  attempts:   # none\r\n    " + entry + "\r\nstore: {id: 12345}\r\n", false},
		{"one that waits", "appeal:\n  attempts:\n    - {id: AP1, at: 2026-11-23, result: pending} # sent\n", "appeal:\n  attempts:\n    - {id: AP1, at: 2026-11-23, result: returned} # sent\n", true},
		{"one that waits in Chinese, quoted", "appeal:\n  attempts:\n    - id: AP1\n      result: \"审核中\"\n", "appeal:\n  attempts:\n    - id: AP1\n      result: returned\n", true},
		{"one without a result", "appeal:\n  attempts:\n    - at: 2026-11-23\n      # sent\n", "appeal:\n  attempts:\n    - at: 2026-11-23\n      id: AP1\n      result: returned\n      # sent\n", true},
		{"another that waits", "appeal:\n  attempts:\n    - {id: AP0, result: pending}\n", "appeal:\n  attempts:\n    - {id: AP0, result: pending}\n    " + entry + "\n", false},
		{"told once more", "appeal:\n  attempts:\n    - {at: 2026-11-24 09:00:00, result: returned}\n", "appeal:\n  attempts:\n    - {at: 2026-11-24 09:00:00, result: returned, id: AP1}\n", true},
		{"returned again on another day", "appeal:\n  attempts:\n    - {id: AP1, at: 2026-11-23, result: returned}\n", "appeal:\n  attempts:\n    - {id: AP1, at: 2026-11-23, result: returned}\n    " + entry + "\n", false},
		{"with a mark", "\ufeffstore: {id: 12345}\n", "\ufeffstore: {id: 12345}\nappeal:\n  attempts:\n    " + entry + "\n", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, updated, err := NoteAttempt("case.yaml", []byte(tt.before), returned())
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != tt.after || updated != tt.updated {
				t.Errorf("updated %v, got\n%s\nwant\n%s", updated, got, tt.after)
			}
		})
	}
	for name, before := range map[string]string{"braces": "{appeal: {}}", "a section in braces": "appeal: {ground: rectified}\n", "a list elsewhere": "appeal: &a\n  attempts: &x\n    - {id: AP1, result: pending}\n    - *x\n"} {
		if _, _, err := NoteAttempt("case.yaml", []byte(before), returned()); !errors.Is(err, ErrCannotEdit) && config.All(err) == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzNoteAttempt(f *testing.F) {
	f.Add("appeal:\n  attempts:\n    - {id: AP0, result: returned}\n# end", "AP1", "returned")
	f.Add("appeal:\n  attempts: [{id: 'a', result: pending}, # x\n  {id: b}]\nstore: {id: 1}", "b", "accepted")
	f.Add("appeal: ~\n", "null", "rejected")
	f.Add("\ufeffappeal:\r\n  attempts:\r\n  - at: 2026-11-23\r\n", "it''s \"x\" # y", "returned")
	f.Fuzz(func(t *testing.T, text, id, result string) {
		a := returned()
		a.ID, a.Result = id, result
		out, _, err := NoteAttempt("case.yaml", []byte(text), a)
		if err != nil {
			return
		}
		c := &File{}
		if _, err := config.Decode("case.yaml", []byte(strings.TrimPrefix(string(out), "\ufeff")), c); err != nil {
			t.Fatalf("%q became %q: %v", text, out, err)
		}
		if n := len(c.Appeal.Attempts); n < 1 || c.Appeal.Attempts[n-1].Result != result || id != "" && c.Appeal.Attempts[n-1].ID != id {
			t.Errorf("%q became %q", text, out)
		}
	})
}
