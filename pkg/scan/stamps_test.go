package scan_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/scan"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// TestStamps: a file of which the file system says what it said at the run before is
// not opened; every other one is.
func TestStamps(t *testing.T) {
	dir := t.TempDir()
	const changed, other = "替换图/详情/d1.jpg", "申诉理由/申诉理由.txt"
	for _, name := range []string{changed, other} {
		data, err := os.ReadFile(filepath.Join("../../testdata/listing", name))
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, name), data)
	}
	cache := scan.OpenCache(t.TempDir(), 1<<30)
	// run scans with this stamp for all, since files written just now have none.
	run := func(verify bool, stamp material.Stamp) *verdict.Report {
		t.Helper()
		s, err := scan.NewSession(builtin(t), scan.SessionOptions{Limits: extract.DefaultLimits(), Jobs: 2, NoOCR: true, Cache: cache, Verify: verify, CodeDir: scan.DefaultCodeDir()})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		options := options(t, lang.EN, dir)
		found, err := s.Find(t.Context(), options.FindOptions)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range found.Cases {
			for _, a := range c.Assets {
				a.Stamp = stamp
			}
		}
		judged, err := s.Judge(t.Context(), s.Read(t.Context(), found, options.ReadOptions), options.JudgeOptions)
		if err != nil {
			t.Fatal(err)
		}
		return s.Report(judged, "test").Report
	}
	sums := func(r *verdict.Report) map[string]string {
		out := map[string]string{}
		for _, c := range r.Cases {
			for _, a := range c.Assets {
				out[a.Path] = a.SHA256
			}
		}
		return out
	}
	hour := material.Stamp{Modified: 1, Changed: 1, Inode: 1}
	first := sums(run(false, hour))
	file := filepath.Join(dir, filepath.FromSlash(changed))
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)-1] ^= 1
	write(t, file, data)
	for _, tt := range []struct {
		name   string
		verify bool
		stamp  material.Stamp
		seen   bool // that the content is another one
	}{
		{"the same stamp", false, hour, false},
		{"no stamp", false, material.Stamp{}, true},
		{"the same stamp, verified", true, hour, true},
		{"the same stamp after that", false, hour, true},
	} {
		got := sums(run(tt.verify, tt.stamp))
		if seen := got[changed] != first[changed]; seen != tt.seen {
			t.Errorf("%s: another content seen: %v", tt.name, seen)
		}
		got[changed] = first[changed]
		for path, sum := range first {
			if got[path] != sum {
				t.Errorf("%s: %s is another one", tt.name, path)
			}
		}
	}
	data[len(data)-1] ^= 2
	write(t, file, data)
	if got := sums(run(false, material.Stamp{Modified: 2, Changed: 2, Inode: 1})); got[changed] == first[changed] {
		t.Error("another stamp, and the content is believed to be the same")
	}
}

// TestBrief: what a report does not show need not be kept.
func TestBrief(t *testing.T) {
	cache := sampleCache()
	for _, folder := range []string{"../../testdata/listing", "../../testdata/honest"} {
		run := func(brief bool) *verdict.Report {
			options := options(t, lang.ZH, folder)
			options.Brief = brief
			r, err := session(t, builtin(t), cache).Run(t.Context(), options)
			if err != nil {
				t.Fatal(err)
			}
			return r.Report
		}
		all, brief := run(false), run(true)
		if all.Summary != brief.Summary {
			t.Errorf("%s: %+v, brief %+v", folder, all.Summary, brief.Summary)
		}
		if len(brief.Cases[0].Findings) >= len(all.Cases[0].Findings) {
			t.Errorf("%s: as many findings", folder)
		}
		for _, f := range report.Formats() {
			if report.ShowsPasses(f, report.Options{}) {
				continue
			}
			var a, b bytes.Buffer
			for r, to := range map[*verdict.Report]*bytes.Buffer{all: &a, brief: &b} {
				if err := report.Write(to, f, r, report.Options{Lang: lang.ZH}); err != nil {
					t.Fatal(err)
				}
			}
			if a.String() != b.String() {
				t.Errorf("%s: another %s report", folder, f.Name())
			}
		}
	}
}
