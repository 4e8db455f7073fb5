package scan_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/disintegration/imaging"
	"golang.org/x/sync/errgroup"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/scan"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// caseOfForty is the honest sample with pictures that differ in their last bytes.
func caseOfForty(t *testing.T) (dir string, files int) {
	t.Helper()
	dir = t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../testdata/honest")); err != nil {
		t.Fatal(err)
	}
	count := func() (n int) {
		if err := filepath.WalkDir(dir, func(_ string, d os.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				n++
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return n
	}
	blue, err := imaging.Open(filepath.Join(dir, "replacement/sku/BLUE.jpg"))
	if err != nil {
		t.Fatal(err)
	}
	var small bytes.Buffer
	if err := imaging.Encode(&small, imaging.Resize(blue, 300, 0, imaging.Box), imaging.JPEG); err != nil {
		t.Fatal(err)
	}
	for i := 0; count() < 41; i++ { // and case.yaml
		folder := "companion" // of which little is asked
		if i < 4 {
			folder = "replacement/detail"
		}
		write(t, filepath.Join(dir, folder, fmt.Sprintf("more%02d.jpg", i)), append(bytes.Clone(small.Bytes()), make([]byte, i+1)...))
	}
	return dir, 40
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// written is a report in every format.
func written(t *testing.T, r *verdict.Report) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, f := range report.Formats() {
		var b bytes.Buffer
		if err := report.Write(&b, f, r, report.Options{Lang: lang.ZH, Verbose: true}); err != nil {
			t.Fatal(err)
		}
		out[f.Name()] = b.String()
	}
	return out
}

// TestReadAgain: of a case of 40 whose picture, letter or case.yaml changed, that
// file alone is read again, and the report is that of a session that never saw
// the case before.
func TestReadAgain(t *testing.T) {
	ctx := t.Context()
	dir, files := caseOfForty(t)
	s := keeping(t, nil)
	calls, err := s.Count()
	if err != nil {
		t.Fatal(err)
	}
	options := options(t, lang.ZH, dir)
	cache := sampleCache() // of the fresh sessions, which share nothing else
	options.Previews = true
	read := func(s *scan.Session, before *scan.Known) (*scan.Known, *verdict.Report) {
		t.Helper()
		found, err := s.Find(ctx, options.FindOptions)
		if err != nil {
			t.Fatal(err)
		}
		options.Before = before
		known := s.Read(ctx, found, options.ReadOptions)
		judged, err := s.Judge(ctx, known, options.JudgeOptions)
		if err != nil {
			t.Fatal(err)
		}
		return known, s.Report(judged, "test").Report
	}
	known, first := read(s, nil)
	if len(first.Cases[0].Assets) != files {
		t.Fatalf("%d files", len(first.Cases[0].Assets))
	}
	if got := len(calls.Take()); got < files/2 {
		t.Fatalf("only %d files were read", got)
	}
	grow := func(name string) int64 {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, name), append(data, make([]byte, 999)...))
		return int64(len(data) + 999)
	}
	for _, tt := range []struct {
		name   string
		change func() []int64 // sizes of the files to be read again
	}{
		{"nothing", func() []int64 { return nil }},
		{"a picture", func() []int64 { return []int64{grow("replacement/sku/RED.jpg")} }},
		{"the penalised picture", func() []int64 {
			all, err := filepath.Glob(filepath.Join(dir, "violating/*"))
			if err != nil || len(all) == 0 {
				t.Fatal(all, err)
			}
			name, err := filepath.Rel(dir, all[0])
			if err != nil {
				t.Fatal(err)
			}
			return []int64{grow(name)}
		}},
		{"case.yaml", func() []int64 {
			name := filepath.Join(dir, "case.yaml")
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			write(t, name, bytes.Replace(data, []byte("store:"), []byte("# another word\nstore:"), 1))
			return nil
		}},
		{"a file that only got another name", func() []int64 {
			if err := os.Rename(filepath.Join(dir, "replacement/detail/more00.jpg"), filepath.Join(dir, "replacement/detail/other.jpg")); err != nil {
				t.Fatal(err)
			}
			info, err := os.Stat(filepath.Join(dir, "replacement/detail/other.jpg"))
			if err != nil {
				t.Fatal(err)
			}
			return []int64{info.Size()}
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			want := map[int64]bool{}
			for _, size := range tt.change() {
				want[size] = true
			}
			calls.Take()
			var again *verdict.Report
			known, again = read(s, known)
			got := map[int64]bool{}
			for size := range calls.Take() {
				got[size] = true
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("read files of the sizes %v, want %v", got, want)
			}
			_, fresh := read(keeping(t, cache), nil)
			want2, got2 := written(t, fresh), written(t, again)
			for format, text := range want2 {
				if got2[format] != text {
					t.Errorf("the %s report differs from a fresh one", format)
				}
			}
		})
	}
}

