package cli

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/confirm"
)

// TestConfirmAtOnce: of confirmations written at the same time none is lost, and
// nothing is left behind.
func TestConfirmAtOnce(t *testing.T) {
	const n = 8
	dir := t.TempDir()
	name := filepath.Join(dir, "case.yaml")
	if err := os.WriteFile(name, []byte("# kept\nstore: {id: 1234567}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var g errgroup.Group
	for i := range n {
		g.Go(func() error {
			return confirm.Write(dir, "case.yaml", []casefile.Confirmation{{Rule: "AE10" + strconv.Itoa(i), By: "王五", At: time.Unix(1e9, 0)}})
		})
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	f, err := casefile.Parse("case.yaml", data, casefile.Known{})
	if err != nil || len(f.Confirmations) != n || f.Store.ID != "1234567" {
		t.Errorf("%v: %s", err, data)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 {
		t.Errorf("left: %v %v", left, err)
	}
}
