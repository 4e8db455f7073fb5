package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/terminal"
)

// Elements put together piece by piece are what encoding/json makes of the
// whole.
func TestElementIsPlainJSON(t *testing.T) {
	set := &facts.Set{}
	set.Exif.Make, set.Exif.TakenAt = "A<b>&\u2028\xff", time.Date(2026, 3, 2, 10, 15, 0, 0, time.FixedZone("", 8*3600))
	set.Meta.XMP = map[string]string{"b": "2", "a": "1"}
	set.SetStatus("exif", facts.Status{State: facts.Present})
	set.SetStatus("image.decodable", facts.Status{State: facts.Failed, Why: lang.T("为什么", "<why>")})
	set.SetStatus("image.has_alpha", facts.Status{State: facts.NotExtracted, Asked: true})
	set.SetStatus("quality.blur", facts.Status{State: facts.Absent})
	for _, groups := range [][]string{{"meta", "exif"}, {"exif"}, {"image", "exif", "image"}, facts.Groups()} {
		status, values := map[string]facts.Status{}, map[string]any{}
		for _, g := range groups {
			values[g] = set.Pointer(g)
			status[g] = set.Status(g)
			for name, st := range set.Statuses() {
				if strings.HasPrefix(name, g+".") {
					status[name] = st
				}
			}
		}
		want, err := json.Marshal(struct {
			Path   string                  `json:"path"`
			Facts  map[string]any          `json:"facts"`
			Status map[string]facts.Status `json:"status"`
		}{`C:\<"é">`, values, status})
		if err != nil {
			t.Fatal(err)
		}
		e := newElement(groups)
		for range 2 {
			if err := e.encode(`C:\<"é">`, set); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), e.buf.String()); diff != "" {
				t.Errorf("%v: %s", groups, diff)
			}
		}
	}
}

// A group whose fields alone have a state is listed once one of them was found.
func TestPartly(t *testing.T) {
	set := &facts.Set{}
	set.SetStatus("hash.dhash", facts.Status{State: facts.Present})
	set.SetStatus("image.decodable", facts.Status{State: facts.Failed})
	set.SetStatus("quality", facts.Status{State: facts.Failed})
	set.SetStatus("quality.blank", facts.Status{State: facts.Present})
	for group, want := range map[string]bool{"hash": true, "image": false, "quality": false, "exif": false} {
		if got := partly(set, group); got != want {
			t.Errorf("%s: %v, want %v", group, got, want)
		}
	}
}

// What was read before a file that cannot be is written, and so is the end.
func TestListWithUnreadable(t *testing.T) {
	good, err := filepath.Abs("../../testdata/honest/source")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(good, "*"))
	if err != nil || len(files) == 0 {
		t.Fatal("no samples", err)
	}
	var out bytes.Buffer
	args := []string{"inspect", "--only", "exif", "--format", "json", files[0], filepath.Join(good, "none.jpg"), files[0]}
	code := Main(context.Background(), args, Env{Streams: terminal.Streams{In: strings.NewReader(""), Out: &out, Err: io.Discard}, Getenv: func(string) string { return "" }})
	if code != exitUnchecked {
		t.Errorf("exit code %d", code)
	}
	var list []struct{ Path string }
	if err := json.Unmarshal(out.Bytes(), &list); err != nil || len(list) != 2 {
		t.Errorf("%d elements, %v: %s", len(list), err, out.Bytes())
	}
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestListToBrokenPipe(t *testing.T) {
	files, err := filepath.Glob("../../testdata/honest/source/*")
	if err != nil || len(files) == 0 {
		t.Fatal("no samples", err)
	}
	var errs bytes.Buffer
	args := append([]string{"inspect", "--only", "exif", "--format", "json"}, files...)
	code := Main(context.Background(), args, Env{Streams: terminal.Streams{In: strings.NewReader(""), Out: brokenPipe{}, Err: &errs}, Getenv: func(string) string { return "" }})
	if code == exitOK || errs.Len() == 0 {
		t.Errorf("exit code %d, said %q", code, errs.String())
	}
}

// BenchmarkInspect reads the metadata of 6,000 files, start-up included:
// AECHECK_BENCH_FILES is a glob of camera files, the samples' sources without
// it.
func BenchmarkInspect(b *testing.B) {
	glob := os.Getenv("AECHECK_BENCH_FILES")
	if glob == "" {
		glob = "../../testdata/*/source/*"
	}
	files, err := filepath.Glob(glob)
	if err != nil || len(files) == 0 {
		b.Fatalf("%s names no files: %v", glob, err)
	}
	const n = 6000
	args := []string{"inspect", "--only", "exif,meta,origin", "--format", "json"}
	for i := range n {
		args = append(args, files[i%len(files)])
	}
	b.ReportAllocs()
	for b.Loop() {
		if code := Main(context.Background(), args, Env{Streams: terminal.Streams{In: strings.NewReader(""), Out: io.Discard, Err: os.Stderr}, Getenv: func(string) string { return "" }}); code != exitOK {
			b.Fatal("exit code", code)
		}
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "files/s")
}
