package scan_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// TestAsked asks about one file of two cases after the other: what is said of it is
// what the scan of everything says, pairs and comparisons between cases included.
func TestAsked(t *testing.T) {
	dir := t.TempDir()
	for name, sample := range map[string]string{"one": "listing", "two": "honest"} {
		if err := os.CopyFS(filepath.Join(dir, name), os.DirFS("../../testdata/"+sample)); err != nil {
			t.Fatal(err)
		}
	}
	// A penalised picture that is in both cases and was not replaced in the second.
	shared, err := os.ReadFile(filepath.Join(dir, "one", "违规图", "1.jpg"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "two", "violating", "2.jpg"), shared)
	write(t, filepath.Join(dir, "two", "replacement", "detail", "d9.jpg"), shared)

	s := session(t, builtin(t), sampleCache())
	full := runScan(t, s, lang.EN, dir)
	files, named, between := 0, 0, 0
	for _, c := range full.Cases {
		for _, a := range c.Assets {
			files++
			o := options(t, lang.EN, dir)
			o.Only = &material.Only{Files: []string{filepath.Join(dir, filepath.FromSlash(a.Path))}}
			got, err := s.Run(context.Background(), o)
			if err != nil {
				t.Fatal(err)
			}
			r := got.Report
			if len(r.Cases) != 1 || r.Cases[0].Of != len(c.Assets) || len(r.Cases[0].Assets) != 1 || len(r.Cases[0].Checklist)+len(r.Cases[0].Steps) > 0 || r.Cases[0].Deadline != nil {
				t.Fatalf("%s: not the part of a case", a.Path)
			}
			want := keepAbout(t, c.Findings, c.Path, a.Path)
			if diff := cmp.Diff(want, r.Cases[0].Findings); diff != "" {
				t.Errorf("%s: other findings:\n%s", a.Path, diff)
			}
			across := keepAbout(t, full.Batch.Findings, "", a.Path)
			if diff := cmp.Diff(across, r.Batch.Findings); diff != "" {
				t.Errorf("%s: other findings between cases:\n%s", a.Path, diff)
			}
			between += len(across)
			for _, f := range want {
				if f.Asset != a.Path {
					named++
				}
			}
		}
	}
	if files < 30 || named < 3 || between < 2 {
		t.Errorf("%d files, %d findings about a case and %d between cases that name one: the samples show too little", files, named, between)
	}
}

// keepAbout are the findings about a file, and those about no file whose evidence
// names it, as a reader of the JSON report would look for them.
func keepAbout(t *testing.T, findings []verdict.Finding, dir, file string) []verdict.Finding {
	t.Helper()
	out := []verdict.Finding{}
	for _, f := range findings {
		keep := f.Asset == file
		if f.Asset == "" || f.Asset == dir {
			for _, e := range f.Evidence {
				data, err := json.Marshal([]any{e.Quote, e.Related})
				if err != nil {
					t.Fatal(err)
				}
				name := strings.TrimPrefix(file, dir+"/")
				keep = keep || strings.Contains(string(data), `"`+name+`"`) || strings.Contains(string(data), `"`+file+`"`)
			}
		}
		if keep {
			out = append(out, f)
		}
	}
	return out
}

// TestAskedWhole asks about a case.yaml, which stands for its case.
func TestAskedWhole(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"one", "two"} {
		if err := os.CopyFS(filepath.Join(dir, name), os.DirFS("../../testdata/honest")); err != nil {
			t.Fatal(err)
		}
	}
	s := session(t, builtin(t), sampleCache())
	full := runScan(t, s, lang.EN, dir)
	o := options(t, lang.EN, dir)
	o.Only = &material.Only{Files: []string{filepath.Join(dir, "two", "case.yaml")}}
	got, err := s.Run(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(full.Cases[1:], got.Report.Cases); diff != "" {
		t.Errorf("not the case of the scan of everything:\n%s", diff)
	}
	if diff := cmp.Diff(full.Batch, got.Report.Batch); diff != "" {
		t.Errorf("other findings between cases:\n%s", diff)
	}
	if len(got.Cases) != 1 || filepath.Base(got.Cases[0].Dir) != "two" {
		t.Errorf("folders: %v", got.Cases)
	}
	o.Only = &material.Only{}
	if got, err = s.Run(context.Background(), o); err != nil || len(got.Report.Cases) > 0 || got.Report.Summary.Assets > 0 {
		t.Errorf("nothing changed, and %d cases: %v", len(got.Report.Cases), err)
	}
}
