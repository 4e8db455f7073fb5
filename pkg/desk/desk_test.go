package desk_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aecheck/aecheck"
	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/desk"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/rules"
	"github.com/aecheck/aecheck/pkg/scan"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// begin opens a small case: a picture that touches the edge asks for a person.
func begin(t *testing.T) (*desk.Desk, string) {
	t.Helper()
	dir := t.TempDir()
	for from, to := range map[string]string{"replacement/main/m1.jpg": "replacement/main/m1.jpg", "source/IMG_2001.JPG": "companion/a.jpg", "case.yaml": "case.yaml"} {
		data, err := os.ReadFile(filepath.Join("../../testdata/honest", from))
		if err != nil {
			t.Fatal(err)
		}
		if from == "case.yaml" {
			data = []byte("# kept\nviolation: {id: WG20261118000456}\nappeal:\n  ground: rectified # as decided\n")
		}
		name := filepath.Join(dir, filepath.FromSlash(to))
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	set, err := rules.Load(scan.Checks(), rules.Layer{Name: "rules.yaml", Data: aecheck.RulesYAML})
	if err != nil {
		t.Fatal(err)
	}
	s, err := scan.NewSession(set, scan.SessionOptions{NoOCR: true, Keep: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, lang.Beijing())
	d, err := desk.Open(t.Context(), s, desk.Options{Scan: scan.Options{FindOptions: scan.FindOptions{Paths: []string{dir}}, JudgeOptions: scan.JudgeOptions{Lang: lang.EN}}, Clock: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	return d, dir
}

func caseYAML(t *testing.T, dir string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "case.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func pick(d *desk.Desk, want func(*verdict.Finding) bool) *verdict.Finding {
	list := d.State().Result.Report.Cases[0].Findings
	for i := range list {
		if want(&list[i]) {
			return &list[i]
		}
	}
	return nil
}

// A decision is what confirm writes, and goes with undo; what was there stays.
func TestDecide(t *testing.T) {
	d, dir := begin(t)
	before := caseYAML(t, dir)
	review := pick(d, func(f *verdict.Finding) bool { return f.Outcome == verdict.Review && f.Cause == verdict.Judgement })
	fail := pick(d, func(f *verdict.Finding) bool { return f.Outcome == verdict.Fail && f.Overrulable })
	if review == nil && fail == nil {
		t.Fatal("nothing to decide about")
	}
	for _, f := range []*verdict.Finding{review, fail} {
		if f == nil {
			continue
		}
		if err := d.Decide(t.Context(), f.Fingerprint, "王五", "looked"); err != nil {
			t.Fatal(f.Rule, err)
		}
		if got := caseYAML(t, dir); !strings.HasPrefix(got, before) || !strings.Contains(got, "rule: "+f.Rule) || !strings.Contains(got, "王五") {
			t.Errorf("%s", got)
		}
		if cleared := pick(d, func(g *verdict.Finding) bool { return g.Fingerprint == f.Fingerprint }); cleared == nil || cleared.Suppressed == nil {
			t.Errorf("%s is not cleared", f.Rule)
		}
		if err := d.Decide(t.Context(), f.Fingerprint, "王五", "again"); !errors.Is(err, desk.ErrGone) {
			t.Errorf("twice: %v", err)
		}
		if err := d.Undo(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := caseYAML(t, dir); got != before {
			t.Errorf("undone: %s", got)
		}
	}
	if err := d.Undo(t.Context()); !errors.Is(err, desk.ErrNothing) {
		t.Error(err)
	}
	pass := pick(d, func(f *verdict.Finding) bool { return f.Outcome == verdict.Pass })
	for _, f := range []string{pass.Fingerprint, "", "0000"} {
		if err := d.Decide(t.Context(), f, "王五", ""); !errors.Is(err, desk.ErrGone) {
			t.Errorf("%q: %v", f, err)
		}
	}
}

func TestPlaceAndFill(t *testing.T) {
	d, dir := begin(t)
	if err := d.Place(t.Context(), "companion/a.jpg", "source", ""); err != nil {
		t.Fatal(err)
	}
	kind := ""
	for _, a := range d.State().Result.Report.Cases[0].Assets {
		if a.Path == "companion/a.jpg" {
			kind = a.Kind
		}
	}
	if kind != "source" {
		t.Errorf("kind %q", kind)
	}
	if err := d.Place(t.Context(), "../elsewhere.jpg", "source", ""); !errors.Is(err, desk.ErrGone) {
		t.Error(err)
	}
	key, _ := casefile.KeyNamed("product.id")
	value, err := key.Typed("1005006001234567")
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Fill(t.Context(), 0, []casefile.Value{value}); err != nil {
		t.Fatal(err)
	}
	got := caseYAML(t, dir)
	if !strings.Contains(got, `id: "1005006001234567"`) || !strings.Contains(got, "# as decided") {
		t.Error(got)
	}
	if err := d.Fill(t.Context(), 7, []casefile.Value{value}); !errors.Is(err, desk.ErrGone) {
		t.Error(err)
	}
	// Somebody else writes: what was decided before is not taken back over that.
	if err := os.WriteFile(filepath.Join(dir, "case.yaml"), []byte(got+"# mine\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := d.Undo(t.Context()); !errors.Is(err, casefile.ErrChanged) {
		t.Error(err)
	}
	if after := caseYAML(t, dir); after != got+"# mine\n" {
		t.Error(after)
	}
}

// What changes in the folder is seen, in folders that are new too.
func TestWatch(t *testing.T) {
	d, dir := begin(t)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	changed, leave := d.Changes()
	defer leave()
	go func() { d.Watch(ctx, nil); close(done) }()
	defer func() { cancel(); <-done }()
	count := func() int { return len(d.State().Result.Report.Cases[0].Assets) }
	want := func(n int) {
		t.Helper()
		for range 50 {
			select {
			case <-changed:
			case <-time.After(time.Second):
			}
			if count() == n {
				return
			}
		}
		t.Fatalf("%d files, want %d", count(), n)
	}
	time.Sleep(100 * time.Millisecond) // until the folders are watched
	data, err := os.ReadFile(filepath.Join(dir, "companion", "a.jpg"))
	if err != nil {
		t.Fatal(err)
	}
	sub := filepath.Join(dir, "evidence")
	if err := os.Mkdir(sub, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(sub, "b.jpg"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	want(3)
	if err := os.WriteFile(filepath.Join(sub, "c.jpg"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	want(4)
	if err := os.Remove(filepath.Join(sub, "b.jpg")); err != nil {
		t.Fatal(err)
	}
	want(3)
}
