package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/terminal"
)

// findingsOf scans the working directory and gives the findings, by the file they are
// about.
func findingsOf(t *testing.T, args ...string) map[string][]any {
	t.Helper()
	var out, said bytes.Buffer
	env := Env{Streams: terminal.Streams{In: strings.NewReader(""), Out: &out, Err: &said}, Getenv: func(key string) string {
		return map[string]string{"LANG": "en_US.UTF-8"}[key]
	}}
	args = append([]string{"scan", ".", "--no-ocr", "--format", "json", "--now", "2026-11-23T10:00:00+08:00"}, args...)
	if code := Main(context.Background(), args, env); code != exitFindings {
		t.Fatalf("exit code %d: %s", code, said.String())
	}
	var report struct {
		Cases []struct {
			Findings []map[string]any `json:"findings"`
		} `json:"cases"`
	}
	if err := json.Unmarshal(out.Bytes(), &report); err != nil {
		t.Fatal(err)
	}
	byFile := map[string][]any{}
	for _, c := range report.Cases {
		for _, f := range c.Findings {
			asset := f["asset"].(string)
			byFile[asset] = append(byFile[asset], f)
		}
	}
	return byFile
}

// TestSinceEqualsFull asks that the findings for changed files are those of a scan of
// everything, and that there are none for others.
func TestSinceEqualsFull(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not on this machine")
	}
	samples, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	t.Chdir(dir)
	t.Setenv("XDG_CACHE_HOME", sharedCache)
	for name, sample := range map[string]string{"one": "listing", "two": "honest"} {
		if err := os.CopyFS(name, os.DirFS(filepath.Join(samples, sample))); err != nil {
			t.Fatal(err)
		}
	}
	git := func(args ...string) {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"}, args...)...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	git("init", "-q")
	git("add", "-A")
	git("commit", "-q", "-m", "first")
	changed := []string{"one/替换图/主图/02_黑色.jpg", "one/违规图/1.jpg", "one/替换图/主图/new.jpg"}
	picture, err := os.ReadFile(filepath.FromSlash("one/替换图/主图/03_侧面.jpg"))
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range changed {
		if err := os.WriteFile(filepath.FromSlash(name), append(bytes.Clone(picture), byte(i)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	full, since := findingsOf(t), findingsOf(t, "--since", "HEAD")
	for _, name := range changed {
		if len(full[name]) == 0 || !reflect.DeepEqual(full[name], since[name]) {
			t.Errorf("%s: %d findings, and %d in the scan of everything", name, len(since[name]), len(full[name]))
		}
		delete(since, name)
	}
	delete(since, "") // about the case, naming one of the files
	delete(since, "one")
	for name := range since {
		t.Errorf("%s did not change and is told", name)
	}
}
