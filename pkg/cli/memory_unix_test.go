//go:build unix

package cli

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/aecheck/aecheck/pkg/testkit/bombs"
)

// TestBombsMemory runs the program on every bomb, alone and on eight copies at
// once, and asks the system for the most it took. AECHECK_BOMBS=1 runs it: it takes
// some ten minutes; AECHECK_BOMBS=pdf those whose name holds that.
func TestBombsMemory(t *testing.T) {
	which := os.Getenv("AECHECK_BOMBS")
	if which == "" {
		t.Skip("AECHECK_BOMBS is not set")
	}
	const most = 450 << 20
	program := filepath.Join(t.TempDir(), "aecheck")
	if out, err := exec.Command("go", "build", "-o", program, "../../cmd/aecheck").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	cache := t.TempDir()
	for _, b := range bombs.All() {
		if which != "1" && !strings.Contains(b.Name, which) {
			continue
		}
		data := b.Data()
		for _, copies := range []int{1, 8} {
			dir := t.TempDir()
			for i := range copies {
				if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d%s", i, filepath.Ext(b.Name))), fmt.Appendf(bytes.Clone(data), "\n%d", i), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			kind := map[string]string{".pdf": "authorization", ".docx": "authorization", ".txt": "authorization", ".csv": "upload_log", ".xlsx": "upload_log"}[filepath.Ext(b.Name)]
			if kind == "" {
				kind = "replacement"
			}
			cmd := exec.Command(program, "scan", "--as", kind, "--fail-on", "never", "--jobs", "8", dir)
			cmd.Env = append(os.Environ(), "XDG_CACHE_HOME="+cache)
			out, err := cmd.CombinedOutput()
			if code := cmd.ProcessState.ExitCode(); code != exitOK && code != exitUnchecked {
				t.Errorf("%s: %v\n%s", b.Name, err, out)
			}
			if bytes.Contains(out, []byte("wasm")) || bytes.Contains(out, []byte("goroutine ")) {
				t.Errorf("%s is told of in words of the program:\n%s", b.Name, out)
			}
			use, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
			if !ok {
				t.Fatal("the system does not tell")
			}
			peak := int64(use.Maxrss) //nolint:unconvert // 32 bits on some systems
			if runtime.GOOS != "darwin" {
				peak <<= 10
			}
			t.Logf("%s, %d at once: %d MiB, %.1f CPU-s", b.Name, copies, peak>>20, (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds())
			if peak > most {
				t.Errorf("%s, %d at once: %d MiB", b.Name, copies, peak>>20)
			}
		}
	}
}
