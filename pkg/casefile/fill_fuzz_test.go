package casefile

import (
	"errors"
	"strings"
	"testing"
)

// Whatever case.yaml holds, filling it in changes no other key, is valid afterwards, and
// is done once.
func FuzzFill(f *testing.F) {
	for _, l := range []string{"zh", "en"} {
		data, err := Template(l)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data), "violation.id", false)
		f.Add(string(data), "violation.effective_at", true)
	}
	f.Add("violation:\r\n  id: # x\r\n", "violation.id", false)
	f.Add("violation: # none\nstore: {id: }\n", "store.id", false)
	f.Add("\ufeff? violation\n: id: 'a: b'\n", "violation.id", true)
	f.Add("violation:\n  \"id\": |\n\n", "violation.id", false)
	f.Fuzz(func(t *testing.T, text, key string, doubtful bool) {
		v := Value{Key: key, YAML: `"WG20261117000123"`, Note: "note", Doubtful: doubtful}
		if strings.HasSuffix(key, "_at") {
			v.YAML = "2026-11-17 18:00"
		}
		out, became, err := Fill("case.yaml", []byte(text), []Value{v})
		if err != nil {
			if out != nil {
				t.Errorf("%v, and yet %q", err, out)
			}
			return
		}
		if became[0] == Kept && string(out) != text {
			t.Errorf("kept, and yet changed: %q", out)
		}
		if err := valid("case.yaml", strings.TrimPrefix(string(out), "\ufeff")); err != nil {
			t.Errorf("%q cannot be read any more: %v", out, err)
		}
		again, _, err := Fill("case.yaml", out, []Value{v})
		if err != nil && !errors.Is(err, ErrCannotEdit) || err == nil && string(again) != string(out) {
			t.Errorf("a second time: %v %q, first %q", err, again, out)
		}
	})
}
