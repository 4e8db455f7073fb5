package confirm

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/verdict"
)

const sum = "3fa9c0e1d2b3a4958677695a4b3c2d1e0f1e2d3c4b5a69788796a5b4c3d2e1f0"

func entry() casefile.Confirmation {
	return casefile.Confirmation{Rule: "AE512", File: "authorization/acme.pdf", SHA256: sum, By: "王五",
		At: time.Date(2026, 11, 19, 2, 0, 5, 0, time.UTC), Note: `he said: "scanned", # twice`}
}

func TestApply(t *testing.T) {
	findings := func() []verdict.Finding {
		return []verdict.Finding{
			{Rule: "AE512", Asset: "甲/authorization/acme.pdf", Outcome: verdict.Review},
			{Rule: "AE512", Asset: "甲/authorization/other.pdf", Outcome: verdict.Review},
			{Rule: "AE511", Asset: "甲/authorization/acme.pdf", Outcome: verdict.Fail},
			{Rule: "AE105", Asset: "甲", Outcome: verdict.Review},
		}
	}
	s := Subject{Path: "甲", Sums: map[string]string{"authorization/acme.pdf": sum, "authorization/other.pdf": strings.Repeat("0", 64)}}
	k := entry()
	at := func(edit func(*casefile.Confirmation)) casefile.Confirmation {
		c := k
		edit(&c)
		return c
	}
	tests := []struct {
		name      string
		with      casefile.Confirmation
		cleared   int // index, -1 for none
		lapsed    bool
		remaining int
	}{
		{"the file as it was", k, 0, false, 2},
		{"another spelling", at(func(c *casefile.Confirmation) { c.File, c.SHA256 = `.\authorization\acme.pdf`, strings.ToUpper(sum) }), 0, false, 2},
		{"the file changed", at(func(c *casefile.Confirmation) { c.SHA256 = strings.Repeat("1", 64) }), -1, true, 3},
		{"no sum", at(func(c *casefile.Confirmation) { c.SHA256 = "" }), -1, true, 3},
		{"another rule", at(func(c *casefile.Confirmation) { c.Rule = "AE513" }), -1, false, 3},
		{"a fail stays", at(func(c *casefile.Confirmation) { c.Rule = "AE511" }), -1, false, 3},
		{"the case as a whole", casefile.Confirmation{Rule: "AE105", By: "王五"}, 3, false, 2},
		{"a file's review is not the case's", casefile.Confirmation{Rule: "AE512", By: "王五"}, -1, false, 3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			fs := findings()
			lapsed := Apply(fs, s, []casefile.Confirmation{tt.with})
			for i := range fs {
				if (fs[i].Suppressed != nil) != (i == tt.cleared) {
					t.Errorf("finding %d: %+v", i, fs[i].Suppressed)
				}
			}
			if (len(lapsed) > 0) != tt.lapsed || len(Open(fs)) != tt.remaining {
				t.Errorf("lapsed %v, %d open", lapsed, len(Open(fs)))
			}
			if tt.cleared == 0 {
				want := verdict.Suppression{By: "confirmation", Person: "王五", At: "2026-11-19T02:00:05Z", Note: k.Note}
				if *fs[0].Suppressed != want {
					t.Errorf("%+v", *fs[0].Suppressed)
				}
			}
		})
	}

	// What confirm writes is what clears, in a case at the root as well.
	for _, root := range []string{"甲", ".", "dot."} {
		fs := findings()
		for i := range fs {
			fs[i].Asset = filepath.ToSlash(filepath.Join(root, strings.TrimPrefix(strings.TrimPrefix(fs[i].Asset, "甲"), "/")))
		}
		s.Path = root
		var made []casefile.Confirmation
		for _, f := range Open(fs) {
			made = append(made, Confirmation(f, s, "王五", k.At, ""))
		}
		if lapsed := Apply(fs, s, made); len(lapsed) != 0 || len(Open(fs)) != 0 {
			t.Errorf("%s: %d open after %+v", root, len(Open(fs)), made)
		}
	}
}
