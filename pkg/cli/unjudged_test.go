package cli

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/terminal"
)

// scanned runs a scan without text recognition and without a cache.
func scanned(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = Main(context.Background(), append([]string{"scan", "--no-ocr", "--no-cache", "--no-progress", "--lang", "en", "--now", "2026-11-23T10:00:00+08:00"}, args...),
		Env{Streams: terminal.Streams{In: strings.NewReader(""), Out: &out, Err: &errs}, Getenv: func(string) string { return "" }})
	return code, out.String(), errs.String()
}

func zipOf(t *testing.T, name, content string, flags uint16) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	data := b.Bytes()
	at := bytes.Index(data, []byte("PK\x01\x02"))
	data[at+8] |= byte(flags)
	return string(data)
}

// TestFoundAndNotJudged: whatever is found and not judged is named in every format but
// in what clients are sent,
// stands in the summary or is a finding, and is no green.
func TestFoundAndNotJudged(t *testing.T) {
	photo, err := os.ReadFile("../../testdata/honest/replacement/sku/RED.jpg")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name     string
		files    map[string]string // beside case A, which has a photo
		named    string            // what every format names
		unjudged int               // in the summary; 0: it is a finding that fails
		code     int
	}{
		{"a letter beside the cases", map[string]string{"letter.pdf": "%PDF-1.7"}, "letter.pdf", 1, exitUnchecked},
		{"a folder beside the cases", map[string]string{"other/x.jpg": "x"}, "other", 1, exitUnchecked},
		{"an empty client folder", map[string]string{"client-B/": ""}, "client-B", 1, exitUnchecked},
		{"too deep", map[string]string{"A/replacement/" + strings.Repeat("d/", 20) + "x.jpg": string(photo)}, "d/d/d", 1, exitUnchecked},
		{"an archive of another kind", map[string]string{"A/source/p.rar": "Rar!"}, "p.rar", 0, exitFindings},
		{"a damaged zip file", map[string]string{"A/source/p.zip": "PK\x03\x04"}, "p.zip", 0, exitFindings},
		{"a password", map[string]string{"A/source/p.zip": zipOf(t, "q.jpg", "x", 1)}, "q.jpg", 0, exitFindings},
		{"not downloaded", map[string]string{"A/source/.p.jpg.icloud": "bplist00"}, "p.jpg", 0, exitFindings},
		{"an LFS pointer", map[string]string{"A/source/p.jpg": "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 3\n"}, "p.jpg", 0, exitFindings},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			files := map[string]string{"A/replacement/sku/a.jpg": string(photo), "A/source/": "", "A/case.yaml": "schema_version: 1\n"}
			for name, content := range tt.files {
				files[name] = content
			}
			for name, content := range files {
				full := filepath.Join(dir, filepath.FromSlash(name))
				folder := full
				if !strings.HasSuffix(name, "/") {
					folder = filepath.Dir(full)
				}
				if err := os.MkdirAll(folder, 0o755); err != nil {
					t.Fatal(err)
				}
				if folder != full {
					if err := os.WriteFile(full, []byte(content), 0o600); err != nil {
						t.Fatal(err)
					}
				}
			}
			// Nothing else may decide the exit code where the finding does not.
			failOn := "--fail-on=never"
			if tt.unjudged == 0 {
				failOn = "--fail-on=error"
			}
			reports := t.TempDir()
			args := []string{dir, "--format", "text", failOn}
			for _, format := range report.Names() {
				args = append(args, "--report", format+"="+filepath.Join(reports, format))
			}
			code, _, stderr := scanned(t, args...)
			if code != tt.code {
				t.Errorf("exit code %d, want %d: %s", code, tt.code, stderr)
			}
			for _, format := range report.Names() {
				data, err := os.ReadFile(filepath.Join(reports, format))
				if err != nil {
					t.Fatal(err)
				}
				out := string(data)
				if !strings.Contains(out, tt.named) && format != "ask" {
					t.Errorf("%s does not name %q", format, tt.named)
				}
				if format == "text" && (strings.Contains(out, "Nothing found against it") || strings.Contains(out, "1 of 1 cases ready")) {
					t.Errorf("green: %s", out[strings.LastIndex(out, "Verdict"):])
				}
				if format != "json" {
					continue
				}
				var r struct{ Summary struct{ Unjudged int } }
				if err := json.Unmarshal([]byte(out), &r); err != nil || r.Summary.Unjudged != tt.unjudged {
					t.Errorf("unjudged %d, want %d (%v)", r.Summary.Unjudged, tt.unjudged, err)
				}
			}
		})
	}
}

// TestNothingJudged: exit code 4 where there was nothing, whatever else is told.
func TestNothingJudged(t *testing.T) {
	dir := t.TempDir()
	for _, sub := range []string{"a", "b/c"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if code, _, stderr := scanned(t, dir); code != exitNothing {
		t.Errorf("exit code %d: %s", code, stderr)
	}
}

// TestRunTimeout: what was not read when the time of the run was used up could not
// be checked, which is told and no green.
func TestRunTimeout(t *testing.T) {
	for _, tt := range []struct {
		lang, want string
	}{{"en", "processor time of the whole run"}, {"zh", "处理器时间已经用完"}} {
		code, out, stderr := scanned(t, "../../testdata/honest", "--timeout", "1ns", "--fail-on", "never", "--lang", tt.lang)
		if code != exitUnchecked || !strings.Contains(out, tt.want) {
			t.Errorf("exit code %d: %s %s", code, out, stderr)
		}
	}
}