func keeping(t *testing.T, cache *extract.Cache) *scan.Session {
	t.Helper()
	s, err := scan.NewSession(builtin(t), scan.SessionOptions{Limits: extract.DefaultLimits(), Jobs: 2, NoOCR: true, Keep: true, Cache: cache, CodeDir: scan.DefaultCodeDir()})
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

// TestFilesThatVanish: a file that goes, or grows, between being found and being
// read is said to have done so, wherever something is said of it.
func TestFilesThatVanish(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../testdata/honest")); err != nil {
		t.Fatal(err)
	}
	gone, grown := "source/IMG_2001.JPG", "source/IMG_2002.JPG"
	content, err := os.ReadFile(filepath.Join(dir, gone))
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, grown), content)
	s := session(t, builtin(t), sampleCache())
	opt := options(t, lang.EN, dir)
	found, err := s.Find(t.Context(), opt.FindOptions)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, grown), append(content, 0))
	if err := os.Remove(filepath.Join(dir, gone)); err != nil {
		t.Fatal(err)
	}
	j, err := s.Judge(t.Context(), s.Read(t.Context(), found, opt.ReadOptions), opt.JudgeOptions)
	if err != nil {
		t.Fatal(err)
	}
	words := map[string]string{gone: "the file vanished while the check ran", grown: "the file changed while the check ran"}
	told := map[string]bool{}
	for _, f := range s.Report(j, "test").Report.Cases[0].Findings {
		if words[f.Asset] == "" {
			continue
		}
		switch {
		case f.Rule == "AE917":
			told[f.Asset] = f.Outcome == verdict.Fail
		case f.Outcome == verdict.Review:
			if said := report.Plain(f.Message); !strings.Contains(said, words[f.Asset]) {
				t.Errorf("%s of %s says %q", f.Rule, f.Asset, said)
			}
		case f.Outcome == verdict.Pass && !strings.HasPrefix(f.Rule, "AE9"):
			t.Errorf("%s passes of %s, which was not read", f.Rule, f.Asset)
		}
	}
	if !told[gone] || !told[grown] {
		t.Errorf("told of %v", told)
	}
}

// TestJudgeAgain: what was read can be judged again, at another time and in
// another language, and the first judgement stays what it was.
func TestJudgeAgain(t *testing.T) {
	ctx := t.Context()
	s := session(t, builtin(t), sampleCache())
	opt := options(t, lang.EN, "../../testdata/listing")
	found, err := s.Find(ctx, opt.FindOptions)
	if err != nil {
		t.Fatal(err)
	}
	known := s.Read(ctx, found, opt.ReadOptions)
	judge := func(o scan.JudgeOptions) string {
		j, err := s.Judge(ctx, known, o)
		if err != nil {
			t.Fatal(err)
		}
		return written(t, s.Report(j, "test").Report)["json"]
	}
	later := opt.JudgeOptions
	later.Now, later.Lang = later.Now.Add(30*24*time.Hour), lang.ZH
	first, second, third := judge(opt.JudgeOptions), judge(later), judge(opt.JudgeOptions)
	if first == second || first != third {
		t.Error("a judgement depends on those before it")
	}
}

// TestScansAtOnce: scans that run at the same time, each with a cold cache, say
// what one says that has the machine to itself. AECHECK_AT_ONCE=10 runs as many,
// and reads text.
func TestScansAtOnce(t *testing.T) {
	n, noOCR := 2, true
	if v := os.Getenv("AECHECK_AT_ONCE"); v != "" {
		var err error
		if n, err = strconv.Atoi(v); err != nil {
			t.Fatal(err)
		}
		noOCR = false
	}
	one := func() (map[string]string, error) {
		s, err := scan.NewSession(builtin(t), scan.SessionOptions{
			Limits: extract.DefaultLimits(), NoOCR: noOCR, Cache: scan.OpenCache(t.TempDir(), 1<<30), CodeDir: scan.DefaultCodeDir(),
		})
		if err != nil {
			return nil, err
		}
		defer s.Close()
		r, err := s.Run(t.Context(), options(t, lang.ZH, "../../testdata/listing"))
		if err != nil {
			return nil, err
		}
		return written(t, r.Report), nil
	}
	alone, err := one()
	if err != nil {
		t.Fatal(err)
	}
	var g errgroup.Group
	for range n {
		g.Go(func() error {
			got, err := one()
			for format, text := range got {
				if text != alone[format] {
					t.Errorf("a %s report differs from that of a scan alone", format)
				}
			}
			return err
		})
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
}

// TestFactsDependOnContentAlone: what an extractor finds is the same alone and
// among all others, for pictures below and above the details of decoding.
func TestFactsDependOnContentAlone(t *testing.T) {
	runner, done, err := scan.NewRunner(scan.RunnerOptions{Limits: extract.DefaultLimits(), CodeDir: scan.DefaultCodeDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	quick := []string{"image", "background", "frame", "quality", "hash", "match", "faces", "codes", "preview"}
	read := append([]string{"text", "document"}, quick...)
	for name, groups := range map[string][]string{
		"listing/替换图/SKU图/BROWN.jpg":                read,
		"listing/原图/Screenshot_20261119-101500.png": quick,
		"honest/source/IMG_2001.JPG":                quick,
	} {
		open := extract.Source{Open: func() (extract.ReadCloser, int64, error) {
			f, err := os.Open(filepath.Join("../../testdata", name))
			if err != nil {
				return nil, 0, err
			}
			info, err := f.Stat()
			return f, info.Size(), err
		}}
		find := func(groups ...string) *facts.Set {
			set, err := runner.Run(context.Background(), open, extract.Request{Facts: groups})
			if err != nil {
				t.Fatal(err)
			}
			return set
		}
		all := find(groups...)
		for _, g := range groups {
			want, err := json.Marshal(all.Pointer(g))
			if err != nil {
				t.Fatal(err)
			}
			got, err := json.Marshal(find(g).Pointer(g))
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s: %s is %.200s alone, %.200s among all", name, g, got, want)
			}
		}
	}
}
