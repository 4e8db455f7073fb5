package since

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		diff        string
		files, gone string // joined by blanks
		bad         bool
	}{
		{diff: ""},
		{diff: "M\x00a.jpg\x00A\x00b c.jpg\x00", files: "a.jpg|b c.jpg"},
		{diff: "R087\x00old.jpg\x00new\n.jpg\x00D\x00gone.jpg\x00", files: "new\n.jpg", gone: "old.jpg|gone.jpg"},
		{diff: "C100\x00one.jpg\x00two.jpg\x00T\x00link.jpg\x00U\x00both.jpg\x00", files: "two.jpg|link.jpg|both.jpg"},
		{diff: "M\x00", bad: true},
		{diff: "R100\x00old.jpg\x00", bad: true},
		{diff: "\x00x\x00", bad: true},
	} {
		files, gone, err := parse(c.diff)
		if (err != nil) != c.bad || strings.Join(files, "|") != c.files || strings.Join(gone, "|") != c.gone {
			t.Errorf("%q: %q, %q, %v", c.diff, files, gone, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("M\x00a\x00R1\x00b\x00c\x00")
	f.Fuzz(func(t *testing.T, diff string) {
		files, gone, err := parse(diff)
		if err == nil && len(files)+len(gone) > strings.Count(diff, "\x00")+1 {
			t.Fatalf("%q gives more files than it names", diff)
		}
	})
}

// repo is a repository with one commit, tagged first.
func repo(t *testing.T) (dir string, git func(args ...string)) {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not on this machine")
	}
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	git = func(args ...string) {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"}, args...)...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	git("init", "-q", "-b", "main")
	for _, name := range []string{"same.jpg", "changed.jpg", "renamed.jpg", "deleted.jpg", "主图/1.jpg"} {
		put(t, dir, name, strings.Repeat(name, 100))
	}
	put(t, dir, ".gitignore", "ignored.jpg\n")
	git("add", "-A")
	git("commit", "-q", "-m", "first")
	git("tag", "first")
	return dir, git
}

func put(t *testing.T, dir, name, content string) {
	t.Helper()
	full := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(full, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func relative(root string, paths []string) string {
	out := make([]string, len(paths))
	for i, p := range paths {
		rel, _ := filepath.Rel(root, p)
		out[i] = filepath.ToSlash(rel)
	}
	return strings.Join(out, "|")
}

func TestFind(t *testing.T) {
	dir, git := repo(t)
	git("mv", "renamed.jpg", "new name.jpg")
	git("rm", "-q", "deleted.jpg")
	put(t, dir, "staged.jpg", "s")
	git("add", "staged.jpg")
	put(t, dir, "changed.jpg", "c")
	put(t, dir, "主图/2.jpg", "untracked")
	put(t, dir, "ignored.jpg", "i")
	// What would run a program of the repository's choice, or change what git prints.
	put(t, dir, "bad.sh", "#!/bin/sh\ntouch "+filepath.Join(dir, "ran")+"\n")
	if err := os.Chmod(filepath.Join(dir, "bad.sh"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"core.fsmonitor", "diff.external"} {
		git("config", key, filepath.Join(dir, "bad.sh"))
	}
	git("config", "diff.relative", "true")
	git("config", "filter.a=b.c.clean", filepath.Join(dir, "bad.sh"))
	git("config", "filter.a=b.c.required", "true")
	put(t, dir, ".git/info/attributes", "*.jpg filter=a=b.c\n")
	t.Setenv("GIT_CONFIG_COUNT", "1")
	t.Setenv("GIT_CONFIG_KEY_0", "safe.directory")
	t.Setenv("GIT_CONFIG_VALUE_0", "*")
	got, err := Find(context.Background(), filepath.Join(dir, "主图"), "first")
	if err != nil {
		t.Fatal(err)
	}
	if files, want := relative(dir, got.Files), "bad.sh|changed.jpg|new name.jpg|staged.jpg|主图/2.jpg"; files != want {
		t.Errorf("files %s, want %s", files, want)
	}
	if gone, want := relative(dir, got.Gone), "deleted.jpg|renamed.jpg"; gone != want {
		t.Errorf("gone %s, want %s", gone, want)
	}
	if _, err := os.Stat(filepath.Join(dir, "ran")); err == nil {
		t.Error("a program of the repository's configuration was run")
	}
}

// TestParted is about branches: what main got since it was left is no change.
func TestParted(t *testing.T) {
	dir, git := repo(t)
	git("checkout", "-q", "-b", "mine")
	put(t, dir, "mine.jpg", "m")
	git("add", "-A")
	git("commit", "-q", "-m", "mine")
	git("checkout", "-q", "main")
	put(t, dir, "theirs.jpg", "t")
	git("add", "-A")
	git("commit", "-q", "-m", "theirs")
	git("checkout", "-q", "mine")
	for ref, want := range map[string]string{"main...": "mine.jpg", "main": "mine.jpg"} {
		got, err := Find(context.Background(), dir, ref)
		if err != nil {
			t.Fatal(err)
		}
		if files := relative(dir, got.Files); files != want {
			t.Errorf("%s: %s, want %s", ref, files, want)
		}
		if gone := relative(dir, got.Gone); (gone == "theirs.jpg") != (ref == "main") {
			t.Errorf("%s: gone %q", ref, gone)
		}
	}
}

func TestErrors(t *testing.T) {
	dir, git := repo(t)
	put(t, dir, "same.jpg", "second")
	git("commit", "-q", "-a", "-m", "second")
	shallow := filepath.Join(t.TempDir(), "shallow")
	git("clone", "-q", "--depth", "1", "--no-tags", "file://"+filepath.ToSlash(dir), shallow)
	elsewhere := t.TempDir()
	for _, c := range []struct {
		dir, ref string
		why      Why
	}{
		{dir, "nope", UnknownRef},
		{dir, "", UnknownRef},
		{dir, "...", UnknownRef},
		{dir, "--output=x", UnknownRef},
		{dir, "HEAD\n--output=x", UnknownRef},
		{shallow, "first", Shallow},
		{elsewhere, "HEAD", NoRepository},
	} {
		_, err := Find(context.Background(), c.dir, c.ref)
		var e *Error
		if !errors.As(err, &e) || e.Why != c.why {
			t.Errorf("%q: %v, want %s", c.ref, err, c.why)
		}
	}
	names, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if slices.ContainsFunc(names, func(e os.DirEntry) bool { return e.Name() == "x" }) {
		t.Error("a ref was taken for an option")
	}
	t.Setenv("PATH", elsewhere)
	var e *Error
	if _, err := Find(context.Background(), dir, "HEAD"); !errors.As(err, &e) || e.Why != NoGit {
		t.Errorf("without git: %v", err)
	}
}
