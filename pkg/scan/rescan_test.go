package scan_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/scan"
)

// TestRescan scans a folder with and without a cache, and once more after every
// entry was damaged: the reports are the same, and the cache is mended.
func TestRescan(t *testing.T) {
	const folder = "../../testdata/listing"
	dir := t.TempDir()
	want := runScan(t, session(t, builtin(t), nil), lang.EN, folder)
	again := func(when string) {
		t.Helper()
		if diff := cmp.Diff(want, runScan(t, session(t, builtin(t), scan.OpenCache(dir, 1<<30)), lang.EN, folder)); diff != "" {
			t.Errorf("%s: another report:\n%s", when, diff)
		}
	}
	again("with an empty cache")
	filled := filesOf(t, dir)
	pairs := 0
	for name := range filled {
		if strings.HasSuffix(name, "-pair") {
			pairs++
		}
	}
	if pairs == 0 {
		t.Error("no pair of pictures was kept")
	}
	again("from the cache")
	for name, content := range filled {
		damaged := bytes.Clone(content)
		damaged[len(damaged)/2] ^= 1
		if err := os.WriteFile(name, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	again("from a damaged cache")
	if diff := cmp.Diff(filled, filesOf(t, dir)); diff != "" {
		t.Errorf("the cache was not mended:\n%s", diff)
	}
}

func filesOf(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	if err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files[name], err = os.ReadFile(name)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return files
}
