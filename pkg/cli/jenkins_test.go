package cli

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

// TestJenkins runs the shell steps of the Jenkinsfile as an agent would: a release is
// fetched (from a folder), its sum compared, photos scanned, and what is published
// afterwards is there.
func TestJenkins(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the agent is played on Linux")
	}
	for _, tool := range []string{"sh", "curl", "tar", "sha256sum", "go"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip(err)
		}
	}
	data, err := os.ReadFile("../../.github/jenkins/Jenkinsfile")
	if err != nil {
		t.Fatal(err)
	}
	file := string(data)
	var steps []string
	for _, m := range regexp.MustCompile(`(?s)'''(.*?)'''`).FindAllStringSubmatch(file, -1) {
		steps = append(steps, m[1])
		if strings.Contains(m[1], `\`) {
			t.Errorf("a backslash is Groovy's before it is the shell's: %s", m[1])
		}
	}
	if len(steps) != 2 {
		t.Fatalf("%d steps, want that which installs and that which scans", len(steps))
	}
	dir := t.TempDir()
	releases := filepath.Join(dir, "releases")
	release(t, filepath.Join(releases, "download", "v0.0.1"))
	sums, err := os.ReadFile(filepath.Join(releases, "download", "v0.0.1", "checksums.txt"))
	if err != nil {
		t.Fatal(err)
	}
	workspace := filepath.Join(dir, "work space")
	if err := os.CopyFS(filepath.Join(workspace, "photos"), os.DirFS("../../testdata/listing/替换图/主图")); err != nil {
		t.Fatal(err)
	}
	sum, _, _ := strings.Cut(string(sums), " ")
	mine := map[string]string{"AECHECK_VERSION": "v0.0.1", "AECHECK_PLATFORM": "linux_" + runtime.GOARCH, "AECHECK_SHA256": sum}
	env := append(os.Environ(), "AECHECK_RELEASES=file://"+releases, "XDG_CACHE_HOME="+sharedCache)
	theirs := map[string]string{}
	for _, m := range regexp.MustCompile(`(?m)^\s+(\w+) = '(.*)'$`).FindAllStringSubmatch(file, -1) {
		theirs[m[1]] = m[2]
		if _, ok := mine[m[1]]; !ok {
			t.Fatalf("%s is of the environment, and not of this test", m[1])
		}
	}
	run := func(step string, env []string) (code int, out string) {
		cmd := exec.Command("sh", "-xe", "-c", step)
		cmd.Dir, cmd.Env = workspace, env
		text, err := cmd.CombinedOutput()
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) {
			t.Fatal(err)
		}
		return cmd.ProcessState.ExitCode(), string(text)
	}
	unset := env
	for name, value := range mine {
		env = append(env, name+"="+value)
	}
	for i, want := range []int{0, exitFindings} {
		if code, out := run(steps[i], env); code != want {
			t.Fatalf("exit code %d, want %d:\n%s", code, want, out)
		}
	}
	published := regexp.MustCompile(`(testResults|pattern|artifacts): '([^']+)'`).FindAllStringSubmatch(file, -1)
	for _, m := range published {
		if got, err := os.ReadFile(filepath.Join(workspace, m[2])); err != nil || !strings.Contains(string(got), "AE313") {
			t.Errorf("%s: %v, or AE313 is not in it", m[2], err)
		}
	}
	if len(published) != 3 {
		t.Errorf("%d files are published", len(published))
	}
	// With a sum that was not filled in, or is another's, nothing is unpacked.
	for _, sum := range []string{theirs["AECHECK_SHA256"], strings.Repeat("0", 64)} {
		env := append(unset, "AECHECK_VERSION=v0.0.1", "AECHECK_PLATFORM="+mine["AECHECK_PLATFORM"], "AECHECK_SHA256="+sum)
		if code, out := run(steps[0], env); code == 0 {
			t.Errorf("taken with the sum %q:\n%s", sum, out)
		}
		if _, err := os.Stat(filepath.Join(workspace, ".aecheck", "aecheck")); err == nil {
			t.Errorf("unpacked with the sum %q", sum)
		}
	}
}
