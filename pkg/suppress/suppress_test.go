package suppress

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/confirm"
	"github.com/aecheck/aecheck/pkg/pathglob"
	"github.com/aecheck/aecheck/pkg/verdict"
)

var (
	root = filepath.FromSlash("/repo")
	now  = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
)

func subject(sums map[string]string) Subject {
	return Subject{Subject: confirm.Subject{Path: "c", Sums: sums}, Place: func(rel string) string { return filepath.Join(root, "c", filepath.FromSlash(rel)) }}
}

func finding(rule, slug, asset string) verdict.Finding {
	return verdict.Finding{Rule: rule, Slug: slug, Asset: asset, Outcome: verdict.Fail, Severity: verdict.SeverityError}
}

func rule(t *testing.T, name, files, expires string) Rule {
	t.Helper()
	r := Rule{Name: name, Reason: "because", Origin: ".aecheck.yaml:3"}
	for _, text := range strings.Fields(files) {
		p, err := pathglob.Compile(text)
		if err != nil {
			t.Fatal(err)
		}
		r.Files = append(r.Files, p)
	}
	if expires != "" {
		var err error
		if r.Expires, err = time.Parse(time.DateOnly, expires); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

func TestSuppressions(t *testing.T) {
	for _, c := range []struct {
		what    string
		rule    Rule
		finding verdict.Finding
		want    bool
	}{
		{"by id", rule(t, "AE301", "", ""), finding("AE301", "too-small", "c/a.jpg"), true},
		{"by slug", rule(t, "too-small", "", ""), finding("AE301", "too-small", "c/a.jpg"), true},
		{"by pattern", rule(t, "AE3*", "", ""), finding("AE301", "too-small", "c/a.jpg"), true},
		{"another rule", rule(t, "AE302", "", ""), finding("AE301", "too-small", "c/a.jpg"), false},
		{"its file", rule(t, "AE301", "c/*.jpg", ""), finding("AE301", "too-small", "c/a.jpg"), true},
		{"another file", rule(t, "AE301", "d/*.jpg", ""), finding("AE301", "too-small", "c/a.jpg"), false},
		{"the case by its folder", rule(t, "AE401", "c", ""), finding("AE401", "x", ""), true},
		{"a case, where files are meant", rule(t, "AE401", "*.jpg", ""), finding("AE401", "x", ""), false},
		{"on the last day", rule(t, "AE301", "", "2026-11-23"), finding("AE301", "too-small", "c/a.jpg"), true},
		{"after it", rule(t, "AE301", "", "2026-11-22"), finding("AE301", "too-small", "c/a.jpg"), false},
		{"unreadable, named", rule(t, "AE901", "", ""), finding("AE901", "x", "c/a.jpg"), true},
		{"unreadable, by pattern", rule(t, "AE9*", "", ""), finding("AE901", "x", "c/a.jpg"), false},
		{"unreadable, by everything", rule(t, "*", "", ""), finding("AE901", "x", "c/a.jpg"), false},
		{"an error", rule(t, "*", "", ""), verdict.Finding{Rule: "AE301", Outcome: verdict.Error}, false},
		{"not checked", rule(t, "AE301", "", ""), verdict.Finding{Rule: "AE301", Outcome: verdict.Review, Cause: verdict.Unavailable}, false},
		{"to be looked at", rule(t, "AE301", "", ""), verdict.Finding{Rule: "AE301", Outcome: verdict.Review, Cause: verdict.Judgement}, true},
		{"a pass", rule(t, "AE301", "", ""), verdict.Finding{Rule: "AE301", Outcome: verdict.Pass}, false},
	} {
		s := New(Options{Rules: []Rule{c.rule}, Dir: root}, now)
		list := []verdict.Finding{c.finding}
		s.Apply(list, subject(nil))
		if got := list[0].Suppressed != nil; got != c.want {
			t.Errorf("%s: suppressed %v, want %v", c.what, got, c.want)
		}
		if c.want && (list[0].Suppressed.By != BySuppression || list[0].Suppressed.Note != "because" || list[0].Suppressed.From != ".aecheck.yaml:3") {
			t.Errorf("%s: %+v", c.what, list[0].Suppressed)
		}
	}
}

// TestIdle asks which suppressions are told: one that expired where it still meets
// something, one that meets nothing where everything was scanned.
func TestIdle(t *testing.T) {
	all := true
	o := Options{Dir: root, Covers: func(string) bool { return all }, Rules: []Rule{rule(t, "AE301", "", "2026-01-01"), rule(t, "AE302", "", "2026-01-01"), rule(t, "AE303", "", "")}}
	s := New(o, now)
	s.Apply([]verdict.Finding{finding("AE301", "x", "c/a.jpg")}, subject(nil))
	if e, u := s.Expired(), s.Unused(); len(e) != 1 || e[0].Name != "AE301" || len(u) != 2 {
		t.Errorf("expired %v, unused %v", e, u)
	}
	if all = false; len(s.Unused()) > 0 {
		t.Error("what was not scanned is told as unused")
	}
}

func TestBaseline(t *testing.T) {
	sums := map[string]string{"a.jpg": "aa", "b.jpg": "bb"}
	found := func() []verdict.Finding {
		return []verdict.Finding{finding("AE301", "x", "c/a.jpg"), finding("AE301", "x", "c/b.jpg"), finding("AE401", "y", ""), finding("AE901", "z", "c/a.jpg"),
			{Rule: "AE305", Asset: "c/a.jpg", Outcome: verdict.Error}}
	}
	b := &Baseline{Dir: root}
	b.Note(found(), subject(sums))
	data, err := b.Write()
	if err != nil {
		t.Fatal(err)
	}
	if b, err = ReadBaseline(data, root); err != nil {
		t.Fatal(err)
	}
	if len(b.Entries) != 3 || b.Entries[1].Path != "c/a.jpg" || b.Entries[1].SHA256 != "aa" {
		t.Fatalf("%+v", b.Entries)
	}
	again, err := b.Write()
	if err != nil || !bytes.Equal(data, again) {
		t.Errorf("not the same bytes: %v\n%s", err, again)
	}
	o := Options{Baseline: b, BaselineName: BaselineName, Covers: func(string) bool { return true }}
	suppressed := func(list []verdict.Finding, about Subject) (out string, s *Suppressor) {
		s = New(o, now)
		s.Apply(list, about)
		for _, f := range list {
			if f.Suppressed != nil {
				out += f.Rule + " " + f.Asset + "|"
			}
		}
		return out, s
	}
	got, s := suppressed(found(), subject(sums))
	if got != "AE301 c/a.jpg|AE301 c/b.jpg|AE401 |" || len(s.Stale()) > 0 {
		t.Errorf("%s, stale %v", got, s.Stale())
	}
	// A file renamed is known, one that changed is not, and what was mended is stale.
	moved := []verdict.Finding{finding("AE301", "x", "c/new.jpg"), finding("AE301", "x", "c/b.jpg")}
	got, s = suppressed(moved, subject(map[string]string{"new.jpg": "aa", "b.jpg": "changed"}))
	if got != "AE301 c/new.jpg|" || len(s.Stale()) != 2 {
		t.Errorf("%s, stale %v", got, s.Stale())
	}
	if left := b.Without(s.Stale()); len(left.Entries) != 1 || left.Entries[0].SHA256 != "aa" {
		t.Errorf("%v", left.Entries)
	}
	o.Covers = func(p string) bool { return strings.HasSuffix(p, "b.jpg") }
	if _, s = suppressed(nil, subject(nil)); len(s.Stale()) != 1 {
		t.Errorf("of what was not scanned: %v", s.Stale())
	}
	kept := &Baseline{Dir: root}
	kept.Keep(b, o.Covers)
	if len(kept.Entries) != 2 {
		t.Errorf("%v", kept.Entries)
	}
}

func TestReadBaseline(t *testing.T) {
	for _, text := range []string{"", "[]", "{}", `{"schema_version":2,"entries":[]}`, `{"schema_version":1}`, `{"schema_version":1,"entries":[{"rule":"AE301"}]}`,
		`{"schema_version":1,"entries":[{"sha256":"a"}]}`, `{"schema_version":1,"entries":[{"rule":"AE301","sha256":"a","facts":"b"}]}`} {
		if _, err := ReadBaseline([]byte(text), root); err == nil {
			t.Errorf("%s was read", text)
		}
	}
}

func FuzzReadBaseline(f *testing.F) {
	f.Add([]byte(`{"schema_version":1,"entries":[{"rule":"AE301","sha256":"a","path":"x"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := ReadBaseline(data, root)
		if err != nil {
			return
		}
		out, err := b.Write()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ReadBaseline(out, root); err != nil {
			t.Fatalf("what was written cannot be read: %v\n%s", err, out)
		}
	})
}
