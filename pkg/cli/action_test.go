package cli

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// TestAction runs the commands of the GitHub action as a runner would: a release is
// fetched (from a folder), its sum checked, photos scanned, outputs and summary written.
func TestAction(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the runner is played on Linux")
	}
	for _, tool := range []string{"bash", "curl", "tar", "sha256sum", "go"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip(err)
		}
	}
	data, err := os.ReadFile("../../.github/actions/aecheck/action.yml")
	if err != nil {
		t.Fatal(err)
	}
	var action struct {
		Inputs map[string]struct {
			Default string `yaml:"default"`
		} `yaml:"inputs"`
		Runs struct {
			Steps []struct {
				ID, Run, Uses string
				Env           map[string]string
			} `yaml:"steps"`
		} `yaml:"runs"`
	}
	if err := yaml.Unmarshal(data, &action); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	release(t, filepath.Join(dir, "releases", "download", "v0.0.1"))
	photos := filepath.Join(dir, "work", "photos, 100%")
	if err := os.CopyFS(photos, os.DirFS("../../testdata/listing/替换图/主图")); err != nil {
		t.Fatal(err)
	}
	inputs := map[string]string{"version": "v0.0.1", "path": "photos, 100%", "args": "--slot main --no-ocr"}
	file := func(name string) string { return filepath.Join(dir, name) }
	env := append(os.Environ(), "AECHECK_RELEASES=file://"+file("releases"), "RUNNER_TEMP="+file("temp"),
		"GITHUB_PATH="+file("path"), "GITHUB_OUTPUT="+file("output"), "GITHUB_STEP_SUMMARY="+file("summary"), "XDG_CACHE_HOME="+sharedCache)
	if err := os.Mkdir(file("temp"), 0o755); err != nil {
		t.Fatal(err)
	}
	input := regexp.MustCompile(`\$\{\{ inputs\.(\w+) \}\}`)
	for _, step := range action.Runs.Steps {
		if step.Uses != "" {
			if !regexp.MustCompile(`@[0-9a-f]{40}$`).MatchString(step.Uses) {
				t.Errorf("%s is not pinned to a commit", step.Uses)
			}
			continue
		}
		cmd := exec.Command("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step.Run)
		cmd.Dir = file("work")
		cmd.Env = env
		if added, err := os.ReadFile(file("path")); err == nil {
			cmd.Env = append(cmd.Env, "PATH="+strings.TrimSpace(string(added))+":"+os.Getenv("PATH"))
		}
		for name, value := range step.Env {
			cmd.Env = append(cmd.Env, name+"="+input.ReplaceAllStringFunc(value, func(m string) string {
				name := input.FindStringSubmatch(m)[1]
				if v, ok := inputs[name]; ok {
					return v
				}
				return action.Inputs[name].Default
			}))
		}
		out, err := cmd.CombinedOutput()
		want := ""
		if step.ID == "scan" {
			want = "exit status 1" // there are findings
		}
		if got := fmt.Sprint(err); got != want && (err != nil || want != "") {
			t.Fatalf("step %s: %v\n%s", step.ID, err, out)
		}
		if step.ID == "scan" && !bytes.Contains(out, []byte("::error file=photos%2C 100%25/")) {
			t.Errorf("no annotation in\n%s", out)
		}
	}
	for name, part := range map[string]string{"output": "code=1", "summary": "AE313", "work/aecheck.sarif": `"AE313"`} {
		if got, err := os.ReadFile(file(name)); err != nil || !strings.Contains(string(got), part) {
			t.Errorf("%s: %v, no %q in it", name, err, part)
		}
	}
	// A release whose sum is another is not run.
	if err := os.WriteFile(file("releases/download/v0.0.1/checksums.txt"), []byte(strings.Repeat("0", 64)+"  "+archiveName()+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("bash", "-eo", "pipefail", "-c", action.Runs.Steps[0].Run)
	cmd.Env = append(env, "VERSION=v0.0.1")
	if out, err := cmd.CombinedOutput(); err == nil {
		t.Errorf("a changed release was taken:\n%s", out)
	}
}

func archiveName() string { return "aecheck_0.0.1_linux_" + runtime.GOARCH + ".tar.gz" }

// release builds the program into what a release has of it.
func release(t *testing.T, dir string) {
	t.Helper()
	bin := filepath.Join(t.TempDir(), "aecheck")
	if out, err := exec.Command("go", "build", "-o", bin, "../../cmd/aecheck").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	program, err := os.ReadFile(bin)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	w := tar.NewWriter(z)
	if err := w.WriteHeader(&tar.Header{Name: "aecheck", Mode: 0o755, Size: int64(len(program))}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(program); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	sum := fmt.Sprintf("%x  %s\n", sha256.Sum256(b.Bytes()), archiveName())
	for name, data := range map[string][]byte{archiveName(): b.Bytes(), "checksums.txt": []byte(sum)} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
