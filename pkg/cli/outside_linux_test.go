package cli

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/report"
)

// built makes the program and a copy of the sample listing.
func built(t *testing.T) (program, listing string) {
	t.Helper()
	dir := t.TempDir()
	program = filepath.Join(dir, "aecheck")
	if out, err := exec.Command("go", "build", "-o", program, "../../cmd/aecheck").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	listing = filepath.Join(dir, "listing")
	if err := os.CopyFS(listing, os.DirFS("../../testdata/listing")); err != nil {
		t.Fatal(err)
	}
	return program, listing
}

// tree is what lies in a folder: the content by path.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(p)
		out[p] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestNoNetworkNoWrite asks the system, with AECHECK_STRACE=1 and strace at hand, for
// every socket that scan, inspect and explain make and every file they open for
// writing: none, but for the cache.
func TestNoNetworkNoWrite(t *testing.T) {
	if os.Getenv("AECHECK_STRACE") == "" {
		t.Skip("AECHECK_STRACE is not set")
	}
	program, listing := built(t)
	cache := filepath.Join(t.TempDir(), "cache")
	before := tree(t, listing)
	forbidden := regexp.MustCompile(`\b(socket|connect|bind|sendto|sendmsg)\(|\b(unlink|unlinkat|rename|renameat|renameat2|mkdir|mkdirat|rmdir|truncate|chmod|fchmodat|symlink|linkat|mknod)\(|O_(WRONLY|RDWR|CREAT|TRUNC)`)
	for _, args := range [][]string{
		{"scan", listing, "--no-progress"}, {"scan", listing, "--format", "json", "--no-cache"},
		{"inspect", filepath.Join(listing, "case.yaml")}, {"inspect", filepath.Join(listing, "授权书")}, {"explain", "AE203"}, {"explain", "appeal"},
	} {
		log := filepath.Join(t.TempDir(), "log")
		c := exec.Command("strace", append([]string{"-f", "-qq", "-e", "trace=%network,%file", "-o", log, program}, args...)...)
		c.Env = append(os.Environ(), "XDG_CACHE_HOME="+cache, "TMPDIR="+cache)
		var stderr bytes.Buffer
		c.Stderr = &stderr
		err := c.Run()
		if exit := new(exec.ExitError); err != nil && !errors.As(err, &exit) {
			t.Fatal(err)
		}
		data, err := os.ReadFile(log)
		if err != nil || !bytes.Contains(data, []byte("openat(")) {
			t.Fatalf("no log of %v: %v %s", args, err, &stderr)
		}
		for line := range strings.Lines(string(data)) {
			if forbidden.MatchString(line) && !strings.Contains(line, cache) && !strings.Contains(line, `"/dev/null"`) {
				t.Errorf("%v: %s", args[0], line)
			}
		}
	}
	after := tree(t, listing)
	if len(after) != len(before) {
		t.Errorf("%d files became %d", len(before), len(after))
	}
	for p, content := range before {
		if after[p] != content {
			t.Errorf("%s changed", p)
		}
	}
}

// TestKilled kills the program, with AECHECK_KILL=1 (some five minutes), fifty times each while it
// writes its cache, a report, a confirmation and a new case: nothing is half-written,
// nothing is lost, and the next run says what it would have said.
func TestKilled(t *testing.T) {
	if os.Getenv("AECHECK_KILL") == "" {
		t.Skip("AECHECK_KILL is not set")
	}
	program, listing := built(t)
	for _, slow := range []string{"授权书", "承诺书", "原图", "套图花絮", "违规通知"} {
		if err := os.RemoveAll(filepath.Join(listing, slow)); err != nil {
			t.Fatal(err)
		}
	}
	const now = "--now=2026-11-23T10:00:00+08:00"
	run := func(after time.Duration, env string, args ...string) []byte {
		ctx, cancel := context.WithTimeout(t.Context(), after)
		defer cancel()
		c := exec.CommandContext(ctx, program, args...) // killed, not asked to stop
		c.Env = append(os.Environ(), env, "LANG=en_US.UTF-8")
		out, _ := c.Output() // whatever it came to before it was killed
		return out
	}
	const long = 5 * time.Minute
	cache := "XDG_CACHE_HOME=" + t.TempDir()
	scan := []string{"scan", listing, "--no-ocr", "--no-progress", "--format", "json", now}
	want := run(long, cache, append(scan, "--no-cache")...)
	if !bytes.HasPrefix(want, []byte("{")) {
		t.Fatalf("no report: %.200s", want)
	}
	before := tree(t, listing)
	const times = 50
	for range times {
		cache := "XDG_CACHE_HOME=" + t.TempDir()
		run(time.Duration(rand.IntN(700))*time.Millisecond, cache, scan...)
		if got := run(long, cache, scan...); !bytes.Equal(got, want) {
			t.Error("a cache that was being written is not what it was")
		}
	}
	reports := t.TempDir()
	file := filepath.Join(reports, "r.json")
	if err := os.WriteFile(file, want, 0o600); err != nil {
		t.Fatal(err)
	}
	for range times {
		run(time.Duration(rand.IntN(700))*time.Millisecond, cache, append(scan, "--report", "json="+file)...)
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := report.Read(bytes.NewReader(data)); err != nil {
			t.Errorf("a report: %v", err)
		}
	}
	for i := range times {
		run(time.Duration(rand.IntN(700))*time.Millisecond, cache, "confirm", listing, "--no-ocr", now, "--overrule", "--rule", "AE310", "--by", "Wang", "--note", "plain")
		data, err := os.ReadFile(filepath.Join(listing, "case.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		f, err := casefile.Parse("case.yaml", data, casefile.Known{})
		if err != nil || f.Violation.ID == "" || len(f.Confirmations) > i+1 {
			t.Fatalf("case.yaml after a kill: %v", err)
		}
	}
	for p, content := range tree(t, listing) {
		if before[p] != content && filepath.Base(p) != "case.yaml" {
			t.Errorf("%s was made or changed", p)
		}
	}
	for range times {
		dir := filepath.Join(t.TempDir(), "new")
		run(time.Duration(rand.IntN(20))*time.Millisecond, cache, "init", dir)
		data, err := os.ReadFile(filepath.Join(dir, "case.yaml"))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, err := casefile.Parse("case.yaml", data, casefile.Known{}); err != nil {
			t.Errorf("case.yaml of a new case: %v", err)
		}
	}
}
