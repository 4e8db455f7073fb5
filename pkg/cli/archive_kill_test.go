package cli

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/originals"
	"github.com/aecheck/aecheck/pkg/originals/ledger"
)

// program is this test binary as the command (see TestMain).
func program(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Args = append([]string{"aecheck"}, args...)
	cmd.Env = append(os.Environ(), "XDG_CACHE_HOME="+sharedCache, "LOCALAPPDATA="+sharedCache)
	return cmd
}

// TestArchiveKilled kills the program ten times while it takes photos in: what was
// written is there and whole, and it goes on from there.
func TestArchiveKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the program eleven times")
	}
	const photos, kills = 60, 10
	const entry = 1200 // bytes, with its place
	dir, index := t.TempDir(), filepath.Join(t.TempDir(), "index")
	r := rand.New(rand.NewPCG(1, 2))
	for i := range photos {
		m := image.NewGray(image.Rect(0, 0, 320, 240))
		for range 40 {
			x, y, c := r.IntN(300), r.IntN(220), color.Gray{uint8(r.Uint32())}
			for v := y; v < min(240, y+60); v++ {
				for u := x; u < min(320, x+60); u++ {
					m.SetGray(u, v, c)
				}
			}
		}
		var b bytes.Buffer
		if err := jpeg.Encode(&b, m, nil); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("IMG_%04d.jpg", i)), b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	size := func() int64 {
		info, err := os.Stat(index)
		if err != nil {
			return 0
		}
		return info.Size()
	}
	var before [][32]byte
	for kill := range kills {
		cmd := program(t, "archive", "add", dir, "--index", index, "--jobs", "2", "--no-progress")
		from := size()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// Once three more are in, and then at another moment each time.
		for deadline := time.Now().Add(2 * time.Minute); size() < from+3000 && time.Now().Before(deadline); {
			time.Sleep(time.Millisecond)
		}
		time.Sleep(time.Duration(kill) * 3 * time.Millisecond)
		seen := size()
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // it was killed

		var now [][32]byte
		got, err := ledger.Read(index, ledger.Handler{Entry: func(e *ledger.Entry) error { now = append(now, e.SHA256); return nil }})
		if err != nil {
			t.Fatalf("kill %d: %v", kill, err)
		}
		if got.Torn > entry || got.Sound < seen-entry { // at most the one in flight
			t.Errorf("kill %d: %d bytes were written, %d are whole", kill, seen, got.Sound)
		}
		if got.Places != got.Entries {
			t.Errorf("kill %d: %d entries at %d places", kill, got.Entries, got.Places)
		}
		if len(now) <= len(before) || len(now) == photos {
			t.Fatalf("kill %d: %d entries after %d: it was not killed at work", kill, len(now), len(before))
		}
		for i := range before {
			if now[i] != before[i] {
				t.Fatalf("kill %d: entry %d is another", kill, i)
			}
		}
		before = now
	}
	if out, err := program(t, "archive", "add", dir, "--index", index, "--no-progress").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	a, err := originals.Load(index)
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for i := range a.Entries {
		known[a.Entries[i].Places[0].Path] = true
	}
	if len(a.Entries) != photos || len(known) != photos {
		t.Errorf("%d entries at %d places, of %d photos", len(a.Entries), len(known), photos)
	}
}
