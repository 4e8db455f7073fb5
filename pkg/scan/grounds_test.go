package scan_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/rules"
	"github.com/aecheck/aecheck/pkg/scan"
	"github.com/aecheck/aecheck/pkg/verdict"
)

var update = flag.Bool("update", false, "rewrite golden files")

// sampleNow is the time of run that the sample cases are made for.
func sampleNow(t *testing.T) time.Time {
	t.Helper()
	now, err := time.Parse(time.RFC3339, "2026-11-23T10:00:00+08:00")
	if err != nil {
		t.Fatal(err)
	}
	return now
}

// sampleCacheDir is where sampleCache keeps facts.
var sampleCacheDir string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "aecheck-scan")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	sampleCacheDir = dir
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// sampleCache keeps what any test of the package saw of the samples, for all that
// are not about how that is found.
func sampleCache() *extract.Cache { return scan.OpenCache(sampleCacheDir, 1<<30) }

// session scans without reading text; a cache saves looking at the same picture
// again in the next case.
func session(t *testing.T, set *rules.Set, cache *extract.Cache) *scan.Session {
	t.Helper()
	s, err := scan.NewSession(set, scan.SessionOptions{Limits: extract.DefaultLimits(), Jobs: 2, NoOCR: true, Cache: cache, CodeDir: scan.DefaultCodeDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func options(t *testing.T, l lang.Lang, paths ...string) scan.Options {
	return scan.Options{FindOptions: scan.FindOptions{Paths: paths}, JudgeOptions: scan.JudgeOptions{Lang: l, Now: sampleNow(t)}}
}

func runScan(t *testing.T, s *scan.Session, l lang.Lang, paths ...string) *verdict.Report {
	t.Helper()
	r, err := s.Run(context.Background(), options(t, l, paths...))
	if err != nil {
		t.Fatal(err)
	}
	return r.Report
}

// inBoth reads folders once and judges them in both languages.
func inBoth(t *testing.T, s *scan.Session, paths ...string) map[lang.Lang]*verdict.Report {
	t.Helper()
	o := options(t, lang.ZH, paths...)
	found, err := s.Find(t.Context(), o.FindOptions)
	if err != nil {
		t.Fatal(err)
	}
	known, out := s.Read(t.Context(), found, o.ReadOptions), map[lang.Lang]*verdict.Report{}
	for _, l := range []lang.Lang{lang.ZH, lang.EN} {
		o.Lang = l
		judged, err := s.Judge(t.Context(), known, o.JudgeOptions)
		if err != nil {
			t.Fatal(err)
		}
		out[l] = s.Report(judged, "").Report
	}
	return out
}

// TestGrounds scans the honest sample under every ground of appeal and type of
// violation, with only what the seller of such a case would have, and compares
// the checklists with golden files.
func TestGrounds(t *testing.T) {
	grounds := []string{"misjudged", "authorized", "rectified"}
	types := []string{"stolen_image", "brand_logo", "watermark", "contact", "sensitive", "ai_unlabelled", "other"}
	s := session(t, builtin(t), sampleCache())
	lists := map[lang.Lang]*strings.Builder{lang.ZH: {}, lang.EN: {}}
	for _, ground := range grounds {
		for _, typ := range types {
			for l, r := range inBoth(t, s, caseFolder(t, ground, typ)) {
				fmt.Fprintf(lists[l], "## %s / %s\n", ground, typ)
				writeChecklist(lists[l], &r.Cases[0])
			}
		}
	}
	for l, b := range lists {
		golden := filepath.Join("testdata", "grounds."+l.Tag()+".golden")
		if *update {
			if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if b.String() != string(want) {
			t.Errorf("checklists differ from %s; run with -update and read the difference", golden)
		}
	}
}

// caseFolder makes a case of the papers that every appeal has.
func caseFolder(t *testing.T, ground, typ string) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range []string{"notice/notice.png", "commitment/commitment.jpg", "violating/1.jpg"} {
		copyFile(t, filepath.Join("../../testdata/honest", f), filepath.Join(dir, f))
	}
	text := fmt.Sprintf(`store: {id: "1101234567", name: {zh: 深圳市示例科技有限公司}}
violation: {id: WG20261118000456, marketplace: aliexpress, type: %s, state: penalised, effective_at: 2026-11-18 09:30}
appeal: {ground: %s}
originals: {stored_at: "NAS:/photos"}
`, typ, ground)
	if err := os.WriteFile(filepath.Join(dir, "case.yaml"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

func writeChecklist(b *strings.Builder, c *verdict.Case) {
	rules := map[string]string{}
	for _, f := range c.Findings {
		rules[f.Fingerprint] = f.Rule
	}
	for _, item := range c.Checklist {
		fmt.Fprintf(b, "%-11s %s", item.State, item.Title)
		for _, f := range item.Findings {
			b.WriteString(" " + rules[f])
		}
		if item.Note != nil {
			b.WriteString(" — " + report.Plain(item.Note))
		}
		b.WriteString("\n")
	}
	fmt.Fprintf(b, "= %s\n\n", c.Outcome)
}

// TestSamples holds the two sample cases to what the README says of them.
func TestSamples(t *testing.T) {
	s := session(t, builtin(t), sampleCache())
	honest := runScan(t, s, lang.EN, "../../testdata/honest")
	if sum := honest.Summary; sum.Fail > 0 || sum.Error > 0 || reviews(honest) > 3 {
		t.Errorf("the honest case: %+v", sum)
	}
	listing := runScan(t, s, lang.ZH, "../../testdata/listing")
	for _, rule := range []string{"AE203", "AE211", "AE301", "AE313", "AE903"} {
		if !has(listing, rule, verdict.Fail) {
			t.Errorf("the listing does not fail %s", rule)
		}
	}
	if !has(listing, "AE901", verdict.Review) {
		t.Error("the listing asks nothing of the file that nothing places")
	}
}

// reviews counts reviews that the sample leaves to a person; text is switched
// off in these tests and does not count.
func reviews(r *verdict.Report) int {
	n := 0
	for _, f := range r.Cases[0].Findings {
		if f.Outcome == verdict.Review && !f.Asked {
			n++
		}
	}
	return n
}

func has(r *verdict.Report, rule string, o verdict.Outcome) bool {
	for _, f := range r.Cases[0].Findings {
		if f.Rule == rule && f.Outcome == o {
			return true
		}
	}
	return false
}
