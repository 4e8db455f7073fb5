package scan_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/scan"
	"github.com/aecheck/aecheck/pkg/shard"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// manyCases makes cases, one in a zip file and one whose case.yaml is wrong, what lies
// in none of them, and a folder of photos.
func manyCases(t testing.TB) (clients, photos string) {
	t.Helper()
	dir := t.TempDir()
	clients, photos = filepath.Join(dir, "clients"), filepath.Join(dir, "photos")
	put := func(name string, data []byte) {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	sample := os.DirFS("../../testdata/honest")
	for _, name := range []string{"a", "b/deep", "wrong"} {
		if err := os.CopyFS(filepath.Join(clients, name), sample); err != nil {
			t.Fatal(err)
		}
	}
	put(filepath.Join(clients, "wrong", "case.yaml"), []byte("violation: {state: nonsense}\n"))
	put(filepath.Join(clients, "b", "loose.jpg"), []byte("x"))
	put(filepath.Join(clients, "a", "source", "empty.jpg"), nil)
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	if err := w.AddFS(sample); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	put(filepath.Join(clients, "c.zip"), packed.Bytes())
	for i, name := range []string{"m1.jpg", "m2.jpg"} {
		data, err := os.ReadFile(filepath.Join("../../testdata/honest/replacement/main", name))
		if err != nil {
			t.Fatal(err)
		}
		for k := range 4 {
			put(filepath.Join(photos, fmt.Sprintf("p%d%d.jpg", i, k)), append(bytes.Clone(data), make([]byte, k)...))
		}
	}
	return clients, photos
}

// leave reads one part and returns the file of it.
func leave(t testing.TB, s *scan.Session, found *scan.Found, p shard.Part) []byte {
	t.Helper()
	known := s.Read(context.Background(), found.Share(p), scan.ReadOptions{Previews: true})
	var buf bytes.Buffer
	roots := map[string][]byte{}
	for label, root := range found.Roots {
		roots[label] = []byte(root)
	}
	w, err := shard.NewWriter(&buf, shard.Header{Part: p, Input: found.Input(), Roots: roots})
	if err != nil {
		t.Fatal(err)
	}
	if err := known.Save(w, "/"); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func add(t testing.TB, j *scan.Joining, data []byte) error {
	t.Helper()
	r, err := shard.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return j.Add(r)
}

// TestShares scans folders in parts, in any order, and as one.
func TestShares(t *testing.T) {
	clients, photos := manyCases(t)
	s := session(t, builtin(t), scan.OpenCache(t.TempDir(), 1<<30))
	for name, paths := range map[string][]string{"cases and photos": {clients, photos}, "photos alone": {photos}, "one case": {filepath.Join(clients, "a")}, "one file": {filepath.Join(photos, "p01.jpg")}} {
		o := options(t, lang.ZH, paths...)
		o.Previews, o.Also = true, []lang.Lang{lang.EN}
		want, invalid := s.Run(t.Context(), o)
		if want == nil {
			t.Fatal(invalid)
		}
		found, _ := s.Find(t.Context(), o.FindOptions)
		for _, n := range []int{1, 2, 5, 40} {
			j := &scan.Joining{Base: "/", Previews: true}
			for i := n; i >= 1; i-- {
				if err := add(t, j, leave(t, s, found, shard.Part{Index: i, Count: n})); err != nil {
					t.Fatalf("%s, %d/%d: %v", name, i, n, err)
				}
			}
			known, err := j.Known()
			if err != nil {
				t.Fatalf("%s, %d parts: %v", name, n, err)
			}
			got, err := s.Conclude(t.Context(), known, o)
			if err != nil {
				t.Fatal(err)
			}
			for k, r := range append([]*verdict.Report{got.Report}, got.Also...) {
				if diff := cmp.Diff(written(t, append([]*verdict.Report{want.Report}, want.Also...)[k]), written(t, r)); diff != "" {
					t.Errorf("%s, %d parts: another report:\n%.3000s", name, n, diff)
				}
			}
			if diff := cmp.Diff(want.Notes, got.Notes); diff != "" {
				t.Errorf("%s, %d parts: other notes:\n%s", name, n, diff)
			}
			if fmt.Sprint(known.Invalid()) != fmt.Sprint(invalid) {
				t.Errorf("%s, %d parts: %v, want %v", name, n, known.Invalid(), invalid)
			}
			for i, c := range got.Cases {
				w := want.Cases[i]
				if c.Dir != w.Dir || c.FileName != w.FileName || c.Packed != w.Packed || c.Subject.Place("x/y") != w.Subject.Place("x/y") {
					t.Errorf("%s: %+v, want %+v", name, c, w)
				}
			}
		}
	}
}

// TestShareIsAPart asks of every partition that it keeps cases whole, loses nothing and
// gives nothing twice, and that only plain folders of photos are divided.
func TestShareIsAPart(t *testing.T) {
	clients, photos := manyCases(t)
	s := session(t, builtin(t), nil)
	found, _ := s.Find(t.Context(), options(t, lang.EN, clients, photos).FindOptions)
	whole := map[string]int{}
	for _, c := range found.Cases {
		whole[c.Path] = len(c.Assets)
	}
	for n := 1; n <= 30; n++ {
		seen := map[string]int{}
		outside, holders := 0, map[string]int{}
		for i := 1; i <= n; i++ {
			part := found.Share(shard.Part{Index: i, Count: n})
			outside += len(part.Outside)
			for _, c := range part.Cases {
				holders[c.Path]++
				if !c.Listing && len(c.Assets) != whole[c.Path] {
					t.Errorf("%d/%d has %d of %d files of %s", i, n, len(c.Assets), whole[c.Path], c.Path)
				}
				for _, a := range c.Assets {
					seen[path.Join(c.Path, a.Path)]++
				}
			}
		}
		for name, k := range seen {
			if k != 1 {
				t.Errorf("%d parts: %s in %d of them", n, name, k)
			}
		}
		if in := found.Input(); len(seen) != in.Files || outside != len(found.Outside) || len(holders) != in.Cases {
			t.Errorf("%d parts: %d of %d files, %d of %d problems, %d of %d cases", n, len(seen), in.Files, outside, len(found.Outside), len(holders), in.Cases)
		}
		if n == 8 && holders["photos"] < 3 {
			t.Errorf("the photos lie in %d of 8 parts", holders["photos"])
		}
	}
}

// TestJoiningRefuses puts parts together that do not make a whole.
func TestJoiningRefuses(t *testing.T) {
	_, photos := manyCases(t)
	s := session(t, builtin(t), scan.OpenCache(t.TempDir(), 1<<30))
	found, err := s.Find(t.Context(), options(t, lang.EN, photos).FindOptions)
	if err != nil {
		t.Fatal(err)
	}
	one, two := leave(t, s, found, shard.Part{Index: 1, Count: 2}), leave(t, s, found, shard.Part{Index: 2, Count: 2})
	j := &scan.Joining{Base: "/"}
	if err := add(t, j, one); err != nil {
		t.Fatal(err)
	}
	if _, err := j.Known(); err == nil {
		t.Error("half of the files made a whole")
	}
	if err := add(t, j, one); err == nil {
		t.Error("a file was taken twice")
	}
	j = &scan.Joining{Base: "/"}
	if err := add(t, j, one); err != nil {
		t.Fatal(err)
	}
	if err := add(t, j, two); err != nil {
		t.Fatal(err)
	}
	known, err := j.Known()
	if err != nil {
		t.Fatal(err)
	}
	o := options(t, lang.EN, photos)
	result, err := s.Conclude(t.Context(), known, o)
	if err != nil {
		t.Fatal(err)
	}
	if slices.ContainsFunc(result.Report.Cases[0].Assets, func(a verdict.Asset) bool { return a.Preview != nil }) {
		t.Error("previews are kept where nobody wants them")
	}
}

// FuzzJoin takes records that nobody wrote, judges what comes of them and writes every
// report: lines that begin with the kind.
func FuzzJoin(f *testing.F) {
	set, err := loaded()
	if err != nil {
		f.Fatal(err)
	}
	s, err := scan.NewSession(set, scan.SessionOptions{Jobs: 1, NoOCR: true, CodeDir: scan.DefaultCodeDir()})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = s.Close() })
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, lang.Beijing())
	clients, _ := manyCases(f)
	for _, p := range []string{filepath.Join(clients, "a", "replacement", "main"), filepath.Join(clients, "wrong")} {
		o := scan.FindOptions{Paths: []string{p}}
		found, _ := s.Find(context.Background(), o)
		data := leave(f, s, found, shard.Part{Index: 1, Count: 1})
		r, err := shard.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			f.Fatal(err)
		}
		var lines []byte
		for {
			kind, record, err := r.Next()
			if err != nil {
				break
			}
			lines = append(append(append(lines, kind), record...), '\n')
		}
		f.Add(lines)
	}
	f.Add([]byte("c{\"at\":0,\"is\":{}}\nv{}\n"))
	f.Fuzz(func(t *testing.T, lines []byte) {
		var buf bytes.Buffer
		w, err := shard.NewWriter(&buf, shard.Header{Part: shard.Part{Index: 1, Count: 1}, Input: shard.Input{Cases: bytes.Count(append([]byte("\n"), lines...), []byte("\nc")), Files: 100}})
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range bytes.Split(lines, []byte("\n")) {
			if len(line) > 0 && line[0] != '.' && line[0] != 'h' {
				if err := w.Record(line[0], line[1:]); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		j := &scan.Joining{Base: "/", Previews: true}
		if add(t, j, buf.Bytes()) != nil {
			return
		}
		known, err := j.Whole()
		if err != nil {
			return
		}
		result, err := s.Conclude(context.Background(), known, scan.Options{JudgeOptions: scan.JudgeOptions{Now: now, Lang: lang.ZH}})
		if err != nil {
			return
		}
		_ = written(t, result.Report)
	})
}
