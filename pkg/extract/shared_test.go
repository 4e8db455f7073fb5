package extract

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/aecheck/aecheck/pkg/facts"
)

// sharedCache names, to the processes of TestCacheIsShared, the folder they share.
const sharedCache = "AECHECK_TEST_SHARED_CACHE"

func recordOf(key Key, round int) facts.Pair {
	// What is kept under a key is always the same; that of another round is longer.
	return facts.Pair{A: strings.Repeat(string(rune('a'+key[0]%26)), 1+int(key[1])*100), Distance: float64(key[0]), Inliers: round}
}

// TestCacheIsShared has programs, as on several machines, write, read, trim and clean one
// cache at the same time. What one of them reads is what was written, whole.
func TestCacheIsShared(t *testing.T) {
	if dir := os.Getenv(sharedCache); dir != "" {
		useShared(t, dir)
		return
	}
	dir := filepath.Join(t.TempDir(), "on", "a share")
	var g sync.WaitGroup
	for range 6 {
		g.Go(func() {
			cmd := exec.Command(os.Args[0], "-test.run=^TestCacheIsShared$")
			cmd.Env = append(os.Environ(), sharedCache+"="+dir)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
	g.Wait()
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasPrefix(d.Name(), ".tmp-") {
			t.Errorf("%s was left", name)
		}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

func useShared(t *testing.T, dir string) {
	cache := OpenCache(dir, 200<<10, Digests{"pair": "e0"})
	hits := 0
	for round := range 40 {
		for i := range 24 {
			key := Key{byte(i), byte(i * 3)}
			var got facts.Pair
			if cache.Load("pair", key, &got) {
				hits++
				if want := recordOf(key, got.Inliers); got.A != want.A || got.Distance != want.Distance || got.Inliers < 0 || got.Inliers >= 40 {
					t.Fatalf("read %+v", got)
				}
			}
			cache.Save("pair", key, recordOf(key, round))
		}
		switch round % 10 {
		case 3:
			if err := cache.Trim(); err != nil {
				t.Error(err)
			}
		case 7:
			if _, _, err := cache.Info(); err != nil {
				t.Error(err)
			}
		case 9:
			// Others write while it goes, so that it may not get all.
			_ = cache.Clean()
		}
	}
	if hits == 0 {
		t.Error("nothing that was written was ever read")
	}
}

// TestCacheLeavesOthersAlone: a folder that the user names may hold more than entries.
func TestCacheLeavesOthersAlone(t *testing.T) {
	c := newCached(t)
	others := []string{"photo.jpg", "photos/1.jpg", "ab.txt", "zz/1.jpg", "abc/1.jpg"}
	for _, name := range others {
		full := filepath.Join(c.dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cache := OpenCache(c.dir, 0, nil)
	if n, _, err := cache.Info(); n != 1 || err != nil {
		t.Errorf("%d entries, %v", n, err)
	}
	if err := cache.Trim(); err != nil {
		t.Error(err)
	}
	if err := cache.Clean(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(c.file); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the entry is still there: %v", err)
	}
	for _, name := range others {
		if _, err := os.Stat(filepath.Join(c.dir, name)); err != nil {
			t.Error(err)
		}
	}
}
